//===- RuleCompiler.cpp - Rules, checked and resolved by Clang ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// RuleSet -> RuleUnit (text) -> AST -> CompiledRewrite.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"
#include "RuleReader.h"
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

/// Looks at names before the rules are read: which classes are classes still.
void findRetired(ASTContext &Context, const RuleSet &Rules,
                 CompiledRules &Out) {
  for (const Consolidation &Entry : Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From) {
      const NamedDecl *D = lookupQualified(Context, Legacy.Name);
      const auto *Alias = dyn_cast_or_null<TypedefNameDecl>(D);
      const CXXRecordDecl *Record =
          Alias ? Alias->getUnderlyingType()->getAsCXXRecordDecl() : nullptr;
      if (Record &&
          declaresSameEntity(Record, classBehind(Context, Entry.intoName())))
        Out.Retired.insert(Legacy.Name);
      else if (!D && !Legacy.Header.empty())
        Out.Retired.insert(Legacy.Name);
    }
}

/// Notes what those canonical classes are that are named by an alias, and has
/// them instantiated.
void findAliased(Sema &S, RuleSet &Rules) {
  ASTContext &Context = S.getASTContext();
  for (Consolidation &Entry : Rules.Consolidate) {
    const CXXRecordDecl *Class = classBehind(Context, Entry.intoName());
    if (!Class || qualifiedName(Class) == Entry.intoName())
      continue;
    if (Class->getDescribedClassTemplate()) {
      Entry.AliasedType = qualifiedName(Class);
      continue;
    }
    QualType Type = typeOf(Class);
    S.isCompleteType(SourceLocation(), Type);
    Entry.AliasedType = typeKey(Type, Context);
  }
}

/// The first entry whose canonical class its header does not declare.
const Consolidation *findUnknown(ASTContext &Context, const RuleSet &Rules) {
  for (const Consolidation &Entry : Rules.Consolidate)
    if (!Entry.Header.empty() && !lookupQualified(Context, Entry.intoName()))
      return &Entry;
  return nullptr;
}

