#!/usr/bin/env python3
"""Which TUs are parsed: few, and yet nothing is missed."""

import re
import shutil
import unittest

from support import FILES, SOURCE, CliTest

RULES = """\
version: 1
consolidate:
  - into: New
    header: new.h
    from: [{class: Old, header: old.h}]
rewrites:
  - name: swapped
    given: [int a, bool b]
    before: Old(a, b)
    after: New(b, a)
"""

# Most sources here never name the class, and yet construct it.
UNSPELLED = {
    ".clang-consolidate.yaml": RULES,
    "include/old.h": "#pragma once\nstruct Old {\n  Old(int a, bool b);\n  int run() const;\n};\n",
    "include/new.h": "#pragma once\nstruct New {\n  New(bool b, int a);\n  int run() const;\n};\n",
    "include/owner.h": '#pragma once\n#include "old.h"\n'
                       "struct Owner {\n  Owner(int n);\n  Old engine_;\n};\n"
                       "Old make(int n);\nint take(Old old);\n",
    "include/pair.h": '#pragma once\n#include "old.h"\n'
                      "struct Both {\n  Old first;\n  int second;\n};\n",
    "include/derived.h": '#pragma once\n#include "old.h"\n'
                         "struct Derived : Old {\n  Derived(int n);\n};\n",
    "include/macro.h": '#pragma once\n#include "old.h"\n'
                       "#define RUN(N) Old(N, true).run()\n",
    "src/one.cpp": '#include "owner.h"\n\nOwner::Owner(int n) : engine_(n, true) {}\n',
    "src/two.cpp": '#include "owner.h"\n\nOld make(int n);\n',
    "src/make.cpp": '#include "owner.h"\n\nauto make(int n) -> decltype(make(n)) { return {n, true}; }\n',
    "src/call.cpp": '#include "owner.h"\n\nint call() { return take({1, false}); }\n',
    "src/both.cpp": '#include "pair.h"\n\nBoth both() { return {{1, true}, 2}; }\n',
    "src/derived.cpp": '#include "derived.h"\n\nDerived::Derived(int n) : Derived::Old(n, false) {}\n',
    "src/expand.cpp": '#include "macro.h"\n\nint expand() { return RUN(1) + RUN(2); }\n',
    "src/other.cpp": '#include "owner.h"\n\nint other() { return 1; }\n',
}


def parsed(done):
    return int(re.search(r"parsed (\d+) of \d+ translation unit", done.err)[1])


