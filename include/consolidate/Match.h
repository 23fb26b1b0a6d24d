//===- Match.h - The heart: rules on one AST -> findings --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Called by Scan (command line), by the clang-tidy plugin and by the language
// server. No shell holds rule logic of its own.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_MATCH_H
#define CONSOLIDATE_MATCH_H

#include "consolidate/Cache.h"
#include "consolidate/Database.h"
#include "consolidate/Findings.h"
#include "consolidate/Rules.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class Preprocessor;
} // namespace clang

namespace consolidate {

/// A function or constructor that a rewrite calls by its name.
struct NamedCall {
  unsigned Offset = 0; ///< Of the name, in the text it stands in.
  std::vector<std::string> USRs;
  std::string Signature; ///< For messages: `app::Engine(app::Registry &)`.
};

/// A piece of an `after` expression.
struct AfterPiece {
  enum class Kind {
    Text,         ///< Copied.
    Metavariable, ///< The bound expression, `Index` into the rule's `given`.
    Name,         ///< A qualified name, spelled as short as the site allows.
  } What = Kind::Text;
  std::string Text; ///< Text, or the qualified name.
  unsigned Index = 0;
  /// How the bound expression is used, so that `*&m` comes out as `m`.
  enum class Use {
    Plain,
    AddressOf,
    Dereference,
    Dot,
    Arrow,
    Condition, ///< Before the `?`.
    Operand,
  };
  Use Context = Use::Plain;
  /// How often what it stands for is evaluated: not at all or not always, as
  /// in `sizeof(x)` and `c ? x : y`, once, or many times, in a lambda.
  enum class Times { MaybeNot, Once, Many } Evaluated = Times::Once;
  std::vector<NamedCall> Calls = {}; ///< By the names that stand in it.
  /// Metavariable: what the lambdas around it declare.
  std::vector<std::string> Hides = {};
};
using AfterTemplate = std::vector<AfterPiece>;

/// What a part of `before` matches.
struct ExprPattern {
  enum class Kind {
    Metavariable, ///< Any expression; `Index`.
    Pack,         ///< All arguments that are left; `Index`.
    Default,      ///< A default argument that is left out.
    AddressOf,    ///< `&` of the child, or any pointer to it.
    Dereference,  ///< `*` of the child, or any object it points to.
    Construction, ///< Of a class by one of `USRs`; children: the arguments.
    Call,         ///< Of one of `USRs`; children: object if any, arguments.
    Member,       ///< Field `USRs` of the child.
    Operator, ///< A built-in one, `Text`; children: its operands. `USRs`: the
              ///< type that an operand must have, "" for any; parallel to them.
    Tokens,   ///< Exactly `Text`, white space and comments aside.
  };
  Kind What = Kind::Default;
  unsigned Index = 0;
  bool HasObject = false; ///< Call: the first child is the object...
  bool IsArrow = false;   ///< ...as in Member; said with `->`.
  std::string Text;       ///< Tokens; for Call and Member the plain name.
  std::vector<std::string> USRs;
  std::vector<ExprPattern> Children;
  /// What a callee has to be of (TypePatterns.cpp): the arguments of the class
  /// template that it is a member of,...
  std::vector<std::string> ClassArguments;
  /// ...its own, of those that the call spells,...
  std::vector<std::string> TemplateArguments;
  /// ...and the parameters whose types it deduces; "" for the others.
  std::vector<std::string> ParameterTypes;
  /// The class that the object has to be of, where the rule's inherits what is
  /// called; else "".
  std::string ObjectType;
};

/// How a function takes an argument, and what becomes of it.
struct Passing {
  bool Direct = false; ///< A metavariable, its address or pointee, is passed.
  bool ByReference = false; ///< By reference, pointer or view: no copy is made.
  bool IsPointer = false;   ///< By pointer or view.
  bool Mutable = false;     ///< The function can change it.
  bool MayKeep = false; ///< Something that outlives the call may refer to it.
  std::string Type;     ///< Of the object: canonical, unqualified.
  int Arithmetic = -1;  ///< clang::BuiltinType::Kind; -1 for other types.
  bool OfClass = false; ///< An object of a class, and not by pointer.
  bool Deduced = false; ///< Its type is that of what is passed.
  unsigned Times = 0;   ///< How often it is passed like that.
};

/// What an expression of class type gives.
struct ResultFacts {
  enum class Kind {
    None,       ///< No object of a class.
    NewObject,  ///< One of its own each time.
    SameObject, ///< A reference to one that is there.
  } What = Kind::None;
  std::string Class; ///< Qualified.
  bool CanCopy = false;
  bool CanMove = false;
  bool IsTrivial = false; ///< Nobody notices that it is copied.
  bool IsView = false;    ///< It refers to what something else owns.
  /// A number, an enumeration, or a pointer to such: its type, else "".
  std::string Scalar;
  bool IsPointer = false; ///< Of any kind.
};

/// A rewrite after Clang has checked and resolved it.
struct CompiledRewrite {
  std::string Name;
  std::string Class; ///< Qualified legacy class `before` constructs, or "".
  ExprPattern Before;
  unsigned Metavariables = 0; ///< Expressions first, then types.
  std::vector<std::string> MetavariableNames;
  /// `after` constructs the canonical class itself: its arguments replace the
  /// old ones and the type follows the type rule.
  bool ConstructsCanonical = false;
  NamedCall Constructor = {};    ///< The canonical one; no USRs: not known.
  bool AfterIsExplicit = false;  ///< The constructor chosen is `explicit`.
  bool AfterNeedsParens = false; ///< As an operand of an operator.
  /// How tightly the outermost binary operator of `after` binds (`bindingOf`);
  /// 0 when there is none.
  unsigned AfterBinding = 0;
  std::vector<AfterTemplate> AfterArguments;
  /// Parallel: `T()` or `T(x)`, which may read as a parameter.
  std::vector<bool> AfterIsTypeCall;
  AfterTemplate After;              ///< The whole expression.
  std::vector<unsigned> TimesUsed;  ///< By metavariable, in `after`.
  std::vector<Passing> TakenBefore; ///< By metavariable.
  std::vector<Passing> TakenAfter;  ///< By metavariable.
  ResultFacts BeforeResult;
  ResultFacts AfterResult;
  bool IsInlined = false;  ///< `after` is the body of the function in `before`.
  std::string ConvertedTo; ///< Arithmetic type that only `before` gives, or "".
  /// The canonical class has a constructor that takes an initialiser list, and
  /// `after` does not call it.
  bool CanonicalTakesList = false;
  DeclaredSafety Declared = DeclaredSafety::None;
  std::vector<std::string> NeedsHeaders; ///< What `after` has to see.
};

/// Names that a class derived from the legacy class, or the canonical class,
/// inherits.
struct ChangedMembers {
  std::set<std::string> New;  ///< From the canonical class only.
  std::set<std::string> Gone; ///< From the legacy class only, not renamed.
};

/// The ruleset, ready to match. Immutable; shared between threads.
struct CompiledRules {
  RuleSet Rules;
  std::vector<CompiledRewrite> Rewrites;
  /// Constructors of legacy classes that the canonical class offers with the
  /// same parameters: these calls need no rewrite. By USR, with those.
  std::map<std::string, NamedCall> UnchangedConstructors;
  /// Constructors and methods of legacy classes, by USR, that the canonical
  /// class has with the same parameters and other default arguments: the
  /// indices of these, from 0.
  std::map<std::string, std::vector<unsigned>> ChangedDefaults;
  /// Real path of the file that defines a legacy class with a header: another
  /// file may define one of the same name, for another program.
  std::map<std::string, std::string> DefinedIn;
  /// Real paths of the files that define legacy and canonical classes.
  std::set<std::string> DefiningFiles;
  /// What becomes of the names of members, by legacy class.
  std::map<std::string, ChangedMembers> Members;
  /// Legacy classes that are not a class any more (alias or gone).
  std::set<std::string> Retired;
  /// What the headers named in the rules include, by real path: the canonical
  /// ones may not be in any translation unit yet.
  llvm::StringMap<std::vector<std::string>> HeaderIncludes;
  std::string Digest;
};

/// What compileRules read, for telling whether it would say the same again.
using ReadFiles = std::vector<Dependency>;

/// Parses `before` and `after` of every rewrite in a synthetic translation
/// unit with the real headers, with the command of the job among \p Jobs that
/// finds the canonical headers. Fails with ErrorKind::Rules, Clang's own
/// message at the YAML line, when a rule does not type-check.
/// \p Read, unless null, gets the files on disk that this depends on.
llvm::Expected<CompiledRules> compileRules(const RuleSet &Rules,
                                           llvm::ArrayRef<TuJob> Jobs,
                                           ReadFiles *Read = nullptr);

/// Rules that are compiled when first asked for: a run that finds everything in
/// the cache never needs to. Shared between threads.
class RuleSource {
public:
  using Compile = std::function<llvm::Expected<CompiledRules>()>;
  /// Rules that are compiled already.
  explicit RuleSource(CompiledRules Rules);
  /// \p Later gives the rest of what \p Known, with Rules, HeaderIncludes and
  /// Digest, does not hold yet. It compiled before, from the same bytes.
  RuleSource(CompiledRules Known, Compile Later);
  ~RuleSource();
  RuleSource(RuleSource &&);
  RuleSource &operator=(RuleSource &&);