/// True when \p Text mentions the class named \p Qualified, as an expression of
/// a rule has to: with all its namespaces.
bool mentionsClass(StringRef Text, StringRef Qualified) {
  auto IsWord = [](char C) { return isAlnum(C) || C == '_'; };
  for (size_t At = Text.find(Qualified); At != StringRef::npos;
       At = Text.find(Qualified, At + 1)) {
    StringRef Before = Text.take_front(At);
    Before.consume_back("::");
    StringRef After = Text.drop_front(At + Qualified.size());
    if ((Before.empty() || !IsWord(Before.back())) &&
        (After.empty() || !IsWord(After.front())))
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

/// Notes where the classes are defined, by itself for the legacy classes that
/// the rules give a header of.
/// \p Search: of the command that compiles the rules.
void findDefinitions(ASTContext &Context, const RuleSet &Rules,
                     const SearchPaths &Search, CompiledRules &Out) {
  auto FileOf = [&](const NamedDecl *D) {
    std::string Path = definingFile(D);
    if (!Path.empty())
      Out.DefiningFiles.insert(Path);
    return Path;
  };
  for (const Consolidation &Entry : Rules.Consolidate) {
    FileOf(classBehind(Context, Entry.intoName()));
    for (const LegacyClass &Legacy : Entry.From) {
      const NamedDecl *D = lookupQualified(Context, Legacy.Name);
      std::string Path = FileOf(D);
      if (Legacy.Header.empty())
        continue;
      // No file defines a class that became an alias, or that its header lost.
      // Where the header is not found either, nothing is known.
      bool IsNowhere = Out.Retired.count(Legacy.Name) &&
                       (D || existsIn(Search, Legacy.Header));
      if (!Path.empty() || IsNowhere)
        Out.DefinedIn[Legacy.Name] = Path;
    }
  }
}

bool isCxx(StringRef File) {
  return sys::path::extension(File) != ".c" &&
         sys::path::extension(File) != ".m";
}

SearchPaths searchPathsBeside(const TuJob &Job) {
  SearchPaths Search = searchPathsOf(Job);
  Search.Quote.push_back(sys::path::parent_path(Job.File).str());
  return Search;
}

/// True when \p MainFile finds \p Header, and no other file of that name that
/// lies beside it.
bool finds(const SearchPaths &Search, StringRef MainFile, StringRef Header) {
  if (Header.empty() || Header.starts_with("<"))
    return true;
  SmallString<256> Beside(sys::path::parent_path(MainFile));
  bool IsSearched = is_contained(Search.Quote, Beside) ||
                    is_contained(Search.Angled, Beside) ||
                    is_contained(Search.System, Beside);
  sys::path::append(Beside, Header);
  return existsIn(Search, Header) ? IsSearched || !sys::fs::exists(Beside)
                                  : sys::fs::exists(Beside);
}

/// The job that finds most of the headers the rules name.
const TuJob *chooseJob(const RuleSet &Rules, ArrayRef<TuJob> Jobs) {
  const TuJob *Best = nullptr;
  unsigned BestFound = 0, All = 0;
  for (const TuJob &Job : Jobs) {
    if (!isCxx(Job.File))
      continue;
    SearchPaths Search = searchPathsOf(Job);
    unsigned Found = 1;
    All = 1;
    for (const Consolidation &Entry : Rules.Consolidate) {
      Found += 4 * finds(Search, Job.File, Entry.Header);
      All += 4;
      for (const LegacyClass &Legacy : Entry.From) {
        Found += finds(Search, Job.File, Legacy.Header);
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

/// The rewrites whose `before` or `given` names a class that is no class any
/// more: their work is done, and they cannot compile.
std::set<size_t> finishedRewrites(const RuleSet &Rules,
                                  const std::set<std::string> &Retired) {
  std::set<size_t> Finished;
  for (size_t I = 0; I < Rules.Rewrites.size(); ++I)
    if (any_of(Retired, [&](const std::string &Class) {
          const RewriteRule &Rule = Rules.Rewrites[I];
          return mentionsClass(Rule.Before, Class) ||
                 any_of(Rule.Given, [&](StringRef Given) {
                   return mentionsClass(Given, Class);
                 });
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

Expected<CompiledRules> compileRules(const RuleSet &Rules, ArrayRef<TuJob> Jobs,
                                     ReadFiles *Read) {
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
  RulesRead Told;
  std::set<size_t> Finished;
  const Consolidation *Unknown = nullptr;
  std::shared_ptr<IncludeRecorder> Includes;
  SearchPaths Search = searchPathsBeside(*Job);
  FrontendResult Result =
      runFrontend(UnitJob, overlayFileSystem(Files), [&](CompilerInstance &CI) {
        Includes = recordIncludes(CI.getPreprocessor(), {});
        return std::make_unique<AstReader>([&](ASTContext &Context) {
          findAliased(CI.getSema(), Out.Rules);
          findRetired(Context, Rules, Out);
          findDefinitions(Context, Rules, Search, Out);
          Out.Members = changedMembers(Context, Rules);
          Unknown = findUnknown(Context, Rules);
          Finished = finishedRewrites(Rules, Out.Retired);
          Told = readRules(CI.getSema(), Out.Rules, Finished, Out);
          Out.HeaderIncludes = Includes->Graph;
          Out.HeaderIncludes.erase(UnitPath);
        });
      });
  if (Read)
    for (const Dependency &File : Result.Dependencies)
      if (File.Path != UnitPath)
        Read->push_back(File);

  if (Unknown)
    return ruleError(Rules, Unknown->Location,
                     "'" + Unknown->Header + "' declares no '" + Unknown->Into +
                         "'",
                     "write the name with all its namespaces; the header is "
                     "compiled with the command of " +
                         Job->File);
  std::string Messages;
  for (const CompileError &Error : Result.Errors) {
    if (Error.Path != UnitPath || Error.Line == 0 ||
        Error.Line > Unit.Lines.size())
      continue;
    const RuleLine &Line = Unit.Lines[Error.Line - 1];
    if (Line.Rewrite < 0 || Finished.count(Line.Rewrite) ||
        Told.PassedOver.count(Line.Function))
      continue;
    if (!Messages.empty())
      Messages += "\n";
    unsigned Column = Line.IsEnd ? Line.Text.size() + 1 : Error.Column;
    Messages += caretMessage(Rules, Line, Column, Error.Message);
  }
  if (!Messages.empty())
    return makeError(ErrorKind::Rules,
                     Messages +
                         "\nhint: the expressions are compiled with the "
                         "command of " +
                         Job->File + "; every class needs its 'header'");
  for (const auto &[Index, Message] : Told.Problems) {
    const RewriteRule &Rule = Rules.Rewrites[Index];
    if (!Messages.empty())
      Messages += "\n";
    bool Inline = !Rule.Inline.empty();
    Messages += caretMessage(
        Rules,
        {int(Index), Inline ? Rule.Location : Rule.BeforeLocation,
         Inline ? "inline" : "before", Inline ? Rule.Inline : Rule.Before},
        1, Message);
  }
  if (!Messages.empty())
    return makeError(ErrorKind::Rules, Messages);
  return Out;
}

} // namespace consolidate
