"""Reads include/consolidate/Messages.def for the scripts beside it."""

import re
from dataclasses import dataclass

# In the order of their numbers: the hundreds, a title, and what they are.
KINDS = {
    "Finding": ("Findings", "A use of something legacy."),
    "Left": ("Left", "Why a use, or an include, is not edited."),
    "Dropped": ("Dropped", "Why edits that were made are not in the result."),
    "Refused": ("Refused", "Why `apply` or `undo` writes nothing."),
    "Unseen": ("Unseen", "What the run could not look at."),
}


@dataclass
class Message:
    number: int
    name: str
    slug: str
    kind: str
    what: str
    todo: str
    more: str

    @property
    def code(self):
        return f"CC{self.number:03}"


TEXT = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ROW = re.compile(rf"MESSAGE\((\d+),\s*(\w+),\s*{TEXT},\s*(\w+),\s*{TEXT},\s*{TEXT},"
                 r'\s*R"md\((.*?)\)md"\)', re.S)


def unquote(literal):
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', literal)
    return re.sub(r"\\(.)", r"\1", "".join(parts))


def read_messages(root):
    """All rows of the table; raises ValueError where it is not well-formed."""
    text = (root / "include/consolidate/Messages.def").read_text()
    rows = [Message(int(m[1]), m[2], unquote(m[3]), m[4], unquote(m[5]),
                    unquote(m[6]), m[7]) for m in ROW.finditer(text)]
    if len(rows) != len(re.findall(r"^MESSAGE\(", text, re.M)):
        raise ValueError("Messages.def: a row is not of the form "
                         "MESSAGE(1, Name, \"slug\", Kind, \"\", \"\", R\"md()md\")")
    return rows
