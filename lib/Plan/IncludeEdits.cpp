//===- IncludeEdits.cpp - Include decisions -> findings with edits --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PlanInternal.h"

#include "consolidate/Support.h"

#include "clang/Format/Format.h"
#include "clang/Tooling/Inclusions/HeaderIncludes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

constexpr StringRef ByteOrderMark = "\xEF\xBB\xBF";

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
/// to the file's own directory stays one when the header is its neighbour, or
/// that of the header it replaces.
std::string spellLike(const IncludeDirective &D, StringRef File,
                      StringRef Target, const HeaderResolver &Resolve) {
  StringRef Spelled = D.Spelled;
  if (D.Angled || Target.starts_with("<") ||
      (Spelled.contains('/') && !Spelled.starts_with(".")))
    return Target.str();
  std::string Path = Resolve(Target);
  StringRef Beside = Spelled.contains('/') ? StringRef(D.Resolved) : File;
  if (Path.empty() ||
      sys::path::parent_path(Path) != sys::path::parent_path(Beside))
    return Target.str();
  StringRef Directory = Spelled.drop_back(sys::path::filename(Spelled).size());
  return (Directory + sys::path::filename(Path)).str();
}

std::string delimited(StringRef Header, bool Angled) {
  if (Header.starts_with("<"))
    return Header.str();
  return Angled ? ("<" + Header + ">").str() : ("\"" + Header + "\"").str();
}

