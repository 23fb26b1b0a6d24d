//===- Overloads.cpp - Is it the overload that the rule means? ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Overloads.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {

OverloadCheck::OverloadCheck(const EditPlan &Plan, ArrayRef<TuFindings> Tus) {
  for (const FileChange &Change : Plan.Files)
    Changes[Change.Path] = &Change;
  for (const Cluster &C : Plan.Clusters)
    for (size_t I : C.Findings)
      for (const MeantCall &Meant : Plan.Findings[I].Meant)
        addPlace(C, Plan.Findings[I], Meant);
  for (const TuFindings &Tu : Tus)
    for (const ChosenCall &Call : Tu.Watched)
      watch(Call);
}

void OverloadCheck::watch(const ChosenCall &Call) {
  for (auto [Begin, End] :
       placesOf(Call.Path, Call.Begin, Call.End, Call.Site)) {
    WatchedPlace &Place = Watched[{Call.Path, Begin, Call.Site}];
    if (!Place.Before)
      Asked[Call.Path].emplace_back(Begin, End);
    Place.Before = &Call;
    Place.Keys.insert(Call.Key);
    Ranges Declared;
    if (!Call.DeclaredIn.empty())
      Declared = placesOf(Call.DeclaredIn, Call.DeclaredAt, Call.DeclaredAt + 1,
                          CallSite::Name);
    Place.IsKnown &= !Declared.empty();
    for (auto [Name, NameEnd] : Declared)
      Place.Declared.insert({Call.DeclaredIn, Name});
  }
}

/// True when \p Call chooses another function than the calls there before.
bool OverloadCheck::isAnother(const ChosenCall &Call,
                              const WatchedPlace &Place) const {
  // What comes with the canonical class is what the rules are for.
  if (!Place.Keys.count(Call.Key))
    return !Call.OfClass || Place.Before->OfClass || !Call.DeclaredIn.empty();
  return Place.IsKnown &&
         !Place.Declared.count({Call.DeclaredIn, Call.DeclaredAt});
}

/// Where the byte at \p Offset stands once the plan is in; behind what is
/// inserted there.
unsigned OverloadCheck::moved(StringRef Path, unsigned Offset) const {
  auto Change = Changes.find(Path);
  if (Change == Changes.end())
    return Offset;
  unsigned Result = Offset;
  for (const Edit &E : Change->second->Edits)
    if (E.Offset + E.Length <= Offset)
      Result += E.Text.size() - E.Length;
  return Result;
}

/// Where \p E, whose text begins at \p Start, takes what stands at [Begin,
/// End).
static SmallVector<std::pair<unsigned, unsigned>, 1>
copiesIn(const Edit &E, unsigned Start, unsigned Begin, unsigned End) {
  SmallVector<std::pair<unsigned, unsigned>, 1> Result;
  auto Takes = [](const KeptText &Kept, unsigned Byte) {
    return Kept.InFile <= Byte && Byte < Kept.InFile + Kept.Length;
  };
  // What lies between may be edited: the last byte is looked for on its own.
  unsigned Last = std::max(Begin + 1, End) - 1;
  for (size_t I = 0; I < E.Kept.size(); ++I) {
    if (!Takes(E.Kept[I], Begin))
      continue;
    for (const KeptText &Kept : ArrayRef(E.Kept).drop_front(I))
      if (Takes(Kept, Last)) {
        unsigned NewBegin = Start + E.Kept[I].InText + Begin - E.Kept[I].InFile;
        unsigned NewLast = Start + Kept.InText + Last - Kept.InFile;
        Result.emplace_back(NewBegin, Begin == End ? NewBegin : NewLast + 1);
        break;
      }
  }
  return Result;
}

/// Where what stands at [Begin, End) before stands once the plan is in: at one
/// place, or wherever the edit around it takes it. What an edit writes anew
/// stands nowhere.
OverloadCheck::Ranges OverloadCheck::placesOf(StringRef Path, unsigned Begin,
                                              unsigned End,
                                              CallSite Site) const {
  auto Change = Changes.find(Path);
  if (Change == Changes.end())
    return {{Begin, End}};
  for (const Edit &E : Change->second->Edits) {
    unsigned EditEnd = E.Offset + E.Length;
    if (Begin < E.Offset || EditEnd <= Begin || EditEnd < End)
      continue;
    Ranges Copies =
        copiesIn(E, moved(Path, EditEnd) - E.Text.size(), Begin, End);
    // At its front, an object may be made or converted before and after.
    if (Copies.empty() && Begin == E.Offset &&
        (Site == CallSite::Object || Site == CallSite::Conversion ||
         Site == CallSite::ConversionFunction))
      break;
    return Copies;
  }
  return {{moved(Path, Begin), moved(Path, End)}};
}

