//===- RuleReader.cpp - The AST of a rule unit -> CompiledRules -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RuleReader.h"
#include "RuleUnit.h"
#include "Safety.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Sema/Sema.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// What an expression constructs, and with which arguments.
struct SpelledConstruction {
  const NamedDecl *Class = nullptr;
  const CXXConstructorDecl *Constructor = nullptr; ///< Null: dependent.
  SmallVector<const Expr *, 4> Arguments;
};

std::optional<SpelledConstruction> spelledConstruction(const Expr *E) {
  E = asWritten(E);
  SpelledConstruction Result;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    Result.Constructor = constructorOf(Construct);
    Result.Class = Construct->getConstructor()->getParent();
    for (const Expr *Argument : Construct->arguments())
      if (!isa<CXXDefaultArgExpr>(Argument))
        Result.Arguments.push_back(Argument);
    return Result;
  }
  const auto *Unresolved = dyn_cast<CXXUnresolvedConstructExpr>(E);
  if (!Unresolved)
    return std::nullopt;
  const auto *Spec =
      Unresolved->getTypeAsWritten()->getAs<TemplateSpecializationType>();
  if (!Spec)
    return std::nullopt;
  Result.Class = Spec->getTemplateName().getAsTemplateDecl();
  Result.Arguments = writtenArguments(Unresolved);
  return Result;
}

/// Every metavariable a pattern binds.
void collectBound(const ExprPattern &Pattern, std::set<unsigned> &Bound) {
  if (Pattern.What == ExprPattern::Kind::Metavariable ||
      Pattern.What == ExprPattern::Kind::Pack)
    Bound.insert(Pattern.Index);
  for (const auto *Types : {&Pattern.ClassArguments, &Pattern.TemplateArguments,
                            &Pattern.ParameterTypes})
    for (StringRef Type : *Types)
      collectTypeMetavariables(Type, Bound);
  for (const ExprPattern &Child : Pattern.Children)
    collectBound(Child, Bound);
}

class RuleReader {
public:
  RuleReader(Sema &S, const RuleSet &Rules, const std::set<size_t> &Finished,
             CompiledRules &Out)
      : S(S), Context(S.Context), Rules(Rules), Finished(Finished), Out(Out) {}

  RulesRead Result;

