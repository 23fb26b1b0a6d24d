//===- Conditions.cpp - Which include holds wherever another one does -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// What one configuration includes under `#ifdef`, another one may not. So such
// an include replaces no other one, unless that stands in the same branch.
//
//===----------------------------------------------------------------------===//
#include "PlanInternal.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {

using Branches = std::vector<unsigned>;

bool isIncludedWherever(ArrayRef<unsigned> Include, ArrayRef<unsigned> Place) {
  return Include.size() <= Place.size() &&
         Place.take_front(Include.size()) == Include;
}

Branches commonBranches(ArrayRef<IncludeDirective> Includes) {
  if (Includes.empty())
    return {};
  Branches Common = Includes.front().Branches;
  for (const IncludeDirective &D : Includes)
    while (!isIncludedWherever(Common, D.Branches))
      Common.pop_back();
  return Common;
}

/// Where \p File has to see what it sees now: at the includes that change, or
/// at all of them.
static std::vector<Branches> placesIn(const FileFacts &Facts, StringRef File,
                                      ArrayRef<IncludeDecision> Decisions) {
  std::vector<Branches> Places;
  for (const IncludeDecision &Decision : Decisions)
    if (Decision.File == File)
      Places.push_back(Decision.Directive->Branches);
  if (Places.empty())
    Places.push_back(commonBranches(Facts.Includes));
  return Places;
}

std::vector<std::pair<std::string, std::string>>
conditionalIncludes(const IncludeFacts &Facts,
                    ArrayRef<IncludeDecision> Decisions) {
  std::vector<std::pair<std::string, std::string>> Result;
  for (const auto &Entry : Facts.Files) {
    const FileFacts &File = Entry.second;
    if (File.System || all_of(File.Includes, [](const IncludeDirective &D) {
          return D.Branches.empty();
        }))
      continue;
    std::vector<Branches> Places = placesIn(File, Entry.getKey(), Decisions);
    std::set<std::string> Always, Sometimes;
    for (const IncludeDirective &D : File.Includes)
      (all_of(Places,
              [&](const Branches &Place) {
                return isIncludedWherever(D.Branches, Place);
              })
           ? Always
           : Sometimes)
          .insert(D.Resolved);
    for (const std::string &Target : Sometimes)
      if (!Target.empty() && !Always.count(Target))
        Result.emplace_back(Entry.getKey().str(), Target);
  }
  return Result;
}

} // namespace consolidate
