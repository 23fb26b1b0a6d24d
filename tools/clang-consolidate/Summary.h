//===- Summary.h - The honest count at the end of a run ---------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TOOLS_SUMMARY_H
#define CONSOLIDATE_TOOLS_SUMMARY_H

#include "consolidate/Pipeline.h"

namespace consolidate {

enum class SummaryLevel {
  Trouble,    ///< Only what could not be parsed, read or verified.
  Usual,      ///< Also the counts, and the first places that are left.
  Everything, ///< Also every place that is left.
};

/// Prints what was found, edited, left and dropped, each left use at its place
/// with its reason.
void printSummary(const Project &Project, const ScanRun &Scan,
                  const VerifiedPlan &Verified, SummaryLevel Level);

/// "1 file", "2 files".
std::string counted(size_t Number, llvm::StringRef Noun);

/// The status that follows from what could not be parsed or verified, or
/// \p Otherwise.
int statusOf(const ScanRun &Scan, const VerifiedPlan &Verified, int Otherwise);

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_SUMMARY_H
