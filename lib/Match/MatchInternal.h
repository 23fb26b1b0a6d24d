//===- MatchInternal.h - The flow inside Match ------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   CompiledRules + ASTContext
//     -> UseCollector  (one traversal)        -> RawUse: source ranges, pieces
//     -> ConstructorSearch (calls that forward) -> the constructor really
//     called
//     -> NameSpelling  (lookup as the parser would) -> the shortest right name
//     -> Renderer      (nesting, macros, scope) -> Finding: offsets and edits
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_MATCHINTERNAL_H
#define CONSOLIDATE_LIB_MATCH_MATCHINTERNAL_H

#include "consolidate/ClangCompat.h"
#include "consolidate/Match.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Preprocessor.h"

#include <map>
#include <optional>
#include <set>

namespace consolidate {

// --- Names.cpp -------------------------------------------------------------

/// `a::b::C` without inline namespaces; empty for what has no linkage (locals,
/// anonymous namespaces).
std::string qualifiedName(const clang::NamedDecl *D);
/// The same for the scope a declaration stands in; empty for the global one.
std::string qualifiedScope(const clang::DeclContext *DC);
/// The namespaces and classes of a qualified name, outside `<...>`.
std::vector<std::string> splitQualifiedName(llvm::StringRef Name);
/// \p Text with the canonical class for each legacy one.
std::string asCanonical(std::string Text, const RuleSet &Rules);
/// \p Text with \p To for the whole name \p From.
std::string replaceName(llvm::StringRef Text, llvm::StringRef From,
                        llvm::StringRef To);
/// True when `into` is the name that the class has for its own members and for
/// derived classes: no alias.
bool isInjected(const Consolidation &Into);
/// True when \p Into is the class template \p Legacy with another name: its
/// parameters are those of the other, in the same order.
bool handsParametersOn(const Consolidation &Into, const LegacyClass &Legacy);
/// Looks a qualified name up from the translation unit; null when absent.
const clang::NamedDecl *lookupQualified(clang::ASTContext &Context,
                                        llvm::StringRef Name);
/// The class of that name, or what the class template of that name makes; null
/// when it is neither.
const clang::CXXRecordDecl *classNamed(clang::ASTContext &Context,
                                       llvm::StringRef Name);
/// The same for a name that may be an alias or brought in by a
/// using-declaration: the class behind it.
const clang::CXXRecordDecl *classBehind(clang::ASTContext &Context,
                                        llvm::StringRef Name);
/// The record a type is, through aliases and references.
const clang::CXXRecordDecl *recordOf(clang::QualType Type);
/// The same, and of `X<T>` in a template what X<T> is made from.
const clang::CXXRecordDecl *classOf(clang::QualType Type);

/// What \p Ask says of the first base that it says anything of (it returns an
/// optional): of those of \p Record in order, each with its own behind it.
template <typename Asked>
auto firstInBases(const clang::CXXRecordDecl *Record, const Asked &Ask,
                  unsigned Depth = 0)
    -> decltype(Ask(std::declval<const clang::CXXBaseSpecifier &>())) {
  constexpr unsigned MaxDepth = 8; // A dependent base may be its own.
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record || Depth > MaxDepth)
    return std::nullopt;
  for (const clang::CXXBaseSpecifier &Base : Record->bases()) {
    auto Found = Ask(Base);
    if (!Found)
      Found = firstInBases(classOf(Base.getType()), Ask, Depth + 1);
    if (Found)
      return Found;
  }
  return std::nullopt;
}

/// The class that a function belongs to as a friend: it takes that class and is
/// declared nowhere else, so only its arguments lead to it. Null for others.
const clang::CXXRecordDecl *ownerOfFriend(const clang::FunctionDecl *D);

/// Real path of the file that defines the class (or class template) \p D; ""
/// when it is none, or only declared.
std::string definingFile(const clang::NamedDecl *D);

/// The declaration the rules know a function or field by: the template of an
/// instantiation, the member it was instantiated from.
const clang::NamedDecl *patternOf(const clang::NamedDecl *D);

/// Clang's unified symbol resolution name: the same in every TU.
std::string usrOf(const clang::Decl *D);
/// `netra::X(A &, int)` of a constructor, `netra::make(A &)`, for messages.
std::string describeFunction(const clang::FunctionDecl *Function);

/// A type name as it is spelled in the source.
struct SpelledType {
  /// What the spelling names: a record, a typedef, a class template, or the
  /// using-declaration (UsingShadowDecl) it goes through.
  const clang::NamedDecl *Named = nullptr;
  clang::NestedNameSpecifierLoc Qualifier;
  clang::SourceLocation Name;
  clang::SourceLocation begin() const {
    return Qualifier ? Qualifier.getBeginLoc() : Name;
  }
};
/// The name in \p Loc itself (not in what it contains); empty for types that
/// have none (pointers, `auto`, builtin types). \p Outer is what a NameVisitor
/// knows of its qualifier.
std::optional<SpelledType>
spelledType(clang::TypeLoc Loc, clang::NestedNameSpecifierLoc Outer = {});

