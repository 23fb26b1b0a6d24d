//===- SwapRun.h - Replaces the bytes of many files, or none ----*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_OUTPUT_SWAPRUN_H
#define CONSOLIDATE_LIB_OUTPUT_SWAPRUN_H

#include "Disk.h"
#include "Journal.h"

#include <string>
#include <vector>

namespace consolidate {

/// One file on its way from Old to New.
struct Swap {
  std::string Path;     ///< Real absolute path.
  std::string Temp;     ///< Beside it; gets the new bytes.
  std::string BackTemp; ///< Beside it; gets the old bytes should it go wrong.
  std::string Old;      ///< What must be on disk when the swap happens.
  std::string New;
  unsigned Mode = 0; ///< Permission bits afterwards.
};

/// The states a journal goes through with a run.
struct SwapStates {
  JournalState During;
  JournalState Done;
  JournalState Back; ///< Every file has its old bytes again.
};

/// Swaps every file or none, and keeps \p J in step. On failure the files that
/// were swapped are swapped back, and J is set to States.Back; where even that
/// fails the error says so, and J stays as it is for `recoverJournal`.
/// Temporaries are gone afterwards.
///
/// Returns the difference between Old and the bytes read back from the disk.
llvm::Expected<DiffStat> runSwaps(llvm::ArrayRef<Swap> Swaps, Journal &J,
                                  SwapStates States, Disk &D);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_OUTPUT_SWAPRUN_H
