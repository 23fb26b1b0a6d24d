#!/usr/bin/env python3
"""An installed tool runs from anywhere, on the headers it brought along; so do the
servers and the plugins.

    install_test.py CMAKE BUILD_DIR tool|clangd|plugin

What is not built cannot be installed: status 77.
"""

import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "editor"))
import lsp  # noqa: E402

CMAKE, BUILD, PROGRAM = sys.argv[1:4]

RULES = """version: 1
consolidate:
  - into: New
    header: new.h
    from: [{class: Old, header: old.h}]
"""


class Installed(unittest.TestCase):
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

    def broken_header(self):
        """The installed stddef.h, which is an error until the test ends."""
        header, = self.prefix.glob("lib/clang-consolidate/clang/*/include/stddef.h")
        text = header.read_text()
        header.write_text('#error "the installed copy"\n')
        self.addCleanup(header.write_text, text)

    def served(self, *command):
        """The diagnostics that an installed server has for use.cpp."""
        server = lsp.Server([self.prefix / "bin" / command[0], *command[1:]], "/",
                            env=lsp.quiet_clangd(self.code / ".config"))
        server.initialize(self.code)
        server.open(self.code / "use.cpp")
        found = server.diagnostics(self.code / "use.cpp", 1)
        self.assertEqual(server.stop(), 0)
        return found

    WANTED = {(0, 9, "consolidate-legacy-include"), (2, 18, "consolidate-legacy-type")}

    def places(self, found):
        return {(d["range"]["start"]["line"], d["range"]["start"]["character"], d["code"])
                for d in found}


class Clangd(Installed):
    COMMAND = "clang-consolidate-clangd", "--log=error"

    def test_shows_what_there_is(self):
        self.assertEqual(self.places(self.served(*self.COMMAND)), self.WANTED)

    def test_reads_its_own_headers(self):
        self.broken_header()
        self.assertIn("the installed copy", str(self.served(*self.COMMAND)))


class Plugin(Installed):
    def test_loads_into_its_clang_tidy(self):
        resources, = self.prefix.glob("lib/clang-consolidate/clang/*")
        plugins = sorted(self.prefix.glob("lib/**/libClangConsolidateTidy.so"))
        self.assertTrue(plugins)
        for plugin in plugins:
            with self.subTest(plugin):
                major = re.search(r"llvm-(\d+)/", str(plugin))
                tidy = "clang-tidy-" + (major.group(1) if major else resources.name)
                done = subprocess.run(
                    [tidy, "-load", plugin, "-p", self.code, "--checks=-*,consolidate-*",
                     self.code / "use.cpp"], cwd="/", capture_output=True, text=True)
                found = re.findall(r"use\.cpp:(\d+):(\d+): warning: .* \[([a-z-]+)\]",
                                   done.stdout)
                self.assertEqual({(int(line) - 1, int(column) - 1, check)
                                  for line, column, check in found}, self.WANTED, done.stderr)


class Tool(Installed):
    def diff(self):
        return subprocess.run(
            [self.prefix / "bin/clang-consolidate", "diff", "-p", self.code,
             "--root", self.code, "--rules", self.code / ".clang-consolidate.yaml"],
            cwd="/", capture_output=True, text=True)

    def test_language_server(self):
        found = self.served("clang-consolidate", "lsp")
        self.assertEqual(self.places(found), self.WANTED)
        for diagnostic in found:
            page, anchor = diagnostic["codeDescription"]["href"].split("#")
            self.assertEqual(Path(lsp.path_of(page)),
                             self.prefix / "share/doc/clang-consolidate/messages.md")
            self.assertIn("### " + anchor.upper(), Path(lsp.path_of(page)).read_text())

    def test_runs_from_anywhere(self):
        done = self.diff()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("+size_t size(const New &O)", done.stdout)

    def test_reads_its_own_headers(self):
        self.broken_header()
        done = self.diff()
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("the installed copy", done.stderr)

    def test_brings_schema_rules_and_licence(self):
        for name in ["share/clang-consolidate/schema/clang-consolidate.schema.json",
                     "share/clang-consolidate/rules/execution-engine.yaml",
                     "share/doc/clang-consolidate/LICENSE"]:
            self.assertTrue((self.prefix / name).is_file(), name)


BUILT = {"tool": "bin/clang-consolidate", "clangd": "bin/clang-consolidate-clangd",
         "plugin": "lib/libClangConsolidateTidy.so"}

if __name__ == "__main__":
    if not (Path(BUILD) / BUILT[PROGRAM]).exists():
        print("SKIPPED: not built:", BUILT[PROGRAM])
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], PROGRAM.capitalize()])
