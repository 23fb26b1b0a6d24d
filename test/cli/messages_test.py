#!/usr/bin/env python3
"""The ids of findings and reasons, where a user meets them."""

import json
import unittest

from support import CliTest

RULES = """\
version: 1
consolidate:
  - into: New
    header: new.h
    from: [{class: Old, header: old.h, definition: alias, members: {size: length}}]
rewrites:
  - name: number
    given: [int n]
    before: Old(n)
    after: New(n, true)
  - name: factory
    given: [int n]
    before: MakeOld(n)
    after: MakeNew(n)
"""

FILES = {
    ".clang-consolidate.yaml": RULES,
    "include/new.h": "#pragma once\nstruct New {\n  New(int n, bool b);\n"
                     "  int length();\n};\nNew *MakeNew(int n);\n",
    "include/old.h": "#pragma once\nstruct Old {\n  Old(int n);\n  Old(char *p);\n"
                     "  int size();\n};\nOld *MakeOld(int n);\n",
    "src/one.cpp": '#include "old.h"\n'
                   "int one(Old &given) { return given.size(); }\n"
                   "Old *two() { return MakeOld(2); }\n"
                   "int three() { return Old(3).size(); }\n",
    "src/two.cpp": None,
}


class Messages(CliTest):
    def test_every_kind_of_finding_has_its_id(self):
        self.project(FILES)
        found = json.loads(self.run_tool("diff", "--format", "json").out)
        kinds = {f["check"]: f["id"] for f in found["findings"]}
        self.assertEqual(kinds, {
            "consolidate-legacy-type": "CC001",
            "consolidate-legacy-construction": "CC002",
            "consolidate-legacy-include": "CC003",
            "consolidate-legacy-member": "CC004",
            "consolidate-legacy-factory": "CC005",
            "consolidate-duplicate-class": "CC006",
        })

    def test_comments_follow_where_the_rules_ask_for_it(self):
        self.project(FILES | {
            ".clang-consolidate.yaml": RULES + "comments: true\n",
            "src/notes.h": "// An Old, \xfcber ::Old.\r\n".encode("latin-1"),
            "docs/notes.h": "// Old, outside the paths asked for.\n"})
        before = self.snapshot()
        found = json.loads(self.run_tool("diff", "--format", "json", "src").out)
        notes = [f for f in found["findings"] if f["path"] == "src/notes.h"]
        self.assertEqual([(f["check"], f["id"], f["status"]) for f in notes],
                         [("consolidate-legacy-comment", "CC008", "edited")] * 2)
        self.assertStatus(self.run_tool("apply", "src"), 0)
        self.assertEqual(self.read("src/notes.h"),
                         "// An New, \xfcber ::New.\r\n".encode("latin-1"))
        self.assertEqual(self.read("docs/notes.h"), before["docs/notes.h"][1])
        self.assertStatus(self.run_tool("diff", "src"), 0)
        self.assertStatus(self.run_tool("undo"), 0)
        self.assertEqual(self.snapshot(), before)

    def test_the_summary_and_the_json_name_the_reason(self):
        self.project(FILES | {"src/two.cpp": '#include "old.h"\nOld left(nullptr);\n'})
        self.assertIn("src/two.cpp:2:5: variable: no rewrite covers the "
                      "constructor 'Old(char *)'; add one to 'rewrites' [CC107]\n",
                      self.run_tool("diff").err)
        found = json.loads(self.run_tool("diff", "--format", "json").out)
        reasons = {f["reasonId"] for f in found["findings"]
                   if f["path"] == "src/two.cpp" and f["status"] == "left"}
        self.assertEqual(reasons, {"CC106", "CC107", "CC121"})

    def test_explain_takes_an_id(self):
        done = self.run_tool("explain", "cc107")
        self.assertStatus(done, 0)
        self.assertTrue(done.out.startswith(
            "CC107 no-rewrite: no rewrite covers the constructor that is called\n"
            "what to do: add an entry to `rewrites`"), done)
        self.assertEqual(self.run_tool("explain", "no-rewrite").out, done.out)

    def test_outside_the_paths_asked_for(self):
        self.project(FILES | {"src/one.h": "struct Old; int one(Old &given);\n",
                              "src/one.cpp": '#include "old.h"\n#include "one.h"\n'
                                             "int one(Old &given) { return 1; }\n"})
        self.assertIn("outside the paths asked for [CC120]\n",
                      self.run_tool("diff", "src/one.cpp").err)

    def test_what_was_not_seen(self):
        self.project(FILES | {"src/broken.cpp": '#include "old.h"\nOld *p = nonsense;\n',
                              "src/alone.h": "struct Alone { Old *p; };\n"})
        done = self.run_tool("diff")
        self.assertStatus(done, 3)
        self.assertIn("not parsed cleanly: src/broken.cpp: src/broken.cpp:2: use of "
                      "undeclared identifier 'nonsense' [CC401]\n", done.err)
        self.assertIn("is in no translation unit: src/alone.h [CC402]\n", done.err)

    def test_a_file_that_cannot_be_read(self):
        self.project(FILES)
        (self.root / "build/compile_commands.json").write_text(json.dumps([
            {"directory": str(self.root), "file": f"src/{name}.cpp",
             "command": f"clang++ -std=c++17 -Iinclude -c src/{name}.cpp"}
            for name in ("one", "gone")]))
        done = self.run_tool("diff")
        self.assertStatus(done, 3)
        self.assertRegex(done.err, r"could not be read: src/gone\.cpp: .* \[CC403\]\n")


if __name__ == "__main__":
    unittest.main()
