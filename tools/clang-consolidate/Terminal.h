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

/// When each stage of a run began, by the CPU time used until then.
class StageClock {
public:
  void begin(llvm::StringRef Stage);
  /// "CPU seconds: survey 0.40, scan 12.30, ..." on stderr.
  void print();

private:
  std::vector<std::pair<std::string, double>> Stages; ///< Name, begin.
};

/// Adds a clock to \p Options, in front of what is told of stages so far.
std::shared_ptr<StageClock> watchStages(ProjectOptions &Options);

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_TERMINAL_H
