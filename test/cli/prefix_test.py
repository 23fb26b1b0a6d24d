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
INCLUDES = '#include "old.h"\n#include <limits>\n#include <type_traits>\n'


def user(number, before="", includes=INCLUDES, body=""):
    return (f"{before}{includes}{body}\n"
            f"std::remove_const_t<Old> user{number}() {{\n"
            f"  return Old({number}, true);\n}}\n")


class Prefix(CliTest):
    def users(self, more=None):
        """Six TUs, of which one tells what the other five read."""
        files = {f"src/user{i}.cpp": user(i) for i in range(6)}
        for name, text in (HEADERS | files | (more or {})).items():
            self.write(name, text)
        self.database()

    def shared(self, done):
        found = re.search(r"(\d+) parses? on standard headers that were compiled once, "
                          r"(\d+) of which", done.err)
        return (int(found[1]), int(found[2])) if found else (0, 0)

    def change_commands(self, before, after):
        text = self.read("build/compile_commands.json").decode()
        self.write("build/compile_commands.json", text.replace(before, after))

    def check(self, parses, redone, status=1):
        """The patch; it is that of a run which reads every header."""
        done = self.run_tool("diff", "-v", "--no-cache")
        self.assertStatus(done, status)
        self.assertEqual(self.shared(done), (parses, redone), done.err)
        whole = self.run_tool("diff", "-v", "--no-cache", "--exhaustive")
        self.assertNotIn("compiled once", whole.err)
        self.assertEqual(done.out, whole.out)
        # What is left, and why, is told on stderr, but for what was parsed.
        self.assertEqual(*(run.err[:run.err.index("\nparsed ")] for run in (done, whole)))
        return done.out

    def test_shared(self):
        """The standard library's templates that construct the class, too."""
        self.users({f"src/user{i}.cpp": '#include "old.h"\n#include <memory>\n'
                    f"auto user{i}() {{ return std::make_unique<Old>({i}, true); }}\n"
                    for i in range(6)})
        out = self.check(5, 0)
        self.assertIn("+auto user3() { return std::make_unique<New>(true, 3); }\n", out)

    def test_too_few(self):
        self.users()
        for i in range(3, 6):
            (self.root / f"src/user{i}.cpp").unlink()
        self.database()
        self.assertNotIn("compiled once", self.run_tool("diff", "-v", "--no-cache").err)

    def test_other_headers_stay_text(self):
        self.users({"src/user5.cpp": user(5, includes='#include "old.h"\n#include <type_traits>\n')})
        self.check(4, 0)

    def test_macro_that_the_headers_would_see(self):
        self.users({"src/user4.cpp": user(4, before="#define is_const_base 1\n"),
                    "src/user5.cpp": user(5, before="#define numeric_limits numeric_limits\n")})
        self.check(5, 1)

    def test_macro_that_is_taken_back_in_time(self):
        self.users({"src/user5.cpp": user(
            5, before="#define numeric_limits broken\n#undef numeric_limits\n")})
        self.check(5, 0)

    def test_macro_that_asks_for_the_headers(self):
        """On the prefix the macros of a header exist before they are included."""
        self.users({"src/user5.cpp": user(
            5, before="#ifdef _GLIBCXX_NUMERIC_LIMITS\n#error too early\n#endif\n"
                      "#ifdef _GLIBCXX_TYPE_TRAITS\nint early();\n#endif\n")})
        self.check(5, 1)

    def test_header_under_a_condition(self):
        """The text includes <limits>; the compiler does not."""
        self.users({"src/user5.cpp": user(
            5, includes='#include "old.h"\n#ifdef NEVER\n#include <limits>\n#endif\n'
                        "#include <type_traits>\n")})
        self.check(5, 1)

    def test_other_flags(self):
        self.users()
        self.change_commands("-c src/user5.cpp", "-DOTHER -c src/user5.cpp")
        self.check(4, 0)

    def test_macro_that_is_put_back(self):
        self.users({"src/user5.cpp": user(
            5, before='#define numeric_limits other\n#pragma push_macro("numeric_limits")\n'
                      '#undef numeric_limits\n#include <type_traits>\n'
                      '#pragma pop_macro("numeric_limits")\n')})
        self.check(5, 1)

    def test_macro_of_the_headers_takes_what_is_written(self):
        """Seen also where its definition stands in the prefix."""
        rules = RULES.replace("header: old.h}", "header: old.h, members: {run: EOF}}")
        self.assertNotEqual(rules, RULES)
        self.users({".clang-consolidate.yaml": rules} | {
            f"src/user{i}.cpp": f'#include "old.h"\n#include <cstdio>\nint user{i}(Old &old) {{\n'
                                "  return old.run();\n}\n" for i in range(6)})
        self.check(5, 0, status=0)
        self.assertIn("left as they are: 18\n", self.run_tool("diff", "-v", "--no-cache").err)

    def test_header_of_the_project_with_a_standard_name(self):
        self.users({"include/any": '#pragma once\n#include "old.h"\n'
                                   "inline Old any() { return Old(7, true); }\n"} |
                   {f"src/user{i}.cpp": user(i, includes=INCLUDES + "#include <any>\n")
                    for i in range(6)})
        self.assertIn("+inline New any() { return New(true, 7); }", self.check(0, 0))

    def test_forced_include(self):
        self.users({"include/forced.h": '#pragma once\n#include "old.h"\n'
                                        "inline Old forced() { return Old(7, true); }\n"})
        self.change_commands("-Iinclude", "-Iinclude -include include/forced.h")
        self.assertIn("+inline New forced() { return New(true, 7); }", self.check(0, 0))

    def test_class_that_is_declared_where_it_is_named(self):
        self.users({"src/user5.cpp": "int take(struct Old *old);\n" + user(5)})
        self.assertIn("+int take(struct New *old);", self.check(5, 0))

    def test_crash(self):
        """Again without, lest it is the prefix that Clang crashes on."""
        self.users({"src/user5.cpp": user(5, body="#pragma clang __debug parser_crash\n")})
        done = self.run_tool("diff", "-v", "--no-cache")
        self.assertStatus(done, 3)
        self.assertEqual(self.shared(done), (5, 1), done.err)
        self.assertIn("Clang crashed while parsing this translation unit", done.err)
        self.assertIn("+  return New(true, 4);\n", done.out)

    def test_errors_are_those_of_the_file(self):
        self.users({"src/user5.cpp": user(5, body="int x = undeclared;\n")})
        done = self.run_tool("diff", "-v", "--no-cache")
        self.assertStatus(done, 3)
        self.assertEqual(self.shared(done), (5, 1), done.err)
        self.assertIn("src/user5.cpp:4: use of undeclared identifier", done.err)

    def test_what_the_cache_keeps_depends_on_the_headers(self):
        """Also on those that were read as a prefix."""
        self.write("std/limits", "#pragma once\n#include_next <limits>\n")
        self.users()
        self.change_commands("-Iinclude", "-Iinclude -isystem std")
        self.run_tool("diff")
        self.assertIn("of these were kept", self.run_tool("diff").err)
        self.write("std/limits", "#pragma once\n#include_next <limits>\n// more\n")
        self.assertNotIn("of these were kept", self.run_tool("diff").err)


if __name__ == "__main__":
    unittest.main()
