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

class PassRunner {
public:
  PassRunner(const Project &Project, const ScanRun &Scan)
      : Code(Project), Scan(Scan), Tus(Scan.Tus), Outside(Scan.Outside) {
    Match.AllowUnsafe = Project.Options.AllowUnsafe;
    Match.CollectNames = true;
  }

  Expected<VerifiedPlan> run() {
    while (true) {
      Expected<VerifiedPlan> Pass = planAndVerify(
          {Scan.Rules, *Code.Files, Match, Scan.Jobs, Tus, Code.ResolveHeader,
           Texts, Code.Options.Threads, Code.Options.Progress});
      if (!Pass)
        return Pass.takeError();
      if (Pass->Plan.Files.empty() && Number > 1)
        break;
      if (repeats(Pass->Plan)) {
        startWithout(Pass->Plan);
        continue;
      }
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

  /// Begins again without the rules that go round. Keeping what the first pass
  /// made would make every run write the other half of the circle.
  void startWithout(const EditPlan &Plan) {
    std::set<std::string> Rules = std::move(RulesSoFar);
    RulesSoFar.clear();
    Rules.merge(rewritesIn(Plan));
    Reason Why = {MessageId::Oscillates,
                  "the rewrites undo each other: " + join(Rules, ", ")};
    for (const std::string &Rule : Rules)
      Excluded[Rule] = Why;
    DroppedClusters Named = std::move(Total.Dropped);
    Named["oscillation: " + join(Rules, ", ")] = Why;
    Total = {};
    Total.Dropped = std::move(Named);
    Files.clear();
    Texts.clear();
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
    Total.Dropped.insert(Pass.Dropped.begin(), Pass.Dropped.end());
    appendPlan(Pass.Plan);
    for (auto &[I, Found] : Pass.Rescanned) {
      // What was wrong before is still what counts as known.
      Found.Errors = Tus[I].Errors;
      Tus[I] = std::move(Found);
    }
    restrictToPaths(Code, Tus, Outside);
    leaveExcluded();
  }

  /// Later passes add what they edit; what they leave was told before.
  void appendPlan(const EditPlan &Plan) {
    if (Number == 1) {
      Total.Plan = Plan;
      return;
    }
    for (const Cluster &C : Plan.Clusters) {
      if (!C.Dropped.empty() || C.Edits.empty())
        continue;
      Cluster Added = C;
      Added.Id += "#" + utostr(Number);
      Added.Pass = Number;
      Added.Findings.clear();
      for (size_t I : C.Findings) {
        Added.Findings.push_back(Total.Plan.Findings.size());
        Total.Plan.Findings.push_back(Plan.Findings[I]);
      }
      Total.Plan.Clusters.push_back(std::move(Added));
    }
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
