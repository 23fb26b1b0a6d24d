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

namespace consolidate {

/// Decides whether a file may be read for mentions and edited: under the root,
/// matched by `scope`, neither generated into a build directory nor ignored.
class Scope {
public:
  Scope(std::string Root, ScopeGlobs Globs,
        std::vector<std::string> BuildDirectories);
  /// \p RealPath: absolute, links resolved. Thread-safe.
  bool contains(llvm::StringRef RealPath) const;
  const std::string &root() const { return Root; }
  /// \p RealPath relative to the root with forward slashes; itself if outside.
  std::string relative(llvm::StringRef RealPath) const;

private:
  std::string Root;
  ScopeGlobs Globs;
  std::vector<std::string> BuildDirectories;
};

/// Every regular file under the scope's root that it contains and that reads as
/// C or C++ by its extension (.h .hh .hpp .hxx .h++ .inc .inl .ipp .tpp .c .cc
/// .cpp .cxx .c++ .cppm .cu .def ...), as sorted real paths.
std::vector<std::string> sourceFiles(const Scope &Scope);

/// Where in a file a mention stands, as the raw lexer tells.
enum class MentionKind { Code, String, Comment, IncludePath };

/// One textual mention of a legacy name or of a legacy include path.
struct Mention {
  unsigned Offset = 0; ///< Byte offset of the name.
  unsigned Length = 0;
  unsigned Line = 1;   ///< 1-based.
  MentionKind Kind = MentionKind::Code;
  std::string Word;    ///< The name as searched (unqualified, or the path).
};

/// One #include line, found lexically (also under an inactive #if).
struct LexicalInclude {
  std::string Spelled; ///< Path between the delimiters.
  bool Angled = false;
  unsigned Line = 1;
  std::vector<std::string> Resolved; ///< Real paths; more than one when the
                                     ///< commands' search paths differ.
};

struct SurveyedFile {
  std::string Path; ///< Real absolute path.
  std::vector<Mention> Mentions;
  std::vector<LexicalInclude> Includes;
  bool InScope = false;
};

/// Why a TU is parsed.
struct PlannedTu {
  TuJob Job;
  std::string Reason; ///< For `explain`: "mentions X at line 12", "includes Y".
};

/// The result of the survey.
struct ScanPlan {
  std::vector<PlannedTu> Tus; ///< To parse, in the order of the database.
  unsigned TotalTus = 0;      ///< All jobs of the database.
  llvm::StringMap<SurveyedFile> Files; ///< Every file read, by real path.
  /// In-scope files with a mention in code that no TU reaches.
  std::vector<std::string> UnreachedFiles;
  /// In-scope files that could not be read, with the reason.
  std::vector<std::pair<std::string, std::string>> UnreadableFiles;
};

/// Files read outside the scan's scope but inside the include graph are read
/// too (third-party headers inside the root), system headers are not.
/// Plans every TU whose main file or lexical include closure holds a mention.
/// When \p Paths is not empty only mentions in these files or below these
/// directories count.
llvm::Expected<ScanPlan> survey(const RuleSet &Rules,
                                llvm::ArrayRef<TuJob> Jobs, const Scope &Scope,
                                llvm::ArrayRef<std::string> Paths,
                                unsigned Threads);

/// Finds the mentions of \p Words (whole identifiers, or include paths) in one
/// text, told apart by the raw lexer.
std::vector<Mention> findMentions(llvm::StringRef Text,
                                  llvm::ArrayRef<std::string> Words);

/// The #include lines of one text, unresolved.
std::vector<LexicalInclude> findIncludes(llvm::StringRef Text);

/// The words a ruleset makes the survey look for: unqualified legacy names,
/// legacy header paths, wrapper names of `inline`, member renames excluded.
std::vector<std::string> surveyWords(const RuleSet &Rules);

} // namespace consolidate

#endif // CONSOLIDATE_SURVEY_H
