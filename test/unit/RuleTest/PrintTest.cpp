//===- PrintTest.cpp - Results as text and as JUnit's XML -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/RuleTest.h"

#include "gtest/gtest.h"

using namespace llvm;

namespace consolidate {
namespace {

RuleSet rules() {
  RuleSet Rules;
  Rules.Origin = "r.yaml";
  for (const char *Name : {"good", "bad"}) {
    Rules.Tests.emplace_back().Name = Name;
    Rules.Tests.back().Location = {unsigned(Rules.Tests.size()), 1};
  }
  return Rules;
}

std::vector<RuleTestResult> results() {
  std::vector<RuleTestResult> Results(2);
  Results[1].Case = 1;
  Results[1].Failures = {"one & \"two\":\n<a\x01>", "three"};
  Results[1].Seconds = 0.25;
  return Results;
}

TEST(RuleTestPrint, Text) {
  std::string Text;
  raw_string_ostream OS(Text);
  printRuleTestsText(rules(), results(), OS);
  EXPECT_EQ(Text, "ok      good\n"
                  "FAILED  bad\n"
                  "  r.yaml:2:\n"
                  "  one & \"two\":\n"
                  "    <a\x01>\n"
                  "  three\n"
                  "1 passed, 1 failed\n");
}

TEST(RuleTestPrint, Junit) {
  std::string Text;
  raw_string_ostream OS(Text);
  printRuleTestsJunit(rules(), results(), OS);
  EXPECT_EQ(Text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites>\n"
            "  <testsuite name=\"r.yaml\" tests=\"2\" failures=\"1\" "
            "time=\"0.250\">\n"
            "    <testcase classname=\"rules\" name=\"good\" line=\"1\" "
            "time=\"0.000\"/>\n"
            "    <testcase classname=\"rules\" name=\"bad\" line=\"2\" "
            "time=\"0.250\">\n"
            "      <failure message=\"one &amp; &quot;two&quot;:\">one &amp; "
            "&quot;two&quot;:\n&lt;a&gt;\nthree</failure>\n"
            "    </testcase>\n"
            "  </testsuite>\n"
            "</testsuites>\n");
}

} // namespace
} // namespace consolidate
