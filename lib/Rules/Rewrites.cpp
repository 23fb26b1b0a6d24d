//===- Rewrites.cpp - The key rewrites ------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Names.h"
#include "Sections.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace consolidate {
namespace {

class RewriteReader {
public:
  RewriteReader(RuleSet &Rules, RuleDiagnostics &Diags)
      : Rules(Rules), Diags(Diags) {}

  void read(const YamlNode &Entry) {
    RewriteRule Result;
    Result.Location = Diags.locate(Entry.Source);
    if (const YamlNode *Name = textOf(Entry, "name"))
      Result.Name = readName(*Name);
    readGiven(Entry, Result);
    if (const YamlNode *Before = textOf(Entry, "before")) {
      Result.Before = Before->Text;
      Result.BeforeLocation = Diags.locate(Before->Source);
    }
    if (const YamlNode *After = textOf(Entry, "after")) {
      Result.After = After->Text;
      Result.AfterLocation = Diags.locate(After->Source);
    }
    if (const YamlNode *Inline = textOf(Entry, "inline"))
      Result.Inline = readInline(*Inline);
    for (const YamlNode *Header :
         itemsOf(Entry, "headers", YamlNode::Kind::Text))
      Result.Headers.push_back(readHeader(*Header, Diags));
    if (const YamlNode *Safety = textOf(Entry, "safety"))
      Result.Declared = Safety->Text == "safe"     ? DeclaredSafety::Safe
                        : Safety->Text == "unsafe" ? DeclaredSafety::Unsafe
                                                   : DeclaredSafety::None;
    checkCombination(Entry);
    Rules.Rewrites.push_back(std::move(Result));
  }

private:
  std::string readName(const YamlNode &Name) {
    auto [Earlier, New] = Names.try_emplace(Name.Text, Name.Source);
    if (!New)
      Diags.error(Name.Source, "two rewrites are named '" + Name.Text + "'",
                  "the first is on line " +
                      Twine(Diags.locate(Earlier->second).Line) +
                      "; findings are reported by name, so give each its own");
    return Name.Text;
  }

  std::string readInline(const YamlNode &Inline) {
    StringRef Name = Inline.Text;
    Name.consume_front("::");
    if (!isQualifiedName(Name))
      Diags.error(Inline.Source, "'" + Inline.Text + "' is not a function name",
                  "write the qualified name alone: 'ns::MakeLegacy'");
    return Name.str();
  }

  void readGiven(const YamlNode &Entry, RewriteRule &Result) {
    StringSet<> Declared;
    for (const YamlNode *Given :
         itemsOf(Entry, "given", YamlNode::Kind::Text)) {
      StringRef Name = declaredName(Given->Text);
      if (Name.empty())
        Diags.error(Given->Source,
                    "'" + Given->Text + "' does not declare a name",
                    "write a declaration: 'ns::Type &name', 'typename T' or "
                    "'auto &&...args'");
      else if (Name != "?" && !Declared.insert(Name).second)
        Diags.error(Given->Source, "'" + Name + "' is declared twice",
                    "give each metavariable a name of its own");
      Result.Given.push_back(Given->Text);
      Result.GivenLocations.push_back(Diags.locate(Given->Source));
    }
  }

  /// Either `before` and `after`, or `inline` and nothing else of the three.
  void checkCombination(const YamlNode &Entry) {
    const YamlNode *Before = Entry.find("before");
    const YamlNode *After = Entry.find("after");
    const YamlNode *Inline = Entry.find("inline");
    StringRef Place = Entry.Source.take_front(1);
    if (Inline) {
      for (StringRef Key : {"before", "after", "given"})
        if (keyOf(Entry, Key))
          Diags.error(keyOf(Entry, Key)->KeySource,
                      "'" + Key + "' cannot stand beside 'inline'",
                      "with 'inline' the wrapper's own body is the rewrite: "
                      "remove one of the two");
      return;
    }
    if (Before && After)
      return;
    if (!Before && !After)
      return Diags.error(Place, "this rewrite says nothing to do",
                         "give it 'before' and 'after', or 'inline'");
    StringRef Given = Before ? "before" : "after";
    StringRef Missing = Before ? "after" : "before";
    Diags.error(keyOf(Entry, Given)->KeySource,
                "'" + Given + "' without '" + Missing + "'",
                "add `" + Missing + ": ...` to this rewrite");
  }

  static const YamlEntry *keyOf(const YamlNode &Map, StringRef Key) {
    for (const YamlEntry &Entry : Map.Entries)
      if (Entry.Key == Key)
        return &Entry;
    return nullptr;
  }

  RuleSet &Rules;
  RuleDiagnostics &Diags;
  StringMap<StringRef> Names; ///< Name -> where.
};

} // namespace

void readRewrites(const YamlNode &Root, RuleSet &Rules,
                  RuleDiagnostics &Diags) {
  RewriteReader Reader(Rules, Diags);
  for (const YamlNode *Entry : itemsOf(Root, "rewrites", YamlNode::Kind::Map))
    Reader.read(*Entry);
}

} // namespace consolidate
