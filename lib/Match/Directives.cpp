//===- Directives.cpp - Preprocessor lines inside of an edit --------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// True for a `#` with nothing but white space before it on its line.
bool opensDirective(StringRef Text, size_t Hash) {
  StringRef Before = Text.take_front(Hash).rtrim(" \t\v\f");
  // Behind a backslash the line goes on: `#` is the operator of a macro.
  return (Before.empty() || Before.ends_with("\n")) &&
         !Before.rtrim("\r\n").ends_with("\\");
}

/// Offsets of the `#` of every directive in [Begin, End).
std::vector<unsigned> directivesIn(const SourceManager &SM,
                                   const LangOptions &LangOpts, FileID File,
                                   unsigned Begin, unsigned End) {
  std::vector<unsigned> Result;
  StringRef Text = SM.getBufferData(File);
  if (!Text.slice(Begin, End).contains('#'))
    return Result;
  // Raw: a `#` in a string or comment is none.
  Lexer Raw(SM.getLocForStartOfFile(File), LangOpts, Text.begin(),
            Text.begin() + Begin, Text.end());
  Token Tok;
  while (!Raw.LexFromRawLexer(Tok)) {
    unsigned At = SM.getFileOffset(Tok.getLocation());
    if (At >= End)
      break;
    if (Tok.is(tok::hash) && opensDirective(Text, At))
      Result.push_back(At);
  }
  return Result;
}

/// +1 where a conditional opens, -1 where it closes, 2 where it goes on.
int nesting(StringRef Text, unsigned Hash) {
  StringRef Keyword =
      Text.drop_front(Hash + 1).ltrim(" \t").take_while(isAlpha);
  if (Keyword.starts_with("if"))
    return 1;
  if (Keyword == "endif")
    return -1;
  return Keyword.starts_with("el") ? 2 : 0;
}

/// True when every conditional that opens in the range closes in it, and no
/// branch of one around it begins there.
bool isBalanced(StringRef Text, ArrayRef<unsigned> Directives) {
  int Depth = 0;
  for (unsigned Hash : Directives) {
    int Step = nesting(Text, Hash);
    if (Step == 2 && Depth == 0)
      return false;
    Depth += Step == 2 ? 0 : Step;
    if (Depth < 0)
      return false;
  }
  return Depth == 0;
}

} // namespace

bool losesDirective(const SourceManager &SM, const LangOptions &LangOpts,
                    const RawUse &Use) {
  auto [File, Begin] = SM.getDecomposedLoc(Use.Replaced.getBegin());
  std::vector<unsigned> Directives = directivesIn(
      SM, LangOpts, File, Begin, SM.getFileOffset(Use.Replaced.getEnd()));
  if (Directives.empty())
    return false;
  // What becomes of a class becomes of all its branches.
  if (Use.Kind == FindingKind::Definition)
    return !isBalanced(SM.getBufferData(File), Directives);
  // Each has to lie in a piece that stays whole.
  return any_of(Directives, [&](unsigned Hash) {
    return none_of(Use.Pieces, [&](const Piece &P) {
      if (P.Source.isInvalid())
        return false;
      auto [From, At] = SM.getDecomposedLoc(P.Source.getBegin());
      unsigned End = SM.getFileOffset(P.Source.getEnd());
      return From == File && At <= Hash && Hash < End &&
             isBalanced(SM.getBufferData(File),
                        directivesIn(SM, LangOpts, File, At, End));
    });
  });
}

} // namespace consolidate
