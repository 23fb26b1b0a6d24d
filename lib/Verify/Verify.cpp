//===- Verify.cpp - Parses the changed TUs again, in memory ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Verify.h"

#include "Blame.h"
#include "Culprits.h"
#include "Overloads.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace consolidate {
namespace {

/// After this many rounds whatever still errs is dropped with all it touches.
constexpr unsigned MaxRounds = 12;

/// Later errors of a TU are often consequences of the first. After this many
/// rounds all of them count.
constexpr unsigned CautiousRounds = 3;

/// One search for what is behind an error gives up after these.
constexpr unsigned MaxParsesOfSearch = 32;

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

Reason reasonOf(const CompileError &Error) {
  return {MessageId::WouldNotCompile, "it would not compile: " + Error.Path +
                                          ":" + std::to_string(Error.Line) +
                                          ": " + Error.Message};
}

/// The changed files a TU reads, as one number: by path and new bytes.
using ContentHash = uint64_t;

/// A TU to parse again.
struct Unit {
  const TuJob *Job = nullptr;
  std::set<std::string> Files; ///< What it reads, as far as is known.
  /// Errors that were there before; all of them once ErrorsComplete.
  std::vector<CompileError> Errors;
  bool ErrorsComplete = false;
  bool Scanned = false;
  /// The contents under which it was last found without new errors.
  std::optional<ContentHash> Clean;
};

class Verifier {
public:
  explicit Verifier(const VerifyInputs &Inputs) : Inputs(Inputs) {
    for (auto [Job, Tu] : zip(Inputs.Jobs, Inputs.Tus))
      Units.push_back(
          {&Job, filesOf(Tu), Tu.Errors, !Tu.BodiesSkipped, true, {}});
    for (const PlannedTu &Tu : Inputs.Survey.Tus)
      Taken.insert(Tu.JobIndex);
  }

  Expected<VerifiedPlan> run() {
    while (true) {
      Expected<EditPlan> Plan = planWithout(Result.Dropped);
      if (!Plan)
        return Plan.takeError();
      Result.Plan = std::move(*Plan);
      if (Result.Plan.Files.empty())
        break;
      ++Result.Rounds;
      for (const FileChange &Change : Result.Plan.Files)
        addUnscanned(Change.Path);
      if (!dropBadClusters())
        break;
    }
    for (const Cluster &C : Result.Plan.Clusters)
      if (OtherOverloads.count(C.Id))
        for (size_t I : C.Findings)
          Result.Plan.Findings[I].Level = Safety::Unsafe;
    return std::move(Result);
  }

private:
  const VerifyInputs &Inputs;
  std::vector<Unit> Units;  ///< The scanned ones first, parallel to Inputs.Tus.
  std::set<unsigned> Taken; ///< Jobs among Units.
  std::set<std::string> WithOneMore; ///< Files that a further unit reads.
  VerifiedPlan Result;
  /// Clusters that call another overload than their rule means.
  std::set<std::string> OtherOverloads;

  Expected<EditPlan> planWithout(const DroppedClusters &Dropped) const {
    return makePlan(Inputs.Rules.rules(), Inputs.Tus, Inputs.ResolveHeader,
                    Dropped, Inputs.Rules.headerIncludes(), Inputs.Texts);
  }

  /// TUs that read the changed file \p Path but were not scanned.
  void addUnscanned(const std::string &Path) {
    auto File = Inputs.Survey.Files.find(Path);
    if (Inputs.Extent == VerifyExtent::Scanned ||
        File == Inputs.Survey.Files.end())
      return;
    for (unsigned Job : File->second.ReachedBy) {
      if (Inputs.Extent == VerifyExtent::OneMorePerHeader &&
          WithOneMore.count(Path))
        return;
      if (Taken.insert(Job).second)
        addUnit(Job);
    }
  }

