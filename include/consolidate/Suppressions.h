//===- Suppressions.h - NOLINT comments -------------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// As clang-tidy reads them: NOLINT for its line, NOLINTNEXTLINE for the next
// one, NOLINTBEGIN up to NOLINTEND; for all checks, or for those in the
// parentheses. Plain text only.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_SUPPRESSIONS_H
#define CONSOLIDATE_SUPPRESSIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace consolidate {

/// One marker.
struct Suppression {
  enum class Kind { Line, NextLine, Begin, End } What = Kind::Line;
  unsigned Offset = 0; ///< Byte offset of its first letter.
  unsigned Line = 1;   ///< 1-based.
  std::string Text;    ///< "NOLINT(consolidate-*)"
  /// Between the parentheses; empty: every check.
  std::vector<std::string> Checks;
  bool All = true; ///< No parentheses.

  bool isFor(llvm::StringRef Check) const;
};

/// Every marker of a file, in order. Strings are not told from comments.
std::vector<Suppression> findSuppressions(llvm::StringRef Text);

/// True when \p All[Which] suppresses \p Check on line \p Line.
bool suppresses(llvm::ArrayRef<Suppression> All, size_t Which, unsigned Line,
                llvm::StringRef Check);

/// True when any does.
bool isSuppressed(llvm::ArrayRef<Suppression> All, unsigned Line,
                  llvm::StringRef Check);

} // namespace consolidate

#endif // CONSOLIDATE_SUPPRESSIONS_H
