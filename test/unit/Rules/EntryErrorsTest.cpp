//===- EntryErrorsTest.cpp - Entries that make no sense ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RulesTesting.h"

namespace consolidate {
namespace {

TEST(RulesEntries, IntoIsNoName) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New(), from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:12: error: 'a::New()' is not a class name
  - {into: a::New(), from: [{class: a::Old}]}
           ^~~~~~~~
  hint: write the qualified name: 'ns::Name' or 'ns::Name<T>'
)");
}

TEST(RulesEntries, IntoHasAnOpenBracket) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: 'a::New<T', from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:13: error: 'a::New<T' is not a class name
  - {into: 'a::New<T', from: [{class: a::Old}]}
            ^~~~~~~~
  hint: write the qualified name: 'ns::Name' or 'ns::Name<T>'
)");
}

TEST(RulesEntries, IntoHasMismatchedBrackets) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: 'a::New<T[>', from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:13: error: 'a::New<T[>' is not a class name
  - {into: 'a::New<T[>', from: [{class: a::Old}]}
            ^~~~~~~~~~
  hint: write the qualified name: 'ns::Name' or 'ns::Name<T>'
)");
}

TEST(RulesEntries, IntoHasTextBehind) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: 'a::New<T>::type', from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:13: error: 'a::New<T>::type' is not a class name
  - {into: 'a::New<T>::type', from: [{class: a::Old}]}
            ^~~~~~~~~~~~~~~
  hint: write the qualified name: 'ns::Name' or 'ns::Name<T>'
)");
}

TEST(RulesEntries, IntoTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old}]}
  - {into: ::a::New, from: [{class: a::Older}]}
)"),
            R"(
r.yaml:4:12: error: 'a::New' has two entries
  - {into: ::a::New, from: [{class: a::Older}]}
           ^~~~~~~~
  hint: move its 'from' to the entry on line 3
)");
}

TEST(RulesEntries, ClassWithKeyword) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: class a::Old}]}
)"),
            R"(
r.yaml:3:35: error: 'class a::Old' is not a class name
  - {into: a::New, from: [{class: class a::Old}]}
                                  ^~~~~~~~~~~~
  hint: leave out the keyword: 'ns::Name'
)");
}

TEST(RulesEntries, ClassIsNoName) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a.Old}]}
)"),
            R"(
r.yaml:3:35: error: 'a.Old' is not a class name
  - {into: a::New, from: [{class: a.Old}]}
                                  ^~~~~
  hint: write the qualified name: 'ns::Name' or 'ns::Name<T>'
)");
}

TEST(RulesEntries, ClassWithEmptyParameter) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: 'a::New<T>', from: [{class: 'a::Old<T,>'}]}
)"),
            R"(
r.yaml:3:41: error: 'a::Old<T,>' is not a class name
  - {into: 'a::New<T>', from: [{class: 'a::Old<T,>'}]}
                                        ^~~~~~~~~~
  hint: write the qualified name: 'ns::Name' or 'ns::Name<T>'
)");
}

TEST(RulesEntries, TemplateParameterIsAType) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: 'a::New<T>', from: [{class: 'a::Old<T, int *>'}]}
)"),
            R"(
r.yaml:3:41: error: 'int *' is not the name of a template parameter
  - {into: 'a::New<T>', from: [{class: 'a::Old<T, int *>'}]}
                                        ^~~~~~~~~~~~~~~~
  hint: name each parameter: 'a::Old<T>'
)");
}

TEST(RulesEntries, TemplateParameterTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: 'a::New<T>', from: [{class: 'a::Old<T, T>'}]}
)"),
            R"(
r.yaml:3:41: error: template parameter 'T' is named twice
  - {into: 'a::New<T>', from: [{class: 'a::Old<T, T>'}]}
                                        ^~~~~~~~~~~~
  hint: give each parameter a name of its own
)");
}

TEST(RulesEntries, LegacyClassTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - into: a::New
    from:
      - class: a::Old
      - class: ::a::Old
)"),
            R"(
