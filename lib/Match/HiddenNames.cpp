//===- HiddenNames.cpp - Canonical names that a macro takes ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The preprocessor knows no namespaces: `app::Engine(x)` calls a macro
// `Engine`.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "consolidate/Frontend.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/MacroInfo.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

using Shape = IncludeRecorder::MacroShape;

/// Calls \p Visit with the begin and end of each identifier of \p Text.
void forEachWord(StringRef Text, function_ref<void(size_t, size_t)> Visit) {
  for (size_t I = 0; I < Text.size();) {
    size_t End = I;
    while (End < Text.size() && isAsciiIdentifierContinue(Text[End]))
      ++End;
    if (End > I)
      Visit(I, End);
    I = End + 1;
  }
}

bool holdsWord(StringRef Text, StringRef Word) {
  bool Found = false;
  forEachWord(Text, [&](size_t Begin, size_t End) {
    Found |= Text.slice(Begin, End) == Word;
  });
  return Found;
}

class HiddenNames {
public:
  HiddenNames(ASTContext &Context, const CompiledRules &Rules,
              const IncludeRecorder &Includes)
      : SM(Context.getSourceManager()) {
    for (const std::string &Name : writtenNames(Rules))
      if (History States = statesOf(Name, Includes); !States.empty())
        Macros[Name] = std::move(States);
    if (!Macros.empty())
      for (const auto &[File, Kind] : Includes.Entered)
        if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
          Files.try_emplace(realPathOf(*Entry), File);
  }

  void leave(Finding &F) const {
    if (Macros.empty() || F.isLeft())
      return;
    for (const Edit &E : F.Edits)
      if (std::string Macro = macroIn(E); !Macro.empty()) {
        F.leave({MessageId::HiddenByMacro,
                 "'" + Macro + "' is a macro here, and would be taken for it"});
        F.Edits.clear();
        return;
      }
  }

private:
  using History = SmallVector<std::pair<SourceLocation, Shape>, 1>;
  const SourceManager &SM;
  StringMap<History> Macros; ///< That are called like what we write.
  StringMap<FileID> Files;   ///< By real path.

  /// What became of a macro name: in precompiled headers, then in the text.
  History statesOf(StringRef Name, const IncludeRecorder &Includes) const {
    History States;
    const IdentifierInfo *Known = Includes.PP.getIdentifierInfo(Name);
    const MacroDirective *Last =
        Includes.PP.getLocalMacroDirectiveHistory(Known);
    for (; Last; Last = Last->getPrevious())
      if (SM.isLoadedSourceLocation(Last->getLocation()))
        States.emplace_back(Last->getLocation(), shapeOf(*Last));
    std::reverse(States.begin(), States.end());
    if (auto Seen = Includes.MacroStates.find(Known);
        Seen != Includes.MacroStates.end())
      append_range(States, Seen->second);
    return States;
  }

  static Shape shapeOf(const MacroDirective &Directive) {
    if (!Directive.isDefined())
      return Shape::Undefined;
    return Directive.getMacroInfo()->isFunctionLike() ? Shape::Function
                                                      : Shape::Object;
  }

  /// Every identifier of the names that the rules write.
  static std::set<std::string> writtenNames(const CompiledRules &Rules) {
    std::set<std::string> Names;
    auto Add = [&](StringRef Text) {
      forEachWord(Text, [&](size_t Begin, size_t End) {
        Names.insert(Text.slice(Begin, End).str());
      });
    };
    for (const Consolidation &Entry : Rules.Rules.Consolidate) {
      Add(Entry.intoName());
      for (const LegacyClass &Legacy : Entry.From)
        for (const MemberRename &Member : Legacy.Members)
          Add(Member.To);
    }
    for (const CompiledRewrite &Rewrite : Rules.Rewrites)
      for (const AfterPiece &Piece : Rewrite.After)
        if (Piece.What == AfterPiece::Kind::Name)
          Add(Piece.Text);
    return Names;
  }

  /// The macro that takes a name of the edit's text; "" for none. A name that
  /// stood there before is the author's business.
  std::string macroIn(const Edit &E) const {
    auto File = Files.find(E.Path);
    if (File == Files.end())
      return "";
    StringRef Source = SM.getBufferData(File->second);
    StringRef Removed = Source.substr(E.Offset, E.Length);
    std::string After = E.Text + Source.substr(E.Offset + E.Length, 80).str();
    std::string Result;
    forEachWord(E.Text, [&](size_t Begin, size_t End) {
      StringRef Word = StringRef(E.Text).slice(Begin, End);
      auto Macro = Macros.find(Word);
      if (Macro == Macros.end() || holdsWord(Removed, Word))
        return;
      Shape Now =
          shapeAt(Macro->second, SM.getComposedLoc(File->second, E.Offset));
      bool Called = StringRef(After).substr(End).ltrim().starts_with("(");
      if (Now == Shape::Object || (Now == Shape::Function && Called))
        Result = Word.str();
    });
    return Result;
  }

  Shape shapeAt(const History &States, SourceLocation Where) const {
    Shape Now = Shape::Undefined;
    for (const auto &[Loc, State] : States)
      // Those of the command line have no order with files.
      if (!SM.getFileEntryRefForID(SM.getFileID(Loc)) ||
          SM.isBeforeInTranslationUnit(Loc, Where))
        Now = State;
    return Now;
  }
};

} // namespace

void leaveHiddenNames(std::vector<Finding> &Findings, ASTContext &Context,
                      const CompiledRules &Rules,
                      const IncludeRecorder &Includes) {
  HiddenNames Hidden(Context, Rules, Includes);
  for (Finding &F : Findings)
    Hidden.leave(F);
}

} // namespace consolidate