  const RuleSet &rules() const;
  /// As in CompiledRules.
  const llvm::StringMap<std::vector<std::string>> &headerIncludes() const;
  /// Changes whenever the compiled rules may.
  const std::string &digest() const;
  const CompiledRules &compiled() const;

private:
  struct State;
  std::unique_ptr<State> Held;
};

/// What Match may touch, asked with a real path.
using PathPredicate = llvm::function_ref<bool(llvm::StringRef)>;

/// Records include directives and macro uses while the preprocessor runs; give
/// it to the preprocessor before parsing and to `match` after.
class IncludeRecorder;
std::shared_ptr<IncludeRecorder>
recordIncludes(clang::Preprocessor &PP,
               const llvm::StringMap<std::string> &Healed);

/// Byte ranges of files, by real path; sorted.
using FileRanges = llvm::StringMap<std::vector<std::pair<unsigned, unsigned>>>;

struct MatchOptions {
  bool AllowUnsafe = false;
  bool CollectFacts = false; ///< For `check`.
  bool CollectNames = false; ///< FileFacts::Names, for the accounting.
  bool FollowNames = false;  ///< TuFindings::Follow.
  /// Where TuFindings::Chosen is wanted; may be null. Not owned.
  const FileRanges *AskedCalls = nullptr;
};

/// Finds every use in the traversal scope of \p Context, which is all of it
/// unless the front end narrowed it. \p InScope says which files may be edited;
/// uses elsewhere are reported as left. \p Includes may be null (then no
/// include facts are returned).
TuFindings match(clang::ASTContext &Context, const CompiledRules &Rules,
                 PathPredicate InScope, const IncludeRecorder *Includes,
                 const MatchOptions &Options);

} // namespace consolidate

#endif // CONSOLIDATE_MATCH_H
