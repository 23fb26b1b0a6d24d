"""clang-tidy with the plugin: the findings and fixes of the command line.

CLANG_TIDY and CONSOLIDATE_PLUGIN are of one LLVM; the test runs once for each."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import support  # noqa: E402

TIDY = os.environ.get("CLANG_TIDY", "")
PLUGIN = os.environ.get("CONSOLIDATE_PLUGIN", "")


CHECKS = ["consolidate-legacy-type", "consolidate-legacy-member",
          "consolidate-legacy-construction", "consolidate-legacy-include",
          "consolidate-legacy-factory", "consolidate-duplicate-class"]
RULES = """\
version: 1
consolidate:
  - into: New
    header: new.h
    from: [{class: Old, header: old.h, definition: alias, members: {run: Run}}]
rewrites:
  - {name: number, given: [int n], before: Old(n), after: "New(n, true)"}
  - {name: make, given: [int n], before: makeOld(n), after: "New(n, false)"}
"""


def options(rules):
    """A configuration that names the rules."""
    return "{CheckOptions: {consolidate.Rules: '%s'}}" % rules


def beside(program):
    """A program of the same LLVM as clang-tidy; a package brings them all."""
    name = Path(TIDY).name.replace("clang-tidy", program)
    found = shutil.which(name)
    assert found, f"{name} is not installed"
    return found


class PluginTest(support.CliTest):
    def setUp(self):
        super().setUp()
        self.project()

    def tidy(self, *arguments, config=None):
        """Runs clang-tidy with only our checks."""
        command = [TIDY, "-load", PLUGIN, "-p", str(self.root / "build"),
                   "--checks=-*,consolidate-*", "--quiet",
                   "--header-filter=.*"]
        if config:
            command.append("--config=" + config)
        done = subprocess.run(command + list(arguments), cwd=self.root,
                              capture_output=True, text=True)
        return support.Done(done.returncode, done.stdout, done.stderr)

    def places(self, text):
        """(file, line, column, check) of each warning."""
        pattern = r"^(\S+?):(\d+):(\d+): warning: .* \[([a-z-]+)\]$"
        return {(os.path.relpath(os.path.join(self.root, f), self.root),
                 int(line), int(column), check)
                for f, line, column, check in re.findall(pattern, text, re.M)}

    def test_same_findings_as_the_command_line(self):
        found = set()
        for name in ("src/one.cpp", "src/two.cpp"):
            found |= self.places(self.tidy(name).out)
        told = json.loads(
            self.run_tool("diff", "-p", "build", "--format", "json").out)
        wanted = {(f["path"], f["line"], f["column"], f["check"])
                  for f in told["findings"]}
        self.assertTrue(wanted)
        self.assertEqual(found, wanted)

    def test_fix_gives_what_apply_gives(self):
        before = {n: self.read(n) for n in ("src/one.cpp", "src/two.cpp")}
        for name in before:
            self.tidy("--fix", name)
        fixed = {n: self.read(n) for n in before}
        self.assertNotEqual(fixed, before)
        for name, text in before.items():
            self.write(name, text)
        self.run_tool("apply", "-p", "build", "--allow-dirty")
        self.assertEqual(fixed, {n: self.read(n) for n in before})

    def applied(self, before):
        """What `apply` makes of the texts, after they were written again."""
        for name, text in before.items():
            self.write(name, text)
        self.assertStatus(self.run_tool("apply", "-p", "build", "--allow-dirty"), 0)
        return {name: self.read(name) for name in before}

    def test_exported_fixes_can_be_applied(self):
        tool = beside("clang-apply-replacements")
        before = {n: self.read(n) for n in ("src/one.cpp", "src/two.cpp")}
        (self.root / "fixes").mkdir()
        for name in before:
            self.tidy(f"--export-fixes=fixes/{Path(name).stem}.yaml", str(self.root / name))
        self.assertEqual({n: self.read(n) for n in before}, before)
        subprocess.run([tool, "fixes"], cwd=self.root, check=True, capture_output=True)
        fixed = {n: self.read(n) for n in before}
        self.assertNotEqual(fixed, before)
        self.assertEqual(fixed, self.applied(before))

    def test_run_clang_tidy(self):
        tool = beside("run-clang-tidy")
        before = {n: self.read(n) for n in ("src/one.cpp", "src/two.cpp")}
        done = subprocess.run(
            [tool, "-clang-tidy-binary", shutil.which(TIDY), "-load", PLUGIN, "-p", "build",
             "-checks=-*,consolidate-*", "-quiet", "-fix",
             "-clang-apply-replacements-binary", beside("clang-apply-replacements")],
            cwd=self.root, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual({f for f, _, _, _ in self.places(done.stdout)}, set(before))
        fixed = {n: self.read(n) for n in before}
        self.assertEqual(fixed, self.applied(before))

    # --- What is shown --------------------------------------------------------

    def family(self):
        """A project with a finding of every kind, also in a header."""
        self.write(".clang-consolidate.yaml", RULES)
        self.write("include/old.h", '#pragma once\n#include "new.h"\nstruct Old {\n'
                   "  Old(int n);\n  int run() const;\n};\nOld makeOld(int n);\n")
        self.write("include/new.h", "#pragma once\nstruct New {\n  New(int n, bool b);\n"
                   "  int Run() const;\n};\n")
        self.write("include/user.h", '#pragma once\n#include "old.h"\n'
                   "inline int use(Old &old) { return old.run(); }\n")
        self.write("src/one.cpp", '#include "user.h"\n\nint one() { return makeOld(1).run(); }\n')

    def told(self):
        """(file, line, column, check) of each finding of the command line."""
        told = json.loads(self.run_tool("diff", "-p", "build", "--format", "json").out)
        return {(f["path"], f["line"], f["column"], f["check"]) for f in told["findings"]}

    def test_each_check_shows_its_own(self):
        self.family()
        told = self.told()
        self.assertEqual({check for _, _, _, check in told}, set(CHECKS))
        for check in CHECKS:
            with self.subTest(check):
                found = set()
                for name in ("src/one.cpp", "src/two.cpp"):
                    found |= self.places(self.tidy("--checks=-*," + check, name).out)
                self.assertEqual(found, {place for place in told if place[3] == check})

    def test_header_filter(self):
        self.family()
        for pattern, wanted in ((".*", {"include/old.h", "include/user.h", "src/one.cpp"}),
                                ("user\\.h$", {"include/user.h", "src/one.cpp"}),
                                ("nothing", {"src/one.cpp"})):
            with self.subTest(pattern):
                found = self.places(self.tidy("--header-filter=" + pattern, "src/one.cpp").out)
                self.assertEqual({place[0] for place in found}, wanted)

    def test_fix_of_a_header(self):
        self.family()
        names = ("include/user.h", "src/one.cpp")
        before = {name: self.read(name) for name in names}
        # The include is free to change once makeOld is called no more.
        for _ in range(2):
            self.tidy("--fix", "--header-filter=user\\.h$", "src/one.cpp")
        fixed = {name: self.read(name) for name in names}
        self.assertIn(b"use(New &old) { return old.Run(); }", fixed["include/user.h"])
        self.assertEqual(fixed, self.applied(before))

    # --- What is suppressed ---------------------------------------------------

    def test_nolint_is_respected(self):
        for comment, shown in (
                ("", 2), ("  // NOLINT", 0), ("  // NOLINT(consolidate-*)", 0),
                ("  // NOLINT(consolidate-legacy-type)", 1),
                ("  // NOLINT(misc-unused-parameters)", 2)):
            with self.subTest(comment):
                self.write("src/one.cpp", '#include "old.h"\n\nint one() { return Old(1)'
                           ".run(); }" + comment + "\n")
                found = [p for p in self.places(self.tidy("src/one.cpp").out) if p[1] == 3]
                self.assertEqual(len(found), shown)
        for before, after in (("// NOLINTNEXTLINE(consolidate-*)\n", ""),
                              ("// NOLINTBEGIN(consolidate-*)\n",
                               "// NOLINTEND(consolidate-*)\n")):
            with self.subTest(before):
                self.write("src/one.cpp", '#include "old.h"\n' + before +
                           "int one() { return Old(1).run(); }\n" + after)
                found = self.places(self.tidy("src/one.cpp").out)
                self.assertEqual({line for _, line, _, _ in found}, {1})

    # --- Rules ----------------------------------------------------------------

    def test_rules_error_is_a_diagnostic(self):
        rules = self.root / ".clang-consolidate.yaml"
        for text, said in (
                ("version: 1\nconsolidte: []\n", "did you mean"),
                ("version: [\n", ".clang-consolidate.yaml:"),
                ("", ".clang-consolidate.yaml"),
                (support.RULES.replace("before: Old(n)", "before: Old(n, n)"), "Old(n, n)")):
            with self.subTest(text):
                rules.write_text(text)
                done = self.tidy("src/one.cpp")
                self.assertIn(done.status, (0, 1), done)
                self.assertRegex(done.out, r"one\.cpp:1:1: warning: the consolidation rules "
                                           r"cannot be used: [^\0]*consolidate-legacy-type\]")
                self.assertIn(said, done.out)

    def test_rules_that_are_not_there_are_a_diagnostic(self):
        for rules in ("nowhere.yaml", "builtin:nothing"):
            with self.subTest(rules):
                done = self.tidy("src/one.cpp", config=options(rules))
                self.assertIn("the consolidation rules cannot be used", done.out)
                self.assertIn(rules.replace("builtin:", ""), done.out)

    def test_rules_option(self):
        rules = self.root / "other-rules.yaml"
        rules.write_bytes(self.read(".clang-consolidate.yaml"))
        wanted = self.places(self.tidy("src/one.cpp").out)
        os.remove(self.root / ".clang-consolidate.yaml")
        self.assertEqual(self.places(self.tidy("src/one.cpp").out), set())
        self.assertEqual(
            self.places(self.tidy("src/one.cpp", config=options(rules)).out), wanted)
        # From the directory of the rules file, as for any option.
        self.write(".clang-tidy", "Checks: '-*,consolidate-*'\nCheckOptions:\n"
                                  "  consolidate.Rules: '%s'\n" % rules)
        self.assertEqual(self.places(self.tidy("src/one.cpp").out), wanted)

    def test_builtin_rules(self):
        # Its own rules file, with other classes, gives way to those asked for.
        netra = support.SOURCE / "fixtures/netra"
        for folder in ("include", "src/chat"):
            shutil.copytree(netra / folder, self.root / folder, dirs_exist_ok=True)
        self.write("build/compile_commands.json", json.dumps([
            {"directory": str(self.root), "file": "src/chat/request_service.cpp",
             "command": "clang++ -std=c++20 -Iinclude -Isrc -c src/chat/request_service.cpp"}]))
        done = self.tidy("src/chat/request_service.cpp")
        self.assertEqual(self.places(done.out), set(), done)
        done = self.tidy("src/chat/request_service.cpp",
                         config=options("builtin:execution-engine"))
        self.assertIn("consolidate-legacy-construction",
                      {check for _, _, _, check in self.places(done.out)}, done)

    def test_config_is_verified(self):
        for config, known in (
                ("{Checks: 'consolidate-*', CheckOptions: {consolidate.Rules: 'a', "
                 "consolidate.BuildPath: 'b', consolidate-legacy-type.Unsafe: 'true'}}", True),
                ("{Checks: 'consolidate-legacy-tipe'}", False),
                ("{CheckOptions: {consolidate.Rulez: 'a'}}", False)):
            with self.subTest(config):
                done = self.tidy("--verify-config", config=config)
                self.assertEqual("unknown" not in done.out + done.err, known, done)


if __name__ == "__main__":
    if not TIDY or "NOTFOUND" in TIDY or not PLUGIN:
        print("SKIPPED: clang-tidy of this LLVM is not installed, or no plugin is built for it")
        sys.exit(77)
    unittest.main()
