//===- ArgumentSlot.h - Where arguments are written -------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_ARGUMENTSLOT_H
#define CONSOLIDATE_LIB_MATCH_ARGUMENTSLOT_H

#include "clang/AST/TypeLoc.h"
#include "clang/Basic/SourceLocation.h"

#include <string>

namespace consolidate {

/// Where the arguments of a construction stand in the source.
struct ArgumentSlot {
  enum class Shape { Parens, Braces, Bare, Conversion, Forwarded };
  Shape Delimiters = Shape::Bare;
  std::string Form;
  clang::CharSourceRange Inside; ///< What the new arguments replace.
  clang::CharSourceRange Whole;  ///< What a whole expression replaces; may be
                                 ///< invalid: then it goes into Inside.
  bool WholeTakesEquals = false; ///< `X a(..)`: Whole becomes ` = expr`.
  bool CopyList = false;         ///< `return {..}`: no explicit constructor.
  bool LeadingComma = false;     ///< Forwarded after other arguments.
  bool DiesWithScope = false;    ///< A local variable.
  bool InPlace = false;          ///< In storage that something else provides.
  bool InMacroCall = false;      ///< Inside stands for __VA_ARGS__ of a macro.
  clang::TypeLoc Type;           ///< The spelled type, where there is one.
  clang::TypeLoc Base;           ///< In the list of bases, of an initialiser.
  /// Where the object is made, if not where the construction begins.
  clang::SourceLocation Made;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_ARGUMENTSLOT_H
