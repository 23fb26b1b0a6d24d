//===- CommandLine.cpp - argv -> Invocation -------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"

#include "consolidate/Support.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <filesystem>
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
    {"test", "Run the ruleset's own cases"},
    {"lsp", "Serve an editor on standard input and output"},
    {"explain",
     "Say what became of each mention in a file, or of a legacy name"},
};

constexpr unsigned MaxThreads = 1024;

/// CLI11 puts the option's name in front of what these return.
std::string checkThreads(const std::string &Value) {
  unsigned Number = 0;
  if (llvm::StringRef(Value).getAsInteger(10, Number) || Number == 0 ||
      Number > MaxThreads)
    return "'" + Value + "' is not a number from 1 to " +
           std::to_string(MaxThreads);
  return "";
}

std::string checkFormat(const std::string &Value) {
  return Value == "text" || Value == "json"
             ? ""
             : "'" + Value + "' is not one of: text, json";
}

std::string checkVerify(const std::string &Value) {
  return Value == "scanned" || Value == "more" || Value == "all"
             ? ""
             : "'" + Value + "' is not one of: scanned, more, all";
}

std::string checkTestFormat(const std::string &Value) {
  return Value == "text" || Value == "junit"
             ? ""
             : "'" + Value + "' is not one of: text, junit";
}

void addProjectOptions(CLI::App &App, Invocation &Out) {
  ProjectOptions &Project = Out.Project;
  App.add_option("-p,--build", Project.BuildDirectories,
                 "Directory with compile_commands.json; may be repeated")
      ->type_name("DIR")
      ->allow_extra_args(false);
  App.add_option(
         "--rules", Project.Rules,
         "Rules file, or builtin:NAME; default: .clang-consolidate.yaml "
         "found upward, else builtin:execution-engine")
      ->type_name("FILE");
  App.add_option("--root", Project.Root,
                 "Directory of the code; nothing outside is edited")
      ->type_name("DIR");
  App.add_option("-j,--jobs", Project.Threads, "Translation units in parallel")
      ->type_name("N")
      ->check(checkThreads);
  App.add_flag("-v,--verbose", Out.Verbose, "Say more");
  App.add_flag("-q,--quiet", Out.Quiet, "Say only what went wrong");
}

void addCache(CLI::App &App, Invocation &Out) {
  Out.Project.CacheDirectory = defaultCacheDirectory();
  App.add_option("--cache", Out.Project.CacheDirectory,
                 "Directory in which findings are kept for the next run")
      ->type_name("DIR");
  App.add_flag_callback(
      "--no-cache", [&Out] { Out.Project.CacheDirectory.clear(); },
      "Parse everything anew, and keep nothing");
}

void addPaths(CLI::App &App, Invocation &Out) {
  App.add_option("paths", Out.Project.Paths,
                 "Only uses in these files and directories")
      ->type_name("PATH");
}

void addExtent(CLI::App &App, Invocation &Out) {
  App.add_flag("--exhaustive", Out.Project.Exhaustive,
               "Parse every translation unit that sees a mention");
  auto Set = [&Out](const std::string &Value) {
    Out.Project.Verify = Value == "all"       ? VerifyExtent::All
                         : Value == "scanned" ? VerifyExtent::Scanned
                                              : VerifyExtent::OneMorePerHeader;
  };
  App.add_option_function<std::string>(
         "--verify", Set,
         "Parse again: what was scanned, and one more for each changed header "
         "(more, the default), or all that include one")
      ->type_name("EXTENT")
      ->check(checkVerify);
}

void addFormat(CLI::App &App, Invocation &Out) {
  auto Set = [&Out](const std::string &Value) {
    Out.Format = Value == "json" ? OutputFormat::Json : OutputFormat::Text;
  };
  App.add_option_function<std::string>("--format", Set, "text or json")
      ->type_name("FORMAT")
      ->check(checkFormat);
}

void addTestOptions(CLI::App &App, Invocation &Out) {
  App.add_option("name", Out.Names, "Only the cases of these names")
      ->type_name("NAME");
  auto Set = [&Out](const std::string &Value) {
    Out.Format = Value == "junit" ? OutputFormat::Junit : OutputFormat::Text;
  };
  App.add_option_function<std::string>("--format", Set, "text or junit")
      ->type_name("FORMAT")
      ->check(checkTestFormat);
  App.add_flag("--update", Out.Update,
               "Write what comes out into the rules file, where nothing else "
               "is wrong");
}

void addExplainOptions(CLI::App &App, Invocation &Out) {
  App.add_option("subject", Out.Subject,
                 "A file, a legacy name, or the id of a message: CC107")
      ->type_name("SUBJECT")
      ->required();
  App.add_flag("--quick", Out.Quick,
               "Only what the text of a file tells; parse nothing");
}

void addBaseline(CLI::App &App, Invocation &Out) {
  App.add_option("--baseline", Out.Baseline,
                 "Known violations, which break no limit; default: "
                 ".clang-consolidate-baseline.yaml beside the rules file")
      ->type_name("FILE");
  App.add_flag("--update-baseline", Out.UpdateBaseline,
               "Take entries that are gone out of the baseline; make it where "
               "there is none");
  App.add_flag("--grow-baseline", Out.GrowBaseline,
               "Also put what is broken now into it; never in CI");
}