/// True when `"Header"` finds another file than the one it means: the directory
/// of \p File comes first.
bool isHidden(StringRef Header, StringRef File, const HeaderResolver &Resolve) {
  SmallString<256> Beside(sys::path::parent_path(File));
  sys::path::append(Beside, Header);
  std::string Path = Resolve(Header);
  return !Path.empty() && sys::fs::exists(Beside) && realPath(Beside) != Path;
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

/// The line of the directive, and only the directive where a comment goes on
/// over the end of the line, or begins before it.
Edit wholeLine(StringRef File, const IncludeDirective &D, StringRef Text) {
  unsigned Begin = D.LineOffset, PathEnd = D.PathOffset + D.PathLength;
  if (Begin == 0 && Text.starts_with(ByteOrderMark))
    Begin = ByteOrderMark.size();
  unsigned Hash =
      Begin + unsigned(Text.slice(Begin, D.PathOffset).find_first_of("#%?"));
  size_t End = std::min(Text.find('\n', PathEnd), Text.size());
  auto [Before, Comment] = Text.slice(PathEnd, End).rsplit("/*");
  bool GoesOn = Before.size() != End - PathEnd && !Comment.contains("*/") &&
                !Before.contains("//");
  if (GoesOn || !Text.slice(Begin, Hash).trim().empty())
    return {File.str(), Hash, PathEnd - Hash, ""};
  End = std::min(End + 1, Text.size());
  return {File.str(), Begin, unsigned(End - Begin), ""};
}

/// True when the file writes headers from the same top directory with `<>`.
bool writesAngled(const FileFacts &Facts, StringRef Header) {
  StringRef Top = Header.split('/').first;
  for (const IncludeDirective &D : Facts.Includes)
    if (StringRef(D.Spelled).split('/').first == Top)
      return D.Angled;
  return false;
}

/// \p Text with blanks in place of the includes that need not hold everywhere:
/// one of the same header would stand for the one that is added.
std::string withoutConditional(StringRef Text, const FileFacts &Facts) {
  std::string Result = Text.str();
  auto Blank = [&](size_t Begin, size_t End) {
    for (char &C : make_range(Result.begin() + Begin, Result.begin() + End))
      if (C != '\n' && C != '\r')
        C = ' ';
  };
  for (const SkippedRange &Range : Facts.Skipped)
    Blank(Range.Begin, Range.End);
  std::vector<unsigned> Common = commonBranches(Facts.Includes);
  for (const IncludeDirective &D : Facts.Includes)
    if (!isIncludedWherever(D.Branches, Common))
      Blank(D.LineOffset, D.PathOffset + D.PathLength);
  return Result;
}

/// Where clang-format's include style puts a new header.
Finding insertion(StringRef File, StringRef Text, const FileFacts &Facts,
                  ArrayRef<std::string> Headers,
                  const HeaderResolver &Resolve) {
  unsigned Skipped = Text.starts_with(ByteOrderMark) ? ByteOrderMark.size() : 0;
  format::FormatStyle Style = format::getLLVMStyle();
  if (Expected<format::FormatStyle> Own =
          format::getStyle("file", File, "LLVM"))
    Style = *Own;
  else
    consumeError(Own.takeError());
  std::string Everywhere = withoutConditional(Text, Facts);
  tooling::HeaderIncludes Includes(
      File, StringRef(Everywhere).drop_front(Skipped), Style.IncludeStyle);
  Finding F;
  F.Kind = FindingKind::Include;
  F.Path = File.str();
  F.Form = "added include";
  F.Rule = Headers.front();
  F.Message = "the canonical class needs '" + Headers.front() + "'";
  std::optional<unsigned> Offset;
  std::string Inserted;
  for (const std::string &Header : Headers) {
    bool Angled = StringRef(Header).starts_with("<") ||
                  writesAngled(Facts, Header) ||
                  isHidden(Header, File, Resolve);
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

/// The headers that a file includes, and where.
class PresentHeaders {
public:
  PresentHeaders(const FileFacts &Facts, StringRef File, StringRef Text)
      : Common(commonBranches(Facts.Includes)), File(File), Text(Text) {}

  void note(StringRef Identity, const IncludeDirective &D) {
    Directives[Identity].push_back(&D);
  }

  /// True when no include of \p Identity is needed in place of \p D.
  bool standsFor(StringRef Identity, const IncludeDirective &D) const {
    return Identity == File ||
           any_of(Directives.lookup(Identity), [&](const IncludeDirective *P) {
             return isIncludedWherever(P->Branches, D.Branches) &&
                    comesInTime(*P, D);
           });
  }

  bool isEverywhere(StringRef Identity) const {
    return Identity == File ||
           any_of(Directives.lookup(Identity), [&](const IncludeDirective *P) {
             return isIncludedWherever(P->Branches, Common);
           });
  }

private:
  StringMap<std::vector<const IncludeDirective *>> Directives; ///< By identity.
  std::vector<unsigned> Common;
  StringRef File, Text;

  /// No code stands between \p D and a later include.
  bool comesInTime(const IncludeDirective &Present,
                   const IncludeDirective &D) const {
    if (Present.PathOffset < D.PathOffset)
      return true;
    SmallVector<StringRef> Lines;
    Text.slice(D.PathOffset, Present.LineOffset).split(Lines, '\n');
    return all_of(drop_begin(Lines), [](StringRef Line) {
      Line = Line.trim();
      return Line.empty() || Line.starts_with("#") || Line.starts_with("//");
    });
  }
};

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
  PresentHeaders Present(Facts, File, Text);
  for (const IncludeDirective &D : Facts.Includes)
    if (none_of(Decisions, [&](const IncludeDecision *Decision) {
          return Decision->Directive->PathOffset == D.PathOffset &&
                 Decision->KeptBecause.empty();
        }))
      Present.note(D.Resolved, D);

  for (const IncludeDecision *Decision : Decisions) {
    const IncludeDirective &D = *Decision->Directive;
    Finding F = makeFinding(File, D, *Decision);
    if (!Decision->KeptBecause.empty()) {
      F.leave(Decision->KeptBecause);
      Findings.push_back(std::move(F));
      continue;
    }
    std::vector<std::string> Lines;
    for (const std::string &Target : Decision->Targets) {
      std::string Identity = identityOf(Target, Facts, Resolve);
      if (Present.standsFor(Identity, D))
        continue;
      Present.note(Identity, D);
      std::string Spelled = spellLike(D, File, Target, Resolve);
      bool Angled =
          D.Angled || (Spelled == Target && isHidden(Target, File, Resolve));
      Lines.push_back(delimited(Spelled, Angled));
    }
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
    if (!Present.isEverywhere(identityOf(Header, Facts, Resolve)))
      Missing.push_back(Header);
  if (!Missing.empty())
    Findings.push_back(insertion(File, Text, Facts, Missing, Resolve));
  return Findings;
}

} // namespace consolidate
