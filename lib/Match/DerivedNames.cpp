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
      const CXXRecordDecl *After = classNamed(Context, Entry.intoName());
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

/// Where the names at the place of the traversal are looked up first.
const DeclContext *UseCollector::contextHere() const {
  for (const DynTypedNode &Node : reverse(Ancestors))
    if (const auto *D = Node.get<Decl>()) {
      const auto *Own = dyn_cast<DeclContext>(D);
      return Own ? Own : D->getDeclContext();
    }
  return nullptr;
}

/// Where the names are looked up that are not found in \p In.
static const DeclContext *contextAround(const DeclContext *In) {
  const auto *Function = dyn_cast<FunctionDecl>(In);
  return Function && Function->getFriendObjectKind() ? In->getLexicalParent()
                                                     : In->getParent();
}

/// True when \p Name means something around \p In.
static bool isDeclaredAround(const DeclContext *In, DeclarationName Name) {
  for (In = contextAround(In); In; In = contextAround(In)) {
    if (In->isTransparentContext()) // `extern "C" {`
      continue;
    if (!In->lookup(Name).empty())
      return true;
    for (const UsingDirectiveDecl *Using : In->using_directives())
      if (!Using->getNominatedNamespace()->lookup(Name).empty())
        return true;
  }
  return false;
}

/// What changes for names in \p In, a class derived from a legacy class; null
/// for others.
const ChangedMembers *
UseCollector::changedMembersIn(const DeclContext *In) const {
  const auto *Record = dyn_cast<CXXRecordDecl>(In);
  LegacyEntry Entry = Record ? legacyBase(Record) : LegacyEntry();
  auto Changed =
      Entry ? Rules.Members.find(Entry.Legacy->Name) : Rules.Members.end();
  return Changed == Rules.Members.end() ? nullptr : &Changed->second;
}

/// The base of \p Derived stays what it is.
void UseCollector::leaveBase(const CXXRecordDecl *Derived, StringRef Why) {
  if (SourceLocation Base = legacyBaseOf(Derived); Base.isValid())
    NamesToLeave.emplace_back(Base, Why.str());
  for (const CXXBaseSpecifier &Base : Derived->bases())
    for (SourceLocation Name :
         legacyNamesBehind(Base.getTypeSourceInfo()->getTypeLoc()))
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
/// instantiation knows) at the place of the traversal, has to go on doing so.
void UseCollector::keepMeaning(DeclarationName Name, const NamedDecl *Known) {
  const IdentifierInfo *Identifier = Name.getAsIdentifierInfo();
  if (!Identifier || !WatchedNames.contains(Identifier->getName()) ||
      (Known && Index.isCanonical(Known->getUnderlyingDecl())))
    return;
  const std::string Word = Identifier->getName().str();
  const DeclContext *In = contextHere();
  const CXXRecordDecl *Hides = nullptr;
  while (In && !isKnownIn(Known, In)) {
    if (const ChangedMembers *Changed = changedMembersIn(In);
        Changed && !Hides && Changed->New.count(Word))
      Hides = cast<CXXRecordDecl>(In);
    In = contextAround(In);
  }
  // The captures of a lambda are known to none of these.
  if (!In && Known && Known->getDeclContext()->isFunctionOrMethod())
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

bool UseCollector::VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
  if (!E->getQualifier())
    keepMeaning(E->getName(), E->decls().empty() ? nullptr : *E->decls_begin());
  return true;
}

} // namespace consolidate
