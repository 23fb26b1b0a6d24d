//===- Undo.cpp - Takes the last apply back -------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "Preconditions.h"
#include "Recover.h"
#include "SwapRun.h"

#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace consolidate {
namespace {

/// The newest journal in state Applied.
Expected<Journal> lastApplied(StringRef Root) {
  Expected<std::vector<Journal>> Journals = loadJournals(Root);
  if (!Journals)
    return Journals.takeError();
  for (Journal &J : *Journals)
    if (J.State == JournalState::Applied)
      return std::move(J);
  return makeError(ErrorKind::Usage,
                   "nothing to undo: no apply is recorded in " +
                       stateDirectory(Root) +
                       " that is not undone already; run in the directory in "
                       "which the changes were applied");
}

/// EXPECTS: checkUndo passed.
Expected<std::vector<Swap>> oldSwaps(const Journal &J) {
  std::vector<Swap> Swaps;
  for (const auto &[Index, File] : enumerate(J.Files)) {
    Expected<std::string> Now = readFile(File.Path);
    if (!Now)
      return Now.takeError();
    Expected<std::string> Before = readFile(J.originalPath(Index));
    if (!Before)
      return Before.takeError();
    if (hashOf(*Before) != File.BeforeHash)
      return makeError(ErrorKind::FileSystem,
                       J.originalPath(Index) + ", the original of " +
                           File.Path +
                           ", is damaged; restore with git instead");
    Swaps.push_back({File.Path, J.oldTemp(Index), J.newTemp(Index),
                     std::move(*Now), std::move(*Before), File.Mode});
  }
  return Swaps;
}

} // namespace

Expected<ApplyResult> undoLast(StringRef Root, const StepHook &OnStep) {
  std::string RealRoot = realPath(Root);
  // Nothing is created where nothing was ever applied.
  if (!sys::fs::exists(stateDirectory(RealRoot)))
    return lastApplied(RealRoot).takeError();
  Disk D(OnStep);
  Expected<JournalLock> Lock = JournalLock::take(RealRoot, D);
  if (!Lock)
    return Lock.takeError();
  Expected<bool> Recovered = recoverLocked(RealRoot, D);
  if (!Recovered)
    return Recovered.takeError();
  // Whoever undoes after a kill may well mean the run that was killed; taking
  // back the one before it as well would be one too many.
  if (*Recovered)
    return makeError(
        ErrorKind::Refused,
        withCode("a run that was killed has just been recovered, nothing "
                 "else was undone; look at the files, and run undo again to "
                 "take back the last apply",
                 MessageId::JustRecovered));
  Expected<Journal> J = lastApplied(RealRoot);
  if (!J)
    return J.takeError();
  if (Error E = checkUndo(*J))
    return std::move(E);
  Expected<std::vector<Swap>> Swaps = oldSwaps(*J);
  if (!Swaps)
    return Swaps.takeError();
  // Before the first temporary, so that recovery knows to look for them.
  if (Error E = J->setState(JournalState::Undoing, D))
    return std::move(E);
  Expected<DiffStat> Stat = runSwaps(
      *Swaps, *J,
      {JournalState::Undoing, JournalState::Undone, JournalState::Applied}, D);
  if (!Stat)
    return Stat.takeError();
  return ApplyResult{Stat->Files, Stat->Added, Stat->Removed, J->Id};
}

} // namespace consolidate
