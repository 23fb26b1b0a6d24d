//===- Terminal.h - Log, progress and colour --------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TOOLS_TERMINAL_H
#define CONSOLIDATE_TOOLS_TERMINAL_H

#include "CommandLine.h"

namespace consolidate {

/// Everything but results goes to stderr; this sets the log's level and shape.
void setUpLog(const Invocation &Asked);

/// True when results on stdout may be coloured: a terminal, and no NO_COLOR.
bool colourOnStdout();

/// Adds progress with the time left to \p Options, when stderr is a terminal.
void showProgress(ProjectOptions &Options);

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_TERMINAL_H
