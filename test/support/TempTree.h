//===- TempTree.h - A directory of files that a test writes -----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TEST_TEMPTREE_H
#define CONSOLIDATE_TEST_TEMPTREE_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

#include <string>

namespace consolidate {

/// A fresh directory, removed at the end of the test.
class TempTree {
public:
  TempTree() {
    llvm::SmallString<256> Created;
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("consolidate", Created));
    llvm::SmallString<256> Real;
    EXPECT_FALSE(llvm::sys::fs::real_path(Created, Real));
    Root = std::string(Real);
  }
  ~TempTree() { llvm::sys::fs::remove_directories(Root); }
  TempTree(const TempTree &) = delete;
  TempTree &operator=(const TempTree &) = delete;

  std::string path(llvm::StringRef Relative = "") const {
    llvm::SmallString<256> Path(Root);
    llvm::sys::path::append(Path, Relative);
    return std::string(Path);
  }

  /// Writes \p Text, making the directories on the way. Returns the path.
  std::string write(llvm::StringRef Relative, llvm::StringRef Text = "") const {
    std::string Path = path(Relative);
    EXPECT_FALSE(
        llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Path)));
    std::error_code Error;
    llvm::raw_fd_ostream OS(Path, Error);
    EXPECT_FALSE(Error) << Path;
    OS << Text;
    return Path;
  }

  void link(llvm::StringRef To, llvm::StringRef Relative) const {
    std::string Path = path(Relative);
    EXPECT_FALSE(
        llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Path)));
    EXPECT_FALSE(llvm::sys::fs::create_link(To, Path));
  }

private:
  std::string Root;
};

} // namespace consolidate

#endif // CONSOLIDATE_TEST_TEMPTREE_H
