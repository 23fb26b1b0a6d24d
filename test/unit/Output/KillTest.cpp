//===- KillTest.cpp - Killed, or failing, at every single step ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"

#include "gmock/gmock.h"

#include <functional>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;
using testing::ElementsAre;
using testing::HasSubstr;

namespace consolidate {
namespace {

constexpr int Killed = 99;
constexpr int Failed = 98;

/// Three files in two directories, one of them executable.
struct Project : TempTree {
  Project() {
    write("a.cpp", "old a\r\n", 0755);
    write("dir/b.cpp", "old b");
    write("dir/c.cpp", "\xef\xbb\xbfold c\n", 0600);
  }

  std::vector<FileChange> changes() const {
    return {change(path("a.cpp"), "old a\r\n", "new a\r\n"),
            change(path("dir/b.cpp"), "old b", "new b"),
            change(path("dir/c.cpp"), "\xef\xbb\xbfold c\n",
                   "\xef\xbb\xbfnew c\n")};
  }

  bool is(bool After) const {
    for (const FileChange &File : changes())
      if (read(StringRef(File.Path).drop_front(Root.size() + 1)) !=
          (After ? File.After : File.Before))
        return false;
    return true;
  }

  Error apply(StepHook OnStep) const {
    ApplyOptions Options = options();
    Options.OnStep = std::move(OnStep);
    return applyChanges(changes(), Options).takeError();
  }

