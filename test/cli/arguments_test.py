#!/usr/bin/env python3
"""The command line itself, and what it leads to: databases, paths, rules files."""

import os
import re
import subprocess
import unittest

from support import RULES, SOURCE, TOOL, CliTest


class CommandLine(CliTest):
    def test_help_and_version(self):
        for words in (["--help"], ["-h"], ["diff", "--help"]):
            done = self.run_tool(*words)
            self.assertStatus(done, 0)
            self.assertEqual(done.err, "")
            self.assertIn("clang-consolidate", done.out)
        done = self.run_tool("--version")
        self.assertStatus(done, 0)
        self.assertRegex(done.out, r"^clang-consolidate \d+\.\d+\.\d+ \(LLVM \d+")

    def test_no_command(self):
        self.assertUsage(self.run_tool(), "error: no command given; the commands are "
                         "survey, diff, apply, undo, check, test, lsp, explain\n",
                         "hint: clang-consolidate --help\n")

    def test_unknown_command(self):
        self.assertUsage(self.run_tool("dif"),
                         "error: there is no command 'dif'; did you mean 'diff'?\n")
        self.assertUsage(self.run_tool("frobnicate"),
                         "there is no command 'frobnicate'; the commands are survey,")

    def test_option_before_the_command(self):
        self.assertUsage(self.run_tool("-p", "build", "diff"),
                         "option '-p' stands before the command; the commands are")

    def test_unknown_option(self):
        self.assertUsage(self.run_tool("diff", "--rule=x"),
                         "there is no option '--rule'; did you mean '--rules'?\n",
                         "hint: clang-consolidate diff --help\n")
        # An option of one command is none of another.
        self.assertUsage(self.run_tool("diff", "--allow-dirty"),
                         "there is no option '--allow-dirty'")

    def test_unexpected_argument(self):
        self.assertUsage(self.run_tool("undo", "src"), "unexpected argument 'src'\n")

    def test_wrong_values(self):
        for value in ("0", "x", "-1", "1025", "99999999999999999999"):
            self.assertUsage(self.run_tool("diff", f"--jobs={value}"),
                             f"--jobs: '{value}' is not a number from 1 to 1024\n")
        self.assertUsage(self.run_tool("check", "--format", "xml"),
                         "--format: 'xml' is not one of: text, json\n")

    def test_missing_values(self):
        self.assertUsage(self.run_tool("diff", "--rules"), "--rules", "FILE")
        self.assertUsage(self.run_tool("explain"), " is required\n",
                         "hint: clang-consolidate explain --help\n")

    def test_every_command_and_option_is_in_the_manual(self):
        manual = (SOURCE / "docs/cli.md").read_text()
        commands = ("survey", "diff", "apply", "undo", "check", "test", "lsp", "explain")
        for command in commands:
            self.assertTrue(f"## `{command}`" in manual, f"no section for {command}")
            for option in re.findall(r"^ +(?:-\w,)?(--[\w-]+)",
                                     self.run_tool(command, "--help").out, re.M):
                self.assertTrue(f"`{option}" in manual, f"{option} of {command}")


