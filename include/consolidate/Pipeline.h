//===- Pipeline.h - All steps in a row, for every command -------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   loadProject   options            -> Project  (rules, jobs, scope)
//   runScan       Project            -> ScanRun  (plan, rules, findings)
//   runPlan       Project + ScanRun  -> VerifiedPlan
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_PIPELINE_H
#define CONSOLIDATE_PIPELINE_H

#include "consolidate/Scan.h"
#include "consolidate/Verify.h"

#include <map>
#include <optional>

namespace consolidate {

/// What the user said, for every command alike.
struct ProjectOptions {
  std::string WorkingDirectory;              ///< Absolute.
  std::vector<std::string> BuildDirectories; ///< `-p`; empty: discovered.
  std::string Rules;              ///< FILE or `builtin:NAME`; may be "".
  std::string Root;               ///< `--root`; empty: derived.
  std::vector<std::string> Paths; ///< Only uses in these are touched.
  unsigned Threads = 1;
  bool AllowUnsafe = false;
  std::string CacheDirectory; ///< Empty: nothing is kept.
  bool Exhaustive = false;    ///< Parse every TU that reaches a mention.
  VerifyExtent Verify = VerifyExtent::OneMorePerHeader;
  /// Told what goes on without: a cache that cannot be used.
  std::function<void(const std::string &)> OnWarning;
  /// Told when a stage begins: "survey", "rules", "scan", "verify".
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

/// The rules that loadProject would use, without a database: `--rules`, else
/// the file found upward, else the built-in ruleset.
llvm::Expected<RuleSet> chooseRules(const ProjectOptions &Options);

/// Where `undo` looks for a journal: `--root`, else the nearest directory from
/// the working directory upwards in which something was applied, else the root
/// that loadProject would choose. Reads neither rules nor databases: both may
/// be what has to be taken back.
std::string findJournalRoot(const ProjectOptions &Options);

/// Uses outside the paths asked for, which those inside may be tied to.
struct OutsideUses {
  std::map<std::string, std::string> Groups;  ///< Place of one, by group.
  std::map<std::string, std::string> Symbols; ///< The same, by Finding::Symbol.
};

/// Everything the scan found.
struct ScanRun {
  ScanPlan Plan;
  std::shared_ptr<Cache> Results;  ///< May be null.
  std::optional<RuleSource> Rules; ///< Always set by runScan.
  std::vector<TuFindings> Tus;     ///< Parallel to Plan.Tus.
  std::vector<TuJob> Jobs;         ///< Parallel to Plan.Tus.
  /// Main files of the database that could not even be read.
  std::vector<std::string> MissingMainFiles;
  OutsideUses Outside;
  /// What stood in for files on disk, by real path: unsaved in an editor.
  llvm::StringMap<std::string> Texts;
  unsigned Rounds = 0; ///< Of parsing, until every file was seen.
  unsigned Parses = 0; ///< In all rounds; a TU may be parsed twice.
  /// Parses on standard headers that were compiled once; and those of them that
  /// had to be done again without.
  unsigned OnPrefix = 0, Redone = 0;
};

/// Which TUs to parse.
enum class ScanExtent {
  Mentions,   ///< Those that can see a mention: for a migration.
  Everything, ///< All: for `check`, which counts more than legacy names.
};

/// Parses and matches. With `Paths`, findings and facts elsewhere are taken
/// out, and a use whose change would reach out of them is left. Fails with
/// ErrorKind::Rules when a header that the rules lead to is nowhere.
llvm::Expected<ScanRun> runScan(const Project &Project, ScanExtent Extent);
llvm::Expected<VerifiedPlan> runPlan(const Project &Project,
                                     const ScanRun &Scan);

/// TUs of \p Scan that have errors or no AST, by index.
std::vector<size_t> unparsedTus(const ScanRun &Scan);

/// True when some translation unit was not seen, or not seen without errors.
bool isIncomplete(const ScanRun &Scan);

/// Resolves a header by the search paths of all \p Jobs, each directory asked
/// once. Not thread-safe.
HeaderResolver makeHeaderResolver(llvm::ArrayRef<TuJob> Jobs);

} // namespace consolidate

#endif // CONSOLIDATE_PIPELINE_H
