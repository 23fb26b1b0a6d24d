//===- Account.cpp - One bucket for every mention -------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "AccountInternal.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <optional>

using namespace llvm;

namespace consolidate {
namespace {

struct Judgement {
  Bucket Where = Bucket::Unexplained;
  std::string Reason;
};

/// The bucket of what is left for the reason \p Id.
Bucket bucketOf(MessageId Id) {
  switch (Id) {
  case MessageId::Suppressed:
    return Bucket::Suppressed;
  case MessageId::OutsideScope:
  case MessageId::OutsidePaths:
    return Bucket::OutOfScope;
  case MessageId::MacroText:
  case MessageId::MacroArguments:
  case MessageId::MacroDisagrees:
    return Bucket::Macro;
  case MessageId::CommentKept:
    return Bucket::Comment;
  case MessageId::DependentConstruction:
  case MessageId::DependentCall:
    return Bucket::Dependent;
  default:
    return Bucket::Left;
  }
}

/// Macros and templates keep all that goes together; a NOLINT or the scope
/// speaks for its own place only.
Bucket bucketOf(const Verdict &V) {
  if (V.Own != MessageId::None && V.Own != MessageId::GoesWithLeft)
    return bucketOf(V.Own);
  Bucket Cause = bucketOf(V.Cause);
  return Cause == Bucket::Macro || Cause == Bucket::Dependent ? Cause
                                                              : Bucket::Left;
}

/// A name, not a path: the survey tells them apart the same way.
bool isNameWord(StringRef Word) {
  return all_of(Word,
                [](char C) { return isAlnum(C) || C == '_' || C == '$'; });
}

class Judge {
public:
  explicit Judge(const AccountInputs &Inputs) : Inputs(Inputs), Known(Inputs) {
    for (const std::string &Path : Inputs.Paths)
      Wanted.push_back(realPath(Path));
  }

  const Evidence &evidence() const { return Known; }

  Judgement judge(const SurveyedFile &File, const Mention &M) const {
    if (!File.InScope)
      return {Bucket::OutOfScope, "the file is outside the scope"};
    if (!isWanted(File.Path))
      return {Bucket::OutOfScope, "outside the paths asked for"};
    const FileEvidence &Here = Known.of(File.Path);
    if (std::optional<Judgement> J = byFindings(Here, M))
      return *J;
    if (std::optional<Judgement> J = byEdit(Here, M))
      return *J;
    if (M.Kind == MentionKind::String)
      return {Bucket::String, ""};
    if (M.Kind == MentionKind::Comment)
      return {Bucket::Comment, ""};
    if (M.Kind == MentionKind::IncludePath && isNameWord(M.Word))
      return {Bucket::OtherEntity, "part of the path of a header"};
    if (std::optional<Judgement> J = byNote(File.Path, Here, M))
      return *J;
    return byParsing(File.Path, Here, M);
  }

private:
  const AccountInputs &Inputs;
  Evidence Known;
  std::vector<std::string> Wanted; ///< Real paths; empty: everything.

  bool isWanted(StringRef Path) const {
    return Wanted.empty() || any_of(Wanted, [&](StringRef Start) {
             StringRef Rest = Path;
             return Rest.consume_front(Start) &&
                    (Rest.empty() || Rest.starts_with("/") ||
                     Start.ends_with("/"));
           });
  }

