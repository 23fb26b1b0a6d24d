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
namespace {

class MatchConsumer : public ASTConsumer {
public:
  MatchConsumer(const EditorProject &Project,
                std::shared_ptr<IncludeRecorder> Includes, TuFindings &Out)
      : Project(Project), Includes(std::move(Includes)), Out(Out) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    const Scope &InScope = *Project.Code.Files;
    MatchOptions Options;
    Options.AllowUnsafe = Project.Code.Options.AllowUnsafe;
    Out = match(
        Context, Project.Rules,
        [&](StringRef Path) { return InScope.contains(Path); }, Includes.get(),
        Options);
  }

private:
  const EditorProject &Project;
  std::shared_ptr<IncludeRecorder> Includes;
  TuFindings &Out;
};

} // namespace

Expected<EditPlan> OpenFile::analyse(const EditorProject &Project,
                                     StringRef Text, const Overlay &Others) {
  std::optional<TuJob> Job = jobFor(Project.Code, Path);
  if (!Job)
    return makeError(ErrorKind::Unparsed,
                     "no compile command fits '" + Path + "'");
  Overlay Files = Others;
  Files.erase(Path);
  StringMap<std::string> Healed =
      healingShims(*Job, Project.Rules.Rules, Files);
  TuFindings Found;
  FrontendResult Run =
      Parser.parse(*Job, Files, Text, [&](CompilerInstance &CI) {
        return std::make_unique<MatchConsumer>(
            Project, recordIncludes(CI.getPreprocessor(), Healed), Found);
      });
  if (!Run.Ran)
    return makeError(ErrorKind::Unparsed, "'" + Path + "' does not parse");
  Found.MainFile = Path;
  std::shared_ptr<const TuFindings> Preamble = Facts.of(Project, *Job, Text);
  return planOpenFile(Project, std::move(Found), Preamble.get(), Text);
}

} // namespace consolidate
