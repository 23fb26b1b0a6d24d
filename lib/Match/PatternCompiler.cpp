//===- PatternCompiler.cpp - The AST of `before` -> ExprPattern -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Patterns.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

RuleParameters parametersOf(const FunctionDecl *F) {
  RuleParameters Result;
  Result.Expressions.assign(F->param_begin(), F->param_end());
  const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate();
  if (!Template)
    Template = F->getPrimaryTemplate();
  if (Template)
    for (const NamedDecl *P : *Template->getTemplateParameters())
      if (const auto *Type = dyn_cast<TemplateTypeParmDecl>(P))
        // `auto` in a parameter makes one as well; it has no name to bind.
        if (!Type->isImplicit())
          Result.Types.push_back(Type);
  return Result;
}

std::optional<unsigned> metavariableOf(const Expr *E,
                                       const RuleParameters &Parameters) {
  const auto *Ref = dyn_cast<DeclRefExpr>(asWritten(E));
  if (!Ref)
    return std::nullopt;
  auto It = find(Parameters.Expressions, Ref->getDecl());
  if (It == Parameters.Expressions.end())
    return std::nullopt;
  return It - Parameters.Expressions.begin();
}

unsigned bindingOf(BinaryOperatorKind Kind) {
  // Clang lists the operators from the tightest on; one step for each level of
  // [expr]. Assignments and the comma come last.
  static constexpr BinaryOperatorKind LastOfLevel[] = {
      BO_PtrMemI, BO_Rem, BO_Sub, BO_Shr,  BO_Cmp, BO_GE,       BO_NE,
      BO_And,     BO_Xor, BO_Or,  BO_LAnd, BO_LOr, BO_OrAssign, BO_Comma};
  unsigned Binding = std::size(LastOfLevel);
  for (BinaryOperatorKind Last : LastOfLevel) {
    if (Kind <= Last)
      return Binding;
    --Binding;
  }
  return 1;
}

namespace {

class PatternCompiler {
public:
  PatternCompiler(ASTContext &Context, const RuleParameters &Parameters)
      : Context(Context), Parameters(Parameters) {}

  std::string WhyNot;

  std::optional<ExprPattern> compile(const Expr *E) {
    using Kind = ExprPattern::Kind;
    ExprPattern Result;
    if (isa<CXXDefaultArgExpr>(E))
      return Result;
    E = asWritten(E);
    if (const auto *Expansion = dyn_cast<PackExpansionExpr>(E)) {
      std::optional<unsigned> Index =
          metavariableOf(Expansion->getPattern(), Parameters);
      if (!Index)
        return fail("only a whole pack can be expanded, as in 'args...'");
      Result.What = Kind::Pack;
      Result.Index = *Index;
      return Result;
    }
    if (std::optional<unsigned> Index = metavariableOf(E, Parameters)) {
      Result.What = Kind::Metavariable;
      Result.Index = *Index;
      return Result;
    }
    if (const auto *Op = dyn_cast<UnaryOperator>(E))
      if (Op->getOpcode() == UO_AddrOf || Op->getOpcode() == UO_Deref) {
        Result.What =
            Op->getOpcode() == UO_AddrOf ? Kind::AddressOf : Kind::Dereference;
        return withChildren(std::move(Result), {Op->getSubExpr()});
      }
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return compileCall(Call);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      Result.What = Kind::Construction;
      Result.Text = Construct->getConstructor()->getParent()->getName();
      noteCallee(Construct->getConstructor(),
                 {Construct->getArgs(), Construct->getNumArgs()}, Result);
      return withChildren(std::move(Result),
                          {Construct->getArgs(), Construct->getNumArgs()});
    }
    if (const auto *Unresolved = dyn_cast<CXXUnresolvedConstructExpr>(E))
      return compileUnresolved(Unresolved);
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      Result.What = Kind::Member;
      Result.Text = Member->getMemberDecl()->getName();
      Result.IsArrow = Member->isArrow();
      noteCallee(Member->getMemberDecl(), {}, Result);
      noteObjectType(objectType(Member->getBase()), Member->getMemberDecl(),
                     Result);
      return withChildren(std::move(Result), {Member->getBase()});
    }
    if (!holdsParameter(E))
      return tokens(E);
    if (std::optional<BuiltinOperator> Op = builtinOperator(E)) {
      Result.What = Kind::Operator;
      Result.Text = Op->Spelled;
      for (const Expr *Operand : Op->Operands)
        Result.USRs.push_back(operandType(Operand));
      return withChildren(std::move(Result), Op->Operands);
    }
    return fail((Twine("a metavariable cannot stand in this kind of "
                       "expression (") +
                 E->getStmtClassName() +
                 "); it can be an argument of a call or a construction, the "
                 "object of a member, or an operand")
                    .str());
  }

