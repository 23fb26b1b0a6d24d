//===- Words.cpp - What the survey looks for ------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Mentions.h"
#include "Pieces.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace llvm;

namespace consolidate {

namespace {

bool isStandardHeader(StringRef Header) {
  return Header.consume_front("<") && Header.consume_back(">") &&
         MentionFinder::isName(Header);
}

/// The names that `given` declares: the last identifier of each.
std::set<std::string> givenNames(const RewriteRule &Rule) {
  std::set<std::string> Names;
  for (const std::string &Declaration : Rule.Given) {
    std::string Last;
    forEachPiece(Declaration, [&](const Piece &P) {
      if (P.Kind == PieceKind::Identifier)
        Last = Declaration.substr(P.Offset, P.Length);
    });
    Names.insert(Last);
  }
  return Names;
}

/// Follows the brackets of one expression.
class CalledName {
public:
  explicit CalledName(std::set<std::string> Given) : Given(std::move(Given)) {}

  void identifier(const std::string &Spelled) {
    Last = Spelled;
    if (Depth == 0 && !Given.count(Spelled))
      Outermost = Spelled;
  }

  void punctuation(StringRef Spelled) {
    bool Opens = Spelled == "(" || Spelled == "{" || Spelled == "[" ||
                 (Spelled == "<" && !Last.empty());
    if (Opens && Depth == 0 && !Last.empty())
      Called = Last;
    if (Opens)
      ++Depth;
    else if (Spelled == ")" || Spelled == "}" || Spelled == "]" ||
             Spelled == ">")
      Depth -= Depth > 0;
    else if (Spelled == ">>")
      Depth -= std::min(Depth, 2u);
    Last.clear();
  }

  const std::string &name() const {
    return Called.empty() ? Outermost : Called;
  }

private:
  std::set<std::string> Given;
  std::string Called, Outermost;
  std::string Last; ///< The identifier just before, or "".
  unsigned Depth = 0;
};

/// The name that every use of the rule's `before` must spell: that of the
/// outermost call or construction, or else of the outermost member or object.
/// "" when every name in it is given.
std::string calledName(const RewriteRule &Rule) {
  CalledName Name(givenNames(Rule));
  forEachPiece(Rule.Before, [&](const Piece &P) {
    std::string Spelled = Rule.Before.substr(P.Offset, P.Length);
    if (P.Kind == PieceKind::Identifier)
      Name.identifier(Spelled);
    else if (P.Kind == PieceKind::Punctuation)
      Name.punctuation(Spelled);
  });
  return Name.name();
}

bool spellsOneOf(const std::string &Text, const std::set<std::string> &Names) {
  bool Found = false;
  forEachPiece(Text, [&](const Piece &P) {
    Found |= P.Kind == PieceKind::Identifier &&
             Names.count(Text.substr(P.Offset, P.Length));
  });
  return Found;
}

} // namespace

std::vector<std::string> surveyWords(const RuleSet &Rules) {
  std::set<std::string> Names, Paths;
  for (const Consolidation &C : Rules.Consolidate)
    for (const LegacyClass &Legacy : C.From) {
      Names.insert(unqualifiedName(Legacy.Name).str());
      if (!Legacy.Header.empty() && !isStandardHeader(Legacy.Header))
        Paths.insert(StringRef(Legacy.Header).trim("<>").str());
    }
  for (const RewriteRule &Rule : Rules.Rewrites)
    if (!Rule.Inline.empty())
      Names.insert(unqualifiedName(Rule.Inline).str());
  // A construction of a legacy class spells a name that is there already.
  std::set<std::string> Called;
  for (const RewriteRule &Rule : Rules.Rewrites)
    if (!Rule.Before.empty() && !spellsOneOf(Rule.Before, Names))
      Called.insert(calledName(Rule));
  Names.merge(Called);
  for (const IncludeRule &Rule : Rules.Includes)
    Paths.insert(isStandardHeader(Rule.From)
                     ? Rule.From
                     : StringRef(Rule.From).trim("<>").str());
  Names.merge(Paths);
  Names.erase("");
  return {Names.begin(), Names.end()};
}

} // namespace consolidate
