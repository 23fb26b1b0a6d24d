//===- TuKey.cpp - Under what a parse is kept in the cache ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TuKey.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace consolidate {

TuKey::TuKey(const TuJob &Job, const RuleSource &Rules, const Scope &Within,
             const TuOptions &Options, const Overlay &Files)
    : Options(Options) {
  auto Add = [&](StringRef Part) { (Key += Part) += '\0'; };
  Add(programBuild());
  Add(LLVM_VERSION_STRING);
  Add(Job.File);
  Add(Job.Directory);
  for (const std::string &Argument : Job.Arguments)
    Add(Argument);
  Add(Rules.digest());
  Add(Within.digest());
  const MatchOptions &Match = Options.Match;
  for (bool Flag : {Match.AllowUnsafe, Match.CollectFacts, Match.CollectNames,
                    Match.FollowNames, Options.KeepBodiesIn != nullptr})
    Key += Flag ? '1' : '0';
  if (Match.AskedCalls) {
    std::vector<StringRef> Paths(Match.AskedCalls->keys().begin(),
                                 Match.AskedCalls->keys().end());
    llvm::sort(Paths); // the order of a hash table is no order
    for (StringRef Path : Paths) {
      Add(Path);
      for (auto [Begin, End] : Match.AskedCalls->find(Path)->second)
        Add(std::to_string(Begin) + "-" + std::to_string(End));
    }
  }
  XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Key));
  Key = utohexstr(Hash.high64) + "-" + utohexstr(Hash.low64);
  for (const auto &File : Files)
    InMemory[realPath(File.getKey())] = contentHash(File.second);
}

/// Whether function bodies of a file are parsed; always, when all are.
bool TuKey::isKept(StringRef Path) const {
  return !Options.KeepBodiesIn || Options.KeepBodiesIn->contains(Path);
}

std::optional<TuFindings> TuKey::find() const {
  std::optional<std::string> Bytes =
      Options.Results->find(Key, [&](const Dependency &File) {
        if (isKept(File.Path) != File.Kept)
          return false;
        auto Here = InMemory.find(File.Path);
        return Here != InMemory.end()
                   ? Here->second == File.Hash
                   : Options.Results->Hashes.of(File.Path) == File.Hash;
      });
  return Bytes ? findingsFromBytes(*Bytes) : std::nullopt;
}

void TuKey::store(const TuFindings &Found, std::vector<Dependency> Read) const {
  for (Dependency &File : Read)
    File.Kept = isKept(File.Path);
  Options.Results->store(Key, Read, toBytes(Found));
}

} // namespace consolidate