  /// Of the findings at one mention, one that is left decides.
  std::optional<Judgement> byFindings(const FileEvidence &Here,
                                      const Mention &M) const {
    std::vector<size_t> Found = Known.findingsAt(Here, M.Offset);
    if (Found.empty())
      return std::nullopt;
    const Finding *Definition = nullptr;
    const Verdict *Left = nullptr;
    for (size_t I : Found) {
      const Verdict &V = Known.verdict(I);
      if (!V.Left.empty() && (!Left || Left->Own == MessageId::GoesWithLeft))
        Left = &V;
      if (Inputs.Edits.Findings[I].Kind == FindingKind::Definition)
        Definition = &Inputs.Edits.Findings[I];
    }
    const Edit *Around = Evidence::editAt(Here, M.Offset);
    // A later pass may edit what the first one left.
    if (Left && !(Around && findWords(Around->Text, M.Word).empty()))
      return Judgement{bucketOf(*Left), Left->Left};
    if (Definition && !Left)
      return goesAway(Definition->Class);
    if (Around)
      return Judgement{Bucket::Edited, ""};
    // Only what the name means changes.
    return Judgement{Bucket::Unchanged, "it is spelled the same afterwards"};
  }

  static Judgement goesAway(StringRef Class) {
    return {Bucket::OwnText,
            ("goes away with the definition of '" + Class + "'").str()};
  }

  /// Text inside an edit that is about something around it.
  std::optional<Judgement> byEdit(const FileEvidence &Here,
                                  const Mention &M) const {
    if (StringRef Class = Evidence::goesAwayWith(Here, M.Offset);
        !Class.empty())
      return goesAway(Class);
    const Edit *Around = Evidence::editAt(Here, M.Offset);
    if (Around && findWords(Around->Text, M.Word).empty())
      return Judgement{Bucket::Edited, ""};
    return std::nullopt;
  }

  std::optional<Judgement> byNote(StringRef Path, const FileEvidence &Here,
                                  const Mention &M) const {
    auto Found = Here.Names.find(M.Offset);
    if (Found == Here.Names.end())
      return std::nullopt;
    const NameNote &Note = Found->second;
    switch (Note.What) {
    case NameNote::Kind::Other:
      return Judgement{Bucket::OtherEntity, Note.Meaning};
    case NameNote::Kind::OwnText:
      return Judgement{Bucket::OwnText, Note.Meaning + ", stays"};
    case NameNote::Kind::Alias:
      return Judgement{Bucket::Unchanged, Note.Meaning};
    case NameNote::Kind::Dependent:
      return Judgement{Bucket::Dependent, "depends on a template parameter"};
    case NameNote::Kind::MacroArgument:
      return Judgement{Bucket::Macro, Note.Meaning};
    case NameNote::Kind::Legacy:
      break;
    }
    if (Known.isInMacroBody(Path, M.Offset))
      return Judgement{Bucket::Macro, "in a macro body"};
    return Judgement{Bucket::Left, "names '" + Note.Meaning +
                                       "' in a form that no rule replaces"};
  }

  /// Nothing is known about the mention itself: was its file read at all?
  Judgement byParsing(StringRef Path, const FileEvidence &Here,
                      const Mention &M) const {
    if (Here.Tus.empty())
      return unread(Path, Here);
    if (const SkippedRange *Range = Known.skippedAt(Path, Here, M.Offset))
      return {Bucket::Inactive, "inactive under '" + Range->Condition +
                                    "' (line " + std::to_string(Range->Line) +
                                    ")"};
    if (all_of(Here.Tus, [&](size_t Tu) {
          return Inputs.Tus[Tu].Files.find(Path)->second.System;
        }))
      return {Bucket::OutOfScope,
              "read as a system header only (-isystem), where nothing is "
              "edited"};
    if (Known.isInMacroBody(Path, M.Offset))
      return {Bucket::Macro, "in a macro body that is not expanded, or whose "
                             "tokens are pasted"};
    if (M.Kind == MentionKind::IncludePath)
      return byDirective(Path, Here, M);
    if (std::string Trouble = Known.troubleOf(Path, Here); !Trouble.empty())
      return {Bucket::Unparsed, Trouble};
    return {Bucket::Unexplained,
            "nothing in the syntax tree has this name here; look at it by "
            "hand"};
  }

