//===- FindingsJson.cpp - Findings and clusters as JSON -------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The format is documented in docs/json.md; keep the two together.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Output.h"
#include "consolidate/Support.h"

#include "Paths.h"

#include "llvm/Support/Base64.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace consolidate {
namespace {

/// What became of one finding.
struct Verdict {
  StringRef Status = "left";
  StringRef Reason = "no cluster carries an edit for it";
  StringRef Cluster;
  MessageId Id = MessageId::None; ///< Of the reason.
};

/// One per finding.
std::vector<Verdict> judge(const EditPlan &Plan) {
  std::vector<Verdict> Verdicts(Plan.Findings.size());
  for (const Cluster &C : Plan.Clusters)
    for (size_t Index : C.Findings) {
      // In two clusters, one of them dropped: not all of it is done.
      if (Verdicts[Index].Status == "dropped")
        continue;
      if (C.Dropped.empty())
        Verdicts[Index] = {"edited", "", C.Id};
      else
        Verdicts[Index] = {"dropped", C.Dropped, C.Id, C.DroppedId};
    }
  for (const auto &[Index, F] : enumerate(Plan.Findings))
    if (F.isLeft())
      Verdicts[Index] = {"left", F.Left, Verdicts[Index].Cluster, F.LeftId};
  return Verdicts;
}

StringRef safetyName(Safety Level) {
  switch (Level) {
  case Safety::DisplayOnly:
    return "display-only";
  case Safety::Unsafe:
    return "unsafe";
  case Safety::Safe:
    return "safe";
  }
  llvm_unreachable("covered switch");
}

class Printer {
public:
  Printer(const EditPlan &Plan, StringRef Root, raw_ostream &OS)
      : Plan(Plan), Root(realPath(Root)), Verdicts(judge(Plan)), J(OS, 2) {}

  void print(std::optional<json::Value> Accounting) {
    J.object([&] {
      J.attribute("version", 1);
      text("root", Root);
      J.attributeObject("summary", [&] { summary(); });
      J.attributeArray("findings", [&] {
        for (size_t Index = 0; Index != Plan.Findings.size(); ++Index)
          J.object([&] { finding(Index); });
      });
      J.attributeArray("clusters", [&] {
        for (const Cluster &C : Plan.Clusters)
          J.object([&] { cluster(C); });
      });
      if (Accounting)
        J.attribute("accounting", *Accounting);
    });
  }

private:
  /// JSON holds UTF-8 only. Bytes that are not come out with replacement
  /// characters, and whole in a second attribute.
  void text(StringRef Key, StringRef Value) {
    if (json::isUTF8(Value)) {
      J.attribute(Key, Value);
      return;
    }
    J.attribute(Key, json::fixUTF8(Value));
    J.attribute((Key + "Base64").str(), encodeBase64(Value));
  }

  size_t count(StringRef Status) const {
    return count_if(Verdicts,
                    [&](const Verdict &V) { return V.Status == Status; });
  }

  void summary() {
    size_t Edits = 0, Dropped = 0;
    for (const Cluster &C : Plan.Clusters)
      if (C.Dropped.empty())
        Edits += C.Edits.size();
      else
        ++Dropped;
    J.attribute("files", Plan.Files.size());
    J.attribute("edits", Edits);
    J.attribute("findings", Plan.Findings.size());
    J.attribute("edited", count("edited"));
    J.attribute("left", count("left"));
    J.attribute("dropped", count("dropped"));
    J.attribute("clusters", Plan.Clusters.size());
    J.attribute("clustersDropped", Dropped);
  }

  void edits(ArrayRef<Edit> Edits) {
    J.attributeArray("edits", [&] {
      for (const Edit &E : Edits)
        J.object([&] {
          text("path", relativeTo(E.Path, Root));
          J.attribute("offset", E.Offset);
          J.attribute("length", E.Length);
          text("text", E.Text);
        });
    });
  }

  void finding(size_t Index) {
    const Finding &F = Plan.Findings[Index];
    const Verdict &V = Verdicts[Index];
    J.attribute("check", checkName(F.Kind));
    J.attribute("id", messageCode(messageOf(F.Kind)));
    text("rule", F.Rule);
    text("class", F.Class);
    text("path", relativeTo(F.Path, Root));
    J.attribute("line", F.Line);
    J.attribute("column", F.Column);
    J.attribute("offset", F.Offset);
    J.attribute("length", F.Length);
    text("form", F.Form);
    text("message", F.Message);
    text("symbol", F.Symbol);
    J.attribute("safety", safetyName(F.Level));
    J.attribute("status", V.Status);
    text("reason", V.Reason);
    J.attribute("reasonId", messageCode(V.Id));
    edits(F.Edits);
    text("cluster", V.Cluster);
  }

  void cluster(const Cluster &C) {
    text("id", C.Id);
    J.attribute("status", C.Dropped.empty() ? "edited" : "dropped");
    text("reason", C.Dropped);
    J.attribute("reasonId", messageCode(C.DroppedId));
    J.attributeArray("findings", [&] {
      for (size_t Index : C.Findings)
        J.value(Index);
    });
    edits(C.Edits);
  }

  const EditPlan &Plan;
  std::string Root;
  std::vector<Verdict> Verdicts;
  json::OStream J;
};

} // namespace

void printFindingsJson(const EditPlan &Plan, StringRef Root, raw_ostream &OS,
                       std::optional<json::Value> Accounting) {
  Printer(Plan, Root, OS).print(std::move(Accounting));
  OS << '\n';
}

} // namespace consolidate
