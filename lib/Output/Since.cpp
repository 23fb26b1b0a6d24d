//===- Since.cpp - What differs from a git revision -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Output.h"

#include "Git.h"
#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

using GitObject = std::unique_ptr<git_object, GitFree<git_object_free>>;
using GitDiff = std::unique_ptr<git_diff, GitFree<git_diff_free>>;

static Error unknownRevision(StringRef Revision) {
  return makeError(ErrorKind::Usage, "git knows no revision '" + Revision +
                                         "': " + gitErrorText());
}

Expected<std::vector<std::string>> filesChangedSince(StringRef Root,
                                                     StringRef Revision) {
  GitSession Session;
  git_repository *RawRepository = nullptr;
  if (git_repository_open_ext(&RawRepository, Root.str().c_str(), 0, nullptr) ||
      !git_repository_workdir(RawRepository))
    return makeError(ErrorKind::Usage,
                     "'" + Root +
                         "' is in no git work tree, so nothing says "
                         "what has changed since '" +
                         Revision + "'");
  GitRepository Repository(RawRepository);
  git_object *RawTree = nullptr;
  if (git_revparse_single(&RawTree, RawRepository,
                          (Revision + "^{tree}").str().c_str()))
    return unknownRevision(Revision);
  GitObject Tree(RawTree);
  git_diff_options Options = GIT_DIFF_OPTIONS_INIT;
  Options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
  git_diff *RawDiff = nullptr;
  if (git_diff_tree_to_workdir_with_index(&RawDiff, RawRepository,
                                          reinterpret_cast<git_tree *>(RawTree),
                                          &Options))
    return unknownRevision(Revision);
  GitDiff Diff(RawDiff);

  std::vector<std::string> Files;
  std::string Top = realPath(git_repository_workdir(RawRepository));
  for (size_t I = 0, E = git_diff_num_deltas(RawDiff); I < E; ++I) {
    SmallString<256> Path(Top);
    sys::path::append(Path, git_diff_get_delta(RawDiff, I)->new_file.path);
    std::string Real = realPath(Path);
    if (sys::fs::is_regular_file(Real) && isAtOrBelow(Real, Root))
      Files.push_back(std::move(Real));
  }
  llvm::sort(Files);
  Files.erase(llvm::unique(Files), Files.end());
  return Files;
}

} // namespace consolidate
