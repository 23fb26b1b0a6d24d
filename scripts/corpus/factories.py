"""The factories: one comes from the fixture, the others from here."""

from .core import HEADER, guarded, includes

FACTORY_CLASSES = [("supervisor", "ExecutionEngineFactory"),
                   ("managers", "ExecutionEngineFactory"),
                   ("legacy", "ExecutionEngineFactory"),
                   ("netra", "UnifiedExecutionEngineFactory")]

FACTORY_METHODS = [  # result, name, body
    ("netra::ExecutionEngine", "Create",
     "return @c:braced return@{deps_.registry, deps_.bridge};"),
    ("std::unique_ptr<netra::ExecutionEngine>", "CreateOwned",
     "return @c:make_unique@std::make_unique<netra::ExecutionEngine>("
     "deps_.registry, deps_.bridge);"),
    ("std::shared_ptr<netra::ExecutionEngine>", "CreateShared",
     "return @c:make_shared@std::make_shared<app::Engine>("
     "deps_.registry, deps_.bridge, deps_.context);"),
    ("app::Engine *", "CreateRaw",
     "return @c:new@new app::Engine(deps_.registry, deps_.bridge);"),
    ("netra::RequestScopedExecutionEngine", "CreateForRequest",
     "return @c:braced return@{deps_.context, deps_.registry, deps_.bridge};"),
    ("std::unique_ptr<app::RequestEngine>", "CreateOwnedForRequest",
     "return @c:make_unique@std::make_unique<app::RequestEngine>("
     "deps_.context, deps_.registry, deps_.bridge, 5);"),
    ("netra::EnhancedToolExecutionEngine", "CreateForTools",
     "return @c:temporary@app::ToolEngine(deps_.manager);"),
    ("std::unique_ptr<netra::EnhancedToolExecutionEngine>", "CreateOwnedForTools",
     "return @c:make_unique@std::make_unique<app::ToolEngine>(deps_.manager);"),
    ("std::unique_ptr<netra::UserExecutionEngine>", "CreateForUser",
     "return std::make_unique<netra::UserExecutionEngine>("
     "netra::UserExecutionEngine::CreateFromLegacy(deps_.registry, deps_.bridge));"),
]

BRIDGED = "(netra::AgentRegistry &registry, netra::AgentWebSocketBridge &bridge)"
REQUEST = ("(const netra::UserExecutionContext &context, netra::AgentRegistry &registry,"
           " netra::AgentWebSocketBridge &bridge)")
FACTORY_FUNCTIONS = [  # result, name, parameters, body, call in the tour
    ("netra::ExecutionEngine", "CreateExecutionEngine", BRIDGED,
     "return @c:braced return@{registry, bridge};"),
    ("std::unique_ptr<netra::ExecutionEngine>", "CreateOwnedExecutionEngine", BRIDGED,
     "return @c:make_unique@std::make_unique<netra::ExecutionEngine>(registry, bridge);"),
    ("std::shared_ptr<netra::ExecutionEngine>", "CreateSharedExecutionEngine", BRIDGED,
     "return @c:make_shared@std::make_shared<netra::ExecutionEngine>(registry, bridge);"),
    ("netra::ExecutionEngine *", "GetExecutionEngine", BRIDGED,
     "static @c:variable@netra::ExecutionEngine engine(registry, bridge);\n  return &engine;"),
    ("netra::ExecutionEngine *", "AllocateExecutionEngine", BRIDGED,
     "return @c:new@new netra::ExecutionEngine{registry, bridge};"),
    ("netra::RequestScopedExecutionEngine", "CreateRequestScopedEngine", REQUEST,
     "return @c:braced return@{context, registry, bridge};"),
    ("std::unique_ptr<netra::RequestScopedExecutionEngine>",
     "CreateOwnedRequestScopedEngine", REQUEST,
     "return @c:make_unique@std::make_unique<netra::RequestScopedExecutionEngine>("
     "context, registry, bridge);"),
    ("std::shared_ptr<netra::RequestScopedExecutionEngine>",
     "CreateSharedRequestScopedEngine", REQUEST,
     "return @c:make_shared@std::make_shared<netra::RequestScopedExecutionEngine>("
     "context, registry, bridge, 2);"),
    ("std::unique_ptr<netra::UserExecutionEngine>", "CreateUserExecutionEngine", BRIDGED,
     "return std::make_unique<netra::UserExecutionEngine>("
     "netra::UserExecutionEngine::CreateFromLegacy(registry, bridge));"),
    ("netra::EnhancedToolExecutionEngine", "CreateToolEngine",
     "(netra::WebSocketManager *manager)",
     "return @c:temporary@app::ToolEngine(manager);"),
]

