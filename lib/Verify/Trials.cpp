//===- Trials.cpp - A TU with some of the change left out -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Trials.h"

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

/// The files that \p Include may mean. Without a command no search path tells:
/// any that is called like that.
static std::vector<std::string> filesOf(const LexicalInclude &Include,
                                        const ScanPlan &Survey) {
  StringRef Spelled = Include.Spelled;
  while (Spelled.consume_front("../") || Spelled.consume_front("./"))
    ;
  if (!Include.Resolved.empty() || Spelled.empty())
    return Include.Resolved;
  std::vector<std::string> Result;
  for (const auto &File : Survey.Files)
    if (File.getKey().ends_with(("/" + Spelled).str()))
      Result.push_back(File.getKey().str());
  return Result;
}

/// What is named in the files of \p Survey that no translation unit reads,
/// where the rules delete a class.
static std::vector<UnreadName> unreadNames(const ScanPlan &Survey,
                                           const RuleSet &Rules) {
  std::vector<UnreadName> Result;
  if (none_of(Rules.Consolidate, [](const Consolidation &Entry) {
        return any_of(Entry.From, [](const LegacyClass &Legacy) {
          return Legacy.Definition == DefinitionPolicy::Delete;
        });
      }))
    return Result;
  for (const std::string &Path : Survey.UnreachedFiles) {
    StringSet<> Sees;
    std::vector<std::string> Open{Path};
    while (!Open.empty()) {
      auto File = Survey.Files.find(Open.back());
      Open.pop_back();
      if (File == Survey.Files.end())
        continue;
      for (const LexicalInclude &Include : File->second.Includes)
        for (const std::string &To : filesOf(Include, Survey))
          if (Sees.insert(To).second)
            Open.push_back(To);
    }
    if (auto File = Survey.Files.find(Path); File != Survey.Files.end())
      for (const Mention &M : File->second.Mentions)
        if (M.Kind == MentionKind::Code)
          Result.push_back({M.Word, Path, M.Line, Sees});
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