/// The type of \p E, or what it points to.
clang::QualType objectType(const clang::Expr *E);

// --- Ties.cpp ---------------------------------------------------------------

/// The template that \p D is one case of; null when it is not.
const clang::TemplateDecl *specialisedBy(const clang::Decl *D);

/// What is written as the arguments of that case; may be null.
const clang::ASTTemplateArgumentListInfo *argumentsOfCase(const clang::Decl *D);

/// The aliases that \p Type spells.
llvm::SmallVector<const clang::TypedefNameDecl *, 4>
aliasesIn(clang::TypeLoc Type);

// --- NameSpelling.cpp ------------------------------------------------------

/// Where and how a name was spelled.
struct NameSite {
  const clang::DeclContext *Context = nullptr; ///< Innermost scope of the use.
  /// Of the name: what is declared behind it is not found.
  clang::SourceLocation Where;
  /// Namespaces nominated by using-directives in the enclosing blocks.
  llvm::ArrayRef<const clang::UsingDirectiveDecl *> LocalDirectives;
  bool LeadingColons = false;  ///< `::a::X`
  unsigned Qualifiers = 0;     ///< Components before the name: 2 in `a::b::X`.
  bool FullyQualified = false; ///< From the outermost namespace on.
  /// The class that gives way to the target here: a class derived from it will
  /// find the target's name where it finds this one's now.
  const clang::NamedDecl *Replaced = nullptr;
  bool TargetIsInjected = true; ///< False of an alias: it will not find that.
};
/// The shortest spelling of \p Target that is found at \p Site and is not
/// shorter than what was written there.
std::string spellName(llvm::StringRef Target, const NameSite &Site,
                      clang::ASTContext &Context);
/// True when `a::b::X` as it is spelled at \p Site (without leading colons)
/// means \p Target. Not through the alias of a namespace.
bool namesTarget(llvm::ArrayRef<std::string> Spelled, llvm::StringRef Target,
                 const NameSite &Site, clang::ASTContext &Context);
/// Fills the qualifier fields of a site from what is spelled.
void describeQualifier(NameSite &Site, clang::NestedNameSpecifierLoc Qualifier,
                       const clang::NamedDecl *Named);
/// True when \p Qualifier denotes the scope \p Scope ("a::b", "" for global).
bool denotesScope(clang::NestedNameSpecifierLoc Qualifier,
                  llvm::StringRef Scope);

// --- ConstructorSearch.cpp -------------------------------------------------

/// A constructor reached through a function that forwards its last arguments.
struct ForwardedConstruction {
  const clang::CXXConstructExpr *Construct = nullptr;
  unsigned FirstArgument = 0; ///< Index of the first forwarded call argument.
  bool PassesOn = false; ///< The arguments arrive there as they are written.
};
using RecordPredicate = llvm::function_ref<bool(const clang::CXXRecordDecl *)>;
/// True when \p Callee, or the class it belongs to, has a wanted class among
/// its template arguments.
bool mentionsAny(const clang::FunctionDecl *Callee, RecordPredicate IsWanted);
/// Follows the bodies of instantiations from \p Callee, which takes a pack, to
/// the construction of a class for which \p IsWanted holds. Empty when there is
/// none.
std::optional<ForwardedConstruction>
findForwardedConstruction(const clang::FunctionDecl *Callee,
                          llvm::ArrayRef<const clang::Expr *> Arguments,
                          RecordPredicate IsWanted);
/// The same for any function template; null when there is none.
const clang::CXXConstructExpr *
findConstructionIn(const clang::FunctionDecl *Callee, RecordPredicate IsWanted);

// --- Uses (between the collector and the renderer) --------------------------

/// A piece of replacement text: literal text or a range of the source, with the
/// edits inside it applied.
struct Piece {
  std::string Text;
  clang::CharSourceRange Source; ///< Valid: take this instead of Text.
  bool Parens = false;           ///< Source needs parentheses.
  /// What Source is taken out of: of `&x` for `x`; comments beside it belong to
  /// it. Invalid: Source itself.
  clang::CharSourceRange Around = {};
  std::vector<NamedCall> Calls = {}; ///< By the names that Text spells.
  /// Neither: there is something to say here, and nothing spells it.
  bool isNowhere() const { return Text.empty() && Source.isInvalid(); }
};

