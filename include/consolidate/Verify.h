//===- Verify.h - Step 6: does the change still compile? --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_VERIFY_H
#define CONSOLIDATE_VERIFY_H

#include "consolidate/Plan.h"
#include "consolidate/Scan.h"

namespace consolidate {

/// Which TUs that read a changed file are parsed again.
enum class VerifyExtent {
  Scanned,          ///< Those that were scanned.
  OneMorePerHeader, ///< And for each changed header one that was not.
  All,              ///< Every one.
};

/// What verification needs besides the plan.
struct VerifyInputs {
  const RuleSource &Rules;
  const Scope &Files;
  const MatchOptions &Match;
  llvm::ArrayRef<TuJob> Jobs;     ///< Parallel to Tus.
  llvm::ArrayRef<TuFindings> Tus; ///< As scanned: the errors there before.
  const HeaderResolver &ResolveHeader;
  /// What earlier passes made of files, by real path.
  const llvm::StringMap<std::string> &Texts;
  llvm::ArrayRef<TuJob> AllJobs; ///< Of the database.
  const ScanPlan &Survey; ///< Which of them read a file, and were scanned.
  VerifyExtent Extent = VerifyExtent::OneMorePerHeader;
  unsigned Threads = 1;
  ProgressFn Progress;      ///< May be empty.
  Cache *Results = nullptr; ///< May be null.
};

/// A plan that compiles, and how it came to be.
struct VerifiedPlan {
  EditPlan Plan;
  DroppedClusters Dropped; ///< By verification, with the error as reason.
  unsigned Rounds = 0;     ///< How often the affected TUs were parsed.
  unsigned TusParsed = 0;  ///< In all rounds.
  unsigned Passes = 1;     ///< Until nothing was left to rewrite.
  /// What is found in the changed code, by index of the TU: the verification
  /// matches the rules as well, so the next pass needs no parse of its own.
  std::map<size_t, TuFindings> Rescanned;
};

/// Parses every scanned TU that reads a changed file again, and as many others
/// as
/// \p Inputs asks for, over the changed bytes in memory. A cluster that brings
/// an error which was not there before is dropped whole, and the plan is made
/// again from what is left, until no new error is left. Fails only as
/// `makePlan` does.
llvm::Expected<VerifiedPlan> planAndVerify(const VerifyInputs &Inputs);

} // namespace consolidate

#endif // CONSOLIDATE_VERIFY_H
