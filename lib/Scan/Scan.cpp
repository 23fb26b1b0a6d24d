//===- Scan.cpp - Parses the planned TUs and matches the rules ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Scan.h"

#include "Order.h"
#include "TuKey.h"

#include "consolidate/Frontend.h"
#include "consolidate/Support.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringMap.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Runs Match when the AST is complete.
class MatchConsumer : public ASTConsumer {
public:
  MatchConsumer(const CompiledRules &Rules, const Scope &Scope,
                const TuOptions &Options,
                std::shared_ptr<IncludeRecorder> Includes, TuFindings &Out)
      : Rules(Rules), InScope(Scope), Options(Options),
        Includes(std::move(Includes)), Out(Out) {}

  /// What an accessor does decides whether a call of it can change places.
  static bool isShort(const Decl *D) {
    if (const auto *Function = dyn_cast<FunctionDecl>(D);
        Function && Function->getReturnType()->isVoidType() &&
        !isa<CXXConstructorDecl, CXXDestructorDecl>(D))
      return false; // gives nothing that could be an argument
    constexpr size_t MaxBytes = 200;
    const SourceManager &SM = D->getASTContext().getSourceManager();
    auto [File, Offset] =
        SM.getDecomposedLoc(SM.getExpansionLoc(D->getLocation()));
    StringRef Text = SM.getBufferData(File).substr(Offset, MaxBytes);
    StringRef Body = Text.drop_until([](char C) { return C == '{'; });
    return Body.drop_front(!Body.empty())
        .drop_until([](char C) { return C == '{' || C == '}'; })
        .starts_with("}");
  }

  /// A template is kept because it may forward what it is given to a
  /// constructor; only its instantiations tell.
  bool shouldSkipFunctionBody(Decl *D) override {
    if (D->isTemplated() || isa<FunctionTemplateDecl>(D))
      return false;
    const SourceManager &SM = D->getASTContext().getSourceManager();
    FileID File = SM.getFileID(SM.getExpansionLoc(D->getLocation()));
    auto [It, New] = Kept.try_emplace(File, false);
    if (New)
      if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
        It->second = Options.KeepBodiesIn->contains(realPathOf(*Entry));
    return !It->second && !isShort(D);
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    // One file is asked about thousands of times.
    StringMap<bool> Known;
    Out = match(
        Context, Rules,
        [&](StringRef Path) {
          auto [It, New] = Known.try_emplace(Path, false);
          if (New)
            It->second = !Path.empty() && InScope.contains(Path);
          return It->second;
        },
        Includes.get(), Options.Match);
  }

private:
  const CompiledRules &Rules;
  const Scope &InScope;
  const TuOptions &Options;
  std::shared_ptr<IncludeRecorder> Includes;
  TuFindings &Out;
  DenseMap<FileID, bool> Kept; ///< Whether its function bodies are parsed.
};

TuFindings crashed(const TuJob &Job) {
  TuFindings Result;
  Result.MainFile = Job.File;
  CompileError Error;
  Error.Path = Job.File;
  Error.Message = "Clang crashed while parsing this translation unit";
  Result.Errors.push_back(std::move(Error));
  return Result;
}

} // namespace

std::unique_ptr<ASTConsumer>
makeMatchConsumer(const CompiledRules &Rules, const Scope &Scope,
                  const TuOptions &Options,
                  std::shared_ptr<IncludeRecorder> Includes, TuFindings &Out) {
  return std::make_unique<MatchConsumer>(Rules, Scope, Options,
                                         std::move(Includes), Out);
}

/// A file that is not there is among no dependencies: nothing would tell that
/// it has come.
static bool missesFile(ArrayRef<CompileError> Errors) {
  return any_of(Errors, [](const CompileError &Error) {
    return StringRef(Error.Message).contains("file not found");
  });
}

namespace {

/// One TU, from its command to its findings.
class TuScan {
public:
  TuScan(const TuJob &Job, const RuleSource &Rules, const Scope &Within,
         const TuOptions &Options, const StringMap<std::string> &Changed)
      : Job(Job), Rules(Rules), Within(Within), Options(Options),
        Files(Changed), Healed(healingShims(Job, Rules.rules(), Files)) {
    if (Options.Results)
      Key.emplace(Job, Rules, Within, Options, Files);
  }

  /// What an earlier run found.
  std::optional<TuFindings> known() const {
    return Key ? Key->find() : std::nullopt;
  }

  TuFindings parse() const {
    FrontendResult Run;
    if (Options.Shared && Options.Use)
      ++Options.Use->Parses;
    TuFindings Result = parseOn(Options.Shared, Run);
    // With errors it is worth knowing that they are those of the file alone.
    bool InVain = Options.Shared &&
                  (!Run.PrefixDiffers.empty() || !Result.Errors.empty());
    if (InVain) {
      Run = {};
      Result = parseOn(nullptr, Run);
    }
    if (Options.Shared && Options.Use)
      ++(InVain ? Options.Use->Failed : Options.Use->Good);
    if (Key && Result.Parsed && !missesFile(Result.Errors))
      Key->store(Result, std::move(Run.Dependencies));
    return Result;
  }

private:
  const TuJob &Job;
  const RuleSource &Rules;
  const Scope &Within;
  const TuOptions &Options;
  Overlay Files;
  StringMap<std::string> Healed;
  std::optional<TuKey> Key;

