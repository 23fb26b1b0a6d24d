//===- PipelineInternal.h - What a run checks before and after -*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_PIPELINE_PIPELINEINTERNAL_H
#define CONSOLIDATE_LIB_PIPELINE_PIPELINEINTERNAL_H

#include "consolidate/Pipeline.h"

namespace consolidate {

/// Where the journal lies below a root; Output writes it.
inline constexpr llvm::StringLiteral StateDirectoryName = ".clang-consolidate";

/// Fails (ErrorKind::Usage) where one of the paths asked for does not exist or
/// lies outside the root: it would be a run that finds nothing.
llvm::Error checkPaths(const Project &Project);

/// Fails (ErrorKind::Rules, at its place) where a header that the rules lead to
/// is in no search path and no file of \p Plan. Legacy headers may be gone.
llvm::Error checkHeaders(const Project &Project, const ScanPlan &Plan);

/// The same for the header of a legacy class that \p Tus still use: without it
/// the class looks as if it were gone, and its rewrites are done with.
llvm::Error checkLegacyHeaders(const Project &Project, const ScanPlan &Plan,
                               llvm::ArrayRef<TuFindings> Tus);

/// Main files of the database that \p Plan could not read.
std::vector<std::string> missingMainFiles(const Project &Project,
                                          const ScanPlan &Plan);

/// The cache that \p Options name; null, with a warning, when it is of no use.
std::shared_ptr<Cache> openCache(const ProjectOptions &Options);

/// Compiled rules; or, where \p Results knows that they compile, rules that
/// will be compiled when something has to be parsed.
llvm::Expected<RuleSource> prepareRules(const Project &Project, Cache *Results);

/// Parses as few TUs as show every file of the survey, and every file that uses
/// a legacy class without naming it. Fills Tus and Jobs of \p Run, and leaves
/// in its plan what was parsed.
void scanCover(const Project &Project, ScanRun &Run, ScanOptions Options);

/// Takes out what lies outside the paths asked for, if any. A use whose change
/// needs one elsewhere (its cluster, or another declaration of the same thing)
/// is left, with that reason. \p Outside keeps what was taken out, for the
/// next pass.
void restrictToPaths(const Project &Project, std::vector<TuFindings> &Tus,
                     OutsideUses &Outside);

/// Plans and verifies until a pass finds nothing more to rewrite.
llvm::Expected<VerifiedPlan> runPasses(const Project &Project,
                                       const ScanRun &Scan);

/// Adds the comments of classes with `comments: true` to the plan. They follow
/// the code that it has verified, so that comes first.
void editComments(const Project &Project, const ScanRun &Scan, EditPlan &Plan);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_PIPELINE_PIPELINEINTERNAL_H
