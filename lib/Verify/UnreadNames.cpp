//===- UnreadNames.cpp - What no translation unit reads -------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UnreadNames.h"

#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

/// What the files of a survey include, as far as it can be told without the
/// commands that compile them.
class Inclusions {
public:
  explicit Inclusions(const ScanPlan &Survey) : Survey(Survey) {
    for (const auto &File : Survey.Files)
      ByName[sys::path::filename(File.getKey())].push_back(File.getKey().str());
  }

  /// What \p Path includes, and that.
  StringSet<> seenBy(StringRef Path) const {
    StringSet<> Sees;
    std::vector<std::string> Open{Path.str()};
    while (!Open.empty()) {
      auto File = Survey.Files.find(Open.back());
      Open.pop_back();
      if (File == Survey.Files.end())
        continue;
      for (const LexicalInclude &Include : File->second.Includes)
        for (const std::string &To : filesOf(Include))
          if (Sees.insert(To).second)
            Open.push_back(To);
    }
    return Sees;
  }

private:
  const ScanPlan &Survey;
  StringMap<std::vector<std::string>> ByName; ///< Without directories.

  /// No search path tells: any that is called like that.
  std::vector<std::string> filesOf(const LexicalInclude &Include) const {
    return Include.Resolved.empty()
               ? ByName.lookup(sys::path::filename(Include.Spelled))
               : Include.Resolved;
  }
};

bool replacesAny(const RuleSet &Rules) {
  return any_of(Rules.Consolidate, [](const Consolidation &Entry) {
    return any_of(Entry.From, [](const LegacyClass &Legacy) {
      return Legacy.Definition != DefinitionPolicy::Keep;
    });
  });
}

} // namespace

std::vector<UnreadName> unreadNames(const ScanPlan &Survey,
                                    const RuleSet &Rules) {
  std::vector<UnreadName> Result;
  if (!replacesAny(Rules) || Survey.UnreachedFiles.empty())
    return Result;
  Inclusions All(Survey);
  // A header may see a class by what is included before it.
  StringMap<StringSet<>> SeenFrom;
  for (const auto &File : Survey.Files)
    if (File.second.InScope && File.second.ReachedBy.empty()) {
      StringSet<> Sees = All.seenBy(File.getKey());
      Sees.insert(File.getKey());
      for (const std::string &Path : Survey.UnreachedFiles)
        if (Sees.contains(Path))
          for (const auto &Each : Sees)
            SeenFrom[Path].insert(Each.getKey());
    }
  for (const std::string &Path : Survey.UnreachedFiles) {
    auto File = Survey.Files.find(Path);
    if (File == Survey.Files.end() || File->second.Mentions.empty())
      continue;
    for (const Mention &M : File->second.Mentions)
      if (M.Kind == MentionKind::Code)
        Result.push_back({M.Word, Path, M.Line, M.Elaborated, SeenFrom[Path]});
  }
  return Result;
}

} // namespace consolidate
