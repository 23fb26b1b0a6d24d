//===- Session.h - Findings of the TU clang-tidy is on ----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TOOLS_TIDY_PLUGIN_SESSION_H
#define CONSOLIDATE_TOOLS_TIDY_PLUGIN_SESSION_H

#include "consolidate/Editor.h"

#include "clang/AST/ASTContext.h"
#include "clang/Lex/Preprocessor.h"

#include <memory>
#include <string>

namespace consolidate {

/// What the checks' options say; the same for all checks of a run.
struct SessionOptions {
  std::string Rules;     ///< File or `builtin:NAME`; empty: discovered.
  std::string BuildPath; ///< Directory of the compilation database.
  bool AllowUnsafe = false;
};

/// One translation unit, matched once for all checks of the module. Lives as
/// long as any check that asked for it. Not thread-safe: clang-tidy runs the
/// checks of one translation unit on one thread.
class Session {
public:
  /// The session of the translation unit that \p PP preprocesses; made on the
  /// first call, which also starts to record its includes.
  static std::shared_ptr<Session> of(clang::Preprocessor &PP,
                                     llvm::StringRef MainFile,
                                     llvm::StringRef Directory,
                                     const SessionOptions &Options);

  /// What is wrong with the rules, or "".
  const std::string &problem() const { return Problem; }

  /// The findings, matched on the first call.
  const EditPlan &plan(clang::ASTContext &Context);

private:
  std::shared_ptr<const EditorProject> Code;
  std::shared_ptr<IncludeRecorder> Includes;
  std::string Problem;
  bool Matched = false;
  EditPlan Result;
};

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_TIDY_PLUGIN_SESSION_H
