//===- Choices.cpp - Do templates still take the same? --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Choices.h"

using namespace llvm;

namespace consolidate {

ChoiceCheck::ChoiceCheck(ArrayRef<TuFindings> Before) {
  for (const TuFindings &Tu : Before)
    for (const TemplateChoice &Choice : Tu.Choices) {
      KnownOfTu &Of = Known[Tu.MainFile];
      Of.ByShown[Choice.Shown].insert(Choice.Taken);
      Of.ByAsked[Choice.Asked].insert(Choice.Taken);
    }
}

std::vector<CompileError> ChoiceCheck::changed(const TuFindings &Now) const {
  std::vector<CompileError> Result;
  auto Of = Known.find(Now.MainFile);
  if (Of == Known.end())
    return Result;
  for (const TemplateChoice &Choice : Now.Choices) {
    auto It = Of->second.ByShown.find(Choice.Shown);
    if (It == Of->second.ByShown.end()) {
      It = Of->second.ByAsked.find(Choice.Asked);
      if (It == Of->second.ByAsked.end())
        continue;
    }
    if (It->second.count(Choice.Taken))
      continue;
    CompileError Changed;
    Changed.Path = Choice.Path;
    Changed.Offset = Choice.Offset;
    Changed.Line = Choice.Line;
    Changed.Message = "'" + Choice.Shown + "' would be " + Choice.Taken +
                      " and not " + It->second.begin()->str();
    Result.push_back(std::move(Changed));
  }
  return Result;
}

} // namespace consolidate
