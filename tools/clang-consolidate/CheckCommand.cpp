//===- CheckCommand.cpp - check -------------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "BaselineFile.h"
#include "CommandLine.h"
#include "Terminal.h"

#include "consolidate/Check.h"

#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {

/// Why something may be there that was not counted; "": nothing is. All TUs are
/// parsed, so a file that cannot be read is in none, or an error of one.
static std::string whyIncomplete(const Project &Code, const ScanRun &Scan) {
  if (!Code.Options.Paths.empty())
    return "only some paths were asked for";
  if (isIncomplete(Scan))
    return "not every translation unit could be parsed";
  return "";
}

int runCheckCommand(const Invocation &Asked) {
  Expected<Project> Code = openProject(Asked);
  if (!Code)
    return fail(Code.takeError());
  Expected<BaselineFile> Known = BaselineFile::open(Asked, *Code);
  if (!Known)
    return fail(Known.takeError());
  Expected<ScanRun> Scan = runScan(*Code, ScanExtent::Everything);
  if (!Scan)
    return fail(Scan.takeError());
  CheckReport Report =
      runCheck(Code->Rules, Scan->Tus, Scan->Plan, *Code->Files);
  Known->compare(Report, *Code->Files, whyIncomplete(*Code, *Scan));
  Error Updated = Known->update(Report, Asked.Quiet);
  if (Asked.Format == OutputFormat::Json)
    printCheckJson(Report, outs());
  else
    printCheckText(Report, outs(), colourOnStdout());
  outs().flush();
  if (Updated)
    return fail(std::move(Updated));
  // A broken limit is certain whatever could not be seen; a kept one is not.
  if (Report.isBroken() || Report.hasStaleEntries())
    return ExitPending;
  return isIncomplete(*Scan) ? ExitUnparsed : ExitClean;
}

} // namespace consolidate
