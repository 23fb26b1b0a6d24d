//===- DiffTest.cpp - git itself takes our patches ------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::HasSubstr;

namespace consolidate {
namespace {

std::string diffOf(ArrayRef<FileChange> Files, StringRef Root,
                   bool Colour = false) {
  std::string Text;
  raw_string_ostream OS(Text);
  if (Error E = printDiff(Files, Root, Colour, OS))
    ADD_FAILURE() << toString(std::move(E));
  return Text;
}

struct PatchCase {
  const char *Name;
  std::string Path;
  std::string Before;
  std::string After;
};

void PrintTo(const PatchCase &Case, std::ostream *OS) { *OS << Case.Name; }

class GitApply : public testing::TestWithParam<PatchCase> {};

TEST_P(GitApply, GivesTheAfterBytes) {
  const PatchCase &Case = GetParam();
  TempTree Tree;
  std::string Path = Tree.write(Case.Path, Case.Before, 0755);
  Tree.commitAll();
  std::string Patch =
      diffOf({change(Path, Case.Before, Case.After)}, Tree.Root);
  Tree.write(".git/our.patch", Patch);
  ASSERT_TRUE(Tree.run("git apply --check .git/our.patch")) << Patch;
  ASSERT_TRUE(Tree.run("git apply .git/our.patch")) << Patch;
  EXPECT_EQ(Tree.read(Case.Path), Case.After);
  EXPECT_EQ(Tree.mode(Case.Path), 0755u);
  // And back again.
  ASSERT_TRUE(Tree.run("git apply -R .git/our.patch")) << Patch;
  EXPECT_EQ(Tree.read(Case.Path), Case.Before);
  // The blob ids are right: git finds them by the abbreviated names.
  ASSERT_TRUE(Tree.run("git update-index -q --refresh && "
                       "git apply --3way .git/our.patch"))
      << Patch;
  EXPECT_EQ(Tree.read(Case.Path), Case.After);
}

const std::string Body = "int b;\nint c;\nint d;\nint e;\nint f;\nint g;\n";

INSTANTIATE_TEST_SUITE_P(
    Bytes, GitApply,
    testing::Values(
        PatchCase{"Plain", "a.cpp", "old a;\n" + Body, "new a;\n" + Body},
        PatchCase{"TwoHunks", "a.cpp", "x\n" + Body + Body + "y\n",
                  "X\n" + Body + Body + "Y\nZ\n"},
        PatchCase{"Crlf", "dir/a.cpp", "old a;\r\nint b;\r\n",
                  "new a;\r\nint b;\r\n"},
        PatchCase{"MixedLineEnds", "a.cpp", "old\r\nb\nc\r\nd\re\n",
                  "new\r\nb\nC\r\nd\rE\n"},
        PatchCase{"NoFinalNewline", "a.cpp", "int b;\nold", "int b;\nnew"},
        PatchCase{"FinalNewlineContext", "a.cpp", "old\nint b;", "new\nint b;"},
        PatchCase{"FinalNewlineAdded", "a.cpp", "old", "new\n"},
        PatchCase{"FinalNewlineRemoved", "a.cpp", "old\n", "new"},
        PatchCase{"CrlfNoFinalNewline", "a.cpp", "old\r\nx", "new\r\nx"},
        PatchCase{"Latin1", "a.cpp", "// \xe9t\xe9\nold a;\n",
                  "// \xe9t\xe9\nnew \xfc;\n"},
        PatchCase{"Nul", "a.cpp", std::string("old\0a;\nb\n", 9),
                  std::string("new\0a;\nb\n", 9)},
        PatchCase{"Bom", "a.cpp", "\xef\xbb\xbfold\nb\n",
                  "\xef\xbb\xbfnew\nb\n"},
        PatchCase{"SpaceInPath", "my dir/my file.cpp", "old\n", "new\n"},
        PatchCase{"QuoteInPath", "a \"b\" \\c.cpp", "old\n", "new\n"},
        PatchCase{"Utf8InPath", "\xc3\xa9.cpp", "old\n", "new\n"},
        PatchCase{"TabInPath", "a\tb.cpp", "old\n", "new\n"},
        PatchCase{"Latin1InPath", "\xe9.cpp", "old\n", "new\n"},
        PatchCase{"FromEmpty", "a.cpp", "", "new\n"},
        PatchCase{"ToEmpty", "a.cpp", "old\n", ""},
        PatchCase{"LinesLikeHeaders", "a.cpp", "-- a/x\n++ b/x\n@@ -1 +1 @@\n",
                  "-- a/y\n++ b/y\n@@ -1 +1 @@\n"}),
    [](const auto &Info) { return std::string(Info.param.Name); });

/// Wherever below the top of the repository the project lies.
TEST(Diff, PatchRootIsWhereGitReadsPathsFrom) {
  TempTree Tree;
  std::string A = Tree.write("sub/a.cpp", "old\n");
  std::string B = Tree.write("sub/b c.cpp", "old");
  EXPECT_EQ(patchRoot(Tree.path("sub")), Tree.path("sub"));
  Tree.commitAll();
  EXPECT_EQ(patchRoot(Tree.path("sub")), Tree.Root);
  Tree.write(".git/our.patch",
             diffOf({change(A, "old\n", "new\n"), change(B, "old", "new")},
                    patchRoot(Tree.path("sub"))));
  ASSERT_TRUE(Tree.run("cd sub && git apply ../.git/our.patch"));
  EXPECT_EQ(Tree.read("sub/a.cpp"), "new\n");
  EXPECT_EQ(Tree.read("sub/b c.cpp"), "new");
  ASSERT_TRUE(Tree.run("git apply -R .git/our.patch"));
  EXPECT_EQ(Tree.read("sub/a.cpp"), "old\n");
}

TEST(Diff, IsByteForByteWhatGitPrints) {
  std::string Context = "class A {\n" + Body + "int crlf;\r\n" + Body;
  for (auto [Old, New] :
       {std::pair("old\n", "new\n"), std::pair("old\r\n\r\n", "new\r\n\r\n"),
        std::pair("old", "new"), std::pair("old\nsame", "new\nsame"),
        std::pair("old\r", "new\n"), std::pair("old\r\r\n", "\r\n\n")}) {
    TempTree Tree;
    std::string Path = Tree.write("my a.cpp", Context + Old);
    Tree.commitAll();
    Tree.write("my a.cpp", Context + New);
    for (bool Colour : {false, true}) {
      ASSERT_TRUE(
          Tree.run("git -c core.abbrev=12 diff --ws-error-highlight=none "
                   "--color=" +
                   std::string(Colour ? "always" : "never") + " >.git/theirs"));
      std::string Theirs = Tree.read(".git/theirs");
      // Ours names no mode.
      size_t Mode = Theirs.find(" 100644");
      ASSERT_NE(Mode, std::string::npos);
      Theirs.erase(Mode, 7);
      EXPECT_EQ(diffOf({change(Path, Context + Old, Context + New)}, Tree.Root,
                       Colour),
                Theirs);
    }
  }
}

TEST(Diff, ColourLeavesTheTextAlone) {
  FileChange File = change("/r/a.cpp", "old", "new\n");
  std::string Coloured = diffOf({File}, "/r", true);
  EXPECT_THAT(Coloured, HasSubstr("\x1b[31m-old\x1b[m\n"));
  EXPECT_THAT(Coloured, HasSubstr("\x1b[32m+new\x1b[m\n"));
  EXPECT_THAT(Coloured, HasSubstr("\x1b[36m@@ -1 +1 @@\x1b[m\n"));
  std::string Stripped;
  for (StringRef Rest = Coloured; !Rest.empty();) {
    auto [Text, Escape] = Rest.split('\x1b');
    Stripped += Text;
    Rest = Escape.split('m').second;
  }
  EXPECT_EQ(Stripped, diffOf({File}, "/r"));
}

TEST(Diff, UnchangedFilePrintsNothing) {
  EXPECT_EQ(diffOf({change("/r/a.cpp", "x", "x")}, "/r"), "");
}

TEST(Diff, FileOutsideRootIsRefusedBeforeAnythingIsPrinted) {
  std::string Text;
  raw_string_ostream OS(Text);
  std::string Message = messageOf(
      printDiff({change("/r/a.cpp", "o", "n"), change("/rest/b.cpp", "o", "n")},
                "/r", false, OS),
      ErrorKind::Refused);
  EXPECT_THAT(Message, HasSubstr("/rest/b.cpp lies outside /r"));
  EXPECT_EQ(Text, "");
}

TEST(Diff, StatCountsLines) {
  DiffStat Stat = valueOf(diffStat({change("/r/a", "a\nb\nc\n", "a\nB\nc\nd\n"),
                                    change("/r/b", "same", "same"),
                                    change("/r/c", "x\ny\n", "x\n")}));
  EXPECT_EQ(Stat.Files, 2u);
  EXPECT_EQ(Stat.Added, 2u);
  EXPECT_EQ(Stat.Removed, 2u);
}

} // namespace
} // namespace consolidate
