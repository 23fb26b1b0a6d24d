//===- Renderer.cpp - Uses -> findings with byte offsets and edits --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A construction inside an argument of a construction is one edit: the outer
// one, whose text holds the inner one already applied.
//
//===----------------------------------------------------------------------===//
#include "Comments.h"
#include "MatchInternal.h"

#include "consolidate/Frontend.h"
#include "consolidate/Suppressions.h"

#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Text, what is meant by the names in it, and what of it is the source's.
struct Rendered {
  std::string Text;
  std::vector<MeantCall> Meant;
  std::vector<std::pair<FileID, KeptText>> Kept;

  Rendered &operator+=(StringRef More) {
    Text += More;
    return *this;
  }
  void copy(StringRef Source, FileID File, unsigned Offset) {
    if (!Source.empty())
      Kept.push_back(
          {File, {unsigned(Text.size()), Offset, unsigned(Source.size())}});
    Text += Source;
  }
  Rendered &operator+=(Rendered More) {
    for (MeantCall &Call : More.Meant) {
      Call.Begin += Text.size();
      Call.End += Text.size();
      Meant.push_back(std::move(Call));
    }
    for (auto [File, Copied] : More.Kept) {
      Copied.InText += Text.size();
      Kept.emplace_back(File, Copied);
    }
    Text += More.Text;
    return *this;
  }
  void add(const NamedCall &Call, unsigned Begin, unsigned End, CallSite Site) {
    if (!Call.USRs.empty())
      Meant.push_back(
          {Begin, End, /*InEdit=*/true, Site, Call.USRs, Call.Signature});
  }
};

/// An editable use with its place in one file.
struct Operation {
  size_t Use = 0;
  FileID File;
  unsigned Begin = 0;
  unsigned End = 0;
  int Parent = -1; ///< Index of the operation it lies in.
};

class Renderer {
public:
  Renderer(ASTContext &Context, std::vector<RawUse> Uses,
           const CompiledRules &Rules, PathPredicate InScope)
      : SM(Context.getSourceManager()), LangOpts(Context.getLangOpts()),
        Uses(std::move(Uses)), Rules(Rules), InScope(InScope) {}

  std::vector<Finding> run() {
    for (RawUse &Use : Uses)
      markLeft(Use);
    spreadLeft();
    collectOperations();
    nest();
    std::vector<Finding> Findings;
    for (size_t I = 0; I < Uses.size(); ++I)
      if (!Swallowed.count(I))
        Findings.push_back(describe(I));
    return Findings;
  }

private:
  const SourceManager &SM;
  const LangOptions &LangOpts;
  std::vector<RawUse> Uses;
  const CompiledRules &Rules;
  PathPredicate InScope;
  std::vector<Operation> Operations;
  std::map<size_t, int> OperationOf; ///< Use -> operation.
  std::set<size_t> Swallowed;        ///< Uses inside text that goes away.
  mutable std::map<FileID, std::vector<Suppression>> Suppressions;

  std::string pathOf(SourceLocation Loc) const {
    OptionalFileEntryRef File = SM.getFileEntryRefForID(SM.getFileID(Loc));
    return File ? realPathOf(*File) : "";
  }

  void markLeft(RawUse &Use) const {
    if (!Use.Left.empty())
      return;
    if (!InScope(pathOf(Use.Where)))
      Use.leave({MessageId::OutsideScope, "the file is outside the scope"});
    else if (isUnderNolint(Use))
      Use.leave({MessageId::Suppressed, "suppressed by NOLINT"});
    else if (Use.Replaced.isValid() && losesDirective(SM, LangOpts, Use))
      Use.leave({MessageId::DirectiveInside,
                 "a preprocessor directive stands in what would be replaced"});
    else if (!Use.Pieces.empty() || Use.Replaced.isValid() ||
             Use.Kind == FindingKind::Type)
      if (Use.Replaced.isInvalid() ||
          any_of(Use.Pieces, [](const Piece &P) { return P.isNowhere(); }))
        Use.leave({MessageId::MacroText,
                   "it is not written in one piece (several macros, or token "
                   "pasting)"});
  }

