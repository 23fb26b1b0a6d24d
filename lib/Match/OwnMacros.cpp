//===- OwnMacros.cpp - Macros that a body depends on ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RuleReader.h"

#include "clang/AST/Expr.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// True for a macro that is or was defined elsewhere than in a system header.
static bool isOwnMacro(Preprocessor &PP, const IdentifierInfo *Name) {
  const SourceManager &SM = PP.getSourceManager();
  if (!Name->hadMacroDefinition())
    return false;
  for (const MacroDirective *Each = PP.getLocalMacroDirectiveHistory(Name);
       Each; Each = Each->getPrevious())
    if (const auto *Definition = dyn_cast<DefMacroDirective>(Each)) {
      SourceLocation Where = Definition->getInfo()->getDefinitionLoc();
      if (!SM.isInSystemHeader(Where) && !SM.isWrittenInBuiltinFile(Where))
        return true;
    }
  return false;
}

std::string ownMacroIn(Sema &S, const Expr *Body) {
  const SourceManager &SM = S.getSourceManager();
  // The raw lexer wants a buffer that ends in a null byte.
  std::string Text =
      Lexer::getSourceText(SM.getExpansionRange(Body->getSourceRange()), SM,
                           S.getLangOpts())
          .str();
  const char *Begin = Text.c_str(), *End = Begin + Text.size();
  Lexer Raw(SourceLocation(), S.getLangOpts(), Begin, Begin, End);
  for (Token Tok; !Raw.LexFromRawLexer(Tok);)
    if (Tok.is(tok::raw_identifier))
      if (const IdentifierInfo &Name =
              S.getASTContext().Idents.get(Tok.getRawIdentifier());
          isOwnMacro(S.getPreprocessor(), &Name))
        return Name.getName().str();
  return "";
}

} // namespace consolidate
