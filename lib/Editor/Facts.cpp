//===- Facts.cpp - What a preamble hides ----------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Editor.h"

#include "llvm/Support/FileSystem.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

using Times = std::vector<std::pair<std::string, unsigned long long>>;

unsigned long long timeOf(StringRef Path) {
  sys::fs::file_status Status;
  if (sys::fs::status(Path, Status))
    return 0;
  return Status.getLastModificationTime().time_since_epoch().count();
}

/// Every file that was read, but for the main file.
Times timesOf(const TuFindings &Facts) {
  std::set<std::string> Paths;
  for (const auto &Edges : Facts.IncludeGraph)
    Paths.insert(Edges.second.begin(), Edges.second.end());
  Paths.erase(Facts.MainFile);
  Times Result;
  for (const std::string &Path : Paths)
    Result.emplace_back(Path, timeOf(Path));
  return Result;
}

bool isCurrent(const Times &Known) {
  return all_of(Known, [](const auto &File) {
    return timeOf(File.first) == File.second;
  });
}

template <typename T, typename Predicate>
void keepIf(std::vector<T> &Values, Predicate Keep) {
  erase_if(Values, [&](const T &Value) { return !Keep(Value); });
}

} // namespace

TuFindings scanText(const EditorProject &Project, const TuJob &Job,
                    StringRef Text) {
  StringMap<std::string> Changed;
  Changed[Job.File] = Text.str();
  TuOptions Options;
  Options.Match.AllowUnsafe = Project.Code.Options.AllowUnsafe;
  return scanTu(Job, RuleSource(Project.Rules), *Project.Code.Files, Options,
                Changed);
}

std::shared_ptr<const TuFindings>
PreambleFacts::of(const EditorProject &Project, const TuJob &Job,
                  StringRef Text) {
  unsigned Length = preambleLength(Text);
  std::string Key = Project.Stamp + '\0' + Text.take_front(Length).str();
  for (const std::string &Argument : Job.Arguments)
    Key += '\0' + Argument;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    Entry &Known = ByFile[Job.File];
    if (Known.Facts && Known.Key == Key && isCurrent(Known.Times))
      return Known.Facts;
  }
  auto Facts = std::make_shared<TuFindings>(scanText(Project, Job, Text));
  erase_if(Facts->Findings,
           [&](const Finding &F) { return F.Path == Job.File; });
  FileFacts &Main = Facts->Files[Job.File];
  keepIf(Main.Includes,
         [&](const IncludeDirective &D) { return D.LineOffset < Length; });
  keepIf(Main.Skipped, [&](const SkippedRange &R) { return R.End <= Length; });
  Main.UsedFiles.clear(); // The whole text tells, each time.
  std::lock_guard<std::mutex> Lock(Guard);
  ByFile[Job.File] = {std::move(Key), timesOf(*Facts), Facts};
  return Facts;
}

bool needsHealing(const TuFindings &Facts, const RuleSet &Rules) {
  auto IsBroken = [&](const IncludeDirective &D) {
    if (!D.HealedBy.empty())
      return true;
    return D.Resolved.empty() && any_of(Rules.Includes, [&](const auto &Rule) {
             return Rule.From == D.Spelled;
           });
  };
  return any_of(Facts.Files, [&](const auto &File) {
    return any_of(File.second.Includes, IsBroken);
  });
}

/// Takes out of \p Live what the preamble tells better, and adds the rest.
static void join(TuFindings &Live, const TuFindings &Preamble,
                 unsigned Length) {
  // Of headers, the findings and facts of the whole scan.
  erase_if(Live.Findings,
           [&](const Finding &F) { return F.Path != Live.MainFile; });
  // clangd lays a file of its own over an outdated preamble.
  StringMap<FileFacts> Only;
  Only[Live.MainFile] = std::move(Live.Files[Live.MainFile]);
  Live.Files = std::move(Only);
  FileFacts &Main = Live.Files[Live.MainFile];
  // What is replayed of the preamble does not say where it leads.
  keepIf(Main.Includes,
         [&](const IncludeDirective &D) { return D.LineOffset >= Length; });
  keepIf(Main.Skipped, [&](const SkippedRange &R) { return R.End > Length; });
  for (const auto &File : Preamble.Files) {
    FileFacts &Into = Live.Files[File.getKey()];
    if (File.getKey() != Live.MainFile) {
      Into = File.second;
      continue;
    }
    Into.Includes.insert(Into.Includes.begin(), File.second.Includes.begin(),
                         File.second.Includes.end());
    Into.Skipped.insert(Into.Skipped.begin(), File.second.Skipped.begin(),
                        File.second.Skipped.end());
    Into.Entered = true;
  }
  std::vector<std::string> Direct;
  for (const IncludeDirective &D : Live.Files[Live.MainFile].Includes)
    if (!D.Resolved.empty())
      Direct.push_back(D.Resolved);
  append_range(Live.Findings, Preamble.Findings);
  for (const auto &Edges : Preamble.IncludeGraph)
    Live.IncludeGraph[Edges.getKey()] = Edges.second;
  Live.IncludeGraph[Live.MainFile] = std::move(Direct);
}

Expected<EditPlan> planOpenFile(const EditorProject &Project, TuFindings Live,
                                const TuFindings *Facts, StringRef Text) {
  if (Facts)
    join(Live, *Facts, preambleLength(Text));
  StringMap<std::string> Texts;
  Texts[Live.MainFile] = Text.str();
  // The resolver keeps what it has asked for.
  static std::mutex Turn;
  std::lock_guard<std::mutex> Lock(Turn);
  return makePlan(Project.Rules.Rules, {Live}, Project.Code.ResolveHeader, {},
                  Project.Rules.HeaderIncludes, Texts);
}

} // namespace consolidate
