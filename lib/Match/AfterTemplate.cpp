//===- AfterTemplate.cpp - The replacement expression, cut in pieces ------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Patterns.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "clang/Tooling/Transformer/SourceCodeBuilders.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

const Expr *asWritten(const Expr *E) {
  while (true) {
    const Expr *Inner = const_cast<Expr *>(E)->IgnoreUnlessSpelledInSource();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Inner))
      Inner = Cleanups->getSubExpr();
    if (Inner == E)
      return E;
    E = Inner;
  }
}

bool isComma(const Expr *E) {
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return Op->isCommaOp();
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
  return Call && Call->getOperator() == OO_Comma;
}

bool bindsLoosely(const Expr *E) {
  return isa<CStyleCastExpr, CXXNewExpr, CXXDeleteExpr, CXXThrowExpr,
             CoawaitExpr, CoyieldExpr, UnaryExprOrTypeTraitExpr>(E);
}

Outermost outermostOf(const Expr *E) {
  E = asWritten(E);
  Outermost Result;
  if (isComma(E))
    return Result;
  Result.NeedsParens = bindsLoosely(E) || tooling::mayEverNeedParens(*E);
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    Result.Binding = bindingOf(Op->getOpcode());
  else if (isa<CStyleCastExpr>(E)) // More tightly than all of these.
    Result.Binding = bindingOf(BO_PtrMemD) + 1;
  return Result;
}

std::string normalizedTokens(ASTContext &Context, const Expr *E) {
  const SourceManager &SM = Context.getSourceManager();
  // The raw lexer wants a buffer that ends in a null byte.
  std::string Text =
      Lexer::getSourceText(CharSourceRange::getTokenRange(E->getSourceRange()),
                           SM, Context.getLangOpts())
          .str();
  const char *Begin = Text.c_str(), *End = Begin + Text.size();
  Lexer Raw(SourceLocation(), Context.getLangOpts(), Begin, Begin, End);
  std::string Result;
  while (true) {
    Token Tok;
    Raw.LexFromRawLexer(Tok);
    if (Tok.is(tok::eof))
      return Result;
    if (!Result.empty())
      Result += ' ';
    Result.append(Raw.getBufferLocation() - Tok.getLength(), Tok.getLength());
  }
}

namespace {

/// A part of the expression that is not plain text.
struct Hole {
  unsigned Begin = 0; ///< Byte offsets in the rule unit.
  unsigned End = 0;
  AfterPiece Piece;
};

/// What \p E declares, by name.
std::vector<std::string> declaredIn(LambdaExpr *E) {
  struct Declarations : RecursiveASTVisitor<Declarations> {
    std::vector<std::string> Names;
    bool VisitNamedDecl(NamedDecl *D) {
      if (D->getIdentifier())
        Names.push_back(D->getNameAsString());
      return true;
    }
  } Found;
  Found.TraverseLambdaExpr(E);
  for (const LambdaCapture &Capture : E->captures())
    if (E->isInitCapture(&Capture))
      Found.Names.push_back(Capture.getCapturedVar()->getNameAsString());
  return std::move(Found.Names);
}

class HoleCollector : public NameVisitor<HoleCollector> {
  using Base = NameVisitor<HoleCollector>;
  using Times = AfterPiece::Times;

public:
  HoleCollector(ASTContext &Context, const RuleParameters &Rule,
                bool QualifyAll)
      : Context(Context), SM(Context.getSourceManager()), Rule(Rule),
        Parameters(Rule.Expressions), QualifyAll(QualifyAll) {}

  std::vector<Hole> Holes;
  std::vector<NamedCall> Calls; ///< Offsets in the rule unit.

