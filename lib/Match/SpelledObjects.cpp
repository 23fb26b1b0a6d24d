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

/// The type that is written for what \p E denotes; null where none is.
TypeLoc writtenType(const Expr *E, unsigned Hops = 0) {
  E = behindOperators(E);
  const DeclaratorDecl *Declared = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    Declared = dyn_cast<DeclaratorDecl>(Ref->getDecl());
  else if (const auto *Member = dyn_cast<MemberExpr>(E))
    Declared = dyn_cast<DeclaratorDecl>(Member->getMemberDecl());
  else if (const auto *New = dyn_cast<CXXNewExpr>(E))
    return typeOf(New->getAllocatedTypeSourceInfo());
  else if (const auto *Temporary = dyn_cast<CXXTemporaryObjectExpr>(E))
    return typeOf(Temporary->getTypeSourceInfo());
  else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return typeOf(Cast->getTypeInfoAsWritten());
  TypeLoc Type = Declared ? typeOf(Declared->getTypeSourceInfo()) : TypeLoc();
  if (Type.isNull() || !objectOf(Type).getAs<AutoTypeLoc>())
    return Type;
  const auto *Variable = dyn_cast<VarDecl>(Declared);
  return Variable && Variable->getInit() && Hops < MaxHops
             ? writtenType(Variable->getInit(), Hops + 1)
             : TypeLoc();
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
    const auto *Alias = dyn_cast<TypedefNameDecl>(Spelled->Named);
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

/// The group of the name that the class of \p Object is spelled by, or "".
std::string UseCollector::groupOfObject(const Expr *Object) {
  SourceLocation Name = legacyNameIn(writtenType(Object));
  return Name.isValid() ? groupOfName(Name) : "";
}

} // namespace consolidate