r.yaml:6:16: error: legacy class 'a::Old' is listed twice
      - class: ::a::Old
               ^~~~~~~~
  hint: the first is on line 5; a class can have one successor only
)");
}

TEST(RulesEntries, LegacyClassOfTwoCanonicalOnes) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old}]}
  - {into: b::New, from: [{class: a::Old}]}
)"),
            R"(
r.yaml:4:35: error: legacy class 'a::Old' is listed twice
  - {into: b::New, from: [{class: a::Old}]}
                                  ^~~~~~
  hint: the first is on line 3; a class can have one successor only
)");
}

TEST(RulesEntries, LegacyAndCanonicalInOneEntry) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::New}]}
)"),
            R"(
r.yaml:3:35: error: 'a::New' is both legacy and canonical
  - {into: a::New, from: [{class: a::New}]}
                                  ^~~~~~
  hint: it is canonical on line 3; name the final class there, or remove it here
)");
}

TEST(RulesEntries, LegacyHereCanonicalBelow) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old}]}
  - {into: a::Old, from: [{class: a::Older}]}
)"),
            R"(
r.yaml:3:35: error: 'a::Old' is both legacy and canonical
  - {into: a::New, from: [{class: a::Old}]}
                                  ^~~~~~
  hint: it is canonical on line 4; name the final class there, or remove it here
)");
}

TEST(RulesEntries, LegacyAndCanonicalTemplate) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: 'a::New<T[]>', from: [{class: 'a::New<T>'}]}
)"),
            R"(
r.yaml:3:43: error: 'a::New' is both legacy and canonical
  - {into: 'a::New<T[]>', from: [{class: 'a::New<T>'}]}
                                          ^~~~~~~~~
  hint: it is canonical on line 3; name the final class there, or remove it here
)");
}

TEST(RulesEntries, MemberIsNoIdentifier) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old, members: {'run()': Run, go: a::Go}}]}
)"),
            R"(
r.yaml:3:54: error: 'run()' is not a member name
  - {into: a::New, from: [{class: a::Old, members: {'run()': Run, go: a::Go}}]}
                                                     ^~~~~
  hint: write `members: {old_name: NewName}`, unqualified
r.yaml:3:71: error: 'a::Go' is not a member name
  - {into: a::New, from: [{class: a::Old, members: {'run()': Run, go: a::Go}}]}
                                                                      ^~~~~
  hint: write `members: {old_name: NewName}`, unqualified
)");
}

TEST(RulesEntries, HeaderInQuotes) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, header: '"new.h"', from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:29: error: '"new.h"' is not a header
  - {into: a::New, header: '"new.h"', from: [{class: a::Old}]}
                            ^~~~~~~
  hint: write the path alone: 'dir/name.h', or '<memory>' for one that is always included with angle brackets
)");
}

TEST(RulesEntries, HeaderIsADirective) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old, header: '#include <old.h>'}]}
)"),
            R"(
r.yaml:3:52: error: '#include <old.h>' is not a header
  - {into: a::New, from: [{class: a::Old, header: '#include <old.h>'}]}
                                                   ^~~~~~~~~~~~~~~~
  hint: write the path alone: 'dir/name.h', or '<memory>' for one that is always included with angle brackets
)");
}

TEST(RulesEntries, HeaderWithHalfABracket) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, header: '<memory', from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:29: error: '<memory' is not a header
  - {into: a::New, header: '<memory', from: [{class: a::Old}]}
                            ^~~~~~~
  hint: write the path alone: 'dir/name.h', or '<memory>' for one that is always included with angle brackets
)");
}

TEST(RulesEntries, IncludeTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - {from: a.h, to: b.h}
  - {from: a.h, to: c.h}
)"),
            R"(
r.yaml:4:12: error: include 'a.h' is listed twice
  - {from: a.h, to: c.h}
           ^~~
  hint: the first is on line 3; list all its headers there under 'to'
)");
}

TEST(RulesEntries, IncludeOfItself) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - {from: a.h, to: a.h}
)"),
            R"(
