//===- Following.cpp - Files that use a class without naming it -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Cover.h"
#include "consolidate/Support.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace consolidate {

static void addMacros(StringRef Path, StringRef Text,
                      ArrayRef<Mention> Mentions,
                      std::vector<FollowedName> &Macros) {
  for (const Mention &M : Mentions)
    if (StringRef Name = macroAround(Text, M.Offset);
        M.Kind == MentionKind::Code && !Name.empty())
      Macros.push_back({Name.str(), Path.str()});
}

std::vector<FollowedName> Following::macrosAroundMentions() const {
  std::vector<FollowedName> Macros;
  for (const auto &File : Plan.Files) {
    if (none_of(File.second.Mentions,
                [](const Mention &M) { return M.Kind == MentionKind::Code; }))
      continue;
    if (auto Buffer = MemoryBuffer::getFile(File.getKey()))
      addMacros(File.getKey(), (*Buffer)->getBuffer(), File.second.Mentions,
                Macros);
  }
  return Macros;
}

std::vector<FollowedUse> Following::follow(std::vector<FollowedName> Names) {
  std::vector<FollowedUse> Uses;
  while (true) {
    erase_if(Names, [&](const FollowedName &Name) {
      return !Followed.insert(Name).second;
    });
    if (Names.empty())
      return Uses;
    Names = followOnce(Names, Uses);
  }
}

namespace {

/// Who declares each name, and which jobs read a declaration.
struct Declared {
  std::string Path; ///< Of one declaration.
  BitVector Jobs;
};

std::string whyOf(const Mention &M, const Declared &Name, const Scope &Within) {
  return "spells " + M.Word + " at line " + std::to_string(M.Line) +
         ", which " + Within.relative(Name.Path) +
         " declares with a legacy class";
}

} // namespace

std::vector<FollowedName>
Following::followOnce(ArrayRef<FollowedName> Names,
                      std::vector<FollowedUse> &Uses) const {
  std::vector<std::string> Words;
  StringMap<Declared> ByWord;
  BitVector AllJobs(Plan.TotalTus);
  for (const FollowedName &Name : Names) {
    auto File = Plan.Files.find(Name.Path);
    if (File == Plan.Files.end())
      continue;
    auto [It, New] = ByWord.try_emplace(Name.Name);
    if (New) {
      Words.push_back(Name.Name);
      It->second = {Name.Path, BitVector(Plan.TotalTus)};
    }
    for (unsigned Job : File->second.ReachedBy)
      It->second.Jobs.set(Job);
    AllJobs |= It->second.Jobs;
  }

  std::vector<const SurveyedFile *> Files;
  for (const auto &File : Plan.Files)
    if (any_of(File.second.ReachedBy,
               [&](unsigned Job) { return AllJobs.test(Job); }))
      Files.push_back(&File.second);
  llvm::sort(Files,
             [](const auto *A, const auto *B) { return A->Path < B->Path; });

  std::vector<FollowedUse> Found(Files.size());
  std::vector<std::vector<FollowedName>> Macros(Files.size());
  forEachOnThreads(Files.size(), Threads, [&](size_t I) {
    auto Buffer = MemoryBuffer::getFile(Files[I]->Path);
    if (!Buffer)
      return;
    StringRef Text = (*Buffer)->getBuffer();
    std::vector<Mention> Mentions = findMentions(Text, Words);
    addMacros(Files[I]->Path, Text, Mentions, Macros[I]);
    BitVector Jobs(Plan.TotalTus);
    for (const Mention &M : Mentions) {
      if (M.Kind != MentionKind::Code)
        continue;
      const Declared &Name = ByWord.find(M.Word)->second;
      Jobs |= Name.Jobs;
      if (Found[I].Why.empty())
        Found[I].Why = whyOf(M, Name, Within);
    }
    Found[I].Path = Files[I]->Path;
    for (unsigned Job : Files[I]->ReachedBy)
      if (Jobs.test(Job))
        Found[I].Jobs.push_back(Job);
  });
  std::vector<FollowedName> More;
  for (size_t I = 0; I < Files.size(); ++I) {
    append_range(More, Macros[I]);
    if (!Found[I].Jobs.empty())
      Uses.push_back(std::move(Found[I]));
  }
  return More;
}

} // namespace consolidate
