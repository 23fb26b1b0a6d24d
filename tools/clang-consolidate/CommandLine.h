//===- CommandLine.h - What the user asked for ------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TOOLS_COMMANDLINE_H
#define CONSOLIDATE_TOOLS_COMMANDLINE_H

#include "consolidate/Pipeline.h"

#include <string>
#include <vector>

namespace consolidate {

enum class OutputFormat { Text, Json, Junit };

/// One parsed command line.
struct Invocation {
  std::string Command;
  ProjectOptions Project;
  OutputFormat Format = OutputFormat::Text;
  std::string Baseline; ///< Of `check`: a file; "": that of the rules.
  bool UpdateBaseline = false;
  bool GrowBaseline = false;
  std::string Since; ///< A git revision: only what has changed; "": all.
  bool AllowDirty = false;
  bool KeepGoing = false;
  bool Verbose = false;
  bool Quiet = false;
  bool Quick = false;             ///< Of `explain`: no scan.
  bool Update = false;            ///< Of `test`.
  std::string Subject;            ///< Of `explain`.
  std::vector<std::string> Names; ///< Of `test`: cases to run; empty: all.
  std::string Words; ///< The command line as typed, for the journal.
};

/// Exit statuses of every command, as docs/cli.md promises them.
enum ExitStatus {
  ExitClean = 0,
  ExitPending = 1,
  ExitUsage = 2,
  ExitUnparsed = 3,
  ExitDropped = 4,
};

/// Parses \p Argv. Returns the status to exit with when there is nothing to
/// run (help, version, a wrong option; the message is printed).
std::optional<int> parseCommandLine(int Argc, char **Argv, Invocation &Out);

/// Runs the command.
int runCommand(const Invocation &Asked);

/// Loads the project, with progress on a terminal, and brings a run that was
/// killed while it wrote to its end.
llvm::Expected<Project>
openProject(const Invocation &Asked,
            std::shared_ptr<class StageClock> *Clock = nullptr);

int runSurvey(const Invocation &Asked);
int runDiff(const Invocation &Asked);
int runApply(const Invocation &Asked);
int runUndo(const Invocation &Asked);
int runCheckCommand(const Invocation &Asked);
int runTest(const Invocation &Asked);
int runLsp(const Invocation &Asked);
int runExplain(const Invocation &Asked);

/// Prints the error in full and returns its exit status.
int fail(llvm::Error E);

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_COMMANDLINE_H
