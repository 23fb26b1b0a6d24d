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

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace clang {
class ASTConsumer;
}

namespace consolidate {

class Prefix;
class SharedPrefixes;

/// Called after each TU with the number done and the number in all. Calls are
/// serialised.
using ProgressFn = std::function<void(unsigned Done, unsigned Total)>;

/// How many parses stood on a prefix, and what came of it; the others crashed.
struct PrefixUse {
  std::atomic<unsigned> Parses = 0, Good = 0, Failed = 0;
};

/// What one parse is asked for, and what it may leave out.
struct TuOptions {
  MatchOptions Match;
  /// Functions that cannot matter are passed over: those in other files, unless
  /// they are templates. By real path; null: every body is parsed.
  const llvm::StringSet<> *KeepBodiesIn = nullptr;
  Cache *Results = nullptr; ///< Asked first, and told; may be null.
  /// What the TU can stand on; may be null. What is found is the same.
  const Prefix *Shared = nullptr;
  PrefixUse *Use = nullptr; ///< Counts; may be null.
};

struct ScanOptions {
  unsigned Threads = 1;
  TuOptions Tu;
  SharedPrefixes *Prefixes = nullptr; ///< Null: every header is read.
  ProgressFn Progress;                ///< May be empty.
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

/// Half of what a translation unit costs are the standard headers, and most
/// that are built with the same flags include the same ones. Compiles the
/// standard headers that many TUs include, once for each set of flags. Kept
/// from one round of a scan to the next. Not thread-safe but for `of`.
class SharedPrefixes {
public:
  /// \p Plan must outlive it.
  explicit SharedPrefixes(const ScanPlan &Plan);
  ~SharedPrefixes();

  /// Of \p ToParse, indices into \p Tus, those to parse without a prefix: all
  /// where too few would share it, else one, which tells what they really read.
  std::vector<unsigned> first(llvm::ArrayRef<PlannedTu> Tus,
                              llvm::ArrayRef<unsigned> ToParse);

  /// Compiles what the others share. \p Results, parallel to \p Tus, holds what
  /// the first ones showed.
  void compile(llvm::ArrayRef<PlannedTu> Tus,
               llvm::ArrayRef<TuFindings> Results, unsigned Threads);

  /// What \p Tu can stand on, and where to count it; null when nothing, or
  /// when most that tried could not.
  std::pair<const Prefix *, PrefixUse *> of(const PlannedTu &Tu) const;

  /// Of all scans so far: parses on a prefix, and how many of them had to be
  /// done again without.
  std::pair<unsigned, unsigned> parsesAndRedone() const;

private:
  struct Group {
    std::vector<unsigned> Members; ///< That wait for it; into the TUs given.
    std::vector<std::string> Headers;
    std::unique_ptr<Prefix> Compiled;
    mutable PrefixUse Use;
  };

  void readHeaders(llvm::ArrayRef<PlannedTu> Tus);

  const ScanPlan &Plan;
  std::map<std::string, Group> Groups; ///< By flags.
  /// By job: the standard headers it includes, as the text says.
  std::map<unsigned, std::set<std::string>> HeadersOf;
};

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
