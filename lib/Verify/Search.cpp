//===- Search.cpp - Which edits are behind a problem ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Search.h"

#include "Blame.h"
#include "Culprits.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

/// A search is content with what it has after these.
constexpr unsigned MaxParses = 24;

/// What is behind a problem is first looked for this many lines around it.
constexpr unsigned LinesNear[] = {2, 12, 80};

/// What is that near is tried with all that does not compile without it, as far
/// as that is told in so many parses.
constexpr unsigned LinesOfOnePlace = 2, MaxSteps = 6;

class Search {
public:
  Search(ArrayRef<Problem> Problems, const EditPlan &Plan,
         const DroppedClusters &Dropped, Unit &Tu, Trials &Trying)
      : Problems(Problems), Plan(Plan), Dropped(Dropped), Tu(Tu),
        Trying(Trying) {}

  std::set<std::string> run() {
    Blame Blamed(Plan);
    size_t Tried = 0;
    for (unsigned Lines : LinesNear) {
      std::set<std::string> Near =
          Blamed.clustersNear(Problems.front().Place, Lines);
      if (Near.size() == Tried)
        continue;
      Tried = Near.size();
      std::set<std::string> Found = among(Near);
      if (Found.empty() && Lines <= LinesOfOnePlace)
        Found = oneWithWhatNeedsIt(Near);
      if (!Found.empty())
        return Found;
    }
    std::set<std::string> All = allTouching(Plan, Tu.Files);
    std::set<std::string> Found = among(All);
    if (!Found.empty())
      return Found;
    std::set<std::string> Definitions;
    copy_if(All, std::inserter(Definitions, Definitions.end()),
            [](StringRef Id) { return Id.starts_with("definition:"); });
    return Definitions.empty() ? All : Definitions;
  }

private:
  ArrayRef<Problem> Problems;
  const EditPlan &Plan;
  const DroppedClusters &Dropped;
  Unit &Tu;
  Trials &Trying;

  /// The fewest of \p Suspects that help; empty when all of them do not.
  /// Includes follow from the other edits. They are asked first, alone: a use
  /// that is left may miss its header. Together with the others they would only
  /// mislead: without its header any other edit fails.
  std::set<std::string> among(const std::set<std::string> &Suspects) {
    std::set<std::string> Includes = includesAmong(Suspects);
    std::vector<std::string> Others;
    copy_if(Suspects, std::back_inserter(Others),
            [&](const std::string &Id) { return !Includes.count(Id); });
    auto Fails = [&](ArrayRef<std::string> Without) {
      return failsWithout(Without);
    };
    std::vector<std::string> Found = findCulprits(
        std::vector(Includes.begin(), Includes.end()), MaxParses, Fails);
    if (Found.empty())
      Found = findCulprits(Others, MaxParses, Fails);
    if (Found.empty() && !Includes.empty()) {
      append_range(Others, Includes);
      Found = findCulprits(Others, MaxParses, Fails);
    }
    return {Found.begin(), Found.end()};
  }

  /// The first of \p Near that helps, with what needs it.
  std::set<std::string> oneWithWhatNeedsIt(const std::set<std::string> &Near) {
    for (const std::string &Id : Near)
      if (std::set<std::string> Found = withWhatNeeds({Id}); !Found.empty())
        return Found;
    return {};
  }

  /// \p Ids, and the edits that do not compile without them: the object stays,
  /// so the parameter that takes it has to. Empty when that does not help.
  std::set<std::string> withWhatNeeds(std::set<std::string> Ids) {
    for (unsigned Step = 0; Step < MaxSteps; ++Step) {
      std::optional<Trial> Tried = tryWithout({Ids.begin(), Ids.end()});
      if (!Tried)
        return {};
      bool Errs = false;
      size_t Before = Ids.size();
      Blame Blamed(Tried->Plan);
      for (const Problem &Other : newProblems(Problems, Tried->Problems)) {
        Errs |= Other.isError();
        if (Other.isError())
          Ids.merge(Blamed.clustersAt(Other.Place));
      }
      if (!Errs)
        return howOften(Tried->Problems) < howOften(Problems)
                   ? Ids
                   : std::set<std::string>();
      if (Ids.size() == Before)
        return {};
    }
    return {};
  }

  /// Those of \p Ids that change `#include` lines and nothing else.
  std::set<std::string> includesAmong(const std::set<std::string> &Ids) const {
    std::set<std::string> Includes;
    for (const Cluster &C : Plan.Clusters)
      if (Ids.count(C.Id) && all_of(C.Findings, [&](size_t I) {
            return Plan.Findings[I].Kind == FindingKind::Include;
          }))
        Includes.insert(C.Id);
    return Includes;
  }

  std::optional<Trial> tryWithout(const std::vector<std::string> &Without) {
    DroppedClusters WithThese = Dropped;
    for (const std::string &Id : Without)
      WithThese.try_emplace(Id, Reason{MessageId::WouldNotCompile, "tried"});
    return Trying.tryWithout(WithThese, Tu);
  }

  bool failsWithout(ArrayRef<std::string> Without) {
    std::optional<Trial> Tried = tryWithout(Without.vec());
    // Another call that is misled is another problem: with its overload back,
    // a call for one that is left, those of the others are. And as long as
    // there are errors not all that is called is seen.
    return !Tried || howOften(Tried->Problems) >= howOften(Problems) ||
           any_of(newProblems(Problems, Tried->Problems),
                  [](const Problem &Other) { return Other.isError(); });
  }

  /// How often the problem in question occurs among \p Some.
  size_t howOften(ArrayRef<Problem> Some) const {
    const CompileError &Place = Problems.front().Place;
    return count_if(Some, [&](const Problem &Other) {
      return Other.Place.Path == Place.Path &&
             Other.Place.Message == Place.Message;
    });
  }
};

} // namespace

std::set<std::string> allTouching(const EditPlan &Plan,
                                  const std::set<std::string> &Files) {
  std::set<std::string> Ids;
  for (const Cluster &C : Plan.Clusters)
    if (C.Dropped.empty() &&
        any_of(C.Edits, [&](const Edit &E) { return Files.count(E.Path); }))
      Ids.insert(C.Id);
  return Ids;
}

std::set<std::string> findBehind(ArrayRef<Problem> Problems,
                                 const EditPlan &Plan,
                                 const DroppedClusters &Dropped, Unit &Tu,
                                 Trials &Trying) {
  return Search(Problems, Plan, Dropped, Tu, Trying).run();
}

} // namespace consolidate
