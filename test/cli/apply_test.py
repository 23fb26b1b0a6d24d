#!/usr/bin/env python3
"""apply and undo: all or nothing, what is refused, and every byte."""

import json
import os
import unittest

from support import FILES, RULES, CliTest


class Apply(CliTest):
    def test_apply_then_nothing_then_undo(self):
        self.project()
        os.chmod(self.root / "src/one.cpp", 0o640)
        os.chmod(self.root / "src/two.cpp", 0o755)
        self.commit()
        before = self.snapshot()
        done = self.run_tool("apply")
        self.assertStatus(done, 0)
        self.assertEqual(done.out, "wrote 2 files: 4 lines added, 4 removed\n")
        self.assertIn(b"New(1, true)", self.read("src/one.cpp"))
        after = self.snapshot()
        self.assertEqual({k: v[0] for k, v in after.items()},
                         {k: v[0] for k, v in before.items()})
        self.assertEqual({k for k in after if after[k] != before[k]},
                         {"src/one.cpp", "src/two.cpp"})

        done = self.run_tool("diff")
        self.assertEqual((done.status, done.out), (0, ""), done)
        done = self.run_tool("apply", "--allow-dirty")
        self.assertEqual((done.status, done.out), (0, "nothing to write\n"), done)
        self.assertEqual(self.snapshot(), after)

        done = self.run_tool("undo")
        self.assertEqual((done.status, done.out, done.err), (0, "restored 2 files\n", ""))
        self.assertEqual(self.snapshot(), before)

    def test_git_never_sees_the_journal(self):
        self.project()
        self.commit()
        self.run_tool("apply")
        self.assertEqual(self.git("status", "--short").decode(),
                         " M src/one.cpp\n M src/two.cpp\n")

    def test_undo_from_anywhere_below(self):
        self.project()
        before = self.snapshot()
        self.assertStatus(self.run_tool("apply", folder="include"), 0)
        self.assertStatus(self.run_tool("undo", folder="src"), 0)
        self.assertEqual(self.snapshot(), before)

    def test_undo_needs_no_rules_and_no_database(self):
        self.project()
        before = self.snapshot()
        self.assertStatus(self.run_tool("apply"), 0)
        self.write(".clang-consolidate.yaml", "no: rules\n")
        os.remove(self.root / "build/compile_commands.json")
        self.assertStatus(self.run_tool("undo"), 0)
        for name in ("src/one.cpp", "src/two.cpp"):
            self.assertEqual(self.read(name), before[name][1])

    def test_two_applies_are_undone_one_by_one(self):
        self.project()
        before = self.snapshot()
        self.assertStatus(self.run_tool("apply", "src/one.cpp"), 0)
        between = self.snapshot()
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertStatus(self.run_tool("undo"), 0)
        self.assertEqual(self.snapshot(), between)
        self.assertStatus(self.run_tool("undo"), 0)
        self.assertEqual(self.snapshot(), before)

    def test_nothing_to_undo(self):
        self.project()
        self.assertUsage(self.run_tool("undo"), "nothing to undo: no apply is recorded in ")
        self.assertFalse((self.root / ".clang-consolidate").exists())
        self.run_tool("apply")
        self.run_tool("undo")
        self.assertUsage(self.run_tool("undo"), "nothing to undo")

    def test_undo_after_a_file_changed(self):
        self.project()
        self.run_tool("apply")
        self.write("src/two.cpp", self.read("src/two.cpp") + b"// mine\n")
        before = self.snapshot()
        self.assertUsage(self.run_tool("undo"), "refusing to undo", "nothing was written",
                         "changed since they were applied", "\n    src/two.cpp")
        self.assertEqual(self.snapshot(), before)

    def test_a_killed_run_is_brought_to_its_end(self):
        """All renames done, the manifest not: what a kill leaves there. The
        other moments are those of the unit tests of Output."""
        self.project()
        before = self.snapshot()
        self.run_tool("apply")
        after = self.snapshot()
        manifest, = (self.root / ".clang-consolidate/journal").glob("*/manifest.json")
        told = json.loads(manifest.read_text())
        self.assertEqual(told["state"], "applied")
        manifest.write_text(json.dumps(told | {"state": "renaming"}))
        done = self.run_tool("check")
        self.assertStatus(done, 0)
        self.assertIn("an earlier run was killed while it wrote", done.err)
        self.assertEqual(self.snapshot(), after)
        self.assertNotIn("killed", self.run_tool("diff").err)
        manifest.write_text(json.dumps(told | {"state": "renaming"}))
        self.write("src/two.cpp", before["src/two.cpp"][1])  # not yet renamed
        self.assertIn("an earlier run was killed", self.run_tool("diff").err)
        self.assertEqual(self.snapshot(), before)


