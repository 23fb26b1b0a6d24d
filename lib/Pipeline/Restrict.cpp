//===- Restrict.cpp - Only the paths that were asked for ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PipelineInternal.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace consolidate {
namespace {

class Restriction {
public:
  Restriction(const Project &Project, OutsideUses &Outside)
      : Code(Project), Outside(Outside) {
    for (const std::string &Path : Project.Options.Paths)
      Wanted.push_back(realPath(Path));
    for (const Consolidation &Entry : Project.Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        if (!Legacy.Header.empty())
          HeaderOf[Legacy.Name] = Project.ResolveHeader(Legacy.Header);
  }

  void apply(std::vector<TuFindings> &Tus) {
    for (const TuFindings &Tu : Tus)
      for (const Finding &F : Tu.Findings)
        if (!contains(F.Path))
          noteOutside(F);
    for (TuFindings &Tu : Tus) {
      keepWhatIsUsedOutside(Tu);
      erase_if(Tu.Findings,
               [&](const Finding &F) { return !contains(F.Path); });
      erase_if(Tu.Facts, [&](const Fact &F) { return !contains(F.Path); });
      for (Finding &F : Tu.Findings)
        leaveIfShared(F);
    }
  }

private:
  const Project &Code;
  std::vector<std::string> Wanted;
  StringMap<std::string> HeaderOf; ///< By legacy class.
  OutsideUses &Outside;

  bool contains(StringRef Path) const {
    return any_of(Wanted,
                  [&](StringRef Start) { return isAtOrBelow(Path, Start); });
  }

  void noteOutside(const Finding &F) {
    std::string Where =
        Code.Files->relative(F.Path) + ":" + std::to_string(F.Line);
    if (!F.Group.empty())
      Outside.Groups.try_emplace(F.Group, Where);
    for (const std::string &Group : F.AlsoGroups)
      Outside.Groups.try_emplace(Group, Where);
    if (!F.Symbol.empty())
      Outside.Symbols.try_emplace(F.Symbol, Where);
  }

  /// Where the change of \p F would go on outside; empty when it does not.
  std::string outsidePart(const Finding &F) const {
    if (auto It = Outside.Groups.find(F.Group); It != Outside.Groups.end())
      return It->second;
    for (const std::string &Group : F.AlsoGroups)
      if (auto It = Outside.Groups.find(Group); It != Outside.Groups.end())
        return It->second;
    // A function declared in one place and defined in another: changed in one
    // only it is two functions, which the compiler takes and the linker not.
    if (auto It = Outside.Symbols.find(F.Symbol); It != Outside.Symbols.end())
      return It->second;
    return "";
  }

  void leaveIfShared(Finding &F) const {
    std::string Elsewhere = F.isLeft() ? "" : outsidePart(F);
    if (Elsewhere.empty())
      return;
    F.leave({MessageId::OutsidePaths,
             "it goes with " + Elsewhere +
                 ", which is outside the paths asked for"});
    F.Edits.clear();
  }

  /// Includes outside stay; what was seen of a legacy class there must still be
  /// seen, also through a file that changes.
  void keepWhatIsUsedOutside(TuFindings &Tu) const {
    for (auto &Entry : Tu.Files)
      if (!contains(Entry.first()))
        Entry.second.Includes.clear();
    for (const Finding &F : Tu.Findings) {
      auto Header = HeaderOf.find(F.Class);
      auto File = Tu.Files.find(F.Path);
      if (contains(F.Path) || Header == HeaderOf.end() ||
          File == Tu.Files.end())
        continue;
      std::vector<std::string> &Used = File->second.UsedFiles;
      auto Place = lower_bound(Used, Header->second);
      if (Place == Used.end() || *Place != Header->second)
        Used.insert(Place, Header->second);
    }
  }
};

} // namespace

void restrictToPaths(const Project &Project, std::vector<TuFindings> &Tus,
                     OutsideUses &Outside) {
  if (!Project.Options.Paths.empty())
    Restriction(Project, Outside).apply(Tus);
}

} // namespace consolidate
