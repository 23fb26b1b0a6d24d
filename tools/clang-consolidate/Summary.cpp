//===- Summary.cpp - The honest count at the end of a run -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Summary.h"

#include "CommandLine.h"

#include "consolidate/Output.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace llvm;

namespace consolidate {
namespace {

/// Shown without `--verbose`.
constexpr unsigned MaxPlaces = 20;

struct Tally {
  unsigned Edited = 0;
  std::vector<std::pair<const Finding *, std::string>> Left;
  std::map<std::string, unsigned> ByCheck;
};

Tally tally(const EditPlan &Plan) {
  Tally Result;
  for (const Cluster &C : Plan.Clusters)
    for (size_t I : C.Findings) {
      const Finding &F = Plan.Findings[I];
      if (F.isLeft() || !C.Dropped.empty()) {
        Result.Left.emplace_back(&F, F.isLeft() ? F.Left : C.Dropped);
        continue;
      }
      ++Result.Edited;
      ++Result.ByCheck[checkName(F.Kind).str()];
    }
  sort(Result.Left, [](const auto &A, const auto &B) {
    return std::tie(A.first->Path, A.first->Offset) <
           std::tie(B.first->Path, B.first->Offset);
  });
  return Result;
}

void printLeft(const Project &Project, const Tally &Counts, bool Verbose) {
  if (Counts.Left.empty())
    return;
  errs() << "left as they are: " << Counts.Left.size() << "\n";
  unsigned Shown = 0;
  for (const auto &[F, Reason] : Counts.Left) {
    if (!Verbose && Shown++ == MaxPlaces) {
      errs() << "  ... and " << Counts.Left.size() - MaxPlaces
             << " more (--verbose shows all)\n";
      break;
    }
    errs() << "  " << Project.Files->relative(F->Path) << ":" << F->Line << ":"
           << F->Column << ": " << F->Form << ": " << Reason << "\n";
  }
}

void printUnseen(const Project &Project, const ScanRun &Scan) {
  for (size_t I : unparsedTus(Scan)) {
    const TuFindings &Tu = Scan.Tus[I];
    errs() << "not parsed cleanly: " << Project.Files->relative(Tu.MainFile);
    if (!Tu.Errors.empty())
      errs() << ": " << Project.Files->relative(Tu.Errors.front().Path) << ":"
             << Tu.Errors.front().Line << ": " << Tu.Errors.front().Message;
    errs() << "\n";
  }
  for (const std::string &File : Scan.Plan.UnreachedFiles)
    errs() << "mentions a legacy name but is in no translation unit: "
           << Project.Files->relative(File) << "\n";
  for (const auto &[File, Reason] : Scan.Plan.UnreadableFiles)
    errs() << "could not be read: " << Project.Files->relative(File) << ": "
           << Reason << "\n";
}

} // namespace

void printSummary(const Project &Project, const ScanRun &Scan,
                  const VerifiedPlan &Verified, bool Verbose) {
  const EditPlan &Plan = Verified.Plan;
  Tally Counts = tally(Plan);
  DiffStat Stat;
  if (Expected<DiffStat> Counted = diffStat(Plan.Files))
    Stat = *Counted;
  else
    consumeError(Counted.takeError());
  errs() << "\n" << Stat.Files << " files change, " << Stat.Added
         << " lines added, " << Stat.Removed << " removed\n";
  for (const auto &[Check, Count] : Counts.ByCheck)
    errs() << "  " << Check << ": " << Count << "\n";
  printLeft(Project, Counts, Verbose);
  printUnseen(Project, Scan);
  errs() << "parsed " << Scan.Tus.size() << " of " << Scan.Plan.TotalTus
         << " translation units; " << Verified.TusParsed
         << " parses to verify in " << Verified.Rounds << " rounds";
  if (!Verified.Dropped.empty())
    errs() << "; " << Verified.Dropped.size()
           << " clusters dropped because they would not compile";
  errs() << "\n";
}

int statusOf(const ScanRun &Scan, const VerifiedPlan &Verified,
             int Otherwise) {
  if (!unparsedTus(Scan).empty())
    return ExitUnparsed;
  return Verified.Dropped.empty() ? Otherwise : int(ExitDropped);
}

} // namespace consolidate
