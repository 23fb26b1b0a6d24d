//===- Unused.cpp - Comments that suppress nothing ------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "LspInternal.h"

#include "consolidate/Suppressions.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

/// Lower than a warning, and shown faded: `Hint`, `Unnecessary`.
constexpr int Hint = 4, Unnecessary = 1;

json::Object diagnosticOf(const UnusedSuppression &Unused,
                          const Positions &Where) {
  std::string Code = messageCode(MessageId::UnusedSuppression);
  return json::Object{
      {"range", Where.range(Unused.Offset, Unused.Offset + Unused.Text.size())},
      {"severity", Hint},
      {"tags", json::Array{Unnecessary}},
      {"source", "clang-consolidate"},
      {"code", Code},
      {"message", "'" + Unused.Text + "' suppresses nothing"},
      {"data", json::Object{{"id", Code}}}};
}

/// The line around byte \p Offset, without its end.
StringRef lineAround(StringRef Text, size_t Offset) {
  size_t Begin = Text.take_front(Offset).rfind('\n') + 1;
  return Text.substr(Begin).take_until([](char C) { return C == '\n'; });
}

/// What goes away with the marker at \p Begin: its comment where it is all that
/// the comment holds, the line where nothing else stands on it.
Edit removalOf(StringRef Path, StringRef Text, size_t Begin, size_t Length) {
  StringRef Line = lineAround(Text, Begin);
  size_t LineBegin = Line.begin() - Text.begin(), End = Begin + Length;
  StringRef Before = Text.slice(LineBegin, Begin).rtrim();
  StringRef Behind = Text.slice(End, LineBegin + Line.size()).rtrim('\r');
  bool OwnLineComment = Before.ends_with("//") && Behind.trim().empty();
  bool OwnBlock = Before.ends_with("/*") && Behind.ltrim().starts_with("*/");
  if (OwnLineComment || OwnBlock) {
    Begin = LineBegin + Before.drop_back(2).rtrim().size();
    End = OwnBlock ? Text.find("*/", End) + 2 : End + Behind.size();
    Behind = Text.slice(End, LineBegin + Line.size());
  }
  bool IsAlone = Text.slice(LineBegin, Begin).trim().empty() &&
                 Behind.trim().empty() && (OwnLineComment || OwnBlock);
  if (IsAlone) {
    Begin = LineBegin;
    End = std::min(LineBegin + Line.size() + 1, Text.size());
  } else if (!OwnLineComment && !OwnBlock && Behind.starts_with(" ")) {
    ++End; // The space that parted it from what is left.
  }
  return {Path.str(), unsigned(Begin), unsigned(End - Begin), ""};
}

/// The end of the block that \p All[Begin] opens, or null.
const Suppression *endOf(ArrayRef<Suppression> All, size_t Begin) {
  unsigned Depth = 0;
  for (const Suppression &S : All.drop_front(Begin)) {
    if (S.Checks != All[Begin].Checks)
      continue;
    if (S.What == Suppression::Kind::Begin)
      ++Depth;
    if (S.What == Suppression::Kind::End && --Depth == 0)
      return &S;
  }
  return nullptr;
}

/// Empty for a block without an end: that is another trouble.
std::vector<Edit> removalsOf(const UnusedSuppression &Unused, StringRef Text) {
  std::vector<Edit> Result;
  std::vector<Suppression> All = findSuppressions(Text);
  for (auto [I, S] : enumerate(All)) {
    if (S.Offset != Unused.Offset)
      continue;
    Result.push_back(removalOf(Unused.Path, Text, S.Offset, S.Text.size()));
    if (S.What != Suppression::Kind::Begin)
      break;
    const Suppression *End = endOf(All, I);
    if (!End)
      return {};
    Result.push_back(
        removalOf(Unused.Path, Text, End->Offset, End->Text.size()));
    break;
  }
  return Result;
}

} // namespace

void addUnused(json::Array &Diagnostics, const Analysis &Known,
               PositionEncoding Encoding) {
  Positions Where(*Known.File.Text, Encoding);
  for (const UnusedSuppression &Unused : Known.Unused)
    Diagnostics.push_back(diagnosticOf(Unused, Where));
}

void addRemovals(json::Array &Actions, const Analysis &Known,
                 const ActionRequest &Asked, PositionEncoding Encoding) {
  StringRef Text = *Known.File.Text;
  Positions Where(Text, Encoding);
  for (const UnusedSuppression &Unused : Known.Unused) {
    if (Unused.Offset > Asked.End ||
        Unused.Offset + Unused.Text.size() < Asked.Begin)
      continue;
    std::vector<Edit> Edits = removalsOf(Unused, Text);
    if (Edits.empty())
      continue;
    Actions.push_back(json::Object{
        {"title", "Remove '" + Unused.Text + "', which suppresses nothing"},
        {"kind", "quickfix"},
        {"diagnostics", json::Array{diagnosticOf(Unused, Where)}},
        {"isPreferred", true},
        {"edit", json::Object{{"documentChanges",
                               json::Array{documentEdit(
                                   Known.File, true,
                                   textEdits(Edits, Text, Encoding))}}}}});
  }
}

} // namespace consolidate
