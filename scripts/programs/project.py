"""Writes programs as one project: many in a translation unit, so that a run is
fast; each has a namespace, headers and rules of its own."""

import json
import re
import shutil

from .program import Program
from .tree import render

TRACE = """#pragma once
#include <any>
#include <array>
#include <cstdio>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace trace {
struct Hidden {};
inline void line(const char *text) { std::printf("%s\\n", text); }
inline void print(const std::string &s) { std::printf(" %s", s.c_str()); }
inline void print(const char *s) { std::printf(" %s", s); }
template <typename N> std::enable_if_t<std::is_arithmetic_v<N>> print(N n) {
  std::printf(" %ld", static_cast<long>(n));
}
template <typename O>
  requires(std::is_class_v<O> && !std::is_convertible_v<O, std::string>)
void print(const O &o) {
  if constexpr (requires { o.id; })
    std::printf(" %d", o.id);
  else
    std::printf(" of %ld", static_cast<long>(o.size()));
}
template <typename... A> void made(const A &...a) {
  std::printf("made");
  (print(a), ...);
  std::printf("\\n");
}
} // namespace trace

template <typename T> void use(const T &t) {
  std::printf("use");
  trace::print(t);
  std::printf("\\n");
}
inline bool flag_() { return true; }
"""
MARK = re.compile(r"^//@ (\S+)\n", re.M)
FLAGS = ["-std=c++20", "-Wno-everything", "-Werror=vexing-parse", "-Werror=dangling",
         "-Werror=return-stack-address", "-Werror=dangling-field"]


class Project:
    def __init__(self, seed, numbers, per_unit, templates, aliases):
        self.programs = [Program(seed, n, templates, aliases) for n in numbers]
        self.batches = [self.programs[i:i + per_unit]
                        for i in range(0, len(self.programs), per_unit)]
        self.pieces = {}   # path -> [(mark, nodes, program)]
        self.texts = {}    # path -> text before
        self.places = {}   # path -> [(offset, site, mark)]
        self._compose()

    def _compose(self):
        self.texts["trace.h"] = TRACE
        for p in self.programs:
            family = p.family
            self.texts[f"{p.ns}/parts.h"] = family.parts()
            self.texts[f"{p.ns}/new.h"] = family.new_header()
            self.texts[f"{p.ns}/twin.h"] = family.twin_header()
            self.texts[f"{p.ns}/functions.h"] = family.functions_header()
            for one in family.legacy:
                self.texts[f"{p.ns}/{one.header}"] = family.old_header(one)
            self._write_marked(f"{p.ns}/use.h", "#pragma once\n" + self._includes([p]), p.chunk("use.h"), p)
        for number, batch in enumerate(self.batches):
            for part in "ab":
                path = f"t{number}_{part}.cpp"
                text = self._includes(batch) + "".join(
                    f'#include "{p.ns}/use.h"\n' for p in batch)
                self._write_marked(path, text, None, None)
                for p in batch:
                    self._write_marked(path, "", p.chunk(part), p)
            runs = "".join(f"namespace {p.ns} {{ void run_a(); void run_b(); }}\n" for p in batch)
            calls = "".join(f"  {p.ns}::run_a();\n  {p.ns}::run_b();\n" for p in batch)
            self.texts[f"t{number}_main.cpp"] = runs + "int main() {\n" + calls + "}\n"

    @staticmethod
    def _includes(programs):
        text = '#include "trace.h"\n'
        for p in programs:
            text += "".join(f'#include "{p.ns}/{one.header}"\n' for one in p.family.legacy)
            text += f'#include "{p.ns}/twin.h"\n#include "{p.ns}/functions.h"\n'
            if p.number % 4 == 0:
                text += f'#include "{p.ns}/new.h"\n'
        return text + "\n"

    def _write_marked(self, path, start, chunk, program):
        text = self.texts.get(path, "") + start
        for _, mark, body in chunk or []:
            text += f"//@ {mark}\n"
            places = []
            written = render(body, None, places)
            offset = len(text.encode())
            for at, site in places:
                self.places.setdefault(path, []).append(
                    (offset + len(written[:at].encode()), site, mark))
            text += written
            self.pieces.setdefault(path, []).append((mark, body, program))
        self.texts[path] = text

    def rules(self):
        return ("version: 1\nconsolidate:\n" + "".join(p.family.consolidate() for p in self.programs)
                + "rewrites:\n" + "".join(p.family.rewrites() for p in self.programs)
                + "scope: {exclude: ['*/functions.h']}\n")

    def units(self):
        return [f"t{n}_{part}.cpp" for n in range(len(self.batches)) for part in "ab"]

    def write(self, root):
        shutil.rmtree(root, ignore_errors=True)
        for path, text in self.texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        (root / ".clang-consolidate.yaml").write_text(self.rules())
        database = [{"directory": str(root), "file": str(root / unit),
                     "arguments": ["clang++", *FLAGS, "-I.", "-c", unit]} for unit in self.units()]
        (root / "compile_commands.json").write_text(json.dumps(database, indent=1))


def split(text):
    """What stands before the first mark, and the text behind each."""
    parts = MARK.split(text)
    return parts[0], dict(zip(parts[1::2], parts[2::2]))
