"""Reads the golden files of test/rules for the table of forms."""

import difflib
import re
from dataclasses import dataclass, field

# Folders of test/rules, in the order of the page.
FOLDERS = {
    "types": ("Types and names", "Only the name changes; what is declared around it stays."),
    "constructions": ("Constructions", "The arguments follow the first of the `rewrites` that "
                      "matches; here from `OldEngine(registry, bridge)` to "
                      "`Engine(Context::Anonymous(), bridge, registry)`."),
    "rewrites": ("Calls, members and class templates", "By `rewrites` of other expressions."),
    "macros": ("Macros", "A body is edited when all its expansions agree."),
    "definitions": ("The class itself", "By its `definition` and `members`."),
    "comments": ("Comments", "With `comments: true` in the rules file; otherwise they stay."),
    "includes": ("Includes", "They follow what the file uses afterwards."),
    "safety": ("What is checked for each call", "[Safety levels](safety.md) say what `--unsafe` applies."),
    "verify": ("What is compared once the edits are in", "Code that would not compile, or would and mean something else."),
}

# Their goldens are about a check; only what they call a form is one.
CHECKS = ("safety", "verify")


@dataclass
class Golden:
    name: str  # "types/variable"
    text: str  # What the golden says it is about.
    forms: list  # Title, and what its line holds ("" for the first that differs).
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)  # (file, line) -> reason


@dataclass
class Row:
    title: str
    before: str
    after: str | None  # None: nothing changes; "": it goes away.
    reason: str  # Of what is left, with its id in brackets; "" otherwise.


def read_golden(path, root):
    prologue, *sections = re.split(r"^//--- ", path.read_text(), flags=re.M)
    lines = [line.removeprefix("//").strip() for line in prologue.splitlines()]
    forms = [line.removeprefix("Form: ").partition(" | ")[::2]
             for line in lines if line.startswith("Form: ")]
    said = [line for line in lines if not line.startswith(("Form: ", "Set: "))]
    golden = Golden(str(path.relative_to(root).with_suffix("")), " ".join(said).strip(),
                    [(title.strip(), text.strip()) for title, text in forms])
    for section in sections:
        name, _, body = section.partition("\n")
        if name.startswith("after/"):
            golden.after[name.removeprefix("after/")] = body.splitlines()
        elif name in ("left", "dropped"):
            for line in body.splitlines():
                if match := re.match(r"(.+?):(\d+): ([^:]+): (.*)", line):
                    file, number, form, reason = match.groups()
                    # The cause says more than that the name goes with it.
                    key = (file, int(number))
                    if key not in golden.reasons or "goes together" in golden.reasons[key]:
                        golden.reasons[key] = reason
        elif name.endswith((".cpp", ".h")):
            golden.before[name] = body.splitlines()
    return golden


def counterparts(before, after):
    """For each line before, by index, the text that stands for it after."""
    result = {}
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, b0, b1, a0, a1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if b1 - b0 == a1 - a0:
            result.update(zip(range(b0, b1), after[a0:a1]))
        else:
            result.update({i: "\n".join(after[a0:a1]) for i in range(b0, b1)})
    return result


def shorten(line):
    return re.sub(r"\s*// not ours.*$", "", line).strip()


def find_line(golden, text):
    """File and index of the first line that holds the text, or that differs."""
    files = sorted(golden.before, key=lambda name: (not name.endswith(".cpp"), name))
    for name in files:
        changed = counterparts(golden.before[name], golden.after.get(name, golden.before[name]))
        for index, line in enumerate(golden.before[name]):
            if text and text in line and not line.endswith("// not ours"):
                return name, index
            if not text and index in changed and not line.startswith("#include"):
                return name, index
    for name in files if text else []:
        for index, line in enumerate(golden.before[name]):
            if text in line:
                return name, index
    left = [key for key in golden.reasons if key[0] in golden.before]
    if not text and left:
        return left[0][0], left[0][1] - 1
    for name in files:  # Where only includes change.
        changed = counterparts(golden.before[name], golden.after.get(name, golden.before[name]))
        if changed and not text:
            return name, min(changed)
    return None


def rows_of(golden):
    """A row for each form; raises ValueError where the golden has no such line."""
    title = golden.text.partition(". ")[0].rstrip(".").rstrip(":")
    for name, text in golden.forms or [(title, "")]:
        found = find_line(golden, text)
        if not found:
            raise ValueError(f"test/rules/{golden.name}.test: no line of it holds the text of "
                             f"the form '{name}': '{text}'")
        file, index = found
        before = golden.before[file]
        changed = counterparts(before, golden.after.get(file, before))
        reason = golden.reasons.get((file, index + 1), "")
        text = changed.get(index)
        yield Row(name, shorten(before[index]), text and shorten(text), reason)


def code(text):
    """A line of C++ in a cell of a table."""
    fence = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    lines = [f"{fence}{pad}{line.strip()}{pad}{fence}" for line in text.splitlines() if line.strip()]
    return "<br>".join(lines).replace("|", "\\|")


def forms_page(root):
    tests = root / "test/rules"
    out = ["""\
<!-- Written by scripts/update-docs from the golden files of test/rules. -->
# Forms

Every way to spell a use that has a golden file, as it was and as a run leaves it.
A golden also holds what looks like the form and stays, most often a use of another class of the same name. What is not edited shows [the id of its reason](messages.md).
"""]
    for folder, (title, text) in FOLDERS.items():
        rows = []
        for path in sorted((tests / folder).glob("*.test")):
            golden = read_golden(path, tests)
            if folder in CHECKS and not golden.forms:
                continue
            for row in rows_of(golden):
                rows.append(f"| {row.title} | {code(row.before)} | {outcome(row)} | "
                            f"[{path.stem}](../test/rules/{folder}/{path.name}) |\n")
        out.append(f"\n## {title}\n\n{text}\n\n| form | before | after | test |\n"
                   "|---|---|---|---|\n" + "".join(rows))
    return "".join(out)


def outcome(row):
    reason = re.sub(r"\s*\[(CC\d+)\]$", "", row.reason)
    code_of = re.search(r"\[(CC\d+)\]$", row.reason)
    # A library's own text, or a path of this machine, says nothing here.
    reason = reason.split(": /")[0]
    left = "left" + (f" [{code_of[1]}](messages.md#{code_of[1].lower()})" if code_of else "")
    if row.reason and row.after is None:
        return f"*{left}: {reason}*".replace("|", "\\|")
    if not row.after:
        return "*stays*" if row.after is None else "*goes away*"
    return code(row.after) + (f" ({left})" if row.reason else "")
