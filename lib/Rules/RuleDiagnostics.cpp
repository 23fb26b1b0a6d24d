//===- RuleDiagnostics.cpp - Errors of a rules file, with a caret ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RuleDiagnostics.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Unicode.h"

using namespace llvm;

namespace consolidate {

/// The line that holds byte \p Offset, without its line ending.
static StringRef lineAround(StringRef Text, size_t Offset) {
  size_t Begin = Text.take_front(Offset).rfind('\n');
  Begin = Begin == StringRef::npos ? 0 : Begin + 1;
  return Text.slice(Begin, Text.find('\n', Begin)).rtrim('\r');
}

/// Columns \p Text takes on a terminal; bytes where it is not printable.
static size_t displayWidth(StringRef Text) {
  int Width = sys::unicode::columnWidthUTF8(Text);
  return Width < 0 ? Text.size() : size_t(Width);
}

/// Blanks that are as wide as \p Text; tabs stay tabs, so that the mark is
/// right whatever a tab is worth on the reader's terminal.
static std::string blanksFor(StringRef Text) {
  std::string Blanks;
  while (!Text.empty()) {
    auto [Run, Rest] = Text.split('\t');
    Blanks.append(displayWidth(Run), ' ');
    if (Run.size() == Text.size())
      break;
    Blanks += '\t';
    Text = Rest;
  }
  return Blanks;
}

/// \p Text on one line: a message may quote a value that goes over several.
static std::string onOneLine(const Twine &Text) {
  std::string Result = Text.str();
  for (char &Byte : Result)
    if (static_cast<unsigned char>(Byte) < ' ')
      Byte = ' ';
  return Result;
}

std::string renderRuleError(StringRef File, StringRef Text, size_t Offset,
                            size_t Length, const Twine &What,
                            const Twine &Hint) {
  Offset = std::min(Offset, Text.size());
  LineColumn Place = lineColumnAt(Text, unsigned(Offset));
  StringRef Line = lineAround(Text, Offset);
  StringRef Before = Line.take_front(Place.Column - 1);
  StringRef Marked = Line.substr(Before.size(), Length);
  size_t Width = std::max<size_t>(1, displayWidth(Marked.rtrim()));
  return (File + ":" + Twine(Place.Line) + ":" + Twine(Place.Column) +
          ": error: " + onOneLine(What) + "\n" + Line + "\n" +
          blanksFor(Before) + "^" + std::string(Width - 1, '~') +
          "\n  hint: " + onOneLine(Hint))
      .str();
}

size_t RuleDiagnostics::offsetOf(StringRef Place) const {
  if (Place.data() < Text.begin() || Place.data() > Text.end())
    return 0;
  return size_t(Place.data() - Text.data());
}

void RuleDiagnostics::error(StringRef Place, const Twine &What,
                            const Twine &Hint) {
  size_t Offset = offsetOf(Place);
  auto Later = find_if(
      Errors, [&](const Entry &Known) { return Known.Offset > Offset; });
  Errors.insert(Later, {Offset, renderRuleError(File, Text, Offset,
                                                Place.size(), What, Hint)});
}

RuleLocation RuleDiagnostics::locate(StringRef Place) const {
  LineColumn Found = lineColumnAt(Text, unsigned(offsetOf(Place)));
  return {Found.Line, Found.Column};
}

Error RuleDiagnostics::take() const {
  if (Errors.empty())
    return Error::success();
  auto Rendered = map_range(Errors, [](const Entry &E) { return E.Rendered; });
  return makeError(ErrorKind::Rules, join(Rendered, "\n"));
}

} // namespace consolidate