  // --- How often is it evaluated?

  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *E) {
    return evaluated(Times::MaybeNot,
                     [&] { return Base::TraverseUnaryExprOrTypeTraitExpr(E); });
  }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *E) {
    return evaluated(Times::MaybeNot,
                     [&] { return Base::TraverseCXXNoexceptExpr(E); });
  }
  bool TraverseCXXTypeidExpr(CXXTypeidExpr *E) {
    return evaluated(Times::MaybeNot,
                     [&] { return Base::TraverseCXXTypeidExpr(E); });
  }
  bool TraverseRequiresExpr(RequiresExpr *E) {
    return evaluated(Times::MaybeNot,
                     [&] { return Base::TraverseRequiresExpr(E); });
  }
  bool TraverseLambdaExpr(LambdaExpr *E) {
    SaveAndRestore<std::vector<std::string>> Keep(Hides);
    append_range(Hides, declaredIn(E));
    return evaluated(Times::Many, [&] { return Base::TraverseLambdaExpr(E); });
  }
  // Only some of their operands: these visit the node and traverse the rest.
  bool TraverseConditionalOperator(ConditionalOperator *E) {
    return VisitConditionalOperator(E) && TraverseStmt(E->getCond()) &&
           evaluated(Times::MaybeNot, [&] {
             return TraverseStmt(E->getTrueExpr()) &&
                    TraverseStmt(E->getFalseExpr());
           });
  }
  bool TraverseBinaryOperator(BinaryOperator *E) {
    if (!E->isLogicalOp())
      return Base::TraverseBinaryOperator(E);
    return VisitBinaryOperator(E) && TraverseStmt(E->getLHS()) &&
           evaluated(Times::MaybeNot,
                     [&] { return TraverseStmt(E->getRHS()); });
  }

  // --- Where does it stand?

  bool VisitCallExpr(CallExpr *Call) {
    addOperand(Call->getCallee());
    return addCall(Call);
  }
  bool VisitCXXTemporaryObjectExpr(CXXTemporaryObjectExpr *E) {
    return addCall(E);
  }
  bool VisitCXXFunctionalCastExpr(CXXFunctionalCastExpr *E) {
    return addCall(E);
  }
  bool VisitUnaryOperator(UnaryOperator *Op) {
    auto Use = Op->getOpcode() == UO_AddrOf  ? AfterPiece::Use::AddressOf
               : Op->getOpcode() == UO_Deref ? AfterPiece::Use::Dereference
                                             : AfterPiece::Use::Operand;
    if (const DeclRefExpr *Ref = parameterRef(Op->getSubExpr()))
      add(Use == AfterPiece::Use::Operand ? Ref->getBeginLoc()
                                          : Op->getOperatorLoc(),
          Ref->getEndLoc(), Ref, Use);
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *Call) {
    for (const Expr *Argument : Call->arguments())
      if (const DeclRefExpr *Ref = parameterRef(Argument)) {
        bool Dereferences =
            Call->getOperator() == OO_Star && Call->getNumArgs() == 1;
        add(Dereferences ? Call->getOperatorLoc() : Ref->getBeginLoc(),
            Ref->getEndLoc(), Ref,
            Dereferences ? AfterPiece::Use::Dereference
                         : AfterPiece::Use::Operand);
      }
    return true;
  }
  bool VisitMemberExpr(MemberExpr *Member) { return addObject(Member); }
  // With a pack among the arguments:
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *Member) {
    return addObject(Member);
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *Member) {
    return addObject(Member);
  }
  bool VisitBinaryOperator(BinaryOperator *Op) {
    addOperand(Op->getLHS());
    return evaluated(Op->isLogicalOp() ? Times::MaybeNot : Evaluated, [&] {
      addOperand(Op->getRHS());
      return true;
    });
  }
  bool VisitConditionalOperator(ConditionalOperator *Choice) {
    addOperand(Choice->getCond(), AfterPiece::Use::Condition);
    return true;
  }
  bool VisitCStyleCastExpr(CStyleCastExpr *Cast) {
    addOperand(Cast->getSubExprAsWritten());
    return true;
  }
  bool VisitArraySubscriptExpr(ArraySubscriptExpr *Index) {
    addOperand(Index->getBase());
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    if (parameterRef(Ref)) {
      add(Ref->getBeginLoc(), Ref->getEndLoc(), Ref, AfterPiece::Use::Plain);
      return true;
    }
    // A function or variable of a namespace; a class before `::` is a TypeLoc.
    NestedNameSpecifierLoc Qualifier = Ref->getQualifierLoc();
    if (Qualifier && qualifierKind(Qualifier) == QualifierKind::Namespace)
      addName(Qualifier.getBeginLoc(), Ref->getLocation(), Ref->getDecl());
    else if (!Qualifier && QualifyAll)
      addName(Ref->getLocation(), Ref->getLocation(), Ref->getDecl());
    return true;
  }
  bool VisitPackExpansionExpr(PackExpansionExpr *E) {
    if (const DeclRefExpr *Ref = parameterRef(E->getPattern()))
      add(E->getBeginLoc(), E->getEndLoc(), Ref, AfterPiece::Use::Plain);
    return true;
  }
  bool VisitTypeLoc(TypeLoc Loc) {
    NestedNameSpecifierLoc Qualifier = takeQualifier();
    if (const TemplateTypeParmDecl *Parameter = typeParameter(Loc)) {
      auto It = find(Rule.Types, Parameter);
      if (It != Rule.Types.end()) {
        AfterPiece Piece;
        Piece.What = AfterPiece::Kind::Metavariable;
        Piece.Index = Rule.Expressions.size() + (It - Rule.Types.begin());
        push(Loc.getBeginLoc(), Loc.getEndLoc(), std::move(Piece));
      }
      return true;
    }
    if (std::optional<SpelledType> Spelled = spelledType(Loc, Qualifier))
      if (Spelled->Qualifier || QualifyAll)
        addName(Spelled->begin(), Spelled->Name, Spelled->Named);
    return true;
  }

