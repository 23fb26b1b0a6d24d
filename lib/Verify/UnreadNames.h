//===- UnreadNames.h - What no translation unit reads -----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_VERIFY_UNREADNAMES_H
#define CONSOLIDATE_LIB_VERIFY_UNREADNAMES_H

#include "consolidate/Plan.h"
#include "consolidate/Survey.h"

namespace consolidate {

/// What is named in the files of \p Survey that no translation unit reads; none
/// where \p Rules keep the definitions of all classes.
std::vector<UnreadName> unreadNames(const ScanPlan &Survey,
                                    const RuleSet &Rules);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_UNREADNAMES_H
