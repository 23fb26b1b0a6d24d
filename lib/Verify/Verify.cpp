//===- Verify.cpp - Parses the changed TUs again, in memory ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Verify.h"

#include "Blame.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

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

/// The changed files a TU reads, as one number: by path and new bytes.
using ContentHash = uint64_t;

class Verifier {
public:
  explicit Verifier(const VerifyInputs &Inputs) : Inputs(Inputs) {
    for (const TuFindings &Tu : Inputs.Tus)
      FilesOfTu.push_back(filesOf(Tu));
    Clean.resize(Inputs.Tus.size());
  }

  Expected<VerifiedPlan> run() {
    while (true) {
      Expected<EditPlan> Plan = planWithout(Result.Dropped);
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
  std::vector<std::optional<ContentHash>> Clean;
  VerifiedPlan Result;

  Expected<EditPlan> planWithout(const DroppedClusters &Dropped) const {
    return makePlan(Inputs.Rules.Rules, Inputs.Tus, Inputs.ResolveHeader,
                    Dropped, Inputs.Rules.HeaderIncludes, Inputs.Texts);
  }

  /// The changed files that TU \p I reads; empty when it reads none.
  std::optional<ContentHash> changesSeenBy(size_t I) const {
    std::string Seen;
    for (const FileChange &Change : Result.Plan.Files)
      if (FilesOfTu[I].count(Change.Path))
        Seen += Change.Path + '\n' + utostr(xxh3_64bits(Change.After)) + '\n';
    if (Seen.empty())
      return std::nullopt;
    return xxh3_64bits(Seen);
  }

  /// Files as an earlier pass and \p Plan make them.
  StringMap<std::string> changedTexts(const EditPlan &Plan) const {
    StringMap<std::string> Texts = Inputs.Texts;
    for (const FileChange &Change : Plan.Files)
      Texts[Change.Path] = Change.After;
    return Texts;
  }

  /// True when a cluster was dropped, so that another round is due.
  bool dropBadClusters() {
    StringMap<std::string> Texts = changedTexts(Result.Plan);
    std::vector<unsigned> Affected;
    for (size_t I = 0; I < Inputs.Tus.size(); ++I)
      if (std::optional<ContentHash> Changes = changesSeenBy(I);
          Changes && Changes != Clean[I])
        Affected.push_back(I);
    std::vector<TuFindings> Found(Affected.size());
    forEachIsolated(
        Affected.size(), Inputs.Threads,
        [&](unsigned I) {
          Found[I] = scanTu(Inputs.Jobs[Affected[I]], Inputs.Rules,
                            Inputs.Files, Inputs.Match, Texts);
        },
        [&](unsigned I) {
          CompileError Crash;
          Crash.Path = Inputs.Tus[Affected[I]].MainFile;
          Crash.Message = "Clang crashes on the changed file";
          Found[I].Errors.push_back(Crash);
        },
        Inputs.Progress);
    Result.TusParsed += Affected.size();

    Blame Blamed(Result.Plan);
    size_t Before = Result.Dropped.size();
    for (size_t I = 0; I < Affected.size(); ++I) {
      size_t Tu = Affected[I];
      std::vector<CompileError> New =
          newErrors(Inputs.Tus[Tu].Errors, Found[I].Errors);
      if (New.empty()) {
        Clean[Tu] = changesSeenBy(Tu);
        Result.Rescanned[Tu] = std::move(Found[I]);
      } else {
        dropBehind(New, Blamed, Tu);
      }
    }
    return Result.Dropped.size() > Before;
  }

  void dropBehind(const std::vector<CompileError> &New, const Blame &Blamed,
                  size_t Tu) {
    bool GiveUp = Result.Rounds >= MaxRounds;
    for (const CompileError &Error : New) {
      Reason Why = {MessageId::WouldNotCompile,
                    "it would not compile: " + Error.Path + ":" +
                        std::to_string(Error.Line) + ": " + Error.Message};
      std::set<std::string> Behind =
          GiveUp ? allTouching(FilesOfTu[Tu]) : Blamed.clustersAt(Error);
      // Many TUs fail for the sake of one header, and one of them finds out
      // why: the others see other bytes in the next round.
      if (Behind.empty() && changesNextRound(Tu))
        return;
      if (Behind.empty())
        Behind = search(Tu);
      for (const std::string &Id : Behind)
        Result.Dropped.try_emplace(Id, Why);
      // Later errors of a TU are often consequences of the first.
      if (!Behind.empty())
        return;
    }
  }

  /// What is behind an error at whose place nothing stands: what bisection
  /// finds, else the widest guess.
  std::set<std::string> search(size_t Tu) {
    std::set<std::string> All = allTouching(FilesOfTu[Tu]);
    std::set<std::string> Found = bisect({All.begin(), All.end()}, Tu);
    if (!Found.empty())
      return Found;
    std::set<std::string> Definitions;
    for (const std::string &Id : All)
      if (StringRef(Id).starts_with("definition:"))
        Definitions.insert(Id);
    return Definitions.empty() ? All : Definitions;
  }

  /// True when something that TU \p Tu reads was dropped in this round.
  bool changesNextRound(size_t Tu) const {
    return any_of(Result.Plan.Clusters, [&](const Cluster &C) {
      return C.Dropped.empty() && Result.Dropped.count(C.Id) &&
             any_of(C.Edits,
                    [&](const Edit &E) { return FilesOfTu[Tu].count(E.Path); });
    });
  }

  /// The one cluster without which TU \p Tu has no new error; empty when it
  /// takes more than one.
  std::set<std::string> bisect(std::vector<std::string> Suspects, size_t Tu) {
    if (!failsWithout(Suspects, Tu))
      while (Suspects.size() > 1) {
        auto Middle = Suspects.begin() + Suspects.size() / 2;
        std::vector<std::string> First(Suspects.begin(), Middle);
        std::vector<std::string> Second(Middle, Suspects.end());
        if (!failsWithout(First, Tu))
          Suspects = std::move(First);
        else if (!failsWithout(Second, Tu))
          Suspects = std::move(Second);
        else
          return {};
      }
    return Suspects.size() == 1
               ? std::set<std::string>(Suspects.begin(), Suspects.end())
               : std::set<std::string>();
  }

  /// True when TU \p Tu has new errors, whichever, with \p Without left out as
  /// well. (That one error is gone says little: without its header a class has
  /// other errors.)
  bool failsWithout(const std::vector<std::string> &Without, size_t Tu) {
    DroppedClusters Dropped = Result.Dropped;
    for (const std::string &Id : Without)
      Dropped.try_emplace(Id, Reason{MessageId::WouldNotCompile, "tried"});
    Expected<EditPlan> Plan = planWithout(Dropped);
    if (!Plan) {
      consumeError(Plan.takeError());
      return true;
    }
    StringMap<std::string> Texts = changedTexts(*Plan);
    bool Fails = true;
    forEachIsolated(
        1, 1,
        [&](unsigned) {
          TuFindings Found = scanTu(Inputs.Jobs[Tu], Inputs.Rules, Inputs.Files,
                                    Inputs.Match, Texts);
          Fails = !newErrors(Inputs.Tus[Tu].Errors, Found.Errors).empty();
        },
        [](unsigned) {}, {});
    ++Result.TusParsed;
    return Fails;
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
