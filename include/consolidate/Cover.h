//===- Cover.h - Which TUs to parse, of those that could be -----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A header that hundreds of translation units include is the same in all of
// them; one parse shows it. `Cover` chooses which. A file that never names a
// class may still use it; `Following` finds those.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_COVER_H
#define CONSOLIDATE_COVER_H

#include "consolidate/Findings.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/StringSet.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace consolidate {

/// Chooses TUs, a round at a time, until every file that must be analysed has
/// been seen in one TU of each build directory that reaches it. A file that a
/// TU did not show as expected (not entered, a mention in a branch that was not
/// compiled, errors) goes on to another one. Not thread-safe.
class Cover {
public:
  /// Requires every file of `Plan.TusReaching`. Both must outlive the cover.
  Cover(const ScanPlan &Plan, llvm::ArrayRef<TuJob> Jobs);

  /// \p Path must be analysed in one of \p Among (ascending job indices) for
  /// each build directory, even if it was seen before: there is more in it than
  /// was known. \p Why is for `explain`.
  void require(llvm::StringRef Path, llvm::ArrayRef<unsigned> Among,
               llvm::StringRef Why);

  /// What to parse next, the largest TUs first; empty when nothing is left to
  /// try. Tell `seen` of each before asking again.
  std::vector<PlannedTu> next();

  /// What would be parsed if nothing else turned up, in the order of the
  /// database.
  static std::vector<PlannedTu> firstRound(const ScanPlan &Plan,
                                           llvm::ArrayRef<TuJob> Jobs);

  /// What the TU of job \p Job showed.
  void seen(unsigned Job, const TuFindings &Found);

  /// Every file required so far, by real path: their function bodies count.
  const llvm::StringSet<> &files() const { return Files; }

private:
  /// One file in one configuration.
  struct Goal {
    std::string Why;
    std::vector<unsigned> Candidates; ///< Not tried yet; ascending.
    unsigned Failures = 0;            ///< TUs with errors that it was seen in.
    bool Open = true;
  };
  /// Path, and the configuration: a build directory, or for a main file the job
  /// itself, as each of its commands may compile other code.
  using Key = std::pair<std::string, unsigned>;

  Key keyOf(llvm::StringRef Path, unsigned Job) const;
  PlannedTu planned(unsigned Job, const Goal &G, llvm::StringRef Path) const;
  /// Takes out of the candidates those that would show no more.
  bool isSatisfied(llvm::StringRef Path, Goal &G, unsigned Job,
                   const TuFindings &Found) const;
  /// What the conditions name under which a mention was not compiled; empty
  /// when all were.
  std::set<std::string> inactiveUnder(llvm::StringRef Path,
                                      const FileFacts &Facts) const;
  /// True when \p Other reads a file that defines one of \p Macros and that \p
  /// Job does not read.
  bool definesMore(unsigned Other, unsigned Job,
                   const std::set<std::string> &Macros) const;

  const ScanPlan &Plan;
  llvm::ArrayRef<TuJob> Jobs;
  std::vector<unsigned> BuildDirectory; ///< By job, interned.
  std::vector<unsigned> Macros; ///< By job: what its flags define, interned.
  std::vector<unsigned> Size;   ///< By job: how many files it reads.
  llvm::StringMap<std::string> Reasons; ///< Of PlannedTu, by main file.
  /// Files by the macros they define; filled when first needed.
  mutable llvm::StringMap<std::vector<const SurveyedFile *>> Definers;
  std::map<Key, Goal> Goals;
  llvm::StringSet<> Files;
};

/// A file that spells a followed name in code.
struct FollowedUse {
  std::string Path; ///< Real path.
  std::string Why;  ///< For `explain`.
  /// The jobs that read both this file and one that declares the name;
  /// ascending indices into those given to survey().
  std::vector<unsigned> Jobs;
};

/// Follows names through the text of the files of a survey. Each name is looked
/// for once, so that asking again with what the uses declare ends.
class Following {
public:
  /// \p Plan and \p Within must outlive it.
  Following(const ScanPlan &Plan, const Scope &Within, unsigned Threads)
      : Plan(Plan), Within(Within), Threads(Threads) {}

  /// The macros whose bodies mention a legacy name: wherever one is expanded,
  /// the class is used.
  std::vector<FollowedName> macrosAroundMentions() const;

  /// The files that spell one of \p Names, those that were followed before
  /// left out; and of macros around these, in turn. By path.
  std::vector<FollowedUse> follow(std::vector<FollowedName> Names);

private:
  const ScanPlan &Plan;
  const Scope &Within;
  unsigned Threads;
  std::set<FollowedName> Followed;

  std::vector<FollowedName> followOnce(llvm::ArrayRef<FollowedName> Names,
                                       std::vector<FollowedUse> &Uses) const;
};

} // namespace consolidate

#endif // CONSOLIDATE_COVER_H