/// One place to change, before offsets are known.
struct RawUse {
  FindingKind Kind = FindingKind::Type;
  std::string Rule;
  std::string Class;
  std::string Form;
  std::string Message;
  std::string Left;                   ///< Reason, when it must not be edited.
  MessageId LeftId = MessageId::None; ///< Which reason that is.
  std::string Group;
  std::vector<std::string> AlsoGroups; ///< As in Finding.
  std::vector<std::string> Declares;   ///< As in Finding.
  std::string Symbol;
  std::string Signature; ///< As in Finding.
  Safety Level = Safety::Safe;
  clang::SourceLocation Where;     ///< The place shown to the user.
  clang::CharSourceRange Replaced; ///< Token-exact char range; may be empty.
  std::vector<Piece> Pieces;
  bool NeedsHeader = false;
  bool TellsObjectsApart = false;  ///< As in Finding.
  bool IsTemplateArgument = false; ///< Likewise.
  /// The using-declaration that the name came in through, or that this is.
  clang::SourceLocation Introducer;
  bool Introduces = false;
  bool HasBesides = false; ///< The canonical name is declared behind it.
  llvm::StringRef Kept;    ///< What stands before Replaced and belongs to it.
  std::vector<std::string> NeedsHeaders; ///< Besides the canonical one.
  /// The constructor that is meant, where the edit does not spell its name...
  NamedCall Constructor;
  /// ...and where its arguments stand. Invalid: it is spelled.
  clang::CharSourceRange Arguments;
  /// Where what is edited is made or named, as ConstructedCode has it.
  clang::SourceLocation Made;

  void leave(Reason Why) {
    Left = std::move(Why.Text);
    LeftId = Why.Id;
  }
};

// --- IncludeRecorder.cpp ---------------------------------------------------

/// What the preprocessor told, by file.
class IncludeRecorder {
public:
  IncludeRecorder(clang::Preprocessor &PP,
                  const llvm::StringMap<std::string> &Healed)
      : PP(PP), SM(PP.getSourceManager()), LangOpts(PP.getLangOpts()),
        Healed(Healed) {}

  clang::Preprocessor &PP;
  clang::SourceManager &SM;
  const clang::LangOptions LangOpts;
  const llvm::StringMap<std::string> Healed;
  std::map<clang::FileID, std::vector<IncludeDirective>> Directives;
  llvm::StringMap<std::vector<std::string>> Graph;
  std::set<std::pair<clang::FileID, clang::FileID>> MacroUses;
  /// Every file that was entered, and as what.
  std::map<clang::FileID, clang::SrcMgr::CharacteristicKind> Entered;
  /// Begin and end offset of what was passed over.
  std::map<clang::FileID, std::vector<std::pair<unsigned, unsigned>>> Skipped;
  /// Offset of the keyword of a branch -> that of its #if. Of a chain that is
  /// skipped, only the first.
  std::map<clang::FileID, std::map<unsigned, unsigned>> Branches;
  /// Where macros are named outside of system headers.
  std::vector<std::pair<const clang::IdentifierInfo *, clang::SourceLocation>>
      MacroNames;
  /// What became of each macro name, in the order of the translation unit.
  enum class MacroShape { Undefined, Object, Function };
  llvm::DenseMap<
      const clang::IdentifierInfo *,
      llvm::SmallVector<std::pair<clang::SourceLocation, MacroShape>, 1>>
      MacroStates;
  /// Calls of macros with arguments, likewise, and which macro it is.
  std::vector<std::pair<const clang::IdentifierInfo *, clang::SourceRange>>
      MacroCalls;
};

// --- TemplateChoices.cpp ---------------------------------------------------

/// What every template with a specialisation in the project took for arguments
/// that name a class of \p Rules, and what std::is_same said of them.
std::vector<TemplateChoice> templateChoices(clang::ASTContext &Context,
                                            const RuleSet &Rules);

// --- HiddenNames.cpp -------------------------------------------------------

/// Leaves what would write a canonical name where a macro takes it.
void leaveHiddenNames(std::vector<Finding> &Findings,
                      clang::ASTContext &Context, const CompiledRules &Rules,
                      const IncludeRecorder &Includes);

// --- SkippedRanges.cpp -----------------------------------------------------

/// What \p Includes recorded about skipped text in the file \p ID.
std::vector<SkippedRange> skippedRanges(const IncludeRecorder &Includes,
                                        clang::FileID ID);
/// The parts of \p A that \p B skips too.
std::vector<SkippedRange> intersect(llvm::ArrayRef<SkippedRange> A,
                                    llvm::ArrayRef<SkippedRange> B);

// --- NameNotes.cpp ---------------------------------------------------------

struct CollectedUses;

/// What every word means that is spelled like a legacy name, by real path;
/// \p Includes may be null.
llvm::StringMap<std::vector<NameNote>>
collectNameNotes(clang::ASTContext &Context, const CompiledRules &Rules,
                 PathPredicate InScope, const IncludeRecorder *Includes,
                 const CollectedUses &Uses);

