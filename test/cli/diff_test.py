#!/usr/bin/env python3
"""diff: the patch, the summary, JSON, colour, progress; survey and explain."""

import json
import os
import re
import subprocess
import unittest

from support import FILES, RULES, TOOL, CliTest

TWO_AFTER = (FILES["src/two.cpp"].replace('"old.h"', '"new.h"')
             .replace("Old legacy(2)", "New legacy(2, true)"))


class Patch(CliTest):
    def test_the_patch(self):
        self.project()
        done = self.run_tool("diff")
        self.assertStatus(done, 1)
        self.assertIn('-#include "old.h"\n+#include "new.h"\n \n'
                      "-int one() { return Old(1).run(); }\n"
                      "+int one() { return New(1, true).run(); }\n", done.out)
        self.assertIn("2 files change, 4 lines added, 4 removed\n", done.err)
        self.assertIn("  consolidate-legacy-construction: 2\n", done.err)
        self.assertIn("parsed 2 of 2 translation units, 2 of which see a mention; "
                      "2 parsed again to verify, in 1 round\n",
                      done.err)

    def test_writes_nothing(self):
        self.project()
        before = self.snapshot(state=True)
        self.run_tool("diff")
        self.run_tool("check")
        self.run_tool("survey")
        self.assertEqual(self.snapshot(state=True), before)

    def git_apply_takes_it(self, top):
        """`top`: where the repository is, above or at the rules file."""
        done = self.run_tool("diff")
        (self.root / "the.patch").write_text(done.out)
        self.git("apply", "--check", str(self.root / "the.patch"), folder=top)
        self.git("apply", str(self.root / "the.patch"), folder=top)
        self.assertEqual(self.read("src/two.cpp").decode(), TWO_AFTER)
        by_git = self.snapshot()
        self.git("checkout", "-q", ".", folder=top)
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertEqual(self.snapshot(), by_git)

    def test_git_apply_takes_it(self):
        self.project()
        self.commit()
        self.git_apply_takes_it(".")

    def test_git_apply_takes_it_below_the_top(self):
        top = self.root
        self.root = top / "deeper/project"
        self.addCleanup(setattr, self, "root", top)
        self.project()
        self.commit(folder="../..")
        done = self.run_tool("diff")
        self.assertIn("+++ b/deeper/project/src/one.cpp\n", done.out)
        self.git_apply_takes_it("../..")

    def test_nothing_to_change(self):
        self.project({"src/one.cpp": "int one() { return 1; }\n", "src/two.cpp": None})
        done = self.run_tool("diff")
        self.assertStatus(done, 0)
        self.assertEqual(done.out, "")
        self.assertIn("0 files change, 0 lines added, 0 removed\n", done.err)

    def test_quiet_and_verbose(self):
        self.project()
        done = self.run_tool("diff", "--quiet")
        self.assertEqual((done.status, done.err), (1, ""))
        self.project({"src/many.cpp": '#include "old.h"\n' + "".join(
            f"int many{i}() {{ return Old({i}).run(); }} // NOLINT\n" for i in range(30))})
        usual, verbose = self.run_tool("diff"), self.run_tool("diff", "-v")
        self.assertIn("more (--verbose shows all)\n", usual.err)
        self.assertNotIn("more (--verbose", verbose.err)
        self.assertGreater(verbose.err.count("src/many.cpp:"), usual.err.count("src/many.cpp:"))

    def test_what_is_left_has_its_place_and_reason(self):
        self.project({"src/one.cpp": FILES["src/one.cpp"].rstrip("\n") + " // NOLINT\n"})
        done = self.run_tool("diff")
        self.assertRegex(done.err, r"left as they are: \d+\n")
        self.assertRegex(done.err, r"\n  src/one\.cpp:3:20: [\w ]+: suppressed by NOLINT")
        self.assertNotIn("b/src/one.cpp", done.out)

    def test_one_translation_unit_finds_out_why_a_header_fails(self):
        # The error stands on a line without an edit, in a header that all read.
        self.project({
            "include/old.h": FILES["include/old.h"].replace("run() const;", "run() const;\n  void stop();"),
            "include/make.h": '#include "old.h"\nOld make(int n);\ninline void stop() { make(1).stop(); }\n',
            **{f"src/use{i}.cpp": f'#include "make.h"\nint use{i}(Old &o) {{ return o.run(); }}\n'
               for i in range(8)}})
        done = self.run_tool("diff")
        self.assertStatus(done, 4)
        self.assertIn("make.h:3: no member named 'stop' in 'New'", done.err)
        self.assertIn("dropped by verification: 1 cluster\n", done.err)
        # 10 in each of two rounds, and what bisection takes for one of them.
        parsed = int(re.search(r"(\d+) parsed again to verify", done.err)[1])
        self.assertLess(parsed, 30)

    def test_a_file_in_no_translation_unit_is_named(self):
        self.project()
        self.write("src/lost.h", "inline int lost() { return Old(4).run(); }\n")
        self.assertIn("mentions a legacy name but is in no translation unit: src/lost.h [CC402]\n",
                      self.run_tool("diff").err)

    def test_the_number_of_threads_changes_nothing(self):
        self.project()
        self.assertEqual(self.run_tool("diff", "-j1").out, self.run_tool("diff", "-j4").out)


