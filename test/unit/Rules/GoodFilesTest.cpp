//===- GoodFilesTest.cpp - Rules files without errors --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RulesTesting.h"

#include "consolidate/Support.h"

#include "gmock/gmock.h"

using testing::ElementsAre;
using testing::IsEmpty;

namespace consolidate {
namespace {

/// The example of the product's description, with every kind of entry.
constexpr llvm::StringLiteral Example = R"yaml(version: 1
consolidate:                                 # one entry per canonical class
  - into: netra::UserExecutionEngine
    header: netra/agents/supervisor/user_execution_engine.h
    from:
      - class: netra::ExecutionEngine        # fully qualified; may itself be a typedef or using-name: then the spelling counts
        header: netra/agents/supervisor/execution_engine.h
        definition: alias                    # keep | alias | delete: what becomes of the class itself
        members: {active_runs: ActiveRuns}   # methods, fields, enumerators, nested types that are called differently
  - into: std::unique_ptr<T[]>               # class templates: parameters by name
    header: <memory>
    from: [{class: base::scoped_array<T>, header: base/scoped_array.h}]
includes:
  - from: netra/core/user_execution_engine.h # also where that file no longer exists (a broken include)
    to: netra/agents/supervisor/user_execution_engine.h   # several `to`s where a header was split; none: drop
rewrites:                                    # typed before/after C++ expressions, checked by the compiler
  - name: two-argument-constructor
    given: [netra::AgentRegistry &registry, netra::AgentWebSocketBridge &bridge]
    before: netra::ExecutionEngine(registry, bridge)
    after: netra::UserExecutionEngine(netra::UserExecutionContext::Anonymous(), netra::AgentInstanceFactory(registry, bridge), netra::UserWebSocketEmitter(bridge))
  - name: make
    given: [typename T, auto &&...args]      # type and pack metavariables
    before: netra::MakeEngine<T>(args...)
    after: std::make_unique<T>(args...)
  - name: request-scoped-factory
    inline: netra::CreateRequestScopedEngine # a one-expression wrapper declares its own migration: its body is the 'after'
limits:                                      # the SSOT suite; each line of `check`
  - {name: only-one-engine, count: classes, matching: '.*ExecutionEngine', max: 1}
  - {name: factories, count: factories, producing: netra::UserExecutionEngine, max: 3}
  - {name: supervisor-usage, count: legacy-uses, paths: ['**/*supervisor*'], max: 0}
  - {name: websocket-integration, count: couplings, between: [engines, '.*WebSocket.*'], severity: info}
scope: {include: ['**'], exclude: ['build/**', 'third_party/**']}
)yaml";

testing::AssertionResult at(RuleLocation Place, unsigned Line,
                            unsigned Column) {
  if (Place.Line == Line && Place.Column == Column)
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << Place.Line << ":" << Place.Column;
}

TEST(RulesExample, Consolidate) {
  RuleSet Rules = good(Example);
  ASSERT_EQ(Rules.Consolidate.size(), 2u);
  const Consolidation &Engine = Rules.Consolidate[0];
  EXPECT_EQ(Engine.Into, "netra::UserExecutionEngine");
  EXPECT_EQ(Engine.Header, "netra/agents/supervisor/user_execution_engine.h");
  EXPECT_TRUE(at(Engine.Location, 3, 5));
  ASSERT_EQ(Engine.From.size(), 1u);
  EXPECT_EQ(Engine.From[0].Name, "netra::ExecutionEngine");
  EXPECT_THAT(Engine.From[0].TemplateParameters, IsEmpty());
  EXPECT_EQ(Engine.From[0].Header,
            "netra/agents/supervisor/execution_engine.h");
  EXPECT_EQ(Engine.From[0].Definition, DefinitionPolicy::Alias);
  ASSERT_EQ(Engine.From[0].Members.size(), 1u);
  EXPECT_EQ(Engine.From[0].Members[0].From, "active_runs");
  EXPECT_EQ(Engine.From[0].Members[0].To, "ActiveRuns");
  EXPECT_TRUE(at(Engine.From[0].Location, 6, 9));

  const Consolidation &Array = Rules.Consolidate[1];
  EXPECT_EQ(Array.Into, "std::unique_ptr<T[]>");
  EXPECT_EQ(Array.Header, "<memory>");
  ASSERT_EQ(Array.From.size(), 1u);
  EXPECT_EQ(Array.From[0].Name, "base::scoped_array");
  EXPECT_THAT(Array.From[0].TemplateParameters, ElementsAre("T"));
  EXPECT_EQ(Array.From[0].Definition, DefinitionPolicy::Keep);
}

TEST(RulesExample, Includes) {
  RuleSet Rules = good(Example);
  ASSERT_EQ(Rules.Includes.size(), 1u);
  EXPECT_EQ(Rules.Includes[0].From, "netra/core/user_execution_engine.h");
  EXPECT_THAT(Rules.Includes[0].To,
              ElementsAre("netra/agents/supervisor/user_execution_engine.h"));
  EXPECT_TRUE(at(Rules.Includes[0].Location, 14, 5));
}

TEST(GoodFiles, SafetyOfARewrite) {
  RuleSet Rules = good("version: 1\n"
                       "rewrites:\n"
                       "  - {name: a, before: f(), after: g()}\n"
                       "  - {name: b, before: f(), after: g(), safety: safe}\n"
                       "  - {name: c, inline: a::f, safety: unsafe}\n");
  ASSERT_EQ(Rules.Rewrites.size(), 3u);
  EXPECT_EQ(Rules.Rewrites[0].Declared, DeclaredSafety::None);
  EXPECT_EQ(Rules.Rewrites[1].Declared, DeclaredSafety::Safe);
  EXPECT_EQ(Rules.Rewrites[2].Declared, DeclaredSafety::Unsafe);
}

TEST(RulesExample, Rewrites) {
  RuleSet Rules = good(Example);
  ASSERT_EQ(Rules.Rewrites.size(), 3u);
  const RewriteRule &Two = Rules.Rewrites[0];
  EXPECT_EQ(Two.Name, "two-argument-constructor");
  EXPECT_THAT(Two.Given, ElementsAre("netra::AgentRegistry &registry",
                                     "netra::AgentWebSocketBridge &bridge"));
  EXPECT_EQ(Two.Before, "netra::ExecutionEngine(registry, bridge)");
  EXPECT_EQ(Two.After,
            "netra::UserExecutionEngine(netra::UserExecutionContext::Anonymous("
            "), netra::AgentInstanceFactory(registry, bridge), "
            "netra::UserWebSocketEmitter(bridge))");
  EXPECT_EQ(Two.Inline, "");
  EXPECT_TRUE(at(Two.Location, 17, 5));
  EXPECT_TRUE(at(Two.BeforeLocation, 19, 13));
  EXPECT_TRUE(at(Two.AfterLocation, 20, 12));
  ASSERT_EQ(Two.GivenLocations.size(), 2u);
  EXPECT_TRUE(at(Two.GivenLocations[1], 18, 45));

  EXPECT_THAT(Rules.Rewrites[1].Given,
              ElementsAre("typename T", "auto &&...args"));
  EXPECT_EQ(Rules.Rewrites[1].After, "std::make_unique<T>(args...)");
  EXPECT_EQ(Rules.Rewrites[2].Name, "request-scoped-factory");
  EXPECT_EQ(Rules.Rewrites[2].Inline, "netra::CreateRequestScopedEngine");
  EXPECT_EQ(Rules.Rewrites[2].Before, "");
}

TEST(RulesExample, LimitsAndScope) {
  RuleSet Rules = good(Example);
  ASSERT_EQ(Rules.Limits.size(), 4u);
  EXPECT_EQ(Rules.Limits[0].Name, "only-one-engine");
  EXPECT_EQ(Rules.Limits[0].Count, CountKind::Classes);
  EXPECT_EQ(Rules.Limits[0].Matching, ".*ExecutionEngine");
  EXPECT_EQ(Rules.Limits[0].Max, 1u);
  EXPECT_EQ(Rules.Limits[0].Level, Severity::Error);
  EXPECT_EQ(Rules.Limits[1].Producing, "netra::UserExecutionEngine");
  EXPECT_THAT(Rules.Limits[2].Paths, ElementsAre("**/*supervisor*"));
  EXPECT_EQ(Rules.Limits[2].Count, CountKind::LegacyUses);
  EXPECT_THAT(Rules.Limits[3].Between, ElementsAre("engines", ".*WebSocket.*"));
  EXPECT_EQ(Rules.Limits[3].Max, std::nullopt);
  EXPECT_EQ(Rules.Limits[3].Level, Severity::Info);
  EXPECT_THAT(Rules.Scope.Include, ElementsAre("**"));
  EXPECT_THAT(Rules.Scope.Exclude, ElementsAre("build/**", "third_party/**"));
}

TEST(RulesGood, DefaultsWhereNothingIsSaid) {
  RuleSet Rules = good("version: 1\n"
                       "consolidate: [{into: New, from: [{class: Old}]}]\n"
                       "includes: [{from: gone.h}, {from: b.h, to: []}]\n"
                       "rewrites: [{name: a, given: [], before: Old(), "
                       "after: New()}]\n"
                       "limits: [{name: a, count: classes}]\n");
  EXPECT_EQ(Rules.Origin, "r.yaml");
  ASSERT_EQ(Rules.Consolidate.size(), 1u);
  EXPECT_EQ(Rules.Consolidate[0].Header, "");
  EXPECT_EQ(Rules.Consolidate[0].From[0].Header, "");
  EXPECT_EQ(Rules.Consolidate[0].From[0].Definition, DefinitionPolicy::Keep);
  ASSERT_EQ(Rules.Includes.size(), 2u);
  EXPECT_THAT(Rules.Includes[0].To, IsEmpty());
  EXPECT_THAT(Rules.Includes[1].To, IsEmpty());
  EXPECT_THAT(Rules.Rewrites[0].Given, IsEmpty());
  EXPECT_EQ(Rules.Limits[0].Level, Severity::Info) << "no max, so no gate";
  EXPECT_THAT(Rules.Scope.Include, ElementsAre("**"));
  EXPECT_THAT(Rules.Scope.Exclude, IsEmpty());
}

TEST(RulesGood, LeadingColonsAreStripped) {
  RuleSet Rules = good("version: 1\n"
                       "consolidate:\n"
                       "  - into: ::a::New<T[]>\n"
                       "    from: [{class: '::a::Old<T, N>'}]\n"
                       "rewrites: [{name: a, inline: ::a::Make}]\n"
                       "limits: [{name: a, count: factories, producing: "
                       "'::a::New<T[]>', max: 0}]\n");
  ASSERT_EQ(Rules.Consolidate.size(), 1u);
  EXPECT_EQ(Rules.Consolidate[0].Into, "a::New<T[]>");
  EXPECT_EQ(Rules.Consolidate[0].From[0].Name, "a::Old");
  EXPECT_THAT(Rules.Consolidate[0].From[0].TemplateParameters,
              ElementsAre("T", "N"));
  EXPECT_EQ(Rules.Rewrites[0].Inline, "a::Make");
  EXPECT_EQ(Rules.Limits[0].Producing, "a::New<T[]>");
}

TEST(RulesGood, ASplitHeaderHasSeveralTargets) {
  RuleSet Rules = good("version: 1\nincludes:\n"
                       "  - from: a.h\n    to: [b.h, <memory>]\n");
  ASSERT_EQ(Rules.Includes.size(), 1u);
  EXPECT_THAT(Rules.Includes[0].To, ElementsAre("b.h", "<memory>"));
}

TEST(RulesGood, QuotedTextStartsBehindItsQuote) {
  RuleSet Rules = good("version: 1\nrewrites:\n"
                       "  - name: \"n\\u0061me\"\n"
                       "    before: 'f(''x'')'\n"
                       "    after: \"g(\\\"x\\\")\"\n");
  ASSERT_EQ(Rules.Rewrites.size(), 1u);
  EXPECT_EQ(Rules.Rewrites[0].Name, "name");
  EXPECT_EQ(Rules.Rewrites[0].Before, "f('x')");
  EXPECT_TRUE(at(Rules.Rewrites[0].BeforeLocation, 4, 14));
  EXPECT_EQ(Rules.Rewrites[0].After, "g(\"x\")");
}

TEST(RulesGood, ByteOrderMarkAndCarriageReturns) {
  RuleSet Rules = good("\xEF\xBB\xBFversion: 1\r\n"
                       "rewrites:\r\n"
                       "  - name: a\r\n"
                       "    headers:\r\n"
                       "      - a.h\r\n"
                       "      - b.h\r\n"
                       "    before: >-\r\n"
                       "      f(x,\r\n"
                       "      y)\r\n"
                       "    after: |\r\n"
                       "      g(x)\r\n");
  ASSERT_EQ(Rules.Rewrites.size(), 1u);
  EXPECT_EQ(Rules.Rewrites[0].Name, "a");
  EXPECT_THAT(Rules.Rewrites[0].Headers, ElementsAre("a.h", "b.h"));
  EXPECT_EQ(Rules.Rewrites[0].Before, "f(x, y)");
  EXPECT_TRUE(at(Rules.Rewrites[0].BeforeLocation, 8, 7));
  EXPECT_EQ(Rules.Rewrites[0].After, "g(x)");
}

TEST(RulesGood, NoFinalNewline) {
  RuleSet Rules = good("version: 1\nincludes: [{from: a.h, to: b.h}]");
  EXPECT_EQ(Rules.Includes.size(), 1u);
}

TEST(RulesGood, DigestFollowsTheText) {
  std::string Text = "version: 1\nincludes: [{from: a.h}]\n";
  std::string Digest = good(Text).Digest;
  EXPECT_EQ(Digest.size(), 32u);
  EXPECT_EQ(good(Text).Digest, Digest);
  EXPECT_EQ(good("\xEF\xBB\xBF" + Text).Digest, Digest);
  EXPECT_NE(good(Text + "\n").Digest, Digest);
}

TEST(RulesGood, LateErrorsHaveTheSameShape) {
  RuleSet Rules = good(Example);
  EXPECT_EQ("\n" +
                llvm::toString(ruleError(Rules, Rules.Rewrites[1].AfterLocation,
                                         "'make_unique' is not declared",
                                         "add `headers: [<memory>]`")) +
                "\n",
            R"(
r.yaml:24:12: error: 'make_unique' is not declared
    after: std::make_unique<T>(args...)
           ^
  hint: add `headers: [<memory>]`
)");
  EXPECT_EQ(llvm::toString(ruleError(Rules, {}, "what", "do")),
            "r.yaml: error: what\n  hint: do");
}

TEST(RulesBuiltinEngine, IsIssue759) {
  llvm::Expected<RuleSet> Built = builtinRules("execution-engine");
  ASSERT_TRUE(bool(Built)) << llvm::toString(Built.takeError());
  EXPECT_EQ(Built->Origin, "builtin:execution-engine");
  ASSERT_EQ(Built->Consolidate.size(), 1u);
  EXPECT_EQ(Built->Consolidate[0].Into, "netra::UserExecutionEngine");
  std::vector<std::string> Legacy;
  for (const LegacyClass &Class : Built->Consolidate[0].From) {
    Legacy.push_back(Class.Name);
    EXPECT_EQ(Class.Definition, DefinitionPolicy::Alias) << Class.Name;
    EXPECT_NE(Class.Header, "") << Class.Name;
  }
  EXPECT_THAT(Legacy, ElementsAre("netra::ExecutionEngine",
                                  "netra::RequestScopedExecutionEngine",
                                  "netra::EnhancedToolExecutionEngine"));
  std::vector<std::string> Before, Limits;
  for (const RewriteRule &Rewrite : Built->Rewrites) {
    Before.push_back(Rewrite.Before);
    EXPECT_TRUE(llvm::StringRef(Rewrite.After)
                    .starts_with("netra::UserExecutionEngine"));
  }
  EXPECT_THAT(Before,
              ElementsAre("netra::ExecutionEngine(registry, bridge)",
                          "netra::ExecutionEngine(registry, bridge, context)",
                          "netra::ExecutionEngine()",
                          "netra::RequestScopedExecutionEngine(context, "
                          "registry, bridge)",
                          "netra::RequestScopedExecutionEngine(context, "
                          "registry, bridge, maxConcurrentExecutions)",
                          "netra::EnhancedToolExecutionEngine(manager)",
                          "netra::EnhancedToolExecutionEngine()"));
  for (const Limit &Line : Built->Limits)
    Limits.push_back(Line.Name);
  EXPECT_THAT(Limits, ElementsAre("usage-patterns", "only-one-engine",
                                  "factories", "supervisor-usage",
                                  "broken-includes", "websocket-integration"));
}

TEST(RulesConsolidate, CommentsOfTheFileAndOfAClass) {
  auto Of = [](llvm::StringRef File, llvm::StringRef Class) {
    RuleSet Rules = good(("version: 1\n" + File +
                          "consolidate: [{into: a::New, from: [{class: a::Old" +
                          Class + "}]}]\n")
                             .str());
    return Rules.Consolidate[0].From[0].Comments;
  };
  EXPECT_FALSE(Of("", ""));
  EXPECT_TRUE(Of("", ", comments: true"));
  EXPECT_TRUE(Of("comments: true\n", ""));
  EXPECT_FALSE(Of("comments: true\n", ", comments: false"));
}

} // namespace
} // namespace consolidate
