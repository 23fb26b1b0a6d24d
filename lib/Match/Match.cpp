//===- Match.cpp - Rules on one AST -> findings ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "consolidate/Frontend.h"

#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Real path of a file, asked once per file.
class PathCache {
public:
  explicit PathCache(const SourceManager &SM) : SM(SM) {}
  const std::string &operator[](FileID File) {
    auto [It, New] = Paths.try_emplace(File);
    if (New)
      if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
        It->second = realPathOf(*Entry);
    return It->second;
  }

private:
  const SourceManager &SM;
  std::map<FileID, std::string> Paths;
};

void addIncludeFacts(TuFindings &Result, const IncludeRecorder &Includes,
                     const CollectedUses &Uses, PathCache &Paths,
                     PathPredicate InScope) {
  for (const auto &[File, Directives] : Includes.Directives) {
    const std::string &Path = Paths[File];
    if (!InScope(Path))
      continue;
    std::vector<IncludeDirective> &All = Result.Files[Path].Includes;
    for (const IncludeDirective &Directive : Directives)
      // A file entered twice (an X-macro file) shows its directives twice.
      if (none_of(All, [&](const IncludeDirective &Other) {
            return Other.PathOffset == Directive.PathOffset;
          }))
        All.push_back(Directive);
  }
  std::map<std::string, std::set<std::string>> Used;
  auto Add = [&](const std::pair<FileID, FileID> &Reference) {
    if (Reference.first == Reference.second)
      return;
    const std::string &From = Paths[Reference.first];
    const std::string &To = Paths[Reference.second];
    if (!To.empty() && From != To && InScope(From))
      Used[From].insert(To);
  };
  for (const auto &Reference : Uses.References)
    Add(Reference);
  for (const auto &Reference : Includes.MacroUses)
    Add(Reference);
  for (auto &[From, To] : Used)
    Result.Files[From].UsedFiles.assign(To.begin(), To.end());
  Result.IncludeGraph = Includes.Graph;
}

void addSkippedRanges(TuFindings &Result, const IncludeRecorder &Includes,
                      PathCache &Paths, PathPredicate InScope) {
  for (const auto &[File, Type] : Includes.Entered) {
    const std::string &Path = Paths[File];
    if (!InScope(Path))
      continue;
    FileFacts &Facts = Result.Files[Path];
    std::vector<SkippedRange> Skipped = skippedRanges(Includes, File);
    // A file entered twice: what only one of the passes skipped was read.
    Facts.Skipped =
        Facts.Entered ? intersect(Facts.Skipped, Skipped) : std::move(Skipped);
    Facts.System = (!Facts.Entered || Facts.System) && SrcMgr::isSystem(Type);
    Facts.Entered = true;
  }
}

} // namespace

TuFindings match(ASTContext &Context, const CompiledRules &Rules,
                 PathPredicate InScope, const IncludeRecorder *Includes,
                 const MatchOptions &Options) {
  TuFindings Result;
  Result.Parsed = true;
  SourceManager &SM = Context.getSourceManager();
  PathCache Paths(SM);
  Result.MainFile = Paths[SM.getMainFileID()];
  CollectedUses Uses = collectUses(Context, Rules, InScope, Includes, Options);
  if (Includes) {
    addIncludeFacts(Result, *Includes, Uses, Paths, InScope);
    addSkippedRanges(Result, *Includes, Paths, InScope);
  }
  if (Options.CollectNames)
    for (auto &File : collectNameNotes(Context, Rules, InScope, Includes, Uses))
      Result.Files[File.getKey()].Names = std::move(File.second);
  if (Options.FollowNames)
    Result.Follow = followedNames(Context, Rules);
  Result.Facts = std::move(Uses.Facts);
  Result.Chosen = std::move(Uses.Chosen);
  Result.Watched = std::move(Uses.Watched);
  Result.Choices = templateChoices(Context, Rules.Rules);
  Result.Declared = std::move(Uses.Declared);
  Result.Findings =
      renderFindings(Context, std::move(Uses.Uses), Rules, InScope);
  if (Includes)
    leaveHiddenNames(Result.Findings, Context, Rules, *Includes);
  return Result;
}

} // namespace consolidate
