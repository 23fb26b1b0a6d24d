"""clang-tidy with the plugin: the findings and fixes of the command line."""

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

    def test_nolint_is_respected(self):
        self.write("src/one.cpp", '#include "old.h"\n\nint one() { return Old(1)'
                   '.run(); } // NOLINT(consolidate-*)\n')
        lines = {line for _, line, _, _ in self.places(
            self.tidy("src/one.cpp").out)}
        self.assertNotIn(3, lines)

    def test_rules_error_is_a_diagnostic(self):
        self.write(".clang-consolidate.yaml", "version: 1\nconsolidte: []\n")
        done = self.tidy("src/one.cpp")
        self.assertIn("the consolidation rules cannot be used", done.out)
        self.assertIn("did you mean", done.out)

    def test_rules_option(self):
        rules = self.root / "other-rules.yaml"
        rules.write_bytes(self.read(".clang-consolidate.yaml"))
        os.remove(self.root / ".clang-consolidate.yaml")
        config = ("{CheckOptions: {consolidate.Rules: '%s'}}" % rules)
        done = self.tidy("src/one.cpp", config=config)
        self.assertTrue(self.places(done.out), done)

    def test_config_is_verified(self):
        done = self.tidy("--verify-config", config="{Checks: 'consolidate-*'}")
        self.assertEqual(done.status, 0, done)


if __name__ == "__main__":
    if not TIDY or "NOTFOUND" in TIDY:
        print("SKIPPED: no clang-tidy of this LLVM is installed")
        sys.exit(77)
    unittest.main()
