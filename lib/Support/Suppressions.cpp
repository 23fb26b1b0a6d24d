//===- Suppressions.cpp - NOLINT comments ---------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Suppressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringRef Marker = "NOLINT";

/// What stands behind `NOLINT`; false for another word.
bool takeKind(StringRef &Rest, Suppression::Kind &What) {
  if (Rest.consume_front("NEXTLINE"))
    What = Suppression::Kind::NextLine;
  else if (Rest.consume_front("BEGIN"))
    What = Suppression::Kind::Begin;
  else if (Rest.consume_front("END"))
    What = Suppression::Kind::End;
  return Rest.empty() || !(isAlnum(Rest.front()) || Rest.front() == '_');
}

void takeChecks(StringRef &Rest, Suppression &Result) {
  StringRef Line = Rest.take_until([](char C) { return C == '\n'; });
  size_t Close = Line.find(')');
  if (!Line.starts_with("(") || Close == StringRef::npos)
    return;
  Result.All = false;
  SmallVector<StringRef, 4> Names;
  Line.slice(1, Close).split(Names, ',', -1, /*KeepEmpty=*/false);
  for (StringRef Name : Names)
    Result.Checks.push_back(Name.trim().str());
  Rest = Rest.drop_front(Close + 1);
}

} // namespace

bool Suppression::isFor(StringRef Check) const {
  return All || any_of(Checks, [&](StringRef Glob) {
           return Glob.consume_back("*") ? Check.starts_with(Glob)
                                         : Glob == Check;
         });
}

std::vector<Suppression> findSuppressions(StringRef Text) {
  std::vector<Suppression> Result;
  unsigned Line = 1;
  size_t Counted = 0;
  for (size_t At = Text.find(Marker); At != StringRef::npos;
       At = Text.find(Marker, At + 1)) {
    Line += Text.slice(Counted, At).count('\n');
    Counted = At;
    Suppression Found;
    Found.Offset = At;
    Found.Line = Line;
    StringRef Rest = Text.drop_front(At + Marker.size());
    bool WordBefore = At > 0 && (isAlnum(Text[At - 1]) || Text[At - 1] == '_');
    if (WordBefore || !takeKind(Rest, Found.What))
      continue;
    takeChecks(Rest, Found);
    Found.Text = Text.slice(At, Rest.begin() - Text.begin()).str();
    Result.push_back(std::move(Found));
  }
  return Result;
}

/// True when the block that \p All[Begin] opens is still open on \p Line.
static bool isOpen(ArrayRef<Suppression> All, size_t Begin, unsigned Line,
                   StringRef Check) {
  unsigned Depth = 0;
  for (const Suppression &S : All.drop_front(Begin)) {
    if (S.Line >= Line)
      break;
    if (!S.isFor(Check))
      continue;
    if (S.What == Suppression::Kind::Begin)
      ++Depth;
    if (S.What == Suppression::Kind::End && --Depth == 0)
      return false;
  }
  return Depth > 0;
}

bool suppresses(ArrayRef<Suppression> All, size_t Which, unsigned Line,
                StringRef Check) {
  const Suppression &S = All[Which];
  if (!S.isFor(Check))
    return false;
  switch (S.What) {
  case Suppression::Kind::Line:
    return S.Line == Line;
  case Suppression::Kind::NextLine:
    return S.Line + 1 == Line;
  case Suppression::Kind::Begin:
    return isOpen(All, Which, Line, Check);
  case Suppression::Kind::End:
    return false;
  }
  return false;
}

bool isSuppressed(ArrayRef<Suppression> All, unsigned Line, StringRef Check) {
  return any_of(seq<size_t>(0, All.size()), [&](size_t Which) {
    return suppresses(All, Which, Line, Check);
  });
}

} // namespace consolidate
