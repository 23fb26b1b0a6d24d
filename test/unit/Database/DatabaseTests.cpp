//===- DatabaseTests.cpp - Step 2: build directories -> TU jobs -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"
#include "consolidate/Database.h"
#include "consolidate/Support.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace llvm;
using testing::ElementsAre;
using testing::HasSubstr;

namespace consolidate {
namespace {

struct Entry {
  std::string File;
  std::string Command;
};

std::string entries(StringRef Directory, ArrayRef<Entry> Entries) {
  json::Array Array;
  for (const Entry &E : Entries)
    Array.push_back(json::Object{
        {"directory", Directory}, {"file", E.File}, {"command", E.Command}});
  std::string Text;
  raw_string_ostream(Text) << json::Value(std::move(Array));
  return Text;
}

std::vector<TuJob> load(ArrayRef<std::string> Directories) {
  auto Jobs = loadDatabase(Directories);
  EXPECT_TRUE(bool(Jobs)) << toString(Jobs.takeError());
  return Jobs ? std::move(*Jobs) : std::vector<TuJob>();
}

TEST(LoadDatabase, KeepsTheOrderAndTheDirectories) {
  TempTree Tree;
  std::string B = Tree.write("s/b.cpp"), A = Tree.write("s/a.cpp");
  Tree.write("b/compile_commands.json",
             entries(Tree.path("b"), {{B, "g++ -c " + B}, {A, "g++ -c " + A}}));
  auto Jobs = load({Tree.path("b")});
  ASSERT_EQ(Jobs.size(), 2u);
  EXPECT_EQ(Jobs[0].File, B);
  EXPECT_EQ(Jobs[1].File, A);
  EXPECT_EQ(Jobs[0].Directory, Tree.path("b"));
  EXPECT_EQ(Jobs[0].BuildDirectory, Tree.path("b"));
  EXPECT_EQ(Jobs[0].Arguments.front(), "g++");
  EXPECT_EQ(Jobs[0].Arguments.back(), B);
}

TEST(LoadDatabase, TakesTheFileItselfAndALinkToIt) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp");
  std::string Json =
      Tree.write("b/compile_commands.json",
                 entries(Tree.path("b"), {{"../a.cpp", "g++ -c ../a.cpp"}}));
  Tree.link(Json, "compile_commands.json");
  for (const std::string &P : {Json, Tree.path(), Tree.path("b")}) {
    auto Jobs = load({P});
    ASSERT_EQ(Jobs.size(), 1u) << P;
    EXPECT_EQ(Jobs[0].File, A);
    EXPECT_EQ(Jobs[0].BuildDirectory, Tree.path("b"));
  }
}

TEST(LoadDatabase, CommandsThatDifferOnlyInOutputAreOneJob) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp");
  Tree.write("b/compile_commands.json",
             entries(Tree.path("b"), {{A, "g++ -MF x.d -o x.o -c " + A},
                                      {A, "g++ -MF y.d -o y.o -g -c " + A},
                                      {A, "g++ -DX -o z.o -c " + A},
                                      {A, "g++ -I/i -o z.o -c " + A}}));
  EXPECT_EQ(load({Tree.path("b")}).size(), 3u);
}

TEST(LoadDatabase, TwoBuildDirectoriesMerge) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp");
  // Equal commands are one job; a relative path means something else in
  // another directory.
  for (StringRef Name : {"b1", "b2"})
    Tree.write((Name + "/compile_commands.json").str(),
               entries(Tree.path(Name),
                       {{A, "g++ -c " + A}, {A, "g++ -Igen -c " + A}}));
  EXPECT_EQ(load({Tree.path("b1"), Tree.path("b2")}).size(), 3u);
}

TEST(LoadDatabase, ALinkedMainFileHasItsRealPath) {
  TempTree Tree;
  std::string A = Tree.write("real/a.cpp");
  Tree.link(A, "link/a.cpp");
  std::string Linked = Tree.path("link/a.cpp");
  Tree.write("b/compile_commands.json",
             entries(Tree.path("b"), {{Linked, "g++ -c " + Linked}}));
  auto Jobs = load({Tree.path("b")});
  ASSERT_EQ(Jobs.size(), 1u);
  EXPECT_EQ(Jobs[0].File, A);
  // The compiler must see the spelled path: quoted includes are relative to it.
  EXPECT_EQ(Jobs[0].Arguments.back(), Linked);
}

TEST(LoadDatabase, ResponseFilesAreExpanded) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp");
  Tree.write("b/flags.rsp", "-DFROM_RESPONSE \"-I/with space\"\n");
  Tree.write("b/compile_commands.json",
             entries(Tree.path("b"), {{A, "g++ @flags.rsp -c " + A}}));
  auto Jobs = load({Tree.path("b")});
  ASSERT_EQ(Jobs.size(), 1u);
  EXPECT_THAT(Jobs[0].Arguments, testing::Contains("-DFROM_RESPONSE"));
  EXPECT_THAT(Jobs[0].Arguments, testing::Contains("-I/with space"));
}