class Refused(CliTest):
    def refused(self, *parts, words=()):
        before = self.snapshot()
        done = self.run_tool("apply", *words)
        self.assertUsage(done, "refusing to apply, nothing was written:", *parts)
        self.assertEqual(self.snapshot(), before)
        return done

    def test_uncommitted_changes(self):
        self.project()
        self.commit()
        self.write("src/two.cpp", FILES["src/two.cpp"] + "// mine\n")
        self.write("src/new.cpp", FILES["src/one.cpp"].replace("one", "fresh"))
        self.database()
        done = self.refused("uncommitted changes (commit or stash them first, or pass "
                            "--allow-dirty)", ":\n    src/new.cpp (untracked)\n",
                            "    src/two.cpp (modified)")
        self.assertNotIn("src/one.cpp (", done.err)
        before = self.snapshot()
        done = self.run_tool("apply", "--allow-dirty")
        self.assertStatus(done, 0)
        self.assertTrue(self.read("src/two.cpp").endswith(b"// mine\n"))
        self.assertStatus(self.run_tool("undo"), 0)
        self.assertEqual(self.snapshot(), before)

    def test_read_only_file(self):
        self.project()
        self.commit()
        os.chmod(self.root / "src/two.cpp", 0o444)
        self.refused("read-only (make them writable with `chmod u+w`", "    src/two.cpp\n")
        self.refused("    src/two.cpp\n", words=["--allow-dirty"])


class Trouble(CliTest):
    """What could not be parsed, and what would not compile."""

    BAD = '#include "old.h"\nint bad() { return nowhere; }\nint more() { return Old(3).run(); }\n'

    def test_a_unit_that_does_not_parse(self):
        self.project({"src/bad.cpp": self.BAD})
        self.commit()
        done = self.run_tool("diff")
        self.assertStatus(done, 3)
        self.assertIn("+++ b/src/one.cpp", done.out)
        self.assertIn("not parsed cleanly: src/bad.cpp: src/bad.cpp:2: use of undeclared "
                      "identifier 'nowhere'", done.err)

        before = self.snapshot(state=True)
        done = self.run_tool("apply")
        self.assertEqual((done.status, done.out), (3, ""), done)
        self.assertIn("nothing was written: the translation units above did not parse", done.err)
        self.assertEqual(self.snapshot(state=True), before)

        # The reason is told also to whoever wants to hear little.
        done = self.run_tool("apply", "--quiet")
        self.assertStatus(done, 3)
        self.assertIn("not parsed cleanly: src/bad.cpp", done.err)

        done = self.run_tool("apply", "--keep-going")
        self.assertStatus(done, 3)
        self.assertIn("wrote ", done.out)
        self.assertIn(b"New(1, true)", self.read("src/one.cpp"))

    def test_check_with_a_unit_that_does_not_parse(self):
        self.project({"src/bad.cpp": self.BAD})
        done = self.run_tool("check")
        self.assertStatus(done, 1)  # broken whatever could not be seen
        self.write(".clang-consolidate.yaml", RULES.replace("max: 0", "max: 9"))
        done = self.run_tool("check")
        self.assertStatus(done, 3)
        self.assertIn("not seen: 1 translation unit does not compile", done.out)
        self.assertIn("src/bad.cpp:2", done.out)

    def test_check_statuses(self):
        self.project()
        self.assertStatus(self.run_tool("check"), 1)
        self.write(".clang-consolidate.yaml", RULES.replace("max: 0", "max: 2"))
        self.assertStatus(self.run_tool("check"), 0)

    def test_what_would_not_compile_is_dropped_and_named(self):
        self.project({
            "include/new.h": FILES["include/new.h"].replace("  int run", "  int more;\n  int run"),
            "src/one.cpp": '#include "old.h"\nstatic_assert(sizeof(Old) == 1, "small");\n'
                           "int one() { return Old(1).run(); }\n"})
        self.commit()
        done = self.run_tool("diff")
        self.assertStatus(done, 4)
        self.assertIn("dropped by verification: 1 cluster\n  src/one.cpp:2:22: ",
                      done.err)
        self.assertIn("src/one.cpp:2: static assertion failed", done.err)
        self.assertIn(" static_assert(sizeof(Old) == 1", done.out)
        self.assertIn("+int one() { return New(1, true).run(); }\n", done.out)
        quiet = self.run_tool("diff", "-q")
        self.assertStatus(quiet, 4)
        self.assertIn("src/one.cpp:2:22", quiet.err)
        found = json.loads(self.run_tool("diff", "--format=json").out)
        dropped = [c for c in found["clusters"] if c["status"] == "dropped"
                   and "static assertion" in c["reason"]]
        self.assertEqual(len(dropped), 1)

        done = self.run_tool("apply")
        self.assertStatus(done, 4)
        self.assertIn("wrote 2 files", done.out)
        self.assertIn(b"sizeof(Old) == 1", self.read("src/one.cpp"))
        # Still there, still named.
        self.assertStatus(self.run_tool("diff"), 4)


