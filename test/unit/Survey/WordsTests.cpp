//===- WordsTests.cpp - What the survey looks for -------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Survey.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using testing::ElementsAre;
using testing::IsEmpty;

namespace consolidate {
namespace {

RuleSet legacy(const std::string &Name, const std::string &Header) {
  RuleSet Rules;
  LegacyClass Legacy;
  Legacy.Name = Name;
  Legacy.Header = Header;
  Legacy.Members = {{"old_member", "NewMember"}};
  Consolidation C;
  C.Into = "netra::UserExecutionEngine";
  C.Header = "netra/user.h";
  C.From = {Legacy};
  Rules.Consolidate = {C};
  return Rules;
}

std::vector<std::string> wordsOfRewrite(const std::string &Before,
                                        std::vector<std::string> Given = {}) {
  RuleSet Rules;
  RewriteRule Rule;
  Rule.Before = Before;
  Rule.Given = std::move(Given);
  Rules.Rewrites = {Rule};
  return surveyWords(Rules);
}

TEST(SurveyWords, ClassesAndTheirHeaders) {
  EXPECT_THAT(surveyWords(legacy("netra::ExecutionEngine", "netra/engine.h")),
              ElementsAre("ExecutionEngine", "netra/engine.h"));
  EXPECT_THAT(surveyWords(legacy("Engine", "<netra/engine.h>")),
              ElementsAre("Engine", "netra/engine.h"));
}

TEST(SurveyWords, AStandardHeaderSaysNothing) {
  EXPECT_THAT(surveyWords(legacy("std::auto_ptr", "<memory>")),
              ElementsAre("auto_ptr"));
  EXPECT_THAT(surveyWords(legacy("std::auto_ptr", "")),
              ElementsAre("auto_ptr"));
}

TEST(SurveyWords, IncludeRules) {
  RuleSet Rules;
  Rules.Includes = {{"core/old.h", {"new.h"}, {}},
                    {"<hash_map>", {"<unordered_map>"}, {}},
                    {"<ext/hash_set>", {}, {}}};
  // A name in `<>` stays so: without, it would be an identifier.
  EXPECT_THAT(surveyWords(Rules),
              ElementsAre("<hash_map>", "core/old.h", "ext/hash_set"));
}

TEST(SurveyWords, InlineWrappers) {
  RuleSet Rules;
  RewriteRule Rule;
  Rule.Inline = "netra::CreateEngine";
  Rules.Rewrites = {Rule};
  EXPECT_THAT(surveyWords(Rules), ElementsAre("CreateEngine"));
}

TEST(SurveyWords, WhatABeforeCalls) {
  EXPECT_THAT(wordsOfRewrite("netra::MakeEngine<T>(args...)",
                             {"typename T", "auto &&...args"}),
              ElementsAre("MakeEngine"));
  EXPECT_THAT(wordsOfRewrite("Make<std::vector<Map<A, B>>>(Inner(1))"),
              ElementsAre("Make"));
  EXPECT_THAT(wordsOfRewrite("registry.find(Key{1}).reset(f(x))",
                             {"Registry &registry"}),
              ElementsAre("reset"));
  EXPECT_THAT(wordsOfRewrite("new net::Socket{port}", {"int port"}),
              ElementsAre("Socket"));
  EXPECT_THAT(wordsOfRewrite("e.Count", {"Engine &e"}), ElementsAre("Count"));
  EXPECT_THAT(wordsOfRewrite("a + b", {"Big a", "Big b"}), IsEmpty());
}

TEST(SurveyWords, ABeforeThatSpellsALegacyClassAddsNothing) {
  RuleSet Rules = legacy("netra::ExecutionEngine", "");
  RewriteRule Rule;
  Rule.Before = "Wrap(netra::ExecutionEngine(registry))";
  Rules.Rewrites = {Rule};
  EXPECT_THAT(surveyWords(Rules), ElementsAre("ExecutionEngine"));
}

} // namespace
} // namespace consolidate
