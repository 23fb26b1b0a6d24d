//===- Database.cpp - Step 2: build directories -> TU jobs ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Database.h"
#include "Arguments.h"
#include "consolidate/Support.h"

#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;
using namespace clang::tooling;

namespace consolidate {

namespace {

constexpr StringLiteral DatabaseName = "compile_commands.json";

constexpr StringLiteral HowToMakeOne =
    "configure the project with 'cmake -S . -B build "
    "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON' (or record a build with 'bear -- "
    "make') and pass its directory with -p";

std::string pathIn(StringRef Directory, StringRef Name) {
  SmallString<256> Path(Directory);
  sys::path::append(Path, Name);
  return std::string(Path);
}

bool hasDatabase(StringRef Directory) {
  return sys::fs::is_regular_file(pathIn(Directory, DatabaseName));
}

/// The JSON file that `-p` \p BuildDirectory means.
Expected<std::string> databaseFile(StringRef BuildDirectory) {
  if (sys::fs::is_regular_file(BuildDirectory))
    return BuildDirectory.str();
  std::string File = pathIn(BuildDirectory, DatabaseName);
  if (sys::fs::is_regular_file(File))
    return File;
  StringRef What = sys::fs::is_directory(BuildDirectory)
                       ? " has no compile_commands.json; "
                       : " does not exist; ";
  return makeError(ErrorKind::Usage, "build directory '" + BuildDirectory +
                                         "'" + What + HowToMakeOne);
}

Expected<std::unique_ptr<CompilationDatabase>> readDatabase(StringRef File) {
  std::string Message;
  auto Json = JSONCompilationDatabase::loadFromFile(
      File, Message, JSONCommandLineSyntax::AutoDetect);
  if (!Json)
    return makeError(ErrorKind::Usage,
                     "cannot read '" + File +
                         "': " + StringRef(Message).trim() +
                         "; generate it again, or pass another -p");
  return expandResponseFiles(std::move(Json), vfs::getRealFileSystem());
}

/// What two commands must share to be one job.
std::string jobKey(const TuJob &Job, bool DependsOnDirectory) {
  std::string Key = Job.File;
  Key += '\0';
  if (DependsOnDirectory)
    Key += Job.Directory;
  for (const std::string &Argument : Job.Arguments) {
    Key += '\0';
    Key += Argument;
  }
  return Key;
}

void addJobs(const CompilationDatabase &Database, StringRef BuildDirectory,
             StringSet<> &Seen, std::vector<TuJob> &Jobs) {
  for (const CompileCommand &Command : Database.getAllCompileCommands()) {
    TuJob Job;
    Job.BuildDirectory = BuildDirectory.str();
    Job.Directory = absoluteIn(BuildDirectory, Command.Directory);
    std::optional<AdjustedCommand> Adjusted =
        adjustCommand(Command.CommandLine, Job.Directory, Command.Filename);
    if (!Adjusted)
      continue;
    Job.File = realPath(absoluteIn(Job.Directory, Command.Filename));
    Job.Arguments = std::move(Adjusted->Arguments);
    if (Seen.insert(jobKey(Job, Adjusted->DependsOnDirectory)).second)
      Jobs.push_back(std::move(Job));
  }
}

/// Subdirectories of \p Directory with \p Prefix, sorted for determinism.
std::vector<std::string> subdirectories(StringRef Directory, StringRef Prefix) {
  std::vector<std::string> Found;
  std::error_code Ignored;
  for (sys::fs::directory_iterator It(Directory, Ignored), End;
       !Ignored && It != End; It.increment(Ignored))
    if (sys::path::filename(It->path()).starts_with(Prefix) &&
        sys::fs::is_directory(It->path()))
      Found.push_back(It->path());
  llvm::sort(Found);
  return Found;
}

std::vector<std::string> buildDirectoryCandidates(StringRef Directory) {
  std::vector<std::string> Candidates = {Directory.str(),
                                         pathIn(Directory, "build")};
  append_range(Candidates, subdirectories(pathIn(Directory, "build"), ""));
  Candidates.push_back(pathIn(Directory, "out"));
  append_range(Candidates, subdirectories(Directory, "cmake-build-"));
  return Candidates;
}

bool isResourceDirectory(StringRef Directory) {
  return sys::fs::exists(pathIn(Directory, "include/stddef.h"));
}

std::string findResourceDirectory() {
  // An installed copy brings its own headers and must not depend on the
  // machine it was built on.
  static int Anchor;
  SmallString<256> Installed(
      sys::path::parent_path(sys::fs::getMainExecutable(nullptr, &Anchor)));
  sys::path::append(Installed, "..", "lib", "clang-consolidate", "clang");
  sys::path::append(Installed, CONSOLIDATE_CLANG_MAJOR);
  sys::path::remove_dots(Installed, /*remove_dot_dot=*/true);
  if (isResourceDirectory(Installed))
    return std::string(Installed);
  if (isResourceDirectory(CONSOLIDATE_RESOURCE_DIR))
    return CONSOLIDATE_RESOURCE_DIR;
  return "";
}

} // namespace

Expected<std::vector<TuJob>>
loadDatabase(ArrayRef<std::string> BuildDirectories) {
  std::vector<TuJob> Jobs;
  StringSet<> Seen;
  for (const std::string &BuildDirectory : BuildDirectories) {
    Expected<std::string> File = databaseFile(BuildDirectory);
    if (!File)
      return File.takeError();
    auto Database = readDatabase(*File);
    if (!Database)
      return Database.takeError();
    addJobs(**Database, realPath(sys::path::parent_path(realPath(*File))), Seen,
            Jobs);
  }
  return Jobs;
}

Expected<std::string> discoverBuildDirectory(StringRef Directory) {
  SmallString<256> Start(Directory);
  sys::fs::make_absolute(Start);
  sys::path::remove_dots(Start, /*remove_dot_dot=*/true);
  std::vector<std::string> Tried;
  for (StringRef Current = Start; !Current.empty();
       Current = sys::path::parent_path(Current))
    for (std::string &Candidate : buildDirectoryCandidates(Current)) {
      if (hasDatabase(Candidate))
        return Candidate;
      Tried.push_back(std::move(Candidate));
    }
  return makeError(ErrorKind::Usage, "no compile_commands.json found in " +
                                         join(Tried, ", ") + "; " +
                                         HowToMakeOne);
}

std::string resourceDirectory() {
  static const std::string Directory = findResourceDirectory();
  return Directory;
}

} // namespace consolidate
