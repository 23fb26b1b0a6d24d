//===- Culprits.cpp - Which edits have to go, by trying -------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Culprits.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

class Search {
public:
  Search(unsigned TriesLeft, function_ref<bool(ArrayRef<std::string>)> Fails)
      : TriesLeft(TriesLeft), Fails(Fails) {}

  bool failsWithout(ArrayRef<std::string> Without) {
    if (TriesLeft == 0) {
      GaveUp = true;
      return true;
    }
    --TriesLeft;
    bool Failed = Fails(Without);
    if (!Failed && (Enough.empty() || Without.size() < Enough.size()))
      Enough = Without.vec();
    return Failed;
  }

  /// Those of \p Suspects that have to go besides \p Gone, which is known not
  /// to be enough.
  std::vector<std::string> among(ArrayRef<std::string> Suspects,
                                 ArrayRef<std::string> Gone) {
    if (Suspects.size() < 2 || GaveUp)
      return Suspects.vec();
    ArrayRef<std::string> First = Suspects.take_front(Suspects.size() / 2);
    ArrayRef<std::string> Second = Suspects.drop_front(Suspects.size() / 2);
    std::vector<std::string> Result = amongWithout(First, Second, Gone);
    append_range(Result, amongWithout(Result, First, Gone));
    return Result;
  }

  /// \p Found without those that need not go: with one of them gone, another
  /// had to as long as a third stayed.
  std::vector<std::string> withoutNeedless(std::vector<std::string> Found) {
    for (size_t I = 0; I < Found.size() && Found.size() > 1;) {
      std::vector<std::string> Fewer = Found;
      Fewer.erase(Fewer.begin() + I);
      if (failsWithout(Fewer))
        ++I;
      else
        Found = std::move(Fewer);
    }
    return Found;
  }

  bool GaveUp = false;
  std::vector<std::string> Enough; ///< The fewest that are known to be.

private:
  unsigned TriesLeft;
  function_ref<bool(ArrayRef<std::string>)> Fails;

  /// Those of \p Suspects that have to go when \p Others go as well.
  std::vector<std::string> amongWithout(ArrayRef<std::string> Others,
                                        ArrayRef<std::string> Suspects,
                                        ArrayRef<std::string> Gone) {
    std::vector<std::string> Without = Gone.vec();
    append_range(Without, Others);
    return failsWithout(Without) ? among(Suspects, Without)
                                 : std::vector<std::string>();
  }
};

} // namespace

std::vector<std::string>
findCulprits(ArrayRef<std::string> Suspects, unsigned MaxTries,
             function_ref<bool(ArrayRef<std::string>)> FailsWithout) {
  Search Now(MaxTries, FailsWithout);
  if (Suspects.empty() || Now.failsWithout(Suspects))
    return {};
  std::vector<std::string> Found = Now.withoutNeedless(Now.among(Suspects, {}));
  return Now.GaveUp ? Now.Enough : Found;
}

} // namespace consolidate
