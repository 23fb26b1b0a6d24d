//===- BaselineTests.cpp - A count against a baseline ---------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"

#include "llvm/Support/JSON.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace consolidate;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace {

/// One limit with `max: 0`, compared to a baseline of \p Known.
class BaselineTest : public testing::Test {
protected:
  BaselineTest() {
    Report.Lines.resize(1);
    line().Rule.Name = "uses";
    line().Rule.Max = 0;
    line().Rule.Level = Severity::Error;
  }

  CheckLine &line() { return Report.Lines[0]; }

  void item(std::string Symbol, std::string Text) {
    CheckItem Item{"n::Old", "a.cpp", unsigned(line().Items.size() + 1)};
    Item.Symbol = std::move(Symbol);
    Item.Text = std::move(Text);
    line().Items.push_back(Item);
  }

  const BaselineComparison &compare(std::vector<Violation> Known,
                                    std::string Incomplete = "") {
    compareToBaseline(Report, {"b.yaml", std::move(Known)}, Incomplete);
    return *Report.Against;
  }

  std::vector<unsigned> newLines() {
    std::vector<unsigned> Lines;
    for (const CheckItem &Item : line().Items)
      if (!Item.InBaseline)
        Lines.push_back(Item.Line);
    return Lines;
  }

  std::string text() {
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    printCheckText(Report, OS, /*Colour=*/false);
    return Text;
  }

  CheckReport Report;
};

TEST_F(BaselineTest, KnownViolationsBreakNothing) {
  item("f()", "Old a");
  item("f()", "Old b");
  line().judge();
  EXPECT_TRUE(Report.isBroken());
  EXPECT_THAT(
      compare({{"uses", "f()", "Old b"}, {"uses", "f()", "Old a"}}).Unmatched,
      IsEmpty());
  EXPECT_FALSE(Report.isBroken());
  EXPECT_FALSE(Report.hasStaleEntries());
}

TEST_F(BaselineTest, AnotherSymbolTextOrLimitIsNew) {
  item("f()", "Old a");
  item("g()", "Old a");
  item("f()", "Old b");
  compare({{"uses", "f()", "Old a"}, {"other", "g()", "Old a"}});
  EXPECT_THAT(newLines(), ElementsAre(2, 3));
  EXPECT_TRUE(Report.isBroken());
  EXPECT_TRUE(Report.hasStaleEntries());
}

TEST_F(BaselineTest, EqualOnesAreCounted) {
  for (int I = 0; I != 3; ++I)
    item("f()", "Old a");
  compare({{"uses", "f()", "Old a"}, {"uses", "f()", "Old a"}});
  EXPECT_THAT(newLines(), ElementsAre(3));
  line().Items.resize(1);
  EXPECT_THAT(
      compare({{"uses", "f()", "Old a"}, {"uses", "f()", "Old a"}}).Unmatched,
      ElementsAre(Violation{"uses", "f()", "Old a"}));
}

TEST_F(BaselineTest, OverloadsAreToldApart) {
  item("f(int)", "Old a");
  item("f(long)", "Old a");
  item("f(int) const", "Old a");
  compare({{"uses", "f(long)", "Old a"}});
  EXPECT_THAT(newLines(), ElementsAre(1, 3));
}

TEST_F(BaselineTest, OtherParametersKeepWhatWasKnown) {
  item("n::f(int, void (*)(long)) const", "Old a");
  item("n::operator()(int)", "Old a");
  EXPECT_THAT(compare({{"uses", "n::f()", "Old a"},
                       {"uses", "n::operator()()", "Old a"}})
                  .Unmatched,
              IsEmpty());
  EXPECT_THAT(newLines(), IsEmpty());
  // And the baseline is brought up to the code.
  EXPECT_THAT(
      toleratedViolations(Report, BaselineChange::Shrink),
      ElementsAre(Violation{"uses", "n::f(int, void (*)(long)) const", "Old a"},
                  Violation{"uses", "n::operator()(int)", "Old a"}));
}

TEST_F(BaselineTest, OtherParametersBehindWhatAFunctionReturns) {
  item("n::make(int, long)", "Old*make(int n,long)");
  compare({{"uses", "n::make(int)", "Old*make(int n)"}});
  EXPECT_THAT(newLines(), IsEmpty());
  compare({{"uses", "n::make(int)", "Old make(int n)"}});
  EXPECT_THAT(newLines(), ElementsAre(1));
}

