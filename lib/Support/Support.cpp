//===- Support.cpp - Errors and text helpers shared by every step ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"

#include <atomic>

using namespace llvm;

namespace consolidate {

char ToolError::ID = 0;

Error makeError(ErrorKind Kind, const Twine &Message) {
  return make_error<ToolError>(Kind, Message.str());
}

int exitCodeFor(ErrorKind Kind) {
  switch (Kind) {
  case ErrorKind::Usage:
  case ErrorKind::Rules:
  case ErrorKind::FileSystem:
  case ErrorKind::Refused:
    return 2;
  case ErrorKind::Unparsed:
    return 3;
  }
  return 2;
}

bool matchesGlob(StringRef Glob, StringRef Path) {
  if (Glob.empty())
    return Path.empty();
  if (Glob.consume_front("**")) {
    // `**/x` also matches `x` itself.
    if (Glob.starts_with("/") && matchesGlob(Glob.drop_front(), Path))
      return true;
    for (size_t I = 0; I <= Path.size(); ++I)
      if (matchesGlob(Glob, Path.drop_front(I)))
        return true;
    return Glob.starts_with("/") && matchesGlob(Glob.drop_front(), Path);
  }
  if (Glob.front() == '*') {
    for (size_t I = 0; I <= Path.size(); ++I) {
      if (matchesGlob(Glob.drop_front(), Path.drop_front(I)))
        return true;
      if (I < Path.size() && Path[I] == '/')
        break;
    }
    return false;
  }
  if (Path.empty())
    return false;
  if (Glob.front() == '?' ? Path.front() != '/' : Glob.front() == Path.front())
    return matchesGlob(Glob.drop_front(), Path.drop_front());
  return false;
}

StringRef nearestWord(StringRef Word, ArrayRef<StringRef> Candidates) {
  StringRef Best;
  // A slip touches at most about a third of the letters.
  unsigned BestDistance = unsigned(Word.size()) / 3 + 1;
  for (StringRef Candidate : Candidates) {
    unsigned Distance = Word.edit_distance(Candidate, true, BestDistance);
    if (Distance < BestDistance || (Distance == BestDistance && Best.empty())) {
      Best = Candidate;
      BestDistance = Distance;
    }
  }
  return Best;
}

LineColumn lineColumnAt(StringRef Text, unsigned Offset) {
  StringRef Head = Text.take_front(Offset);
  size_t LineStart = Head.rfind('\n');
  LineStart = LineStart == StringRef::npos ? 0 : LineStart + 1;
  return {unsigned(Head.count('\n')) + 1,
          unsigned(Head.size() - LineStart) + 1};
}

std::string realPath(StringRef Path) {
  SmallString<256> Real;
  if (!sys::fs::real_path(Path, Real))
    return std::string(Real);
  Real = Path;
  sys::fs::make_absolute(Real);
  sys::path::remove_dots(Real, /*remove_dot_dot=*/true);
  return std::string(Real);
}

void forEachOnThreads(size_t Count, unsigned Threads,
                      function_ref<void(size_t)> Work) {
  std::atomic<size_t> Next = 0;
  DefaultThreadPool Pool(hardware_concurrency(Threads));
  for (unsigned T = 0, E = Pool.getMaxConcurrency(); T != E; ++T)
    Pool.async([&] {
      for (size_t I; (I = Next++) < Count;)
        Work(I);
    });
  Pool.wait();
}

bool isAtOrBelow(StringRef Path, StringRef Directory) {
  return Path.consume_front(Directory) &&
         (Path.empty() || Path.starts_with("/") || Directory.ends_with("/"));
}

} // namespace consolidate
