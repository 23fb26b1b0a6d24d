//===- Isolation.cpp - Parallel work that survives a crash ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Scan.h"

#include "llvm/Support/CrashRecoveryContext.h"

#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

using namespace llvm;

namespace consolidate {

/// Clang recurses over expressions; the driver runs cc1 with 8 MiB as well.
static constexpr unsigned StackBytes = 8u << 20;
static constexpr unsigned SignalStackBytes = 64u << 10;

/// A stack that overflowed has no room left for the handler of the signal.
/// LLVM prepares that for its main thread only.
static void handleOnOtherStack() {
  for (int Signal : {SIGSEGV, SIGBUS}) {
    struct sigaction Action;
    sigaction(Signal, nullptr, &Action);
    Action.sa_flags |= SA_ONSTACK;
    sigaction(Signal, &Action, nullptr);
  }
}

/// Gives the thread that runs \p Stack for its signals.
static void useSignalStack(std::vector<char> &Stack) {
  stack_t Now = {};
  Now.ss_sp = Stack.data();
  Now.ss_size = Stack.size();
  sigaltstack(&Now, nullptr);
}

void forEachIsolated(unsigned Count, unsigned Threads,
                     function_ref<void(unsigned)> Work,
                     function_ref<void(unsigned)> Crashed,
                     const ProgressFn &Progress) {
  CrashRecoveryContext::Enable();
  handleOnOtherStack();
  std::atomic<unsigned> Next = 0;
  unsigned Done = 0;
  std::mutex Serial;
  auto Worker = [&] {
    std::vector<char> SignalStack(SignalStackBytes);
    for (unsigned I = Next++; I < Count; I = Next++) {
      CrashRecoveryContext Context;
      bool Survived = Context.RunSafelyOnThread(
          [&] {
            useSignalStack(SignalStack);
            Work(I);
          },
          StackBytes);
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
