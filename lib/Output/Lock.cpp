//===- Lock.cpp - One writer at a time below a root -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// flock(2), not the fcntl(2) locks of llvm::sys::fs::lockFile: those belong to
// the process, so two threads of a language server would both get one. Not
// LockFileManager either: it breaks a lock it takes for stale.
//
//===----------------------------------------------------------------------===//
#include "Journal.h"

#include "consolidate/Messages.h"
#include "consolidate/Support.h"

#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace llvm;

namespace consolidate {

/// Puts the state directory out of git's sight. Only under the lock: two first
/// runs at once would each create the file.
static Error hideFromGit(StringRef Root, Disk &D) {
  std::string Ignore = stateDirectory(Root) + "/.gitignore";
  uint64_t Size = 0;
  // Empty: a run was killed between creating and writing it.
  if (!sys::fs::file_size(Ignore, Size) && Size != 0)
    return Error::success();
  return D.writeNew(Ignore, "*\n");
}

Expected<JournalLock> JournalLock::take(StringRef Root, Disk &D) {
  if (Error E = D.createDirectory(stateDirectory(Root)))
    return E;
  std::string Path = stateDirectory(Root) + "/lock";
  int Fd = sys::RetryAfterSignal(-1, ::open, Path.c_str(),
                                 O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (Fd < 0)
    return makeError(ErrorKind::FileSystem,
                     "cannot open " + Path + ": " + sys::StrError());
  JournalLock Lock(Fd);
  if (sys::RetryAfterSignal(-1, ::flock, Fd, LOCK_EX | LOCK_NB) < 0) {
    Expected<std::string> Owner = readFile(Path);
    std::string Who =
        Owner ? StringRef(*Owner).trim().str() : toString(Owner.takeError());
    return makeError(ErrorKind::Refused,
                     withCode("another clang-consolidate (process " + Who +
                                  ") is writing below " + Root.str() +
                                  "; wait until it has finished, then run "
                                  "again",
                              MessageId::AnotherRun));
  }
  // Only for the message above; the lock does not depend on it.
  std::string Pid = std::to_string(sys::Process::getProcessId()) + "\n";
  if (::ftruncate(Fd, 0) == 0)
    (void)!::pwrite(Fd, Pid.data(), Pid.size(), 0);
  if (Error E = hideFromGit(Root, D))
    return E;
  return Lock;
}

JournalLock::~JournalLock() {
  if (Fd >= 0)
    ::close(Fd);
}

} // namespace consolidate
