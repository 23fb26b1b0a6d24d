//===- IncludePlan.cpp - Which includes go, stay and come -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// An include of a legacy header becomes one of the canonical header, unless
// something else is only reachable through it, here or in a file that includes
// this one. A file that used the class and would lose sight of it gets the
// canonical header.
//
//===----------------------------------------------------------------------===//
#include "PathGraph.h"
#include "PlanInternal.h"

#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// True when \p Code holds \p Name as an identifier, not in a string or
/// comment.
bool mentions(StringRef Code, StringRef Name) {
  if (!Code.contains(Name))
    return false;
  // The raw lexer wants a buffer that ends in a null byte.
  std::string Text = Code.str();
  LangOptions Options;
  Options.CPlusPlus = Options.CPlusPlus11 = Options.LineComment = true;
  Lexer Raw(SourceLocation(), Options, Text.c_str(), Text.c_str(),
            Text.c_str() + Text.size());
  Token Tok;
  do {
    Raw.LexFromRawLexer(Tok);
    if (Tok.is(tok::raw_identifier) && Tok.getRawIdentifier() == Name)
      return true;
  } while (Tok.isNot(tok::eof));
  return false;
}

/// A using-declaration that stays beside the new one.
bool namesBoth(const Finding &F) {
  return !F.TextBesides.empty() && !F.Edits.empty() &&
         F.Edits.front().Text == F.TextBesides;
}

class IncludePlanner {
public:
  IncludePlanner(const RuleSet &Rules, const IncludeFacts &Facts,
                 const HeaderResolver &Resolve)
      : Rules(Rules), Facts(Facts), Resolve(Resolve), Paths(Facts.Graph) {
    for (const Consolidation &Entry : Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From) {
        Entries[Legacy.Name] = &Entry;
        if (!Legacy.Header.empty())
          HeaderPath[Legacy.Name] = Resolve(Legacy.Header);
      }
    for (const auto &File : Facts.Files)
      Files.push_back(File.getKey().str());
    llvm::sort(Files);
  }

  /// Notes which classes each file still uses, and which it uses from now on.
  void readUses(ArrayRef<Finding> Findings, ArrayRef<Cluster> Clusters) {
    for (const Cluster &C : Clusters)
      for (size_t I : C.Findings) {
        const Finding &F = Findings[I];
        if (F.Kind == FindingKind::Include)
          continue;
        bool Left = F.isLeft() || !C.Dropped.empty();
        if (Left || namesBoth(F))
          LeftClasses[F.Path].insert(F.Class);
        if (!Left)
          for (const std::string &Header : F.NeedsHeaders)
            NewUses[F.Path].insert(
                {F.Form == "forward declaration" ? "" : F.Class, Header});
      }
  }

  /// A branch that no configuration compiles still uses what it names: another
  /// configuration would not compile without the legacy header.
  void readInactive(function_ref<StringRef(StringRef)> Text) {
    for (const std::string &File : Files) {
      const FileFacts &Known = Facts.Files.find(File)->second;
      bool MayMatter = any_of(Known.Includes, [&](const IncludeDirective &D) {
        return any_of(HeaderPath, [&](const auto &Legacy) {
          return !Legacy.second.empty() && D.Resolved == Legacy.second;
        });
      });
      if (!MayMatter)
        continue;
      for (const SkippedRange &Range : Known.Skipped)
        for (const auto &[Class, Path] : HeaderPath)
          if (mentions(Text(File).slice(Range.Begin, Range.End),
                       unqualifiedName(Class)))
            LeftClasses[File].insert(Class);
    }
  }

  void decide(const DroppedClusters &Dropped) {
    for (const std::string &File : Files)
      for (const IncludeDirective &D : Facts.Files.find(File)->second.Includes)
        decideOne(File, D);
    for (IncludeDecision &Decision : Decisions)
      if (auto It = Dropped.find(includeClusterId(Decision));
          It != Dropped.end())
        Decision.KeptBecause = It->second;
    for (const auto &[From, To] : conditionalIncludes(Facts, Decisions))
      Conditional.emplace_back(Paths.number(From), Paths.number(To));
    keepWhatIsNeeded();
    addMissing();
  }

