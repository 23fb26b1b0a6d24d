//===- DerivedNames.cpp - What a name in a derived class means then -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// In `struct D : X { int f() { return size; } };` the name means a variable
// outside of D, until the base has a member `size`; and the member of the base,
// until that has none. Both compile.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclLookups.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// Everything that a name in a class derived from \p Record may mean in it.
static std::set<std::string> namesIn(const CXXRecordDecl *Record) {
  std::set<std::string> Names;
  auto Add = [&](const CXXRecordDecl *Class) {
    Class = Class ? Class->getDefinition() : nullptr;
    if (Class)
      for (DeclContext::lookup_result Same : Class->lookups())
        for (const NamedDecl *D : Same)
          if (D->getIdentifier() && !D->getName().empty())
            Names.insert(D->getName().str());
  };
  Add(Record);
  firstInBases(Record, [&](const CXXBaseSpecifier &Base) {
    Add(classOf(Base.getType()));
    return std::optional<bool>();
  });
  return Names;
}

std::map<std::string, ChangedMembers> changedMembers(ASTContext &Context,
                                                     const RuleSet &Rules) {
  std::map<std::string, ChangedMembers> Result;
  for (const Consolidation &Entry : Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From) {
      const CXXRecordDecl *Before = classNamed(Context, Legacy.Name);
      const CXXRecordDecl *After = classBehind(Context, Entry.intoName());
      if (!Before || !Before->hasDefinition() || !After ||
          !After->hasDefinition())
        continue;
      std::set<std::string> Had = namesIn(Before), Has = namesIn(After);
      ChangedMembers &Changed = Result[Legacy.Name];
      std::set_difference(Has.begin(), Has.end(), Had.begin(), Had.end(),
                          std::inserter(Changed.New, Changed.New.end()));
      std::set_difference(Had.begin(), Had.end(), Has.begin(), Has.end(),
                          std::inserter(Changed.Gone, Changed.Gone.end()));
      for (const MemberRename &Rename : Legacy.Members)
        Changed.Gone.erase(Rename.From);
    }
  return Result;
}

/// Where the names that are not found in \p In are looked up.
static const DeclContext *contextAround(const DeclContext *In) {
  const auto *Function = dyn_cast<FunctionDecl>(In);
  return Function && Function->getFriendObjectKind() ? In->getLexicalParent()
                                                     : In->getParent();
}

/// Where a name at \p Where, the place of the traversal, is looked up first.
const DeclContext *UseCollector::contextAt(SourceLocation Where) const {
  const Decl *D = nullptr;
  for (const DynTypedNode &Node : reverse(Ancestors))
    if ((D = Node.get<Decl>()))
      break;
  if (!D)
    return nullptr;
  auto Begins = [&](SourceLocation Begin) {
    return Begin.isInvalid() || !SM.isBeforeInTranslationUnit(Where, Begin);
  };
  // `struct D : Base {`, `Result D::f() {`: names before do not see D.
  if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
    return Begins(Record->getBraceRange().getBegin()) ? Record
                                                      : contextAround(Record);
  if (const auto *Declared = dyn_cast<DeclaratorDecl>(D);
      Declared && Declared->isOutOfLine() &&
      !Begins(Declared->getQualifierLoc().getBeginLoc()))
    return D->getLexicalDeclContext();
  const auto *Own = dyn_cast<DeclContext>(D);
  return Own ? Own : D->getDeclContext();
}

static bool isDeclaredIn(const DeclContext *In, DeclarationName Name) {
  if (In->isTransparentContext()) // `extern "C" {`
    return false;
  auto InBase = [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *Class = classOf(Base.getType());
    Class = Class ? Class->getDefinition() : nullptr;
    return Class && !Class->lookup(Name).empty() ? std::optional(true)
                                                 : std::nullopt;
  };
  return !In->lookup(Name).empty() ||
         firstInBases(dyn_cast<CXXRecordDecl>(In), InBase) ||
         any_of(In->using_directives(), [&](const UsingDirectiveDecl *Using) {
           return !Using->getNominatedNamespace()->lookup(Name).empty();
         });
}

/// True when \p Name means something around \p In.
static bool isDeclaredAround(const DeclContext *In, DeclarationName Name) {
  while ((In = contextAround(In)))
    if (isDeclaredIn(In, Name))
      return true;
  return false;
}

/// The legacy class that names in \p Record are looked up in: not one behind a
/// base that depends on a parameter.
LegacyEntry UseCollector::legacyBaseSeenIn(const CXXRecordDecl *Record) const {
  Record = Record ? Record->getDefinition() : nullptr;
  if (Record)
    for (const CXXBaseSpecifier &Base : Record->bases()) {
      if (Base.getType()->isDependentType())
        continue;
      LegacyEntry Entry = Index.find(Base.getType());
      if (!Entry)
        Entry = legacyBaseSeenIn(Base.getType()->getAsCXXRecordDecl());
      if (Entry)
        return Entry;
    }
  return {};
}

