//===- Check.h - The limits of a rules file against the code ----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// TuFindings of a scan with MatchOptions::CollectFacts -> CheckReport.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_CHECK_H
#define CONSOLIDATE_CHECK_H

#include "consolidate/Findings.h"
#include "consolidate/Rules.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace consolidate {

/// One counted place.
struct CheckItem {
  std::string Name;  ///< Qualified name, form, or include path.
  std::string Path;  ///< Relative to the root.
  unsigned Line = 1; ///< 1-based.
};

/// One limit, counted.
struct CheckLine {
  Limit Rule;
  std::vector<CheckItem> Items; ///< Sorted by place, unique.
  /// Findings under a NOLINT: told, and not counted. Sorted by place, unique.
  std::vector<CheckItem> Suppressed;
  bool Broken = false; ///< More than `max`, and of severity `error`.
};

/// What the count could not see.
struct CheckBlindSpots {
  /// TUs with errors, what stands behind them may be missed; each as
  /// "path (file:line: first error)".
  std::vector<std::string> UnparsedTus;
  std::vector<std::string> UnreachedFiles; ///< Mention a name, in no TU.
  /// In-scope files that could not be read, each as "path (reason)".
  std::vector<std::string> UnreadableFiles;
  /// #include lines of a path under `includes` that resolve nowhere and that no
  /// preprocessor met: under an inactive #if, or in a file of no parsed TU.
  std::vector<CheckItem> UnseenIncludes;
  /// TUs of the database that the plan leaves out: they reach no mention of a
  /// name, but may define a class that a limit counts by its name.
  unsigned SkippedTus = 0;
};

struct CheckReport {
  std::vector<CheckLine> Lines; ///< In the order of the rules file.
  CheckBlindSpots Blind;
  bool isBroken() const;
};

/// Counts every limit, in scope only. An item seen by several TUs counts once:
/// a finding by file and offset, a fact by file, line and name.
CheckReport runCheck(const RuleSet &Rules, llvm::ArrayRef<TuFindings> Tus,
                     const ScanPlan &Plan, const Scope &Scope);

/// The word of the rules file for \p Kind: "legacy-uses".
llvm::StringRef countName(CountKind Kind);
/// "ok", "BROKEN", or "info" for a line that can never break.
llvm::StringRef stateName(const CheckLine &Line);

/// One line for each limit, the first places of the broken ones, then what the
/// count could not see.
void printCheckText(const CheckReport &Report, llvm::raw_ostream &OS,
                    bool Colour);
void printCheckJson(const CheckReport &Report, llvm::raw_ostream &OS);

} // namespace consolidate

#endif // CONSOLIDATE_CHECK_H
