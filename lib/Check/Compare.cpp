//===- Compare.cpp - A count against a baseline ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"

#include "Fragments.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

#include <map>

using namespace llvm;

namespace consolidate {
namespace {

/// The code of one file at a time: items are sorted by path.
class CodeReader {
public:
  explicit CodeReader(const Scope &Within) : Within(Within) {}

  void read(CheckItem &Item) {
    open(Item.Path);
    if (!Code)
      return;
    Item.Text = Code->around(*Item.Offset);
    // What a macro's body holds belongs to no expansion of it.
    if (std::string Macro = Code->macroAt(*Item.Offset); !Macro.empty())
      Item.Symbol = "#define " + Macro;
  }

private:
  void open(StringRef Relative) {
    if (Path == Relative && !Path.empty())
      return;
    Path = Relative.str();
    Code.reset();
    auto Read = MemoryBuffer::getFile(Within.root() + "/" + Relative);
    if (!Read)
      return;
    Buffer = std::move(*Read);
    Code.emplace(Buffer->getBuffer());
  }

  const Scope &Within;
  std::string Path;
  std::unique_ptr<MemoryBuffer> Buffer;
  std::optional<Fragments> Code;
};

Violation violation(const CheckLine &Line, const CheckItem &Item) {
  return {Line.Rule.Name, Item.Symbol, Item.Text};
}

/// `n::f` of `n::f(int) const`; other names as they are.
std::string withoutParameters(StringRef Symbol) {
  StringRef Rest = Symbol;
  Rest.consume_back(" const");
  if (!Rest.ends_with(")"))
    return Symbol.str();
  unsigned Depth = 0;
  do {
    Depth += Rest.back() == ')';
    Depth -= Rest.back() == '(';
    Rest = Rest.drop_back();
  } while (Depth && !Rest.empty());
  return Rest.str();
}

/// What must agree for an item to be an entry.
using Identity = Violation (*)(const Violation &);

Violation exactly(const Violation &Entry) { return Entry; }

/// The text of what a function returns holds its parameters as well.
Violation whateverTheParameters(const Violation &Entry) {
  std::string Name = withoutParameters(Entry.Symbol);
  StringRef Text = Entry.Text;
  if (Name != Entry.Symbol)
    Text = Text.take_front(Text.find((unqualifiedName(Name) + "(").str()));
  return {Entry.Limit, Name, Text.str()};
}

/// Marks items that have an entry in \p Entries. Returns those without one.
std::vector<Violation> mark(CheckReport &Report, ArrayRef<Violation> Entries,
                            Identity Of) {
  std::multimap<Violation, Violation> Left;
  for (const Violation &Entry : Entries)
    Left.emplace(Of(Entry), Entry);
  for (CheckLine &Line : Report.Lines)
    for (CheckItem &Item : Line.Items) {
      auto Entry =
          Item.InBaseline ? Left.end() : Left.find(Of(violation(Line, Item)));
      if (Entry == Left.end())
        continue;
      Item.InBaseline = true;
      Left.erase(Entry);
    }
  std::vector<Violation> Unmatched;
  for (const auto &[Key, Entry] : Left)
    Unmatched.push_back(Entry);
  return Unmatched;
}

} // namespace

void readViolations(CheckReport &Report, const Scope &Scope) {
  for (CheckLine &Line : Report.Lines) {
    CodeReader Reader(Scope);
    for (CheckItem &Item : Line.Items)
      if (Item.Offset)
        Reader.read(Item);
  }
}

void compareToBaseline(CheckReport &Report, const Baseline &Known,
                       StringRef Incomplete) {
  for (CheckLine &Line : Report.Lines)
    for (CheckItem &Item : Line.Items)
      Item.InBaseline = false;
  BaselineComparison Result;
  Result.Path = Known.Path;
  Result.Entries = unsigned(Known.Entries.size());
  Result.Incomplete = Incomplete.str();
  // Overloads are told apart as long as both are there; a function that gets
  // one parameter more keeps what was known of it.
  Result.Unmatched = mark(Report, Known.Entries, exactly);
  Result.Unmatched = mark(Report, Result.Unmatched, whateverTheParameters);
  llvm::sort(Result.Unmatched);
  for (CheckLine &Line : Report.Lines)
    Line.judge();
  Report.Against = std::move(Result);
}

std::vector<Violation> toleratedViolations(const CheckReport &Report,
                                           BaselineChange Change) {
  std::vector<Violation> Result;
  for (const CheckLine &Line : Report.Lines)
    for (const CheckItem &Item : Line.Items)
      if (Item.InBaseline || (Change == BaselineChange::Grow && Line.Broken))
        Result.push_back(violation(Line, Item));
  llvm::sort(Result);
  return Result;
}

} // namespace consolidate
