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

/// Parses over the unsaved texts each TU that the survey plans from the disk,
/// and each that reads one of these files.
Expected<ScanRun> scanOverlaid(const Project &Code,
                               StringMap<std::string> Unsaved) {
  const ProjectOptions &Options = Code.Options;
  ScanRun Run;
  Expected<ScanPlan> Plan =
      survey(Code.Rules, Code.Jobs, *Code.Files, {}, Options.Threads);
  if (!Plan)
    return Plan.takeError();
  Run.Plan = std::move(*Plan);
  std::set<unsigned> Wanted;
  for (const PlannedTu &Tu : Run.Plan.Tus)
    Wanted.insert(Tu.JobIndex);
  for (const auto &File : Unsaved)
    for (unsigned I = 0; I < Code.Jobs.size(); ++I)
      if (Code.Jobs[I].File == File.getKey() ||
          !includeChain(Run.Plan, Code.Jobs[I].File, File.getKey()).empty())
        Wanted.insert(I);
  Run.Plan.Tus.clear();
  for (unsigned I : Wanted) {
    Run.Jobs.push_back(Code.Jobs[I]);
    Run.Plan.Tus.push_back({Code.Jobs[I], I, "open in the editor"});
  }
  Expected<CompiledRules> Compiled = compileRules(Code.Rules, Code.Jobs);
  if (!Compiled)
    return Compiled.takeError();
  Run.Rules.emplace(std::move(*Compiled));
  Run.Texts = std::move(Unsaved);
  TuOptions Tu;
  Tu.Match.AllowUnsafe = Options.AllowUnsafe;
  Run.Tus.resize(Run.Jobs.size());
  if (Options.OnStage)
    Options.OnStage("scan");
  forEachIsolated(
      Run.Jobs.size(), Options.Threads,
      [&](unsigned I) {
        Run.Tus[I] =
            scanTu(Run.Jobs[I], *Run.Rules, *Code.Files, Tu, Run.Texts);
      },
      [&](unsigned I) {
        Run.Tus[I].MainFile = Run.Jobs[I].File;
        Run.Tus[I].Parsed = false;
      },
      Options.Progress);
  return Run;
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
  Expected<ScanRun> Scan = Unsaved.empty()
                               ? runScan(*Code, ScanExtent::Mentions)
                               : scanOverlaid(*Code, std::move(Unsaved));
  if (!Scan)
    return Scan.takeError();
  Expected<VerifiedPlan> Verified = runPlan(*Code, *Scan);
  if (!Verified)
    return Verified.takeError();
  const EditPlan &Plan = Verified->Plan;
  Migration Done;
  Done.Files = Plan.Files.size();
  Done.Findings = Plan.Findings.size();
  Done.Unparsed = unparsedTus(*Scan).size();
  Done.Dropped = Verified->Dropped.size();
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
