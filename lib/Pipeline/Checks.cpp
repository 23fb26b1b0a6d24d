//===- Checks.cpp - What cannot work, said before anything is parsed ------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PipelineInternal.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace consolidate {

Error checkPaths(const Project &Project) {
  const std::string &Root = Project.Files->root();
  for (const std::string &Path : Project.Options.Paths) {
    if (!sys::fs::exists(Path))
      return makeError(ErrorKind::Usage,
                       "there is no file or directory '" + Path + "'");
    std::string Real = realPath(Path);
    if (Real != Root && !StringRef(Real).starts_with(Root + "/") && Root != "/")
      return makeError(ErrorKind::Usage,
                       "'" + Path + "' lies outside of " + Root +
                           ", where nothing is read or edited; choose the "
                           "directory with --root");
  }
  return Error::success();
}

namespace {

/// True when \p Header can be included from somewhere. One that only a file
/// beside it includes is in no search path.
bool isReachable(StringRef Header, const Project &Project,
                 const ScanPlan &Plan) {
  // The compiler's own directories are not in the commands.
  if (Header.empty() || Header.starts_with("<") ||
      !Project.ResolveHeader(Header).empty())
    return true;
  std::string Tail = ("/" + Header).str();
  return any_of(Plan.Files.keys(),
                [&](StringRef Path) { return Path.ends_with(Tail); });
}

Error missingHeader(const Project &Project, StringRef Header,
                    RuleLocation Place) {
  StringRef Origin = Project.Rules.Origin;
  std::string Hint = "write it as an #include does, or choose another build "
                     "directory with -p";
  if (Origin.starts_with("builtin:") && Project.Options.Rules.empty())
    Hint = ("no " + RulesFileName +
            " was found from here upwards, so these rules were used; write "
            "one, or name yours with --rules")
               .str();
  return ruleError(Project.Rules, Place,
                   "the header '" + Header +
                       "' is in no include directory of the " +
                       Twine(Project.Jobs.size()) + " compile commands in " +
                       join(Project.Options.BuildDirectories, ", "),
                   Hint);
}

} // namespace

Error checkHeaders(const Project &Project, const ScanPlan &Plan) {
  for (const Consolidation &Entry : Project.Rules.Consolidate)
    if (!isReachable(Entry.Header, Project, Plan))
      return missingHeader(Project, Entry.Header, Entry.Location);
  for (const IncludeRule &Rule : Project.Rules.Includes)
    for (const std::string &To : Rule.To)
      if (!isReachable(To, Project, Plan))
        return missingHeader(Project, To, Rule.Location);
  return Error::success();
}

Error checkLegacyHeaders(const Project &Project, const ScanPlan &Plan,
                         ArrayRef<TuFindings> Tus) {
  StringSet<> Used;
  for (const TuFindings &Tu : Tus)
    for (const Finding &F : Tu.Findings)
      if (F.Kind != FindingKind::Include)
        Used.insert(F.Class);
  for (const Consolidation &Entry : Project.Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From)
      if (Used.contains(Legacy.Name) &&
          !isReachable(Legacy.Header, Project, Plan))
        return missingHeader(Project, Legacy.Header, Legacy.Location);
  return Error::success();
}

std::vector<std::string> missingMainFiles(const Project &Project,
                                          const ScanPlan &Plan) {
  std::vector<std::string> Missing;
  for (const auto &[File, Reason] : Plan.UnreadableFiles)
    if (any_of(Project.Jobs,
               [&](const TuJob &Job) { return Job.File == File; }))
      Missing.push_back(File);
  return Missing;
}

} // namespace consolidate
