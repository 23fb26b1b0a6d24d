//===- Expectations.h - What the comments of a case ask for -----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_RULETEST_EXPECTATIONS_H
#define CONSOLIDATE_LIB_RULETEST_EXPECTATIONS_H

#include "consolidate/Findings.h"
#include "consolidate/Plan.h"
#include "consolidate/Rules.h"

#include "llvm/ADT/StringRef.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace consolidate {

/// A case's `before`, taken apart.
struct AnnotatedSource {
  std::string Text; ///< Without the comments; line for line the same.
  /// `// consolidate: type, construction`, by 1-based line. When any line has
  /// one, the lines without it are expected to hold no finding.
  std::map<unsigned, std::set<std::string>> Kinds;
  /// `// expect-left: text`, by 1-based line.
  std::map<unsigned, std::vector<std::string>> Left;
  std::vector<std::string> Errors; ///< Comments that make no sense.
};
AnnotatedSource readAnnotations(llvm::StringRef Before);

/// What is wrong with the findings of \p Plan in the file \p Path, by line.
std::vector<std::string> checkFindings(const AnnotatedSource &Source,
                                       const RuleTestCase &Case,
                                       const EditPlan &Plan,
                                       llvm::StringRef Path);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_RULETEST_EXPECTATIONS_H
