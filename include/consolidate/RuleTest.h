//===- RuleTest.h - A ruleset's own cases -----------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// RuleSet -> one result for each entry under `tests` that has a `before`.
// docs/testing-rules.md describes what an entry may say.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_RULETEST_H
#define CONSOLIDATE_RULETEST_H

#include "consolidate/Rules.h"
#include "consolidate/Scan.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace consolidate {

struct RuleTestOptions {
  /// Their headers and compile options are used; empty: only the headers under
  /// `files` are seen, and the language is C++20.
  std::vector<std::string> BuildDirectories;
  /// Names of the cases to run; empty: all.
  std::vector<std::string> Names;
  unsigned Threads = 1;
  ProgressFn Progress; ///< May be empty.
};

/// What one case gave.
struct RuleTestResult {
  size_t Case = 0; ///< Index into RuleSet::Tests.
  /// What is wrong, each one line or a line and an indented block. Empty: the
  /// case passed.
  std::vector<std::string> Failures;
  /// True when all that is wrong is that `after` is another text: the case is
  /// one that updateRuleTests may make pass.
  bool OnlyAfterDiffers = false;
  std::string After; ///< What came out; empty when the run failed.
  double Seconds = 0;

  bool passed() const { return Failures.empty(); }
};

/// Migrates each case in a temporary directory of its own and checks that both
/// sides compile, that `after` is what comes out, that the findings are those
/// the comments name, and that a second run finds nothing. Fails
/// (ErrorKind::Usage) when there is no case, no such case, or no database.
llvm::Expected<std::vector<RuleTestResult>>
runRuleTests(const RuleSet &Rules, const RuleTestOptions &Options);

/// The rules text with `after` as it came out, for every result that
/// OnlyAfterDiffers; all other bytes stay. Fails (ErrorKind::Usage) where an
/// `after` is not written as a block (`after: |`).
llvm::Expected<std::string>
updateRuleTests(const RuleSet &Rules, llvm::ArrayRef<RuleTestResult> Results);

/// One line for each case, its failures below it, and a last line that counts.
void printRuleTestsText(const RuleSet &Rules,
                        llvm::ArrayRef<RuleTestResult> Results,
                        llvm::raw_ostream &OS);
/// JUnit's XML, one testsuite.
void printRuleTestsJunit(const RuleSet &Rules,
                         llvm::ArrayRef<RuleTestResult> Results,
                         llvm::raw_ostream &OS);

} // namespace consolidate

#endif // CONSOLIDATE_RULETEST_H
