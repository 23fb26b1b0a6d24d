"""A legacy class or two, the canonical class, and the rules between them.

Every constructor logs its arguments by what they mean, so that the legacy and
the canonical constructor log the same line for calls that are equivalent.
"""

from .parameters import SHAPES, TEMPLATE_SHAPES, Constructor

LEGACY = ["Engine", "OldEngine", "Runner", "Worker", "Session", "Store"]
CANONICAL = ["UserEngine", "CoreRunner", "Unit", "MainStore"]
# What class templates are made with; those a constructor may take convert to no other.
ELEMENTS = ["int", "char", "std::string", "const char *", "{q}Val", "{q}Reg *", "std::vector<int>"]
TAKEN = ["{q}El", "{q}Other", "std::vector<int>"]


# What the name of the canonical class may be instead of the class's own.
ALIASES = ["typedef", "specialisation", "using-declaration"]


class Legacy:
    def __init__(self, name, scope, definition, header):
        self.name, self.scope, self.definition, self.header = name, scope, definition, header
        self.constructors = []
        self.factories = []  # static functions: Constructors by another name
        self.methods = []    # likewise
        self.functions = []  # free functions that take an object first

    @property
    def full(self):
        return self.scope + "::" + self.name


class Family:
    """All classes of one program, in the namespace `ns`."""

    def __init__(self, rng, ns, templates, alias):
        self.rng, self.ns = rng, ns
        self.scopes = {"a": ns + "::a", "c": ns + "::c", "": ns}
        self.canonical = rng.choice(CANONICAL)
        self.canonical_scope = ns + rng.choice(["::c", "::c", "::a", "", "::c::d"])
        self.rename = rng.random() < .3  # a method is called differently
        # Class templates of one parameter, `Old<E>`.
        self.template = rng.random() < templates
        shapes_of = SHAPES + TEMPLATE_SHAPES * (self.template and rng.random() < .6)
        self.legacy = []
        names = rng.sample(LEGACY, 2)
        for i in range(1 if rng.random() < .75 else 2):
            self.legacy.append(Legacy(
                names[i], ns + rng.choice(["::a", "::a", "::e", ""]),
                rng.choice(["keep", "keep", "alias", "delete"]), "old%d.h" % i))
        index, taken = 0, set()
        for legacy in self.legacy:
            shapes = rng.sample(shapes_of, rng.randint(2, 4))
            if not any(len(s) > 1 for s in shapes):
                shapes.append(["R", "B"])
            for shape in self._distinct(shapes):
                made = Constructor(rng, shape, index)
                index += 1
                if made.types() in taken:
                    made.tagged = True
                taken.add(made.types())
                legacy.constructors.append(made)
            for shape in rng.sample(shapes_of[1:], rng.choice([0, 1, 2])):
                legacy.factories.append(Constructor(rng, shape, index))
                index += 1
            for kind in (legacy.methods, legacy.functions):
                for shape in rng.sample(shapes_of[1:], rng.choice([0, 1, 1, 2])):
                    kind.append(Constructor(rng, shape, index))
                    index += 1
            if legacy.functions:
                legacy.definition = "keep"  # the functions stay, for what is left
        every = [c for one in self.legacy for made in (
            one.constructors, one.factories, one.methods, one.functions) for c in made]
        self.elements = TAKEN if any("e" in c.kinds for c in every) else ELEMENTS
        self.traps = rng.random() < .7  # the same parameters, and another meaning
        self.alias = alias  # one of ALIASES where the canonical class is named by one

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
        elements = {"Val", "Reg", "El", "Other"} if self.template else set()
        return frozenset([self.canonical, "Ctx", "Limit", "Name", "Mode", "Tag", *elements,
                          *(one.name for one in self.legacy),
                          *(f"{word}{c.index}" for one in self.legacy for c in one.functions
                            for word in ("take", "give"))])

    @property
    def target(self):
        return self.canonical_scope + "::" + self.canonical

    @property
    def is_renamed(self):
        """True when the canonical class calls itself by another name."""
        return self.alias in ("typedef", "specialisation")

    @property
    def own_name(self):
        return self.canonical + "Of" * self.is_renamed

    def method(self, after):
        return "Go" if self.rename and after else "go"

    @property
    def head(self):
        """What stands before a class, or a function that takes one."""
        return "template <typename E> " * self.template

    def of(self, name, element="E"):
        """The class `name` as rules and functions name it."""
        return f"{name}<{element}>" if self.template else name

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
struct El {{
  int id = 0;
}};
struct Other {{
  int id = 0;
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
inline El el{{11}};
inline Other other{{12}};
inline std::vector<int> list{{1, 2}};
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

    @staticmethod
    def called(name, parameters, logged):
        """A method; `logged` is what it means."""
        return (f"  int {name}({parameters}) const {{ trace::line(\"called\"); "
                f"trace::made({', '.join(logged)}); return limit; }}")