  bool isUnderNolint(const RawUse &Use) const {
    auto [It, New] = Suppressions.try_emplace(SM.getFileID(Use.Where));
    if (New)
      It->second = findSuppressions(SM.getBufferData(It->first));
    return isSuppressed(It->second, SM.getSpellingLineNumber(Use.Where),
                        checkName(Use.Kind));
  }

  /// `a::Old; using b::New` instead of `b::New`; "" when that is there already.
  std::string textBesides(const RawUse &Use) const {
    if (Use.HasBesides || Use.Replaced.isInvalid() || Use.Pieces.empty())
      return "";
    auto [File, Begin] = SM.getDecomposedLoc(Use.Replaced.getBegin());
    StringRef Text = SM.getBufferData(File);
    unsigned End = SM.getFileOffset(Use.Replaced.getEnd());
    std::string Also = "; using " + Use.Kept.str() + Use.Pieces.back().Text;
    return (Text.slice(Begin, End) + Also).str();
  }

  // --- Nesting ---------------------------------------------------------------

  /// What is left in a group is left for the whole group.
  void spreadLeft() {
    std::map<std::string, std::string> Reasons;
    for (const RawUse &Use : Uses)
      if (!Use.Left.empty() && !Use.Group.empty())
        Reasons.try_emplace(Use.Group, Use.Left);
    for (RawUse &Use : Uses) {
      auto Reason = Reasons.find(Use.Group);
      if (Use.Left.empty() && !Use.Group.empty() && Reason != Reasons.end())
        Use.leave(
            {MessageId::GoesWithLeft,
             "it goes together with a use that is left: " + Reason->second});
    }
  }

  void collectOperations() {
    for (size_t I = 0; I < Uses.size(); ++I) {
      const RawUse &Use = Uses[I];
      if (!Use.Left.empty() || Use.Replaced.isInvalid())
        continue;
      Operation Op;
      Op.Use = I;
      std::tie(Op.File, Op.Begin) =
          SM.getDecomposedLoc(Use.Replaced.getBegin());
      Op.End = SM.getFileOffset(Use.Replaced.getEnd());
      Operations.push_back(Op);
    }
    llvm::sort(Operations, [](const Operation &A, const Operation &B) {
      return std::tie(A.File, A.Begin, B.End, A.Use) <
             std::tie(B.File, B.Begin, A.End, B.Use);
    });
    for (size_t I = 0; I < Operations.size(); ++I)
      OperationOf[Operations[I].Use] = int(I);
  }

  void nest() {
    std::vector<int> Open;
    for (size_t I = 0; I < Operations.size(); ++I) {
      Operation &Op = Operations[I];
      while (!Open.empty() && !contains(Operations[Open.back()], Op))
        Open.pop_back();
      if (!Open.empty())
        Op.Parent = Open.back();
      Open.push_back(int(I));
    }
    for (Operation &Op : Operations)
      if (Op.Parent >= 0)
        joinParent(Op);
  }

  bool contains(const Operation &Outer, const Operation &Inner) const {
    if (Outer.File != Inner.File || Inner.Begin < Outer.Begin ||
        Inner.End > Outer.End)
      return false;
    // An insertion at the edge is inside only where the text there is kept:
    // `new X` puts its arguments behind the edit that renames X.
    bool AtEdge = Inner.Begin == Inner.End &&
                  (Inner.Begin == Outer.Begin || Inner.End == Outer.End);
    return !AtEdge || any_of(Uses[Outer.Use].Pieces, [&](const Piece &P) {
      return P.Source.isValid() && sourceContains(P, Inner);
    });
  }

  /// The operation keeps its place in the text of its parent, or it goes with
  /// text that the parent removes.
  void joinParent(Operation &Op) {
    RawUse &Parent = Uses[Operations[Op.Parent].Use];
    bool Kept = any_of(Parent.Pieces, [&](const Piece &P) {
      return P.Source.isValid() && sourceContains(P, Op);
    });
    if (!Kept && Parent.Kind == FindingKind::Definition)
      Swallowed.insert(Op.Use);
    if (Parent.Group.empty())
      Parent.Group = "nest:" + pathOf(Parent.Where) + ":" +
                     std::to_string(Operations[Op.Parent].Begin);
  }

