"""The engine classes: seven come from the fixture, the others from here."""

import re

from .core import ARGS, CLASS, HEADER, guarded, includes

DERIVED = ["MCPEnhanced", "Streaming", "Retrying", "Audited", "Priority",
           "Tracing"]
HOLDERS = [("ToolExecutionEngine", "tools", "ET"),
           ("UnifiedToolExecutionEngine", "", "ET"),
           ("BatchExecutionEngine", "", "EE"),
           ("CachingExecutionEngine", "", "RS"),
           ("PooledExecutionEngine", "", "EE"),
           ("ConsolidatedExecutionEngineWrapper", "", "EE")]
ADAPTERS = ["SupervisorExecutionEngineAdapter", "GenericExecutionEngineAdapter",
            "LegacyExecutionEngineAdapter"]
PLAIN = ["DryRun", "Null", "Recording", "Replay", "Local", "Remote",
         "Scheduled", "Throttled", "ReadOnly", "Debug", "Echo", "Quiet",
         "Offline"]


def engine_header(c, name, space, needs, body):
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    path = f"include/netra/engines/{space + '_' if space else ''}{snake}.h"
    inner = f"namespace {space} {{\n\n{body.strip()}\n\n}} // namespace {space}" \
        if space else body.strip()
    c.write(path, guarded(path, includes(needs) +
            f"\nnamespace netra {{\n\n{inner}\n\n}} // namespace netra\n"))
    return path.removeprefix("include/")


def write_engines(c):
    headers, lines = [], []
    for i, short in enumerate(DERIVED):
        name = short + "ExecutionEngine"
        idle = "  bool Idle() const { return active_runs() == 0; }\n" if i == 0 else ""
        headers.append(engine_header(c, name, "", [HEADER["EE"]], f"""
/// An engine with something added.
class {name} : public ExecutionEngine {{
public:
  @k@{name}(AgentRegistry &registry, AgentWebSocketBridge &bridge)
      : @c:base initialiser@ExecutionEngine(registry, bridge) {{}}
  std::string Execute(const std::string &agent,
                      const std::string &question) override {{
    return "[{short}] " + ExecutionEngine::Execute(agent, question);
  }}
{idle}}};
"""))
        lines.append(f"  netra::{name} d{i}(deps.registry, deps.bridge);\n"
                     f"  total += app::Ask(d{i});\n")
    for i, (name, space, kind) in enumerate(HOLDERS):
        headers.append(engine_header(c, name, space, ["app/deps.h", HEADER[kind]], f"""
/// Has an engine, and hands everything on to it.
class {name} {{
public:
  explicit {name}(app::Deps &deps) : @c:member initialiser@engine_({ARGS[kind]}) {{}}
  int Ask() {{ return app::Ask(engine_); }}

private:
  {CLASS[kind]} engine_;
}};
"""))
        lines.append(f"  total += netra::{space + '::' if space else ''}{name}"
                     "(deps).Ask();\n")
    for name in ADAPTERS:
        headers.append(engine_header(c, name, "", [HEADER["EE"]], f"""
/// Looks at an engine that somebody else owns.
class {name} {{
public:
  explicit {name}(ExecutionEngine &engine) : engine_(engine) {{}}
  bool busy() const {{ return engine_.active_runs() > 0; }}

private:
  ExecutionEngine &engine_;
}};
"""))
    plain = [("ToolExecutionEngine", "services")] + [
        (p + "ExecutionEngine", "") for p in PLAIN]
    for i, (name, space) in enumerate(plain):
        headers.append(engine_header(
            c, name, space, ["netra/agents/supervisor/base_execution_engine.h"], f"""
/// One more engine, of no kin to the three.
class {name} : public BaseExecutionEngine {{
public:
  {name}() : BaseExecutionEngine("plain-{i}") {{}}
  std::string Execute(const std::string &agent, const std::string &) override {{
    return "{name} ran " + agent;
  }}
}};
"""))
        lines.append(f"  netra::{space + '::' if space else ''}{name} p{i};\n"
                     f"  total += app::Ask(p{i});\n")
    c.write("src/engines/tour.cpp", includes(["app/deps.h"] + headers) +
            "\nnamespace tours {\n\nint AskEngines(app::Deps &deps) {\n  int total = 0;\n"
            + "".join(lines) + "  return total;\n}\n\n} // namespace tours\n")
