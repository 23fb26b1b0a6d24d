//===- Safety.cpp - What evaluating the new expression can change ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The contract is in docs/safety.md.
//
//===----------------------------------------------------------------------===//
#include "Safety.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

namespace {

/// True when no parameter leads to something that \p Callee could change.
bool takesNothingMutable(const FunctionDecl *Callee) {
  return !Callee->isVariadic() &&
         all_of(Callee->parameters(), [](const ParmVarDecl *P) {
           QualType Pointee = P->getType()->getPointeeType();
           return Pointee.isNull() || Pointee.isConstQualified();
         });
}

/// Operators that, by what everybody expects of them, compute a value.
bool computesValue(OverloadedOperatorKind Operator) {
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

/// True for a std::string or std::vector<int>: what they do with their own is
/// no effect. False where a class of somebody else has a part in it.
bool isOfLibraryAlone(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return true;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  return Record->isInStdNamespace() &&
         (!Spec || all_of(Spec->getTemplateArgs().asArray(),
                          [](const TemplateArgument &Argument) {
                            return Argument.getKind() !=
                                       TemplateArgument::Type ||
                                   isOfLibraryAlone(Argument.getAsType());
                          }));
}

/// `static Registry registry;`
bool isStaticLocal(const Stmt *S) {
  const auto *Declaration = dyn_cast<DeclStmt>(S);
  return Declaration && all_of(Declaration->decls(), [](const Decl *D) {
           const auto *Variable = dyn_cast<VarDecl>(D);
           return Variable && Variable->isStaticLocal();
         });
}

/// What a body that does nothing but return returns; else null.
const Expr *onlyReturned(const FunctionDecl *Function) {
  const FunctionDecl *Definition = nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if ((Method && Method->isVirtual()) || !Function->hasBody(Definition))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  if (!Body)
    return nullptr;
  const Expr *Value = nullptr;
  for (const Stmt *S : Body->body()) {
    if (isa<NullStmt>(S) || isStaticLocal(S)) // An assertion that is off.
      continue;
    const auto *Return = dyn_cast<ReturnStmt>(S);
    if (!Return || Value)
      return nullptr;
    Value = Return->getRetValue();
  }
  return Value;
}

/// `T(a)`, `T{a}`, `T(a, b)` and `static_cast<T>(a)` as the construction they
/// are; null for any other expression.
const CXXConstructExpr *constructionBelow(const Expr *E) {
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

/// Tells what evaluating an expression can do.
class Effects {
public:
  explicit Effects(ASTContext &Context) : Context(Context) {}

  bool isPure(const Expr *E);

  /// A conversion that nobody wrote; its operand is asked for itself.
  bool isPureConversion(const Expr *Conversion) {
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Conversion))
      return (Call->getMethodDecl() && Call->getMethodDecl()->isConst()) ||
             hasPureBody(Call);
    const CXXConstructorDecl *Ctor =
        cast<CXXConstructExpr>(Conversion)->getConstructor();
    return Ctor->isTrivial() || isOfLibraryAlone(typeOf(Ctor->getParent())) ||
           (Ctor->isConstexpr() && takesNothingMutable(Ctor));
  }

  /// True when \p E makes an object of pure values, or of such objects, and its
  /// constructor gets nothing that it could change. Making it once more, or not
  /// at all, may be noticed; when it is made, among others, is not. Without
  /// arguments it may take what it needs from anywhere: it may be a counter.
  bool onlyMakesObject(const Expr *E) {
    const CXXConstructExpr *Made = constructionBelow(E);
    return Made && Made->getNumArgs() > 0 &&
           takesNothingMutable(Made->getConstructor()) &&
           all_of(Made->arguments(), [&](const Expr *Argument) {
             return isPure(Argument) || onlyMakesObject(Argument);
           });
  }

private:
  ASTContext &Context;
  /// Functions whose bodies are being looked at; they may be recursive.
  SmallPtrSet<const FunctionDecl *, 8> Open;

  bool areArgumentsPure(const CallExpr *Call) {
    return all_of(Call->arguments(),
                  [&](const Expr *Argument) { return isPure(Argument); });
  }

  /// A call that gets nothing it could change, and pure arguments.
  bool onlyReads(const CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    return Callee && takesNothingMutable(Callee) && areArgumentsPure(Call);
  }

  /// An inline accessor, const or not: its body is `return` and a pure value.
  bool hasPureBody(const CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    const Expr *Value = Callee ? onlyReturned(Callee) : nullptr;
    if (!Value || !areArgumentsPure(Call) || !Open.insert(Callee).second)
      return false;
    bool Pure = isPure(Value);
    Open.erase(Callee);
    return Pure;
  }

  bool isPureCall(const CallExpr *Call);
};

bool Effects::isPureCall(const CallExpr *Call) {
  // A const member function: an accessor.
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    return Member->getMethodDecl() &&
           isPure(Member->getImplicitObjectArgument()) &&
           ((Member->getMethodDecl()->isConst() && onlyReads(Call)) ||
            hasPureBody(Call));
  const FunctionDecl *Callee = Call->getDirectCallee();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  // `a + b`, `-a`, `a == b`, `*p`, `p->`.
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
    bool MayRead = !Method || Method->isConst();
    if (MayRead && computesValue(Operator->getOperator()) && onlyReads(Call))
      return true;
    if (Method && MayRead && Operator->getOperator() != OO_Call &&
        Call->getNumArgs() == 1 && isPure(Call->getArg(0)))
      return true;
    return hasPureBody(Call);
  }
  if (!Callee)
    return false;
  // std::min(a, b), strlen(s)
  if (Callee->isConstexpr() || Callee->hasAttr<PureAttr>() ||
      Callee->hasAttr<ConstAttr>())
    return onlyReads(Call);
  // A static accessor such as Registry::Default() gives the same object again,
  // as far as can be seen.
  return (Call->getNumArgs() == 0 && !Callee->hasBody() &&
          Callee->getReturnType()->isLValueReferenceType()) ||
         hasPureBody(Call);
}

