//===- Search.h - Which edits are behind a problem --------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_VERIFY_SEARCH_H
#define CONSOLIDATE_LIB_VERIFY_SEARCH_H

#include "Trials.h"

namespace consolidate {

/// Ids of the clusters of \p Plan with an edit in one of \p Files.
std::set<std::string> allTouching(const EditPlan &Plan,
                                  const std::set<std::string> &Files);

/// What is behind the first of \p Problems, which \p Tu has with \p Plan (all
/// but \p Dropped): the fewest clusters, near its place if possible, without
/// which it is gone and no error comes; else the widest guess. Empty when
/// no cluster touches what the TU reads.
std::set<std::string> findBehind(llvm::ArrayRef<Problem> Problems,
                                 const EditPlan &Plan,
                                 const DroppedClusters &Dropped, Unit &Tu,
                                 Trials &Trying);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_SEARCH_H
