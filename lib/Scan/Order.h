//===- Order.h - Which TU is parsed first -----------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_SCAN_ORDER_H
#define CONSOLIDATE_LIB_SCAN_ORDER_H

#include "consolidate/Survey.h"

namespace consolidate {

/// Sorts \p Which, indices into \p Tus, by the size of the main file, the
/// largest first, so that no thread begins a long parse when the others are
/// done. Bodies in headers are skipped, and standard headers shared: what the
/// main file holds is what differs most.
void sortLongestFirst(std::vector<unsigned> &Which,
                      llvm::ArrayRef<PlannedTu> Tus);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_SCAN_ORDER_H
