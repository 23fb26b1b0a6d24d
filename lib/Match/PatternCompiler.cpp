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
      std::optional<unsigned> Index = parameterIndex(Expansion->getPattern());
      if (!Index)
        return fail("only a whole pack can be expanded, as in 'args...'");
      Result.What = Kind::Pack;
      Result.Index = *Index;
      return Result;
    }
    if (std::optional<unsigned> Index = parameterIndex(E)) {
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
      Result.Index = Member->isArrow();
      noteCallee(Member->getMemberDecl(), {}, Result);
      noteObject(Member, Result);
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

  /// As constructorsMeant.
  std::vector<const CXXConstructorDecl *>
  meant(const CXXUnresolvedConstructExpr *E) const {
    const auto *Spec =
        E->getTypeAsWritten()->getAs<TemplateSpecializationType>();
    const ClassTemplateDecl *Template = templateOf(Spec);
    if (!Template || isSpecialised(Template))
      return {};
    SmallVector<const Expr *, 4> Arguments = writtenArguments(E);
    if (holdsPack(Arguments))
      return {};
    std::vector<const CXXConstructorDecl *> Result =
        candidates(Template, *Spec, Arguments);
    erase_if(Result, [&](const CXXConstructorDecl *Ctor) {
      return !takes(Ctor, Template, *Spec, Arguments);
    });
    return Result;
  }

private:
  ASTContext &Context;
  const RuleParameters &Parameters;

  static const ClassTemplateDecl *
  templateOf(const TemplateSpecializationType *Spec) {
    return Spec ? dyn_cast_or_null<ClassTemplateDecl>(
                      Spec->getTemplateName().getAsTemplateDecl())
                : nullptr;
  }

  /// Another class is meant then, with constructors of its own.
  static bool isSpecialised(const ClassTemplateDecl *Template) {
    SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
    const_cast<ClassTemplateDecl *>(Template)->getPartialSpecializations(
        Partial);
    return !Partial.empty() ||
           any_of(Template->specializations(),
                  [](const ClassTemplateSpecializationDecl *Spec) {
                    return Spec->isExplicitSpecialization();
                  });
  }

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

  std::optional<unsigned> parameterIndex(const Expr *E) const {
    const auto *Ref = dyn_cast<DeclRefExpr>(asWritten(E));
    if (!Ref)
      return std::nullopt;
    auto It = find(Parameters.Expressions, Ref->getDecl());
    if (It == Parameters.Expressions.end())
      return std::nullopt;
    return It - Parameters.Expressions.begin();
  }

  bool holdsParameter(const Expr *E) const {
    if (parameterIndex(E))
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

  /// Of what the object has to be, if not of the class that declares the
  /// member.
  void noteObject(const MemberExpr *Access, ExprPattern &Result) const {
    QualType Type = objectType(Access->getBase());
    const auto *Owner =
        dyn_cast<CXXRecordDecl>(Access->getMemberDecl()->getDeclContext());
    if (Owner && Type->isRecordType() &&
        !declaresSameEntity(Type->getAsCXXRecordDecl(), Owner))
      Result.ObjectType = typePattern(typeKey(Type, Context), Parameters);
  }

  std::optional<ExprPattern> compileCall(const CallExpr *Call) {
    ExprPattern Result;
    Result.What = ExprPattern::Kind::Call;
    SmallVector<const Expr *, 4> Children;
    const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
    if (const auto *Overloads = dyn_cast<UnresolvedLookupExpr>(Callee)) {
      for (const NamedDecl *D : Overloads->decls())
        Result.USRs.push_back(usrOf(templated(D)));
      Result.Text = Overloads->getName().getAsString();
      if (Overloads->hasExplicitTemplateArgs())
        readTemplateArguments(Overloads->template_arguments(), Result);
    } else if (const auto *Decl =
                   dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl())) {
      noteCallee(Decl, {Call->getArgs(), Call->getNumArgs()}, Result);
      Result.Text = Decl->getNameAsString();
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
        readTemplateArguments(Ref->template_arguments(), Result);
      if (const auto *Member = dyn_cast<MemberExpr>(Callee);
          Member && isa<CXXMemberCallExpr>(Call)) {
        readTemplateArguments(Member->template_arguments(), Result);
        Result.HasObject = true;
        Result.Index = Member->isArrow();
        noteObject(Member, Result);
        Children.push_back(Member->getBase());
      }
    } else {
      return fail("what this calls is only known in an instantiation");
    }
    append_range(Children, Call->arguments());
    return withChildren(std::move(Result), Children);
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
        candidates(Template, *Spec, Arguments);
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

  static bool holdsPack(ArrayRef<const Expr *> Arguments) {
    return any_of(Arguments,
                  [](const Expr *E) { return isa<PackExpansionExpr>(E); });
  }

  /// The constructors that may be meant, all with as many parameters; with a
  /// pack, every one.
  std::vector<const CXXConstructorDecl *>
  candidates(const ClassTemplateDecl *Template,
             const TemplateSpecializationType &Spec,
             ArrayRef<const Expr *> Arguments) const {
    std::vector<const CXXConstructorDecl *> Result;
    bool Any = holdsPack(Arguments);
    for (const CXXConstructorDecl *Ctor : Template->getTemplatedDecl()->ctors())
      if (!Ctor->isCopyOrMoveConstructor() &&
          (Any || (Ctor->getMinRequiredArguments() <= Arguments.size() &&
                   Arguments.size() <= Ctor->getNumParams())))
        Result.push_back(Ctor);
    if (Any || Result.size() < 2)
      return Result;
    erase_if(Result, [&](const CXXConstructorDecl *Ctor) {
      return !takes(Ctor, Template, Spec, Arguments);
    });
    unsigned Fewest = ~0u;
    for (const CXXConstructorDecl *Ctor : Result)
      Fewest = std::min(Fewest, Ctor->getNumParams());
    erase_if(Result, [&](const CXXConstructorDecl *Ctor) {
      return Ctor->getNumParams() > Fewest;
    });
    return Result;
  }

  /// True when the parameters of \p Ctor are of the types of the metavariables
  /// among the arguments, with the template arguments of \p Spec.
  bool takes(const CXXConstructorDecl *Ctor, const ClassTemplateDecl *Template,
             const TemplateSpecializationType &Spec,
             ArrayRef<const Expr *> Arguments) const {
    for (auto [I, Argument] : enumerate(Arguments))
      if (parameterIndex(Argument) &&
          typeText(Ctor->getParamDecl(I)->getType(), Template, Spec) !=
              typeText(asWritten(Argument)->getType(), nullptr, Spec))
        return false;
    return true;
  }

  /// The type, with the parameters of \p Template by what stands for them.
  std::string typeText(QualType Type, const ClassTemplateDecl *Template,
                       const TemplateSpecializationType &Spec) const {
    Type = Type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
    PrintingPolicy Policy = Context.getPrintingPolicy();
    Policy.FullyQualifiedName = true;
    std::string Text = Type.getAsString(Policy);
    std::map<std::string, std::string> Names;
    auto Canonical = [](unsigned Index) {
      return "type-parameter-0-" + std::to_string(Index);
    };
    if (Template) {
      for (auto [I, Argument] : enumerate(Spec.template_arguments()))
        if (Argument.getKind() == TemplateArgument::Type)
          Names[Canonical(I)] =
              Argument.getAsType().getCanonicalType().getAsString(Policy);
    }
    std::string Result;
    for (StringRef Rest = Text; !Rest.empty();) {
      size_t Size = Rest.take_while([](char C) {
                          return isAlnum(C) || C == '_' || C == '-';
                        })
                        .size();
      auto Known = Names.find(Rest.take_front(Size).str());
      Result += Known == Names.end()
                    ? Rest.take_front(std::max<size_t>(Size, 1)).str()
                    : Known->second;
      Rest = Rest.drop_front(std::max<size_t>(Size, 1));
    }
    return Result;
  }
};

} // namespace

std::vector<const CXXConstructorDecl *>
constructorsMeant(ASTContext &Context, const CXXUnresolvedConstructExpr *E,
                  const RuleParameters &Parameters) {
  return PatternCompiler(Context, Parameters).meant(E);
}

std::optional<ExprPattern> compilePattern(ASTContext &Context, const Expr *E,
                                          const RuleParameters &Parameters,
                                          std::string &WhyNot) {
  PatternCompiler Compiler(Context, Parameters);
  std::optional<ExprPattern> Result = Compiler.compile(E);
  WhyNot = Compiler.WhyNot;
  return Result;
}

} // namespace consolidate
