#!/usr/bin/env python3
"""Rows of docs/traps.md that need a whole project; those that fit in one file
are test/rules/traps."""

import json
import subprocess
import unittest

from support import CI, FILES, RULES, CliTest


class Traps(CliTest):
    def test_parallel_runs(self):
        """Two runs at once, over a header that both would write."""
        self.project({"include/use.h": '#pragma once\n#include "old.h"\n'
                                       "inline int use() { return Old(5).run(); }\n",
                      "src/one.cpp": '#include "use.h"\nint one() { return use(); }\n',
                      "src/two.cpp": '#include "use.h"\nint two() { return use(); }\n'})
        runs = [subprocess.Popen(**self.command(["apply"], ".", {}),
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for _ in range(2)]
        told = [run.communicate() for run in runs]
        self.assertIn(0, [run.returncode for run in runs], told)
        for run, (_, err) in zip(runs, told):
            # The second one comes too late, or finds nothing left to do.
            if run.returncode:
                self.assertEqual(run.returncode, 2, err)
                self.assertRegex(err, rb"is writing below .* \[CC309\]|nothing was written")
        self.assertEqual(self.read("include/use.h").decode(),
                         '#pragma once\n#include "new.h"\n'
                         "inline int use() { return New(5, true).run(); }\n")
        self.assertStatus(self.run_tool("diff"), 0)

    def test_both_branches_of_a_prototype(self):
        self.project({"src/one.cpp": '#include "old.h"\n'
                                     "#ifdef WIDE\nint one(Old *legacy, int)\n"
                                     "#else\nint one(Old *legacy)\n#endif\n"
                                     "{\n#ifdef NEVER\n  Old *unseen;\n#endif\n"
                                     "  return legacy->run();\n}\n"}, build="narrow")
        commands = json.loads(self.read("narrow/compile_commands.json"))
        for command in commands:
            command["command"] += " -DWIDE"
        self.write("wide/compile_commands.json", json.dumps(commands))

        done = self.run_tool("diff", "-p", "narrow")
        self.assertIn("src/one.cpp:3: Old: inactive under '#ifdef WIDE' (line 2)\n", done.err)
        self.assertNotIn("+int one(New *legacy, int)\n", done.out)

        done = self.run_tool("diff", "-p", "narrow", "-p", "wide")
        self.assertIn("+int one(New *legacy, int)\n", done.out)
        self.assertIn("+int one(New *legacy)\n", done.out)
        self.assertIn("in no configuration: 1\n"
                      "  src/one.cpp:9: Old: inactive under '#ifdef NEVER' (line 8)\n", done.err)

    def test_never_linked_together(self):
        """Two programs, each with a class of that name; one is not ours."""
        self.project({"tools/own.cpp": "namespace tools { struct Old { Old(int); int run(); }; }\n"
                                       "int own() { return tools::Old(1).run(); }\n"})
        done = self.run_tool("diff")
        self.assertNotIn("tools/own.cpp", done.out)
        self.assertRegex(done.err, r"Old: \d+ mentions = .*other entity")

    def test_header_in_no_unit(self):
        self.project({"include/unused.h": "struct Old; void unused(Old *);\n",
                      "src/page.ui": "<widget>Old</widget>\n"})
        done = self.run_tool("diff")
        self.assertIn("in no translation unit: include/unused.h [CC402]", done.err)
        self.assertRegex(done.err, r"  Old: .*\+ 1 not C\+\+")

    def test_half_way(self):
        """One file cannot be written: none is."""
        self.project()
        self.commit()
        (self.root / "src/two.cpp").chmod(0o444)
        before = self.snapshot()
        self.assertStatus(self.run_tool("apply"), 2)
        self.assertEqual(self.snapshot(), before)

    def test_all_in_one_run(self):
        """The summary counts what was written, and nothing is left to do."""
        self.project({".clang-consolidate.yaml": RULES.replace("limits:", (
                          "  - {name: there, given: [int n], before: f(n), after: g(n), "
                          "headers: [fg.h]}\n"
                          "  - {name: on, given: [int n], before: g(n), after: 'h(Old(n))', "
                          "headers: [fg.h]}\nlimits:")),
                      "include/fg.h": '#pragma once\n#include "old.h"\n#include "new.h"\n'
                                      "int f(int);\nint g(int);\ntemplate <class T> int h(const T &);\n"
                                      "static_assert(sizeof(Helper), \"\");\n",
                      "include/old.h": FILES["include/old.h"] + "struct Helper {};\n",
                      "src/one.cpp": '#include "fg.h"\nint one() { return f(1); }\n'})
        done = self.run_tool("apply")
        self.assertStatus(done, 0)
        self.assertEqual(self.read("src/one.cpp"),
                         b'#include "fg.h"\nint one() { return h(New(1, true)); }\n')
        self.assertRegex(done.out, r"^wrote \d files?: ")
        self.assertStatus(self.run_tool("diff"), 0)

    def test_huge_file(self):
        """Five megabytes around one use; every other byte stays."""
        filler = b"// \xe9 a line that is not looked at\n" * 75000
        before = (b'#include "old.h"\n' + filler + b"int one() { return Old(1).run(); }\n" + filler)
        self.project({"src/one.cpp": before, "src/two.cpp": None})
        self.assertGreater(len(before), 5_000_000)
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertEqual(self.read("src/one.cpp"),
                         before.replace(b"old.h", b"new.h").replace(b"Old(1)", b"New(1, true)"))

    def test_system_generated_and_foreign_files(self):
        """Listed, never edited."""
        user = '#pragma once\n#include "old.h"\ninline int {}() {{ return Old(1).run(); }}\n'
        self.project({"vendor/sys.h": user.format("sys"), "build/gen.h": user.format("gen"),
                      "src/one.cpp": '#include <sys.h>\n#include "gen.h"\n'
                                     "int one() { return sys() + gen(); }\n"})
        commands = json.loads(self.read("build/compile_commands.json"))
        for command in commands:
            command["command"] += " -isystem vendor -Ibuild"
        self.write("build/compile_commands.json", json.dumps(commands))
        before = self.snapshot()
        done = self.run_tool("diff")
        self.assertEqual(done.out.count("+++ b/"), 1, done)
        self.assertIn("+++ b/src/two.cpp\n", done.out)
        self.assertRegex(done.err, r"build/gen\.h:3:\d+: .*: the file is outside the scope \[CC101\]")
        self.assertRegex(done.err, r"  Old: .*out of scope")
        self.run_tool("apply")
        after = self.snapshot()
        self.assertEqual({k for k in after if after[k] != before[k]}, {"src/two.cpp"})


class Baseline(CliTest):
    """A baseline tells a violation by what it is, not by where it stands."""

    FILE = ".clang-consolidate-baseline.yaml"

    def setUp(self):
        super().setUp()
        self.project()
        self.assertStatus(self.run_tool("check"), 1)
        self.assertStatus(self.run_tool("check", "--update-baseline"), 0)

    def test_baseline_survives_moves(self):
        """Within a file, to another file, in another layout, with another
        parameter: no entry changes."""
        before = self.read(self.FILE)
        for entry in (b'in: "one()", text: "return Old(1).run()"', b'in: "two()", text: "Old legacy(2)"'):
            self.assertIn(entry, before)
        self.assertNotIn(b"src/", before)
        self.write("src/one.cpp", '#include "old.h"\n')
        self.write("src/two.cpp", '#include "old.h"\n\nint more();\n' * 3
                   + "int two() { /* here */ Old  legacy( 2 ); return legacy.run(); }\n"
                     "int one()\n{\n  // and here\n  return Old(\n      1).run();\n}\n")
        self.assertStatus(self.run_tool("check"), 0)
        self.assertStatus(self.run_tool("check", "--update-baseline"), 0)
        self.assertEqual(self.read(self.FILE), before)
        self.write("src/one.cpp", '#include "old.h"\nint one(int) { return Old(1).run(); }\n')
        self.write("src/two.cpp", FILES["src/two.cpp"])
        self.assertStatus(self.run_tool("check"), 0)

    def test_new_violation_fails_beside_a_baseline(self):
        self.write("src/one.cpp", FILES["src/one.cpp"]
                   + "int one(long) { return Old(1).run(); }\n")
        done = self.run_tool("check")
        self.assertStatus(done, 1)
        self.assertRegex(done.out, r"constructions +3 +0  BROKEN \(2 in the baseline\)\n")
        self.assertIn("\n  src/one.cpp:4: Old (functional cast)\n  and 2 in the baseline\n", done.out)
        # One more of the same in the same function is one more.
        self.write("src/one.cpp", '#include "old.h"\nint one() {\n  if (!Old(1).run())\n'
                   "    return Old(1).run();\n  return Old(1).run();\n}\n")
        self.assertStatus(self.run_tool("check"), 1)

    def test_stale_baseline_entries_fail(self):
        self.write("src/one.cpp", "int one() { return 1; }\n")
        done = self.run_tool("check")
        self.assertStatus(done, 1)
        self.assertIn("stale: 1 entry of the baseline is no longer in the code:\n"
                      "  constructions: one(): return Old(1).run()\n"
                      "  hint: `clang-consolidate check --update-baseline` takes it out of "
                      ".clang-consolidate-baseline.yaml\n", done.out)
        done = self.run_tool("check", "--update-baseline")
        self.assertStatus(done, 0)
        self.assertIn("has 1 entry: 0 new, 1 gone\n", done.err)
        self.assertNotIn(b"one()", self.read(self.FILE))
        self.assertStatus(self.run_tool("check"), 0)
        # What comes back is new.
        self.write("src/one.cpp", FILES["src/one.cpp"])
        self.assertStatus(self.run_tool("check"), 1)

    def test_stale_baseline_entries_fail_in_ci(self):
        """Nobody commits what CI takes out."""
        self.write("src/one.cpp", "int one() { return 1; }\n")
        done = self.run_tool("check", "--update-baseline", CI="true")
        self.assertStatus(done, 1)
        self.assertIn("stale: 1 entry of the baseline is no longer in the code:\n"
                      "  constructions: one(): return Old(1).run()\n", done.out)
        self.assertIn("has 1 entry: 0 new, 1 gone\n", done.err)
        self.assertStatus(self.run_tool("check", CI="true"), 0)

    def test_a_stray_file_does_not_end_the_ratchet(self):
        """One that cannot be read counts where something includes it."""
        unreadable = b"\xff\xfeO\0l\0d\0"
        self.write("src/stray.h", unreadable)
        self.assertStatus(self.run_tool("check"), 0)
        self.write("src/one.cpp", "int one() { return 1; }\n")
        done = self.run_tool("check")
        self.assertStatus(done, 1)
        self.assertIn("could not be read:\n  src/stray.h", done.out)
        self.assertIn("stale: 1 entry", done.out)
        self.write("src/one.cpp", '#include "stray.h"\n')
        done = self.run_tool("check")
        self.assertStatus(done, 3)
        self.assertIn("not judged: 1 entry", done.out)

    def test_not_stale_on_a_partial_run(self):
        before = self.snapshot()
        done = self.run_tool("check", "src/one.cpp")
        self.assertStatus(done, 0)
        self.assertIn("not judged: 1 entry of the baseline is not in what was seen: "
                      "only some paths were asked for\n", done.out)
        self.commit()
        self.write("src/two.cpp", "int two() { return 1; }\n")
        self.assertStatus(self.run_tool("check", "--since", "HEAD"), 0)
        self.write("src/two.cpp", "int two() { return nothing; }\n")
        done = self.run_tool("check")
        self.assertStatus(done, 3)
        self.assertIn("not judged: 1 entry of the baseline is not in what was seen: "
                      "not every translation unit could be parsed\n", done.out)
        done = self.run_tool("check", "--update-baseline")
        self.assertStatus(done, 3)
        self.assertIn("error: the baseline .clang-consolidate-baseline.yaml was not written: "
                      "not every translation unit could be parsed\n", done.err)
        self.assertEqual(self.snapshot()[self.FILE], before[self.FILE])

    def test_ci_never_grows_the_baseline(self):
        before = self.read(self.FILE)
        self.write("src/one.cpp", FILES["src/one.cpp"] + "int more() { return Old(5).run(); }\n")
        done = self.run_tool("check", "--update-baseline")
        self.assertStatus(done, 1)
        self.assertEqual(self.read(self.FILE), before)
        for service in CI:
            self.assertUsage(self.run_tool("check", "--grow-baseline", **{service: "1"}),
                             f"must not grow in CI, where the environment variable {service} is set")
        for value in ("true", "1", "woodpecker"):
            self.assertUsage(self.run_tool("check", "--grow-baseline", CI=value),
                             "the baseline .clang-consolidate-baseline.yaml must not grow in CI",
                             "hint: run `clang-consolidate check --grow-baseline` on your machine")
            self.assertUsage(self.run_tool("check", "--update-baseline", "--baseline", "new.yaml",
                                           CI=value),
                             "the baseline new.yaml is not made in CI")
        self.assertEqual(self.read(self.FILE), before)
        self.assertFalse((self.root / "new.yaml").exists())
        for value in ("", "0", "false"):
            self.write(self.FILE, before)
            self.assertStatus(self.run_tool("check", "--grow-baseline", CI=value), 0)
            self.assertIn(b"more()", self.read(self.FILE))


class Unused(CliTest):
    """A suppression that no longer suppresses anything."""

    CODE = ('#include "old.h"\n'
            "int one(Old *kept); // NOLINT(consolidate-legacy-type)\n"
            "int two(int); // NOLINT(consolidate-legacy-type)\n"
            "// NOLINTNEXTLINE(consolidate-*)\n"
            "int three(int);\n"
            "// NOLINTBEGIN(consolidate-legacy-construction)\n"
            "int four(Old *);\n"
            "// NOLINTEND(consolidate-legacy-construction)\n"
            "int five(int); // NOLINT\n"
            "int six(int); // NOLINT(bugprone-*, consolidate-legacy-type)\n"
            "#if 0\nint seven(Old *); // NOLINT(consolidate-legacy-type)\n#endif\n"
            'const char *eight = "NOLINT(consolidate-legacy-type)";\n')

    def unused(self, *words):
        done = self.run_tool("diff", *words)
        shown = [line.strip() for line in done.err.splitlines() if "[CC007]" in line]
        listed = json.loads(self.run_tool("diff", "--format", "json", *words).out)
        listed = listed["accounting"]["unusedSuppressions"]
        self.assertEqual(shown, [f"{s['path']}:{s['line']}: {s['text']} [{s['id']}]"
                                 for s in listed])
        return [f"{s['path']}:{s['line']}" for s in listed]

    def test_unused_suppression(self):
        self.project({"src/one.cpp": self.CODE})
        self.assertEqual(self.unused(),
                         ["src/one.cpp:3", "src/one.cpp:4", "src/one.cpp:6"])

    def test_after_the_migration(self):
        """In a file that sees no legacy name any more, and is not parsed."""
        done = 'int one(int); // NOLINT(consolidate-legacy-type)\n'
        self.project({"src/one.cpp": '#include "new.h"\n' + done,
                      "src/alone.h": '#include "nowhere.h"\n' + done})
        self.assertEqual(self.unused(), ["src/one.cpp:2"])

    def test_not_on_a_partial_run(self):
        self.project({"src/one.cpp": self.CODE})
        self.assertEqual(self.unused("src/one.cpp"), [])
        self.write("src/bad.cpp", '#include "old.h"\nOld *bad = nonsense;\n')
        self.database()
        self.assertEqual(self.unused(), [])

    def test_one_unit_uses_it(self):
        """A header is judged by all units that read it."""
        self.project({"src/shared.h": '#include "old.h"\n#ifdef TWO\n'
                                      "inline Old *shared; // NOLINT(consolidate-legacy-type)\n"
                                      "#endif\n",
                      "src/one.cpp": '#include "shared.h"\nOld *one;\n',
                      "src/two.cpp": '#define TWO\n#include "shared.h"\nOld *two;\n'})
        self.assertEqual(self.unused(), [])
        self.write("src/two.cpp", '#include "shared.h"\nOld *two;\n')
        self.assertEqual(self.unused(), [])  # no configuration compiles it


if __name__ == "__main__":
    unittest.main()
