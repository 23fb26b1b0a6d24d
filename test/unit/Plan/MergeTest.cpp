//===- MergeTest.cpp - Findings of several units become one plan ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"

#include "consolidate/Plan.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::HasSubstr;

namespace consolidate {
namespace {

class PlanMerge : public testing::Test {
protected:
  TempTree Tree;
  std::string File = Tree.write("a.h", "Old one; Old two;\n");

  Finding finding(FindingKind Kind, unsigned Offset, unsigned Length,
                  StringRef Text) const {
    Finding F;
    F.Kind = Kind;
    F.Class = "Old";
    F.Path = File;
    F.Offset = Offset;
    F.Length = Length;
    F.Edits.push_back({File, Offset, Length, Text.str()});
    return F;
  }

  static EditPlan plan(ArrayRef<TuFindings> Tus) {
    Expected<EditPlan> Plan =
        makePlan(RuleSet(), Tus, [](StringRef) { return std::string(); }, {});
    EXPECT_TRUE(bool(Plan));
    return Plan ? std::move(*Plan) : EditPlan();
  }
};

TEST_F(PlanMerge, OneHeaderSeenByTwoUnitsIsOneEdit) {
  TuFindings A, B;
  A.Findings = {finding(FindingKind::Type, 0, 3, "New")};
  B.Findings = A.Findings;
  EditPlan Plan = plan({A, B});
  ASSERT_EQ(Plan.Files.size(), 1u);
  EXPECT_EQ(Plan.Files[0].After, "New one; Old two;\n");
  EXPECT_EQ(Plan.Findings.size(), 1u);
}

TEST_F(PlanMerge, UnitsThatDisagreeLeaveThePlace) {
  TuFindings A, B;
  A.Findings = {finding(FindingKind::Type, 0, 3, "New")};
  B.Findings = {finding(FindingKind::Type, 0, 3, "Newer")};
  EditPlan Plan = plan({A, B});
  EXPECT_TRUE(Plan.Files.empty());
  ASSERT_EQ(Plan.Findings.size(), 1u);
  EXPECT_THAT(Plan.Findings[0].Left,
              HasSubstr("one writes 'New', another 'Newer'"));
  EXPECT_EQ(messageCode(Plan.Findings[0].LeftId), "CC119");
  EXPECT_EQ(messageCode(Plan.Clusters[0].DroppedId), "CC119");
}

TEST_F(PlanMerge, WhatOneUnitLeavesIsLeft) {
  TuFindings A, B;
  A.Findings = {finding(FindingKind::Type, 0, 3, "New")};
  B.Findings = A.Findings;
  B.Findings[0].leave({MessageId::Suppressed, "suppressed by NOLINT"});
  EditPlan Plan = plan({A, B});
  EXPECT_TRUE(Plan.Files.empty());
  EXPECT_EQ(Plan.Findings[0].Left, "suppressed by NOLINT");
  EXPECT_EQ(messageCode(Plan.Findings[0].LeftId), "CC102");
}

TEST_F(PlanMerge, ClustersThatOverlapAreBothDroppedAndNameEachOther) {
  TuFindings A;
  A.Findings = {finding(FindingKind::Type, 0, 7, "New uno"),
                finding(FindingKind::Member, 4, 8, "eins; x"),
                finding(FindingKind::Type, 13, 3, "zwo")};
  EditPlan Plan = plan({A});
  ASSERT_EQ(Plan.Clusters.size(), 3u);
  unsigned Dropped = 0;
  for (const Cluster &C : Plan.Clusters) {
    if (C.Dropped.empty())
      continue;
    ++Dropped;
    EXPECT_EQ(messageCode(C.DroppedId), "CC202");
    bool IsMember = Plan.Findings[C.Findings[0]].Kind == FindingKind::Member;
    EXPECT_THAT(C.Dropped,
                HasSubstr(IsMember ? "consolidate-legacy-type at "
                                   : "consolidate-legacy-member at "));
  }
  EXPECT_EQ(Dropped, 2u);
  ASSERT_EQ(Plan.Files.size(), 1u);
  EXPECT_EQ(Plan.Files[0].After, "Old one; Old zwo;\n");
}

} // namespace
} // namespace consolidate
