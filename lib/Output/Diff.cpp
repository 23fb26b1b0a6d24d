//===- Diff.cpp - The whole change as a patch -----------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// libgit2 finds the hunks. The file header is written here: for two buffers
// libgit2 knows no mode and takes an empty one for a created or deleted file,
// which `git apply` would refuse for a file that exists.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "Git.h"
#include "Paths.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace consolidate {
namespace {

/// git's default colours (color.diff.*).
struct Palette {
  StringRef Meta, Hunk, Removed, Added, Reset;
};
constexpr Palette Plain = {"", "", "", "", ""};
constexpr Palette Ansi = {"\x1b[1m", "\x1b[36m", "\x1b[31m", "\x1b[32m",
                          "\x1b[m"};

Expected<GitPatch> makePatch(const FileChange &File) {
  git_diff_options Options;
  git_diff_options_init(&Options, GIT_DIFF_OPTIONS_VERSION);
  // Sources in legacy encodings must never come out as 'Binary files differ'.
  Options.flags |= GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
  git_patch *Patch = nullptr;
  if (git_patch_from_buffers(&Patch, File.Before.data(), File.Before.size(),
                             nullptr, File.After.data(), File.After.size(),
                             nullptr, &Options) < 0)
    return makeError(ErrorKind::FileSystem, "cannot compute the diff of " +
                                                File.Path + ": " +
                                                gitErrorText());
  return GitPatch(Patch);
}

/// \p Path as git writes it in a header: in C quotes with octal escapes when a
/// byte of it would break the line or is not ASCII.
std::string quotePath(StringRef Path) {
  auto NeedsEscape = [](char C) {
    return !isPrint(C) || C == '"' || C == '\\';
  };
  if (none_of(Path, NeedsEscape))
    return Path.str();
  std::string Quoted = "\"";
  for (char C : Path) {
    if (C == '"' || C == '\\')
      (Quoted += '\\') += C;
    else if (NeedsEscape(C))
      for (unsigned Shift : {9u, 6u, 3u, 0u})
        Quoted += Shift == 9 ? '\\' : char('0' + ((uint8_t(C) >> Shift) & 7));
    else
      Quoted += C;
  }
  return Quoted + '"';
}

Expected<std::string> blobId(StringRef Bytes) {
  git_oid Id;
  if (git_odb_hash(&Id, Bytes.data(), Bytes.size(), GIT_OBJECT_BLOB) < 0)
    return makeError(ErrorKind::FileSystem,
                     "cannot hash a file: " + gitErrorText());
  char Text[GIT_OID_HEXSZ + 1];
  // Twelve digits, so that `git apply --3way` finds the blob in any repository.
  return git_oid_tostr(Text, 13, &Id);
}

Error printHeader(const FileChange &File, StringRef Relative,
                  const Palette &Colours, raw_ostream &OS) {
  Expected<std::string> Old = blobId(File.Before);
  if (!Old)
    return Old.takeError();
  Expected<std::string> New = blobId(File.After);
  if (!New)
    return New.takeError();
  std::string A = quotePath("a/" + Relative.str());
  std::string B = quotePath("b/" + Relative.str());
  // git ends a name that holds a space with a tab, for patch(1).
  StringRef End = Relative.contains(' ') && A.front() != '"' ? "\t" : "";
  auto PrintLine = [&](const Twine &Line, StringRef End = "") {
    OS << Colours.Meta << Line << Colours.Reset << End << '\n';
  };
  PrintLine("diff --git " + Twine(A) + " " + B);
  // Without a mode: it does not change, and is not known here.
  PrintLine("index " + Twine(*Old) + ".." + *New);
  PrintLine("--- " + Twine(A), End);
  PrintLine("+++ " + Twine(B), End);
  return Error::success();
}

/// As git does, keeps what ends the line out of the colour.
void printColoured(StringRef Colour, StringRef Text, const Palette &Colours,
                   raw_ostream &OS) {
  StringRef End = Text.take_back(Text.size() - Text.rtrim("\r\n").size());
  if (End.size() > 1)
    End = End.take_back(End.ends_with("\r\n") ? 2 : 1);
  OS << Colour << Text.drop_back(End.size()) << Colours.Reset << End;
}

void printLine(const git_diff_line &Line, const Palette &Colours,
               raw_ostream &OS) {
  StringRef Content(Line.content, Line.content_len);
  switch (Line.origin) {
  case GIT_DIFF_LINE_ADDITION:
    return printColoured(Colours.Added, "+" + Content.str(), Colours, OS);
  case GIT_DIFF_LINE_DELETION:
    return printColoured(Colours.Removed, "-" + Content.str(), Colours, OS);
  case GIT_DIFF_LINE_CONTEXT:
    return printColoured("", " " + Content.str(), Colours, OS);
  default:
    // 'No newline at end of file': libgit2 gives it whole, with the newline
    // that the line above lacks.
    if (Content.consume_front("\n"))
      OS << '\n';
    return printColoured("", Content, Colours, OS);
  }
}

Error printHunks(git_patch *Patch, const Palette &Colours, raw_ostream &OS) {
  for (size_t H = 0, Hunks = git_patch_num_hunks(Patch); H != Hunks; ++H) {
    const git_diff_hunk *Hunk = nullptr;
    size_t Lines = 0;
    if (git_patch_get_hunk(&Hunk, &Lines, Patch, H) < 0)
      return makeError(ErrorKind::FileSystem, gitErrorText());
    StringRef Header(Hunk->header, Hunk->header_len);
    // Only the '@@ .. @@' part is coloured; the enclosing function follows.
    size_t RangeEnd = Header.find(" @@") + 3;
    OS << Colours.Hunk << Header.take_front(RangeEnd) << Colours.Reset;
    StringRef Function = Header.drop_front(RangeEnd);
    if (Function.consume_front(" "))
      printColoured((" " + Colours.Reset).str(), Function, Colours, OS);
    else
      OS << Function;
    for (size_t L = 0; L != Lines; ++L) {
      const git_diff_line *Line = nullptr;
      if (git_patch_get_line_in_hunk(&Line, Patch, H, L) < 0)
        return makeError(ErrorKind::FileSystem, gitErrorText());
      printLine(*Line, Colours, OS);
    }
  }
  return Error::success();
}

} // namespace

