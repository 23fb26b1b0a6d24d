//===- Arguments.h - A command line as Clang's driver reads it --*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_DATABASE_ARGUMENTS_H
#define CONSOLIDATE_LIB_DATABASE_ARGUMENTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Option/ArgList.h"

#include <string>
#include <vector>

namespace consolidate {

/// A command line parsed with the driver's own option table, so that joined,
/// separate and aliased spellings all arrive as one option.
struct ParsedCommand {
  /// \p Command: argv with the driver first. Must outlive this object.
  explicit ParsedCommand(llvm::ArrayRef<std::string> Command);

  bool IsClangCl = false;
  std::vector<const char *> Argv; ///< Without the driver.
  llvm::opt::InputArgList Args;   ///< Indices are into Argv.
};

/// \p Path made absolute against \p Directory, `.` and `..` kept: removing
/// `..` would step over symbolic links.
std::string absoluteIn(llvm::StringRef Directory, llvm::StringRef Path);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_DATABASE_ARGUMENTS_H
