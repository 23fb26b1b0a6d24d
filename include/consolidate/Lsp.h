//===- Lsp.h - The language server ------------------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Shows what Match finds in open files, offers the edits of the plan, and runs
// the whole migration on request. It holds no rule logic.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LSP_H
#define CONSOLIDATE_LSP_H

#include "consolidate/Pipeline.h"

#include <cstdio>

namespace consolidate {

struct ServerOptions {
  /// `-p`, `--rules`, `-j` and `--unsafe` for every file; what is not given is
  /// found from each file upward. The working directory is the client's.
  ProjectOptions Project;
  std::string Version;   ///< Told to the client.
  std::string Messages;  ///< docs/messages.md, for the links; may be "".
  unsigned DelayMs = 50; ///< A keystroke waits this long for the next.
};

/// Speaks the language server protocol until \p In ends or the client says
/// `exit`. True when it asked for the shutdown before.
bool serve(const ServerOptions &Options, std::FILE *In, llvm::raw_ostream &Out);

} // namespace consolidate

#endif // CONSOLIDATE_LSP_H