  void read() {
    for (const Consolidation &Entry : Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        readClass(Entry, Legacy);
    for (size_t I = 0; I < Rules.Rewrites.size(); ++I) {
      if (Finished.count(I))
        continue;
      if (Rules.Rewrites[I].Inline.empty())
        readRewrite(I);
      else
        readInline(I);
    }
  }

private:
  Sema &S;
  ASTContext &Context;
  const RuleSet &Rules;
  const std::set<size_t> &Finished;
  CompiledRules &Out;

  // --- Classes ---------------------------------------------------------------

  void readClass(const Consolidation &Entry, const LegacyClass &Legacy) {
    const CXXRecordDecl *Record = classNamed(Context, Legacy.Name);
    const CXXRecordDecl *Canonical = classBehind(Context, Entry.intoName());
    // The parameters of one template are those of the other only where they
    // are handed on as they are.
    if (!handsParametersOn(Entry, Legacy) || !Record ||
        !Record->hasDefinition() || !Canonical || !Canonical->hasDefinition())
      return;
    for (const CXXConstructorDecl *Ctor : Record->ctors())
      for (const CXXConstructorDecl *Other : constructorsOf(*Canonical))
        if (sameConstructor(Ctor, Other)) {
          Out.UnchangedConstructors[usrOf(Ctor)] = namedCall(Other);
          noteDefaults(Ctor, Other);
        }
    for (const CXXMethodDecl *Method : Record->methods())
      for (const CXXMethodDecl *Other : Canonical->methods())
        if (Method->getIdentifier() && Other->getIdentifier() &&
            Other->getName() == nameInCanonical(Method, Legacy) &&
            sameParameters(Method, Other))
          noteDefaults(Method, Other);
  }

  /// With templates of which nothing is deduced: std::string has many.
  static SmallVector<const CXXConstructorDecl *, 8>
  constructorsOf(const CXXRecordDecl &Class) {
    SmallVector<const CXXConstructorDecl *, 8> Result(Class.ctors());
    for (const Decl *D : Class.decls())
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
        if (const auto *Ctor =
                dyn_cast<CXXConstructorDecl>(Template->getTemplatedDecl());
            Ctor &&
            Template->getTemplateParameters()->getMinRequiredArguments() == 0)
          Result.push_back(Ctor);
    return Result;
  }

  void noteDefaults(const FunctionDecl *Function, const FunctionDecl *Other) {
    std::vector<unsigned> Changed = changedDefaults(Function, Other);
    if (!Changed.empty())
      Out.ChangedDefaults[usrOf(Function)] = std::move(Changed);
  }

  static StringRef nameInCanonical(const CXXMethodDecl *Method,
                                   const LegacyClass &Legacy) {
    for (const MemberRename &Rename : Legacy.Members)
      if (Rename.From == Method->getName())
        return Rename.To;
    return Method->getName();
  }

  bool sameConstructor(const CXXConstructorDecl *A,
                       const CXXConstructorDecl *B) const {
    return !B->isDeleted() && !A->isCopyOrMoveConstructor() &&
           A->isImplicit() == B->isImplicit() && sameParameters(A, B);
  }

  /// True when a call that \p A takes is one for \p B as well.
  bool sameParameters(const FunctionDecl *A, const FunctionDecl *B) const {
    if (A->getNumParams() > B->getNumParams() ||
        B->getMinRequiredArguments() > A->getMinRequiredArguments())
      return false;
    for (unsigned I = 0; I < A->getNumParams(); ++I)
      if (!Context.hasSameType(A->getParamDecl(I)->getType(),
                               B->getParamDecl(I)->getType()))
        return false;
    return true;
  }

  const LegacyClass *legacyClass(const NamedDecl *D,
                                 const Consolidation **Into) const {
    std::string Name = qualifiedName(D);
    for (const Consolidation &Entry : Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        if (Legacy.Name == Name) {
          *Into = &Entry;
          return &Legacy;
        }
    return nullptr;
  }

  // --- Rewrites --------------------------------------------------------------

  void fail(size_t Index, const Twine &Message) {
    Result.Problems.emplace_back(Index, Message.str());
  }

  const FunctionDecl *function(StringRef Name) const {
    for (const NamedDecl *D :
         Context.getTranslationUnitDecl()->lookup(&Context.Idents.get(Name)))
      if (const FunctionDecl *F = D->getAsFunction())
        return F;
    return nullptr;
  }

  /// The expression inside `static_cast<void>( ... );`.
  const Expr *expressionOf(const FunctionDecl *F) const {
    const auto *Body =
        dyn_cast_or_null<CompoundStmt>(F ? F->getBody() : nullptr);
    if (!Body || Body->body_empty())
      return nullptr;
    const auto *E = dyn_cast<Expr>(Body->body_front());
    const auto *Cast =
        E ? dyn_cast<CXXStaticCastExpr>(E->IgnoreImplicit()) : nullptr;
    return Cast ? Cast->getSubExpr()->IgnoreImplicit() : nullptr;
  }

  bool compiles(const FunctionDecl *F) const {
    const Expr *E = expressionOf(F);
    return E && !E->containsErrors() &&
           none_of(F->parameters(),
                   [](const ParmVarDecl *P) { return P->isInvalidDecl(); });
  }

  /// Of two readings the one that compiles, with its type metavariables filled
  /// in if that can be; \p First where both do, or none. \p NotFilled: why the
  /// first cannot be filled in.
  const FunctionDecl *readingOf(const std::string &First,
                                const std::string &Second,
                                std::string &NotFilled) {
    const FunctionDecl *A = function(First), *B = function(Second);
    std::string Ignored;
    const FunctionDecl *FilledA = withStandIns(S, A, NotFilled);
    const FunctionDecl *FilledB = withStandIns(S, B, Ignored);
    bool TakesA = compiles(FilledA), TakesB = !TakesA && compiles(FilledB);
    bool TakesSecond =
        TakesB || (!TakesA && (!A || (B && !compiles(A) && compiles(B))));
    Result.PassedOver.insert(TakesSecond ? First : Second);
    if (TakesA || TakesB)
      return TakesA ? FilledA : FilledB;
    return TakesSecond ? B : A;
  }

  void readRewrite(size_t Index) {
    const RewriteRule &Rule = Rules.Rewrites[Index];
    // What the migration makes of the place is of the canonical class; where a
    // function takes the legacy one still, or no more, it is read as it is.
    std::string BeforeError, AfterError;
    const FunctionDecl *BeforeFn =
        readingOf(beforeFunctionName(Index), beforeFunctionName(Index, true),
                  BeforeError);
    const FunctionDecl *AfterFn = readingOf(
        afterFunctionName(Index, true), afterFunctionName(Index), AfterError);
    const Expr *Before = expressionOf(BeforeFn);
    const Expr *After = expressionOf(AfterFn);
    if (!Before || !After)
      return fail(Index, "the expression could not be read");
    CompiledRewrite Compiled;
    Compiled.Name = Rule.Name;
    const Consolidation *Into = nullptr;
    if (std::optional<SpelledConstruction> Made = spelledConstruction(Before)) {
      if (!legacyClass(Made->Class, &Into))
        return fail(Index, "'before' constructs '" +
                               qualifiedName(Made->Class) +
                               "', which no 'consolidate' entry lists under "
                               "'from'");
      Compiled.Class = qualifiedName(Made->Class);
    }
    std::string WhyNot;
    RuleParameters Parameters = parametersOf(BeforeFn);
    std::optional<ExprPattern> Pattern =
        compilePattern(Context, Before, Parameters, WhyNot);
    if (!Pattern)
      return fail(Index, WhyNot +
                             (BeforeError.empty() ? "" : "; instantiated: ") +
                             BeforeError);
    using Kind = ExprPattern::Kind;
    if (Pattern->What != Kind::Construction && Pattern->What != Kind::Call &&
        Pattern->What != Kind::Member)
      return fail(Index, "'before' has to construct a class, call a function "
                         "or name a member");
    if (Pattern->What == Kind::Call && !isValidAsciiIdentifier(Pattern->Text))
      return fail(Index, "'before' calls '" + Pattern->Text +
                             "', and only functions that have a name can be "
                             "replaced");
    Compiled.Before = std::move(*Pattern);
    Compiled.TakenBefore = readPassing(Before, Parameters);
    Compiled.BeforeResult = resultOf(Before);
    nameMetavariables(Parameters, Compiled);
    readAfter(After, parametersOf(AfterFn), Into, Compiled);
    finish(Index, std::move(Compiled));
  }

  static void nameMetavariables(const RuleParameters &Parameters,
                                CompiledRewrite &Compiled) {
    for (const ParmVarDecl *P : Parameters.Expressions)
      Compiled.MetavariableNames.push_back(P->getNameAsString());
    for (const TemplateTypeParmDecl *P : Parameters.Types)
      Compiled.MetavariableNames.push_back(P->getNameAsString());
    Compiled.Metavariables = Compiled.MetavariableNames.size();
  }

  void readAfter(const Expr *After, const RuleParameters &Parameters,
                 const Consolidation *Into, CompiledRewrite &Compiled) {
    Compiled.After = makeAfterTemplate(Context, After, Parameters);
    Compiled.TakenAfter = readPassing(After, Parameters);
    Compiled.AfterResult = resultOf(After);
    noteBinding(After, Compiled);
    std::optional<SpelledConstruction> Made = spelledConstruction(After);
    if (!Made || !Into || qualifiedName(Made->Class) != Into->className())
      return;
    Compiled.ConstructsCanonical = true;
    std::vector<const CXXConstructorDecl *> Meant;
    if (Made->Constructor)
      Meant = {Made->Constructor};
    else if (const auto *E =
                 dyn_cast<CXXUnresolvedConstructExpr>(asWritten(After)))
      Meant = constructorsMeant(E, Parameters);
    for (const CXXConstructorDecl *Ctor : Meant) {
      Compiled.AfterIsExplicit |= Ctor->isExplicit();
      NamedCall Call = namedCall(Ctor);
      if (Compiled.Constructor.USRs.empty())
        Compiled.Constructor = std::move(Call);
      else
        append_range(Compiled.Constructor.USRs, Call.USRs);
      Compiled.CanonicalTakesList |=
          !takesList(Ctor) && any_of(Ctor->getParent()->ctors(), takesList);
    }
    for (const Expr *Argument : Made->Arguments) {
      Compiled.AfterArguments.push_back(
          makeAfterTemplate(Context, Argument, Parameters));
      Compiled.AfterIsTypeCall.push_back(isTypeCall(asWritten(Argument)));
    }
  }

  static bool takesList(const CXXConstructorDecl *Ctor) {
    const CXXRecordDecl *First =
        Ctor->getNumParams() > 0 ? recordOf(Ctor->getParamDecl(0)->getType())
                                 : nullptr;
    return First && qualifiedName(First) == "std::initializer_list";
  }

  static void noteBinding(const Expr *After, CompiledRewrite &Compiled) {
    Outermost Outer = outermostOf(After);
    Compiled.AfterNeedsParens = Outer.NeedsParens;
    Compiled.AfterBinding = Outer.Binding;
  }

  /// A function that takes a legacy class takes the canonical one when the
  /// migration has changed it.
  void addMigrated(AfterTemplate &After) const {
    auto Add = [&](NamedCall &Call, const NamedDecl *Old,
                   const NamedDecl *New) {
      if (!Old || !New)
        return;
      std::string From = StringRef(usrOf(Old)).drop_front(2).str(); // `c:`
      std::string To = StringRef(usrOf(New)).drop_front(2).str();
      for (size_t I = 0, E = Call.USRs.size(); I < E; ++I) {
        std::string Changed = replaceName(Call.USRs[I], From, To);
        if (Changed != Call.USRs[I])
          Call.USRs.push_back(std::move(Changed));
      }
    };
    for (AfterPiece &Piece : After)
      for (NamedCall &Call : Piece.Calls)
        for (const Consolidation &Entry : Rules.Consolidate)
          for (const LegacyClass &Legacy : Entry.From)
            Add(Call, lookupQualified(Context, Legacy.Name),
                classBehind(Context, Entry.intoName()));
  }

  /// What is not evaluated always is as good as dropped, and what may be
  /// evaluated any number of times as good as repeated.
  static unsigned timesOf(AfterPiece::Times Evaluated) {
    switch (Evaluated) {
    case AfterPiece::Times::MaybeNot:
      return 0;
    case AfterPiece::Times::Once:
      return 1;
    case AfterPiece::Times::Many:
      return 2;
    }
    llvm_unreachable("covered");
  }

  /// Counts, checks and keeps a rewrite whose parts are read.
  void finish(size_t Index, CompiledRewrite Compiled) {
    addMigrated(Compiled.After);
    for (AfterTemplate &Argument : Compiled.AfterArguments)
      addMigrated(Argument);
    Compiled.TimesUsed.assign(Compiled.Metavariables, 0);
    std::set<unsigned> Bound;
    collectBound(Compiled.Before, Bound);
    for (const AfterPiece &Piece : Compiled.After) {
      if (Piece.What != AfterPiece::Kind::Metavariable)
        continue;
      Compiled.TimesUsed[Piece.Index] += timesOf(Piece.Evaluated);
      if (!Bound.count(Piece.Index))
        return fail(Index, "'after' uses '" +
                               Compiled.MetavariableNames[Piece.Index] +
                               "', which does not appear in 'before'");
    }
    Compiled.NeedsHeaders = Rules.Rewrites[Index].Headers;
    Compiled.Declared = Rules.Rewrites[Index].Declared;
    for (const Consolidation &Entry : Rules.Consolidate) {
      bool Named = any_of(Compiled.After, [&](const AfterPiece &Piece) {
        return Piece.What == AfterPiece::Kind::Name &&
               StringRef(Piece.Text).starts_with(Entry.intoName());
      });
      if (Named && !Entry.Header.empty())
        Compiled.NeedsHeaders.push_back(Entry.Header);
    }
    Out.Rewrites.push_back(std::move(Compiled));
  }

  // --- inline: NAME
  // ------------------------------------------------------------

  static const Expr *onlyExpression(const FunctionDecl *F) {
    const FunctionDecl *Definition = nullptr;
    const Stmt *Body = F->getBody(Definition);
    const auto *Block = dyn_cast_or_null<CompoundStmt>(Body);
    if (!Block || Block->size() != 1)
      return nullptr;
    if (const auto *Return = dyn_cast<ReturnStmt>(Block->body_front()))
      return Return->getRetValue();
    return dyn_cast<Expr>(Block->body_front());
  }

  /// The overloads of the wrapper, by its qualified name.
  std::vector<const FunctionDecl *> overloads(StringRef Name) const {
    std::vector<const FunctionDecl *> Result;
    const NamedDecl *Any = lookupQualified(Context, Name);
    if (!Any)
      return Result;
    for (const NamedDecl *D : Any->getDeclContext()->lookup(Any->getDeclName()))
      if (const FunctionDecl *F = D->getAsFunction())
        Result.push_back(F);
    return Result;
  }

  void readInline(size_t Index) {
    const RewriteRule &Rule = Rules.Rewrites[Index];
    std::vector<const FunctionDecl *> Wrappers = overloads(Rule.Inline);
    if (Wrappers.empty())
      return fail(Index, "there is no function '" + Rule.Inline +
                             "' in the headers of the rules; name its header "
                             "under 'headers'");
    for (const FunctionDecl *Wrapper : Wrappers) {
      const FunctionDecl *Definition = nullptr;
      if (!Wrapper->getBody(Definition))
        return fail(Index, "the body of '" + Rule.Inline +
                               "' is not in a header, so nothing can be "
                               "derived from it");
      const Expr *Body = onlyExpression(Definition);
      if (!Body)
        return fail(Index, "'" + Rule.Inline + "' is more than one expression");
      if (std::string Macro = ownMacroIn(S, Body); !Macro.empty())
        return fail(Index, "the body of '" + Rule.Inline +
                               "' uses the macro '" + Macro +
                               "', which may be another one where it is "
                               "called; write the rule with 'before' and "
                               "'after'");
      readWrapper(Index, Definition, Body);
    }
  }

  void readWrapper(size_t Index, const FunctionDecl *Wrapper,
                   const Expr *Body) {
    CompiledRewrite Compiled;
    Compiled.Name = Rules.Rewrites[Index].Name;
    RuleParameters Parameters = parametersOf(Wrapper);
    nameMetavariables(Parameters, Compiled);
    ExprPattern &Before = Compiled.Before;
    Before.What = ExprPattern::Kind::Call;
    Before.Text = Wrapper->getNameAsString();
    Before.USRs = {usrOf(patternOf(Wrapper))};
    for (unsigned I = 0; I < Parameters.Expressions.size(); ++I) {
      ExprPattern Child;
      Child.What = Parameters.Expressions[I]->isParameterPack()
                       ? ExprPattern::Kind::Pack
                       : ExprPattern::Kind::Metavariable;
      Child.Index = I;
      Before.Children.push_back(std::move(Child));
    }
    for (unsigned I = 0; I < Parameters.Types.size(); ++I)
      Before.TemplateArguments.push_back(
          "$" + std::to_string(Parameters.Expressions.size() + I));
    // Nobody names the types of a forwarded pack; they cannot be bound.
    while (!Parameters.Types.empty() &&
           Parameters.Types.back()->isParameterPack()) {
      Parameters.Types.pop_back();
      Before.TemplateArguments.pop_back();
    }
    Compiled.After =
        makeAfterTemplate(Context, Body, Parameters, /*QualifyAll=*/true);
    Compiled.IsInlined = true;
    Compiled.TakenBefore = readPassing(Wrapper);
    Compiled.TakenAfter = readPassing(Body, Parameters);
    Compiled.BeforeResult = returnedBy(Wrapper);
    Compiled.AfterResult = resultOf(Body);
    QualType Returned = Wrapper->getReturnType().getCanonicalType();
    QualType Given = asWritten(Body)->getType().getCanonicalType();
    if (Returned->isArithmeticType() && !Given->isDependentType() &&
        !Context.hasSameUnqualifiedType(Returned, Given))
      Compiled.ConvertedTo = Returned.getUnqualifiedType().getAsString();
    noteBinding(Body, Compiled);
    finish(Index, std::move(Compiled));
  }
};

} // namespace

RulesRead readRules(Sema &S, const RuleSet &Rules,
                    const std::set<size_t> &Finished, CompiledRules &Out) {
  RuleReader Reader(S, Rules, Finished, Out);
  Reader.read();
  return std::move(Reader.Result);
}

} // namespace consolidate
