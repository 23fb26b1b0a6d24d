//===- OverloadsTest.cpp - What calls mean once a plan is in --------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Verify/Overloads.h"

#include "llvm/ADT/StringRef.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

namespace consolidate {
namespace {

/// `run` as it was called before, or is now.
ChosenCall call(unsigned Begin, StringRef Key) {
  ChosenCall Call;
  Call.Path = "/a.cpp";
  Call.Begin = Begin;
  Call.End = Begin + 3;
  Call.Key = Call.Signature = Key.str();
  return Call;
}

/// `int i = Old(x.run());` becomes `int i = New(0, x.run());`.
class OverloadsTest : public testing::Test {
protected:
  static constexpr StringRef Before = "int i = Old(x.run());";
  static constexpr StringRef After = "int i = New(0, x.run());";
  unsigned RunBefore = Before.find("run");
  unsigned RunAfter = After.find("run");
  std::vector<TuFindings> Tus{1};

  EditPlan planWith(Edit E) const {
    EditPlan Plan;
    FileChange Change;
    Change.Path = "/a.cpp";
    Change.Before = Before.str();
    Change.After = After.str();
    Change.Edits = {std::move(E)};
    Plan.Files = {Change};
    return Plan;
  }

  /// The whole construction is written anew; its argument is the file's.
  Edit edit() const {
    unsigned Offset = Before.find("Old");
    return {"/a.cpp", Offset, 12, "New(0, x.run())", {{7, Offset + 4, 7}}};
  }
};

TEST_F(OverloadsTest, aCallInsideOfTextThatMovesIsAskedWhereItStandsThen) {
  Tus[0].Watched = {call(RunBefore, "Old::run")};
  EditPlan Plan = planWith(edit());
  OverloadCheck Check(Plan, Tus);
  EXPECT_THAT(Check.asked().lookup("/a.cpp"),
              ElementsAre(Pair(RunAfter, RunAfter + 3)));
  EXPECT_THAT(Check.misled({call(RunAfter, "Old::run")}), IsEmpty());
  std::vector<CompileError> Misled = Check.misled({call(RunAfter, "New::run")});
  ASSERT_EQ(Misled.size(), 1u);
  EXPECT_EQ(Misled[0].Offset, RunAfter);
}

TEST_F(OverloadsTest, aCallThatIsWrittenAnewIsNotAsked) {
  Tus[0].Watched = {call(RunBefore, "Old::run")};
  Edit E = edit();
  E.Kept.clear();
  EditPlan Plan = planWith(E);
  OverloadCheck Check(Plan, Tus);
  EXPECT_THAT(Check.asked().lookup("/a.cpp"), IsEmpty());
  EXPECT_THAT(Check.misled({call(RunAfter, "New::run")}), IsEmpty());
}

TEST_F(OverloadsTest, aCallThatIsTakenTwiceIsAskedTwice) {
  Tus[0].Watched = {call(RunBefore, "Old::run")};
  Edit E = edit();
  E.Text = "New(x.run(), x.run())";
  E.Kept = {{4, E.Offset + 4, 7}, {13, E.Offset + 4, 7}};
  EditPlan Plan = planWith(E);
  OverloadCheck Check(Plan, Tus);
  EXPECT_THAT(Check.asked().lookup("/a.cpp"),
              ElementsAre(Pair(E.Offset + 6, E.Offset + 9),
                          Pair(E.Offset + 15, E.Offset + 18)));
}

TEST_F(OverloadsTest, argumentsOfWhatIsLeftAreFoundInsideOfAnEdit) {
  // `x.run()` is left, and must not come to be called on the new class.
  Finding Left;
  Left.Path = "/a.cpp";
  Left.Line = 1;
  unsigned Paren = RunBefore + 4;
  Left.Meant = {{Paren, Paren, false, CallSite::Arguments, {}, ""}};
  EditPlan Plan = planWith(edit());
  Plan.Findings = {Left};
  Cluster Dropped;
  Dropped.Findings = {0};
  Dropped.Dropped = "left";
  Plan.Clusters = {Dropped};
  OverloadCheck Check(Plan, Tus);
  ChosenCall Now = call(RunAfter + 4, "New::run");
  Now.End = Now.Begin;
  Now.Site = CallSite::Arguments;
  EXPECT_EQ(Check.misled({Now}).size(), 1u);
}

} // namespace
} // namespace consolidate