LATER_FUNCTIONS = [
    ("std::optional<netra::ExecutionEngine>", "FindEngine", "bool",
     "if (!wanted)\n    return std::nullopt;\n"
     "  return @c:temporary@app::Engine(deps.registry, deps.bridge);"),
    ("std::optional<app::RequestEngine>", "FindRequestEngine", "bool",
     "if (!wanted)\n    return std::nullopt;\n  return @c:temporary@"
     "app::RequestEngine(deps.context, deps.registry, deps.bridge);"),
    ("std::optional<netra::UserExecutionEngine>", "FindUserEngine", "bool",
     "if (!wanted)\n    return std::nullopt;\n  return "
     "netra::UserExecutionEngine::CreateFromLegacy(deps.registry, deps.bridge);"),
    ("std::future<std::unique_ptr<netra::ExecutionEngine>>", "EngineLater", "",
     "std::promise<std::unique_ptr<netra::ExecutionEngine>> promise;\n"
     "  promise.set_value(@c:make_unique@std::make_unique<netra::ExecutionEngine>("
     "deps.registry, deps.bridge));\n  return promise.get_future();"),
    ("std::future<std::shared_ptr<netra::RequestScopedExecutionEngine>>",
     "RequestEngineLater", "",
     "std::promise<std::shared_ptr<netra::RequestScopedExecutionEngine>> promise;\n"
     "  promise.set_value(@c:make_shared@std::make_shared<app::RequestEngine>("
     "deps.context, deps.registry, deps.bridge));\n  return promise.get_future();"),
    ("std::future<netra::ExecutionEngine *>", "PooledEngineLater", "",
     "static @c:variable@netra::ExecutionEngine pooled{deps.registry, deps.bridge};\n"
     "  std::promise<netra::ExecutionEngine *> promise;\n"
     "  promise.set_value(&pooled);\n  return promise.get_future();"),
]

MODULES = ["Chat", "Search", "Billing", "Report", "Import", "Export", "Login",
           "Audit", "Alert", "Backup", "Mail", "Calendar", "Admin"]


def write_factory_classes(c):
    for n, (space, name) in enumerate(FACTORY_CLASSES):
        stem = f"netra/factories/{space}_factory"
        declared = "".join(f"  {r} {m}() const;\n" for r, m, _ in FACTORY_METHODS)
        c.write(f"include/{stem}.h", guarded(f"include/{stem}.h", includes(
            ["app/deps.h", "app/engines.h",
             "netra/agents/supervisor/user_execution_engine.h", "<memory>"]) + f"""
namespace {space} {{

/// One of {len(FACTORY_CLASSES)} classes that make every kind of engine.
class {name} {{
public:
  explicit {name}(app::Deps &deps) : deps_(deps) {{}}
{declared}
private:
  app::Deps &deps_;
}};

}} // namespace {space}
"""))
        defined = "\n".join(f"@f@{r} {name}::{m}() const {{\n  {b}\n}}\n"
                            for r, m, b in FACTORY_METHODS)
        c.write(f"src/factories/{space}_factory.cpp", f"""
#include "{stem}.h"

namespace {space} {{

{defined}
}} // namespace {space}
""")