class Bytes(CliTest):
    """Outside the edits nothing changes."""

    def applied(self, before, after):
        """`src/one.cpp` before, and what it must be after; then back."""
        self.project({"src/one.cpp": before, "src/two.cpp": None})
        done = self.run_tool("diff")
        self.assertStatus(done, 1)
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertEqual(self.read("src/one.cpp"), after)
        self.assertStatus(self.run_tool("diff"), 0)
        self.assertStatus(self.run_tool("undo"), 0)
        self.assertEqual(self.read("src/one.cpp"), before)

    def test_crlf(self):
        self.applied(b'#include "old.h"\r\n\r\nint one() {\r\n  return Old(1).run();\r\n}\r\n',
                     b'#include "new.h"\r\n\r\nint one() {\r\n  return New(1, true).run();\r\n}\r\n')

    def test_crlf_and_an_added_include(self):
        before = (b'#include "other.h"\r\n#include "old.h"\r\n'
                  b"static_assert(sizeof(Helper) == 1, \"\");\r\nint one() { return Old(1).run(); }\r\n")
        self.write("include/other.h", "#pragma once\n")
        self.write("include/old.h", FILES["include/old.h"] + "struct Helper {};\n")
        self.project({"include/old.h": FILES["include/old.h"] + "struct Helper {};\n",
                      "include/other.h": "#pragma once\n",
                      "src/one.cpp": before, "src/two.cpp": None})
        self.assertStatus(self.run_tool("apply"), 0)
        after = self.read("src/one.cpp")
        self.assertIn(b'#include "new.h"\r\n', after)
        self.assertIn(b'#include "old.h"\r\n', after)
        self.assertEqual(after.count(b"\n"), after.count(b"\r\n"))

    def test_mixed_line_endings(self):
        self.applied(b'#include "old.h"\n\r\nint one() {\r\n  return Old(1).run();\n}\r\n',
                     b'#include "new.h"\n\r\nint one() {\r\n  return New(1, true).run();\n}\r\n')

    def test_byte_order_mark(self):
        self.applied(b'\xef\xbb\xbf#include "old.h"\nint one() { return Old(1).run(); }\n',
                     b'\xef\xbb\xbf#include "new.h"\nint one() { return New(1, true).run(); }\n')

    def test_no_final_newline(self):
        self.applied(b'#include "old.h"\nint one() { return Old(1).run(); }',
                     b'#include "new.h"\nint one() { return New(1, true).run(); }')

    def test_not_utf8(self):
        self.applied(b'#include "old.h"\n// caf\xe9 \xff\xfe\nint one() { return Old(1).run(); } // \xe9\n',
                     b'#include "new.h"\n// caf\xe9 \xff\xfe\nint one() { return New(1, true).run(); } // \xe9\n')

    def test_trailing_blanks_and_tabs(self):
        self.applied(b'#include "old.h"  \n\t\nint one() {\t\n\treturn Old(1).run();   \n}\n\n\n',
                     b'#include "new.h"  \n\t\nint one() {\t\n\treturn New(1, true).run();   \n}\n\n\n')

    def test_git_apply_takes_all_of_these(self):
        self.project({
            "src/crlf.cpp": b'#include "old.h"\r\n\r\nint crlf() { return Old(1).run(); }\r\n',
            "src/bom.cpp": b'\xef\xbb\xbf#include "old.h"\nint bom() { return Old(1).run(); }\n',
            "src/open.cpp": b'#include "old.h"\nint open() { return Old(1).run(); }',
            "src/latin.cpp": b'#include "old.h"\n// \xe9\nint latin() { return Old(1).run(); }\n'})
        self.commit()
        done = self.run_tool("diff")
        self.write("the.patch", done.out.encode(errors="surrogateescape"))
        self.git("apply", "the.patch")
        by_git = self.snapshot()
        self.git("checkout", "-q", ".")
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertEqual(self.snapshot(), by_git)


class Links(CliTest):
    def test_a_header_through_a_link_is_edited_once(self):
        self.project({
            "include/real/use.h": '#pragma once\n#include "old.h"\n'
                                  "inline int use() { return Old(5).run(); }\n",
            "src/one.cpp": '#include "link.h"\nint one() { return use(); }\n',
            "src/two.cpp": '#include "real/use.h"\nint two() { return use(); }\n'})
        os.symlink("real/use.h", self.root / "include/link.h")
        before = self.snapshot()
        done = self.run_tool("diff")
        self.assertEqual(done.out.count("+inline int use() { return New(5, true).run(); }\n"), 1)
        self.assertNotIn("link.h", done.out)
        self.assertStatus(self.run_tool("apply"), 0)
        self.assertEqual(os.readlink(self.root / "include/link.h"), "real/use.h")
        self.assertEqual(self.read("include/real/use.h").decode(),
                         '#pragma once\n#include "new.h"\n'
                         "inline int use() { return New(5, true).run(); }\n")
        self.assertStatus(self.run_tool("undo"), 0)
        self.assertEqual(self.snapshot(), before)

    def test_a_root_through_a_link(self):
        self.project()
        other = self.root / "elsewhere"
        os.symlink(self.root, other)
        done = self.run_tool("diff", folder="elsewhere")
        self.assertStatus(done, 1)
        self.assertIn("+++ b/src/one.cpp\n", done.out)
        self.assertEqual(done.out.count("+++ "), 2)


if __name__ == "__main__":
    unittest.main()
