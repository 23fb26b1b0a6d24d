//===- Accounts.h - What became of every mention, for people ----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TOOLS_ACCOUNTS_H
#define CONSOLIDATE_TOOLS_ACCOUNTS_H

#include "CommandLine.h"
#include "Summary.h"
#include "Terminal.h"

#include "consolidate/Account.h"

namespace consolidate {

/// Project, scan, verified plan and accounting of one run.
struct Run {
  Project Code;
  ScanRun Scan;
  VerifiedPlan Verified;
  Accounting Account;
  std::shared_ptr<StageClock> Clock;
};
llvm::Expected<Run> runAll(const Invocation &Asked);

/// On stderr: one line for each name, then what no configuration compiles and
/// what cannot be explained, each at its place. What does not add up is a
/// warning, also at SummaryLevel::Trouble.
void printAccounting(const Project &Project, const Accounting &Account,
                     SummaryLevel Level);

/// "edited", "left: REASON"
std::string describeMention(const AccountedMention &M);

} // namespace consolidate

#endif // CONSOLIDATE_TOOLS_ACCOUNTS_H
