//===- Recover.h - After a run was killed -----------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_OUTPUT_RECOVER_H
#define CONSOLIDATE_LIB_OUTPUT_RECOVER_H

#include "Journal.h"

namespace consolidate {

/// recoverJournal for a caller that holds the lock. \p Root is real.
llvm::Expected<bool> recoverLocked(llvm::StringRef Root, Disk &D);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_OUTPUT_RECOVER_H
