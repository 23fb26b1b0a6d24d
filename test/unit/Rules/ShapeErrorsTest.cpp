//===- ShapeErrorsTest.cpp - Keys and values of the wrong shape ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RulesTesting.h"

namespace consolidate {
namespace {

TEST(RulesShape, EmptyFile) {
  EXPECT_EQ(errorsOf(R"()"),
            R"(
r.yaml:1:1: error: the rules file is empty

^
  hint: start it with `version: 1`
)");
}

TEST(RulesShape, OnlyAComment) {
  EXPECT_EQ(errorsOf(R"(# nothing yet
)"),
            R"(
r.yaml:1:1: error: the rules file is empty
# nothing yet
^
  hint: start it with `version: 1`
)");
}

TEST(RulesShape, RootIsAText) {
  EXPECT_EQ(errorsOf(R"(hello
)"),
            R"(
r.yaml:1:1: error: a rules file is a map of keys
hello
^
  hint: start it with `version: 1`
)");
}

TEST(RulesShape, RootIsAList) {
  EXPECT_EQ(errorsOf(R"(- version: 1
)"),
            R"(
r.yaml:1:1: error: a rules file is a map of keys
- version: 1
^
  hint: start it with `version: 1`
)");
}

TEST(RulesShape, VersionIsMissing) {
  EXPECT_EQ(errorsOf(R"(limits: [{name: a, count: classes}]
)"),
            R"(
r.yaml:1:1: error: 'version' is missing here
limits: [{name: a, count: classes}]
^
  hint: add `version: 1`
)");
}

TEST(RulesShape, VersionIsNotOne) {
  EXPECT_EQ(errorsOf(R"(version: 2
limits: [{name: a, count: classes}]
)"),
            R"(
r.yaml:1:10: error: version 2 of the rules file is not known
version: 2
         ^
  hint: this tool reads `version: 1`
)");
}

TEST(RulesShape, VersionIsNoNumber) {
  EXPECT_EQ(errorsOf(R"(version: one
limits: [{name: a, count: classes}]
)"),
            R"(
r.yaml:1:10: error: 'version' must be a whole number, 0 or more, not 'one'
version: one
         ^~~
  hint: write `version: 1`
)");
}

TEST(RulesShape, VersionHasNoValue) {
  EXPECT_EQ(errorsOf(R"(version:
limits: [{name: a, count: classes}]
)"),
            R"(
r.yaml:1:1: error: 'version' has no value
version:
^~~~~~~
  hint: write `version: 1`
)");
}

TEST(RulesShape, NoRuleAtAll) {
  EXPECT_EQ(errorsOf(R"(version: 1
scope: {exclude: [build/**]}
)"),
            R"(
r.yaml:1:1: error: this file holds no rule
version: 1
^
  hint: add 'consolidate', 'includes', 'rewrites' or 'limits'
)");
}

TEST(RulesShape, FlagIsNeitherTrueNorFalse) {
  EXPECT_EQ(errorsOf(R"(version: 1
comments: yes
consolidate: [{into: a::New, from: [{class: a::Old}]}]
)"),
            R"(
r.yaml:2:11: error: 'comments' must be true or false, not 'yes'
comments: yes
          ^~~
  hint: write `comments: true`
)");
}

TEST(RulesShape, UnknownTopLevelKey) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolodate: []
)"),
            R"(
r.yaml:2:1: error: unknown key 'consolodate'
consolodate: []
^~~~~~~~~~~
  hint: did you mean 'consolidate'? allowed here: version, consolidate, comments, includes, rewrites, limits, tests, scope
)");
}

TEST(RulesShape, UnknownKeyWithoutNeighbour) {
  EXPECT_EQ(errorsOf(R"(version: 1
plugins: []
)"),
            R"(
r.yaml:2:1: error: unknown key 'plugins'
plugins: []
^~~~~~~
  hint: allowed here: version, consolidate, comments, includes, rewrites, limits, tests, scope
)");
}

TEST(RulesShape, UnknownKeyInAConsolidation) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - into: a::New
    form: [{class: a::Old}]
)"),
            R"(
r.yaml:3:5: error: 'from' is missing here
  - into: a::New
    ^
  hint: add `from: [{class: ns::LegacyName}]`
r.yaml:4:5: error: unknown key 'form'
    form: [{class: a::Old}]
    ^~~~
  hint: did you mean 'from'? allowed here: into, header, from
)");
}

TEST(RulesShape, UnknownKeyInALegacyClass) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old, defintion: alias}]}
)"),
            R"(
r.yaml:3:43: error: unknown key 'defintion'
  - {into: a::New, from: [{class: a::Old, defintion: alias}]}
                                          ^~~~~~~~~
  hint: did you mean 'definition'? allowed here: class, header, definition, members, comments
)");
}

TEST(RulesShape, UnknownKeyInAnInclude) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - {from: a.h, too: b.h}
)"),
            R"(
r.yaml:3:17: error: unknown key 'too'
  - {from: a.h, too: b.h}
                ^~~
  hint: did you mean 'to'? allowed here: from, to
)");
}

TEST(RulesShape, UnknownKeyInARewrite) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, before: x, after: y, heders: [a.h]}
)"),
            R"(
r.yaml:3:36: error: unknown key 'heders'
  - {name: a, before: x, after: y, heders: [a.h]}
                                   ^~~~~~
  hint: did you mean 'headers'? allowed here: name, given, before, after, inline, headers, safety
)");
}

TEST(RulesShape, UnknownKeyInALimit) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, path: [src/**]}
)"),
            R"(
r.yaml:3:31: error: unknown key 'path'
  - {name: a, count: classes, path: [src/**]}
                              ^~~~
  hint: did you mean 'paths'? allowed here: name, count, matching, except, producing, between, paths, max, severity
)");
}

TEST(RulesShape, UnknownKeyInScope) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes}
scope: {excludes: [build/**]}
)"),
            R"(
r.yaml:4:9: error: unknown key 'excludes'
scope: {excludes: [build/**]}
        ^~~~~~~~
  hint: did you mean 'exclude'? allowed here: include, exclude
)");
}

TEST(RulesShape, ConsolidateIsNoList) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  into: a::New
)"),
            R"(
r.yaml:2:1: error: 'consolidate' must be a list, not a map
consolidate:
^
  hint: write `consolidate: [{into: ns::New, from: [{class: ns::Old}]}]`
)");
}

TEST(RulesShape, FromIsNoList) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: a::Old}
)"),
            R"(
r.yaml:3:26: error: 'from' must be a list, not a text
  - {into: a::New, from: a::Old}
                         ^~~~~~
  hint: write `from: [{class: ns::LegacyName}]`
)");
}

TEST(RulesShape, FromEntryIsNoMap) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [a::Old]}
)"),
            R"(
r.yaml:3:27: error: an entry of 'from' must be a map, not a text
  - {into: a::New, from: [a::Old]}
                          ^~~~~~
  hint: write `from: [{class: ns::LegacyName}]`
)");
}

TEST(RulesShape, IntoIsNoText) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: [a::New], from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:12: error: 'into' must be a text, not a list
  - {into: [a::New], from: [{class: a::Old}]}
           ^
  hint: write `into: ns::CanonicalName`
)");
}

TEST(RulesShape, IntoIsEmpty) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: '', from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:6: error: 'into' has no value
  - {into: '', from: [{class: a::Old}]}
     ^~~~
  hint: write `into: ns::CanonicalName`
)");
}

TEST(RulesShape, IntoIsNull) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: ~, from: [{class: a::Old}]}
)"),
            R"(
r.yaml:3:6: error: 'into' has no value
  - {into: ~, from: [{class: a::Old}]}
     ^~~~
  hint: write `into: ns::CanonicalName`
)");
}

TEST(RulesShape, IntoIsMissing) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - from: [{class: a::Old}]
)"),
            R"(
r.yaml:3:5: error: 'into' is missing here
  - from: [{class: a::Old}]
    ^
  hint: add `into: ns::CanonicalName`
)");
}

TEST(RulesShape, FromIsMissing) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - into: a::New
)"),
            R"(
r.yaml:3:5: error: 'from' is missing here
  - into: a::New
    ^
  hint: add `from: [{class: ns::LegacyName}]`
)");
}

TEST(RulesShape, FromIsEmpty) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: []}
)"),
            R"(
r.yaml:3:26: error: 'from' has no entries
  - {into: a::New, from: []}
                         ^
  hint: write `from: [{class: ns::LegacyName}]`
)");
}

TEST(RulesShape, ClassIsMissing) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{header: old.h}]}
)"),
            R"(
r.yaml:3:27: error: 'class' is missing here
  - {into: a::New, from: [{header: old.h}]}
                          ^
  hint: add `class: ns::LegacyName`
)");
}

TEST(RulesShape, DefinitionIsUnknown) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old, definition: aliass}]}
)"),
            R"(
r.yaml:3:55: error: 'definition' cannot be 'aliass'
  - {into: a::New, from: [{class: a::Old, definition: aliass}]}
                                                      ^~~~~~
  hint: did you mean 'alias'? allowed here: keep, alias, delete
)");
}

TEST(RulesShape, DefinitionIsNoWord) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old, definition: [alias]}]}
)"),
            R"(
r.yaml:3:55: error: 'definition' must be a word, not a list
  - {into: a::New, from: [{class: a::Old, definition: [alias]}]}
                                                      ^
  hint: write `definition: alias`
)");
}

TEST(RulesShape, MembersAreNoMap) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old, members: [a, b]}]}
)"),
            R"(
r.yaml:3:52: error: 'members' must be a map, not a list
  - {into: a::New, from: [{class: a::Old, members: [a, b]}]}
                                                   ^
  hint: write `members: {old_name: NewName}`
)");
}

TEST(RulesShape, MemberWithoutNewName) {
  EXPECT_EQ(errorsOf(R"(version: 1
consolidate:
  - {into: a::New, from: [{class: a::Old, members: {a: }}]}
)"),
            R"(
r.yaml:3:53: error: 'a' in 'members' needs a text
  - {into: a::New, from: [{class: a::Old, members: {a: }}]}
                                                    ^
  hint: write `members: {old_name: NewName}`
)");
}

TEST(RulesShape, IncludeFromIsMissing) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - to: b.h
)"),
            R"(
r.yaml:3:5: error: 'from' is missing here
  - to: b.h
    ^
  hint: add `from: path/old.h`
)");
}

TEST(RulesShape, IncludeToHasNoValue) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - from: a.h
    to:
)"),
            R"(
r.yaml:4:5: error: 'to' has no value
    to:
    ^~
  hint: write `to: path/new.h` or leave the key out
)");
}

TEST(RulesShape, IncludeToIsAMap) {
  EXPECT_EQ(errorsOf(R"(version: 1
includes:
  - {from: a.h, to: {b: c}}
)"),
            R"(
r.yaml:3:21: error: 'to' must be a text or a list of texts, not a map
  - {from: a.h, to: {b: c}}
                    ^
  hint: write `to: path/new.h`
)");
}

TEST(RulesShape, RewriteNameIsMissing) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {before: a::f(), after: a::g()}
)"),
            R"(
r.yaml:3:5: error: 'name' is missing here
  - {before: a::f(), after: a::g()}
    ^
  hint: add `name: two-argument-constructor`
)");
}

TEST(RulesShape, GivenIsNoList) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, given: 'int x', before: f(x), after: g(x)}
)"),
            R"(
r.yaml:3:23: error: 'given' must be a list of texts, not a text
  - {name: a, given: 'int x', before: f(x), after: g(x)}
                      ^~~~~
  hint: write `given: ['ns::Type &name']`
)");
}

TEST(RulesShape, GivenEntryIsEmpty) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - {name: a, given: ['int x', ''], before: f(x), after: g(x)}
)"),
            R"(
r.yaml:3:33: error: an entry of 'given' is empty
  - {name: a, given: ['int x', ''], before: f(x), after: g(x)}
                                ^
  hint: write `given: ['ns::Type &name']`
)");
}

TEST(RulesShape, GivenEntryIsNull) {
  EXPECT_EQ(errorsOf(R"(version: 1
rewrites:
  - name: a
    given:
      - int x
      -
    before: f(x)
    after: g(x)
)"),
            R"(
r.yaml:6:7: error: an entry of 'given' is empty
      -
      ^
  hint: write `given: ['ns::Type &name']`
)");
}

TEST(RulesShape, LimitNameAndCountAreMissing) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {max: 0}
)"),
            R"(
r.yaml:3:5: error: 'name' is missing here
  - {max: 0}
    ^
  hint: add `name: only-one-engine`
r.yaml:3:5: error: 'count' is missing here
  - {max: 0}
    ^
  hint: add `count: constructions`
)");
}

TEST(RulesShape, CountIsUnknown) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: construction}
)"),
            R"(
r.yaml:3:22: error: 'count' cannot be 'construction'
  - {name: a, count: construction}
                     ^~~~~~~~~~~~
  hint: did you mean 'constructions'? allowed here: classes, factories, legacy-uses, constructions, broken-includes, couplings
)");
}

TEST(RulesShape, SeverityIsUnknown) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, max: 1, severity: warning}
)"),
            R"(
r.yaml:3:49: error: 'severity' cannot be 'warning'
  - {name: a, count: classes, max: 1, severity: warning}
                                                ^~~~~~~
  hint: allowed here: info, error
)");
}

TEST(RulesShape, MaxIsNegative) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, max: -1}
)"),
            R"(
r.yaml:3:36: error: 'max' must be a whole number, 0 or more, not '-1'
  - {name: a, count: classes, max: -1}
                                   ^~
  hint: write `max: 0`
)");
}

TEST(RulesShape, MaxIsFractional) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, max: 1.5}
)"),
            R"(
r.yaml:3:36: error: 'max' must be a whole number, 0 or more, not '1.5'
  - {name: a, count: classes, max: 1.5}
                                   ^~~
  hint: write `max: 0`
)");
}

TEST(RulesShape, MaxIsAList) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, max: [1]}
)"),
            R"(
r.yaml:3:36: error: 'max' must be a number, not a list
  - {name: a, count: classes, max: [1]}
                                   ^
  hint: write `max: 0`
)");
}

TEST(RulesShape, MaxIsTooLarge) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes, max: 99999999999}
)"),
            R"(
r.yaml:3:36: error: 'max' must be a whole number, 0 or more, not '99999999999'
  - {name: a, count: classes, max: 99999999999}
                                   ^~~~~~~~~~~
  hint: write `max: 0`
)");
}

TEST(RulesShape, ScopeIsNoMap) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes}
scope: [src/**]
)"),
            R"(
r.yaml:4:8: error: 'scope' must be a map, not a list
scope: [src/**]
       ^
  hint: write `scope: {exclude: ['build/**']}`
)");
}

TEST(RulesShape, ScopeIncludeIsEmpty) {
  EXPECT_EQ(errorsOf(R"(version: 1
limits:
  - {name: a, count: classes}
scope: {include: []}
)"),
            R"(
r.yaml:4:18: error: 'include' has no entries
scope: {include: []}
                 ^
  hint: write `include: ['**']` or leave the key out
)");
}

TEST(RulesShape, EveryErrorIsReportedInOrder) {
  EXPECT_EQ(errorsOf(R"(version: 3
consolidate:
  - into: a::New
    from: [{klass: a::Old}]
rewrites:
  - name: x
    before: a::f()
limits:
  - {name: a, count: clases}
skope: {}
)"),
            R"(
r.yaml:1:10: error: version 3 of the rules file is not known
version: 3
         ^
  hint: this tool reads `version: 1`
r.yaml:4:12: error: 'class' is missing here
    from: [{klass: a::Old}]
           ^
  hint: add `class: ns::LegacyName`
r.yaml:4:13: error: unknown key 'klass'
    from: [{klass: a::Old}]
            ^~~~~
  hint: did you mean 'class'? allowed here: class, header, definition, members, comments
r.yaml:7:5: error: 'before' without 'after'
    before: a::f()
    ^~~~~~
  hint: add `after: ...` to this rewrite
r.yaml:9:22: error: 'count' cannot be 'clases'
  - {name: a, count: clases}
                     ^~~~~~
  hint: did you mean 'classes'? allowed here: classes, factories, legacy-uses, constructions, broken-includes, couplings
r.yaml:10:1: error: unknown key 'skope'
skope: {}
^~~~~
  hint: did you mean 'scope'? allowed here: version, consolidate, comments, includes, rewrites, limits, tests, scope
)");
}

} // namespace
} // namespace consolidate
