//===- Ownership.cpp - Who owns, shares and copies what -------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// What the rule compiler knows of parameters and results, held against the
// arguments of one place. The contract is in docs/safety.md.
//
//===----------------------------------------------------------------------===//
#include "Safety.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// How long the object lives that an argument stands for.
enum class Lifetime { Temporary, Local, Longer };

Lifetime shorter(Lifetime A, Lifetime B) { return std::min(A, B); }

Lifetime lifetimeOf(const Expr *E);

/// The object behind a pointer, reference or view that a call gives.
Lifetime lifetimeOfResult(const CallExpr *Call) {
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    Object = Member->getImplicitObjectArgument();
  else if (isa<CXXOperatorCallExpr>(Call) && Call->getNumArgs() > 0)
    Object = Call->getArg(0);
  else if (Call->isCallToStdMove())
    return Lifetime::Temporary;
  if (!Object || Object->getType()->isPointerType())
    return Lifetime::Longer;
  return lifetimeOf(Object);
}

Lifetime lifetimeOfVariable(const ValueDecl *D) {
  const auto *Variable = dyn_cast<VarDecl>(D);
  return Variable && Variable->hasLocalStorage() &&
                 !Variable->getType()->isReferenceType()
             ? Lifetime::Local
             : Lifetime::Longer;
}

bool pointsOrViews(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Type->isPointerType() || (Record && Record->hasAttr<PointerAttr>());
}

/// Of the object that \p E is, or that it points to or looks into.
Lifetime lifetimeOf(const Expr *E) {
  E = asWritten(E);
  if (isa<clang::StringLiteral, CXXThisExpr, CXXNullPtrLiteralExpr, LambdaExpr>(
          E))
    return isa<LambdaExpr>(E) ? Lifetime::Temporary : Lifetime::Longer;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    // What a pointer points to lives on its own.
    return E->getType()->isPointerType() ? Lifetime::Longer
                                         : lifetimeOfVariable(Ref->getDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isArrow() || Member->isImplicitAccess() ||
                   Member->getType()->isPointerType()
               ? Lifetime::Longer
               : lifetimeOf(Member->getBase());
  if (const auto *Op = dyn_cast<UnaryOperator>(E)) {
    if (Op->getOpcode() == UO_AddrOf) {
      const auto *Ref = dyn_cast<DeclRefExpr>(asWritten(Op->getSubExpr()));
      return Ref ? lifetimeOfVariable(Ref->getDecl())
                 : lifetimeOf(Op->getSubExpr());
    }
    if (Op->getOpcode() == UO_Deref)
      return Lifetime::Longer;
  }
  if (const auto *Index = dyn_cast<ArraySubscriptExpr>(E))
    return Index->getBase()->IgnoreImpCasts()->getType()->isArrayType()
               ? lifetimeOf(Index->getBase())
               : Lifetime::Longer;
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return shorter(lifetimeOf(Choice->getTrueExpr()),
                   lifetimeOf(Choice->getFalseExpr()));
  if (const auto *Call = dyn_cast<CallExpr>(E))
    if (E->isLValue() || pointsOrViews(E->getType()))
      return lifetimeOfResult(Call);
  if (E->isLValue() || E->getType()->isPointerType())
    return Lifetime::Longer;
  return Lifetime::Temporary;
}

/// True when a reference to \p Type binds to \p E itself, not to what a
/// conversion makes of it.
bool bindsDirectly(const Expr *E, StringRef Type, const ASTContext &Context) {
  QualType Own = E->getType().getCanonicalType().getUnqualifiedType();
  if (typeKey(Own, Context) == Type)
    return true;
  const CXXRecordDecl *Record = Own->getAsCXXRecordDecl();
  bool Derived = false;
  if (Record && Record->hasDefinition())
    Record->forallBases([&](const CXXRecordDecl *Base) {
      Derived |= typeKey(typeOf(Base), Context) == Type;
      return true;
    });
  return Derived;
}

/// True when nobody can see a difference between \p E and a copy of it.
bool isConstant(const Expr *E) {
  QualType Type = E->getType();
  if (Type->isPointerType())
    return isa<clang::StringLiteral>(asWritten(E));
  return !E->isLValue() || Type.isConstQualified();
}

/// The canonical class refers to what the legacy class copied.
Reason newReference(const Passing &After, const Expr *E, bool DiesWithScope,
                    const ASTContext &Context) {
  Lifetime Lives = lifetimeOf(E);
  if (!After.IsPointer && !bindsDirectly(E, After.Type, Context))
    Lives = Lifetime::Temporary;
  if (Lives == Lifetime::Temporary)
    return {MessageId::DanglingReference,
            "the canonical class keeps a reference to a temporary"};
  if (Lives == Lifetime::Local && !DiesWithScope)
    return {MessageId::DanglingReference,
            "the canonical class keeps a reference to a local object, of which "
            "the legacy class keeps none"};
  if (isConstant(E))
    return {};
  return {MessageId::SharedObject,
          "the canonical class keeps a reference, the legacy class does not: "
          "later changes of the object would be seen"};
}

Reason changedPassing(const Passing &Before, const Passing &After,
                      const Binding &Bound, bool DiesWithScope,
                      const ASTContext &Context) {
  if (!Before.Direct || !After.Direct || Bound.Exprs.size() != 1)
    return {};
  const Expr *E = asWritten(Bound.Exprs.front());
  bool KeptBefore = Before.ByReference && Before.MayKeep;
  if (After.ByReference && After.MayKeep && !KeptBefore)
    return newReference(After, E, DiesWithScope, Context);
  if (!Before.ByReference && After.ByReference && After.Mutable &&
      !After.IsPointer && After.Type == Before.Type && !isConstant(E))
    return {MessageId::SharedObject,
            "a copy of it is passed now, and the object itself would be, which "
            "may be changed"};
  // `std::shared_ptr` and the like share what they point to.
  bool Copies = !After.ByReference && After.Type == Before.Type &&
                !StringRef(After.Type).contains("shared_ptr<");
  if (Before.ByReference && (Before.Mutable || KeptBefore) && Copies &&
      !isConstant(E))
    return {MessageId::CopiedObject,
            "the canonical class takes a copy of what the legacy class refers "
            "to: later changes would not be seen"};
  return {};
}

} // namespace

