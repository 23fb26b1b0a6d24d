//===- Order.cpp - Which TU is parsed first -------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Order.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace consolidate {

void sortLongestFirst(std::vector<unsigned> &Which, ArrayRef<PlannedTu> Tus) {
  DenseMap<unsigned, uint64_t> Size;
  for (unsigned I : Which)
    if (uint64_t Bytes = 0; !sys::fs::file_size(Tus[I].Job.File, Bytes))
      Size[I] = Bytes;
  stable_sort(Which, [&](unsigned A, unsigned B) {
    return Size.lookup(A) > Size.lookup(B);
  });
}

} // namespace consolidate
