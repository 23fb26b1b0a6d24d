//===- Passes.cpp - Rewrites that enable others, in one run ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A rewrite may bring what another rule matches. The verified change is matched
// again, in memory, until a pass finds nothing: what the user applies is what a
// second run would leave alone.
//
//===----------------------------------------------------------------------===//
#include "PipelineInternal.h"

#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// More passes than this is not convergence.
constexpr unsigned MaxPasses = 10;

/// One file over all passes.
struct Composed {
  std::string Before;
  std::vector<std::string> Versions; ///< After each pass that changed it.
  tooling::Replacements Edits;       ///< Of all passes, against Before.
};

/// Edits as Clang's tooling knows them, for merging one pass into the next.
tooling::Replacements toReplacements(ArrayRef<Edit> Edits) {
  tooling::Replacements Result;
  for (const Edit &E : Edits)
    if (Error Failed = Result.add(
            tooling::Replacement(E.Path, E.Offset, E.Length, E.Text))) {
      // An insertion beside another edit: put it behind what is there.
      consumeError(std::move(Failed));
      Result = Result.merge(tooling::Replacements(tooling::Replacement(
          E.Path, Result.getShiftedCodePosition(E.Offset), E.Length, E.Text)));
    }
  return Result;
}

std::vector<Edit> toEdits(const tooling::Replacements &Replacements) {
  std::vector<Edit> Result;
  for (const tooling::Replacement &R : Replacements)
    Result.push_back({R.getFilePath().str(), R.getOffset(), R.getLength(),
                      R.getReplacementText().str()});
  return Result;
}

/// Where a finding stands in the text that a pass was made for.
using Place = std::tuple<std::string, FindingKind, unsigned>;

class PassRunner {
public:
  PassRunner(const Project &Project, const ScanRun &Scan)
      : Code(Project), Scan(Scan), Tus(Scan.Tus), Outside(Scan.Outside),
        Texts(Scan.Texts) {
    Match.AllowUnsafe = Project.Options.AllowUnsafe;
    Match.CollectNames = true;
  }

  Expected<VerifiedPlan> run() {
    while (true) {
      Expected<VerifiedPlan> Pass = planAndVerify(
          {*Scan.Rules, *Code.Files, Match, Scan.Jobs, Tus, Code.ResolveHeader,
           Texts, Code.Jobs, Scan.Plan, Code.Options.Verify,
           Code.Options.Threads, Code.Options.Progress, Scan.Results.get()});
      if (!Pass)
        return Pass.takeError();
      if (Pass->Plan.Files.empty() && Number > 1)
        break;
      if (repeats(Pass->Plan)) {
        if (startWithoutCircle(Pass->Plan))
          continue;
        break; // Nothing to leave out; what was made so far compiles.
      }
      if (Number == MaxPasses && startWithoutEndless(Pass->Plan))
        continue;
      take(*Pass);
      if (Pass->Plan.Files.empty() || Number == MaxPasses)
        break;
      ++Number;
    }
    Total.Passes = Number;
    compose();
    return std::move(Total);
  }

private:
  const Project &Code;
  const ScanRun &Scan;
  std::vector<TuFindings> Tus;
  OutsideUses Outside;
  MatchOptions Match;
  StringMap<std::string> Texts;
  std::map<std::string, Composed> Files;
  std::set<std::string> RulesSoFar;
  std::map<std::string, Reason> Excluded; ///< Rules that go round.
  DroppedClusters Named;                  ///< What is said about them.
  std::set<Place> StillDropped;           ///< In the text as it is now.
  VerifiedPlan Total;
  unsigned Number = 1;

  /// True when the pass would bring a file back to what it was before.
  bool repeats(const EditPlan &Plan) const {
    return any_of(Plan.Files, [&](const FileChange &Change) {
      auto Known = Files.find(Change.Path);
      return Known != Files.end() &&
             (Known->second.Before == Change.After ||
              is_contained(Known->second.Versions, Change.After));
    });
  }

  /// The rewrites that a plan applies; types and includes do not go round.
  static std::set<std::string> rewritesIn(const EditPlan &Plan) {
    std::set<std::string> Rules;
    for (const Cluster &C : Plan.Clusters)
      for (size_t I : C.Findings)
        if (const Finding &F = Plan.Findings[I];
            C.Dropped.empty() && !C.Edits.empty() &&
            (F.Kind == FindingKind::Factory ||
             F.Kind == FindingKind::Construction))
          Rules.insert(F.Rule);
    return Rules;
  }

  /// False when no rewrite is to blame: members that are swapped.
  bool startWithoutCircle(const EditPlan &Plan) {
    std::set<std::string> Rules = RulesSoFar;
    Rules.merge(rewritesIn(Plan));
    if (!Rules.empty())
      startWithout(Rules, "the rewrites undo each other: ");
    return !Rules.empty();
  }

  /// What still applies in the last pass would in the next one as well: its
  /// result matches again. False when no rewrite is to blame.
  bool startWithoutEndless(const EditPlan &Plan) {
    std::set<std::string> Rules = rewritesIn(Plan);
    if (!Rules.empty())
      startWithout(Rules, "the results match again, without end: ");
    return !Rules.empty();
  }

  /// Begins again without the rules that go round. Keeping what the first pass
  /// made would make every run write the other half of the circle.
  void startWithout(const std::set<std::string> &Rules, StringRef What) {
    Reason Why = {MessageId::Oscillates, (What + join(Rules, ", ")).str()};
    for (const std::string &Rule : Rules)
      Excluded[Rule] = Why;
    Named["oscillation: " + join(Rules, ", ")] = Why;
    unsigned Parsed = Total.TusParsed;
    Total = {};
    Total.TusParsed = Parsed;
    Total.Dropped = Named;
    RulesSoFar.clear();
    StillDropped.clear();
    Files.clear();
    Texts = Scan.Texts;
    Number = 1;
    Tus = Scan.Tus;
    leaveExcluded();
  }

