//===- Commands.cpp - survey, diff, apply, undo ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Accounts.h"
#include "CommandLine.h"
#include "Summary.h"
#include "Terminal.h"

#include "consolidate/Cover.h"
#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "llvm/Support/raw_ostream.h"

#include <spdlog/spdlog.h>

#include <csignal>

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

/// Takes the paths down to files that have changed.
static Expected<Invocation> narrowToChanges(const Invocation &Asked) {
  Invocation Narrowed = Asked;
  Narrowed.Since.clear();
  Expected<Project> Code = loadProject(Asked.Project);
  if (!Code)
    return Code.takeError();
  Expected<std::vector<std::string>> Changed =
      filesChangedSince(Code->Files->root(), Asked.Since);
  if (!Changed)
    return Changed.takeError();
  std::vector<std::string> Wanted = std::exchange(Narrowed.Project.Paths, {});
  for (const std::string &Path : *Changed)
    if (Code->Files->contains(Path) &&
        (Wanted.empty() || any_of(Wanted, [&](const std::string &Start) {
           return isAtOrBelow(Path, realPath(Start));
         })))
      Narrowed.Project.Paths.push_back(Path);
  return Narrowed;
}

static int dispatch(const Invocation &Asked) {
  if (!Asked.Since.empty()) {
    Expected<Invocation> Narrowed = narrowToChanges(Asked);
    if (!Narrowed)
      return fail(Narrowed.takeError());
    if (!Narrowed->Project.Paths.empty())
      return dispatch(*Narrowed);
    errs() << "nothing in the scope has changed since '" << Asked.Since
           << "'\n";
    return ExitClean;
  }

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
  if (Asked.Command == "test")
    return runTest(Asked);
  if (Asked.Command == "lsp")
    return runLsp(Asked);
  return runExplain(Asked);
}

int runCommand(const Invocation &Asked) {
  int Status = dispatch(Asked);
  outs().flush();
  if (!outs().has_error())
    return Status;
  // Half a patch must not look like a whole one.
  std::string Reason = outs().error().message();
  outs().clear_error();
  return fail(makeError(ErrorKind::FileSystem,
                        "cannot write to standard output: " + Reason));
}

Expected<Project> openProject(const Invocation &Asked,
                              std::shared_ptr<StageClock> *Clock) {
  ProjectOptions Options = Asked.Project;
  Options.OnWarning = [](const std::string &Text) { spdlog::warn(Text); };
  if (!Asked.Quiet)
    showProgress(Options);
  if (Clock)
    *Clock = watchStages(Options);
  Expected<Project> Code = loadProject(Options);
  if (!Code)
    return Code.takeError();
  Expected<bool> Recovered = recoverJournal(Code->Files->root());
  if (!Recovered)
    return Recovered.takeError();
  if (*Recovered)
    spdlog::warn("an earlier run was killed while it wrote; it has been "
                 "brought to its end");
  return Code;
}

static SummaryLevel levelOf(const Invocation &Asked) {
  return Asked.Quiet     ? SummaryLevel::Trouble
         : Asked.Verbose ? SummaryLevel::Everything
                         : SummaryLevel::Usual;
}

static void summarise(const Run &Result, SummaryLevel Level) {
  printSummary(Result.Code, Result.Scan, Result.Verified, Level);
  printAccounting(Result.Code, Result.Account, Level);
  if (Level == SummaryLevel::Everything)
    Result.Clock->print();
}

Expected<Run> runAll(const Invocation &Asked) {
  Run Result;
  Expected<Project> Code = openProject(Asked, &Result.Clock);
  if (!Code)
    return Code.takeError();
  Result.Code = std::move(*Code);
  Expected<ScanRun> Scan = runScan(Result.Code, ScanExtent::Mentions);
  if (!Scan)
    return Scan.takeError();
  Result.Scan = std::move(*Scan);
  Expected<VerifiedPlan> Verified = runPlan(Result.Code, Result.Scan);
  if (!Verified)
    return Verified.takeError();
  Result.Verified = std::move(*Verified);
  Result.Code.Options.OnStage("account");
  Result.Account = account(
      {Result.Code.Rules, *Result.Code.Files, Result.Scan.Plan, Result.Scan.Tus,
       Result.Verified.Plan, Asked.Project.Paths, Asked.Project.Threads});
  return Result;
}

