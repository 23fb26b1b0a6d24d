//===- SkippedRanges.cpp - Text that no condition lets in -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The preprocessor tells of a chain `#if .. #elif .. #else` as one skipped
// range; here it is cut at its branches, each with its own condition.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "clang/Lex/Lexer.h"
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

/// Offsets of the keywords of the branches in [Begin, End), a range that opens
/// with a directive, without those of conditions nested in it. The preprocessor
/// tells of the first only.
std::vector<unsigned> branchesIn(StringRef Text, unsigned Begin, unsigned End,
                                 const LangOptions &LangOpts) {
  Lexer Raw(SourceLocation(), LangOpts, Text.begin(), Text.begin() + Begin,
            Text.end());
  std::vector<unsigned> Found;
  unsigned Depth = 0;
  Token Tok;
  auto Offset = [&] {
    return unsigned(Raw.getBufferLocation() - Text.begin()) - Tok.getLength();
  };
  for (Raw.LexFromRawLexer(Tok); Tok.isNot(tok::eof) && Offset() < End;) {
    // The first token of the range is a hash whatever stands before it.
    bool IsHash =
        Tok.is(tok::hash) && (Tok.isAtStartOfLine() || Offset() == Begin);
    Raw.LexFromRawLexer(Tok);
    if (!IsHash || Tok.isNot(tok::raw_identifier) || Tok.isAtStartOfLine() ||
        Offset() >= End)
      continue;
    StringRef Keyword = Tok.getRawIdentifier();
    bool Opens = Keyword == "if" || Keyword == "ifdef" || Keyword == "ifndef";
    if (Found.empty() ||
        (Depth == 0 && (Keyword == "else" || Keyword.starts_with("elif"))))
      Found.push_back(Offset());
    else if (Opens)
      ++Depth;
    else if (Keyword == "endif" && Depth > 0)
      --Depth;
  }
  return Found;
}

} // namespace

std::vector<SkippedRange> skippedRanges(const IncludeRecorder &Includes,
                                        FileID ID) {
  auto Known = Includes.Skipped.find(ID);
  if (Known == Includes.Skipped.end())
    return {};
  static const std::map<unsigned, unsigned> None;
  auto Recorded = Includes.Branches.find(ID);
  const auto &IfOf =
      Recorded == Includes.Branches.end() ? None : Recorded->second;
  StringRef Text = Includes.SM.getBufferData(ID);
  std::vector<SkippedRange> Result;
  for (auto [Begin, End] : Known->second) {
    SkippedRange Range;
    Range.Begin = Begin;
    std::vector<unsigned> Branches =
        branchesIn(Text, Begin, End, Includes.LangOpts);
    unsigned If = Branches.empty() ? Begin : Branches.front();
    if (auto It = IfOf.find(If); It != IfOf.end())
      If = It->second;
    for (unsigned Keyword : Branches) {
      if (Keyword != Branches.front()) {
        Range.End = Keyword;
        Result.push_back(Range);
        Range.Begin = Keyword;
      }
      Range.Condition = conditionOf(Text, Keyword, If);
      Range.Line = Includes.SM.getLineNumber(ID, Keyword);
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
    ArrayRef<SkippedRange> &Sooner = A.front().End < B.front().End ? A : B;
    Sooner = Sooner.drop_front();
  }
  return Result;
}

} // namespace consolidate
