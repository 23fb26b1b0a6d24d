//===- Isolation.cpp - Parallel work that survives a crash ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Scan.h"

#include "llvm/Support/CrashRecoveryContext.h"

#include <atomic>
#include <mutex>
#include <thread>

using namespace llvm;

namespace consolidate {

/// Clang recurses over expressions; the driver runs cc1 with 8 MiB as well.
static constexpr unsigned StackBytes = 8u << 20;

void forEachIsolated(unsigned Count, unsigned Threads,
                     function_ref<void(unsigned)> Work,
                     function_ref<void(unsigned)> Crashed,
                     const ProgressFn &Progress) {
  CrashRecoveryContext::Enable();
  std::atomic<unsigned> Next = 0;
  unsigned Done = 0;
  std::mutex Serial;
  auto Worker = [&] {
    for (unsigned I = Next++; I < Count; I = Next++) {
      CrashRecoveryContext Context;
      bool Survived = Context.RunSafelyOnThread([&] { Work(I); }, StackBytes);
      std::lock_guard<std::mutex> Lock(Serial);
      if (!Survived)
        Crashed(I);
      ++Done;
      if (Progress)
        Progress(Done, Count);
    }
  };
  std::vector<std::thread> Workers;
  for (unsigned I = 1; I < std::min(Threads, Count); ++I)
    Workers.emplace_back(Worker);
  Worker();
  for (std::thread &Thread : Workers)
    Thread.join();
}

} // namespace consolidate