r.yaml:3:21: error: 'a.h' is itself replaced
  - {from: a.h, to: a.h}
                    ^~~
  hint: line 3 replaces it; name the final header here
)");
}

TEST(RulesEntries, IncludeChain) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - {from: a.h, to: [x.h, b.h]}
  - {from: b.h, to: c.h}
)"),
            R"(
r.yaml:3:27: error: 'b.h' is itself replaced
  - {from: a.h, to: [x.h, b.h]}
                          ^~~
  hint: line 4 replaces it; name the final header here
)");
}

TEST(RulesEntries, IncludeToNone) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - {from: a.h, to: none}
)"),
            R"(
r.yaml:3:21: error: 'none' is not a header
  - {from: a.h, to: none}
                    ^~~~
  hint: leave 'to' out to drop the include
)");
}

TEST(RulesEntries, RewriteNameTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, before: f(), after: g()}
  - {name: a, before: h(), after: i()}
)"),
            R"(
r.yaml:4:12: error: two rewrites are named 'a'
  - {name: a, before: h(), after: i()}
           ^
  hint: the first is on line 3; findings are reported by name, so give each its own
)");
}

TEST(RulesEntries, BeforeWithoutAfter) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: a
    before: f()
)"),
            R"(
r.yaml:4:5: error: 'before' without 'after'
    before: f()
    ^~~~~~
  hint: add `after: ...` to this rewrite
)");
}

TEST(RulesEntries, AfterWithoutBefore) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: a
    after: f()
)"),
            R"(
r.yaml:4:5: error: 'after' without 'before'
    after: f()
    ^~~~~
  hint: add `before: ...` to this rewrite
)");
}

TEST(RulesEntries, InlineWithBefore) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, inline: b::f, before: f()}
)"),
            R"(
r.yaml:3:29: error: 'before' cannot stand beside 'inline'
  - {name: a, inline: b::f, before: f()}
                            ^~~~~~
  hint: with 'inline' the wrapper's own body is the rewrite: remove one of the two
)");
}

TEST(RulesEntries, InlineWithBeforeAndAfter) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, inline: b::f, before: f(), after: g()}
)"),
            R"(
r.yaml:3:29: error: 'before' cannot stand beside 'inline'
  - {name: a, inline: b::f, before: f(), after: g()}
                            ^~~~~~
  hint: with 'inline' the wrapper's own body is the rewrite: remove one of the two
r.yaml:3:42: error: 'after' cannot stand beside 'inline'
  - {name: a, inline: b::f, before: f(), after: g()}
                                         ^~~~~
  hint: with 'inline' the wrapper's own body is the rewrite: remove one of the two
)");
}

TEST(RulesEntries, InlineWithGiven) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, inline: b::f, given: ['int x']}
)"),
            R"(
r.yaml:3:29: error: 'given' cannot stand beside 'inline'
  - {name: a, inline: b::f, given: ['int x']}
                            ^~~~~
  hint: with 'inline' the wrapper's own body is the rewrite: remove one of the two
)");
}

TEST(RulesEntries, InlineIsACall) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, inline: b::f()}
)"),
            R"(
r.yaml:3:23: error: 'b::f()' is not a function name
  - {name: a, inline: b::f()}
                      ^~~~~~
  hint: write the qualified name alone: 'ns::MakeLegacy'
)");
}

TEST(RulesEntries, RewriteWithNothingToDo) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: a
    headers: [a.h]
)"),
            R"(
r.yaml:3:5: error: this rewrite says nothing to do
  - name: a
    ^
  hint: give it 'before' and 'after', or 'inline'
)");
}

TEST(RulesEntries, RewriteHeaderInQuotes) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, before: f(), after: g(), headers: ['"a.h"']}
)"),
            R"(
r.yaml:3:51: error: '"a.h"' is not a header
  - {name: a, before: f(), after: g(), headers: ['"a.h"']}
                                                  ^~~~~
  hint: write the path alone: 'dir/name.h', or '<memory>' for one that is always included with angle brackets
)");
}

