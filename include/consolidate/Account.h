//===- Account.h - What became of every mention -----------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// ScanPlan + TuFindings + EditPlan -> Accounting. Nothing is silently missed:
// every textual mention of a legacy name falls into exactly one bucket.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_ACCOUNT_H
#define CONSOLIDATE_ACCOUNT_H

#include "consolidate/Plan.h"
#include "consolidate/Survey.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <array>
#include <string>
#include <vector>

namespace consolidate {

/// Where a mention went. docs/accounting.md says when each is chosen.
enum class Bucket {
  Edited,
  OwnText,     ///< The legacy entity's own definition: goes away or stays.
  String,      ///< A literal, or the text of #error.
  Comment,     ///< A comment.
  Suppressed,  ///< NOLINT.
  Inactive,    ///< No configuration compiles it.
  NoTu,        ///< A C++ file that no translation unit reads.
  NotCxx,      ///< A file that is not C++: .y, .ui, documentation, scripts.
  Macro,       ///< A macro body that cannot be edited, or is never expanded.
  Dependent,   ///< Known in an instantiation only.
  Unparsed,    ///< Every translation unit that could tell has errors.
  OutOfScope,  ///< Outside the scope, or the paths asked for.
  OtherEntity, ///< Another entity of the same name.
  Unchanged,   ///< Means the canonical class already, or is spelled the same.
  Left,        ///< Another reason.
  Unexplained, ///< Parsed, and yet nothing is known about it.
};
inline constexpr size_t NumBuckets = size_t(Bucket::Unexplained) + 1;

/// "edited", "string", "in no translation unit": as the summary prints it.
llvm::StringRef bucketName(Bucket Which);
/// The same as a key of the JSON output: "edited", "noTu".
llvm::StringRef bucketKey(Bucket Which);

/// One mention and what became of it.
struct AccountedMention {
  std::string Path; ///< Real absolute path.
  Mention What;
  Bucket Where = Bucket::Unexplained;
  std::string Reason; ///< Empty where the bucket says everything.
};

/// The totals of one legacy name.
struct AccountRow {
  enum class Kind { Class, Function, Include } What = Kind::Class;
  /// Qualified, as the rules write it; several, joined by " / ", when they
  /// share their last component: text alone does not tell them apart.
  std::string Name;
  std::string Word;   ///< As the survey looks for it.
  unsigned Total = 0; ///< Textual mentions, counted before any is judged.
  std::array<unsigned, NumBuckets> Counts = {};
};

/// A NOLINT comment for a check of ours, and nothing that it suppresses.
struct UnusedSuppression {
  std::string Path;    ///< Real absolute path.
  unsigned Offset = 0; ///< Byte offset of `NOLINT`.
  unsigned Line = 1;   ///< 1-based.
  std::string Text;    ///< "NOLINT(consolidate-legacy-type)"
};

struct Accounting {
  std::vector<AccountRow> Rows; ///< Classes, functions, includes; by name.
  std::vector<AccountedMention> Mentions; ///< By path and offset.
  /// What does not add up, one line each; a fault of this program.
  std::vector<std::string> Inconsistencies;
  /// By path and offset; empty for a run that did not see everything.
  std::vector<UnusedSuppression> Unused;
};

struct AccountInputs {
  const RuleSet &Rules;
  const Scope &Within;
  const ScanPlan &Plan;
  llvm::ArrayRef<TuFindings> Tus;    ///< Parallel to Plan.Tus, with names.
  const EditPlan &Edits;             ///< After verification.
  llvm::ArrayRef<std::string> Paths; ///< As given to survey().
  unsigned Threads = 1;              ///< To read files that are not C++.
};

/// Judges every mention in the files of the survey, and in the files that are
/// not C++: those git tracks below the root, or where there is no git those
/// with a known extension. Reads files as they are on disk, so it must run
/// before the plan is written.
Accounting account(const AccountInputs &Inputs);

/// The comments in \p Text for checks of ours that suppress none of
/// \p Findings, which are all that there are in that file. Not told of a byte
/// for which \p IsSkipped holds: it was not compiled.
std::vector<UnusedSuppression>
unusedSuppressionsIn(llvm::StringRef Path, llvm::StringRef Text,
                     llvm::ArrayRef<const Finding *> Findings,
                     llvm::function_ref<bool(unsigned Offset)> IsSkipped);

/// True when \p Asked is the qualified name, the unqualified one, or the path
/// of \p Row.
bool isNamed(const AccountRow &Row, llvm::StringRef Asked);

/// "netra::ExecutionEngine: 412 mentions = 300 edited + 112 string"
std::string describeRow(const AccountRow &Row);

/// Object with the totals and each mention that is not edited (docs/json.md);
/// paths relative to \p Root.
llvm::json::Value accountingJson(const Accounting &Result, const Scope &Within);

} // namespace consolidate

#endif // CONSOLIDATE_ACCOUNT_H
