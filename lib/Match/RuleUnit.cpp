//===- RuleUnit.cpp - The synthetic translation unit of a ruleset ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RuleUnit.h"

#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace llvm;

namespace consolidate {

std::string beforeFunctionName(size_t Index) {
  return "consolidate_before_" + utostr(Index);
}
std::string afterFunctionName(size_t Index) {
  return "consolidate_after_" + utostr(Index);
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
  for (size_t I = 0; I < Rules.Rewrites.size(); ++I) {
    const RewriteRule &Rule = Rules.Rewrites[I];
    if (!Rule.Inline.empty())
      continue;
    Writer.function(Rule, I, beforeFunctionName(I), Rule.Before, "before",
                    Rule.BeforeLocation);
    Writer.function(Rule, I, afterFunctionName(I), Rule.After, "after",
                    Rule.AfterLocation);
  }
  return std::move(Writer.Unit);
}

} // namespace consolidate
