//===- IncludeEdits.cpp - Include decisions -> findings with edits --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PlanInternal.h"

#include "clang/Format/Format.h"
#include "clang/Tooling/Inclusions/HeaderIncludes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

std::string placeId(StringRef File, unsigned Offset) {
  return (checkName(FindingKind::Include) + ":" + File + ":" + Twine(Offset))
      .str();
}

Finding makeFinding(StringRef File, const IncludeDirective &D,
                    const IncludeDecision &Decision) {
  Finding F;
  F.Kind = FindingKind::Include;
  F.Rule = Decision.Rule;
  F.Class = Decision.FromRule ? "" : Decision.Rule;
  F.Path = File.str();
  F.Offset = D.PathOffset;
  F.Length = D.PathLength;
  F.Line = D.Line;
  F.Column = D.PathOffset - D.LineOffset + 1;
  F.Form = D.HealedBy.empty() ? "include" : "broken include";
  F.Message = "'" + D.Spelled + "' is a legacy include";
  return F;
}

/// How the header is to be spelled in place of \p D: a path that was relative
/// to the file's own directory stays one when the header is its neighbour.
std::string spellLike(const IncludeDirective &D, StringRef File,
                      StringRef Target, const HeaderResolver &Resolve) {
  if (StringRef(D.Spelled).contains('/') || D.Angled || Target.starts_with("<"))
    return Target.str();
  std::string Path = Resolve(Target);
  bool Neighbours =
      sys::path::parent_path(Path) == sys::path::parent_path(File);
  return Neighbours && !Path.empty() ? sys::path::filename(Path).str()
                                     : Target.str();
}

std::string delimited(StringRef Header, bool Angled) {
  if (Header.starts_with("<"))
    return Header.str();
  return Angled ? ("<" + Header + ">").str() : ("\"" + Header + "\"").str();
}

/// What makes two spellings the same header: the file, or for a standard header
/// the file it is here, or else its name.
std::string identityOf(StringRef Header, const FileFacts &Facts,
                       const HeaderResolver &Resolve) {
  std::string Path = Resolve(Header);
  if (!Path.empty())
    return Path;
  for (const IncludeDirective &D : Facts.Includes)
    if (D.Spelled == Header.trim("<>") && !D.Resolved.empty())
      return D.Resolved;
  return Header.str();
}

/// From the start of the directive's line to the start of the next one.
Edit wholeLine(StringRef File, const IncludeDirective &D, StringRef Text) {
  size_t End = Text.find('\n', D.PathOffset);
  End = End == StringRef::npos ? Text.size() : End + 1;
  return {File.str(), D.LineOffset, unsigned(End - D.LineOffset), ""};
}

/// True when the file writes headers from the same top directory with `<>`.
bool writesAngled(const FileFacts &Facts, StringRef Header) {
  StringRef Top = Header.split('/').first;
  for (const IncludeDirective &D : Facts.Includes)
    if (StringRef(D.Spelled).split('/').first == Top)
      return D.Angled;
  return false;
}

/// Where clang-format's include style puts a new header.
Finding insertion(StringRef File, StringRef Text, const FileFacts &Facts,
                  ArrayRef<std::string> Headers) {
  StringRef ByteOrderMark = "\xEF\xBB\xBF";
  unsigned Skipped = Text.starts_with(ByteOrderMark) ? ByteOrderMark.size() : 0;
  format::FormatStyle Style = format::getLLVMStyle();
  if (Expected<format::FormatStyle> Own =
          format::getStyle("file", File, "LLVM"))
    Style = *Own;
  else
    consumeError(Own.takeError());
  tooling::HeaderIncludes Includes(File, Text.drop_front(Skipped),
                                   Style.IncludeStyle);
  Finding F;
  F.Kind = FindingKind::Include;
  F.Path = File.str();
  F.Form = "added include";
  F.Rule = Headers.front();
  F.Message = "the canonical class needs '" + Headers.front() + "'";
  std::optional<unsigned> Offset;
  std::string Inserted;
  for (const std::string &Header : Headers) {
    bool Angled =
        StringRef(Header).starts_with("<") || writesAngled(Facts, Header);
    StringRef Bare = StringRef(Header).trim("<>");
    std::optional<tooling::Replacement> Where =
        Includes.insert(Bare, Angled, tooling::IncludeDirective::Include);
    if (!Where)
      continue;
    Offset = Offset.value_or(Where->getOffset() + Skipped);
    Inserted += Where->getReplacementText();
  }
  F.Offset = Offset.value_or(0);
  F.Line = Text.take_front(F.Offset).count('\n') + 1;
  if (Offset)
    F.Edits.push_back({File.str(), *Offset, 0, Inserted});
  // Not the id of a replacement that happens to stand at the same offset.
  F.Group = "added-" + placeId(File, F.Offset);
  return F;
}

} // namespace

std::string includeClusterId(const IncludeDecision &Decision) {
  return placeId(Decision.File, Decision.Directive->PathOffset);
}

std::vector<Finding>
includeFindings(ArrayRef<const IncludeDecision *> Decisions,
                const FileFacts &Facts, StringRef File,
                ArrayRef<std::string> Added, StringRef Text,
                const HeaderResolver &Resolve) {
  std::vector<Finding> Findings;
  std::set<std::string> Present{File.str()};
  for (const IncludeDirective &D : Facts.Includes)
    if (none_of(Decisions, [&](const IncludeDecision *Decision) {
          return Decision->Directive->PathOffset == D.PathOffset &&
                 Decision->KeptBecause.empty();
        }))
      Present.insert(D.Resolved);

  for (const IncludeDecision *Decision : Decisions) {
    const IncludeDirective &D = *Decision->Directive;
    Finding F = makeFinding(File, D, *Decision);
    if (!Decision->KeptBecause.empty()) {
      F.leave(Decision->KeptBecause);
      Findings.push_back(std::move(F));
      continue;
    }
    std::vector<std::string> Lines;
    for (const std::string &Target : Decision->Targets)
      if (Present.insert(identityOf(Target, Facts, Resolve)).second)
        Lines.push_back(
            delimited(spellLike(D, File, Target, Resolve), D.Angled));
    if (Lines.empty()) {
      F.Edits.push_back(wholeLine(File, D, Text));
    } else {
      std::string NewText = Lines.front();
      for (const std::string &Line : drop_begin(Lines))
        NewText += "\n#include " + Line;
      F.Edits.push_back({File.str(), D.PathOffset, D.PathLength, NewText});
    }
    Findings.push_back(std::move(F));
  }
  std::vector<std::string> Missing;
  for (const std::string &Header : Added)
    if (Present.insert(identityOf(Header, Facts, Resolve)).second)
      Missing.push_back(Header);
  if (!Missing.empty())
    Findings.push_back(insertion(File, Text, Facts, Missing));
  return Findings;
}

} // namespace consolidate
