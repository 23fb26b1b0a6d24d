//===- Consolidate.cpp - The keys consolidate and includes ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Names.h"
#include "Sections.h"

#include "llvm/ADT/StringMap.h"

using namespace llvm;

namespace consolidate {
namespace {

class ConsolidateReader {
public:
  ConsolidateReader(RuleSet &Rules, RuleDiagnostics &Diags)
      : Rules(Rules), Diags(Diags) {}

  void read(const YamlNode &Root) {
    auto Entries = itemsOf(Root, "consolidate", YamlNode::Kind::Map);
    Comments = readFlag(Root, "comments", false);
    // All canonical names first: a legacy class may stand above the entry that
    // makes it canonical.
    for (const YamlNode *Entry : Entries)
      if (const YamlNode *Into = textOf(*Entry, "into"))
        Canonical.try_emplace(splitClassName(Into->Text).Name, Into->Source);
    for (const YamlNode *Entry : Entries)
      readEntry(*Entry);
  }

private:
  void readEntry(const YamlNode &Entry) {
    Consolidation Result;
    Result.Location = Diags.locate(Entry.Source);
    if (const YamlNode *Into = textOf(Entry, "into"))
      Result.Into = readInto(*Into);
    if (const YamlNode *Header = textOf(Entry, "header"))
      Result.Header = readHeader(*Header, Diags);
    for (const YamlNode *From : itemsOf(Entry, "from", YamlNode::Kind::Map))
      Result.From.push_back(readLegacyClass(*From));
    Rules.Consolidate.push_back(std::move(Result));
  }

  std::string readInto(const YamlNode &Into) {
    StringRef Text = Into.Text;
    Text.consume_front("::");
    if (!splitClassName(Text).Valid)
      reportClassName(Into);
    auto [Earlier, New] = Intos.try_emplace(Text, Into.Source);
    if (!New)
      Diags.error(Into.Source, "'" + Text + "' has two entries",
                  "move its 'from' to the entry on line " +
                      lineOf(Earlier->second));
    return Text.str();
  }

  void reportClassName(const YamlNode &Node) {
    bool Keyword = any_of(
        ArrayRef<StringRef>{"class ", "struct ", "enum "},
        [&](StringRef Word) { return StringRef(Node.Text).starts_with(Word); });
    Diags.error(Node.Source, "'" + Node.Text + "' is not a class name",
                Keyword ? "leave out the keyword: 'ns::Name'"
                        : "write the qualified name: 'ns::Name' or "
                          "'ns::Name<T>'");
  }

  LegacyClass readLegacyClass(const YamlNode &Entry) {
    LegacyClass Result;
    Result.Location = Diags.locate(Entry.Source);
    if (const YamlNode *Class = textOf(Entry, "class"))
      readLegacyName(*Class, Result);
    if (const YamlNode *Header = textOf(Entry, "header"))
      Result.Header = readHeader(*Header, Diags);
    if (const YamlNode *Policy = textOf(Entry, "definition"))
      Result.Definition = Policy->Text == "alias"    ? DefinitionPolicy::Alias
                          : Policy->Text == "delete" ? DefinitionPolicy::Delete
                                                     : DefinitionPolicy::Keep;
    Result.Comments = readFlag(Entry, "comments", Comments);
    if (const YamlNode *Members = Entry.find("members"))
      readMembers(*Members, Result);
    return Result;
  }

  static bool readFlag(const YamlNode &Map, StringRef Key, bool Default) {
    const YamlNode *Flag = textOf(Map, Key);
    return Flag ? Flag->Text == "true" : Default;
  }

  void readLegacyName(const YamlNode &Class, LegacyClass &Result) {
    ClassName Split = splitClassName(Class.Text);
    Result.Name = Split.Name;
    Result.TemplateParameters = Split.Arguments;
    if (!Split.Valid)
      return reportClassName(Class);
    for (size_t I = 0; I < Split.Arguments.size(); ++I) {
      StringRef Parameter = Split.Arguments[I];
      if (!isIdentifier(Parameter))
        Diags.error(Class.Source,
                    "'" + Parameter +
                        "' is not the name of a template "
                        "parameter",
                    "name each parameter: '" + Split.Name + "<T>'");
      else if (is_contained(ArrayRef(Split.Arguments).take_front(I), Parameter))
        Diags.error(Class.Source,
                    "template parameter '" + Parameter + "' is named twice",
                    "give each parameter a name of its own");
    }
    checkUse(Class, Split.Name);
  }