void addCommand(CLI::App &Main, const Description &What, Invocation &Out) {
  CLI::App *App = Main.add_subcommand(What.Name, What.Text);
  std::string Name = What.Name;
  App->callback([&Out, Name] { Out.Command = Name; });
  addProjectOptions(*App, Out);
  if (Name == "explain")
    addExplainOptions(*App, Out);
  else if (Name == "test")
    addTestOptions(*App, Out);
  else if (Name != "undo" && Name != "lsp")
    addPaths(*App, Out);
  if (Name == "diff" || Name == "check")
    addFormat(*App, Out);
  if (Name == "check")
    addBaseline(*App, Out);
  if (Name != "undo" && Name != "test" && Name != "survey")
    addCache(*App, Out);
  if (Name == "diff" || Name == "apply" || Name == "check")
    App->add_option("--since", Out.Since,
                    "Only uses in files that differ from this git revision")
        ->type_name("REV");
  if (Name == "diff" || Name == "apply" || Name == "explain")
    addExtent(*App, Out);
  if (Name == "diff" || Name == "apply" || Name == "lsp")
    App->add_flag("--unsafe", Out.Project.AllowUnsafe,
                  "Also make edits that may change behaviour");
  if (Name == "apply") {
    App->add_flag("--allow-dirty", Out.AllowDirty,
                  "Also write to files with uncommitted changes");
    App->add_flag("--keep-going", Out.KeepGoing,
                  "Write although some translation units did not parse");
  }
}

// --- What is wrong with a command line ------------------------------------

/// Prints the error; \p Command may be empty.
int refuse(const llvm::Twine &What, llvm::StringRef Command = "") {
  llvm::errs() << "clang-consolidate: error: " << What << "\n  hint: "
               << "clang-consolidate " << Command
               << (Command.empty() ? "" : " ") << "--help\n";
  return ExitUsage;
}

std::string didYouMean(llvm::StringRef Word,
                       llvm::ArrayRef<llvm::StringRef> Known) {
  llvm::StringRef Near = nearestWord(Word, Known);
  return Near.empty() ? "" : ("; did you mean '" + Near + "'?").str();
}

/// The status when the first word is no command; CLI11 would only say that one
/// is missing.
std::optional<int> refuseFirstWord(int Argc, char **Argv) {
  std::vector<llvm::StringRef> Names;
  for (const Description &What : Commands)
    Names.push_back(What.Name);
  std::string List = "the commands are " + llvm::join(Names, ", ");
  if (Argc < 2)
    return refuse("no command given; " + List);
  llvm::StringRef First = Argv[1];
  if (llvm::is_contained(Names, First) || First == "-h" || First == "--help" ||
      First == "--version")
    return std::nullopt;
  if (First.starts_with("-"))
    return refuse("option '" + First + "' stands before the command; " + List);
  std::string Near = didYouMean(First, Names);
  return refuse("there is no command '" + First + "'" +
                (Near.empty() ? "; " + List : Near));
}

/// Names the first argument that \p App does not know.
int refuseExtra(const CLI::App &App, llvm::StringRef Word) {
  if (!Word.starts_with("-"))
    return refuse("unexpected argument '" + Word + "'", App.get_name());
  std::vector<std::string> Known{"--help"};
  for (const CLI::Option *Option : App.get_options())
    for (const std::string &Name : Option->get_lnames())
      Known.push_back("--" + Name);
  std::vector<llvm::StringRef> Names(Known.begin(), Known.end());
  llvm::StringRef Name = Word.split('=').first;
  return refuse("there is no option '" + Name + "'" + didYouMean(Name, Names),
                App.get_name());
}

/// Name of the command that was given; empty for `--help` and the like.
std::string chosenCommand(const CLI::App &Main) {
  for (const CLI::App *App : Main.get_subcommands())
    return App->get_name();
  return "";
}

/// A run that does not look everywhere cannot tell what is gone.
std::optional<int> refusePartialBaseline(const Invocation &Asked) {
  if ((!Asked.UpdateBaseline && !Asked.GrowBaseline) ||
      (Asked.Project.Paths.empty() && Asked.Since.empty()))
    return std::nullopt;
  return refuse("a baseline is of the whole project: " +
                    llvm::Twine(Asked.UpdateBaseline ? "--update-baseline"
                                                     : "--grow-baseline") +
                    " goes with no path and no --since",
                Asked.Command);
}

int refuseExtras(const CLI::App &Main) {
  std::vector<std::string> Extras = Main.remaining(/*recurse=*/true);
  return refuseExtra(*Main.get_subcommands().front(),
                     Extras.empty() ? "" : Extras.front());
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
  if (std::optional<int> Status = refuseFirstWord(Argc, Argv))
    return Status;
  try {
    Main.parse(Argc, Argv);
  } catch (const CLI::Success &HelpOrVersion) {
    return Main.exit(HelpOrVersion);
  } catch (const CLI::ExtrasError &) {
    return refuseExtras(Main);
  } catch (const CLI::ParseError &E) {
    return refuse(E.what(), chosenCommand(Main));
  }
  if (std::optional<int> Status = refusePartialBaseline(Out))
    return Status;
  for (int I = 0; I < Argc; ++I)
    Out.Words += (I ? " " : "") + std::string(Argv[I]);
  return std::nullopt;
}

} // namespace consolidate