private:
  ASTContext &Context;
  const RuleParameters &Parameters;

  ExprPattern tokens(const Expr *E) const {
    ExprPattern Result;
    Result.What = ExprPattern::Kind::Tokens;
    Result.Text = normalizedTokens(Context, E);
    return Result;
  }

  std::nullopt_t fail(StringRef Why) {
    WhyNot = Why.str();
    return std::nullopt;
  }

  bool holdsParameter(const Expr *E) const {
    if (metavariableOf(E, Parameters))
      return true;
    return any_of(E->children(), [&](const Stmt *Child) {
      const auto *Inner = dyn_cast_or_null<Expr>(Child);
      return Inner && holdsParameter(Inner);
    });
  }

  std::optional<ExprPattern> withChildren(ExprPattern Result,
                                          ArrayRef<const Expr *> Children) {
    for (const Expr *Child : Children) {
      std::optional<ExprPattern> Compiled = compile(Child);
      if (!Compiled)
        return std::nullopt;
      Result.Children.push_back(std::move(*Compiled));
    }
    return Result;
  }

  std::string keyOf(const TemplateArgument &Argument) const {
    return typePattern(argumentKey(Argument, Context), Parameters);
  }

  void readTemplateArguments(ArrayRef<TemplateArgumentLoc> Written,
                             ExprPattern &Result) const {
    for (const TemplateArgumentLoc &Argument : Written)
      Result.TemplateArguments.push_back(keyOf(Argument.getArgument()));
  }

  /// Which functions are meant, and of which types.
  void noteCallee(const NamedDecl *Callee, ArrayRef<const Expr *> Arguments,
                  ExprPattern &Result) const {
    for (const TemplateArgument &Argument : classArguments(Callee))
      Result.ClassArguments.push_back(keyOf(Argument));
    const auto *Function = dyn_cast<FunctionDecl>(Callee);
    if (!Function) {
      Result.USRs = {usrOf(patternOf(Callee))};
      return;
    }
    std::vector<const FunctionDecl *> Meant = calleesMeant(Function, Arguments);
    for (const FunctionDecl *Each : Meant)
      Result.USRs.push_back(usrOf(patternOf(Each)));
    if (Meant.size() == 1)
      for (const std::string &Type : deducedParameters(Function))
        Result.ParameterTypes.push_back(typePattern(Type, Parameters));
  }

  /// What the object has to be of, or the class named before `::`, if that is
  /// not the class that declares \p Member.
  void noteObjectType(QualType Type, const NamedDecl *Member,
                      ExprPattern &Result) const {
    const auto *Owner = dyn_cast<CXXRecordDecl>(Member->getDeclContext());
    if (Owner && !Type.isNull() && Type->isRecordType() &&
        !declaresSameEntity(Type->getAsCXXRecordDecl(), Owner))
      Result.ObjectType = typePattern(typeKey(Type, Context), Parameters);
  }

  std::optional<ExprPattern> compileCall(const CallExpr *Call) {
    ExprPattern Result;
    Result.What = ExprPattern::Kind::Call;
    SmallVector<const Expr *, 4> Children;
    const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
    if (const Expr *Object = readMember(Callee, Result)) {
      Children.push_back(Object);
    } else if (const auto *Overloads = dyn_cast<UnresolvedLookupExpr>(Callee)) {
      noteOverloads(Overloads, Result);
    } else if (const auto *Static =
                   dyn_cast<DependentScopeDeclRefExpr>(Callee)) {
      noteMembers(typeBefore(Static->getQualifierLoc()), Static, Result);
    } else if (const auto *Decl =
                   dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl())) {
      Result.Text = Decl->getNameAsString();
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee)) {
        readTemplateArguments(Ref->template_arguments(), Result);
        noteObjectType(typeBefore(Ref->getQualifierLoc()), Decl, Result);
      }
      // With a pack among its arguments it is no CXXMemberCallExpr.
      const auto *Method = dyn_cast<CXXMethodDecl>(Decl);
      if (const auto *Member = dyn_cast<MemberExpr>(Callee);
          Member && Method && Method->isInstance()) {
        readTemplateArguments(Member->template_arguments(), Result);
        Result.HasObject = true;
        Result.IsArrow = Member->isArrow();
        noteObjectType(objectType(Member->getBase()), Decl, Result);
        Children.push_back(Member->getBase());
      }
      noteCallee(Decl, {Call->getArgs(), Call->getNumArgs()}, Result);
    }
    if (Result.USRs.empty())
      return fail("what this calls is only known in an instantiation");
    append_range(Children, Call->arguments());
    return withChildren(std::move(Result), Children);
  }

  /// What may be called, where the arguments do not tell: a pack is among them.
  void noteOverloads(const OverloadExpr *Callee, ExprPattern &Result) const {
    for (const NamedDecl *D : Callee->decls())
      Result.USRs.push_back(usrOf(templated(D)));
    Result.Text = Callee->getName().getAsString();
    if (Callee->hasExplicitTemplateArgs())
      readTemplateArguments(Callee->template_arguments(), Result);
  }

  /// The object of a member of which the same holds; null for anything else.
  const Expr *readMember(const Expr *Callee, ExprPattern &Result) const {
    const Expr *Object = nullptr;
    if (const auto *Member = dyn_cast<UnresolvedMemberExpr>(Callee);
        Member && !Member->isImplicitAccess()) {
      Object = Member->getBase();
      Result.IsArrow = Member->isArrow();
      noteOverloads(Member, Result);
      for (const TemplateArgument &Argument :
           classArguments(*Member->decls_begin()))
        Result.ClassArguments.push_back(keyOf(Argument));
      noteObjectType(objectType(Object), *Member->decls_begin(), Result);
    } else if (const auto *Dependent =
                   dyn_cast<CXXDependentScopeMemberExpr>(Callee);
               Dependent && !Dependent->isImplicitAccess()) {
      Object = Dependent->getBase();
      Result.IsArrow = Dependent->isArrow();
      noteMembers(objectType(Object), Dependent, Result);
    }
    Result.HasObject = Object;
    return Object;
  }

  static DeclarationName nameOf(const CXXDependentScopeMemberExpr *E) {
    return E->getMember();
  }
  static DeclarationName nameOf(const DependentScopeDeclRefExpr *E) {
    return E->getDeclName();
  }

  /// `object.run(args...)` of an X<T>, `X<T>::make(args...)`
  template <typename DependentName>
  void noteMembers(QualType Class, const DependentName *Named,
                   ExprPattern &Result) const {
    const auto *Spec =
        Class.isNull()
            ? nullptr
            : Class.getNonReferenceType()->getAs<TemplateSpecializationType>();
    const ClassTemplateDecl *Template = templateOf(Spec);
    if (!Template)
      return;
    Result.Text = nameOf(Named).getAsString();
    for (const NamedDecl *D :
         Template->getTemplatedDecl()->lookup(nameOf(Named)))
      Result.USRs.push_back(usrOf(templated(D)));
    for (const TemplateArgument &Argument : Spec->template_arguments())
      Result.ClassArguments.push_back(keyOf(Argument));
    if (Named->hasExplicitTemplateArgs())
      readTemplateArguments(Named->template_arguments(), Result);
  }

  static const NamedDecl *templated(const NamedDecl *D) {
    D = D->getUnderlyingDecl();
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      return Template->getTemplatedDecl()->getCanonicalDecl();
    return patternOf(D);
  }

  /// `X<T>(a, b)`: the constructors of the template that take so many.
  std::optional<ExprPattern>
  compileUnresolved(const CXXUnresolvedConstructExpr *E) {
    const auto *Spec =
        E->getTypeAsWritten()->getAs<TemplateSpecializationType>();
    const ClassTemplateDecl *Template = templateOf(Spec);
    if (!Template)
      return fail("what this constructs is only known in an instantiation");
    ExprPattern Result;
    Result.What = ExprPattern::Kind::Construction;
    Result.Text = Template->getName();
    for (const TemplateArgument &Argument : Spec->template_arguments())
      Result.ClassArguments.push_back(keyOf(Argument));
    SmallVector<const Expr *, 4> Arguments = writtenArguments(E);
    std::vector<const CXXConstructorDecl *> Chosen =
        constructorCandidates(Template, *Spec, Arguments, Parameters);
    if (Chosen.empty())
      return fail("no constructor of '" + Template->getNameAsString() +
                  "' takes exactly these types; give the metavariables the "
                  "types of its parameters");
    for (const CXXConstructorDecl *Ctor : Chosen)
      Result.USRs.push_back(usrOf(patternOf(Ctor)));
    std::optional<ExprPattern> Whole =
        withChildren(std::move(Result), Arguments);
    if (Whole && !holdsPack(Arguments)) // Defaults that are left out.
      Whole->Children.resize(Chosen.front()->getNumParams());
    return Whole;
  }
};

} // namespace

std::optional<ExprPattern> compilePattern(ASTContext &Context, const Expr *E,
                                          const RuleParameters &Parameters,
                                          std::string &WhyNot) {
  PatternCompiler Compiler(Context, Parameters);
  std::optional<ExprPattern> Result = Compiler.compile(E);
  WhyNot = Compiler.WhyNot;
  return Result;
}

} // namespace consolidate
