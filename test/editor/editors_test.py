"""Editors, headless, with the set-ups of editors/: the diagnostic, and the fix
in the saved file.

    editors_test.py neovim|emacs lsp|clangd
    editors_test.py vscode

What is not installed, or not built, is a skip (status 77) that says so."""

import functools
import json
import os
import shutil
import subprocess
import sys
import unittest
import zipfile
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

    def test_lsp(self):
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

    def test_lsp(self):
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

    # --- The extension as it is packaged, on a VS Code that is pretended -------

    def scene(self, name, program=None):
        """What the extension did; its server writes its arguments to `calls`."""
        server = self.root / "server"
        self.write("server", f"#!/bin/sh\necho \"$@\" >>'{self.root}/calls'\n"
                             f"exec '{support.TOOL}' \"$@\"\n")
        server.chmod(0o755)
        done = subprocess.run(
            ["node", HERE / "vscode_extension_drive.js", packaged(), self.root,
             program or server, name], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        calls = self.root / "calls"
        self.calls = calls.read_text().splitlines() if calls.exists() else []
        return json.loads(done.stdout)

    def checks(self, report):
        return {d["code"] for d in report["diagnostics"]}

    ALL = {"consolidate-legacy-include", "consolidate-legacy-type",
           "consolidate-legacy-construction"}

    def test_extension_shows_and_fixes(self):
        report = self.scene("diagnostics")
        self.assertLessEqual(set(report["contributed"]), set(report["commands"]))
        self.assertEqual(self.calls, ["lsp -p build"])
        self.assertEqual(self.checks(report), self.ALL)
        self.assertIn((4, 7), {(d["line"], d["column"]) for d in report["diagnostics"]})
        self.assertIn("constructs the legacy class 'Old'", report["fix"])
        self.assertIn(FIXED, self.read("src/two.cpp").decode())
        self.assertEqual(set(report["watched"]),
                         {"**/.clang-consolidate.yaml", "**/compile_commands.json"})
        self.assertEqual(report["errors"], [])

    def test_extension_previews(self):
        before = self.snapshot()
        report = self.scene("preview")
        [shown] = report["opened"]
        self.assertEqual(shown["language"], "diff")
        self.assertIn("+" + FIXED, shown["content"])
        self.assertEqual((report["messages"], report["applied"]), (["2 files change"], []))
        self.assertTrue(any("scan" in p.get("message", "") for p in report["progress"]))
        (self.root / "calls").unlink()
        (self.root / "server").unlink()
        self.assertEqual(self.snapshot(), before)

    def test_extension_applies(self):
        self.commit()
        for scene in ("apply", "preview-and-apply"):
            with self.subTest(scene):
                self.git("checkout", "-q", "--", ".")
                report = self.scene(scene)
                self.assertEqual(len(report["applied"]), 2)
                self.assertEqual(report["errors"], [])
                self.assertIn(FIXED, self.read("src/two.cpp").decode())
                self.assertStatus(self.run_tool("diff", "-p", "build"), 0)

    def test_extension_checks(self):
        [terminal] = self.scene("check")["terminals"]
        self.assertEqual(terminal["cwd"]["fsPath"], str(self.root))
        done = subprocess.run([terminal["shellPath"], *terminal["shellArgs"]],
                              cwd=terminal["cwd"]["fsPath"], capture_output=True, text=True)
        self.assertEqual(terminal["shellArgs"], ["check", "-p", "build"])
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("constructions", done.stdout)

    def test_extension_restarts_with_new_settings(self):
        report = self.scene("restart")
        self.assertEqual(self.checks(report), self.ALL)
        self.assertEqual(self.calls, ["lsp -p build", "lsp -p build --unsafe",
                                      "lsp -p build --unsafe"])
        self.assertEqual(report["errors"], [])

    def test_extension_without_its_program(self):
        report = self.scene("missing", "/nowhere/clang-consolidate")
        # The client of the protocol has its own word to say about it.
        [error] = [e for e in report["errors"]
                   if "/nowhere/clang-consolidate does not run" in e]
        self.assertIn("clangConsolidate.path", error)
        self.assertEqual(self.checks(report), self.ALL)

    def test_package_holds_what_it_needs(self):
        folder = packaged()
        manifest = json.loads((folder / "package.json").read_text())
        self.assertTrue((folder / manifest["main"]).exists())
        for name in manifest["dependencies"]:
            self.assertTrue((folder / "node_modules" / name / "package.json").exists(), name)
        self.assertFalse((folder / "node_modules/@vscode").exists(), "only for making it")

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
    lock = MODULES / "package-lock.json"
    # npm writes the second file when it is done.
    fresh = (lock.exists() and lock.read_bytes() == (source / lock.name).read_bytes()
             and (MODULES / "node_modules/.package-lock.json").exists())
    MODULES.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.is_file() and path.name != lock.name:
            shutil.copy(path, MODULES)
    if fresh:
        return None
    # What is there would look finished if this is interrupted.
    shutil.rmtree(MODULES / "node_modules", ignore_errors=True)
    shutil.copy(source / lock.name, lock)
    done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                          cwd=MODULES, capture_output=True, text=True, timeout=300)
    return None if done.returncode == 0 else "npm ci failed: " + done.stderr[-300:]


@functools.cache
def packaged():
    """The folder of the extension in the package that `npm run package` makes."""
    for old in MODULES.glob("*.vsix"):
        old.unlink()
    done = subprocess.run(["npm", "run", "package"], cwd=MODULES, capture_output=True,
                          text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    [package] = MODULES.glob("*.vsix")
    folder = MODULES / "packaged"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder / "extension"


def eglot():
    done = subprocess.run(["emacs", "--batch", "-q", "--eval",
                           "(progn (package-initialize) (require 'eglot))"],
                          capture_output=True)
    return None if done.returncode == 0 else "eglot is not installed"


def missing(editor, server):
    """Why the editor cannot be driven, or None."""
    if editor == "vscode":
        return node_modules()
    program = {"neovim": "nvim", "emacs": "emacs"}[editor]
    if not shutil.which(program):
        return program + " is not installed"
    if not SERVERS[server]:
        return "clang-consolidate-clangd is not built"
    return eglot() if editor == "emacs" else None


if __name__ == "__main__":
    editor, server = (sys.argv[1:] + [None])[:2]
    if why := missing(editor, server):
        print("SKIPPED:", why)
        sys.exit(77)
    unittest.main(argv=[sys.argv[0],
                        editor.capitalize() + (".test_" + server if server else "")])
