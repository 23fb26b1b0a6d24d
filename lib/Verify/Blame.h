//===- Blame.h - From an error to the clusters behind it --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_VERIFY_BLAME_H
#define CONSOLIDATE_LIB_VERIFY_BLAME_H

#include "consolidate/Plan.h"

#include <set>

namespace consolidate {

/// Finds the clusters whose edits stand where an error points.
class Blame {
public:
  explicit Blame(const EditPlan &Plan);

  /// Ids of the clusters with an edit on the line of the error; else on the
  /// line of one of its notes. Empty when there is none.
  std::set<std::string> clustersAt(const CompileError &Error) const;

  /// Ids of the clusters with an edit at most \p Lines lines away from it, or
  /// from what its notes name.
  std::set<std::string> clustersNear(const CompileError &Error,
                                     unsigned Lines) const;

private:
  struct Placed {
    unsigned FirstLine = 0; ///< 1-based, in the changed text.
    unsigned LastLine = 0;
    std::string Cluster;
  };
  const EditPlan &Plan;
  llvm::StringMap<std::vector<Placed>> ByFile;

  std::set<std::string> onLines(llvm::StringRef Path, unsigned First,
                                unsigned Last) const;
  std::set<std::string> atOffset(llvm::StringRef Path, unsigned Offset) const;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_BLAME_H
