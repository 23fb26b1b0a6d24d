//===- CheckCommand.cpp - check -------------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"
#include "Terminal.h"

#include "consolidate/Check.h"

#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {

int runCheckCommand(const Invocation &Asked) {
  Expected<Project> Code = openProject(Asked);
  if (!Code)
    return fail(Code.takeError());
  Expected<ScanRun> Scan = runScan(*Code, ScanExtent::Everything);
  if (!Scan)
    return fail(Scan.takeError());
  CheckReport Report =
      runCheck(Code->Rules, Scan->Tus, Scan->Plan, *Code->Files);
  if (Asked.Format == OutputFormat::Json)
    printCheckJson(Report, outs());
  else
    printCheckText(Report, outs(), colourOnStdout());
  outs().flush();
  // A broken limit is certain whatever could not be seen; a kept one is not.
  if (Report.isBroken())
    return ExitPending;
  return isIncomplete(*Scan) ? ExitUnparsed : ExitClean;
}

} // namespace consolidate
