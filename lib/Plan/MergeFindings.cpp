//===- MergeFindings.cpp - One finding for each place, over all TUs -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PlanInternal.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

using PlaceKey = std::tuple<std::string, unsigned, FindingKind, std::string>;

PlaceKey placeOf(const Finding &F) {
  return {F.Path, F.Offset, F.Kind, F.Class};
}

/// True when \p Long is \p Short with more namespaces in front of a name: one
/// unit sees something that another does not, and the longer name serves both.
bool namesMore(ArrayRef<Edit> Long, ArrayRef<Edit> Short) {
  if (Long.size() != 1 || Short.size() != 1)
    return false;
  const Edit &A = Long.front(), &B = Short.front();
  StringRef Front = A.Text;
  return A.Path == B.Path && A.Offset == B.Offset && A.Length == B.Length &&
         Front.consume_back(B.Text) && Front.ends_with("::");
}

/// Folds \p New into \p Known: the same place seen by another TU.
void fold(Finding &Known, const Finding &New) {
  for (const std::string &Group : New.AlsoGroups)
    if (!is_contained(Known.AlsoGroups, Group))
      Known.AlsoGroups.push_back(Group);
  for (const std::string &Declared : New.Declares)
    if (!is_contained(Known.Declares, Declared))
      Known.Declares.push_back(Declared);
  if (!New.Group.empty() && New.Group != Known.Group)
    Known.AlsoGroups.push_back(New.Group);
  if (Known.isLeft())
    return;
  if (New.isLeft()) {
    Known.leave({New.LeftId, New.Left});
    Known.Edits.clear();
    return;
  }
  if (Known.Edits == New.Edits || namesMore(Known.Edits, New.Edits))
    return;
  if (namesMore(New.Edits, Known.Edits)) {
    Known.Edits = New.Edits;
    Known.Meant = New.Meant;
    return;
  }
  Known.leave({MessageId::UnitsDisagree,
               "translation units disagree about this place (one writes '" +
                   (Known.Edits.empty() ? "" : Known.Edits.front().Text) +
                   "', another '" +
                   (New.Edits.empty() ? "" : New.Edits.front().Text) + "')"});
  Known.Edits.clear();
}

/// What is declared for several classes now, and would be one declaration.
void leaveWhatBecomesOne(MutableArrayRef<Finding> Findings,
                         ArrayRef<TuFindings> Tus) {
  std::map<StringRef, std::map<StringRef, StringRef>> NamesByThen;
  for (const TuFindings &Tu : Tus)
    for (const ClassDeclaration &D : Tu.Declared)
      NamesByThen[D.Then][D.Now] = D.Name;
  for (Finding &F : Findings)
    for (const std::string &Then : F.Declares) {
      const std::map<StringRef, StringRef> &Names = NamesByThen[Then];
      if (Names.size() < 2 || F.isLeft())
        continue;
      F.leave({MessageId::AnotherOverload,
               ("'" + Names.begin()->second +
                "' is declared for another class as well, and both would be "
                "one")
                   .str()});
      F.Edits.clear();
    }
}

} // namespace

std::vector<Finding> mergeFindings(ArrayRef<TuFindings> Tus) {
  std::map<PlaceKey, Finding> ByPlace;
  for (const TuFindings &Tu : Tus)
    for (const Finding &F : Tu.Findings) {
      auto [It, New] = ByPlace.try_emplace(placeOf(F), F);
      if (!New)
        fold(It->second, F);
    }
  std::vector<Finding> Result;
  for (auto &[Place, F] : ByPlace)
    Result.push_back(std::move(F));
  leaveWhatBecomesOne(Result, Tus);
  return Result;
}

} // namespace consolidate
