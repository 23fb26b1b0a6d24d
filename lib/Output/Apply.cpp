//===- Apply.cpp - Writes every change, or none ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   recover -> check -> journal (originals, manifest) -> temporaries
//           -> renames -> read back -> journal says Applied
//
//===----------------------------------------------------------------------===//
#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "Preconditions.h"
#include "Recover.h"
#include "SwapRun.h"

using namespace llvm;

namespace consolidate {

/// The changes that change something, by real path: writing through a link
/// would replace the link itself.
static std::vector<FileChange> realChanges(ArrayRef<FileChange> Files) {
  std::vector<FileChange> Changes;
  for (const FileChange &File : Files)
    if (File.Before != File.After)
      Changes.emplace_back(File).Path = realPath(File.Path);
  return Changes;
}

static std::vector<Swap> newSwaps(ArrayRef<FileChange> Files,
                                  const Journal &J) {
  std::vector<Swap> Swaps;
  for (const auto &[Index, File] : enumerate(Files))
    Swaps.push_back({File.Path, J.newTemp(Index), J.oldTemp(Index), File.Before,
                     File.After, J.Files[Index].Mode});
  return Swaps;
}

Expected<ApplyResult> applyChanges(ArrayRef<FileChange> Files,
                                   const ApplyOptions &Options) {
  std::vector<FileChange> Changes = realChanges(Files);
  if (Changes.empty())
    return ApplyResult();
  std::string Root = realPath(Options.Root);
  Disk D(Options.OnStep);
  Expected<JournalLock> Lock = JournalLock::take(Root, D);
  if (!Lock)
    return Lock.takeError();
  if (Expected<bool> Recovered = recoverLocked(Root, D); !Recovered)
    return Recovered.takeError();
  if (Error E = checkApply(Changes, Root, Options.AllowDirty))
    return std::move(E);
  Expected<Journal> J = createJournal(Changes, Root, Options.Label, D);
  if (!J)
    return J.takeError();
  Expected<DiffStat> Stat = runSwaps(
      newSwaps(Changes, *J), *J,
      {JournalState::Renaming, JournalState::Applied, JournalState::RolledBack},
      D);
  if (!Stat) {
    // Recovery removes what cannot be removed now.
    if (J->State == JournalState::RolledBack)
      consumeError(J->remove(D));
    return Stat.takeError();
  }
  return ApplyResult{Stat->Files, Stat->Added, Stat->Removed, J->Id};
}

} // namespace consolidate
