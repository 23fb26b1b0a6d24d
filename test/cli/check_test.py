#!/usr/bin/env python3
"""check against a baseline: its file, its options and what is printed. What a baseline
is for are rows of docs/traps.md: traps_test.py."""

import json
import os
import unittest

from support import FILES, RULES, CliTest

FILE = ".clang-consolidate-baseline.yaml"


class BaselineFile(CliTest):
    def test_first_one(self):
        self.project()
        done = self.run_tool("check", "--update-baseline")
        self.assertStatus(done, 0)
        self.assertEqual(done.err, f"the baseline {FILE} has 2 entries: 2 new, 0 gone\n")
        self.assertEqual(self.read(FILE).decode().split("violations:\n")[1],
                         '  - {limit: "constructions", in: "one()", text: "return Old(1).run()"}\n'
                         '  - {limit: "constructions", in: "two()", text: "Old legacy(2)"}\n')
        self.assertRegex(done.out, r"constructions +2 +0  ok \(2 in the baseline\)\n\n"
                                   "no limit is broken\n")

    def test_named_and_of_other_rules(self):
        self.project()
        self.assertUsage(self.run_tool("check", "--baseline", "known.yaml"),
                         "there is no baseline 'known.yaml'; --update-baseline makes it")
        self.assertStatus(self.run_tool("check", "--baseline", "known.yaml", "--update-baseline",
                                        "-q"), 0)
        self.assertStatus(self.run_tool("check", "--baseline", "../known.yaml", folder="src"), 0)
        self.assertStatus(self.run_tool("check"), 1)
        # Each rules file has its own.
        self.write("rules/own.yaml", RULES)
        self.assertStatus(self.run_tool("check", "--rules", "rules/own.yaml", "--root", ".",
                                        "--update-baseline"), 0)
        self.assertTrue((self.root / "rules/own-baseline.yaml").exists())
        self.assertFalse((self.root / FILE).exists())

    def test_an_unchanged_one_is_not_written(self):
        self.project()
        self.run_tool("check", "--update-baseline")
        before = os.stat(self.root / FILE).st_mtime_ns, self.read(FILE)
        self.assertStatus(self.run_tool("check", "--update-baseline"), 0)
        self.assertEqual((os.stat(self.root / FILE).st_mtime_ns, self.read(FILE)), before)

    def test_a_link_stays_a_link(self):
        self.project()
        self.write("shared.yaml", "version: 1\nviolations: [{limit: constructions}]\n")
        os.symlink("shared.yaml", self.root / FILE)
        self.assertStatus(self.run_tool("check", "--grow-baseline"), 0)
        self.assertTrue((self.root / FILE).is_symlink())
        self.assertIn(b"one()", self.read("shared.yaml"))

    def test_a_link_to_nothing(self):
        """It is not "there is none", and is not replaced."""
        self.project()
        os.symlink("shared.yaml", self.root / FILE)
        for words in ([], ["--update-baseline"], ["--grow-baseline"], ["--baseline", FILE]):
            self.assertUsage(self.run_tool("check", *words),
                             f"the baseline {FILE} is a link to a file that is not there\n"
                             "  hint: bring that file back, or remove the link\n")
        self.assertEqual(os.readlink(self.root / FILE), "shared.yaml")
        self.assertFalse((self.root / "shared.yaml").exists())

    def test_permissions_stay(self):
        self.project()
        self.write(FILE, "version: 1\nviolations: []\n").chmod(0o640)
        self.assertStatus(self.run_tool("check", "--grow-baseline"), 0)
        self.assertEqual(os.stat(self.root / FILE).st_mode & 0o777, 0o640)

    def test_a_read_only_one_is_not_written(self):
        self.project()
        self.write(FILE, "version: 1\nviolations: []\n").chmod(0o444)
        before = self.snapshot()
        done = self.run_tool("check", "--grow-baseline")
        self.assertStatus(done, 2)
        self.assertIn(f"cannot write the baseline {self.root / FILE}: it is read-only\n"
                      "  hint: make it writable with `chmod u+w`\n", done.err)
        self.assertEqual(self.snapshot(), before)

    def test_a_place_that_cannot_be_read(self):
        self.project()
        done = self.run_tool("check", "--baseline", "src/one.cpp/known.yaml")
        self.assertUsage(done, "cannot read the baseline: Not a directory\n")
        self.assertNotIn("--update-baseline", done.err)

    def test_suggested_commands_name_it(self):
        self.project()
        self.write("a known.yaml", "version: 1\nviolations: [{limit: gone}]\n")
        self.assertIn('`clang-consolidate check --update-baseline --baseline "a known.yaml"` takes it',
                      self.run_tool("check", "--baseline", "a known.yaml").out)
        self.assertUsage(self.run_tool("check", "--grow-baseline", "--baseline", "a known.yaml", CI="1"),
                         '`clang-consolidate check --grow-baseline --baseline "a known.yaml"` on your')

    def test_an_include_that_is_not_utf8(self):
        self.project({".clang-consolidate.yaml": RULES
                      + "  - {name: includes, count: broken-includes, max: 0}\n",
                      "src/one.cpp": b'#if 1\n#include "gone\xff.h"\n#endif\n'})
        self.run_tool("check", "--update-baseline")
        self.write(FILE, "version: 1\nviolations:\n  - {limit: constructions, in: two(), text: Old legacy(2)}\n"
                   "  - {limit: includes, in: src/one.cpp, text: \"gone\ufffd.h\"}\n")
        done = self.run_tool("check")
        self.assertRegex(done.out, r"includes +broken-includes +1 +0  ok \(1 in the baseline\)")
        self.assertNotIn("of the baseline", done.out)

    def test_a_limit_that_is_gone(self):
        self.project()
        self.run_tool("check", "--update-baseline")
        self.write(".clang-consolidate.yaml", RULES.replace("name: constructions", "name: made"))
        done = self.run_tool("check")
        self.assertStatus(done, 1)
        self.assertIn("constructions: one(): return Old(1).run() (the rules have no such limit)",
                      done.out)
        self.assertStatus(self.run_tool("check", "--grow-baseline"), 0)
        self.assertStatus(self.run_tool("check"), 0)

    def test_broken_file(self):
        self.project()
        self.write(FILE, "version: 1\nviolations:\n  - {limitt: constructions}\n")
        for words in ([], ["--update-baseline"], ["--grow-baseline"]):
            self.assertUsage(self.run_tool("check", *words),
                             f"{FILE}:3:6: error: unknown key 'limitt'\n", "     ^~~~~~\n",
                             "hint: did you mean 'limit'?")

    def test_only_the_whole_project(self):
        self.project()
        for words in (["src"], ["--since", "HEAD"]):
            self.assertUsage(self.run_tool("check", "--update-baseline", *words),
                             "--update-baseline goes with no path and no --since")
            self.assertUsage(self.run_tool("check", "--grow-baseline", *words),
                             "--grow-baseline goes with no path and no --since")

    def test_a_place_that_cannot_be_written(self):
        self.project()
        self.assertStatus(self.run_tool("check", "--update-baseline", "--baseline",
                                        "nowhere/known.yaml"), 2)

    def test_it_is_no_mention(self):
        self.project()
        self.commit()
        before = self.run_tool("diff", "--no-cache").err
        self.run_tool("check", "--update-baseline")
        self.git("add", "-A")
        self.assertEqual(self.run_tool("diff", "--no-cache").err, before)


