//===- FindingsJsonTest.cpp - The JSON that docs/json.md promises ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"

#include "llvm/Support/JSON.h"
#include "gmock/gmock.h"

using namespace llvm;

namespace consolidate {
namespace {

json::Object print(const EditPlan &Plan, StringRef Root) {
  std::string Text;
  raw_string_ostream OS(Text);
  printFindingsJson(Plan, Root, OS);
  EXPECT_TRUE(StringRef(Text).ends_with("}\n"));
  Expected<json::Value> Value = json::parse(Text);
  if (!Value) {
    ADD_FAILURE() << toString(Value.takeError()) << Text;
    return {};
  }
  return *Value->getAsObject();
}

Finding finding(FindingKind Kind, unsigned Offset) {
  Finding F;
  F.Kind = Kind;
  F.Rule = "netra::ExecutionEngine";
  F.Class = "netra::ExecutionEngine";
  F.Path = "/r/src/a.cpp";
  F.Offset = Offset;
  F.Length = 15;
  F.Line = 3;
  F.Column = 5;
  F.Form = "variable";
  F.Message = "legacy class";
  F.Symbol = "netra::run";
  F.Edits = {{F.Path, Offset, 15, "UserExecutionEngine"}};
  return F;
}

/// Edited, left, dropped, and one that no cluster took up.
EditPlan planOfFour() {
  EditPlan Plan;
  for (unsigned Offset : {10u, 50u, 90u, 130u})
    Plan.Findings.push_back(finding(FindingKind::Type, Offset));
  Plan.Findings[1].leave({MessageId::Suppressed, "suppressed by NOLINT"});
  Plan.Findings[1].Edits.clear();
  Plan.Findings[2].Level = Safety::Unsafe;
  Plan.Clusters.push_back({"one", {0}, Plan.Findings[0].Edits});
  Plan.Clusters.push_back({"two", {2}, Plan.Findings[2].Edits});
  Plan.Clusters[1].drop({MessageId::EditsOverlap, "conflicts with three"});
  Plan.Files.push_back(change("/r/src/a.cpp", "x", "y"));
  return Plan;
}

TEST(FindingsJson, SummaryAddsUp) {
  json::Object Object = print(planOfFour(), "/r");
  EXPECT_EQ(Object.getInteger("version"), 1);
  EXPECT_EQ(Object.getString("root"), "/r");
  EXPECT_EQ(json::Value(json::Object(*Object.getObject("summary"))),
            json::Value(json::Object{{"files", 1},
                                     {"edits", 1},
                                     {"findings", 4},
                                     {"edited", 1},
                                     {"left", 2},
                                     {"dropped", 1},
                                     {"clusters", 2},
                                     {"clustersDropped", 1}}));
}

TEST(FindingsJson, EveryFieldOfAFinding) {
  json::Object Object = print(planOfFour(), "/r");
  const json::Array &Findings = *Object.getArray("findings");
  ASSERT_EQ(Findings.size(), 4u);
  json::Object Edit{{"path", "src/a.cpp"},
                    {"offset", 10},
                    {"length", 15},
                    {"text", "UserExecutionEngine"}};
  EXPECT_EQ(Findings[0],
            json::Value(json::Object{{"check", "consolidate-legacy-type"},
                                     {"id", "CC001"},
                                     {"rule", "netra::ExecutionEngine"},
                                     {"class", "netra::ExecutionEngine"},
                                     {"path", "src/a.cpp"},
                                     {"line", 3},
                                     {"column", 5},
                                     {"offset", 10},
                                     {"length", 15},
                                     {"form", "variable"},
                                     {"message", "legacy class"},
                                     {"symbol", "netra::run"},
                                     {"safety", "safe"},
                                     {"status", "edited"},
                                     {"reason", ""},
                                     {"reasonId", ""},
                                     {"edits", json::Array{std::move(Edit)}},
                                     {"cluster", "one"}}));
  auto Get = [&](size_t Index, StringRef Key) {
    return Findings[Index].getAsObject()->getString(Key)->str();
  };
  EXPECT_EQ(Get(1, "status"), "left");
  EXPECT_EQ(Get(1, "reason"), "suppressed by NOLINT");
  EXPECT_EQ(Get(2, "status"), "dropped");
  EXPECT_EQ(Get(2, "reason"), "conflicts with three");
  EXPECT_EQ(Get(1, "reasonId"), "CC102");
  EXPECT_EQ(Get(2, "reasonId"), "CC202");
  EXPECT_EQ(Get(2, "safety"), "unsafe");
  EXPECT_EQ(Get(2, "cluster"), "two");
  EXPECT_EQ(Get(3, "status"), "left");
  EXPECT_EQ(Get(3, "reason"), "no cluster carries an edit for it");
}

TEST(FindingsJson, Clusters) {
  json::Object Object = print(planOfFour(), "/r");
  const json::Object &Two = *(*Object.getArray("clusters"))[1].getAsObject();
  EXPECT_EQ(Two.getString("id"), "two");
  EXPECT_EQ(Two.getString("status"), "dropped");
  EXPECT_EQ(Two.getString("reason"), "conflicts with three");
  EXPECT_EQ(Two.getString("reasonId"), "CC202");
  EXPECT_EQ((*Two.getArray("findings"))[0], json::Value(2));
  EXPECT_EQ(Two.getArray("edits")->size(), 1u);
}

TEST(FindingsJson, BytesThatAreNotUtf8AreNotLost) {
  EditPlan Plan;
  Plan.Findings.push_back(finding(FindingKind::Type, 0));
  Plan.Findings[0].Edits[0].Text = "\xe9";
  json::Object Object = print(Plan, "/r");
  const json::Object &Edit =
      *(*(*Object.getArray("findings"))[0].getAsObject()->getArray("edits"))[0]
           .getAsObject();
  EXPECT_EQ(Edit.getString("text"), "\xef\xbf\xbd");
  EXPECT_EQ(Edit.getString("textBase64"), "6Q==");
}

TEST(FindingsJson, EmptyPlan) {
  json::Object Object = print({}, "/r");
  EXPECT_TRUE(Object.getArray("findings")->empty());
  EXPECT_TRUE(Object.getArray("clusters")->empty());
}

TEST(FindingsJson, CheckNames) {
  EXPECT_EQ(checkName(FindingKind::Type), "consolidate-legacy-type");
  EXPECT_EQ(checkName(FindingKind::Construction),
            "consolidate-legacy-construction");
  EXPECT_EQ(checkName(FindingKind::Include), "consolidate-legacy-include");
  EXPECT_EQ(checkName(FindingKind::Member), "consolidate-legacy-member");
  EXPECT_EQ(checkName(FindingKind::Factory), "consolidate-legacy-factory");
  EXPECT_EQ(checkName(FindingKind::Definition), "consolidate-duplicate-class");
  EXPECT_EQ(checkName(FindingKind::Comment), "consolidate-legacy-comment");
}

} // namespace
} // namespace consolidate
