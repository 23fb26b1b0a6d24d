//===- Choices.h - Do templates still take the same? ------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_VERIFY_CHOICES_H
#define CONSOLIDATE_LIB_VERIFY_CHOICES_H

#include "consolidate/Findings.h"

#include "llvm/ADT/ArrayRef.h"

#include <map>
#include <set>

namespace consolidate {

/// Holds what templates take for the canonical class, and for a legacy one that
/// is left, against what they took before. Keeps references into the findings.
class ChoiceCheck {
public:
  explicit ChoiceCheck(llvm::ArrayRef<TuFindings> Before);

  /// What is another choice in the TU \p Now: where it is asked for, and as
  /// message the reason to undo the edits behind it. What the TU did not ask
  /// for before, for this class or for one it stands for now, is not judged.
  std::vector<CompileError> changed(const TuFindings &Now) const;

private:
  using Taken = std::map<llvm::StringRef, std::set<llvm::StringRef>>;
  struct KnownOfTu {
    Taken ByShown; ///< For this very class.
    Taken ByAsked; ///< For a class that is the same to the rules.
  };
  std::map<llvm::StringRef, KnownOfTu> Known; ///< By main file.
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_CHOICES_H
