//===- Scope.cpp - Which files may be read for mentions and edited --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Support.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

namespace {

bool isBelow(StringRef Path, StringRef Directory) {
  return Path.consume_front(Directory) &&
         (Path.empty() || Path.starts_with("/") || Directory.ends_with("/"));
}

bool isSourceName(StringRef Name) {
  std::string Extension = sys::path::extension(Name).lower();
  static constexpr StringRef Known[] = {
      ".h",   ".hh",  ".hpp", ".hxx", ".h++",  ".cuh", ".inc", ".inl",
      ".ipp", ".tpp", ".txx", ".def", ".c",    ".cc",  ".cpp", ".cxx",
      ".c++", ".cu",  ".hip", ".m",   ".cppm", ".mm",  ".ixx"};
  return is_contained(Known, Extension);
}

bool isInGit(StringRef Relative) {
  return Relative.starts_with(".git/") || Relative.contains("/.git/");
}

/// Lists the files below one directory; links to directories are not followed,
/// since what they lead to is found at its own place or is not below the root.
class Walk {
public:
  Walk(const Scope &Within, std::vector<std::string> &Found)
      : Within(Within), Found(Found) {}

  void directory(StringRef Directory, bool IsRoot) {
    std::vector<std::string> Subdirectories, Files;
    bool IsBuild = false;
    std::error_code Ignored;
    for (sys::fs::directory_iterator
             It(Directory, Ignored, /*follow_symlinks=*/false),
         End;
         !Ignored && It != End; It.increment(Ignored)) {
      StringRef Name = sys::path::filename(It->path());
      IsBuild |= Name == "CMakeCache.txt";
      if (It->type() == sys::fs::file_type::directory_file) {
        if (Name != ".git")
          Subdirectories.push_back(It->path());
      } else if (isSourceName(Name)) {
        Files.push_back(realFile(*It));
      }
    }
    if (IsBuild && !IsRoot)
      return;
    for (std::string &File : Files)
      if (!File.empty() && Within.contains(File))
        Found.push_back(std::move(File));
    for (const std::string &Subdirectory : Subdirectories)
      if (!Within.excludesDirectory(Subdirectory))
        directory(Subdirectory, /*IsRoot=*/false);
  }

private:
  static std::string realFile(const sys::fs::directory_entry &Entry) {
    if (Entry.type() == sys::fs::file_type::regular_file)
      return Entry.path();
    return sys::fs::is_regular_file(Entry.path()) ? realPath(Entry.path()) : "";
  }

  const Scope &Within;
  std::vector<std::string> &Found;
};

} // namespace

Scope::Scope(std::string RootDirectory, ScopeGlobs Patterns,
             std::vector<std::string> Builds)
    : Root(realPath(RootDirectory)), Globs(std::move(Patterns)) {
  for (const std::string &Build : Builds) {
    std::string Real = realPath(Build);
    if (!isBelow(Root, Real))
      BuildDirectories.push_back(std::move(Real));
  }
}

std::string Scope::relative(StringRef RealPath) const {
  StringRef Rest = RealPath;
  if (!isBelow(Rest, Root))
    return RealPath.str();
  return Rest.drop_front(Root.size()).ltrim('/').str();
}

std::string Scope::digest() const {
  std::string Result = Root;
  for (const auto *List : {&Globs.Include, &Globs.Exclude, &BuildDirectories}) {
    Result += '\1';
    for (const std::string &Each : *List)
      (Result += '\0') += Each;
  }
  return Result;
}

bool Scope::excludesDirectory(StringRef RealDirectory) const {
  if (any_of(BuildDirectories,
             [&](StringRef Build) { return isBelow(RealDirectory, Build); }))
    return true;
  std::string AnyFile = relative(RealDirectory) + "/x";
  return any_of(Globs.Exclude, [&](StringRef Glob) {
    return Glob.ends_with("/**") && matchesGlob(Glob, AnyFile);
  });
}

bool Scope::contains(StringRef RealPath) const {
  if (!isBelow(RealPath, Root) ||
      any_of(BuildDirectories,
             [&](StringRef Build) { return isBelow(RealPath, Build); }))
    return false;
  std::string Relative = relative(RealPath);
  auto Matches = [&](StringRef Glob) { return matchesGlob(Glob, Relative); };
  return !isInGit(Relative) && any_of(Globs.Include, Matches) &&
         none_of(Globs.Exclude, Matches);
}

std::vector<std::string> sourceFiles(const Scope &Scope) {
  std::vector<std::string> Found;
  Walk(Scope, Found).directory(Scope.root(), /*IsRoot=*/true);
  llvm::sort(Found);
  Found.erase(llvm::unique(Found), Found.end());
  return Found;
}

} // namespace consolidate
