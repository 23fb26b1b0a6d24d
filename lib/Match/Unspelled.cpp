//===- Unspelled.cpp - Constructions that no arguments are written for ----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// What is constructed behind the scenes (a base nobody names, an element that a
// container makes) and what only an instantiation constructs cannot be edited
// where it happens; it is left at the place that causes it.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// `Old(n)` -> `New(n)`: what \p Same, the constructor with the same
/// parameters, would do without the rule.
static bool handsArgumentsOn(const CompiledRewrite &Rewrite,
                             const NamedCall &Same) {
  return Rewrite.Declared != DeclaredSafety::Unsafe &&
         Rewrite.Constructor.USRs == Same.USRs &&
         equal(Rewrite.Before.Children, Rewrite.AfterArguments,
               [](const ExprPattern &Before, const AfterTemplate &After) {
                 return Before.What == ExprPattern::Kind::Metavariable &&
                        After.size() == 1 &&
                        After[0].What == AfterPiece::Kind::Metavariable &&
                        After[0].Index == Before.Index;
               });
}

bool isRewritten(const CompiledRules &Rules, const CXXConstructorDecl *Ctor) {
  std::string USR = usrOf(patternOf(Ctor));
  auto Same = Rules.UnchangedConstructors.find(USR);
  return any_of(Rules.Rewrites, [&](const CompiledRewrite &Rewrite) {
    return Rewrite.Before.What == ExprPattern::Kind::Construction &&
           is_contained(Rewrite.Before.USRs, USR) &&
           isForTypesOf(Rewrite.Before, Ctor) &&
           (Same == Rules.UnchangedConstructors.end() ||
            !handsArgumentsOn(Rewrite, Same->second));
  });
}

/// True when \p Ctor may need a rewrite: the canonical class has no such one,
/// or it has, but a rule says something else.
bool UseCollector::needsRewrite(const LegacyEntry &Entry,
                                const CXXConstructorDecl *Ctor) const {
  return Entry.HasRewrites && !Ctor->isCopyOrMoveConstructor() &&
         (!Rules.UnchangedConstructors.count(usrOf(patternOf(Ctor))) ||
          isRewritten(Rules, Ctor));
}

void UseCollector::addLeftConstruction(const LegacyEntry &Entry, TypeLoc Type,
                                       SourceLocation Where, StringRef Form,
                                       Reason Why) {
  if (InsideOwnText == Entry.Legacy)
    return;
  ArgumentSlot Slot;
  Slot.Type = Type;
  if (CurrentInit && CurrentInit->isBaseInitializer() &&
      CurrentInit->getTypeSourceInfo()->getTypeLoc() == Type)
    Slot.Base = spelledBase();
  RawUse Use = makeUse(FindingKind::Construction, Entry, Where, Form);
  Use.Group = constructionGroup(&Slot, Where);
  Use.Message = "constructs the legacy class '" + Entry.Legacy->Name + "'";
  Use.leave(std::move(Why));
  if (!Type.isNull() && Type.getType()->isDependentType())
    Use.AlsoGroups.push_back(groupOfTemplate());
  // What is called on it may be told by its name only.
  Use.AlsoGroups.push_back((LeftIn + groupOfTemplate()).str());
  addUse(std::move(Use));
}

// --- Array elements ----------------------------------------------------------

/// The type of what the expression that is being traversed initialises; null
/// where it is part of something else.
TypeLoc UseCollector::declaredType() const {
  for (const DynTypedNode &Node : reverse(Ancestors))
    if (!Node.get<Expr>()) {
      const auto *D = Node.get<DeclaratorDecl>();
      return D && D->getTypeSourceInfo() ? D->getTypeSourceInfo()->getTypeLoc()
                                         : TypeLoc();
    }
  return {};
}

bool UseCollector::VisitInitListExpr(InitListExpr *E) {
  const auto *Filler = dyn_cast_or_null<CXXConstructExpr>(E->getArrayFiller());
  LegacyEntry Entry = Filler ? Index.find(Filler->getConstructor()->getParent())
                             : LegacyEntry{};
  if (Entry && needsRewrite(Entry, Filler->getConstructor()))
    addLeftConstruction(Entry, declaredType(), E->getBeginLoc(),
                        "array elements",
                        {MessageId::ArrayElements,
                         "the list does not initialise every element"});
  return true;
}

// --- Elements of a range -----------------------------------------------------

void UseCollector::addElementOfRange(const VarDecl *D) {
  const CXXConstructExpr *Each = constructionOfEach(D);
  LegacyEntry Entry =
      Each ? Index.find(Each->getConstructor()->getParent()) : LegacyEntry{};
  if (Entry && needsRewrite(Entry, Each->getConstructor()))
    addLeftConstruction(Entry, D->getTypeSourceInfo()->getTypeLoc(),
                        D->getLocation(), "element of a range",
                        {MessageId::NotSpelled,
                         "each element of the range is converted to it"});
}

