//===- Safety.cpp - What evaluating the new expression can change ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// True when no parameter leads to something that \p Callee could change.
static bool takesNothingMutable(const FunctionDecl *Callee) {
  return !Callee->isVariadic() &&
         all_of(Callee->parameters(), [](const ParmVarDecl *P) {
           QualType Pointee = P->getType()->getPointeeType();
           return Pointee.isNull() || Pointee.isConstQualified();
         });
}

/// True when a call gets nothing it could change, and its arguments are pure.
static bool onlyReads(const CallExpr *Call, ASTContext &Context) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  return Callee && takesNothingMutable(Callee) &&
         all_of(Call->arguments(), [&](const Expr *Argument) {
           return isPure(Argument, Context);
         });
}

/// Operators that, by what everybody expects of them, compute a value.
static bool computesValue(OverloadedOperatorKind Operator) {
  switch (Operator) {
  case OO_Plus:
  case OO_Minus:
  case OO_Star:
  case OO_Slash:
  case OO_Percent:
  case OO_EqualEqual:
  case OO_ExclaimEqual:
  case OO_Less:
  case OO_Greater:
  case OO_LessEqual:
  case OO_GreaterEqual:
  case OO_Exclaim:
  case OO_Tilde:
    return true;
  default:
    return false;
  }
}

/// `a + b`, `-a`, `a == b`, `*p`, `p->`: with nothing that it could change.
static bool computesValue(const CXXOperatorCallExpr *Call,
                          ASTContext &Context) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
  if (Method && !Method->isConst())
    return false;
  return (computesValue(Call->getOperator()) && onlyReads(Call, Context)) ||
         (Method && Call->getNumArgs() == 1 &&
          isPure(Call->getArg(0), Context));
}

/// `T(a)`, `T{a}`, `T(a, b)` and `static_cast<T>(a)` as the construction they
/// are; null for any other expression.
static const CXXConstructExpr *constructionBelow(const Expr *E) {
  while (true) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(E);
             Made && Made->isElidable())
      E = Made->getArg(0);
    else
      return Made;
  }
}

/// True when \p E makes an object of pure values, or of such objects, and its
/// constructor gets nothing that it could change. Making it once more, or not
/// at all, may be noticed; when it is made, among others, is not. Without
/// arguments it may take what it needs from anywhere, and so may be a counter.
static bool onlyMakesObject(const Expr *E, ASTContext &Context) {
  const CXXConstructExpr *Made = constructionBelow(E);
  return Made && Made->getNumArgs() > 0 &&
         takesNothingMutable(Made->getConstructor()) &&
         all_of(Made->arguments(), [&](const Expr *Argument) {
           return isPure(Argument, Context) ||
                  onlyMakesObject(Argument, Context);
         });
}

bool isPure(const Expr *E, ASTContext &Context) {
  E = asWritten(E);
  if (isa<DeclRefExpr, CXXThisExpr, IntegerLiteral, FloatingLiteral,
          CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, clang::StringLiteral,
          CharacterLiteral>(E))
    return true;
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isImplicitAccess() || isPure(Member->getBase(), Context);
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return !Op->isIncrementDecrementOp() && isPure(Op->getSubExpr(), Context);
  // `s.data() + n`: what the operands do not do, the operator does not.
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return !Op->isAssignmentOp() && isPure(Op->getLHS(), Context) &&
           isPure(Op->getRHS(), Context);
  if (const auto *Index = dyn_cast<ArraySubscriptExpr>(E))
    return isPure(Index->getLHS(), Context) && isPure(Index->getRHS(), Context);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    if (!Cast->getType()->isRecordType())
      return isPure(Cast->getSubExpr(), Context);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return isPure(Choice->getCond(), Context) &&
           isPure(Choice->getTrueExpr(), Context) &&
           isPure(Choice->getFalseExpr(), Context);
  // A const member function: an accessor, `*p`, `p->`.
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return Call->getMethodDecl() && Call->getMethodDecl()->isConst() &&
           onlyReads(Call, Context) &&
           isPure(Call->getImplicitObjectArgument(), Context);
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E))
    return computesValue(Call, Context);
  // A static accessor such as Registry::Default() gives the same object again.
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && (Callee->isConstexpr() || Callee->hasAttr<PureAttr>() ||
                   Callee->hasAttr<ConstAttr>()))
      return onlyReads(Call, Context); // std::min(a, b), strlen(s)
    return Callee && Call->getNumArgs() == 0 &&
           Callee->getReturnType()->isLValueReferenceType();
  }
  return !E->HasSideEffects(Context);
}

Reason changedEffects(const CompiledRewrite &Rewrite, const Bindings &Bound,
                      ASTContext &Context) {
  // Metavariables are numbered in the order of `given`; effects happen in the
  // order in which the arguments are written.
  std::vector<std::pair<SourceLocation, unsigned>> WithEffects;
  bool OnlyObjects = true;
  for (unsigned I = 0; I < Bound.size(); ++I) {
    auto Impure = find_if(Bound[I].Exprs,
                          [&](const Expr *E) { return !isPure(E, Context); });
    if (Impure == Bound[I].Exprs.end())
      continue;
    WithEffects.emplace_back((*Impure)->getBeginLoc(), I);
    OnlyObjects &= all_of(Bound[I].Exprs, [&](const Expr *E) {
      return isPure(E, Context) || onlyMakesObject(E, Context);
    });
    unsigned Times = I < Rewrite.TimesUsed.size() ? Rewrite.TimesUsed[I] : 0;
    if (Times == 0)
      return {MessageId::EffectDropped,
              "an argument with side effects would no longer be evaluated"};
    if (Times > 1)
      return {
          MessageId::EffectRepeated,
          "an argument with side effects would be evaluated more than once"};
  }
  const SourceManager &SM = Context.getSourceManager();
  llvm::sort(WithEffects, [&](const auto &A, const auto &B) {
    return SM.isBeforeInTranslationUnit(A.first, B.first);
  });
  std::vector<unsigned> Before, After;
  for (const auto &[Where, Index] : WithEffects)
    Before.push_back(Index);
  for (const AfterPiece &Piece : Rewrite.After)
    if (Piece.What == AfterPiece::Kind::Metavariable &&
        is_contained(Before, Piece.Index))
      After.push_back(Piece.Index);
  if (Before.size() > 1 && Before != After && !OnlyObjects)
    return {MessageId::EffectReordered,
            "arguments with side effects would be evaluated in another order"};
  return {};
}

} // namespace consolidate
