//===- UpdateTest.cpp - New texts, and every other byte as it was ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/RuleTest.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::HasSubstr;

namespace consolidate {
namespace {

constexpr StringLiteral Head =
    "version: 1\nconsolidate: [{into: New, from: [{class: Old}]}]\ntests:\n";

/// \p Tests with what comes out for each of them, or the error.
std::string updated(StringRef Tests, ArrayRef<const char *> After,
                    StringRef LineEnd = "\n") {
  std::string Text = (Head + Tests).str();
  if (LineEnd != "\n") {
    std::string Converted;
    for (char C : Text)
      Converted += C == '\n' ? LineEnd.str() : std::string(1, C);
    Text = Converted;
  }
  Expected<RuleSet> Rules = parseRules(MemoryBufferRef(Text, "r.yaml"));
  if (!Rules)
    return toString(Rules.takeError());
  std::vector<RuleTestResult> Results;
  for (size_t I = 0; I < After.size(); ++I)
    if (After[I]) {
      RuleTestResult Result;
      Result.Case = I;
      Result.Failures = {"differs"};
      Result.OnlyAfterDiffers = true;
      Result.After = After[I];
      Results.push_back(Result);
    }
  Expected<std::string> New = updateRuleTests(*Rules, Results);
  if (!New)
    return toString(New.takeError());
  EXPECT_TRUE(bool(parseRules(MemoryBufferRef(*New, "r.yaml")))) << *New;
  return *New;
}

TEST(RuleTestUpdate, OnlyTheTextChanges) {
  EXPECT_EQ(updated(R"(  # about a
  - name: a
    after: |-   
        old

        text

    # about before
    before: |
      x
  - before: "y"
    name: b
limits: [{name: u, count: legacy-uses}]
)",
                    {"new;\n\n  indented\n"}),
            (Head + R"(  # about a
  - name: a
    after: |-   
        new;

          indented

    # about before
    before: |
      x
  - before: "y"
    name: b
limits: [{name: u, count: legacy-uses}]
)")
                .str());
}

TEST(RuleTestUpdate, SeveralAndOneThatIsNew) {
  EXPECT_EQ(updated(R"(  - name: a
    before: |
      a
    after: |
      a
  - name: b
    before: |
      b
    after: |
      b
  - name: c
    before: |
        c)",
                    {"1\n2\n3\n", nullptr, "new\n"}),
            (Head + R"(  - name: a
    before: |
      a
    after: |
      1
      2
      3
  - name: b
    before: |
      b
    after: |
      b
  - name: c
    before: |
        c
    after: |
        new
)")
                .str());
}

TEST(RuleTestUpdate, KeepsLineEnds) {
  std::string New =
      updated("  - name: a\n    before: |\n      a\n", {"b\nc\n"}, "\r\n");
  EXPECT_THAT(New, HasSubstr("      a\r\n    after: |\r\n      b\r\n"
                             "      c\r\n"));
}

TEST(RuleTestUpdate, NoBlock) {
  EXPECT_THAT(updated("  - {name: a, before: x, after: y}\n", {"z\n"}),
              HasSubstr("r.yaml:4:26: error: cannot be updated: the text of "
                        "'a' is not a block"));
  EXPECT_THAT(
      updated("  - name: a\n    before: x\n    after: >-\n      y\n", {"z\n"}),
      HasSubstr("r.yaml:6:5: error: cannot be updated"));
}

TEST(RuleTestUpdate, WhatElseIsWrongIsNotUpdated) {
  std::string Text =
      (Head + "  - name: a\n    before: |\n      a\n    after: |\n      b\n")
          .str();
  Expected<RuleSet> Rules = parseRules(MemoryBufferRef(Text, "r.yaml"));
  ASSERT_TRUE(bool(Rules));
  RuleTestResult Result;
  Result.Failures = {"differs", "does not compile"};
  Result.After = "c\n";
  Expected<std::string> New = updateRuleTests(*Rules, Result);
  ASSERT_TRUE(bool(New));
  EXPECT_EQ(*New, Text);
}

} // namespace
} // namespace consolidate