class Json(CliTest):
    def test_shape(self):
        self.project()
        done = self.run_tool("diff", "--format", "json")
        self.assertStatus(done, 1)
        found = json.loads(done.out)
        self.assertEqual(found["version"], 1)
        self.assertEqual(found["root"], str(self.root))
        summary = found["summary"]
        self.assertEqual((summary["files"], summary["findings"], summary["edited"],
                          summary["left"], summary["dropped"]), (2, 6, 6, 0, 0))
        place = [f for f in found["findings"] if f["path"] == "src/two.cpp"
                 and f["check"] == "consolidate-legacy-construction"]
        self.assertEqual([(f["line"], f["column"], f["class"], f["rule"], f["symbol"],
                           f["status"]) for f in place],
                         [(4, 7, "Old", "number", "two", "edited")])
        ids = {c["id"] for c in found["clusters"]}
        self.assertTrue(all(f["cluster"] in ids for f in found["findings"]))

    def test_the_edits_make_the_patch(self):
        self.project()
        found = json.loads(self.run_tool("diff", "--format=json").out)
        text = self.read("src/two.cpp")
        edits = [e for c in found["clusters"] for e in c["edits"] if e["path"] == "src/two.cpp"]
        for e in sorted(edits, key=lambda e: -e["offset"]):
            text = text[:e["offset"]] + e["text"].encode() + text[e["offset"] + e["length"]:]
        self.assertEqual(text.decode(), TWO_AFTER)

    def test_check(self):
        self.project()
        done = self.run_tool("check", "--format", "json")
        self.assertStatus(done, 1)
        found = json.loads(done.out)
        self.assertTrue(found["broken"])
        self.assertEqual([(x["name"], x["value"], x["max"], x["state"])
                          for x in found["limits"]], [("constructions", 2, 0, "broken")])
        self.assertEqual({i["path"] for i in found["limits"][0]["items"]},
                         {"src/one.cpp", "src/two.cpp"})


    def test_check_counts_broken_includes(self):
        """The search path of the project is relative; the healed header's is not."""
        rules = RULES.replace("rewrites:", "includes: [{from: gone.h, to: new.h}]\nrewrites:")
        self.project({
            ".clang-consolidate.yaml": rules + "  - {name: broken, count: broken-includes, max: 0}\n",
            "src/one.cpp": '#include "gone.h"\nint one() { return New(1, true).run(); }\n'})
        found = json.loads(self.run_tool("check", "--format", "json").out)
        self.assertEqual(found["limits"][1]["items"],
                         [{"name": "gone.h", "path": "src/one.cpp", "line": 1}])
        self.assertIn('-#include "gone.h"\n+#include "new.h"\n', self.run_tool("diff").out)
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertStatus(self.run_tool("check"), 0)


class Terminal(CliTest):
    def test_no_colour_and_no_progress_without_one(self):
        self.project()
        for command in ("diff", "check", "survey"):
            done = self.run_tool(command)
            self.assertNotIn("\x1b", done.out + done.err)
            self.assertNotIn("\r", done.out + done.err)

    def test_colour_on_one(self):
        self.project()
        for command in ("diff", "check"):
            self.assertIn("\x1b[", self.run_on_terminal(command).out, command)
            # stdout decides alone.
            self.assertIn("\x1b[", self.run_on_terminal(command, err=False).out)
            self.assertNotIn("\x1b[", self.run_on_terminal(command, out=False).out)

    def test_no_colour_when_asked(self):
        self.project()
        for command in ("diff", "check"):
            self.assertNotIn("\x1b", self.run_on_terminal(command, NO_COLOR="1").out)
            self.assertNotIn("\x1b", self.run_on_terminal(command, TERM="dumb").out)
            # https://no-color.org: present and not empty.
            self.assertIn("\x1b", self.run_on_terminal(command, NO_COLOR="").out)

    def test_progress_on_one(self):
        self.project()
        done = self.run_on_terminal("diff")
        self.assertIn("scan 1/2, 0 s left", done.err)
        self.assertIn("verify 1/2, 0 s left", done.err)
        # The line is wiped before the summary.
        self.assertIn("\r\x1b[K\r\n2 files change", done.err)
        self.assertNotIn("scan", done.out)
        self.assertIn("scan 1/2", self.run_on_terminal("check").err)

    def test_no_progress_when_not_wanted(self):
        self.project()
        self.assertEqual(self.run_on_terminal("diff", "-q").err, "")
        self.assertEqual(self.run_on_terminal("check", TERM="dumb").err, "")
        self.assertNotIn("scan", self.run_on_terminal("diff", err=False).err)


