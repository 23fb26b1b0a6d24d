//===- ExplainCommand.cpp - explain FILE ----------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"

#include "consolidate/Support.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {
namespace {

StringRef kindName(MentionKind Kind) {
  switch (Kind) {
  case MentionKind::Code:
    return "code";
  case MentionKind::String:
    return "string";
  case MentionKind::Comment:
    return "comment";
  case MentionKind::IncludePath:
    return "include";
  }
  return "";
}

void explainTus(const Project &Code, const ScanPlan &Plan,
                const std::string &File) {
  for (const PlannedTu &Tu : Plan.Tus)
    if (Tu.Job.File == File) {
      outs() << "parsed: " << Tu.Reason << "\n";
      return;
    }
  bool IsMain =
      any_of(Code.Jobs, [&](const TuJob &Job) { return Job.File == File; });
  if (IsMain)
    outs() << "not parsed: neither it nor a file it includes mentions a legacy "
              "name in code\n";
  auto Reaching = Plan.TusReaching.find(File);
  if (Reaching == Plan.TusReaching.end() || IsMain)
    return;
  outs() << "seen through " << Reaching->second.size()
         << " translation units, the first of them "
         << Code.Files->relative(Code.Jobs[Reaching->second.front()].File)
         << "\n";
}

} // namespace

int runExplain(const Invocation &Asked) {
  if (!sys::fs::is_regular_file(Asked.Subject))
    return fail(makeError(ErrorKind::Usage,
                          "there is no file '" + Asked.Subject + "'"));
  Expected<Project> Code = openProject(Asked);
  if (!Code)
    return fail(Code.takeError());
  std::string File = realPath(Asked.Subject);
  Expected<ScanPlan> Plan =
      survey(Code->Rules, Code->Jobs, *Code->Files, {}, Asked.Project.Threads);
  if (!Plan)
    return fail(Plan.takeError());
  auto Known = Plan->Files.find(File);
  if (Code->Files->contains(File) && Known == Plan->Files.end())
    return fail(makeError(ErrorKind::Usage,
                          "'" + Asked.Subject + "' is no source file of " +
                              Code->Files->root() +
                              "; its name has no C or C++ extension"));
  outs() << Code->Files->relative(File) << "\n";
  if (!Code->Files->contains(File)) {
    outs() << "outside the scope: never edited\n";
    return ExitClean;
  }
  for (const Mention &M : Known->second.Mentions)
    outs() << "  line " << M.Line << ": " << M.Word << " (" << kindName(M.Kind)
           << ")\n";
  if (Known->second.Mentions.empty())
    outs() << "mentions no legacy name\n";
  explainTus(*Code, *Plan, File);
  if (is_contained(Plan->UnreachedFiles, File))
    outs() << "in no translation unit: no compile command reaches it\n";
  return ExitClean;
}

} // namespace consolidate