def write_factory_functions(c):
    stem = "netra/factories/create_functions"
    c.write(f"include/{stem}.h", guarded(f"include/{stem}.h", includes(
        ["app/engines.h", "netra/agents/supervisor/user_execution_engine.h",
         "<memory>"]) + "\nnamespace netra {\n\n" + "".join(
        f"{r} {n}{p};\n" for r, n, p, _ in FACTORY_FUNCTIONS) +
        "\n} // namespace netra\n"))
    c.write("src/factories/create_functions.cpp", f'#include "{stem}.h"\n\n'
            "namespace netra {\n\n" + "\n".join(
                f"@f@@k@{r} {n}{p} {{\n  {b}\n}}\n"
                for r, n, p, b in FACTORY_FUNCTIONS) + "\n} // namespace netra\n")

    def parameters(extra):
        return "(app::Deps &deps, bool wanted)" if extra else "(app::Deps &deps)"
    stem = "netra/factories/later"
    c.write(f"include/{stem}.h", guarded(f"include/{stem}.h", includes(
        ["app/deps.h", "app/engines.h",
         "netra/agents/supervisor/user_execution_engine.h", "<future>", "<memory>",
         "<optional>"]) + "\nnamespace later {\n\n" + "".join(
        f"{r} {n}{parameters(x)};\n" for r, n, x, _ in LATER_FUNCTIONS) +
        "\n} // namespace later\n"))
    c.write("src/factories/later.cpp", f'#include "{stem}.h"\n\n'
            "namespace later {\n\n" + "\n".join(
                f"@f@{r} {n}{parameters(x)} {{\n  {b}\n}}\n"
                for r, n, x, b in LATER_FUNCTIONS) + "\n} // namespace later\n")

    stem = "netra/factories/modules"
    result = "std::unique_ptr<netra::ExecutionEngine>"
    c.write(f"include/{stem}.h", guarded(f"include/{stem}.h", includes(
        ["app/deps.h", HEADER["EE"], "<memory>"]) + "\nnamespace modules {\n\n"
        + "".join(f"{result} Create{m}Engine(app::Deps &deps);\n" for m in MODULES)
        + "\n} // namespace modules\n"))
    c.write("src/factories/modules.cpp", f'#include "{stem}.h"\n'
            '#include "netra/factories/create_functions.h"\n\n'
            "namespace modules {\n\n" + "\n".join(
                f"@f@{result} Create{m}Engine(app::Deps &deps) {{\n"
                "  return netra::CreateOwnedExecutionEngine(deps.registry, deps.bridge);\n"
                "}\n" for m in MODULES) + "\n} // namespace modules\n")


def write_factory_tour(c):
    lines = []
    for space, name in FACTORY_CLASSES:
        lines.append(f"  {space}::{name} {space}Factory(deps);\n")
        for result, method, _ in FACTORY_METHODS:
            call = f"{space}Factory.{method}()"
            if result.endswith("*"):
                call = f"std::unique_ptr<netra::IExecutionEngine>({call})"
            lines.append(f"  {{\n    auto made = {call};\n    total += app::Ask("
                         f"{'*' if result.endswith(('>', '*')) else ''}made);\n  }}\n")
    for m in MODULES:
        lines.append(f"  total += app::Ask(*modules::Create{m}Engine(deps));\n")
    lines.append("  total += app::Ask(*later::EngineLater(deps).get());\n"
                 "  auto found = later::FindEngine(deps, true);\n"
                 "  total += found ? app::Ask(*found) : 0;\n"
                 "  total += later::FindUserEngine(deps, false) ? 1 : 0;\n")
    c.write("src/factories/tour.cpp", includes(
        ["netra/factories/later.h", "netra/factories/modules.h"] +
        [f"netra/factories/{s}_factory.h" for s, _ in FACTORY_CLASSES]) +
        "\nnamespace tours {\n\nint AskFactories(app::Deps &deps) {\n  int total = 0;\n"
        + "".join(lines) + "  return total;\n}\n\n} // namespace tours\n")


def write_tests(c):
    path = "tests/support/mock_execution_engine.h"
    c.write(path, guarded(path, includes(["app/deps.h", HEADER["EE"], "<memory>"]) + """
namespace testing {

/// A test double: no engine, whatever its name ends in.
class MockExecutionEngine : public netra::ExecutionEngine {
public:
  explicit MockExecutionEngine(app::Deps &deps)
      : @c:base initialiser@netra::ExecutionEngine(deps.registry, deps.bridge) {}
  std::string Execute(const std::string &, const std::string &) override {
    return "mocked";
  }
};

/// A factory for tests; its name contains that of an engine.
class TestExecutionEngineFactory {
public:
  @f@std::unique_ptr<netra::ExecutionEngine> Create(app::Deps &deps) const {
    return std::make_unique<MockExecutionEngine>(deps);
  }
};

} // namespace testing
"""))
    c.write("tests/mock_test.cpp", """
#include "support/mock_execution_engine.h"

namespace tours {

int AskMocks(app::Deps &deps) {
  testing::TestExecutionEngineFactory factory;
  return app::Ask(*factory.Create(deps));
}

} // namespace tours
""")
