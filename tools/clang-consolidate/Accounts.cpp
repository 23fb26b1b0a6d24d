//===- Accounts.cpp - What became of every mention, for people ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Accounts.h"

#include "llvm/Support/raw_ostream.h"

#include <spdlog/spdlog.h>

using namespace llvm;

namespace consolidate {
namespace {

/// Shown without `--verbose`.
constexpr unsigned MaxPlaces = 20;

void printPlaces(const Project &Project, const Accounting &Account,
                 Bucket Which, StringRef Title, bool All) {
  std::vector<const AccountedMention *> Found;
  for (const AccountedMention &M : Account.Mentions)
    if (M.Where == Which)
      Found.push_back(&M);
  if (Found.empty())
    return;
  errs() << Title << ": " << Found.size() << "\n";
  for (auto [I, M] : enumerate(Found)) {
    if (!All && I == MaxPlaces) {
      errs() << "  ... and " << Found.size() - MaxPlaces
             << " more (--verbose shows all)\n";
      return;
    }
    errs() << "  " << Project.Files->relative(M->Path) << ":" << M->What.Line
           << ": " << M->What.Word << ": " << M->Reason << "\n";
  }
}

void printUnused(const Project &Project, const Accounting &Account, bool All) {
  if (Account.Unused.empty())
    return;
  errs() << "comments that suppress nothing: " << Account.Unused.size() << "\n";
  for (auto [I, S] : enumerate(Account.Unused)) {
    if (!All && I == MaxPlaces) {
      errs() << "  ... and " << Account.Unused.size() - MaxPlaces
             << " more (--verbose shows all)\n";
      return;
    }
    errs() << "  " << Project.Files->relative(S.Path) << ":" << S.Line << ": "
           << withCode(S.Text, MessageId::UnusedSuppression) << "\n";
  }
}

} // namespace

std::string describeMention(const AccountedMention &M) {
  // The reason of an inactive mention says that it is.
  if (M.Where == Bucket::Inactive)
    return M.Reason;
  std::string Name = bucketName(M.Where).str();
  return M.Reason.empty() ? Name : Name + ": " + M.Reason;
}

void printAccounting(const Project &Project, const Accounting &Account,
                     SummaryLevel Level) {
  bool All = Level == SummaryLevel::Everything;
  if (Level != SummaryLevel::Trouble) {
    errs() << "what became of every mention:\n";
    for (const AccountRow &Row : Account.Rows)
      if (Row.Total)
        errs() << "  " << describeRow(Row) << "\n";
  }
  printPlaces(Project, Account, Bucket::Inactive, "in no configuration", All);
  printPlaces(Project, Account, Bucket::Unexplained,
              "unexplained; look at these by hand", All);
  if (Level != SummaryLevel::Trouble)
    printUnused(Project, Account, All);
  for (const std::string &Line : Account.Inconsistencies)
    spdlog::warn("internal inconsistency: {}; please report it", Line);
}

} // namespace consolidate
