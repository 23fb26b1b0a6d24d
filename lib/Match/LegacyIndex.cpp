//===- LegacyIndex.cpp - Legacy classes by their declaration --------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

LegacyIndex::LegacyIndex(const CompiledRules &Rules) {
  for (const Consolidation &Entry : Rules.Rules.Consolidate) {
    Canonical.insert(StringRef(Entry.Into).split('<').first);
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
    It->second = Found == ByName.end() ? nullptr : &Found->second;
  }
  return It->second ? *It->second : LegacyEntry{};
}

LegacyEntry LegacyIndex::find(QualType Type) const {
  return find(recordOf(Type));
}

std::vector<LegacyEntry> LegacyIndex::named(StringRef ShortName) const {
  std::vector<LegacyEntry> Result;
  for (const auto &Entry : ByName)
    if (unqualifiedName(Entry.getKey()) == ShortName)
      Result.push_back(Entry.second);
  return Result;
}

bool LegacyIndex::isOfFamily(const NamedDecl *D) const {
  return find(D) || isCanonical(D);
}

bool LegacyIndex::isCanonical(const NamedDecl *D) const {
  return D && D->getIdentifier() && Canonical.contains(qualifiedName(D));
}

} // namespace consolidate
