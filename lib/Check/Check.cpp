//===- Check.cpp - Counts the limits of a rules file ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"
#include "consolidate/Support.h"

#include "BlindSpots.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Regex.h"

#include <map>
#include <tuple>

using namespace llvm;

namespace consolidate {
namespace {

/// The whole name must match. An empty pattern matches nothing here; what it
/// means is for the caller to say.
class WholeMatch {
public:
  explicit WholeMatch(StringRef Pattern)
      : Pattern(("^(" + Pattern + ")$").str()), IsEmpty(Pattern.empty()) {}
  bool isEmpty() const { return IsEmpty; }
  bool operator()(StringRef Name) const {
    return !IsEmpty && Pattern.match(Name);
  }

private:
  Regex Pattern;
  bool IsEmpty;
};

/// Counts one limit over all TUs.
class Counter {
public:
  Counter(const Limit &Rule, const RuleSet &Rules, ArrayRef<TuFindings> Tus,
          const Scope &Scope)
      : Rule(Rule), Tus(Tus), Within(Scope), Matching(Rule.Matching),
        Except(Rule.Except) {
    collectProducts(Rules);
  }

  CheckLine count() {
    switch (Rule.Count) {
    case CountKind::Constructions:
      countFindings({FindingKind::Construction});
      break;
    case CountKind::LegacyUses:
      // A construction says more about a place than the type spelled there.
      countFindings(
          {FindingKind::Construction, FindingKind::Type, FindingKind::Member});
      break;
    case CountKind::Classes:
      countFacts(Fact::Kind::Class, [](const Fact &) { return true; });
      break;
    case CountKind::Factories:
      countFacts(Fact::Kind::Factory, [this](const Fact &Fact) {
        return Products.contains(Fact.Detail);
      });
      break;
    case CountKind::Couplings:
      countFacts(Fact::Kind::Coupling,
                 [this](const Fact &Fact) { return Fact.Detail == Rule.Name; });
      break;
    case CountKind::BrokenIncludes:
      countBrokenIncludes();
      break;
    }
    return finish();
  }

private:
  /// Path, byte offset or line, and name: what makes two sightings one item.
  using Key = std::tuple<std::string, unsigned, std::string>;

  static StringRef withoutArguments(StringRef Name) {
    return Name.split('<').first;
  }

  void collectProducts(const RuleSet &Rules) {
    for (const Consolidation &Entry : Rules.Consolidate) {
      if (!Rule.Producing.empty() && Entry.Into != Rule.Producing)
        continue;
      Products.insert(withoutArguments(Entry.Into));
      for (const LegacyClass &Legacy : Entry.From)
        Products.insert(withoutArguments(Legacy.Name));
    }
  }

  bool countsPath(StringRef Path) const {
    if (!Within.contains(Path))
      return false;
    std::string Relative = Within.relative(Path);
    return Rule.Paths.empty() || any_of(Rule.Paths, [&](StringRef Glob) {
             return matchesGlob(Glob, Relative);
           });
  }

  bool countsName(StringRef Qualified) const {
    StringRef Name = unqualifiedName(Qualified);
    return (Matching.isEmpty() || Matching(Name)) && !Except(Name);
  }

  CheckItem item(std::string Name, StringRef Path, unsigned Line,
                 std::string Symbol) const {
    return {std::move(Name), Within.relative(Path), Line, std::move(Symbol)};
  }

  /// Several TUs may tell different declarations around one place of a file
  /// that is included in the middle of others: which one came first must not
  /// matter.
  static void add(std::map<Key, CheckItem> &To, Key Place, CheckItem Item) {
    auto [Known, New] = To.try_emplace(std::move(Place), Item);
    if (!New)
      Known->second.Symbol = std::min(Known->second.Symbol, Item.Symbol);
  }

  void countFindings(std::initializer_list<FindingKind> Kinds) {
    for (FindingKind Kind : Kinds)
      for (const TuFindings &Tu : Tus)
        for (const Finding &Finding : Tu.Findings)
          if (Finding.Kind == Kind && countsPath(Finding.Path) &&
              countsName(Finding.Class))
            addFinding(Finding);
  }

