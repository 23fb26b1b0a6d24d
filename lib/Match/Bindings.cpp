//===- Bindings.cpp - What a metavariable stands for, written out ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Lex/Lexer.h"
#include "clang/Tooling/Transformer/SourceCodeBuilders.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

static Piece text(StringRef Text) { return {Text.str(), {}, false}; }

/// The operand of `&x` (or `*x`), or null.
static const Expr *operandOf(const Expr *E, UnaryOperatorKind Kind,
                             OverloadedOperatorKind Overloaded) {
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return Op->getOpcode() == Kind ? asWritten(Op->getSubExpr()) : nullptr;
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E))
    if (Call->getOperator() == Overloaded && Call->getNumArgs() == 1)
      return asWritten(Call->getArg(0));
  return nullptr;
}

const Expr *onlyExpr(const AfterTemplate &Argument, const Bindings &Bound) {
  if (Argument.size() != 1 ||
      Argument[0].What != AfterPiece::Kind::Metavariable ||
      Argument[0].Context != AfterPiece::Use::Plain ||
      Argument[0].Index >= Bound.size() ||
      Bound[Argument[0].Index].Exprs.size() != 1)
    return nullptr;
  return asWritten(Bound[Argument[0].Index].Exprs[0]);
}

static bool needsParensBeforeMember(const Expr &E) {
  return bindsLoosely(&E) || tooling::needParensBeforeDotOrArrow(E);
}

/// What is written for \p E, with the parentheses around it: a comment behind
/// them belongs to it, and in the body of a macro they are a part of what the
/// macro stands for.
SourceRange UseCollector::spelledAround(const Expr *E) const {
  SourceRange Result = E->getSourceRange();
  for (DynTypedNode Node = DynTypedNode::create(*E);;) {
    DynTypedNodeList Parents = Context.getParents(Node);
    const auto *Parent = Parents.empty() ? nullptr : Parents[0].get<Expr>();
    if (!isa_and_nonnull<ParenExpr, ImplicitCastExpr, FullExpr,
                         MaterializeTemporaryExpr>(Parent))
      return Result;
    if (isa<ParenExpr>(Parent))
      Result = Parent->getSourceRange();
    Node = DynTypedNode::create(*Parent);
  }
}

/// The source of \p E inside the text that is replaced: an argument of a macro
/// whose body is edited is its parameter there, not what one call passes.
Piece UseCollector::sourcePiece(const Expr *E) const {
  Piece Result;
  SourceRange Range = spelledAround(E);
  Result.Source = fileRange(Range);
  if (!E->getBeginLoc().isMacroID() || !Replacing.isValid() ||
      isInside(Result.Source, Replacing))
    return Result;
  // Outward, as long as the expression is all that a macro stands for.
  while (Range.getBegin().isMacroID() && Range.getEnd().isMacroID()) {
    CharSourceRange InBody = bodyRange(Range);
    if (InBody.isValid() && isInside(InBody, Replacing)) {
      Result.Source = InBody;
      return Result;
    }
    unsigned Last = Lexer::MeasureTokenLength(SM.getSpellingLoc(Range.getEnd()),
                                              SM, Context.getLangOpts());
    if (!SM.isAtStartOfImmediateMacroExpansion(Range.getBegin()) ||
        !SM.isAtEndOfImmediateMacroExpansion(
            Range.getEnd().getLocWithOffset(int(Last))))
      break;
    Range = SM.getImmediateExpansionRange(Range.getBegin()).getAsRange();
  }
  // Parentheses that another macro has around its parameter stay there.
  if (CharSourceRange Own = exprRange(E->getSourceRange());
      isInside(Own, Replacing))
    Result.Source = Own;
  else if (!macroDefinition(Result.Source.getBegin()).empty())
    Result.Source = {};
  return Result;
}

bool UseCollector::isInside(CharSourceRange Inner,
                            CharSourceRange Outer) const {
  if (Inner.isInvalid() || Outer.isInvalid())
    return false;
  return SM.getFileID(Inner.getBegin()) == SM.getFileID(Outer.getBegin()) &&
         SM.getFileOffset(Outer.getBegin()) <=
             SM.getFileOffset(Inner.getBegin()) &&
         SM.getFileOffset(Inner.getEnd()) <= SM.getFileOffset(Outer.getEnd());
}

/// True when \p E is taken with parentheses that stand around it.
bool UseCollector::isInParens(const Expr *E) const {
  DynTypedNodeList Parents = Context.getParents(*E);
  return !Parents.empty() && Parents[0].get<ParenExpr>() &&
         sourcePiece(E).Source.getBegin() !=
             exprRange(E->getSourceRange()).getBegin();
}

