//===- Tests.cpp - The key tests ------------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Sections.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

class TestReader {
public:
  TestReader(RuleSet &Rules, RuleDiagnostics &Diags)
      : Rules(Rules), Diags(Diags) {}

  void read(const YamlNode &Entry) {
    RuleTestCase Result;
    Result.Location = Diags.locate(Entry.Source);
    if (const YamlNode *Name = textOf(Entry, "name"))
      Result.Name = readName(*Name);
    readFiles(Entry, Result);
    Result.Before = readText(Entry, "before", Result.BeforeLocation);
    Result.After = readText(Entry, "after", Result.AfterLocation);
    Result.HasAfter = !Result.After.empty();
    for (const YamlNode *Text : itemsOf(Entry, "left", YamlNode::Kind::Text))
      Result.Left.push_back(Text->Text);
    checkCombination(Entry, Result);
    Rules.Tests.push_back(std::move(Result));
  }

private:
  std::string readName(const YamlNode &Name) {
    auto [Earlier, New] = Names.try_emplace(Name.Text, Name.Source);
    if (!New)
      Diags.error(Name.Source, "two tests are named '" + Name.Text + "'",
                  "the first is on line " +
                      Twine(Diags.locate(Earlier->second).Line) +
                      "; a test is chosen by name, so give each its own");
    return Name.Text;
  }

  /// A source text ends in one line break, however it is written in YAML.
  static std::string sourceText(StringRef Text) { return (Text + "\n").str(); }

  std::string readText(const YamlNode &Entry, StringRef Key,
                       RuleLocation &Place) {
    const YamlNode *Text = textOf(Entry, Key);
    if (!Text)
      return "";
    for (const YamlEntry &Child : Entry.Entries)
      if (Child.Key == Key)
        Place = Diags.locate(Child.KeySource);
    return sourceText(Text->Text);
  }

  void readFiles(const YamlNode &Entry, RuleTestCase &Result) {
    const YamlNode *Files = Entry.find("files");
    if (!Files || Files->What != YamlNode::Kind::Map)
      return;
    for (const YamlEntry &File : Files->Entries) {
      StringRef Path = File.Key;
      bool Leaves =
          any_of(make_range(sys::path::begin(Path), sys::path::end(Path)),
                 [](StringRef Part) { return Part == ".."; });
      if (sys::path::is_absolute(Path) || Leaves)
        Diags.error(File.KeySource, "'" + Path + "' leads out of the test",
                    "write a path relative to main.cpp: 'dir/old.h'");
      else if (Path == "main.cpp")
        Diags.error(File.KeySource, "'main.cpp' is the text under 'before'",
                    "write `before: |` and the text below it");
      else
        Result.Files.emplace_back(Path.str(), sourceText(File.Value.Text));
    }
  }

  void checkCombination(const YamlNode &Entry, const RuleTestCase &Result) {
    if (Entry.find("before"))
      return;
    for (const YamlEntry &Child : Entry.Entries)
      if (Child.Key == "after" || Child.Key == "left")
        Diags.error(Child.KeySource, "'" + Child.Key + "' without 'before'",
                    "add `before: |` and the text below it");
    if (!Entry.find("after") && !Entry.find("left") && !Entry.find("files"))
      Diags.error(Entry.Source.take_front(1), "this test holds no code",
                  "give it 'before', or 'files' for all tests");
  }

  RuleSet &Rules;
  RuleDiagnostics &Diags;
  StringMap<StringRef> Names; ///< Name -> where.
};

} // namespace

void readTests(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags) {
  TestReader Reader(Rules, Diags);
  for (const YamlNode *Entry : itemsOf(Root, "tests", YamlNode::Kind::Map))
    Reader.read(*Entry);
}

} // namespace consolidate
