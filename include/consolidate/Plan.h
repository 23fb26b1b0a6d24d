//===- Plan.h - Step 5: findings -> one global edit plan --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_PLAN_H
#define CONSOLIDATE_PLAN_H

#include "consolidate/Findings.h"
#include "consolidate/Rules.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace llvm::vfs {
class FileSystem;
} // namespace llvm::vfs

namespace consolidate {

/// Edits that only make sense together.
struct Cluster {
  std::string Id;  ///< Stable: made of rule, path and offset, or the group.
  std::vector<size_t> Findings; ///< Indices into EditPlan::Findings.
  std::vector<Edit> Edits;      ///< Sorted, unique.
  std::string Dropped;          ///< Why it is not applied; empty: it is.
};

/// A file after the plan.
struct FileChange {
  std::string Path; ///< Real absolute path.
  std::string Before;
  std::string After;
};

/// The whole change.
struct EditPlan {
  std::vector<Finding> Findings; ///< Merged over all TUs, sorted by place.
  std::vector<Cluster> Clusters;
  std::vector<FileChange> Files; ///< Sorted by path; only files that change.
};

} // namespace consolidate

#endif // CONSOLIDATE_PLAN_H
