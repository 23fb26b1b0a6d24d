#!/usr/bin/env python3
"""Standard headers are compiled once, and nothing is found that would not be."""

import re
import unittest

from support import CliTest
from cover_test import RULES

HEADERS = {
    ".clang-consolidate.yaml": RULES,
    "include/old.h": "#pragma once\nstruct Old {\n  Old(int a, bool b);\n  int run() const;\n};\n",
    "include/new.h": "#pragma once\nstruct New {\n  New(bool b, int a);\n  int run() const;\n};\n",
}
INCLUDES = '#include "old.h"\n#include <limits>\n#include <memory>\n'


def user(number, before="", includes=INCLUDES, body=""):
    return (f"{before}{includes}{body}\n"
            f"std::unique_ptr<Old> user{number}() {{\n"
            f"  return std::make_unique<Old>({number}, true);\n}}\n")


class Prefix(CliTest):
    def users(self, more=None):
        """Six TUs, of which one tells what the other five read."""
        files = {f"src/user{i}.cpp": user(i) for i in range(6)}
        for name, text in (HEADERS | files | (more or {})).items():
            self.write(name, text)
        self.database()

    def check(self, parses, redone):
        """The patch; it is that of a run which reads every header."""
        done = self.run_tool("diff", "-v", "--no-cache")
        self.assertStatus(done, 1)
        found = re.search(r"(\d+) parses? on standard headers that were compiled once, "
                          r"(\d+) of which", done.err)
        self.assertEqual(found and (int(found[1]), int(found[2])), (parses, redone), done.err)
        whole = self.run_tool("diff", "-v", "--no-cache", "--exhaustive")
        self.assertNotIn("compiled once", whole.err)
        self.assertEqual(done.out, whole.out)
        findings = [self.run_tool("diff", "--no-cache", "--format", "json", *words).out
                    for words in ([], ["--exhaustive"])]
        self.assertEqual(*findings)
        return done.out

    def test_shared(self):
        self.users()
        out = self.check(5, 0)
        self.assertIn("+  return std::make_unique<New>(true, 3);\n", out)

    def test_too_few(self):
        self.users()
        for i in range(3, 6):
            (self.root / f"src/user{i}.cpp").unlink()
        self.database()
        self.assertNotIn("compiled once", self.run_tool("diff", "-v", "--no-cache").err)

    def test_other_headers_stay_text(self):
        self.users({"src/user5.cpp": user(5, includes='#include "old.h"\n#include <memory>\n')})
        self.check(4, 0)

    def test_macro_that_the_headers_would_see(self):
        self.users({"src/user4.cpp": user(4, before="#define unique_ptr_base 1\n"),
                    "src/user5.cpp": user(5, before="#define numeric_limits numeric_limits\n")})
        self.check(5, 1)

    def test_macro_that_is_taken_back_in_time(self):
        self.users({"src/user5.cpp": user(
            5, before="#define numeric_limits broken\n#undef numeric_limits\n")})
        self.check(5, 0)

    def test_macro_that_asks_for_the_headers(self):
        """On the prefix CHAR_BIT-like macros exist before they are included."""
        self.users({"src/user5.cpp": user(
            5, before="#ifdef _GLIBCXX_NUMERIC_LIMITS\n#error too early\n#endif\n"
                      "#ifdef __GLIBCXX__\nint early();\n#endif\n")})
        self.check(5, 1)

    def test_header_under_a_condition(self):
        """The text includes <limits>; the compiler does not."""
        self.users({"src/user5.cpp": user(
            5, includes='#include "old.h"\n#ifdef NEVER\n#include <limits>\n#endif\n'
                        "#include <memory>\n")})
        self.check(5, 1)

    def test_other_flags(self):
        self.users()
        text = self.read("build/compile_commands.json").decode()
        self.write("build/compile_commands.json",
                   text.replace("-c src/user5.cpp", "-DOTHER -c src/user5.cpp"))
        self.check(4, 0)

    def test_errors_are_those_of_the_file(self):
        self.users({"src/user5.cpp": user(5, body="int x = undeclared;\n")})
        done = self.run_tool("diff", "-v", "--no-cache")
        self.assertStatus(done, 3)
        self.assertIn("5 parses on standard headers that were compiled once, 1 of which",
                      done.err)
        self.assertIn("src/user5.cpp:4: use of undeclared identifier", done.err)

    def test_what_the_cache_keeps_depends_on_the_headers(self):
        """Also on those that were read as a prefix."""
        self.write("std/limits", "#pragma once\n#include_next <limits>\n")
        self.users()
        text = self.read("build/compile_commands.json").decode()
        self.write("build/compile_commands.json",
                   text.replace("-Iinclude", "-Iinclude -isystem std"))
        self.run_tool("diff")
        self.assertIn("of these were kept", self.run_tool("diff").err)
        self.write("std/limits", "#pragma once\n#include_next <limits>\n// more\n")
        self.assertNotIn("of these were kept", self.run_tool("diff").err)


if __name__ == "__main__":
    unittest.main()
