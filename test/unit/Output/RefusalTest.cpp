//===- RefusalTest.cpp - Each reason not to write, and its message --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"

#include "gmock/gmock.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace consolidate {
namespace {

std::string refusalOf(ArrayRef<FileChange> Files, const ApplyOptions &Options) {
  return messageOf(applyChanges(Files, Options).takeError(),
                   ErrorKind::Refused);
}

TEST(Refusal, ChangedSinceItWasRead) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "old\n");
  std::string B = Tree.write("b.cpp", "other\n");
  std::string Message =
      refusalOf({change(A, "old\n", "new\n"), change(B, "old\n", "new\n"),
                 change(Tree.path("gone.cpp"), "old\n", "new\n")},
                Tree.options());
  EXPECT_THAT(
      Message,
      HasSubstr("refusing to apply, nothing was written:\n"
                "  not what they were when they were read (run "
                "again) [CC304]:\n    b.cpp\n    gone.cpp (cannot read "));
  EXPECT_EQ(Tree.read("a.cpp"), "old\n");
  // Nothing to undo or recover either.
  EXPECT_FALSE(valueOf(recoverJournal(Tree.Root)));
}

TEST(Refusal, ReadOnlyEvenAsRoot) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "old\n", 0444);
  std::string B = Tree.write("b.cpp", "old\n", 0555);
  EXPECT_THAT(
      refusalOf({change(A, "old\n", "new\n"), change(B, "old\n", "new\n")},
                Tree.options()),
      HasSubstr("  read-only (make them writable with `chmod u+w`, or exclude "
                "them in `scope`) [CC302]:\n    a.cpp\n    b.cpp"));
  EXPECT_EQ(Tree.read("a.cpp"), "old\n");
}

// Root may write everywhere, so a child asks as nobody.
TEST(Refusal, DirectoryThatCannotBeWrittenTo) {
  TempTree Tree;
  std::string A = Tree.write("locked/a.cpp", "old\n", 0666);
  ASSERT_EQ(::chmod(Tree.Root.c_str(), 0777), 0);
  ASSERT_EQ(::chmod(Tree.path("locked").c_str(), 0555), 0);
  pid_t Child = ::fork();
  if (Child == 0) {
    if (::geteuid() == 0 && ::setuid(65534) != 0)
      ::_exit(2);
    std::string Message =
        refusalOf({change(A, "old\n", "new\n")}, Tree.options());
    ::_exit(StringRef(Message).contains("`scope`) [CC303]:\n    locked/a.cpp")
                ? 0
                : 1);
  }
  int Status = 0;
  ::waitpid(Child, &Status, 0);
  EXPECT_TRUE(WIFEXITED(Status) && WEXITSTATUS(Status) == 0) << Status;
  EXPECT_EQ(Tree.read("locked/a.cpp"), "old\n");
  ::chmod(Tree.path("locked").c_str(), 0755);
}

TEST(Refusal, GitThatCannotAnswer) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "old\n");
  Tree.commitAll();
  Tree.write(".git/index", "not an index");
  EXPECT_THAT(refusalOf({change(A, "old\n", "new\n")}, Tree.options()),
              AllOf(HasSubstr("cannot ask git whether " + A),
                    HasSubstr("then pass --allow-dirty [CC311]")));
}

TEST(Refusal, OutsideRoot) {
  TempTree Tree;
  std::string In = Tree.write("sub/a.cpp", "old\n");
  std::string Out = Tree.write("subsequent/b.cpp", "old\n");
  ASSERT_EQ(::symlink("../subsequent/b.cpp", Tree.path("sub/link.cpp").c_str()),
            0);
  ApplyOptions Options = Tree.options();
  Options.Root = Tree.path("sub");
  std::string Message = refusalOf(
      {change(In, "old\n", "new\n"), change(Out, "old\n", "new\n")}, Options);
  EXPECT_THAT(Message, AllOf(HasSubstr("outside " + Options.Root),
                             HasSubstr("[CC305]")));
  EXPECT_THAT(Message, HasSubstr("    " + Out));
  // A link inside does not make its target ours.
  EXPECT_THAT(
      refusalOf({change(Tree.path("sub/link.cpp"), "old\n", "new\n")}, Options),
      HasSubstr("    " + Out));
  EXPECT_EQ(Tree.read("sub/a.cpp"), "old\n");
}

