//===- Comments.h - The comments in a piece of code -------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_COMMENTS_H
#define CONSOLIDATE_LIB_MATCH_COMMENTS_H

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/ArrayRef.h"

#include <utility>
#include <vector>

namespace consolidate {

/// Byte offsets of the comments in [Begin, End) of \p File, in order.
std::vector<std::pair<unsigned, unsigned>>
commentsIn(const clang::SourceManager &SM, const clang::LangOptions &LangOpts,
           clang::FileID File, unsigned Begin, unsigned End);

/// Of the comments of a file's text \p Buffer, which is replaced from \p Begin
/// to \p End: true when number \p I stands in a name or behind it, as the first
/// two of `a::/* which */Old /* made */ (/* other */ 1)` do.
bool standsInName(llvm::ArrayRef<std::pair<unsigned, unsigned>> Comments,
                  size_t I, llvm::StringRef Buffer, unsigned Begin,
                  unsigned End);

/// True when what is written behind \p Code would belong to its comment.
bool endsInLineComment(llvm::StringRef Code);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_COMMENTS_H
