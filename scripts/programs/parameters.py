"""What a constructor, factory, method or function takes, and how the canonical
one takes the same."""

import re

# What a parameter of the legacy class may be, by kind: its declaration.
PARAMETERS = {"R": "Reg &reg", "B": "Bri &bri", "P": "Reg *ptr", "n": "int num",
              "s": "const std::string &str", "v": "const Val &val", "m": "Mov mov",
              "e": "const E &elem"}
# How the meaning of each kind is logged, on both sides.
GIVEN = {"R": "{ns}::Reg &reg", "B": "{ns}::Bri &bri", "P": "{ns}::Reg *ptr", "n": "int num",
         "s": "const std::string &str", "v": "const {ns}::Val &val", "m": "{ns}::Mov mov",
         "e": "const T &elem"}
LOGGED = {"R": "reg.id", "B": "bri.id", "P": "ptr->id", "n": "num", "s": "str",
          "v": "val.id", "m": "mov.id", "e": "elem"}


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
    "e": [Way("const E &elem", "$", "elem", "e"), Way("E elem", "$", "elem", "e")],
}
ADDED = [("Ctx ctx", "{ns}::Ctx::Anonymous()", "C"), ("int extra", "7", "n"),
         ("Mode mode", "{ns}::Mode::Careful", "M"), ("Ctx ctx", "{ns}::Ctx{{3}}", "C"),
         ("void *nothing", "nullptr", "V"), ("Ctx ctx", "{ns}::Ctx()", "C")]
SHAPES = [[], ["R", "B"], ["R", "B", "n"], ["P"], ["n"], ["s"], ["v", "n"], ["R", "s"],
          ["B", "R"], ["n", "n"], ["R", "v"], ["s", "n"], ["P", "B"]]
TEMPLATE_SHAPES = [["e"], ["e", "n"], ["R", "e"]]  # of a class template


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
