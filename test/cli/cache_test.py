#!/usr/bin/env python3
"""What one run finds is kept for the next, and never when something changed."""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import unittest

from support import FILES, TOOL, CliTest


def kept(done):
    """How many parses, of scan and verification, an earlier run made."""
    found = re.search(r"; (\d+) of these were kept from an earlier run", done.err)
    return int(found[1]) if found else 0


class Cache(CliTest):
    def setUp(self):
        super().setUp()
        self.project()

    def diff(self, *words, **environment):
        return self.run_tool("diff", *words, **environment)

    def test_second_run_parses_nothing(self):
        first = self.diff()
        self.assertEqual(kept(first), 0)
        second = self.diff()
        self.assertEqual(kept(second), 4)
        self.assertEqual(second.out, first.out)
        self.assertEqual(second.err.replace("; 4 of these were kept from an earlier run", ""),
                         first.err)

    def test_apply_uses_what_diff_kept(self):
        self.diff()
        done = self.run_tool("apply")
        self.assertStatus(done, 0)
        self.assertEqual(kept(done), 4)
        self.assertIn(b"New(1, true)", self.read("src/one.cpp"))
        self.assertEqual(self.diff().out, "")

    def test_another_build(self):
        """It has the same version and may find something else."""
        self.diff()
        other = self.root / "other-build"
        shutil.copy(TOOL, other)
        os.utime(other, (1, 1))
        done = subprocess.run(**self.command(["diff"], ".", {}) | {"executable": other},
                              capture_output=True, text=True)
        self.assertIn("New(1, true)", done.stdout)
        self.assertNotIn("kept from an earlier run", done.stderr)
        self.assertEqual(kept(self.diff()), 4)

    def test_touched_source(self):
        """Its scan and its verification; the other file stays as it was."""
        first = self.diff()
        self.write("src/one.cpp", FILES["src/one.cpp"] + "// more\n")
        second = self.diff()
        self.assertEqual(kept(second), 2)
        self.assertEqual(second.out.count("+New"), first.out.count("+New"))
        self.assertIn("// more", second.out + self.read("src/one.cpp").decode())

    def test_touched_header(self):
        self.diff()
        self.write("include/old.h", FILES["include/old.h"].replace("int run", "long run"))
        done = self.diff()
        self.assertEqual(kept(done), 0)
        self.assertIn("New(1, true)", done.out)

    def test_parent_of_a_linked_directory(self):
        """`link/..` is the directory above what the link leads to; compilers found
        in a linked /bin name their headers so."""
        (self.root / "real/deep").mkdir(parents=True)
        (self.root / "link").symlink_to("real/deep")
        self.write("real/more/std.h", "#pragma once\n")
        self.write("include/old.h", '#include "std.h"\n' + FILES["include/old.h"])
        path = self.root / "build/compile_commands.json"
        path.write_text(path.read_text().replace("-Iinclude", "-Iinclude -Ilink/../more"))
        first = self.diff()
        self.assertEqual(kept(first), 0)
        self.assertEqual(kept(self.diff()), 4)
        self.write("real/more/std.h", "#pragma once\nint more;\n")
        self.assertEqual(kept(self.diff()), 0)

    def test_bytes_count_and_not_times(self):
        self.diff()
        for name, text in FILES.items():
            self.write(name, text)
        self.assertEqual(kept(self.diff()), 4)

    def test_header_that_only_the_rules_read(self):
        """Whether `after` compiles depends on new.h, which no source includes."""
        self.diff()
        self.write("include/new.h", FILES["include/new.h"].replace("bool b", "char *b"))
        done = self.diff()
        self.assertUsage(done, "no matching constructor for initialization of 'New'")

    def test_other_rules_flags_and_options(self):
        self.diff()
        self.assertEqual(kept(self.diff("--unsafe")), 0)
        self.write(".clang-consolidate.yaml", FILES[".clang-consolidate.yaml"] + "# more\n")
        self.assertEqual(kept(self.diff()), 0)
        self.write("build/compile_commands.json",
                   self.read("build/compile_commands.json").replace(b"-std=c++17", b"-std=c++20"))
        self.assertEqual(kept(self.diff()), 0)
        self.assertEqual(kept(self.diff()), 4)

    def test_scan_is_not_taken_for_a_verification(self):
        """The same file, with other bytes in memory."""
        self.diff()
        self.write("include/new.h", FILES["include/new.h"].replace(
            "int run() const;", "int run() const;  // a comment"))
        done = self.diff()
        self.assertStatus(done, 1)
        self.assertEqual(kept(done), 0)

    def test_header_behind_a_link(self):
        (self.root / "include/old.h").rename(self.root / "real.h")
        (self.root / "include/old.h").symlink_to("../real.h")
        self.diff()
        self.assertGreater(kept(self.diff()), 0)
        self.write("real.h", FILES["include/old.h"].replace("int run", "long run"))
        self.assertEqual(kept(self.diff()), 0)
        self.write("other.h", "#error this is another header\n" + FILES["include/old.h"])
        (self.root / "include/old.h").unlink()
        (self.root / "include/old.h").symlink_to("../other.h")
        self.assertStatus(self.diff(), 3)

    def test_missing_files_are_not_kept(self):
        self.write("src/one.cpp", '#include "made.h"\n' + FILES["src/one.cpp"])
        first = self.diff()
        self.assertStatus(first, 3)
        self.assertIn("made.h", first.err)
        self.write("include/made.h", "#pragma once\n")
        second = self.diff()
        self.assertStatus(second, 1)
        self.assertIn("New(1, true)", second.out)

    def test_other_errors_are_kept(self):
        self.write("src/one.cpp", FILES["src/one.cpp"] + "int x = undeclared;\n")
        self.assertStatus(self.diff(), 3)
        second = self.diff()
        self.assertStatus(second, 3)
        self.assertIn("undeclared", second.err)
        self.assertGreater(kept(second), 0)

    def test_what_is_dropped_is_not_tried_again(self):
        """The parses that found out that an edit would not compile."""
        self.write("src/two.cpp", FILES["src/two.cpp"] +
                   "struct Big { Old old; };\nstatic_assert(sizeof(Big) == 1);\n")
        self.write("include/new.h", FILES["include/new.h"].replace(
            "int run() const;", "int run() const;\n  int more;"))
        first = self.diff()
        self.assertIn("would not compile", first.err)
        parses = re.search(r"parsed (\d+) of .*; (\d+) parsed again", first.err)
        self.assertGreaterEqual(kept(self.diff()), int(parses[1]) + int(parses[2]))

    def test_without_a_cache(self):
        self.diff("--no-cache")
        self.assertEqual(list(self.cache.iterdir()), [])
        self.diff()
        self.assertEqual(kept(self.diff("--no-cache")), 0)
        self.assertEqual(kept(self.diff("--cache", str(self.cache / "elsewhere"))), 0)
        self.assertTrue((self.cache / "elsewhere/cache.sqlite").exists())

    def test_damaged_cache(self):
        first = self.diff()
        path = next(self.cache.rglob("cache.sqlite"))
        path.write_bytes(b"this is no database" * 1000)
        self.assertEqual(self.diff().out, first.out)
        self.assertEqual(kept(self.diff()), 4)

    def test_cache_that_cannot_be_written(self):
        self.write("file", "")
        done = self.diff("--cache", "file/below")
        self.assertStatus(done, 1)
        self.assertIn("cannot make the cache directory", done.err)
        self.assertIn("going on without", done.err)

    def test_runs_at_the_same_time(self):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            runs = list(pool.map(lambda _: self.diff(), range(4)))
        self.assertEqual({run.status for run in runs}, {1})
        self.assertEqual(len({run.out for run in runs}), 1)
        self.assertEqual(kept(self.diff()), 4)

    def test_check_and_explain(self):
        first = self.run_tool("check", "--format", "json")
        self.assertEqual(json.loads(self.run_tool("check", "--format", "json").out),
                         json.loads(first.out))


