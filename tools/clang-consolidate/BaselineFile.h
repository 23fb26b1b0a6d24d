//===- BaselineFile.h - The baseline of one run of check --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TOOLS_BASELINEFILE_H
#define CONSOLIDATE_TOOLS_BASELINEFILE_H

#include "CommandLine.h"

#include "consolidate/Check.h"

namespace consolidate {

/// The baseline that a run of `check` is held against, and what becomes of it.
class BaselineFile {
public:
  /// Finds and reads it, so that what is wrong is said before anything is
  /// parsed. Fails with ErrorKind::Usage when a named file is not there, with
  /// ErrorKind::FileSystem when it is a link to nothing, with
  /// ErrorKind::Refused when the baseline would grow in CI, and as loadBaseline
  /// does.
  static llvm::Expected<BaselineFile> open(const Invocation &Asked,
                                           const Project &Code);

  /// Compares \p Report to it; without one and without a wish for one, nothing.
  void compare(CheckReport &Report, const Scope &Scope,
               llvm::StringRef Incomplete) const;

  /// Writes what was asked for, and compares \p Report to that; in CI, where
  /// nobody commits it, an entry that was taken out stays a stale one. Fails
  /// with ErrorKind::Unparsed when the run did not see everything; nothing is
  /// written then.
  llvm::Error update(CheckReport &Report, bool Quiet) const;

private:
  void hold(CheckReport &Report, const Baseline &Against,
            llvm::StringRef Incomplete) const;

  std::string Path;
  std::string Option;            ///< As in BaselineComparison.
  std::optional<Baseline> Known; ///< None: there is no file, and none is made.
  bool Exists = false;
  std::optional<BaselineChange> Change; ///< None: it stays as it is.
};

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_BASELINEFILE_H
