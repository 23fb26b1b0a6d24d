//===- RuleCase.h - One golden file, and its outcome ------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A case is one file in split-file format. The text before the first section
// says which form of C++ it is about and why the result is right; a line
// `// Set: NAME` there names the headers and rules it shares with other cases,
// the files of test/rules/sets/NAME. A line `// Form: TITLE | TEXT` makes a row of
// docs/forms.md, of the first line that holds TEXT.
//
//   //--- NAME           a file before the migration; rules.yaml is the rules
//   //--- after/NAME     the same file after it; without one it must not change
//   //--- left           what is left: `NAME:LINE: form: reason`, one per line;
//                        `mention: bucket` where the accounting alone knows it
//   //--- dropped        what verification or a conflict took back, likewise
//   //--- flags          more compiler arguments, one per line
//   //--- unsafe         the run is made with --unsafe
//   //--- parses         the most units that verification may parse, a number
//   //--- broken-before  the code does not compile before; the text says why
//   //--- second-run-not-empty   likewise for what a second run finds
//
// A line of the result that still spells the short name of a legacy class in
// code must be listed in `left` or `dropped`, or hold `// not ours`.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TEST_RULES_RULECASE_H
#define CONSOLIDATE_TEST_RULES_RULECASE_H

#include "llvm/ADT/StringRef.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace consolidate {

/// What is compared: the files by name, and the lists as sorted lines.
struct Outcome {
  std::map<std::string, std::string> After; ///< Only files that change.
  std::vector<std::string> Left;
  std::vector<std::string> Dropped;
};

/// A case as read. Section order is kept, so that it can be written again.
struct RuleCase {
  std::string Prologue;
  std::vector<std::pair<std::string, std::string>> Sections; ///< Inputs.
  std::map<std::string, std::string> Files; ///< Those of the set included.
  std::vector<std::string> OwnFiles;        ///< Names not taken from the set.
  Outcome Expected;

  bool has(llvm::StringRef Section) const;
  std::string text(llvm::StringRef Section) const;
};

/// Reads the case at \p Path; \p Sets is the directory of the shared sets.
RuleCase readCase(llvm::StringRef Path, llvm::StringRef Sets);

/// The text of the case file with \p Actual as the expected outcome.
std::string printCase(const RuleCase &Case, const Outcome &Actual);

/// Every *.test file below \p Directory, sorted.
std::vector<std::string> findCases(llvm::StringRef Directory);

} // namespace consolidate

#endif // CONSOLIDATE_TEST_RULES_RULECASE_H
