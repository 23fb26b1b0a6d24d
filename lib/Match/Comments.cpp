//===- Comments.cpp - The comments in a piece of code ---------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Comments.h"

#include "clang/Basic/CharInfo.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

bool endsInLineComment(StringRef Code) {
  if (!Code.contains("//"))
    return false;
  std::string Copy = Code.str();
  LangOptions Options;
  Options.CPlusPlus = Options.CPlusPlus11 = Options.LineComment = true;
  Options.RawStringLiterals = true;
  Lexer Raw(SourceLocation(), Options, Copy.c_str(), Copy.c_str(),
            Copy.c_str() + Copy.size());
  Raw.SetCommentRetentionState(true);
  Token Tok;
  bool Ends = false;
  while (true) {
    Raw.LexFromRawLexer(Tok);
    if (Tok.is(tok::eof))
      return Ends;
    StringRef Spelled(Raw.getBufferLocation() - Tok.getLength(),
                      Tok.getLength());
    Ends = Tok.is(tok::comment) && Spelled.starts_with("//");
  }
}

std::vector<std::pair<unsigned, unsigned>>
commentsIn(const SourceManager &SM, const LangOptions &LangOpts, FileID File,
           unsigned Begin, unsigned End) {
  std::vector<std::pair<unsigned, unsigned>> Comments;
  StringRef Buffer = SM.getBufferData(File);
  if (!Buffer.slice(Begin, End).contains('/'))
    return Comments;
  Lexer Raw(SM.getLocForStartOfFile(File), LangOpts, Buffer.begin(),
            Buffer.begin() + Begin, Buffer.end());
  Raw.SetCommentRetentionState(true);
  Token Tok;
  do {
    Raw.LexFromRawLexer(Tok);
    unsigned At = SM.getFileOffset(Tok.getLocation());
    if (At >= End)
      break;
    if (Tok.is(tok::comment))
      Comments.emplace_back(At, At + Tok.getLength());
  } while (Tok.isNot(tok::eof));
  return Comments;
}

bool standsInName(ArrayRef<std::pair<unsigned, unsigned>> Comments, size_t I,
                  StringRef Buffer, unsigned Begin, unsigned End) {
  size_t First = I; // of those with nothing between
  while (First > 0 &&
         Buffer.slice(Comments[First - 1].second, Comments[First].first)
             .trim()
             .empty())
    --First;
  StringRef Before = Buffer.slice(Begin, Comments[First].first).rtrim();
  StringRef After = Buffer.slice(Comments[I].second, End).ltrim();
  auto EndsWith = [&](StringRef Token) { return Before.ends_with(Token); };
  auto StartsWith = [&](StringRef Token) { return After.starts_with(Token); };
  bool BehindName = !Before.empty() &&
                    (isAsciiIdentifierContinue(Before.back()) || EndsWith(">"));
  return EndsWith("::") || EndsWith(".") || EndsWith("->") ||
         StartsWith("::") || StartsWith("->") ||
         (StartsWith(".") && !StartsWith("...")) ||
         (BehindName && (StartsWith("(") || StartsWith("{")));
}

} // namespace consolidate
