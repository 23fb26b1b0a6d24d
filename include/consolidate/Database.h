//===- Database.h - Step 2: build directories -> TU jobs --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_DATABASE_H
#define CONSOLIDATE_DATABASE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace consolidate {

/// One translation unit as one build directory compiles it.
struct TuJob {
  std::string File;      ///< Real absolute path of the main file.
  std::string Directory; ///< Absolute working directory of the command.
  /// argv for Clang: driver name first; output, dependency-file, plugin, PCH,
  /// profile, linker and GCC-only options removed; `-fsyntax-only`, `-w`,
  /// `-ferror-limit=0` and `-resource-dir` added; response files expanded. The
  /// main file is the only input, last, after `--`.
  std::vector<std::string> Arguments;
  std::string BuildDirectory; ///< The `-p` it came from.
};

/// One compile command made fit for the Clang this tool is built with.
struct AdjustedCommand {
  std::vector<std::string> Arguments; ///< As TuJob::Arguments.
  /// Some argument is a relative path, so that the same arguments mean
  /// something else in another working directory.
  bool DependsOnDirectory = false;
};

/// Adjusts \p Command, run in \p Directory to compile \p File (as the database
/// spells it). std::nullopt when the file is not compiled as C, C++,
/// Objective-C or Objective-C++ (assembler, resources, Fortran, CUDA), or is
/// the precompiled header that CMake generates. Commands for cl and clang-cl
/// only lose their compiler launcher.
std::optional<AdjustedCommand>
adjustCommand(llvm::ArrayRef<std::string> Command, llvm::StringRef Directory,
              llvm::StringRef File);

/// The compile commands of every directory in \p BuildDirectories, in the order
/// given; two commands for one file that differ in nothing that matters are one
/// job. An entry of \p BuildDirectories may also be the JSON file itself. Fails
/// with ErrorKind::Usage, saying where it looked and how to make a
/// compile_commands.json, when a directory has none.
llvm::Expected<std::vector<TuJob>>
loadDatabase(llvm::ArrayRef<std::string> BuildDirectories);

/// The build directory to use when no `-p` is given: compile_commands.json in
/// \p Directory, its `build`, `build/*`, `out`, `cmake-build-*`, then the same
/// in each parent. Fails with ErrorKind::Usage listing what was tried.
llvm::Expected<std::string> discoverBuildDirectory(llvm::StringRef Directory);

/// Resource directory of the Clang this tool was built with (stddef.h and
/// friends). Absolute, or empty when it is not installed.
std::string resourceDirectory();

/// The include search path of one command, as absolute directories.
struct SearchPaths {
  std::vector<std::string> Quote;  ///< -iquote
  std::vector<std::string> Angled; ///< -I
  std::vector<std::string> System; ///< -isystem, -idirafter (not the built-in)
  std::vector<std::string> Forced; ///< -include files
};
/// Reads every spelling of these options (joined, separate, `-Xclang`);
/// framework directories are left out.
SearchPaths searchPathsOf(const TuJob &Job);

} // namespace consolidate

#endif // CONSOLIDATE_DATABASE_H
