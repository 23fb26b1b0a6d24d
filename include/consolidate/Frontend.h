//===- Frontend.h - Runs Clang over one TU job ------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Shared by Match (rule TUs), Scan and Verify: the only place that knows how a
// command of the database becomes a compiler run.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_FRONTEND_H
#define CONSOLIDATE_FRONTEND_H

#include "consolidate/Cache.h"
#include "consolidate/Database.h"
#include "consolidate/Findings.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <functional>
#include <memory>

namespace consolidate {

/// The bytes that stand in for files on disk, by absolute path.
using Overlay = llvm::StringMap<std::string>;

/// A file system over the real one in which \p Files have the given content.
/// Each caller gets its own working directory, so runs can be parallel. The
/// result keeps its own copy of the bytes.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
overlayFileSystem(const Overlay &Files);

/// What one run tells besides what the consumer took from the AST.
struct FrontendResult {
  bool Ran = false; ///< An AST was produced (it may hold errors).
  std::vector<CompileError> Errors;
  /// The files that were read, from disk or memory, by real path. Empty when
  /// the run did not end as usual.
  std::vector<Dependency> Dependencies;
  /// On a prefix: why the parse saw something else than it would without, and
  /// must be done again; "" when it did not.
  std::string PrefixDiffers;
};

/// Makes the consumer of one run. Called after the preprocessor exists, so
/// callbacks can be added to it. Must not keep the instance.
using ConsumerFactory = std::function<std::unique_ptr<clang::ASTConsumer>(
    clang::CompilerInstance &)>;

/// Whether the consumer is asked which function bodies to parse.
enum class Bodies { All, AskConsumer };

/// Standard headers, compiled once for the parses that include all of them
/// under the same flags. Immutable; shared between threads.
class Prefix {
public:
  /// \p Headers as they stand between `<` and `>`, for jobs whose commands
  /// differ from that of \p Like in the main file only. Null when they do not
  /// compile, or not on their own.
  static std::unique_ptr<Prefix> compile(const TuJob &Like,
                                         llvm::ArrayRef<std::string> Headers);
  ~Prefix();

  /// Which file includes which, by real path: a parse on the prefix does not
  /// see it.
  const llvm::StringMap<std::vector<std::string>> &includeGraph() const;

  struct Parts;
  const Parts &parts() const { return *Compiled; } ///< For lib/Frontend.

private:
  explicit Prefix(std::unique_ptr<Parts> Compiled);
  std::unique_ptr<Parts> Compiled;
};

/// Parses \p Job over \p FS. Goes on after fatal errors such as a missing
/// include, has no error limit, and prints nothing. On \p Shared, unless null,
/// the traversal scope of the AST is what the job itself reads.
FrontendResult runFrontend(const TuJob &Job,
                           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
                           const ConsumerFactory &MakeConsumer,
                           Bodies Parse = Bodies::All,
                           const Prefix *Shared = nullptr);

/// Parses one file again and again while it is typed. What stands before its
/// first declaration, the preamble, is compiled once and kept in memory until
/// it, or a file it reads, changes. Not thread-safe.
class Reparser {
public:
  Reparser();
  ~Reparser();

  /// Parses \p Text as the main file of \p Job over \p Files. Afterwards the
  /// traversal scope of the AST is what stands behind the preamble.
  FrontendResult parse(const TuJob &Job, const Overlay &Files,
                       llvm::StringRef Text,
                       const ConsumerFactory &MakeConsumer);

  /// How often the preamble was compiled; for tests and measurements.
  unsigned preamblesBuilt() const { return Built; }

private:
  struct Kept;
  std::unique_ptr<Kept> Preamble;
  unsigned Built = 0;
};

/// The length of the preamble of \p Text, in bytes.
unsigned preambleLength(llvm::StringRef Text);

/// Shims for broken includes: for each `includes` rule whose `from` exists in
/// none of the search paths of \p Job while a `to` does, a file beside that
/// `to` that includes every `to`. Added to \p Files; the `from` by shim path is
/// returned.
llvm::StringMap<std::string>
healingShims(const TuJob &Job, const struct RuleSet &Rules, Overlay &Files);

/// The real path of \p File, or its name where it has none (in memory).
std::string realPathOf(clang::FileEntryRef File);

} // namespace consolidate

#endif // CONSOLIDATE_FRONTEND_H
