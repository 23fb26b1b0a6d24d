//===- Plan.h - Step 5: findings -> one global edit plan --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_PLAN_H
#define CONSOLIDATE_PLAN_H

#include "consolidate/Findings.h"
#include "consolidate/Rules.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace consolidate {

/// Edits that only make sense together.
struct Cluster {
  std::string Id; ///< Stable: made of rule, path and offset, or the group.
  std::vector<size_t> Findings; ///< Indices into EditPlan::Findings.
  std::vector<Edit> Edits;      ///< Sorted, unique.
  std::string Dropped;          ///< Why it is not applied; empty: it is.
  MessageId DroppedId = MessageId::None; ///< Which reason; None: it is.
  /// Places count in the text that the passes before this one made.
  unsigned Pass = 1;

  void drop(Reason Why) {
    Dropped = std::move(Why.Text);
    DroppedId = Why.Id;
  }
};

/// A file after the plan.
struct FileChange {
  std::string Path; ///< Real absolute path.
  std::string Before;
  std::string After;
  std::vector<Edit> Edits; ///< Against Before; sorted, not overlapping.
};

/// The whole change.
struct EditPlan {
  std::vector<Finding> Findings; ///< Merged over all TUs, sorted by place.
  std::vector<Cluster> Clusters;
  std::vector<FileChange> Files; ///< Sorted by path; only files that change.
};

/// Real path of a header as an #include spells it, or "".
using HeaderResolver = std::function<std::string(llvm::StringRef Spelled)>;

/// What to leave out, by cluster id, with the reason. Grows while verifying.
using DroppedClusters = std::map<std::string, Reason>;

/// A class named in the code of a file that no translation unit reads.
struct UnreadName {
  std::string Name;        ///< Without scopes.
  std::string Path;        ///< Real path.
  unsigned Line = 1;       ///< 1-based.
  bool Elaborated = false; ///< `class X`, which an alias cannot be.
  llvm::StringSet<> Sees;  ///< What the file includes, and that, by real path.
};

/// Merges what all TUs found into one plan: equal findings are one, clusters
/// that overlap are both dropped and both named, includes follow what is left.
/// \p HeaderIncludes tells what headers include that no TU has read.
/// Reads each file that changes once, from \p Texts (by real path) before the
/// disk; fails with ErrorKind::FileSystem.
llvm::Expected<EditPlan>
makePlan(const RuleSet &Rules, llvm::ArrayRef<TuFindings> Tus,
         const HeaderResolver &ResolveHeader, const DroppedClusters &Dropped,
         const llvm::StringMap<std::vector<std::string>> &HeaderIncludes = {},
         const llvm::StringMap<std::string> &Texts = {},
         llvm::ArrayRef<UnreadName> Unread = {});

/// Lays the changed lines out in the project's own clang-format style; files
/// without a .clang-format above them stay as they are. Includes are not
/// sorted. Only white space changes, so it is done last, after verification.
void formatChanges(EditPlan &Plan);

/// Applies non-overlapping sorted edits.
std::string applyEdits(llvm::StringRef Text, llvm::ArrayRef<Edit> Edits);

} // namespace consolidate

#endif // CONSOLIDATE_PLAN_H