TEST_F(BaselineTest, OnlyOtherParametersExcuseAnotherText) {
  item("n::make(int)", "Old*make(int n)");
  compare({{"uses", "n::make(int)", "Old*make(int m)"}});
  EXPECT_THAT(newLines(), ElementsAre(1));
  EXPECT_TRUE(Report.hasStaleEntries());
}

TEST_F(BaselineTest, WhatAFunctionIsDeclaredWith) {
  auto IsKnown = [&](std::string Old, std::string New) {
    line().Items.clear();
    item("n::C::make(long)", New);
    compare({{"uses", "n::C::make(int)", Old}});
    return newLines().empty();
  };
  EXPECT_TRUE(IsKnown("Old make(int)", "Old make(long)"));
  EXPECT_TRUE(IsKnown("Old n::C::make(int)", "Old n::C::make(long)"));
  EXPECT_TRUE(IsKnown("const Old&C::make(int)", "const Old&C::make(long)"));
  EXPECT_TRUE(IsKnown("[[nodiscard]]vector<Old>make(int)",
                      "[[nodiscard]]vector<Old>make(long)"));
  EXPECT_TRUE(IsKnown("return Old::make(1)", "return Old::make(1)"));
  EXPECT_FALSE(IsKnown("Old make(int)", "Old*make(long)"));
  // No declaration of it: calls, and other names that end so.
  EXPECT_FALSE(IsKnown("return Old::make(1)", "return Old::make(2)"));
  EXPECT_FALSE(IsKnown("return make(1)", "return make(2)"));
  EXPECT_FALSE(IsKnown("else return make(1)", "else return make(2)"));
  EXPECT_FALSE(IsKnown("throw make(1)", "throw make(2)"));
  EXPECT_FALSE(IsKnown("Old a=make(1)", "Old a=make(2)"));
  EXPECT_FALSE(IsKnown("Old a(make(1))", "Old a(make(2))"));
  EXPECT_FALSE(IsKnown("Old::make(1)", "Old::make(2)"));
  EXPECT_FALSE(IsKnown("make(1)", "make(2)"));
  EXPECT_FALSE(IsKnown("a.make(1)", "a.make(2)"));
  EXPECT_FALSE(IsKnown("a->make(1)", "a->make(2)"));
  EXPECT_FALSE(IsKnown("Old remake(1)", "Old remake(2)"));
}

TEST_F(BaselineTest, FunctionsOnlyHaveParameters) {
  item("f(int)::(anonymous class)", "Old a");
  item("f", "Old b");
  item("(anonymous class)", "Old c");
  compare({{"uses", "f(int)::(anonymous struct)", "Old a"},
           {"uses", "f(int)", "Old b"},
           {"uses", "(anonymous struct)", "Old c"}});
  EXPECT_THAT(newLines(), ElementsAre(1, 2, 3));
}

TEST_F(BaselineTest, WhatIsLeftDoesNotDependOnTheOrder) {
  item("f(int)", "Old a");
  EXPECT_THAT(compare({{"uses", "f(long)", "Old a"}, {"uses", "f()", "Old a"}})
                  .Unmatched,
              ElementsAre(Violation{"uses", "f(long)", "Old a"}));
}

TEST_F(BaselineTest, OtherParametersAreNotJudgedInAnIncompleteRun) {
  item("f(int)", "Old a");
  compare({{"uses", "f(long)", "Old a"}}, "only some paths were asked for");
  EXPECT_THAT(newLines(), ElementsAre(1));
}

TEST_F(BaselineTest, IdentitiesAreTextAsTheFileHasThem) {
  item("src/\xff.cpp", " gone\xff.h ");
  line().Rule.Name = "\xff";
  Violation Known{"\xef\xbf\xbd", "src/\xef\xbf\xbd.cpp", "gone\xef\xbf\xbd.h"};
  EXPECT_THAT(compare({Known}).Unmatched, IsEmpty());
  EXPECT_THAT(toleratedViolations(Report, BaselineChange::Shrink),
              ElementsAre(Known));
}

TEST_F(BaselineTest, OnlyMoreThanMaxIsBroken) {
  line().Rule.Max = 2;
  item("f()", "Old a");
  item("f()", "Old b");
  compare({{"uses", "f()", "Old a"}});
  EXPECT_FALSE(Report.isBroken());
  item("f()", "Old c");
  compare({{"uses", "f()", "Old a"}});
  EXPECT_TRUE(Report.isBroken());
  // Those of the baseline leave no room for others.
  line().Rule.Max = 1;
  line().Items.pop_back();
  compare({{"uses", "f()", "Old a"}});
  EXPECT_TRUE(Report.isBroken());
  line().Rule.Level = Severity::Info;
  compare({{"uses", "f()", "Old a"}});
  EXPECT_FALSE(Report.isBroken());
}

