//===- Rules.h - Step 1: the rules file as a plain value --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// .clang-consolidate.yaml -> RuleSet. Validated as text here; the C++ in
// `before` and `after` is compiled later, against the real headers, by Match.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_RULES_H
#define CONSOLIDATE_RULES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <optional>
#include <string>
#include <vector>

namespace consolidate {

/// A place in the rules file, for messages.
struct RuleLocation {
  unsigned Line = 0;   ///< 1-based; 0 when the rule did not come from text.
  unsigned Column = 0; ///< 1-based, in bytes.
};

/// What becomes of the legacy class definition itself.
enum class DefinitionPolicy { Keep, Alias, Delete };

/// `members: {old: new}`.
struct MemberRename {
  std::string From;
  std::string To;
};

/// One entry under `from`.
struct LegacyClass {
  std::string Name; ///< Qualified name without leading `::`, without `<...>`.
  std::vector<std::string> TemplateParameters; ///< `T` of `base::array<T>`.
  std::string Header; ///< As it is written in an #include; may be "<memory>".
  DefinitionPolicy Definition = DefinitionPolicy::Keep;
  std::vector<MemberRename> Members;
  bool Comments = false; ///< Comments that name it are edited, too.
  RuleLocation Location;
};

/// One entry under `consolidate`: the canonical class and what it replaces.
struct Consolidation {
  std::string Into;   ///< As written, without leading `::`; may be `u<T[]>`.
  std::string Header; ///< Canonical header as spelled; may be "<memory>".
  std::vector<LegacyClass> From;
  RuleLocation Location;
  /// The type that `into` stands for where it is an alias, with all namespaces:
  /// `std::basic_string<char>` for `std::string`. compileRules finds it.
  std::string AliasedType;

  /// The qualified name of the canonical class, without `<...>`.
  llvm::StringRef intoName() const {
    return llvm::StringRef(Into).split('<').first.rtrim();
  }
  /// The same, not of an alias but of the class behind it.
  llvm::StringRef className() const {
    return AliasedType.empty() ? intoName()
                               : llvm::StringRef(AliasedType).split('<').first;
  }
  /// As it stands in the text of a type: std::basic_string<char>.
  llvm::StringRef typeText() const {
    return AliasedType.empty() ? intoName() : llvm::StringRef(AliasedType);
  }
};

/// One entry under `includes`. An empty `To` drops the include.
struct IncludeRule {
  std::string From;
  std::vector<std::string> To;
  RuleLocation Location;
};

/// What the author of a rewrite says about it.
enum class DeclaredSafety {
  None,
  Safe,   ///< Lifetimes, copies and ranges of values are known to be fine.
  Unsafe, ///< Never without `--unsafe`.
};

/// One entry under `rewrites`.
struct RewriteRule {
  std::string Name;
  std::vector<std::string> Given; ///< Declarations, as written.
  std::string Before;
  std::string After;
  std::string Inline;               ///< Qualified name of a wrapper, or empty.
  std::vector<std::string> Headers; ///< Extra headers the expressions need.
  DeclaredSafety Declared = DeclaredSafety::None;
  RuleLocation Location; ///< Of the entry.
  RuleLocation BeforeLocation;
  RuleLocation AfterLocation;
  std::vector<RuleLocation> GivenLocations; ///< Parallel to Given.
};

/// What a limit counts.
enum class CountKind {
  Classes,        ///< class definitions whose name matches
  Factories,      ///< functions that return a class of the consolidation
  LegacyUses,     ///< spelled references to and constructions of legacy classes
  Constructions,  ///< constructions of a legacy class
  BrokenIncludes, ///< #include directives whose file does not exist
  Couplings,      ///< functions that use two kinds of class together
};

enum class Severity { Info, Error };

/// One entry under `limits`.
struct Limit {
  std::string Name;
  CountKind Count = CountKind::LegacyUses;
  /// POSIX extended regex that the whole unqualified name must match; "" = all.
  std::string Matching;
  std::string Except;               ///< Regex taken out of Matching; "" = none.
  std::string Producing;            ///< For Factories: canonical class.
  std::vector<std::string> Between; ///< For Couplings: two regexes; `engines`
                                    ///< stands for every class of the file.
  std::vector<std::string> Paths;   ///< Globs; empty = everywhere in scope.
  std::optional<unsigned> Max;      ///< No Max: informational.
  Severity Level = Severity::Error; ///< Info where there is no Max.
  RuleLocation Location;
};

/// One entry under `tests`: what the rules make of one source file.
struct RuleTestCase {
  std::string Name;
  /// Further files, by relative path. Those of an entry without `before` are
  /// there for every case.
  std::vector<std::pair<std::string, std::string>> Files;
  std::string Before; ///< main.cpp, with comments that say what is expected.
  std::string After;  ///< Equal to Before without them when there is no key.
  bool HasAfter = false;
  std::vector<std::string> Left; ///< Texts that reasons must hold.
  RuleLocation Location;
  RuleLocation BeforeLocation; ///< Of the key.
  RuleLocation AfterLocation;  ///< Of the key; line 0 when there is none.

  bool isShared() const { return Before.empty(); }
};

/// Which files may be read for mentions and written to.
struct ScopeGlobs {
  std::vector<std::string> Include = {"**"};
  std::vector<std::string> Exclude;
};

/// The whole rules file. A plain value: copy it, share it between threads.
struct RuleSet {
  std::string Origin; ///< Path of the file, or `builtin:NAME`; for messages.
  std::string Text;   ///< As read, without a byte order mark; for messages.
  std::string Digest; ///< Hex hash of the text; changes when the rules do.
  std::vector<Consolidation> Consolidate;
  std::vector<IncludeRule> Includes;
  std::vector<RewriteRule> Rewrites;
  std::vector<Limit> Limits;
  std::vector<RuleTestCase> Tests;
  ScopeGlobs Scope;
};

/// Parses and validates rules text. Fails with ErrorKind::Rules; the message
/// holds every error found, each as `file:line:col: error: ...`, the source
/// line, a caret, and a hint.
llvm::Expected<RuleSet> parseRules(llvm::MemoryBufferRef Text);

/// An ErrorKind::Rules error about the rule at \p Place, found after parsing
/// (when its C++ is compiled), in the shape of those of parseRules. A place of
/// line 0 gives `file: error: ...` without source line.
llvm::Error ruleError(const RuleSet &Rules, RuleLocation Place,
                      const llvm::Twine &What, const llvm::Twine &Hint);

/// Reads and parses the file at \p Path. Fails with ErrorKind::FileSystem when
/// it cannot be read.
llvm::Expected<RuleSet> loadRules(llvm::StringRef Path);

/// The ruleset shipped in the tool under \p Name (`execution-engine`).
llvm::Expected<RuleSet> builtinRules(llvm::StringRef Name);

/// The text of a built-in ruleset, or an empty string.
llvm::StringRef builtinRulesText(llvm::StringRef Name);
std::vector<llvm::StringRef> builtinRulesNames();

/// The rules file found upward from \p Directory, or std::nullopt.
std::optional<std::string> discoverRules(llvm::StringRef Directory);

/// Name of the rules file that discoverRules looks for.
inline constexpr llvm::StringLiteral RulesFileName = ".clang-consolidate.yaml";

/// The part of a qualified name after the last `::` outside `<...>`.
llvm::StringRef unqualifiedName(llvm::StringRef QualifiedName);
/// The part before it, without the `::`; empty for a global name.
llvm::StringRef enclosingScope(llvm::StringRef QualifiedName);

} // namespace consolidate

#endif // CONSOLIDATE_RULES_H
