//===- Output.h - Step 7: diff, apply, undo, findings as JSON ---*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_OUTPUT_H
#define CONSOLIDATE_OUTPUT_H

#include "consolidate/Plan.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace consolidate {

/// Writes one unified diff (git style, `a/` and `b/` prefixes, paths relative
/// to \p Root) that `git apply` takes, also for CRLF, a missing final newline
/// and bytes that are not UTF-8.
llvm::Error printDiff(llvm::ArrayRef<FileChange> Files, llvm::StringRef Root,
                      bool Colour, llvm::raw_ostream &OS);

/// Added and removed line counts of a change.
struct DiffStat {
  unsigned Files = 0;
  unsigned Added = 0;
  unsigned Removed = 0;
};
llvm::Expected<DiffStat> diffStat(llvm::ArrayRef<FileChange> Files);

struct ApplyOptions {
  std::string Root;  ///< Journal lives in Root/.clang-consolidate/.
  bool AllowDirty = false;
  std::string Label; ///< What is recorded in the journal: the command line.
};

/// What was written, counted from the bytes on disk afterwards.
struct ApplyResult {
  unsigned Files = 0;
  unsigned Added = 0;
  unsigned Removed = 0;
  std::string JournalId;
};

/// Writes every change or none. Refuses (ErrorKind::Refused) when a file is
/// not what `Before` says, is read-only, lies outside Root, or has uncommitted
/// changes in its git repository and AllowDirty is not set; the message lists
/// every such file.
llvm::Expected<ApplyResult> applyChanges(llvm::ArrayRef<FileChange> Files,
                                         const ApplyOptions &Options);

/// Takes the newest apply back, byte for byte and with its permissions; refuses
/// with the list where a file has changed since.
llvm::Expected<ApplyResult> undoLast(llvm::StringRef Root);

/// Finishes or rolls back an apply that was killed. True when there was one.
llvm::Expected<bool> recoverJournal(llvm::StringRef Root);

/// Writes the findings and clusters as one JSON object (docs/json.md).
void printFindingsJson(const EditPlan &Plan, llvm::StringRef Root,
                       llvm::raw_ostream &OS);

} // namespace consolidate

#endif // CONSOLIDATE_OUTPUT_H
