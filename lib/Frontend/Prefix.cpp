//===- Prefix.cpp - Standard headers, compiled once -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "ErrorCollector.h"
#include "FrontendInternal.h"

#include "consolidate/ClangCompat.h"

#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Notes which file includes which, and whether all are system headers.
class GraphRecorder : public PPCallbacks {
public:
  GraphRecorder(SourceManager &SM, StringMap<std::vector<std::string>> &Graph,
                bool &OnlySystem)
      : SM(SM), Graph(Graph), OnlySystem(OnlySystem) {}

  void InclusionDirective(SourceLocation Hash, const Token &, StringRef, bool,
                          CharSourceRange, OptionalFileEntryRef File, StringRef,
                          StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind Kind) override {
    OnlySystem &= SrcMgr::isSystem(Kind);
    OptionalFileEntryRef From = SM.getFileEntryRefForID(SM.getFileID(Hash));
    if (From && File)
      Graph[realPathOf(*From)].push_back(realPathOf(*File));
  }

private:
  SourceManager &SM;
  StringMap<std::vector<std::string>> &Graph;
  bool &OnlySystem;
};

/// Writes the AST into memory.
class PrefixAction : public ASTFrontendAction {
public:
  explicit PrefixAction(Prefix::Parts &Out) : Out(Out) {}

  /// A header of the project must be seen as text.
  bool OnlySystem = true;

  TranslationUnitKind getTranslationUnitKind() override { return TU_Prefix; }

  bool BeginInvocation(CompilerInstance &CI) override {
    goOnAfterErrors(CI);
    return true;
  }

  bool BeginSourceFileAction(CompilerInstance &CI) override {
    CI.getLangOpts().CompilingPCH = true;
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    CI.getPreprocessor().addPPCallbacks(std::make_unique<GraphRecorder>(
        CI.getSourceManager(), Out.Graph, OnlySystem));
    return makeAstWriter(CI, Written);
  }

  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    if (Written->IsComplete)
      Out.Ast.assign(Written->Data.begin(), Written->Data.end());
    Out.Read = filesRead(CI);
    erase_if(Out.Read,
             [](const Dependency &File) { return File.Path == PrefixSource; });
    for (const auto &Identifier : CI.getPreprocessor().getIdentifierTable())
      Out.Identifiers.insert(Identifier.getKey());
  }

private:
  Prefix::Parts &Out;
  std::shared_ptr<PCHBuffer> Written = std::make_shared<PCHBuffer>();
};

/// Numbers the files, and takes the text in memory out of the graph.
void index(Prefix::Parts &Made) {
  auto Number = [&](StringRef Path) {
    unsigned Next = Made.Files.size();
    return Made.Files.try_emplace(Path, Next).first->second;
  };
  for (const auto &[From, Targets] : Made.Graph)
    for (const std::string &To : Targets) {
      unsigned Target = Number(To);
      Made.Directories.insert(sys::path::parent_path(To));
      if (From == PrefixSource)
        Made.Roots.insert(sys::path::parent_path(To));
      if (From == PrefixSource) {
        Made.Headers.push_back(Target);
        continue;
      }
      unsigned Source = Number(From);
      Made.Includes.resize(Made.Files.size());
      Made.Includes[Source].push_back(Target);
    }
  Made.Includes.resize(Made.Files.size());
  Made.Graph.erase(PrefixSource);
}

} // namespace

/// A precompiled header would stand before what the command itself puts in
/// front of the main file; and it stands for one language.
static bool canHavePrefix(CompilerInvocation &Invocation) {
  const PreprocessorOptions &Before = Invocation.getPreprocessorOpts();
  const HeaderSearchOptions &Modules = Invocation.getHeaderSearchOpts();
  const FrontendOptions &Asked = Invocation.getFrontendOpts();
  return Before.Includes.empty() && Before.MacroIncludes.empty() &&
         Before.ImplicitPCHInclude.empty() && Asked.ModuleFiles.empty() &&
         !Modules.ImplicitModuleMaps && Modules.PrebuiltModuleFiles.empty() &&
         Asked.Inputs.size() == 1 &&
         Asked.Inputs.front().getKind().getLanguage() == Language::CXX;
}

Prefix::Prefix(std::unique_ptr<Parts> Compiled)
    : Compiled(std::move(Compiled)) {}
Prefix::~Prefix() = default;

const StringMap<std::vector<std::string>> &Prefix::includeGraph() const {
  return Compiled->Graph;
}

std::unique_ptr<Prefix> Prefix::compile(const TuJob &Like,
                                        ArrayRef<std::string> Headers) {
  auto Made = std::make_unique<Parts>();
  for (const std::string &Header : Headers)
    Made->Source += "#include <" + Header + ">\n";
  IntrusiveRefCntPtr<vfs::FileSystem> FS =
      withPrefix(overlayFileSystem({}), *Made);
  FrontendResult Result;
  if (!enterDirectory(Like, *FS, Result))
    return nullptr;
  ErrorCollector Collector;
  std::unique_ptr<CompilerInvocation> Invocation =
      makeInvocation(Like, FS, Collector);
  if (!Invocation || !canHavePrefix(*Invocation))
    return nullptr;
  FrontendInputFile &Input = Invocation->getFrontendOpts().Inputs.front();
  Input = FrontendInputFile(PrefixSource, Input.getKind());
  auto CI = makeInstance(std::move(Invocation), FS, Collector);
  CI->setVerboseOutputStream(nulls());
  PrefixAction Action(*Made);
  CI->ExecuteAction(Action);
  if (!Collector.Errors.empty() || !Action.OnlySystem || Made->Ast.empty())
    return nullptr;
  index(*Made);
  return std::unique_ptr<Prefix>(new Prefix(std::move(Made)));
}

IntrusiveRefCntPtr<vfs::FileSystem>
withPrefix(IntrusiveRefCntPtr<vfs::FileSystem> FS,
           const Prefix::Parts &Compiled) {
  // The same time for all: Clang takes a source that has changed amiss.
  auto Memory = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  Memory->addFile(PrefixSource, 0,
                  MemoryBuffer::getMemBuffer(Compiled.Source, PrefixSource));
  if (!Compiled.Ast.empty())
    Memory->addFile(
        PrefixAst, 0,
        MemoryBuffer::getMemBuffer(Compiled.Ast, PrefixAst,
                                   /*RequiresNullTerminator=*/false));
  auto Both = makeIntrusiveRefCnt<vfs::OverlayFileSystem>(std::move(FS));
  Both->pushOverlay(std::move(Memory));
  return Both;
}

} // namespace consolidate
