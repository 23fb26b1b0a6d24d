//===- SyntaxErrorsTest.cpp - Text that is not YAML ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RulesTesting.h"

namespace consolidate {
namespace {

TEST(RulesSyntax, ColonInAPlainText) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: a
    before: f(x ? y: z)
)"),
            R"(
r.yaml:4:20: error: not valid YAML: Unexpected token. Expected Key or Block End
    before: f(x ? y: z)
                   ^
  hint: check the indentation, and put a text that holds ': ' or ' #' in single quotes
)");
}

TEST(RulesSyntax, FlowMapIsNotClosed) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - {from: a.h, to: b.h
)"),
            R"(
r.yaml:3:24: error: not valid YAML: Unexpected token. Expected Key, Flow Entry, or Flow Mapping End
  - {from: a.h, to: b.h
                       ^
  hint: put ',' between entries, and close every '{' and '['
)");
}

TEST(RulesSyntax, FlowListIsNotClosed) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, paths: [a, b}
)"),
            R"(
r.yaml:3:43: error: not valid YAML: Expected , between entries
  - {name: a, count: classes, paths: [a, b}
                                          ^
  hint: put ',' between entries, and close every '{' and '['
)");
}

TEST(RulesSyntax, QuoteIsNotClosed) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: "abc
)"),
            R"(
r.yaml:3:15: error: not valid YAML: Expected quote at end of scalar
  - name: "abc
              ^
  hint: close the quote that is open here
)");
}

TEST(RulesSyntax, BadEscape) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: "a\q"
)"),
            R"(
r.yaml:3:14: error: not valid YAML: Unrecognized escape code
  - name: "a\q"
             ^
  hint: use single quotes, where a backslash means itself
)");
}

TEST(RulesSyntax, StrayBracket) {
  EXPECT_EQ(errorsOf(R"(version: 1
scope: }
)"),
            R"(
r.yaml:2:8: error: not valid YAML: Unexpected token. Expected Key or Block End
scope: }
       ^
  hint: check the indentation, and put a text that holds ': ' or ' #' in single quotes
)");
}

TEST(RulesSyntax, BadIndentation) {
  EXPECT_EQ(errorsOf(R"(version: 1
  limits: 2
)"),
            R"(
r.yaml:2:9: error: not valid YAML: Unexpected token. Expected Key or Block End
  limits: 2
        ^
  hint: check the indentation, and put a text that holds ': ' or ' #' in single quotes
)");
}

TEST(RulesSyntax, ReservedCharacter) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: @a
)"),
            R"(
r.yaml:3:11: error: not valid YAML: Unrecognized character while tokenizing
  - name: @a
          ^
  hint: put a text that starts with '@' in single quotes
)");
}

TEST(RulesSyntax, Percent) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: %a
)"),
            R"(
r.yaml:3:11: error: not valid YAML: Unrecognized character while tokenizing
  - name: %a
          ^
  hint: put a text that starts with '%' in single quotes
)");
}

TEST(RulesSyntax, Anchor) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, given: [&r int x], before: f(x), after: g(x)}
)"),
            R"(
r.yaml:3:23: error: anchors are not supported
  - {name: a, given: [&r int x], before: f(x), after: g(x)}
                      ^~
  hint: put a text that starts with '&' in single quotes
)");
}

TEST(RulesSyntax, Alias) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, paths: [**/x*]}
)"),
            R"(
r.yaml:3:39: error: aliases are not supported
  - {name: a, count: classes, paths: [**/x*]}
                                      ^~~~~
  hint: put a text that starts with '*' in single quotes
)");
}

TEST(RulesSyntax, Tag) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: !x a, before: f(), after: g()}
)"),
            R"(
r.yaml:3:12: error: tags are not supported
  - {name: !x a, before: f(), after: g()}
           ^~
  hint: put a text that starts with '!' in single quotes
)");
}

TEST(RulesSyntax, KeyTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: a
    before: f()
    after: g()
    before: h()
)"),
            R"(
r.yaml:6:5: error: key 'before' is given twice
    before: h()
    ^~~~~~
  hint: the first is on line 4; keep one
)");
}

TEST(RulesSyntax, KeyIsAList) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, before: f(), after: g()}
? [a]
: b
)"),
            R"(
r.yaml:4:3: error: a key must be a word
? [a]
  ^
  hint: write `key: value`
)");
}

TEST(RulesSyntax, SecondDocument) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes}
---
version: 1
)"),
            R"(
r.yaml:5:1: error: a second YAML document
version: 1
^
  hint: a rules file is one document: remove the '---'
)");
}

TEST(RulesSyntax, TooDeep) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
)"),
            R"(
r.yaml:2:41: error: nested too deeply
limits: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
                                        ^
  hint: a rules file has at most six levels
)");
}

TEST(RulesSyntax, ColumnsAfterLettersOfMoreBytes) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: größe, before: f(), aftr: g()}
)"),
            R"(
r.yaml:3:21: error: 'before' without 'after'
  - {name: größe, before: f(), aftr: g()}
                  ^~~~~~
  hint: add `after: ...` to this rewrite
r.yaml:3:34: error: unknown key 'aftr'
  - {name: größe, before: f(), aftr: g()}
                               ^~~~
  hint: did you mean 'after'? allowed here: name, given, before, after, inline, headers, safety
)");
}

TEST(RulesSyntax, MarksAlignAfterTabs) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name:	a,	befor: f()}
)"),
            R"(
r.yaml:3:5: error: this rewrite says nothing to do
  - {name:	a,	befor: f()}
    ^
  hint: give it 'before' and 'after', or 'inline'
r.yaml:3:15: error: unknown key 'befor'
  - {name:	a,	befor: f()}
          	  	^~~~~
  hint: did you mean 'before'? allowed here: name, given, before, after, inline, headers, safety
)");
}

} // namespace
} // namespace consolidate
