//===- BaselineTest.cpp - A baseline file, read and written ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Baseline.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace llvm;
using testing::AllOf;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace consolidate {
namespace {

Expected<Baseline> parse(StringRef Text) {
  return parseBaseline(MemoryBufferRef(Text, "b.yaml"));
}

std::string errorsOf(StringRef Text) {
  Expected<Baseline> Known = parse(Text);
  return Known ? "(none)" : toString(Known.takeError());
}

TEST(BaselineFile, WhatIsWrittenComesBack) {
  std::vector<Violation> Entries = {
      {"a", "", "x"},
      {"a: b # 'c'", "n::f(int) const", "Old(\"\\n\", '\\'', {} [] & * !)"},
      {"uses", "#define M", "- # | > \xc3\xa4 \x7f"},
      {"uses", "f()", ""},
      {"uses", "f()", ""},
      {"uses", "g()", std::string(5000, 'x')}};
  Expected<Baseline> Known = parse(formatBaseline(Entries));
  ASSERT_TRUE(bool(Known)) << toString(Known.takeError());
  EXPECT_EQ(Known->Path, "b.yaml");
  EXPECT_THAT(Known->Entries, ElementsAreArray(Entries));
}

TEST(BaselineFile, OneSortedLineForEachEntry) {
  std::string Text =
      formatBaseline({{"b", "f()", "Old x"}, {"a", "", "y"}, {"b", "C", ""}});
  EXPECT_THAT(Text, HasSubstr("version: 1\n"
                              "violations:\n"
                              "  - {limit: \"a\", text: \"y\"}\n"
                              "  - {limit: \"b\", in: \"C\"}\n"
                              "  - {limit: \"b\", in: \"f()\", text: \"Old "
                              "x\"}\n"));
}

TEST(BaselineFile, Empty) {
  Expected<Baseline> Known = parse(formatBaseline({}));
  ASSERT_TRUE(bool(Known)) << toString(Known.takeError());
  EXPECT_THAT(Known->Entries, IsEmpty());
}

TEST(BaselineFile, ErrorsHaveTheirPlace) {
  EXPECT_EQ(errorsOf("version: 1\nviolations:\n  - {limitt: x}\n"),
            "b.yaml:3:5: error: 'limit' is missing here\n"
            "  - {limitt: x}\n"
            "    ^\n"
            "  hint: add `limit: only-one-engine`\n"
            "b.yaml:3:6: error: unknown key 'limitt'\n"
            "  - {limitt: x}\n"
            "     ^~~~~~\n"
            "  hint: did you mean 'limit'? allowed here: limit, in, text");
  EXPECT_THAT(errorsOf("version: 2\nviolations: []\n"),
              HasSubstr("b.yaml:1:10: error: version 2 of the baseline is not "
                        "known\n"));
  EXPECT_THAT(errorsOf("version: 1\n"), HasSubstr("'violations' is missing"));
  EXPECT_THAT(errorsOf(""),
              HasSubstr("b.yaml:1:1: error: a baseline is a map"));
  EXPECT_THAT(errorsOf("- x\n"), HasSubstr("a baseline is a map"));
}

TEST(BaselineFile, WhatAMergeLeavesBehind) {
  for (StringRef Mark :
       {"<<<<<<< HEAD", "=======", ">>>>>>> other", "=======\r"})
    EXPECT_THAT(errorsOf(("version: 1\nviolations:\n  - {limit: a}\n" + Mark +
                          "\n  - {limit: b}\n")
                             .str()),
                AllOf(HasSubstr("b.yaml:4:1: error: a merge conflict\n"),
                      HasSubstr("\n  hint: resolve it: ")));
}

TEST(BaselineFile, ErrorsSayWhatFileItIs) {
  std::string Deep = "version: " + std::string(40, '[') + std::string(40, ']');
  for (StringRef Text : {StringRef("version: 1\n---\nversion: 1\n"),
                         StringRef("version: \0\n", 11), StringRef(Deep)})
    EXPECT_THAT(errorsOf(Text),
                AllOf(HasSubstr("a baseline "), Not(HasSubstr("rules file"))));
}

TEST(BaselineFile, LiesBesideItsRules) {
  EXPECT_EQ(baselinePath("/p/.clang-consolidate.yaml", "/root"),
            "/p/.clang-consolidate-baseline.yaml");
  EXPECT_EQ(baselinePath("/p/own.yml", "/root"), "/p/own-baseline.yml");
  EXPECT_EQ(baselinePath("own.yaml", "/root"), "own-baseline.yaml");
  EXPECT_EQ(baselinePath("builtin:execution-engine", "/root"),
            "/root/.clang-consolidate-baseline.yaml");
}

TEST(BaselineFile, Unreadable) {
  Expected<Baseline> Known = loadBaseline("/nowhere/b.yaml");
  ASSERT_FALSE(bool(Known));
  EXPECT_THAT(toString(Known.takeError()),
              HasSubstr("/nowhere/b.yaml: error: cannot read the baseline: No "
                        "such file or directory\n  hint: "));
  Known = loadBaseline("/");
  ASSERT_FALSE(bool(Known));
  // It is there: none has to be made.
  EXPECT_THAT(toString(Known.takeError()),
              AllOf(HasSubstr("irectory"), Not(HasSubstr("makes one"))));
}

} // namespace
} // namespace consolidate
