//===- Compare.cpp - A count against a baseline ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"

#include "Fragments.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Regex.h"

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

/// As a baseline file gives it back.
Violation violation(const CheckLine &Line, const CheckItem &Item) {
  auto AsRead = [](StringRef Part) { return json::fixUTF8(Part.trim()); };
  return {AsRead(Line.Rule.Name), AsRead(Item.Symbol), AsRead(Item.Text)};
}

/// `n::f` of `n::f(int) const`; "" of what is no function.
StringRef withoutParameters(StringRef Symbol) {
  StringRef Rest = Symbol;
  Rest.consume_back(" const");
  if (!Rest.ends_with(")"))
    return "";
  unsigned Depth = 0;
  do {
    Depth += Rest.back() == ')';
    Depth -= Rest.back() == '(';
    Rest = Rest.drop_back();
  } while (Depth && !Rest.empty());
  // An `(anonymous class)` is a name itself.
  return Rest.ends_with("::") ? "" : Rest;
}

/// Whether a function's name behind \p Code is declared there, not called. A
/// type with a parenthesis in it is not recognised.
bool isReturnType(StringRef Code) {
  static const Regex Type("^[][A-Za-z0-9_:<>*& ]*[*&> ]$");
  static const Regex Statement("(^|[^A-Za-z0-9_])(return|throw|co_return|"
                               "co_yield|co_await|new|delete|else|do|case)"
                               "($|[^A-Za-z0-9_])");
  return Type.match(Code) && !Statement.match(Code);
}

/// `Old*make(` of the declarator `Old*make(int n)` of \p Function, which may be
/// qualified; other code as it is.
StringRef upToParameters(StringRef Code, StringRef Function) {
  for (StringRef Name = Function; !Name.empty(); Name = Name.split("::").second)
    if (size_t At = Code.find((Name + "(").str());
        At != StringRef::npos && isReturnType(Code.take_front(At)))
      return Code.take_front(At + Name.size() + 1);
  return Code;
}

enum class Parameters { Same, Other };

/// What must agree for an item to be an entry.
Violation identity(const Violation &Of, Parameters Wanted) {
  StringRef Function = withoutParameters(Of.Symbol);
  if (Wanted == Parameters::Same || Function.empty())
    return Of;
  return {Of.Limit, (Function + "(").str(),
          upToParameters(Of.Text, Function).str()};
}

/// Marks items that have an entry in \p Entries. Returns those without one.
std::vector<Violation> mark(CheckReport &Report, ArrayRef<Violation> Entries,
                            Parameters Wanted) {
  std::multimap<Violation, Violation> Left;
  for (const Violation &Entry : Entries)
    Left.emplace(identity(Entry, Wanted), Entry);
  for (CheckLine &Line : Report.Lines)
    for (CheckItem &Item : Line.Items) {
      if (Item.InBaseline)
        continue;
      Violation Found = violation(Line, Item);
      auto [First, Last] = Left.equal_range(identity(Found, Wanted));
      auto Entry = std::find_if(First, Last, [&](const auto &Known) {
        return (Known.second.Symbol == Found.Symbol) ==
               (Wanted == Parameters::Same);
      });
      if (Entry == Last)
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
  Result.Unmatched = mark(Report, Known.Entries, Parameters::Same);
  // What was not seen may hold the function that an entry is of.
  if (Incomplete.empty())
    Result.Unmatched = mark(Report, Result.Unmatched, Parameters::Other);
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
