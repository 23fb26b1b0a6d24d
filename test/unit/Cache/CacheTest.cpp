//===- CacheTest.cpp - What earlier runs found, by content ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Cache.h"
#include "TempTree.h"

#include "gtest/gtest.h"

using namespace llvm;

namespace consolidate {
namespace {

class CacheTest : public testing::Test {
protected:
  TempTree Tree;

  std::unique_ptr<Cache> open(uint64_t MaxBytes = Cache::DefaultBytes) {
    Expected<std::unique_ptr<Cache>> Opened =
        Cache::open(Tree.path("cache"), MaxBytes);
    EXPECT_TRUE(bool(Opened));
    return Opened ? std::move(*Opened) : nullptr;
  }
  /// All dependencies are as \p Hash says.
  static std::optional<std::string> find(Cache &From, StringRef Key,
                                         uint64_t Hash) {
    return From.find(Key,
                     [&](const Dependency &File) { return File.Hash == Hash; });
  }
};

TEST_F(CacheTest, keepsWhatIsStoredForTheNextRun) {
  open()->store("key", {{"/a.h", 1, true}, {"/b.h", 1, false}}, "value");
  std::unique_ptr<Cache> Next = open();
  EXPECT_EQ(find(*Next, "key", 1), "value");
  EXPECT_EQ(Next->Hits, 1u);
  EXPECT_EQ(find(*Next, "other", 1), std::nullopt);
  EXPECT_EQ(find(*Next, "key", 2), std::nullopt);
}

TEST_F(CacheTest, asksOfEachDependencyAsItWasStored) {
  std::unique_ptr<Cache> Kept = open();
  Kept->store("key", {{"/a.h", 5, false}}, "value");
  Dependency Asked;
  Kept->find("key", [&](const Dependency &File) {
    Asked = File;
    return true;
  });
  EXPECT_EQ(Asked, (Dependency{"/a.h", 5, false}));
}

TEST_F(CacheTest, oneKeyMayHaveSeveralResults) {
  std::unique_ptr<Cache> Kept = open();
  Kept->store("key", {{"/a.h", 1}}, "one");
  Kept->store("key", {{"/a.h", 2}}, "two");
  EXPECT_EQ(find(*Kept, "key", 1), "one");
  EXPECT_EQ(find(*Kept, "key", 2), "two");
}

TEST_F(CacheTest, oldResultsOfOneKeyGo) {
  std::unique_ptr<Cache> Kept = open();
  for (uint64_t Hash = 0; Hash < 20; ++Hash)
    Kept->store("key", {{"/a.h", Hash}}, "value");
  EXPECT_EQ(find(*Kept, "key", 0), std::nullopt);
  EXPECT_EQ(find(*Kept, "key", 19), "value");
}

TEST_F(CacheTest, isBounded) {
  std::string Large(1000, 'x');
  for (int I = 0; I < 10; ++I)
    open()->store("key" + std::to_string(I), {{"/a.h", 1}}, Large);
  std::unique_ptr<Cache> Kept = open(/*MaxBytes=*/5000);
  EXPECT_EQ(find(*Kept, "key0", 1), std::nullopt);
  EXPECT_EQ(find(*Kept, "key9", 1), Large);
}

TEST_F(CacheTest, whatIsNoDatabaseIsMadeAnew) {
  Tree.write("cache/cache.sqlite", std::string(10000, 'x'));
  std::unique_ptr<Cache> Kept = open();
  Kept->store("key", {{"/a.h", 1}}, "value");
  EXPECT_EQ(find(*Kept, "key", 1), "value");
}

TEST_F(CacheTest, bytesWithNulls) {
  std::string Bytes("a\0b", 3);
  std::unique_ptr<Cache> Kept = open();
  Kept->store(Bytes, {{"/a.h", 1}}, Bytes);
  EXPECT_EQ(find(*Kept, Bytes, 1), Bytes);
}

TEST_F(CacheTest, hashesOfFiles) {
  Tree.write("a", "text");
  FileHashes Hashes;
  EXPECT_EQ(Hashes.of(Tree.path("a")), contentHash("text"));
  EXPECT_EQ(Hashes.of(Tree.path("b")), std::nullopt);
}

} // namespace
} // namespace consolidate