  bool sourceContains(const Piece &P, const Operation &Op) const {
    auto [File, Begin] = SM.getDecomposedLoc(P.Source.getBegin());
    return File == Op.File && Begin <= Op.Begin &&
           Op.End <= SM.getFileOffset(P.Source.getEnd());
  }

  // --- Text
  // --------------------------------------------------------------------

  /// The file's text in [Begin, End) with every operation inside applied.
  Rendered sourceText(FileID File, unsigned Begin, unsigned End,
                      int Except) const {
    StringRef Text = SM.getBufferData(File);
    Rendered Result;
    unsigned Position = Begin;
    for (size_t I = 0; I < Operations.size(); ++I) {
      const Operation &Op = Operations[I];
      if (Op.File != File || Op.Begin < Position || Op.End > End ||
          int(I) == Except || isWithin(Except, int(I)))
        continue;
      Result.copy(Text.slice(Position, Op.Begin), File, Position);
      Result += render(int(I));
      Position = Op.End;
    }
    Result.copy(Text.slice(Position, End), File, Position);
    return Result;
  }

  /// True when \p Inner lies around \p Outer, i.e. is one of its ancestors.
  bool isWithin(int Outer, int Ancestor) const {
    for (int I = Outer; I >= 0; I = Operations[I].Parent)
      if (I == Ancestor)
        return true;
    return false;
  }

  Rendered render(int Index) const {
    const Operation &Op = Operations[Index];
    const RawUse &Use = Uses[Op.Use];
    std::vector<std::pair<unsigned, unsigned>> Comments;
    if (is_contained({FindingKind::Type, FindingKind::Construction,
                      FindingKind::Factory},
                     Use.Kind))
      Comments = commentsIn(SM, LangOpts, Op.File, Op.Begin, Op.End);
    Rendered Result;
    for (const Piece &P : Use.Pieces) {
      if (P.Source.isInvalid()) {
        for (const NamedCall &Call : P.Calls)
          Result.add(Call, Result.Text.size() + Call.Offset,
                     Result.Text.size() + Call.Offset, CallSite::Name);
        Result += P.Text;
        continue;
      }
      auto [File, Begin] = SM.getDecomposedLoc(P.Source.getBegin());
      unsigned End = SM.getFileOffset(P.Source.getEnd());
      Rendered Text = sourceText(File, Begin, End, Index);
      std::string Before, After;
      if (File == Op.File)
        std::tie(Before, After) = takeComments(P, Comments);
      // `12/` and a comment would be a comment.
      StringRef Next = Before.empty() ? StringRef(Text.Text) : Before;
      if (!Next.empty() && StringRef("/*").contains(Next.front()) &&
          (!P.Parens || !Before.empty()) &&
          StringRef(Result.Text).ends_with("/"))
        Result += " ";
      Result += Before;
      Text += After;
      bool NeedsBreak = endsInLineComment(Text.Text);
      if (P.Parens)
        Result += "(";
      Result += std::move(Text);
      if (NeedsBreak)
        Result += SM.getBufferData(Op.File).contains("\r\n") ? "\r\n" : "\n";
      if (P.Parens)
        Result += ")";
    }
    if (Use.Arguments.isValid())
      Result.add(Use.Constructor, 0, Result.Text.size(), CallSite::Arguments);
    std::string Lost = commentsInName(Use, Op, Comments);
    if (Lost.empty())
      return Result;
    Rendered Whole;
    Whole += Lost;
    Whole += std::move(Result);
    return Whole;
  }

