//===- PrefixWatch.cpp - Does a precompiled prefix make a difference? -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// On a prefix, a parse has read the standard headers before its first line.
// That is what it would read anyway, if
//   - it includes every one of them,
//   - no macro was defined before that which they look at, and
//   - it looks at none of their macros before.
//
//===----------------------------------------------------------------------===//
#include "FrontendInternal.h"
#include "consolidate/Support.h"

#include "clang/Basic/CharInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Inclusions/StandardLibrary.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

unsigned PrefixWatch::indexOf(StringRef RealPath) const {
  auto It = Compiled.Files.find(RealPath);
  return It == Compiled.Files.end() ? NoFile : It->second;
}

void PrefixWatch::reach(unsigned File) {
  std::vector<unsigned> Work = {File};
  while (!Work.empty()) {
    unsigned Next = Work.back();
    Work.pop_back();
    if (Reached.test(Next))
      continue;
    Reached.set(Next);
    append_range(Work, Compiled.Includes[Next]);
  }
}

std::string PrefixWatch::difference() const {
  if (!Difference.empty())
    return Difference;
  for (unsigned Header : Compiled.Headers)
    if (!Reached.test(Header))
      for (const auto &[Path, Index] : Compiled.Files)
        if (Index == Header)
          return "does not include " + Path.str();
  return "";
}

/// The eyes of a PrefixWatch.
class PrefixCallbacks : public PPCallbacks {
public:
  PrefixCallbacks(PrefixWatch &Watch, SourceManager &SM)
      : Watch(Watch), SM(SM) {}

  void InclusionDirective(SourceLocation, const Token &, StringRef, bool,
                          CharSourceRange, OptionalFileEntryRef File, StringRef,
                          StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    if (!File)
      return;
    auto [It, New] = ByEntry.try_emplace(&File->getFileEntry(), 0);
    if (New)
      It->second = Watch.indexOf(realPathOf(*File));
    if (It->second == PrefixWatch::NoFile || Watch.Reached.test(It->second))
      return;
    if (!Watch.Conflicts.empty())
      differs("defines or takes back " +
              Watch.Conflicts.begin()->first().str() + " before " +
              File->getName().str());
    Watch.reach(It->second);
  }

  void MacroDefined(const Token &Name, const MacroDirective *Now) override {
    const MacroDirective *Before = Now->getPrevious();
    if (matters(Name))
      Watch.Conflicts.try_emplace(Name.getIdentifierInfo()->getName(),
                                  Before && Before->isDefined());
  }
  void MacroUndefined(const Token &Name, const MacroDefinition &Definition,
                      const MacroDirective *) override {
    look(Name, Definition);
    if (!Definition || !matters(Name))
      return;
    StringRef Text = Name.getIdentifierInfo()->getName();
    auto [It, New] = Watch.Conflicts.try_emplace(Text, true);
    if (!New && !It->second)
      Watch.Conflicts.erase(It); // as if it had never been
  }
  /// `#pragma pop_macro` defines what no other callback tells of.
  void PragmaDirective(SourceLocation Loc, PragmaIntroducerKind) override {
    StringRef Line = StringRef(SM.getCharacterData(Loc)).split('\n').first;
    if (Line.contains("pop_macro") && neighbour(Loc) == Neighbour::No)
      Watch.Conflicts.try_emplace("a macro by '#pragma pop_macro'", true);
  }
  void MacroExpands(const Token &Name, const MacroDefinition &Definition,
                    SourceRange, const MacroArgs *) override {
    look(Name, Definition);
  }
  void Defined(const Token &Name, const MacroDefinition &Definition,
               SourceRange) override {
    look(Name, Definition);
  }
  void Ifdef(SourceLocation, const Token &Name,
             const MacroDefinition &Definition) override {
    look(Name, Definition);
  }
  void Ifndef(SourceLocation, const Token &Name,
              const MacroDefinition &Definition) override {
    look(Name, Definition);
  }
  void Elifdef(SourceLocation, const Token &Name,
               const MacroDefinition &Definition) override {
    look(Name, Definition);
  }
  void Elifndef(SourceLocation, const Token &Name,
                const MacroDefinition &Definition) override {
    look(Name, Definition);
  }

private:
  /// How near a file is to the headers: one of them, or one of C; in one of
  /// their directories, where also other libraries may lie.
  enum class Neighbour { No, Beside, Standard };

