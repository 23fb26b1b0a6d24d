//===- Blame.cpp - From a compiler error to the clusters behind it --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Blame.h"

#include "consolidate/Support.h"

using namespace llvm;

namespace consolidate {

Blame::Blame(const EditPlan &Plan) : Plan(Plan) {
  std::map<Edit, std::string> Owner;
  for (const Cluster &C : Plan.Clusters)
    if (C.Dropped.empty())
      for (const Edit &E : C.Edits)
        Owner[{E.Path, E.Offset, E.Length, ""}] = C.Id;
  for (const FileChange &Change : Plan.Files) {
    // Lines are counted in the text as it will be.
    unsigned Line = 1;
    size_t Position = 0;
    for (const Edit &E : Change.Edits) {
      Line += StringRef(Change.Before).slice(Position, E.Offset).count('\n');
      Position = E.Offset + E.Length;
      unsigned Last = Line + StringRef(E.Text).count('\n');
      auto It = Owner.find({E.Path, E.Offset, E.Length, ""});
      if (It != Owner.end())
        ByFile[Change.Path].push_back({Line, Last, It->second});
      Line = Last;
    }
  }
}

std::set<std::string> Blame::onLines(StringRef Path, unsigned First,
                                     unsigned Last) const {
  std::set<std::string> Result;
  auto File = ByFile.find(Path);
  if (File == ByFile.end())
    return Result;
  for (const Placed &P : File->second)
    if (P.FirstLine <= Last && First <= P.LastLine)
      Result.insert(P.Cluster);
  return Result;
}

std::set<std::string> Blame::atOffset(StringRef Path, unsigned Offset) const {
  for (const FileChange &Change : Plan.Files)
    if (Change.Path == Path) {
      unsigned Line = lineColumnAt(Change.After, Offset).Line;
      return onLines(Path, Line, Line);
    }
  return {};
}

std::set<std::string> Blame::clustersAt(const CompileError &Error) const {
  std::set<std::string> Result = onLines(Error.Path, Error.Line, Error.Line);
  if (!Result.empty())
    return Result;
  for (const auto &[Path, Offset] : Error.Notes)
    Result.merge(atOffset(Path, Offset));
  return Result;
}

std::set<std::string> Blame::clustersNear(const CompileError &Error,
                                          unsigned Lines) const {
  auto Around = [&](StringRef Path, unsigned Line) {
    return onLines(Path, Line - std::min(Line, Lines), Line + Lines);
  };
  std::set<std::string> Result = Around(Error.Path, Error.Line);
  // In a library template: what asked for it is near.
  for (const auto &[Path, Offset] : Error.Notes)
    for (const FileChange &Change : Plan.Files)
      if (Change.Path == Path)
        Result.merge(Around(Path, lineColumnAt(Change.After, Offset).Line));
  return Result;
}

} // namespace consolidate
