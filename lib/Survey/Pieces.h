//===- Pieces.h - A file as the raw lexer sees it ---------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_SURVEY_PIECES_H
#define CONSOLIDATE_LIB_SURVEY_PIECES_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace consolidate {

enum class PieceKind {
  Identifier, ///< Keywords too.
  Text,       ///< A string or character literal, or the text of #error.
  RawText,    ///< A raw string literal: no escapes.
  Comment,
  Include, ///< An #include line: the path between the delimiters.
  Define,  ///< The name and the body of a macro without parameters. Its tokens
           ///< follow as pieces of their own.
  Punctuation,
  Unknown, ///< What no token can be: an unbalanced quote, a control byte.
};

struct Piece {
  PieceKind Kind = PieceKind::Unknown;
  unsigned Offset = 0;
  unsigned Length = 0;
  bool Angled = false;    ///< Include: `<...>`.
  bool Next = false;      ///< Include: #include_next.
  bool HasSplice = false; ///< Identifier: a line continuation is inside.
};

/// Splits \p Text in order into pieces. \p Text must be followed by a null
/// byte. Whitespace is left out. `#include MACRO` is an Include of length 0,
/// and MACRO follows.
void forEachPiece(llvm::StringRef Text,
                  llvm::function_ref<void(const Piece &)> Visit);

/// \p Spelling without backslash-newline pairs.
std::string withoutSplices(llvm::StringRef Spelling);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_SURVEY_PIECES_H
