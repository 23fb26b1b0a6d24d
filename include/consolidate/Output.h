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
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace consolidate {

/// Writes one unified diff (git style, `a/` and `b/` prefixes, paths relative
/// to \p Root) that `git apply` takes, also for CRLF, a missing final newline
/// and bytes that are not UTF-8. Each file is diffed as text. Fails
/// (ErrorKind::Refused) on a file outside \p Root, before printing.
llvm::Error printDiff(llvm::ArrayRef<FileChange> Files, llvm::StringRef Root,
                      bool Colour, llvm::raw_ostream &OS);

/// The Root to give to printDiff so that `git apply` takes the patch: the top
/// of the git work tree around \p Root, or \p Root itself where there is none.
/// git reads the paths of a patch from the top, and run further down skips,
/// without a word, what it does not find below.
std::string patchRoot(llvm::StringRef Root);

/// Added and removed line counts of a change.
struct DiffStat {
  unsigned Files = 0;
  unsigned Added = 0;
  unsigned Removed = 0;
};
llvm::Expected<DiffStat> diffStat(llvm::ArrayRef<FileChange> Files);

/// Told about each change of the disk just before it is made, by a short name
/// ("rename /a/b.cpp"). An error stops the run there, as if that change had
/// failed. For tests (kill or fail at every step); empty otherwise.
using StepHook = std::function<llvm::Error(llvm::StringRef Step)>;

struct ApplyOptions {
  std::string Root; ///< Journal lives in Root/.clang-consolidate/.
  bool AllowDirty = false;
  std::string Label; ///< What is recorded in the journal: the command line.
  StepHook OnStep;
};

/// What was written, counted from the bytes on disk afterwards.
struct ApplyResult {
  unsigned Files = 0;
  unsigned Added = 0;
  unsigned Removed = 0;
  std::string JournalId; ///< Empty when there was nothing to write.
};

/// Writes every change or none. Refuses (ErrorKind::Refused) when a file is
/// not what `Before` says, is read-only, lies outside Root, or has uncommitted
/// changes in its git repository (untracked and ignored files included, for
/// git cannot bring them back) and AllowDirty is not set; the message lists
/// every such file. Recovers a killed run first, and refuses while another
/// process writes below the same Root.
///
/// A file keeps its permissions, extended attributes and, where the user may
/// set it, its owner. It is replaced by rename: of several hard links to it,
/// only the named one gets the new bytes.
llvm::Expected<ApplyResult> applyChanges(llvm::ArrayRef<FileChange> Files,
                                         const ApplyOptions &Options);

/// Takes the newest apply that is not undone yet back, byte for byte and with
/// its permissions; refuses with the list where a file has changed since.
/// ErrorKind::Usage when there is nothing to undo.
llvm::Expected<ApplyResult> undoLast(llvm::StringRef Root,
                                     const StepHook &OnStep = {});

/// Brings a run that was killed to one of its ends: an apply is rolled back
/// unless every file already has its new bytes, an undo is finished. True when
/// there was one. Refuses, and touches nothing, when a file is neither what it
/// was before nor what the run made of it. Without a journal it writes nothing.
llvm::Expected<bool> recoverJournal(llvm::StringRef Root,
                                    const StepHook &OnStep = {});

/// Writes the findings and clusters as one JSON object (docs/json.md), with
/// \p Accounting as its "accounting" when there is one.
void printFindingsJson(
    const EditPlan &Plan, llvm::StringRef Root, llvm::raw_ostream &OS,
    std::optional<llvm::json::Value> Accounting = std::nullopt);

/// Regular files below \p Root that differ from the git \p Revision, in the
/// index or in the work tree, and those that git does not know; sorted real
/// paths. Fails with ErrorKind::Usage when \p Root is in no repository, or the
/// revision is not known.
llvm::Expected<std::vector<std::string>>
filesChangedSince(llvm::StringRef Root, llvm::StringRef Revision);

} // namespace consolidate

#endif // CONSOLIDATE_OUTPUT_H