TEST(RulesEntries, GivenIsATypeOnly) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, given: [int, 'const unsigned', 'ns::Type', 'ns::Type &', 'std::vector<int>'], before: f(), after: g()}
)"),
            R"(
r.yaml:3:23: error: 'int' does not declare a name
  - {name: a, given: [int, 'const unsigned', 'ns::Type', 'ns::Type &', 'std::vector<int>'], before: f(), after: g()}
                      ^~~
  hint: write a declaration: 'ns::Type &name', 'typename T' or 'auto &&...args'
r.yaml:3:29: error: 'const unsigned' does not declare a name
  - {name: a, given: [int, 'const unsigned', 'ns::Type', 'ns::Type &', 'std::vector<int>'], before: f(), after: g()}
                            ^~~~~~~~~~~~~~
  hint: write a declaration: 'ns::Type &name', 'typename T' or 'auto &&...args'
r.yaml:3:47: error: 'ns::Type' does not declare a name
  - {name: a, given: [int, 'const unsigned', 'ns::Type', 'ns::Type &', 'std::vector<int>'], before: f(), after: g()}
                                              ^~~~~~~~
  hint: write a declaration: 'ns::Type &name', 'typename T' or 'auto &&...args'
r.yaml:3:59: error: 'ns::Type &' does not declare a name
  - {name: a, given: [int, 'const unsigned', 'ns::Type', 'ns::Type &', 'std::vector<int>'], before: f(), after: g()}
                                                          ^~~~~~~~~~
  hint: write a declaration: 'ns::Type &name', 'typename T' or 'auto &&...args'
r.yaml:3:73: error: 'std::vector<int>' does not declare a name
  - {name: a, given: [int, 'const unsigned', 'ns::Type', 'ns::Type &', 'std::vector<int>'], before: f(), after: g()}
                                                                        ^~~~~~~~~~~~~~~~
  hint: write a declaration: 'ns::Type &name', 'typename T' or 'auto &&...args'
)");
}

TEST(RulesEntries, GivenIsANameOnly) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, given: [registry], before: f(registry), after: g(registry)}
)"),
            R"(
r.yaml:3:23: error: 'registry' does not declare a name
  - {name: a, given: [registry], before: f(registry), after: g(registry)}
                      ^~~~~~~~
  hint: write a declaration: 'ns::Type &name', 'typename T' or 'auto &&...args'
)");
}

TEST(RulesEntries, GivenTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, given: ['int x', 'long &x'], before: f(x), after: g(x)}
)"),
            R"(
r.yaml:3:33: error: 'x' is declared twice
  - {name: a, given: ['int x', 'long &x'], before: f(x), after: g(x)}
                                ^~~~~~~
  hint: give each metavariable a name of its own
)");
}

TEST(RulesEntries, LimitNameTwice) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes}
  - {name: a, count: factories}
)"),
            R"(
r.yaml:4:12: error: two limits are named 'a'
  - {name: a, count: factories}
           ^
  hint: the first is on line 3; the baseline is kept by name, so give each its own
)");
}

TEST(RulesEntries, MatchingIsNoRegex) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, matching: '(Old'}
)"),
            R"(
r.yaml:3:42: error: 'matching' is not a regular expression: parentheses not balanced
  - {name: a, count: classes, matching: '(Old'}
                                         ^~~~
  hint: POSIX extended syntax; put a backslash before a bracket that means itself
)");
}

TEST(RulesEntries, ExceptIsNoRegex) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, except: '*'}
)"),
            R"(
r.yaml:3:40: error: 'except' is not a regular expression: repetition-operator operand invalid
  - {name: a, count: classes, except: '*'}
                                       ^
  hint: POSIX extended syntax; put a backslash before a bracket that means itself
)");
}

TEST(RulesEntries, BetweenIsNoRegex) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: couplings, between: [engines, '[a']}
)"),
            R"(
r.yaml:3:53: error: 'between' is not a regular expression: brackets ([ ]) not balanced
  - {name: a, count: couplings, between: [engines, '[a']}
                                                    ^~
  hint: POSIX extended syntax; put a backslash before a bracket that means itself
)");
}

