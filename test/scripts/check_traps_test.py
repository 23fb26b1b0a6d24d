#!/usr/bin/env python3
"""scripts/check-traps finds each fault, and nothing else."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]

HEAD = "| trap | seen in | what happens here | tests |\n|---|---|---|---|\n"
GOOD = {
    "docs/traps.md": HEAD + "| once | L1 | one edit | `test/rules/traps/once.test`, "
                            "`test/unit/Plan/A.cpp: Plan.One`, `test/cli/traps_test.py: test_one` |\n"
                            "| rot | L2 | *not yet* | |\n",
    "test/rules/traps/once.test": "// Once.\n//--- main.cpp\n",
    "test/unit/Plan/A.cpp": "TEST_F(Plan, One) {}\n",
    "test/unit/Plan/CMakeLists.txt": "consolidate_unit_test(PlanTests SOURCES A.cpp)\n",
    "test/cli/traps_test.py": "class A:\n    def test_one(self):\n        pass\n",
    "test/cli/CMakeLists.txt": "foreach(Name apply traps)\n",
}


class CheckTraps(unittest.TestCase):
    def check(self, **changed):
        names = {"doc": "docs/traps.md", "golden": "test/rules/traps/once.test",
                 "unit": "test/unit/Plan/A.cpp", "cli": "test/cli/traps_test.py",
                 "lists": "test/cli/CMakeLists.txt", "more": "test/rules/traps/more.test"}
        with tempfile.TemporaryDirectory() as root:
            for name, text in (GOOD | {names[k]: v for k, v in changed.items()}).items():
                path = Path(root) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            done = subprocess.run([sys.executable, SOURCE / "scripts/check-traps", root],
                                  capture_output=True, text=True)
        return done.returncode, done.stderr

    def assertFault(self, fault, **changed):
        status, messages = self.check(**changed)
        self.assertEqual(status, 1, messages)
        self.assertIn(fault, messages)

    def test_good(self):
        self.assertEqual(self.check(), (0, ""))

    def test_a_row_without_a_test(self):
        self.assertFault("'rot' names no test", doc=GOOD["docs/traps.md"].replace("*not yet*", "done"))

    def test_a_test_that_is_gone(self):
        self.assertFault("it has no test 'One'", unit="TEST_F(Plan, OneMore) {}\n")
        self.assertFault("it has no test 'test_one'", cli="class A:\n    def test_on(self): pass\n")
        self.assertFault("it is empty", golden="// Once.\n")

    def test_a_test_that_nothing_runs(self):
        self.assertFault("no CMakeLists.txt runs it", lists="foreach(Name apply)\n")

    def test_a_trap_without_a_row(self):
        self.assertFault("more.test: no row", more="//--- main.cpp\n")
        self.assertFault("no row of docs/traps.md names test_two",
                         cli=GOOD["test/cli/traps_test.py"] + "    def test_two(self):\n        pass\n")

    def test_no_rows(self):
        self.assertFault("docs/traps.md: no rows", doc=HEAD)


if __name__ == "__main__":
    unittest.main()
