"""Editors, headless, with the set-ups of editors/: the diagnostic, and the fix
in the saved file.

    editors_test.py neovim|emacs|vscode

An editor that is not installed is a skip (status 77) that says so."""

import json
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent),
                str(Path(__file__).resolve().parents[1] / "cli")]
import lsp  # noqa: E402
import support  # noqa: E402

HERE = Path(__file__).resolve().parent
EDITORS = support.SOURCE / "editors"
SERVERS = {"lsp": support.TOOL, "clangd": os.environ.get("CONSOLIDATE_CLANGD", "")}
FIXED = "  New legacy(2, true); // an Old friend\n"


class EditorTest(support.CliTest):
    def setUp(self):
        super().setUp()
        self.project()
        self.env = lsp.quiet_clangd(self.root / ".config") | {
            "HOME": str(self.root), "XDG_DATA_HOME": str(self.root / ".data"),
            "XDG_STATE_HOME": str(self.root / ".state"), "NVIM_LOG_FILE": "/dev/null"}

    def drive(self, command, server):
        """What the driver reports, after it has saved src/two.cpp."""
        if not SERVERS[server]:
            self.skipTest("clang-consolidate-clangd is not built")
        out = self.root / "report.json"
        done = subprocess.run(
            command, cwd=self.root, capture_output=True, text=True, timeout=120,
            env=self.env | {"DRIVE": "\n".join(
                [server, SERVERS[server], str(self.root / "src/two.cpp"), str(out)])})
        self.assertTrue(out.exists(), done.stdout + done.stderr)
        return json.loads(out.read_text())

    def judge(self, report):
        self.assertTrue(report["seen"], report)
        self.assertTrue(report["clean"], report)
        text = self.read("src/two.cpp").decode()
        self.assertIn(FIXED, text)
        self.assertIn('#include "new.h"\n', text)
        self.assertIn('"Old(2)"', text)
        self.run_tool("apply", "-p", "build", "--allow-dirty")
        self.assertEqual(text, self.read("src/two.cpp").decode())


class Neovim(EditorTest):
    def drive_neovim(self, server):
        report = self.drive(
            ["nvim", "--headless", "-u", "NONE", "-n", "--cmd",
             f"set rtp+={EDITORS / 'neovim'}", "-c", f"luafile {HERE / 'neovim_drive.lua'}"],
            server)
        self.judge(report)
        self.assertIn((1, 10), [(d["line"], d["column"]) for d in report["before"]])
        self.assertIn((4, 3), [(d["line"], d["column"]) for d in report["before"]])

    def test_language_server(self):
        self.drive_neovim("lsp")

    def test_clangd(self):
        self.drive_neovim("clangd")


class Emacs(EditorTest):
    def drive_emacs(self, server):
        report = self.drive(
            ["emacs", "--batch", "-q", "--eval", "(package-initialize)", "-L",
             str(EDITORS / "emacs"), "-l", str(HERE / "emacs_drive.el")], server)
        self.judge(report)
        self.assertTrue(any("legacy class 'Old'" in text for text in report["before"]), report)

    def test_language_server(self):
        self.drive_emacs("lsp")

    def test_clangd(self):
        self.drive_emacs("clangd")


class Vscode(EditorTest):
    def test_protocol_layer(self):
        done = subprocess.run(
            ["node", HERE / "vscode_drive.js", support.TOOL, self.root, MODULES],
            capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual({d["code"] for d in report["diagnostics"]},
                         {"consolidate-legacy-include", "consolidate-legacy-type",
                          "consolidate-legacy-construction"})
        self.assertTrue(any(a["kind"] == "quickfix" for a in report["actions"]))
        self.assertEqual(report["preview"], "2 files change")
        self.assertEqual((report["progress"][0], report["progress"][-1]), ("begin", "end"))
        self.assertEqual(report["status"], 0)
        for change in report["edit"]["documentChanges"]:
            path = Path(lsp.path_of(change["textDocument"]["uri"]))
            path.write_text(lsp.apply_edits(path.read_text(), change["edits"]))
        self.assertIn(FIXED, self.read("src/two.cpp").decode())
        self.assertStatus(self.run_tool("diff", "-p", "build"), 0)

    def test_settings_become_arguments(self):
        script = ("const c = require(process.argv[1]); console.log(JSON.stringify(["
                  "c.serverArguments({buildDirectories: ['a', 'b'], rules: 'r', unsafe: true}),"
                  "c.checkArguments({buildDirectories: ['a']})]))")
        out = subprocess.run(["node", "-e", script, MODULES / "commands.js"],
                             check=True, capture_output=True, text=True).stdout
        self.assertEqual(json.loads(out), [
            ["lsp", "-p", "a", "-p", "b", "--rules", "r", "--unsafe"], ["check", "-p", "a"]])


MODULES = Path(os.environ.get("CONSOLIDATE_NODE", "node")) / "vscode"


def node_modules():
    """Brings the extension's dependencies, once for each lock file; why not, or
    None."""
    if not shutil.which("npm") or not shutil.which("node"):
        return "node and npm are not installed"
    source = EDITORS / "vscode"
    MODULES.mkdir(parents=True, exist_ok=True)
    lock = MODULES / "package-lock.json"
    fresh = lock.exists() and lock.read_bytes() == (source / "package-lock.json").read_bytes()
    for name in ("package.json", "commands.js", "extension.js"):
        shutil.copy(source / name, MODULES)
    if fresh and (MODULES / "node_modules/vscode-languageclient").exists():
        return None
    shutil.copy(source / "package-lock.json", MODULES)
    done = subprocess.run(["npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit"],
                          cwd=MODULES, capture_output=True, text=True, timeout=300)
    return None if done.returncode == 0 else "npm ci failed: " + done.stderr[-300:]


def eglot():
    done = subprocess.run(["emacs", "--batch", "-q", "--eval",
                           "(progn (package-initialize) (require 'eglot))"],
                          capture_output=True)
    return None if done.returncode == 0 else "eglot is not installed"


def missing(editor):
    """Why the editor cannot be driven, or None."""
    if editor == "vscode":
        return node_modules()
    program = {"neovim": "nvim", "emacs": "emacs"}[editor]
    if not shutil.which(program):
        return program + " is not installed"
    return eglot() if editor == "emacs" else None


if __name__ == "__main__":
    if why := missing(sys.argv[1]):
        print("SKIPPED:", why)
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], sys.argv[1].capitalize()])
