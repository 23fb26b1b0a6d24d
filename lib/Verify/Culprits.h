//===- Culprits.h - Which edits have to go, by trying -----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_VERIFY_CULPRITS_H
#define CONSOLIDATE_LIB_VERIFY_CULPRITS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>
#include <vector>

namespace consolidate {

/// The fewest of \p Suspects without which nothing fails, as far as halving
/// them finds them: of k among n, it takes about 2 k log2(n / k) tries.
/// \p FailsWithout is asked at most \p MaxTries times, and known to be true of
/// none; where that is not enough, the fewest that were seen to help. Empty
/// when all together do not.
std::vector<std::string> findCulprits(
    llvm::ArrayRef<std::string> Suspects, unsigned MaxTries,
    llvm::function_ref<bool(llvm::ArrayRef<std::string>)> FailsWithout);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_VERIFY_CULPRITS_H