    def body(self, class_name, constructors, factories, methods, after):
        lines = [f"  explicit {class_name}(trace::Hidden) {{}}"]
        for name, parameters, logged in factories:
            lines.append(f"  static {class_name} {name}({parameters}) {{ trace::made("
                         f"{', '.join(logged)}); return {class_name}(trace::Hidden()); }}")
        for explicit, parameters, logged in constructors:
            shown = ", ".join(logged)
            lines.append(f"  {'explicit ' if explicit else ''}{class_name}({parameters}) "
                         f"{{ trace::made({shown}); }}")
        lines += [self.called(*method) for method in methods]
        return "\n".join(lines) + f"""
  {class_name}(const {class_name} &) {{ trace::line("copy"); }}
  {class_name}({class_name} &&) noexcept {{ trace::line("move"); }}
  {class_name} &operator=(const {class_name} &) {{ trace::line("assign"); return *this; }}
  virtual ~{class_name}() {{ trace::line("gone"); }}
  int {self.method(after)}() const {{ trace::line("go"); return limit; }}
  void set(int n) {{ limit = n; }}
  static int count() {{ return 3; }}
  static int {'gained' if after else 'lost'}() {{ return 30; }}
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
                          for c in legacy.factories],
                         [(f"work{c.index}", c.declared(), c.legacy_log())
                          for c in legacy.methods], False)
        return (f'#pragma once\n#include "{self.ns}/parts.h"\nnamespace {legacy.scope} {{\n'
                f"{self.head}class {legacy.name} {{\npublic:\n{body}}};\n}} // namespace {legacy.scope}\n")

    def new_header(self):
        every = [c for one in self.legacy for c in one.constructors]
        body = self.body(self.own_name, [(c.target_explicit, c.target_parameters(),
                                           c.target_log()) for c in every],
                         [(f"create{c.index}", c.target_parameters(), c.target_log())
                          for one in self.legacy for c in one.factories],
                         [(f"perform{c.index}", c.target_parameters(), c.target_log())
                          for one in self.legacy for c in one.methods]
                         + [(f"work{c.index}", c.declared(), ['"WRONG"'])
                            for one in self.legacy for c in one.methods if self.traps], True)
        head = self.head
        if self.alias == "specialisation" and not self.template:
            head = "template <typename> "
        defined = f"{head}class {self.own_name} {{\npublic:\n{body}}};\n"
        return (f'#pragma once\n#include "{self.ns}/parts.h"\n'
                f"namespace {self.canonical_scope} {{\n{self.aliased(defined)}"
                f"}} // namespace {self.canonical_scope}\n")

    def aliased(self, defined):
        """The class, or a namespace with it and what gives it the canonical name."""
        if not self.alias:
            return defined
        own = f"detail::{self.own_name}"
        if self.alias == "using-declaration":
            name = f"using {own};\n"
        elif self.template:
            name = f"template <typename E> using {self.canonical} = {own}<E>;\n"
        else:
            name = f"using {self.canonical} = {own}{'<char>' * (self.alias == 'specialisation')};\n"
        return f"namespace detail {{\n{defined}}} // namespace detail\n{name}"

    def functions_header(self):
        """Functions that take a class, with those that become of them; out of scope, so
        that an object which is left takes nothing with it but its own calls."""
        text = "#pragma once\n" + "".join(
            f'#include "{self.ns}/{one.header}"\n' for one in self.legacy)
        text += f'#include "{self.ns}/new.h"\nnamespace {self.ns} {{\n'

        def function(name, of, parameters, logged):
            return (f"{self.head}inline int {name}(const {of} &object{', ' * bool(parameters)}{parameters}) "
                    f'{{ trace::line("called"); trace::made({", ".join(logged)}); '
                    f"return object.limit; }}\n")
        for one in self.legacy:
            for c in one.functions:
                text += function(f"take{c.index}", self.of(one.full), c.declared(), c.legacy_log())
                text += function(f"give{c.index}", self.of(self.target), c.target_parameters(),
                                 c.target_log())
                if self.traps:
                    text += function(f"take{c.index}", self.of(self.target), c.declared(), ['"WRONG"'])
                    text += function(f"give{c.index}", self.of(one.full), c.target_parameters(),
                                     ['"WRONG"'])
        return text + "}\n"

    def twin_header(self):
        """Classes of the same short names that have nothing to do with it."""
        text = f'#pragma once\n#include "trace.h"\nnamespace {self.ns}::twin {{\n'
        for name in [*(one.name for one in self.legacy), self.canonical]:
            text += (f"struct {name} {{\n  {name}(int one = 0, int two = 0) "
                     f'{{ trace::made("twin", one, two); }}\n  int {self.method(False)}() const '
                     f"{{ return 4; }}\n}};\n")
        return text + "}\n"

    def consolidate(self):
        lines = [f"  - into: {self.of(self.target, 'T')}", f"    header: {self.ns}/new.h", "    from:"]
        for one in self.legacy:
            lines += [f"      - class: {self.of(one.full, 'T')}", f"        header: {self.ns}/{one.header}",
                      f"        definition: {one.definition}"]
            if self.rename:
                lines.append("        members: {go: Go}")
        return "\n".join(lines) + "\n"

    def rewrites(self):
        text = ""
        for one in self.legacy:
            full, target = self.of(one.full, 'T'), self.of(self.target, 'T')
            of = f"const {full} &object"
            for c in one.constructors:
                text += self._rewrite(c, full, target)
            for c in one.factories:
                text += self._rewrite(c, f"{full}::make{c.index}",
                                      f"{target}::create{c.index}")
            for c in one.methods:
                text += self._rewrite(c, f"object.work{c.index}", f"object.perform{c.index}", of)
            for c in one.functions:
                text += self._rewrite(c, f"{self.ns}::take{c.index}", f"{self.ns}::give{c.index}",
                                      of, "object")
        return text

    def _rewrite(self, c, before, after, of="", first=""):
        arguments = c.after(self.ns, [[w] for w in c.call().split(", ")], lambda x, _: x)
        given = ["typename T"] * self.template + [of] * bool(of) + c.given(self.ns)
        call = ", ".join(filter(None, [first, c.call()]))
        becomes = ", ".join(filter(None, [first, *("".join(a) for a in arguments)]))
        header = f"    headers: [{self.ns}/functions.h]\n" if first else ""
        return (f"  - name: {self.ns}-{c.index}\n"
                f"    given: [{', '.join(repr(g) for g in given)}]\n"
                f"    before: '{before}({call})'\n    after: '{after}({becomes})'\n" + header)
