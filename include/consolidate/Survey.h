//===- Survey.h - Step 3: which files matter, without parsing ---*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// RuleSet + jobs + file bytes -> ScanPlan. Raw bytes and the raw lexer only:
// nothing is preprocessed or parsed here.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_SURVEY_H
#define CONSOLIDATE_SURVEY_H

#include "consolidate/Database.h"
#include "consolidate/Rules.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace clang {
class LangOptions;
} // namespace clang

namespace consolidate {

/// How a file that nobody compiles is taken apart: as the newest C++.
const clang::LangOptions &rawLexerOptions();

/// Decides whether a file may be read for mentions and edited: under the root,
/// matched by `scope`, neither generated into a build directory nor in .git. A
/// build directory that holds the root (an in-source build) excludes nothing.
class Scope {
public:
  Scope(std::string Root, ScopeGlobs Globs,
        std::vector<std::string> BuildDirectories);
  /// \p RealPath: absolute, links resolved. Thread-safe.
  bool contains(llvm::StringRef RealPath) const;
  /// True when nothing below \p RealDirectory can be contained, so that it need
  /// not be listed; false when in doubt.
  bool excludesDirectory(llvm::StringRef RealDirectory) const;
  const std::string &root() const { return Root; }
  /// Everything that decides what is contained, in one string.
  std::string digest() const;
  /// \p RealPath relative to the root with forward slashes; itself if outside.
  std::string relative(llvm::StringRef RealPath) const;

private:
  std::string Root;
  ScopeGlobs Globs;
  std::vector<std::string> BuildDirectories;
};

/// Every regular file under the scope's root that it contains and that reads as
/// C or C++ by its extension (.h .hh .hpp .hxx .h++ .inc .inl .ipp .tpp .c .cc
/// .cpp .cxx .c++ .cppm .cu .def ...), as sorted real paths. Directories with a
/// CMakeCache.txt below the root are build directories too, and left out.
std::vector<std::string> sourceFiles(const Scope &Scope);

/// Where in a file a mention stands, as the raw lexer tells.
enum class MentionKind { Code, String, Comment, IncludePath };

/// One textual mention of a legacy name or of a legacy include path.
///
/// Code under an inactive #if is Code: what is active is for the scan to tell.
/// An #include line that brings a legacy path is one IncludePath mention of
/// that path; a legacy *name* that is merely part of some path is an
/// IncludePath mention of the name and plans nothing. The text of #error and
/// #warning is String.
struct Mention {
  unsigned Offset = 0; ///< Byte offset of the name, or of the spelled path.
  unsigned Length = 0; ///< In bytes, line continuations in it included.
  unsigned Line = 1;   ///< 1-based.
  MentionKind Kind = MentionKind::Code;
  std::string Word; ///< The name as searched (unqualified, or the path).
  /// `class X`, `friend struct a::X`: an alias cannot be named so.
  bool Elaborated = false;

  bool operator==(const Mention &) const = default;
};

/// One #include, #include_next or #import line, found lexically (also under an
/// inactive #if).
struct LexicalInclude {
  std::string
      Spelled; ///< Path between the delimiters; "" for `#include MACRO`.
  bool Angled = false;
  bool Next = false;   ///< #include_next.
  unsigned Offset = 0; ///< Byte offset of Spelled, behind the delimiter.
  unsigned Line = 1;
  std::vector<std::string> Resolved; ///< Real paths; more than one when the
                                     ///< commands' search paths differ.
};

struct SurveyedFile {
  std::string Path; ///< Real absolute path.
  std::vector<Mention> Mentions;
  std::vector<LexicalInclude> Includes;
  /// The jobs that reach it lexically: ascending indices into those given to
  /// survey().
  std::vector<unsigned> ReachedBy;
  bool InScope = false;
};

/// Why a TU is parsed.
struct PlannedTu {
  TuJob Job;
  unsigned JobIndex = 0; ///< In the jobs given to survey().
  std::string Reason; ///< For `explain`: "mentions X at line 12", "includes Y".
};

/// The result of the survey.
struct ScanPlan {
  /// Every TU that reaches a mention, in the order of the database. A few of
  /// them cover all files (Cover.h); a scan leaves here what it parsed.
  std::vector<PlannedTu> Tus;
  unsigned TotalTus = 0;               ///< All jobs of the database.
  unsigned SeeMention = 0;             ///< Of them, those that reach a mention.
  llvm::StringMap<SurveyedFile> Files; ///< Every file read, by real path.
  /// In-scope files with a mention in code that no TU reaches.
  std::vector<std::string> UnreachedFiles;
  /// In-scope files, and main files anywhere, that could not be read, with the
  /// reason.
  std::vector<std::pair<std::string, std::string>> UnreadableFiles;
  /// For each in-scope file with a mention that counts, by real path: the jobs
  /// (ascending indices into those given to survey()) that reach it.
  llvm::StringMap<std::vector<unsigned>> TusReaching;
};

/// Files outside the scan's scope but inside the include graph are read too
/// (third-party headers, generated ones); system headers (below an -isystem
/// directory or /usr, and not below the root) are not.
/// Plans every TU whose main file or lexical include closure holds an in-scope
/// mention in code, or of a legacy include path. When \p Paths (made absolute
/// against the working directory) is not empty only mentions in these files or
/// below these directories count.
/// Uses \p Threads threads to read; 0 means one per core.
llvm::Expected<ScanPlan> survey(const RuleSet &Rules,
                                llvm::ArrayRef<TuJob> Jobs, const Scope &Scope,
                                llvm::ArrayRef<std::string> Paths,
                                unsigned Threads);

/// Shortest chain of includes from \p From to \p To (real paths), both
/// included, under any search path; empty when there is none.
std::vector<std::string> includeChain(const ScanPlan &Plan,
                                      llvm::StringRef From, llvm::StringRef To);

/// Finds the mentions of \p Words in one text, told apart by the raw lexer. A
/// word that is an identifier is a name and matches whole identifiers; any
/// other is an include path (`<` and `>` around it are ignored) and matches an
/// #include of that path or of one that ends in `/` and that path, and its
/// whole text in strings and comments.
std::vector<Mention> findMentions(llvm::StringRef Text,
                                  llvm::ArrayRef<std::string> Words);

/// Finds the mentions of \p Words in a text that is not C++: whole words, and
/// paths in their whole. All are MentionKind::String.
std::vector<Mention> findWords(llvm::StringRef Text,
                               llvm::ArrayRef<std::string> Words);

/// The macro whose body holds byte \p Offset of \p Text, or "".
llvm::StringRef macroAround(llvm::StringRef Text, unsigned Offset);

/// The #include lines of one text, unresolved.
std::vector<LexicalInclude> findIncludes(llvm::StringRef Text);

/// The words a ruleset makes the survey look for, sorted: unqualified legacy
/// names, legacy header paths (not a class's standard header: `<memory>` says
/// nothing about auto_ptr), the paths of `includes`, wrapper names of `inline`,
/// and the function that the `before` of any other rewrite calls. Member
/// renames are not words: a member is reached through its class.
std::vector<std::string> surveyWords(const RuleSet &Rules);

} // namespace consolidate

#endif // CONSOLIDATE_SURVEY_H
