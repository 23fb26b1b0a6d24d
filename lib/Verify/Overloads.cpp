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

OverloadCheck::OverloadCheck(const EditPlan &Plan) {
  for (const FileChange &Change : Plan.Files)
    Changes[Change.Path] = &Change;
  for (const Cluster &C : Plan.Clusters)
    for (size_t I : C.Findings)
      for (const MeantCall &Meant : Plan.Findings[I].Meant)
        addPlace(C, Plan.Findings[I], Meant);
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

void OverloadCheck::addPlace(const Cluster &Owner, const Finding &F,
                             const MeantCall &Meant) {
  Place Result{F.Path, Meant.Begin, Meant.End, &Meant, &Owner, F.Line};
  if (!Owner.Dropped.empty() && Meant.IsName)
    return;
  if (!Owner.Dropped.empty() && Meant.InEdit && !F.Edits.empty()) {
    const Edit &Own = F.Edits.front();
    Result.Begin = moved(F.Path, Own.Offset);
    Result.End = moved(F.Path, Own.Offset + Own.Length);
  } else if (!Meant.InEdit) {
    Result.Begin = moved(F.Path, Meant.Begin);
    Result.End = moved(F.Path, Meant.End);
  } else if (!F.Edits.empty()) {
    const Edit &Own = F.Edits.front();
    Result.Path = Own.Path;
    unsigned Start = moved(Own.Path, Own.Offset + Own.Length) - Own.Text.size();
    Result.Begin += Start;
    Result.End += Start;
  } else {
    return;
  }
  Asked[Result.Path].emplace_back(Result.Begin, Result.End);
  Places.push_back(std::move(Result));
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
  if (Call.Path != Where.Path || Call.IsName != Where.Meant->IsName)
    return false;
  if (Call.IsName)
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
          !isMeant(Call, *Where.Meant))
        Result.try_emplace(
            Where.Owner->Id,
            Reason{MessageId::AnotherOverload,
                   "it would call '" + Call.Signature + "' and not '" +
                       Where.Meant->Signature +
                       "', which the rule means; --unsafe applies it"});
  return Result;
}

std::vector<CompileError>
OverloadCheck::misled(ArrayRef<ChosenCall> Chosen) const {
  std::vector<CompileError> Result;
  for (const Place &Where : Places)
    for (const ChosenCall &Call : Chosen) {
      if (Where.Owner->Dropped.empty() || !isAt(Call, Where))
        continue;
      CompileError Misled;
      Misled.Path = Where.Path;
      Misled.Offset = Where.Begin;
      auto Change = Changes.find(Where.Path);
      Misled.Line = Change == Changes.end()
                        ? Where.Line
                        : lineColumnAt(Change->second->After, Where.Begin).Line;
      Misled.Message = "a use that is left, in " + Where.Path + ":" +
                       std::to_string(Where.Line) + ", would call '" +
                       Call.Signature + "'";
      Result.push_back(std::move(Misled));
    }
  return Result;
}

} // namespace consolidate
