//===- RulesTesting.h - Helpers of the tests of step 1 ----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TEST_UNIT_RULES_RULESTESTING_H
#define CONSOLIDATE_TEST_UNIT_RULES_RULESTESTING_H

#include "consolidate/Rules.h"

#include "gtest/gtest.h"

#include <string>

namespace consolidate {

/// Parses \p Text as the file `r.yaml`.
inline llvm::Expected<RuleSet> parse(llvm::StringRef Text) {
  return parseRules(llvm::MemoryBufferRef(Text, "r.yaml"));
}

/// The rules in \p Text; a test failure and an empty set when it has errors.
inline RuleSet good(llvm::StringRef Text) {
  llvm::Expected<RuleSet> Rules = parse(Text);
  if (Rules)
    return std::move(*Rules);
  ADD_FAILURE() << llvm::toString(Rules.takeError());
  return RuleSet();
}

/// The errors of \p Text with a line break in front and behind, so that an
/// expectation can be a raw string; "\n(none)\n" when it parses.
inline std::string errorsOf(llvm::StringRef Text) {
  llvm::Expected<RuleSet> Rules = parse(Text);
  if (Rules)
    return "\n(none)\n";
  return "\n" + llvm::toString(Rules.takeError()) + "\n";
}

} // namespace consolidate

#endif // CONSOLIDATE_TEST_UNIT_RULES_RULESTESTING_H