class Database(CliTest):
    def test_none_found_says_where_it_looked(self):
        self.project(build="elsewhere")
        done = self.run_tool("diff", folder="src")
        self.assertUsage(done, "no compile_commands.json found in ",
                         "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "pass its directory with -p")
        for tried in ("src", "src/build", "", "build", "out"):
            self.assertIn(f"{self.root}{'/' if tried else ''}{tried},", done.err)

    def test_wrong_directory(self):
        self.project()
        for command in ("survey", "diff", "apply", "check"):
            self.assertUsage(self.run_tool(command, "-p", "nowhere"),
                             "build directory 'nowhere' does not exist; configure")
        self.assertUsage(self.run_tool("explain", "-p", "nowhere", "src/one.cpp"),
                         "build directory 'nowhere' does not exist")
        self.assertUsage(self.run_tool("diff", "-p", "src"),
                         "build directory 'src' has no compile_commands.json")

    def test_not_json_and_empty(self):
        self.project()
        self.write("build/compile_commands.json", "{")
        self.assertUsage(self.run_tool("diff"), "build/compile_commands.json': Expected",
                         "generate it again")
        self.write("build/compile_commands.json", "[]")
        self.assertUsage(self.run_tool("diff"), "no C++ translation unit in the",
                         "is it the right build directory?")

    def test_two_build_directories_are_merged(self):
        self.project()
        self.write("build/compile_commands.json", re.sub(
            r"(?s)\[.*?\}, ", "[", self.read("build/compile_commands.json").decode()))
        self.assertNotIn("src/one.cpp", self.run_tool("diff").out)
        self.database("second")
        done = self.run_tool("diff", "-p", "build", "-p", "second")
        self.assertIn("parsed 2 of 2 translation units", done.err)

    def test_main_file_that_is_not_there(self):
        self.project()
        self.commit()
        os.remove(self.root / "src/two.cpp")
        done = self.run_tool("diff")
        self.assertStatus(done, 3)
        self.assertIn("+++ b/src/one.cpp", done.out)
        self.assertIn("could not be read: src/two.cpp: does not exist", done.err)
        before = self.snapshot(state=True)
        self.assertStatus(self.run_tool("apply"), 3)
        self.assertEqual(self.snapshot(state=True), before)


class Paths(CliTest):
    def test_only_what_was_asked_for(self):
        self.project()
        done = self.run_tool("diff", "src/one.cpp")
        self.assertStatus(done, 1)
        self.assertIn("+++ b/src/one.cpp", done.out)
        self.assertNotIn("src/two.cpp", done.out + done.err)
        done = self.run_tool("diff", "one.cpp", folder="src")
        self.assertIn("+++ b/src/one.cpp", done.out)
        self.assertNotIn("src/two.cpp", done.out)

    def test_a_change_that_reaches_further_is_left(self):
        self.project({
            "include/use.h": '#pragma once\n#include "old.h"\nint use(Old &o);\n',
            "src/use.cpp": '#include "use.h"\nint use(Old &o) { return o.run(); }\n'
                           "int other() { return Old(3).run(); }\n"})
        done = self.run_tool("diff", "src/use.cpp")
        self.assertStatus(done, 1)
        # An overload that nobody calls would compile, and not link.
        self.assertIn("-int other() { return Old(3).run(); }\n", done.out)
        self.assertNotIn("-int use", done.out)
        self.assertIn("src/use.cpp:2:9: parameter: it goes with include/use.h:3, which is "
                      "outside the paths asked for", done.err)
        self.assertNotIn("b/include/use.h", done.out)
        done = self.run_tool("diff", "src/use.cpp", "include")
        self.assertIn("+int use(New &o);\n", done.out)
        self.assertIn("+int use(New &o) { return o.run(); }\n", done.out)

    def test_an_include_that_others_look_through_stays(self):
        self.project({
            "include/use.h": '#pragma once\n#include "old.h"\ninline int use() '
                             "{ return Old(3).run(); }\n",
            "src/one.cpp": '#include "use.h"\nint one() { return Old(1).run(); }\n'})
        done = self.run_tool("diff", "include/use.h")
        self.assertStatus(done, 1)
        self.assertIn("+inline int use() { return New(3, true).run(); }\n", done.out)
        self.assertNotIn('-#include "old.h"', done.out)
        self.assertNotIn("src/one.cpp", done.out)

    def test_check_counts_only_there(self):
        self.project()
        self.assertIn("constructions  constructions      1", self.run_tool("check", "src/one.cpp").out)
        self.assertIn("constructions  constructions      2", self.run_tool("check").out)

    def test_wrong_path(self):
        self.project()
        for command in ("survey", "diff", "apply", "check"):
            self.assertUsage(self.run_tool(command, "nowhere.cpp"),
                             "there is no file or directory 'nowhere.cpp'\n")
        self.assertUsage(self.run_tool("diff", "/usr"), "'/usr' lies outside of ", "--root")

    def test_wrong_root(self):
        self.project()
        self.assertUsage(self.run_tool("diff", "--root", "nowhere"),
                         "nowhere' is not a directory")

    def test_below_a_root(self):
        """From a directory further up, with everything given."""
        self.project()
        done = self.run_tool("diff", "--root", self.root, "-p", self.root / "build", folder="/")
        self.assertStatus(done, 1)
        self.assertIn("+++ b/src/one.cpp", done.out)

    def test_from_a_subdirectory(self):
        self.project()
        self.commit()
        self.assertEqual(self.run_tool("diff", folder="src").out, self.run_tool("diff").out)


class RulesFile(CliTest):
    def refused(self, old, new, *parts):
        self.assertIn(old, RULES)
        self.project()
        self.write("rules.yaml", RULES.replace(old, new))
        for command in ("diff", "apply", "check"):
            self.assertUsage(self.run_tool(command, "--rules", "rules.yaml"), *parts)

    def test_found_upward(self):
        self.project()
        self.assertIn(f"rules: {self.root}/.clang-consolidate.yaml\n",
                      self.run_tool("survey", folder="src").out)

    def test_without_one_the_built_in_ruleset_is_used(self):
        self.project({".clang-consolidate.yaml": None})
        self.assertIn("rules: builtin:execution-engine\n", self.run_tool("survey").out)
        self.assertUsage(self.run_tool("diff"), "error: the header 'netra/",
                         "no .clang-consolidate.yaml was found from here upwards")

    def test_yaml_error_has_a_caret(self):
        self.refused("rewrites:", "rewites:", "rules.yaml:6:1: error: unknown key 'rewites'\n"
                     "rewites:\n^~~~~~~\n  hint: did you mean 'rewrites'?")

    def test_unknown_version(self):
        self.refused("version: 1", "version: 2", "rules.yaml:1:10: error: version 2")

    def test_rule_that_does_not_type_check(self):
        self.refused("New(n, true)", "New(n, true, 3)",
                     "rules.yaml:10:12: error: rewrite 'number', 'after': no matching "
                     "constructor for initialization of 'New'\n  New(n, true, 3)\n  ^")
        self.refused("New(n, true)", "New(m, true)",
                     "rules.yaml:10:16: error: rewrite 'number', 'after': use of undeclared "
                     "identifier 'm'\n  New(m, true)\n      ^")

    def test_rule_that_no_type_will_do_for(self):
        self.refused("given: [int n]\n    before: Old(n)",
                     "given: [typename T, int n]\n    headers: [<vector>]\n"
                     "    before: 'std::vector<T>(n).nope()'",
                     "'before': what this calls is only known in an instantiation; "
                     "instantiated: no member named 'nope' in 'std::vector<T>'")

    def test_rule_for_an_operator(self):
        self.refused("given: [int n]\n    before: Old(n)",
                     "given: ['std::vector<int> &v', int n]\n    headers: [<vector>]\n"
                     "    before: 'v[n]'",
                     "'before': 'before' calls 'operator[]', and only functions that have a "
                     "name can be replaced")

    def test_body_with_a_macro(self):
        self.project({"include/pick.h":
                      '#include <cstddef>\n#define LIMIT 7\n'
                      'inline int pick(int n) { return n > (LIMIT) ? n : -n; }\n'
                      'inline void *nothing() { return NULL; }\n'})
        inlined = "  - name: pick\n    inline: pick\n    headers: [pick.h]\n"
        self.write("rules.yaml", RULES.replace("limits:", inlined + "limits:"))
        for command in ("diff", "apply", "check"):
            self.assertUsage(self.run_tool(command, "--rules", "rules.yaml"),
                             "the body of 'pick' uses the macro 'LIMIT', which may be another "
                             "one where it is called")
        # Those of system headers are the same everywhere.
        inlined = inlined.replace("inline: pick", "inline: nothing")
        self.write("rules.yaml", RULES.replace("limits:", inlined + "limits:"))
        self.assertEqual(self.run_tool("check", "--rules", "rules.yaml").status, 1)

    def test_rule_that_is_no_expression(self):
        self.refused("before: Old(n)", "before: Old(n", "rules.yaml:9:18: error: rewrite "
                     "'number', 'before': expected ')'\n  Old(n\n       ^")

    def test_before_of_another_class(self):
        self.refused("class: Old", "class: Odl", "rules.yaml:9:13: error: rewrite 'number'",
                     "which no 'consolidate' entry lists under 'from'")

    def test_canonical_class_that_is_not_there(self):
        self.refused("into: New", "into: Nwe", "rules.yaml:3:5: error: 'new.h' declares no 'Nwe'\n")

    def test_canonical_header_that_is_not_there(self):
        self.refused("header: new.h", "header: nowhere/new.h",
                     "rules.yaml:3:5: error: the header 'nowhere/new.h' is in no include "
                     "directory of the 2 compile commands in ", "hint: write it as an #include")

    def test_legacy_header_that_is_not_there(self):
        self.refused("header: old.h", "header: nowhere/old.h",
                     "rules.yaml:5:", "the header 'nowhere/old.h' is in no include directory")

    def test_include_target_that_is_not_there(self):
        self.refused("rewrites:", "includes: [{from: gone.h, to: nowhere.h}]\nrewrites:",
                     "rules.yaml:6:", "the header 'nowhere.h' is in no include directory")

    def test_names_that_lead_nowhere(self):
        self.project()
        self.assertUsage(self.run_tool("diff", "--rules", "builtin:execution-engin"),
                         "there is no such built-in ruleset",
                         "did you mean 'builtin:execution-engine'?")
        self.assertUsage(self.run_tool("diff", "--rules", "nowhere.yaml"),
                         "nowhere.yaml: error: cannot read the rules file", "hint: ")
        self.assertUsage(self.run_tool("diff", "--rules", "src"), "is a directory", "hint: ")


class Output(CliTest):
    def test_a_full_disk_is_not_silent(self):
        self.project()
        with open("/dev/full", "wb") as full:
            for command in ("diff", "survey", "check"):
                done = subprocess.run([TOOL, command], cwd=self.root, stdout=full,
                                      stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 2)
                self.assertIn("cannot write to standard output: No space left", done.stderr)


if __name__ == "__main__":
    unittest.main()
