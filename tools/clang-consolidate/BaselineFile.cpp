//===- BaselineFile.cpp - The baseline of one run of check ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "BaselineFile.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace llvm;

namespace consolidate {

/// The environment variable by which a build service makes itself known; "":
/// there is none.
static StringRef variableOfCI() {
  for (const char *Name : {"CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION",
                           "CODEBUILD_BUILD_ID"}) {
    const char *Value = std::getenv(Name);
    StringRef Text = Value ? Value : "";
    if (!Text.empty() && Text != "0" && !Text.equals_insensitive("false"))
      return Name;
  }
  return "";
}

/// `--baseline FILE` as it was given.
static std::string optionOf(StringRef Named) {
  if (Named.empty())
    return "";
  std::string Result;
  raw_string_ostream OS(Result);
  OS << " --baseline ";
  sys::printArg(OS, Named, /*Quote=*/false);
  return Result;
}

static Error refuseGrowth(StringRef Path, bool Exists, StringRef Option) {
  return makeError(
      ErrorKind::Refused,
      "the baseline " + Path + (Exists ? " must not grow" : " is not made") +
          " in CI, where the environment variable " + variableOfCI() +
          " is set\n  hint: run `clang-consolidate check " +
          (Exists ? "--grow-baseline" : "--update-baseline") + Option +
          "` on your machine, and commit the file");
}

/// "There is none" would be wrong, and the link is somebody's wish.
static Error refuseLink(StringRef Path) {
  return makeError(ErrorKind::FileSystem,
                   "the baseline " + Path +
                       " is a link to a file that is not there\n  hint: bring "
                       "that file back, or remove the link");
}

Expected<BaselineFile> BaselineFile::open(const Invocation &Asked,
                                          const Project &Code) {
  BaselineFile Result;
  const Scope &Files = *Code.Files;
  bool IsNamed = !Asked.Baseline.empty();
  std::string Path = realPath(
      IsNamed ? Asked.Baseline : baselinePath(Code.Rules.Origin, Files.root()));
  Result.Path = Path;
  Result.Option = optionOf(Asked.Baseline);
  // Whatever else keeps it from being read is said when it is.
  Result.Exists = sys::fs::access(Path, sys::fs::AccessMode::Exist) !=
                  std::errc::no_such_file_or_directory;
  if (!Result.Exists && sys::fs::is_symlink_file(Path))
    return refuseLink(Files.relative(Path));
  if (Asked.GrowBaseline || (Asked.UpdateBaseline && !Result.Exists))
    Result.Change = BaselineChange::Grow;
  else if (Asked.UpdateBaseline)
    Result.Change = BaselineChange::Shrink;
  if (Result.Change == BaselineChange::Grow && !variableOfCI().empty())
    return refuseGrowth(Files.relative(Path), Result.Exists, Result.Option);
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

void BaselineFile::hold(CheckReport &Report, const Baseline &Against,
                        StringRef Incomplete) const {
  compareToBaseline(Report, Against, Incomplete);
  Report.Against->Option = Option;
}

void BaselineFile::compare(CheckReport &Report, const Scope &Scope,
                           StringRef Incomplete) const {
  if (!Known)
    return;
  readViolations(Report, Scope);
  hold(Report, *Known, Incomplete);
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
  if (variableOfCI().empty())
    hold(Report, New, "");
  if (!Quiet)
    errs() << "the baseline " << New.Path << " has " << New.Entries.size()
           << (New.Entries.size() == 1 ? " entry: " : " entries: ")
           << New.Entries.size() - Kept << " new, "
           << Known->Entries.size() - Kept << " gone\n";
  return Error::success();
}

} // namespace consolidate