class Since(CliTest):
    def setUp(self):
        super().setUp()
        self.project()
        self.commit()

    def test_only_what_has_changed(self):
        self.write("src/one.cpp", FILES["src/one.cpp"] + "// more\n")
        done = self.run_tool("diff", "--since", "HEAD")
        self.assertStatus(done, 1)
        self.assertIn("src/one.cpp", done.out)
        self.assertNotIn("src/two.cpp", done.out)

    def test_untracked_and_committed(self):
        self.write("src/new.cpp", FILES["src/one.cpp"].replace("one", "new_one"))
        self.database()
        self.assertIn("src/new.cpp", self.run_tool("diff", "--since", "HEAD").out)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "more")
        self.assertNotIn("src/new.cpp", self.run_tool("diff", "--since", "HEAD").out)
        done = self.run_tool("diff", "--since", "HEAD~1", "src")
        self.assertIn("src/new.cpp", done.out)
        self.assertNotIn("src/one.cpp", done.out)

    def test_nothing_has_changed(self):
        done = self.run_tool("diff", "--since", "HEAD")
        self.assertStatus(done, 0)
        self.assertEqual(done.out, "")
        self.assertIn("nothing in the scope has changed since 'HEAD'\n", done.err)

    def test_no_such_revision(self):
        self.assertUsage(self.run_tool("diff", "--since", "nowhere"),
                         "git knows no revision 'nowhere'")

    def test_no_repository(self):
        self.run_tool("diff")
        shutil.rmtree(self.root / ".git")
        self.assertUsage(self.run_tool("diff", "--since", "HEAD"), "is in no git work tree")


if __name__ == "__main__":
    unittest.main()
