"""clang-consolidate-clangd: the diagnostics and fixes of the command line, with
no .clangd and no .clang-tidy."""

import json
import os
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent),
                str(Path(__file__).resolve().parents[1] / "cli")]
import lsp  # noqa: E402
import support  # noqa: E402

CLANGD = os.environ.get("CONSOLIDATE_CLANGD", "")

LITERALS = {"textDocument": {"codeAction": {"codeActionLiteralSupport": {
    "codeActionKind": {"valueSet": ["quickfix"]}}}}}


class ClangdTest(support.CliTest):
    def setUp(self):
        super().setUp()
        self.project()
        self.server = None

    def tearDown(self):
        if self.server:
            self.assertEqual(self.server.stop(), 0)

    def start(self):
        self.server = lsp.Server([CLANGD, "--log=error"], self.root,
                                 env=lsp.quiet_clangd(self.root / ".config"))
        self.server.initialize(self.root, LITERALS)

    def opened(self, name):
        """Diagnostics of ours, as (line, column, check)."""
        if not self.server:
            self.start()
        path = self.root / name
        self.server.open(path)
        return [d for d in self.server.diagnostics(path)
                if str(d.get("code", "")).startswith("consolidate-")]

    def fixes(self, name, diagnostic):
        path = self.root / name
        actions = self.server.request("textDocument/codeAction", {
            "textDocument": {"uri": lsp.uri(path)}, "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic]}})
        return [action["edit"]["changes"][lsp.uri(path)] for action in actions
                if action.get("kind") == "quickfix"]

    def places(self, diagnostics):
        return {(d["range"]["start"]["line"] + 1, d["range"]["start"]["character"] + 1,
                 d["code"]) for d in diagnostics}

    def told(self, name):
        told = json.loads(self.run_tool("diff", "-p", "build", "--format", "json").out)
        return {(f["line"], f["column"], f["check"]) for f in told["findings"]
                if f["path"] == name}

    def test_diagnostics_are_those_of_the_command_line(self):
        for name in ("src/one.cpp", "src/two.cpp"):
            with self.subTest(name):
                wanted = self.told(name)
                self.assertTrue(wanted)
                self.assertEqual(self.places(self.opened(name)), wanted)

    def test_fixes_make_what_apply_makes(self):
        text = (self.root / "src/two.cpp").read_text()
        edits = []
        for diagnostic in self.opened("src/two.cpp"):
            found = self.fixes("src/two.cpp", diagnostic)
            self.assertEqual(len(found), 1, diagnostic)
            # A type and its construction are one fix, offered at both.
            edits += [e for e in found[0] if e not in edits]
        self.assertEqual(self.run_tool("apply", "-p", "build", "--allow-dirty").status, 0)
        self.assertEqual(lsp.apply_edits(text, edits),
                         self.read("src/two.cpp").decode())

    def test_one_fix_compiles(self):
        kept = [d for d in self.opened("src/two.cpp")
                if d["code"] == "consolidate-legacy-construction"]
        [[*edits]] = self.fixes("src/two.cpp", kept[0])
        self.assertIn("New legacy(2, true);", lsp.apply_edits(
            (self.root / "src/two.cpp").read_text(), edits))

    def test_follows_the_text(self):
        self.opened("src/one.cpp")
        path = self.root / "src/one.cpp"
        self.server.change(path, 2, '#include "new.h"\n\nint one() { return New(1, true).run(); }\n')
        self.assertEqual(self.server.diagnostics(path, 2), [])
        self.server.change(path, 3, '#include "old.h"\n\nint one() {\n  return Old(1).run(); }\n')
        self.assertEqual(
            self.places(self.server.diagnostics(path, 3)),
            {(1, 10, "consolidate-legacy-include"), (4, 10, "consolidate-legacy-type"),
             (4, 10, "consolidate-legacy-construction")})

    def test_changed_rules_are_read_again(self):
        self.assertTrue(self.opened("src/one.cpp"))
        rules = self.root / ".clang-consolidate.yaml"
        self.write(rules.name, "version: 1\nconsolidte: []\n")
        os.utime(rules, (1, 1))
        path = self.root / "src/one.cpp"
        self.server.change(path, 2, path.read_text() + "\n")
        messages = [d["message"] for d in self.server.diagnostics(path, 2)]
        self.assertTrue(any("rules cannot be used" in m for m in messages), messages)

    def test_users_configuration_is_respected(self):
        self.write(".clang-tidy", "Checks: '-*,misc-definitions-in-headers,"
                                  "-consolidate-legacy-include,consolidate-legacy-type'\n")
        self.assertEqual({d["code"] for d in self.opened("src/one.cpp")},
                         {"consolidate-legacy-type"})

    def test_ours_are_added_to_a_configuration(self):
        self.write(".clang-tidy", "Checks: '-*,readability-braces-around-statements'\n")
        self.write("src/one.cpp", '#include "old.h"\nint one(int n) {\n'
                                  "  if (n) return Old(1).run();\n  return 0;\n}\n")
        self.start()
        path = self.root / "src/one.cpp"
        self.server.open(path)
        codes = {d["code"] for d in self.server.diagnostics(path)}
        self.assertIn("readability-braces-around-statements", codes)
        self.assertIn("consolidate-legacy-type", codes)


if __name__ == "__main__":
    if not CLANGD or not os.path.exists(CLANGD):
        print("SKIPPED: clang-consolidate-clangd is not built (its static libraries are missing)")
        sys.exit(77)
    unittest.main()
