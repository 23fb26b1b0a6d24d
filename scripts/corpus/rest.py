"""What surrounds the engines: other files, the golden path, the build."""

import json

from .core import OTHER_TUS, includes

def write_others(c, copy):
    """Files that have nothing to do with engines, or only mention them."""
    for i in range(OTHER_TUS):
        tag = f"other_{copy * OTHER_TUS + i:04d}"
        before, value = "", f"n * {i + 2}"
        needs = ["<string>"] if i % 3 else ["app/deps.h"]
        if i % 4 == 0:
            before = ('const char *Manual() {\n  return "make one: ExecutionEngine(registry), "\n'
                      '         "or EnhancedToolExecutionEngine(manager)";\n}\n\n')
            c.marks["in_strings"] += 2
        elif i % 4 == 1:
            before = "// Older than RequestScopedExecutionEngine(context, registry).\n"
            c.marks["in_comments"] += 1
        elif i % 20 == 2:
            before = ('const char *Text() {\n  return R"(auto e = ExecutionEngine(a, b);\n)";'
                      '\n}\n\n')
            c.marks["in_strings"] += 1
        elif i % 20 == 3:
            needs.append("app/catalog.h")
            value = "app::Catalog().ExecutionEngine(n)"
            c.marks["same_name"] += 1
        c.write(f"src/other/{tag}.cpp", includes(needs) +
                f"\nnamespace {tag} {{\n\n{before}int Count(int n) {{ return {value}; }}\n\n"
                f"}} // namespace {tag}\n")


def write_main(c, tags):
    declared = "".join(f"int Answer_{t}(app::Deps &deps);\n" for t in tags)
    calls = "".join(f'  Print("{t}", services::Answer_{t}(deps));\n' for t in tags)
    c.write("src/golden_path.cpp", f"""
// A user logs in, asks, and gets the answer, from every service that compiles
// before the migration. Prints the same after it.
#include "app/deps.h"
#include <cstdio>

namespace services {{
{declared}}} // namespace services
namespace tours {{
int AskEngines(app::Deps &deps);
int AskFactories(app::Deps &deps);
int AskMocks(app::Deps &deps);
}} // namespace tours

static std::string Help(const netra::UserExecutionContext &context,
                        const std::string &question) {{
  return context.user_id() + " asked " + question;
}}

static void Print(const char *who, int total) {{
  std::printf("%s: %d\\n", who, total);
}}

int main() {{
  netra::AgentRegistry::Default().Register("helper", Help);
  netra::AgentWebSocketBridge &bridge = netra::AgentWebSocketBridge::Default();
  app::Deps deps{{netra::AgentRegistry::Default(), bridge,
                 netra::UserExecutionContext("ada", "run-1"), &bridge.manager()}};
{calls}  Print("engines", tours::AskEngines(deps));
  Print("factories", tours::AskFactories(deps));
  Print("mocks", tours::AskMocks(deps));
  for (const std::string &event : bridge.manager().sent())
    std::printf("event: %s\\n", event.c_str());
}}
""")


def write_build_files(c):
    broken = sorted(set(c.broken))
    working = [s for s in c.sources() if s not in set(broken)]
    rule = "\t$(CXX) -std=c++17 -Wall -Iinclude -c $< -o $@"
    c.write("Makefile", f"""
# `make` builds bin/golden_path; `make broken` compiles what is broken before
# the migration.
CXX ?= c++
WORKING = \\
  {" ".join(working)}
BROKEN = \\
  {" ".join(broken)}

bin/golden_path: $(WORKING:%.cpp=build/%.o)
	@mkdir -p $(@D)
	$(CXX) $^ -pthread -o $@
broken: $(BROKEN:%.cpp=build/%.o)
build/%.o: %.cpp
	@mkdir -p $(@D)
{rule}
.PHONY: broken
""")
    commands = [{"directory": str(c.out), "file": str(c.out / s),
                 "command": f"clang++ -std=c++17 -Iinclude -c {s} -o build/{s[:-4]}.o"}
                for s in c.sources()]
    # A path with a space needs no quoting: only `directory` and `file` hold it.
    c.write("compile_commands.json", json.dumps(commands, indent=1) + "\n")