TEST(Refusal, OneFileByTwoPaths) {
  TempTree Tree;
  std::string A = Tree.write("a.h", "old\n");
  ASSERT_EQ(::symlink("a.h", Tree.path("b.h").c_str()), 0);
  EXPECT_THAT(
      refusalOf({change(A, "old\n", "new\n"),
                 change(Tree.path("b.h"), "old\n", "newer\n")},
                Tree.options()),
      AllOf(HasSubstr("changed twice in one plan"), HasSubstr("[CC307]")));
}

TEST(Refusal, UncommittedChangesAreAllListed) {
  TempTree Tree;
  Tree.write(".gitignore", "ignored.cpp\n");
  for (const char *Name : {"clean.cpp", "modified.cpp", "staged.cpp"})
    Tree.write(Name, "committed\n");
  Tree.commitAll();
  for (const char *Name :
       {"modified.cpp", "staged.cpp", "untracked.cpp", "ignored.cpp"})
    Tree.write(Name, "mine\n");
  Tree.run("git add staged.cpp");
  std::vector<FileChange> Files;
  for (const char *Name :
       {"ignored.cpp", "modified.cpp", "staged.cpp", "untracked.cpp"})
    Files.push_back(change(Tree.path(Name), "mine\n", "new\n"));
  Files.push_back(change(Tree.path("clean.cpp"), "committed\n", "new\n"));
  std::string Message = refusalOf(Files, Tree.options());
  EXPECT_THAT(Message,
              HasSubstr("  uncommitted changes (commit or stash them first, or "
                        "pass --allow-dirty) [CC301]:\n"
                        "    ignored.cpp (untracked, ignored by git)\n"
                        "    modified.cpp (modified)\n"
                        "    staged.cpp (staged)\n"
                        "    untracked.cpp (untracked)"));
  EXPECT_THAT(Message, Not(HasSubstr("clean.cpp")));
  EXPECT_EQ(Tree.read("clean.cpp"), "committed\n");

  EXPECT_EQ(valueOf(applyChanges(Files, Tree.options(true))).Files, 5u);
  EXPECT_EQ(Tree.read("untracked.cpp"), "new\n");
  valueOf(undoLast(Tree.Root));
  EXPECT_EQ(Tree.read("untracked.cpp"), "mine\n");
}

TEST(Refusal, NotForCommittedFilesOrOutsideARepository) {
  TempTree Tree;
  std::string Loose = Tree.write("loose.cpp", "old\n");
  std::string Clean = Tree.write("repo/my dir/clean.cpp", "old\r\n");
  Tree.run("cd repo && git init -q && git add -A && git commit -q -m x");
  EXPECT_EQ(valueOf(applyChanges({change(Loose, "old\n", "new\n"),
                                  change(Clean, "old\r\n", "new\r\n")},
                                 Tree.options()))
                .Files,
            2u);
  // The second apply meets the first one's, uncommitted.
  EXPECT_THAT(
      refusalOf({change(Clean, "new\r\n", "newer\r\n")}, Tree.options()),
      HasSubstr("repo/my dir/clean.cpp (modified)"));
}

TEST(Refusal, EveryReasonIsInOneMessage) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "other\n");
  std::string B = Tree.write("b.cpp", "old\n", 0444);
  std::string C = Tree.write("c.cpp", "old\n");
  Tree.run("git init -q");
  EXPECT_THAT(
      refusalOf({change(A, "old\n", "new\n"), change(B, "old\n", "new\n"),
                 change(C, "old\n", "new\n"),
                 change("/nowhere/d.cpp", "old\n", "new\n")},
                Tree.options()),
      AllOf(HasSubstr("not what they were"), HasSubstr("read-only"),
            HasSubstr("c.cpp (untracked)"), HasSubstr("outside " + Tree.Root)));
}

