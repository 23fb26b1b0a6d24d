"""A legacy class or two, the canonical class, and the rules between them.

Every constructor logs its arguments by what they mean, so that the legacy and
the canonical constructor log the same line for calls that are equivalent.
"""

import re

LEGACY = ["Engine", "OldEngine", "Runner", "Worker", "Session", "Store"]
CANONICAL = ["UserEngine", "CoreRunner", "Unit", "MainStore"]

# What a parameter of the legacy class may be, by kind: its declaration.
PARAMETERS = {"R": "Reg &reg", "B": "Bri &bri", "P": "Reg *ptr", "n": "int num",
              "s": "const std::string &str", "v": "const Val &val", "m": "Mov mov"}
# How the meaning of each kind is logged, on both sides.
GIVEN = {"R": "{ns}::Reg &reg", "B": "{ns}::Bri &bri", "P": "{ns}::Reg *ptr", "n": "int num",
         "s": "const std::string &str", "v": "const {ns}::Val &val", "m": "{ns}::Mov mov"}
LOGGED = {"R": "reg.id", "B": "bri.id", "P": "ptr->id", "n": "num", "s": "str",
          "v": "val.id", "m": "mov.id"}


class Way:
    """How one argument is handed to the canonical class. `text` has `$` for the
    argument; `plain` is it where the argument is written as `*x`, `&x`."""

    def __init__(self, parameter, text, logged, kind, legacy_logged=None):
        self.parameter, self.text, self.logged, self.kind = parameter, text, logged, kind
        self.legacy_logged = legacy_logged


WAYS = {
    "R": [Way("Reg &reg", "$", "reg.id", "R"), Way("Reg *reg", "&$", "reg->id", "P")],
    "B": [Way("Bri &bri", "$", "bri.id", "B"), Way("Bri &bri", "$", "bri.id", "B"),
          Way("Bri *bri", "&$", "bri->id", "Bp")],
    "P": [Way("Reg &reg", "*$", "reg.id", "R"), Way("Reg *reg", "$", "reg->id", "P")],
    "n": [Way("int num", "$", "num", "n"), Way("long num", "$", "num", "n"),
          Way("Limit lim", "{ns}::Limit($)", "lim.n", "L"),
          Way("Limit lim", "{ns}::Limit{{$}}", "lim.n", "L"),
          Way("int num", "$ + 1", "num", "n", "num + 1"),
          Way("int num", "2 * $", "num", "n", "2 * num"),
          Way("int num", "-$", "num", "n", "-num")],
    "s": [Way("const std::string &str", "$", "str", "s"),
          Way("Name name", "{ns}::Name($)", "name.s", "N"),
          Way("const Name &name", "{ns}::Name{{$}}", "name.s", "N"),
          Way("std::size_t size", "$.size()", "size", "n", "str.size()")],
    "v": [Way("const Val &val", "$", "val.id", "v"), Way("Val val", "$", "val.id", "v"),
          Way("int num", "$.id", "num", "n", "val.id")],
    "m": [Way("Mov mov", "$", "mov.id", "m")],
}
ADDED = [("Ctx ctx", "{ns}::Ctx::Anonymous()", "C"), ("int extra", "7", "n"),
         ("Mode mode", "{ns}::Mode::Careful", "M"), ("Ctx ctx", "{ns}::Ctx{{3}}", "C"),
         ("void *nothing", "nullptr", "V"), ("Ctx ctx", "{ns}::Ctx()", "C")]
SHAPES = [[], ["R", "B"], ["R", "B", "n"], ["P"], ["n"], ["s"], ["v", "n"], ["R", "s"],
          ["B", "R"], ["n", "n"], ["R", "v"], ["s", "n"], ["P", "B"]]


