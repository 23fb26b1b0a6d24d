//===- main.cpp - clang-consolidate ---------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"
#include "Terminal.h"

int main(int Argc, char **Argv) {
  consolidate::Invocation Asked;
  if (std::optional<int> Status =
          consolidate::parseCommandLine(Argc, Argv, Asked))
    return *Status;
  consolidate::setUpLog(Asked);
  return consolidate::runCommand(Asked);
}
