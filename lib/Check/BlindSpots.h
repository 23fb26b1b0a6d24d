//===- BlindSpots.h - What a count could not see ----------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_CHECK_BLINDSPOTS_H
#define CONSOLIDATE_LIB_CHECK_BLINDSPOTS_H

#include "consolidate/Check.h"

namespace consolidate {

/// Every list is sorted and unique.
CheckBlindSpots findBlindSpots(const RuleSet &Rules,
                               llvm::ArrayRef<TuFindings> Tus,
                               const ScanPlan &Plan, const Scope &Scope);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_CHECK_BLINDSPOTS_H