  void leaveExcluded() {
    for (TuFindings &Tu : Tus)
      for (Finding &F : Tu.Findings)
        if (auto Why = Excluded.find(F.Rule);
            Why != Excluded.end() && !F.isLeft()) {
          F.leave(Why->second);
          F.Edits.clear();
        }
  }

  /// Adds one pass to the total, and makes ready for the next.
  void take(VerifiedPlan &Pass) {
    appendPlan(Pass);
    shiftDropped(Pass.Plan.Files);
    for (const FileChange &Change : Pass.Plan.Files) {
      Composed &File = Files[Change.Path];
      if (File.Versions.empty())
        File.Before = Change.Before;
      File.Versions.push_back(Change.After);
      File.Edits = File.Edits.merge(toReplacements(Change.Edits));
      Texts[Change.Path] = Change.After;
    }
    RulesSoFar.merge(rewritesIn(Pass.Plan));
    Total.Rounds += Pass.Rounds;
    Total.TusParsed += Pass.TusParsed;
    for (auto &[I, Found] : Pass.Rescanned) {
      // What was wrong before is still what counts as known.
      Found.Errors = Tus[I].Errors;
      Tus[I] = std::move(Found);
    }
    restrictToPaths(Code, Tus, Outside);
    leaveExcluded();
  }

  /// Later passes add what they edit, and what they drop for the first time;
  /// what they leave was told before. Called before their edits are merged.
  void appendPlan(const VerifiedPlan &Pass) {
    const EditPlan &Plan = Pass.Plan;
    if (Number == 1) {
      Total.Plan = Plan;
      Total.Dropped.insert(Pass.Dropped.begin(), Pass.Dropped.end());
      return;
    }
    std::set<Place> Told = takeBack(placesOf(Plan));
    for (const Cluster &C : Plan.Clusters) {
      auto Dropped = Pass.Dropped.find(C.Id);
      bool Applied = C.Dropped.empty();
      if (C.Edits.empty() || (!Applied && Dropped == Pass.Dropped.end()) ||
          all_of(C.Findings, [&](size_t I) {
            Place Where = placeOf(Plan.Findings[I]);
            return Applied ? Told.count(Where)
                           : !StillDropped.insert(Where).second;
          }))
        continue;
      Cluster Added = C;
      Added.Id += "#" + utostr(Number);
      Added.Pass = Number;
      Added.Findings.clear();
      for (size_t I : C.Findings) {
        Added.Findings.push_back(Total.Plan.Findings.size());
        Total.Plan.Findings.push_back(Plan.Findings[I]);
      }
      if (!Applied)
        Total.Dropped[Added.Id] = Dropped->second;
      Total.Plan.Clusters.push_back(std::move(Added));
    }
  }

  // --- What an earlier pass could not do -------------------------------------

  static Place placeOf(const Finding &F) { return {F.Path, F.Kind, F.Offset}; }

  /// Of everything a pass edits.
  static std::set<Place> placesOf(const EditPlan &Plan) {
    std::set<Place> Result;
    for (const Cluster &C : Plan.Clusters)
      for (size_t I : C.Findings)
        if (C.Dropped.empty() && !C.Edits.empty() && !Plan.Findings[I].isLeft())
          Result.insert(placeOf(Plan.Findings[I]));
    return Result;
  }

  Place placeNow(const Finding &F) const {
    auto File = Files.find(F.Path);
    return {F.Path, F.Kind,
            File == Files.end()
                ? F.Offset
                : File->second.Edits.getShiftedCodePosition(F.Offset)};
  }

  void shiftDropped(ArrayRef<FileChange> Changes) {
    std::set<Place> Shifted;
    for (auto [Path, Kind, Offset] : StillDropped) {
      for (const FileChange &Change : Changes)
        if (Change.Path == Path)
          Offset = toReplacements(Change.Edits).getShiftedCodePosition(Offset);
      Shifted.insert({Path, Kind, Offset});
    }
    StillDropped = std::move(Shifted);
  }

  /// Clusters of the first pass that were not applied, and now are: they count
  /// as edited, at the places the user knows. Gives the places they have now.
  std::set<Place> takeBack(const std::set<Place> &Done) {
    std::set<Place> Taken;
    for (Cluster &C : Total.Plan.Clusters) {
      if (C.Pass > 1 || C.Dropped.empty())
        continue;
      std::vector<Place> Places;
      for (size_t I : C.Findings)
        Places.push_back(placeNow(Total.Plan.Findings[I]));
      if (C.Findings.empty() ||
          any_of(Places, [&](const Place &P) { return !Done.count(P); })) {
        StillDropped.insert(Places.begin(), Places.end());
        continue;
      }
      Taken.insert(Places.begin(), Places.end());
      Total.Dropped.erase(C.Id);
      C.drop({});
      for (size_t I : C.Findings)
        Total.Plan.Findings[I].leave({});
    }
    return Taken;
  }

  void compose() {
    Total.Plan.Files.clear();
    for (auto &[Path, File] : Files) {
      FileChange Change;
      Change.Path = Path;
      Change.Before = std::move(File.Before);
      Change.After = std::move(File.Versions.back());
      Change.Edits = toEdits(File.Edits);
      if (Change.After != Change.Before)
        Total.Plan.Files.push_back(std::move(Change));
    }
  }
};

} // namespace

Expected<VerifiedPlan> runPasses(const Project &Project, const ScanRun &Scan) {
  return PassRunner(Project, Scan).run();
}

} // namespace consolidate