TEST(LoadDatabase, SkipsOtherLanguagesAndKeepsMissingFiles) {
  TempTree Tree;
  std::string Gone = Tree.path("gone.cpp"), S = Tree.write("a.S");
  Tree.write(
      "b/compile_commands.json",
      entries(Tree.path("b"), {{S, "gcc -c " + S}, {Gone, "g++ -c " + Gone}}));
  auto Jobs = load({Tree.path("b")});
  ASSERT_EQ(Jobs.size(), 1u);
  EXPECT_EQ(Jobs[0].File, Gone);
}

void expectUsageError(Error E, StringRef Part1, StringRef Part2) {
  ASSERT_TRUE(bool(E));
  handleAllErrors(std::move(E), [&](const ToolError &T) {
    EXPECT_EQ(T.kind(), ErrorKind::Usage);
    EXPECT_THAT(T.message(), HasSubstr(Part1.str()));
    EXPECT_THAT(T.message(), HasSubstr(Part2.str()));
  });
}

TEST(LoadDatabase, SaysWhatIsMissing) {
  TempTree Tree;
  expectUsageError(loadDatabase({Tree.path("none")}).takeError(),
                   Tree.path("none") + "' does not exist",
                   "CMAKE_EXPORT_COMPILE_COMMANDS");
  expectUsageError(loadDatabase({Tree.path()}).takeError(),
                   "has no compile_commands.json",
                   "CMAKE_EXPORT_COMPILE_COMMANDS");
  std::string Bad = Tree.write("bad/compile_commands.json", "{not json");
  expectUsageError(loadDatabase({Tree.path("bad")}).takeError(), Bad,
                   "generate it again");
}

TEST(DiscoverBuildDirectory, TriesTheUsualPlaces) {
  for (StringRef Place :
       {"", "build", "build/dev", "out", "cmake-build-debug"}) {
    TempTree Tree;
    Tree.write((Place.empty() ? "" : Place.str() + "/") +
               "compile_commands.json");
    Tree.write("src/deep/a.cpp");
    std::string Expected = Place.empty() ? Tree.path() : Tree.path(Place);
    if (Place.empty())
      Expected = StringRef(Expected).rtrim('/').str();
    for (StringRef From : {"src/deep", "src"}) {
      auto Found = discoverBuildDirectory(Tree.path(From));
      ASSERT_TRUE(bool(Found)) << toString(Found.takeError());
      EXPECT_EQ(*Found, Expected);
    }
  }
}

TEST(DiscoverBuildDirectory, TheNearestWins) {
  TempTree Tree;
  Tree.write("compile_commands.json");
  Tree.write("sub/build/b/compile_commands.json");
  Tree.write("sub/build/a/compile_commands.json");
  auto Found = discoverBuildDirectory(Tree.path("sub"));
  ASSERT_TRUE(bool(Found));
  EXPECT_EQ(*Found, Tree.path("sub/build/a"));
}

TEST(DiscoverBuildDirectory, ListsWhatItTried) {
  TempTree Tree;
  Tree.write("build/x/file");
  auto Found = discoverBuildDirectory(Tree.path());
  if (Found)
    GTEST_SKIP() << "a directory above has " << *Found;
  expectUsageError(Found.takeError(), Tree.path("build/x"),
                   "pass its directory with -p");
}

TEST(ResourceDirectory, HasTheBuiltinHeaders) {
  EXPECT_TRUE(sys::path::is_absolute(resourceDirectory()));
  EXPECT_TRUE(sys::fs::exists(resourceDirectory() + "/include/stddef.h"));
}

TEST(SearchPathsOf, ReadsEverySpelling) {
  TuJob Job;
  Job.Directory = "/b";
  Job.Arguments = {
      "g++",      "-I/i1",      "-I",           "i2",
      "-isystem", "/s1",        "-isystem/s2",  "-iquote",
      "q1",       "-iquote/q2", "-idirafter",   "/after",
      "-include", "f.h",        "-Xclang",      "-include",
      "-Xclang",  "/pch.h",     "-F/framework", "--include-directory=/i3",
      "-isystem", "/s3",        "-D",           "-I/not",
      "--",       "/s/a.cpp"};
  SearchPaths Paths = searchPathsOf(Job);
  EXPECT_THAT(Paths.Quote, ElementsAre("/b/q1", "/q2"));
  EXPECT_THAT(Paths.Angled, ElementsAre("/i1", "/b/i2", "/i3"));
  EXPECT_THAT(Paths.System, ElementsAre("/s1", "/s2", "/s3", "/after"));
  EXPECT_THAT(Paths.Forced, ElementsAre("/b/f.h", "/pch.h"));
}

TEST(SearchPathsOf, ReadsClangCl) {
  TuJob Job;
  Job.Directory = "/b";
  Job.Arguments = {"clang-cl",    "/I/i1", "-I", "i2",
                   "/external:I", "/s1",   "/c", "a.cpp"};
  SearchPaths Paths = searchPathsOf(Job);
  EXPECT_THAT(Paths.Angled, ElementsAre("/i1", "/b/i2"));
  EXPECT_THAT(Paths.System, ElementsAre("/s1"));
}

} // namespace
} // namespace consolidate
