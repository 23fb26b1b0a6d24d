//===- RuleCase.cpp - Reads and writes golden files -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RuleCase.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringRef Separator = "//--- ";

std::string readText(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

std::vector<std::string> filesBelow(StringRef Directory) {
  std::vector<std::string> Files;
  std::error_code Error;
  for (sys::fs::recursive_directory_iterator It(Directory, Error), End;
       !Error && It != End; It.increment(Error))
    if (sys::fs::is_regular_file(It->path()))
      Files.push_back(It->path());
  llvm::sort(Files);
  return Files;
}

bool isFile(StringRef Section) {
  return StringSwitch<bool>(Section)
      .Cases({"flags", "unsafe", "parses", "broken-before",
              "second-run-not-empty"},
             false)
      .Default(true);
}

std::vector<std::string> lines(StringRef Text) {
  SmallVector<StringRef> Split;
  Text.split(Split, '\n', -1, /*KeepEmpty=*/false);
  return {Split.begin(), Split.end()};
}

void addSection(RuleCase &Case, StringRef Name, std::string Text) {
  if (Name.consume_front("after/"))
    Case.Expected.After[Name.str()] = std::move(Text);
  else if (Name == "left")
    Case.Expected.Left = lines(Text);
  else if (Name == "dropped")
    Case.Expected.Dropped = lines(Text);
  else
    Case.Sections.emplace_back(Name.str(), std::move(Text));
}

void addSet(RuleCase &Case, StringRef Sets) {
  for (const std::string &Line : lines(Case.Prologue)) {
    StringRef Rest = Line;
    if (!Rest.consume_front("// Set: "))
      continue;
    SmallString<256> Directory(Sets);
    sys::path::append(Directory, Rest.trim());
    for (const std::string &Path : filesBelow(Directory))
      Case.Files[Path.substr(Directory.size() + 1)] = readText(Path);
  }
}

} // namespace

bool RuleCase::has(StringRef Section) const {
  return any_of(Sections, [&](auto &S) { return S.first == Section; });
}

std::string RuleCase::text(StringRef Section) const {
  auto It = find_if(Sections, [&](auto &S) { return S.first == Section; });
  return It == Sections.end() ? "" : It->second;
}

RuleCase readCase(StringRef Path, StringRef Sets) {
  RuleCase Case;
  std::string Text = readText(Path);
  std::string Name, Body;
  bool InPrologue = true;
  auto Close = [&] {
    if (InPrologue)
      Case.Prologue = Body;
    else
      addSection(Case, Name, Body);
    Body.clear();
    InPrologue = false;
  };
  for (StringRef Rest = Text; !Rest.empty();) {
    size_t End = std::min(Rest.find('\n'), Rest.size() - 1) + 1;
    StringRef Line = Rest.take_front(End);
    Rest = Rest.drop_front(End);
    if (Line.starts_with(Separator)) {
      Close();
      Name = Line.drop_front(Separator.size()).trim().str();
    } else {
      Body += Line;
    }
  }
  Close();
  addSet(Case, Sets);
  for (const auto &[Section, Content] : Case.Sections)
    if (isFile(Section)) {
      Case.Files[Section] = Content;
      Case.OwnFiles.push_back(Section);
    }
  return Case;
}

std::string printCase(const RuleCase &Case, const Outcome &Actual) {
  std::string Text = Case.Prologue;
  auto Add = [&](const Twine &Name, StringRef Body) {
    Text += (Separator + Name + "\n" + Body).str();
  };
  for (const auto &[Name, Body] : Case.Sections)
    Add(Name, Body);
  for (const auto &[Name, Body] : Actual.After)
    Add("after/" + Name, Body);
  auto AddList = [&](StringRef Name, ArrayRef<std::string> Lines) {
    if (!Lines.empty())
      Add(Name, join(Lines, "\n") + "\n");
  };
  AddList("left", Actual.Left);
  AddList("dropped", Actual.Dropped);
  return Text;
}

std::vector<std::string> findCases(StringRef Directory) {
  std::vector<std::string> Cases = filesBelow(Directory);
  erase_if(Cases, [](StringRef Path) { return !Path.ends_with(".test"); });
  return Cases;
}

} // namespace consolidate
