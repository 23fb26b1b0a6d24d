//===- Pipeline.h - All steps in a row, for every command -------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   loadProject   options            -> Project  (rules, jobs, scope)
//   runScan       Project            -> ScanRun  (plan, compiled rules, findings)
//   runPlan       Project + ScanRun  -> VerifiedPlan
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_PIPELINE_H
#define CONSOLIDATE_PIPELINE_H

#include "consolidate/Scan.h"
#include "consolidate/Verify.h"

#include <optional>

namespace consolidate {

/// What the user said, for every command alike.
struct ProjectOptions {
  std::string WorkingDirectory;          ///< Absolute.
  std::vector<std::string> BuildDirectories; ///< `-p`; empty: discovered.
  std::string Rules;                     ///< FILE or `builtin:NAME`; may be "".
  std::string Root;                      ///< `--root`; empty: derived.
  std::vector<std::string> Paths;        ///< Only mentions in these count.
  unsigned Threads = 1;
  bool AllowUnsafe = false;
  /// Told when a stage begins: "scan", "verify".
  std::function<void(llvm::StringRef Stage)> OnStage;
  ProgressFn Progress;
};

/// The inputs, read and checked.
struct Project {
  ProjectOptions Options;
  RuleSet Rules;
  std::vector<TuJob> Jobs;
  std::optional<Scope> Files; ///< Always set by loadProject.
  HeaderResolver ResolveHeader;
};

/// Reads rules and databases. The root is `--root`, else the directory of the
/// rules file found upward, else the top of the git work tree, else the working
/// directory.
llvm::Expected<Project> loadProject(const ProjectOptions &Options);

/// The root alone, as loadProject finds it; needs no build directory.
llvm::Expected<std::string> findRoot(const ProjectOptions &Options);

/// Everything the scan found.
struct ScanRun {
  ScanPlan Plan;
  CompiledRules Rules;
  std::vector<TuFindings> Tus; ///< Parallel to Plan.Tus.
  std::vector<TuJob> Jobs;     ///< Parallel to Plan.Tus.
};

/// Which TUs to parse.
enum class ScanExtent {
  Mentions, ///< Those that can see a mention: for a migration.
  Everything, ///< All: for `check`, which counts more than legacy names.
};

llvm::Expected<ScanRun> runScan(const Project &Project, ScanExtent Extent);
llvm::Expected<VerifiedPlan> runPlan(const Project &Project,
                                     const ScanRun &Scan);

/// TUs of \p Scan that have errors or no AST, by index.
std::vector<size_t> unparsedTus(const ScanRun &Scan);

/// Resolves a header by the search paths of all \p Jobs, each directory asked
/// once. Not thread-safe.
HeaderResolver makeHeaderResolver(llvm::ArrayRef<TuJob> Jobs);

} // namespace consolidate

#endif // CONSOLIDATE_PIPELINE_H
