//===- SwapRun.cpp - Replaces the bytes of many files, or none ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// All new bytes are on the disk, in temporary files, before the first file is
// replaced: a full disk is noticed while there is nothing to take back, and
// the window in which files are old and new side by side is only renames.
//
//===----------------------------------------------------------------------===//
#include "SwapRun.h"

#include "consolidate/Messages.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

Error prepare(ArrayRef<Swap> Swaps, Disk &D) {
  for (const Swap &S : Swaps)
    if (Error E = D.writeReplacement(S.Temp, S.New, S.Path, S.Mode))
      return E;
  return D.syncFiles(
      map_to_vector(Swaps, [](const Swap &S) { return S.Temp; }));
}

/// Fails unless \p Path holds \p Bytes.
Error expectBytes(StringRef Path, StringRef Bytes) {
  Expected<std::string> Disk = readFile(Path);
  if (!Disk)
    return Disk.takeError();
  if (*Disk == Bytes)
    return Error::success();
  return makeError(ErrorKind::Refused,
                   withCode(Path.str() +
                                " was changed by someone else during "
                                "the run; stop what writes it, then run again",
                            MessageId::ChangedMeanwhile));
}

Error syncParents(ArrayRef<Swap> Swaps, Disk &D) {
  StringSet<> Seen;
  for (const Swap &S : Swaps)
    if (StringRef Parent = sys::path::parent_path(S.Path);
        Seen.insert(Parent).second)
      if (Error E = D.syncDirectory(Parent))
        return E;
  return Error::success();
}

/// \p Swapped counts the files that have their new bytes, also on failure.
Error replaceAll(ArrayRef<Swap> Swaps, Disk &D, size_t &Swapped) {
  for (const Swap &S : Swaps) {
    if (Error E = expectBytes(S.Path, S.Old))
      return E;
    if (Error E = D.rename(S.Temp, S.Path))
      return E;
    ++Swapped;
  }
  return syncParents(Swaps, D);
}

/// What is on the disk now, against Old. Fails where it is not New.
Expected<DiffStat> readBack(ArrayRef<Swap> Swaps) {
  std::vector<FileChange> Changes;
  for (const Swap &S : Swaps) {
    Expected<std::string> Bytes = readFile(S.Path);
    if (!Bytes)
      return Bytes.takeError();
    if (*Bytes != S.New)
      return makeError(
          ErrorKind::Refused,
          withCode(S.Path + " does not hold what was written to it",
                   MessageId::ChangedMeanwhile));
    FileChange &Change = Changes.emplace_back();
    Change.Path = S.Path;
    Change.Before = S.Old;
    Change.After = std::move(*Bytes);
  }
  return diffStat(Changes);
}

/// Gives the first files their old bytes again; a file that somebody else has
/// changed by now stays as it is, and is an error. Goes on after an error.
Error putBack(ArrayRef<Swap> Swapped, Disk &D) {
  Error Result = Error::success();
  for (const Swap &S : Swapped) {
    Error E = expectBytes(S.Path, S.New);
    if (!E)
      E = D.writeReplacement(S.BackTemp, S.Old, S.Path, modeOf(S.Path));
    if (!E)
      E = D.syncFiles({S.BackTemp});
    if (!E)
      E = D.rename(S.BackTemp, S.Path);
    Result = joinErrors(std::move(Result), std::move(E));
  }
  return joinErrors(std::move(Result), syncParents(Swapped, D));
}

void removeTemporaries(ArrayRef<Swap> Swaps, Disk &D) {
  for (const Swap &S : Swaps)
    for (const std::string &Temp : {S.Temp, S.BackTemp})
      // One that stays is removed by the next run's recovery.
      consumeError(D.remove(Temp));
}

ErrorKind kindOf(const Error &E) {
  ErrorKind Kind = ErrorKind::FileSystem;
  visitErrors(E, [&](const ErrorInfoBase &Info) {
    if (Info.isA<ToolError>())
      Kind = static_cast<const ToolError &>(Info).kind();
  });
  return Kind;
}

/// Takes a failed run back; the error that the caller returns.
Error takeBack(Error Failure, ArrayRef<Swap> Swapped, Journal &J,
               SwapStates States, Disk &D) {
  ErrorKind Kind = kindOf(Failure);
  // A manifest that says Done must not outlive the files it speaks of.
  Error Stuck =
      Swapped.empty() ? Error::success() : J.setState(States.During, D);
  if (!Stuck)
    Stuck = putBack(Swapped, D);
  if (!Stuck)
    Stuck = J.setState(States.Back, D);
  std::string Message = toString(std::move(Failure));
  if (!Stuck)
    return makeError(Kind, Message + "; no file was changed");
  return makeError(ErrorKind::FileSystem,
                   Message + "; taking the run back failed too: " +
                       toString(std::move(Stuck)) +
                       "; run clang-consolidate again to recover, the original "
                       "files are in " +
                       J.directory());
}

} // namespace

Expected<DiffStat> runSwaps(ArrayRef<Swap> Swaps, Journal &J, SwapStates States,
                            Disk &D) {
  size_t Swapped = 0;
  DiffStat Stat;
  auto Run = [&]() -> Error {
    if (Error E = prepare(Swaps, D))
      return E;
    if (J.State != States.During)
      if (Error E = J.setState(States.During, D))
        return E;
    if (Error E = replaceAll(Swaps, D, Swapped))
      return E;
    if (Error E = readBack(Swaps).moveInto(Stat))
      return E;
    return J.setState(States.Done, D);
  };
  Error Failure = Run();
  if (Failure)
    Failure =
        takeBack(std::move(Failure), Swaps.take_front(Swapped), J, States, D);
  removeTemporaries(Swaps, D);
  if (Failure)
    return std::move(Failure);
  return Stat;
}

} // namespace consolidate
