//===- LegacyIndex.cpp - Legacy classes by their declaration --------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "consolidate/Frontend.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

std::string definingFile(const NamedDecl *D) {
  if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(D))
    D = Template->getTemplatedDecl();
  if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(D))
    if (!Spec->isExplicitSpecialization())
      D = Spec->getSpecializedTemplate()->getTemplatedDecl();
  const auto *Record = dyn_cast_or_null<CXXRecordDecl>(D);
  const CXXRecordDecl *Definition = Record ? Record->getDefinition() : nullptr;
  if (!Definition)
    return "";
  const SourceManager &SM = D->getASTContext().getSourceManager();
  OptionalFileEntryRef File = SM.getFileEntryRefForID(
      SM.getFileID(SM.getExpansionLoc(Definition->getLocation())));
  return File ? realPathOf(*File) : "";
}

LegacyIndex::LegacyIndex(const CompiledRules &Rules) : Rules(Rules) {
  for (const Consolidation &Entry : Rules.Rules.Consolidate) {
    Canonical.insert(Entry.intoName());
    Canonical.insert(Entry.className());
    if (StringRef(Entry.AliasedType).contains('<'))
      Specialisations[Entry.className()].push_back(Entry.AliasedType);
    for (const LegacyClass &Legacy : Entry.From) {
      bool HasRewrites = any_of(Rules.Rewrites, [&](const CompiledRewrite &R) {
        return R.Class == Legacy.Name;
      });
      ByName[Legacy.Name] = {&Entry, &Legacy, HasRewrites};
      ShortNames.insert(unqualifiedName(Legacy.Name));
    }
  }
}

LegacyEntry LegacyIndex::find(const NamedDecl *D) const {
  if (!D || !D->getIdentifier() || !ShortNames.contains(D->getName()))
    return {};
  auto [It, New] = Cache.try_emplace(D, nullptr);
  if (New) {
    auto Found = ByName.find(qualifiedName(D));
    if (Found != ByName.end() && !isAnother(D, *Found->second.Legacy))
      It->second = &Found->second;
  }
  return It->second ? *It->second : LegacyEntry{};
}

/// True when \p Header, or a copy of it, is read in this translation unit.
static bool isRead(StringRef Header, const SourceManager &SM) {
  std::string Tail = ("/" + Header.trim("<>")).str();
  return any_of(make_range(SM.fileinfo_begin(), SM.fileinfo_end()),
                [&](const auto &Entry) {
                  return StringRef(realPathOf(Entry.first)).ends_with(Tail);
                });
}

/// A class of the same qualified name that another file defines, for a program
/// that is never linked with ours. What the legacy header brings in is ours,
/// whichever file defines it for this platform.
bool LegacyIndex::isAnother(const NamedDecl *D,
                            const LegacyClass &Legacy) const {
  auto Known = Rules.DefinedIn.find(Legacy.Name);
  if (Known == Rules.DefinedIn.end())
    return false;
  std::string Path = definingFile(D);
  return !Path.empty() && Path != Known->second &&
         !isRead(Legacy.Header, D->getASTContext().getSourceManager());
}

LegacyEntry LegacyIndex::find(QualType Type) const {
  return find(classOf(Type));
}

std::vector<LegacyEntry> LegacyIndex::named(StringRef ShortName) const {
  std::vector<LegacyEntry> Result;
  for (const auto &Entry : ByName)
    if (unqualifiedName(Entry.getKey()) == ShortName)
      Result.push_back(Entry.second);
  return Result;
}

std::pair<LegacyEntry, const MemberRename *>
LegacyIndex::renameOfMembersNamed(StringRef Name) const {
  for (const Consolidation &Entry : Rules.Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From)
      for (const MemberRename &Rename : Legacy.Members)
        if (Rename.From == Name)
          return {ByName.lookup(Legacy.Name), &Rename};
  return {};
}

std::string LegacyIndex::canonicalOf(StringRef Name) const {
  LegacyEntry Entry = ByName.lookup(Name);
  return Entry ? Entry.Into->className().str() : "";
}

bool LegacyIndex::isOfFamily(const NamedDecl *D) const {
  return find(D) || isCanonical(D);
}

bool LegacyIndex::namesCanonical(StringRef Text) const {
  return any_of(Canonical, [&](const auto &Class) {
    return Text.contains(Class.getKey());
  });
}

bool LegacyIndex::isCanonical(const NamedDecl *D) const {
  if (!D || !D->getIdentifier() || !Canonical.contains(qualifiedName(D)))
    return false;
  // std::wstring is not std::string.
  auto Only = Specialisations.find(qualifiedName(D));
  const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(D);
  return Only == Specialisations.end() || !Class ||
         is_contained(Only->second, typeKey(typeOf(Class), D->getASTContext()));
}

} // namespace consolidate
