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
  bool Broken = false;
};

/// What the count could not see.
struct CheckBlindSpots {
  std::vector<std::string> UnparsedTus; ///< With the first error of each.
  std::vector<std::string> UnreachedFiles; ///< Mention a name, in no TU.
};

struct CheckReport {
  std::vector<CheckLine> Lines; ///< In the order of the rules file.
  CheckBlindSpots Blind;
  bool isBroken() const;
};

/// Counts every limit. An item seen by several TUs counts once.
CheckReport runCheck(const RuleSet &Rules, llvm::ArrayRef<TuFindings> Tus,
                     const ScanPlan &Plan, const Scope &Scope);

/// One line for each limit, then the places of the broken ones.
void printCheckText(const CheckReport &Report, llvm::raw_ostream &OS,
                    bool Colour);
void printCheckJson(const CheckReport &Report, llvm::raw_ostream &OS);

} // namespace consolidate

#endif // CONSOLIDATE_CHECK_H
