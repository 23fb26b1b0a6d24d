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
/// changed files; and what calls chose before against what they choose now.
/// Keeps references into the plan and the findings.
class OverloadCheck {
public:
  OverloadCheck(const EditPlan &Plan, llvm::ArrayRef<TuFindings> Tus);

  /// Where it has to be known what is called, in the changed files.
  const FileRanges &asked() const { return Asked; }

  /// The clusters that call something else, with the reason. A place that
  /// \p Chosen says nothing of (a template that nobody has instantiated) is not
  /// judged.
  DroppedClusters compare(llvm::ArrayRef<ChosenCall> Chosen) const;

  /// The clusters that edit the arguments of a class that stays, with the
  /// reason.
  DroppedClusters withoutTheirClass(llvm::ArrayRef<ChosenCall> Chosen) const;

  /// What calls that stay as they are have come to call, because other edits
  /// changed the type: the place in the changed file, and as message the reason
  /// to undo those.
  std::vector<CompileError> misled(llvm::ArrayRef<ChosenCall> Chosen) const;

private:
  /// Byte offsets, the end exclusive.
  using Ranges = llvm::SmallVector<std::pair<unsigned, unsigned>, 1>;
  /// A MeantCall in the changed file.
  struct Place {
    std::string Path;
    unsigned Begin = 0;
    unsigned End = 0;
    const MeantCall *Meant = nullptr;
    const Cluster *Owner = nullptr;
    unsigned Line = 0;     ///< Before.
    llvm::StringRef Shown; ///< Path of the finding that it belongs to.
  };
  /// What a call chose before, as every TU saw it.
  struct WatchedPlace {
    const ChosenCall *Before = nullptr; ///< One of them.
    std::set<llvm::StringRef> Keys;
    /// Where those are declared, in the changed files.
    std::set<std::pair<llvm::StringRef, unsigned>> Declared;
    bool IsKnown = true; ///< Of each of them.
  };
  std::vector<Place> Places;
  /// By file and byte offset in the changed file.
  std::map<std::tuple<std::string, unsigned, CallSite>, WatchedPlace> Watched;
  llvm::StringMap<const FileChange *> Changes;
  FileRanges Asked;

  unsigned moved(llvm::StringRef Path, unsigned Offset) const;
  Ranges placesOf(llvm::StringRef Path, unsigned Begin, unsigned End,
                  CallSite Site) const;
  void addPlace(const Cluster &Owner, const Finding &F, const MeantCall &Meant);
  void watch(const ChosenCall &Call);
  bool isAnother(const ChosenCall &Call, const WatchedPlace &Place) const;
  CompileError problemAt(llvm::StringRef Path, unsigned Offset,
                         std::string Message) const;
  bool isAt(const ChosenCall &Call, const Place &Where) const;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_OVERLOADS_H
