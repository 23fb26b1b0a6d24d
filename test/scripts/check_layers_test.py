#!/usr/bin/env python3
"""scripts/check-layers finds each kind of violation, and nothing else."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECK = Path(__file__).resolve().parents[2] / "scripts/check-layers"

# Three steps in a row, and a header of plain values.
GOOD = {
    "lib/CMakeLists.txt": "add_subdirectory(Support)\nadd_subdirectory(Rules)\n"
                          "add_subdirectory(Scan)\n",
    "lib/Support/CMakeLists.txt": "consolidate_library(Support SOURCES s.cpp)\n",
    "lib/Rules/CMakeLists.txt":
        "consolidate_library(Rules CLANG SOURCES r.cpp\n  LINKS Support)\n",
    "lib/Scan/CMakeLists.txt": "# (LINKS nothing\n"
                               "consolidate_library(Scan SOURCES s.cpp LINKS Rules)\n",
    "include/consolidate/Support.h": "#include <string>\n",
    "include/consolidate/Findings.h": "#include <string>\n",
    "include/consolidate/Rules.h": '#include "consolidate/Support.h"\n',
    "include/consolidate/Scan.h": '#include "consolidate/Findings.h"\n',
    "lib/Rules/Inner.h": "",
    "lib/Rules/r.cpp": '#include "consolidate/Rules.h"\n#include "Inner.h"\n',
    "lib/Scan/s.cpp": '#include "consolidate/Scan.h"\n'
                      '#include "consolidate/Support.h"\n',
}


class CheckLayers(unittest.TestCase):
    def run_on(self, files):
        """Status and messages for a tree of these files."""
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = Path(root) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            done = subprocess.run([sys.executable, CHECK, root],
                                  capture_output=True, text=True)
        return done.returncode, done.stderr

    def test_good(self):
        self.assertEqual(self.run_on(GOOD), (0, ""))

    def test_step_that_is_not_linked(self):
        bad = GOOD | {"lib/Rules/r.cpp": '\n#include "consolidate/Scan.h"\n'}
        self.assertEqual(self.run_on(bad), (
            1, "lib/Rules/r.cpp:2: Rules includes consolidate/Scan.h, and does "
               "not link Scan\n"))

    def test_public_header(self):
        bad = GOOD | {"include/consolidate/Support.h": '#include "consolidate/Rules.h"\n'}
        status, text = self.run_on(bad)
        self.assertEqual(status, 1)
        self.assertIn("include/consolidate/Support.h:1: Support includes", text)

    def test_plain_values_include_a_step(self):
        bad = GOOD | {"include/consolidate/Findings.h": '#include "consolidate/Rules.h"\n'}
        status, text = self.run_on(bad)
        self.assertEqual(status, 1)
        self.assertIn("Findings.h:1: a header of plain values includes", text)

    def test_link_against_the_flow(self):
        bad = GOOD | {"lib/Support/CMakeLists.txt":
                      "consolidate_library(Support SOURCES s.cpp LINKS Scan)\n"}
        status, text = self.run_on(bad)
        self.assertEqual(status, 1)
        self.assertIn("lib/Support/CMakeLists.txt: links Scan, which", text)

    def test_link_by_hand(self):
        bad = GOOD | {"lib/Rules/CMakeLists.txt":
                      "consolidate_library(Rules SOURCES r.cpp LINKS Support)\n"
                      "target_link_libraries(consolidateRules PRIVATE consolidateScan)\n"}
        status, text = self.run_on(bad)
        self.assertEqual(status, 1)
        self.assertIn("lib/Rules/CMakeLists.txt: links Scan, which", text)

    def test_private_header(self):
        bad = GOOD | {"lib/Scan/s.cpp": '#include "../Rules/Inner.h"\n'}
        status, text = self.run_on(bad)
        self.assertEqual(status, 1)
        self.assertIn("lib/Scan/s.cpp:1: includes ../Rules/Inner.h, which is "
                      "private to Rules", text)

    def test_step_that_is_not_listed(self):
        bad = GOOD | {"lib/New/CMakeLists.txt": "consolidate_library(New SOURCES n.cpp)\n"}
        self.assertEqual(self.run_on(bad), (1, "lib/CMakeLists.txt: does not list New\n"))

    def test_no_such_tree(self):
        self.assertEqual(self.run_on({})[0], 2)


if __name__ == "__main__":
    unittest.main()