bool Effects::isPure(const Expr *E) {
  E = asWritten(E);
  if (E->getType().isVolatileQualified())
    return false;
  if (isa<DeclRefExpr, CXXThisExpr, IntegerLiteral, FloatingLiteral,
          CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, clang::StringLiteral,
          CharacterLiteral>(E))
    return true;
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isImplicitAccess() || isPure(Member->getBase());
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return !Op->isIncrementDecrementOp() && Op->getOpcode() != UO_Coawait &&
           isPure(Op->getSubExpr());
  // `s.data() + n`: what the operands do not do, the operator does not.
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return !Op->isAssignmentOp() && isPure(Op->getLHS()) &&
           isPure(Op->getRHS());
  if (const auto *Index = dyn_cast<ArraySubscriptExpr>(E))
    return isPure(Index->getLHS()) && isPure(Index->getRHS());
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    if (!Cast->getType()->isRecordType())
      return isPure(Cast->getSubExpr());
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return isPure(Choice->getCond()) && isPure(Choice->getTrueExpr()) &&
           isPure(Choice->getFalseExpr());
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return isPureCall(Call);
  return !E->HasSideEffects(Context);
}

} // namespace

bool isPure(const Expr *E, ASTContext &Context) {
  return Effects(Context).isPure(E);
}

static bool onlyMakesObject(const Expr *E, ASTContext &Context) {
  return Effects(Context).onlyMakesObject(E);
}

// --- Order -------------------------------------------------------------------

static bool mentions(const Stmt *S, const ValueDecl *D) {
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(S))
    return Ref->getDecl() == D;
  return S && any_of(S->children(),
                     [&](const Stmt *Child) { return mentions(Child, D); });
}

static bool mentionsThis(const Stmt *S) {
  return S && (isa<CXXThisExpr>(S) || any_of(S->children(), mentionsThis));
}

