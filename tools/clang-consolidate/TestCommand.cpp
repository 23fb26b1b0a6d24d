//===- TestCommand.cpp - test ---------------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"
#include "Terminal.h"

#include "consolidate/RuleTest.h"
#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {
namespace {

/// The file as it is on disk may begin with a byte order mark, which is no part
/// of RuleSet::Text.
Error writeRules(const RuleSet &Rules, StringRef Text) {
  auto Disk = MemoryBuffer::getFile(Rules.Origin, /*IsText=*/false);
  if (!Disk)
    return makeError(ErrorKind::FileSystem, "cannot read " + Rules.Origin +
                                                ": " +
                                                Disk.getError().message());
  StringRef Bytes = (*Disk)->getBuffer();
  if (!Bytes.ends_with(Rules.Text))
    return makeError(
        ErrorKind::Refused,
        withCode(Rules.Origin + " was changed during the run; run again",
                 MessageId::ChangedMeanwhile));
  std::string New = (Bytes.drop_back(Rules.Text.size()) + Text).str();
  // A link stays a link.
  if (Error E = writeToOutput(realPath(Rules.Origin), [&](raw_ostream &OS) {
        OS << New;
        return Error::success();
      }))
    return makeError(ErrorKind::FileSystem, "cannot write " + Rules.Origin +
                                                ": " + toString(std::move(E)));
  return Error::success();
}

Error update(const RuleSet &Rules, std::vector<RuleTestResult> &Results) {
  if (StringRef(Rules.Origin).starts_with("builtin:"))
    return makeError(ErrorKind::Usage,
                     "the ruleset " + Rules.Origin +
                         " is part of the tool; copy it to a file, and name "
                         "that with --rules, to update its tests");
  Expected<std::string> Text = updateRuleTests(Rules, Results);
  if (!Text)
    return Text.takeError();
  if (*Text == Rules.Text)
    return Error::success();
  if (Error E = writeRules(Rules, *Text))
    return E;
  unsigned Updated = 0;
  for (RuleTestResult &Result : Results)
    if (Result.OnlyAfterDiffers) {
      Result.Failures.clear();
      ++Updated;
    }
  errs() << "updated " << Updated << " in " << Rules.Origin
         << "; read the difference before you commit it\n";
  return Error::success();
}

} // namespace

int runTest(const Invocation &Asked) {
  ProjectOptions Progress;
  if (!Asked.Quiet)
    showProgress(Progress);
  Expected<RuleSet> Rules = chooseRules(Asked.Project);
  if (!Rules)
    return fail(Rules.takeError());
  RuleTestOptions Options;
  Options.BuildDirectories = Asked.Project.BuildDirectories;
  Options.Names = Asked.Names;
  Options.Threads = Asked.Project.Threads;
  Options.Progress = Progress.Progress;
  if (Progress.OnStage)
    Progress.OnStage("test");
  Expected<std::vector<RuleTestResult>> Results = runRuleTests(*Rules, Options);
  if (!Results)
    return fail(Results.takeError());
  if (Asked.Update)
    if (Error E = update(*Rules, *Results))
      return fail(std::move(E));
  if (Asked.Format == OutputFormat::Junit)
    printRuleTestsJunit(*Rules, *Results, outs());
  else
    printRuleTestsText(*Rules, *Results, outs());
  bool Passed =
      all_of(*Results, [](const RuleTestResult &R) { return R.passed(); });
  return Passed ? ExitClean : ExitPending;
}

} // namespace consolidate
