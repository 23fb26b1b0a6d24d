//===- Module.cpp - The consolidate-* checks ------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Holds no rule logic: it shows what Match found as clang-tidy diagnostics.
//
//===----------------------------------------------------------------------===//
#include "Session.h"

#include "consolidate/ClangCompat.h"

#include "clang-tidy/ClangTidyCheck.h"
#include CONSOLIDATE_TIDY_REGISTRY
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/ASTMatchers/ASTMatchersMacros.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace clang;
using namespace clang::tidy;

namespace consolidate {
namespace {

/// Matches once: the translation unit, or, where only a part of it is visited
/// (clangd), the first declaration of that part.
AST_MATCHER(Decl, isFirstInScope) {
  const auto &Scope = Finder->getASTContext().getTraversalScope();
  return !Scope.empty() && Scope.front() == &Node;
}

/// One check shows the findings of some kinds.
class ConsolidateCheck : public ClangTidyCheck {
public:
  ConsolidateCheck(llvm::StringRef Name, ClangTidyContext *Context,
                   std::set<FindingKind> Kinds)
      : ClangTidyCheck(Name, Context), Tidy(*Context), Kinds(std::move(Kinds)) {
    // All checks share `consolidate.Rules`; a check may have its own. Asked
    // for like this, --verify-config knows the name.
    OptionsView Shared("consolidate", Context->getOptions().CheckOptions,
                       Context);
    Settings.Rules = Options.get("Rules", Shared.get("Rules", "")).str();
    Settings.BuildPath =
        Options.get("BuildPath", Shared.get("BuildPath", "")).str();
    Settings.AllowUnsafe = Options.get("Unsafe", false);
  }

  bool isLanguageVersionSupported(const LangOptions &Lang) const override {
    return Lang.CPlusPlus;
  }

  void storeOptions(ClangTidyOptions::OptionMap &Map) override {
    Options.store(Map, "Rules", Settings.Rules);
    Options.store(Map, "BuildPath", Settings.BuildPath);
    Options.store(Map, "Unsafe", Settings.AllowUnsafe);
  }

  void registerPPCallbacks(const SourceManager &SM, Preprocessor *PP,
                           Preprocessor *) override {
    Current = Session::of(*PP, getCurrentMainFile(),
                          Tidy.getCurrentBuildDirectory(), Settings);
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(ast_matchers::decl(isFirstInScope()), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    if (!Current)
      return;
    SourceManager &SM = Result.Context->getSourceManager();
    const EditPlan &Plan = Current->plan(*Result.Context);
    if (!Current->problem().empty()) {
      // Said once, by the first of the checks.
      if (Kinds.count(FindingKind::Type))
        diag(SM.getLocForStartOfFile(SM.getMainFileID()),
             "the consolidation rules cannot be used: %0")
            << Current->problem();
      return;
    }
    for (const Cluster &Cluster : Plan.Clusters)
      for (size_t I : Cluster.Findings)
        if (Kinds.count(Plan.Findings[I].Kind))
          show(Plan.Findings[I], Cluster, SM);
  }

  void onEndOfTranslationUnit() override { Current.reset(); }

private:
  const ClangTidyContext &Tidy;
  std::set<FindingKind> Kinds;
  SessionOptions Settings;
  std::shared_ptr<Session> Current;

  static SourceLocation locate(SourceManager &SM, llvm::StringRef Path,
                               unsigned Offset) {
    OptionalFileEntryRef File = SM.getFileManager().getOptionalFileRef(Path);
    if (!File)
      return {};
    FileID ID = SM.translateFile(*File);
    return ID.isValid() ? SM.getComposedLoc(ID, Offset) : SourceLocation();
  }

  /// The name of another file that the edits of \p Cluster change, or "".
  static std::string otherFileIn(const Cluster &Cluster, const Finding &F) {
    for (const Edit &E : Cluster.Edits)
      if (E.Path != F.Path)
        return llvm::sys::path::filename(E.Path).str();
    return "";
  }

  void show(const Finding &F, const Cluster &Cluster, SourceManager &SM) {
    SourceLocation Where = locate(SM, F.Path, F.Offset);
    if (Where.isInvalid() || llvm::StringRef(F.Left).starts_with("suppressed"))
      return;
    if (F.isLeft() || !Cluster.Dropped.empty()) {
      diag(Where, "%0 (no fix: %1)")
          << F.Message << (F.isLeft() ? F.Left : Cluster.Dropped);
      return;
    }
    // clang-tidy applies all fixes together. An editor applies one, in one
    // file: it has to bring everything that only makes sense with it.
    bool Alone = areDiagsSelfContained();
    std::string Other = Alone ? otherFileIn(Cluster, F) : "";
    if (!Other.empty()) {
      diag(Where, "%0 (the fix changes %1 as well: see clang-consolidate diff)")
          << F.Message << Other;
      return;
    }
    const std::vector<Edit> &Edits = Alone ? Cluster.Edits : F.Edits;
    // Without a range clangd takes that of the fix, which may be whole lines.
    DiagnosticBuilder Diag = diag(Where, "%0")
                             << F.Message
                             << CharSourceRange::getCharRange(
                                    Where, Where.getLocWithOffset(F.Length));
    for (const Edit &E : Edits)
      if (SourceLocation Begin = locate(SM, E.Path, E.Offset); Begin.isValid())
        Diag << FixItHint::CreateReplacement(
            CharSourceRange::getCharRange(Begin,
                                          Begin.getLocWithOffset(E.Length)),
            E.Text);
  }
};

/// Binds the kinds of one check to a type, as the factory wants it.
#define CONSOLIDATE_CHECK(Type, ...)                                           \
  class Type : public ConsolidateCheck {                                       \
  public:                                                                      \
    Type(llvm::StringRef Name, ClangTidyContext *Context)                      \
        : ConsolidateCheck(Name, Context, {__VA_ARGS__}) {}                    \
  };

CONSOLIDATE_CHECK(LegacyTypeCheck, FindingKind::Type)
CONSOLIDATE_CHECK(LegacyMemberCheck, FindingKind::Member)
CONSOLIDATE_CHECK(LegacyConstructionCheck, FindingKind::Construction)
CONSOLIDATE_CHECK(LegacyIncludeCheck, FindingKind::Include)
CONSOLIDATE_CHECK(LegacyFactoryCheck, FindingKind::Factory)
CONSOLIDATE_CHECK(DuplicateClassCheck, FindingKind::Definition)

class ConsolidateModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<LegacyTypeCheck>("consolidate-legacy-type");
    Factories.registerCheck<LegacyMemberCheck>("consolidate-legacy-member");
    Factories.registerCheck<LegacyConstructionCheck>(
        "consolidate-legacy-construction");
    Factories.registerCheck<LegacyIncludeCheck>("consolidate-legacy-include");
    Factories.registerCheck<LegacyFactoryCheck>("consolidate-legacy-factory");
    Factories.registerCheck<DuplicateClassCheck>("consolidate-duplicate-class");
  }
};

} // namespace

// clang-tidy finds modules of a plugin through this registry only.
static ClangTidyModuleRegistry::Add<ConsolidateModule>
    Registration("consolidate-module",
                 "Uses of legacy classes, by the project's rules file.");

} // namespace consolidate
