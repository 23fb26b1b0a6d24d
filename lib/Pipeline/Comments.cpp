//===- Comments.cpp - Comments that follow the code -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Only for classes with `comments: true`, and after the code: a comment is
// text, which nothing verifies, and it has to be right about what the code will
// be. So it stays where the code of its file goes on to spell the name.
//
//===----------------------------------------------------------------------===//
#include "CommentNames.h"
#include "PipelineInternal.h"

#include "consolidate/Support.h"
#include "consolidate/Suppressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace consolidate {
namespace {

using Targets = std::map<std::string, std::vector<CommentTarget>>;

/// By the word that the survey looks for.
Targets commentTargets(const RuleSet &Rules) {
  Targets Result;
  for (const Consolidation &Entry : Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From)
      if (Legacy.Comments)
        Result[unqualifiedName(Legacy.Name).str()].push_back(
            {&Legacy, Entry.Into, Entry.Header});
  return Result;
}

/// The name of the class without template arguments or scope.
StringRef shortName(StringRef Class) {
  return unqualifiedName(Class.split('<').first.trim());
}

class CommentEditor {
public:
  CommentEditor(const Project &Code, const ScanRun &Scan, EditPlan &Plan)
      : Code(Code), Scan(Scan), Plan(Plan), ByWord(commentTargets(Code.Rules)) {
    for (const std::string &Path : Code.Options.Paths)
      Wanted.push_back(realPath(Path));
    for (const Cluster &C : Plan.Clusters)
      for (size_t I : C.Findings)
        if (const Finding &F = Plan.Findings[I];
            F.Kind != FindingKind::Include &&
            (!C.Dropped.empty() || F.isLeft()))
          Left.insert({F.Path, F.Class});
  }

  void run() {
    if (ByWord.empty())
      return;
    std::map<StringRef, const SurveyedFile *> Sorted;
    for (const auto &Entry : Scan.Plan.Files)
      if (Entry.second.InScope && isWanted(Entry.first()))
        Sorted[Entry.first()] = &Entry.second;
    for (auto [Path, File] : Sorted)
      if (any_of(File->Mentions, [&](const Mention &M) { return follows(M); }))
        editFile(*File);
    llvm::sort(Plan.Files, [](const FileChange &A, const FileChange &B) {
      return A.Path < B.Path;
    });
  }

private:
  const Project &Code;
  const ScanRun &Scan;
  EditPlan &Plan;
  Targets ByWord;
  std::vector<std::string> Wanted; ///< Real paths; empty: everything.
  /// Files with a use that is left, and its class.
  std::set<std::pair<std::string, std::string>> Left;

  // --- The file at hand ------------------------------------------------------
  std::string Path;
  std::string Before;
  std::string After; ///< With the edits of the code.
  std::vector<Edit> Edits;
  std::vector<Suppression> Suppressions;
  std::vector<Finding> Found;

  bool isWanted(StringRef File) const {
    return Wanted.empty() || any_of(Wanted, [&](StringRef Start) {
             return isAtOrBelow(File, Start);
           });
  }

  bool follows(const Mention &M) const {
    return M.Kind == MentionKind::Comment && M.Length == M.Word.size() &&
           ByWord.count(M.Word);
  }

  FileChange *changeOf(StringRef File) {
    auto Found = find_if(Plan.Files, [&](const FileChange &Change) {
      return Change.Path == File;
    });
    return Found == Plan.Files.end() ? nullptr : &*Found;
  }

  bool open(StringRef File) {
    Path = File.str();
    Found.clear();
    if (const FileChange *Change = changeOf(Path)) {
      Before = Change->Before;
      After = Change->After;
      Edits = Change->Edits;
    } else {
      auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false);
      if (!Buffer)
        return false; // The survey could read it, and tells if it cannot again.
      Before = After = (*Buffer)->getBuffer().str();
      Edits.clear();
    }
    Suppressions = findSuppressions(Before);
    return true;
  }

  void editFile(const SurveyedFile &File) {
    if (!open(File.Path))
      return;
    for (const Mention &M : File.Mentions)
      if (follows(M) && M.Offset + M.Length <= Before.size() &&
          !isEdited(M.Offset, M.Offset + M.Length))
        editMention(M);
    for (Edit &E : Edits)
      editInside(E);
    close();
  }

  /// Comments between the arguments of a construction that is written anew.
  void editInside(Edit &E) {
    Edit Changed = E;
    std::vector<std::string> Words;
    for (const auto &[Word, Classes] : ByWord)
      Words.push_back(Word);
    std::vector<Mention> Mentions = findMentions(E.Text, Words);
    for (const Mention &M : reverse(Mentions)) {
      CommentName Name = readCommentName(E.Text, M, ByWord[M.Word]);
      if (follows(M) && Name.Left.empty() && !Name.Text.empty() &&
          codeKeeps(*Name.Target, M.Word).empty() &&
          !isSuppressed(Suppressions, lineColumnAt(Before, E.Offset).Line,
                        checkName(FindingKind::Comment)))
        Changed.Text.replace(Name.Begin, Name.End - Name.Begin, Name.Text);
    }
    if (Changed == E)
      return;
    for (Finding &F : Plan.Findings)
      std::replace(F.Edits.begin(), F.Edits.end(), E, Changed);
    for (Cluster &C : Plan.Clusters)
      std::replace(C.Edits.begin(), C.Edits.end(), E, Changed);
    E = Changed;
  }

