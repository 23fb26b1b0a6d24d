//===- Frontend.cpp - Runs Clang over one TU job --------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Frontend.h"

#include "ErrorCollector.h"
#include "FrontendInternal.h"
#include "consolidate/Support.h"

#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

std::string realPathOf(FileEntryRef File) {
  StringRef Real = File.getFileEntry().tryGetRealPathName();
  return Real.empty() ? File.getName().str() : Real.str();
}

namespace {

/// Files in memory over a real file system, found by real path: a header that
/// is reached through a link or `../` is the same changed header.
class RealPathOverlay : public vfs::ProxyFileSystem {
public:
  RealPathOverlay(IntrusiveRefCntPtr<vfs::FileSystem> Real,
                  const Overlay &Files)
      : ProxyFileSystem(std::move(Real)) {
    for (const auto &File : Files) {
      Memory.addFile(
          File.getKey(), 0,
          MemoryBuffer::getMemBufferCopy(File.second, File.getKey()));
      Names.insert(sys::path::filename(File.getKey()));
    }
  }

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    if (std::optional<std::string> InMemory = find(Path)) {
      ErrorOr<vfs::Status> Result = Memory.status(*InMemory);
      if (Result)
        return vfs::Status::copyWithNewName(*Result, Path);
    }
    return ProxyFileSystem::status(Path);
  }

  ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const Twine &Path) override {
    if (std::optional<std::string> InMemory = find(Path))
      return Memory.openFileForRead(*InMemory);
    return ProxyFileSystem::openFileForRead(Path);
  }

private:
  vfs::InMemoryFileSystem Memory;
  StringSet<> Names;

  std::optional<std::string> find(const Twine &Path) {
    SmallString<256> Absolute;
    Path.toVector(Absolute);
    // Most look-ups miss, and asking for a real path costs a system call.
    bool KnownName = Names.contains(sys::path::filename(Absolute));
    if (!KnownName && !isLink(Absolute))
      return std::nullopt;
    makeAbsolute(Absolute);
    SmallString<256> Real;
    if (getUnderlyingFS().getRealPath(Absolute, Real)) {
      // Not on disk: a file that only exists in memory.
      Real = Absolute;
      sys::path::remove_dots(Real, /*remove_dot_dot=*/true);
    }
    if (!Memory.exists(Real))
      return std::nullopt;
    return std::string(Real);
  }

  static bool isLink(StringRef Path) {
    bool Link = false;
    return !sys::fs::is_symlink_file(Path, Link) && Link;
  }
};

} // namespace

IntrusiveRefCntPtr<vfs::FileSystem> overlayFileSystem(const Overlay &Files) {
  // A physical file system of its own keeps the working directory per run.
  IntrusiveRefCntPtr<vfs::FileSystem> Physical(
      vfs::createPhysicalFileSystem().release());
  if (Files.empty())
    return Physical;
  return makeIntrusiveRefCnt<RealPathOverlay>(std::move(Physical), Files);
}

namespace {

class ConsumerAction : public ASTFrontendAction {
public:
  ConsumerAction(const ConsumerFactory &MakeConsumer, Bodies Parse,
                 const Prefix::Parts *Shared, FrontendResult &Out)
      : MakeConsumer(MakeConsumer), Parse(Parse), Shared(Shared), Out(Out) {
    if (Shared)
      Watch.emplace(*Shared);
  }

  bool BeginInvocation(CompilerInstance &CI) override {
    goOnAfterErrors(CI);
    CI.getFrontendOpts().SkipFunctionBodies = Parse == Bodies::AskConsumer;
    if (Shared)
      CI.getPreprocessorOpts().ImplicitPCHInclude = PrefixAst;
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    Out.Ran = true;
    if (!Shared)
      return MakeConsumer(CI);
    Watch->attach(CI);
    return onlyBehindPrecompiled(MakeConsumer(CI));
  }

  void EndSourceFileAction() override {
    Out.Dependencies = filesRead(getCompilerInstance());
    if (!Shared)
      return;
    append_range(Out.Dependencies, Shared->Read);
    Out.PrefixDiffers = Watch->difference();
  }

private:
  const ConsumerFactory &MakeConsumer;
  const Bodies Parse;
  const Prefix::Parts *Shared; ///< May be null.
  std::optional<PrefixWatch> Watch;
  FrontendResult &Out;
};

} // namespace

FrontendResult runFrontend(const TuJob &Job,
                           IntrusiveRefCntPtr<vfs::FileSystem> FS,
                           const ConsumerFactory &MakeConsumer, Bodies Parse,
                           const Prefix *Shared) {
  FrontendResult Result;
  const Prefix::Parts *Parts = Shared ? &Shared->parts() : nullptr;
  if (Parts)
    FS = withPrefix(std::move(FS), *Parts);
  if (!enterDirectory(Job, *FS, Result))
    return Result;
  FileSystemOptions Options;
  Options.WorkingDir = Job.Directory;
  auto Files = makeIntrusiveRefCnt<FileManager>(Options, FS);
  ErrorCollector Collector;
  tooling::ToolInvocation Run(
      Job.Arguments,
      std::make_unique<ConsumerAction>(MakeConsumer, Parse, Parts, Result),
      Files.get());
  Run.setDiagnosticConsumer(&Collector);
  Run.run();
  Result.Errors = std::move(Collector.Errors);
  return Result;
}

} // namespace consolidate
