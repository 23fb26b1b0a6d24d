//===- Reparser.cpp - One file, parsed while it is typed ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "ErrorCollector.h"
#include "FrontendInternal.h"

#include "consolidate/ClangCompat.h"

#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/PrecompiledPreamble.h"
#include "clang/Lex/PreprocessorOptions.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

struct Reparser::Kept {
  PrecompiledPreamble Compiled;
  std::vector<std::string> Arguments;
  Overlay Files; ///< What stood in for files when it was compiled.
};

Reparser::Reparser() = default;
Reparser::~Reparser() = default;

namespace {

bool sameFiles(const Overlay &A, const Overlay &B) {
  return A.size() == B.size() && all_of(A, [&](const auto &File) {
           auto Other = B.find(File.getKey());
           return Other != B.end() && Other->second == File.second;
         });
}

class ScopedAction : public ASTFrontendAction {
public:
  ScopedAction(const ConsumerFactory &MakeConsumer, bool HasPreamble, bool &Ran)
      : MakeConsumer(MakeConsumer), HasPreamble(HasPreamble), Ran(Ran) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    Ran = true;
    std::unique_ptr<ASTConsumer> Inner = MakeConsumer(CI);
    if (!HasPreamble)
      return Inner;
    return onlyBehindPrecompiled(std::move(Inner));
  }

private:
  const ConsumerFactory &MakeConsumer;
  bool HasPreamble;
  bool &Ran;
};

} // namespace

unsigned preambleLength(StringRef Text) {
  LangOptions Options;
  Options.CPlusPlus = Options.CPlusPlus11 = Options.LineComment = true;
  // The lexer wants a buffer that ends in a null byte.
  auto Buffer = MemoryBuffer::getMemBufferCopy(Text);
  return ComputePreambleBounds(Options, Buffer->getMemBufferRef(), 0).Size;
}

FrontendResult Reparser::parse(const TuJob &Job, const Overlay &Files,
                               StringRef Text,
                               const ConsumerFactory &MakeConsumer) {
  FrontendResult Result;
  IntrusiveRefCntPtr<vfs::FileSystem> FS = overlayFileSystem(Files);
  if (!enterDirectory(Job, *FS, Result))
    return Result;
  ErrorCollector Collector;
  std::unique_ptr<CompilerInvocation> Invocation =
      makeInvocation(Job, FS, Collector);
  if (!Invocation)
    return Result;
  auto Buffer = MemoryBuffer::getMemBufferCopy(Text, Job.File);
  PreambleBounds Bounds = ComputePreambleBounds(Invocation->getLangOpts(),
                                                Buffer->getMemBufferRef(), 0);
  bool Usable = Preamble && Preamble->Arguments == Job.Arguments &&
                sameFiles(Preamble->Files, Files) &&
                Preamble->Compiled.CanReuse(*Invocation, *Buffer, Bounds, *FS);
  if (!Usable) {
    Preamble.reset();
    IgnoringDiagConsumer Ignore;
    auto Diags = makeDiagnostics(*FS, Ignore);
    Diags->setFatalsAsError(true);
    PreambleCallbacks Callbacks;
    auto Compiled = PrecompiledPreamble::Build(
        *Invocation, Buffer.get(), Bounds, forPreamble(Diags), FS,
        std::make_shared<PCHContainerOperations>(),
        /*StoreInMemory=*/true, "", Callbacks);
    if (Compiled) {
      ++Built;
      Preamble.reset(new Kept{std::move(*Compiled), Job.Arguments, Files});
    }
  }
  if (Preamble)
    Preamble->Compiled.AddImplicitPreamble(*Invocation, FS, Buffer.get());
  else
    Invocation->getPreprocessorOpts().addRemappedFile(
        Invocation->getFrontendOpts().Inputs.front().getFile(), Buffer.get());
  Buffer.release(); // The preprocessor options own it now.
  auto CI = makeInstance(std::move(Invocation), FS, Collector);
  goOnAfterErrors(*CI);
  CI->setVerboseOutputStream(nulls());
  ScopedAction Action(MakeConsumer, Preamble != nullptr, Result.Ran);
  CI->ExecuteAction(Action);
  Result.Errors = std::move(Collector.Errors);
  return Result;
}

} // namespace consolidate
