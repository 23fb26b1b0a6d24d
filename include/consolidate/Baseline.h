//===- Baseline.h - Violations that are known and tolerated -----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A baseline is a file in the repository. It says what was broken when the
// limits came, and from then on only shrinks: docs/check.md.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_BASELINE_H
#define CONSOLIDATE_BASELINE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <string>
#include <tuple>
#include <vector>

namespace consolidate {

/// What makes a violation the same one after code has moved. It holds no line,
/// no count and no pattern; equal ones are told apart by their number only.
struct Violation {
  std::string Limit; ///< Name of the limit.
  /// The declaration around it, as Finding::Signature has it, or
  /// `#define NAME`; the file's relative path for an #include; "": none.
  std::string Symbol;
  /// The code, without comments and layout; the path of an #include; "" for a
  /// declaration, which its Symbol tells.
  std::string Text;

  auto key() const { return std::tie(Limit, Symbol, Text); }
  bool operator<(const Violation &Other) const { return key() < Other.key(); }
  bool operator==(const Violation &Other) const { return key() == Other.key(); }
};

/// A baseline as it is in its file.
struct Baseline {
  std::string Path;               ///< For messages; "" when made by hand.
  std::vector<Violation> Entries; ///< Equal ones are as many violations.
};

/// Where the baseline of the rules in \p Origin lies: `rules.yaml` has
/// `rules-baseline.yaml` next to it, a built-in ruleset
/// `.clang-consolidate-baseline.yaml` in \p Root.
std::string baselinePath(llvm::StringRef Origin, llvm::StringRef Root);

/// Parses and validates a baseline. Fails with ErrorKind::Rules; the message
/// has the shape of those of parseRules.
llvm::Expected<Baseline> parseBaseline(llvm::MemoryBufferRef Text);

/// Reads and parses the file at \p Path. Fails with ErrorKind::FileSystem when
/// it cannot be read.
llvm::Expected<Baseline> loadBaseline(llvm::StringRef Path);

/// The text of a baseline file: one sorted line for each entry, so that
/// branches merge.
std::string formatBaseline(std::vector<Violation> Entries);

/// Writes that text to \p Path, all or nothing; a link stays a link, and a file
/// keeps its permissions. Fails with ErrorKind::FileSystem, also when the file
/// is read-only.
llvm::Error saveBaseline(llvm::StringRef Path, std::vector<Violation> Entries);

} // namespace consolidate

#endif // CONSOLIDATE_BASELINE_H
