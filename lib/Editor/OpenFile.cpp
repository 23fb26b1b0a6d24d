//===- OpenFile.cpp - One file, analysed while it is typed ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Editor.h"

#include "consolidate/Support.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
/// True when an `#if` is still open behind \p Preamble: what is compiled there
/// was decided in it, and is not told.
static bool endsInsideCondition(StringRef Preamble) {
  int Open = 0;
  SmallVector<StringRef, 64> Lines;
  Preamble.split(Lines, '\n');
  for (StringRef Line : Lines) {
    Line = Line.ltrim();
    if (!Line.consume_front("#"))
      continue;
    Line = Line.ltrim();
    Open += Line.starts_with("if") ? 1 : Line.starts_with("endif") ? -1 : 0;
  }
  return Open != 0;
}

/// True when nothing but this command, and no error, decides what is in it.
static bool isSeenWhole(const Project &Project, StringRef Path,
                        const TuFindings &Live, const TuFindings &Preamble) {
  return Live.Parsed && Live.Errors.empty() && Preamble.Parsed &&
         Preamble.Errors.empty() &&
         count_if(Project.Jobs,
                  [&](const TuJob &Job) { return Job.File == Path; }) == 1;
}

Expected<OpenFilePlan> OpenFile::analyse(const EditorProject &Project,
                                         StringRef Text,
                                         const Overlay &Others) {
  std::optional<TuJob> Job = jobFor(Project.Code, Path);
  if (!Job)
    return makeError(ErrorKind::Unparsed,
                     "no compile command fits '" + Path + "'");
  Overlay Files = Others;
  Files.erase(Path);
  StringMap<std::string> Healed =
      healingShims(*Job, Project.Rules.Rules, Files);
  TuOptions Options;
  Options.Match.AllowUnsafe = Project.Code.Options.AllowUnsafe;
  TuFindings Found;
  FrontendResult Run =
      Parser.parse(*Job, Files, Text, [&](CompilerInstance &CI) {
        return makeMatchConsumer(Project.Rules, *Project.Code.Files, Options,
                                 recordIncludes(CI.getPreprocessor(), Healed),
                                 Found);
      });
  if (!Run.Ran)
    return makeError(ErrorKind::Unparsed, "'" + Path + "' does not parse");
  Found.MainFile = Path;
  Found.Errors = std::move(Run.Errors);
  std::shared_ptr<const TuFindings> Preamble = Facts.of(Project, *Job, Text);
  OpenFilePlan Result;
  Result.SeenWhole =
      isSeenWhole(Project.Code, Path, Found, *Preamble) &&
      !endsInsideCondition(Text.take_front(preambleLength(Text)));
  Result.Skipped = Found.Files[Path].Skipped;
  if (auto Main = Preamble->Files.find(Path); Main != Preamble->Files.end())
    append_range(Result.Skipped, Main->second.Skipped);
  Expected<EditPlan> Plan =
      planOpenFile(Project, std::move(Found), Preamble.get(), Text);
  if (!Plan)
    return Plan.takeError();
  Result.Plan = std::move(*Plan);
  return Result;
}

} // namespace consolidate
