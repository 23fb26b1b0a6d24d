//===- AccountRun.h - A tree, and its accounting ----------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_TEST_ACCOUNTRUN_H
#define CONSOLIDATE_TEST_ACCOUNTRUN_H

#include "TempTree.h"

#include "consolidate/Account.h"
#include "consolidate/Pipeline.h"

#include <string>
#include <vector>

namespace consolidate {

/// A small codebase: rules, the canonical and the legacy class, and whatever a
/// test adds.
class AccountRun {
public:
  /// With the rules and headers of `app::OldEngine` -> `app::Engine`.
  AccountRun();
  /// An existing directory with rules and databases of its own.
  explicit AccountRun(std::string Root) : Root(std::move(Root)) {}

  TempTree Tree;
  ProjectOptions Options;

  /// Writes \p Text to \p File; one that ends in .cpp is compiled in \p Build.
  void add(llvm::StringRef File, llvm::StringRef Text,
           llvm::StringRef Build = "build");
  /// Compiles \p File in \p Build, with \p Flags.
  void compile(llvm::StringRef File, llvm::StringRef Build,
               std::vector<std::string> Flags = {});

  /// Surveys, scans, plans, verifies and accounts.
  void run();

  /// Each mention of OldEngine in \p File: "LINE: BUCKET" or "LINE: BUCKET:
  /// REASON".
  std::vector<std::string> in(llvm::StringRef File) const;
  unsigned count(Bucket Which) const;
  const AccountRow &row(llvm::StringRef Name) const;
  /// What the file becomes.
  std::string after(llvm::StringRef File) const;

  Accounting Result;
  std::optional<Project> Code;
  ScanRun Scan;
  VerifiedPlan Verified;

private:
  std::string Root = Tree.path("code");
  struct Command {
    std::string File, Build;
    std::vector<std::string> Flags;
  };
  std::vector<Command> Commands;

  void writeDatabases();
};

} // namespace consolidate

#endif // CONSOLIDATE_TEST_ACCOUNTRUN_H
