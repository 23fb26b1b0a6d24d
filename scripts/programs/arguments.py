"""Arguments of constructor calls, of random depth."""

from .tree import nodes

SIMPLE = {
    "R": ["{q}r", "{q}r2", "*{q}rp", "{q}regs[1]", "({q}r)", "{q}same({q}r)", "{q}getReg()",
          "{ns}_REG", "*&{q}r", "{q}flag ? {q}r : {q}r2", "*({q}regs + 1)"],
    "B": ["{q}b", "{q}b2", "*{q}bp", "({q}b)", "{q}same({q}b2)", "{q}flag ? {q}b : {q}b2"],
    "P": ["&{q}r", "{q}rp", "{q}regs", "{q}regs + 1", "&{q}regs[1]", "&{q}getReg()", "&*{q}rp",
          "{q}flag ? &{q}r : {q}rp", "static_cast<{q}Reg *>({q}rp)", "&({q}r)"],
    "n": ["3", "-4", "1 + 2", "{q}n0", "{q}n0 + 1", "{q}n0 * 2", "{q}flag ? 1 : 2", "{ns}_NUM",
          "{ns}_TWICE({q}n0)", "sizeof(int)", "(5)", "{q}pure(2)", "{q}constant(4)", "'c'",
          "{q}r.tag()", "static_cast<int>(2.5)", "{q}n0 << 1", "-{q}n0", "(1, 6)", "0x10",
          "[] {{ return 4; }}()", "[](int x) {{ return x + 1; }}(2)", "{q}val.id", "+7", "~1",
          "{q}n0 > 3", "{q}n0 == 8 && {q}flag"],
    "s": ['"text"', "{q}name", 'std::string("made")', '{q}name + "!"', 'R"x(raw {legacy})x"',
          '"{legacy}(r, b)"', '("a" "b")', "std::string(2, 'x')", "{q}name.substr(1)"],
    "v": ["{q}val", "{q}Val{{4}}", "({q}val)", "{q}same({q}val)"],
    "m": ["{q}Mov(3)", "{q}Mov{{4}}", "std::move(*std::make_unique<{q}Mov>(5))"],
}
OF_ELEMENT = {  # what an `Old<E>` takes an E from
    "{q}El": ["{q}el", "{q}El{{3}}", "({q}el)", "{q}same({q}el)", "{q}flag ? {q}el : {q}El{{5}}"],
    "{q}Other": ["{q}other", "{q}Other{{4}}", "*&{q}other"],
    "std::vector<int>": ["{q}list", "std::vector<int>(3, 1)", "std::vector<int>{{6}}"],
}
LOSSY = {"n": ["2.5", "{q}half", "{q}flag ? 2.5 : 3"]}  # not in braces
EFFECTS = {"R": "{q}nextReg()", "n": "{q}next()", "P": "&{q}nextReg()"}
NESTED_KINDS = {"n": [".limit", ".{go}()"]}


def argument(program, kind, place, depth, braced=False):
    """A list of nodes; in braces nothing narrows."""
    rng = program.rng
    q = program.qualify(place)
    fill = dict(q=q, ns=program.ns, legacy=program.family.legacy[0].name)
    chance = rng.random()
    if kind in EFFECTS and chance < .06:
        text = [EFFECTS[kind].format(**fill)]
    elif kind == "n" and depth < 2 and chance < .2:
        text = program.temporary(place, depth + 1)
    elif kind == "n" and chance < .25:
        text = ["[] { ", "return ", *argument(program, "n", place, depth + 1, braced), "; }()"]
    elif kind in LOSSY and not braced and chance < .3:
        text = [rng.choice(LOSSY[kind]).format(**fill)]
    elif kind == "e":
        text = [rng.choice(OF_ELEMENT[program.element]).format(**fill)]
    else:
        text = [rng.choice(SIMPLE[kind]).format(**fill)]
    chance = rng.random()
    if chance < .06:
        text = [program.comment(), " ", *text]
    elif chance < .10:
        text = [*text, " ", program.comment()]
    elif chance < .13:
        text = ["" if place.in_macro else "\n    ", *text]
    elif chance < .15 and not place.in_macro:
        text = [*text, " " + program.line_comment() + "\n    "]
    return nodes(text)


def written(arguments, space=", "):
    """`a, b`."""
    result = []
    for i, one in enumerate(arguments):
        if i:
            result.append(space)
        result += one
    return nodes(result)


def operand(argument):
    """As an operand: the parentheses do not count in the comparison."""
    return ["(", *argument, "\n)" if any("//" in t for t in texts(argument)) else ")"]


def texts(piece):
    for node in piece:
        if isinstance(node, str):
            yield node
        else:
            yield from texts(node.before)
            yield from texts(node.after)
