//===- Check.h - The limits of a rules file against the code ----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// TuFindings of a scan with MatchOptions::CollectFacts -> CheckReport, and that
// against a baseline.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_CHECK_H
#define CONSOLIDATE_CHECK_H

#include "consolidate/Baseline.h"
#include "consolidate/Findings.h"
#include "consolidate/Rules.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>
#include <vector>

namespace consolidate {

/// One counted place.
struct CheckItem {
  std::string Name;  ///< Qualified name, form, or include path.
  std::string Path;  ///< Relative to the root.
  unsigned Line = 1; ///< 1-based.
  /// As in Violation; Text of one with an Offset only after readViolations.
  std::string Symbol = {};
  std::string Text = {};
  /// In bytes; of a use, whose text counts.
  std::optional<unsigned> Offset = std::nullopt;
  bool InBaseline = false; ///< Known, and tolerated.
};

/// One limit, counted.
struct CheckLine {
  Limit Rule;
  std::vector<CheckItem> Items; ///< Sorted by place, unique.
  /// Findings under a NOLINT: told, and not counted. Sorted by place, unique.
  std::vector<CheckItem> Suppressed;
  /// Of severity `error`, more than `max`, and not all in the baseline.
  bool Broken = false;

  /// Sets Broken.
  void judge();
  unsigned inBaseline() const; ///< How many items.
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

/// What a count says about a baseline.
struct BaselineComparison {
  std::string Path; ///< As in Baseline.
  /// What a command needs to name it: " --baseline b.yaml", or "".
  std::string Option = {};
  unsigned Entries = 0;
  std::vector<Violation> Unmatched; ///< Entries without an item. Sorted.
  /// Why such an entry may be in what was not seen; "": it is gone.
  std::string Incomplete;

  bool isStale() const { return Incomplete.empty() && !Unmatched.empty(); }
};

struct CheckReport {
  std::vector<CheckLine> Lines; ///< In the order of the rules file.
  CheckBlindSpots Blind;
  std::optional<BaselineComparison> Against; ///< Without a baseline: none.
  bool isBroken() const;
  bool hasStaleEntries() const { return Against && Against->isStale(); }
};

/// Counts every limit, in scope only. An item seen by several TUs counts once:
/// a finding by file and offset, a fact by file, line and name.
CheckReport runCheck(const RuleSet &Rules, llvm::ArrayRef<TuFindings> Tus,
                     const ScanPlan &Plan, const Scope &Scope);

/// Reads the code of every item that has an Offset from the disk, below the
/// root; an item whose file cannot be read keeps an empty text.
void readViolations(CheckReport &Report, const Scope &Scope);

/// Marks the items of \p Report that \p Known tolerates, each entry one item.
/// An entry that no item equals stands for one in a function of that name with
/// other parameters, unless the run is incomplete. Of equal items the first
/// ones in order of place are marked: which of them is the new one cannot be
/// told. Call readViolations before. \p Incomplete as in BaselineComparison.
void compareToBaseline(CheckReport &Report, const Baseline &Known,
                       llvm::StringRef Incomplete);

enum class BaselineChange {
  Shrink, ///< Entries without an item go.
  Grow,   ///< And the items of broken limits come.
};

/// The entries of the changed baseline, sorted, once \p Report was compared to
/// it.
std::vector<Violation> toleratedViolations(const CheckReport &Report,
                                           BaselineChange Change);

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
