"""One program: a family of classes and pieces of code that use it."""

import random

from . import far, forms
from .arguments import argument, operand, written
from .family import ALIASES, ELEMENTS, Family
from .tree import Site, nodes


class Place:
    """Where a piece stands, and which short names reach the classes there."""

    def __init__(self, scope, header=False):
        self.scope, self.header, self.in_macro = scope, header, False
        self.using = {}      # full name -> how it may be spelled besides
        self.template = False
        self.directives = []


class Piece:
    def __init__(self, number, place, body):
        self.number, self.place, self.body = number, place, body


class Program:
    def __init__(self, seed, number, templates, aliases):
        self.rng = random.Random(f"{seed}/{number}")
        self.number, self.ns = number, f"p{number}"
        other = random.Random(f"alias {seed}/{number}")  # the rest is the same without
        alias = other.choice(ALIASES) if other.random() < aliases else None
        self.family = Family(self.rng, self.ns, templates, alias)
        self.names = self.family.names()
        self.counter = 0
        self.choose_element()  # for the piece at hand
        self.groups = 0
        self.parts = {"use.h": [], "a": [], "b": []}  # blocks: (place, opening, pieces)
        self.calls = {"a": [], "b": []}
        self.kinds = {}  # of a piece: the form it was made from
        self._fill()

    # --- names

    def fresh(self, stem):
        self.counter += 1
        return f"{stem}{self.counter}"

    def comment(self):
        self.counter += 1
        what = self.rng.choice(["note", self.family.legacy[0].name, "a, b", "("])
        return f"/* {what} {self.counter} */"

    def line_comment(self):
        self.counter += 1
        return f"// {self.rng.choice(['why', self.family.legacy[0].name + '(r)'])} {self.counter}"

    def group(self):
        self.groups += 1
        return (self.number, self.groups)

    def qualify(self, place):
        """What stands before the parts of the program at `place`."""
        if place.scope.split("::")[0] == self.ns:
            return self.rng.choice(["", "", "", f"{self.ns}::"])
        return f"{self.ns}::"

    # --- the type

    def spellings(self, place, full):
        """Ways to write the name `full` at `place`."""
        result = [full, "::" + full]
        words, here = full.split("::"), place.scope.split("::")
        common = 0
        while common < len(here) and common < len(words) - 1 and here[common] == words[common]:
            common += 1
        if common:
            result += ["::".join(words[common:])] * 2
            if common > 1:
                result.append("::".join(words[common - 1:]))
        result += place.using.get(full, []) * 3
        return result

    def angles(self, place):
        """`<E>` behind the name of a class template."""
        if not self.family.template:
            return []
        if self.inner:
            legacy, element = self.inner
            return ["<", *self.with_element(
                lambda: [self.type_site(place, legacy, self.group())], element), ">"]
        return ["<" + self.element.format(q=self.qualify(place)) + ">"]

    def choose_element(self):
        self.element = self.rng.choice(self.family.elements)
        nested = self.family.elements is ELEMENTS and self.rng.random() < .15
        self.inner = (self.rng.choice(self.family.legacy), self.element) if nested else None

    def with_element(self, make, element):
        """What `make` makes of `Old<element>`."""
        kept, self.element, self.inner = (self.element, self.inner), element, None
        made = make()
        self.element, self.inner = kept
        return made

    def type_site(self, place, legacy, group, what="type", elaborated=False, angles=None):
        short = self.rng.choice(self.spellings(place, legacy.full))
        keyword = "class " if elaborated else ""
        if angles is None:
            angles = self.angles(place)
        return Site([keyword + short, *angles],
                    [keyword + "::" + self.family.target, *angles], group, what)

    # --- constructions

    def arguments(self, place, constructor, depth=0, braced=False):
        """(as they are, as they should be), lists of nodes."""
        given = [argument(self, kind, place, depth, braced) for kind in constructor.kinds]

        def operand_of(one, slot):
            return operand(one)
        after = constructor.after("::" + self.ns, given, operand_of)
        between = self.rng.choice([", ", ", ", ",", ", " if place.in_macro else ",\n      "])
        return (written(given, between),
                written([operand(one) for one in after]))

    def temporary(self, place, depth):
        """`Old(a, b).limit`: an int out of an object."""
        return self.with_element(lambda: self._temporary(place, depth),
                                 self.rng.choice(self.family.elements))

    def _temporary(self, place, depth):
        legacy = self.rng.choice(self.family.legacy)
        wanted = [c for c in legacy.constructors if c.kinds]
        group = self.group()
        opening, closing = self.rng.choice([("(", ")"), ("(", ")"), ("{", "}")])
        given, after = self.arguments(place, self.rng.choice(wanted), depth, opening == "{")
        members = [[".limit"], self.call(".")]
        if legacy.methods and depth < 2:
            members.append([".", *self.method_call(place, self.rng.choice(legacy.methods), depth)])
        member = self.rng.choice(members)
        return [self.type_site(place, legacy, group, "temporary"), opening,
                Site(given, after, group, "arguments"), closing, *member]

    def method_call(self, place, made, depth=0):
        """`work(a, b)`, behind an object."""
        group = self.group()
        given, after = self.arguments(place, made, depth)
        return [Site([f"work{made.index}"], [f"perform{made.index}"], group, "method"), "(",
                Site(given, after, group, "arguments"), ")"]

    def call(self, dot):
        if not self.family.rename:
            return [dot + "go()"]
        return [dot, Site(["go"], ["Go"], self.group(), "member"), "()"]

    # --- pieces

    def _fill(self):
        rng = self.rng
        for part, least, most in (("use.h", 1, 4), ("a", 4, 9), ("b", 0, 5)):
            number = rng.randint(least, most)
            while number > 0:
                place, opening, closing = self._place(part)
                pieces = []
                for _ in range(min(number, rng.randint(1, 4))):
                    pieces.append(self._piece(part, place))
                    number -= 1
                self.parts[part].append((opening, pieces, closing))
        for _ in range(rng.choice([0, 1, 1, 2])):
            self._fill_far()

    def _fill_far(self):
        """What the header declares, `b` defines and `a` uses."""
        self.choose_element()
        texts, form = far.far(self, Place(self.ns, header=True), Place(self.ns))
        name = self.fresh("s")
        texts[2] = nodes(["inline void ", name, "() {\n  ", *texts[2], "}\n"])
        self.calls["a"].append(f"{self.ns}::{name}()")
        for part, body in zip(("use.h", "b", "a"), texts):
            piece = Piece(self.fresh(""), Place(self.ns), body)
            self.kinds[piece.number] = form
            self.parts[part].append((nodes([f"namespace {self.ns} {{\n"]), [piece], "}\n"))

    def _place(self, part):
        """A namespace to write into, with what brings names into it."""
        rng, ns = self.rng, self.ns
        scope = rng.choice([ns, ns, ns + "::u", ns + "::u::w", ns + "::a", ns + "::c", ns + "::u"])
        place = Place(scope, part == "use.h")
        words = scope.split("::")
        opening = ["".join(f"namespace {w} {{ " for w in words) + "\n"] if rng.random() < .5 \
            else [f"namespace {scope} {{\n"]
        closing = "}" * (len(words) if opening[0].count("{") > 1 else 1) + "\n"
        legacy = rng.choice(self.family.legacy)
        chance = rng.random()
        if scope == ns + "::u::w" and chance < .5:
            # A namespace that hides the one of the canonical class.
            opening.append(f"namespace {rng.choice(['c', 'd'])} {{ struct Hides{self.fresh('')} {{}}; }}\n")
        elif scope.startswith(ns + "::u") and chance < .25 and legacy.scope != ns:
            alias = self.fresh("al")
            opening += [f"namespace {alias} = {legacy.scope};\n"]
            place.using[legacy.full] = [f"{alias}::{legacy.name}"]
        elif scope == ns + "::u" and chance < .8 and part != "use.h":
            # In a namespace of its own, so that it stays there.
            inner = self.fresh("in")
            place.scope += "::" + inner
            opening.append(f"namespace {inner} {{\n")
            closing = "}" + closing
            if rng.random() < .5 and legacy.scope != ns:
                opening.append(f"using namespace {legacy.scope};\n")
            else:
                # Where a use that comes in through it is left, both stay.
                both = f"{legacy.full}; using ::{self.family.target}"
                opening += ["using ", Site([legacy.full], ["::" + self.family.target],
                                           self.group(), "using", [both]), ";\n"]
            place.using[legacy.full] = [legacy.name] * 2
        return place, nodes(opening), closing

    def _piece(self, part, place):
        self.choose_element()
        body, calls, form = forms.make(self, place, part)
        piece = Piece(self.fresh(""), place, nodes(body))
        self.kinds[piece.number] = form
        self.calls["a" if part == "use.h" else part] += calls
        return piece

    # --- text

    def chunk(self, part):
        """Nodes of one file; each piece between its marks."""
        result = []
        for opening, pieces, closing in self.parts[part]:
            result.append(("mark", f"{self.number}.open{len(result)}", opening))
            for piece in pieces:
                result.append(("mark", f"{self.number}.{piece.number}", piece.body))
            result.append(("mark", f"{self.number}.close{len(result)}", [closing]))
        if part in self.calls:
            calls = "".join(f"  {c};\n" for c in self.calls[part])
            result.append(("mark", f"{self.number}.run{part}",
                           [f"namespace {self.ns} {{\nvoid run_{part}() {{\n"
                            f'  trace::line("== {self.ns} {part}");\n{calls}}}\n}}\n']))
        return result
