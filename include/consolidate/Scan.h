//===- Scan.h - Step 4: ScanPlan -> findings, one TU at a time --*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_SCAN_H
#define CONSOLIDATE_SCAN_H

#include "consolidate/Match.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/StringSet.h"

#include <functional>

namespace clang {
class ASTConsumer;
}

namespace consolidate {

/// Called after each TU with the number done and the number in all. Calls are
/// serialised.
using ProgressFn = std::function<void(unsigned Done, unsigned Total)>;

/// What one parse is asked for, and what it may leave out.
struct TuOptions {
  MatchOptions Match;
  /// Functions that cannot matter are passed over: those in other files, unless
  /// they are templates. By real path; null: every body is parsed.
  const llvm::StringSet<> *KeepBodiesIn = nullptr;
  Cache *Results = nullptr; ///< Asked first, and told; may be null.
};

struct ScanOptions {
  unsigned Threads = 1;
  TuOptions Tu;
  ProgressFn Progress; ///< May be empty.
};

/// Parses one TU with broken includes healed and matches the rules; or takes
/// what an earlier run found, where nothing that it read has changed. A TU with
/// errors is always parsed. A crash of the compiler is an error of that TU, not
/// of the process. Thread-safe.
/// \p Changed stands in for files on disk, by real path.
TuFindings scanTu(const TuJob &Job, const RuleSource &Rules, const Scope &Scope,
                  const TuOptions &Options,
                  const llvm::StringMap<std::string> &Changed = {});

/// What scanTu parses with: runs Match when the AST is complete, and says which
/// function bodies matter. Everything but the result of \p Includes is kept by
/// reference until then.
std::unique_ptr<clang::ASTConsumer>
makeMatchConsumer(const CompiledRules &Rules, const Scope &Scope,
                  const TuOptions &Options,
                  std::shared_ptr<IncludeRecorder> Includes, TuFindings &Out);

/// Scans every TU of \p Tus; the result is parallel to it.
std::vector<TuFindings> scan(llvm::ArrayRef<PlannedTu> Tus,
                             const RuleSource &Rules, const Scope &Scope,
                             const ScanOptions &Options);

/// Calls \p Work for 0..Count-1 on \p Threads threads; a crash inside one call
/// ends that call only, and `Crashed` is called with its index instead.
void forEachIsolated(unsigned Count, unsigned Threads,
                     llvm::function_ref<void(unsigned)> Work,
                     llvm::function_ref<void(unsigned)> Crashed,
                     const ProgressFn &Progress);

} // namespace consolidate

#endif // CONSOLIDATE_SCAN_H