  std::vector<IncludeDecision> Decisions;
  std::map<std::string, std::vector<std::string>> Added; ///< By file.
  std::vector<std::string> Files;

private:
  const RuleSet &Rules;
  const IncludeFacts &Facts;
  const HeaderResolver &Resolve;
  PathGraph Paths; ///< As it is.
  /// Edges of it that another configuration may lack.
  std::vector<std::pair<unsigned, unsigned>> Conditional;
  /// What a file reaches, at all and without Conditional.
  std::map<unsigned, BitVector> KnownBefore, KnownAlways;
  std::map<std::string, const Consolidation *> Entries; ///< By legacy class.
  std::map<std::string, std::string> HeaderPath;        ///< By legacy class.
  std::map<std::string, std::string> SystemPath;        ///< By header.
  std::map<std::string, std::string> Replaced;          ///< By `from`.
  std::map<std::string, std::set<std::string>> LeftClasses; ///< By file.
  /// By file: the legacy class that was used ("" for a call), and the header
  /// that what replaces it needs.
  std::map<std::string, std::set<std::pair<std::string, std::string>>> NewUses;

  const IncludeRule *ruleFor(const IncludeDirective &D) {
    for (const IncludeRule &Rule : Rules.Includes)
      if (D.HealedBy == Rule.From ||
          (D.Resolved.empty() ? D.Spelled == Rule.From
                              : D.Resolved == replacedFile(Rule.From) &&
                                    mayMean(D.Spelled, Rule.From)))
        return &Rule;
    return nullptr;
  }

  /// A bare name is looked up beside every main file, so it may have found a
  /// header of which nobody speaks.
  static bool mayMean(StringRef Spelled, StringRef From) {
    while (Spelled.consume_front("./") || Spelled.consume_front("../"))
      ;
    return From.contains('/') || Spelled == From;
  }

  /// The file that a rule replaces; empty when there is none any more, or when
  /// it may be one of several.
  const std::string &replacedFile(const std::string &From) {
    auto [It, New] = Replaced.try_emplace(From);
    if (!New)
      return It->second;
    std::set<std::string> SameEnd;
    for (const auto &File : Facts.Files)
      for (const IncludeDirective &D : File.second.Includes) {
        if (D.HealedBy == From || (D.Resolved.empty() && D.Spelled == From))
          return It->second; // The rule's file is gone: what exists is another.
        if (StringRef(D.Resolved).ends_with("/" + From))
          SameEnd.insert(D.Resolved);
      }
    It->second = Resolve(From);
    if (It->second.empty() && SameEnd.size() == 1)
      It->second = *SameEnd.begin();
    return It->second;
  }

  /// The file a header is; for one that no search path of the project has (a
  /// standard header), the file it was seen as, or its own name.
  std::string pathOf(const std::string &Header) {
    std::string Path = Resolve(Header);
    if (!Path.empty())
      return Path;
    auto [It, New] = SystemPath.try_emplace(Header, Header);
    if (New)
      for (const auto &File : Facts.Files)
        for (const IncludeDirective &D : File.second.Includes)
          if (D.Spelled == StringRef(Header).trim("<>") && !D.Resolved.empty())
            It->second = D.Resolved;
    return It->second;
  }

