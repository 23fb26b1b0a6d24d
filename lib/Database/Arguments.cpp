//===- Arguments.cpp - Compile commands made fit for Clang ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Arguments.h"
#include "consolidate/ClangCompat.h"
#include "consolidate/Database.h"
#include "consolidate/Support.h"

#include "clang/Basic/Sanitizers.h"
#include "clang/Driver/Driver.h"
#include "clang/Driver/Types.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Option/Arg.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;
using clang::getDriverOptTable;
using clang::parseSanitizerValue;
using opt::Arg;

namespace consolidate {

namespace driver = clang::driver; // llvm::driver exists too
namespace options = clang::options;

namespace {

bool isClangClDriver(StringRef Program, ArrayRef<const char *> Argv) {
  // getDriverMode knows clang-cl; Microsoft's own name is not a Clang name.
  StringRef Name = sys::path::filename(Program);
  return Name.equals_insensitive("cl") || Name.equals_insensitive("cl.exe") ||
         driver::IsClangCL(driver::getDriverMode(Program, Argv));
}

bool isLauncher(StringRef Program) {
  StringRef Name = sys::path::filename(Program);
  Name.consume_back(".exe");
  static constexpr StringRef Known[] = {
      "ccache",     "sccache",   "distcc",   "icecc", "gomacc",
      "buildcache", "rewrapper", "reclient", "time",  "nice"};
  return is_contained(Known, Name);
}

/// `ccache NAME=VALUE... g++`, `env NAME=VALUE... g++`, `cmake -E env
/// NAME=VALUE... [--] g++`: the part from the compiler on.
ArrayRef<std::string> dropLauncher(ArrayRef<std::string> Command) {
  while (Command.size() > 1) {
    StringRef Name = sys::path::filename(Command.front());
    if (Name == "cmake" && Command.size() > 3 && Command[1] == "-E" &&
        Command[2] == "env")
      Command = Command.drop_front(3);
    else if (Name == "env" || isLauncher(Name))
      Command = Command.drop_front();
    else
      break;
    while (Command.size() > 1 && (StringRef(Command.front()).contains('=') ||
                                  Command.front() == "--"))
      Command = Command.drop_front();
  }
  return Command;
}

/// The type the driver would give \p File after `-x` options.
driver::types::ID inputType(const opt::ArgList &Args, unsigned InputIndex,
                            StringRef File) {
  driver::types::ID Type = driver::types::TY_INVALID;
  for (const Arg *A : Args.filtered(options::OPT_x))
    if (A->getIndex() < InputIndex)
      Type = StringRef(A->getValue()) == "none"
                 ? driver::types::TY_INVALID
                 : driver::types::lookupTypeForTypeSpecifier(A->getValue());
  if (Type != driver::types::TY_INVALID)
    return Type;
  return driver::types::lookupTypeForExtension(
      sys::path::extension(File).drop_while([](char C) { return C == '.'; }));
}

bool isParsed(driver::types::ID Id) {
  using namespace driver::types;
  switch (Id) {
  case TY_C:
  case TY_CXX:
  case TY_ObjC:
  case TY_ObjCXX:
  case TY_CHeader:
  case TY_CXXHeader:
  case TY_ObjCHeader:
  case TY_ObjCXXHeader:
  case TY_CXXModule:
    return true;
  default:
    return false;
  }
}

/// CMake lists the compilation of its precompiled header as an entry of its
/// own; every TU that uses it includes the same header.
bool isGeneratedPch(StringRef File) {
  return sys::path::filename(File).starts_with("cmake_pch.");
}

/// Options that only say where output goes, or that write a file.
bool isOutputOption(const opt::Option &Option) {
  for (unsigned Id : {options::OPT_o,
                      options::OPT_M_Group,
                      options::OPT_Action_Group,
                      options::OPT_save_temps,
                      options::OPT_save_temps_EQ,
                      options::OPT_save_stats,
                      options::OPT_save_stats_EQ,
                      options::OPT_dependency_file,
                      options::OPT_dependency_dot,
                      options::OPT_module_dependency_dir,
                      options::OPT_ftime_trace,
                      options::OPT_ftime_trace_EQ,
                      options::OPT_ftime_report,
                      options::OPT_ftime_report_EQ,
                      options::OPT_fmodule_output,
                      options::OPT_fmodule_output_EQ,
                      options::OPT__serialize_diags,
                      options::OPT_frandom_seed_EQ,
                      options::OPT_gen_reproducer_eq,
                      options::OPT_gen_cdb_fragment_path,
                      options::OPT_v,
                      options::OPT__HASH_HASH_HASH,
                      options::OPT_g_Group,
                      options::OPT_g_flags_Group})
    if (Option.matches(Id))
      return true;
  return false;
}

/// Options for later stages, or whose input (a plugin, a profile, a compiled
/// header) was made for another compiler.
bool isForeignOption(const opt::Option &Option) {
  for (unsigned Id :
       {options::OPT_Link_Group, options::OPT_Xlinker, options::OPT_Wl_COMMA,
        options::OPT_Wa_COMMA, options::OPT_Xassembler, options::OPT_fplugin_EQ,
        options::OPT_fplugin_arg, options::OPT_fpass_plugin_EQ,
        options::OPT_include_pch, options::OPT_coverage,
        options::OPT_fcoverage_mapping, options::OPT_fmcdc_coverage,
        options::OPT_ftest_coverage, options::OPT_pedantic_errors})
    if (Option.matches(Id))
      return true;
  // Profiles: a whole family without a group of its own.
  StringRef Name = Option.getName();
  return Name.starts_with("fprofile") || Name.starts_with("fcs-profile") ||
         Name.starts_with("fmemory-profile");
}

bool isErrorWarning(const Arg &A) {
  // `-Wno-error=x` is harmless and stays.
  if (!A.getOption().matches(options::OPT_W_Joined))
    return false;
  StringRef Value = A.getValue();
  return Value == "error" || Value.starts_with("error=") ||
         Value == "fatal-errors" || Value == "invalid-pch";
}

/// A `-fsanitize=` value that only GCC knows is an error in Clang.
bool isUnknownSanitizer(const Arg &A) {
  if (!A.getOption().matches(options::OPT_fsanitize_EQ) &&
      !A.getOption().matches(options::OPT_fno_sanitize_EQ) &&
      !A.getOption().matches(options::OPT_fsanitize_recover_EQ) &&
      !A.getOption().matches(options::OPT_fno_sanitize_recover_EQ))
    return false;
  return any_of(A.getValues(), [](StringRef Value) {
    return Value != "all" && !parseSanitizerValue(Value, /*AllowGroups=*/true);
  });
}

/// Options whose value is never a path.
bool hasPlainValue(const opt::Option &Option) {
  for (unsigned Id :
       {options::OPT_D, options::OPT_U, options::OPT_W_Group,
        options::OPT_O_Group, options::OPT_std_EQ, options::OPT_stdlib_EQ,
        options::OPT_x, options::OPT_target, options::OPT_arch,
        options::OPT_fsanitize_EQ})
    if (Option.matches(Id))
      return true;
  return Option.getName().starts_with("m");
}

/// Filters one command. Keeps the original spelling of what it keeps.
class CommandFilter {
public:
  CommandFilter(ArrayRef<std::string> Command, const ParsedCommand &Parsed,
                StringRef Directory)
      : Command(Command), Parsed(Parsed), Directory(Directory) {}