private:
  ASTContext &Context;
  SourceManager &SM;
  const RuleParameters &Rule;
  ArrayRef<const ParmVarDecl *> Parameters;
  bool QualifyAll;
  Times Evaluated = Times::Once;  ///< What is being traversed.
  std::vector<std::string> Hides; ///< What is declared around that.

  bool evaluated(Times HowOften, function_ref<bool()> Traverse) {
    SaveAndRestore<Times> Keep(Evaluated, HowOften);
    return Traverse();
  }

  /// What \p Loc names, in the template or in an instantiation.
  static const TemplateTypeParmDecl *typeParameter(TypeLoc Loc) {
    if (auto Parameter = Loc.getAs<TemplateTypeParmTypeLoc>())
      return Parameter.getDecl();
    if (auto Parameter = Loc.getAs<SubstTemplateTypeParmTypeLoc>())
      return Parameter.getTypePtr()->getReplacedParameter();
    return nullptr;
  }

  bool addCall(const Expr *E) {
    std::optional<SpelledCall> Call = spelledCall(E);
    if (Call && Call->Name.isFileID()) {
      Calls.push_back(namedCall(Call->Callee));
      if (const auto *Plain = dyn_cast<CallExpr>(E))
        for (const FunctionDecl *Other : calleesMeant(
                 Call->Callee, {Plain->getArgs(), Plain->getNumArgs()}))
          append_range(Calls.back().USRs, namedCall(Other).USRs);
      Calls.back().Offset = SM.getFileOffset(Call->Name);
    }
    return true;
  }

  template <typename AnyMember> bool addObject(const AnyMember *Member) {
    if (Member->isImplicitAccess())
      return true;
    if (const DeclRefExpr *Ref = parameterRef(Member->getBase()))
      add(Ref->getBeginLoc(), Member->getOperatorLoc(), Ref,
          Member->isArrow() ? AfterPiece::Use::Arrow : AfterPiece::Use::Dot);
    return true;
  }

  const DeclRefExpr *parameterRef(const Expr *E) const {
    const auto *Ref = dyn_cast<DeclRefExpr>(asWritten(E));
    return Ref && is_contained(Parameters, Ref->getDecl()) ? Ref : nullptr;
  }

  void addOperand(const Expr *E,
                  AfterPiece::Use Use = AfterPiece::Use::Operand) {
    // In parentheses of its own it needs none.
    if (const DeclRefExpr *Ref = parameterRef(E))
      if (!isa<ParenExpr>(E->IgnoreImpCasts()))
        add(Ref->getBeginLoc(), Ref->getEndLoc(), Ref, Use);
  }

  void add(SourceLocation Begin, SourceLocation LastToken,
           const DeclRefExpr *Ref, AfterPiece::Use Use) {
    AfterPiece Piece;
    Piece.What = AfterPiece::Kind::Metavariable;
    Piece.Index = find(Parameters, Ref->getDecl()) - Parameters.begin();
    Piece.Context = Use;
    Piece.Evaluated = Evaluated;
    Piece.Hides = Hides;
    push(Begin, LastToken, std::move(Piece));
  }

  void addName(SourceLocation Begin, SourceLocation Name, const NamedDecl *D) {
    std::string Full = qualifiedName(D);
    // Nobody drops `std::`.
    if (Full.empty() || StringRef(Full).starts_with("std::"))
      return;
    AfterPiece Piece;
    Piece.What = AfterPiece::Kind::Name;
    Piece.Text = Full;
    push(Begin, Name, std::move(Piece));
  }

  void push(SourceLocation Begin, SourceLocation LastToken, AfterPiece Piece) {
    if (Begin.isMacroID() || LastToken.isMacroID())
      return;
    SourceLocation End =
        Lexer::getLocForEndOfToken(LastToken, 0, SM, Context.getLangOpts());
    Holes.push_back(
        {SM.getFileOffset(Begin), SM.getFileOffset(End), std::move(Piece)});
  }
};

} // namespace

