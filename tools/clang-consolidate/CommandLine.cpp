//===- CommandLine.cpp - argv -> Invocation -------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"

#include "llvm/Config/llvm-config.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <map>
#include <thread>

namespace consolidate {
namespace {

struct Description {
  const char *Name;
  const char *Text;
};

constexpr Description Commands[] = {
    {"survey", "Count the legacy names and show what a run would parse"},
    {"diff", "Show the verified migration as a patch; write nothing"},
    {"apply", "Verify the migration, then write all of it"},
    {"undo", "Take the last apply back, byte for byte"},
    {"check", "Count the limits of the rules file; fail when one is broken"},
    {"explain", "Say why a file is parsed, edited or left"},
};

void addProjectOptions(CLI::App &App, Invocation &Out) {
  ProjectOptions &Project = Out.Project;
  App.add_option("-p,--build", Project.BuildDirectories,
                 "Directory with compile_commands.json; may be repeated")
      ->type_name("DIR")
      ->allow_extra_args(false);
  App.add_option("--rules", Project.Rules,
                 "Rules file, or builtin:NAME; default: .clang-consolidate.yaml "
                 "found upward, else builtin:execution-engine")
      ->type_name("FILE");
  App.add_option("--root", Project.Root,
                 "Directory of the code; nothing outside is edited")
      ->type_name("DIR");
  App.add_option("-j,--jobs", Project.Threads, "Translation units in parallel")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  App.add_flag("-v,--verbose", Out.Verbose, "Say more");
  App.add_flag("-q,--quiet", Out.Quiet, "Say only what went wrong");
}

void addPaths(CLI::App &App, Invocation &Out) {
  App.add_option("paths", Out.Project.Paths,
                 "Only uses in these files and directories")
      ->type_name("PATH");
}

void addFormat(CLI::App &App, Invocation &Out) {
  static const std::map<std::string, OutputFormat> Formats{
      {"text", OutputFormat::Text}, {"json", OutputFormat::Json}};
  App.add_option("--format", Out.Format, "text or json")
      ->type_name("FORMAT")
      ->transform(CLI::CheckedTransformer(Formats));
}

void addCommand(CLI::App &Main, const Description &What, Invocation &Out) {
  CLI::App *App = Main.add_subcommand(What.Name, What.Text);
  std::string Name = What.Name;
  App->callback([&Out, Name] { Out.Command = Name; });
  addProjectOptions(*App, Out);
  if (Name == "explain")
    App->add_option("subject", Out.Subject, "The file to explain")
        ->type_name("FILE")
        ->required();
  else if (Name != "undo")
    addPaths(*App, Out);
  if (Name == "diff" || Name == "check")
    addFormat(*App, Out);
  if (Name == "diff" || Name == "apply")
    App->add_flag("--unsafe", Out.Project.AllowUnsafe,
                  "Also make edits that may change behaviour");
  if (Name == "apply") {
    App->add_flag("--allow-dirty", Out.AllowDirty,
                  "Also write to files with uncommitted changes");
    App->add_flag("--keep-going", Out.KeepGoing,
                  "Write although some translation units did not parse");
  }
}

} // namespace

std::optional<int> parseCommandLine(int Argc, char **Argv, Invocation &Out) {
  CLI::App Main("Consolidates legacy C++ classes into one canonical class",
                "clang-consolidate");
  Main.set_version_flag("--version", "clang-consolidate " CONSOLIDATE_VERSION
                                     " (LLVM " LLVM_VERSION_STRING ")");
  Main.require_subcommand(1);
  Main.footer("Exit status: 0 clean, 1 pending or broken, 2 usage or rules "
              "error,\n3 a translation unit did not parse, 4 verification "
              "dropped something.");
  Out.Project.Threads = std::max(1u, std::thread::hardware_concurrency());
  Out.Project.WorkingDirectory = std::filesystem::current_path().string();
  for (const Description &What : Commands)
    addCommand(Main, What, Out);
  try {
    Main.parse(Argc, Argv);
  } catch (const CLI::ParseError &E) {
    // Help and version are no errors; everything else is status 2.
    return Main.exit(E) == 0 ? ExitClean : ExitUsage;
  }
  for (int I = 0; I < Argc; ++I)
    Out.Words += (I ? " " : "") + std::string(Argv[I]);
  return std::nullopt;
}

} // namespace consolidate
