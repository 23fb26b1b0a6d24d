//===- Migration.cpp - The whole project as one workspace edit ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "LspInternal.h"

#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {
namespace {

/// The open files that the disk does not have, by real path.
StringMap<std::string> unsavedOf(const Documents &Open, const Scope &InScope) {
  StringMap<std::string> Result;
  for (const auto &[Path, File] : Open) {
    auto Disk = MemoryBuffer::getFile(Path, /*IsText=*/false);
    if (InScope.contains(Path) && (!Disk || (*Disk)->getBuffer() != *File.Text))
      Result[Path] = *File.Text;
  }
  return Result;
}

struct Outcome {
  VerifiedPlan Verified;
  unsigned Unparsed = 0;
};

/// The jobs to parse: those the survey plans from the disk, and those that read
/// an unsaved file.
Expected<std::vector<TuJob>>
jobsToParse(const Project &Code, const StringMap<std::string> &Unsaved) {
  Expected<ScanPlan> Plan =
      survey(Code.Rules, Code.Jobs, *Code.Files, {}, Code.Options.Threads);
  if (!Plan)
    return Plan.takeError();
  std::set<unsigned> Wanted;
  for (const PlannedTu &Tu : Plan->Tus)
    Wanted.insert(Tu.JobIndex);
  for (const auto &File : Unsaved)
    for (unsigned I = 0; I < Code.Jobs.size(); ++I)
      if (Code.Jobs[I].File == File.getKey() ||
          !includeChain(*Plan, Code.Jobs[I].File, File.getKey()).empty())
        Wanted.insert(I);
  std::vector<TuJob> Jobs;
  for (unsigned I : Wanted)
    Jobs.push_back(Code.Jobs[I]);
  return Jobs;
}

/// Scans and verifies over the unsaved texts, in one pass: what a rewrite makes
/// possible for another is left to the next run.
Expected<Outcome> runOverlaid(const Project &Code,
                              const StringMap<std::string> &Unsaved) {
  Expected<std::vector<TuJob>> Jobs = jobsToParse(Code, Unsaved);
  if (!Jobs)
    return Jobs.takeError();
  Expected<CompiledRules> Compiled = compileRules(Code.Rules, Code.Jobs);
  if (!Compiled)
    return Compiled.takeError();
  RuleSource Rules(std::move(*Compiled));
  const ProjectOptions &Options = Code.Options;
  TuOptions Tu;
  Tu.Match.AllowUnsafe = Options.AllowUnsafe;
  std::vector<TuFindings> Tus(Jobs->size());
  if (Options.OnStage)
    Options.OnStage("scan");
  forEachIsolated(
      Jobs->size(), Options.Threads,
      [&](unsigned I) {
        Tus[I] = scanTu((*Jobs)[I], Rules, *Code.Files, Tu, Unsaved);
      },
      [](unsigned) {}, Options.Progress);
  if (Options.OnStage)
    Options.OnStage("verify");
  ScanPlan NothingMore;
  Expected<VerifiedPlan> Verified =
      planAndVerify({Rules, *Code.Files, Tu.Match, *Jobs, Tus,
                     Code.ResolveHeader, Unsaved, Code.Jobs, NothingMore,
                     VerifyExtent::Scanned, Options.Threads, Options.Progress});
  if (!Verified)
    return Verified.takeError();
  Outcome Result;
  Result.Verified = std::move(*Verified);
  Result.Unparsed = count_if(Tus, [](const TuFindings &Tu) {
    return !Tu.Parsed || !Tu.Errors.empty();
  });
  formatChanges(Result.Verified.Plan);
  return Result;
}

Expected<Outcome> runSaved(const Project &Code) {
  Expected<ScanRun> Scan = runScan(Code, ScanExtent::Mentions);
  if (!Scan)
    return Scan.takeError();
  Expected<VerifiedPlan> Verified = runPlan(Code, *Scan);
  if (!Verified)
    return Verified.takeError();
  return Outcome{std::move(*Verified), unsigned(unparsedTus(*Scan).size())};
}

/// Edits that lead from Before to After. Laying lines out moves white space
/// that FileChange::Edits do not tell of: then, one edit around it all.
std::vector<Edit> exactEdits(const FileChange &Change) {
  if (applyEdits(Change.Before, Change.Edits) == Change.After)
    return Change.Edits;
  StringRef Before = Change.Before, After = Change.After;
  size_t Same = 0, SameAtEnd = 0,
         Shorter = std::min(Before.size(), After.size());
  while (Same < Shorter && Before[Same] == After[Same])
    ++Same;
  // Whole lines, so that no character is cut.
  Same = Before.take_front(Same).rfind('\n') + 1;
  while (SameAtEnd < Shorter - Same && Before[Before.size() - 1 - SameAtEnd] ==
                                           After[After.size() - 1 - SameAtEnd])
    ++SameAtEnd;
  StringRef Tail = Before.take_back(SameAtEnd);
  size_t Line = Tail.find('\n');
  SameAtEnd = Line == StringRef::npos ? 0 : Tail.size() - Line;
  return {{Change.Path, unsigned(Same),
           unsigned(Before.size() - Same - SameAtEnd),
           After.drop_front(Same).drop_back(SameAtEnd).str()}};
}

} // namespace

Expected<Migration> migrate(ProjectOptions Options, const Documents &Open,
                            PositionEncoding Encoding,
                            const ProgressReport &Report) {
  std::string Stage = "read";
  Options.OnStage = [&](StringRef Name) {
    Stage = Name.str();
    Report(Stage, 0, 0);
  };
  Options.Progress = [&](unsigned Done, unsigned Total) {
    Report(Stage, Done, Total);
  };
  Expected<Project> Code = loadProject(Options);
  if (!Code)
    return Code.takeError();
  StringMap<std::string> Unsaved = unsavedOf(Open, *Code->Files);
  Expected<Outcome> Result =
      Unsaved.empty() ? runSaved(*Code) : runOverlaid(*Code, Unsaved);
  if (!Result)
    return Result.takeError();
  const EditPlan &Plan = Result->Verified.Plan;
  Migration Done;
  Done.OnePass = !Unsaved.empty();
  Done.Files = Plan.Files.size();
  Done.Findings = Plan.Findings.size();
  Done.Unparsed = Result->Unparsed;
  Done.Dropped = Result->Verified.Dropped.size();
  Done.Left =
      count_if(Plan.Findings, [](const Finding &F) { return F.isLeft(); });
  for (const FileChange &Change : Plan.Files) {
    auto Known = Open.find(Change.Path);
    Document Closed;
    Closed.Uri = uriOfPath(Change.Path);
    bool IsOpen = Known != Open.end();
    Done.DocumentChanges.push_back(
        documentEdit(IsOpen ? Known->second : Closed, IsOpen,
                     textEdits(exactEdits(Change), Change.Before, Encoding)));
  }
  raw_string_ostream Diff(Done.Diff);
  if (Error E = printDiff(Plan.Files, Code->Files->root(), false, Diff))
    return std::move(E);
  return Done;
}

} // namespace consolidate