// --- ClassArguments.cpp ------------------------------------------------------

/// The list of arguments that is written behind a template.
struct WrittenList {
  clang::SourceRange Angles;
  /// What Clang keeps of each: no `const` before or behind it.
  llvm::SmallVector<clang::SourceRange, 2> Each;
};
WrittenList writtenList(clang::SourceLocation LAngle,
                        llvm::ArrayRef<clang::TemplateArgumentLoc> Arguments,
                        clang::SourceLocation RAngle);
WrittenList writtenList(clang::TemplateSpecializationTypeLoc Written);

/// The full name of \p Type.
std::string typeName(clang::QualType Type, const clang::ASTContext &Context);

// --- Unspelled.cpp ---------------------------------------------------------

/// True when some rewrite is for constructions by \p Ctor.
bool isRewritten(const CompiledRules &Rules,
                 const clang::CXXConstructorDecl *Ctor);

// --- NamedCalls.cpp --------------------------------------------------------

/// A call or construction that spells what it calls.
struct SpelledCall {
  const clang::FunctionDecl *Callee = nullptr;
  /// Where the name begins, with its qualifier; of an operator, that one.
  clang::SourceLocation Name;
};
/// Empty for what spells no name, or is known in an instantiation only.
std::optional<SpelledCall> spelledCall(const clang::Expr *E);
/// The constructor a call really means: the base's for an inherited one.
const clang::CXXConstructorDecl *
constructorOf(const clang::CXXConstructExpr *E);
/// \p Callee as the rules know it.
NamedCall namedCall(const clang::FunctionDecl *Callee);
/// \p Callee and every function it overrides, by USR.
std::vector<std::string> usrsOf(const clang::FunctionDecl *Callee);

// --- UseCollector.cpp ------------------------------------------------------

/// Top-level declarations of system headers cannot hold a use of ours.
bool isSystemDecl(const clang::Decl *D, const clang::SourceManager &SM);

/// What one traversal collects.
struct CollectedUses {
  std::vector<RawUse> Uses;
  /// File that refers -> file that declares; legacy classes left out.
  std::set<std::pair<clang::FileID, clang::FileID>> References;
  std::vector<Fact> Facts;
  /// Words spelled like a legacy name that no node has, and what they mean.
  std::vector<std::pair<clang::SourceLocation, const clang::NamedDecl *>>
      Others;
  std::vector<ChosenCall> Chosen;
  std::vector<ChosenCall> Watched;
  std::vector<ClassDeclaration> Declared; ///< As in TuFindings.
};
CollectedUses collectUses(clang::ASTContext &Context,
                          const CompiledRules &Rules, PathPredicate InScope,
                          const IncludeRecorder *Includes,
                          const MatchOptions &Options);

/// What a name of a using-declaration is called in a finding.
constexpr llvm::StringLiteral UsingForm = "using-declaration";

// --- DerivedNames.cpp ------------------------------------------------------

/// As CompiledRules::Members, where both classes are defined.
std::map<std::string, ChangedMembers> changedMembers(clang::ASTContext &Context,
                                                     const RuleSet &Rules);

// --- DependentUses.cpp -----------------------------------------------------

/// Before the group of a template: of what is left in it, and only that.
constexpr llvm::StringLiteral LeftIn = "left in ";

/// Why a use is left; \p Class: even with arguments that depend on nothing.
std::string dependsOnParameter(bool Class);

// --- Redeclarations.cpp ----------------------------------------------------

/// The functions that \p Function is, or overrides, by whatever lies between.
void addOverridden(const clang::FunctionDecl *Function,
                   llvm::SmallVectorImpl<const clang::NamedDecl *> &Result);

// --- Facts.cpp -------------------------------------------------------------

/// Regex \p Pattern matched against all of \p Text; "" matches everything.
bool fullMatch(llvm::StringRef Pattern, llvm::StringRef Text);

// --- Directives.cpp --------------------------------------------------------

/// True when the edit of \p Use would tear a preprocessor directive apart, or
/// drop one: the other branch of a conditional has arguments of its own.
bool losesDirective(const clang::SourceManager &SM,
                    const clang::LangOptions &LangOpts, const RawUse &Use);

// --- FollowedNames.cpp -----------------------------------------------------

/// The names outside of functions and system headers by which code can use a
/// legacy class without spelling it; sorted.
std::vector<FollowedName> followedNames(clang::ASTContext &Context,
                                        const CompiledRules &Rules);

// --- Renderer.cpp ----------------------------------------------------------

/// Turns uses into findings: resolves nesting, macros and scope.
std::vector<Finding> renderFindings(clang::ASTContext &Context,
                                    std::vector<RawUse> Uses,
                                    const CompiledRules &Rules,
                                    PathPredicate InScope);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_MATCHINTERNAL_H
