//===- Session.cpp - Findings of the TU clang-tidy is on ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Session.h"

#include "llvm/Support/Path.h"

#include <mutex>

using namespace clang;
using namespace llvm;

namespace consolidate {

/// A project and its rules, or what is wrong with them.
struct SessionProject {
  std::shared_ptr<const EditorProject> Code;
  std::string Problem;
};

namespace {

SessionProject load(StringRef MainFile, StringRef Directory,
                    const SessionOptions &Options) {
  ProjectOptions Asked;
  Asked.WorkingDirectory = sys::path::parent_path(MainFile).str();
  Asked.Rules = Options.Rules;
  Asked.AllowUnsafe = Options.AllowUnsafe;
  if (!Options.BuildPath.empty())
    Asked.BuildDirectories.push_back(Options.BuildPath);
  auto Code = openForEditing(Asked);
  if (Code)
    return {std::move(*Code), ""};
  std::string First = toString(Code.takeError());
  if (!Options.BuildPath.empty())
    return {nullptr, std::move(First)};
  // The commands' working directory is usually the build directory.
  Asked.BuildDirectories = {Directory.str()};
  Code = openForEditing(Asked);
  if (Code)
    return {std::move(*Code), ""};
  consumeError(Code.takeError());
  return {nullptr, std::move(First)};
}

/// Loads are shared: an editor and `run-clang-tidy` visit many files. What
/// could not be loaded is tried again, for it may have been mended.
SessionProject loadOnce(StringRef MainFile, StringRef Directory,
                        const SessionOptions &Options) {
  static std::mutex Guard;
  static std::map<std::string, SessionProject> Known;
  std::string Key = sys::path::parent_path(MainFile).str() + '\n' +
                    Directory.str() + '\n' + Options.Rules + '\n' +
                    Options.BuildPath + (Options.AllowUnsafe ? "\nunsafe" : "");
  std::lock_guard<std::mutex> Lock(Guard);
  SessionProject &Entry = Known[Key];
  if (!Entry.Code || !isUpToDate(*Entry.Code))
    Entry = load(MainFile, Directory, Options);
  return Entry;
}

/// True when \p Context holds more than its front end wants to be looked at:
/// clangd shows one file, and keeps its headers compiled.
bool isNarrowed(const ASTContext &Context) {
  const auto &Scope = Context.getTraversalScope();
  return Scope.size() != 1 || !isa<TranslationUnitDecl>(Scope.front());
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
  SessionProject Loaded = loadOnce(MainFile, Directory, Options);
  Result->Code = std::move(Loaded.Code);
  Result->Problem = std::move(Loaded.Problem);
  Result->Includes = recordIncludes(PP, {});
  Open[&PP] = Result;
  return Result;
}

const EditPlan &Session::plan(ASTContext &Context) {
  if (Matched || !Problem.empty())
    return Result;
  Matched = true;
  static PreambleFacts Preambles;
  const SourceManager &SM = Context.getSourceManager();
  StringRef Text = SM.getBufferData(SM.getMainFileID());
  MatchOptions Asked;
  Asked.AllowUnsafe = Code->Code.Options.AllowUnsafe;
  TuFindings Tu = match(
      Context, Code->Rules,
      [&](StringRef Path) { return Code->Code.Files->contains(Path); },
      Includes.get(), Asked);
  std::shared_ptr<const TuFindings> Facts;
  if (std::optional<TuJob> Job = jobFor(Code->Code, Tu.MainFile)) {
    if (isNarrowed(Context))
      Facts = Preambles.of(*Code, *Job, Text);
    if (needsHealing(Facts ? *Facts : Tu, Code->Code.Rules)) {
      Tu = scanText(*Code, *Job, Text);
      Facts = nullptr;
    }
  }
  Expected<EditPlan> Plan =
      planOpenFile(*Code, std::move(Tu), Facts.get(), Text);
  if (Plan)
    Result = std::move(*Plan);
  else
    Problem = toString(Plan.takeError());
  return Result;
}

} // namespace consolidate
