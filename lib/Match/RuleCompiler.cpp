//===- RuleCompiler.cpp - Rules, checked and resolved by Clang ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// RuleSet -> RuleUnit (text) -> AST -> CompiledRewrite.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"
#include "RuleUnit.h"

#include "consolidate/Frontend.h"
#include "consolidate/Support.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// The construction an expression spells, or null.
const CXXConstructExpr *spelledConstruction(const Expr *E) {
  E = E->IgnoreImplicit();
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
    E = Cast->getSubExpr()->IgnoreImplicit();
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 1 ? spelledConstruction(List->getInit(0))
                                    : nullptr;
  return dyn_cast<CXXConstructExpr>(E);
}

/// Reads the AST of the rule unit while it lives.
class RuleReader {
public:
  RuleReader(ASTContext &Context, const RuleSet &Rules, CompiledRules &Out,
             std::vector<std::pair<size_t, std::string>> &Problems,
             const std::set<size_t> &Broken)
      : Context(Context), Rules(Rules), Out(Out), Problems(Problems),
        Broken(Broken) {}

  void read() {
    for (const Consolidation &Entry : Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        readClass(Entry, Legacy);
    for (size_t I = 0; I < Rules.Rewrites.size(); ++I)
      if (!Broken.count(I))
        readRewrite(I);
  }

private:
  ASTContext &Context;
  const RuleSet &Rules;
  CompiledRules &Out;
  std::vector<std::pair<size_t, std::string>> &Problems;
  const std::set<size_t> &Broken;

  void readClass(const Consolidation &Entry, const LegacyClass &Legacy) {
    const auto *Record =
        dyn_cast_or_null<CXXRecordDecl>(lookupQualified(Context, Legacy.Name));
    const auto *Canonical =
        dyn_cast_or_null<CXXRecordDecl>(lookupQualified(Context, Entry.Into));
    if (!Record || !Record->hasDefinition() || !Canonical ||
        !Canonical->hasDefinition())
      return;
    for (const CXXConstructorDecl *Ctor : Record->ctors())
      for (const CXXConstructorDecl *Other : Canonical->ctors())
        if (sameParameters(Ctor, Other))
          Out.UnchangedConstructors.insert(usrOf(Ctor));
  }

  bool sameParameters(const CXXConstructorDecl *A,
                      const CXXConstructorDecl *B) const {
    if (A->getNumParams() > B->getNumParams() || B->isDeleted() ||
        A->isCopyOrMoveConstructor() || A->isImplicit() != B->isImplicit() ||
        B->getMinRequiredArguments() > A->getMinRequiredArguments())
      return false;
    for (unsigned I = 0; I < A->getNumParams(); ++I)
      if (!Context.hasSameType(A->getParamDecl(I)->getType(),
                               B->getParamDecl(I)->getType()))
        return false;
    return true;
  }

  const FunctionDecl *function(StringRef Name) const {
    for (const NamedDecl *D :
         Context.getTranslationUnitDecl()->lookup(&Context.Idents.get(Name)))
      if (const auto *F = dyn_cast<FunctionDecl>(D))
        return F;
    return nullptr;
  }

  /// The expression inside `static_cast<void>( ... );`.
  const Expr *expressionOf(const FunctionDecl *F) const {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(F ? F->getBody() : nullptr);
    if (!Body || Body->body_empty())
      return nullptr;
    const auto *E = dyn_cast<Expr>(Body->body_front());
    const auto *Cast =
        E ? dyn_cast<CXXStaticCastExpr>(E->IgnoreImplicit()) : nullptr;
    if (!Cast)
      return nullptr;
    E = Cast->getSubExpr();
    while (true) {
      const Expr *Inner = E->IgnoreImplicit();
      // The wrapper's own parentheses are part of the cast, not of E.
      if (const auto *Void = dyn_cast<ImplicitCastExpr>(Inner))
        Inner = Void->getSubExpr();
      if (Inner == E)
        return E;
      E = Inner;
    }
  }

  void fail(size_t Index, const Twine &Message) {
    Problems.emplace_back(Index, Message.str());
  }

  void readRewrite(size_t Index) {
    const RewriteRule &Rule = Rules.Rewrites[Index];
    const FunctionDecl *BeforeFn = function(beforeFunctionName(Index));
    const FunctionDecl *AfterFn = function(afterFunctionName(Index));
    const Expr *Before = expressionOf(BeforeFn);
    const Expr *After = expressionOf(AfterFn);
    if (!Before || !After)
      return fail(Index, "the expression could not be read");
    const CXXConstructExpr *Construct = spelledConstruction(Before);
    if (!Construct)
      return fail(Index, "'before' is not a construction of a class; write it "
                         "as 'Class(arguments)'");
    CompiledRewrite Compiled;
    Compiled.Name = Rule.Name;
    Compiled.Class = legacyClassOf(Construct);
    if (Compiled.Class.empty())
      return fail(Index, "'before' constructs '" +
                             qualifiedName(Construct->getConstructor()->getParent()) +
                             "', which no 'consolidate' entry lists under 'from'");
    Compiled.ConstructorUSR = usrOf(Construct->getConstructor());
    Compiled.Constructor = describeConstructor(Construct->getConstructor());
    Compiled.Metavariables = BeforeFn->getNumParams();
    readArguments(Construct, BeforeFn, Compiled);
    readAfter(After, AfterFn, Compiled);
    if (std::string Missing = unboundMetavariable(Compiled, AfterFn);
        !Missing.empty())
      return fail(Index, "'after' uses '" + Missing +
                             "', which does not appear in 'before'");
    Out.Rewrites.push_back(std::move(Compiled));
  }

  std::string legacyClassOf(const CXXConstructExpr *Construct) const {
    std::string Name = qualifiedName(Construct->getConstructor()->getParent());
    for (const Consolidation &Entry : Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        if (Legacy.Name == Name)
          return Name;
    return "";
  }

  void readArguments(const CXXConstructExpr *Construct,
                     const FunctionDecl *Function, CompiledRewrite &Compiled) {
    for (const Expr *Argument : Construct->arguments()) {
      ArgumentPattern Pattern;
      if (!isa<CXXDefaultArgExpr>(Argument)) {
        const auto *Ref = dyn_cast<DeclRefExpr>(asWritten(Argument));
        const auto *Parameter =
            Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
        if (Parameter) {
          Pattern.What = ArgumentPattern::Kind::Metavariable;
          Pattern.Index = Parameter->getFunctionScopeIndex();
        } else {
          Pattern.What = ArgumentPattern::Kind::Expression;
          Pattern.Text = normalizedTokens(Context, asWritten(Argument));
        }
      }
      Compiled.Arguments.push_back(std::move(Pattern));
    }
  }

  void readAfter(const Expr *After, const FunctionDecl *Function,
                 CompiledRewrite &Compiled) {
    SmallVector<const ParmVarDecl *, 4> Parameters(Function->parameters());
    Compiled.After = makeAfterTemplate(Context, After, Parameters);
    Compiled.TimesUsed.resize(Compiled.Metavariables);
    for (const AfterPiece &Piece : Compiled.After)
      if (Piece.What == AfterPiece::Kind::Metavariable)
        ++Compiled.TimesUsed[Piece.Index];
    const CXXConstructExpr *Construct = spelledConstruction(After);
    if (!Construct || qualifiedName(Construct->getConstructor()->getParent()) !=
                          canonicalOf(Compiled.Class))
      return;
    Compiled.ConstructsCanonical = true;
    Compiled.AfterIsExplicit = Construct->getConstructor()->isExplicit();
    for (const Expr *Argument : Construct->arguments())
      if (!isa<CXXDefaultArgExpr>(Argument))
        Compiled.AfterArguments.push_back(
            makeAfterTemplate(Context, Argument, Parameters));
  }

  std::string canonicalOf(StringRef Class) const {
    for (const Consolidation &Entry : Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        if (Legacy.Name == Class)
          return Entry.Into;
    return "";
  }

  std::string unboundMetavariable(const CompiledRewrite &Compiled,
                                  const FunctionDecl *Function) const {
    for (unsigned I = 0; I < Compiled.Metavariables; ++I) {
      bool Bound = any_of(Compiled.Arguments, [&](const ArgumentPattern &P) {
        return P.What == ArgumentPattern::Kind::Metavariable && P.Index == I;
      });
      if (!Bound && Compiled.TimesUsed[I] > 0)
        return Function->getParamDecl(I)->getName().str();
    }
    return "";
  }
};

/// Looks at names before the rules are read: which classes are classes still.
void findRetired(ASTContext &Context, const RuleSet &Rules,
                 CompiledRules &Out) {
  for (const Consolidation &Entry : Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From) {
      const NamedDecl *D = lookupQualified(Context, Legacy.Name);
      const auto *Alias = dyn_cast_or_null<TypedefNameDecl>(D);
      const CXXRecordDecl *Record =
          Alias ? Alias->getUnderlyingType()->getAsCXXRecordDecl() : nullptr;
      if (Record && qualifiedName(Record) == Entry.Into)
        Out.Retired.insert(Legacy.Name);
      else if (!D && !Legacy.Header.empty())
        Out.Retired.insert(Legacy.Name);
    }
}

/// True when \p Text mentions the class named \p Qualified.
bool mentionsClass(StringRef Text, StringRef Qualified) {
  StringRef Name = unqualifiedName(Qualified);
  auto IsWord = [](char C) { return isAlnum(C) || C == '_'; };
  for (size_t At = Text.find(Name); At != StringRef::npos;
       At = Text.find(Name, At + 1)) {
    bool Left = At == 0 || !IsWord(Text[At - 1]);
    size_t End = At + Name.size();
    if (Left && (End == Text.size() || !IsWord(Text[End])))
      return true;
  }
  return false;
}

bool existsIn(const SearchPaths &Search, StringRef Header) {
  if (Header.empty() || Header.starts_with("<"))
    return true;
  for (const auto *Dirs : {&Search.Quote, &Search.Angled, &Search.System})
    for (const std::string &Dir : *Dirs) {
      SmallString<256> Path(Dir);
      sys::path::append(Path, Header);
      if (sys::fs::exists(Path))
        return true;
    }
  return false;
}

bool isCxx(StringRef File) {
  return sys::path::extension(File) != ".c" &&
         sys::path::extension(File) != ".m";
}

/// The job that finds most of the headers the rules name.
const TuJob *chooseJob(const RuleSet &Rules, ArrayRef<TuJob> Jobs) {
  const TuJob *Best = nullptr;
  unsigned BestFound = 0, All = 0;
  for (const TuJob &Job : Jobs) {
    if (!isCxx(Job.File))
      continue;
    SearchPaths Search = searchPathsOf(Job);
    Search.Quote.push_back(sys::path::parent_path(Job.File).str());
    unsigned Found = 1;
    All = 1;
    for (const Consolidation &Entry : Rules.Consolidate) {
      Found += 4 * existsIn(Search, Entry.Header);
      All += 4;
      for (const LegacyClass &Legacy : Entry.From) {
        Found += existsIn(Search, Legacy.Header);
        ++All;
      }
    }
    if (Found > BestFound) {
      Best = &Job;
      BestFound = Found;
    }
    if (BestFound == All)
      break;
  }
  return Best;
}

/// \p Job with its main file replaced by one beside it, in memory.
TuJob jobForUnit(const TuJob &Job, std::string &UnitPath) {
  SmallString<256> Path(sys::path::parent_path(Job.File));
  sys::path::append(Path, "clang-consolidate-rules.cpp");
  UnitPath = std::string(Path);
  TuJob Result = Job;
  for (std::string &Argument : Result.Arguments) {
    if (Argument.empty() || Argument.front() == '-')
      continue;
    SmallString<256> Absolute(Argument);
    sys::path::make_absolute(Job.Directory, Absolute);
    if (sys::path::filename(Absolute) == sys::path::filename(Job.File) &&
        realPath(Absolute) == Job.File)
      Argument = UnitPath;
  }
  Result.File = UnitPath;
  return Result;
}

std::string caretMessage(const RuleSet &Rules, const RuleLine &Line,
                         unsigned Column, StringRef Message) {
  std::string Result;
  raw_string_ostream OS(Result);
  OS << Rules.Origin << ":" << Line.Location.Line << ":"
     << Line.Location.Column + (Column ? Column - 1 : 0) << ": error: rewrite '"
     << Rules.Rewrites[Line.Rewrite].Name << "', '" << Line.Key
     << "': " << Message << "\n  " << Line.Text << "\n  "
     << std::string(Column ? Column - 1 : 0, ' ') << "^";
  return Result;
}

/// The rewrites whose `before` names a class that is no class any more: their
/// work is done, and they cannot compile.
std::set<size_t> finishedRewrites(const RuleSet &Rules,
                                  const std::set<std::string> &Retired) {
  std::set<size_t> Finished;
  for (size_t I = 0; I < Rules.Rewrites.size(); ++I)
    if (any_of(Retired, [&](const std::string &Class) {
          return mentionsClass(Rules.Rewrites[I].Before, Class);
        }))
      Finished.insert(I);
  return Finished;
}

/// Hands the finished AST to a function.
class AstReader : public ASTConsumer {
public:
  explicit AstReader(std::function<void(ASTContext &)> Then)
      : Then(std::move(Then)) {}
  void HandleTranslationUnit(ASTContext &Context) override { Then(Context); }

private:
  std::function<void(ASTContext &)> Then;
};

} // namespace

Expected<CompiledRules> compileRules(const RuleSet &Rules,
                                     ArrayRef<TuJob> Jobs) {
  CompiledRules Out;
  Out.Rules = Rules;
  Out.Digest = Rules.Digest;
  const TuJob *Job = chooseJob(Rules, Jobs);
  if (!Job)
    return makeError(ErrorKind::Usage,
                     "no C++ translation unit in the compilation database to "
                     "check the rules with; is it the right build directory?");
  RuleUnit Unit = makeRuleUnit(Rules);
  std::string UnitPath;
  TuJob UnitJob = jobForUnit(*Job, UnitPath);
  Overlay Files;
  Files[UnitPath] = Unit.Text;

  // What the AST tells is read while it lives; whether to believe it is known
  // only after, from the errors.
  std::vector<std::pair<size_t, std::string>> Problems;
  std::set<size_t> Finished;
  FrontendResult Result = runFrontend(
      UnitJob, overlayFileSystem(Files), [&](CompilerInstance &) {
        return std::make_unique<AstReader>([&](ASTContext &Context) {
          findRetired(Context, Rules, Out);
          Finished = finishedRewrites(Rules, Out.Retired);
          RuleReader(Context, Rules, Out, Problems, Finished).read();
        });
      });

  std::string Messages;
  for (const CompileError &Error : Result.Errors) {
    if (Error.Path != UnitPath || Error.Line == 0 ||
        Error.Line > Unit.Lines.size())
      continue;
    const RuleLine &Line = Unit.Lines[Error.Line - 1];
    if (Line.Rewrite < 0 || Finished.count(Line.Rewrite))
      continue;
    if (!Messages.empty())
      Messages += "\n";
    Messages += caretMessage(Rules, Line, Error.Column, Error.Message);
  }
  if (!Messages.empty())
    return makeError(ErrorKind::Rules,
                     Messages + "\nhint: the expressions are compiled with the "
                                "command of " + Job->File +
                         "; every class needs its 'header'");
  for (const auto &[Index, Message] : Problems) {
    const RewriteRule &Rule = Rules.Rewrites[Index];
    if (!Messages.empty())
      Messages += "\n";
    Messages += caretMessage(
        Rules, {int(Index), Rule.BeforeLocation, "before", Rule.Before}, 1,
        Message);
  }
  if (!Messages.empty())
    return makeError(ErrorKind::Rules, Messages);
  return Out;
}

} // namespace consolidate