  /// \p InputIndex: where the command has \p MainFile.
  AdjustedCommand run(StringRef MainFile, unsigned InputIndex) {
    MainIndex = InputIndex;
    Result.Arguments.push_back(Command.front());
    for (unsigned I = 0, E = Parsed.Args.size(); I != E; ++I)
      visit(*Parsed.Args.getArgs()[I],
            I + 1 == E ? unsigned(Parsed.Argv.size())
                       : Parsed.Args.getArgs()[I + 1]->getIndex());
    if (!sys::path::is_absolute(MainFile))
      Result.DependsOnDirectory = true;
    std::vector<std::string> &Out = Result.Arguments;
    // Warnings are not this tool's business, and an error limit would hide
    // the errors that verification compares.
    Out.insert(Out.end(), {"-w", "-Qunused-arguments", "-ferror-limit=0",
                           "-fsyntax-only"});
    std::string Resources = resourceDirectory();
    if (!Resources.empty())
      Out.push_back("-resource-dir=" + Resources);
    Out.insert(Out.end(), {"--", MainFile.str()});
    return std::move(Result);
  }

private:
  void visit(const Arg &A, unsigned End) {
    const opt::Option &Option = A.getOption();
    if (Option.matches(options::OPT_INPUT) ||
        Option.matches(options::OPT_UNKNOWN) ||
        Option.matches(options::OPT__DASH_DASH) ||
        Option.hasFlag(options::Unsupported) ||
        Option.matches(options::OPT_resource_dir) ||
        Option.matches(options::OPT_resource_dir_EQ) ||
        isOutputOption(Option) || isForeignOption(Option) ||
        isErrorWarning(A) || isUnknownSanitizer(A))
      return;
    // A language holds for the inputs behind it, and here the input is last.
    if (Option.matches(options::OPT_x) && A.getIndex() > MainIndex)
      return;
    if (Option.matches(options::OPT_Xclang))
      return visitXclang(A, End);
    if (Option.matches(options::OPT_Wp_COMMA))
      return visitPreprocessor(A, End);
    if (Option.matches(options::OPT_include))
      return visitForced(A);
    if (Option.matches(options::OPT_arch) && !keepsArch())
      return;
    keep(A, End);
  }

  void keep(const Arg &A, unsigned End) {
    if (!hasPlainValue(A.getOption()) && any_of(A.getValues(), [](StringRef V) {
          return !sys::path::is_absolute(V);
        }))
      Result.DependsOnDirectory = true;
    for (unsigned I = A.getIndex(); I != End; ++I)
      Result.Arguments.push_back(Parsed.Argv[I]);
  }

