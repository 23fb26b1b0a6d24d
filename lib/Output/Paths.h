//===- Paths.h - Where a file lies below the root ---------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_OUTPUT_PATHS_H
#define CONSOLIDATE_LIB_OUTPUT_PATHS_H

#include "llvm/ADT/StringRef.h"

namespace consolidate {

/// \p Path without \p Root and the slash; \p Path itself when it lies
/// elsewhere. Both absolute and real.
inline llvm::StringRef relativeTo(llvm::StringRef Path, llvm::StringRef Root) {
  llvm::StringRef Rest = Path;
  Root = Root.rtrim('/');
  if (!Rest.consume_front(Root) || !Rest.consume_front("/"))
    return Path;
  return Rest;
}

/// True when \p Path lies below \p Root. Both absolute and real.
inline bool isInside(llvm::StringRef Path, llvm::StringRef Root) {
  return relativeTo(Path, Root).size() != Path.size();
}

} // namespace consolidate

#endif // CONSOLIDATE_LIB_OUTPUT_PATHS_H
