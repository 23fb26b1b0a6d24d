//===- Verify.cpp - Parses the changed TUs again, in memory ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Verify.h"

#include "Blame.h"
#include "Search.h"

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

class Verifier {
public:
  explicit Verifier(const VerifyInputs &Inputs)
      : Inputs(Inputs), Trying(Inputs) {
    for (auto [Job, Tu] : zip(Inputs.Jobs, Inputs.Tus))
      Units.push_back(
          {&Job, filesOf(Tu), Tu.Errors, !Tu.BodiesSkipped, true, {}});
    for (const PlannedTu &Tu : Inputs.Survey.Tus)
      Taken.insert(Tu.JobIndex);
  }

  Expected<VerifiedPlan> run() {
    while (true) {
      Expected<EditPlan> Plan = Trying.planWithout(Result.Dropped);
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
    Result.TusParsed += Trying.Parsed;
    return std::move(Result);
  }

private:
  const VerifyInputs &Inputs;
  Trials Trying;
  std::vector<Unit> Units;  ///< The scanned ones first, parallel to Inputs.Tus.
  std::set<unsigned> Taken; ///< Jobs among Units.
  std::set<std::string> WithOneMore; ///< Files that a further unit reads.
  VerifiedPlan Result;
  /// Clusters that call another overload than their rule means.
  std::set<std::string> OtherOverloads;

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

  /// Parses what the plan affects, and what was found, parallel to it.
  std::vector<TuFindings> parseAll(ArrayRef<unsigned> Affected,
                                   const OverloadCheck &Overloads) {
    StringMap<std::string> Texts = Trying.changedTexts(Result.Plan);
    std::vector<TuFindings> Found(Affected.size());
    forEachIsolated(
        Affected.size(), Inputs.Threads,
        [&](unsigned I) {
          Found[I] = Trying.parse(Units[Affected[I]], Texts, Overloads);
        },
        [&](unsigned I) {
          CompileError Crash;
          Crash.Path = Units[Affected[I]].Job->File;
          Crash.Message = "Clang crashes on the changed file";
          Found[I].Errors.push_back(Crash);
        },
        Inputs.Progress);
    Result.TusParsed += Affected.size();
    return Found;
  }

  /// True when a cluster was dropped, so that another round is due.
  bool dropBadClusters() {
    std::vector<unsigned> Affected;
    for (auto [I, Tu] : enumerate(Units)) {
      std::optional<ContentHash> Changes = changesSeenBy(Tu);
      if (!Changes)
        Result.Rescanned.erase(I); // over a text that it does not see any more
      else if (Changes != Tu.Clean)
        Affected.push_back(unsigned(I));
    }
    OverloadCheck Overloads(Result.Plan, Inputs.Tus);
    std::vector<TuFindings> Found = parseAll(Affected, Overloads);

    size_t Before = Result.Dropped.size();
    for (auto [I, Index] : enumerate(Affected)) {
      Unit &Tu = Units[Index];
      // It is parsed again in the next round anyway, over other bytes: to know
      // now what was wrong before would cost a parse.
      if (!Tu.ErrorsComplete && Trying.seemsWrong(Tu, Found[I]) &&
          changesNextRound(Tu))
        continue;
      std::vector<Problem> Problems =
          Trying.problemsOf(Tu, Found[I], Overloads);
      bool Compiles = none_of(Problems, std::mem_fn(&Problem::isError));
      if (Compiles && dropHalfEdits(Overloads, Found[I].Chosen))
        continue;
      if (Compiles && dropOtherOverloads(Overloads, Found[I].Chosen))
        continue;
      if (!Problems.empty()) {
        dropForProblems(std::move(Problems), Tu);
        continue;
      }
      Tu.Clean = changesSeenBy(Tu);
      if (Tu.Scanned)
        Result.Rescanned[Index] = std::move(Found[I]);
    }
    return Result.Dropped.size() > Before;
  }

  /// True when a cluster was dropped, whatever the user asked for.
  bool dropHalfEdits(const OverloadCheck &Overloads,
                     ArrayRef<ChosenCall> Chosen) {
    DroppedClusters Half = Overloads.withoutTheirClass(Chosen);
    for (auto &[Id, Why] : Half)
      Result.Dropped.try_emplace(Id, Why);
    return !Half.empty();
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

  void dropForProblems(std::vector<Problem> Problems, Unit &Tu) {
    if (Result.Rounds >= MaxRounds)
      drop(allTouching(Result.Plan, Tu.Files), Problems.front().Why);
    else if (Result.Rounds <= CautiousRounds || !dropWhereErrorsAre(Problems))
      dropBehind(std::move(Problems), Tu);
  }

  void drop(const std::set<std::string> &Ids, const Reason &Why) {
    for (const std::string &Id : Ids)
      Result.Dropped.try_emplace(Id, Why);
  }

  /// Takes every error at its word; false when none points at an edit.
  bool dropWhereErrorsAre(ArrayRef<Problem> Problems) {
    Blame Blamed(Result.Plan);
    size_t Before = Result.Dropped.size();
    for (const Problem &P : Problems)
      if (P.isError())
        drop(Blamed.clustersAt(P.Place), P.Why);
    return Result.Dropped.size() > Before;
  }

  /// Drops what is behind the first problem; and behind the next ones as long
  /// as none has an edit at its place, since a search has to parse anyway.
  void dropBehind(std::vector<Problem> Problems, Unit &Tu) {
    EditPlan Plan = Result.Plan;
    for (bool Begins = true; !Problems.empty(); Begins = false) {
      const Problem &First = Problems.front();
      std::set<std::string> Behind = First.isError()
                                         ? Blame(Plan).clustersAt(First.Place)
                                         : std::set<std::string>();
      // Later errors of a TU are often consequences of the first.
      if (!Behind.empty())
        return drop(Behind, First.Why);
      // Many TUs fail for the sake of one header, and one of them finds out
      // why: the others see other bytes in the next round.
      if (Begins && changesNextRound(Tu))
        return;
      Behind = findBehind(Problems, Plan, Result.Dropped, Tu, Trying);
      drop(Behind, First.Why);
      std::optional<Trial> Rest =
          Behind.empty() ? std::nullopt : Trying.tryWithout(Result.Dropped, Tu);
      if (!Rest)
        return;
      Problems = std::move(Rest->Problems);
      Plan = std::move(Rest->Plan);
    }
  }

  /// True when something that TU \p Tu reads was dropped in this round.
  bool changesNextRound(const Unit &Tu) const {
    return any_of(Result.Plan.Clusters, [&](const Cluster &C) {
      return C.Dropped.empty() && Result.Dropped.count(C.Id) &&
             any_of(C.Edits,
                    [&](const Edit &E) { return Tu.Files.count(E.Path); });
    });
  }
};

} // namespace

Expected<VerifiedPlan> planAndVerify(const VerifyInputs &Inputs) {
  return Verifier(Inputs).run();
}

} // namespace consolidate
