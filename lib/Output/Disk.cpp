//===- Disk.cpp - The one place that changes the disk ---------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Disk.h"

#include "consolidate/Support.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/ThreadPool.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

using namespace llvm;

namespace consolidate {
namespace {

Error systemError(const Twine &What, StringRef Path) {
  std::string Reason = sys::StrError();
  return makeError(ErrorKind::FileSystem,
                   "cannot " + What + " " + Path + ": " + Reason);
}

/// Closes a descriptor; close(2) errors come after fsync(2) and say nothing
/// new.
struct FileCloser {
  int Fd;
  ~FileCloser() { ::close(Fd); }
};

Error writeAll(int Fd, StringRef Bytes, StringRef Path) {
  while (!Bytes.empty()) {
    ssize_t Written =
        sys::RetryAfterSignal(-1, ::write, Fd, Bytes.data(), Bytes.size());
    if (Written < 0)
      return systemError("write", Path);
    Bytes = Bytes.drop_front(Written);
  }
  return Error::success();
}

Expected<int> createNew(StringRef Path) {
  std::string Name = Path.str();
  // What lies here can only be left from a killed run with the same id.
  if (::unlink(Name.c_str()) < 0 && errno != ENOENT)
    return systemError("remove", Path);
  // Nobody else may read it before it has its real permissions.
  int Fd = sys::RetryAfterSignal(-1, ::open, Name.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (Fd < 0)
    return systemError("create", Path);
  return Fd;
}

/// Best effort: a file system without extended attributes, or one that keeps
/// some to root, must not stop a change of the contents.
void copyExtendedAttributes(StringRef From, int To) {
#ifdef __linux__
  std::string Name = From.str();
  ssize_t ListSize = ::listxattr(Name.c_str(), nullptr, 0);
  if (ListSize <= 0)
    return;
  std::string List(ListSize, '\0');
  ListSize = ::listxattr(Name.c_str(), List.data(), List.size());
  if (ListSize <= 0)
    return;
  SmallVector<StringRef> Keys;
  StringRef(List.data(), ListSize).split(Keys, '\0', -1, /*KeepEmpty=*/false);
  for (StringRef Key : Keys) {
    std::string KeyName = Key.str();
    ssize_t Size = ::getxattr(Name.c_str(), KeyName.c_str(), nullptr, 0);
    if (Size < 0)
      continue;
    std::string Value(Size, '\0');
    Size = ::getxattr(Name.c_str(), KeyName.c_str(), Value.data(), Size);
    if (Size >= 0)
      (void)::fsetxattr(To, KeyName.c_str(), Value.data(), Size, 0);
  }
#endif
}

Error copyMetadata(StringRef Original, int Fd, unsigned Mode, StringRef Path) {
  struct stat Info;
  if (::stat(Original.str().c_str(), &Info) < 0)
    return systemError("read the permissions of", Original);
  // Only root may give a file away; any other user keeps at least the group,
  // or, outside that group, cannot do better than their own.
  if (::fchown(Fd, Info.st_uid, Info.st_gid) < 0)
    (void)!::fchown(Fd, -1, Info.st_gid);
  copyExtendedAttributes(Original, Fd);
  // Last, because a change of owner clears the set-user-id bits.
  if (::fchmod(Fd, Mode) < 0)
    return systemError("set the permissions of", Path);
  return Error::success();
}

} // namespace

Error Disk::step(const Twine &What) {
  return OnStep ? OnStep(What.str()) : Error::success();
}

Error Disk::createDirectory(StringRef Path) {
  if (sys::fs::is_directory(Path))
    return Error::success();
  if (Error E = step("create directory " + Path))
    return E;
  if (std::error_code EC = sys::fs::create_directory(Path))
    return makeError(ErrorKind::FileSystem,
                     "cannot create directory " + Path + ": " + EC.message());
  return Error::success();
}

Error Disk::writeNew(StringRef Path, StringRef Bytes) {
  return writeReplacement(Path, Bytes, /*Original=*/"", 0644);
}

Error Disk::writeReplacement(StringRef Path, StringRef Bytes,
                             StringRef Original, unsigned Mode) {
  if (Error E = step("create " + Path))
    return E;
  Expected<int> Fd = createNew(Path);
  if (!Fd)
    return Fd.takeError();
  FileCloser Closer{*Fd};
  if (Error E = step("write " + Path))
    return E;
  if (Error E = writeAll(*Fd, Bytes, Path))
    return E;
  if (!Original.empty())
    if (Error E = copyMetadata(Original, *Fd, Mode, Path))
      return E;
  return Error::success();
}

static Error syncFile(StringRef Path) {
  int Fd = sys::RetryAfterSignal(-1, ::open, Path.str().c_str(),
                                 O_RDONLY | O_CLOEXEC);
  if (Fd < 0)
    return systemError("open", Path);
  FileCloser Closer{Fd};
  if (::fsync(Fd) < 0)
    return systemError("flush", Path);
  return Error::success();
}

Error Disk::syncFiles(ArrayRef<std::string> Paths) {
  if (Error E = step("sync files"))
    return E;
  // The threads only wait for the device, so they may outnumber the cores.
  ThreadPoolStrategy Strategy;
  Strategy.ThreadsRequested = std::min<size_t>(Paths.size(), 32);
  DefaultThreadPool Pool(Strategy);
  std::mutex Guard;
  Error Result = Error::success();
  for (const std::string &Path : Paths)
    Pool.async([&] {
      Error E = syncFile(Path);
      std::lock_guard Lock(Guard);
      Result = joinErrors(std::move(Result), std::move(E));
    });
  Pool.wait();
  return Result;
}

Error Disk::rename(StringRef From, StringRef To) {
  if (Error E = step("rename to " + To))
    return E;
  if (::rename(From.str().c_str(), To.str().c_str()) < 0)
    return systemError("replace", To);
  return Error::success();
}

Error Disk::syncDirectory(StringRef Path) {
  if (Error E = step("sync directory " + Path))
    return E;
  int Fd = sys::RetryAfterSignal(-1, ::open, Path.str().c_str(),
                                 O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (Fd < 0)
    return systemError("open directory", Path);
  FileCloser Closer{Fd};
  // Some network file systems cannot sync a directory and say EINVAL.
  if (::fsync(Fd) < 0 && errno != EINVAL)
    return systemError("flush directory", Path);
  return Error::success();
}

Error Disk::remove(StringRef Path) {
  if (!sys::fs::exists(Path))
    return Error::success();
  if (Error E = step("remove " + Path))
    return E;
  if (std::error_code EC = sys::fs::remove(Path))
    return makeError(ErrorKind::FileSystem,
                     "cannot remove " + Path + ": " + EC.message());
  return Error::success();
}

Error Disk::removeTree(StringRef Path) {
  if (Error E = step("remove directory " + Path))
    return E;
  if (std::error_code EC = sys::fs::remove_directories(Path, false))
    return makeError(ErrorKind::FileSystem,
                     "cannot remove directory " + Path + ": " + EC.message());
  return Error::success();
}

Expected<std::string> readFile(StringRef Path) {
  // Volatile: a mapped file could change under us while it is compared.
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false,
                                      /*IsVolatile=*/true);
  if (!Buffer)
    return makeError(ErrorKind::FileSystem, "cannot read " + Path + ": " +
                                                Buffer.getError().message());
  return (*Buffer)->getBuffer().str();
}

std::string hashOf(StringRef Bytes) {
  return toHex(SHA256::hash(arrayRefFromStringRef(Bytes)), /*LowerCase=*/true);
}

unsigned modeOf(StringRef Path) {
  struct stat Info;
  if (::stat(Path.str().c_str(), &Info) < 0)
    return 0;
  return Info.st_mode & 07777;
}

} // namespace consolidate
