//===- Limits.cpp - The keys limits and scope -----------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Sections.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Regex.h"

using namespace llvm;

namespace consolidate {
namespace {

class LimitReader {
public:
  LimitReader(RuleSet &Rules, RuleDiagnostics &Diags)
      : Rules(Rules), Diags(Diags) {}

  void read(const YamlNode &Entry) {
    Limit Result;
    Result.Location = Diags.locate(Entry.Source);
    if (const YamlNode *Name = textOf(Entry, "name"))
      Result.Name = readName(*Name);
    Result.Matching = readRegex(Entry, "matching");
    Result.Except = readRegex(Entry, "except");
    Result.Paths = readGlobs(Entry, "paths", Diags);
    readMax(Entry, Result);
    if (const YamlNode *Count = textOf(Entry, "count"))
      if (std::optional<CountKind> Kind = countKind(Count->Text)) {
        Result.Count = *Kind;
        readProducing(Entry, Result);
        readBetween(Entry, Result);
      }
    Rules.Limits.push_back(std::move(Result));
  }

private:
  std::string readName(const YamlNode &Name) {
    auto [Earlier, New] = Names.try_emplace(Name.Text, Name.Source);
    if (!New)
      Diags.error(Name.Source, "two limits are named '" + Name.Text + "'",
                  "the first is on line " +
                      Twine(Diags.locate(Earlier->second).Line) +
                      "; the baseline is kept by name, so give each its own");
    return Name.Text;
  }

  static std::optional<CountKind> countKind(StringRef Word) {
    return StringSwitch<std::optional<CountKind>>(Word)
        .Case("classes", CountKind::Classes)
        .Case("factories", CountKind::Factories)
        .Case("legacy-uses", CountKind::LegacyUses)
        .Case("constructions", CountKind::Constructions)
        .Case("broken-includes", CountKind::BrokenIncludes)
        .Case("couplings", CountKind::Couplings)
        .Default(std::nullopt);
  }

  void checkRegex(const YamlNode &Text, StringRef Key) {
    std::string Why;
    if (!Regex(Text.Text).isValid(Why))
      Diags.error(Text.Source,
                  "'" + Key + "' is not a regular expression: " + Why,
                  "POSIX extended syntax; put a backslash before a bracket "
                  "that means itself");
  }

  std::string readRegex(const YamlNode &Entry, StringRef Key) {
    const YamlNode *Text = textOf(Entry, Key);
    if (!Text)
      return "";
    checkRegex(*Text, Key);
    return Text->Text;
  }

  void readMax(const YamlNode &Entry, Limit &Result) {
    const YamlNode *Max = textOf(Entry, "max");
    const YamlNode *Severity = textOf(Entry, "severity");
    unsigned Number;
    if (Max && !StringRef(Max->Text).getAsInteger(10, Number))
      Result.Max = Number;
    if (Severity ? Severity->Text == "info" : !Entry.find("max"))
      Result.Level = Severity::Info;
    if (Severity && Severity->Text == "error" && !Entry.find("max"))
      Diags.error(Severity->Source, "'severity: error' without 'max'",
                  "add `max: N`, or leave 'severity' out to inform only");
  }

  /// A mistyped class would count nothing, and the gate would always pass.
  void readProducing(const YamlNode &Entry, Limit &Result) {
    const YamlNode *Producing = textOf(Entry, "producing");
    if (!Producing)
      return;
    if (Result.Count != CountKind::Factories)
      return Diags.error(Producing->Source,
                         "'producing' is for 'count: factories' only",
                         "leave it out, or count factories");
    StringRef Name = Producing->Text;
    Name.consume_front("::");
    Result.Producing = Name.str();
    SmallVector<StringRef> Known;
    for (const Consolidation &Entry : Rules.Consolidate)
      Known.push_back(Entry.Into);
    if (is_contained(Known, Name))
      return;
    StringRef Near = nearestWord(Name, Known);
    Diags.error(Producing->Source,
                "'" + Name + "' is no canonical class of this file",
                Near.empty() ? Twine("name one that stands under 'into'")
                             : "did you mean '" + Near + "'?");
  }

  void readBetween(const YamlNode &Entry, Limit &Result) {
    const YamlNode *Between = Entry.find("between");
    bool Couplings = Result.Count == CountKind::Couplings;
    if (!Between) {
      if (Couplings)
        Diags.error(textOf(Entry, "count")->Source,
                    "'count: couplings' needs 'between'",
                    "add `between: [engines, '.*Socket.*']`");
      return;
    }
    if (!Couplings)
      return Diags.error(Between->Source.take_front(1),
                         "'between' is for 'count: couplings' only",
                         "leave it out, or count couplings");
    if (Between->What != YamlNode::Kind::List)
      return;
    if (!Between->Items.empty() && Between->Items.size() != 2)
      Diags.error(Between->Source.take_front(1),
                  "'between' needs 2 entries, not " +
                      Twine(Between->Items.size()),
                  "write `between: [engines, '.*Socket.*']`");
    for (const YamlNode *Side :
         itemsOf(Entry, "between", YamlNode::Kind::Text)) {
      checkRegex(*Side, "between");
      Result.Between.push_back(Side->Text);
    }
  }

  RuleSet &Rules;
  RuleDiagnostics &Diags;
  StringMap<StringRef> Names; ///< Name -> where.
};

} // namespace

void readLimits(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags) {
  LimitReader Reader(Rules, Diags);
  for (const YamlNode *Entry : itemsOf(Root, "limits", YamlNode::Kind::Map))
    Reader.read(*Entry);
}

std::vector<std::string> readGlobs(const YamlNode &Map, StringRef Key,
                                   RuleDiagnostics &Diags) {
  std::vector<std::string> Result;
  for (const YamlNode *Glob : itemsOf(Map, Key, YamlNode::Kind::Text)) {
    StringRef Text = Glob->Text;
    if (Text.starts_with("/") || Text.starts_with("./") ||
        Text.starts_with("../") || Text.contains('\\'))
      Diags.error(Glob->Source, "'" + Text + "' can match no file",
                  "globs are relative to the rules file's folder, with forward "
                  "slashes: 'src/**'");
    Result.push_back(Text.str());
  }
  return Result;
}

void readScope(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags) {
  const YamlNode *Scope = Root.find("scope");
  if (!Scope)
    return;
  if (Scope->find("include"))
    Rules.Scope.Include = readGlobs(*Scope, "include", Diags);
  Rules.Scope.Exclude = readGlobs(*Scope, "exclude", Diags);
}

} // namespace consolidate