class ReadOnly(CliTest):
    def test_in_a_tree_that_cannot_be_written(self):
        """As another user where the test runs as root, whom nothing stops."""
        self.project()
        self.commit()
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertStatus(self.run_tool("undo"), 0)  # leaves a journal behind
        for folder, _, names in os.walk(self.root, topdown=False):
            for name in names:
                os.chmod(os.path.join(folder, name), 0o444)
            os.chmod(folder, 0o555)
        drop = {}
        if os.geteuid() == 0:
            if not all(os.stat(p).st_mode & 0o001 for p in
                       [os.path.dirname(TOOL[:i]) or "/" for i, c in enumerate(TOOL) if c == "/"]):
                self.skipTest("the tool lies where nobody else can reach it")
            drop = {"user": 65534, "group": 65534, "extra_groups": []}
        done = subprocess.run(**self.command(["diff"], ".", {}), **drop, capture_output=True)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn(b"+++ b/src/two.cpp", done.stdout)
        done = subprocess.run(**self.command(["apply"], ".", {}), **drop, capture_output=True)
        self.assertEqual(done.returncode, 2, done)
        self.assertIn(b"clang-consolidate: error: ", done.stderr)


class Survey(CliTest):
    def test_survey(self):
        self.project()
        self.write("src/lost.h", "inline int lost() { return Old(4).run(); }\n")
        done = self.run_tool("survey")
        self.assertStatus(done, 0)
        self.assertEqual(done.err, "")
        self.assertIn("  Old: 5, 1, 1, 0\n  old.h: 0, 0, 0, 2\n", done.out)
        self.assertIn("translation units to parse: 2 of 2, 2 of which see a mention\n"
                      "  src/one.cpp: includes the legacy "
                      "header old.h at line 1\n", done.out)
        self.assertIn("in no translation unit: src/lost.h\n", done.out)

    def test_explain(self):
        self.project({"src/other.cpp": "int other() { return 0; }\n"})
        done = self.run_tool("explain", "--quick", "src/two.cpp")
        self.assertStatus(done, 0)
        self.assertEqual(done.err, "")
        self.assertIn("src/two.cpp\n  line 1: old.h (include)\n  line 4: Old (code)\n"
                      "  line 4: Old (comment)\n  line 5: Old (string)\nparsed: ", done.out)
        done = self.run_tool("explain", "src/two.cpp")
        self.assertStatus(done, 0)
        self.assertEqual(done.err, "")
        self.assertIn("src/two.cpp\n  line 1: old.h (include): edited\n"
                      "  line 4: Old (code): edited\n  line 4: Old (comment): comment\n"
                      "  line 5: Old (string): string\nparsed: ", done.out)
        self.assertIn("not parsed: neither it nor a file it includes mentions",
                      self.run_tool("explain", "other.cpp", folder="src").out)
        self.assertIn("read by 2 translation units, seen in src/",
                      self.run_tool("explain", "include/old.h").out)
        self.assertIn("outside the scope: never edited",
                      self.run_tool("explain", "/usr/include/stdio.h").out)

    def test_explain_what_is_not_there(self):
        self.project()
        self.assertUsage(self.run_tool("explain", "nowhere.cpp"), "there is no file 'nowhere.cpp'")
        self.assertUsage(self.run_tool("explain", "src"), "there is no file 'src'")
        self.write("README.md", "Old\n")
        self.assertUsage(self.run_tool("explain", "--quick", "README.md"),
                         "'README.md' is no source file of ", "no C or C++ extension")
        self.assertIn("README.md\n  line 1: Old: not C++: ",
                      self.run_tool("explain", "README.md").out)
        self.assertUsage(self.run_tool("explain", "Odl"), "there is no file 'Odl'",
                         "did you mean 'Old'?")

    def test_explain_name(self):
        self.project()
        done = self.run_tool("explain", "Old")
        self.assertStatus(done, 0)
        self.assertEqual(done.err, "")
        self.assertRegex(done.out, r"^Old: \d+ mentions = \d+ edited \+ ")
        self.assertIn("  src/two.cpp:4: comment\n  src/two.cpp:5: string\n", done.out)
        self.assertNotIn("warning", done.err)
        self.assertRegex(self.run_tool("explain", "old.h").out, r"^old\.h: 2 mentions = 2 edited\n")

    def test_summary_accounts_for_every_mention(self):
        self.project()
        done = self.run_tool("diff")
        self.assertRegex(done.err, r"what became of every mention:\n  Old: \d+ mentions = ")
        self.assertNotIn("inconsistency", done.err)
        found = json.loads(self.run_tool("diff", "--format", "json").out)["accounting"]
        for name in found["names"]:
            self.assertEqual(name["mentions"], sum(name["buckets"].values()), name)
        self.assertEqual(found["inconsistencies"], [])

    def test_inactive_code_is_listed(self):
        self.project({"src/port.cpp": "#include \"old.h\"\n#if defined(__sun)\nOld port(1);\n"
                                      "#endif\n"})
        done = self.run_tool("diff")
        self.assertIn("in no configuration: 1\n  src/port.cpp:3: Old: inactive under "
                      "'#if defined(__sun)' (line 2)\n", done.err)


if __name__ == "__main__":
    unittest.main()