  PrefixWatch &Watch;
  SourceManager &SM;
  DenseMap<const FileEntry *, unsigned> ByEntry;
  DenseMap<FileID, unsigned> ById;
  DenseMap<FileID, Neighbour> Neighbours;

  void differs(std::string Why) {
    if (Watch.Difference.empty())
      Watch.Difference = std::move(Why);
  }

  /// The standard headers tell each other by macros of their own, such as
  /// `__need_size_t`, and may be included in any order.
  bool isTheirOwn(const Token &Name) {
    StringRef Text = Name.getIdentifierInfo()->getName();
    bool Reserved = Text.size() > 1 && Text[0] == '_' &&
                    (Text[1] == '_' || isUppercase(Text[1]));
    Neighbour Where = neighbour(Name.getLocation());
    return Where == Neighbour::Standard ||
           (Reserved && Where == Neighbour::Beside);
  }

  Neighbour neighbour(SourceLocation Loc) {
    Loc = SM.getExpansionLoc(Loc);
    if (!SM.isInSystemHeader(Loc))
      return Neighbour::No;
    FileID File = SM.getFileID(Loc);
    auto [It, New] = Neighbours.try_emplace(File, Neighbour::No);
    if (New)
      if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
        It->second = neighbour(realPathOf(*Entry));
    return It->second;
  }

  Neighbour neighbour(StringRef Path) const {
    using tooling::stdlib::Header;
    const Prefix::Parts &Them = Watch.Compiled;
    if (Them.Files.contains(Path))
      return Neighbour::Standard;
    bool Beside = Them.Directories.contains(sys::path::parent_path(Path));
    std::string Name = ("<" + sys::path::filename(Path) + ">").str();
    if (Beside && Header::named(Name, tooling::stdlib::Lang::C))
      return Neighbour::Standard;
    Beside |= any_of(Them.Roots.keys(),
                     [&](StringRef Root) { return isAtOrBelow(Path, Root); });
    return Beside ? Neighbour::Beside : Neighbour::No;
  }

  /// True when the headers would see what is done to macro \p Name.
  bool matters(const Token &Name) {
    return Watch.Compiled.Identifiers.contains(
               Name.getIdentifierInfo()->getName()) &&
           !isTheirOwn(Name) &&
           !SM.isWrittenInBuiltinFile(Name.getLocation()) &&
           !SM.isWrittenInCommandLineFile(Name.getLocation());
  }

  void look(const Token &Name, const MacroDefinition &Definition) {
    const MacroInfo *Info = Definition.getMacroInfo();
    if (!Info || !SM.isLoadedSourceLocation(Info->getDefinitionLoc()) ||
        isTheirOwn(Name))
      return;
    FileID File = SM.getFileID(Info->getDefinitionLoc());
    auto [It, New] = ById.try_emplace(File, PrefixWatch::NoFile);
    if (New)
      if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
        It->second = Watch.indexOf(realPathOf(*Entry));
    if (It->second != PrefixWatch::NoFile && !Watch.Reached.test(It->second))
      differs("looks at " + Name.getIdentifierInfo()->getName().str() +
              " before it is defined");
  }
};

void PrefixWatch::attach(CompilerInstance &CI) {
  CI.getPreprocessor().addPPCallbacks(
      std::make_unique<PrefixCallbacks>(*this, CI.getSourceManager()));
}

} // namespace consolidate
