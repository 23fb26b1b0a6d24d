//===- TempTree.h - A directory for one test --------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TEST_UNIT_OUTPUT_TEMPTREE_H
#define CONSOLIDATE_TEST_UNIT_OUTPUT_TEMPTREE_H

#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace consolidate {

/// A fresh directory, removed at the end. The file system is the real one:
/// what is tested here is what rename and fsync do.
class TempTree {
public:
  TempTree() {
    llvm::SmallString<128> Directory;
    if (std::error_code EC = llvm::sys::fs::createUniqueDirectory(
            "consolidate-output", Directory))
      llvm::report_fatal_error(llvm::Twine("no temporary directory: ") +
                               EC.message());
    Root = realPath(Directory);
  }
  ~TempTree() { llvm::sys::fs::remove_directories(Root); }
  TempTree(const TempTree &) = delete;

  std::string path(llvm::StringRef Relative) const {
    return Root + "/" + Relative.str();
  }

  std::string write(llvm::StringRef Relative, llvm::StringRef Bytes,
                    unsigned Mode = 0644) const {
    std::string Path = path(Relative);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Path));
    std::ofstream(Path, std::ios::binary).write(Bytes.data(), Bytes.size());
    EXPECT_EQ(::chmod(Path.c_str(), Mode), 0);
    return Path;
  }

  std::string read(llvm::StringRef Relative) const {
    std::ifstream In(path(Relative), std::ios::binary);
    EXPECT_TRUE(In.is_open()) << path(Relative);
    return {std::istreambuf_iterator<char>(In), {}};
  }

  unsigned mode(llvm::StringRef Relative) const {
    struct stat Info;
    return ::stat(path(Relative).c_str(), &Info) ? 0 : Info.st_mode & 07777;
  }

  /// Runs \p Command in the root, away from the user's git configuration.
  bool run(llvm::StringRef Command) const {
    std::string Line =
        "cd '" + Root +
        "' && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1"
        " GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a"
        " GIT_COMMITTER_EMAIL=a@b && ( " +
        Command.str() + " ) >>'" + Root + ".log' 2>&1";
    bool Ok = std::system(Line.c_str()) == 0;
    if (!Ok) {
      std::ifstream Log(Root + ".log");
      ADD_FAILURE() << Command.str() << "\n"
                    << std::string(std::istreambuf_iterator<char>(Log), {});
    }
    llvm::sys::fs::remove(Root + ".log");
    return Ok;
  }

  /// Makes the root a repository with every file committed.
  void commitAll() const {
    run("git init -q && git add -A && git commit -q --allow-empty -m x");
  }

  /// Every path below the root but the state directory and git's.
  std::vector<std::string> list() const {
    std::vector<std::string> Paths;
    std::error_code EC;
    for (llvm::sys::fs::recursive_directory_iterator
             It(Root, EC, /*follow_symlinks=*/false),
         End;
         !EC && It != End; It.increment(EC)) {
      llvm::StringRef Name = llvm::sys::path::filename(It->path());
      if (Name == ".clang-consolidate" || Name == ".git")
        It.no_push();
      else
        Paths.push_back(It->path().substr(Root.size() + 1));
    }
    std::sort(Paths.begin(), Paths.end());
    return Paths;
  }

  ApplyOptions options(bool AllowDirty = false) const {
    ApplyOptions Options;
    Options.Root = Root;
    Options.AllowDirty = AllowDirty;
    Options.Label = "clang-consolidate apply";
    return Options;
  }

  std::string Root;
};

inline FileChange change(std::string Path, std::string Before,
                         std::string After) {
  FileChange File;
  File.Path = std::move(Path);
  File.Before = std::move(Before);
  File.After = std::move(After);
  return File;
}

/// The message of \p E, which must be a ToolError of \p Kind.
inline std::string messageOf(llvm::Error E, ErrorKind Kind) {
  std::string Message;
  EXPECT_TRUE(bool(E)) << "expected an error";
  llvm::handleAllErrors(std::move(E), [&](const ToolError &T) {
    EXPECT_EQ(int(T.kind()), int(Kind)) << T.message();
    Message = T.message();
  });
  return Message;
}

/// The value of \p Result; a failure of the test when it is an error.
template <typename T> T valueOf(llvm::Expected<T> Result) {
  if (Result)
    return std::move(*Result);
  ADD_FAILURE() << llvm::toString(Result.takeError());
  return T();
}

} // namespace consolidate

#endif // CONSOLIDATE_TEST_UNIT_OUTPUT_TEMPTREE_H
