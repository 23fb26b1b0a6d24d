//===- Journal.h - What a run is about to do, on disk first -----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   Root/.clang-consolidate/
//     .gitignore                     '*': git never shows this directory
//     lock                           held while a run writes
//     journal/000001-20260131T101500Z/
//       manifest.json                state, label, files with both hashes
//       000000.before ...            the original bytes of each file
//
//   apply:    Writing -> Renaming -> Applied      undo: Undoing -> Undone
//   failure:  Writing | Renaming -> RolledBack (the directory is removed)
//
// The originals are on the disk before the manifest, and the manifest before
// the first temporary file; so a journal without a manifest changed nothing.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_OUTPUT_JOURNAL_H
#define CONSOLIDATE_LIB_OUTPUT_JOURNAL_H

#include "Disk.h"

#include <string>
#include <vector>

namespace consolidate {

enum class JournalState {
  Writing,    ///< Temporary files are being written; no file has changed.
  Renaming,   ///< Some files may have their new bytes.
  Applied,    ///< All of them have.
  Undoing,    ///< Some files may have their old bytes back.
  Undone,     ///< All of them have.
  RolledBack, ///< As if the run had never been; about to be removed.
};

struct JournalFile {
  std::string Path; ///< Real absolute path.
  std::string BeforeHash;
  std::string AfterHash;
  unsigned Mode = 0; ///< Permission bits before the run.
};

/// One apply, as recorded below Root. A plain value but for `setState`.
struct Journal {
  std::string Root; ///< Real absolute path.
  std::string Id;
  JournalState State = JournalState::Writing;
  std::string Label;
  std::vector<JournalFile> Files;

  std::string directory() const;
  /// The copy of the original bytes of file \p Index.
  std::string originalPath(size_t Index) const;
  /// The temporary beside file \p Index: with its new bytes, or its old ones.
  std::string newTemp(size_t Index) const;
  std::string oldTemp(size_t Index) const;

  /// Replaces the manifest; durable when it returns.
  llvm::Error setState(JournalState NewState, Disk &D);
  llvm::Error removeTemporaries(Disk &D) const;
  llvm::Error remove(Disk &D) const;
};

/// Records the originals of \p Files and a manifest in state Writing.
/// \p Root is real; the hashes and modes are taken here.
llvm::Expected<Journal> createJournal(llvm::ArrayRef<FileChange> Files,
                                      llvm::StringRef Root,
                                      llvm::StringRef Label, Disk &D);

/// All journals below \p Root, newest first. One whose manifest was never
/// written has no Files and the state RolledBack.
llvm::Expected<std::vector<Journal>> loadJournals(llvm::StringRef Root);

/// Root/.clang-consolidate.
std::string stateDirectory(llvm::StringRef Root);

/// Held while a run writes below Root; the lock goes with the process, however
/// that ends.
class JournalLock {
public:
  /// ErrorKind::Refused, naming the other process, when it is taken. Creates
  /// the state directory.
  static llvm::Expected<JournalLock> take(llvm::StringRef Root, Disk &D);
  ~JournalLock();
  JournalLock(JournalLock &&Other) : Fd(Other.Fd) { Other.Fd = -1; }
  JournalLock &operator=(JournalLock &&) = delete;

private:
  explicit JournalLock(int Fd) : Fd(Fd) {}
  int Fd;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_OUTPUT_JOURNAL_H
