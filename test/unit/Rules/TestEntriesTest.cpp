//===- TestEntriesTest.cpp - The key tests --------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RulesTesting.h"

namespace consolidate {
namespace {

constexpr llvm::StringLiteral Head = R"(version: 1
consolidate: [{into: New, from: [{class: Old}]}]
)";

TEST(RulesTestEntries, EveryKey) {
  RuleSet Rules = good((Head + R"(tests:
  - name: headers
    files:
      sub/old.h: |
        #pragma once // kept

        class Old {};
  - name: pointer
    before: |
      #include "sub/old.h"
        Old *p; // consolidate: type

    after: |
      #include "new.h"
    left: [a reason]
  - {name: negative, before: 'int Older;'}
)")
                           .str());
  ASSERT_EQ(Rules.Tests.size(), 3u);
  EXPECT_TRUE(Rules.Tests[0].isShared());
  ASSERT_EQ(Rules.Tests[0].Files.size(), 1u);
  EXPECT_EQ(Rules.Tests[0].Files[0].first, "sub/old.h");
  EXPECT_EQ(Rules.Tests[0].Files[0].second,
            "#pragma once // kept\n\nclass Old {};\n");
  const RuleTestCase &Pointer = Rules.Tests[1];
  EXPECT_FALSE(Pointer.isShared());
  EXPECT_EQ(Pointer.Before,
            "#include \"sub/old.h\"\n  Old *p; // consolidate: type\n");
  EXPECT_TRUE(Pointer.HasAfter);
  EXPECT_EQ(Pointer.After, "#include \"new.h\"\n");
  EXPECT_EQ(Pointer.Left, std::vector<std::string>{"a reason"});
  EXPECT_EQ(Pointer.Location.Line, 10u);
  EXPECT_EQ(Pointer.AfterLocation.Line, 15u);
  EXPECT_EQ(Pointer.AfterLocation.Column, 5u);
  EXPECT_EQ(Rules.Tests[2].Before, "int Older;\n");
  EXPECT_FALSE(Rules.Tests[2].HasAfter);
  EXPECT_EQ(Rules.Tests[2].AfterLocation.Line, 0u);
}

TEST(RulesTestEntries, TwoOfOneName) {
  EXPECT_EQ(errorsOf((Head + R"(tests:
  - {name: a, before: Old *p;}
  - {name: a, before: Old *q;}
)")
                         .str()),
            R"(
r.yaml:5:12: error: two tests are named 'a'
  - {name: a, before: Old *q;}
           ^
  hint: the first is on line 4; a test is chosen by name, so give each its own
)");
}

TEST(RulesTestEntries, NoCode) {
  EXPECT_EQ(errorsOf((Head + "tests:\n  - {name: a}\n").str()), R"(
r.yaml:4:5: error: this test holds no code
  - {name: a}
    ^
  hint: give it 'before', or 'files' for all tests
)");
}

TEST(RulesTestEntries, AfterWithoutBefore) {
  EXPECT_EQ(errorsOf((Head + R"(tests:
  - {name: a, files: {a.h: x}, after: New *p;, left: [b]}
)")
                         .str()),
            R"(
r.yaml:4:32: error: 'after' without 'before'
  - {name: a, files: {a.h: x}, after: New *p;, left: [b]}
                               ^~~~~
  hint: add `before: |` and the text below it
r.yaml:4:48: error: 'left' without 'before'
  - {name: a, files: {a.h: x}, after: New *p;, left: [b]}
                                               ^~~~
  hint: add `before: |` and the text below it
)");
}

TEST(RulesTestEntries, FilesOutsideOfTheTest) {
  EXPECT_EQ(errorsOf((Head + R"(tests:
  - name: a
    before: Old *p;
    files: {/etc/a.h: x, b/../../c.h: y, main.cpp: z}
)")
                         .str()),
            R"(
r.yaml:6:13: error: '/etc/a.h' leads out of the test
    files: {/etc/a.h: x, b/../../c.h: y, main.cpp: z}
            ^~~~~~~~
  hint: write a path relative to main.cpp: 'dir/old.h'
r.yaml:6:26: error: 'b/../../c.h' leads out of the test
    files: {/etc/a.h: x, b/../../c.h: y, main.cpp: z}
                         ^~~~~~~~~~~
  hint: write a path relative to main.cpp: 'dir/old.h'
r.yaml:6:42: error: 'main.cpp' is the text under 'before'
    files: {/etc/a.h: x, b/../../c.h: y, main.cpp: z}
                                         ^~~~~~~~
  hint: write `before: |` and the text below it
)");
}

} // namespace
} // namespace consolidate
