//===- Patterns.cpp - Does an expression match `before`? ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Patterns.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

const NamedDecl *patternOf(const NamedDecl *D) {
  if (const auto *Shadow = dyn_cast<UsingShadowDecl>(D))
    D = Shadow->getTargetDecl();
  if (const auto *Function = dyn_cast<FunctionDecl>(D)) {
    const FunctionTemplateDecl *Template = Function->getPrimaryTemplate();
    if (!Template)
      Template = Function->getDescribedFunctionTemplate();
    if (Template) {
      while (const FunctionTemplateDecl *From =
                 Template->getInstantiatedFromMemberTemplate())
        Template = From;
      return Template->getTemplatedDecl()->getCanonicalDecl();
    }
    if (const FunctionDecl *From =
            Function->getInstantiatedFromMemberFunction())
      return From->getCanonicalDecl();
    return Function->getCanonicalDecl();
  }
  if (const auto *Field = dyn_cast<FieldDecl>(D))
    if (const auto *Spec =
            dyn_cast<ClassTemplateSpecializationDecl>(Field->getParent()))
      for (const FieldDecl *Other :
           Spec->getSpecializedTemplate()->getTemplatedDecl()->fields())
        if (Other->getDeclName() == Field->getDeclName())
          return Other;
  return D;
}

std::optional<BuiltinOperator> builtinOperator(const Expr *E) {
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return BuiltinOperator{Op->getOpcodeStr(), {Op->getLHS(), Op->getRHS()}};
  if (const auto *Op = dyn_cast<UnaryOperator>(E)) {
    if (Op->isPostfix()) // `x++` is not `++x`
      return BuiltinOperator{Op->getOpcode() == UO_PostInc ? "post++"
                                                           : "post--",
                             {Op->getSubExpr()}};
    return BuiltinOperator{UnaryOperator::getOpcodeStr(Op->getOpcode()),
                           {Op->getSubExpr()}};
  }
  if (const auto *Index = dyn_cast<ArraySubscriptExpr>(E))
    return BuiltinOperator{"[]", {Index->getLHS(), Index->getRHS()}};
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return BuiltinOperator{
        "?:", {Choice->getCond(), Choice->getLHS(), Choice->getRHS()}};
  return std::nullopt;
}

std::string operandType(const Expr *E) {
  QualType Type = asWritten(E)->getType();
  if (Type->isDependentType())
    return "";
  return Type.getCanonicalType().getUnqualifiedType().getAsString();
}

SmallVector<const Expr *, 4>
writtenArguments(const CXXUnresolvedConstructExpr *E) {
  if (E->isListInitialization() && E->getNumArgs() == 1)
    if (const auto *List = dyn_cast<InitListExpr>(*E->arg_begin()))
      return SmallVector<const Expr *, 4>(List->inits().begin(),
                                          List->inits().end());
  return SmallVector<const Expr *, 4>(E->arg_begin(), E->arg_end());
}

namespace {

/// The same operator, on operands of the types that the rule gives: `x + 1` is
/// another calculation for each type of `x`.
bool matchOperator(const ExprPattern &Pattern, const Expr *E,
                   ASTContext &Context, Bindings &Out) {
  std::optional<BuiltinOperator> Op = builtinOperator(E);
  if (!Op || Op->Spelled != Pattern.Text ||
      Op->Operands.size() != Pattern.Children.size())
    return false;
  for (auto [Child, Type, Operand] :
       zip(Pattern.Children, Pattern.USRs, Op->Operands))
    if ((!Type.empty() && operandType(Operand) != Type) ||
        !matchExpr(Child, Operand, Context, Out))
      return false;
  return true;
}

/// The last call of a constructor or function that converts what is written in
/// \p Passed, where nobody wrote it; else null.
const Expr *conversionIn(const Expr *Passed) {
  const Expr *Written = asWritten(Passed);
  for (const Expr *E = Passed; E != Written;) {
    const Expr *Inner = nullptr;
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E))
      Inner = Cast->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      Inner = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      Inner = Bound->getSubExpr();
    else if (const auto *Full = dyn_cast<FullExpr>(E))
      Inner = Full->getSubExpr();
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(E);
             Made && Made->getNumArgs() > 0 &&
             Made->getConstructor()->isCopyOrMoveConstructor())
      Inner = Made->getArg(0);
    else
      return isa<CXXConstructExpr, CXXMemberCallExpr>(E) ? E : nullptr;
    E = Inner;
  }
  return nullptr;
}

