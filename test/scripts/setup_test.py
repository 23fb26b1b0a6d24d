#!/usr/bin/env python3
"""scripts/setup against a dpkg and an apt that only pretend."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SETUP = Path(__file__).resolve().parents[2] / "scripts/setup"

# $STUBS holds: absent (packages not installed), unknown (to apt), log (calls).
STUBS = {
    "dpkg-query": """for p in "$@"; do
  case $p in -*|*{*) continue ;; esac
  if grep -qx "$p" "$STUBS/absent"; then status=1; else echo "$p installed"; fi
done
exit ${status:-0}""",
    "apt-cache": """grep -qx "$2" "$STUBS/unknown" && exit 0
printf '%s:\\n  Installed: (none)\\n  Candidate: 1.0\\n' "$2"
# As apt does: more text follows, and it is an error when nobody reads it.
sleep 0.02
printf '  Version table:\\n     1.0 500\\n'""",
    "apt-get": """echo "apt-get $*" >>"$STUBS/log"
case "$*" in *update) exit ${UPDATE_STATUS:-0} ;; esac""",
    "sudo": 'exec "$@"',
}


class Setup(unittest.TestCase):
    def run_with(self, absent=(), unknown=(), **environment):
        """Status, what was said, and the calls of apt-get."""
        with tempfile.TemporaryDirectory() as stubs:
            root = Path(stubs)
            for name, text in STUBS.items():
                (root / name).write_text("#!/bin/bash\n" + text + "\n")
                (root / name).chmod(0o755)
            (root / "absent").write_text("".join(p + "\n" for p in absent))
            (root / "unknown").write_text("".join(p + "\n" for p in unknown))
            (root / "log").touch()
            env = os.environ | {"PATH": stubs + ":/usr/bin:/bin", "STUBS": stubs,
                                "CONSOLIDATE_NO_SETUP": ""} | environment
            done = subprocess.run([SETUP], env=env, capture_output=True, text=True)
            return done.returncode, done.stderr, (root / "log").read_text().splitlines()

    def test_nothing_to_do(self):
        self.assertEqual(self.run_with(), (0, "setup: everything is installed\n", []))

    def test_installs_what_is_missing_and_no_more(self):
        status, _, calls = self.run_with(absent=["ccache", "llvm-22-dev"])
        self.assertEqual(status, 0)
        self.assertEqual(len(calls), 2)
        self.assertTrue(calls[0].endswith(" update"), calls)
        self.assertTrue(calls[1].endswith(
            " install --no-install-recommends llvm-22-dev ccache"), calls)
        self.assertIn(" -y ", calls[1])

    def test_says_what_cannot_be_had_and_installs_nothing(self):
        status, text, calls = self.run_with(absent=["ccache", "llvm-22-dev"],
                                            unknown=["llvm-22-dev"])
        self.assertEqual(status, 1)
        self.assertIn("apt knows no such package: llvm-22-dev\n", text)
        self.assertIn("Debian 12 or 13", text)
        self.assertIn("LLVM 22", text)
        self.assertEqual(len(calls), 1)

    def test_an_editor_that_cannot_be_had_is_left_out(self):
        status, text, calls = self.run_with(absent=["ccache", "elpa-eglot"],
                                            unknown=["elpa-eglot"])
        self.assertEqual(status, 0)
        self.assertIn("apt has no elpa-eglot: the tests that need it are skipped\n", text)
        self.assertTrue(calls[1].endswith(" install --no-install-recommends ccache"), calls)

    def test_another_llvm_that_cannot_be_had_is_left_out(self):
        absent = ["ccache", "llvm-19-dev", "libclang-19-dev", "clang-tidy-19"]
        status, text, calls = self.run_with(absent=absent, unknown=absent[1:])
        self.assertEqual(status, 0)
        self.assertIn("apt has no llvm-19-dev libclang-19-dev clang-tidy-19: ", text)
        self.assertTrue(calls[1].endswith(" install --no-install-recommends ccache"), calls)

    def test_nothing_but_an_editor_that_cannot_be_had(self):
        status, _, calls = self.run_with(absent=["neovim"], unknown=["neovim"])
        self.assertEqual((status, len(calls)), (0, 1))

    def test_a_failing_update_is_not_the_end(self):
        status, text, calls = self.run_with(absent=["ccache"], UPDATE_STATUS="100")
        self.assertEqual(status, 0)
        self.assertIn("update failed", text)
        self.assertEqual(len(calls), 2)

    def test_can_be_told_to_stay_out(self):
        self.assertEqual(
            self.run_with(absent=["ccache"], CONSOLIDATE_NO_SETUP="1"), (0, "", []))


if __name__ == "__main__":
    unittest.main()
