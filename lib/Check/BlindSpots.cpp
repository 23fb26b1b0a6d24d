//===- BlindSpots.cpp - What a count could not see ------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A count of 0 says nothing about code that was not read. What follows is told
// with every count, so that nobody takes silence for proof.
//
//===----------------------------------------------------------------------===//
#include "BlindSpots.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <set>
#include <tuple>

using namespace llvm;

namespace consolidate {
namespace {

std::string describeError(const TuFindings &Tu, const Scope &Scope) {
  if (Tu.Errors.empty())
    return "no syntax tree was built";
  const CompileError &First = Tu.Errors.front();
  if (First.Path.empty())
    return First.Message;
  return Scope.relative(First.Path) + ":" + std::to_string(First.Line) + ": " +
         First.Message;
}

/// A healed include gives no error, so every error left hides something.
std::vector<std::string> unparsedTus(ArrayRef<TuFindings> Tus,
                                     const Scope &Scope) {
  // One file compiled twice with the same error is told once.
  std::set<std::string> Found;
  for (const TuFindings &Tu : Tus)
    if (!Tu.Parsed || !Tu.Errors.empty())
      Found.insert(Scope.relative(Tu.MainFile) + " (" +
                   describeError(Tu, Scope) + ")");
  return {Found.begin(), Found.end()};
}

/// Path and offset of the spelled path of every directive that was met.
using SeenIncludes = std::set<std::pair<std::string, unsigned>>;

SeenIncludes seenIncludes(ArrayRef<TuFindings> Tus) {
  SeenIncludes Seen;
  for (const TuFindings &Tu : Tus)
    for (const auto &File : Tu.Files)
      for (const IncludeDirective &Directive : File.second.Includes)
        // The survey counts from behind the delimiter.
        Seen.insert({File.getKey().str(), Directive.PathOffset + 1});
  return Seen;
}

std::vector<CheckItem> unseenIncludes(const RuleSet &Rules,
                                      ArrayRef<TuFindings> Tus,
                                      const ScanPlan &Plan,
                                      const Scope &Scope) {
  // Any other path may be one that only the compiler's own search finds.
  StringSet<> Known;
  for (const IncludeRule &Rule : Rules.Includes)
    Known.insert(StringRef(Rule.From).trim("<>"));
  SeenIncludes Seen = seenIncludes(Tus);
  std::vector<CheckItem> Found;
  for (const auto &Entry : Plan.Files) {
    const SurveyedFile &File = Entry.second;
    if (!File.InScope)
      continue;
    for (const LexicalInclude &Include : File.Includes)
      if (Include.Resolved.empty() && Known.contains(Include.Spelled) &&
          !Seen.count({File.Path, Include.Offset}))
        Found.push_back(
            {Include.Spelled, Scope.relative(File.Path), Include.Line});
  }
  llvm::sort(Found, [](const CheckItem &A, const CheckItem &B) {
    return std::tie(A.Path, A.Line, A.Name) < std::tie(B.Path, B.Line, B.Name);
  });
  return Found;
}

} // namespace

CheckBlindSpots findBlindSpots(const RuleSet &Rules, ArrayRef<TuFindings> Tus,
                               const ScanPlan &Plan, const Scope &Scope) {
  CheckBlindSpots Blind;
  Blind.UnparsedTus = unparsedTus(Tus, Scope);
  for (const std::string &Path : Plan.UnreachedFiles)
    Blind.UnreachedFiles.push_back(Scope.relative(Path));
  for (const auto &[Path, Reason] : Plan.UnreadableFiles)
    Blind.UnreadableFiles.push_back(Scope.relative(Path) + " (" + Reason + ")");
  for (auto *List : {&Blind.UnreachedFiles, &Blind.UnreadableFiles}) {
    llvm::sort(*List);
    List->erase(llvm::unique(*List), List->end());
  }
  Blind.UnseenIncludes = unseenIncludes(Rules, Tus, Plan, Scope);
  if (Plan.TotalTus > Plan.Tus.size())
    Blind.SkippedTus = Plan.TotalTus - unsigned(Plan.Tus.size());
  return Blind;
}

} // namespace consolidate
