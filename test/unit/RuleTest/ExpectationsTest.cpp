//===- ExpectationsTest.cpp - The comments of a case ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Expectations.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace consolidate {
namespace {

TEST(Annotations, AreTakenOutOfTheText) {
  AnnotatedSource Source = readAnnotations(
      "Old a; // consolidate: type, construction // expect-left: CC107\n"
      "Old b;   // kept // expect-left: one: two // expect-left: three\n"
      "\n"
      "int c; // consolidates nothing\n");
  EXPECT_EQ(Source.Text,
            "Old a;\nOld b;   // kept\n\nint c; // consolidates nothing\n");
  ASSERT_EQ(Source.Kinds.size(), 1u);
  EXPECT_THAT(Source.Kinds[1], ElementsAre("construction", "type"));
  EXPECT_THAT(Source.Left[1], ElementsAre("CC107"));
  EXPECT_THAT(Source.Left[2], ElementsAre("one: two", "three"));
  EXPECT_THAT(Source.Errors, IsEmpty());
}

TEST(Annotations, ThatMakeNoSense) {
  EXPECT_THAT(readAnnotations("a; // consolidate: typ\n").Errors,
              ElementsAre(HasSubstr("line 1: 'typ' is no kind of finding")));
  EXPECT_THAT(readAnnotations("a; // consolidate:\n").Errors,
              ElementsAre(HasSubstr("'' is no kind")));
  EXPECT_THAT(readAnnotations("\na; // expect-left:\n").Errors,
              ElementsAre(HasSubstr("line 2: '// expect-left:' without")));
  EXPECT_THAT(readAnnotations("  // consolidate: type\n").Errors,
              ElementsAre(HasSubstr("holds no code")));
}

class Findings : public testing::Test {
protected:
  EditPlan Plan;

  void add(FindingKind Kind, unsigned Line, Reason Left = {},
           StringRef Path = "/main.cpp") {
    Finding F;
    F.Kind = Kind;
    F.Path = Path.str();
    F.Line = Line;
    F.Length = 3;
    F.leave(std::move(Left));
    Cluster C;
    C.Findings = {Plan.Findings.size()};
    Plan.Findings.push_back(F);
    Plan.Clusters.push_back(C);
  }

  std::vector<std::string> check(StringRef Before,
                                 std::vector<std::string> Left = {}) {
    RuleTestCase Case;
    Case.Left = std::move(Left);
    return checkFindings(readAnnotations(Before), Case, Plan, "/main.cpp");
  }
};

TEST_F(Findings, WithoutKindsAnyAreFine) {
  add(FindingKind::Type, 1);
  EXPECT_THAT(check("a;\nb;\n"), IsEmpty());
}

TEST_F(Findings, WithKindsEveryLineCounts) {
  add(FindingKind::Type, 1);
  add(FindingKind::Construction, 1);
  add(FindingKind::Member, 2);
  EXPECT_THAT(check("a; // consolidate: construction, type\n"
                    "b; // consolidate: member\n"),
              IsEmpty());
  EXPECT_THAT(check("a; // consolidate: type\nb;\nc; // consolidate: type\n"),
              ElementsAre("line 1: expected type, found construction, type",
                          "line 2: expected no finding, found member",
                          "line 3: expected type, found no finding"));
}

TEST_F(Findings, OfOtherFilesDoNotCount) {
  add(FindingKind::Type, 1, {MessageId::OutsideScope, "outside"}, "/old.h");
  EXPECT_THAT(check("a;\n"), IsEmpty());
}

TEST_F(Findings, EveryReasonIsExpected) {
  add(FindingKind::Type, 2, {MessageId::Suppressed, "suppressed"});
  EXPECT_THAT(check("a;\nb;\n"),
              ElementsAre("line 2: is left: suppressed [CC102]"));
  EXPECT_THAT(check("a;\nb; // expect-left: CC102\n"), IsEmpty());
  EXPECT_THAT(check("a; // expect-left: CC102\nb;\n"),
              ElementsAre("line 1: nothing is left for 'CC102'",
                          "line 2: is left: suppressed [CC102]"));
  EXPECT_THAT(check("a;\nb;\n", {"suppr"}), IsEmpty());
  EXPECT_THAT(check("a;\nb;\n", {"suppr", "other"}),
              ElementsAre("nothing is left for 'other'"));
}

TEST_F(Findings, ADroppedClusterIsLeftAsWell) {
  add(FindingKind::Type, 1);
  Plan.Clusters[0].drop({MessageId::WouldNotCompile, "error"});
  EXPECT_THAT(check("a;\n"), ElementsAre("line 1: is left: error [CC201]"));
}

} // namespace
} // namespace consolidate
