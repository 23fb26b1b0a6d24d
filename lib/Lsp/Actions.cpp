//===- Actions.cpp - Quick fixes ------------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "LspInternal.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringLiteral QuickFix = "quickfix";
constexpr StringLiteral FixAll = "source.fixAll.consolidate";

/// `source` asks for `source.fixAll` as well.
bool isWanted(StringRef Kind, ArrayRef<std::string> Only) {
  return Only.empty() || any_of(Only, [&](StringRef Asked) {
           return Kind == Asked || Kind.starts_with((Asked + ".").str());
         });
}

/// The edits of one fix as documentChanges; nothing when they touch another
/// file that is open and unsaved: their places count in the saved one.
std::optional<json::Array> changesOf(ArrayRef<Edit> Edits,
                                     const Analysis &Known,
                                     const Documents &Open,
                                     PositionEncoding Encoding) {
  std::map<std::string, std::vector<Edit>> ByFile;
  for (const Edit &E : Edits)
    ByFile[E.Path].push_back(E);
  json::Array Changes;
  for (const auto &[Path, Here] : ByFile) {
    if (Path == Known.File.Path) {
      Changes.push_back(documentEdit(
          Known.File, true, textEdits(Here, *Known.File.Text, Encoding)));
      continue;
    }
    auto Disk = MemoryBuffer::getFile(Path, /*IsText=*/false);
    if (!Disk)
      return std::nullopt;
    StringRef Text = (*Disk)->getBuffer();
    auto Other = Open.find(Path);
    if (Other != Open.end() && *Other->second.Text != Text)
      return std::nullopt;
    Document Closed;
    Closed.Uri = uriOfPath(Path);
    bool IsOpen = Other != Open.end();
    Changes.push_back(documentEdit(IsOpen ? Other->second : Closed, IsOpen,
                                   textEdits(Here, Text, Encoding)));
  }
  return Changes;
}

/// What the fix does, in words.
std::string titleOf(const Finding &F, const Cluster &Cluster,
                    const Analysis &Known) {
  std::set<StringRef> Others;
  for (const Edit &E : Cluster.Edits)
    if (E.Path != Known.File.Path)
      Others.insert(sys::path::filename(E.Path));
  std::string Title = "Consolidate: " + F.Message;
  if (!Others.empty())
    Title += " (also changes " + Others.begin()->str() +
             (Others.size() > 1 ? " and others" : "") + ")";
  return Title;
}

json::Object edited(json::Array Changes) {
  return json::Object{{"documentChanges", std::move(Changes)}};
}

void addQuickFixes(json::Array &Result, const Analysis &Known,
                   const Documents &Open, const ActionRequest &Asked,
                   PositionEncoding Encoding) {
  Positions Where(*Known.File.Text, Encoding);
  for (const Cluster &C : Known.Plan.Clusters) {
    if (!C.Dropped.empty() || C.Edits.empty())
      continue;
    json::Array Mended;
    const Finding *First = nullptr;
    for (size_t I : C.Findings) {
      const Finding &F = Known.Plan.Findings[I];
      if (F.Path != Known.File.Path || F.isLeft())
        continue;
      bool Touches =
          F.Offset <= Asked.End && F.Offset + F.Length >= Asked.Begin;
      if (Touches && (!First || F.Kind == FindingKind::Construction))
        First = &F;
      Mended.push_back(
          json::Object{{"range", Where.range(F.Offset, F.Offset + F.Length)},
                       {"severity", 2},
                       {"source", "clang-consolidate"},
                       {"code", checkName(F.Kind)},
                       {"message", F.Message}});
    }
    if (!First)
      continue;
    std::optional<json::Array> Changes =
        changesOf(C.Edits, Known, Open, Encoding);
    if (!Changes)
      continue;
    Result.push_back(json::Object{{"title", titleOf(*First, C, Known)},
                                  {"kind", QuickFix},
                                  {"diagnostics", std::move(Mended)},
                                  {"isPreferred", true},
                                  {"edit", edited(std::move(*Changes))}});
  }
}

/// Every edit of clusters that stay inside the file.
std::vector<Edit> editsInside(const Analysis &Known) {
  std::set<Edit> Edits;
  for (const Cluster &C : Known.Plan.Clusters)
    if (C.Dropped.empty() && all_of(C.Edits, [&](const Edit &E) {
          return E.Path == Known.File.Path;
        }))
      Edits.insert(C.Edits.begin(), C.Edits.end());
  return {Edits.begin(), Edits.end()};
}

} // namespace

json::Array actionsFor(const Analysis &Known, const Documents &Open,
                       const ActionRequest &Asked, PositionEncoding Encoding) {
  json::Array Result;
  if (!Known.Problem.empty())
    return Result;
  if (isWanted(QuickFix, Asked.Only)) {
    addQuickFixes(Result, Known, Open, Asked, Encoding);
    addRemovals(Result, Known, Asked, Encoding);
  }
  std::vector<Edit> Edits = editsInside(Known);
  if (!isWanted(FixAll, Asked.Only) || Edits.empty())
    return Result;
  if (std::optional<json::Array> Changes =
          changesOf(Edits, Known, Open, Encoding))
    Result.push_back(
        json::Object{{"title", "Consolidate: fix all in this file"},
                     {"kind", FixAll},
                     {"edit", edited(std::move(*Changes))}});
  return Result;
}

} // namespace consolidate
