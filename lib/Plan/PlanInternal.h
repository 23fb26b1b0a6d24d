//===- PlanInternal.h - The flow inside Plan --------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   TuFindings of all TUs
//     -> mergeFindings  (equal ones are one; disagreement is left)
//     -> makeClusters   (groups; left, dropped and conflicting ones out)
//     -> planIncludes   (include findings from what is left)
//     -> FileChange     (bytes)
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_PLAN_PLANINTERNAL_H
#define CONSOLIDATE_LIB_PLAN_PLANINTERNAL_H

#include "consolidate/Plan.h"

#include <set>

namespace consolidate {

/// One finding for each place and kind, over all TUs, sorted by place.
std::vector<Finding> mergeFindings(llvm::ArrayRef<TuFindings> Tus);

/// Groups findings into clusters. A cluster with a use that is left, one named
/// in \p Dropped, and those that overlap another come back with a reason.
std::vector<Cluster> makeClusters(llvm::ArrayRef<Finding> Findings,
                                  const DroppedClusters &Dropped);

/// Drops both of two clusters whose edits overlap, naming the other one.
void dropConflicts(std::vector<Cluster> &Clusters,
                   llvm::ArrayRef<Finding> Findings);

/// Puts the objects of a class into one cluster, where a use tells objects
/// apart by it: it can name only one. What is left and becomes the canonical
/// class as an alias holds back nothing.
void tieToldApart(std::vector<Finding> &Findings, const RuleSet &Rules);

/// Keeps `using a::Old;` beside the new one for a use that is left and comes in
/// through it. True when a finding was changed, and the clusters are outdated.
bool keepIntroducers(std::vector<Finding> &Findings,
                     llvm::ArrayRef<Cluster> Clusters);

/// Drops the deletion of a class of which a use is left, and its alias where an
/// object is still constructed or used as the class wants it: hardly a file
/// would compile, and each would have to find out on its own. Likewise where a
/// file that nothing compiles here sees and names a class that would go.
void keepNeededDefinitions(std::vector<Cluster> &Clusters,
                           llvm::ArrayRef<Finding> Findings,
                           const RuleSet &Rules,
                           llvm::ArrayRef<UnreadName> Unread);

/// What all TUs together tell of files and includes.
struct IncludeFacts {
  llvm::StringMap<FileFacts> Files;
  llvm::StringMap<std::set<std::string>> Graph;
};
IncludeFacts mergeIncludeFacts(
    llvm::ArrayRef<TuFindings> Tus,
    const llvm::StringMap<std::vector<std::string>> &HeaderIncludes);

/// The include directives to rewrite, remove and add, as findings.
/// \p Text gives the bytes of a file.
std::vector<Finding>
planIncludes(const RuleSet &Rules, const IncludeFacts &Facts,
             llvm::ArrayRef<Finding> Findings, llvm::ArrayRef<Cluster> Clusters,
             const HeaderResolver &ResolveHeader,
             const DroppedClusters &Dropped,
             llvm::function_ref<llvm::StringRef(llvm::StringRef)> Text);

// --- IncludeEdits.cpp --------------------------------------------------------

/// What is to become of one directive.
struct IncludeDecision {
  std::string File;
  const IncludeDirective *Directive = nullptr;
  std::vector<std::string> Targets; ///< Headers as the rules spell them.
  std::string Rule;                 ///< Legacy class, or `from` of the rule.
  bool FromRule = false;            ///< An `includes` entry asks for it.
  Reason KeptBecause;               ///< Not empty: the directive stays.
};

/// The id of the cluster that a decision becomes.
std::string includeClusterId(const IncludeDecision &Decision);

/// Findings for one file: its decisions, in order, and the headers to add.
std::vector<Finding>
includeFindings(llvm::ArrayRef<const IncludeDecision *> Decisions,
                const FileFacts &Facts, llvm::StringRef File,
                llvm::ArrayRef<std::string> Added, llvm::StringRef Text,
                const HeaderResolver &ResolveHeader);

// --- Conditions.cpp ----------------------------------------------------------

/// True when each of the branches around \p Include is one around \p Place.
bool isIncludedWherever(llvm::ArrayRef<unsigned> Include,
                        llvm::ArrayRef<unsigned> Place);

/// The branches around all of \p Includes: an include guard, for one.
std::vector<unsigned> commonBranches(llvm::ArrayRef<IncludeDirective> Includes);

/// Edges of the include graph, from a file to one that it includes, that need
/// not be there in every configuration in which \p Decisions matter.
std::vector<std::pair<std::string, std::string>>
conditionalIncludes(const IncludeFacts &Facts,
                    llvm::ArrayRef<IncludeDecision> Decisions);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_PLAN_PLANINTERNAL_H