  /// All old or all new; nothing left beside them; nothing more to recover.
  void expectWhole(const std::string &Where) const {
    EXPECT_TRUE(is(true) || is(false)) << Where;
    EXPECT_THAT(list(), ElementsAre("a.cpp", "dir", "dir/b.cpp", "dir/c.cpp"))
        << Where;
    EXPECT_EQ(mode("a.cpp"), 0755u) << Where;
    EXPECT_EQ(mode("dir/c.cpp"), 0600u) << Where;
    Expected<bool> Again = recoverJournal(Root);
    ASSERT_TRUE(bool(Again)) << Where << toString(Again.takeError());
    EXPECT_FALSE(*Again) << Where;
  }
};

/// Runs \p Action in a child that ends, without any clean-up, at step \p Step.
/// True when it was killed, false when it got through.
bool killedAt(unsigned Step, function_ref<Error(StepHook)> Action) {
  pid_t Child = ::fork();
  if (Child == 0) {
    unsigned Count = 0;
    Error E = Action([&](StringRef) {
      if (Count++ == Step)
        ::_exit(Killed);
      return Error::success();
    });
    if (E)
      llvm::errs() << toString(std::move(E)) << '\n';
    ::_exit(E ? Failed : 0);
  }
  int Status = 0;
  EXPECT_EQ(::waitpid(Child, &Status, 0), Child);
  EXPECT_TRUE(WIFEXITED(Status));
  EXPECT_TRUE(WEXITSTATUS(Status) == Killed || WEXITSTATUS(Status) == 0)
      << WEXITSTATUS(Status);
  return WEXITSTATUS(Status) == Killed;
}

/// Kills an apply just before it replaces \p Path.
void killBeforeReplacing(const Project &P, const std::string &Path) {
  pid_t Child = ::fork();
  if (Child == 0) {
    consumeError(P.apply([&](StringRef Step) {
      if (Step == "rename to " + Path)
        ::_exit(Killed);
      return Error::success();
    }));
    ::_exit(Failed);
  }
  int Status = 0;
  ::waitpid(Child, &Status, 0);
  ASSERT_EQ(WEXITSTATUS(Status), Killed);
}

/// Fails, once, at step \p Step; counts on in \p Count.
StepHook failAt(unsigned Step, unsigned &Count) {
  return [Step, &Count](StringRef) {
    return Count++ == Step
               ? makeError(ErrorKind::FileSystem, "no space left on device")
               : Error::success();
  };
}

TEST(Kill, ApplyAtEveryStep) {
  unsigned OldAfterwards = 0, NewAfterwards = 0;
  for (unsigned Step = 0;; ++Step) {
    Project P;
    if (!killedAt(Step, [&](StepHook Hook) { return P.apply(Hook); })) {
      EXPECT_TRUE(P.is(true));
      break;
    }
    valueOf(recoverJournal(P.Root));
    P.expectWhole("step " + std::to_string(Step));
    ++(P.is(true) ? NewAfterwards : OldAfterwards);
    // The project is usable: the same change goes in, and out again.
    if (P.is(false)) {
      EXPECT_FALSE(errorToBool(P.apply({})));
    }
    EXPECT_TRUE(P.is(true));
    valueOf(undoLast(P.Root));
    EXPECT_TRUE(P.is(false));
  }
  // Both ends were met, and the loop went through every write.
  EXPECT_GT(OldAfterwards, 20u);
  EXPECT_GT(NewAfterwards, 3u);
}

TEST(Kill, UndoAtEveryStep) {
  unsigned Steps = 0, OldAfterwards = 0;
  for (;; ++Steps) {
    Project P;
    ASSERT_FALSE(errorToBool(P.apply({})));
    if (!killedAt(Steps, [&](StepHook Hook) {
          return undoLast(P.Root, Hook).takeError();
        })) {
      EXPECT_TRUE(P.is(false));
      break;
    }
    valueOf(recoverJournal(P.Root));
    P.expectWhole("step " + std::to_string(Steps));
    OldAfterwards += P.is(false);
  }
  EXPECT_GT(Steps, 15u);
  EXPECT_GT(OldAfterwards, 10u);
}

/// A machine that goes down again while it recovers.
TEST(Kill, RecoveryAtEveryStep) {
  unsigned Kills = 0;
  for (unsigned Step = 0;; ++Step) {
    for (unsigned Second = 0;; ++Second) {
      Project P;
      if (!killedAt(Step, [&](StepHook Hook) { return P.apply(Hook); })) {
        EXPECT_GT(Kills, 100u);
        return;
      }
      bool Again = killedAt(Second, [&](StepHook Hook) {
        return recoverJournal(P.Root, Hook).takeError();
      });
      Kills += Again;
      valueOf(recoverJournal(P.Root));
      P.expectWhole("steps " + std::to_string(Step) + ", " +
                    std::to_string(Second));
      if (!Again)
        break;
    }
  }
}

TEST(Kill, NextApplyRecoversByItself) {
  Project P;
  killBeforeReplacing(P, P.path("dir/b.cpp"));
  ASSERT_EQ(P.read("a.cpp"), "new a\r\n");
  ASSERT_EQ(P.read("dir/b.cpp"), "old b");
  EXPECT_FALSE(errorToBool(P.apply({})));
  EXPECT_TRUE(P.is(true));
  P.expectWhole("applied again");
}

/// Who calls undo after a kill may mean the run that was killed.
TEST(Kill, NextUndoRecoversAndStopsThere) {
  Project P;
  ASSERT_FALSE(errorToBool(P.apply({})));
  ASSERT_TRUE(killedAt(12, [&](StepHook Hook) {
    ApplyOptions Options = P.options();
    Options.OnStep = Hook;
    return applyChanges({change(P.path("a.cpp"), "new a\r\n", "newer")},
                        Options)
        .takeError();
  }));
  EXPECT_THAT(
      messageOf(undoLast(P.Root).takeError(), ErrorKind::Refused),
      AllOf(HasSubstr("has just been recovered"), HasSubstr("[CC310]")));
  EXPECT_TRUE(P.is(true));
  valueOf(undoLast(P.Root));
  EXPECT_TRUE(P.is(false));
}

TEST(Kill, RecoveryLeavesWhatTheUserChangedSince) {
  Project P;
  killBeforeReplacing(P, P.path("dir/c.cpp"));
  P.write("dir/b.cpp", "mine");
  std::string Message =
      messageOf(recoverJournal(P.Root).takeError(), ErrorKind::Refused);
  EXPECT_THAT(Message, HasSubstr("cannot be recovered"));
  EXPECT_THAT(Message, HasSubstr(" [CC308]:\n"));
  EXPECT_THAT(Message, HasSubstr("dir/b.cpp (original: " + P.Root));
  EXPECT_THAT(Message, HasSubstr("000001.before"));
  EXPECT_EQ(P.read("a.cpp"), "new a\r\n");
  EXPECT_EQ(P.read("dir/b.cpp"), "mine");
  // What the message says helps.
  P.write("dir/b.cpp", "old b");
  EXPECT_TRUE(valueOf(recoverJournal(P.Root)));
  P.expectWhole("after the advice");
  EXPECT_TRUE(P.is(false));
}

TEST(Kill, RecoveryRollsBackAroundAFileItNeverTouched) {
  Project P;
  killBeforeReplacing(P, P.path("dir/b.cpp"));
  P.write("dir/b.cpp", "mine");
  EXPECT_TRUE(valueOf(recoverJournal(P.Root)));
  EXPECT_EQ(P.read("a.cpp"), "old a\r\n");
  EXPECT_EQ(P.read("dir/b.cpp"), "mine");
  EXPECT_THAT(P.list(), ElementsAre("a.cpp", "dir", "dir/b.cpp", "dir/c.cpp"));
}

TEST(Fail, ApplyAtEveryStepChangesNothing) {
  unsigned Failures = 0;
  for (unsigned Step = 0;; ++Step) {
    Project P;
    unsigned Count = 0;
    Error E = P.apply(failAt(Step, Count));
    if (Count <= Step) {
      EXPECT_FALSE(errorToBool(std::move(E)));
      EXPECT_TRUE(P.is(true));
      break;
    }
    // Only a temporary that cannot be removed may pass unnoticed.
    if (!E) {
      EXPECT_TRUE(P.is(true)) << Step;
      continue;
    }
    ++Failures;
    EXPECT_THAT(messageOf(std::move(E), ErrorKind::FileSystem),
                HasSubstr("no space left on device"));
    EXPECT_TRUE(P.is(false)) << Step;
    // A journal without a manifest may stay behind; it holds nothing up.
    valueOf(recoverJournal(P.Root));
    P.expectWhole("step " + std::to_string(Step));
  }
  EXPECT_GT(Failures, 20u);
}

TEST(Fail, UndoAtEveryStepChangesNothing) {
  unsigned Failures = 0;
  for (unsigned Step = 0;; ++Step) {
    Project P;
    ASSERT_FALSE(errorToBool(P.apply({})));
    unsigned Count = 0;
    Error E = undoLast(P.Root, failAt(Step, Count)).takeError();
    if (Count <= Step) {
      EXPECT_FALSE(errorToBool(std::move(E)));
      EXPECT_TRUE(P.is(false));
      break;
    }
    ASSERT_TRUE(bool(E)) << Step;
    ++Failures;
    consumeError(std::move(E));
    EXPECT_TRUE(P.is(true)) << Step;
    EXPECT_THAT(P.list(),
                ElementsAre("a.cpp", "dir", "dir/b.cpp", "dir/c.cpp"));
    // Whatever the journal says now, one or two undos bring it to its end.
    if (errorToBool(undoLast(P.Root).takeError()))
      P.expectWhole("step " + std::to_string(Step));
    EXPECT_TRUE(P.is(false)) << Step;
  }
  EXPECT_GT(Failures, 15u);
}

TEST(Fail, FileThatChangesDuringTheRunIsNotOverwritten) {
  Project P;
  std::string Message = messageOf(P.apply([&](StringRef Step) {
    if (Step == "rename to " + P.path("a.cpp"))
      P.write("dir/b.cpp", "mine");
    return Error::success();
  }),
                                  ErrorKind::Refused);
  EXPECT_THAT(Message, HasSubstr("dir/b.cpp was changed by someone else"));
  EXPECT_EQ(P.read("a.cpp"), "old a\r\n");
  EXPECT_EQ(P.read("dir/b.cpp"), "mine");
  EXPECT_THAT(P.list(), ElementsAre("a.cpp", "dir", "dir/b.cpp", "dir/c.cpp"));
  EXPECT_FALSE(valueOf(recoverJournal(P.Root)));
}

} // namespace
} // namespace consolidate
