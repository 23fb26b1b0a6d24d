//===- Fragments.cpp - The code around a place, as text -------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Fragments.h"

#include "consolidate/Survey.h"

#include "clang/Basic/CharInfo.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// A colon behind these ends what comes before: `public:`, and the parameters
/// of a constructor before its initialisers.
constexpr llvm::StringLiteral BeforeStop[] = {"public", "protected", "private",
                                              ")", "noexcept"};

bool isWordCharacter(char C) {
  return isAsciiIdentifierContinue(C) || !clang::isASCII(C);
}

/// Appends a token, its line continuations taken out and the blanks in a
/// literal made one.
void append(std::string &Result, StringRef Token) {
  if (!Result.empty() && isWordCharacter(Result.back()) &&
      isWordCharacter(Token.front()))
    Result += ' ';
  for (size_t I = 0; I < Token.size(); ++I) {
    StringRef Rest = Token.substr(I);
    if (Rest.starts_with("\\\n") || Rest.starts_with("\\\r\n"))
      I = Token.find('\n', I);
    else if (static_cast<unsigned char>(Token[I]) > ' ' && Token[I] != '\x7f')
      Result += Token[I];
    else if (Result.empty() || Result.back() != ' ')
      Result += ' ';
  }
}

} // namespace

Fragments::Fragments(StringRef Text) : Text(Text) {
  Lexer Lex(SourceLocation(), rawLexerOptions(), Text.begin(), Text.begin(),
            Text.end());
  Token Tok;
  unsigned Stretch = 0;
  bool InDirective = false;
  for (Lex.LexFromRawLexer(Tok); Tok.isNot(tok::eof);
       Lex.LexFromRawLexer(Tok)) {
    StringRef Spelled(Lex.getBufferLocation() - Tok.getLength(),
                      Tok.getLength());
    bool Opens = Tok.is(tok::hash) && Tok.isAtStartOfLine();
    if (Opens || (InDirective && Tok.isAtStartOfLine())) {
      ++Stretch;
      InDirective = Opens;
    }
    Role Is = Role::Other;
    if (Tok.isOneOf(tok::l_paren, tok::l_square))
      Is = Role::Open;
    else if (Tok.isOneOf(tok::r_paren, tok::r_square))
      Is = Role::Close;
    else if (Tok.is(tok::comma))
      Is = Role::Comma;
    else if (Tok.isOneOf(tok::semi, tok::l_brace, tok::r_brace))
      Is = Role::Stop;
    else if (Tok.is(tok::colon) && !Words.empty() &&
             is_contained(BeforeStop, Words.back().Text))
      Is = Role::Stop;
    Words.push_back({Spelled, Is, Stretch});
  }
}

size_t Fragments::indexAt(unsigned Offset) const {
  if (Offset >= Text.size())
    return None;
  const char *Place = Text.data() + Offset;
  auto After = upper_bound(Words, Place, [](const char *P, const Word &W) {
    return P < W.Text.begin();
  });
  if (After == Words.begin() || Place >= std::prev(After)->Text.end())
    return None;
  return size_t(std::prev(After) - Words.begin());
}

size_t Fragments::beginOf(size_t At) const {
  unsigned Depth = 0;
  size_t Begin = At;
  for (; Begin > 0; --Begin) {
    const Word &Before = Words[Begin - 1];
    if (Before.Stretch != Words[At].Stretch || Before.Is == Role::Stop ||
        (Depth == 0 && (Before.Is == Role::Open || Before.Is == Role::Comma)))
      break;
    Depth += Before.Is == Role::Close;
    Depth -= Before.Is == Role::Open;
  }
  return Begin;
}

size_t Fragments::endOf(size_t At) const {
  unsigned Depth = Words[At].Is == Role::Open;
  size_t End = At + 1;
  for (; End < Words.size(); ++End) {
    const Word &Next = Words[End];
    if (Next.Stretch != Words[At].Stretch || Next.Is == Role::Stop ||
        (Depth == 0 && (Next.Is == Role::Close || Next.Is == Role::Comma)))
      break;
    Depth += Next.Is == Role::Open;
    Depth -= Next.Is == Role::Close;
  }
  return End;
}

std::string Fragments::around(unsigned Offset) const {
  size_t At = indexAt(Offset);
  if (At == None)
    return "";
  std::string Result;
  for (size_t I = beginOf(At), End = endOf(At); I < End; ++I)
    append(Result, Words[I].Text);
  return json::fixUTF8(StringRef(Result).trim());
}

std::string Fragments::macroAt(unsigned Offset) const {
  size_t At = indexAt(Offset);
  if (At == None)
    return "";
  size_t First = At;
  while (First > 0 && Words[First - 1].Stretch == Words[At].Stretch)
    --First;
  // `#`, `define`, and the name.
  if (Words[First].Text != "#" || First + 2 > At ||
      Words[First + 1].Text != "define")
    return "";
  return Words[First + 2].Text.str();
}

} // namespace consolidate
