//===- Calls.cpp - Rewrites of calls and fields ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   before: netra::MakeEngine<T>(args...)   after: std::make_unique<T>(args...)
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

CallIndex::CallIndex(const CompiledRules &Rules) {
  for (const CompiledRewrite &Rewrite : Rules.Rewrites)
    if (Rewrite.Before.What == ExprPattern::Kind::Call ||
        Rewrite.Before.What == ExprPattern::Kind::Member)
      ByName[Rewrite.Before.Text].push_back(&Rewrite);
}

ArrayRef<const CompiledRewrite *> CallIndex::named(const NamedDecl *D) const {
  if (ByName.empty() || !D || !D->getIdentifier())
    return {};
  auto It = ByName.find(D->getName());
  return It == ByName.end() ? ArrayRef<const CompiledRewrite *>()
                            : ArrayRef(It->second);
}

/// True when what \p Rewrite puts in the place of \p E needs parentheses there.
bool UseCollector::needsParens(const CompiledRewrite &Rewrite,
                               const Expr *E) const {
  if (!Rewrite.AfterNeedsParens)
    return false;
  for (unsigned Up = 1; const DynTypedNode *Node = parent(Up); ++Up) {
    const auto *S = Node->get<Stmt>();
    if (!S)
      return false;
    if (isa<ImplicitCastExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr>(
            S))
      continue;
    if (const auto *Op = dyn_cast<BinaryOperator>(S);
        Op && Rewrite.AfterBinding) {
      unsigned Around = bindingOf(Op->getOpcode());
      bool OnRight =
          SM.isBeforeInTranslationUnit(Op->getOperatorLoc(), E->getBeginLoc());
      return Rewrite.AfterBinding < Around ||
             (Rewrite.AfterBinding == Around && OnRight);
    }
    return isa<BinaryOperator, UnaryOperator, MemberExpr, CXXOperatorCallExpr,
               ArraySubscriptExpr, ConditionalOperator, CStyleCastExpr>(S);
  }
  return false;
}

/// `next()` of `next().Create(3)`, where the rule names a static member by its
/// class and so has no place for the object; else null.
static const Expr *droppedObject(const CompiledRewrite &Rewrite,
                                 const Expr *E) {
  if (Rewrite.Before.What != ExprPattern::Kind::Call ||
      Rewrite.Before.HasObject)
    return nullptr;
  const auto *Call = dyn_cast<CallExpr>(asWritten(E));
  const auto *Member =
      Call ? dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts())
           : nullptr;
  return Member && !Member->isImplicitAccess() ? Member->getBase() : nullptr;
}

/// Tries the rewrites of \p Callee on the whole expression \p E.
void UseCollector::addRewrittenExpr(const Expr *E, const NamedDecl *Callee) {
  for (const CompiledRewrite *Rewrite : Calls.named(Callee)) {
    Bindings Bound;
    if (!matchExpr(Rewrite->Before, E, Context, Bound))
      continue;
    RawUse Use;
    Use.Kind = FindingKind::Factory;
    Use.Rule = Rewrite->Name;
    Use.Form = isa<CallExpr>(E) ? "call" : "field";
    Use.Where = placeOf(E->getBeginLoc());
    Use.Symbol = enclosingSymbol();
    Use.Message = "'" + qualifiedName(Callee) + "' is replaced by rewrite '" +
                  Rewrite->Name + "'";
    Use.NeedsHeaders = Rewrite->NeedsHeaders;
    Use.Replaced = Replacing = fileRange(E->getSourceRange());
    bool Parens = needsParens(*Rewrite, E);
    if (Parens)
      Use.Pieces.push_back({"(", {}, false});
    appendTemplate(Use.Pieces, Rewrite->After, Bound,
                   siteFor({}, nullptr, Use.Where));
    if (Parens)
      Use.Pieces.push_back({")", {}, false});
    if (const Expr *Object = droppedObject(*Rewrite, E);
        Object && !isPure(Object, Context)) {
      Use.Level = Safety::Unsafe;
      if (!Options.AllowUnsafe)
        Use.leave({MessageId::EffectDropped,
                   "the object that it is called on has side effects, and "
                   "would no longer be evaluated; --unsafe applies it"});
    }
    bool Discarded = parent(1) && parent(1)->get<CompoundStmt>();
    if (Use.Left.empty())
      applySafety(Use, *Rewrite, Bound, /*LosesOrder=*/false,
                  /*DiesWithScope=*/false,
                  Discarded ? Reason() : changedResult(*Rewrite));
    addUse(std::move(Use));
    return;
  }
}

/// A call in a template whose callee is not resolved yet.
void UseCollector::addUnresolvedRewrite(const CallExpr *E,
                                        const OverloadExpr *Callee) {
  for (const NamedDecl *D : Callee->decls()) {
    ArrayRef<const CompiledRewrite *> Candidates =
        Calls.named(D->getUnderlyingDecl());
    if (Candidates.empty())
      continue;
    RawUse Use;
    Use.Kind = FindingKind::Factory;
    Use.Rule = Candidates.front()->Name;
    Use.Form = "dependent call";
    Use.Where = placeOf(E->getBeginLoc());
    Use.Symbol = enclosingSymbol();
    Use.Message = "'" + qualifiedName(D) + "' may be replaced by rewrite '" +
                  Use.Rule + "'";
    Use.leave({MessageId::DependentCall,
               "its arguments depend on a template parameter, so the function "
               "is only known in an instantiation"});
    return addUse(std::move(Use));
  }
}

} // namespace consolidate
