"""What a run made of the programs, held against what was expected of it.

Nothing here knows how the tool works: it has the code before and after, the
JSON of the run, and the trees the programs were written from.
"""

import re
from collections import Counter

from .project import split
from .tree import comments, match, render, sites, tokens

NAME = re.compile(r"[A-Za-z_]\w*")


class Verdict:
    """Faults are what must never be; the rest is counted."""

    def __init__(self):
        self.faults = []  # (program number or None, kind, text)
        self.counts = Counter()
        self.left = Counter()      # reason id of a site that was expected to change
        self.examples = {}

    def fault(self, program, kind, text):
        self.faults.append((program, kind, text))


class Judge:
    def __init__(self, project, findings, after, verdict):
        self.project, self.findings, self.after, self.verdict = project, findings, after, verdict
        self.choice = {}    # group -> "after" or "before"
        self.expected = {}  # path -> text
        self.listed = {}    # path -> {offset: reason id}; and by line
        self.lines, self.reasons = {}, {}
        self.edited = set()  # (path, offset, length) of what is said to be edited
        self._index()

    def _index(self):
        for f in self.findings["findings"]:
            if f["status"] == "edited":
                self.edited.update((e["path"], e["offset"], e["length"]) for e in f["edits"])
            else:
                self.listed.setdefault(f["path"], {})[f["offset"]] = f["reasonId"]
                self.lines.setdefault(f["path"], {}).setdefault(f["line"], f["reasonId"])
                self.reasons.setdefault((f["path"], f["line"]), f["reason"])
        for m in self.findings["accounting"]["mentions"]:
            self.listed.setdefault(m["path"], {}).setdefault(m["offset"], m["bucket"])

    # --- the text

    def compare_texts(self):
        """Every marked file: all but the sites is as it was, and each site as
        it was or as expected. Writes what is expected to self.expected."""
        for path, pieces in self.project.pieces.items():
            start, parts = split(self.after[path])
            self._compare_includes(path, start)
            text = start
            for mark, body, program in pieces:
                actual = parts.get(mark)
                if actual is None:
                    self.verdict.fault(program.number, "lost", f"{path}: mark {mark} is gone")
                    actual = ""
                self._compare_piece(path, mark, body, program, actual)
                text += f"//@ {mark}\n" + render(body, self.choice)
            self.expected[path] = text

    def _compare_piece(self, path, mark, body, program, actual):
        was = render(body, None)
        if not match(body, tokens(actual, program.names), program.names, self.choice):
            self.verdict.fault(program.number, "wrong edit",
                               f"{path} {mark}\n--- before\n{was}\n--- after\n{actual}\n"
                               f"--- expected\n{render(body, {})}")
            for site in sites(body):
                self.choice.setdefault(site.group, "wrong")
        elif not (Counter(comments(render(body, self.choice))) <= Counter(comments(actual))
                  <= Counter(comments(was))):
            # Only the comment of an argument that goes may go.
            self.verdict.fault(program.number, "comments", f"{path} {mark}\n--- before\n{was}\n--- after\n{actual}")

    def _compare_includes(self, path, start):
        before = split(self.project.texts[path])[0]
        seen = re.findall(r"#include .*", start)
        if len(seen) != len(set(seen)):
            self.verdict.fault(None, "include twice", f"{path}:\n{start}")
        for line in set(re.findall(r"#include .*", before)) - set(seen):
            if "/old" not in line:
                self.verdict.fault(None, "include lost", f"{path}: {line}")

    # --- what is left

    def compare_lists(self):
        """A site that was not edited is listed where it stands: a finding at
        its place, or on its line where there is no name to point at."""
        for path, places in self.project.places.items():
            for offset, site, mark in places:
                side = self.choice.get(site.group, "after")
                self.verdict.counts["sites"] += 1
                if side == "wrong":
                    continue
                if side == "after":
                    self.verdict.counts["edited"] += 1
                    continue
                number = int(mark.split(".")[0])
                end = offset + len(render(site.before, None).encode())
                if (path, offset, end - offset) in self.edited and not list(sites(site.before)):
                    self.verdict.fault(number, "not edited", f"{path} {mark}: "
                                       f"{render(site.before, None)!r} ({site.what}), as was said")
                here = self.listed.get(path, {})
                reason = next((here[at] for at in range(offset, end + 1) if at in here), None)
                if reason is None:
                    known = self.lines.get(path, {})
                    reason = next((known[n] for n in self._lines_of(path, offset, end)
                                   if n in known), None)
                self.verdict.counts["left"] += 1
                self.verdict.left[reason] += 1
                self.verdict.examples.setdefault(reason, []).append(
                    (f"{path} {mark}", self._line(path, offset), next(
                        (self.reasons[path, n] for n in self._lines_of(path, offset, end)
                         if (path, n) in self.reasons), "")))
                if reason is None:
                    self.verdict.fault(number, "not listed",
                                       f"{path} {mark}: {render(site.before, None)!r} ({site.what})")

    def _lines_of(self, path, offset, end):
        text = self.project.texts[path].encode()
        return range(text.count(b"\n", 0, offset) + 1, text.count(b"\n", 0, end) + 2)

    def _line(self, path, offset):
        text = self.project.texts[path].encode()
        return text[text.rfind(b"\n", 0, offset) + 1:text.find(b"\n", offset)].decode().strip()

    def compare_accounts(self):
        """Every textual mention, counted here once more."""
        words = {one.name for p in self.project.programs for one in p.family.legacy}
        mine = Counter(w for text in self.project.texts.values() for w in NAME.findall(text)
                       if w in words)
        theirs, listed = Counter(), Counter()
        for name in self.findings["accounting"]["names"]:
            if name["kind"] == "class":
                theirs[name["word"]] = max(theirs[name["word"]], 0) + name["mentions"]
                listed["unexplained"] += name["buckets"].get("unexplained", 0)
        if mine != theirs:
            self.verdict.fault(None, "accounts", f"mentions {dict(mine)}, told {dict(theirs)}")
        if listed["unexplained"]:
            self.verdict.fault(None, "accounts", f"{listed['unexplained']} mentions unexplained")
        for text in self.findings["accounting"]["inconsistencies"]:
            self.verdict.fault(None, "accounts", text)


def compare_digests(verdict, actual, expected):
    """The two ASTs, line by line; the first difference of each program."""
    told = set()
    lines, wanted = actual.splitlines(), expected.splitlines()
    if lines == wanted:
        return
    import difflib
    name = re.compile(r"\bp(\d+)::")
    for tag, a, b, c, d in difflib.SequenceMatcher(None, lines, wanted, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        context = "\n".join(lines[max(0, a - 30):a])
        found = name.findall(context + "\n".join(lines[a:b]))
        number = int(found[-1]) if found else None
        if number not in told:
            told.add(number)
            verdict.fault(number, "another meaning", "\n".join(
                lines[max(0, a - 3):a] + ["+ " + t for t in lines[a:b]][:15]
                + ["- expected " + t for t in wanted[c:d]][:15]))
