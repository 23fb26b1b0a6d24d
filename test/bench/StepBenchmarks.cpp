//===- StepBenchmarks.cpp - What the hot inner steps cost -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Cache.h"
#include "consolidate/Output.h"
#include "consolidate/Plan.h"
#include "consolidate/Rules.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>

using namespace llvm;

namespace consolidate {
namespace {

// --- Survey ------------------------------------------------------------------

/// About a MiB of code, which names a legacy class once in \p Every functions;
/// 0: never.
std::string code(unsigned Every) {
  std::string Text;
  for (unsigned I = 0; Text.size() < (1 << 20); ++I) {
    std::string N = std::to_string(I);
    Text += "/// Gives back what number " + N + " is \"worth\".\nint value" +
            N + "(const Table &table, int index) {\n  if (index < " + N +
            ")\n    return table.at(index) * 2;\n  return ";
    Text += Every && I % Every == 0 ? "LegacyEngine(index).run();\n}\n\n"
                                    : "compute(index, '" + N + "');\n}\n\n";
  }
  return Text;
}

/// Arguments: how many names are looked for; one mention in how many functions.
void surveyText(benchmark::State &State) {
  std::vector<std::string> Words = {"LegacyEngine"};
  for (int I = 1; I < State.range(0); ++I)
    Words.push_back("LegacyClass" + std::to_string(I));
  std::string Text = code(unsigned(State.range(1)));
  size_t Found = 0;
  for (auto _ : State)
    Found = findMentions(Text, Words).size();
  if ((Found == 0) != (State.range(1) == 0))
    State.SkipWithError("found too much or too little");
  State.SetBytesProcessed(int64_t(State.iterations() * Text.size()));
}
// What most files are: searched, and no name is found.
BENCHMARK(surveyText)->Name("survey/search")->Args({1, 0})->Args({100, 0});
// What mentions a name is lexed.
BENCHMARK(surveyText)->Name("survey/confirm")->Args({1, 100})->Args({1, 1});

// --- Cache -------------------------------------------------------------------

/// As the scan of one TU leaves it: \p Uses, and the graph of 400 headers.
TuFindings findings(StringRef Path, unsigned Uses) {
  TuFindings Tu;
  Tu.MainFile = Path.str();
  Tu.Parsed = true;
  for (unsigned I = 0; I < Uses; ++I) {
    Finding F;
    F.Class = F.Rule = "app::LegacyEngine";
    F.Path = Path.str();
    F.Offset = I * 40;
    F.Length = 12;
    F.Line = I + 1;
    F.Form = "variable";
    F.Message = "use of the legacy class 'app::LegacyEngine'";
    F.Edits.push_back({F.Path, F.Offset, F.Length, "core::Engine"});
    Tu.Findings.push_back(std::move(F));
  }
  for (unsigned I = 0; I < 400; ++I)
    for (unsigned To = I + 1; To < std::min(400u, I + 8); ++To)
      Tu.IncludeGraph["/usr/include/c++/12/bits/header" + std::to_string(I)]
          .push_back("/usr/include/c++/12/bits/header" + std::to_string(To));
  return Tu;
}

void archive(benchmark::State &State) {
  TuFindings Tu = findings("/src/a.cpp", unsigned(State.range(0)));
  size_t Size = 0;
  for (auto _ : State) {
    std::string Bytes = toBytes(Tu);
    Size = Bytes.size();
    std::optional<TuFindings> Back = findingsFromBytes(Bytes);
    if (!Back || Back->Findings.size() != Tu.Findings.size())
      State.SkipWithError("not what was stored");
  }
  State.SetBytesProcessed(int64_t(State.iterations() * Size));
}
BENCHMARK(archive)->Name("cache/archive")->Arg(10)->Arg(1000);

/// One entry among 1,000, with as many dependencies as the argument says. The
/// files are taken for unchanged: hashing them is the disk's business.
void lookUp(benchmark::State &State) {
  SmallString<128> Directory;
  sys::fs::createUniqueDirectory("consolidate-bench", Directory);
  auto Remove = make_scope_exit(
      [&] { sys::fs::remove_directories(Directory, /*IgnoreErrors=*/true); });
  Expected<std::unique_ptr<Cache>> Opened = Cache::open(Directory);
  if (!Opened) {
    State.SkipWithError(toString(Opened.takeError()).c_str());
    return;
  }
  std::vector<Dependency> Read;
  for (int I = 0; I < State.range(0); ++I)
    Read.push_back({"/usr/include/header" + std::to_string(I), uint64_t(I)});
  std::string Bytes = toBytes(findings("/src/a.cpp", 10));
  for (unsigned I = 0; I < 1000; ++I)
    (*Opened)->store("key" + std::to_string(I),
                     I ? ArrayRef(Read).take_front() : ArrayRef(Read), Bytes);
  for (auto _ : State)
    if ((*Opened)->find("key0", [](const Dependency &) { return true; }) !=
        Bytes)
      State.SkipWithError("not found");
}
BENCHMARK(lookUp)->Name("cache/find")->Arg(10)->Arg(500);

// --- Plan, Output ------------------------------------------------------------

std::string uses(unsigned Count) {
  std::string Text;
  for (unsigned I = 0; I < Count; ++I)
    Text += "LegacyEngine                          ;\n"; // 40 bytes, as above
  return Text;
}

/// 1,000 uses in one header, which as many TUs as the argument says have seen.
void merge(benchmark::State &State) {
  std::vector<TuFindings> Tus(State.range(0), findings("/src/a.h", 1000));
  StringMap<std::string> Texts;
  Texts["/src/a.h"] = uses(1000);
  auto NoHeader = [](StringRef) { return std::string(); };
  for (auto _ : State) {
    Expected<EditPlan> Plan = makePlan(RuleSet(), Tus, NoHeader, {}, {}, Texts);
    if (!Plan || Plan->Findings.size() != 1000 || Plan->Files.size() != 1) {
      if (!Plan)
        consumeError(Plan.takeError());
      State.SkipWithError("1,000 findings in one file were expected");
      return;
    }
  }
}
BENCHMARK(merge)
    ->Name("plan/merge")
    ->Arg(1)
    ->Arg(50)
    ->Unit(benchmark::kMillisecond);

/// A file of 20,000 lines, of which every 20th changes.
void diff(benchmark::State &State) {
  FileChange Change;
  Change.Path = "/src/a.cpp";
  for (unsigned I = 0; I < 20000; ++I) {
    std::string Line = "  total += compute(" + std::to_string(I) + ");\n";
    if (I % 20 == 0)
      Change.Edits.push_back(
          {Change.Path, unsigned(Change.Before.size()) + 2, 5, "sum"});
    Change.Before += Line;
  }
  Change.After = applyEdits(Change.Before, Change.Edits);
  size_t Size = 0;
  for (auto _ : State) {
    std::string Out;
    raw_string_ostream OS(Out);
    if (Error E = printDiff(Change, "/src", /*Colour=*/false, OS)) {
      State.SkipWithError(toString(std::move(E)).c_str());
      return;
    }
    Size = Out.size();
  }
  if (Size < 1000 * 20)
    State.SkipWithError("too short for 1,000 changes");
}
BENCHMARK(diff)->Name("output/diff")->Unit(benchmark::kMillisecond);

} // namespace
} // namespace consolidate
