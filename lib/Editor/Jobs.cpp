//===- Jobs.cpp - A project for editing, and commands for its files -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Editor.h"

#include "consolidate/Support.h"

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/FileSystem.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// The jobs as Clang's tooling knows them, for its interpolation.
class JobDatabase : public tooling::CompilationDatabase {
public:
  explicit JobDatabase(ArrayRef<TuJob> Jobs) : Jobs(Jobs) {}

  std::vector<tooling::CompileCommand>
  getCompileCommands(StringRef File) const override {
    std::vector<tooling::CompileCommand> Result;
    for (const TuJob &Job : Jobs)
      if (Job.File == File)
        Result.emplace_back(Job.Directory, Job.File, Job.Arguments, "");
    return Result;
  }
  std::vector<std::string> getAllFiles() const override {
    std::vector<std::string> Result;
    for (const TuJob &Job : Jobs)
      Result.push_back(Job.File);
    return Result;
  }

private:
  ArrayRef<TuJob> Jobs;
};

std::string timeOf(StringRef Path) {
  sys::fs::file_status Status;
  if (sys::fs::status(Path, Status))
    return Path.str() + " none\n";
  return Path.str() + " " +
         std::to_string(
             Status.getLastModificationTime().time_since_epoch().count()) +
         "\n";
}

std::string stampOf(const Project &Code) {
  std::string Stamp;
  const ProjectOptions &Options = Code.Options;
  if (Options.Rules.empty())
    Stamp +=
        timeOf(discoverRules(Options.Root.empty() ? Options.WorkingDirectory
                                                  : Options.Root)
                   .value_or(""));
  else
    Stamp += timeOf(Options.Rules);
  for (const std::string &Directory : Options.BuildDirectories)
    Stamp += timeOf(Directory + "/compile_commands.json");
  return Stamp;
}

} // namespace

Expected<std::shared_ptr<const EditorProject>>
openForEditing(const ProjectOptions &Options) {
  Expected<Project> Code = loadProject(Options);
  if (!Code)
    return Code.takeError();
  Expected<CompiledRules> Rules = compileRules(Code->Rules, Code->Jobs);
  if (!Rules)
    return Rules.takeError();
  auto Result = std::make_shared<EditorProject>();
  Result->Code = std::move(*Code);
  Result->Rules = std::move(*Rules);
  Result->Stamp = stampOf(Result->Code);
  return Result;
}

bool isUpToDate(const EditorProject &Project) {
  return stampOf(Project.Code) == Project.Stamp;
}

std::optional<TuJob> jobFor(const Project &Project, StringRef Path) {
  for (const TuJob &Job : Project.Jobs)
    if (Job.File == Path)
      return Job;
  if (Project.Jobs.empty())
    return std::nullopt;
  auto Nearest = tooling::inferMissingCompileCommands(
      std::make_unique<JobDatabase>(Project.Jobs));
  std::vector<tooling::CompileCommand> Commands =
      Nearest->getCompileCommands(Path);
  if (Commands.empty())
    return std::nullopt;
  TuJob Result;
  Result.File = Path.str();
  Result.Directory = Commands.front().Directory;
  Result.Arguments = Commands.front().CommandLine;
  Result.BuildDirectory = Project.Jobs.front().BuildDirectory;
  return Result;
}

} // namespace consolidate
