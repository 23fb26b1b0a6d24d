//===- BaselineFile.cpp - The baseline of one run of check ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "BaselineFile.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace llvm;

namespace consolidate {

/// As build services set it.
static bool isInCI() {
  const char *Value = std::getenv("CI");
  StringRef Text = Value ? Value : "";
  return !Text.empty() && Text != "0" && !Text.equals_insensitive("false");
}

static Error refuseGrowth(StringRef Path, bool Exists) {
  return makeError(
      ErrorKind::Refused,
      "the baseline " + Path + (Exists ? " must not grow" : " is not made") +
          " in CI, where the environment variable CI is set\n  hint: run "
          "`clang-consolidate check " +
          (Exists ? "--grow-baseline" : "--update-baseline") +
          "` on your machine, and commit the file");
}

Expected<BaselineFile> BaselineFile::open(const Invocation &Asked,
                                          const Project &Code) {
  BaselineFile Result;
  const Scope &Files = *Code.Files;
  bool IsNamed = !Asked.Baseline.empty();
  std::string Path = realPath(
      IsNamed ? Asked.Baseline : baselinePath(Code.Rules.Origin, Files.root()));
  Result.Path = Path;
  Result.Exists = sys::fs::exists(Path);
  if (Asked.GrowBaseline || (Asked.UpdateBaseline && !Result.Exists))
    Result.Change = BaselineChange::Grow;
  else if (Asked.UpdateBaseline)
    Result.Change = BaselineChange::Shrink;
  if (Result.Change == BaselineChange::Grow && isInCI())
    return refuseGrowth(Files.relative(Path), Result.Exists);
  if (Result.Exists) {
    Expected<Baseline> Known = loadBaseline(Path);
    if (!Known)
      return Known.takeError();
    Result.Known = std::move(*Known);
  } else if (Result.Change) {
    Result.Known.emplace();
  } else if (IsNamed) {
    return makeError(ErrorKind::Usage, "there is no baseline '" +
                                           Asked.Baseline +
                                           "'; --update-baseline makes it");
  }
  if (Result.Known)
    Result.Known->Path = Files.relative(Path);
  return Result;
}

void BaselineFile::compare(CheckReport &Report, const Scope &Scope,
                           StringRef Incomplete) const {
  if (!Known)
    return;
  readViolations(Report, Scope);
  compareToBaseline(Report, *Known, Incomplete);
}

Error BaselineFile::update(CheckReport &Report, bool Quiet) const {
  if (!Change)
    return Error::success();
  if (!Report.Against->Incomplete.empty())
    return makeError(ErrorKind::Unparsed,
                     "the baseline " + Known->Path +
                         " was not written: " + Report.Against->Incomplete);
  size_t Kept = Known->Entries.size() - Report.Against->Unmatched.size();
  Baseline New{Known->Path, toleratedViolations(Report, *Change)};
  std::vector<Violation> Old = Known->Entries;
  llvm::sort(Old);
  if (!Exists || Old != New.Entries)
    if (Error E = saveBaseline(Path, New.Entries))
      return E;
  compareToBaseline(Report, New, "");
  if (!Quiet)
    errs() << "the baseline " << New.Path << " has " << New.Entries.size()
           << (New.Entries.size() == 1 ? " entry: " : " entries: ")
           << New.Entries.size() - Kept << " new, "
           << Known->Entries.size() - Kept << " gone\n";
  return Error::success();
}

} // namespace consolidate
