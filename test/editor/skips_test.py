"""A test of something that is not there is a skip that says so, never a pass."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = [["editor/editors_test.py", "neovim", "lsp"], ["editor/editors_test.py", "neovim", "clangd"],
            ["editor/editors_test.py", "emacs", "lsp"], ["editor/editors_test.py", "emacs", "clangd"],
            ["editor/editors_test.py", "vscode"], ["editor/clangd_test.py"],
            ["editor/same_findings_test.py", "plugin"], ["editor/same_findings_test.py", "clangd"],
            ["tidy/plugin_test.py"],
            ["scripts/install_test.py", "cmake", "EMPTY", "clangd"],
            ["scripts/install_test.py", "cmake", "EMPTY", "plugin"]]


class Skips(unittest.TestCase):
    def test_what_is_not_there_is_skipped(self):
        with tempfile.TemporaryDirectory() as empty:
            env = {key: value for key, value in os.environ.items()
                   if not key.startswith(("CONSOLIDATE_", "CLANG_TIDY"))} | {"PATH": empty}
            for script, *words in PROGRAMS:
                with self.subTest(script=script, words=words):
                    words = [empty if word == "EMPTY" else word for word in words]
                    done = subprocess.run(
                        [sys.executable, "-B", HERE.parent / script, *words],
                        env=env, capture_output=True, text=True)
                    self.assertEqual(done.returncode, 77, done.stdout + done.stderr)
                    self.assertRegex(done.stdout, "^SKIPPED: .")


if __name__ == "__main__":
    unittest.main()