def undone(head, argument):
    """`&` of `*p` is `p`, and `*` of `&x` is `x`."""
    first = argument[0] if argument else None
    found = isinstance(first, str) and re.match(r"((?:\s|/\*.*?\*/)*)([*&])(.*)", first, re.S)
    if found and head + found[2] in ("&*", "*&"):
        return "", [found[1] + found[3], *argument[1:]]
    return head, argument


class Constructor:
    def __init__(self, rng, shape, index):
        self.kinds, self.index = shape, index
        self.explicit = rng.random() < .4
        self.target_explicit = rng.random() < .4
        self.ways = [rng.choice(WAYS[k]) for k in shape]
        self.names = [str(i) for i in range(len(shape))]  # suffixes, so that no two are equal
        # Slots of the canonical constructor: index of the argument, or what is added.
        self.slots = list(range(len(shape)))
        if len(shape) > 1 and rng.random() < .6:
            rng.shuffle(self.slots)
        if "n" in shape and len(shape) > 1 and rng.random() < .15:
            self.slots.remove(shape.index("n"))
        self.dropped = [i for i in range(len(shape)) if i not in self.slots]
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            self.slots.insert(rng.randint(0, len(self.slots)), rng.choice(ADDED))
        self.tagged = False

    def types(self):
        """What overload resolution could take for one another is equal."""
        kinds = [s[2] if isinstance(s, tuple) else self.ways[s].kind for s in self.slots]
        # nullptr goes for any pointer.
        return tuple("pointer" if k in ("P", "Bp", "V") else k for k in kinds) \
            + (("T%d" % self.index,) if self.tagged else ())

    def declared(self):
        return ", ".join(self._name(PARAMETERS[k], n) for k, n in zip(self.kinds, self.names))

    def given(self, ns):
        return [self._name(GIVEN[k].format(ns=ns), n) for k, n in zip(self.kinds, self.names)]

    def call(self):
        return ", ".join(self._name(PARAMETERS[k], n).split()[-1].lstrip("&*")
                         for k, n in zip(self.kinds, self.names))

    @staticmethod
    def _name(declaration, suffix):
        return declaration + suffix

    def legacy_log(self):
        parts = []
        for i, (kind, suffix) in enumerate(zip(self.kinds, self.names)):
            if i in self.dropped:
                continue
            word = PARAMETERS[kind].split()[-1].lstrip("&*")
            logged = self.ways[i].legacy_logged or LOGGED[kind]
            parts.append(logged.replace(word, word + suffix))
        return parts

    def target_parameters(self):
        parts = []
        for n, slot in enumerate(self.slots):
            if isinstance(slot, tuple):
                parts.append("%s%d" % (slot[0], n))
            else:
                parts.append(self.ways[slot].parameter + self.names[slot])
        if self.tagged:
            parts.append("Tag<%d> tag" % self.index)
        return ", ".join(parts)

    def target_log(self):
        parts = []
        for i in range(len(self.kinds)):
            if i in self.slots:
                way = self.ways[i]
                word = way.parameter.split()[-1].lstrip("&*")
                parts.append(way.logged.replace(word, word + self.names[i]))
        return parts

    def after(self, ns, arguments, wrap):
        """The canonical arguments as a list of nodes; `wrap` makes an operand
        of an argument."""
        result = []
        for slot in self.slots:
            if isinstance(slot, tuple):
                result.append([slot[1].format(ns=ns)])
                continue
            text = self.ways[slot].text.format(ns=ns)
            head, tail = text.split("$")
            head, argument = undone(head, arguments[slot])
            result.append([head, *wrap(argument, slot), tail])
        if self.tagged:
            result.append(["%s::Tag<%d>()" % (ns, self.index)])
        return result


class Legacy:
    def __init__(self, name, scope, definition, header):
        self.name, self.scope, self.definition, self.header = name, scope, definition, header
        self.constructors = []
        self.factories = []  # static functions: Constructors by another name

    @property
    def full(self):
        return self.scope + "::" + self.name


