//===- Commands.cpp - survey, diff, apply, undo ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"
#include "Summary.h"
#include "Terminal.h"

#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "llvm/Support/raw_ostream.h"

#include <spdlog/spdlog.h>

using namespace llvm;

namespace consolidate {

int fail(Error E) {
  int Status = ExitUsage;
  handleAllErrors(
      std::move(E),
      [&](const ToolError &Own) {
        Status = exitCodeFor(Own.kind());
        errs() << "clang-consolidate: error: " << Own.message() << "\n";
      },
      [&](const ErrorInfoBase &Other) {
        errs() << "clang-consolidate: error: " << Other.message() << "\n";
      });
  return Status;
}

int runCommand(const Invocation &Asked) {
  if (Asked.Command == "survey")
    return runSurvey(Asked);
  if (Asked.Command == "diff")
    return runDiff(Asked);
  if (Asked.Command == "apply")
    return runApply(Asked);
  if (Asked.Command == "undo")
    return runUndo(Asked);
  if (Asked.Command == "check")
    return runCheckCommand(Asked);
  return runExplain(Asked);
}

namespace {

/// Project, scan and verified plan of one run.
struct Run {
  Project Code;
  ScanRun Scan;
  VerifiedPlan Verified;
};

Expected<Run> runAll(const Invocation &Asked) {
  ProjectOptions Options = Asked.Project;
  if (!Asked.Quiet)
    showProgress(Options);
  Run Result;
  Expected<Project> Code = loadProject(Options);
  if (!Code)
    return Code.takeError();
  Result.Code = std::move(*Code);
  if (Expected<bool> Recovered = recoverJournal(Result.Code.Files->root());
      !Recovered)
    return Recovered.takeError();
  else if (*Recovered)
    spdlog::warn("an earlier run was killed while it wrote; it has been "
                 "brought to its end");
  Expected<ScanRun> Scan = runScan(Result.Code, ScanExtent::Mentions);
  if (!Scan)
    return Scan.takeError();
  Result.Scan = std::move(*Scan);
  Expected<VerifiedPlan> Verified = runPlan(Result.Code, Result.Scan);
  if (!Verified)
    return Verified.takeError();
  Result.Verified = std::move(*Verified);
  return Result;
}

} // namespace

int runSurvey(const Invocation &Asked) {
  Expected<Project> Code = loadProject(Asked.Project);
  if (!Code)
    return fail(Code.takeError());
  Expected<ScanPlan> Plan =
      survey(Code->Rules, Code->Jobs, *Code->Files, Asked.Project.Paths,
             Asked.Project.Threads);
  if (!Plan)
    return fail(Plan.takeError());
  std::map<std::string, std::array<unsigned, 4>> ByWord;
  for (const auto &File : Plan->Files)
    if (File.second.InScope)
      for (const Mention &M : File.second.Mentions)
        ++ByWord[M.Word][size_t(M.Kind)];
  outs() << "rules: " << Code->Rules.Origin << "\nroot: "
         << Code->Files->root() << "\n\nmentions (code, string, comment, "
         << "include):\n";
  for (const auto &[Word, Counts] : ByWord)
    outs() << "  " << Word << ": " << Counts[0] << ", " << Counts[1] << ", "
           << Counts[2] << ", " << Counts[3] << "\n";
  outs() << "\ntranslation units to parse: " << Plan->Tus.size() << " of "
         << Plan->TotalTus << "\n";
  for (const PlannedTu &Tu : Plan->Tus)
    outs() << "  " << Code->Files->relative(Tu.Job.File) << ": " << Tu.Reason
           << "\n";
  for (const std::string &File : Plan->UnreachedFiles)
    outs() << "in no translation unit: " << Code->Files->relative(File) << "\n";
  return ExitClean;
}

int runDiff(const Invocation &Asked) {
  Expected<Run> Result = runAll(Asked);
  if (!Result)
    return fail(Result.takeError());
  const EditPlan &Plan = Result->Verified.Plan;
  const std::string &Root = Result->Code.Files->root();
  if (Asked.Format == OutputFormat::Json)
    printFindingsJson(Plan, Root, outs());
  else if (Error E = printDiff(Plan.Files, patchRoot(Root), colourOnStdout(),
                               outs()))
    return fail(std::move(E));
  outs().flush();
  if (!Asked.Quiet)
    printSummary(Result->Code, Result->Scan, Result->Verified, Asked.Verbose);
  return statusOf(Result->Scan, Result->Verified,
                  Plan.Files.empty() ? ExitClean : ExitPending);
}

int runApply(const Invocation &Asked) {
  Expected<Run> Result = runAll(Asked);
  if (!Result)
    return fail(Result.takeError());
  if (!Asked.Quiet)
    printSummary(Result->Code, Result->Scan, Result->Verified, Asked.Verbose);
  if (!unparsedTus(Result->Scan).empty() && !Asked.KeepGoing) {
    errs() << "clang-consolidate: error: nothing was written: the translation "
              "units above did not parse, so the change cannot be verified in "
              "them; repair them, or say --keep-going\n";
    return ExitUnparsed;
  }
  ApplyOptions Options;
  Options.Root = Result->Code.Files->root();
  Options.AllowDirty = Asked.AllowDirty;
  Options.Label = Asked.Words;
  Expected<ApplyResult> Applied =
      applyChanges(Result->Verified.Plan.Files, Options);
  if (!Applied)
    return fail(Applied.takeError());
  outs() << "wrote " << Applied->Files << " files: " << Applied->Added
         << " lines added, " << Applied->Removed << " removed\n";
  return statusOf(Result->Scan, Result->Verified, ExitClean);
}

int runUndo(const Invocation &Asked) {
  // The journal lies at the root; no build directory is needed to find it.
  Expected<std::string> Root = findRoot(Asked.Project);
  if (!Root)
    return fail(Root.takeError());
  Expected<ApplyResult> Undone = undoLast(*Root);
  if (!Undone)
    return fail(Undone.takeError());
  outs() << "restored " << Undone->Files << " files\n";
  return ExitClean;
}

} // namespace consolidate