  TuFindings parseOn(const Prefix *Shared, FrontendResult &Run) const {
    TuFindings Result;
    const CompiledRules &Compiled = Rules.compiled();
    Run = runFrontend(
        Job, overlayFileSystem(Files),
        [&](CompilerInstance &CI) {
          auto Includes = recordIncludes(CI.getPreprocessor(), Healed);
          return makeMatchConsumer(Compiled, Within, Options, Includes, Result);
        },
        Options.KeepBodiesIn ? Bodies::AskConsumer : Bodies::All, Shared);
    Result.BodiesSkipped = Options.KeepBodiesIn;
    Result.MainFile = Job.File;
    Result.Parsed &= Run.Ran;
    Result.Errors = std::move(Run.Errors);
    if (Shared)
      for (const auto &Edges : Shared->includeGraph())
        append_range(Result.IncludeGraph[Edges.getKey()], Edges.second);
    return Result;
  }
};

} // namespace

TuFindings scanTu(const TuJob &Job, const RuleSource &Rules, const Scope &Scope,
                  const TuOptions &Options,
                  const StringMap<std::string> &Changed) {
  TuScan Tu(Job, Rules, Scope, Options, Changed);
  if (std::optional<TuFindings> Known = Tu.known())
    return std::move(*Known);
  return Tu.parse();
}

namespace {

class Scanner {
public:
  Scanner(ArrayRef<PlannedTu> Tus, const RuleSource &Rules, const Scope &Within,
          const ScanOptions &Options)
      : Tus(Tus), Rules(Rules), Within(Within), Options(Options),
        Results(Tus.size()) {}

  std::vector<TuFindings> run() {
    std::vector<unsigned> ToParse = takeKnown();
    if (Options.Prefixes) {
      std::vector<unsigned> Alone = Options.Prefixes->first(Tus, ToParse);
      parse(Alone, nullptr);
      Options.Prefixes->compile(Tus, Results, Options.Threads);
      erase_if(ToParse, [&](unsigned I) { return is_contained(Alone, I); });
    }
    parse(ToParse, Options.Prefixes);
    return std::move(Results);
  }

private:
  ArrayRef<PlannedTu> Tus;
  const RuleSource &Rules;
  const Scope &Within;
  const ScanOptions &Options;
  std::vector<TuFindings> Results;
  unsigned Done = 0;

  /// Takes what the cache knows; gives the indices of the others.
  std::vector<unsigned> takeKnown() {
    std::vector<std::optional<TuFindings>> Known(Tus.size());
    if (Options.Tu.Results)
      forEachOnThreads(Tus.size(), Options.Threads, [&](size_t I) {
        Known[I] = TuScan(Tus[I].Job, Rules, Within, Options.Tu, {}).known();
      });
    std::vector<unsigned> Others;
    for (unsigned I = 0; I < Tus.size(); ++I)
      if (Known[I])
        Results[I] = std::move(*Known[I]);
      else
        Others.push_back(I);
    Done = unsigned(Tus.size() - Others.size());
    return Others;
  }

  void parse(std::vector<unsigned> Which, const SharedPrefixes *Prefixes) {
    sortLongestFirst(Which, Tus);
    ProgressFn Progress;
    if (Options.Progress)
      Progress = [&, Before = Done](unsigned Now, unsigned) {
        Options.Progress(Before + Now, unsigned(Tus.size()));
      };
    std::vector<char> Stood(Which.size()); // on a prefix
    std::vector<unsigned> Again;
    forEachIsolated(
        Which.size(), Options.Threads,
        [&](unsigned I) {
          const PlannedTu &Tu = Tus[Which[I]];
          TuOptions Each = Options.Tu;
          if (Prefixes)
            std::tie(Each.Shared, Each.Use) = Prefixes->of(Tu);
          Stood[I] = Each.Shared != nullptr;
          Results[Which[I]] = TuScan(Tu.Job, Rules, Within, Each, {}).parse();
        },
        [&](unsigned I) {
          if (Stood[I])
            Again.push_back(Which[I]);
          else
            Results[Which[I]] = crashed(Tus[Which[I]].Job);
        },
        Progress);
    if (Again.empty()) {
      Done += unsigned(Which.size());
      return;
    }
    // Perhaps it is the prefix that Clang crashes on.
    Done += unsigned(Which.size() - Again.size());
    parse(Again, nullptr);
  }
};

} // namespace

std::vector<TuFindings> scan(ArrayRef<PlannedTu> Tus, const RuleSource &Rules,
                             const Scope &Scope, const ScanOptions &Options) {
  return Scanner(Tus, Rules, Scope, Options).run();
}

} // namespace consolidate
