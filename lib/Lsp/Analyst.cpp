//===- Analyst.cpp - Analyses open files on a thread of its own -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "LspInternal.h"

#include "consolidate/Scan.h"
#include "consolidate/Support.h"

#include "llvm/Support/Path.h"

using namespace llvm;
using std::chrono::steady_clock;

namespace consolidate {

Analyst::Analyst(const ServerOptions &Options, Done OnDone)
    : Options(Options), OnDone(std::move(OnDone)), Worker([this] { run(); }) {}

Analyst::~Analyst() {
  {
    std::lock_guard<std::mutex> Lock(Guard);
    Stopping = true;
  }
  Wake.notify_all();
  Worker.join();
}

// --- What the client says ----------------------------------------------------

void Analyst::setFolders(std::vector<std::string> Paths) {
  std::lock_guard<std::mutex> Lock(Guard);
  Folders = std::move(Paths);
}

std::vector<std::string> Analyst::folders() const {
  std::lock_guard<std::mutex> Lock(Guard);
  return Folders;
}

/// The caller holds the lock.
void Analyst::schedule(State &File, bool Now) {
  File.Dirty = true;
  File.Due = steady_clock::now() +
             std::chrono::milliseconds(Now ? 0 : Options.DelayMs);
  Wake.notify_all();
}

void Analyst::open(Document File) {
  std::lock_guard<std::mutex> Lock(Guard);
  State &Entry = Files[File.Path];
  Entry.File = std::move(File);
  schedule(Entry, /*Now=*/true);
}

void Analyst::change(Document File) {
  std::lock_guard<std::mutex> Lock(Guard);
  auto Entry = Files.find(File.Path);
  if (Entry == Files.end())
    return;
  Entry->second.File = std::move(File);
  schedule(Entry->second, /*Now=*/false);
}

void Analyst::close(const std::string &Path) {
  std::vector<Done> Waiting;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    auto Entry = Files.find(Path);
    if (Entry == Files.end())
      return;
    Waiting = std::move(Entry->second.Waiting);
    Files.erase(Entry);
  }
  for (Done &Then : Waiting)
    Then(nullptr);
}

void Analyst::refresh(bool Reload) {
  std::lock_guard<std::mutex> Lock(Guard);
  if (Reload)
    ReloadAsked = true;
  for (auto &[Path, Entry] : Files)
    schedule(Entry, /*Now=*/false);
}

void Analyst::whenReady(const std::string &Path, Done Then) {
  std::shared_ptr<const Analysis> Known;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    auto Entry = Files.find(Path);
    if (Entry != Files.end() && Entry->second.Dirty) {
      Entry->second.Waiting.push_back(std::move(Then));
      return;
    }
    if (Entry != Files.end())
      Known = Entry->second.Known;
  }
  Then(std::move(Known));
}

Documents Analyst::documents() const {
  std::lock_guard<std::mutex> Lock(Guard);
  Documents Result;
  for (const auto &[Path, Entry] : Files)
    Result[Path] = Entry.File;
  return Result;
}

// --- Projects ----------------------------------------------------------------

ProjectOptions Analyst::optionsFor(StringRef Path) const {
  ProjectOptions Result = Options.Project;
  std::string Folder;
  for (const std::string &Known : folders())
    if (Known.size() > Folder.size() &&
        (Path == Known || Path.starts_with(Known + "/")))
      Folder = Known;
  if (Result.Rules.empty())
    if (std::optional<std::string> Rules =
            discoverRules(sys::path::parent_path(Path)))
      Folder = sys::path::parent_path(*Rules).str();
  Result.WorkingDirectory =
      Folder.empty() ? sys::path::parent_path(Path).str() : Folder;
  return Result;
}

Analyst::Opened &Analyst::projectFor(const std::string &Path) {
  if (ReloadAsked.exchange(false))
    Projects.clear();
  ProjectOptions Asked = optionsFor(Path);
  Opened &Entry = Projects[Asked.WorkingDirectory];
  if (Entry.Project && isUpToDate(*Entry.Project))
    return Entry;
  auto Project = openForEditing(Asked);
  if (Project)
    Entry = {std::move(*Project), ""};
  else
    Entry = {nullptr, "the consolidation rules cannot be used: " +
                          toString(Project.takeError())};
  return Entry;
}

// --- The worker --------------------------------------------------------------

static void take(OpenFilePlan &Found, Analysis &Result) {
  Result.Plan = std::move(Found.Plan);
  if (!Found.SeenWhole)
    return;
  std::vector<const Finding *> Here;
  for (const Finding &F : Result.Plan.Findings)
    if (F.Path == Result.File.Path)
      Here.push_back(&F);
  Result.Unused = unusedSuppressionsIn(
      Result.File.Path, *Result.File.Text, Here, [&](unsigned Offset) {
        return any_of(Found.Skipped, [&](const SkippedRange &R) {
          return R.Begin <= Offset && Offset < R.End;
        });
      });
}

std::shared_ptr<const Analysis>
Analyst::analyse(const Document &File, std::shared_ptr<OpenFile> &Parser) {
  auto Result = std::make_shared<Analysis>();
  Result->File = File;
  Opened &Project = projectFor(File.Path);
  Result->Problem = Project.Problem;
  if (!Project.Project)
    return Result;
  if (!Parser)
    Parser = std::make_shared<OpenFile>(File.Path);
  forEachIsolated(
      1, 1,
      [&](unsigned) {
        auto Plan = Parser->analyse(*Project.Project, *File.Text, {});
        if (Plan)
          take(*Plan, *Result);
        else
          Result->Problem = toString(Plan.takeError());
      },
      [&](unsigned) {
        Result->Problem = "Clang crashed while parsing this file";
        Parser.reset();
      },
      {});
  return Result;
}

void Analyst::run() {
  std::unique_lock<std::mutex> Lock(Guard);
  while (!Stopping) {
    State *Next = nullptr;
    for (auto &[Path, Entry] : Files)
      if (Entry.Dirty && (!Next || Entry.Due < Next->Due))
        Next = &Entry;
    if (!Next) {
      Wake.wait(Lock);
      continue;
    }
    if (Next->Due > steady_clock::now()) {
      Wake.wait_until(Lock, Next->Due);
      continue;
    }
    Document File = Next->File;
    std::shared_ptr<OpenFile> Parser = std::move(Next->Parser);
    Lock.unlock();
    std::shared_ptr<const Analysis> Result = analyse(File, Parser);
    Lock.lock();
    auto Entry = Files.find(File.Path);
    if (Entry == Files.end())
      continue;
    Entry->second.Parser = std::move(Parser);
    // Typed on meanwhile: nobody wants to see this one.
    if (Entry->second.File.Text != File.Text)
      continue;
    Entry->second.Dirty = false;
    Entry->second.Known = Result;
    std::vector<Done> Waiting = std::move(Entry->second.Waiting);
    Entry->second.Waiting.clear();
    Lock.unlock();
    OnDone(Result);
    for (Done &Then : Waiting)
      Then(Result);
    Lock.lock();
  }
}

} // namespace consolidate
