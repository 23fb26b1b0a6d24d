"""The fixture netra through command line, clang-tidy plugin, clangd and language
server: the same findings, place by place, in every file.

    same_findings_test.py plugin|clangd|lsp      of the plugin, also the same edits

A front end that is not built is a skip (status 77) that says so."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml

sys.path[:0] = [str(Path(__file__).resolve().parent),
                str(Path(__file__).resolve().parents[1] / "cli")]
import lsp  # noqa: E402
import support  # noqa: E402

CLANGD = os.environ.get("CONSOLIDATE_CLANGD", "")
TIDY = os.environ.get("CLANG_TIDY", "")
PLUGIN = os.environ.get("CONSOLIDATE_PLUGIN", "")
FILES = {".cpp", ".h"}


class SameFindings(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="consolidate-")
        cls.root = Path(os.path.realpath(cls.folder.name)) / "netra"
        shutil.copytree(support.SOURCE / "fixtures/netra", cls.root)
        subprocess.run(["cmake", "-S", cls.root, "-B", cls.root / "build", "-G", "Ninja",
                        "-DCMAKE_CXX_COMPILER=clang++-22"], check=True, capture_output=True)
        # Every front end takes the top of the work tree for the root.
        subprocess.run(["git", "init", "-q", cls.root], check=True)
        told = json.loads(subprocess.run(
            [support.TOOL, "diff", "-p", "build", "--format", "json"], cwd=cls.root,
            capture_output=True, text=True).stdout)
        cls.edits = {(e["path"], e["offset"], e["length"], e["text"])
                     for f in told["findings"] if f["status"] == "edited"
                     for e in f["edits"]}
        cls.wanted = {(f["path"], f["line"], f["column"], f["check"])
                      for f in told["findings"]
                      if not f.get("reason", "").startswith("suppressed")}
        cls.files = sorted(str(p.relative_to(cls.root)) for p in cls.root.rglob("*")
                           if p.suffix in FILES and "build" not in p.parts)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def same(self, found):
        self.assertGreater(len(self.wanted), 100)
        self.assertEqual(sorted(found - self.wanted), [], "found here only")
        self.assertEqual(sorted(self.wanted - found), [], "not found here")

    def test_plugin(self):
        pattern = r"^(\S+?):(\d+):(\d+): warning: .* \[(consolidate-[a-z-]+)\]$"
        out, edits = "", set()
        for name in self.files:
            if name.endswith(".cpp"):
                out += subprocess.run(
                    [TIDY, "-load", PLUGIN, "-p", "build", "--checks=-*,consolidate-*",
                     "--quiet", "--header-filter=.*", "--export-fixes=fixes.yaml",
                     str(self.root / name)], cwd=self.root,
                    capture_output=True, text=True).stdout
                edits |= self.exported()
        self.assertEqual(sorted(edits - self.edits), [], "edited here only")
        self.assertEqual(sorted(self.edits - edits), [], "not edited here")
        self.same({(os.path.relpath(os.path.join(self.root, f), self.root), int(line),
                    int(column), check)
                   for f, line, column, check in re.findall(pattern, out, re.M)})

    def exported(self):
        """The edits in fixes.yaml, which is taken away; there is none where
        nothing was found."""
        fixes = self.root / "fixes.yaml"
        if not fixes.exists():
            return set()
        diagnostics = yaml.safe_load(fixes.read_text())["Diagnostics"]
        fixes.unlink()
        return {(os.path.relpath(os.path.join(self.root, e["FilePath"]), self.root),
                 e["Offset"], e["Length"], e["ReplacementText"])
                for d in diagnostics for e in d["DiagnosticMessage"]["Replacements"]}

    def through(self, server):
        """The findings of every file, opened one after the other."""
        found = set()
        server.initialize(self.root)
        for name in self.files:
            server.open(self.root / name)
        for name in self.files:
            for d in server.diagnostics(self.root / name, 1, 600):
                if str(d.get("code", "")).startswith("consolidate-"):
                    start = d["range"]["start"]
                    found.add((name, start["line"] + 1, start["character"] + 1, d["code"]))
        self.assertEqual(server.stop(), 0)
        return found

    def test_clangd(self):
        self.same(self.through(lsp.Server([CLANGD, "--log=error"], self.root,
                                          env=lsp.quiet_clangd(self.folder.name))))

    def test_lsp(self):
        self.same(self.through(lsp.Server([support.TOOL, "lsp"], self.root)))


MISSING = {
    "plugin": "" if PLUGIN and os.path.exists(TIDY) else
              "no clang-tidy of this LLVM is installed, or no plugin is built for it",
    "clangd": "" if CLANGD else "clang-consolidate-clangd is not built",
    "lsp": "",
}

if __name__ == "__main__":
    if why := MISSING[sys.argv[1]]:
        print("SKIPPED:", why)
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], "SameFindings.test_" + sys.argv[1]])