  /// The comments of `a::/* which */Old`, which no piece takes over.
  std::string
  commentsInName(const RawUse &Use, const Operation &Op,
                 ArrayRef<std::pair<unsigned, unsigned>> Comments) const {
    StringRef Buffer = SM.getBufferData(Op.File);
    std::string Result;
    for (size_t I = 0; I < Comments.size(); ++I) {
      auto [Begin, End] = Comments[I];
      if (Use.Kind != FindingKind::Type &&
          !standsInName(Comments, I, Buffer, Op.Begin, Op.End))
        continue;
      bool IsKept = any_of(Use.Pieces, [&, Begin = Begin](const Piece &P) {
        auto [File, First] = SM.getDecomposedLoc(P.Source.getBegin());
        return P.Source.isValid() && File == Op.File && First <= Begin &&
               Begin < SM.getFileOffset(P.Source.getEnd());
      });
      if (IsKept)
        continue;
      StringRef Comment = Buffer.slice(Begin, End);
      // Behind a `/` it would begin another comment.
      if (Result.empty() && Buffer.take_front(Op.Begin).ends_with("/"))
        Result += " ";
      Result += Comment;
      if (endsInLineComment(Comment))
        Result += Buffer.contains("\r\n") ? "\r\n" : "\n";
    }
    return Result;
  }

  /// The comments that stand next to what \p P is taken from, with the space
  /// between: they belong to that argument and must not be lost.
  std::pair<std::string, std::string>
  takeComments(const Piece &P,
               std::vector<std::pair<unsigned, unsigned>> &Comments) const {
    auto [File, Begin] = SM.getDecomposedLoc(
        (P.Around.isValid() ? P.Around : P.Source).getBegin());
    unsigned End =
        SM.getFileOffset((P.Around.isValid() ? P.Around : P.Source).getEnd());
    StringRef Buffer = SM.getBufferData(File);
    // `1, // the first`
    auto EndsLine = [&](const std::pair<unsigned, unsigned> &Comment) {
      size_t Line = Buffer.take_front(Comment.first).rfind('\n') + 1;
      return !Buffer.slice(Line, Comment.first).trim().empty() &&
             Buffer.drop_front(Comment.second).ltrim(" \t\r").starts_with("\n");
    };
    unsigned First = Begin, Last = End;
    std::string After;
    for (auto It = Comments.rbegin(); It != Comments.rend(); ++It)
      if (It->second <= First && !EndsLine(*It) &&
          Buffer.slice(It->second, First).trim().empty()) {
        First = It->first;
        It->second = 0; // taken
      }
    for (auto &Comment : Comments)
      if (Comment.second && Comment.first >= Last &&
          Buffer.slice(Last, Comment.first)
              .trim(EndsLine(Comment) ? " \t\r," : " \t\r\n")
              .empty()) {
        auto [Space, MoreSpace] = Buffer.slice(Last, Comment.first).split(',');
        After += (Space + MoreSpace).str();
        After += Buffer.slice(Comment.first, Comment.second);
        Last = Comment.second;
        Comment.second = 0;
      }
    erase_if(Comments, [](const auto &C) { return C.second == 0; });
    return {Buffer.slice(First, Begin).str(), std::move(After)};
  }

  // --- Findings
  // ------------------------------------------------------------------