TEST_F(BaselineTest, ShrinkNeverAdds) {
  item("f()", "Old a");
  item("f()", "Old b");
  compare({{"uses", "f()", "Old a"}, {"uses", "f()", "Old gone"}});
  EXPECT_THAT(toleratedViolations(Report, BaselineChange::Shrink),
              ElementsAre(Violation{"uses", "f()", "Old a"}));
  EXPECT_THAT(toleratedViolations(Report, BaselineChange::Grow),
              ElementsAre(Violation{"uses", "f()", "Old a"},
                          Violation{"uses", "f()", "Old b"}));
}

TEST_F(BaselineTest, LimitsThatAreKeptDoNotGrow) {
  line().Rule.Max = 1;
  item("f()", "Old a");
  compare({});
  EXPECT_THAT(toleratedViolations(Report, BaselineChange::Grow), IsEmpty());
}

TEST_F(BaselineTest, NothingIsStaleInAnIncompleteRun) {
  const BaselineComparison &Against =
      compare({{"uses", "f()", "Old a"}}, "only some paths were asked for");
  EXPECT_THAT(Against.Unmatched, SizeIs(1));
  EXPECT_FALSE(Report.hasStaleEntries());
  EXPECT_THAT(text(), HasSubstr("not judged: 1 entry of the baseline is not in "
                                "what was seen: only some paths were asked "
                                "for\n\nno limit is broken\n"));
}

TEST_F(BaselineTest, TextShowsWhatIsNewAndWhatIsStale) {
  item("f()", "Old a");
  item("f()", "Old b");
  compare(
      {{"uses", "f()", "Old a"}, {"uses", "g()", "Old"}, {"gone", "C", ""}});
  EXPECT_EQ(text(),
            "name  what         count  limit  state\n"
            "uses  legacy-uses      2      0  BROKEN (1 in the baseline)\n"
            "\n"
            "uses:\n"
            "  a.cpp:2: n::Old\n"
            "  and 1 in the baseline\n"
            "\n"
            "stale: 2 entries of the baseline are no longer in the code:\n"
            "  gone: C (the rules have no such limit)\n"
            "  uses: g(): Old\n"
            "  hint: `clang-consolidate check --update-baseline` takes them "
            "out of b.yaml\n"
            "\n"
            "1 of 1 limit is broken\n");
  line().Items.resize(1);
  compare({{"uses", "f()", "Old a"}, {"uses", "g()", "Old"}});
  EXPECT_THAT(text(), HasSubstr("no limit is broken, but the baseline is "
                                "stale\n"));
}

TEST_F(BaselineTest, Json) {
  auto Print = [&] {
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    printCheckJson(Report, OS);
    return llvm::cantFail(llvm::json::parse(Text));
  };
  EXPECT_TRUE(Print().getAsObject()->getNull("baseline"));
  item("f()", "Old a");
  item("f()", "Old b");
  compare({{"uses", "f()", "Old a"}, {"uses", "g()", "Old"}});
  llvm::json::Value Value = Print();
  const llvm::json::Object &Root = *Value.getAsObject();
  const llvm::json::Object &Line =
      *Root.getArray("limits")->front().getAsObject();
  EXPECT_EQ(Line.getInteger("inBaseline"), 1);
  const llvm::json::Array &Items = *Line.getArray("items");
  EXPECT_EQ(Items[0].getAsObject()->getBoolean("inBaseline"), true);
  EXPECT_EQ(Items[1].getAsObject()->getBoolean("inBaseline"), false);
  const llvm::json::Object &Against = *Root.getObject("baseline");
  EXPECT_EQ(Against.getString("path"), "b.yaml");
  EXPECT_EQ(Against.getInteger("entries"), 2);
  EXPECT_EQ(Against.getBoolean("stale"), true);
  EXPECT_EQ(Against.getString("incomplete"), "");
  const llvm::json::Object &Gone =
      *Against.getArray("unmatched")->front().getAsObject();
  EXPECT_EQ(Gone.getString("limit"), "uses");
  EXPECT_EQ(Gone.getString("in"), "g()");
  EXPECT_EQ(Gone.getString("text"), "Old");
}

TEST_F(BaselineTest, WithoutOneNothingIsSaid) {
  item("f()", "Old a");
  line().judge();
  EXPECT_THAT(text(), Not(HasSubstr("baseline")));
}

} // namespace
