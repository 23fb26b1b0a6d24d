//===- TuKey.h - Under what a parse is kept in the cache --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_SCAN_TUKEY_H
#define CONSOLIDATE_LIB_SCAN_TUKEY_H

#include "consolidate/Frontend.h"
#include "consolidate/Scan.h"

namespace consolidate {

/// Everything that decides what a parse finds, but for the bytes of the files
/// that it reads: those are dependencies of what is stored.
class TuKey {
public:
  /// \p Options must name a cache; it and \p Files must outlive the key.
  TuKey(const TuJob &Job, const RuleSource &Rules, const Scope &Within,
        const TuOptions &Options, const Overlay &Files);

  std::optional<TuFindings> find() const;
  void store(const TuFindings &Found, std::vector<Dependency> Read) const;

private:
  const TuOptions &Options;
  std::string Key;
  llvm::StringMap<uint64_t> InMemory; ///< Hashes by clean path.

  bool isKept(llvm::StringRef Path) const;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_SCAN_TUKEY_H
