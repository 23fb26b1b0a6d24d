//===- RuleTest.cpp - RuleSet -> one result for each case -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/RuleTest.h"

#include "CaseRun.h"

#include "consolidate/Pipeline.h"
#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"

#include <chrono>

using namespace llvm;

namespace consolidate {
namespace {

Expected<std::vector<size_t>> chooseCases(const RuleSet &Rules,
                                          ArrayRef<std::string> Names) {
  std::vector<size_t> Chosen;
  std::vector<StringRef> Known;
  for (const auto &[Index, Case] : enumerate(Rules.Tests)) {
    if (Case.isShared())
      continue;
    Known.push_back(Case.Name);
    if (Names.empty() || is_contained(Names, Case.Name))
      Chosen.push_back(Index);
  }
  for (const std::string &Name : Names)
    if (!is_contained(Known, StringRef(Name))) {
      StringRef Near = nearestWord(Name, Known);
      return makeError(
          ErrorKind::Usage,
          Rules.Origin + " has no test '" + Name + "'" +
              (Near.empty() ? Twine() : "; did you mean '" + Near + "'?"));
    }
  if (Chosen.empty())
    return makeError(ErrorKind::Usage, Rules.Origin +
                                           " has no case to run; add one under "
                                           "`tests` (docs/testing-rules.md)");
  return Chosen;
}

/// The command that finds most of the canonical headers.
const TuJob *chooseTemplate(const RuleSet &Rules, ArrayRef<TuJob> Jobs) {
  const TuJob *Best = nullptr;
  size_t MostFound = 0;
  for (const TuJob &Job : Jobs) {
    HeaderResolver Resolve = makeHeaderResolver(Job);
    size_t Found = count_if(Rules.Consolidate, [&](const Consolidation &Entry) {
      return !Entry.Header.empty() && !Resolve(Entry.Header).empty();
    });
    if (!Best || Found > MostFound) {
      Best = &Job;
      MostFound = Found;
    }
    if (MostFound == Rules.Consolidate.size())
      break;
  }
  return Best;
}

} // namespace

Expected<std::vector<RuleTestResult>>
runRuleTests(const RuleSet &Rules, const RuleTestOptions &Options) {
  Expected<std::vector<size_t>> Cases = chooseCases(Rules, Options.Names);
  if (!Cases)
    return Cases.takeError();
  std::vector<TuJob> Jobs;
  if (!Options.BuildDirectories.empty()) {
    Expected<std::vector<TuJob>> Loaded =
        loadDatabase(Options.BuildDirectories);
    if (!Loaded)
      return Loaded.takeError();
    Jobs = std::move(*Loaded);
  }
  const TuJob *Template = chooseTemplate(Rules, Jobs);
  std::vector<RuleTestResult> Results(Cases->size());
  forEachIsolated(
      Cases->size(), Options.Threads,
      [&](unsigned I) {
        auto Start = std::chrono::steady_clock::now();
        Results[I] = runCase(Rules, (*Cases)[I], Template);
        Results[I].Seconds = std::chrono::duration<double>(
                                 std::chrono::steady_clock::now() - Start)
                                 .count();
      },
      [&](unsigned I) {
        Results[I].Case = (*Cases)[I];
        Results[I].Failures = {"Clang crashes on it"};
      },
      Options.Progress);
  return Results;
}

} // namespace consolidate