  /// Drops cc1 options that load plugins or compiled headers, together with
  /// the operand that follows in the next `-Xclang`.
  void visitXclang(const Arg &A, unsigned End) {
    StringRef Value = A.getValue();
    if (DropNextXclang) {
      DropNextXclang = false;
      return;
    }
    if (Value == "-include-pch" || Value == "-load" || Value == "-plugin" ||
        Value == "-add-plugin" || Value.starts_with("-plugin-arg-") ||
        Value == "-dependency-file" || Value == "-o") {
      DropNextXclang = true;
      return;
    }
    if (Value.starts_with("-emit-") || Value.starts_with("-fpass-plugin"))
      return;
    keep(A, End);
  }

  /// `-Wp,-MMD,file` writes a dependency file even without output.
  void visitPreprocessor(const Arg &A, unsigned End) {
    if (none_of(A.getValues(), [](StringRef V) { return V.starts_with("-M"); }))
      keep(A, End);
  }

  /// A forced header with a compiled twin (`x.gch`, `x.pch`) would make the
  /// driver load the twin, which is GCC's or another Clang's. Handing the
  /// header to cc1 directly makes it textual. A header of which only the
  /// compiled twin is left cannot be read at all.
  void visitForced(const Arg &A) {
    std::string Path = absoluteIn(Directory, A.getValue());
    if (!sys::path::is_absolute(A.getValue()))
      Result.DependsOnDirectory = true;
    bool HasTwin =
        sys::fs::exists(Path + ".gch") || sys::fs::exists(Path + ".pch");
    if (!sys::fs::exists(Path) && (HasTwin || isGeneratedPch(Path)))
      return;
    std::vector<std::string> &Out = Result.Arguments;
    if (HasTwin)
      Out.insert(Out.end(), {"-Xclang", "-include", "-Xclang", A.getValue()});
    else
      Out.insert(Out.end(), {"-include", A.getValue()});
  }

  /// Several architectures would be several compilations, and other targets
  /// than Apple's reject the option.
  bool keepsArch() {
    bool First = !SeenArch;
    SeenArch = true;
    std::string Target =
        Parsed.Args
            .getLastArgValue(options::OPT_target, sys::getDefaultTargetTriple())
            .str();
    return First && Triple(Target).isOSDarwin();
  }

  ArrayRef<std::string> Command;
  const ParsedCommand &Parsed;
  StringRef Directory;
  AdjustedCommand Result;
  unsigned MainIndex = 0;
  bool DropNextXclang = false;
  bool SeenArch = false;
};

/// The input of the command that is \p File, as the command spells it, and its
/// index; \p File itself when the command names it differently.
std::pair<std::string, unsigned>
mainInput(const ParsedCommand &Parsed, StringRef Directory, StringRef File) {
  SmallVector<std::pair<std::string, unsigned>> Inputs;
  for (const Arg *A :
       Parsed.Args.filtered(options::OPT_INPUT, options::OPT__DASH_DASH))
    for (const char *Value : A->getValues())
      Inputs.emplace_back(Value, A->getIndex());
  std::string Wanted = absoluteIn(Directory, File);
  for (const auto &Input : Inputs)
    if (absoluteIn(Directory, Input.first) == Wanted)
      return Input;
  std::string Real = realPath(Wanted);
  for (const auto &Input : Inputs)
    if (realPath(absoluteIn(Directory, Input.first)) == Real)
      return Input;
  return {File.str(), unsigned(Parsed.Argv.size())};
}

} // namespace

ParsedCommand::ParsedCommand(ArrayRef<std::string> Command)
    : Args(nullptr, nullptr) {
  for (const std::string &Argument : Command.drop_front())
    Argv.push_back(Argument.c_str());
  IsClangCl = isClangClDriver(Command.front(), Argv);
  unsigned MissingIndex, MissingCount;
  opt::Visibility Visible(options::ClangOption);
  if (IsClangCl)
    Visible = opt::Visibility(options::CLOption);
  Args =
      getDriverOptTable().ParseArgs(Argv, MissingIndex, MissingCount, Visible);
}

std::string absoluteIn(StringRef Directory, StringRef Path) {
  SmallString<256> Absolute(Path);
  sys::path::make_absolute(Directory, Absolute);
  return std::string(Absolute);
}

std::optional<AdjustedCommand> adjustCommand(ArrayRef<std::string> Command,
                                             StringRef Directory,
                                             StringRef File) {
  Command = dropLauncher(Command);
  if (Command.empty() || isGeneratedPch(File))
    return std::nullopt;
  ParsedCommand Parsed(Command);
  if (Parsed.IsClangCl)
    return AdjustedCommand{Command.vec(), /*DependsOnDirectory=*/true};
  auto [MainFile, Index] = mainInput(Parsed, Directory, File);
  if (!isParsed(inputType(Parsed.Args, Index, MainFile)))
    return std::nullopt;
  return CommandFilter(Command, Parsed, Directory).run(MainFile, Index);
}

} // namespace consolidate
