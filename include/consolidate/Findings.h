//===- Findings.h - What a scan finds, as plain values ----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// No AST pointer and no SourceLocation appears here: findings can be cached,
// merged from many translation units, and tested without Clang.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_FINDINGS_H
#define CONSOLIDATE_FINDINGS_H

#include "consolidate/Messages.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <tuple>
#include <vector>

namespace consolidate {

/// Before the group of all that calls static functions with the state of one
/// class.
inline constexpr llvm::StringLiteral SharedState = "shared:";

/// Text of a file that an edit of that file takes over as it is.
struct KeptText {
  unsigned InText = 0; ///< Byte offset in the edit's text.
  unsigned InFile = 0; ///< Byte offset in the file before.
  unsigned Length = 0;
};

/// Replace `Length` bytes at byte `Offset` of the file with `Text`. Offsets
/// count from the first byte of the file as it is on disk, BOM included.
struct Edit {
  std::string Path; ///< Real absolute path.
  unsigned Offset = 0;
  unsigned Length = 0;
  std::string Text;
  /// What of Text stood in the file and only moves, in the order of Text. Not
  /// part of what makes two edits equal.
  std::vector<KeptText> Kept = {};

  auto key() const { return std::tie(Path, Offset, Length, Text); }
  bool operator<(const Edit &Other) const { return key() < Other.key(); }
  bool operator==(const Edit &Other) const { return key() == Other.key(); }
};

enum class FindingKind {
  Type,         ///< consolidate-legacy-type: a spelled reference to the class
  Construction, ///< consolidate-legacy-construction
  Include,      ///< consolidate-legacy-include
  Member,       ///< consolidate-legacy-member: a renamed member
  Factory,      ///< consolidate-legacy-factory: a call a rewrite replaces
  Definition,   ///< consolidate-duplicate-class: the legacy class itself
  Comment,      ///< consolidate-legacy-comment: a comment names the class
};

/// How far an edit can be trusted.
enum class Safety {
  DisplayOnly, ///< Shown, never applied.
  Unsafe,      ///< May change behaviour; applied with `--unsafe` only.
  Safe,        ///< Keeps behaviour as far as the compiler can tell.
};

/// How the place of a call is told.
enum class CallSite {
  Name,      ///< Where the name that is called begins.
  Arguments, ///< Where the arguments stand; nothing spells the name.
  Object,    ///< Where what makes an object begins, also in an instantiation.
  Reference, ///< Where a function or a field is named, or bound; there as well.
  Conversion,         ///< Where an object of another class is made of it.
  ConversionFunction, ///< Where the object begins that is converted.
};

/// A function or constructor that a rewrite means to call. Which one the
/// compiler chooses with the arguments of the place is known once the edit is
/// in.
struct MeantCall {
  /// Byte offsets: in the text of the finding's edit, or in the file before.
  unsigned Begin = 0;
  unsigned End = 0;
  bool InEdit = false;
  CallSite Site = CallSite::Name;
  std::vector<std::string> USRs; ///< Any of them; empty: none, it is left.
  std::string Signature;         ///< `app::Engine(app::Registry &, long)`
  std::string Path = {};         ///< Empty: that of the finding.
};

/// What the compiler chose at a place that was asked about.
struct ChosenCall {
  std::string Path;   ///< Real absolute path.
  unsigned Begin = 0; ///< As in MeantCall, in the file as it was parsed.
  unsigned End = 0;
  CallSite Site = CallSite::Name;
  std::vector<std::string> USRs; ///< Of the function and what it overrides.
  std::string Signature;
  /// Equal for functions that are one to a rule: what is declared for a legacy
  /// class is one with what is declared so for the canonical class.
  std::string Key;
  /// Where the function is declared first, by the byte offset of its name; no
  /// path for what a class, its header or its namespace brings along.
  std::string DeclaredIn;
  unsigned DeclaredAt = 0;
  unsigned Line = 0;        ///< 1-based, of Begin.
  bool OfClass = false;     ///< Declared for a legacy or canonical class.
  bool MakesLegacy = false; ///< It constructs a legacy class.
};

/// What a template took for arguments that name a legacy or canonical class.
struct TemplateChoice {
  std::string Asked;   ///< `Size<app::New>`, also for a legacy class.
  std::string Shown;   ///< `Size<app::Old>`
  std::string Taken;   ///< "its specialisation", "the template itself", "true".
  std::string Path;    ///< Real path of where it was first asked for.
  unsigned Offset = 0; ///< Byte offset there.
  unsigned Line = 0;   ///< 1-based.
};

/// A function or a specialisation of a template that is for a class of the
/// rules.
struct ClassDeclaration {
  std::string Then; ///< `f(const app::New &)`, also for a legacy class.
  std::string Now;  ///< `f(const app::Old &)`
  std::string Name; ///< `f`
  auto key() const { return std::tie(Then, Now, Name); }
  bool operator<(const ClassDeclaration &Other) const {
    return key() < Other.key();
  }
  bool operator==(const ClassDeclaration &Other) const {
    return key() == Other.key();
  }
};

/// One use of a legacy class, at one place.
struct Finding {
  FindingKind Kind = FindingKind::Type;
  std::string Rule;    ///< Name of the rewrite, or of the legacy class.
  std::string Class;   ///< Qualified legacy class this finding is about.
  std::string Path;    ///< Real absolute path.
  unsigned Offset = 0; ///< Byte offset of the use.
  unsigned Length = 0;
  unsigned Line = 1;   ///< 1-based.
  unsigned Column = 1; ///< 1-based, in bytes.
  std::string Form;    ///< "variable", "new", "member-initialiser", ...
  std::string Message; ///< One line: what.
  std::string Left;    ///< Why it is not edited; empty when it is.
  MessageId LeftId = MessageId::None; ///< Which reason; None: edited.
  std::string Symbol; ///< Qualified name of the enclosing declaration.
  /// With MatchOptions::CollectFacts: that declaration as a baseline names it,
  /// a function with the types of its parameters.
  std::string Signature;
  Safety Level = Safety::Safe;
  std::vector<Edit> Edits;
  std::vector<MeantCall> Meant; ///< What the edits mean to call.
  /// Findings with the same non-empty group are one cluster, across files.
  std::string Group;
  /// Further groups it belongs to: it lies inside an edit of theirs.
  std::vector<std::string> AlsoGroups;
  /// It tells objects apart by their class: dynamic_cast, typeid, catch,
  /// any_cast, __is_same in a template.
  bool TellsObjectsApart = false;
  /// Of a template: objects of that change their class as well.
  bool IsTemplateArgument = false;
  /// `path:offset` of the using-declaration that the name comes in through, or
  /// its own for such a declaration; "": none.
  std::string Introducer;
  /// Of a using-declaration: what its edit says instead where a use that comes
  /// in through it is left; "": it is left then.
  std::string TextBesides;
  /// ClassDeclaration::Then of what it is a part of the declaration of.
  std::vector<std::string> Declares;
  /// Headers that must be reachable from Path once the edits are in.
  std::vector<std::string> NeedsHeaders;

