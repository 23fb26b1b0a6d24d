//===- Trials.h - A TU with some of the change left out ---------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_VERIFY_TRIALS_H
#define CONSOLIDATE_LIB_VERIFY_TRIALS_H

#include "Choices.h"
#include "Overloads.h"

#include "consolidate/Verify.h"

#include <optional>

namespace consolidate {

/// The changed files a TU reads, as one number: by path and new bytes.
using ContentHash = uint64_t;

/// A TU to parse again.
struct Unit {
  const TuJob *Job = nullptr;
  std::set<std::string> Files; ///< What it reads, as far as is known.
  /// Errors that were there before; all of them once ErrorsComplete.
  std::vector<CompileError> Errors;
  bool ErrorsComplete = false;
  bool Scanned = false;
  /// The contents under which it was last found without new errors.
  std::optional<ContentHash> Clean;
};

/// What a TU has only with the change: an error, or a use that is left and
/// calls something else.
struct Problem {
  CompileError Place; ///< In the changed text; its message tells two apart.
  Reason Why;
  bool isError() const { return Why.Id == MessageId::WouldNotCompile; }
};

/// Problems of \p After that \p Before did not have, by file and message.
std::vector<Problem> newProblems(llvm::ArrayRef<Problem> Before,
                                 llvm::ArrayRef<Problem> After);

/// A TU as it is with some clusters left out.
struct Trial {
  EditPlan Plan;
  std::vector<Problem> Problems;
};

/// Plans without some clusters, and parses a TU over what they make.
class Trials {
public:
  explicit Trials(const VerifyInputs &Inputs);

  llvm::Expected<EditPlan> planWithout(const DroppedClusters &Dropped) const;

  /// Files as an earlier pass and \p Plan make them.
  llvm::StringMap<std::string> changedTexts(const EditPlan &Plan) const;

  TuFindings parse(const Unit &Tu, const llvm::StringMap<std::string> &Texts,
                   const OverloadCheck &Overloads) const;

  /// What is wrong in \p Tu now, as \p Now found it, and was not before. Only
  /// when something seems to be is it worth a parse to know all that was.
  std::vector<Problem> problemsOf(Unit &Tu, const TuFindings &Now,
                                  const OverloadCheck &Overloads);

  /// True when \p Now has errors that \p Tu is not known to have had.
  bool seemsWrong(const Unit &Tu, const TuFindings &Now) const;

  /// \p Tu without \p Dropped; nothing where no plan can be made, or Clang
  /// crashes.
  std::optional<Trial> tryWithout(const DroppedClusters &Dropped, Unit &Tu);

  unsigned Parsed = 0; ///< By problemsOf and tryWithout.

private:
  const VerifyInputs &Inputs;
  ChoiceCheck Choices;
  std::vector<UnreadName> Unread;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_TRIALS_H
