//===- RuleUnit.cpp - The synthetic translation unit of a ruleset ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RuleUnit.h"
#include "MatchInternal.h"

#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace llvm;

namespace consolidate {

static std::string functionName(StringRef What, size_t Index,
                                bool ForCanonical) {
  return ("consolidate_" + What + (ForCanonical ? "_canonical_" : "_") +
          utostr(Index))
      .str();
}
std::string beforeFunctionName(size_t Index, bool ForCanonical) {
  return functionName("before", Index, ForCanonical);
}
std::string afterFunctionName(size_t Index, bool ForCanonical) {
  return functionName("after", Index, ForCanonical);
}

std::string standInName(size_t Index) {
  return (StandInPrefix + Twine(Index)).str();
}

namespace {

class UnitWriter {
public:
  RuleUnit Unit;

  void line(StringRef Text, RuleLine Origin = {}) {
    // A folded YAML scalar may hold line breaks; C++ does not mind spaces.
    std::string OneLine = Text.str();
    std::replace(OneLine.begin(), OneLine.end(), '\n', ' ');
    Unit.Text += OneLine + "\n";
    Unit.Lines.push_back(std::move(Origin));
  }

  void include(StringRef Header) {
    if (Header.empty() || !Seen.insert(Header.str()).second)
      return;
    std::string Spelled =
        Header.starts_with("<") ? Header.str() : "\"" + Header.str() + "\"";
    line("#if __has_include(" + Spelled + ")");
    line("#include " + Spelled);
    line("#endif");
  }

  void function(const RewriteRule &Rule, size_t Index, StringRef Name,
                StringRef Expression, StringRef Key, RuleLocation Location) {
    size_t First = Unit.Lines.size();
    std::vector<size_t> Types, Values;
    for (size_t I = 0; I < Rule.Given.size(); ++I)
      (isTypeParameter(Rule.Given[I]) ? Types : Values).push_back(I);
    if (!Types.empty())
      list("template <", Types, ">", Rule, Index, Location);
    list("void " + Name.str() + "(", Values, "", Rule, Index, Location);
    line(") { static_cast<void>(");
    line(Expression, {int(Index), Location, Key.str(), Expression.str()});
    line("); }",
         {int(Index), Location, Key.str(), Expression.str(), /*IsEnd=*/true});
    for (RuleLine &Line : MutableArrayRef(Unit.Lines).drop_front(First))
      Line.Function = Name.str();
  }

private:
  std::set<std::string> Seen;

  static bool isTypeParameter(StringRef Given) {
    return Given.starts_with("typename ") || Given.starts_with("class ");
  }

  /// The chosen entries of `given`, one a line.
  void list(StringRef Open, ArrayRef<size_t> Chosen, StringRef Close,
            const RewriteRule &Rule, size_t Index, RuleLocation Fallback) {
    line(Open);
    for (size_t N = 0; N < Chosen.size(); ++N) {
      size_t I = Chosen[N];
      if (N > 0)
        line(",");
      RuleLocation Where =
          I < Rule.GivenLocations.size() ? Rule.GivenLocations[I] : Fallback;
      line(Rule.Given[I], {int(Index), Where, "given", Rule.Given[I]});
    }
    if (!Close.empty())
      line(Close);
  }
};

/// `app::Old &e` as the migration leaves it: `app::New &e`. The arguments of a
/// template stay where they mean the same.
std::string forCanonical(std::string Given, const RuleSet &Rules) {
  for (const Consolidation &Entry : Rules.Consolidate) {
    auto [Name, Arguments] = StringRef(Entry.Into).split('<');
    for (const LegacyClass &Legacy : Entry.From) {
      if (!Arguments.empty() &&
          Arguments != join(Legacy.TemplateParameters, ", ") + ">")
        continue;
      Given = replaceName(Given, "::" + Legacy.Name, Name);
      Given = replaceName(Given, Legacy.Name, Name);
    }
  }
  return Given;
}

} // namespace

RuleUnit makeRuleUnit(const RuleSet &Rules) {
  UnitWriter Writer;
  for (const Consolidation &Entry : Rules.Consolidate) {
    Writer.include(Entry.Header);
    for (const LegacyClass &Legacy : Entry.From)
      Writer.include(Legacy.Header);
  }
  for (const RewriteRule &Rule : Rules.Rewrites)
    for (const std::string &Header : Rule.Headers)
      Writer.include(Header);
  size_t StandIns = 0;
  for (const RewriteRule &Rule : Rules.Rewrites)
    StandIns = std::max(StandIns, Rule.Given.size());
  for (size_t I = 0; I < StandIns; ++I)
    Writer.line("struct " + standInName(I) + " {};");
  for (size_t I = 0; I < Rules.Rewrites.size(); ++I) {
    const RewriteRule &Rule = Rules.Rewrites[I];
    if (!Rule.Inline.empty())
      continue;
    auto Write = [&](const RewriteRule &As, bool ForCanonical) {
      Writer.function(As, I, beforeFunctionName(I, ForCanonical), Rule.Before,
                      "before", Rule.BeforeLocation);
      Writer.function(As, I, afterFunctionName(I, ForCanonical), Rule.After,
                      "after", Rule.AfterLocation);
    };
    Write(Rule, /*ForCanonical=*/false);
    RewriteRule Migrated = Rule;
    for (std::string &Given : Migrated.Given)
      Given = forCanonical(std::move(Given), Rules);
    if (Migrated.Given != Rule.Given)
      Write(Migrated, /*ForCanonical=*/true);
  }
  return std::move(Writer.Unit);
}

} // namespace consolidate
