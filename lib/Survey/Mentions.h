//===- Mentions.h - Finds legacy names and paths in one file ----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_SURVEY_MENTIONS_H
#define CONSOLIDATE_LIB_SURVEY_MENTIONS_H

#include "HeaderMacros.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <array>
#include <cstdint>

namespace consolidate {

struct Piece;

/// What one pass over a file finds.
struct FileFindings {
  std::vector<Mention> Mentions;
  std::vector<LexicalInclude> Includes;
  std::vector<HeaderMacro> Macros;
  /// The includes of a macro: index in Includes, and the macro.
  std::vector<std::pair<size_t, std::string>> MacroIncludes;
};

/// The words, prepared for searching many files. Immutable, so thread-safe.
class MentionFinder {
public:
  explicit MentionFinder(llvm::ArrayRef<std::string> Words);

  /// \p Text must be followed by a null byte.
  FileFindings find(llvm::StringRef Text) const;
  /// The mentions in a text that is not C++.
  std::vector<Mention> findPlain(llvm::StringRef Text) const;

  /// The longest path word that \p Path equals or ends with behind a `/`;
  /// nullptr when none.
  const std::string *pathWordAtEnd(llvm::StringRef Path) const;

  static bool isName(llvm::StringRef Word);

private:
  struct PathWord {
    std::string Path; ///< Without delimiters.
    std::string Word; ///< As given.
    unsigned KeyAt;   ///< Offset in Path of its longest identifier.
  };

  bool mayMention(llvm::StringRef Text) const;
  bool mayBeKey(llvm::StringRef Identifier) const;
  /// The path word that has \p Key at \p KeyOffset of \p Text; the longest.
  const PathWord *pathAround(llvm::StringRef Text, unsigned KeyOffset,
                             llvm::StringRef Key) const;
  void findInText(llvm::StringRef Text, const Piece &P, MentionKind Kind,
                  std::vector<Mention> &Mentions) const;
  void findInIdentifier(llvm::StringRef Text, const Piece &P,
                        std::vector<Mention> &Mentions) const;
  void findInInclude(llvm::StringRef Text, const Piece &P,
                     std::vector<Mention> &Mentions) const;
  void findInPiece(llvm::StringRef Text, const Piece &P,
                   std::vector<Mention> &Mentions) const;

  llvm::StringSet<> Names;
  std::vector<PathWord> Paths; ///< Longest first.
  /// Longest identifier in a path -> indices into Paths.
  llvm::StringMap<llvm::SmallVector<unsigned, 1>> PathKeys;
  /// Per first byte of a name or key, the set of their lengths; most
  /// identifiers are told apart by this alone.
  std::array<uint64_t, 256> Lengths = {};
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_SURVEY_MENTIONS_H