class Cover(CliTest):
    def many(self, more=None):
        """Twenty TUs that include the class, of which two name it."""
        users = {f"src/user{i}.cpp": '#include "old.h"\n\nint user%d() { return %d; }\n' % (i, i)
                 for i in range(20)}
        self.project(FILES | users | (more or {}))

    def test_users_of_a_header_are_not_parsed(self):
        self.many({f"src/user{i}.cpp": '#include "facade.h"\n' for i in range(20)} |
                  {"include/facade.h": '#pragma once\n#include "old.h"\nOld *shared();\n'})
        done = self.run_tool("diff")
        self.assertStatus(done, 1)
        # one.cpp, two.cpp and one TU that shows facade.h; verified with one more
        # for that header.
        self.assertIn("parsed 3 of 22 translation units, 22 of which see a mention; "
                      "4 parsed again to verify, in 1 round\n", done.err)
        self.assertIn("+New *shared();\n", done.out)
        whole = self.run_tool("diff", "--exhaustive")
        self.assertEqual(parsed(whole), 22)
        self.assertEqual(whole.out, done.out)

    def test_verify_extent(self):
        self.many({f"src/user{i}.cpp": '#include "facade.h"\n' for i in range(20)} |
                  {"include/facade.h": '#pragma once\n#include "old.h"\nOld *shared();\n'})
        for extent, count in ("scanned", 3), ("more", 4), ("all", 22):
            done = self.run_tool("diff", "--verify", extent)
            self.assertIn(f"; {count} parsed again to verify", done.err)
        self.assertUsage(self.run_tool("diff", "--verify", "some"),
                         "'some' is not one of: scanned, more, all")

    def test_verify_all_sees_what_breaks_in_a_tu_that_was_not_scanned(self):
        """It needs a member that only the old class has, through `auto`."""
        self.many({"include/facade.h": '#pragma once\n#include "old.h"\nOld &shared();\n',
                   "include/old.h": FILES["include/old.h"].replace(
                       "  int run", "  int gone() const;\n  int run"),
                   "src/a.cpp": '#include "facade.h"\n\nint a() { return shared().run(); }\n',
                   "src/b.cpp": '#include "facade.h"\n\nint b() { return 2; }\n',
                   "src/z.cpp": '#include "facade.h"\n\nint z() { return shared().gone(); }\n'})
        done = self.run_tool("diff", "--verify", "all")
        self.assertStatus(done, 4)
        self.assertIn("no member named 'gone' in 'New'", done.err)

    def test_member_that_no_constructor_names(self):
        """src/widget.cpp says neither the class nor the member, and makes one."""
        self.project({
            ".clang-consolidate.yaml": RULES + "  - {name: none, before: Old(), after: 'New(false, 7)'}\n",
            "include/old.h": "#pragma once\nstruct Old {\n  Old();\n  Old(int a, bool b);\n};\n",
            "include/new.h": "#pragma once\nstruct New {\n  New();\n  New(bool b, int a);\n};\n",
            "include/widget.h": '#pragma once\n#include "old.h"\n'
                                "class Widget {\npublic:\n  Widget();\n"
                                "private:\n  Old hidden_;\n};\n",
            "src/one.cpp": '#include "widget.h"\n\nOld one(1, true);\n',
            "src/two.cpp": None,
            "src/widget.cpp": '#include "widget.h"\n\nWidget::Widget() {}\n'})
        done = self.run_tool("diff")
        self.assertIn("+  New hidden_{false, 7};\n", done.out)

    def test_header_that_its_first_tu_does_not_enter(self):
        """The include graph is lexical: a.cpp seems to include facade.h."""
        self.project({
            "include/facade.h": '#pragma once\n#include "old.h"\nOld *shared();\n',
            "src/a.cpp": '#ifdef NEVER\n#include "facade.h"\n#endif\n',
            "src/b.cpp": '#include "new.h"\n#include <facade.h>\n#include "tail.h"\n',
            "include/tail.h": "#pragma once\n"})
        done = self.run_tool("diff")
        self.assertIn("+New *shared();\n", done.out)
        self.assertEqual(parsed(done), 4)

    def test_macro_of_the_includer_decides(self):
        self.project({
            "include/facade.h": '#pragma once\n#include "old.h"\n#ifdef WIDE\nOld *shared();\n'
                                "#endif\n#ifdef NEVER\nOld *never();\n#endif\n",
            "src/a.cpp": '#include "facade.h"\n',
            "src/b.cpp": '#include "facade.h"\n',
            "src/z.cpp": '#define WIDE\n#include "facade.h"\n'})
        done = self.run_tool("diff")
        self.assertIn("+New *shared();\n", done.out)
        self.assertIn(" Old *never();\n", done.out)
        self.assertEqual(parsed(done), 4)

    def test_headers_with_errors_are_tried_elsewhere(self):
        self.project({
            "include/facade.h": '#pragma once\n#include "old.h"\nOld *shared();\n',
            "src/a.cpp": '#include "facade.h"\nint a = undeclared;\n',
            "src/b.cpp": '#include "facade.h"\n#include "tail.h"\n',
            "include/tail.h": "#pragma once\n"})
        done = self.run_tool("explain", "include/facade.h")
        self.assertIn("line 3: Old (code): edited", done.out)


class Unspelled(CliTest):
    def setUp(self):
        super().setUp()
        self.project({name: None for name in FILES} | UNSPELLED)

    def test_names_are_followed(self):
        done = self.run_tool("diff", "-v")
        self.assertStatus(done, 1)
        for line in ("+Owner::Owner(int n) : engine_(true, n) {}",
                     "+auto make(int n) -> decltype(make(n)) { return {true, n}; }",
                     "+int call() { return take({false, 1}); }",
                     "+Both both() { return {{true, 1}, 2}; }",
                     "+#define RUN(N) New(true, N).run()"):
            self.assertIn(line + "\n", done.out)

    def test_same_as_exhaustive(self):
        done = self.run_tool("diff")
        whole = self.run_tool("diff", "--exhaustive")
        self.assertEqual(done.out, whole.out)
        self.assertLess(parsed(done), parsed(whole))

    def test_why_a_file_was_parsed(self):
        done = self.run_tool("explain", "src/one.cpp")
        self.assertIn("spells engine_ at line 3, which include/owner.h declares with a "
                      "legacy class\n", done.out)

    def test_a_mere_renaming_follows_nothing(self):
        self.write(".clang-consolidate.yaml", RULES.split("rewrites:")[0])
        for name in "old", "new":
            self.write(f"include/{name}.h",
                       "#pragma once\nstruct %s {\n  %s(int a, bool b);\n  int run() const;\n};\n"
                       % ((name.capitalize(),) * 2))
        done = self.run_tool("diff")
        self.assertEqual(done.out, self.run_tool("diff", "--exhaustive").out)
        self.assertIn("parsed 4 of 8 translation units, 8 of which", done.err)


class Fixture(CliTest):
    """What is made of fixtures/netra is the same either way."""

    def test_same_as_exhaustive(self):
        shutil.copytree(SOURCE / "fixtures/netra", self.root / "netra")
        self.root = self.root / "netra"
        self.addCleanup(setattr, self, "root", self.root.parent)
        self.database()
        done = self.run_tool("diff")
        whole = self.run_tool("diff", "--exhaustive")
        self.assertNotEqual(done.out, "")
        self.assertEqual(done.out, whole.out)


if __name__ == "__main__":
    unittest.main()
