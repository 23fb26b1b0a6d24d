//===- Expectations.cpp - What the comments of a case ask for -------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Expectations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringLiteral KindMarker = "// consolidate:";
constexpr StringLiteral LeftMarker = "// expect-left:";
constexpr StringLiteral KindWords[] = {"type",   "construction", "include",
                                       "member", "factory",      "definition",
                                       "comment"};

StringRef kindWord(FindingKind Kind) {
  switch (Kind) {
  case FindingKind::Type:
    return "type";
  case FindingKind::Construction:
    return "construction";
  case FindingKind::Include:
    return "include";
  case FindingKind::Member:
    return "member";
  case FindingKind::Factory:
    return "factory";
  case FindingKind::Definition:
    return "definition";
  case FindingKind::Comment:
    return "comment";
  }
  llvm_unreachable("covered switch");
}

void readKinds(StringRef Words, unsigned Line, AnnotatedSource &Out) {
  SmallVector<StringRef, 4> Split;
  Words.split(Split, ',');
  for (StringRef Word : Split) {
    Word = Word.trim();
    if (is_contained(KindWords, Word))
      Out.Kinds[Line].insert(Word.str());
    else
      Out.Errors.push_back(
          "line " + std::to_string(Line) + ": '" + Word.str() +
          "' is no kind of finding; write one of: " +
          join(std::begin(KindWords), std::end(KindWords), ", "));
  }
}

/// Reads the comments of one line and returns the line without them.
StringRef readLine(StringRef Line, unsigned Number, AnnotatedSource &Out) {
  size_t First = std::min(Line.find(KindMarker), Line.find(LeftMarker));
  if (First == StringRef::npos)
    return Line;
  StringRef Comments = Line.drop_front(First);
  while (!Comments.empty()) {
    bool IsKind = Comments.consume_front(KindMarker);
    if (!IsKind)
      Comments.consume_front(LeftMarker);
    size_t Next =
        std::min(Comments.find(KindMarker), Comments.find(LeftMarker));
    StringRef Text = Comments.take_front(Next).trim();
    Comments = Next == StringRef::npos ? "" : Comments.drop_front(Next);
    if (IsKind)
      readKinds(Text, Number, Out);
    else if (Text.empty())
      Out.Errors.push_back("line " + std::to_string(Number) +
                           ": '// expect-left:' without a text");
    else
      Out.Left[Number].push_back(Text.str());
  }
  StringRef Code = Line.take_front(First).rtrim();
  if (Code.empty())
    Out.Errors.push_back("line " + std::to_string(Number) +
                         ": this comment is about its own line, which holds "
                         "no code");
  return Code;
}

/// A reason in the file of the case.
struct LeftPlace {
  unsigned Line = 1;
  std::string Text; ///< With the id.
  bool Expected = false;
};

/// The findings of one file, as far as a case can speak of them.
class Comparison {
public:
  Comparison(const AnnotatedSource &Source, const EditPlan &Plan,
             StringRef Path)
      : Source(Source) {
    for (const Cluster &C : Plan.Clusters)
      for (size_t I : C.Findings)
        if (Plan.Findings[I].Path == Path)
          add(Plan.Findings[I], C);
  }

  std::vector<std::string> run(ArrayRef<std::string> LeftAnywhere) {
    compareKinds();
    for (const auto &[Line, Texts] : Source.Left)
      for (const std::string &Text : Texts)
        expectLeft(Text, Line);
    for (const std::string &Text : LeftAnywhere)
      expectLeft(Text, 0);
    for (const LeftPlace &Place : Left)
      if (!Place.Expected)
        fail(Place.Line, "is left: " + Place.Text);
    return std::move(Failures);
  }

private:
  const AnnotatedSource &Source;
  std::map<unsigned, std::set<std::string>> Kinds;
  std::vector<LeftPlace> Left;
  std::vector<std::string> Failures;

  void fail(unsigned Line, const Twine &What) {
    Failures.push_back(("line " + Twine(Line) + ": " + What).str());
  }

  void add(const Finding &F, const Cluster &C) {
    // An include that is added belongs to no line of the text.
    if (F.Length > 0)
      Kinds[F.Line].insert(kindWord(F.Kind).str());
    std::string Text = F.isLeft() ? withCode(F.Left, F.LeftId)
                                  : withCode(C.Dropped, C.DroppedId);
    if (F.isLeft() || !C.Dropped.empty())
      Left.push_back({F.Line, std::move(Text)});
  }

  void compareKinds() {
    if (Source.Kinds.empty())
      return;
    // A line in one of the two only has an empty set in the other.
    std::map<unsigned, std::set<std::string>> Wanted = Source.Kinds;
    for (const auto &Entry : Kinds)
      Wanted.try_emplace(Entry.first);
    for (const auto &[Line, Words] : Wanted)
      if (Words != Kinds[Line])
        fail(Line,
             "expected " + listOf(Words) + ", found " + listOf(Kinds[Line]));
  }

  static std::string listOf(const std::set<std::string> &Words) {
    return Words.empty() ? "no finding" : join(Words, ", ");
  }

  /// \p Line 0: in any line.
  void expectLeft(StringRef Text, unsigned Line) {
    bool Found = false;
    for (LeftPlace &Place : Left)
      if ((Line == 0 || Place.Line == Line) &&
          StringRef(Place.Text).contains(Text))
        Found = Place.Expected = true;
    if (Found)
      return;
    if (Line == 0)
      Failures.push_back(("nothing is left for '" + Text + "'").str());
    else
      fail(Line, "nothing is left for '" + Text + "'");
  }
};

} // namespace

AnnotatedSource readAnnotations(StringRef Before) {
  AnnotatedSource Result;
  unsigned Number = 0;
  while (!Before.empty()) {
    auto [Line, Rest] = Before.split('\n');
    Before = Rest;
    Result.Text += (readLine(Line, ++Number, Result) + "\n").str();
  }
  return Result;
}

std::vector<std::string> checkFindings(const AnnotatedSource &Source,
                                       const RuleTestCase &Case,
                                       const EditPlan &Plan, StringRef Path) {
  return Comparison(Source, Plan, Path).run(Case.Left);
}

} // namespace consolidate
