//===- IncludeFacts.cpp - What all TUs together tell of includes ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PlanInternal.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {

/// What both passed over. Both are sorted and do not overlap.
static std::vector<SkippedRange> passedOverByBoth(ArrayRef<SkippedRange> A,
                                                  ArrayRef<SkippedRange> B) {
  std::vector<SkippedRange> Result;
  for (const SkippedRange &One : A)
    for (const SkippedRange &Other : B) {
      SkippedRange Both = One;
      Both.Begin = std::max(One.Begin, Other.Begin);
      Both.End = std::min(One.End, Other.End);
      if (Both.Begin < Both.End)
        Result.push_back(std::move(Both));
    }
  return Result;
}

static void mergeFile(FileFacts &Into, const FileFacts &From) {
  if (From.Entered) {
    Into.Skipped = Into.Entered ? passedOverByBoth(Into.Skipped, From.Skipped)
                                : From.Skipped;
    Into.Entered = true;
  }
  for (const IncludeDirective &Directive : From.Includes) {
    auto Known = find_if(Into.Includes, [&](const IncludeDirective &Other) {
      return Other.PathOffset == Directive.PathOffset;
    });
    if (Known == Into.Includes.end())
      Into.Includes.push_back(Directive);
    else if (Known->Resolved.empty() && Known->HealedBy.empty())
      *Known = Directive;
  }
  std::vector<std::string> Union;
  std::set_union(Into.UsedFiles.begin(), Into.UsedFiles.end(),
                 From.UsedFiles.begin(), From.UsedFiles.end(),
                 std::back_inserter(Union));
  Into.UsedFiles = std::move(Union);
}

IncludeFacts
mergeIncludeFacts(ArrayRef<TuFindings> Tus,
                  const StringMap<std::vector<std::string>> &HeaderIncludes) {
  IncludeFacts Facts;
  for (const TuFindings &Tu : Tus) {
    for (const auto &File : Tu.Files)
      mergeFile(Facts.Files[File.getKey()], File.second);
    for (const auto &Edges : Tu.IncludeGraph)
      Facts.Graph[Edges.getKey()].insert(Edges.second.begin(),
                                         Edges.second.end());
  }
  // A header read by a TU is known better from there.
  for (const auto &Edges : HeaderIncludes)
    Facts.Graph.try_emplace(
        Edges.getKey(),
        std::set<std::string>(Edges.second.begin(), Edges.second.end()));
  for (auto &File : Facts.Files)
    llvm::sort(File.second.Includes,
               [](const IncludeDirective &A, const IncludeDirective &B) {
                 return A.PathOffset < B.PathOffset;
               });
  return Facts;
}

} // namespace consolidate