Error printDiff(ArrayRef<FileChange> Files, StringRef Root, bool Colour,
                raw_ostream &OS) {
  std::string RealRoot = realPath(Root);
  for (const FileChange &File : Files)
    if (!isInside(File.Path, RealRoot))
      return makeError(ErrorKind::Refused,
                       File.Path + " lies outside " + RealRoot +
                           ", so no patch can name it; take it out of `scope` "
                           "in the rules, or run in a directory above both");
  GitSession Session;
  for (const FileChange &File : Files) {
    if (File.Before == File.After)
      continue;
    Expected<GitPatch> Patch = makePatch(File);
    if (!Patch)
      return Patch.takeError();
    const Palette &Colours = Colour ? Ansi : Plain;
    if (Error E =
            printHeader(File, relativeTo(File.Path, RealRoot), Colours, OS))
      return E;
    if (Error E = printHunks(Patch->get(), Colours, OS))
      return E;
  }
  return Error::success();
}

std::string patchRoot(StringRef Root) {
  std::string RealRoot = realPath(Root);
  GitSession Session;
  git_repository *Raw = nullptr;
  if (git_repository_open_ext(&Raw, RealRoot.c_str(),
                              GIT_REPOSITORY_OPEN_CROSS_FS, nullptr) < 0)
    return RealRoot;
  GitRepository Repository(Raw);
  const char *WorkTree = git_repository_workdir(Raw);
  return WorkTree ? realPath(WorkTree) : RealRoot;
}

Expected<DiffStat> diffStat(ArrayRef<FileChange> Files) {
  GitSession Session;
  DiffStat Stat;
  for (const FileChange &File : Files) {
    if (File.Before == File.After)
      continue;
    Expected<GitPatch> Patch = makePatch(File);
    if (!Patch)
      return Patch.takeError();
    size_t Added = 0, Removed = 0;
    if (git_patch_line_stats(nullptr, &Added, &Removed, Patch->get()) < 0)
      return makeError(ErrorKind::FileSystem, gitErrorText());
    ++Stat.Files;
    Stat.Added += Added;
    Stat.Removed += Removed;
  }
  return Stat;
}

} // namespace consolidate
