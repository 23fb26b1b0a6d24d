//===- Formatting.cpp - The changed lines in the project's style ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Plan.h"

#include "consolidate/ClangCompat.h"

#include "clang/Format/Format.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// The style of the nearest .clang-format, or none.
std::optional<format::FormatStyle> styleOf(StringRef Path, StringRef Text) {
  Expected<format::FormatStyle> Style =
      format::getStyle("file", Path, "none", Text);
  if (!Style) {
    // A broken .clang-format is the project's own trouble; leave the layout.
    consumeError(Style.takeError());
    return std::nullopt;
  }
  if (Style->DisableFormat)
    return std::nullopt;
  keepIncludeOrder(*Style);
  // A using-declaration keeps its place.
  Style->SortUsingDeclarations = format::FormatStyle::SUD_Never;
  return *Style;
}

/// The statement around [Begin, End), roughly: up to the next `;` or brace.
/// What it gets wrong changes the layout only.
std::pair<size_t, size_t> statementAround(StringRef Text, size_t Begin,
                                          size_t End) {
  size_t First = Text.take_front(Begin).find_last_of(";{}") + 1; // npos + 1: 0
  size_t Last = Text.find_first_of(";{}", End);
  return {First, std::min(Last, Text.size())};
}

/// The edits in statements that were not laid out in the style before. They
/// stay as they are: a migration is no occasion to lay out other people's code.
std::set<unsigned> editsOutOfStyle(const FileChange &Change,
                                   const format::FormatStyle &Style) {
  std::vector<tooling::Range> Ranges;
  for (const Edit &E : Change.Edits)
    Ranges.emplace_back(E.Offset, E.Length);
  tooling::Replacements Layout =
      format::reformat(Style, Change.Before, Ranges, Change.Path);
  std::set<unsigned> Result;
  for (unsigned I = 0; I < Change.Edits.size() && !Layout.empty(); ++I) {
    const Edit &E = Change.Edits[I];
    // Arguments that stood on several lines have lost their layout anyway.
    StringRef Removed = StringRef(Change.Before).substr(E.Offset, E.Length);
    if (Removed.contains('\n'))
      continue;
    auto [First, Last] =
        statementAround(Change.Before, E.Offset, E.Offset + E.Length);
    if (any_of(Layout, [&](const tooling::Replacement &R) {
          return R.getOffset() + R.getLength() >= First &&
                 R.getOffset() <= Last;
        }))
      Result.insert(I);
  }
  return Result;
}

/// Where the texts of the edits to lay out stand in the changed file.
std::vector<tooling::Range> changedRanges(const FileChange &Change,
                                          const std::set<unsigned> &Except) {
  std::vector<tooling::Range> Ranges;
  int Shift = 0;
  for (unsigned I = 0; I < Change.Edits.size(); ++I) {
    const Edit &E = Change.Edits[I];
    // A deletion leaves nothing to lay out.
    if (!E.Text.empty() && !Except.count(I))
      Ranges.emplace_back(unsigned(int(E.Offset) + Shift), E.Text.size());
    Shift += int(E.Text.size()) - int(E.Length);
  }
  return Ranges;
}

void formatOne(FileChange &Change, const std::set<Edit> &Comments) {
  std::optional<format::FormatStyle> Style = styleOf(Change.Path, Change.After);
  if (!Style)
    return;
  std::set<unsigned> Except = editsOutOfStyle(Change, *Style);
  for (auto [I, E] : enumerate(Change.Edits))
    if (Comments.count(E))
      Except.insert(unsigned(I));
  std::vector<tooling::Range> Ranges = changedRanges(Change, Except);
  if (Ranges.empty())
    return;
  tooling::Replacements Layout =
      format::reformat(*Style, Change.After, Ranges, Change.Path);
  Expected<std::string> Text =
      tooling::applyAllReplacements(Change.After, Layout);
  if (!Text)
    return consumeError(Text.takeError());
  Change.After = std::move(*Text);
}

} // namespace

void formatChanges(EditPlan &Plan) {
  // A longer name in a comment is no reason to break the code beside it.
  std::set<Edit> Comments;
  for (const Finding &F : Plan.Findings)
    if (F.Kind == FindingKind::Comment)
      Comments.insert(F.Edits.begin(), F.Edits.end());
  for (FileChange &Change : Plan.Files)
    formatOne(Change, Comments);
}

} // namespace consolidate
