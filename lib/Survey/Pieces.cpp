//===- Pieces.cpp - A file as the raw lexer sees it -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Pieces.h"

#include "consolidate/Survey.h"

#include "clang/Basic/CharInfo.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"

using namespace llvm;
using namespace clang;

namespace consolidate {

const LangOptions &rawLexerOptions() {
  static const LangOptions Options = [] {
    LangOptions Result;
    Result.CPlusPlus = Result.CPlusPlus11 = Result.CPlusPlus14 = true;
    Result.CPlusPlus17 = Result.CPlusPlus20 = Result.CPlusPlus23 = true;
    Result.C99 = Result.LineComment = Result.RawStringLiterals = true;
    Result.Digraphs = Result.Char8 = Result.DollarIdents = true;
    return Result;
  }();
  return Options;
}

namespace {

class PieceLexer {
public:
  PieceLexer(StringRef Text, function_ref<void(const Piece &)> Visit)
      : Text(Text), Visit(Visit), Lex(SourceLocation(), rawLexerOptions(),
                                      Text.begin(), Text.begin(), Text.end()) {
    Tok.startToken();
    Lex.SetCommentRetentionState(true);
  }

  void run() {
    next();
    while (Tok.isNot(tok::eof)) {
      if (Tok.is(tok::hash) && StartsLine)
        directive();
      else
        plain();
    }
  }

private:
  void next() {
    // A comment before the `#` does not keep a line from being a directive.
    bool OnlyComments = Tok.is(tok::comment) && StartsLine;
    Lex.LexFromRawLexer(Tok);
    StartsLine = Tok.isAtStartOfLine() || OnlyComments;
    End = unsigned(Lex.getBufferLocation() - Text.begin());
    Start = End - Tok.getLength();
  }

  void emit(PieceKind Kind) {
    Visit({Kind, Start, End - Start, false, false, Tok.needsCleaning()});
  }

  void plain() {
    switch (Tok.getKind()) {
    case tok::raw_identifier:
      emit(PieceKind::Identifier);
      break;
    case tok::comment:
      emit(PieceKind::Comment);
      break;
    case tok::string_literal:
    case tok::wide_string_literal:
    case tok::utf8_string_literal:
    case tok::utf16_string_literal:
    case tok::utf32_string_literal:
      emit(isRaw() ? PieceKind::RawText : PieceKind::Text);
      break;
    case tok::char_constant:
    case tok::wide_char_constant:
    case tok::utf8_char_constant:
    case tok::utf16_char_constant:
    case tok::utf32_char_constant:
      emit(PieceKind::Text);
      break;
    case tok::unknown:
      emit(PieceKind::Unknown);
      break;
    case tok::numeric_constant:
      break;
    default:
      emit(PieceKind::Punctuation);
    }
    next();
  }

  bool isRaw() const {
    StringRef Prefix =
        Text.slice(Start, End).take_until([](char C) { return C == '"'; });
    return Prefix.ends_with("R");
  }

  /// At the `#` of a directive. Leaves the rest of the line to plain(), except
  /// where it is not made of tokens: a path, or free text.
  void directive() {
    plain();
    while (Tok.is(tok::comment) && !Tok.isAtStartOfLine())
      plain();
    if (Tok.isNot(tok::raw_identifier) || Tok.isAtStartOfLine())
      return;
    std::string Name = withoutSplices(Text.slice(Start, End));
    if (Name == "include" || Name == "include_next" || Name == "import")
      include(Name == "include_next");
    else if (Name == "define")
      define();
    else if (Name == "error" || Name == "warning")
      freeText();
    else
      plain();
  }

  /// End of the line that holds \p Offset, line continuations counted in.
  unsigned endOfLine(unsigned Offset) const {
    while (Offset < Text.size() &&
           (Text[Offset] != '\n' ||
            Text.slice(0, Offset).rtrim("\r \t").ends_with("\\")))
      ++Offset;
    return Offset;
  }

  void define() {
    plain();
    while (Tok.is(tok::comment) && !Tok.isAtStartOfLine())
      plain();
    if (Tok.is(tok::raw_identifier) && !Tok.isAtStartOfLine() &&
        Text.substr(End, 1) != "(")
      Visit({PieceKind::Define, Start, endOfLine(Start) - Start, false, false,
             false});
  }

  void freeText() {
    plain();
    if (Tok.is(tok::eof) || Tok.isAtStartOfLine())
      return;
    unsigned LineEnd = endOfLine(Start);
    Visit({PieceKind::Text, Start, LineEnd - Start, false, false, false});
    Lex.seek(LineEnd, /*IsAtStartOfLine=*/false);
    next();
  }

  void include(bool Next) {
    plain();
    while (Tok.is(tok::comment) && !Tok.isAtStartOfLine())
      plain();
    if (Tok.is(tok::eof) || Tok.isAtStartOfLine())
      return;
    // The path is found in the bytes: in it `//`, `'` and a backslash mean
    // nothing, and `<` opens it.
    char Open = Text[Start];
    if (Open != '<' && Open != '"')
      return Visit({PieceKind::Include, Start, 0, false, Next, false});
    StringRef Rest = Text.substr(Start + 1);
    size_t Size = Rest.find_first_of(Open == '<' ? ">\n" : "\"\n");
    if (Size == StringRef::npos || Rest[Size] == '\n')
      return; // unbalanced: the compiler rejects it
    Visit({PieceKind::Include, Start + 1, unsigned(Size), Open == '<', Next,
           false});
    Lex.seek(Start + 1 + unsigned(Size) + 1, /*IsAtStartOfLine=*/false);
    next();
  }

  StringRef Text;
  function_ref<void(const Piece &)> Visit;
  Lexer Lex;
  Token Tok;
  bool StartsLine = false; ///< Tok is the first on its line.
  unsigned Start = 0;      ///< Of Tok.
  unsigned End = 0;
};

} // namespace

void forEachPiece(StringRef Text, function_ref<void(const Piece &)> Visit) {
  PieceLexer(Text, Visit).run();
}

std::string withoutSplices(StringRef Spelling) {
  std::string Clean;
  for (size_t I = 0; I < Spelling.size(); ++I) {
    size_t After = I + 1;
    if (Spelling[I] == '\\') {
      while (After < Spelling.size() && isHorizontalWhitespace(Spelling[After]))
        ++After;
      if (After < Spelling.size() && Spelling[After] == '\r')
        ++After;
      if (After < Spelling.size() && Spelling[After] == '\n') {
        I = After;
        continue;
      }
    }
    Clean += Spelling[I];
  }
  return Clean;
}

} // namespace consolidate
