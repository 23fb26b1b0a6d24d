#!/usr/bin/env python3
"""Ctrl-C, and a compiler that crashes."""

import os
import shutil
import signal
import subprocess
import time
import unittest

from support import CliTest, Done


class Interrupt(CliTest):
    """SIGINT, as Ctrl-C sends it, at many moments of a run."""

    def setUp(self):
        super().setUp()
        # A few hundred files to write, and a scan that takes a moment.
        self.files = {f"src/user{i}.cpp": '#include "old.h"\n\n'
                      f"int user{i}() {{ return Old({i}).run(); }}\n" for i in range(300)}
        self.project(self.files)

    def start(self, *words):
        return subprocess.Popen(
            **self.command(words, ".", {"TMPDIR": str(self.cache)}),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, process):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        return Done(process.returncode, out.decode(), err.decode())

    def test_during_scan(self):
        before = self.snapshot(state=True)
        for after in 0.05, 0.2, 0.5:
            process = self.start("diff", "--no-cache", "-j1")
            time.sleep(after)
            done = self.finish(process)
            self.assertEqual(done.status, -signal.SIGINT, done.err)
            self.assertEqual(done.out, "")
            self.assertTrue(self.snapshot(state=True) == before)
            self.assertEqual(os.listdir(self.cache), [])

    def test_while_files_are_written(self):
        """All of them are, and nothing lies beside them."""
        self.run_tool("diff")  # so that apply has little else to do
        before = self.snapshot()
        self.assertStatus(self.run_tool("apply"), 0)
        after = self.snapshot()
        for delay in 0, 0.005, 0.02:
            self.assertStatus(self.run_tool("undo"), 0)
            self.assertTrue(self.snapshot() == before)
            shutil.rmtree(self.root / ".clang-consolidate")
            process = self.start("apply")
            while process.poll() is None and not (self.root / ".clang-consolidate").exists():
                time.sleep(0.001)
            time.sleep(delay)
            done = self.finish(process)
            self.assertIn(done.status, (-signal.SIGINT, 0))
            self.assertIn("wrote 302 files", done.out)
            self.assertTrue(self.snapshot() == after, "some files are written, others not")


class Crash(CliTest):
    """`#pragma clang __debug` makes the real parser crash."""

    def test_one_unit_and_not_the_run(self):
        for how in "crash", "parser_crash", "llvm_fatal_error":
            with self.subTest(how):
                self.project({"src/bad.cpp": '#include "old.h"\n'
                              f"#pragma clang __debug {how}\nint bad() {{ return Old(3).run(); }}\n"})
                done = self.run_tool("diff")
                self.assertStatus(done, 3)
                self.assertIn("not parsed cleanly: src/bad.cpp", done.err)
                self.assertIn("Clang crashed while parsing this translation unit", done.err)
                self.assertIn("New(1, true)", done.out)
                self.assertIn("New legacy(2, true)", done.out)
                self.assertNotIn("src/bad.cpp", done.out)
                before = self.snapshot()
                refused = self.run_tool("apply")
                self.assertStatus(refused, 3)
                self.assertIn("nothing was written", refused.err)
                self.assertEqual(self.snapshot(), before)


    def test_stack_that_overflows(self):
        """The handler of the signal needs a stack of its own."""
        self.project({"src/bad.cpp": '#include "old.h"\n'
                      f"int bad(int a) {{ return Old(3).run(){' + a' * 100000}; }}\n"})
        done = self.run_tool("diff")
        self.assertStatus(done, 3)
        self.assertIn("Clang crashed while parsing this translation unit", done.err)
        self.assertIn("New(1, true)", done.out)


class Memory(CliTest):
    def peak(self, count):
        """MiB of one run over that many TUs, one after another."""
        self.project({f"src/user{i}.cpp": '#include "old.h"\n#include <limits>\n'
                      f"int user{i}() {{ return Old({i}).run(); }}\n" for i in range(count)})
        process = subprocess.Popen(
            **self.command(["diff", "--no-cache", "-j1"], ".", {}),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        return usage.ru_maxrss / 1024

    def test_does_not_grow_with_the_number_of_units(self):
        """Every TU mentions the class, and so is parsed, and twice."""
        few, many = self.peak(8), self.peak(64)
        # 56 ASTs would be hundreds of MiB; findings are a few KiB each.
        self.assertLess(many, few + 32)


if __name__ == "__main__":
    unittest.main()
