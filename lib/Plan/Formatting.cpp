//===- Formatting.cpp - The changed lines in the project's style ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Plan.h"

#include "clang/Format/Format.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/STLExtras.h"

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
  Style->SortIncludes.Enabled = false;
  Style->SortIncludes.IgnoreCase = false;
  return *Style;
}

/// Where the edits' texts stand in the changed file.
std::vector<tooling::Range> changedRanges(const FileChange &Change) {
  std::vector<tooling::Range> Ranges;
  int Shift = 0;
  for (const Edit &E : Change.Edits) {
    // A deletion leaves nothing to lay out.
    if (!E.Text.empty())
      Ranges.emplace_back(unsigned(int(E.Offset) + Shift), E.Text.size());
    Shift += int(E.Text.size()) - int(E.Length);
  }
  return Ranges;
}

void formatOne(FileChange &Change) {
  std::optional<format::FormatStyle> Style = styleOf(Change.Path, Change.After);
  std::vector<tooling::Range> Ranges = changedRanges(Change);
  if (!Style || Ranges.empty())
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
  for (FileChange &Change : Plan.Files)
    formatOne(Change);
}

} // namespace consolidate
