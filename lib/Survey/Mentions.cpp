//===- Mentions.cpp - Finds legacy names and paths in one file ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Mentions.h"
#include "Pieces.h"

#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using clang::isAsciiIdentifierContinue;

namespace consolidate {

namespace {

/// Calls \p Visit(Offset, Length) for each maximal run of identifier bytes
/// until it returns true. True when it did.
template <typename Fn> bool forEachRun(StringRef Text, Fn Visit) {
  for (size_t I = 0, E = Text.size(); I < E;) {
    if (!isAsciiIdentifierContinue(Text[I])) {
      ++I;
      continue;
    }
    size_t Begin = I;
    while (I < E && isAsciiIdentifierContinue(Text[I]))
      ++I;
    if (Visit(unsigned(Begin), unsigned(I - Begin)))
      return true;
  }
  return false;
}

StringRef withoutDelimiters(StringRef Word) {
  if (Word.size() > 2 && Word.starts_with("<") && Word.ends_with(">"))
    return Word.drop_front().drop_back();
  return Word;
}

/// A continuation whose both neighbours could be one identifier. Its halves
/// would pass by unseen if the bytes alone were searched.
bool hasSplicedIdentifier(StringRef Text) {
  for (size_t I = Text.find('\\'); I != StringRef::npos;
       I = Text.find('\\', I + 1)) {
    if (I == 0 || !isAsciiIdentifierContinue(Text[I - 1]))
      continue;
    StringRef After = Text.substr(I + 1).ltrim(" \t\r");
    if (After.consume_front("\n") && !After.empty() &&
        isAsciiIdentifierContinue(After.front()))
      return true;
  }
  return false;
}

/// The `n` of `\nName` in a literal belongs to the escape, not to the name.
unsigned escapedPrefix(StringRef Text, unsigned Offset) {
  StringRef Before = Text.take_front(Offset);
  size_t Slashes = Before.size() - Before.rtrim('\\').size();
  return Slashes % 2 == 1 && StringRef("abefnrtv").contains(Text[Offset]) ? 1
                                                                          : 0;
}

/// `./a//b\c.h` as `a/b/c.h`.
std::string cleanPath(StringRef Spelled) {
  SmallString<128> Path(Spelled);
  std::replace(Path.begin(), Path.end(), '\\', '/');
  sys::path::remove_dots(Path, /*remove_dot_dot=*/false,
                         sys::path::Style::posix);
  return std::string(Path);
}

/// Fills in Line; mentions are in order of Offset.
void numberLines(StringRef Text, std::vector<Mention> &Mentions) {
  unsigned Line = 1, Counted = 0;
  for (Mention &M : Mentions) {
    Line += unsigned(Text.slice(Counted, M.Offset).count('\n'));
    Counted = M.Offset;
    M.Line = Line;
  }
}

/// True when `class a::` or the like ends with \p P; \p Before: when it ends
/// with the piece before. Macros may stand between: `class API X`.
bool staysBehindClassKey(StringRef Text, const Piece &P, bool Before) {
  StringRef Spelled = Text.substr(P.Offset, P.Length);
  std::string Joined;
  if (P.HasSplice)
    Spelled = Joined = withoutSplices(Spelled);
  switch (P.Kind) {
  case PieceKind::Comment:
    return Before;
  case PieceKind::Identifier:
    return Before || Spelled == "class" || Spelled == "struct";
  case PieceKind::Punctuation:
    return Before && Spelled == "::";
  default:
    return false;
  }
}

std::string wordAt(StringRef Text, unsigned Offset) {
  return Text.drop_front(Offset)
      .take_while([](char C) { return isAsciiIdentifierContinue(C, true); })
      .str();
}

} // namespace

bool MentionFinder::isName(StringRef Word) {
  return clang::isValidAsciiIdentifier(Word, /*AllowDollar=*/true);
}

MentionFinder::MentionFinder(ArrayRef<std::string> Words) {
  auto AddKey = [&](StringRef Key) {
    Lengths[uint8_t(Key.front())] |= uint64_t(1)
                                     << std::min<size_t>(Key.size(), 63);
  };
  for (const std::string &Word : Words) {
    if (isName(Word)) {
      Names.insert(Word);
      AddKey(Word);
      continue;
    }
    PathWord Path = {cleanPath(withoutDelimiters(Word)), Word, 0};
    unsigned KeySize = 0;
    forEachRun(Path.Path, [&](unsigned Offset, unsigned Length) {
      if (Length > KeySize) {
        Path.KeyAt = Offset;
        KeySize = Length;
      }
      return false;
    });
    if (KeySize)
      Paths.push_back(std::move(Path));
  }
  llvm::sort(Paths, [](const PathWord &A, const PathWord &B) {
    return std::make_pair(B.Path.size(), StringRef(A.Path)) <
           std::make_pair(A.Path.size(), StringRef(B.Path));
  });
  for (auto [Index, Path] : enumerate(Paths)) {
    StringRef Key =
        StringRef(Path.Path).substr(Path.KeyAt).take_while([](char C) {
          return isAsciiIdentifierContinue(C);
        });
    PathKeys[Key].push_back(unsigned(Index));
    AddKey(Key);
  }
}

bool MentionFinder::mayBeKey(StringRef Identifier) const {
  uint64_t Known = Lengths[uint8_t(Identifier.front())];
  return (Known >> std::min<size_t>(Identifier.size(), 63)) & 1;
}

bool MentionFinder::mayMention(StringRef Text) const {
  bool Found = forEachRun(Text, [&](unsigned Offset, unsigned Length) {
    StringRef Run = Text.substr(Offset, Length);
    if (mayBeKey(Run) && (Names.contains(Run) || PathKeys.contains(Run)))
      return true;
    // `\nName` in a literal: the first byte may be the escape's.
    Run = Run.drop_front();
    return Offset > 0 && Text[Offset - 1] == '\\' && !Run.empty() &&
           mayBeKey(Run) && (Names.contains(Run) || PathKeys.contains(Run));
  });
  return Found || hasSplicedIdentifier(Text);
}

void MentionFinder::findInIdentifier(StringRef Text, const Piece &P,
                                     std::vector<Mention> &Mentions) const {
  StringRef Spelling = Text.substr(P.Offset, P.Length);
  std::string Joined;
  if (P.HasSplice)
    Spelling = Joined = withoutSplices(Spelling);
  if (mayBeKey(Spelling) && Names.contains(Spelling))
    Mentions.push_back(
        {P.Offset, P.Length, 1, MentionKind::Code, Spelling.str()});
}

const MentionFinder::PathWord *MentionFinder::pathAround(StringRef Text,
                                                         unsigned KeyOffset,
                                                         StringRef Key) const {
  auto Candidates = PathKeys.find(Key);
  if (Candidates == PathKeys.end())
    return nullptr;
  for (unsigned Index : Candidates->second) {
    const PathWord &Path = Paths[Index];
    if (KeyOffset < Path.KeyAt)
      continue;
    unsigned Begin = KeyOffset - Path.KeyAt;
    StringRef After = Text.substr(Begin);
    if (After.consume_front(Path.Path) &&
        (Begin == 0 || !isAsciiIdentifierContinue(Text[Begin - 1])) &&
        (After.empty() || !isAsciiIdentifierContinue(After.front())))
      return &Path;
  }
  return nullptr;
}

void MentionFinder::findInText(StringRef Text, const Piece &P, MentionKind Kind,
                               std::vector<Mention> &Mentions) const {
  StringRef Inside = Text.substr(P.Offset, P.Length);
  unsigned PathEnd = 0;
  forEachRun(Inside, [&](unsigned Offset, unsigned Length) {
    unsigned Skip =
        P.Kind == PieceKind::Text ? escapedPrefix(Inside, Offset) : 0;
    Offset += Skip;
    StringRef Run = Inside.substr(Offset, Length - Skip);
    if (Offset < PathEnd || Run.empty() || !mayBeKey(Run))
      return false;
    if (const PathWord *Path = pathAround(Inside, Offset, Run)) {
      // A name in the path is part of this one mention.
      unsigned Begin = P.Offset + Offset - Path->KeyAt;
      while (!Mentions.empty() && Mentions.back().Offset >= Begin)
        Mentions.pop_back();
      unsigned Size = unsigned(Path->Path.size());
      PathEnd = Offset - Path->KeyAt + Size;
      Mentions.push_back({Begin, Size, 1, Kind, Path->Word});
    } else if (Names.contains(Run)) {
      Mentions.push_back(
          {P.Offset + Offset, unsigned(Run.size()), 1, Kind, Run.str()});
    }
    return false;
  });
}

void MentionFinder::findInInclude(StringRef Text, const Piece &P,
                                  std::vector<Mention> &Mentions) const {
  StringRef Spelled = Text.substr(P.Offset, P.Length);
  if (const std::string *Word = pathWordAtEnd(Spelled)) {
    Mentions.push_back(
        {P.Offset, P.Length, 1, MentionKind::IncludePath, *Word});
    return;
  }
  forEachRun(Spelled, [&](unsigned Offset, unsigned Length) {
    StringRef Run = Spelled.substr(Offset, Length);
    if (mayBeKey(Run) && Names.contains(Run))
      Mentions.push_back(
          {P.Offset + Offset, Length, 1, MentionKind::IncludePath, Run.str()});
    return false;
  });
}

const std::string *MentionFinder::pathWordAtEnd(StringRef Path) const {
  if (Paths.empty() || Path.empty())
    return nullptr;
  std::string Clean = cleanPath(Path);
  StringRef Rest = Clean;
  for (const PathWord &Word : Paths)
    if (Rest == Word.Path || (Rest.ends_with(Word.Path) &&
                              Rest.drop_back(Word.Path.size()).ends_with("/")))
      return &Word.Word;
  return nullptr;
}

void MentionFinder::findInPiece(StringRef Text, const Piece &P,
                                std::vector<Mention> &Mentions) const {
  switch (P.Kind) {
  case PieceKind::Identifier:
    return findInIdentifier(Text, P, Mentions);
  case PieceKind::Text:
  case PieceKind::RawText:
    return findInText(Text, P, MentionKind::String, Mentions);
  case PieceKind::Comment:
    return findInText(Text, P, MentionKind::Comment, Mentions);
  case PieceKind::Unknown:
    // Rather looked at in vain than missed.
    return findInText(Text, P, MentionKind::Code, Mentions);
  case PieceKind::Include:
    return findInInclude(Text, P, Mentions);
  case PieceKind::Define:
  case PieceKind::Punctuation:
    return;
  }
}

FileFindings MentionFinder::find(StringRef Text) const {
  FileFindings Found;
  bool Search = mayMention(Text);
  unsigned Line = 1, Counted = 0;
  bool BehindClassKey = false; // and a qualifier
  forEachPiece(Text, [&](const Piece &P) {
    if (Search) {
      size_t Known = Found.Mentions.size();
      findInPiece(Text, P, Found.Mentions);
      if (P.Kind == PieceKind::Identifier && Found.Mentions.size() > Known)
        Found.Mentions.back().Elaborated = BehindClassKey;
    }
    BehindClassKey = staysBehindClassKey(Text, P, BehindClassKey);
    if (P.Kind == PieceKind::Define)
      if (std::optional<HeaderMacro> Macro =
              parseHeaderMacro(Text.substr(P.Offset, P.Length)))
        Found.Macros.push_back(std::move(*Macro));
    if (P.Kind != PieceKind::Include)
      return;
    Line += unsigned(Text.slice(Counted, P.Offset).count('\n'));
    Counted = P.Offset;
    if (!P.Length)
      if (std::string Macro = wordAt(Text, P.Offset); !Macro.empty())
        Found.MacroIncludes.emplace_back(Found.Includes.size(), Macro);
    Found.Includes.push_back({Text.substr(P.Offset, P.Length).str(),
                              P.Angled,
                              P.Next,
                              P.Offset,
                              Line,
                              {}});
  });
  numberLines(Text, Found.Mentions);
  return Found;
}

std::vector<Mention> MentionFinder::findPlain(StringRef Text) const {
  std::vector<Mention> Mentions;
  Piece All;
  All.Kind = PieceKind::RawText; // a backslash is a backslash
  All.Length = unsigned(Text.size());
  findInText(Text, All, MentionKind::String, Mentions);
  numberLines(Text, Mentions);
  return Mentions;
}

StringRef macroAround(StringRef Text, unsigned Offset) {
  size_t Begin = Text.take_front(Offset).rfind('\n') + 1; // npos + 1 is 0
  while (Begin > 0 && Text.take_front(Begin - 1).rtrim(" \t\r").ends_with("\\"))
    Begin = Text.take_front(Begin - 1).rfind('\n') + 1;
  StringRef Line = Text.slice(Begin, Offset).ltrim();
  if (!Line.consume_front("#"))
    return "";
  Line = Line.ltrim();
  if (!Line.consume_front("define"))
    return "";
  return Line.ltrim().take_while(
      [](char C) { return isAlnum(C) || C == '_' || C == '$'; });
}

std::vector<Mention> findWords(StringRef Text, ArrayRef<std::string> Words) {
  return MentionFinder(Words).findPlain(Text);
}

std::vector<Mention> findMentions(StringRef Text, ArrayRef<std::string> Words) {
  // The lexer reads one byte past the end.
  std::string Terminated = Text.str();
  return MentionFinder(Words).find(Terminated).Mentions;
}

std::vector<LexicalInclude> findIncludes(StringRef Text) {
  std::string Terminated = Text.str();
  return MentionFinder({}).find(Terminated).Includes;
}

} // namespace consolidate
