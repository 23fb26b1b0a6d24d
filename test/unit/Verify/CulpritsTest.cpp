//===- CulpritsTest.cpp - Which edits have to go, by trying ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Verify/Culprits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Le;
using testing::SizeIs;
using testing::UnorderedElementsAre;

namespace consolidate {
namespace {

std::vector<std::string> numbers(unsigned Count) {
  std::vector<std::string> Result;
  for (unsigned I = 0; I < Count; ++I)
    Result.push_back(utostr(I));
  return Result;
}

struct Tried {
  std::vector<std::string> Found;
  unsigned Tries = 0;
};

/// Fails as long as one of \p Bad is not left out.
Tried search(unsigned Count, std::vector<std::string> Bad,
             unsigned MaxTries = 1000) {
  Tried Result;
  Result.Found = findCulprits(numbers(Count), MaxTries, [&](auto Without) {
    ++Result.Tries;
    return !all_of(
        Bad, [&](const std::string &B) { return is_contained(Without, B); });
  });
  return Result;
}

TEST(CulpritsTest, oneAmongMany) {
  Tried Result = search(1000, {"759"});
  EXPECT_THAT(Result.Found, ElementsAre("759"));
  EXPECT_THAT(Result.Tries, Le(22u));
}

TEST(CulpritsTest, severalFarApart) {
  Tried Result = search(1000, {"3", "500", "999"});
  EXPECT_THAT(Result.Found, UnorderedElementsAre("3", "500", "999"));
  EXPECT_THAT(Result.Tries, Le(64u));
}

TEST(CulpritsTest, oneThatHadToGoForTheSakeOfAnotherStays) {
  // 1 is behind it; what is left does not compile without 0 as long as 2 is in.
  std::vector<std::string> Found =
      findCulprits(numbers(4), 1000, [](auto Without) {
        bool Compiles =
            !is_contained(Without, "0") || is_contained(Without, "2");
        return !Compiles || !is_contained(Without, "1");
      });
  EXPECT_THAT(Found, ElementsAre("1"));
}

TEST(CulpritsTest, all) {
  EXPECT_THAT(search(4, numbers(4)).Found,
              UnorderedElementsAre("0", "1", "2", "3"));
  EXPECT_THAT(search(1, {"0"}).Found, ElementsAre("0"));
}

TEST(CulpritsTest, noneWhenAllTogetherDoNotHelp) {
  Tried Result = search(10, {"elsewhere"});
  EXPECT_THAT(Result.Found, IsEmpty());
  EXPECT_EQ(Result.Tries, 1u);
  EXPECT_THAT(search(0, {"elsewhere"}).Found, IsEmpty());
}

TEST(CulpritsTest, theFewestSeenToHelpWhenTriesRunOut) {
  Tried Result = search(1000, {"3", "500", "759"}, 16);
  EXPECT_THAT(Result.Found, IsSupersetOf({"3", "500", "759"}));
  EXPECT_THAT(Result.Found, SizeIs(Le(800u)));
  EXPECT_EQ(Result.Tries, 16u);
}

} // namespace
} // namespace consolidate
