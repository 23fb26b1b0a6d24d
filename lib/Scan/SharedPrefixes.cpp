//===- SharedPrefixes.cpp - Which TUs stand on one compiled prefix --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Scan.h"

#include "consolidate/Frontend.h"

#include "clang/Tooling/Inclusions/StandardLibrary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

/// To compile the headers takes as long as to parse them in one TU and a half.
static constexpr unsigned MinShared = 3;

/// Everything of a command but its main file; "" when that is not its end.
static std::string flagsOf(const TuJob &Job) {
  size_t Count = Job.Arguments.size();
  if (Count < 2 || Job.Arguments[Count - 2] != "--")
    return "";
  std::string Flags = Job.Directory;
  for (const std::string &Argument : ArrayRef(Job.Arguments).drop_back())
    (Flags += '\0') += Argument;
  return Flags;
}

static bool isStandard(const LexicalInclude &Include) {
  return Include.Angled && !Include.Next &&
         clang::tooling::stdlib::Header::named("<" + Include.Spelled + ">");
}

SharedPrefixes::SharedPrefixes(const ScanPlan &Plan) : Plan(Plan) {}
SharedPrefixes::~SharedPrefixes() = default;

void SharedPrefixes::readHeaders(ArrayRef<PlannedTu> Tus) {
  std::map<unsigned, std::set<std::string>> New;
  for (const PlannedTu &Tu : Tus)
    if (!HeadersOf.count(Tu.JobIndex))
      New[Tu.JobIndex];
  for (const auto &File : Plan.Files) {
    std::vector<std::string> Standard;
    for (const LexicalInclude &Include : File.second.Includes)
      if (isStandard(Include))
        Standard.push_back(Include.Spelled);
    if (Standard.empty())
      continue;
    for (auto &[Job, Headers] : New)
      if (std::binary_search(File.second.ReachedBy.begin(),
                             File.second.ReachedBy.end(), Job))
        Headers.insert(Standard.begin(), Standard.end());
  }
  HeadersOf.merge(New);
}

std::vector<unsigned> SharedPrefixes::first(ArrayRef<PlannedTu> Tus,
                                            ArrayRef<unsigned> ToParse) {
  std::vector<PlannedTu> Wanted;
  for (unsigned I : ToParse)
    Wanted.push_back(Tus[I]);
  readHeaders(Wanted);
  std::map<std::string, std::vector<unsigned>> ByFlags;
  for (unsigned I : ToParse)
    ByFlags[flagsOf(Tus[I].Job)].push_back(I);
  std::vector<unsigned> Alone;
  for (const auto &[Flags, Members] : ByFlags) {
    if (!Flags.empty() && Groups.count(Flags))
      continue; // has a prefix, or none is to be had
    if (!Flags.empty() && Members.size() > MinShared) {
      Alone.push_back(Members.front());
      Groups[Flags].Members.assign(Members.begin() + 1, Members.end());
    } else {
      append_range(Alone, Members);
    }
  }
  llvm::sort(Alone);
  return Alone;
}

/// The headers of most members that \p Seen, one of them, did read.
static std::vector<std::string>
commonHeaders(ArrayRef<const std::set<std::string> *> Members,
              const TuFindings &Seen) {
  StringSet<> Read;
  for (const auto &Edges : Seen.IncludeGraph)
    for (const std::string &Path : Edges.second)
      Read.insert(sys::path::filename(Path));
  std::map<std::string, unsigned> Count;
  for (const auto *Headers : Members)
    for (const std::string &Name : *Headers)
      if (Read.contains(Name))
        ++Count[Name];
  std::vector<std::pair<unsigned, std::string>> Order;
  for (const auto &[Name, Times] : Count)
    Order.emplace_back(Times, Name);
  llvm::sort(Order, [](const auto &A, const auto &B) { return A > B; });
  // Another header is worth a few members that do not include it.
  auto WithAll = [&](ArrayRef<std::string> Names) {
    return count_if(Members, [&](const auto *Headers) {
      return all_of(Names,
                    [&](const auto &Name) { return Headers->count(Name); });
    });
  };
  std::vector<std::string> Chosen;
  for (const auto &[Times, Name] : Order) {
    Chosen.push_back(Name);
    if (WithAll(Chosen) * 5 < long(Members.size()) * 4)
      Chosen.pop_back();
  }
  llvm::sort(Chosen);
  return Chosen;
}

void SharedPrefixes::compile(ArrayRef<PlannedTu> Tus,
                             ArrayRef<TuFindings> Results, unsigned Threads) {
  struct Task {
    Group *Into;
    const TuJob *Like;
  };
  std::vector<Task> Tasks;
  for (auto &[Flags, G] : Groups) {
    if (G.Members.empty())
      continue;
    std::vector<const std::set<std::string> *> All;
    for (unsigned I : G.Members)
      All.push_back(&HeadersOf[Tus[I].JobIndex]);
    auto Seen = find_if(seq<size_t>(0, Tus.size()), [&](size_t I) {
      return flagsOf(Tus[I].Job) == Flags && Results[I].Parsed;
    });
    if (Seen != seq<size_t>(0, Tus.size()).end())
      G.Headers = commonHeaders(All, Results[*Seen]);
    if (!G.Headers.empty())
      Tasks.push_back({&G, &Tus[G.Members.front()].Job});
    G.Members.clear();
  }
  forEachIsolated(
      Tasks.size(), Threads,
      [&](unsigned I) {
        Tasks[I].Into->Compiled =
            Prefix::compile(*Tasks[I].Like, Tasks[I].Into->Headers);
      },
      [](unsigned) {}, {});
}

std::pair<const Prefix *, PrefixUse *>
SharedPrefixes::of(const PlannedTu &Tu) const {
  auto It = Groups.find(flagsOf(Tu.Job));
  auto Headers = HeadersOf.find(Tu.JobIndex);
  if (It == Groups.end() || Headers == HeadersOf.end() ||
      !all_of(It->second.Headers, [&](const std::string &Name) {
        return Headers->second.count(Name);
      }))
    return {};
  const Group &Of = It->second;
  // A failed attempt costs half a parse.
  if (Of.Use.Failed > 2 && Of.Use.Failed > Of.Use.Good)
    return {};
  return {Of.Compiled.get(), &Of.Use};
}

std::pair<unsigned, unsigned> SharedPrefixes::parsesAndRedone() const {
  unsigned Parses = 0, Good = 0;
  for (const auto &[Flags, Of] : Groups) {
    Parses += Of.Use.Parses;
    Good += Of.Use.Good;
  }
  return {Parses, Parses - Good};
}

} // namespace consolidate
