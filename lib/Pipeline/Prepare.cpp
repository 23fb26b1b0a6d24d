//===- Prepare.cpp - The cache, and rules that need not be compiled -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PipelineInternal.h"

#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace llvm;

namespace consolidate {

std::shared_ptr<Cache> openCache(const ProjectOptions &Options) {
  if (Options.CacheDirectory.empty())
    return nullptr;
  Expected<std::unique_ptr<Cache>> Opened = Cache::open(Options.CacheDirectory);
  if (Opened)
    return std::move(*Opened);
  std::string Problem = toString(Opened.takeError());
  if (Options.OnWarning)
    Options.OnWarning(Problem + "; going on without");
  return nullptr;
}

namespace {

/// The rules, and every command: which of them the rules are compiled with
/// depends on all.
std::string rulesKey(const Project &Project) {
  std::string Key = "rules " + programBuild();
  auto Add = [&](StringRef Part) { (Key += '\0') += Part; };
  Add(Project.Rules.Digest);
  for (const TuJob &Job : Project.Jobs) {
    Add(Job.File);
    Add(Job.Directory);
    for (const std::string &Argument : Job.Arguments)
      Add(Argument);
  }
  return "rules-" + utohexstr(contentHash(Key));
}

std::string digestOf(const RuleSet &Rules, const ReadFiles &Read) {
  std::set<std::string> Lines; // The order of files is no order.
  for (const Dependency &File : Read)
    Lines.insert(File.Path + ' ' + utohexstr(File.Hash) + '\n');
  return utohexstr(contentHash(Rules.Digest + join(Lines, "")));
}

} // namespace

Expected<RuleSource> prepareRules(const Project &Project, Cache *Results) {
  auto Compile = [Rules = Project.Rules, Jobs = Project.Jobs] {
    return compileRules(Rules, Jobs);
  };
  if (!Results) {
    Expected<CompiledRules> Rules = Compile();
    if (!Rules)
      return Rules.takeError();
    return RuleSource(std::move(*Rules));
  }
  std::string Key = rulesKey(Project);
  std::optional<std::string> Known =
      Results->find(Key, [&](const Dependency &File) {
        return Results->Hashes.of(File.Path) == File.Hash;
      });
  if (Known) {
    auto [Digest, Bytes] = StringRef(*Known).split('\n');
    if (std::optional<HeaderGraph> Graph = graphFromBytes(Bytes)) {
      --Results->Hits; // counts parsed TUs
      CompiledRules Rules;
      Rules.Rules = Project.Rules;
      Rules.HeaderIncludes = std::move(*Graph);
      Rules.Digest = Digest.str();
      return RuleSource(std::move(Rules), Compile);
    }
  }
  ReadFiles Read;
  Expected<CompiledRules> Rules =
      compileRules(Project.Rules, Project.Jobs, &Read);
  if (!Rules)
    return Rules.takeError();
  Rules->Digest = digestOf(Project.Rules, Read);
  Results->store(Key, Read,
                 Rules->Digest + "\n" + toBytes(Rules->HeaderIncludes));
  return RuleSource(std::move(*Rules));
}

} // namespace consolidate
