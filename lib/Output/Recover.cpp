//===- Recover.cpp - After a run was killed -------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Recover.h"

#include "Preconditions.h"
#include "SwapRun.h"
#include "consolidate/Support.h"

#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace consolidate {
namespace {

/// Where the files of a killed run stand.
struct Survey {
  std::vector<Swap> ToRestore; ///< Those that have their new bytes.
  size_t New = 0;
};

/// Fails where a file holds neither its old nor its new bytes, unless the run
/// cannot have touched it: its temporary is still there to be renamed.
Expected<Survey> surveyFiles(const Journal &J) {
  Survey Result;
  Refusals Unknown(J.Root);
  for (const auto &[Index, File] : enumerate(J.Files)) {
    std::string Original = J.originalPath(Index);
    Expected<std::string> Disk = readFile(File.Path);
    std::string Detail =
        Disk ? std::string() : toString(Disk.takeError()) + "; ";
    std::string Hash = Detail.empty() ? hashOf(*Disk) : std::string();
    if (Hash == File.BeforeHash)
      continue;
    if (Hash != File.AfterHash) {
      if (J.State == JournalState::Undoing ||
          !sys::fs::exists(J.newTemp(Index)))
        Unknown.add(MessageId::ChangedSinceKill,
                    "changed since then (copy the original over each to give "
                    "it up, or move it away to keep it, then run again)",
                    File.Path, Detail + "original: " + Original);
      continue;
    }
    ++Result.New;
    Expected<std::string> Before = readFile(Original);
    if (!Before)
      return Before.takeError();
    Result.ToRestore.push_back({File.Path, J.oldTemp(Index), J.newTemp(Index),
                                std::move(*Disk), std::move(*Before),
                                File.Mode});
  }
  if (Error E = Unknown.toError(
          "a run was killed (" + J.Id +
          ") and cannot be recovered; to accept all files as they are now, "
          "remove " +
          J.directory()))
    return std::move(E);
  return Result;
}

/// Leaves nothing of a run that is as if it had never been.
Error discard(Journal &J, Disk &D) {
  if (Error E = J.removeTemporaries(D))
    return E;
  return J.remove(D);
}

Error rollBackOrFinish(Journal &J, Disk &D) {
  Expected<Survey> Files = surveyFiles(J);
  if (!Files)
    return Files.takeError();
  if (Files->New == J.Files.size()) {
    if (Error E = J.removeTemporaries(D))
      return E;
    return J.setState(JournalState::Applied, D);
  }
  Expected<DiffStat> Stat =
      runSwaps(Files->ToRestore, J,
               {JournalState::Renaming, JournalState::RolledBack,
                JournalState::Renaming},
               D);
  if (!Stat)
    return Stat.takeError();
  return discard(J, D);
}

Error finishUndo(Journal &J, Disk &D) {
  Expected<Survey> Files = surveyFiles(J);
  if (!Files)
    return Files.takeError();
  // First: an undone journal is never looked at again.
  if (Error E = J.removeTemporaries(D))
    return E;
  return runSwaps(Files->ToRestore, J,
                  {JournalState::Undoing, JournalState::Undone,
                   JournalState::Undoing},
                  D)
      .takeError();
}

Error recoverOne(Journal &J, Disk &D) {
  switch (J.State) {
  case JournalState::Writing:
  case JournalState::RolledBack:
    return discard(J, D);
  case JournalState::Renaming:
    return rollBackOrFinish(J, D);
  case JournalState::Undoing:
    return finishUndo(J, D);
  case JournalState::Applied:
  case JournalState::Undone:
    return Error::success();
  }
  llvm_unreachable("covered switch");
}

bool isPending(const Journal &J) {
  return J.State != JournalState::Applied && J.State != JournalState::Undone;
}

} // namespace

Expected<bool> recoverLocked(StringRef Root, Disk &D) {
  Expected<std::vector<Journal>> Journals = loadJournals(Root);
  if (!Journals)
    return Journals.takeError();
  bool Any = false;
  for (Journal &J : *Journals) {
    if (!isPending(J))
      continue;
    Any = true;
    if (Error E = recoverOne(J, D))
      return std::move(E);
  }
  return Any;
}

Expected<bool> recoverJournal(StringRef Root, const StepHook &OnStep) {
  std::string RealRoot = realPath(Root);
  // The usual case: no run has ever written here, so neither do we.
  if (!sys::fs::exists(stateDirectory(RealRoot)))
    return false;
  // Nor is a lock taken, which must be written, where every run has ended: a
  // dry run also works where nothing can be written.
  Expected<std::vector<Journal>> Journals = loadJournals(RealRoot);
  if (!Journals)
    return Journals.takeError();
  if (none_of(*Journals, isPending))
    return false;
  Disk D(OnStep);
  Expected<JournalLock> Lock = JournalLock::take(RealRoot, D);
  if (!Lock)
    return Lock.takeError();
  return recoverLocked(RealRoot, D);
}

} // namespace consolidate
