//===- AccountRun.cpp -----------------------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "AccountRun.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

#include <map>

using namespace llvm;

namespace consolidate {

static const char *Rules = R"(version: 1
consolidate:
  - into: app::Engine
    header: app/engine.h
    from:
      - class: app::OldEngine
        header: app/old_engine.h
scope: {include: ['**'], exclude: ['third_party/**']}
)";

AccountRun::AccountRun() {
  Tree.write("code/.clang-consolidate.yaml", Rules);
  Tree.write("code/app/engine.h",
             "#pragma once\nnamespace app { class Engine { public: Engine(); "
             "explicit Engine(int); void run(); }; }\n");
  Tree.write("code/app/old_engine.h",
             "#pragma once\nnamespace app { class OldEngine { public: "
             "OldEngine(); explicit OldEngine(int); OldEngine(int, int); void "
             "run(); }; }\n");
}

void AccountRun::add(StringRef File, StringRef Text, StringRef Build) {
  Tree.write(("code/" + File).str(), Text);
  if (File.ends_with(".cpp") && !Build.empty())
    compile(File, Build);
}

void AccountRun::compile(StringRef File, StringRef Build,
                         std::vector<std::string> Flags) {
  Commands.push_back({File.str(), Build.str(), std::move(Flags)});
}

void AccountRun::writeDatabases() {
  std::map<std::string, json::Array> ByBuild;
  for (const Command &C : Commands) {
    json::Array Arguments{"clang++", "-std=c++20", "-I" + Root};
    for (const std::string &Flag : C.Flags)
      Arguments.push_back(Flag);
    Arguments.push_back("-c");
    Arguments.push_back(Root + "/" + C.File);
    ByBuild[C.Build].push_back(
        json::Object{{"directory", Root},
                     {"file", Root + "/" + C.File},
                     {"arguments", std::move(Arguments)}});
  }
  for (auto &[Build, Database] : ByBuild) {
    std::string Text;
    raw_string_ostream(Text) << json::Value(std::move(Database));
    Tree.write(Build + "/compile_commands.json", Text);
    Options.BuildDirectories.push_back(Tree.path(Build));
  }
}

void AccountRun::run() {
  if (!Commands.empty())
    writeDatabases();
  Options.WorkingDirectory = Root;
  if (Options.Root.empty())
    Options.Root = Root;
  Expected<Project> Loaded = loadProject(Options);
  ASSERT_TRUE(bool(Loaded)) << toString(Loaded.takeError());
  Code.emplace(std::move(*Loaded));
  Expected<ScanRun> Scanned = runScan(*Code, ScanExtent::Mentions);
  ASSERT_TRUE(bool(Scanned)) << toString(Scanned.takeError());
  Scan = std::move(*Scanned);
  Expected<VerifiedPlan> Planned = runPlan(*Code, Scan);
  ASSERT_TRUE(bool(Planned)) << toString(Planned.takeError());
  Verified = std::move(*Planned);
  Result = account({Code->Rules, *Code->Files, Scan.Plan, Scan.Tus,
                    Verified.Plan, Options.Paths});
  EXPECT_TRUE(Result.Inconsistencies.empty())
      << join(Result.Inconsistencies, "\n");
}

std::vector<std::string> AccountRun::in(StringRef File) const {
  std::vector<std::string> Lines;
  for (const AccountedMention &M : Result.Mentions)
    if (M.Path == Root + "/" + File.str() && M.What.Word == "OldEngine")
      Lines.push_back(std::to_string(M.What.Line) + ": " +
                      bucketName(M.Where).str() +
                      (M.Reason.empty() ? "" : ": " + M.Reason));
  return Lines;
}

unsigned AccountRun::count(Bucket Which) const {
  return count_if(Result.Mentions,
                  [&](const AccountedMention &M) { return M.Where == Which; });
}

const AccountRow &AccountRun::row(StringRef Name) const {
  static const AccountRow None;
  auto Found = find_if(
      Result.Rows, [&](const AccountRow &Row) { return isNamed(Row, Name); });
  EXPECT_NE(Found, Result.Rows.end()) << Name.str();
  return Found == Result.Rows.end() ? None : *Found;
}

std::string AccountRun::after(StringRef File) const {
  for (const FileChange &Change : Verified.Plan.Files)
    if (Change.Path == Root + "/" + File.str())
      return Change.After;
  return "";
}

} // namespace consolidate
