//===- Update.cpp - What came out, into the rules text --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Works on lines, not on a YAML tree written out again: comments, quoting and
// the order of keys belong to whoever wrote the file.
//
//===----------------------------------------------------------------------===//
#include "consolidate/RuleTest.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace llvm;

namespace consolidate {
namespace {

/// Half-open range of lines (0-based) of a block scalar's text.
struct Block {
  size_t Begin = 0;
  size_t End = 0;
  size_t Indent = 0; ///< Of its first line; of a line to be, when it is empty.
};

class Updater {
public:
  explicit Updater(const RuleSet &Rules) : Rules(Rules) {
    StringRef Rest = Rules.Text;
    while (!Rest.empty()) {
      size_t End = std::min(Rest.find('\n'), Rest.size() - 1) + 1;
      Lines.push_back(Rest.take_front(End).str());
      Rest = Rest.drop_front(End);
    }
  }

  Error update(const RuleTestResult &Result) {
    const RuleTestCase &Case = Rules.Tests[Result.Case];
    RuleLocation Key = Case.HasAfter ? Case.AfterLocation : Case.BeforeLocation;
    std::optional<Block> Text = blockOf(Key);
    if (!Text)
      return ruleError(Rules, Key,
                       "cannot be updated: the text of '" + Case.Name +
                           "' is not a block",
                       "write `after: |` on a line of its own, in a test that "
                       "is not in braces, and the text below it");
    std::vector<std::string> New;
    if (!Case.HasAfter) {
      New.push_back(std::string(Key.Column - 1, ' ') + "after: |" + lineEnd());
      Text->Begin = Text->End;
      if (!StringRef(Lines[Text->End - 1]).ends_with("\n"))
        Lines[Text->End - 1] += lineEnd();
    }
    for (StringRef Rest = Result.After; !Rest.empty();) {
      auto [Line, Tail] = Rest.split('\n');
      Rest = Tail;
      New.push_back((Line.empty() ? "" : std::string(Text->Indent, ' ')) +
                    Line.str() + lineEnd());
    }
    Lines.erase(Lines.begin() + Text->Begin, Lines.begin() + Text->End);
    Lines.insert(Lines.begin() + Text->Begin, New.begin(), New.end());
    return Error::success();
  }

  std::string text() const {
    std::string Result;
    for (const std::string &Line : Lines)
      Result += Line;
    return Result;
  }

private:
  const RuleSet &Rules;
  std::vector<std::string> Lines; ///< Each with its line end.

  std::string lineEnd() const {
    return StringRef(Lines.front()).ends_with("\r\n") ? "\r\n" : "\n";
  }

  static size_t indentOf(StringRef Line) {
    return std::min(Line.find_first_not_of(' '), Line.size());
  }
  static bool isBlank(StringRef Line) { return Line.trim().empty(); }

  /// The block below the key at \p Key; empty when its value is no literal
  /// block. Blank lines behind it are not part of it.
  std::optional<Block> blockOf(RuleLocation Key) const {
    StringRef Header = Lines[Key.Line - 1];
    StringRef Value =
        Header.drop_front(Key.Column - 1).split(':').second.trim();
    // `|`, `|-`, `|+`; an explicit indentation would have to be kept.
    if (Value != "|" && Value != "|-" && Value != "|+")
      return std::nullopt;
    Block Result;
    Result.Begin = Result.End = Key.Line;
    Result.Indent = Key.Column + 1;
    for (size_t I = Key.Line; I < Lines.size(); ++I) {
      if (isBlank(Lines[I]))
        continue;
      if (indentOf(Lines[I]) < Key.Column)
        break;
      if (Result.End == Result.Begin)
        Result.Indent = indentOf(Lines[I]);
      Result.End = I + 1;
    }
    return Result;
  }
};

} // namespace

Expected<std::string> updateRuleTests(const RuleSet &Rules,
                                      ArrayRef<RuleTestResult> Results) {
  std::vector<const RuleTestResult *> Stale;
  for (const RuleTestResult &Result : Results)
    if (Result.OnlyAfterDiffers)
      Stale.push_back(&Result);
  // From the last on, so that the places of the others stay right.
  llvm::sort(Stale, [](const RuleTestResult *A, const RuleTestResult *B) {
    return A->Case > B->Case;
  });
  Updater Text(Rules);
  for (const RuleTestResult *Result : Stale)
    if (Error E = Text.update(*Result))
      return std::move(E);
  return Text.text();
}

} // namespace consolidate
