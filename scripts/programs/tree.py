"""A piece of code with its sites: what a migration may write there instead.

A node is a text or a Site. A piece is rendered as it is before, as it is
expected after, or with some groups of sites left; and the text that a run made
of it is matched against it, which tells for each group what became of it.
"""

import re
from functools import lru_cache

TOKEN = re.compile(r"""
  (?P<space>\s+|\\\n)
| (?P<comment>//[^\n]*|/\*.*?\*/)
| (?P<text>(?:u8|[uUL])?R"(?P<d>[^()\s\\]*)\(.*?\)(?P=d)"|(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+')
| (?P<word>[A-Za-z_]\w*)
| (?P<number>\d[\w.']*)
| (?P<mark>::|->|\#\#|<<|[-+*/%&|^=!<]=|&&|\|\||\+\+|--|\.\.\.|.)
""", re.X | re.S)

GLUED = ""  # between a name and the `::` that belongs to it


class Site:
    """A place a migration changes. Sites of one group change together."""

    __slots__ = ("before", "after", "group", "what", "alternative")

    def __init__(self, before, after, group, what, alternative=None):
        self.before, self.after, self.group, self.what = before, after, group, what
        self.alternative = alternative  # another text that is as right


def nodes(*parts):
    """A flat list out of texts, sites and lists of them."""
    flat = []
    for part in parts:
        if isinstance(part, (list, tuple)):
            flat += nodes(*part)
        else:
            flat.append(part)
    joined = []  # a name may be made of several texts
    for part in flat:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return joined


def render(piece, choice, places=None, at=0):
    """The text after a migration, as `choice` says for each group. `choice`
    None: as it is before; then `places` gets (offset, site)."""
    text = ""
    for node in piece:
        if isinstance(node, str):
            text += node
        elif choice is None or choice.get(node.group) == "before":
            if places is not None:
                places.append((at + len(text), node))
            text += render(node.before, choice, places, at + len(text))
        else:
            other = node.alternative is not None and choice.get((node.group, "other"))
            text += render(node.alternative if other else node.after, choice)
    return text


def before(piece):
    return render(piece, None)


def sites(piece):
    """Every site, those inside of others too."""
    for node in piece:
        if isinstance(node, Site):
            yield node
            yield from sites(node.before)


@lru_cache(maxsize=None)
def tokens(text, names):
    """Code tokens, without white space, comments, parentheses, and what
    qualifies one of `names`."""
    found, end = [], None  # `end` of the last word
    for token in TOKEN.finditer(text):
        if token.lastgroup in ("space", "comment"):
            continue
        word = token.group()
        if word in names:
            while found and found[-1] == "::":
                found.pop()
                if found and found[-1] == GLUED:
                    found.pop()
                    if found[-1] in names or found[-1] == ">":  # a member of the class
                        found += [GLUED, "::"]
                        break
                    found.pop()
        # `a::b` is one name, `a ::b` is two.
        if word == "::" and end == token.start() and (found[-1].isidentifier() or found[-1] == ">"):
            found.append(GLUED)
        found.append(word)
        end = token.end()
    result = []
    for word in found:
        if word == GLUED:
            continue
        if result and (result[-1], word) in (("&", "*"), ("*", "&")):
            result.pop()  # `&*p` is `p`
        elif word not in ("(", ")"):
            result.append(word)
    return tuple(result)


def comments(text):
    return sorted(t.group() for t in TOKEN.finditer(text) if t.lastgroup == "comment")


def match(piece, actual, names, chosen):
    """True when the tokens `actual` are those of `piece` for some choice of
    sites; adds the choice ('after' or 'before' by group) to `chosen`."""
    for end, choice in _match(piece, 0, actual, 0, names, dict(chosen)):
        if end == len(actual):
            chosen.update(choice)
            return True
    return False


def _match(piece, index, actual, at, names, choice):
    if index == len(piece):
        yield at, choice
        return
    node = piece[index]
    if isinstance(node, str):
        want = tokens(node, names)
        if actual[at:at + len(want)] == want:
            yield from _match(piece, index + 1, actual, at + len(want), names, choice)
        return
    fixed = choice.get(node.group)
    ways = [("after", node.after, {}), ("before", node.before, {})]
    if node.alternative is not None:
        ways.insert(1, ("after", node.alternative, {(node.group, "other"): True}))
    for side, way, more in ways:
        if fixed in (None, side):
            chosen = {**choice, node.group: side, **more}
            for end, inner in _match(way, 0, actual, at, names, chosen):
                yield from _match(piece, index + 1, actual, end, names, inner)