/// What changes for names in \p In, a class derived from a legacy class; null
/// for others.
const ChangedMembers *
UseCollector::changedMembersIn(const DeclContext *In) const {
  const auto *Record = dyn_cast<CXXRecordDecl>(In);
  LegacyEntry Entry = legacyBaseSeenIn(Record);
  auto Changed =
      Entry ? Rules.Members.find(Entry.Legacy->Name) : Rules.Members.end();
  return Changed == Rules.Members.end() ? nullptr : &Changed->second;
}

/// The base of \p Derived stays what it is.
void UseCollector::leaveBase(const CXXRecordDecl *Derived, StringRef Why) {
  if (SourceLocation Base = legacyBaseOf(Derived); Base.isValid()) {
    NamesToLeave.emplace_back(Base, Why.str());
    return;
  }
  for (const CXXBaseSpecifier &Base : Derived->bases())
    if (const TypeSourceInfo *Info = Base.getTypeSourceInfo())
      for (SourceLocation Name : legacyNamesBehind(Info->getTypeLoc()))
        NamesToLeave.emplace_back(Name, Why.str());
}

/// True when \p Known is declared in \p In, or in a base of that.
static bool isKnownIn(const NamedDecl *Known, const DeclContext *In) {
  if (!Known)
    return false;
  const DeclContext *Declared = Known->getDeclContext()->getRedeclContext();
  const auto *Record = dyn_cast<CXXRecordDecl>(In);
  const auto *Class = dyn_cast<CXXRecordDecl>(Declared);
  return In->Equals(Declared) || (Record && Class && Record->hasDefinition() &&
                                  Record->isDerivedFrom(Class));
}

/// \p Name without a qualifier, which means \p Known (null: only an
/// instantiation knows) at \p Where, the place of the traversal, has to go on
/// doing so.
void UseCollector::keepMeaning(DeclarationName Name, SourceLocation Where,
                               const NamedDecl *Known) {
  const IdentifierInfo *Identifier = Name.getAsIdentifierInfo();
  if (!Identifier || !WatchedNames.contains(Identifier->getName()) ||
      (Known && Index.isCanonical(Known->getUnderlyingDecl())))
    return;
  const std::string Word = Identifier->getName().str();
  const DeclContext *In = contextAt(placeOf(Where));
  const CXXRecordDecl *Hides = nullptr;
  while (In && !isKnownIn(Known, In)) {
    if (const ChangedMembers *Changed = changedMembersIn(In);
        Changed && !Hides && Changed->New.count(Word))
      Hides = cast<CXXRecordDecl>(In);
    In = contextAround(In);
  }
  // The captures of a lambda are known to none of these.
  if (!In && Known &&
      (Known->getDeclContext()->isFunctionOrMethod() ||
       isa<RequiresExprBodyDecl>(Known->getDeclContext())))
    return;
  if (Hides)
    return leaveBase(Hides, "the base would have a '" + Word +
                                "' then, which hides the one that is meant");
  const ChangedMembers *Changed = In ? changedMembersIn(In) : nullptr;
  if (Changed && Changed->Gone.count(Word) &&
      !In->Equals(Known->getDeclContext()->getRedeclContext()) &&
      !rewriteOfMember(Known) && isDeclaredAround(In, Name))
    leaveBase(cast<CXXRecordDecl>(In),
              "the base would have no '" + Word +
                  "' then, and the name mean what is declared outside");
}

static const NamedDecl *firstOf(const OverloadExpr *E) {
  return E->decls().empty() ? nullptr : *E->decls_begin();
}

bool UseCollector::VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
  if (!E->getQualifierLoc())
    keepMeaning(E->getName(), E->getNameLoc(), firstOf(E));
  return true;
}

bool UseCollector::VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) {
  if (E->isImplicitAccess() && !E->getQualifierLoc())
    keepMeaning(E->getMemberName(), E->getMemberLoc(), firstOf(E));
  return true;
}

/// `space::name`: the first of the names is found like one without a qualifier.
bool UseCollector::TraverseNestedNameSpecifierLoc(
    NestedNameSpecifierLoc Qualifier) {
  if (qualifierKind(Qualifier) == QualifierKind::Namespace &&
      qualifierKind(prefixOf(Qualifier)) == QualifierKind::None) {
    const NamedDecl *Space = namespaceOf(Qualifier);
    keepMeaning(Space->getDeclName(), Qualifier.getBeginLoc(), Space);
  }
  return Base::TraverseNestedNameSpecifierLoc(Qualifier);
}

} // namespace consolidate