  void checkUse(const YamlNode &Class, StringRef Name) {
    if (auto Same = Canonical.find(Name); Same != Canonical.end())
      Diags.error(Class.Source, "'" + Name + "' is both legacy and canonical",
                  "it is canonical on line " + lineOf(Same->second) +
                      "; name the final class there, or remove it here");
    auto [Earlier, New] = Legacy.try_emplace(Name, Class.Source);
    if (!New)
      Diags.error(Class.Source, "legacy class '" + Name + "' is listed twice",
                  "the first is on line " + lineOf(Earlier->second) +
                      "; a class can have one successor only");
  }

  void readMembers(const YamlNode &Members, LegacyClass &Result) {
    for (const YamlEntry &Entry : Members.Entries) {
      if (Entry.Value.What != YamlNode::Kind::Text || Entry.Value.Text.empty())
        continue;
      checkMember(Entry.Key, Entry.KeySource);
      checkMember(Entry.Value.Text, Entry.Value.Source);
      Result.Members.push_back({Entry.Key, Entry.Value.Text});
    }
  }

  void checkMember(StringRef Name, StringRef Place) {
    if (!isIdentifier(Name))
      Diags.error(Place, "'" + Name + "' is not a member name",
                  "write `members: {old_name: NewName}`, unqualified");
  }

  std::string lineOf(StringRef Place) const {
    return std::to_string(Diags.locate(Place).Line);
  }

  RuleSet &Rules;
  RuleDiagnostics &Diags;
  StringMap<StringRef> Canonical; ///< Name without `<...>` -> where.
  StringMap<StringRef> Intos;     ///< As written -> where.
  StringMap<StringRef> Legacy;    ///< Name -> where.
  bool Comments = false;          ///< Of the file: unless a class says more.
};

} // namespace

void readConsolidate(const YamlNode &Root, RuleSet &Rules,
                     RuleDiagnostics &Diags) {
  ConsolidateReader(Rules, Diags).read(Root);
}

std::string readHeader(const YamlNode &Text, RuleDiagnostics &Diags) {
  StringRef Path = Text.Text;
  if (Path.starts_with("<") && Path.ends_with(">"))
    Path = Path.drop_front().drop_back();
  if (Path.empty() || Path.find_first_of("<>\"\n#") != StringRef::npos)
    Diags.error(Text.Source, "'" + Text.Text + "' is not a header",
                "write the path alone: 'dir/name.h', or '<memory>' for one "
                "that is always included with angle brackets");
  return Text.Text;
}

static std::vector<const YamlNode *> targetsOf(const YamlNode &Entry) {
  if (const YamlNode *To = textOf(Entry, "to"))
    return {To};
  return itemsOf(Entry, "to", YamlNode::Kind::Text);
}

static IncludeRule readInclude(const YamlNode &Entry, RuleDiagnostics &Diags) {
  IncludeRule Result;
  Result.Location = Diags.locate(Entry.Source);
  if (const YamlNode *From = textOf(Entry, "from"))
    Result.From = readHeader(*From, Diags);
  for (const YamlNode *To : targetsOf(Entry)) {
    if (To->Text == "none")
      Diags.error(To->Source, "'none' is not a header",
                  "leave 'to' out to drop the include");
    Result.To.push_back(readHeader(*To, Diags));
  }
  return Result;
}

void readIncludes(const YamlNode &Root, RuleSet &Rules,
                  RuleDiagnostics &Diags) {
  auto Entries = itemsOf(Root, "includes", YamlNode::Kind::Map);
  StringMap<StringRef> Seen;
  for (const YamlNode *Entry : Entries) {
    if (const YamlNode *From = textOf(*Entry, "from")) {
      auto [Earlier, New] = Seen.try_emplace(From->Text, From->Source);
      if (!New)
        Diags.error(From->Source,
                    "include '" + From->Text + "' is listed twice",
                    "the first is on line " +
                        Twine(Diags.locate(Earlier->second).Line) +
                        "; list all its headers there under 'to'");
    }
    Rules.Includes.push_back(readInclude(*Entry, Diags));
  }
  // A second run must find nothing, so no target may be replaced in its turn.
  for (const YamlNode *Entry : Entries)
    for (const YamlNode *To : targetsOf(*Entry))
      if (auto Next = Seen.find(To->Text); Next != Seen.end())
        Diags.error(To->Source, "'" + To->Text + "' is itself replaced",
                    "line " + Twine(Diags.locate(Next->second).Line) +
                        " replaces it; name the final header here");
}

} // namespace consolidate