  void addUnit(unsigned Job) {
    Unit Added;
    Added.Job = &Inputs.AllJobs[Job];
    for (const auto &[Path, File] : Inputs.Survey.Files)
      if (is_contained(File.ReachedBy, Job)) {
        Added.Files.insert(Path.str());
        WithOneMore.insert(Path.str());
      }
    Units.push_back(std::move(Added));
  }

  /// The changed files that a TU reads; empty when it reads none.
  std::optional<ContentHash> changesSeenBy(const Unit &Tu) const {
    std::string Seen;
    for (const FileChange &Change : Result.Plan.Files)
      if (Tu.Files.count(Change.Path))
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

  TuFindings parse(const Unit &Tu, const StringMap<std::string> &Texts,
                   const OverloadCheck &Overloads) const {
    TuOptions Options;
    Options.Results = Inputs.Results;
    if (Tu.Scanned)
      Options.Match = Inputs.Match;
    Options.Match.AskedCalls = &Overloads.asked();
    return scanTu(*Tu.Job, Inputs.Rules, Inputs.Files, Options, Texts);
  }

  /// True when a cluster was dropped, so that another round is due.
  bool dropBadClusters() {
    StringMap<std::string> Texts = changedTexts(Result.Plan);
    std::vector<unsigned> Affected;
    for (auto [I, Tu] : enumerate(Units))
      if (std::optional<ContentHash> Changes = changesSeenBy(Tu);
          Changes && Changes != Tu.Clean)
        Affected.push_back(unsigned(I));
    std::vector<TuFindings> Found(Affected.size());
    OverloadCheck Overloads(Result.Plan);
    forEachIsolated(
        Affected.size(), Inputs.Threads,
        [&](unsigned I) {
          Found[I] = parse(Units[Affected[I]], Texts, Overloads);
        },
        [&](unsigned I) {
          CompileError Crash;
          Crash.Path = Units[Affected[I]].Job->File;
          Crash.Message = "Clang crashes on the changed file";
          Found[I].Errors.push_back(Crash);
        },
        Inputs.Progress);
    Result.TusParsed += Affected.size();

    Blame Blamed(Result.Plan);
    size_t Before = Result.Dropped.size();
    for (auto [I, Index] : enumerate(Affected)) {
      Unit &Tu = Units[Index];
      // It is parsed again in the next round anyway, over other bytes: to know
      // now what was wrong before would cost a parse.
      if (!Tu.ErrorsComplete &&
          !newErrors(Tu.Errors, Found[I].Errors).empty() &&
          changesNextRound(Tu))
        continue;
      std::vector<CompileError> New = newErrorsOf(Tu, Found[I].Errors);
      if (!New.empty()) {
        dropBehind(New, Blamed, Tu);
        continue;
      }
      if (dropOtherOverloads(Overloads, Found[I].Chosen) ||
          dropMisleading(Overloads.misled(Found[I].Chosen), Tu))
        continue;
      Tu.Clean = changesSeenBy(Tu);
      if (Tu.Scanned)
        Result.Rescanned[Index] = std::move(Found[I]);
    }
    return Result.Dropped.size() > Before;
  }

  /// What is wrong in \p Tu now and was not before. Only when something seems
  /// to be is it worth a parse to know all that was.
  std::vector<CompileError> newErrorsOf(Unit &Tu,
                                        const std::vector<CompileError> &Now) {
    std::vector<CompileError> New = newErrors(Tu.Errors, Now);
    if (New.empty() || Tu.ErrorsComplete)
      return New;
    forEachIsolated(
        1, 1,
        [&](unsigned) {
          Tu.Errors = scanTu(*Tu.Job, Inputs.Rules, Inputs.Files, {}).Errors;
        },
        [](unsigned) {}, {});
    ++Result.TusParsed;
    Tu.ErrorsComplete = true;
    return newErrors(Tu.Errors, Now);
  }

  /// True when a cluster was dropped.
  bool dropOtherOverloads(const OverloadCheck &Overloads,
                          ArrayRef<ChosenCall> Chosen) {
    DroppedClusters Others = Overloads.compare(Chosen);
    for (auto &[Id, Why] : Others) {
      OtherOverloads.insert(Id);
      if (!Inputs.Match.AllowUnsafe)
        Result.Dropped.try_emplace(Id, Why);
    }
    return !Others.empty() && !Inputs.Match.AllowUnsafe;
  }

  /// Drops what made a use that is left call something else; true when there
  /// is such a use.
  bool dropMisleading(ArrayRef<Reason> Misled, Unit &Tu) {
    if (Misled.empty())
      return false;
    if (changesNextRound(Tu))
      return true;
    std::set<std::string> All = allTouching(Tu.Files);
    std::set<std::string> Found = findBehind(All, Tu, Misled.front().Text);
    for (const std::string &Id : Found.empty() ? All : Found)
      Result.Dropped.try_emplace(Id, Misled.front());
    return !All.empty();
  }

  /// Takes every error at its word; false when none points at an edit.
  bool dropWhereErrorsAre(const std::vector<CompileError> &New,
                          const Blame &Blamed) {
    bool Any = false;
    for (const CompileError &Error : New)
      for (const std::string &Id : Blamed.clustersAt(Error)) {
        Result.Dropped.try_emplace(Id, reasonOf(Error));
        Any = true;
      }
    return Any;
  }

  void dropBehind(const std::vector<CompileError> &New, const Blame &Blamed,
                  Unit &Tu) {
    bool GiveUp = Result.Rounds >= MaxRounds;
    if (!GiveUp && Result.Rounds > CautiousRounds &&
        dropWhereErrorsAre(New, Blamed))
      return;
    for (const CompileError &Error : New) {
      Reason Why = reasonOf(Error);
      std::set<std::string> Behind =
          GiveUp ? allTouching(Tu.Files) : Blamed.clustersAt(Error);
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

  /// What is behind an error at whose place nothing stands: what a search
  /// finds, else the widest guess.
  std::set<std::string> search(Unit &Tu) {
    std::set<std::string> All = allTouching(Tu.Files);
    std::set<std::string> Found = findBehind(All, Tu);
    if (!Found.empty())
      return Found;
    std::set<std::string> Definitions;
    for (const std::string &Id : All)
      if (StringRef(Id).starts_with("definition:"))
        Definitions.insert(Id);
    return Definitions.empty() ? All : Definitions;
  }

  /// True when something that TU \p Tu reads was dropped in this round.
  bool changesNextRound(const Unit &Tu) const {
    return any_of(Result.Plan.Clusters, [&](const Cluster &C) {
      return C.Dropped.empty() && Result.Dropped.count(C.Id) &&
             any_of(C.Edits,
                    [&](const Edit &E) { return Tu.Files.count(E.Path); });
    });
  }

  /// The fewest clusters without which TU \p Tu has no new error, and no use
  /// that is misled as \p Misled says; empty when they are not found.
  std::set<std::string> findBehind(const std::set<std::string> &Suspects,
                                   Unit &Tu, StringRef Misled = {}) {
    std::vector<std::string> All(Suspects.begin(), Suspects.end());
    std::vector<std::string> Found = findCulprits(
        All, MaxParsesOfSearch, [&](ArrayRef<std::string> Without) {
          return failsWithout(Without, Tu, Misled);
        });
    return {Found.begin(), Found.end()};
  }

  /// True when TU \p Tu has new errors, whichever, or a use is misled, with \p
  /// Without left out as well. (That one error is gone says little: without its
  /// header a class has other errors.)
  bool failsWithout(ArrayRef<std::string> Without, Unit &Tu, StringRef Misled) {
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
    OverloadCheck Overloads(*Plan);
    forEachIsolated(
        1, 1,
        [&](unsigned) {
          TuFindings Found = parse(Tu, Texts, Overloads);
          Fails = !newErrorsOf(Tu, Found.Errors).empty() ||
                  any_of(Overloads.misled(Found.Chosen),
                         [&](const Reason &R) { return R.Text == Misled; });
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
