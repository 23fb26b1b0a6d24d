"""The issue's figures, the names, and the writer that counts."""

import re
from collections import Counter
from pathlib import Path

FIXTURE = Path(__file__).resolve().parent.parent.parent / "fixtures" / "netra"

# Shared with the fixture, as they are.
COPIED = """
include/netra/core/user_execution_context.h
include/netra/agents/agent_registry.h
include/netra/agents/supervisor/agent_instance_factory.h
include/netra/agents/supervisor/base_execution_engine.h
include/netra/agents/supervisor/execution_engine_interface.h
include/netra/agents/supervisor/execution_engine.h
include/netra/agents/supervisor/request_scoped_execution_engine.h
include/netra/agents/supervisor/user_execution_engine.h
include/netra/tools/enhanced_tool_execution_engine.h
include/netra/websocket/agent_websocket_bridge.h
include/netra/websocket/user_websocket_emitter.h
include/netra/websocket/websocket_manager.h
src/agents/agent_registry.cpp
src/agents/supervisor/execution_engine.cpp
src/agents/supervisor/request_scoped_execution_engine.cpp
src/agents/supervisor/user_execution_engine.cpp
src/tools/enhanced_tool_execution_engine.cpp
src/websocket/agent_websocket_bridge.cpp
""".split()
# CreateFromLegacy; and the out-of-line constructors (two of ExecutionEngine,
# one of each other class) with CreateFromLegacy.
COPIED_FACTORIES, COPIED_COUPLINGS = 1, 6

GOAL = {"broken_includes": 137, "broken_files": 136, "constructions": 920,
        "classes": 36, "factories": 67, "couplings": 183, "legacy_files": 209}
GOAL_SPELLED = {"ExecutionEngine(": (235, 74),
                "EnhancedToolExecutionEngine(": (15, 7)}
BROKEN_TUS, WORKING_TUS, OTHER_TUS = 136, 36, 100
# The decoy, app::Catalog::ExecutionEngine(int), where declared and called.
NOT_A_CLASS = r"(?<!\.)(?<!int )"
BROKEN_INCLUDE = "netra/core/user_execution_engine.h"

CLASS = {"EE": "ExecutionEngine", "RS": "RequestScopedExecutionEngine",
         "ET": "EnhancedToolExecutionEngine"}
HEADER = {"EE": "netra/agents/supervisor/execution_engine.h",
          "RS": "netra/agents/supervisor/request_scoped_execution_engine.h",
          "ET": "netra/tools/enhanced_tool_execution_engine.h"}
ALIAS = {"EE": "Engine", "RS": "RequestEngine", "ET": "ToolEngine"}
ARGS = {"EE": "deps.registry, deps.bridge",
        "RS": "deps.context, deps.registry, deps.bridge",
        "ET": "deps.manager"}


class Corpus:
    """Writes files. Marks in their text say what they hold: `@c:FORM@` before
    a construction, `@f@` before a factory, `@k@` before a coupling. They are
    counted and taken out."""

    def __init__(self, out, scale):
        self.out, self.scale = out, scale
        self.files = {}
        self.forms, self.marks = Counter(), Counter()
        self.legacy_files = set()
        self.broken = []

    def write(self, path, text):
        assert path not in self.files, path
        forms = re.findall(r"@c:([^@]*)@", text)
        self.forms.update(forms)
        self.marks["factories"] += text.count("@f@")
        self.marks["couplings"] += text.count("@k@")
        text = re.sub(r"@(?:c:[^@]*|f|k)@", "", text).lstrip("\n")
        named = re.search(NOT_A_CLASS + r"\b(?:%s)\b" % "|".join(CLASS.values()),
                          code_only(text))
        if forms or named or BROKEN_INCLUDE in text:
            self.legacy_files.add(path)
        self.files[path] = text
        target = self.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def sources(self):
        return sorted(p for p in self.files if p.endswith(".cpp"))


def code_only(text):
    """The text without comments, strings and raw strings."""
    return re.sub(r'R"\(.*?\)"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', " ",
                  text, flags=re.S)


def guarded(path, body):
    guard = re.sub(r"\W", "_", path.removeprefix("include/")).upper()
    return f"#ifndef {guard}\n#define {guard}\n\n{body.strip()}\n\n#endif\n"


def includes(names):
    return "".join(f"#include {n if n[0] == '<' else chr(34) + n + chr(34)}\n"
                   for n in names)


def write_shared(c):
    for path in COPIED:
        c.write(path, (FIXTURE / path).read_text())
    c.marks["factories"] += COPIED_FACTORIES
    c.marks["couplings"] += COPIED_COUPLINGS
    c.write("include/app/deps.h", guarded("include/app/deps.h", """
#include "netra/agents/agent_registry.h"
#include "netra/agents/supervisor/execution_engine_interface.h"
#include "netra/core/user_execution_context.h"
#include "netra/websocket/agent_websocket_bridge.h"

namespace app {

/// What every service is handed; it has no need to name the parts again.
struct Deps {
  netra::AgentRegistry &registry;
  netra::AgentWebSocketBridge &bridge;
  netra::UserExecutionContext context;
  netra::WebSocketManager *manager;
};

/// The length of an answer, to add up.
inline int Ask(netra::IExecutionEngine &engine) {
  return static_cast<int>(engine.Execute("helper", "how many?").size());
}

} // namespace app
"""))
    c.write("include/app/engines.h", guarded("include/app/engines.h",
        includes(HEADER.values()) + "\nnamespace app {\n\n"
        "/// Shorter names, used all over.\n"
        + "".join(f"using {ALIAS[k]} = netra::{CLASS[k]};\n" for k in CLASS)
        + "\n} // namespace app\n"))
    c.write("include/app/catalog.h", guarded("include/app/catalog.h", """
namespace app {

/// A function of the same name as a class; not a class.
struct Catalog {
  int ExecutionEngine(int shelf) const { return shelf + 1; }
};

} // namespace app
"""))