void OverloadCheck::addPlace(const Cluster &Owner, const Finding &F,
                             const MeantCall &Meant) {
  Place Result{Meant.Path.empty() ? F.Path : Meant.Path,
               Meant.Begin,
               Meant.End,
               &Meant,
               &Owner,
               F.Line,
               F.Path};
  // A name goes with its edit, and where an object is made is asked without it.
  bool IsMade =
      Meant.Site == CallSite::Object || Meant.Site == CallSite::Reference;
  if (Owner.Dropped.empty() ? IsMade : Meant.Site == CallSite::Name)
    return;
  auto Add = [&](unsigned Begin, unsigned End) {
    Result.Begin = Begin;
    Result.End = End;
    Asked[Result.Path].emplace_back(Begin, End);
    Places.push_back(Result);
  };
  if (!Meant.InEdit) {
    for (auto [Begin, End] :
         placesOf(Result.Path, Meant.Begin, Meant.End, Meant.Site))
      Add(Begin, End);
    return;
  }
  if (F.Edits.empty())
    return;
  const Edit &Own = F.Edits.front();
  Result.Path = Own.Path;
  unsigned End = moved(Own.Path, Own.Offset + Own.Length);
  if (!Owner.Dropped.empty())
    return Add(moved(Own.Path, Own.Offset), End);
  unsigned Start = End - Own.Text.size();
  Add(Start + Meant.Begin, Start + Meant.End);
}

/// A method and its twin for const objects are one to a rule.
static StringRef withoutQualifiers(StringRef USR) {
  return USR.rtrim("0123456789&");
}

static bool isMeant(const ChosenCall &Call, const MeantCall &Meant) {
  return any_of(Call.USRs, [&](StringRef Chosen) {
    return any_of(Meant.USRs, [&](StringRef USR) {
      return withoutQualifiers(USR) == withoutQualifiers(Chosen);
    });
  });
}

bool OverloadCheck::isAt(const ChosenCall &Call, const Place &Where) const {
  if (Call.Path != Where.Path || Call.Site != Where.Meant->Site)
    return false;
  if (Call.Site != CallSite::Arguments)
    return Call.Begin == Where.Begin;
  if (Call.Begin == Where.Begin && Call.End == Where.End)
    return true;
  // What an edit inserts may bring its own parentheses or comma.
  auto Change = Changes.find(Where.Path);
  if (Change == Changes.end() || Call.Begin < Where.Begin ||
      Where.End < Call.End)
    return false;
  StringRef Text = Change->second->After;
  return Text.slice(Where.Begin, Call.Begin).trim(" \t\r\n({,").empty() &&
         Text.slice(Call.End, Where.End).trim(" \t\r\n)}").empty();
}

DroppedClusters OverloadCheck::compare(ArrayRef<ChosenCall> Chosen) const {
  DroppedClusters Result;
  for (const Place &Where : Places)
    for (const ChosenCall &Call : Chosen)
      if (Where.Owner->Dropped.empty() && isAt(Call, Where) &&
          !Call.MakesLegacy && !isMeant(Call, *Where.Meant))
        Result.try_emplace(
            Where.Owner->Id,
            Reason{MessageId::AnotherOverload,
                   "it would call '" + Call.Signature + "' and not '" +
                       Where.Meant->Signature +
                       "', which the rule means; --unsafe applies it"});
  return Result;
}

DroppedClusters
OverloadCheck::withoutTheirClass(ArrayRef<ChosenCall> Chosen) const {
  DroppedClusters Result;
  for (const Place &Where : Places)
    for (const ChosenCall &Call : Chosen)
      if (Where.Owner->Dropped.empty() && Where.Meant->InEdit &&
          Call.MakesLegacy && isAt(Call, Where) &&
          !isMeant(Call, *Where.Meant)) // a later pass takes what a rule wrote
        Result.try_emplace(
            Where.Owner->Id,
            Reason{MessageId::AnotherOverload,
                   "it would call '" + Call.Signature +
                       "' still, of a class that is left there"});
  return Result;
}

CompileError OverloadCheck::problemAt(StringRef Path, unsigned Offset,
                                      std::string Message) const {
  CompileError Result;
  Result.Path = Path.str();
  Result.Offset = Offset;
  Result.Message = std::move(Message);
  if (auto Change = Changes.find(Path); Change != Changes.end())
    Result.Line = lineColumnAt(Change->second->After, Offset).Line;
  return Result;
}

std::vector<CompileError>
OverloadCheck::misled(ArrayRef<ChosenCall> Chosen) const {
  std::vector<CompileError> Result;
  for (const Place &Where : Places)
    for (const ChosenCall &Call : Chosen)
      if (!Where.Owner->Dropped.empty() && !Call.MakesLegacy &&
          isAt(Call, Where))
        Result.push_back(
            problemAt(Where.Path, Where.Begin,
                      "a use that is left, in " + Where.Shown.str() + ":" +
                          std::to_string(Where.Line) + ", would call '" +
                          Call.Signature + "'"));
  for (const ChosenCall &Call : Chosen) {
    auto It = Watched.find({Call.Path, Call.Begin, Call.Site});
    if (It == Watched.end() || !isAnother(Call, It->second))
      continue;
    CompileError Misled = problemAt(Call.Path, Call.Begin, "");
    std::string Where =
        Call.Path + ":" + std::to_string(It->second.Before->Line);
    const std::string &Before = It->second.Before->Signature;
    Misled.Message =
        (Call.Site == CallSite::Object ? "an object that is made in " + Where +
                                             " would be constructed by '"
         : Call.Site == CallSite::Reference
             ? "a name in " + Where + " would mean '"
             : "a call, in " + Where + ", would find '") +
        Call.Signature +
        (Call.Signature == Before ? "', another of that name"
                                  : "' and not '" + Before + "'");
    Result.push_back(std::move(Misled));
  }
  return Result;
}

} // namespace consolidate
