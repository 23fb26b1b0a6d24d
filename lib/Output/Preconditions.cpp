//===- Preconditions.cpp - When not to write ------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Preconditions.h"

#include "Git.h"
#include "Paths.h"
#include "consolidate/Support.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <unistd.h>

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringLiteral ReadOnly =
    "read-only (make them writable with `chmod u+w`, or exclude them in "
    "`scope`)";
constexpr StringLiteral Uncommitted =
    "uncommitted changes (commit or stash them first, or pass --allow-dirty)";

/// Answers for one file after another, and keeps the repositories open.
class GitStatus {
public:
  /// What git has not got of \p Path, in a word; empty when it has all of it,
  /// or when the file lies in no repository.
  Expected<std::string> uncommitted(StringRef Path);

private:
  Expected<git_repository *> repositoryOf(StringRef Directory);

  GitSession Session;
  /// By directory; null where there is none.
  StringMap<git_repository *> ByDirectory;
  /// By working tree, which owns them.
  StringMap<GitRepository> Open;
};

Error gitError(StringRef Path) {
  return makeError(
      ErrorKind::Refused,
      withCode("cannot ask git whether " + Path.str() +
                   " has uncommitted changes: " + gitErrorText() +
                   "; make sure that it has none, then pass --allow-dirty",
               MessageId::GitFailed));
}

Expected<git_repository *> GitStatus::repositoryOf(StringRef Directory) {
  auto [It, New] = ByDirectory.try_emplace(Directory, nullptr);
  if (!New)
    return It->second;
  git_repository *Raw = nullptr;
  int Status = git_repository_open_ext(&Raw, Directory.str().c_str(),
                                       GIT_REPOSITORY_OPEN_CROSS_FS, nullptr);
  if (Status == GIT_ENOTFOUND)
    return nullptr;
  if (Status < 0) {
    ByDirectory.erase(It);
    return gitError(Directory);
  }
  GitRepository Repository(Raw);
  const char *WorkTree = git_repository_workdir(Raw);
  if (!WorkTree) // Bare: its files are no working tree of anything.
    return nullptr;
  auto [Slot, First] = Open.try_emplace(WorkTree);
  if (First)
    Slot->second = std::move(Repository);
  return It->second = Slot->second.get();
}

Expected<std::string> GitStatus::uncommitted(StringRef Path) {
  Expected<git_repository *> Repository =
      repositoryOf(sys::path::parent_path(Path));
  if (!Repository)
    return Repository.takeError();
  if (!*Repository)
    return "";
  std::string WorkTree = realPath(git_repository_workdir(*Repository));
  if (!isInside(Path, WorkTree))
    return "";
  unsigned Flags = 0;
  if (git_status_file(&Flags, *Repository,
                      relativeTo(Path, WorkTree).str().c_str()) < 0)
    return gitError(Path);
  if (Flags & GIT_STATUS_CONFLICTED)
    return "in conflict";
  if (Flags & GIT_STATUS_WT_NEW)
    return "untracked";
  if (Flags & GIT_STATUS_IGNORED)
    return "untracked, ignored by git";
  if (Flags & (GIT_STATUS_WT_MODIFIED | GIT_STATUS_WT_DELETED |
               GIT_STATUS_WT_TYPECHANGE | GIT_STATUS_WT_RENAMED |
               GIT_STATUS_WT_UNREADABLE))
    return "modified";
  return Flags == GIT_STATUS_CURRENT ? "" : "staged";
}

/// Read-only by its bits also means read-only to root: the bits are a wish.
bool isReadOnly(StringRef Path) {
  return !(modeOf(Path) & 0222) || ::access(Path.str().c_str(), W_OK) != 0;
}

bool isWritableDirectory(StringRef Path) {
  return ::access(Path.str().c_str(), W_OK | X_OK) == 0;
}

