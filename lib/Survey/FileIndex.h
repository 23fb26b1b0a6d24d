//===- FileIndex.h - Which files exist, asked many times --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_SURVEY_FILEINDEX_H
#define CONSOLIDATE_LIB_SURVEY_FILEINDEX_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"

#include <string>

namespace consolidate {

/// Answers from directory listings, each read once: an include is looked up in
/// every directory of the search path and mostly not there. Not thread-safe.
class FileIndex {
public:
  /// The directory of the file at \p Path, links in directories resolved, and
  /// its name; empty when there is no such file. \p Path is absolute. The file
  /// itself may be a link: a quoted include is looked up next to the link.
  std::string find(llvm::StringRef Path);

  /// As find(), with a link at the end resolved too.
  std::string real(llvm::StringRef FoundPath);

private:
  struct Listing {
    std::string RealPath;  ///< Empty: not a directory.
    bool Readable = false; ///< Entries are known; else each must be asked for.
    llvm::StringMap<llvm::sys::fs::file_type> Entries;
  };

  const Listing &list(llvm::StringRef Directory);
  bool mayBeDirectory(llvm::StringRef Directory);

  llvm::StringMap<Listing> Listings;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_SURVEY_FILEINDEX_H
