//===- SpelledObjects.cpp - Where the class of an object is spelled -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// What is done with an object changes together with the name its class is
// spelled by, which may stand elsewhere: behind an alias, or with another
// variable that `auto` takes its type from.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Aliases of aliases, `auto` of `auto`.
constexpr unsigned MaxHops = 8;

/// What is pointed to, referred to, or the element.
TypeLoc objectOf(TypeLoc Type) {
  while (!Type.isNull()) {
    Type = Type.getUnqualifiedLoc();
    if (auto Array = Type.getAs<ArrayTypeLoc>())
      Type = Array.getElementLoc();
    else if (auto Pointer = Type.getAs<PointerTypeLoc>())
      Type = Pointer.getPointeeLoc();
    else if (auto Reference = Type.getAs<ReferenceTypeLoc>())
      Type = Reference.getPointeeLoc();
    else
      break;
  }
  return Type;
}

TypeLoc typeOf(const TypeSourceInfo *Info) {
  return Info ? Info->getTypeLoc() : TypeLoc();
}

const Expr *behindOperators(const Expr *E) {
  E = asWritten(E);
  while (const auto *Op = dyn_cast<UnaryOperator>(E)) {
    if (Op->getOpcode() != UO_Deref && Op->getOpcode() != UO_AddrOf)
      break;
    E = asWritten(Op->getSubExpr());
  }
  return E;
}

/// What the type of \p E is taken from, where `auto` is written for it.
const Expr *behindAuto(const Expr *E) {
  for (unsigned Hops = 0; Hops < MaxHops; ++Hops) {
    E = behindOperators(E);
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Variable || !Variable->getInit())
      break;
    TypeLoc Type = typeOf(Variable->getTypeSourceInfo());
    if (Type.isNull() || !objectOf(Type).getAs<AutoTypeLoc>())
      break;
    E = Variable->getInit();
  }
  return E;
}

/// The type that is written for what \p E denotes; null where none is.
TypeLoc writtenType(const Expr *E) {
  E = behindAuto(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Declared = dyn_cast<DeclaratorDecl>(Ref->getDecl());
    return Declared ? typeOf(Declared->getTypeSourceInfo()) : TypeLoc();
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Declared = dyn_cast<DeclaratorDecl>(Member->getMemberDecl());
    return Declared ? typeOf(Declared->getTypeSourceInfo()) : TypeLoc();
  }
  if (const auto *New = dyn_cast<CXXNewExpr>(E))
    return typeOf(New->getAllocatedTypeSourceInfo());
  if (const auto *Temporary = dyn_cast<CXXTemporaryObjectExpr>(E))
    return typeOf(Temporary->getTypeSourceInfo());
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return typeOf(Cast->getTypeInfoAsWritten());
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  FunctionTypeLoc Type =
      Callee ? Callee->getFunctionTypeLoc() : FunctionTypeLoc();
  return Type ? Type.getReturnLoc() : TypeLoc();
}

/// What an element comes out of: `all` of `all[1]`, `all.begin()`, `p->`.
const Expr *holderOf(const Expr *E) {
  for (unsigned Hops = 0; Hops < MaxHops; ++Hops) {
    E = behindAuto(E);
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
      E = Operator->getArg(0);
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
      E = Call->getImplicitObjectArgument();
    else
      break;
  }
  return E;
}

} // namespace

/// Where the name of a legacy class stands that \p Type is spelled by; invalid
/// when it is not spelled by one.
SourceLocation UseCollector::legacyNameIn(TypeLoc Type) const {
  for (unsigned Hops = 0; Hops < MaxHops; ++Hops) {
    Type = objectOf(Type);
    // `decltype(v) w(a, b);`
    if (auto Of =
            Type.isNull() ? DecltypeTypeLoc() : Type.getAs<DecltypeTypeLoc>()) {
      Type = writtenType(Of.getUnderlyingExpr());
      continue;
    }
    std::optional<SpelledType> Spelled =
        Type.isNull() ? std::nullopt : spelledType(Type);
    if (!Spelled)
      break;
    if (namesLegacy(*Spelled))
      return placeOf(Spelled->Name);
    const NamedDecl *Named = Spelled->Named;
    if (const auto *Template = dyn_cast<TypeAliasTemplateDecl>(Named))
      Named = Template->getTemplatedDecl();
    const auto *Alias = dyn_cast<TypedefNameDecl>(Named);
    if (!Alias)
      break;
    Type = typeOf(Alias->getTypeSourceInfo());
  }
  return {};
}

/// The group of what is done with an object whose class is spelled at \p Name.
std::string UseCollector::groupOfName(SourceLocation Name) {
  return GroupOfType.try_emplace(Name, "construction:" + placeKey(Name))
      .first->second;
}

/// Where \p Record, or a base of it, names the legacy class it derives from.
SourceLocation UseCollector::legacyBaseOf(const CXXRecordDecl *Record) const {
  auto Name = [&](const CXXBaseSpecifier &Base) {
    SourceLocation Spelled = legacyNameIn(typeOf(Base.getTypeSourceInfo()));
    return Spelled.isValid() ? std::optional(Spelled) : std::nullopt;
  };
  return firstInBases(Record, Name).value_or(SourceLocation());
}

/// `memcpy(&a, &b, sizeof(X))`: what is no more than bytes to the callee is of
/// one class.
void UseCollector::tieBytes(const CallExpr *E) {
  SmallVector<SourceLocation, 4> Names;
  for (const Expr *Argument : E->arguments())
    if (Argument->getType()->isVoidPointerType())
      if (SourceLocation Name =
              legacyNameIn(writtenType(Argument->IgnoreParenCasts()));
          Name.isValid())
        Names.push_back(Name);
  if (Names.empty())
    return;
  for (const Expr *Argument : E->arguments())
    append_range(Names, legacyNamesIn(Argument));
  if (Names.size() > 1)
    for (SourceLocation Name : Names)
      Ties.emplace_back(Name, "bytes:" + placeKey(placeOf(E->getExprLoc())));
}

QualType objectType(const Expr *E) {
  QualType Type = asWritten(E)->getType();
  return Type->isPointerType() ? Type->getPointeeType() : Type;
}

/// The call that \p Object comes from, where a rewrite may replace it.
const CallExpr *UseCollector::rewrittenSource(const Expr *Object) const {
  const auto *Call = dyn_cast<CallExpr>(behindAuto(Object));
  return Call && !Calls.named(Call->getDirectCallee()).empty() ? Call : nullptr;
}

/// The group of the name that the class of \p Object is spelled by, or "".
std::string UseCollector::groupOfObject(const Expr *Object) {
  const CXXRecordDecl *Record = classOf(objectType(Object));
  if (!Record)
    return "";
  // What a rewrite puts there is of the class that the rewrite says.
  if (rewrittenSource(Object))
    return "";
  SourceLocation Name = Index.find(Record) ? legacyNameIn(writtenType(Object))
                                           : legacyBaseOf(Record);
  if (Name.isInvalid() && Index.find(Record))
    Name = legacyNameIn(legacyElement(writtenType(holderOf(Object))));
  return Name.isValid() ? groupOfName(Name) : "";
}

} // namespace consolidate