TEST(RulesEntries, CouplingsWithoutBetween) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: couplings}
)"),
            R"(
r.yaml:3:22: error: 'count: couplings' needs 'between'
  - {name: a, count: couplings}
                     ^~~~~~~~~
  hint: add `between: [engines, '.*Socket.*']`
)");
}

TEST(RulesEntries, BetweenOfThree) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: couplings, between: [a, b, c]}
)"),
            R"(
r.yaml:3:42: error: 'between' needs 2 entries, not 3
  - {name: a, count: couplings, between: [a, b, c]}
                                         ^
  hint: write `between: [engines, '.*Socket.*']`
)");
}

TEST(RulesEntries, BetweenWithoutCouplings) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, between: [a, b]}
)"),
            R"(
r.yaml:3:40: error: 'between' is for 'count: couplings' only
  - {name: a, count: classes, between: [a, b]}
                                       ^
  hint: leave it out, or count couplings
)");
}

TEST(RulesEntries, ProducingWithoutFactories) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old}]}
limits:
  - {name: a, count: classes, producing: a::New}
)"),
            R"(
r.yaml:5:42: error: 'producing' is for 'count: factories' only
  - {name: a, count: classes, producing: a::New}
                                         ^~~~~~
  hint: leave it out, or count factories
)");
}

TEST(RulesEntries, ProducingAMistypedClass) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::NewEngine, from: [{class: a::Old}]}
limits:
  - {name: a, count: factories, producing: a::NewEngin}
)"),
            R"(
r.yaml:5:44: error: 'a::NewEngin' is no canonical class of this file
  - {name: a, count: factories, producing: a::NewEngin}
                                           ^~~~~~~~~~~
  hint: did you mean 'a::NewEngine'?
)");
}

TEST(RulesEntries, ProducingAnotherClass) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::NewEngine, from: [{class: a::Old}]}
limits:
  - {name: a, count: factories, producing: Thing}
)"),
            R"(
r.yaml:5:44: error: 'Thing' is no canonical class of this file
  - {name: a, count: factories, producing: Thing}
                                           ^~~~~
  hint: name one that stands under 'into'
)");
}

TEST(RulesEntries, SeverityErrorWithoutMax) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, severity: error}
)"),
            R"(
r.yaml:3:41: error: 'severity: error' without 'max'
  - {name: a, count: classes, severity: error}
                                        ^~~~~
  hint: add `max: N`, or leave 'severity' out to inform only
)");
}

TEST(RulesEntries, AbsoluteGlob) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, paths: [/src/**, ./src, ../x, 'src\x']}
)"),
            R"(
r.yaml:3:39: error: '/src/**' can match no file
  - {name: a, count: classes, paths: [/src/**, ./src, ../x, 'src\x']}
                                      ^~~~~~~
  hint: globs are relative to the rules file's folder, with forward slashes: 'src/**'
r.yaml:3:48: error: './src' can match no file
  - {name: a, count: classes, paths: [/src/**, ./src, ../x, 'src\x']}
                                               ^~~~~
  hint: globs are relative to the rules file's folder, with forward slashes: 'src/**'
r.yaml:3:55: error: '../x' can match no file
  - {name: a, count: classes, paths: [/src/**, ./src, ../x, 'src\x']}
                                                      ^~~~
  hint: globs are relative to the rules file's folder, with forward slashes: 'src/**'
r.yaml:3:62: error: 'src\x' can match no file
  - {name: a, count: classes, paths: [/src/**, ./src, ../x, 'src\x']}
                                                             ^~~~~
  hint: globs are relative to the rules file's folder, with forward slashes: 'src/**'
)");
}

TEST(RulesEntries, AbsoluteScope) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes}
scope: {include: [/src/**]}
)"),
            R"(
r.yaml:4:19: error: '/src/**' can match no file
scope: {include: [/src/**]}
                  ^~~~~~~
  hint: globs are relative to the rules file's folder, with forward slashes: 'src/**'
)");
}

} // namespace
} // namespace consolidate
