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
    for (const TemplateChoice &Choice : Tu.Choices)
      Known[Choice.Asked].insert(Choice.Taken);
}

std::vector<CompileError>
ChoiceCheck::changed(ArrayRef<TemplateChoice> Now) const {
  std::vector<CompileError> Result;
  for (const TemplateChoice &Choice : Now) {
    auto It = Known.find(Choice.Asked);
    if (It == Known.end() || It->second.count(Choice.Taken))
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
