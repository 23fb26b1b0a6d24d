//===- PathGraph.h - Which file reaches which ------------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_PLAN_PATHGRAPH_H
#define CONSOLIDATE_LIB_PLAN_PATHGRAPH_H

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <set>
#include <string>
#include <vector>

namespace consolidate {

/// An include graph. Paths are numbered: each file is asked for what it
/// reaches, over graphs of thousands, time and again.
class PathGraph {
public:
  using Edges = std::vector<llvm::SmallVector<unsigned, 8>>; ///< By number.

  explicit PathGraph(const llvm::StringMap<std::set<std::string>> &Paths) {
    for (const auto &[From, Targets] : Paths) {
      unsigned Source = number(From);
      for (const std::string &To : Targets) {
        unsigned Target = number(To);
        Now[Source].push_back(Target);
      }
    }
  }

  unsigned number(llvm::StringRef Path) {
    auto [It, New] = Numbers.try_emplace(Path, unsigned(Now.size()));
    if (New)
      Now.emplace_back();
    return It->second;
  }

  const Edges &edges() const { return Now; }

  /// Every file that \p From reaches in \p Among, itself included.
  llvm::BitVector reachable(const Edges &Among, unsigned From) const {
    llvm::BitVector Seen(unsigned(Now.size()));
    llvm::SmallVector<unsigned, 64> Work = {From};
    Seen.set(From);
    while (!Work.empty()) {
      unsigned Next = Work.pop_back_val();
      if (Next >= Among.size())
        continue; // numbered since
      for (unsigned To : Among[Next])
        if (!Seen.test(To)) {
          Seen.set(To);
          Work.push_back(To);
        }
    }
    return Seen;
  }

private:
  llvm::StringMap<unsigned> Numbers;
  Edges Now;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_PLAN_PATHGRAPH_H
