//===- ApplyTest.cpp - apply and undo, byte for byte ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"

#include "llvm/Support/JSON.h"
#include "gmock/gmock.h"

#include <unistd.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

using namespace llvm;
using testing::ElementsAre;
using testing::HasSubstr;

namespace consolidate {
namespace {

TEST(Apply, AndUndoKeepBytesAndPermissions) {
  TempTree Tree;
  const std::string Old = "\xef\xbb\xbfold\r\n\xe9\r\nend";
  const std::string New = "\xef\xbb\xbfnew\r\nmore\r\n\xe9\r\nend";
  std::string A = Tree.write("a.sh", Old, 0755);
  std::string B = Tree.write("dir/b.h", std::string("x\0old", 5), 0640);
  ApplyResult Result = valueOf(
      applyChanges({change(A, Old, New), change(B, std::string("x\0old", 5),
                                                std::string("x\0new", 5))},
                   Tree.options()));
  EXPECT_EQ(Result.Files, 2u);
  EXPECT_EQ(Result.Added, 3u);
  EXPECT_EQ(Result.Removed, 2u);
  EXPECT_TRUE(StringRef(Result.JournalId).starts_with("000001-"));
  EXPECT_EQ(Tree.read("a.sh"), New);
  EXPECT_EQ(Tree.mode("a.sh"), 0755u);
  EXPECT_EQ(Tree.read("dir/b.h"), std::string("x\0new", 5));
  EXPECT_EQ(Tree.mode("dir/b.h"), 0640u);

  ::chmod(A.c_str(), 0600);
  ApplyResult Undone = valueOf(undoLast(Tree.Root));
  EXPECT_EQ(Undone.JournalId, Result.JournalId);
  EXPECT_EQ(Undone.Files, 2u);
  EXPECT_EQ(Undone.Added, 2u);
  EXPECT_EQ(Undone.Removed, 3u);
  EXPECT_EQ(Tree.read("a.sh"), Old);
  EXPECT_EQ(Tree.mode("a.sh"), 0755u);
  EXPECT_EQ(Tree.read("dir/b.h"), std::string("x\0old", 5));
  EXPECT_EQ(Tree.mode("dir/b.h"), 0640u);
  EXPECT_THAT(Tree.list(), ElementsAre("a.sh", "dir", "dir/b.h"));
}

TEST(Apply, NothingToWriteLeavesNoTrace) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "same");
  ApplyResult Result =
      valueOf(applyChanges({change(A, "same", "same")}, Tree.options()));
  EXPECT_EQ(Result.Files, 0u);
  EXPECT_EQ(Result.JournalId, "");
  EXPECT_FALSE(sys::fs::exists(Tree.path(".clang-consolidate")));
}

TEST(Apply, SymlinkStaysALink) {
  TempTree Tree;
  std::string Target = Tree.write("real/a.h", "old\n");
  ASSERT_EQ(::symlink("real/a.h", Tree.path("a.h").c_str()), 0);
  // Given by its link, against the contract: still the target is written.
  valueOf(applyChanges({change(Tree.path("a.h"), "old\n", "new\n")},
                       Tree.options()));
  EXPECT_TRUE(sys::fs::is_symlink_file(Tree.path("a.h")));
  EXPECT_FALSE(sys::fs::is_symlink_file(Target));
  EXPECT_EQ(Tree.read("real/a.h"), "new\n");
  valueOf(undoLast(Tree.Root));
  EXPECT_TRUE(sys::fs::is_symlink_file(Tree.path("a.h")));
  EXPECT_EQ(Tree.read("real/a.h"), "old\n");
}

TEST(Apply, HardLinkKeepsItsOldBytes) {
  TempTree Tree;
  std::string A = Tree.write("a.h", "old\n");
  ASSERT_EQ(::link(A.c_str(), Tree.path("other.h").c_str()), 0);
  valueOf(applyChanges({change(A, "old\n", "new\n")}, Tree.options()));
  EXPECT_EQ(Tree.read("a.h"), "new\n");
  EXPECT_EQ(Tree.read("other.h"), "old\n");
}

#ifdef __linux__
TEST(Apply, ExtendedAttributesStay) {
  TempTree Tree;
  std::string A = Tree.write("a.h", "old\n");
  if (::setxattr(A.c_str(), "user.note", "kept", 4, 0) != 0)
    GTEST_SKIP() << "no extended attributes on this file system";
  valueOf(applyChanges({change(A, "old\n", "new\n")}, Tree.options()));
  char Value[8] = {};
  EXPECT_EQ(::getxattr(A.c_str(), "user.note", Value, sizeof(Value)), 4);
  EXPECT_STREQ(Value, "kept");
}

