//===- Scan.cpp - Parses the planned TUs and matches the rules ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Scan.h"

#include "consolidate/Frontend.h"

#include "llvm/ADT/StringMap.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Runs Match when the AST is complete.
class MatchConsumer : public ASTConsumer {
public:
  MatchConsumer(const CompiledRules &Rules, const Scope &Scope,
                const MatchOptions &Options,
                std::shared_ptr<IncludeRecorder> Includes, TuFindings &Out)
      : Rules(Rules), InScope(Scope), Options(Options),
        Includes(std::move(Includes)), Out(Out) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    // One file is asked about thousands of times.
    StringMap<bool> Known;
    Out = match(
        Context, Rules,
        [&](StringRef Path) {
          auto [It, New] = Known.try_emplace(Path, false);
          if (New)
            It->second = !Path.empty() && InScope.contains(Path);
          return It->second;
        },
        Includes.get(), Options);
  }

private:
  const CompiledRules &Rules;
  const Scope &InScope;
  const MatchOptions &Options;
  std::shared_ptr<IncludeRecorder> Includes;
  TuFindings &Out;
};

TuFindings crashed(const TuJob &Job) {
  TuFindings Result;
  Result.MainFile = Job.File;
  CompileError Error;
  Error.Path = Job.File;
  Error.Message = "Clang crashed while parsing this translation unit";
  Result.Errors.push_back(std::move(Error));
  return Result;
}

} // namespace

TuFindings scanTu(const TuJob &Job, const CompiledRules &Rules,
                  const Scope &Scope, const MatchOptions &Options,
                  const StringMap<std::string> &Changed) {
  TuFindings Result;
  Overlay Files = Changed;
  StringMap<std::string> Healed = healingShims(Job, Rules.Rules, Files);
  FrontendResult Run =
      runFrontend(Job, overlayFileSystem(Files), [&](CompilerInstance &CI) {
        auto Includes = recordIncludes(CI.getPreprocessor(), Healed);
        return std::make_unique<MatchConsumer>(Rules, Scope, Options, Includes,
                                               Result);
      });
  Result.MainFile = Job.File;
  Result.Parsed &= Run.Ran;
  Result.Errors = std::move(Run.Errors);
  return Result;
}

std::vector<TuFindings> scan(const ScanPlan &Plan, const CompiledRules &Rules,
                             const Scope &Scope, const ScanOptions &Options) {
  std::vector<TuFindings> Results(Plan.Tus.size());
  forEachIsolated(
      Plan.Tus.size(), Options.Threads,
      [&](unsigned I) {
        Results[I] = scanTu(Plan.Tus[I].Job, Rules, Scope, Options.Match);
      },
      [&](unsigned I) { Results[I] = crashed(Plan.Tus[I].Job); },
      Options.Progress);
  return Results;
}

} // namespace consolidate