  void addFinding(const Finding &Finding) {
    bool IsSuppressed = StringRef(Finding.Left).starts_with("suppressed");
    std::string Name = Finding.Class;
    if (Finding.Kind == FindingKind::Construction && !Finding.Form.empty())
      Name += " (" + Finding.Form + ")";
    CheckItem Item =
        item(std::move(Name), Finding.Path, Finding.Line, Finding.Signature);
    Item.Offset = Finding.Offset;
    add(IsSuppressed ? Suppressed : Counted, {Finding.Path, Finding.Offset, ""},
        std::move(Item));
  }

  void countFacts(Fact::Kind Kind, function_ref<bool(const Fact &)> IsOne) {
    for (const TuFindings &Tu : Tus)
      for (const Fact &Fact : Tu.Facts)
        if (Fact.What == Kind && IsOne(Fact) && countsPath(Fact.Path) &&
            countsName(Fact.Name))
          add(Counted, {Fact.Path, Fact.Line, Fact.Name},
              item(Fact.Name, Fact.Path, Fact.Line, Fact.Signature));
  }

  void countBrokenIncludes() {
    for (const TuFindings &Tu : Tus)
      for (const auto &File : Tu.Files)
        if (countsPath(File.getKey()))
          for (const IncludeDirective &Directive : File.second.Includes)
            if (Directive.Resolved.empty() && !Directive.System)
              addInclude(File.getKey(), Directive);
  }

  /// Nothing but its file is around an #include.
  void addInclude(StringRef Path, const IncludeDirective &Directive) {
    CheckItem Item =
        item(Directive.Spelled, Path, Directive.Line, Within.relative(Path));
    Item.Text = Directive.Spelled;
    add(Counted, {Path.str(), Directive.PathOffset, ""}, std::move(Item));
  }

  CheckLine finish() {
    CheckLine Line;
    Line.Rule = Rule;
    for (auto &[Place, Item] : Counted)
      Line.Items.push_back(std::move(Item));
    for (auto &[Place, Item] : Suppressed)
      if (!Counted.count(Place))
        Line.Suppressed.push_back(std::move(Item));
    Line.judge();
    return Line;
  }

  const Limit &Rule;
  ArrayRef<TuFindings> Tus;
  const Scope &Within;
  WholeMatch Matching, Except;
  StringSet<> Products; ///< What a factory of this limit may return.
  std::map<Key, CheckItem> Counted, Suppressed;
};

} // namespace

unsigned CheckLine::inBaseline() const {
  return unsigned(
      count_if(Items, [](const CheckItem &Item) { return Item.InBaseline; }));
}

void CheckLine::judge() {
  Broken = Rule.Level == Severity::Error && Rule.Max &&
           Items.size() > *Rule.Max && inBaseline() < Items.size();
}

bool CheckReport::isBroken() const {
  return any_of(Lines, [](const CheckLine &Line) { return Line.Broken; });
}

CheckReport runCheck(const RuleSet &Rules, ArrayRef<TuFindings> Tus,
                     const ScanPlan &Plan, const Scope &Scope) {
  CheckReport Report;
  for (const Limit &Rule : Rules.Limits)
    Report.Lines.push_back(Counter(Rule, Rules, Tus, Scope).count());
  Report.Blind = findBlindSpots(Rules, Tus, Plan, Scope);
  return Report;
}

StringRef countName(CountKind Kind) {
  switch (Kind) {
  case CountKind::Classes:
    return "classes";
  case CountKind::Factories:
    return "factories";
  case CountKind::LegacyUses:
    return "legacy-uses";
  case CountKind::Constructions:
    return "constructions";
  case CountKind::BrokenIncludes:
    return "broken-includes";
  case CountKind::Couplings:
    return "couplings";
  }
  llvm_unreachable("covered switch");
}

StringRef stateName(const CheckLine &Line) {
  if (Line.Broken)
    return "BROKEN";
  return Line.Rule.Level == Severity::Error ? "ok" : "info";
}

} // namespace consolidate
