//===- Baseline.cpp - A baseline file, read and written -------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Baseline.h"

#include "FileShape.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {
namespace {

constexpr Presence Required = Presence::Required;

constexpr KeyShape ViolationKeys[] = {
    {"limit", ValueShape::Text, "limit: only-one-engine", Required},
    {"in", ValueShape::Text, "in: 'ns::function(int)'"},
    {"text", ValueShape::Text, "text: 'new Engine(1)'"},
};
constexpr ObjectShape ViolationShape = {"violation", ViolationKeys};

constexpr KeyShape BaselineKeys[] = {
    {"version", ValueShape::Number, "version: 1", Required},
    {.Name = "violations",
     .Value = ValueShape::ObjectList,
     .Example = "violations: []",
     .Needed = Required,
     .Empty = Emptiness::Accepted,
     .Element = &ViolationShape},
};
constexpr ObjectShape BaselineShape = {"baseline", BaselineKeys};

constexpr StringLiteral Remake =
    "repair it, or take the last good version of it from version control";

void checkVersion(const YamlNode &Root, RuleDiagnostics &Diags) {
  const YamlNode *Version = textOf(Root, "version");
  unsigned Number;
  if (Version && !StringRef(Version->Text).getAsInteger(10, Number) &&
      Number != 1)
    Diags.error(Version->Source,
                "version " + Version->Text + " of the baseline is not known",
                "this tool reads `version: 1`");
}

/// Reports the first line of a merge that is not resolved. True when there is
/// one.
bool reportConflict(RuleDiagnostics &Diags) {
  for (StringRef Line : split(Diags.text(), '\n')) {
    Line = Line.rtrim();
    if (Line != "=======" && !Line.starts_with("<<<<<<< ") &&
        !Line.starts_with(">>>>>>> "))
      continue;
    Diags.error(Line, "a merge conflict",
                "resolve it: keep the entries of both sides; "
                "--update-baseline takes out those that are gone");
    return true;
  }
  return false;
}

std::string textUnder(const YamlNode &Map, StringRef Key) {
  const YamlNode *Value = textOf(Map, Key);
  return Value ? Value->Text : "";
}

/// A JSON string is a YAML one, too, and shows every byte.
void print(raw_ostream &OS, StringRef Text) {
  OS << json::Value(json::fixUTF8(Text));
}

} // namespace

std::string baselinePath(StringRef Origin, StringRef Root) {
  SmallString<256> Path;
  if (Origin.starts_with("builtin:")) {
    Path = Root;
    sys::path::append(Path, ".clang-consolidate-baseline.yaml");
  } else {
    Path = sys::path::parent_path(Origin);
    sys::path::append(Path, sys::path::stem(Origin) + "-baseline" +
                                sys::path::extension(Origin));
  }
  return std::string(Path);
}

Expected<Baseline> parseBaseline(MemoryBufferRef Buffer) {
  StringRef Text = Buffer.getBuffer();
  Text.consume_front("\xEF\xBB\xBF"); // Byte order mark.
  RuleDiagnostics Diags(Buffer.getBufferIdentifier(), Text, "baseline");
  if (reportConflict(Diags))
    return Diags.take();
  std::optional<YamlNode> Root = parseYaml(Diags);
  if (!Root)
    return Diags.take();
  Baseline Result;
  Result.Path = Buffer.getBufferIdentifier().str();
  if (Root->What != YamlNode::Kind::Map) {
    if (!Diags.any())
      Diags.error(Text.take_front(0),
                  "a baseline is a map with 'version' and 'violations'",
                  Remake);
    return Diags.take();
  }
  checkShape(*Root, BaselineShape, Diags);
  checkVersion(*Root, Diags);
  for (const YamlNode *Entry :
       itemsOf(*Root, "violations", YamlNode::Kind::Map))
    Result.Entries.push_back({textUnder(*Entry, "limit"),
                              textUnder(*Entry, "in"),
                              textUnder(*Entry, "text")});
  if (Error E = Diags.take())
    return std::move(E);
  return Result;
}

Expected<Baseline> loadBaseline(StringRef Path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer =
      sys::fs::is_directory(Path)
          ? std::make_error_code(std::errc::is_a_directory)
          : MemoryBuffer::getFile(Path, /*IsText=*/false,
                                  /*RequiresNullTerminator=*/false);
  if (Buffer)
    return parseBaseline((*Buffer)->getMemBufferRef());
  std::error_code Code = Buffer.getError();
  bool Missing = Code == std::errc::no_such_file_or_directory;
  return makeError(ErrorKind::FileSystem,
                   Path + ": error: cannot read the baseline: " +
                       Code.message() + "\n  hint: " +
                       (Missing ? "name a file with --baseline; `check "
                                  "--update-baseline` makes one"
                                : "name a file with --baseline, and check its "
                                  "permissions and those of its folders"));
}

std::string formatBaseline(std::vector<Violation> Entries) {
  llvm::sort(Entries);
  std::string Text;
  raw_string_ostream OS(Text);
  OS << "# What was broken when the limits came. Written by\n"
        "# `clang-consolidate check --update-baseline`; it only shrinks.\n"
        "version: 1\n"
        "violations:"
     << (Entries.empty() ? " []\n" : "\n");
  for (const Violation &Entry : Entries) {
    OS << "  - {limit: ";
    print(OS, Entry.Limit);
    for (auto [Key, Value] :
         {std::pair(", in: ", &Entry.Symbol), {", text: ", &Entry.Text}})
      if (!Value->empty()) {
        OS << Key;
        print(OS, *Value);
      }
    OS << "}\n";
  }
  return Text;
}

Error saveBaseline(StringRef Path, std::vector<Violation> Entries) {
  auto Fail = [&](const Twine &Why) {
    return makeError(ErrorKind::FileSystem,
                     "cannot write the baseline " + Path + ": " + Why);
  };
  std::string Real = realPath(Path);
  ErrorOr<sys::fs::perms> Mode = sys::fs::getPermissions(Real);
  // The bits are a wish, also to root.
  if (Mode && !(*Mode & sys::fs::all_write))
    return Fail("it is read-only\n  hint: make it writable with `chmod u+w`");
  std::string Text = formatBaseline(std::move(Entries));
  if (Error E = writeToOutput(Real, [&](raw_ostream &OS) {
        OS << Text;
        return Error::success();
      }))
    return Fail(toString(std::move(E)));
  if (Mode)
    if (std::error_code Code = sys::fs::setPermissions(Real, *Mode))
      return Fail("its permissions are not what they were: " + Code.message());
  return Error::success();
}

} // namespace consolidate