class Identity(CliTest):
    """What tells violations apart: the compiler's names, not the text around."""

    RULES = RULES.replace("rewrites:", "includes: [{from: gone.h, to: new.h}]\nrewrites:").replace(
        "limits:\n", "limits:\n  - {name: uses, count: legacy-uses, max: 0}\n"
        "  - {name: classes, count: classes, matching: Box, max: 0}\n"
        "  - {name: factories, count: factories, max: 0}\n"
        "  - {name: includes, count: broken-includes, max: 0}\n")
    CODE = """\
#pragma once
#include "old.h"
#include "gone.h"
#define MAKE(n) run(Old(n), \\
                    3)
namespace n {
namespace {
struct Box {
  Old one;
  Box() : one(Old(1)) {}
};
struct { Old kept = Old(8); } unnamed;
}
int run(const Old &, int);
Old make(long);
Old make(const char *);
template <class T> int dependent(T t) { return Old(t).run(); }
template <class T> struct Of { int run(long) { return T(5).run() + T(6).run(); } };
inline int use() {
  auto f = [] { return Old(7).run(); };
  return MAKE(1) + MAKE(2) + f() + dependent(3) + Of<Old>().run(4);
}
} // namespace n
"""

    def entries(self):
        done = self.run_tool("check", "--update-baseline")
        self.assertStatus(done, 0)
        return [line.strip(" -") for line in self.read(FILE).decode().splitlines() if "limit:" in line]

    def test_every_kind(self):
        self.project({".clang-consolidate.yaml": self.RULES, "include/use.h": self.CODE,
                      "src/one.cpp": '#include "use.h"\n', "src/two.cpp": '#include "use.h"\n'})
        entries = self.entries()
        for entry in ('{limit: "classes", in: "n::(anonymous namespace)::Box"}',
                      '{limit: "factories", in: "n::make(const char *)"}',
                      '{limit: "factories", in: "n::make(long)"}',
                      '{limit: "includes", in: "include/use.h", text: "gone.h"}',
                      '{limit: "constructions", in: "#define MAKE", text: "Old(n)"}',
                      '{limit: "constructions", in: "n::(anonymous namespace)::Box::Box()", text: "Old(1)"}',
                      '{limit: "constructions", in: "n::dependent(T)", text: "return Old(t).run()"}',
                      '{limit: "constructions", in: "n::Of::run(long)", text: "return T(5).run()+T(6).run()"}',
                      '{limit: "constructions", in: "n::use()", text: "return Old(7).run()"}',
                      '{limit: "uses", in: "n::(anonymous namespace)::Box::one", text: "Old one"}',
                      '{limit: "uses", in: "n::run(const Old &, int)", text: "const Old&"}'):
            self.assertIn(entry, entries)
        # No place: neither a line nor, but for an #include, a path.
        for entry in entries:
            if '"includes"' not in entry:
                self.assertNotRegex(entry, r"/|\.h|\.cpp|:\d")
        self.assertEqual(self.run_tool("check", "--no-cache").out, self.run_tool("check").out)

    def test_json(self):
        self.project()
        self.run_tool("check", "--update-baseline")
        self.write("src/one.cpp", '#include "old.h"\nint other() { return Old(9).run(); }\n')
        done = self.run_tool("check", "--format", "json")
        self.assertStatus(done, 1)
        report = json.loads(done.out)
        self.assertEqual(report["baseline"], {
            "path": FILE, "entries": 2, "stale": True, "incomplete": "", "unmatched": [
                {"limit": "constructions", "in": "one()", "text": "return Old(1).run()"}]})
        limit = report["limits"][0]
        self.assertEqual((limit["value"], limit["inBaseline"], limit["state"]), (2, 1, "broken"))
        self.assertEqual([(i["path"], i["inBaseline"]) for i in limit["items"]],
                         [("src/one.cpp", False), ("src/two.cpp", True)])
        os.remove(self.root / FILE)
        self.assertIsNone(json.loads(self.run_tool("check", "--format", "json").out)["baseline"])

    def test_a_suppressed_one_is_gone(self):
        self.project()
        self.run_tool("check", "--update-baseline")
        self.write("src/one.cpp", FILES["src/one.cpp"].rstrip() + " // NOLINT\n")
        done = self.run_tool("check")
        self.assertStatus(done, 1)
        self.assertIn("ok (1 in the baseline; 1 suppressed, not counted)\n", done.out)
        self.assertIn("no limit is broken, but the baseline is stale\n", done.out)


if __name__ == "__main__":
    unittest.main()