  void decideOne(const std::string &File, const IncludeDirective &D) {
    IncludeDecision Decision;
    Decision.File = File;
    Decision.Directive = &D;
    if (const IncludeRule *Rule = ruleFor(D)) {
      Decision.FromRule = true;
      Decision.Rule = Rule->From;
      Decision.Targets = Rule->To;
      Decisions.push_back(std::move(Decision));
      return;
    }
    for (const auto &[Class, Path] : HeaderPath) {
      const std::string &Header = Entries[Class]->Header;
      // One header may hold both classes.
      if (Path.empty() || D.Resolved != Path || Header.empty() ||
          Resolve(Header) == Path)
        continue;
      Decision.Rule = Class;
      if (!is_contained(Decision.Targets, Header))
        Decision.Targets.push_back(Header);
      if (auto Left = LeftClasses.find(File);
          Left != LeftClasses.end() && Left->second.count(Class))
        Decision.KeptBecause = {MessageId::IncludeOfLeft,
                                "a use of '" + Class +
                                    "' in this file is left"};
    }
    if (!Decision.Targets.empty())
      Decisions.push_back(std::move(Decision));
  }

  /// What \p File reaches now.
  const BitVector &reachedBefore(StringRef File) {
    unsigned Number = Paths.number(File);
    auto [It, New] = KnownBefore.try_emplace(Number);
    if (New)
      It->second = Paths.reachable(Paths.edges(), Number);
    return It->second;
  }

  /// ...and whatever conditions hold.
  const BitVector &alwaysReachedBefore(StringRef File) {
    if (Conditional.empty())
      return reachedBefore(File);
    unsigned Number = Paths.number(File);
    auto [It, New] = KnownAlways.try_emplace(Number);
    if (New)
      It->second = Paths.reachable(alwaysEdges(), Number);
    return It->second;
  }

  PathGraph::Edges alwaysEdges() const {
    PathGraph::Edges Result = Paths.edges();
    for (auto [File, Target] : Conditional)
      llvm::erase(Result[File], Target);
    return Result;
  }

  bool reachesBefore(StringRef File, StringRef Target) {
    return contains(reachedBefore(File), Paths.number(Target));
  }

  /// \p Number may be younger than \p Files.
  static bool contains(const BitVector &Files, unsigned Number) {
    return Number < Files.size() && Files.test(Number);
  }

  /// The include graph as it would be; \p Always: whatever conditions hold.
  PathGraph::Edges edgesAfter(bool Always) {
    std::vector<std::pair<unsigned, unsigned>> Come, Go;
    for (const IncludeDecision &Decision : Decisions) {
      if (!Decision.KeptBecause.empty())
        continue;
      unsigned File = Paths.number(Decision.File);
      if (!Decision.Directive->Resolved.empty())
        Go.emplace_back(File, Paths.number(Decision.Directive->Resolved));
      for (const std::string &Target : Decision.Targets)
        Come.emplace_back(File, Paths.number(pathOf(Target)));
    }
    for (const auto &[File, Headers] : Added)
      for (const std::string &Header : Headers)
        Come.emplace_back(Paths.number(File), Paths.number(pathOf(Header)));
    PathGraph::Edges After = Always ? alwaysEdges() : Paths.edges();
    for (auto [File, Target] : Go)
      llvm::erase(After[File], Target);
    for (auto [File, Target] : Come)
      After[File].push_back(Target);
    return After;
  }

  /// Takes replacements back until every file reaches what it uses.
  void keepWhatIsNeeded() {
    bool Changed = true;
    while (Changed) {
      Changed = keepWhatIsNeeded(/*Always=*/false);
      if (!Conditional.empty())
        Changed |= keepWhatIsNeeded(/*Always=*/true);
    }
  }

  bool keepWhatIsNeeded(bool Always) {
    bool Changed = false;
    PathGraph::Edges After = edgesAfter(Always);
    for (const std::string &File : Files) {
      const BitVector &Reached = reachedBefore(File);
      if (none_of(Decisions, [&](const IncludeDecision &D) {
            return D.KeptBecause.empty() &&
                   contains(Reached, Paths.number(D.File));
          }))
        continue;
      const BitVector &Before = Always ? alwaysReachedBefore(File) : Reached;
      BitVector Now = Paths.reachable(After, Paths.number(File));
      for (const std::string &Used : usedBy(File))
        if (unsigned Number = Paths.number(Used);
            contains(Before, Number) && !contains(Now, Number))
          Changed |= keepWayTo(Used, Reached, Always);
    }
    return Changed;
  }

