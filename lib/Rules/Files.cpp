//===- Files.cpp - Rules from the disk and from the tool itself -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Rules.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

struct BuiltinRuleSet {
  StringLiteral Name;
  StringLiteral Text;
};

/// One entry for each file in rules/, written by CMake.
constexpr BuiltinRuleSet Builtins[] = {
#include "BuiltinRules.inc"
};

Error unreadable(StringRef Path, const Twine &What, const Twine &Hint) {
  return makeError(ErrorKind::FileSystem,
                   Path + ": error: " + What + "\n  hint: " + Hint);
}

/// What to do about a rules file that is not there.
std::string missingFileHint(StringRef Path) {
  std::vector<StringRef> Names = builtinRulesNames();
  StringRef Near = nearestWord(Path, Names);
  if (!Near.empty())
    return ("did you mean 'builtin:" + Near + "'?").str();
  return "name an existing file, or a built-in ruleset: builtin:" +
         join(Names, ", builtin:");
}

} // namespace

Expected<RuleSet> loadRules(StringRef Path) {
  if (sys::fs::is_directory(Path))
    return unreadable(Path, "the rules file is a directory",
                      "name the file in it, usually " + RulesFileName);
  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer =
      MemoryBuffer::getFile(Path, /*IsText=*/false,
                            /*RequiresNullTerminator=*/false);
  if (Buffer)
    return parseRules((*Buffer)->getMemBufferRef());
  std::error_code Code = Buffer.getError();
  bool Missing = Code == std::errc::no_such_file_or_directory;
  return unreadable(Path, "cannot read the rules file: " + Code.message(),
                    Missing ? missingFileHint(Path)
                            : "check the permissions of the file and of its "
                              "folders");
}

std::vector<StringRef> builtinRulesNames() {
  std::vector<StringRef> Names;
  for (const BuiltinRuleSet &Builtin : Builtins)
    Names.push_back(Builtin.Name);
  return Names;
}

StringRef builtinRulesText(StringRef Name) {
  for (const BuiltinRuleSet &Builtin : Builtins)
    if (Builtin.Name == Name)
      return Builtin.Text;
  return "";
}

Expected<RuleSet> builtinRules(StringRef Name) {
  StringRef Text = builtinRulesText(Name);
  std::string Origin = ("builtin:" + Name).str();
  if (!Text.empty())
    return parseRules(MemoryBufferRef(Text, Origin));
  std::vector<StringRef> Names = builtinRulesNames();
  StringRef Near = nearestWord(Name, Names);
  return makeError(
      ErrorKind::Rules,
      Origin + ": error: there is no such built-in ruleset\n" + "  hint: " +
          (Near.empty() ? "" : "did you mean 'builtin:" + Near.str() + "'? ") +
          "built in: " + join(Names, ", "));
}

std::optional<std::string> discoverRules(StringRef Directory) {
  SmallString<256> Start(Directory);
  sys::fs::make_absolute(Start);
  sys::path::remove_dots(Start, /*remove_dot_dot=*/true);
  for (StringRef Folder = Start; !Folder.empty();
       Folder = sys::path::parent_path(Folder)) {
    SmallString<256> Candidate(Folder);
    sys::path::append(Candidate, RulesFileName);
    if (sys::fs::is_regular_file(Candidate))
      return std::string(Candidate);
  }
  return std::nullopt;
}

} // namespace consolidate
