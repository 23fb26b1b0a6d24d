//===- Summary.h - The honest count at the end of a run ---------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TOOLS_SUMMARY_H
#define CONSOLIDATE_TOOLS_SUMMARY_H

#include "consolidate/Pipeline.h"

namespace consolidate {

/// Prints what was found, edited, left and dropped, each left use at its place
/// with its reason (all of them with \p Verbose).
void printSummary(const Project &Project, const ScanRun &Scan,
                  const VerifiedPlan &Verified, bool Verbose);

/// The status that follows from what could not be parsed or verified, or
/// \p Otherwise.
int statusOf(const ScanRun &Scan, const VerifiedPlan &Verified, int Otherwise);

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_SUMMARY_H