/// Of what comes to stand where \p E stands, if that is something else.
std::optional<Outermost> UseCollector::changedOutermost(const Expr *E) const {
  // Another expansion may pass anything for the parameter.
  if (SM.isMacroArgExpansion(E->getBeginLoc()) &&
      !macroDefinition(Replacing.getBegin()).empty())
    return Outermost{/*NeedsParens=*/true};
  Bindings Bound;
  if (const CompiledRewrite *Rewrite = rewriteOf(E, Bound))
    return outermostIn(*Rewrite, Bound);
  return std::nullopt;
}

Outermost UseCollector::outermostIn(const CompiledRewrite &Rewrite,
                                    const Bindings &Bound) const {
  const Expr *Only = onlyExpr(Rewrite.After, Bound);
  if (!Only)
    return {Rewrite.AfterNeedsParens, Rewrite.AfterBinding};
  if (isInParens(Only))
    return {};
  return changedOutermost(Only).value_or(outermostOf(Only));
}

void UseCollector::appendExpr(std::vector<Piece> &Pieces, const Expr *Bound,
                              AfterPiece::Use Use) const {
  // In a macro, the operand is not written here.
  auto Written = [&](const Expr *Operand) {
    return Operand && (!Bound->getBeginLoc().isMacroID() ||
                       isInside(sourcePiece(Operand).Source, Replacing))
               ? Operand
               : nullptr;
  };
  // `p` where `p` is a smart pointer must not lose its `&`.
  const Expr *Pointee = Written(operandOf(Bound, UO_Deref, OO_Star));
  const Expr *Object = isa<UnaryOperator>(Bound)
                           ? Written(operandOf(Bound, UO_AddrOf, OO_None))
                           : nullptr;
  bool RawPointee = Pointee && isa<UnaryOperator>(Bound);
  CharSourceRange Around = sourcePiece(Bound).Source;
  auto Wrapped = [&](const Expr *E, bool Parens) {
    Piece P = sourcePiece(E);
    P.Around = Around;
    P.Parens = (Parens || isComma(E)) && !isInParens(E);
    Pieces.push_back(std::move(P));
  };
  auto Operand = [&](const Expr *E, bool Parens) {
    Wrapped(E, Parens || changedOutermost(E).value_or(Outermost()).NeedsParens);
  };
  switch (Use) {
  case AfterPiece::Use::Plain:
    return Wrapped(Bound, false);
  case AfterPiece::Use::Operand:
    return Operand(Bound,
                   (bindsLoosely(Bound) || tooling::mayEverNeedParens(*Bound)));
  case AfterPiece::Use::Condition: {
    const auto *Op = dyn_cast<BinaryOperator>(Bound);
    return Operand(Bound, isa<ConditionalOperator, CXXThrowExpr>(Bound) ||
                              (Op && Op->isAssignmentOp()));
  }
  case AfterPiece::Use::AddressOf:
    if (RawPointee)
      return Wrapped(Pointee, false);
    Pieces.push_back(text("&"));
    return Operand(Bound, tooling::needParensAfterUnaryOperator(*Bound));
  case AfterPiece::Use::Dereference:
    if (Object)
      return Wrapped(Object, false);
    Pieces.push_back(text("*"));
    return Operand(Bound, tooling::needParensAfterUnaryOperator(*Bound));
  case AfterPiece::Use::Dot:
    if (Pointee) {
      Operand(Pointee, needsParensBeforeMember(*Pointee));
      return Pieces.push_back(text("->"));
    }
    Operand(Bound, needsParensBeforeMember(*Bound));
    return Pieces.push_back(text("."));
  case AfterPiece::Use::Arrow:
    if (Object) {
      Operand(Object, needsParensBeforeMember(*Object));
      return Pieces.push_back(text("."));
    }
    Operand(Bound, needsParensBeforeMember(*Bound));
    return Pieces.push_back(text("->"));
  }
}

/// How an expression is used when the rule binds its address, or what it points
/// to, instead of the expression: `*m` of `m = &x` is plainly `x`.
static AfterPiece::Use adjusted(AfterPiece::Use Use, Binding::Adjust How) {
  using U = AfterPiece::Use;
  bool Address = How == Binding::Adjust::AddressOf;
  switch (Use) {
  case U::Plain:
  case U::Condition:
  case U::Operand:
    return Address ? U::AddressOf : U::Dereference;
  case U::AddressOf:
    return Address ? U::AddressOf : U::Plain;
  case U::Dereference:
    return Address ? U::Plain : U::Dereference;
  case U::Dot:
    return Address ? U::Dot : U::Arrow;
  case U::Arrow:
    return Address ? U::Dot : U::Arrow;
  }
  return Use;
}