  /// What \p File uses: also the legacy headers, for what is left there.
  std::vector<std::string> usedBy(const std::string &File) const {
    std::vector<std::string> Result = Facts.Files.find(File)->second.UsedFiles;
    if (auto Left = LeftClasses.find(File); Left != LeftClasses.end())
      for (const std::string &Class : Left->second)
        if (auto Header = HeaderPath.find(Class);
            Header != HeaderPath.end() && !Header->second.empty())
          Result.push_back(Header->second);
    return Result;
  }

  /// Keeps the replaced directives, in files of \p Reached, that lead to
  /// \p Used.
  bool keepWayTo(const std::string &Used, const BitVector &Reached,
                 bool Always) {
    bool Changed = false;
    for (IncludeDecision &Decision : Decisions) {
      if (!Decision.KeptBecause.empty() || Decision.FromRule ||
          !contains(Reached, Paths.number(Decision.File)) ||
          !reachesBefore(Decision.Directive->Resolved, Used))
        continue;
      Decision.KeptBecause = {
          MessageId::IncludeStillNeeded,
          "'" + Used + "' is used through it and is reachable no other way" +
              (Always ? " in every configuration" : "")};
      Changed = true;
    }
    return Changed;
  }

  /// Adds the canonical header where a migrated use would not see it. Headers
  /// come before the files that include them, so that one include serves all.
  void addMissing() {
    std::vector<std::pair<size_t, std::string>> Order;
    for (const auto &[File, Uses] : NewUses)
      Order.emplace_back(reachedBefore(File).count(), File);
    llvm::sort(Order);
    for (const auto &[Size, File] : Order)
      for (const auto &[Class, Header] : NewUses[File])
        addFor(File, Class, Header);
  }

  void addFor(const std::string &File, const std::string &Class,
              const std::string &Header) {
    std::string Canonical = pathOf(Header);
    if (Canonical == File || is_contained(Added[File], Header))
      return;
    // Where only a forward declaration was in sight, one still is.
    const std::string &Legacy = Class.empty() ? Class : HeaderPath[Class];
    if (!Legacy.empty() && Legacy != File && !reachesBefore(File, Legacy))
      return;
    bool Always = Legacy == File ||
                  contains(alwaysReachedBefore(File), Paths.number(Legacy));
    if (PathGraph::Edges After = edgesAfter(Always);
        contains(Paths.reachable(After, Paths.number(File)),
                 Paths.number(Canonical)))
      return;
    Added[File].push_back(Header);
  }
};

} // namespace

std::vector<Finding> planIncludes(
    const RuleSet &Rules, const IncludeFacts &Facts, ArrayRef<Finding> Findings,
    ArrayRef<Cluster> Clusters, const HeaderResolver &ResolveHeader,
    const DroppedClusters &Dropped, function_ref<StringRef(StringRef)> Text) {
  IncludePlanner Planner(Rules, Facts, ResolveHeader);
  Planner.readUses(Findings, Clusters);
  Planner.readInactive(Text);
  Planner.decide(Dropped);
  std::vector<Finding> Result;
  for (const std::string &File : Planner.Files) {
    std::vector<const IncludeDecision *> Here;
    for (const IncludeDecision &Decision : Planner.Decisions)
      if (Decision.File == File)
        Here.push_back(&Decision);
    const std::vector<std::string> &Added = Planner.Added[File];
    if (!Here.empty() || !Added.empty())
      append_range(Result,
                   includeFindings(Here, Facts.Files.find(File)->second, File,
                                   Added, Text(File), ResolveHeader));
  }
  return Result;
}

} // namespace consolidate
