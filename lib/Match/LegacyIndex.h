//===- LegacyIndex.h - What is looked for, by its name ----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_LEGACYINDEX_H
#define CONSOLIDATE_LIB_MATCH_LEGACYINDEX_H

#include "MatchInternal.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace consolidate {

/// A legacy class together with what replaces it.
struct LegacyEntry {
  const Consolidation *Into = nullptr;
  const LegacyClass *Legacy = nullptr;
  bool HasRewrites = false; ///< Some rewrite constructs this class.
  explicit operator bool() const { return Legacy; }
};

/// Finds the legacy class a declaration is, by qualified name.
class LegacyIndex {
public:
  explicit LegacyIndex(const CompiledRules &Rules);
  LegacyEntry find(const clang::NamedDecl *D) const;
  /// The entry of the record behind \p Type, or none.
  LegacyEntry find(clang::QualType Type) const;
  /// True for canonical and legacy classes alike.
  bool isOfFamily(const clang::NamedDecl *D) const;
  const llvm::StringSet<> &shortNames() const { return ShortNames; }
  /// The classes with that last name.
  std::vector<LegacyEntry> named(llvm::StringRef ShortName) const;
  /// A class whose members called \p Name are renamed, and how; or nulls.
  std::pair<LegacyEntry, const MemberRename *>
  renameOfMembersNamed(llvm::StringRef Name) const;
  bool isCanonical(const clang::NamedDecl *D) const;
  /// The class that replaces the legacy class \p Name, without `<..>`; "" for
  /// another.
  std::string canonicalOf(llvm::StringRef Name) const;
  /// True when a canonical class is named in \p Text.
  bool namesCanonical(llvm::StringRef Text) const;

private:
  bool isAnother(const clang::NamedDecl *D, const LegacyClass &Legacy) const;

  const CompiledRules &Rules;
  llvm::StringMap<LegacyEntry> ByName;
  llvm::StringSet<> ShortNames;
  llvm::StringSet<> Canonical;
  /// Of a class template, those of its specialisations that are canonical; of
  /// another, all are.
  llvm::StringMap<std::vector<std::string>> Specialisations;
  mutable llvm::DenseMap<const clang::NamedDecl *, const LegacyEntry *> Cache;
};

/// The rewrites of calls and fields by the plain name they are found by.
class CallIndex {
public:
  explicit CallIndex(const CompiledRules &Rules);
  llvm::ArrayRef<const CompiledRewrite *>
  named(const clang::NamedDecl *D) const;
  bool isEmpty() const { return ByName.empty(); }

private:
  llvm::StringMap<std::vector<const CompiledRewrite *>> ByName;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_LEGACYINDEX_H
