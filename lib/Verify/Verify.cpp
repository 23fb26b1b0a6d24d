//===- Verify.cpp - Parses the changed TUs again, in memory ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Verify.h"

#include "Blame.h"

#include "consolidate/Frontend.h"

#include "clang/AST/ASTConsumer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// After this many rounds whatever still errs is dropped with all it touches.
constexpr unsigned MaxRounds = 12;

/// The files a TU reads, as far as the scan's include graph knows, and those it
/// will read: every file of the plan that any of these includes.
std::set<std::string> filesOf(const TuFindings &Tu) {
  std::set<std::string> Files{Tu.MainFile};
  for (const auto &Edges : Tu.IncludeGraph) {
    Files.insert(Edges.getKey().str());
    Files.insert(Edges.second.begin(), Edges.second.end());
  }
  return Files;
}

/// Errors of \p After that \p Before did not have, by file and message.
std::vector<CompileError> newErrors(const std::vector<CompileError> &Before,
                                    const std::vector<CompileError> &After) {
  std::multiset<std::pair<std::string, std::string>> Known;
  for (const CompileError &Error : Before)
    Known.insert({Error.Path, Error.Message});
  std::vector<CompileError> Result;
  for (const CompileError &Error : After) {
    auto It = Known.find({Error.Path, Error.Message});
    if (It == Known.end())
      Result.push_back(Error);
    else
      Known.erase(It);
  }
  return Result;
}

class Verifier {
public:
  explicit Verifier(const VerifyInputs &Inputs) : Inputs(Inputs) {
    for (const TuFindings &Tu : Inputs.Tus)
      FilesOfTu.push_back(filesOf(Tu));
    Clean.resize(Inputs.Tus.size());
  }

  Expected<VerifiedPlan> run() {
    while (true) {
      Expected<EditPlan> Plan =
          makePlan(Inputs.Rules, Inputs.Tus, Inputs.ResolveHeader,
                   Result.Dropped, Inputs.HeaderIncludes);
      if (!Plan)
        return Plan.takeError();
      Result.Plan = std::move(*Plan);
      if (Result.Plan.Files.empty())
        return std::move(Result);
      ++Result.Rounds;
      if (!dropBadClusters())
        return std::move(Result);
    }
  }

private:
  const VerifyInputs &Inputs;
  std::vector<std::set<std::string>> FilesOfTu;
  /// The contents under which a TU was last found without new errors.
  std::vector<std::map<std::string, std::string>> Clean;
  VerifiedPlan Result;

  /// The changed files that TU \p I reads, with their new bytes.
  std::map<std::string, std::string> changesSeenBy(size_t I) const {
    std::map<std::string, std::string> Changes;
    for (const FileChange &Change : Result.Plan.Files)
      if (FilesOfTu[I].count(Change.Path))
        Changes[Change.Path] = Change.After;
    return Changes;
  }

  /// True when a cluster was dropped, so that another round is due.
  bool dropBadClusters() {
    Overlay Files;
    for (const FileChange &Change : Result.Plan.Files)
      Files[Change.Path] = Change.After;
    std::vector<unsigned> Affected;
    for (size_t I = 0; I < Inputs.Tus.size(); ++I) {
      auto Changes = changesSeenBy(I);
      if (!Changes.empty() && Changes != Clean[I])
        Affected.push_back(I);
    }
    std::vector<std::vector<CompileError>> Errors(Affected.size());
    forEachIsolated(
        Affected.size(), Inputs.Threads,
        [&](unsigned I) {
          Errors[I] =
              runFrontend(Inputs.Jobs[Affected[I]], overlayFileSystem(Files),
                          [](CompilerInstance &) {
                            return std::make_unique<ASTConsumer>();
                          })
                  .Errors;
        },
        [&](unsigned I) {
          CompileError Crash;
          Crash.Path = Inputs.Tus[Affected[I]].MainFile;
          Crash.Message = "Clang crashes on the changed file";
          Errors[I].push_back(Crash);
        },
        Inputs.Progress);
    Result.TusParsed += Affected.size();

    Blame Blamed(Result.Plan);
    size_t Before = Result.Dropped.size();
    for (size_t I = 0; I < Affected.size(); ++I) {
      size_t Tu = Affected[I];
      std::vector<CompileError> New =
          newErrors(Inputs.Tus[Tu].Errors, Errors[I]);
      if (New.empty())
        Clean[Tu] = changesSeenBy(Tu);
      else
        dropBehind(New, Blamed, FilesOfTu[Tu]);
    }
    return Result.Dropped.size() > Before;
  }

  void dropBehind(const std::vector<CompileError> &New, const Blame &Blamed,
                  const std::set<std::string> &Files) {
    // Later errors of a TU are often consequences of the first.
    bool GiveUp = Result.Rounds >= MaxRounds;
    for (const CompileError &Error : New) {
      Reason Why = {MessageId::WouldNotCompile,
                    "it would not compile: " + Error.Path + ":" +
                        std::to_string(Error.Line) + ": " + Error.Message};
      std::set<std::string> Behind =
          GiveUp ? allTouching(Files) : Blamed.clustersBehind(Error, Files);
      for (const std::string &Id : Behind)
        Result.Dropped.try_emplace(Id, Why);
      if (!Behind.empty())
        return;
    }
  }

  std::set<std::string> allTouching(const std::set<std::string> &Files) const {
    std::set<std::string> Ids;
    for (const Cluster &C : Result.Plan.Clusters)
      if (C.Dropped.empty() &&
          any_of(C.Edits, [&](const Edit &E) { return Files.count(E.Path); }))
        Ids.insert(C.Id);
    return Ids;
  }
};

} // namespace

Expected<VerifiedPlan> planAndVerify(const VerifyInputs &Inputs) {
  return Verifier(Inputs).run();
}

} // namespace consolidate
