"""The call sites: translation units that make engines, in every form."""

from .core import (ALIAS, ARGS, BROKEN_INCLUDE, BROKEN_TUS, CLASS, GOAL,
                   GOAL_SPELLED, HEADER, WORKING_TUS, includes)
from .engines import DERIVED

# kind, via (direct: the class's own name; alias: one of this file; app: one of
# app/engines.h), form, arguments where they are not the usual ones.
FIRST = [("EE", "alias", "variable", None), ("RS", "direct", "variable", None),
         ("EE", "app", "variable", None), ("EE", "direct", "braces", None),
         ("RS", "alias", "variable", ARGS["RS"] + ", 2"),
         ("EE", "direct", "variable", ARGS["EE"] + ", deps.context"),
         ("EE", "direct", "variable", "")]
REST = [("EE", "app", "temporary", None), ("EE", "direct", "make_unique", None),
        ("RS", "alias", "auto braces", None), ("EE", "alias", "new", None),
        ("RS", "direct", "make_shared", None), ("ET", "app", "braces", None),
        ("RS", "direct", "temporary", ARGS["RS"] + ", 4"),
        ("EE", "app", "member initialiser", None),
        ("EE", "alias", "braced argument", None), ("RS", "app", "copy", None),
        ("EE", "alias", "base initialiser", None), ("EE", "direct", "braces", None),
        ("ET", "alias", "make_unique", None), ("RS", "direct", "new braces", None),
        ("EE", "app", "make_shared", ARGS["EE"] + ", deps.context"),
        ("EE", "alias", "auto", None), ("RS", "direct", "member initialiser", None),
        ("ET", "app", "variable", ""), ("RS", "app", "braced argument", None),
        ("EE", "direct", "auto braces", ARGS["EE"] + ", deps.context")]
SPELLED_FORMS = ["copy", "auto", "new", "temporary", "base initialiser"]