int runSurvey(const Invocation &Asked) {
  Expected<Project> Code = openProject(Asked);
  if (!Code)
    return fail(Code.takeError());
  Expected<ScanPlan> Plan = survey(Code->Rules, Code->Jobs, *Code->Files,
                                   Asked.Project.Paths, Asked.Project.Threads);
  if (!Plan)
    return fail(Plan.takeError());
  Plan->Tus = Cover::firstRound(*Plan, Code->Jobs);
  std::map<std::string, std::array<unsigned, 4>> ByWord;
  for (const auto &File : Plan->Files)
    if (File.second.InScope)
      for (const Mention &M : File.second.Mentions)
        ++ByWord[M.Word][size_t(M.Kind)];
  outs() << "rules: " << Code->Rules.Origin << "\nroot: " << Code->Files->root()
         << "\n\nmentions (code, string, comment, "
         << "include):\n";
  for (const auto &[Word, Counts] : ByWord)
    outs() << "  " << Word << ": " << Counts[0] << ", " << Counts[1] << ", "
           << Counts[2] << ", " << Counts[3] << "\n";
  outs() << "\ntranslation units to parse: " << Plan->Tus.size() << " of "
         << Plan->TotalTus << ", " << Plan->SeeMention
         << " of which see a mention\n";
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
    printFindingsJson(Plan, Root, outs(),
                      accountingJson(Result->Account, *Result->Code.Files));
  else if (Error E =
               printDiff(Plan.Files, patchRoot(Root), colourOnStdout(), outs()))
    return fail(std::move(E));
  outs().flush();
  summarise(*Result, levelOf(Asked));
  return statusOf(Result->Scan, Result->Verified,
                  Plan.Files.empty() ? ExitClean : ExitPending);
}

namespace {

/// While files are written, Ctrl-C waits: it would leave half of the project
/// changed until the next command. It is taken up again at the end.
class InterruptsHeld {
public:
  InterruptsHeld() {
    sigset_t Ours;
    sigemptyset(&Ours);
    for (int Signal : {SIGINT, SIGTERM, SIGHUP})
      sigaddset(&Ours, Signal);
    pthread_sigmask(SIG_BLOCK, &Ours, &Before);
  }
  ~InterruptsHeld() { pthread_sigmask(SIG_SETMASK, &Before, nullptr); }
  InterruptsHeld(const InterruptsHeld &) = delete;

private:
  sigset_t Before;
};

} // namespace

int runApply(const Invocation &Asked) {
  Expected<Run> Result = runAll(Asked);
  if (!Result)
    return fail(Result.takeError());
  summarise(*Result, levelOf(Asked));
  if (isIncomplete(Result->Scan) && !Asked.KeepGoing) {
    errs() << "clang-consolidate: error: nothing was written: the translation "
              "units above did not parse, so the change cannot be verified in "
              "them; repair them, or say --keep-going\n";
    return ExitUnparsed;
  }
  ApplyOptions Options;
  Options.Root = Result->Code.Files->root();
  Options.AllowDirty = Asked.AllowDirty;
  Options.Label = Asked.Words;
  InterruptsHeld Held;
  Expected<ApplyResult> Applied =
      applyChanges(Result->Verified.Plan.Files, Options);
  if (!Applied)
    return fail(Applied.takeError());
  if (Applied->Files == 0)
    outs() << "nothing to write\n";
  else
    outs() << "wrote " << counted(Applied->Files, "file") << ": "
           << counted(Applied->Added, "line") << " added, " << Applied->Removed
           << " removed\n";
  outs().flush(); // while Ctrl-C waits
  return statusOf(Result->Scan, Result->Verified, ExitClean);
}

int runUndo(const Invocation &Asked) {
  InterruptsHeld Held;
  Expected<ApplyResult> Undone = undoLast(findJournalRoot(Asked.Project));
  if (!Undone)
    return fail(Undone.takeError());
  outs() << "restored " << counted(Undone->Files, "file") << "\n";
  outs().flush();
  return ExitClean;
}

} // namespace consolidate
