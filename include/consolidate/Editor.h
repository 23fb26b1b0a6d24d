//===- Editor.h - The findings of one open file -----------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Between Match and the shells that show one file while it is typed: clangd
// (through the clang-tidy checks) and the language server.
//
//   openForEditing   options              -> EditorProject
//   jobFor           project, path        -> the command to parse it with
//   PreambleFacts    command, text        -> what a preamble hides
//   planOpenFile     findings, facts      -> EditPlan
//   OpenFile         all of these, with a preamble of its own -> OpenFilePlan
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_EDITOR_H
#define CONSOLIDATE_EDITOR_H

#include "consolidate/Frontend.h"
#include "consolidate/Pipeline.h"

#include <memory>
#include <mutex>

namespace consolidate {

/// A project with its rules compiled. Immutable; shared between threads, but
/// for Code.ResolveHeader: use `planOpenFile`, which takes turns.
struct EditorProject {
  Project Code;
  CompiledRules Rules;
  std::string Stamp; ///< Rules file and databases, with their times.
};

/// Loads a project and compiles its rules. Fails as loadProject and
/// compileRules do.
llvm::Expected<std::shared_ptr<const EditorProject>>
openForEditing(const ProjectOptions &Options);

/// False when the rules file or a database is not what it was when \p Project
/// was opened, or another rules file is found now.
bool isUpToDate(const EditorProject &Project);

/// The command for \p Path (real): its own, else that of the file whose name
/// comes nearest, made fit for a header. Its only input is \p Path.
std::optional<TuJob> jobFor(const Project &Project, llvm::StringRef Path);

/// Scans \p Text as the main file of \p Job from its first byte, as the command
/// line does.
TuFindings scanText(const EditorProject &Project, const TuJob &Job,
                    llvm::StringRef Text);

/// A preamble hides what headers include and hold. Which edits a file gets
/// depends on both, so it is scanned whole once for each preamble. Thread-safe.
class PreambleFacts {
public:
  /// What the scan of \p Text tells of headers and of its preamble; nothing of
  /// what stands behind that.
  std::shared_ptr<const TuFindings> of(const EditorProject &Project,
                                       const TuJob &Job, llvm::StringRef Text);

private:
  struct Entry {
    std::string Key; ///< Preamble, command, project.
    std::vector<std::pair<std::string, unsigned long long>> Times;
    std::shared_ptr<const TuFindings> Facts;
  };
  std::mutex Guard;
  std::map<std::string, Entry> ByFile;
};

/// True when an include among \p Facts only resolves because a rule says what
/// became of it: a parser that does not know the rules reads on without that
/// file.
bool needsHealing(const TuFindings &Facts, const RuleSet &Rules);

/// Joins what was found behind the preamble with what the preamble tells, and
/// plans the edits of that file. \p Facts may be null: \p Live is all there is.
llvm::Expected<EditPlan> planOpenFile(const EditorProject &Project,
                                      TuFindings Live, const TuFindings *Facts,
                                      llvm::StringRef Text);

/// What is known about one state of one file.
struct OpenFilePlan {
  EditPlan Plan;
  /// Ranges that were not compiled, behind an `#if`.
  std::vector<SkippedRange> Skipped;
  /// It parses without errors, and no other command compiles it: what is not
  /// found in it is not there. Never of a header.
  bool SeenWhole = false;
};

/// One file in an editor, analysed again after each change. Not thread-safe.
class OpenFile {
public:
  explicit OpenFile(std::string RealPath) : Path(std::move(RealPath)) {}

  /// Plans for \p Text; \p Others are further unsaved files by real path.
  llvm::Expected<OpenFilePlan> analyse(const EditorProject &Project,
                                       llvm::StringRef Text,
                                       const Overlay &Others);

private:
  std::string Path;
  Reparser Parser;
  PreambleFacts Facts;
};

} // namespace consolidate

#endif // CONSOLIDATE_EDITOR_H
