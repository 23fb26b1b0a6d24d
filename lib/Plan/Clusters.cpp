//===- Clusters.cpp - Edits that go together, and those that cannot -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PlanInternal.h"

#include "llvm/ADT/IntEqClasses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

std::string placeId(const Finding &F) {
  return (checkName(F.Kind) + ":" + F.Path + ":" + Twine(F.Offset)).str();
}

/// Clusters of findings by what their groups connect. The id of a cluster is
/// the least of its group names, so it does not depend on the order of TUs.
std::map<std::string, std::vector<size_t>> connect(ArrayRef<Finding> Findings) {
  std::map<std::string, unsigned> Number; // sorted: the least name comes first
  auto OwnGroup = [](const Finding &F) {
    return F.Group.empty() ? placeId(F) : F.Group;
  };
  for (const Finding &F : Findings) {
    Number.try_emplace(OwnGroup(F));
    for (const std::string &Other : F.AlsoGroups)
      Number.try_emplace(Other);
  }
  unsigned Next = 0;
  for (auto &Entry : Number)
    Entry.second = Next++;
  IntEqClasses Classes(Next);
  for (const Finding &F : Findings)
    for (const std::string &Other : F.AlsoGroups)
      Classes.join(Number[OwnGroup(F)], Number[Other]);
  std::vector<std::string> NameOf(Next);
  for (const auto &[Name, I] : Number)
    NameOf[I] = Name;
  std::map<std::string, std::vector<size_t>> Result;
  for (size_t I = 0; I < Findings.size(); ++I)
    Result[NameOf[Classes.findLeader(Number[OwnGroup(Findings[I])])]].push_back(
        I);
  return Result;
}

/// A short name of a cluster for messages: its first place.
std::string describe(const Cluster &C, ArrayRef<Finding> Findings) {
  const Finding &F = Findings[C.Findings.front()];
  return (checkName(F.Kind) + " at " + F.Path + ":" + Twine(F.Line)).str();
}

bool overlap(const Edit &A, const Edit &B) {
  if (A.Path != B.Path)
    return false;
  // Two insertions at one place have no order; an insertion at the edge of a
  // replacement is fine.
  if (A.Length == 0 && B.Length == 0)
    return A.Offset == B.Offset;
  return A.Offset < B.Offset + B.Length && B.Offset < A.Offset + A.Length;
}

std::string placeOf(const Finding &F) {
  return (sys::path::filename(F.Path) + ":" + Twine(F.Line)).str();
}

/// Why a cluster with \p Left in it is left.
Reason whyLeft(const Finding &Left, ArrayRef<size_t> Members,
               ArrayRef<Finding> Findings) {
  const auto *Asks =
      find_if(Members, [&](size_t I) { return Findings[I].TellsObjectsApart; });
  if (Asks == Members.end() || Left.TellsObjectsApart)
    return {Left.LeftId, Left.Left};
  return {MessageId::ToldApart,
          "objects are told apart by their class at " +
              placeOf(Findings[*Asks]) + ", so all objects of '" +
              Findings[*Asks].Class + "' change together, and one is left at " +
              placeOf(Left) + ": " + Left.Left};
}

} // namespace

std::vector<Cluster> makeClusters(ArrayRef<Finding> Findings,
                                  const DroppedClusters &Dropped) {
  std::vector<Cluster> Clusters;
  for (auto &[Id, Members] : connect(Findings)) {
    Cluster C;
    C.Id = Id;
    C.Findings = Members;
    for (size_t I : Members) {
      append_range(C.Edits, Findings[I].Edits);
      if (Findings[I].isLeft() && C.Dropped.empty())
        C.drop(whyLeft(Findings[I], Members, Findings));
    }
    llvm::sort(C.Edits);
    C.Edits.erase(std::unique(C.Edits.begin(), C.Edits.end()), C.Edits.end());
    if (auto It = Dropped.find(Id); It != Dropped.end())
      C.drop(It->second);
    Clusters.push_back(std::move(C));
  }
  return Clusters;
}

void dropConflicts(std::vector<Cluster> &Clusters, ArrayRef<Finding> Findings) {
  struct Placed {
    const Edit *E;
    size_t Cluster;
  };
  std::vector<Placed> All;
  for (size_t I = 0; I < Clusters.size(); ++I)
    if (Clusters[I].Dropped.empty())
      for (const Edit &E : Clusters[I].Edits)
        All.push_back({&E, I});
  llvm::sort(All, [](const Placed &A, const Placed &B) {
    return std::tie(*A.E, A.Cluster) < std::tie(*B.E, B.Cluster);
  });
  for (size_t I = 0; I < All.size(); ++I)
    for (size_t J = I + 1; J < All.size(); ++J) {
      const Edit &A = *All[I].E, &B = *All[J].E;
      if (A.Path != B.Path || B.Offset > A.Offset + A.Length)
        break;
      if (!overlap(A, B) || (A == B && All[I].Cluster != All[J].Cluster))
        continue;
      for (auto [One, Other] : {std::pair(All[I].Cluster, All[J].Cluster),
                                std::pair(All[J].Cluster, All[I].Cluster)})
        Clusters[One].drop(
            {MessageId::EditsOverlap, "its edits overlap those of " +
                                          describe(Clusters[Other], Findings)});
    }
}

