"""A small C++ project, and the tool run in it as a user runs it."""

import json
import os
import pty
import select
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
TOOL = os.environ.get("CONSOLIDATE_TOOL") or str(
    SOURCE / "build/dev/bin/clang-consolidate")

RULES = """\
version: 1
consolidate:
  - into: New
    header: new.h
    from: [{class: Old, header: old.h}]
rewrites:
  - name: number
    given: [int n]
    before: Old(n)
    after: New(n, true)
limits:
  - {name: constructions, count: constructions, max: 0}
"""

# What build services set.
CI = ("CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID")

# Two translation units, three uses, no standard header: quick to parse.
FILES = {
    ".clang-consolidate.yaml": RULES,
    "include/old.h": "#pragma once\nstruct Old {\n  Old(int n);\n  int run() const;\n};\n",
    "include/new.h": "#pragma once\nstruct New {\n  New(int n, bool b);\n  int run() const;\n};\n",
    "src/one.cpp": '#include "old.h"\n\nint one() { return Old(1).run(); }\n',
    "src/two.cpp": '#include "old.h"\n\n'
                   'int two() {\n  Old legacy(2); // an Old friend\n'
                   '  const char *text = "Old(2)";\n'
                   "  return legacy.run() + (text != nullptr);\n}\n",
}


class Done:
    """What a run left: status, stdout and stderr as text."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __repr__(self):
        return f"status {self.status}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class CliTest(unittest.TestCase):
    """Each test gets an empty directory, `self.root`, outside any git."""

    maxDiff = None

    def setUp(self):
        self.root = Path(os.path.realpath(tempfile.mkdtemp(prefix="consolidate-")))
        self.addCleanup(self.remove)
        cache = tempfile.TemporaryDirectory(prefix="consolidate-cache-")
        self.addCleanup(cache.cleanup)
        self.cache = Path(cache.name)

    def remove(self):
        for folder, _, _ in os.walk(self.root):
            os.chmod(folder, 0o755)
        shutil.rmtree(self.root)

    # --- The project -------------------------------------------------------

    def write(self, name, text):
        """Writes str or bytes, making the folders on the way."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name):
        return (self.root / name).read_bytes()

    def project(self, files=None, build="build"):
        """Writes FILES with `files` over them (None takes one away), and a
        compile_commands.json with every .cpp file."""
        for name, text in (FILES | (files or {})).items():
            if text is not None:
                self.write(name, text)
        self.database(build)

    def database(self, build="build"):
        sources = sorted(p.relative_to(self.root) for p in self.root.rglob("*.cpp"))
        self.write(f"{build}/compile_commands.json", json.dumps([
            {"directory": str(self.root), "file": str(source),
             "command": f"clang++ -std=c++17 -Iinclude -c {source}"}
            for source in sources]))

    def git(self, *words, folder="."):
        return subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@localhost",
             "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", *words],
            cwd=self.root / folder, check=True, capture_output=True).stdout

    def commit(self, folder="."):
        self.git("init", "-q", folder=folder)
        self.git("add", "-A", folder=folder)
        self.git("commit", "-q", "-m", "before", folder=folder)

    def snapshot(self, state=False):
        """Bytes, permissions and links of everything, but for git's own files
        and, without `state`, those of the journal."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            name = str(path.relative_to(self.root))
            if ".git" in path.parts or not state and ".clang-consolidate" in path.parts:
                continue
            if path.is_symlink():
                found[name] = os.readlink(path)
            elif path.is_file():
                found[name] = (path.stat().st_mode, path.read_bytes())
        return found

    # --- Running -----------------------------------------------------------

    def command(self, words, folder, environment):
        env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM", *CI)}
        return {"args": [TOOL, *map(str, words)], "cwd": self.root / folder,
                "env": env | {"TERM": "xterm", "XDG_CACHE_HOME": str(self.cache)}
                | environment}

    def run_tool(self, *words, folder=".", **environment):
        done = subprocess.run(**self.command(words, folder, environment),
                              capture_output=True)
        return Done(done.returncode, done.stdout.decode(errors="surrogateescape"),
                    done.stderr.decode(errors="surrogateescape"))

    def run_on_terminal(self, *words, out=True, err=True, folder=".", **environment):
        """The same with stdout, stderr or both a terminal."""
        ends = {name: pty.openpty() for name, wanted in
                (("stdout", out), ("stderr", err)) if wanted}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        streams |= {name: slave for name, (_, slave) in ends.items()}
        process = subprocess.Popen(**self.command(words, folder, environment), **streams)
        masters = {name: master for name, (master, _) in ends.items()}
        for _, slave in ends.values():
            os.close(slave)
        for name in ("stdout", "stderr"):
            if name not in masters:
                masters[name] = getattr(process, name).fileno()
        text = {name: b"" for name in masters}
        open_ends = {fd: name for name, fd in masters.items()}
        while open_ends:
            for fd in select.select(list(open_ends), [], [])[0]:
                try:
                    some = os.read(fd, 65536)
                except OSError:  # a terminal whose other end is closed
                    some = b""
                text[open_ends[fd]] += some
                if not some:
                    del open_ends[fd]
        status = process.wait()
        for name, fd in masters.items():
            if name in ends:
                os.close(fd)
            else:
                getattr(process, name).close()
        return Done(status, text["stdout"].decode(), text["stderr"].decode())

    # --- Judging -----------------------------------------------------------

    def assertStatus(self, done, status):
        self.assertEqual(done.status, status, done)

    def assertUsage(self, done, *parts):
        """Status 2, nothing on stdout, and each part of the message."""
        self.assertStatus(done, 2)
        self.assertEqual(done.out, "")
        for part in parts:
            self.assertIn(part, done.err)