// --- Bases -------------------------------------------------------------------

/// A base that a constructor does not name, as it constructs it.
static const CXXConstructExpr *unwrittenBase(const CXXConstructorDecl *Ctor,
                                             const CXXBaseSpecifier &Base) {
  const FunctionDecl *Definition = nullptr;
  if (!Ctor->getBody(Definition))
    return nullptr;
  for (const CXXCtorInitializer *Init :
       cast<CXXConstructorDecl>(Definition)->inits())
    if (Init->isBaseInitializer() && !Init->isWritten() &&
        QualType(Init->getBaseClass(), 0).getCanonicalType() ==
            Base.getType().getCanonicalType())
      return dyn_cast<CXXConstructExpr>(Init->getInit()->IgnoreImplicit());
  return nullptr;
}

void UseCollector::addUnwrittenBases(CXXRecordDecl *D) {
  for (const CXXBaseSpecifier &Base : D->bases()) {
    LegacyEntry Entry = Index.find(Base.getType());
    if (!Entry || !Base.getTypeSourceInfo())
      continue;
    for (const CXXConstructorDecl *Ctor : D->ctors()) {
      const CXXConstructExpr *E = unwrittenBase(Ctor, Base);
      if (!E || Ctor->isCopyOrMoveConstructor() ||
          Ctor->isInheritingConstructor() ||
          !needsRewrite(Entry, E->getConstructor()))
        continue;
      addLeftConstruction(
          Entry, Base.getTypeSourceInfo()->getTypeLoc(), Ctor->getLocation(),
          "unwritten base",
          {MessageId::NotSpelled,
           Ctor->isImplicit()
               ? "the implicit constructor of '" + D->getNameAsString() +
                     "' constructs it; declare one that names the base"
               : "this constructor does not name the base it constructs; name "
                 "it, with its arguments"});
    }
  }
}

// --- By a function template --------------------------------------------------

/// `make<X>(a, b)` where the body says `T(a, b)`, `v.resize(3)`, `m[key]`,
/// `std::pair<int, X> p(1, 2)`.
void UseCollector::addInstantiatedConstruction(FunctionDecl *Callee,
                                               SourceLocation Where,
                                               TypeLoc Type) {
  auto [It, New] = ConstructedBy.try_emplace(Callee->getCanonicalDecl());
  if (New)
    It->second = findConstructionIn(Callee, [&](const CXXRecordDecl *Record) {
      return bool(Index.find(Record));
    });
  const CXXConstructExpr *Construct = It->second;
  LegacyEntry Entry = Construct
                          ? Index.find(Construct->getConstructor()->getParent())
                          : LegacyEntry{};
  if (!Entry || InsideOwnText == Entry.Legacy ||
      !needsRewrite(Entry, Construct->getConstructor()))
    return;
  SourceLocation At = fileLoc(Construct->getBeginLoc());
  ArgumentSlot Slot;
  Slot.Type = Type;
  std::string Name =
      isa<CXXConstructorDecl>(Callee)
          ? cast<CXXConstructorDecl>(Callee)->getParent()->getNameAsString()
          : Callee->getNameAsString();
  RawUse Use = makeUse(FindingKind::Construction, Entry, Where, Name);
  Use.Group = constructionGroup(&Slot, Where);
  Use.Message = "constructs the legacy class '" + Entry.Legacy->Name + "'";
  std::string Path = pathOf(At);
  std::string What = "'" + Name + "' constructs it ";
  if (Construct->getType()->isArrayType())
    Use.leave({MessageId::ArrayElements,
               "array elements are constructed without arguments"});
  else if (InScope(Path))
    Use.leave({MessageId::DependentConstruction,
               What + "in " + sys::path::filename(Path).str() + ":" +
                   std::to_string(SM.getSpellingLineNumber(At)) +
                   ", where the class is a template parameter"});
  else
    Use.leave({MessageId::NotSpelled,
               What + "inside a library template, which is not edited"});
  Instantiated.emplace_back(At, std::move(Use));
}

/// A construction that a template's own text spells is found there, and needs
/// nothing at the call.
void UseCollector::addInstantiated() {
  for (auto &[At, Use] : Instantiated)
    if (none_of(Out.Uses, [&, Place = At](const RawUse &Other) {
          return Other.Kind == FindingKind::Construction &&
                 Other.Where == Place;
        })) {
      SaidAtCall.insert(At);
      addUse(std::move(Use));
    }
}

} // namespace consolidate