void checkPermissions(StringRef Path, Refusals &Result) {
  if (isReadOnly(Path))
    Result.add(MessageId::ReadOnlyFile, ReadOnly, Path);
  else if (StringRef Parent = sys::path::parent_path(Path);
           !isWritableDirectory(Parent))
    Result.add(MessageId::ReadOnlyDirectory,
               "in a directory that cannot be written to (change its "
               "permissions, or exclude them in `scope`)",
               Path);
}

void checkContents(const FileChange &File, Refusals &Result) {
  constexpr StringLiteral Changed =
      "not what they were when they were read (run again)";
  Expected<std::string> Bytes = readFile(File.Path);
  if (!Bytes)
    Result.add(MessageId::ChangedMeanwhile, Changed, File.Path,
               toString(Bytes.takeError()));
  else if (*Bytes != File.Before)
    Result.add(MessageId::ChangedMeanwhile, Changed, File.Path);
}

} // namespace

void Refusals::add(MessageId Id, StringRef What, StringRef Path,
                   StringRef Detail) {
  std::string Reason = withCode(What, Id);
  std::string Line = relativeTo(Path, Root).str();
  if (!Detail.empty())
    Line += " (" + Detail.str() + ")";
  auto Known =
      find_if(Reasons, [&](const auto &R) { return R.first == Reason; });
  if (Known == Reasons.end())
    Known = Reasons.insert(Known, {Reason, {}});
  Known->second.push_back(std::move(Line));
}

Error Refusals::toError(StringRef Headline) const {
  if (Reasons.empty())
    return Error::success();
  std::string Message = Headline.str();
  for (const auto &[Reason, Paths] : Reasons) {
    Message += "\n  " + Reason + ":";
    for (const std::string &Path : Paths)
      Message += "\n    " + Path;
  }
  return makeError(ErrorKind::Refused, Message);
}

Error checkApply(ArrayRef<FileChange> Files, StringRef Root, bool AllowDirty) {
  Refusals Result(Root);
  GitStatus Git;
  StringSet<> Seen;
  for (const FileChange &File : Files) {
    if (!Seen.insert(File.Path).second) {
      Result.add(MessageId::ChangedTwice,
                 "changed twice in one plan (two paths lead to one file; this "
                 "is a bug, please report it)",
                 File.Path);
      continue;
    }
    if (!isInside(File.Path, Root)) {
      Result.add(MessageId::OutsideRoot,
                 ("outside " + Root +
                  " (run in a directory above them, or exclude them in "
                  "`scope`)")
                     .str(),
                 File.Path);
      continue;
    }
    checkContents(File, Result);
    if (!sys::fs::exists(File.Path))
      continue;
    checkPermissions(File.Path, Result);
    if (AllowDirty)
      continue;
    Expected<std::string> Missing = Git.uncommitted(File.Path);
    if (!Missing)
      return Missing.takeError();
    if (!Missing->empty())
      Result.add(MessageId::UncommittedChanges, Uncommitted, File.Path,
                 *Missing);
  }
  return Result.toError("refusing to apply, nothing was written:");
}

Error checkUndo(const Journal &J) {
  constexpr StringLiteral Changed =
      "changed since they were applied (take those changes back first, or "
      "restore with git)";
  Refusals Result(J.Root);
  for (const JournalFile &File : J.Files) {
    Expected<std::string> Bytes = readFile(File.Path);
    if (!Bytes)
      Result.add(MessageId::ChangedSinceApply, Changed, File.Path,
                 toString(Bytes.takeError()));
    // A link that has taken the place of a directory could lead anywhere.
    else if (realPath(File.Path) != File.Path)
      Result.add(MessageId::ChangedSinceApply, Changed, File.Path,
                 "now reached through a link");
    else if (hashOf(*Bytes) != File.AfterHash)
      Result.add(MessageId::ChangedSinceApply, Changed, File.Path);
    else
      checkPermissions(File.Path, Result);
  }
  return Result.toError("refusing to undo " + J.Id + ", nothing was written:");
}

} // namespace consolidate