Reason changedOwnership(const CompiledRewrite &Rewrite, const Bindings &Bound,
                        bool DiesWithScope, const ASTContext &Context) {
  size_t Count = std::min(
      {Bound.size(), Rewrite.TakenBefore.size(), Rewrite.TakenAfter.size()});
  for (size_t I = 0; I < Count; ++I)
    if (Reason Changed =
            changedPassing(passingHere(Rewrite.TakenBefore[I], Bound),
                           passingHere(Rewrite.TakenAfter[I], Bound), Bound[I],
                           DiesWithScope, Context);
        !Changed.empty())
      return Changed;
  return {};
}

Reason changedResult(const CompiledRewrite &Rewrite) {
  if (!Rewrite.ConvertedTo.empty())
    return {MessageId::Narrowed, "its result is converted to '" +
                                     Rewrite.ConvertedTo +
                                     "' now, and would not be"};
  const ResultFacts &Gave = Rewrite.BeforeResult, &Gives = Rewrite.AfterResult;
  if (!Gave.Scalar.empty() && !Gives.Scalar.empty() &&
      Gave.Scalar != Gives.Scalar)
    return {MessageId::Narrowed, "it gives '" + Gave.Scalar +
                                     "' now, and would give '" + Gives.Scalar +
                                     "', which is calculated with in another "
                                     "way"};
  using Kind = ResultFacts::Kind;
  Kind Before = Gave.What, After = Gives.What;
  bool WasObject = Before != Kind::None && !Gave.IsView;
  if (WasObject && Gives.IsView)
    return {MessageId::DanglingReference,
            "it would give a '" + Gives.Class +
                "', which refers to what may end before"};
  if (WasObject && Before == Kind::NewObject && Gives.IsPointer)
    return {MessageId::DanglingReference,
            "it gives an object of its own now, and would give a pointer"};
  if (Before == Kind::SameObject && After == Kind::NewObject)
    return {MessageId::CopiedObject,
            "it would give an object of its own each time, and gives the same "
            "one now"};
  if (Before == Kind::NewObject && After == Kind::SameObject &&
      !Rewrite.AfterResult.CanCopy)
    return {MessageId::NotMovable,
            "'" + Rewrite.AfterResult.Class +
                "' cannot be copied, and a copy would be needed here"};
  if (Before == Kind::NewObject && After == Kind::SameObject)
    return {MessageId::CopiedObject,
            "it would copy an object that others see, and makes one of its own "
            "now"};
  return {};
}

Reason changedPlace(const CompiledRewrite &Rewrite, StringRef Canonical,
                    bool InPlace, const LangOptions &LangOpts) {
  const ResultFacts &After = Rewrite.AfterResult;
  if (After.What != ResultFacts::Kind::NewObject)
    return {};
  bool Elided = !InPlace && LangOpts.CPlusPlus17;
  if (After.Class == Canonical && Elided)
    return {};
  if (!After.CanMove && !(After.Class != Canonical && Elided))
    return {MessageId::NotMovable,
            "'" + After.Class +
                "' cannot be moved, and it is constructed in place here"};
  if (After.Class != Canonical)
    return {MessageId::CopiedObject, "'" + After.Class + "' would become a '" +
                                         Canonical.str() +
                                         "', without what it adds"};
  if (After.IsTrivial)
    return {};
  return {MessageId::CopiedObject,
          "it would be made and then moved, and is constructed in place now"};
}

} // namespace consolidate
