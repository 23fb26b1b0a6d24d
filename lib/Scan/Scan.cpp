//===- Scan.cpp - Parses the planned TUs and matches the rules ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Scan.h"

#include "TuKey.h"

#include "consolidate/Frontend.h"

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

TuFindings scanTu(const TuJob &Job, const RuleSource &Rules, const Scope &Scope,
                  const TuOptions &Options,
                  const StringMap<std::string> &Changed) {
  Overlay Files = Changed;
  StringMap<std::string> Healed = healingShims(Job, Rules.rules(), Files);
  std::optional<TuKey> Key;
  if (Options.Results) {
    Key.emplace(Job, Rules, Scope, Options, Files);
    if (std::optional<TuFindings> Known = Key->find())
      return std::move(*Known);
  }
  TuFindings Result;
  const CompiledRules &Compiled = Rules.compiled();
  FrontendResult Run = runFrontend(
      Job, overlayFileSystem(Files),
      [&](CompilerInstance &CI) {
        auto Includes = recordIncludes(CI.getPreprocessor(), Healed);
        return makeMatchConsumer(Compiled, Scope, Options, Includes, Result);
      },
      Options.KeepBodiesIn ? Bodies::AskConsumer : Bodies::All);
  Result.BodiesSkipped = Options.KeepBodiesIn;
  Result.MainFile = Job.File;
  Result.Parsed &= Run.Ran;
  Result.Errors = std::move(Run.Errors);
  if (Key && Result.Parsed && !missesFile(Result.Errors))
    Key->store(Result, std::move(Run.Dependencies));
  return Result;
}

std::vector<TuFindings> scan(ArrayRef<PlannedTu> Tus, const RuleSource &Rules,
                             const Scope &Scope, const ScanOptions &Options) {
  std::vector<TuFindings> Results(Tus.size());
  forEachIsolated(
      Tus.size(), Options.Threads,
      [&](unsigned I) {
        Results[I] = scanTu(Tus[I].Job, Rules, Scope, Options.Tu);
      },
      [&](unsigned I) { Results[I] = crashed(Tus[I].Job); }, Options.Progress);
  return Results;
}

} // namespace consolidate
