//===- Disk.h - The one place that changes the disk -------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_OUTPUT_DISK_H
#define CONSOLIDATE_LIB_OUTPUT_DISK_H

#include "consolidate/Output.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace consolidate {

/// Every change of the disk that apply, undo and recovery make is a call of
/// this class, so that a test can stop or fail each of them. POSIX only: what
/// it promises rests on rename(2) and fsync(2). All failures are
/// ErrorKind::FileSystem, unless the hook returns another one.
class Disk {
public:
  explicit Disk(StepHook OnStep) : OnStep(std::move(OnStep)) {}

  /// One that exists already is fine.
  llvm::Error createDirectory(llvm::StringRef Path);

  /// Creates \p Path (a left-over of that name goes first) with \p Bytes. They
  /// are on the disk for certain only after syncFiles.
  llvm::Error writeNew(llvm::StringRef Path, llvm::StringRef Bytes);

  /// As writeNew, for the file that is going to replace \p Original: takes over
  /// its extended attributes (among them access control lists) and, where
  /// permitted, its owner, and gets the permission bits \p Mode.
  llvm::Error writeReplacement(llvm::StringRef Path, llvm::StringRef Bytes,
                               llvm::StringRef Original, unsigned Mode);

  /// Waits until the bytes of all \p Paths are on the disk. Many at a time: a
  /// file system can then flush the device once for several of them.
  llvm::Error syncFiles(llvm::ArrayRef<std::string> Paths);

  llvm::Error rename(llvm::StringRef From, llvm::StringRef To);

  /// Waits until the names in \p Path are on the disk.
  llvm::Error syncDirectory(llvm::StringRef Path);

  /// One that does not exist is fine.
  llvm::Error remove(llvm::StringRef Path);
  llvm::Error removeTree(llvm::StringRef Path);

private:
  llvm::Error step(const llvm::Twine &What);

  StepHook OnStep;
};

/// All bytes of \p Path, as they are.
llvm::Expected<std::string> readFile(llvm::StringRef Path);

/// SHA-256 of \p Bytes in hexadecimal.
std::string hashOf(llvm::StringRef Bytes);

/// The permission bits of \p Path (07777), or 0 when it does not exist.
unsigned modeOf(llvm::StringRef Path);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_OUTPUT_DISK_H