  bool isEdited(unsigned Begin, unsigned End) const {
    return any_of(Edits, [&](const Edit &E) {
      return E.Offset < End && Begin < E.Offset + std::max(E.Length, 1u);
    });
  }

  void editMention(const Mention &M) {
    CommentName Name = readCommentName(Before, M, ByWord[M.Word]);
    if (Name.Left.empty() && Name.Text.empty())
      return;
    // `Outer::Inner`, and both are mentions: the longer one says it all.
    if (!Found.empty() &&
        Found.back().Offset + Found.back().Length > Name.Begin)
      Found.pop_back();
    Finding F = makeFinding(M, Name);
    if (isSuppressed(Suppressions, F.Line, checkName(F.Kind)))
      F.leave({MessageId::Suppressed, "suppressed by NOLINT"});
    else if (!Name.Left.empty())
      F.leave({MessageId::CommentKept, Name.Left});
    else if (isEdited(Name.Begin, Name.End))
      F.leave({MessageId::CommentKept, "what qualifies it is edited"});
    else if (std::string Why = codeKeeps(*Name.Target, M.Word); !Why.empty())
      F.leave({MessageId::CommentKept, Why});
    else
      F.Edits.push_back(
          {Path, Name.Begin, Name.End - Name.Begin, std::move(Name.Text)});
    Found.push_back(std::move(F));
  }

  Finding makeFinding(const Mention &M, const CommentName &Name) const {
    Finding F;
    F.Kind = FindingKind::Comment;
    F.Class =
        (Name.Target ? *Name.Target : ByWord.at(M.Word).front()).Legacy->Name;
    F.Rule = F.Class;
    F.Path = Path;
    F.Offset = Name.Begin;
    F.Length = Name.End - Name.Begin;
    LineColumn Place = lineColumnAt(Before, Name.Begin);
    F.Line = Place.Line;
    F.Column = Place.Column;
    F.Form = "comment";
    F.Message = "a comment names '" + F.Class + "'";
    return F;
  }

  /// Why the comments of this file have to go on naming the class; or "".
  std::string codeKeeps(const CommentTarget &Target, const std::string &Word) {
    if (Left.count({Path, Target.Legacy->Name}))
      return "a use of it in the code of the file is left";
    if (shortName(Target.Into) == Word)
      return usesStay(Target, Word)
                 ? "the code of the file still means that class"
                 : "";
    for (const Mention &M : findMentions(After, {Word}))
      if (M.Kind == MentionKind::Code)
        return "the code of the file still spells '" + Word + "'";
    return "";
  }

  /// The same for a class whose new name is spelled alike.
  bool usesStay(const CommentTarget &Target, const std::string &Word) const {
    // The next run reads the canonical header, and this one may not have.
    bool Entered = Code.ResolveHeader(Target.Header) == Path;
    for (const TuFindings &Tu : Scan.Tus) {
      auto File = Tu.Files.find(Path);
      if (File == Tu.Files.end())
        continue;
      Entered |= File->second.Entered;
      for (const NameNote &Note : File->second.Names)
        if ((Note.What == NameNote::Kind::OwnText ||
             Note.What == NameNote::Kind::Legacy) &&
            StringRef(Before).substr(Note.Offset).starts_with(Word) &&
            !isEdited(Note.Offset, Note.Offset + Word.size()))
          return true;
    }
    return !Entered &&
           any_of(findMentions(Before, {Word}),
                  [](const Mention &M) { return M.Kind == MentionKind::Code; });
  }

  void close() {
    std::vector<Edit> New;
    for (Finding &F : Found) {
      append_range(New, F.Edits);
      Cluster C;
      C.Id = (checkName(F.Kind) + ":" + Path + ":" + Twine(F.Offset)).str();
      C.Findings = {Plan.Findings.size()};
      C.Edits = F.Edits;
      if (F.isLeft())
        C.drop({F.LeftId, F.Left});
      Plan.Clusters.push_back(std::move(C));
      Plan.Findings.push_back(std::move(F));
    }
    FileChange *Change = changeOf(Path);
    if (New.empty() && (!Change || Change->Edits == Edits))
      return;
    if (!Change) {
      Plan.Files.emplace_back();
      Change = &Plan.Files.back();
      Change->Path = Path;
      Change->Before = Before;
    }
    Change->Edits = Edits;
    append_range(Change->Edits, New);
    llvm::sort(Change->Edits);
    Change->After = applyEdits(Before, Change->Edits);
  }
};

} // namespace

void editComments(const Project &Project, const ScanRun &Scan, EditPlan &Plan) {
  CommentEditor(Project, Scan, Plan).run();
}

} // namespace consolidate
