//===- UnwrittenMembers.cpp - Members that no constructor names -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// `X member;` is constructed wherever its class is, by a constructor that does
// not say how. The member itself is the one place to say it.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// How the constructors of its class construct \p D, which they do not name;
/// null where none of them is defined here, or all of them name it.
static const CXXConstructExpr *unwrittenMember(const CXXRecordDecl *Owner,
                                               const FieldDecl *D) {
  for (const CXXConstructorDecl *Ctor : Owner->ctors()) {
    const FunctionDecl *Definition = nullptr;
    if (Ctor->isCopyOrMoveConstructor() ||
        (!Ctor->getBody(Definition) && !Ctor->isImplicit()))
      continue;
    const auto *Defined =
        Definition ? cast<CXXConstructorDecl>(Definition) : Ctor;
    for (const CXXCtorInitializer *Init : Defined->inits())
      if (!Init->isWritten() && Init->getAnyMember() == D)
        if (const auto *E =
                dyn_cast<CXXConstructExpr>(Init->getInit()->IgnoreImplicit()))
          return E;
  }
  return nullptr;
}

/// How a default constructor that nobody writes would construct \p D, where
/// nothing here calls it; null where there is none. Another unit may, and need
/// not be looked at for that; whoever lists the members of an aggregate is.
const CXXConstructExpr *
UseCollector::defaultConstructed(const CXXRecordDecl *Owner,
                                 const FieldDecl *D) const {
  bool IsWritten = any_of(Owner->ctors(), [](const CXXConstructorDecl *Ctor) {
    return Ctor->isDefaultConstructor() && !Ctor->isDefaulted();
  });
  const CXXRecordDecl *Class =
      recordOf(Context.getBaseElementType(D->getType()));
  if (IsWritten || Owner->isAggregate() || !Owner->hasDefaultConstructor() ||
      !Class)
    return nullptr;
  for (CXXConstructorDecl *Ctor : Class->ctors()) {
    if (!Ctor->isDefaultConstructor() || Ctor->isDeleted())
      continue;
    SmallVector<Expr *, 4> Arguments;
    for (ParmVarDecl *P : Ctor->parameters()) {
      if (P->hasUnparsedDefaultArg() || P->hasUninstantiatedDefaultArg())
        return nullptr;
      Arguments.push_back(
          CXXDefaultArgExpr::Create(Context, D->getLocation(), P, nullptr,
                                    const_cast<CXXRecordDecl *>(Owner)));
    }
    return CXXConstructExpr::Create(
        Context, D->getType(), D->getLocation(), Ctor, /*Elidable=*/false,
        Arguments, /*HadMultipleCandidates=*/false,
        /*ListInitialization=*/false,
        /*StdInitListInitialization=*/false, /*ZeroInitialization=*/false,
        CXXConstructionKind::Complete, SourceRange());
  }
  return nullptr;
}

/// A member without an initialiser is constructed by every constructor of its
/// class that does not name it.
bool UseCollector::VisitFieldDecl(FieldDecl *D) {
  LegacyEntry Entry = Index.find(Context.getBaseElementType(D->getType()));
  const auto *Owner = dyn_cast<CXXRecordDecl>(D->getParent());
  if (!Entry || !Entry.HasRewrites || D->hasInClassInitializer() || !Owner ||
      D->getType()->isReferenceType() || InsideOwnText == Entry.Legacy)
    return true;
  const CXXConstructExpr *E = unwrittenMember(Owner, D);
  Bindings Bound;
  if (!E && (E = defaultConstructed(Owner, D)) && !rewriteFor(E, Bound))
    return true;
  if (!E)
    return true;
  TypeLoc Type = D->getTypeSourceInfo()->getTypeLoc();
  if (D->getType()->isArrayType()) {
    if (needsRewrite(Entry, E->getConstructor()))
      addLeftConstruction(Entry, Type, D->getLocation(), "array elements",
                          {MessageId::ArrayElements,
                           "array elements are constructed without arguments"});
    return true;
  }
  // `X member;` becomes `X member{...};`, which serves them all.
  ArgumentSlot Slot;
  Slot.Form = "default-constructed member";
  Slot.Type = Type;
  Slot.Made = D->getLocation();
  Slot.Delimiters = ArgumentSlot::Shape::Bare;
  SourceLocation End = fileRange({D->getLocation(), D->getLocation()}).getEnd();
  Slot.Inside = CharSourceRange::getCharRange(End, End);
  addMemberInitialiser(Entry, E, D, Slot);
  return true;
}

void UseCollector::addMemberInitialiser(const LegacyEntry &Entry,
                                        const CXXConstructExpr *E,
                                        const FieldDecl *D,
                                        const ArgumentSlot &Slot) {
  size_t Before = Out.Uses.size();
  addConstruction(Entry, E, D->getLocation(), Slot, {});
  if (Out.Uses.size() == Before)
    return;
  // A member takes braces, not parentheses.
  RawUse &Use = Out.Uses.back();
  if (Use.Pieces.size() >= 2 && Use.Pieces.front().Text == "(") {
    Use.Pieces.front().Text = "{";
    Use.Pieces.back().Text = "}";
  }
}

} // namespace consolidate