/// `const T` where T is a pointer is a constant pointer: the word has to stand
/// behind it. True when it stood before.
static bool takeConst(std::vector<Piece> &Pieces, const Binding &Bound) {
  bool IsName = Bound.Type.isNull() ||
                !(Bound.Type->isPointerType() || Bound.Type->isArrayType() ||
                  Bound.Type->isMemberPointerType());
  if (IsName || Pieces.empty() || Pieces.back().Source.isValid())
    return false;
  StringRef Before = StringRef(Pieces.back().Text).rtrim();
  if (!Before.consume_back("const") ||
      (!Before.empty() && isAsciiIdentifierContinue(Before.back())))
    return false;
  Pieces.back().Text = Before.str();
  return true;
}

void UseCollector::appendBound(std::vector<Piece> &Pieces, const Binding &Bound,
                               AfterPiece::Use Use) const {
  if (!Bound.TypeText.empty()) {
    bool Const = takeConst(Pieces, Bound);
    Pieces.push_back(typePiece(Bound));
    if (Const)
      Pieces.push_back(text(" const"));
    return;
  }
  if (Bound.How != Binding::Adjust::None)
    Use = adjusted(Use, Bound.How);
  for (size_t I = 0; I < Bound.Exprs.size(); ++I) {
    if (I > 0)
      Pieces.push_back(text(", "));
    appendExpr(Pieces, Bound.Exprs[I], Use);
  }
}

/// Takes the comma before a pack that turned out empty.
static void dropTrailingComma(std::vector<Piece> &Pieces) {
  if (Pieces.empty() || Pieces.back().Source.isValid())
    return;
  StringRef Before = StringRef(Pieces.back().Text).rtrim();
  if (Before.consume_back(","))
    Pieces.back().Text = Before.str();
}

/// Where `*p` comes to stand for `o` in `o[k]`, `o++` or `n/o`, it needs
/// parentheses.
static bool needsParensBetween(const std::vector<Piece> &Before,
                               ArrayRef<AfterPiece> Behind) {
  constexpr StringRef Postfix[] = {"[", "(", "++", "--", "->", "."};
  StringRef Next;
  if (!Behind.empty() && Behind.front().What == AfterPiece::Kind::Text)
    Next = StringRef(Behind.front().Text).ltrim();
  StringRef Last = Before.empty() ? StringRef() : StringRef(Before.back().Text);
  return any_of(Postfix,
                [&](StringRef Each) { return Next.starts_with(Each); }) ||
         Last.ends_with("/") || Last.ends_with("&");
}

void UseCollector::appendOperand(std::vector<Piece> &Pieces,
                                 const Binding &Bound, AfterPiece::Use Use,
                                 ArrayRef<AfterPiece> Behind) const {
  bool Parens = needsParensBetween(Pieces, Behind);
  size_t First = Pieces.size();
  appendBound(Pieces, Bound, Use);
  bool Unary = Pieces.size() > First && !Pieces[First].Source.isValid() &&
               (Pieces[First].Text == "*" || Pieces[First].Text == "&");
  if (!Unary || !Parens)
    return;
  Pieces.insert(Pieces.begin() + First, text("("));
  Pieces.push_back(text(")"));
}

void UseCollector::appendTemplate(std::vector<Piece> &Pieces,
                                  const AfterTemplate &Template,
                                  const Bindings &Bound,
                                  const NameSite &Site) const {
  for (size_t I = 0; I < Template.size(); ++I) {
    const AfterPiece &Part = Template[I];
    switch (Part.What) {
    case AfterPiece::Kind::Text:
      Pieces.push_back(text(Part.Text));
      Pieces.back().Calls = Part.Calls;
      break;
    case AfterPiece::Kind::Name:
      Pieces.push_back(text(spellName(Part.Text, Site, Context)));
      Pieces.back().Calls = Part.Calls;
      break;
    case AfterPiece::Kind::Metavariable: {
      const Binding &B = Bound[Part.Index];
      if (B.Exprs.empty() && B.TypeText.empty())
        dropTrailingComma(Pieces);
      else
        appendOperand(Pieces, B, Part.Context,
                      ArrayRef(Template).drop_front(I + 1));
      break;
    }
    }
  }
}

} // namespace consolidate