def shares(total, count):
    """`total` split over `count` places as evenly as it goes."""
    return [total // count + (i < total % count) for i in range(count)]


def plan_call_sites(c):
    """For each TU of one copy: its constructions, first the one that is
    announced. The totals of the issue less what stands elsewhere."""
    count = BROKEN_TUS + WORKING_TUS
    sites = [[] for _ in range(count)]
    direct = sorted(range(count), key=lambda t: (t * 5 % 12, t))
    files = GOAL_SPELLED["ExecutionEngine("][1] - len(DERIVED) - 1
    total = GOAL_SPELLED["ExecutionEngine("][0] - len(DERIVED) - 1
    n = 0
    for t, share in zip(direct[:files], shares(total, files)):
        for _ in range(share):
            args = [None, None, ARGS["EE"] + ", deps.context", None, ""][n % 5]
            sites[t].append(("EE", "direct", SPELLED_FORMS[n % 7 % 5], args))
            n += 1
    total, files = GOAL_SPELLED["EnhancedToolExecutionEngine("]
    for t, share in zip(direct[-files:], shares(total, files)):
        for i in range(share):
            sites[t].append(("ET", "direct", SPELLED_FORMS[i % 4],
                             "" if i == 1 else None))
    left = GOAL["constructions"] - sum(c.forms.values()) - sum(map(len, sites))
    n = 0
    for t, share in enumerate(shares(left, count)):
        sites[t].insert(0, FIRST[t % len(FIRST)])
        for _ in range(share - 1):
            sites[t].append(REST[n % len(REST)])
            n += 1
    return sites


class Unit:
    """The text of one call-site TU as it grows."""

    def __init__(self, style, broken):
        self.style, self.broken = style, broken
        self.needs, self.aliases = set(), set()
        self.helpers, self.statements = [], []

    def spell(self, kind, via):
        if via == "app":
            self.needs.add("app/engines.h")
            return f"app::{ALIAS[kind]}"
        self.needs.add(HEADER[kind])
        if via == "alias":
            self.aliases.add(kind)
            return ALIAS[kind]
        return f"netra::{CLASS[kind]}" if self.style == 1 else CLASS[kind]

    def construct(self, site):
        """Adds one construction; the length is that of the list of forms."""
        kind, via, form, args = site
        name = self.spell(kind, via)
        args = ARGS[kind] if args is None else args
        i = len(self.statements)
        mark = f"@c:{form}@"
        e, use = f"e{i}", f"total += app::Ask(e{i});"
        if form in ("new", "new braces", "make_unique", "make_shared"):
            self.needs.add("<memory>")
        if form == "variable":
            text = f"{mark}{name} {e}({args});" if args else f"{mark}{name} {e};"
        elif form == "braces":
            text = f"{mark}{name} {e}{{{args}}};"
        elif form == "copy":
            text = f"{name} {e} = {mark}{name}({args});"
        elif form in ("auto", "auto braces"):
            value = f"({args})" if form == "auto" else f"{{{args}}}"
            text = f"auto {e} = {mark}{name}{value};"
        elif form in ("new", "new braces"):
            value = f"({args})" if form == "new" else f"{{{args}}}"
            text = f"std::unique_ptr<{name}> {e}({mark}new {name}{value});"
            use = f"total += app::Ask(*{e});"
        elif form in ("make_unique", "make_shared"):
            text = f"auto {e} = {mark}std::{form}<{name}>({args});"
            use = f"total += app::Ask(*{e});"
        elif form == "temporary":
            text, use = "", f'total += {mark}{name}({args}).Execute("helper", "x").size();'
        elif form == "braced argument":
            self.helpers.append(f"int Take{i}({name} &&engine) "
                                "{ return app::Ask(engine); }\n")
            text, use = "", f"total += Take{i}({mark}{{{args}}});"
        elif form == "member initialiser":
            self.helpers.append(
                f"struct Session{i} {{\n  explicit Session{i}(app::Deps &deps) : "
                f"{mark}engine({args}) {{ (void)deps; }}\n  {name} engine;\n}};\n")
            text, use = f"Session{i} {e}(deps);", f"total += app::Ask({e}.engine);"
        elif form == "base initialiser":
            self.helpers.append(
                f"struct Special{i} : {name} {{\n  explicit Special{i}(app::Deps &deps) "
                f": {mark}{name}({args}) {{ (void)deps; }}\n}};\n")
            text = f"Special{i} {e}(deps);"
        else:
            raise ValueError(form)
        self.statements.append([text, use] if text else [use])
        return name

    def announce(self, name, way, tag):
        """A coupling: sends an event about the engine e0, in one of three ways."""
        if way == 0:
            self.helpers.append(
                f"@k@void Announce(const {name} &engine, netra::AgentWebSocketBridge &bridge) {{\n"
                f'  bridge.NotifyAgentStarted(engine.run_id(), "{tag}");\n}}\n')
            call = "Announce(e0, deps.bridge);"
        elif way == 1:
            self.helpers.append(
                f"@k@void Announce(const {name} &engine, app::Deps &deps) {{\n"
                "  netra::WebSocketManager &sockets = *deps.manager;\n"
                f'  sockets.Send(engine.run_id(), "agent_started", "{tag}");\n}}\n')
            call = "Announce(e0, deps);"
        else:
            self.needs.add("netra/websocket/user_websocket_emitter.h")
            self.helpers.append(
                f"@k@void Announce(const {name} *engine, app::Deps &deps) {{\n"
                "  netra::UserWebSocketEmitter emitter(deps.bridge);\n"
                f'  emitter.Emit(engine->run_id(), "agent_started", "{tag}");\n}}\n')
            call = "Announce(&e0, deps);"
        self.statements[0].append(call)

    def text(self, tag, twice):
        head = [BROKEN_INCLUDE] * (1 + twice) if self.broken else []
        mine = sorted(self.needs | {"app/deps.h"}, key=lambda n: (n[0] == "<", n))
        top = includes(head) + ("\n" if head else "") + includes(mine) + "\n"
        used = [k for k in CLASS if HEADER[k] in self.needs]
        aliases = "".join(f"using {ALIAS[k]} = netra::{CLASS[k]};\n"
                          for k in CLASS if k in self.aliases)
        opening = f"namespace {tag} {{\n\n"
        closing = f"}} // namespace {tag}\n"
        outer = ""
        if self.style == 0:
            opening = "namespace netra {\n" + opening
            closing += "} // namespace netra\n"
            outer = "netra::"
        elif self.style == 2:
            opening = "using namespace netra;\n\n" + opening
        elif self.style == 3:
            opening += "".join(f"using netra::{CLASS[k]};\n" for k in used) + "\n"
        parts, names = "", []
        for n in range(0, len(self.statements), 4):
            body = "".join(f"  {line}\n" for s in self.statements[n:n + 4] for line in s)
            names.append(f"Part{n // 4}")
            parts += (f"int {names[-1]}(app::Deps &deps) {{\n  int total = 0;\n{body}"
                      "  return total;\n}\n\n")
        total = " + ".join(f"{outer}{tag}::{n}(deps)" for n in names)
        return (f"{top}{opening}{aliases}{chr(10) if aliases else ''}"
                + "\n".join(self.helpers) + ("\n" if self.helpers else "") + parts
                + closing + f"\nnamespace services {{\n\nint Answer_{tag}(app::Deps &deps) "
                f"{{\n  return {total};\n}}\n\n}} // namespace services\n")


FOLDERS = ["agents", "api", "chat", "supervisor", "tools", "tests"]


def write_call_sites(c, copy, sites, couplings):
    tags = []
    for t, plan in enumerate(sites):
        broken = t < BROKEN_TUS
        number = copy * len(sites) + t
        tag = f"service_{number:04d}"
        unit = Unit(t % 4, broken)
        names = [unit.construct(site) for site in plan]
        kind = plan[0][0]
        if t % 4 == 1 and kind != "ET":
            unit.statements[0].append(
                f"total += e0.{'active_runs' if kind == 'EE' else 'ActiveRuns'}();")
        if t % 9 == 4:
            unit.statements[0].insert(0, "// was: ExecutionEngine(registry), before the bridge")
            c.marks["in_comments"] += 1
        if t < couplings:
            unit.announce(names[0], t % 3, tag)
        if broken:
            canonical = "netra::UserExecutionEngine"
            unit.helpers.append(
                f"int AskUser(app::Deps &deps) {{\n  {canonical} user =\n      {canonical}"
                "::CreateFromLegacy(deps.registry, deps.bridge);\n"
                "  return app::Ask(user);\n}\n")
            unit.statements[-1].append("total += AskUser(deps);")
            c.broken += ["src/%s/%s.cpp" % (FOLDERS[t % 6], tag)] * (1 + (t == 0))
        else:
            tags.append(tag)
        c.write("src/%s/%s.cpp" % (FOLDERS[t % 6], tag), unit.text(tag, t == 0))
    return tags