  Finding describe(size_t I) const {
    const RawUse &Use = Uses[I];
    Finding Result;
    Result.Kind = Use.Kind;
    Result.Rule = Use.Rule;
    Result.Class = Use.Class;
    Result.Path = pathOf(Use.Where);
    Result.Offset = SM.getFileOffset(Use.Where);
    Result.Length = Lexer::MeasureTokenLength(Use.Where, SM, LangOpts);
    Result.Line = SM.getSpellingLineNumber(Use.Where);
    Result.Column = SM.getSpellingColumnNumber(Use.Where);
    Result.Form = Use.Form;
    Result.Message = Use.Message;
    Result.leave({Use.LeftId, Use.Left});
    Result.Symbol = Use.Symbol;
    Result.Signature = Use.Signature;
    Result.Level = Use.Level;
    Result.Group = Use.Group;
    Result.AlsoGroups = Use.AlsoGroups;
    Result.Declares = Use.Declares;
    Result.TellsObjectsApart = Use.TellsObjectsApart;
    Result.IsTemplateArgument = Use.IsTemplateArgument;
    if (Use.Introducer.isValid())
      Result.Introducer = pathOf(Use.Introducer) + ":" +
                          std::to_string(SM.getFileOffset(Use.Introducer));
    if (!Use.Left.empty()) {
      noteArguments(Use, Result);
      return Result;
    }
    noteMade(Use, Result);
    Result.NeedsHeaders = Use.NeedsHeaders;
    if (Use.Introduces)
      Result.TextBesides = textBesides(Use);
    if (Use.NeedsHeader)
      for (const Consolidation &Entry : Rules.Rules.Consolidate)
        for (const LegacyClass &Legacy : Entry.From)
          if (Legacy.Name == Use.Class && !Entry.Header.empty())
            Result.NeedsHeaders.push_back(Entry.Header);
    auto Op = OperationOf.find(I);
    if (Op == OperationOf.end()) {
      noteArguments(Use, Result);
      return Result;
    }
    const Operation &Own = Operations[Op->second];
    if (Own.Parent >= 0) {
      int Root = Own.Parent;
      while (Operations[Root].Parent >= 0)
        Root = Operations[Root].Parent;
      Result.AlsoGroups.push_back(Uses[Operations[Root].Use].Group);
      return Result;
    }
    Edit E;
    OptionalFileEntryRef File = SM.getFileEntryRefForID(Own.File);
    E.Path = File ? realPathOf(*File) : Result.Path;
    E.Offset = Own.Begin;
    E.Length = Own.End - Own.Begin;
    Rendered Text = render(Op->second);
    E.Text = std::move(Text.Text);
    for (const auto &[Source, Copied] : Text.Kept)
      if (Source == Own.File)
        E.Kept.push_back(Copied);
    append_range(Result.Meant, Text.Meant);
    // A construction whose arguments stay as they are needs no edit.
    if (SM.getBufferData(Own.File).substr(E.Offset, E.Length) != E.Text) {
      Result.Edits.push_back(std::move(E));
      return Result;
    }
    for (MeantCall &Call : Result.Meant) {
      if (!Call.InEdit)
        continue;
      Call.InEdit = false;
      Call.Begin += Own.Begin;
      Call.End += Own.Begin;
    }
    return Result;
  }

  /// Once its edit is dropped, it must not become one of the canonical class.
  void noteMade(const RawUse &Use, Finding &Result) const {
    if (Use.Made.isInvalid())
      return;
    // What a macro of another file begins stands there.
    std::string Path = pathOf(Use.Made);
    if (Path == Result.Path)
      Path.clear();
    unsigned Begin = SM.getFileOffset(Use.Made);
    CallSite Site = Use.Kind == FindingKind::Construction ? CallSite::Object
                                                          : CallSite::Reference;
    Result.Meant.push_back(
        {Begin, Begin, /*InEdit=*/false, Site, {}, "", std::move(Path)});
  }

  /// Arguments that stay as they are mean a certain constructor as well, and
  /// those of a use that is left none of the canonical class.
  void noteArguments(const RawUse &Use, Finding &Result) const {
    if (Use.Arguments.isInvalid() ||
        pathOf(Use.Arguments.getBegin()) != Result.Path)
      return;
    NamedCall Meant = Use.Left.empty() ? Use.Constructor : NamedCall();
    if (Use.Left.empty() && Meant.USRs.empty())
      return;
    unsigned Begin = SM.getFileOffset(Use.Arguments.getBegin());
    unsigned End = SM.getFileOffset(Use.Arguments.getEnd());
    Result.Meant.push_back({Begin, End, /*InEdit=*/false, CallSite::Arguments,
                            Meant.USRs, Meant.Signature});
  }
};

} // namespace

std::vector<Finding> renderFindings(ASTContext &Context,
                                    std::vector<RawUse> Uses,
                                    const CompiledRules &Rules,
                                    PathPredicate InScope) {
  return Renderer(Context, std::move(Uses), Rules, InScope).run();
}

} // namespace consolidate
