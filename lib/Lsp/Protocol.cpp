//===- Protocol.cpp - Findings and edits as the protocol has them ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "LspInternal.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace consolidate {

bool isShown(const Finding &F) {
  return !StringRef(F.Left).starts_with("suppressed");
}

/// Why a finding has no edit, or "".
static std::string reasonOf(const EditPlan &Plan, size_t Index) {
  if (Plan.Findings[Index].isLeft())
    return Plan.Findings[Index].Left;
  for (const Cluster &C : Plan.Clusters)
    if (!C.Dropped.empty() && is_contained(C.Findings, Index))
      return C.Dropped;
  return "";
}

static json::Object problemAtTop(StringRef Problem) {
  return json::Object{
      {"range", Positions("", PositionEncoding::Utf8).range(0, 0)},
      {"severity", 1},
      {"source", "clang-consolidate"},
      {"message", Problem}};
}

/// Leads from the code of a diagnostic to what is written about it.
static void linkToMessages(json::Object &Diagnostic, StringRef Messages) {
  StringRef Code = *Diagnostic.getObject("data")->getString("id");
  Diagnostic["codeDescription"] =
      json::Object{{"href", uriOfPath(Messages) + "#" + Code.lower()}};
}

json::Array diagnosticsOf(const Analysis &Known, PositionEncoding Encoding,
                          StringRef Messages) {
  json::Array Result;
  if (!Known.Problem.empty()) {
    Result.push_back(problemAtTop(Known.Problem));
    return Result;
  }
  Positions Where(*Known.File.Text, Encoding);
  for (const auto &[Index, F] : enumerate(Known.Plan.Findings)) {
    if (F.Path != Known.File.Path || !isShown(F))
      continue;
    std::string Reason = reasonOf(Known.Plan, Index);
    std::string Code = messageCode(messageOf(F.Kind));
    json::Object Diagnostic{
        {"range", Where.range(F.Offset, F.Offset + F.Length)},
        {"severity", Reason.empty() ? 2 : 3},
        {"source", "clang-consolidate"},
        {"code", checkName(F.Kind)},
        {"message",
         Reason.empty() ? F.Message : F.Message + " (no fix: " + Reason + ")"},
        {"data", json::Object{{"id", Code}}}};
    Result.push_back(std::move(Diagnostic));
  }
  addUnused(Result, Known, Encoding);
  if (!Messages.empty())
    for (json::Value &Diagnostic : Result)
      linkToMessages(*Diagnostic.getAsObject(), Messages);
  return Result;
}

json::Array textEdits(ArrayRef<Edit> Edits, StringRef Text,
                      PositionEncoding Encoding) {
  Positions Where(Text, Encoding);
  json::Array Result;
  for (const Edit &E : Edits)
    Result.push_back(
        json::Object{{"range", Where.range(E.Offset, E.Offset + E.Length)},
                     {"newText", json::fixUTF8(E.Text)}});
  return Result;
}

json::Object documentEdit(const Document &File, bool Open, json::Array Edits) {
  json::Value Version = nullptr;
  if (Open)
    Version = File.Version;
  return json::Object{
      {"textDocument",
       json::Object{{"uri", File.Uri}, {"version", std::move(Version)}}},
      {"edits", std::move(Edits)}};
}

} // namespace consolidate
