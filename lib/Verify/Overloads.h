//===- Overloads.h - Is it the overload that the rule means? ----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_VERIFY_OVERLOADS_H
#define CONSOLIDATE_LIB_VERIFY_OVERLOADS_H

#include "consolidate/Match.h"
#include "consolidate/Plan.h"

namespace consolidate {

/// Holds what a plan means to call against what the compiler chose in the
/// changed files. Keeps references into the plan.
class OverloadCheck {
public:
  explicit OverloadCheck(const EditPlan &Plan);

  /// Where it has to be known what is called, in the changed files.
  const FileRanges &asked() const { return Asked; }

  /// The clusters that call something else, with the reason. A place that
  /// \p Chosen says nothing of (a template that nobody has instantiated) is not
  /// judged.
  DroppedClusters compare(llvm::ArrayRef<ChosenCall> Chosen) const;

  /// What calls of clusters that stay as they are have come to call, because
  /// other edits changed the type: the place in the changed file, and as
  /// message the reason to undo those.
  std::vector<CompileError> misled(llvm::ArrayRef<ChosenCall> Chosen) const;

private:
  /// A MeantCall in the changed file.
  struct Place {
    std::string Path;
    unsigned Begin = 0;
    unsigned End = 0;
    const MeantCall *Meant = nullptr;
    const Cluster *Owner = nullptr;
    unsigned Line = 0; ///< Before.
  };
  std::vector<Place> Places;
  llvm::StringMap<const FileChange *> Changes;
  FileRanges Asked;

  unsigned moved(llvm::StringRef Path, unsigned Offset) const;
  void addPlace(const Cluster &Owner, const Finding &F, const MeantCall &Meant);
  bool isAt(const ChosenCall &Call, const Place &Where) const;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_OVERLOADS_H
