//===- UnusedSuppressions.cpp - NOLINT comments that suppress nothing -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Told only where the run can know: nothing was left out of it, and the comment
// stands in code that was compiled, or in a file that sees no legacy name.
//
//===----------------------------------------------------------------------===//
#include "AccountInternal.h"

#include "consolidate/Suppressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringRef OwnChecks = "consolidate-";

bool isComplete(const AccountInputs &Inputs) {
  return Inputs.Paths.empty() && Inputs.Plan.UnreadableFiles.empty() &&
         all_of(Inputs.Tus, [](const TuFindings &Tu) {
           return Tu.Parsed && Tu.Errors.empty();
         });
}

/// `NOLINT(consolidate-*)` is ours; a bare `NOLINT` may be another tool's.
bool isOurs(const Suppression &S) {
  return S.What != Suppression::Kind::End && !S.Checks.empty() &&
         all_of(S.Checks,
                [](StringRef Check) { return Check.starts_with(OwnChecks); });
}

/// Offsets of the markers that stand in a comment.
std::set<unsigned> commentedMarkers(StringRef Text) {
  std::set<unsigned> Result;
  for (const Mention &M :
       findMentions(Text, {"NOLINT", "NOLINTNEXTLINE", "NOLINTBEGIN"}))
    if (M.Kind == MentionKind::Comment)
      Result.insert(M.Offset);
  return Result;
}

class Judge {
public:
  Judge(const AccountInputs &Inputs, const Evidence &Known)
      : Inputs(Inputs), Known(Known) {}

  void judge(const SurveyedFile &File,
             std::vector<UnusedSuppression> &Out) const {
    StringRef Text = Known.textOf(File.Path);
    if (!Text.contains("NOLINT") || !Text.contains(OwnChecks))
      return;
    const FileEvidence &Here = Known.of(File.Path);
    if (Here.Tus.empty() && !seesNoLegacyName(File))
      return;
    std::vector<const Finding *> Findings;
    for (size_t I : Here.Findings)
      Findings.push_back(&Inputs.Edits.Findings[I]);
    append_range(Out, unusedSuppressionsIn(
                          File.Path, Text, Findings, [&](unsigned Offset) {
                            return Known.skippedAt(File.Path, Here, Offset);
                          }));
  }

private:
  const AccountInputs &Inputs;
  const Evidence &Known;

  /// True when no code that the file could be compiled with names one. Without
  /// a compiler only the includes tell, and all of them have to be known.
  bool seesNoLegacyName(const SurveyedFile &File) const {
    StringSet<> Seen;
    std::vector<const SurveyedFile *> Open = {&File};
    while (!Open.empty()) {
      const SurveyedFile *Next = Open.back();
      Open.pop_back();
      if (any_of(Next->Mentions, [](const Mention &M) {
            return M.Kind == MentionKind::Code ||
                   M.Kind == MentionKind::IncludePath;
          }))
        return false;
      for (const LexicalInclude &Include : Next->Includes) {
        if (Include.Resolved.empty())
          return false;
        for (const std::string &Path : Include.Resolved)
          // What is not in the plan is a system header.
          if (auto Found = Inputs.Plan.Files.find(Path);
              Found != Inputs.Plan.Files.end() && Seen.insert(Path).second)
            Open.push_back(&Found->second);
      }
    }
    return true;
  }
};

} // namespace

std::vector<UnusedSuppression>
unusedSuppressionsIn(StringRef Path, StringRef Text,
                     ArrayRef<const Finding *> Findings,
                     function_ref<bool(unsigned)> IsSkipped) {
  std::vector<UnusedSuppression> Result;
  std::vector<Suppression> All = findSuppressions(Text);
  std::set<unsigned> Comments = commentedMarkers(Text);
  for (auto [I, S] : enumerate(All)) {
    // Also one of what would be left for another reason is used.
    bool IsUsed = any_of(Findings, [&, Which = I](const Finding *F) {
      return suppresses(All, Which, F->Line, checkName(F->Kind));
    });
    if (isOurs(S) && Comments.count(S.Offset) && !IsUsed &&
        !IsSkipped(S.Offset))
      Result.push_back({Path.str(), S.Offset, S.Line, S.Text});
  }
  return Result;
}

std::vector<UnusedSuppression> unusedSuppressions(const AccountInputs &Inputs,
                                                  const Evidence &Known) {
  std::vector<UnusedSuppression> Result;
  if (!isComplete(Inputs))
    return Result;
  Judge Judges(Inputs, Known);
  for (const auto &File : Inputs.Plan.Files)
    if (File.second.InScope)
      Judges.judge(File.second, Result);
  llvm::sort(Result, [](const auto &A, const auto &B) {
    return std::tie(A.Path, A.Offset) < std::tie(B.Path, B.Offset);
  });
  return Result;
}

} // namespace consolidate
