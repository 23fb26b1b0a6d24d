//===- HealingShims.cpp - Makes broken includes resolve in memory ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Frontend.h"
#include "consolidate/Rules.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

/// The directory of \p Dirs in which \p Header exists, or "".
static std::string directoryWith(ArrayRef<std::string> Dirs, StringRef Header) {
  for (const std::string &Dir : Dirs) {
    SmallString<256> Path(Dir);
    sys::path::append(Path, Header);
    if (sys::fs::exists(Path))
      return Dir;
  }
  return "";
}

StringMap<std::string> healingShims(const TuJob &Job, const RuleSet &Rules,
                                    Overlay &Files) {
  StringMap<std::string> FromByPath;
  if (Rules.Includes.empty())
    return FromByPath;
  SearchPaths Search = searchPathsOf(Job);
  std::vector<std::string> Dirs = Search.Quote;
  append_range(Dirs, Search.Angled);
  append_range(Dirs, Search.System);
  for (const IncludeRule &Rule : Rules.Includes) {
    if (Rule.To.empty() || !directoryWith(Dirs, Rule.From).empty())
      continue;
    std::string Dir = directoryWith(Dirs, Rule.To.front());
    if (Dir.empty())
      continue;
    std::string Text;
    for (const std::string &To : Rule.To)
      Text += "#include \"" + To + "\"\n";
    SmallString<256> Path(Dir);
    sys::path::append(Path, Rule.From);
    Files[Path] = Text;
    FromByPath[Path] = Rule.From;
  }
  return FromByPath;
}

} // namespace consolidate
