#!/usr/bin/env python3
"""`clang-consolidate test`: a ruleset's own cases."""

import unittest
import xml.etree.ElementTree as xml

from support import SOURCE, CliTest

RULES = """\
version: 1
consolidate:
  - into: app::New
    header: app/new.h
    from: [{class: app::Old, header: app/old.h}]
rewrites:
  - name: number
    given: [int n]
    before: app::Old(n)
    after: app::New(n, true)
tests:
  - name: headers
    files:
      app/old.h: |
        #pragma once
        namespace app { struct Old { Old(int n); Old(const char *text); }; }
      app/new.h: |
        #pragma once
        namespace app { struct New { New(int n, bool checked); }; }
"""

GOOD = """\
  - name: variable
    before: |
      #include "app/old.h" // consolidate: include

      app::Old one(1); // consolidate: type, construction
    after: |
      #include "app/new.h"

      app::New one(1, true);
  - name: not-ours
    before: |
      struct Old {};
      Old mine;
  - name: left
    before: |
      #include "app/old.h" // expect-left: CC121
      app::Old text("x"); // expect-left: CC107 // expect-left: CC106
"""


class RulesetTest(CliTest):
    def rules(self, tests):
        self.write(".clang-consolidate.yaml", RULES + tests)

    def test_all_pass(self):
        self.rules(GOOD)
        done = self.run_tool("test")
        self.assertStatus(done, 0)
        self.assertEqual(done.out, "ok      variable\nok      not-ours\n"
                                   "ok      left\n3 passed, 0 failed\n")

    def test_one_by_name(self):
        self.rules(GOOD)
        done = self.run_tool("test", "left")
        self.assertStatus(done, 0)
        self.assertEqual(done.out, "ok      left\n1 passed, 0 failed\n")
        self.assertUsage(self.run_tool("test", "lefd"), "did you mean 'left'?")

    def test_no_case(self):
        self.rules("")
        self.assertUsage(self.run_tool("test"), "has no case to run", "`tests`")

    def failing(self, case, *parts):
        self.rules(case)
        done = self.run_tool("test")
        self.assertStatus(done, 1)
        for part in parts:
            self.assertIn(part, done.out)

    def test_after_is_another_text(self):
        self.failing(GOOD.replace("one(1, true);", "one(1, false);"),
                     "FAILED  variable", ".clang-consolidate.yaml:20:",
                     "-app::New one(1, false);", "+app::New one(1, true);",
                     "2 passed, 1 failed")

    def test_changes_without_after(self):
        self.failing("  - {name: a, before: '#include \"app/old.h\"'}\n",
                     "it changes, and there is no 'after'")

    def test_does_not_compile_before(self):
        self.failing("  - {name: a, before: nonsense;}\n",
                     "does not compile before the migration",
                     "main.cpp:1: ")

    def test_findings_are_those_of_the_comments(self):
        self.failing(GOOD.replace("type, construction", "member"),
                     "line 3: expected member, found construction, type")
        self.failing(GOOD.replace(" // consolidate: include", ""),
                     "line 1: expected no finding, found include")
        self.failing(GOOD.replace("type, construction", "typo"),
                     "line 3: 'typo' is no kind of finding")

    def test_what_is_left_is_expected(self):
        self.failing(GOOD.replace(" // expect-left: CC107", ""),
                     "line 2: is left: no rewrite covers", "[CC107]")
        self.failing(GOOD.replace("CC107", "CC108"),
                     "line 2: nothing is left for 'CC108'")

    def test_left_on_any_line(self):
        self.rules(GOOD.replace(" // expect-left: CC107 // expect-left: CC106", "")
                   + "    left: [CC107, CC106]\n")
        self.assertStatus(self.run_tool("test"), 0)
        self.failing(GOOD + "    left: [nothing such]\n",
                     "nothing is left for 'nothing such'")

    def test_a_second_run_is_empty(self):
        # Members that are swapped: each run swaps them back.
        self.write(".clang-consolidate.yaml", RULES.replace(
            "header: app/old.h}", "header: app/old.h, members: {a: b, b: a}}").replace(
            "text); };", "text); int a(); int b(); }; extern Old kept; "
            "inline auto &old() { return kept; }").replace(
            "tests:", "scope: {exclude: ['app/**']}\ntests:") + """\
  - name: again
    before: |
      #include "app/old.h"
      int one = app::old().a();
    after: |
      #include "app/old.h"
      int one = app::old().b();
""")
        done = self.run_tool("test")
        self.assertStatus(done, 1)
        self.assertIn("a second run changes it again", done.out)

    def test_junit(self):
        self.rules(GOOD.replace("one(1, true);", "one(1, a < b);"))
        done = self.run_tool("test", "--format", "junit")
        self.assertStatus(done, 1)
        suite = xml.fromstring(done.out).find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("3", "1"))
        cases = {case.get("name"): case for case in suite}
        self.assertEqual(list(cases), ["variable", "not-ours", "left"])
        failure = cases["variable"].find("failure")
        self.assertEqual(failure.get("message"), "'after' is another text:")
        self.assertIn("-app::New one(1, a < b);", failure.text)
        self.assertIsNone(cases["left"].find("failure"))
        self.assertUsage(self.run_tool("test", "--format", "json"), "junit")

    def test_update(self):
        wrong = GOOD.replace("one(1, true);", "wrong;\n\n  # a comment")
        none = """\
  - name: without  # a comment stays
    before: |
        #include "app/old.h"
        app::Old two(2);

limits: [{name: uses, count: legacy-uses}]
"""
        self.rules(wrong + none)
        done = self.run_tool("test", "--update")
        self.assertStatus(done, 0)
        self.assertIn("updated 2 in ", done.err)
        expected = RULES + wrong.replace("wrong;", "one(1, true);") + none.replace("""\
        app::Old two(2);
""", """\
        app::Old two(2);
    after: |
        #include "app/new.h"
        app::New two(2, true);
""")
        self.assertEqual(self.read(".clang-consolidate.yaml").decode(), expected)
        self.assertStatus(self.run_tool("test"), 0)

    def test_update_leaves_what_is_broken(self):
        text = RULES + GOOD.replace("one(1, true);", "wrong;").replace("type, ", "")
        self.write(".clang-consolidate.yaml", text)
        self.assertStatus(self.run_tool("test", "--update"), 1)
        self.assertEqual(self.read(".clang-consolidate.yaml").decode(), text)

    def test_update_of_what_is_no_block(self):
        self.rules("  - {name: a, before: '#include \"app/old.h\"', after: x}\n")
        self.assertUsage(self.run_tool("test", "--update"), "is not a block",
                         "write `after: |`")
        self.assertUsage(self.run_tool("test", "--update", "--rules",
                                       "builtin:execution-engine"))

    def test_builtin_rules_with_the_headers_of_their_project(self):
        fixture = SOURCE / "fixtures/netra"
        self.write("build/compile_commands.json",
                   '[{"directory": "%s", "file": "src/chat/chat_service.cpp", '
                   '"command": "c++ -std=c++17 -Iinclude -c '
                   'src/chat/chat_service.cpp"}]' % fixture)
        done = self.run_tool("test", "--rules", "builtin:execution-engine",
                             "-p", "build")
        self.assertStatus(done, 0)
        self.assertIn(" passed, 0 failed", done.out)


if __name__ == "__main__":
    unittest.main()
