//===- HeaderResolver.cpp - Header names -> real paths --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Pipeline.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

HeaderResolver makeHeaderResolver(ArrayRef<TuJob> Jobs) {
  std::vector<std::string> Directories, OfMainFiles;
  StringSet<> Seen;
  for (const TuJob &Job : Jobs) {
    SearchPaths Search = searchPathsOf(Job);
    for (const auto *List : {&Search.Quote, &Search.Angled, &Search.System})
      for (const std::string &Directory : *List)
        if (Seen.insert(Directory).second)
          Directories.push_back(Directory);
  }
  // A quoted include is looked for beside the including file as well.
  for (const TuJob &Job : Jobs)
    if (std::string Beside = sys::path::parent_path(Job.File).str();
        Seen.insert(Beside).second)
      OfMainFiles.push_back(Beside);
  append_range(Directories, OfMainFiles);
  return [Directories = std::move(Directories),
          Known = StringMap<std::string>()](StringRef Spelled) mutable {
    StringRef Header = Spelled.trim("<>");
    auto [It, New] = Known.try_emplace(Header);
    if (!New)
      return It->second;
    for (const std::string &Directory : Directories) {
      SmallString<256> Path(Directory);
      sys::path::append(Path, Header);
      if (sys::fs::exists(Path)) {
        It->second = realPath(Path);
        break;
      }
    }
    return It->second;
  };
}

} // namespace consolidate