/// Binds a metavariable; a second time it must be the same text.
bool bind(unsigned Index, std::vector<const Expr *> Exprs, Binding::Adjust How,
          ASTContext &Context, Bindings &Out) {
  if (Index >= Out.size())
    Out.resize(Index + 1);
  Binding &B = Out[Index];
  if (!B.Bound) {
    B.Bound = true;
    B.How = How;
    B.Exprs = std::move(Exprs);
    return true;
  }
  if (B.How != How || B.Exprs.size() != Exprs.size())
    return false;
  for (size_t I = 0; I < Exprs.size(); ++I)
    if (normalizedTokens(Context, B.Exprs[I]) !=
        normalizedTokens(Context, Exprs[I]))
      return false;
  return true;
}

/// The same for what a function is called with.
bool bindPassed(unsigned Index, ArrayRef<const Expr *> Passed,
                ASTContext &Context, Bindings &Out) {
  std::vector<const Expr *> Written;
  for (const Expr *E : Passed)
    Written.push_back(asWritten(E));
  if (!bind(Index, std::move(Written), Binding::Adjust::None, Context, Out))
    return false;
  for (const Expr *E : Passed)
    if (const Expr *Conversion = conversionIn(E))
      Out[Index].Conversions.push_back(Conversion);
  return true;
}

/// `&x` against an expression: what `&` is applied to, or the pointer itself.
bool matchIndirection(const ExprPattern &Pattern, const Expr *E,
                      ASTContext &Context, Bindings &Out) {
  bool Address = Pattern.What == ExprPattern::Kind::AddressOf;
  const auto *Op = dyn_cast<UnaryOperator>(E);
  if (Op && Op->getOpcode() == (Address ? UO_AddrOf : UO_Deref))
    return matchExpr(Pattern.Children[0], Op->getSubExpr(), Context, Out);
  const ExprPattern &Child = Pattern.Children[0];
  if (Child.What != ExprPattern::Kind::Metavariable)
    return false;
  if (Address && !E->getType()->isPointerType())
    return false;
  if (!Address && !E->isGLValue())
    return false;
  return bind(Child.Index, {E},
              Address ? Binding::Adjust::Pointee : Binding::Adjust::AddressOf,
              Context, Out);
}

/// Explicit template arguments as the call spells them.
bool matchTemplateArguments(const ExprPattern &Pattern, const CallExpr *Call,
                            const ASTContext &Context, Bindings &Out) {
  if (Pattern.TemplateArguments.empty())
    return true;
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  ArrayRef<TemplateArgumentLoc> Written;
  WrittenList List;
  auto Read = [&](const auto *Name) {
    Written = Name->template_arguments();
    List = writtenList(Name->getLAngleLoc(), Written, Name->getRAngleLoc());
  };
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
    Read(Ref);
  else if (const auto *Member = dyn_cast<MemberExpr>(Callee))
    Read(Member);
  SmallVector<TemplateArgument, 2> Arguments;
  for (const TemplateArgumentLoc &Argument : Written)
    Arguments.push_back(Argument.getArgument());
  if (!matchTypeArguments(Pattern.TemplateArguments, Arguments, Context, Out))
    return false;
  for (auto [I, Argument] : enumerate(Pattern.TemplateArguments))
    if (std::optional<unsigned> Index = wholeTypeMetavariable(Argument)) {
      Out[*Index].Types = List;
      Out[*Index].WhichType = I;
    }
  return true;
}

/// True when \p Named is a member of what the rule says, which may inherit it.
bool matchObjectType(const ExprPattern &Pattern, const Expr *Named,
                     ASTContext &Context, Bindings &Out) {
  if (Pattern.ObjectType.empty())
    return true;
  QualType Type;
  if (const auto *Member = dyn_cast<MemberExpr>(Named))
    Type = objectType(Member->getBase());
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(Named))
    Type = typeBefore(Ref->getQualifierLoc());
  return !Type.isNull() &&
         takesArgument(Pattern.ObjectType, Type, Context, Out);
}

/// The object of \p Pattern and that of \p Access, which may differ in `.` and
/// `->`.
bool matchObject(const ExprPattern &Pattern, const MemberExpr *Access,
                 ASTContext &Context, Bindings &Out) {
  const Expr *Object = asWritten(Access->getBase());
  const ExprPattern &Child = Pattern.Children.front();
  // The rule says `p->` itself, of a smart pointer.
  if (Child.What == ExprPattern::Kind::Call && smartPointerOf(Object))
    return matchExpr(Child, Object, Context, Out);
  while (const Expr *Pointer = smartPointerOf(Object))
    Object = Pointer;
  if (Access->isArrow() == Pattern.IsArrow)
    return matchExpr(Child, Object, Context, Out);
  return Child.What == ExprPattern::Kind::Metavariable &&
         bind(Child.Index, {Object},
              Access->isArrow() ? Binding::Adjust::Pointee
                                : Binding::Adjust::AddressOf,
              Context, Out);
}

