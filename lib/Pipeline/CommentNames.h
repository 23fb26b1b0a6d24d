//===- CommentNames.h - A class that is named in a comment ------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_PIPELINE_COMMENTNAMES_H
#define CONSOLIDATE_LIB_PIPELINE_COMMENTNAMES_H

#include "consolidate/Rules.h"
#include "consolidate/Survey.h"

namespace consolidate {

/// A class whose comments follow, and what it becomes.
struct CommentTarget {
  const LegacyClass *Legacy = nullptr;
  llvm::StringRef Into;   ///< As the rules write it.
  llvm::StringRef Header; ///< Of the canonical class.
};

/// What becomes of one mention. With neither Text nor Left it is spelled the
/// same afterwards.
struct CommentName {
  unsigned Begin = 0; ///< Byte offsets of what is replaced: the name, what
  unsigned End = 0;   ///< qualifies it, and a renamed member behind it.
  std::string Text;
  std::string Left; ///< Why it cannot be told, or is no class.
  const CommentTarget *Target = nullptr; ///< Null when it is left.
};

/// Reads the mention \p M in the comment of \p Text as a person would: a name,
/// qualified or not, that may be any of \p Targets. Text alone decides.
CommentName readCommentName(llvm::StringRef Text, const Mention &M,
                            llvm::ArrayRef<CommentTarget> Targets);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_PIPELINE_COMMENTNAMES_H