class Family:
    """All classes of one program, in the namespace `ns`."""

    def __init__(self, rng, ns):
        self.rng, self.ns = rng, ns
        self.scopes = {"a": ns + "::a", "c": ns + "::c", "": ns}
        self.canonical = rng.choice(CANONICAL)
        self.canonical_scope = ns + rng.choice(["::c", "::c", "::a", "", "::c::d"])
        self.rename = rng.random() < .3  # a method is called differently
        self.legacy = []
        names = rng.sample(LEGACY, 2)
        for i in range(1 if rng.random() < .75 else 2):
            self.legacy.append(Legacy(
                names[i], ns + rng.choice(["::a", "::a", "::e", ""]),
                rng.choice(["keep", "keep", "alias", "delete"]), "old%d.h" % i))
        index, taken = 0, set()
        for legacy in self.legacy:
            shapes = rng.sample(SHAPES, rng.randint(2, 4))
            if not any(len(s) > 1 for s in shapes):
                shapes.append(["R", "B"])
            for shape in self._distinct(shapes):
                made = Constructor(rng, shape, index)
                index += 1
                if made.types() in taken:
                    made.tagged = True
                taken.add(made.types())
                legacy.constructors.append(made)
            for shape in rng.sample(SHAPES[1:], rng.choice([0, 1, 2])):
                legacy.factories.append(Constructor(rng, shape, index))
                index += 1

    @staticmethod
    def _distinct(shapes):
        """Without two that a call could mean at once."""
        kept = []
        for shape in shapes:
            if shape not in kept:
                kept.append(shape)
        return kept

    def names(self):
        """The names whose qualification is the tool's to choose."""
        return frozenset([self.canonical, "Ctx", "Limit", "Name", "Mode", "Tag",
                          *(one.name for one in self.legacy)])

    @property
    def target(self):
        return self.canonical_scope + "::" + self.canonical

    def method(self, after):
        return "Go" if self.rename and after else "go"

    # --- files

    def parts(self):
        return f"""#pragma once
#include "trace.h"
namespace {self.ns} {{
struct Reg {{
  int id = 0;
  int tag() const {{ return id; }}
}};
struct Bri {{
  int id = 0;
}};
struct Val {{
  int id = 0;
}};
struct Mov {{
  explicit Mov(int n) : id(n) {{}}
  Mov(Mov &&from) noexcept : id(from.id) {{ from.id = -1; }}
  int id;
}};
struct Limit {{
  explicit Limit(int number) : n(number) {{}}
  int n;
}};
struct Name {{
  explicit Name(const std::string &text) : s(text) {{}}
  std::string s;
}};
struct Ctx {{
  static Ctx Anonymous() {{ return {{}}; }}
  int user = 0;
}};
enum class Mode {{ Fast, Careful }};
template <int> struct Tag {{}};
inline Reg r{{1}}, r2{{2}};
inline Reg regs[2] = {{{{3}}, {{4}}}};
inline Reg *rp = &r2;
inline Bri b{{5}}, b2{{6}};
inline Bri *bp = &b2;
inline Val val{{7}};
inline int n0 = 8;
inline bool flag = true;
inline double half = 2.5;
inline std::string name = "name";
inline Reg &getReg() {{ return r2; }}
inline int pure(int n) {{ return n + 1; }}
constexpr int constant(int n) {{ return n - 1; }}
inline int next() {{ static int n = 100; trace::line("next"); return n++; }}
inline Reg &nextReg() {{ trace::line("nextReg"); return r; }}
template <typename T> T &same(T &t) {{ return t; }}
}} // namespace {self.ns}
#define {self.ns}_REG {self.ns}::r
#define {self.ns}_NUM 9
#define {self.ns}_TWICE(x) ((x) * 2)
#define {self.ns}_RUN(...) __VA_ARGS__
"""

    def body(self, class_name, constructors, factories, after):
        lines = [f"  explicit {class_name}(trace::Hidden) {{}}"]
        for name, parameters, logged in factories:
            lines.append(f"  static {class_name} {name}({parameters}) {{ trace::made("
                         f"{', '.join(logged)}); return {class_name}(trace::Hidden()); }}")
        for explicit, parameters, logged in constructors:
            shown = ", ".join(logged)
            lines.append(f"  {'explicit ' if explicit else ''}{class_name}({parameters}) "
                         f"{{ trace::made({shown}); }}")
        return "\n".join(lines) + f"""
  {class_name}(const {class_name} &) {{ trace::line("copy"); }}
  {class_name}({class_name} &&) noexcept {{ trace::line("move"); }}
  {class_name} &operator=(const {class_name} &) {{ trace::line("assign"); return *this; }}
  virtual ~{class_name}() {{ trace::line("gone"); }}
  int {self.method(after)}() const {{ trace::line("go"); return limit; }}
  void set(int n) {{ limit = n; }}
  static int count() {{ return 3; }}
  bool operator<(const {class_name} &o) const {{ return limit < o.limit; }}
  struct Options {{ int retries = 2; }};
  enum Level {{ Low, High }};
  using Number = int;
  static constexpr int Max = 10;
  int limit = 3;
"""

    def old_header(self, legacy):
        body = self.body(legacy.name, [(c.explicit, c.declared(), c.legacy_log())
                                       for c in legacy.constructors],
                         [(f"make{c.index}", c.declared(), c.legacy_log())
                          for c in legacy.factories], False)
        return (f'#pragma once\n#include "{self.ns}/parts.h"\nnamespace {legacy.scope} {{\n'
                f"class {legacy.name} {{\npublic:\n{body}}};\n}} // namespace {legacy.scope}\n")

    def new_header(self):
        every = [c for one in self.legacy for c in one.constructors]
        body = self.body(self.canonical, [(c.target_explicit, c.target_parameters(),
                                           c.target_log()) for c in every],
                         [(f"create{c.index}", c.target_parameters(), c.target_log())
                          for one in self.legacy for c in one.factories], True)
        return (f'#pragma once\n#include "{self.ns}/parts.h"\n'
                f"namespace {self.canonical_scope} {{\nclass {self.canonical} {{\npublic:\n{body}}};\n"
                f"}} // namespace {self.canonical_scope}\n")

    def twin_header(self):
        """Classes of the same short names that have nothing to do with it."""
        text = f'#pragma once\n#include "trace.h"\nnamespace {self.ns}::twin {{\n'
        for name in [*(one.name for one in self.legacy), self.canonical]:
            text += (f"struct {name} {{\n  {name}(int one = 0, int two = 0) "
                     f'{{ trace::made("twin", one, two); }}\n  int {self.method(False)}() const '
                     f"{{ return 4; }}\n}};\n")
        return text + "}\n"

    def consolidate(self):
        lines = [f"  - into: {self.target}", f"    header: {self.ns}/new.h", "    from:"]
        for one in self.legacy:
            lines += [f"      - class: {one.full}", f"        header: {self.ns}/{one.header}",
                      f"        definition: {one.definition}"]
            if self.rename:
                lines.append("        members: {go: Go}")
        return "\n".join(lines) + "\n"

    def rewrites(self):
        text = ""
        for one in self.legacy:
            for c in one.constructors + one.factories:
                made = c in one.factories
                after = c.after(self.ns, [[w] for w in c.call().split(", ")], lambda x, _: x)
                arguments = ", ".join("".join(a) for a in after)
                text += (f"  - name: {self.ns}-{c.index}\n"
                         f"    given: [{', '.join(repr(g) for g in c.given(self.ns))}]\n"
                         f"    before: '{one.full}{f'::make{c.index}' * made}({c.call()})'\n"
                         f"    after: '{self.target}{f'::create{c.index}' * made}({arguments})'\n")
        return text
