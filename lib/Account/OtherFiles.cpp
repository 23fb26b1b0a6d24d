//===- OtherFiles.cpp - Mentions where no C++ is --------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Inputs of generators (.y, .ui, .in), build files and documentation name
// classes and headers as well. They are never edited, so they are searched for
// whole words and listed.
//
//===----------------------------------------------------------------------===//
#include "AccountInternal.h"

#include "consolidate/Baseline.h"
#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <git2.h>

#include <optional>

using namespace llvm;

namespace consolidate {
namespace {

template <auto Free> struct GitFree {
  template <typename T> void operator()(T *Object) const { Free(Object); }
};

/// Regular files that git tracks below \p Root, as real paths; nothing when
/// \p Root is in no work tree.
std::optional<std::vector<std::string>> trackedFiles(const std::string &Root) {
  git_libgit2_init();
  // The owner matters to git because it runs what the repository's
  // configuration names; libgit2 runs nothing.
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  scope_exit Shutdown([] { git_libgit2_shutdown(); });
  git_repository *RawRepository = nullptr;
  if (git_repository_open_ext(&RawRepository, Root.c_str(), 0, nullptr))
    return std::nullopt;
  std::unique_ptr<git_repository, GitFree<git_repository_free>> Repository(
      RawRepository);
  git_index *RawIndex = nullptr;
  if (!git_repository_workdir(RawRepository) ||
      git_repository_index(&RawIndex, RawRepository))
    return std::nullopt;
  std::unique_ptr<git_index, GitFree<git_index_free>> Index(RawIndex);
  std::string Top = realPath(git_repository_workdir(RawRepository));
  std::vector<std::string> Files;
  for (size_t I = 0, E = git_index_entrycount(RawIndex); I < E; ++I) {
    const git_index_entry *Entry = git_index_get_byindex(RawIndex, I);
    if ((Entry->mode & 0170000) != 0100000)
      continue;
    SmallString<256> Path(Top);
    sys::path::append(Path, Entry->path);
    StringRef Rest = Path;
    if (Root == "/" || (Rest.consume_front(Root) && Rest.starts_with("/")))
      Files.push_back(std::string(Path));
  }
  return Files;
}

/// Without git: what generators read, and what builds and documents.
bool isKnownInput(StringRef Path) {
  if (sys::path::filename(Path) == "CMakeLists.txt")
    return true;
  std::string Extension = sys::path::extension(Path).lower();
  return StringSwitch<bool>(Extension)
      .Cases({".y", ".yy", ".ypp", ".l", ".ll", ".lpp", ".g4"}, true)
      .Cases({".ui", ".qml", ".qrc", ".in", ".tmpl", ".j2", ".mako"}, true)
      .Cases({".proto", ".idl", ".fbs", ".thrift", ".td", ".gperf"}, true)
      .Cases({".i", ".pyx", ".pxd", ".swg", ".rc", ".mc"}, true)
      .Cases({".cmake", ".bzl", ".gn", ".gni", ".pro", ".pri"}, true)
      .Cases({".md", ".rst", ".txt", ".dox"}, true)
      .Default(false);
}

void walk(StringRef Directory, const Scope &Within,
          std::vector<std::string> &Files) {
  std::vector<std::string> Subdirectories, Here;
  bool IsBuild = false;
  std::error_code Ignored;
  for (sys::fs::directory_iterator It(Directory, Ignored,
                                      /*follow_symlinks=*/false),
       End;
       !Ignored && It != End; It.increment(Ignored)) {
    StringRef Name = sys::path::filename(It->path());
    IsBuild |= Name == "CMakeCache.txt";
    if (It->type() == sys::fs::file_type::directory_file && Name != ".git")
      Subdirectories.push_back(It->path());
    else if (It->type() == sys::fs::file_type::regular_file &&
             isKnownInput(It->path()))
      Here.push_back(It->path());
  }
  if (IsBuild && Directory != Within.root())
    return;
  append_range(Files, Here);
  for (const std::string &Subdirectory : Subdirectories)
    if (!Within.excludesDirectory(Subdirectory))
      walk(Subdirectory, Within, Files);
}

bool isBinary(StringRef Text) { return Text.take_front(8192).contains('\0'); }

std::vector<Mention> searchFile(const std::string &Path,
                                ArrayRef<std::string> Words) {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer || (*Buffer)->getBufferSize() > INT32_MAX ||
      isBinary((*Buffer)->getBuffer()))
    return {};
  return findWords((*Buffer)->getBuffer(), Words);
}

/// What the survey has read or reported, and the tool's own files: the rules
/// and a baseline name every class, and a journal holds the code as it was.
StringSet<> notToSearch(const AccountInputs &Inputs) {
  StringSet<> Known;
  for (const auto &File : Inputs.Plan.Files)
    Known.insert(File.getKey());
  for (const auto &[Path, Reason] : Inputs.Plan.UnreadableFiles)
    Known.insert(Path);
  Known.insert(realPath(Inputs.Rules.Origin));
  Known.insert(
      realPath(baselinePath(Inputs.Rules.Origin, Inputs.Within.root())));
  return Known;
}

bool isToolState(StringRef Path) {
  return Path.contains("/.clang-consolidate/") ||
         sys::path::filename(Path) == RulesFileName;
}

} // namespace

std::vector<OtherFile> otherFiles(const AccountInputs &Inputs,
                                  ArrayRef<std::string> Words) {
  std::vector<std::string> Files;
  if (auto Tracked = trackedFiles(Inputs.Within.root()))
    Files = std::move(*Tracked);
  else
    walk(Inputs.Within.root(), Inputs.Within, Files);
  StringSet<> Known = notToSearch(Inputs);
  erase_if(Files, [&](const std::string &Path) {
    return Known.contains(StringRef(Path)) || isToolState(Path);
  });
  llvm::sort(Files);
  std::vector<std::vector<Mention>> Found(Files.size());
  forEachOnThreads(Files.size(), Inputs.Threads,
                   [&](size_t I) { Found[I] = searchFile(Files[I], Words); });
  std::vector<OtherFile> Result;
  for (auto [Path, Mentions] : zip(Files, Found))
    if (!Mentions.empty())
      Result.push_back(
          {Path, std::move(Mentions), Inputs.Within.contains(Path)});
  return Result;
}

} // namespace consolidate
