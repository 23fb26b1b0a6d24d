//===- Preconditions.h - When not to write ----------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_OUTPUT_PRECONDITIONS_H
#define CONSOLIDATE_LIB_OUTPUT_PRECONDITIONS_H

#include "Journal.h"

#include "consolidate/Messages.h"

#include <string>
#include <utility>
#include <vector>

namespace consolidate {

/// Collects every reason not to write, so that a user sees all of them at once
/// and not one a run.
class Refusals {
public:
  /// \p Root only shortens the paths in the message.
  explicit Refusals(llvm::StringRef Root) : Root(Root) {}

  /// \p What says what is wrong and what to do about it.
  void add(MessageId Id, llvm::StringRef What, llvm::StringRef Path,
           llvm::StringRef Detail = "");

  /// ErrorKind::Refused with \p Headline and the files below each reason;
  /// success when there is none.
  llvm::Error toError(llvm::StringRef Headline) const;

private:
  std::string Root;
  /// In the order in which they came up.
  std::vector<std::pair<std::string, std::vector<std::string>>> Reasons;
};

/// Checks what applyChanges promises about \p Files, whose paths are real.
llvm::Error checkApply(llvm::ArrayRef<FileChange> Files, llvm::StringRef Root,
                       bool AllowDirty);

/// Checks that each file of \p J still holds what the run made of it.
llvm::Error checkUndo(const Journal &J);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_OUTPUT_PRECONDITIONS_H
