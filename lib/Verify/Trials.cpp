//===- Trials.cpp - A TU with some of the change left out -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Trials.h"
#include "UnreadNames.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {

static Problem problemOf(const CompileError &Error) {
  return {Error,
          {MessageId::WouldNotCompile, "it would not compile: " + Error.Path +
                                           ":" + std::to_string(Error.Line) +
                                           ": " + Error.Message}};
}

static std::vector<Problem> problemsOf(ArrayRef<CompileError> Errors) {
  std::vector<Problem> Result;
  transform(Errors, std::back_inserter(Result), problemOf);
  return Result;
}

std::vector<Problem> newProblems(ArrayRef<Problem> Before,
                                 ArrayRef<Problem> After) {
  std::multiset<std::pair<std::string, std::string>> Known;
  for (const Problem &P : Before)
    Known.insert({P.Place.Path, P.Place.Message});
  std::vector<Problem> Result;
  for (const Problem &P : After) {
    auto It = Known.find({P.Place.Path, P.Place.Message});
    if (It == Known.end())
      Result.push_back(P);
    else
      Known.erase(It);
  }
  return Result;
}

Trials::Trials(const VerifyInputs &Inputs)
    : Inputs(Inputs), Choices(Inputs.Tus),
      Unread(unreadNames(Inputs.Survey, Inputs.Rules.rules())) {}

Expected<EditPlan> Trials::planWithout(const DroppedClusters &Dropped) const {
  return makePlan(Inputs.Rules.rules(), Inputs.Tus, Inputs.ResolveHeader,
                  Dropped, Inputs.Rules.headerIncludes(), Inputs.Texts, Unread);
}

StringMap<std::string> Trials::changedTexts(const EditPlan &Plan) const {
  StringMap<std::string> Texts = Inputs.Texts;
  for (const FileChange &Change : Plan.Files)
    Texts[Change.Path] = Change.After;
  return Texts;
}

TuFindings Trials::parse(const Unit &Tu, const StringMap<std::string> &Texts,
                         const OverloadCheck &Overloads) const {
  TuOptions Options;
  Options.Results = Inputs.Results;
  if (Tu.Scanned)
    Options.Match = Inputs.Match;
  Options.Match.AskedCalls = &Overloads.asked();
  return scanTu(*Tu.Job, Inputs.Rules, Inputs.Files, Options, Texts);
}

bool Trials::seemsWrong(const Unit &Tu, const TuFindings &Now) const {
  return !newProblems(consolidate::problemsOf(Tu.Errors),
                      consolidate::problemsOf(Now.Errors))
              .empty();
}

std::vector<Problem> Trials::problemsOf(Unit &Tu, const TuFindings &Now,
                                        const OverloadCheck &Overloads) {
  if (!Tu.ErrorsComplete && seemsWrong(Tu, Now)) {
    forEachIsolated(
        1, 1,
        [&](unsigned) {
          Tu.Errors = scanTu(*Tu.Job, Inputs.Rules, Inputs.Files, {}).Errors;
        },
        [](unsigned) {}, {});
    ++Parsed;
    Tu.ErrorsComplete = true;
  }
  std::vector<Problem> Result = newProblems(
      consolidate::problemsOf(Tu.Errors), consolidate::problemsOf(Now.Errors));
  for (const auto &Found : {Overloads.misled(Now.Chosen), Choices.changed(Now)})
    for (const CompileError &Place : Found)
      Result.push_back({Place, {MessageId::AnotherOverload, Place.Message}});
  return Result;
}

std::optional<Trial> Trials::tryWithout(const DroppedClusters &Dropped,
                                        Unit &Tu) {
  Expected<EditPlan> Plan = planWithout(Dropped);
  if (!Plan) {
    consumeError(Plan.takeError());
    return std::nullopt;
  }
  StringMap<std::string> Texts = changedTexts(*Plan);
  OverloadCheck Overloads(*Plan, Inputs.Tus);
  std::optional<TuFindings> Found;
  forEachIsolated(
      1, 1, [&](unsigned) { Found = parse(Tu, Texts, Overloads); },
      [&](unsigned) { Found.reset(); }, {});
  ++Parsed;
  if (!Found)
    return std::nullopt;
  std::vector<Problem> Problems = problemsOf(Tu, *Found, Overloads);
  return Trial{std::move(*Plan), std::move(Problems)};
}

} // namespace consolidate
