//===- FrontendInternal.h - Shared by the ways to run Clang -----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_FRONTEND_FRONTENDINTERNAL_H
#define CONSOLIDATE_LIB_FRONTEND_FRONTENDINTERNAL_H

#include "consolidate/Frontend.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringSet.h"

namespace consolidate {

/// Makes \p CI read on after errors, and print nothing.
void goOnAfterErrors(clang::CompilerInstance &CI);

/// Enters the directory of the command; false, with the error in \p Result,
/// when that fails.
bool enterDirectory(const TuJob &Job, llvm::vfs::FileSystem &FS,
                    FrontendResult &Result);

/// The command as Clang's front end takes it; null when the driver refuses.
std::unique_ptr<clang::CompilerInvocation>
makeInvocation(const TuJob &Job,
               llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
               clang::DiagnosticConsumer &Consumer);

/// Every file that \p CI has read so far.
std::vector<Dependency> filesRead(clang::CompilerInstance &CI);

/// \p Inner, with the traversal scope narrowed to what is parsed behind a
/// precompiled part, which would have to be read back in.
std::unique_ptr<clang::ASTConsumer>
onlyBehindPrecompiled(std::unique_ptr<clang::ASTConsumer> Inner);

/// What a compiled prefix holds.
struct Prefix::Parts {
  std::string Source;                              ///< Includes every header.
  std::string Ast;                                 ///< As Clang wrote it.
  std::vector<Dependency> Read;                    ///< Without Source.
  llvm::StringMap<std::vector<std::string>> Graph; ///< Of files on disk.
  llvm::StringMap<unsigned> Files;                 ///< By real path: an index.
  std::vector<std::vector<unsigned>> Includes;     ///< By index.
  std::vector<unsigned> Headers; ///< Indices of those asked for.
  llvm::StringSet<> Directories; ///< That hold the files...
  llvm::StringSet<> Roots;       ///< ...and those that hold the headers.
  /// Whatever the headers spell: a macro of such a name would change them.
  llvm::StringSet<> Identifiers;
};

/// Watches a parse that stands on a prefix, and finds out whether it sees what
/// it would see without.
class PrefixWatch {
public:
  explicit PrefixWatch(const Prefix::Parts &Compiled)
      : Compiled(Compiled), Reached(Compiled.Includes.size()) {}

  /// Adds itself to the preprocessor; must outlive the parse.
  void attach(clang::CompilerInstance &CI);
  /// Asked after the parse: what differs, or "".
  std::string difference() const;

private:
  friend class PrefixCallbacks;
  static constexpr unsigned NoFile = ~0u;

  const Prefix::Parts &Compiled;
  llvm::BitVector Reached; ///< Included by the text that was read.
  /// Macros that are not as the headers saw them; true where they cannot become
  /// so again.
  llvm::StringMap<bool> Conflicts;
  std::string Difference;

  unsigned indexOf(llvm::StringRef RealPath) const;
  void reach(unsigned File);
};

/// \p FS with the files of \p Compiled in it.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withPrefix(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
           const Prefix::Parts &Compiled);

/// Where `withPrefix` puts them.
inline constexpr llvm::StringLiteral PrefixSource =
    "/clang-consolidate-prefix/standard.h";
inline constexpr llvm::StringLiteral PrefixAst =
    "/clang-consolidate-prefix/standard.pch";

} // namespace consolidate

#endif // CONSOLIDATE_LIB_FRONTEND_FRONTENDINTERNAL_H
