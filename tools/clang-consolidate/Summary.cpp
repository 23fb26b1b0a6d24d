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
  std::vector<std::pair<const Finding *, Reason>> Left;
  std::map<std::string, unsigned> ByCheck;
};

/// Those that verification dropped are told on their own.
Tally tally(const VerifiedPlan &Verified) {
  const EditPlan &Plan = Verified.Plan;
  Tally Result;
  for (const Cluster &C : Plan.Clusters) {
    if (Verified.Dropped.count(C.Id))
      continue;
    for (size_t I : C.Findings) {
      const Finding &F = Plan.Findings[I];
      if (F.isLeft() || !C.Dropped.empty()) {
        Result.Left.emplace_back(&F, F.isLeft()
                                         ? Reason(F.LeftId, F.Left)
                                         : Reason(C.DroppedId, C.Dropped));
        continue;
      }
      ++Result.Edited;
      ++Result.ByCheck[checkName(F.Kind).str()];
    }
  }
  sort(Result.Left, [](const auto &A, const auto &B) {
    return std::tie(A.first->Path, A.first->Offset) <
           std::tie(B.first->Path, B.first->Offset);
  });
  return Result;
}

void printLeft(const Project &Project, const Tally &Counts, bool All) {
  if (Counts.Left.empty())
    return;
  errs() << "left as they are: " << Counts.Left.size() << "\n";
  unsigned Shown = 0;
  for (const auto &[F, Why] : Counts.Left) {
    if (!All && Shown++ == MaxPlaces) {
      errs() << "  ... and " << Counts.Left.size() - MaxPlaces
             << " more (--verbose shows all)\n";
      break;
    }
    errs() << "  " << Project.Files->relative(F->Path) << ":" << F->Line << ":"
           << F->Column << ": " << F->Form << ": " << withCode(Why.Text, Why.Id)
           << "\n";
  }
}

/// The clusters that verification took out, each with its places.
void printDropped(const Project &Project, const VerifiedPlan &Verified) {
  if (Verified.Dropped.empty())
    return;
  errs() << "dropped by verification: "
         << counted(Verified.Dropped.size(), "cluster") << "\n";
  for (const Cluster &C : Verified.Plan.Clusters) {
    auto Reason = Verified.Dropped.find(C.Id);
    if (Reason == Verified.Dropped.end())
      continue;
    for (size_t I : C.Findings) {
      const Finding &F = Verified.Plan.Findings[I];
      errs() << "  " << Project.Files->relative(F.Path) << ":" << F.Line << ":"
             << F.Column << ": " << F.Form << "\n";
    }
    errs() << "    " << withCode(Reason->second.Text, Reason->second.Id)
           << "\n";
  }
}

void printUnseen(const Project &Project, const ScanRun &Scan) {
  for (size_t I : unparsedTus(Scan)) {
    const TuFindings &Tu = Scan.Tus[I];
    errs() << "not parsed cleanly: " << Project.Files->relative(Tu.MainFile);
    if (!Tu.Errors.empty())
      errs() << ": " << Project.Files->relative(Tu.Errors.front().Path) << ":"
             << Tu.Errors.front().Line << ": " << Tu.Errors.front().Message;
    errs() << withCode("", MessageId::UnparsedUnit) << "\n";
  }
  for (const std::string &File : Scan.Plan.UnreachedFiles)
    errs() << "mentions a legacy name but is in no translation unit: "
           << Project.Files->relative(File) << withCode("", MessageId::NoUnit)
           << "\n";
  for (const auto &[File, Reason] : Scan.Plan.UnreadableFiles)
    errs() << "could not be read: " << Project.Files->relative(File) << ": "
           << Reason << withCode("", MessageId::UnreadableFile) << "\n";
}

} // namespace

std::string counted(size_t Number, StringRef Noun) {
  return (Twine(Number) + " " + Noun + (Number == 1 ? "" : "s")).str();
}

void printSummary(const Project &Project, const ScanRun &Scan,
                  const VerifiedPlan &Verified, SummaryLevel Level) {
  if (Level == SummaryLevel::Trouble) {
    printDropped(Project, Verified);
    printUnseen(Project, Scan);
    return;
  }
  const EditPlan &Plan = Verified.Plan;
  Tally Counts = tally(Verified);
  DiffStat Stat;
  if (Expected<DiffStat> Counted = diffStat(Plan.Files))
    Stat = *Counted;
  else
    consumeError(Counted.takeError());
  errs() << "\n"
         << counted(Stat.Files, "file")
         << (Stat.Files == 1 ? " changes, " : " change, ")
         << counted(Stat.Added, "line") << " added, " << Stat.Removed
         << " removed\n";
  for (const auto &[Check, Count] : Counts.ByCheck)
    errs() << "  " << Check << ": " << Count << "\n";
  printLeft(Project, Counts, Level == SummaryLevel::Everything);
  printDropped(Project, Verified);
  printUnseen(Project, Scan);
  errs() << "parsed " << Scan.Tus.size() << " of "
         << counted(Scan.Plan.TotalTus, "translation unit") << ", "
         << Scan.Plan.SeeMention << " of which see a mention; "
         << Verified.TusParsed << " parsed again to verify, in "
         << counted(Verified.Rounds, "round");
  if (unsigned Kept = Scan.Results ? Scan.Results->Hits.load() : 0)
    errs() << "; " << Kept << " of these were kept from an earlier run";
  errs() << "\n";
  if (Level == SummaryLevel::Everything && Scan.OnPrefix)
    errs() << counted(Scan.OnPrefix, "parse")
           << " on standard headers that were compiled once, " << Scan.Redone
           << " of which had to be done again without\n";
}

int statusOf(const ScanRun &Scan, const VerifiedPlan &Verified, int Otherwise) {
  if (isIncomplete(Scan))
    return ExitUnparsed;
  return Verified.Dropped.empty() ? Otherwise : int(ExitDropped);
}

} // namespace consolidate
