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

  /// What is another choice \p Now: where it is asked for, and as message the
  /// reason to undo the edits behind it. What was not asked for before is not
  /// judged.
  std::vector<CompileError> changed(llvm::ArrayRef<TemplateChoice> Now) const;

private:
  std::map<llvm::StringRef, std::set<llvm::StringRef>> Known;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_CHOICES_H
