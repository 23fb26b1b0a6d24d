//===- AccountInternal.h - The flow inside Account --------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   ScanPlan, files that are not C++  -> mentions        (OtherFiles)
//   TuFindings, EditPlan              -> FileEvidence    (Evidence)
//   mention + FileEvidence            -> Bucket          (Account)
//   EditPlan                          -> inconsistencies (CrossCheck)
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_ACCOUNT_ACCOUNTINTERNAL_H
#define CONSOLIDATE_LIB_ACCOUNT_ACCOUNTINTERNAL_H

#include "consolidate/Account.h"

#include <map>
#include <memory>

namespace consolidate {

// --- OtherFiles.cpp ----------------------------------------------------------

/// A file the survey does not read, with its mentions by plain word search.
struct OtherFile {
  std::string Path;
  std::vector<Mention> Mentions;
  bool InScope = false;
};
/// Only files with mentions, sorted by path.
std::vector<OtherFile> otherFiles(const AccountInputs &Inputs,
                                  llvm::ArrayRef<std::string> Words);

// --- Evidence.cpp ------------------------------------------------------------

/// The text of a legacy definition that is applied as gone.
struct GoneText {
  unsigned Begin = 0;
  unsigned End = 0;
  std::string Class;
};

/// What became of one finding.
struct Verdict {
  MessageId Own = MessageId::None;   ///< Why the finding itself is left.
  MessageId Cause = MessageId::None; ///< Why what it goes together with is.
  std::string Left;                  ///< Empty: it is applied.
};

/// All that is known about one file.
struct FileEvidence {
  std::vector<size_t> Findings; ///< Indices; by offset.
  std::vector<GoneText> Gone;
  llvm::ArrayRef<Edit> Edits; ///< Of all passes, against the file as it is.
  std::map<unsigned, NameNote> Names;
  std::vector<size_t> Tus; ///< That parsed and read it.
};

class Evidence {
public:
  explicit Evidence(const AccountInputs &Inputs);

  const FileEvidence &of(llvm::StringRef Path) const;
  /// Findings whose range holds byte \p Offset.
  std::vector<size_t> findingsAt(const FileEvidence &File,
                                 unsigned Offset) const;
  /// The edit that replaces byte \p Offset, or null.
  static const Edit *editAt(const FileEvidence &File, unsigned Offset);
  /// The class with whose definition byte \p Offset goes away, or "".
  static llvm::StringRef goesAwayWith(const FileEvidence &File,
                                      unsigned Offset);
  const Verdict &verdict(size_t Finding) const { return Verdicts[Finding]; }
  /// The range that every translation unit of \p File skips, or null.
  const SkippedRange *skippedAt(llvm::StringRef Path, const FileEvidence &File,
                                unsigned Offset) const;
  /// What is wrong with a translation unit that should have read \p Path; ""
  /// when nothing is.
  std::string troubleOf(llvm::StringRef Path, const FileEvidence &File) const;
  /// True when \p Offset stands in a macro definition.
  bool isInMacroBody(llvm::StringRef Path, unsigned Offset) const;
  /// The file as it is before the change.
  llvm::StringRef textOf(llvm::StringRef Path) const;

private:
  const AccountInputs &Inputs;
  llvm::StringMap<FileEvidence> Files;
  std::vector<Verdict> Verdicts; ///< Parallel to EditPlan::Findings.
  std::vector<unsigned> TuOfJob; ///< Job index -> index in Tus, or ~0u.
  mutable llvm::StringMap<std::unique_ptr<std::string>> Texts;

  void judgeClusters();
};

// --- UnusedSuppressions.cpp ------------------------------------------------

/// Sorted by place; empty unless the run saw everything.
std::vector<UnusedSuppression> unusedSuppressions(const AccountInputs &Inputs,
                                                  const Evidence &Known);

// --- CrossCheck.cpp ----------------------------------------------------------

/// Counts the words in the bytes before and after, and compares with what the
/// edits say. Each line is a contradiction.
std::vector<std::string> crossCheck(const AccountInputs &Inputs,
                                    llvm::ArrayRef<std::string> Words,
                                    const Accounting &Result);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_ACCOUNT_ACCOUNTINTERNAL_H
