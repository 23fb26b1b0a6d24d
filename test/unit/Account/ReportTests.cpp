//===- ReportTests.cpp - The accounting as text and as JSON ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "AccountRun.h"

#include "consolidate/Output.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::ElementsAre;

namespace consolidate {
namespace {

TEST(ReportTest, rowIsASum) {
  AccountRow Row;
  Row.Name = "netra::ExecutionEngine";
  Row.Word = "ExecutionEngine";
  Row.Total = 412;
  Row.Counts[size_t(Bucket::Edited)] = 300;
  Row.Counts[size_t(Bucket::String)] = 112;
  EXPECT_EQ(describeRow(Row),
            "netra::ExecutionEngine: 412 mentions = 300 edited + 112 string");
  Row.Counts = {};
  Row.Total = 0;
  EXPECT_EQ(describeRow(Row), "netra::ExecutionEngine: 0 mentions");
}

TEST(ReportTest, rowIsFoundByEachOfItsNames) {
  AccountRow Row;
  Row.Name = "a::Engine / b::Engine";
  Row.Word = "Engine";
  EXPECT_TRUE(isNamed(Row, "a::Engine"));
  EXPECT_TRUE(isNamed(Row, "::b::Engine"));
  EXPECT_TRUE(isNamed(Row, "Engine"));
  EXPECT_FALSE(isNamed(Row, "c::Engine"));
  EXPECT_FALSE(isNamed(Row, "a::Engine / b::Engine / c"));
}

TEST(ReportTest, classesThatShareAWordAreOneRow) {
  AccountRun Run;
  Run.Tree.write("code/.clang-consolidate.yaml", R"(version: 1
consolidate:
  - into: app::Engine
    header: app/engine.h
    from:
      - {class: app::OldEngine, header: app/old_engine.h}
      - {class: lib::OldEngine, header: app/lib_engine.h}
)");
  Run.add("app/lib_engine.h",
          "#pragma once\nnamespace lib { class OldEngine {}; }\n");
  Run.add("a.cpp", "#include \"app/old_engine.h\"\n"
                   "#include \"app/lib_engine.h\"\n"
                   "app::OldEngine *a; lib::OldEngine *b;\n");
  Run.run();
  EXPECT_EQ(Run.row("lib::OldEngine").Name, "app::OldEngine / lib::OldEngine");
  EXPECT_THAT(Run.in("a.cpp"), ElementsAre("3: edited", "3: edited"));
}

TEST(ReportTest, json) {
  AccountRun Run;
  Run.add("a.cpp", "#include \"app/old_engine.h\"\n"
                   "app::OldEngine *a; // OldEngine\n");
  Run.run();
  std::string Text;
  raw_string_ostream OS(Text);
  printFindingsJson(Run.Verified.Plan, Run.Code->Files->root(), OS,
                    accountingJson(Run.Result, *Run.Code->Files));
  Expected<json::Value> Parsed = json::parse(Text);
  ASSERT_TRUE(bool(Parsed)) << toString(Parsed.takeError());
  const json::Object *Part = Parsed->getAsObject()->getObject("accounting");
  ASSERT_NE(Part, nullptr);
  const json::Object *First = Part->getArray("names")->front().getAsObject();
  EXPECT_EQ(First->getString("name"), "app::OldEngine");
  EXPECT_EQ(First->getString("kind"), "class");
  EXPECT_EQ(First->getInteger("mentions"), 6);
  EXPECT_EQ(First->getObject("buckets")->getInteger("edited"), 1);
  EXPECT_EQ(First->getObject("buckets")->getInteger("comment"), 1);
  EXPECT_EQ(First->getObject("buckets")->getInteger("ownText"), 4);
  // Only what is not edited is listed.
  EXPECT_EQ(Part->getArray("mentions")->size(), 5u);
  const json::Object *Comment =
      Part->getArray("mentions")->front().getAsObject();
  EXPECT_EQ(Comment->getString("path"), "a.cpp");
  EXPECT_EQ(Comment->getInteger("line"), 2);
  EXPECT_EQ(Comment->getString("bucket"), "comment");
}

} // namespace
} // namespace consolidate
