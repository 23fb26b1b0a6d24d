#!/usr/bin/env python3
"""scripts/check-messages and update-docs find each fault, and nothing else."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]

ROW = ('MESSAGE({number}, {name}, "{slug}", {kind},\n        "what it" " is",\n'
       '        "what to do", R"md(more\n)md")\n')


def row(number=101, name="OutsideScope", slug="outside-scope", kind="Left"):
    return ROW.format(number=number, name=name, slug=slug, kind=kind)


GOOD = {
    "include/consolidate/Messages.def": row(),
    "lib/a.cpp": 'Use.leave({MessageId::OutsideScope, "the file"});\n',
    "test/a.test": "//--- left\nmain.cpp:1: type: the file [CC101]\n",
}


class Tree(unittest.TestCase):
    def run_on(self, files, *script):
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = Path(root) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            for name in ("check-messages", "update-docs", "messages.py", "forms.py"):
                target = Path(root) / "scripts" / name
                target.parent.mkdir(exist_ok=True)
                shutil.copy(SOURCE / "scripts" / name, target)
            (Path(root) / "docs").mkdir(exist_ok=True)
            for words in script:
                done = subprocess.run([sys.executable, f"{root}/scripts/{words[0]}",
                                       *words[1:]], capture_output=True, text=True)
        return done.returncode, done.stderr

    def check(self, **changed):
        names = {"table": "include/consolidate/Messages.def", "code": "lib/a.cpp",
                 "test": "test/a.test"}
        files = GOOD | {names[key]: text for key, text in changed.items()}
        return self.run_on(files, ["check-messages"])

    def test_good(self):
        self.assertEqual(self.check(), (0, ""))

    def assertFault(self, fault, **changed):
        status, messages = self.check(**changed)
        self.assertEqual(status, 1, messages)
        self.assertIn(fault, messages)

    def test_unused(self):
        self.assertFault("CC101 (outside-scope): nothing in lib/ or tools/ uses it",
                         code="")

    def test_untested(self):
        self.assertFault("CC101 (outside-scope): no test below test/ expects it",
                         test="//--- left\nCC1010")
        self.assertFault("CC101 (outside-scope): no test below test/ expects it",
                         test="// CC101 is meant\n//--- a.cpp\n//CC101\n//--- left\n")

    def test_unknown(self):
        self.assertFault("CC102: a test expects it, and there is no such message",
                         test="//--- left\nCC101 CC102")

    def test_reason_without_an_id(self):
        for text in ('Use.Left = "no"', 'C.Dropped =\n      "no"', 'WhyNot = ("no")'):
            self.assertFault("a reason without an id",
                             code=GOOD["lib/a.cpp"] + text + ";\n")

    def test_rows(self):
        self.assertFault("CC101: its slug outside-scope is given twice",
                         table=row() + row(name="Other"))
        self.assertFault("not in the order", table=row(102, "A", "a") + row())
        self.assertFault("CC201: Left has other numbers", table=row(201))
        self.assertFault("'Slug' is no slug", table=row(slug="Slug"))

    def test_docs_that_are_stale(self):
        good = [["update-docs"], ["update-docs", "--check"]]
        self.assertEqual(self.run_on(GOOD, *good), (0, ""))
        status, text = self.run_on(GOOD | {"docs/messages.md": "old\n"}, good[1])
        self.assertEqual(status, 1)
        self.assertIn("docs/messages.md is stale; run scripts/update-docs", text)
        self.assertIn("+**What to do:** what to do.", text)


if __name__ == "__main__":
    unittest.main()
