//===- Cover.cpp - The fewest TUs that show every file --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A greedy set cover: within a factor of ln n of the smallest, and in practice
// the smallest, because most files that mention a name are main files and leave
// no choice.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Cover.h"

#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using clang::isAsciiIdentifierContinue;
using clang::isAsciiIdentifierStart;

namespace consolidate {

/// A header seen only in TUs with errors is not worth more parses than this.
static constexpr unsigned MaxFailures = 3;

/// The arguments of a command that decide which branches are compiled.
static std::string macrosOf(const TuJob &Job) {
  static constexpr StringLiteral Deciding[] = {
      "-D", "-U", "-std", "-x", "-m", "-target", "--target", "-include", "-f"};
  std::string Result;
  bool TakeNext = false;
  for (StringRef Argument : Job.Arguments) {
    if (Argument == "--")
      break;
    bool Decides = any_of(Deciding, [&](StringRef Prefix) {
      return Argument.starts_with(Prefix);
    });
    if (TakeNext || Decides)
      (Result += Argument) += '\0';
    TakeNext = Decides && is_contained(Deciding, Argument);
  }
  return Result;
}

/// The names after `#define` in one text.
static std::vector<StringRef> definedMacros(StringRef Text) {
  std::vector<StringRef> Names;
  for (size_t At = Text.find("define"); At != StringRef::npos;
       At = Text.find("define", At + 1)) {
    StringRef Name = Text.substr(At + strlen("define")).ltrim(" \t");
    if (Text.take_front(At).rtrim(" \t").ends_with("#"))
      Names.push_back(
          Name.take_while([](char C) { return isAsciiIdentifierContinue(C); }));
  }
  return Names;
}

Cover::Cover(const ScanPlan &Plan, ArrayRef<TuJob> Jobs)
    : Plan(Plan), Jobs(Jobs), Size(Jobs.size()) {
  StringMap<unsigned> Directories, MacroSets;
  for (const TuJob &Job : Jobs) {
    BuildDirectory.push_back(
        Directories.try_emplace(Job.BuildDirectory, Directories.size())
            .first->second);
    Macros.push_back(
        MacroSets.try_emplace(macrosOf(Job), MacroSets.size()).first->second);
  }
  for (const auto &File : Plan.Files)
    for (unsigned Job : File.second.ReachedBy)
      ++Size[Job];
  for (const PlannedTu &Tu : Plan.Tus)
    Reasons.try_emplace(Tu.Job.File, Tu.Reason);
  for (const auto &File : Plan.TusReaching)
    require(File.getKey(), File.second, "");
}

Cover::Key Cover::keyOf(StringRef Path, unsigned Job) const {
  unsigned Configuration = Jobs[Job].File == Path ? unsigned(Jobs.size()) + Job
                                                  : BuildDirectory[Job];
  return {Path.str(), Configuration};
}

void Cover::require(StringRef Path, ArrayRef<unsigned> Among, StringRef Why) {
  Files.insert(Path);
  std::set<Key> Begun;
  for (unsigned Job : Among) {
    Key Where = keyOf(Path, Job);
    Goal &G = Goals[Where];
    if (Begun.insert(std::move(Where)).second) {
      G = {};
      G.Why = Why.str();
    }
    G.Candidates.push_back(Job);
  }
}

PlannedTu Cover::planned(unsigned Job, const Goal &G, StringRef Path) const {
  PlannedTu Tu = {Jobs[Job], Job, G.Why};
  if (auto Known = Reasons.find(Jobs[Job].File);
      Tu.Reason.empty() && Known != Reasons.end())
    Tu.Reason = Known->second;
  return Tu;
}

std::vector<PlannedTu> Cover::next() {
  std::map<unsigned, std::vector<std::pair<const Key *, const Goal *>>> Shows;
  std::vector<const Goal *> NoChoice;
  for (const auto &[Where, G] : Goals) {
    if (!G.Open)
      continue;
    for (unsigned Job : G.Candidates)
      Shows[Job].emplace_back(&Where, &G);
    if (G.Candidates.size() == 1)
      NoChoice.push_back(&G);
  }
  std::map<unsigned, unsigned> Gain; ///< Goals that a job would add.
  for (const auto &[Job, All] : Shows)
    Gain[Job] = unsigned(All.size());
  std::set<const Goal *> Covered;
  std::vector<PlannedTu> Result;
  auto Take = [&](unsigned Job) {
    bool First = true;
    for (const auto &[Where, G] : Shows[Job]) {
      if (!Covered.insert(G).second)
        continue;
      if (std::exchange(First, false))
        Result.push_back(planned(Job, *G, Where->first));
      for (unsigned Other : G->Candidates)
        --Gain[Other];
    }
  };
  for (const Goal *G : NoChoice)
    Take(G->Candidates.front());
  while (true) {
    auto Best = max_element(Gain, [&](const auto &A, const auto &B) {
      return std::make_pair(A.second, ~Size[A.first]) <
             std::make_pair(B.second, ~Size[B.first]);
    });
    if (Best == Gain.end() || Best->second == 0)
      break;
    Take(Best->first);
  }
  llvm::sort(Result, [&](const PlannedTu &A, const PlannedTu &B) {
    return std::make_pair(Size[B.JobIndex], A.JobIndex) <
           std::make_pair(Size[A.JobIndex], B.JobIndex);
  });
  return Result;
}

std::vector<PlannedTu> Cover::firstRound(const ScanPlan &Plan,
                                         ArrayRef<TuJob> Jobs) {
  std::vector<PlannedTu> Tus = Cover(Plan, Jobs).next();
  llvm::sort(Tus, [](const PlannedTu &A, const PlannedTu &B) {
    return A.JobIndex < B.JobIndex;
  });
  return Tus;
}

std::set<std::string> Cover::inactiveUnder(StringRef Path,
                                           const FileFacts &Facts) const {
  std::set<std::string> Names;
  auto File = Plan.Files.find(Path);
  if (File == Plan.Files.end())
    return Names;
  for (const SkippedRange &Range : Facts.Skipped)
    if (any_of(File->second.Mentions, [&](const Mention &M) {
          return M.Kind != MentionKind::Comment &&
                 M.Kind != MentionKind::String && M.Offset >= Range.Begin &&
                 M.Offset < Range.End;
        }))
      for (StringRef Rest = Range.Condition; !Rest.empty();) {
        Rest =
            Rest.drop_until([](char C) { return isAsciiIdentifierStart(C); });
        StringRef Name = Rest.take_while(
            [](char C) { return isAsciiIdentifierContinue(C); });
        if (!Name.empty())
          Names.insert(Name.str());
        Rest = Rest.drop_front(Name.size());
      }
  return Names;
}

bool Cover::definesMore(unsigned Other, unsigned Job,
                        const std::set<std::string> &Names) const {
  if (Definers.empty())
    for (const auto &File : Plan.Files)
      if (auto Buffer = MemoryBuffer::getFile(File.getKey()))
        for (StringRef Name : definedMacros((*Buffer)->getBuffer()))
          Definers[Name].push_back(&File.second);
  return any_of(Names, [&](const std::string &Name) {
    auto Files = Definers.find(Name);
    return Files != Definers.end() &&
           any_of(Files->second, [&](const SurveyedFile *File) {
             return is_contained(File->ReachedBy, Other) &&
                    !is_contained(File->ReachedBy, Job);
           });
  });
}

bool Cover::isSatisfied(StringRef Path, Goal &G, unsigned Job,
                        const TuFindings &Found) const {
  auto File = Plan.Files.find(Path);
  bool Told = File != Plan.Files.end() && File->second.InScope;
  auto Facts = Found.Files.find(Path);
  if (Told && (Facts == Found.Files.end() || !Facts->second.Entered))
    return false;
  if (!Found.Parsed || !Found.Errors.empty())
    return ++G.Failures >= MaxFailures;
  if (!Told)
    return true;
  std::set<std::string> Inactive = inactiveUnder(Path, Facts->second);
  // Only other macros can make a difference.
  erase_if(G.Candidates, [&](unsigned Other) {
    return Macros[Other] == Macros[Job] && !definesMore(Other, Job, Inactive);
  });
  return Inactive.empty();
}

void Cover::seen(unsigned Job, const TuFindings &Found) {
  for (auto &[Where, G] : Goals) {
    if (!G.Open || !is_contained(G.Candidates, Job))
      continue;
    erase(G.Candidates, Job);
    if (isSatisfied(Where.first, G, Job, Found) || G.Candidates.empty())
      G.Open = false;
  }
}

} // namespace consolidate