TEST(Apply, OwnerStays) {
  if (::geteuid() != 0)
    GTEST_SKIP() << "only root may give a file away";
  TempTree Tree;
  std::string A = Tree.write("a.h", "old\n");
  ASSERT_EQ(::chown(A.c_str(), 1234, 4321), 0);
  ASSERT_EQ(::chmod(A.c_str(), 04755), 0);
  valueOf(applyChanges({change(A, "old\n", "new\n")}, Tree.options()));
  struct stat Info;
  ASSERT_EQ(::stat(A.c_str(), &Info), 0);
  EXPECT_EQ(Info.st_uid, 1234u);
  EXPECT_EQ(Info.st_gid, 4321u);
  EXPECT_EQ(Tree.mode("a.h"), 04755u);
}
#endif

TEST(Apply, StateIsInvisibleToGit) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "old\n");
  Tree.commitAll();
  valueOf(applyChanges({change(A, "old\n", "new\n")}, Tree.options()));
  Tree.run("test \"$(git status --porcelain)\" = ' M a.cpp'");
}

TEST(Apply, JournalSaysWhatWasDone) {
  TempTree Tree;
  std::string A = Tree.write("d/a.cpp", "old\n", 0750);
  ApplyResult Result =
      valueOf(applyChanges({change(A, "old\n", "new\n")}, Tree.options()));
  std::string Directory = ".clang-consolidate/journal/" + Result.JournalId;
  Expected<json::Value> Manifest =
      json::parse(Tree.read(Directory + "/manifest.json"));
  ASSERT_TRUE(bool(Manifest));
  const json::Object &Object = *Manifest->getAsObject();
  EXPECT_EQ(Object.getString("state"), "applied");
  EXPECT_EQ(Object.getString("label"), "clang-consolidate apply");
  const json::Object &File = *(*Object.getArray("files"))[0].getAsObject();
  EXPECT_EQ(File.getString("path"), "d/a.cpp");
  EXPECT_EQ(File.getString("mode"), "0750");
  EXPECT_EQ(Tree.read(Directory + "/" + File.getString("original")->str()),
            "old\n");
}

TEST(Undo, TwoAppliesThenTwoUndos) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "1\n");
  std::string First =
      valueOf(applyChanges({change(A, "1\n", "2\n")}, Tree.options()))
          .JournalId;
  std::string Second =
      valueOf(applyChanges({change(A, "2\n", "3\n")}, Tree.options()))
          .JournalId;
  EXPECT_NE(First, Second);
  EXPECT_EQ(valueOf(undoLast(Tree.Root)).JournalId, Second);
  EXPECT_EQ(Tree.read("a.cpp"), "2\n");
  EXPECT_EQ(valueOf(undoLast(Tree.Root)).JournalId, First);
  EXPECT_EQ(Tree.read("a.cpp"), "1\n");
  EXPECT_THAT(messageOf(undoLast(Tree.Root).takeError(), ErrorKind::Usage),
              HasSubstr("nothing to undo"));
  // A later apply is newer than everything undone.
  EXPECT_TRUE(
      StringRef(valueOf(applyChanges({change(A, "1\n", "4\n")}, Tree.options()))
                    .JournalId)
          .starts_with("000003-"));
}

TEST(Undo, NothingAppliedLeavesNoTrace) {
  TempTree Tree;
  EXPECT_THAT(messageOf(undoLast(Tree.Root).takeError(), ErrorKind::Usage),
              HasSubstr("nothing to undo"));
  EXPECT_FALSE(valueOf(recoverJournal(Tree.Root)));
  EXPECT_THAT(Tree.list(), ElementsAre());
  EXPECT_FALSE(sys::fs::exists(Tree.path(".clang-consolidate")));
}

TEST(Undo, PathThatIsNotUtf8) {
  TempTree Tree;
  std::string A = Tree.write("\xe9.cpp", "old\n");
  valueOf(applyChanges({change(A, "old\n", "new\n")}, Tree.options()));
  valueOf(undoLast(Tree.Root));
  EXPECT_EQ(Tree.read("\xe9.cpp"), "old\n");
}

TEST(Undo, ManifestCannotLeadOutOfTheRoot) {
  TempTree Tree;
  std::string A = Tree.write("sub/a.cpp", "old\n");
  ApplyOptions Options = Tree.options();
  Options.Root = Tree.path("sub");
  std::string Id =
      valueOf(applyChanges({change(A, "old\n", "new\n")}, Options)).JournalId;
  std::string Manifest =
      "sub/.clang-consolidate/journal/" + Id + "/manifest.json";
  std::string Text = Tree.read(Manifest);
  size_t Name = Text.find("\"a.cpp\"");
  ASSERT_NE(Name, std::string::npos);
  Tree.write("a.cpp", "new\n");
  Tree.write(Manifest, Text.replace(Name, 7, "\"../a.cpp\""));
  EXPECT_THAT(
      messageOf(undoLast(Options.Root).takeError(), ErrorKind::FileSystem),
      HasSubstr("manifest.json is damaged"));
  EXPECT_EQ(Tree.read("a.cpp"), "new\n");
}

} // namespace
} // namespace consolidate