bool matchCall(const ExprPattern &Pattern, const CallExpr *Call,
               ASTContext &Context, Bindings &Out) {
  const auto *Callee = dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl());
  if (!matchCallee(Pattern, Callee, Out) ||
      !matchTemplateArguments(Pattern, Call, Context, Out) ||
      !matchObjectType(Pattern, Call->getCallee()->IgnoreParenImpCasts(),
                       Context, Out))
    return false;
  ArrayRef<ExprPattern> Children(Pattern.Children);
  if (Pattern.HasObject) {
    // With dependent arguments it is no CXXMemberCallExpr.
    const auto *Access =
        dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts());
    // A call of an own member without `this->` has no object to write down.
    if (!Access || Access->isImplicitAccess())
      return false;
    if (!matchObject(Pattern, Access, Context, Out))
      return false;
    Children = Children.drop_front();
  }
  SmallVector<const Expr *, 4> Arguments(Call->arguments());
  return matchArguments(Children, Arguments, Context, Out);
}

} // namespace

QualType typeBefore(NestedNameSpecifierLoc Qualifier) {
  return qualifierKind(Qualifier) == QualifierKind::Type
             ? typeLocOf(Qualifier).getType()
             : QualType();
}

const Expr *smartPointerOf(const Expr *E) {
  const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(E);
  return Arrow && Arrow->getOperator() == OO_Arrow ? asWritten(Arrow->getArg(0))
                                                   : nullptr;
}

bool matchCallee(const ExprPattern &Pattern, const NamedDecl *Callee,
                 Bindings &Out) {
  if (!Callee)
    return false;
  Bindings Trial = Out;
  if (is_contained(Pattern.USRs, usrOf(patternOf(Callee))) &&
      matchTypes(Pattern, Callee, Trial)) {
    Out = std::move(Trial);
    return true;
  }
  // A call through a derived class names the override.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee))
    return any_of(Method->overridden_methods(), [&](const CXXMethodDecl *M) {
      return matchCallee(Pattern, M, Out);
    });
  return false;
}

bool matchArguments(ArrayRef<ExprPattern> Patterns,
                    ArrayRef<const Expr *> Arguments, ASTContext &Context,
                    Bindings &Out) {
  for (size_t I = 0; I < Patterns.size(); ++I) {
    const ExprPattern &Pattern = Patterns[I];
    if (Pattern.What == ExprPattern::Kind::Pack) {
      std::vector<const Expr *> Rest;
      for (const Expr *Argument :
           Arguments.drop_front(std::min(I, Arguments.size())))
        if (!isa<CXXDefaultArgExpr>(Argument))
          Rest.push_back(Argument);
      return bindPassed(Pattern.Index, Rest, Context, Out);
    }
    if (I >= Arguments.size() ||
        !matchExpr(Pattern, Arguments[I], Context, Out))
      return false;
  }
  return Patterns.size() == Arguments.size();
}

void noteConversion(const Expr *Written, const Expr *Passed, Bindings &Out) {
  const Expr *Conversion = conversionIn(Passed);
  for (Binding &B : Out)
    if (Conversion && is_contained(B.Exprs, asWritten(Written)))
      B.Conversions.push_back(Conversion);
}

bool matchExpr(const ExprPattern &Pattern, const Expr *E, ASTContext &Context,
               Bindings &Out) {
  using Kind = ExprPattern::Kind;
  const auto *LeftOut = dyn_cast<CXXDefaultArgExpr>(E);
  if (Pattern.What == Kind::Default)
    return LeftOut;
  if (LeftOut && Pattern.What != Kind::Metavariable)
    return false;
  const Expr *Passed = LeftOut ? LeftOut->getExpr() : E;
  E = asWritten(Passed);
  switch (Pattern.What) {
  case Kind::Metavariable:
    return bindPassed(Pattern.Index, {Passed}, Context, Out);
  case Kind::AddressOf:
  case Kind::Dereference:
    return matchIndirection(Pattern, E, Context, Out);
  case Kind::Call:
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return matchCall(Pattern, Call, Context, Out);
    return false;
  case Kind::Construction:
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      SmallVector<const Expr *, 4> Arguments(Construct->arguments());
      return matchCallee(Pattern, Construct->getConstructor(), Out) &&
             matchArguments(Pattern.Children, Arguments, Context, Out);
    }
    return false;
  case Kind::Member:
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return !Member->isImplicitAccess() &&
             matchCallee(Pattern, Member->getMemberDecl(), Out) &&
             matchObjectType(Pattern, Member, Context, Out) &&
             matchObject(Pattern, Member, Context, Out);
    return false;
  case Kind::Operator:
    return matchOperator(Pattern, E, Context, Out);
  case Kind::Tokens:
    return normalizedTokens(Context, E) == Pattern.Text;
  case Kind::Default:
  case Kind::Pack:
    return false;
  }
  return false;
}

} // namespace consolidate
