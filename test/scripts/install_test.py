#!/usr/bin/env python3
"""An installed tool runs from anywhere, on the headers it brought along.

    install_test.py CMAKE BUILD_DIR
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CMAKE, BUILD = sys.argv[1:3]

RULES = """version: 1
consolidate:
  - into: New
    header: new.h
    from: [{class: Old, header: old.h}]
"""


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.directory.cleanup)
        root = Path(cls.directory.name).resolve()
        cls.prefix, cls.code = root / "prefix", root / "code"
        subprocess.run([CMAKE, "--install", BUILD, "--prefix", cls.prefix],
                       check=True, stdout=subprocess.DEVNULL)
        cls.code.mkdir()
        for name, text in {
            "new.h": "#pragma once\nstruct New { int Size; };\n",
            "old.h": "#pragma once\nstruct Old { int Size; };\n",
            "use.cpp": '#include "old.h"\n#include <stddef.h>\n'
                       "size_t size(const Old &O) { return O.Size; }\n",
            ".clang-consolidate.yaml": RULES,
            "compile_commands.json": json.dumps([{
                "directory": str(cls.code), "file": "use.cpp",
                "arguments": ["c++", "-I.", "-c", "use.cpp"]}]),
        }.items():
            (cls.code / name).write_text(text)

    def diff(self):
        return subprocess.run(
            [self.prefix / "bin/clang-consolidate", "diff", "-p", self.code,
             "--root", self.code, "--rules", self.code / ".clang-consolidate.yaml"],
            cwd="/", capture_output=True, text=True)

    def test_runs_from_anywhere(self):
        done = self.diff()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("+size_t size(const New &O)", done.stdout)

    def test_reads_its_own_headers(self):
        header, = self.prefix.glob("lib/clang-consolidate/clang/*/include/stddef.h")
        text = header.read_text()
        header.write_text('#error "the installed copy"\n')
        try:
            done = self.diff()
        finally:
            header.write_text(text)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("the installed copy", done.stderr)

    def test_brings_schema_rules_and_licence(self):
        for name in ["share/clang-consolidate/schema/clang-consolidate.schema.json",
                     "share/clang-consolidate/rules/execution-engine.yaml",
                     "share/doc/clang-consolidate/LICENSE"]:
            self.assertTrue((self.prefix / name).is_file(), name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