  Judgement unread(StringRef Path, const FileEvidence &Here) const {
    if (std::string Trouble = Known.troubleOf(Path, Here); !Trouble.empty())
      return {Bucket::Unparsed, Trouble};
    if (Inputs.Plan.TusReaching.contains(Path))
      return {Bucket::NoTu,
              "it is only included where no configuration compiles"};
    return {Bucket::NoTu, "no compile command reaches the file"};
  }

  Judgement byDirective(StringRef Path, const FileEvidence &Here,
                        const Mention &M) const {
    for (size_t Tu : Here.Tus)
      for (const IncludeDirective &D :
           Inputs.Tus[Tu].Files.find(Path)->second.Includes)
        if (D.PathOffset + 1 == M.Offset)
          return {Bucket::Left,
                  D.Resolved.empty()
                      ? "there is no such header, and no rule replaces it"
                      : "it reaches '" + Inputs.Within.relative(D.Resolved) +
                            "', which no rule replaces"};
    return {Bucket::Unexplained, "the preprocessor did not meet it"};
  }
};

/// The name of a row: what the rules call the word.
AccountRow rowFor(const RuleSet &Rules, const std::string &Word) {
  AccountRow Row;
  Row.Word = Row.Name = Word;
  Row.What =
      isNameWord(Word) ? AccountRow::Kind::Function : AccountRow::Kind::Include;
  std::vector<std::string> Names;
  for (const Consolidation &Entry : Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From)
      if (unqualifiedName(Legacy.Name) == Word)
        Names.push_back(Legacy.Name);
  if (!Names.empty()) {
    Row.What = AccountRow::Kind::Class;
    Row.Name = join(Names, " / ");
    return Row;
  }
  for (const RewriteRule &Rule : Rules.Rewrites)
    if (!Rule.Inline.empty() && unqualifiedName(Rule.Inline) == Word)
      Row.Name = Rule.Inline;
  return Row;
}

} // namespace

Accounting account(const AccountInputs &Inputs) {
  Accounting Result;
  std::vector<std::string> Words = surveyWords(Inputs.Rules);
  StringMap<AccountRow> Rows;
  for (const std::string &Word : Words)
    Rows[Word] = rowFor(Inputs.Rules, Word);
  std::vector<OtherFile> Others = otherFiles(Inputs, Words);
  for (const auto &File : Inputs.Plan.Files)
    for (const Mention &M : File.second.Mentions)
      ++Rows[M.Word].Total;
  for (const OtherFile &File : Others)
    for (const Mention &M : File.Mentions)
      ++Rows[M.Word].Total;

  Judge Judges(Inputs);
  auto Add = [&](const std::string &Path, const Mention &M, Judgement J) {
    ++Rows[M.Word].Counts[size_t(J.Where)];
    Result.Mentions.push_back({Path, M, J.Where, std::move(J.Reason)});
  };
  for (const auto &File : Inputs.Plan.Files)
    for (const Mention &M : File.second.Mentions)
      Add(File.second.Path, M, Judges.judge(File.second, M));
  for (const OtherFile &File : Others)
    for (const Mention &M : File.Mentions)
      Add(File.Path, M,
          File.InScope
              ? Judgement{Bucket::NotCxx, "the file is not C++"}
              : Judgement{Bucket::OutOfScope, "the file is outside the scope"});
  llvm::sort(Result.Mentions,
             [](const AccountedMention &A, const AccountedMention &B) {
               return std::tie(A.Path, A.What.Offset, A.What.Word) <
                      std::tie(B.Path, B.What.Offset, B.What.Word);
             });
  for (auto &Row : Rows)
    Result.Rows.push_back(std::move(Row.second));
  llvm::sort(Result.Rows, [](const AccountRow &A, const AccountRow &B) {
    return std::tie(A.What, A.Name) < std::tie(B.What, B.Name);
  });
  Result.Inconsistencies = crossCheck(Inputs, Words, Result);
  Result.Unused = unusedSuppressions(Inputs, Judges.evidence());
  return Result;
}

} // namespace consolidate
