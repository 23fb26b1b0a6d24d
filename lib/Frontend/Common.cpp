//===- Common.cpp - Shared by the ways to run Clang -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "FrontendInternal.h"

#include "consolidate/ClangCompat.h"
#include "consolidate/Support.h"

#include "clang/AST/Decl.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

void goOnAfterErrors(CompilerInstance &CI) {
  // A missing include must not end the run: the rest is still worth reading.
  CI.getDiagnostics().setFatalsAsError(true);
  CI.getDiagnosticOpts().ErrorLimit = 0;
  // Keeps the instance from printing "N errors generated".
  CI.getDiagnosticOpts().ShowCarets = false;
  CI.getDiagnostics().setErrorLimit(0);
  CI.getFrontendOpts().DisableFree = false;
}

bool enterDirectory(const TuJob &Job, vfs::FileSystem &FS,
                    FrontendResult &Result) {
  std::error_code EC = FS.setCurrentWorkingDirectory(Job.Directory);
  if (!EC)
    return true;
  CompileError Error;
  Error.Path = Job.File;
  Error.Message = "cannot enter the working directory '" + Job.Directory +
                  "' of the compile command: " + EC.message();
  Result.Errors.push_back(std::move(Error));
  return false;
}

std::unique_ptr<CompilerInvocation>
makeInvocation(const TuJob &Job, IntrusiveRefCntPtr<vfs::FileSystem> FS,
               DiagnosticConsumer &Consumer) {
  std::vector<const char *> Arguments;
  for (const std::string &Argument : Job.Arguments)
    Arguments.push_back(Argument.c_str());
  CreateInvocationOptions Options;
  Options.Diags = makeDiagnostics(*FS, Consumer);
  Options.VFS = std::move(FS);
  std::unique_ptr<CompilerInvocation> Result =
      createInvocation(Arguments, Options);
  if (Result)
    Result->getFrontendOpts().DisableFree = false;
  return Result;
}

std::vector<Dependency> filesRead(CompilerInstance &CI) {
  std::vector<Dependency> Read;
  SourceManager &SM = CI.getSourceManager();
  for (auto It = SM.fileinfo_begin(), End = SM.fileinfo_end(); It != End; ++It)
    if (std::optional<StringRef> Bytes = It->second->getBufferDataIfLoaded()) {
      SmallString<256> Opened(It->first.getName());
      SM.getFileManager().makeAbsolutePath(Opened);
      std::string Real = realPath(Opened);
      SmallString<256> Path = Opened;
      sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
      // Behind a link, `..` is not the directory in front of it.
      if (realPath(Path) != Real)
        Path = Opened;
      uint64_t Hash = contentHash(*Bytes);
      // Behind a link lies one file today, perhaps another tomorrow.
      if (Real != Path)
        Read.push_back({std::string(Path), Hash});
      Read.push_back({std::move(Real), Hash});
    }
  return Read;
}

namespace {

class ScopedConsumer : public ASTConsumer {
public:
  explicit ScopedConsumer(std::unique_ptr<ASTConsumer> Inner)
      : Inner(std::move(Inner)) {}

  void Initialize(ASTContext &Context) override { Inner->Initialize(Context); }
  bool shouldSkipFunctionBody(Decl *D) override {
    return Inner->shouldSkipFunctionBody(D);
  }
  /// What is read back in was parsed elsewhere.
  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    return Inner->HandleTopLevelDecl(Group);
  }
  /// What is read back in was parsed elsewhere.
  void HandleInterestingDecl(DeclGroupRef) override {}
  void HandleTranslationUnit(ASTContext &Context) override {
    std::vector<Decl *> Decls;
    for (Decl *D : Context.getTranslationUnitDecl()->noload_decls())
      if (!D->isFromASTFile())
        Decls.push_back(D);
    Context.setTraversalScope(Decls);
    Inner->HandleTranslationUnit(Context);
  }

private:
  std::unique_ptr<ASTConsumer> Inner;
};

} // namespace

std::unique_ptr<ASTConsumer>
onlyBehindPrecompiled(std::unique_ptr<ASTConsumer> Inner) {
  return std::make_unique<ScopedConsumer>(std::move(Inner));
}

} // namespace consolidate
