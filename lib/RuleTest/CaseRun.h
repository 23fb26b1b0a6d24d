//===- CaseRun.h - One case through the whole flow --------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_RULETEST_CASERUN_H
#define CONSOLIDATE_LIB_RULETEST_CASERUN_H

#include "consolidate/Database.h"
#include "consolidate/RuleTest.h"

namespace consolidate {

/// Runs case \p Index of \p Rules with the options of \p Template, the command
/// of some file of the project, or null: then C++20 and no header but the
/// case's own. Thread-safe.
RuleTestResult runCase(const RuleSet &Rules, size_t Index,
                       const TuJob *Template);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_RULETEST_CASERUN_H
