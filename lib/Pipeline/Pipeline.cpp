//===- Pipeline.cpp - All steps in a row, for every command ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Pipeline.h"

#include "PipelineInternal.h"
#include "consolidate/ClangCompat.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

/// The top of the git work tree around \p Directory, or "".
std::string gitTop(StringRef Directory) {
  for (StringRef Dir = Directory; !Dir.empty();
       Dir = sys::path::parent_path(Dir)) {
    SmallString<256> Git(Dir);
    sys::path::append(Git, ".git");
    if (sys::fs::exists(Git))
      return Dir.str();
  }
  return "";
}

struct FoundRules {
  RuleSet Rules;
  std::string Root; ///< Directory of a discovered file; else empty.
};

Expected<FoundRules> findRules(const ProjectOptions &Options) {
  FoundRules Found;
  StringRef Asked = Options.Rules;
  Expected<RuleSet> Rules = [&]() -> Expected<RuleSet> {
    if (Asked.consume_front("builtin:"))
      return builtinRules(Asked);
    if (!Asked.empty()) {
      SmallString<256> Path(Asked);
      sys::path::make_absolute(Options.WorkingDirectory, Path);
      return loadRules(Path);
    }
    std::optional<std::string> Path = discoverRules(
        Options.Root.empty() ? Options.WorkingDirectory : Options.Root);
    if (!Path)
      return builtinRules("execution-engine");
    Found.Root = sys::path::parent_path(*Path).str();
    return loadRules(*Path);
  }();
  if (!Rules)
    return Rules.takeError();
  Found.Rules = std::move(*Rules);
  return Found;
}

std::string chooseRoot(const ProjectOptions &Options, StringRef RulesRoot) {
  if (!Options.Root.empty())
    return realPath(Options.Root);
  if (!RulesRoot.empty())
    return realPath(RulesRoot);
  std::string Top = gitTop(Options.WorkingDirectory);
  return realPath(Top.empty() ? StringRef(Options.WorkingDirectory)
                              : StringRef(Top));
}

} // namespace

std::string findJournalRoot(const ProjectOptions &Options) {
  if (!Options.Root.empty())
    return realPath(Options.Root);
  for (StringRef Dir = Options.WorkingDirectory; !Dir.empty();
       Dir = sys::path::parent_path(Dir))
    if (sys::fs::is_directory(Dir + "/" + StateDirectoryName))
      return realPath(Dir);
  std::optional<std::string> Rules;
  if (Options.Rules.empty())
    Rules = discoverRules(Options.WorkingDirectory);
  return chooseRoot(Options, Rules ? sys::path::parent_path(*Rules) : "");
}

Expected<RuleSet> chooseRules(const ProjectOptions &Options) {
  Expected<FoundRules> Found = findRules(Options);
  if (!Found)
    return Found.takeError();
  return std::move(Found->Rules);
}

Expected<Project> loadProject(const ProjectOptions &Options) {
  Expected<FoundRules> Found = findRules(Options);
  if (!Found)
    return Found.takeError();
  Project Result;
  Result.Options = Options;
  Result.Rules = std::move(Found->Rules);
  if (Result.Options.BuildDirectories.empty()) {
    Expected<std::string> Directory =
        discoverBuildDirectory(Options.WorkingDirectory);
    if (!Directory)
      return Directory.takeError();
    Result.Options.BuildDirectories.push_back(*Directory);
  }
  Expected<std::vector<TuJob>> Jobs =
      loadDatabase(Result.Options.BuildDirectories);
  if (!Jobs)
    return Jobs.takeError();
  Result.Jobs = std::move(*Jobs);
  std::vector<std::string> BuildDirectories;
  for (const TuJob &Job : Result.Jobs)
    if (!is_contained(BuildDirectories, Job.BuildDirectory))
      BuildDirectories.push_back(Job.BuildDirectory);
  Result.Files.emplace(chooseRoot(Options, Found->Root), Result.Rules.Scope,
                       std::move(BuildDirectories));
  Result.ResolveHeader = makeHeaderResolver(Result.Jobs);
  if (Error E = checkPaths(Result))
    return std::move(E);
  return Result;
}

static void begin(const ProjectOptions &Options, StringRef Stage) {
  if (Options.OnStage)
    Options.OnStage(Stage);
}

/// Parses the TUs of the plan, each whole.
static void scanPlanned(const Project &Project, ScanRun &Run,
                        const ScanOptions &Options) {
  Run.Tus = scan(Run.Plan.Tus, *Run.Rules, *Project.Files, Options);
  for (const PlannedTu &Tu : Run.Plan.Tus)
    Run.Jobs.push_back(Tu.Job);
  Run.Rounds = 1;
  Run.Parses = unsigned(Run.Tus.size());
}

Expected<ScanRun> runScan(const Project &Project, ScanExtent Extent) {
  ScanRun Run;
  const ProjectOptions &Options = Project.Options;
  begin(Options, "survey");
  Expected<ScanPlan> Plan = survey(Project.Rules, Project.Jobs, *Project.Files,
                                   Options.Paths, Options.Threads);
  if (!Plan)
    return Plan.takeError();
  Run.Plan = std::move(*Plan);
  if (Extent == ScanExtent::Everything) {
    Run.Plan.Tus.clear();
    for (unsigned I = 0; I < Project.Jobs.size(); ++I)
      Run.Plan.Tus.push_back({Project.Jobs[I], I, "every TU is counted"});
  }
  Run.MissingMainFiles = missingMainFiles(Project, Run.Plan);
  if (Error E = checkHeaders(Project, Run.Plan))
    return std::move(E);
  begin(Options, "rules");
  // A rules file is checked even when nothing mentions a legacy name.
  Run.Results = openCache(Options);
  Expected<RuleSource> Rules = prepareRules(Project, Run.Results.get());
  if (!Rules)
    return Rules.takeError();
  Run.Rules.emplace(std::move(*Rules));
  begin(Options, "scan");
  ScanOptions Scan;
  Scan.Threads = Options.Threads;
  Scan.Tu.Match.AllowUnsafe = Options.AllowUnsafe;
  Scan.Tu.Match.CollectFacts = Extent == ScanExtent::Everything;
  Scan.Tu.Match.CollectNames = Extent == ScanExtent::Mentions;
  Scan.Tu.Results = Run.Results.get();
  Scan.Progress = Options.Progress;
  if (Extent == ScanExtent::Everything || Options.Exhaustive)
    scanPlanned(Project, Run, Scan);
  else
    scanCover(Project, Run, Scan);
  if (Error E = checkLegacyHeaders(Project, Run.Plan, Run.Tus))
    return std::move(E);
  restrictToPaths(Project, Run.Tus, Run.Outside);
  return Run;
}

Expected<VerifiedPlan> runPlan(const Project &Project, const ScanRun &Scan) {
  begin(Project.Options, "verify");
  Expected<VerifiedPlan> Verified = runPasses(Project, Scan);
  if (!Verified)
    return Verified;
  editComments(Project, Scan, Verified->Plan);
  formatChanges(Verified->Plan);
  return Verified;
}

std::vector<size_t> unparsedTus(const ScanRun &Scan) {
  std::vector<size_t> Result;
  for (size_t I = 0; I < Scan.Tus.size(); ++I)
    if (!Scan.Tus[I].Parsed || !Scan.Tus[I].Errors.empty())
      Result.push_back(I);
  return Result;
}

bool isIncomplete(const ScanRun &Scan) {
  return !unparsedTus(Scan).empty() || !Scan.MissingMainFiles.empty();
}

} // namespace consolidate
