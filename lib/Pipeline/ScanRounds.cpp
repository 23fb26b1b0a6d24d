//===- ScanRounds.cpp - Parses until every file that matters was seen -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   cover -> scan -> names declared with legacy types -> files that spell them
//     -> cover of those -> ... until nothing is left
//
//===----------------------------------------------------------------------===//
#include "PipelineInternal.h"

#include "consolidate/Cover.h"
#include "consolidate/Support.h"

#include "llvm/ADT/BitVector.h"

using namespace llvm;

namespace consolidate {
namespace {

/// True when code that does not name a class may have to change: not for a mere
/// change of its name.
bool changesCalls(const RuleSet &Rules) {
  return !Rules.Rewrites.empty() ||
         any_of(Rules.Consolidate, [](const Consolidation &Entry) {
           return any_of(Entry.From, [](const LegacyClass &Legacy) {
             return !Legacy.Members.empty();
           });
         });
}

class ScanRounds {
public:
  ScanRounds(const Project &Project, ScanRun &Run, ScanOptions Options)
      : Code(Project), Run(Run), Options(std::move(Options)),
        Chosen(Run.Plan, Project.Jobs),
        Names(Run.Plan, *Project.Files, Project.Options.Threads),
        Prefixes(Run.Plan) {
    this->Options.Prefixes = &Prefixes;
    this->Options.Tu.Match.FollowNames = changesCalls(Project.Rules);
    this->Options.Tu.KeepBodiesIn = &Chosen.files();
  }

  void run() {
    if (Options.Tu.Match.FollowNames || !Code.Options.Paths.empty())
      requireOutside();
    follow(Names.macrosAroundMentions());
    follow(renamedMembers());
    while (true) {
      std::vector<PlannedTu> Tus = Chosen.next();
      if (Tus.empty())
        break;
      parse(std::move(Tus));
    }
    takeResults();
  }

private:
  const Project &Code;
  ScanRun &Run;
  ScanOptions Options;
  Cover Chosen;
  Following Names;
  SharedPrefixes Prefixes;
  /// By job index; a later parse of the same TU saw more.
  std::map<unsigned, std::pair<PlannedTu, TuFindings>> Results;

  void parse(std::vector<PlannedTu> Tus) {
    std::vector<TuFindings> Found = scan(Tus, *Run.Rules, *Code.Files, Options);
    std::vector<FollowedName> New;
    for (auto [Tu, Findings] : zip(Tus, Found)) {
      Chosen.seen(Tu.JobIndex, Findings);
      append_range(New, std::exchange(Findings.Follow, {}));
      unsigned Job = Tu.JobIndex;
      Results[Job] = {std::move(Tu), std::move(Findings)};
    }
    Run.Rounds += 1;
    Run.Parses += unsigned(Found.size());
    follow(std::move(New));
  }

  void follow(std::vector<FollowedName> New) {
    for (const FollowedUse &Use : Names.follow(std::move(New)))
      if (isWanted(Use.Path) && !Chosen.files().contains(Use.Path))
        Chosen.require(Use.Path, Use.Jobs, Use.Why);
  }

  /// A file outside of the paths asked for matters for what it declares only.
  bool isWanted(StringRef Path) const {
    return Code.Files->contains(Path) &&
           (Code.Options.Paths.empty() ||
            any_of(Code.Options.Paths, [&](StringRef Start) {
              return isAtOrBelow(Path, realPath(Start));
            }));
  }

  /// What lies outside of the scope, or of the paths asked for, declares names
  /// that code inside uses, and defines what is declared there.
  void requireOutside() {
    BitVector ReachWanted(Run.Plan.TotalTus);
    for (const PlannedTu &Tu : Run.Plan.Tus)
      ReachWanted.set(Tu.JobIndex);
    for (const auto &[Path, File] : Run.Plan.Files) {
      if (Run.Plan.TusReaching.contains(Path) ||
          none_of(File.Mentions,
                  [](const Mention &M) { return M.Kind == MentionKind::Code; }))
        continue;
      std::vector<unsigned> Among = File.ReachedBy;
      erase_if(Among, [&](unsigned Job) { return !ReachWanted.test(Job); });
      Chosen.require(Path, Among,
                     "reads " + Code.Files->relative(Path) +
                         ", which mentions a legacy class");
    }
  }

  std::vector<FollowedName> renamedMembers() const {
    std::vector<FollowedName> Members;
    for (const Consolidation &Entry : Code.Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        for (const MemberRename &Member : Legacy.Members)
          Members.push_back({Member.From, Code.ResolveHeader(Legacy.Header)});
    return Members;
  }

  void takeResults() {
    std::tie(Run.OnPrefix, Run.Redone) = Prefixes.parsesAndRedone();
    Run.Plan.Tus.clear();
    for (auto &[Job, Result] : Results) {
      Run.Jobs.push_back(Result.first.Job);
      Run.Plan.Tus.push_back(std::move(Result.first));
      Run.Tus.push_back(std::move(Result.second));
    }
    // `#include MACRO` is seen by a parse only.
    erase_if(Run.Plan.UnreachedFiles, [&](const std::string &Path) {
      return any_of(Run.Tus, [&](const TuFindings &Tu) {
        return Tu.Files.count(Path) > 0;
      });
    });
  }
};

} // namespace

void scanCover(const Project &Project, ScanRun &Run, ScanOptions Options) {
  ScanRounds(Project, Run, std::move(Options)).run();
}

} // namespace consolidate
