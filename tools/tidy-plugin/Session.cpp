//===- Session.cpp - Findings of the TU clang-tidy is on ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Session.h"

#include "consolidate/Pipeline.h"

#include "llvm/Support/Path.h"

#include <mutex>

using namespace clang;
using namespace llvm;

namespace consolidate {

/// A project and its rules, loaded once per process and rules file.
struct SessionProject {
  std::optional<Project> Code;
  std::shared_ptr<const CompiledRules> Rules;
  std::string Problem;
};

namespace {

std::shared_ptr<const SessionProject>
load(StringRef MainFile, StringRef Directory, const SessionOptions &Options) {
  auto Result = std::make_shared<SessionProject>();
  ProjectOptions Asked;
  Asked.WorkingDirectory = sys::path::parent_path(MainFile).str();
  Asked.Rules = Options.Rules;
  if (!Options.BuildPath.empty())
    Asked.BuildDirectories.push_back(Options.BuildPath);
  Expected<Project> Code = loadProject(Asked);
  if (!Code && Options.BuildPath.empty()) {
    // The commands' working directory is usually the build directory.
    std::string First = toString(Code.takeError());
    Asked.BuildDirectories = {Directory.str()};
    Code = loadProject(Asked);
    if (!Code) {
      consumeError(Code.takeError());
      Result->Problem = std::move(First);
      return Result;
    }
  }
  if (!Code) {
    Result->Problem = toString(Code.takeError());
    return Result;
  }
  Result->Code = std::move(*Code);
  Expected<CompiledRules> Rules =
      compileRules(Result->Code->Rules, Result->Code->Jobs);
  if (Rules)
    Result->Rules = std::make_shared<CompiledRules>(std::move(*Rules));
  else
    Result->Problem = toString(Rules.takeError());
  return Result;
}

/// Loads are shared: an editor and `run-clang-tidy` visit many files.
std::shared_ptr<const SessionProject> loadOnce(StringRef MainFile,
                                               StringRef Directory,
                                               const SessionOptions &Options) {
  static std::mutex Guard;
  static std::map<std::string, std::shared_ptr<const SessionProject>> Known;
  std::string Key = sys::path::parent_path(MainFile).str() + '\n' +
                    Directory.str() + '\n' + Options.Rules + '\n' +
                    Options.BuildPath;
  std::lock_guard<std::mutex> Lock(Guard);
  std::shared_ptr<const SessionProject> &Entry = Known[Key];
  if (!Entry)
    Entry = load(MainFile, Directory, Options);
  return Entry;
}

} // namespace

std::shared_ptr<Session> Session::of(Preprocessor &PP, StringRef MainFile,
                                     StringRef Directory,
                                     const SessionOptions &Options) {
  // The checks of one translation unit ask one after the other; the first
  // creates the session, the last owner ends it.
  static thread_local std::map<const Preprocessor *, std::weak_ptr<Session>>
      Open;
  for (auto It = Open.begin(); It != Open.end();)
    It = It->second.expired() ? Open.erase(It) : std::next(It);
  if (std::shared_ptr<Session> Known = Open[&PP].lock())
    return Known;
  auto Result = std::make_shared<Session>();
  Result->Options = Options;
  Result->Code = loadOnce(MainFile, Directory, Options);
  Result->Rules = Result->Code->Rules;
  Result->Problem = Result->Code->Problem;
  Result->Includes = recordIncludes(PP, {});
  Open[&PP] = Result;
  return Result;
}

const EditPlan &Session::plan(ASTContext &Context) {
  if (Matched || !Problem.empty())
    return Result;
  Matched = true;
  MatchOptions Asked;
  Asked.AllowUnsafe = Options.AllowUnsafe;
  const Project &Project = *Code->Code;
  TuFindings Tu = match(
      Context, *Rules,
      [&](StringRef Path) { return Project.Files->contains(Path); },
      Includes.get(), Asked);
  Expected<EditPlan> Plan =
      makePlan(Project.Rules, {Tu}, Project.ResolveHeader, {});
  if (Plan)
    Result = std::move(*Plan);
  else
    Problem = toString(Plan.takeError());
  return Result;
}

} // namespace consolidate