TEST(Refusal, UndoOfFilesThatChangedSince) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "old\n");
  std::string B = Tree.write("b.cpp", "old\n");
  std::string C = Tree.write("c.cpp", "old\n");
  std::string Id = valueOf(applyChanges({change(A, "old\n", "new\n"),
                                         change(B, "old\n", "new\n"),
                                         change(C, "old\n", "new\n")},
                                        Tree.options()))
                       .JournalId;
  Tree.write("b.cpp", "mine\n");
  ::unlink(C.c_str());
  std::string Message =
      messageOf(undoLast(Tree.Root).takeError(), ErrorKind::Refused);
  EXPECT_THAT(Message, HasSubstr("refusing to undo " + Id));
  EXPECT_THAT(Message, HasSubstr("changed since they were applied"));
  EXPECT_THAT(Message, HasSubstr(" [CC306]:\n"));
  EXPECT_THAT(Message, HasSubstr("\n    b.cpp\n    c.cpp (cannot read"));
  EXPECT_THAT(Message, Not(HasSubstr("a.cpp")));
  EXPECT_EQ(Tree.read("a.cpp"), "new\n");
  Tree.write("b.cpp", "new\n");
  Tree.write("c.cpp", "new\n");
  EXPECT_EQ(valueOf(undoLast(Tree.Root)).Files, 3u);
}

/// The hook runs in the middle of an apply, with the lock held.
TEST(Refusal, AnotherFirstRunIsAboutToWrite) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "old\n");
  std::string Message;
  ApplyOptions Options = Tree.options();
  Options.OnStep = [&](StringRef Step) {
    if (Step == "create " + Tree.path(".clang-consolidate/.gitignore"))
      Message = refusalOf({change(A, "old\n", "theirs\n")}, Tree.options());
    return Error::success();
  };
  valueOf(applyChanges({change(A, "old\n", "new\n")}, Options));
  EXPECT_THAT(Message, HasSubstr("another clang-consolidate"));
  EXPECT_EQ(Tree.read("a.cpp"), "new\n");
}

TEST(Refusal, AnotherRunIsWriting) {
  TempTree Tree;
  std::string A = Tree.write("a.cpp", "old\n");
  std::vector<std::string> Messages;
  bool OtherProcessGotIn = true;
  ApplyOptions Options = Tree.options();
  Options.OnStep = [&](StringRef Step) {
    if (Step != "rename to " + A)
      return Error::success();
    Messages = {
        refusalOf({change(A, "old\n", "mine\n")}, Tree.options()),
        messageOf(undoLast(Tree.Root).takeError(), ErrorKind::Refused),
        messageOf(recoverJournal(Tree.Root).takeError(), ErrorKind::Refused)};
    pid_t Child = ::fork();
    if (Child == 0)
      ::_exit(bool(errorToBool(recoverJournal(Tree.Root).takeError())) ? 7 : 0);
    int Status = 0;
    ::waitpid(Child, &Status, 0);
    OtherProcessGotIn = WEXITSTATUS(Status) != 7;
    return Error::success();
  };
  valueOf(applyChanges({change(A, "old\n", "new\n")}, Options));
  ASSERT_EQ(Messages.size(), 3u);
  for (const std::string &Message : Messages)
    EXPECT_THAT(Message, HasSubstr("another clang-consolidate (process " +
                                   std::to_string(::getpid()) +
                                   ") is writing below " + Tree.Root +
                                   "; wait until it has finished, then run "
                                   "again [CC309]"));
  EXPECT_FALSE(OtherProcessGotIn);
  EXPECT_EQ(Tree.read("a.cpp"), "new\n");
  // Free again.
  valueOf(undoLast(Tree.Root));
  EXPECT_EQ(Tree.read("a.cpp"), "old\n");
}

} // namespace
} // namespace consolidate
