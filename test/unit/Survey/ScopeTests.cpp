//===- ScopeTests.cpp - Which files may be read and edited ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"
#include "consolidate/Survey.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using testing::ElementsAre;
using testing::IsEmpty;

namespace consolidate {
namespace {

std::vector<std::string> listed(const Scope &Within) {
  std::vector<std::string> Relative;
  for (const std::string &File : sourceFiles(Within))
    Relative.push_back(Within.relative(File));
  return Relative;
}

TEST(Scope, UnderTheRootAndMatched) {
  Scope S("/r", {{"src/**", "include/**"}, {"src/gen/**"}}, {"/r/build"});
  EXPECT_TRUE(S.contains("/r/src/a.cpp"));
  EXPECT_TRUE(S.contains("/r/src/deep/a.cpp"));
  EXPECT_FALSE(S.contains("/r/src/gen/a.cpp"));
  EXPECT_FALSE(S.contains("/r/other/a.cpp"));
  EXPECT_FALSE(S.contains("/other/src/a.cpp"));
  EXPECT_FALSE(S.contains("/rest/src/a.cpp"));
}

TEST(Scope, NeitherBuildDirectoriesNorGit) {
  Scope S("/r", {}, {"/r/build", "/r"});
  EXPECT_TRUE(S.contains("/r/a.cpp"));
  EXPECT_TRUE(S.contains("/r/builder/a.cpp"));
  EXPECT_FALSE(S.contains("/r/build/a.cpp"));
  EXPECT_FALSE(S.contains("/r/.git/a.cpp"));
  EXPECT_FALSE(S.contains("/r/sub/.git/a.cpp"));
  // The build directory is above the root.
  EXPECT_TRUE(Scope("/b/src", {}, {"/b"}).contains("/b/src/a.cpp"));
}

TEST(Scope, Relative) {
  Scope S("/r", {}, {});
  EXPECT_EQ(S.relative("/r/a/b.h"), "a/b.h");
  EXPECT_EQ(S.relative("/rest/b.h"), "/rest/b.h");
}

TEST(SourceFiles, ByExtension) {
  TempTree Tree;
  for (const char *Name :
       {"a.h", "b.cpp", "c.CC", "d.inc", "e.txt", "f", "g.py", "h.tpp", "i.o"})
    Tree.write(Name);
  EXPECT_THAT(listed(Scope(Tree.path(), {}, {})),
              ElementsAre("a.h", "b.cpp", "c.CC", "d.inc", "h.tpp"));
}

TEST(SourceFiles, LeavesOutWhatScopeDoes) {
  TempTree Tree;
  Tree.write("src/a.h");
  Tree.write("third_party/x/b.h");
  Tree.write("vendor/c.h");
  Tree.write("vendor/deep/d.h");
  Tree.write("build/e.h");
  Tree.write("other-build/CMakeCache.txt");
  Tree.write("other-build/gen/f.h");
  Tree.write(".git/g.h");
  EXPECT_THAT(
      listed(Scope(Tree.path(), {{"**"}, {"third_party/**", "vendor/*"}},
                   {Tree.path("build")})),
      ElementsAre("src/a.h", "vendor/deep/d.h"));
}

TEST(SourceFiles, AnInSourceBuildHidesNothing) {
  TempTree Tree;
  Tree.write("CMakeCache.txt");
  Tree.write("a.h");
  EXPECT_THAT(listed(Scope(Tree.path(), {}, {Tree.path()})),
              ElementsAre("a.h"));
}

TEST(SourceFiles, LinksGiveOneRealPath) {
  TempTree Tree, Elsewhere;
  Tree.link(Tree.write("real/a.h"), "linked.h");
  Tree.link(Tree.path("real"), "linkeddir");
  Tree.link(Elsewhere.write("b.h"), "outside.h");
  Tree.link(Tree.path("gone.h"), "dangling.h");
  EXPECT_THAT(listed(Scope(Tree.path(), {}, {})), ElementsAre("real/a.h"));
}

TEST(SourceFiles, AMissingRootIsEmpty) {
  EXPECT_THAT(sourceFiles(Scope("/nowhere/at/all", {}, {})), IsEmpty());
}

} // namespace
} // namespace consolidate