/// True when the value of the pure \p E can be another one after \p Effect: it
/// reads a global, or what \p Effect names as well. What a function may do to
/// an object behind its back is not asked.
static bool canSee(const Expr *E, const Expr *Effect, bool ByReference,
                   ASTContext &Context) {
  E = asWritten(E);
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    if (Op->getOpcode() == UO_AddrOf)
      return canSee(Op->getSubExpr(), Effect, /*ByReference=*/true, Context);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    if (ByReference || !Variable || Variable->getType().isConstQualified())
      return false;
    return !Variable->hasLocalStorage() || mentions(Effect, Variable);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (Member->isImplicitAccess())
      return !ByReference && mentionsThis(Effect);
    return canSee(Member->getBase(), Effect, ByReference && !Member->isArrow(),
                  Context);
  }
  if (isa<CXXThisExpr, LambdaExpr>(E) || E->isEvaluatable(Context))
    return false;
  return any_of(E->children(), [&](const Stmt *Child) {
    const auto *Inner = dyn_cast_or_null<Expr>(Child);
    return Inner && canSee(Inner, Effect, false, Context);
  });
}

namespace {

/// The metavariables of a rewrite in the order in which the arguments of
/// `before` are written.
void collectOrder(const ExprPattern &Pattern, std::vector<unsigned> &Order) {
  if (Pattern.What == ExprPattern::Kind::Metavariable ||
      Pattern.What == ExprPattern::Kind::Pack)
    if (!is_contained(Order, Pattern.Index))
      Order.push_back(Pattern.Index);
  for (const ExprPattern &Child : Pattern.Children)
    collectOrder(Child, Order);
}

/// The first for which \p Has holds, of what \p Bound stands for or of its
/// conversions; or null.
const Expr *firstOf(const Binding &Bound, function_ref<bool(const Expr *)> Has,
                    function_ref<bool(const Expr *)> ConversionHas) {
  if (auto It = find_if(Bound.Exprs, Has); It != Bound.Exprs.end())
    return *It;
  auto It = find_if(Bound.Conversions, ConversionHas);
  return It == Bound.Conversions.end() ? nullptr : *It;
}

const Expr *impureOf(const Binding &Bound, ASTContext &Context) {
  return firstOf(
      Bound, [&](const Expr *E) { return !isPure(E, Context); },
      [&](const Expr *E) { return !Effects(Context).isPureConversion(E); });
}

/// What others can notice to happen earlier or later.
bool hasEffect(const Expr *E, ASTContext &Context) {
  if (isPure(E, Context) || onlyMakesObject(E, Context))
    return false;
  // `n * Number(2)`
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(asWritten(E));
  return !Call || !Call->getDirectCallee() ||
         !computesValue(Call->getOperator()) ||
         !takesNothingMutable(Call->getDirectCallee()) ||
         any_of(Call->arguments(), [&](const Expr *Argument) {
           return hasEffect(Argument, Context);
         });
}

/// As hasEffect.
bool conversionHasEffect(const Expr *Conversion, ASTContext &Context) {
  const auto *Made = dyn_cast<CXXConstructExpr>(Conversion);
  return !(Made && takesNothingMutable(Made->getConstructor())) &&
         !Effects(Context).isPureConversion(Conversion);
}

const Expr *effectOf(const Binding &Bound, ASTContext &Context) {
  return firstOf(
      Bound, [&](const Expr *E) { return hasEffect(E, Context); },
      [&](const Expr *E) { return conversionHasEffect(E, Context); });
}

/// Pairs of metavariables for which it matters which comes first: both have
/// effects, or one sees those of the other. In the order of `before`.
std::vector<std::pair<unsigned, unsigned>>
orderedPairs(const CompiledRewrite &Rewrite, const Bindings &Bound,
             ASTContext &Context) {
  std::vector<unsigned> Order;
  collectOrder(Rewrite.Before, Order);
  erase_if(Order, [&](unsigned I) { return I >= Bound.size(); });
  auto Sees = [&](unsigned I, const Expr *Effect) {
    bool ByReference =
        I < Rewrite.TakenBefore.size() && Rewrite.TakenBefore[I].ByReference;
    return any_of(Bound[I].Exprs, [&](const Expr *E) {
      return canSee(E, Effect, ByReference, Context);
    });
  };
  std::vector<std::pair<unsigned, unsigned>> Pairs;
  for (size_t A = 0; A < Order.size(); ++A)
    for (size_t B = A + 1; B < Order.size(); ++B) {
      const Expr *First = effectOf(Bound[Order[A]], Context);
      const Expr *Second = effectOf(Bound[Order[B]], Context);
      if ((First && impureOf(Bound[Order[B]], Context)) ||
          (Second && impureOf(Bound[Order[A]], Context)) ||
          (First && Sees(Order[B], First)) ||
          (Second && Sees(Order[A], Second)))
        Pairs.emplace_back(Order[A], Order[B]);
    }
  return Pairs;
}

} // namespace