namespace {

/// True when \p F lies in text that one of \p Edits takes away.
bool goesAwayWith(ArrayRef<Edit> Edits, const Finding &F) {
  return any_of(Edits, [&](const Edit &E) {
    return E.Path == F.Path && E.Offset <= F.Offset &&
           F.Offset < E.Offset + E.Length;
  });
}

/// A construction that a rule would change, or none can.
bool needsConstructor(const Finding &F) {
  return F.Rule != F.Class ||
         is_contained({MessageId::NoRewrite, MessageId::DependentConstruction,
                       MessageId::ArrayElements, MessageId::NotSpelled},
                      F.LeftId);
}

/// True when \p F, which is left, needs more than the name of its class.
bool needsClassItself(const Finding &F, DefinitionPolicy Policy) {
  switch (F.Kind) {
  case FindingKind::Include:
  case FindingKind::Definition:
    return false;
  case FindingKind::Construction:
    return needsConstructor(F);
  case FindingKind::Member:
    return true;
  default:
    return Policy == DefinitionPolicy::Delete;
  }
}

/// The first use of \p Class that is left in code that stays and for which its
/// definition has to; null: none.
const Finding *firstLeft(StringRef Class, DefinitionPolicy Policy,
                         ArrayRef<Edit> Definition, ArrayRef<Cluster> Clusters,
                         ArrayRef<Finding> Findings) {
  for (const Cluster &C : Clusters)
    if (!C.Dropped.empty())
      for (size_t I : C.Findings)
        if (const Finding &F = Findings[I]; F.Class == Class &&
                                            needsClassItself(F, Policy) &&
                                            !goesAwayWith(Definition, F))
          return &F;
  return nullptr;
}

} // namespace

/// How the rules replace the definition of each legacy class.
static std::map<std::string, DefinitionPolicy> policies(const RuleSet &Rules) {
  std::map<std::string, DefinitionPolicy> Result;
  for (const Consolidation &Entry : Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From)
      Result[Legacy.Name] = Legacy.Definition;
  return Result;
}

/// True for an object of a class: what makes one, derives from it, or has it as
/// an argument.
static bool isObject(const Finding &F) {
  return F.Kind == FindingKind::Construction || F.Form == "base class" ||
         F.IsTemplateArgument;
}

void tieToldApart(std::vector<Finding> &Findings, const RuleSet &Rules) {
  std::set<std::string> Asked;
  for (const Finding &F : Findings)
    if (F.TellsObjectsApart)
      Asked.insert(F.Class);
  std::map<std::string, DefinitionPolicy> Policies = policies(Rules);
  for (Finding &F : Findings) {
    // What is left and needs no more than the name is of the canonical class
    // once the legacy one is its alias.
    bool BecomesCanonical = Policies[F.Class] == DefinitionPolicy::Alias &&
                            F.isLeft() && !needsConstructor(F);
    if (BecomesCanonical)
      erase_if(F.AlsoGroups,
               [](StringRef Group) { return Group.starts_with(SharedState); });
    else if (Asked.count(F.Class) && (F.TellsObjectsApart || isObject(F)))
      F.AlsoGroups.push_back("told apart:" + F.Class);
  }
}

bool keepIntroducers(std::vector<Finding> &Findings,
                     ArrayRef<Cluster> Clusters) {
  auto Introduces = [](const Finding &F) {
    return F.Introducer == (Twine(F.Path) + ":" + Twine(F.Offset)).str();
  };
  std::set<std::string> Needed;
  for (const Cluster &C : Clusters)
    if (!C.Dropped.empty())
      for (size_t I : C.Findings)
        if (!Findings[I].Introducer.empty() && !Introduces(Findings[I]))
          Needed.insert(Findings[I].Introducer);
  bool Changed = false;
  for (Finding &F : Findings) {
    if (F.Edits.empty() || !Needed.count(F.Introducer) || !Introduces(F) ||
        F.Edits.front().Text == F.TextBesides)
      continue;
    Changed = true;
    if (F.TextBesides.empty()) {
      F.leave(
          {MessageId::GoesWithLeft, "a use that is left comes in through it"});
      F.Edits.clear();
    } else {
      F.Edits.front().Text = F.TextBesides;
      F.Edits.front().Kept.clear();
    }
  }
  return Changed;
}

void keepNeededDefinitions(std::vector<Cluster> &Clusters,
                           ArrayRef<Finding> Findings, const RuleSet &Rules,
                           ArrayRef<UnreadName> Unread) {
  std::map<std::string, DefinitionPolicy> Policies = policies(Rules);
  for (Cluster &C : Clusters)
    for (size_t I : C.Findings) {
      const Finding &F = Findings[I];
      DefinitionPolicy Policy = Policies[F.Class];
      if (!C.Dropped.empty() || F.Kind != FindingKind::Definition ||
          Policy == DefinitionPolicy::Keep)
        continue;
      if (const Finding *Left =
              firstLeft(F.Class, Policy, C.Edits, Clusters, Findings))
        C.drop({MessageId::DefinitionOfLeft,
                "a use of '" + F.Class + "' is left at " + Left->Path + ":" +
                    std::to_string(Left->Line)});
      const auto *Named = find_if(Unread, [&](const UnreadName &Each) {
        return Each.Name == unqualifiedName(F.Class) &&
               Each.Sees.contains(F.Path) &&
               (Policy == DefinitionPolicy::Delete || Each.Elaborated);
      });
      if (Named != Unread.end())
        C.drop({MessageId::DefinitionOfLeft,
                "it is named at " + Named->Path + ":" +
                    std::to_string(Named->Line) +
                    ", in a file of no translation unit"});
    }
}

} // namespace consolidate
