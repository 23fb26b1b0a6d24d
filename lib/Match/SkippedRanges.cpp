//===- SkippedRanges.cpp - Text that no condition lets in -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The preprocessor tells of a chain `#if .. #elif .. #else` as one skipped
// range; here it is cut at its branches, each with its own condition.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// One line, continuations joined.
StringRef nextPhysicalLine(StringRef &Rest, bool &Continues) {
  auto [Line, After] = Rest.split('\n');
  Rest = After;
  Line = Line.rtrim("\r \t");
  Continues = Line.consume_back("\\");
  return Line;
}

/// The directive whose keyword stands at \p Offset, as one line: "#if A && B".
std::string directiveAt(StringRef Text, unsigned Offset) {
  StringRef Rest = Text.drop_front(Offset);
  std::string Line;
  bool Continues = true;
  while (Continues && !Rest.empty())
    Line += nextPhysicalLine(Rest, Continues).str() + " ";
  StringRef Shown = Line;
  Shown = Shown.take_front(std::min(Shown.find("//"), Shown.find("/*")));
  SmallVector<StringRef, 8> Words;
  SplitString(Shown, Words, " \t\v\f");
  return "#" + join(Words, " ");
}

std::string conditionOf(StringRef Text, unsigned Keyword, unsigned If) {
  std::string Own = directiveAt(Text, Keyword);
  return Own == "#else" ? Own + " of " + directiveAt(Text, If) : Own;
}

} // namespace

std::vector<SkippedRange> skippedRanges(const IncludeRecorder &Includes,
                                        FileID ID) {
  auto Known = Includes.Skipped.find(ID);
  if (Known == Includes.Skipped.end())
    return {};
  static const std::map<unsigned, unsigned> None;
  auto Found = Includes.Branches.find(ID);
  const auto &Branches = Found == Includes.Branches.end() ? None : Found->second;
  StringRef Text = Includes.SM.getBufferData(ID);
  std::vector<SkippedRange> Result;
  for (auto [Begin, End] : Known->second) {
    SkippedRange Range;
    Range.Begin = Begin;
    // The directive that ends the range stands inside of it with its keyword.
    for (auto It = Branches.lower_bound(Begin);
         It != Branches.end() && It->first < End; ++It) {
      if (!Range.Condition.empty()) {
        Range.End = It->first;
        Result.push_back(Range);
        Range.Begin = It->first;
      }
      Range.Condition = conditionOf(Text, It->first, It->second);
      Range.Line = Includes.SM.getLineNumber(ID, It->first);
    }
    Range.End = End;
    Result.push_back(std::move(Range));
  }
  llvm::sort(Result, [](const SkippedRange &A, const SkippedRange &B) {
    return A.Begin < B.Begin;
  });
  return Result;
}

std::vector<SkippedRange> intersect(ArrayRef<SkippedRange> A,
                                    ArrayRef<SkippedRange> B) {
  std::vector<SkippedRange> Result;
  while (!A.empty() && !B.empty()) {
    SkippedRange Both = A.front();
    Both.Begin = std::max(Both.Begin, B.front().Begin);
    Both.End = std::min(Both.End, B.front().End);
    if (Both.Begin < Both.End)
      Result.push_back(std::move(Both));
    (A.front().End < B.front().End ? A : B).consume_front();
  }
  return Result;
}

} // namespace consolidate