AfterTemplate makeAfterTemplate(ASTContext &Context, const Expr *E,
                                const RuleParameters &Parameters,
                                bool QualifyAll) {
  const SourceManager &SM = Context.getSourceManager();
  HoleCollector Collector(Context, Parameters, QualifyAll);
  Collector.TraverseStmt(const_cast<Expr *>(E));
  // The widest hole wins: `*m` before `m`; and an operand is more than plain.
  sort(Collector.Holes, [](const Hole &A, const Hole &B) {
    return std::tie(A.Begin, B.End, B.Piece.Context) <
           std::tie(B.Begin, A.End, A.Piece.Context);
  });

  E = asWritten(E);
  CharSourceRange Range =
      Lexer::getAsCharRange(E->getSourceRange(), SM, Context.getLangOpts());
  StringRef Buffer = SM.getBufferData(SM.getFileID(Range.getBegin()));
  unsigned Position = SM.getFileOffset(Range.getBegin());
  unsigned End = SM.getFileOffset(Range.getEnd());
  AfterTemplate Result;
  auto TakeCalls = [&](AfterPiece &Piece, unsigned Until) {
    for (const NamedCall &Call : Collector.Calls)
      if (Position <= Call.Offset && Call.Offset < Until) {
        Piece.Calls.push_back(Call);
        Piece.Calls.back().Offset -= Position;
      }
  };
  auto AddText = [&](unsigned Until) {
    if (Until <= Position)
      return;
    Result.push_back({AfterPiece::Kind::Text,
                      Buffer.slice(Position, Until).str(), 0,
                      AfterPiece::Use::Plain});
    TakeCalls(Result.back(), Until);
    Position = Until;
  };
  auto AddParen = [&](StringRef Paren) {
    if (isComma(E))
      Result.push_back(
          {AfterPiece::Kind::Text, Paren.str(), 0, AfterPiece::Use::Plain});
  };
  AddParen("(");
  for (Hole &H : Collector.Holes) {
    if (H.Begin < Position || H.End > End)
      continue;
    AddText(H.Begin);
    if (H.Piece.What == AfterPiece::Kind::Name)
      TakeCalls(H.Piece, H.Begin + 1);
    Result.push_back(std::move(H.Piece));
    Position = H.End;
  }
  AddText(End);
  AddParen(")");
  return Result;
}

} // namespace consolidate
