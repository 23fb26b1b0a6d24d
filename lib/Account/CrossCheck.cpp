//===- CrossCheck.cpp - Do the totals agree with the bytes? ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The buckets are filled from findings and edits. Here the same is counted from
// the bytes before and after, so that a mistake in one shows.
//
//===----------------------------------------------------------------------===//
#include "AccountInternal.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

using namespace llvm;

namespace consolidate {
namespace {

using Tally = std::map<std::string, int>;

void count(Tally &Into, StringRef Text, ArrayRef<std::string> Words, int Sign) {
  for (const Mention &M : findWords(Text, Words))
    Into[M.Word] += Sign;
}

/// Words of \p Change before - in replaced text + in new text - after: zero.
Tally balance(const FileChange &Change, ArrayRef<std::string> Words) {
  Tally Rest;
  count(Rest, Change.Before, Words, 1);
  count(Rest, Change.After, Words, -1);
  std::vector<Mention> Before = findWords(Change.Before, Words);
  for (const Edit &E : Change.Edits) {
    for (const Mention &M : Before)
      if (M.Offset >= E.Offset && M.Offset < E.Offset + E.Length)
        --Rest[M.Word];
    count(Rest, E.Text, Words, 1);
  }
  return Rest;
}

std::string plural(int Number, StringRef Noun) {
  return std::to_string(Number) + " " + Noun.str() + (Number == 1 ? "" : "s");
}

} // namespace

std::vector<std::string> crossCheck(const AccountInputs &Inputs,
                                    ArrayRef<std::string> Words,
                                    const Accounting &Result) {
  std::vector<std::string> Lines;
  for (const AccountRow &Row : Result.Rows) {
    unsigned Sum = std::accumulate(Row.Counts.begin(), Row.Counts.end(), 0u);
    if (Sum != Row.Total)
      Lines.push_back("'" + Row.Name + "' has " + plural(Row.Total, "mention") +
                      ", and " + std::to_string(Sum) +
                      " of them are accounted for");
  }
  for (const FileChange &Change : Inputs.Edits.Files) {
    for (const auto &[Word, Rest] : balance(Change, Words))
      if (Rest != 0)
        Lines.push_back(Inputs.Within.relative(Change.Path) + ": " +
                        plural(std::abs(Rest), "mention") + " of '" + Word +
                        "' " + (Rest > 0 ? "vanished" : "appeared") +
                        " without an edit");
    auto Surveyed = Inputs.Plan.Files.find(Change.Path);
    if (Surveyed == Inputs.Plan.Files.end())
      continue;
    for (const Mention &M : Surveyed->second.Mentions)
      if (M.Length == M.Word.size() && M.Kind != MentionKind::IncludePath &&
          StringRef(Change.Before).substr(M.Offset, M.Length) != M.Word) {
        Lines.push_back(Inputs.Within.relative(Change.Path) +
                        ": changed on disk during the run");
        break;
      }
  }
  return Lines;
}

} // namespace consolidate