bool orderMatters(const CompiledRewrite &Rewrite, const Bindings &Bound,
                  ASTContext &Context) {
  if (any_of(Bound, [&](const Binding &B) {
        return count_if(B.Exprs, [&](const Expr *E) {
                 return hasEffect(E, Context);
               }) > 1;
      }))
    return true;
  return !orderedPairs(Rewrite, Bound, Context).empty();
}

namespace {

/// The names in an expression that are looked up where it stands.
class NamesUsed : public NameVisitor<NamesUsed> {
public:
  NamesUsed(const Expr *E, const SourceManager &SM) : Whole(E), SM(SM) {
    TraverseStmt(const_cast<Expr *>(E));
  }
  StringSet<> Names;

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (!E->getQualifier())
      add(E->getDecl());
    return true;
  }
  bool VisitOverloadExpr(OverloadExpr *E) {
    if (!E->getQualifier())
      Names.insert(E->getName().getAsString());
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    if (E->isImplicitAccess() && !E->getQualifier())
      add(E->getMemberDecl());
    return true;
  }
  bool VisitTypeLoc(TypeLoc Loc) {
    NestedNameSpecifierLoc Qualifier = takeQualifier();
    if (std::optional<SpelledType> Spelled = spelledType(Loc, Qualifier);
        Spelled && !Spelled->Qualifier)
      add(Spelled->Named);
    return true;
  }

private:
  const Expr *Whole;
  const SourceManager &SM;

  void add(const NamedDecl *D) {
    // `[](int v) { return v; }` brings its own.
    if (!SM.isPointWithin(D->getLocation(), Whole->getBeginLoc(),
                          Whole->getEndLoc()))
      Names.insert(D->getNameAsString());
  }
};

} // namespace

Reason hiddenArgument(const CompiledRewrite &Rewrite, const Bindings &Bound,
                      ASTContext &Context) {
  for (const AfterPiece &Piece : Rewrite.After) {
    if (Piece.Hides.empty() || Piece.Index >= Bound.size())
      continue;
    for (const Expr *E : Bound[Piece.Index].Exprs) {
      NamesUsed Used(E, Context.getSourceManager());
      for (const std::string &Name : Piece.Hides)
        if (Used.Names.contains(Name))
          return {MessageId::HiddenArgument,
                  "'" + Name +
                      "' in the argument would mean what 'after' of '" +
                      Rewrite.Name + "' declares"};
    }
  }
  return {};
}

Reason changedEffects(const CompiledRewrite &Rewrite, const Bindings &Bound,
                      bool LosesOrder, ASTContext &Context) {
  for (unsigned I = 0; I < Bound.size(); ++I) {
    if (!impureOf(Bound[I], Context))
      continue;
    unsigned Times = I < Rewrite.TimesUsed.size() ? Rewrite.TimesUsed[I] : 0;
    if (Times == 0)
      return {MessageId::EffectDropped,
              "an argument with side effects would no longer be evaluated, or "
              "not always"};
    if (Times > 1)
      return {
          MessageId::EffectRepeated,
          "an argument with side effects would be evaluated more than once"};
  }
  std::vector<unsigned> After;
  for (const AfterPiece &Piece : Rewrite.After)
    if (Piece.What == AfterPiece::Kind::Metavariable)
      After.push_back(Piece.Index);
  for (auto [First, Second] : orderedPairs(Rewrite, Bound, Context)) {
    auto A = find(After, First), B = find(After, Second);
    // What is dropped is not evaluated in another order.
    if (A != After.end() && B != After.end() && B < A)
      return {MessageId::EffectReordered,
              "arguments with side effects would be evaluated in another "
              "order"};
  }
  if (LosesOrder && orderMatters(Rewrite, Bound, Context))
    return {MessageId::EffectReordered,
            "braces evaluate their arguments in order, and what takes their "
            "place does not"};
  return {};
}

} // namespace consolidate