  bool isLeft() const { return !Left.empty(); }
  void leave(Reason Why) {
    Left = std::move(Why.Text);
    LeftId = Why.Id;
  }
};

/// The clang-tidy style check name of \p Kind.
llvm::StringRef checkName(FindingKind Kind);
/// What docs/messages.md says about every finding of \p Kind.
MessageId messageOf(FindingKind Kind);

/// One #include directive as the preprocessor met it.
struct IncludeDirective {
  unsigned LineOffset = 0; ///< Byte offset of the start of its line.
  unsigned PathOffset = 0; ///< Byte offset of the opening delimiter.
  unsigned PathLength = 0; ///< Delimiters included.
  unsigned Line = 1;
  bool Angled = false;
  bool System = false;  ///< Resolved to a system header.
  std::string Spelled;  ///< Between the delimiters.
  std::string Resolved; ///< Real path; empty when healed or missing.
  std::string HealedBy; ///< The include rule's `from` that made it resolve.
  /// The branches it stands in, outermost first: byte offsets of their
  /// keywords.
  std::vector<unsigned> Branches;
};

/// Text that the preprocessor passed over, because a condition did not hold.
/// Each branch of a chain of conditions is a range of its own.
struct SkippedRange {
  unsigned Begin = 0; ///< Byte offset.
  unsigned End = 0;
  unsigned Line = 1;     ///< 1-based, of the directive that opens the branch.
  std::string Condition; ///< "#if FOO", "#else of #if FOO".
};

/// What a word that is spelled like a legacy name means where it stands.
struct NameNote {
  enum class Kind {
    Other,     ///< Another entity of the same name.
    Legacy,    ///< The legacy entity itself.
    OwnText,   ///< Inside the text of the legacy class: its body, its members.
    Alias,     ///< Declares the legacy name as an alias of the canonical class.
    Dependent, ///< Depends on a template parameter.
    MacroArgument, ///< Of a macro that makes no code of it: a string, nothing.
  } What = Kind::Other;
  unsigned Offset = 0; ///< Byte offset of the word.
  std::string Meaning; ///< "class llvm::ExecutionEngine"
};

/// What one translation unit tells about one file.
struct FileFacts {
  std::vector<IncludeDirective> Includes;
  /// Real paths of the files that declare what this file refers to, other than
  /// the legacy classes themselves. Sorted, unique.
  std::vector<std::string> UsedFiles;
  /// Passed over each time the file was entered. Sorted, not overlapping.
  std::vector<SkippedRange> Skipped;
  /// With MatchOptions::CollectNames: sorted, one for each offset.
  std::vector<NameNote> Names;
  bool Entered = false; ///< The preprocessor read it.
  bool System = false;  ///< Only ever as a system header.
};

/// A compiler error.
struct CompileError {
  std::string Path;
  unsigned Offset = 0;
  unsigned Line = 0;
  unsigned Column = 0;
  std::string Message;
  /// Places named by the notes below the error: path and byte offset.
  std::vector<std::pair<std::string, unsigned>> Notes;
};

/// A fact for `check`: a class definition, a factory, a coupling.
struct Fact {
  enum class Kind { Class, Factory, Coupling } What = Kind::Class;
  std::string Name; ///< Qualified.
  std::string Path;
  unsigned Line = 1;
  /// Class: empty. Factory: the class it returns. Coupling: the two types,
  /// joined by " + ".
  std::string Detail;
  std::string Signature; ///< As in Finding, of the declaration itself.
  auto key() const {
    return std::tie(What, Path, Line, Name, Detail, Signature);
  }
  bool operator<(const Fact &Other) const { return key() < Other.key(); }
  bool operator==(const Fact &Other) const { return key() == Other.key(); }
};

/// A name by which code can use a legacy class without spelling it: a member of
/// that type, a function that takes or returns it, an alias, a derived class.
struct FollowedName {
  std::string Name; ///< One identifier.
  std::string Path; ///< Real path of a file that declares it.
  auto key() const { return std::tie(Name, Path); }
  bool operator<(const FollowedName &Other) const {
    return key() < Other.key();
  }
  bool operator==(const FollowedName &Other) const {
    return key() == Other.key();
  }
};

/// Everything one parsed translation unit yields.
struct TuFindings {
  std::string MainFile;
  std::vector<Finding> Findings;
  llvm::StringMap<FileFacts> Files; ///< By real path; in-scope files only.
  /// Include edges of this TU, all files, by real path (for reachability).
  llvm::StringMap<std::vector<std::string>> IncludeGraph;
  std::vector<CompileError> Errors; ///< With healing applied.
  std::vector<Fact> Facts;
  std::vector<ChosenCall> Chosen; ///< With MatchOptions::AskedCalls.
  /// Calls that take, or are handed, what is of a legacy class: overload
  /// resolution may find another function once the class is another. And the
  /// objects that are made, and the functions and fields of rules that are
  /// named, where no edit turns the arguments.
  std::vector<ChosenCall> Watched;
  std::vector<TemplateChoice> Choices;
  std::vector<ClassDeclaration> Declared; ///< Sorted, unique.
  std::vector<FollowedName> Follow; ///< With MatchOptions::FollowNames; sorted.
  bool BodiesSkipped = false; ///< Errors in some function bodies were not seen.
  bool Parsed = false;        ///< False: the front end never produced an AST.
};

} // namespace consolidate

#endif // CONSOLIDATE_FINDINGS_H
