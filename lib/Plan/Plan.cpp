//===- Plan.cpp - Findings of all TUs -> one edit plan --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "PlanInternal.h"

#include "consolidate/Support.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace consolidate {
namespace {

/// The bytes of the files that change, read once.
class FileTexts {
public:
  explicit FileTexts(const StringMap<std::string> &Known) : Texts(Known) {}

  StringRef get(StringRef Path) {
    auto [It, New] = Texts.try_emplace(Path);
    if (!New)
      return It->second;
    ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer =
        MemoryBuffer::getFile(Path, /*IsText=*/false);
    if (Buffer)
      It->second = (*Buffer)->getBuffer().str();
    else
      Failed.push_back(Path.str() + ": " + Buffer.getError().message());
    return It->second;
  }
  std::vector<std::string> Failed;

private:
  StringMap<std::string> Texts;
};

/// New lines take the line ending that the file has.
std::string withLineEndings(StringRef Inserted, StringRef FileText) {
  size_t First = FileText.find('\n');
  bool Crlf =
      First != StringRef::npos && First > 0 && FileText[First - 1] == '\r';
  if (!Crlf || !Inserted.contains('\n'))
    return Inserted.str();
  std::string Result;
  for (char C : Inserted) {
    if (C == '\n' && (Result.empty() || Result.back() != '\r'))
      Result += '\r';
    Result += C;
  }
  return Result;
}

std::vector<FileChange> makeChanges(ArrayRef<Cluster> Clusters,
                                    FileTexts &Texts) {
  std::map<std::string, std::vector<Edit>> ByFile;
  for (const Cluster &C : Clusters)
    if (C.Dropped.empty())
      for (const Edit &E : C.Edits)
        ByFile[E.Path].push_back(E);
  std::vector<FileChange> Changes;
  for (auto &[Path, Edits] : ByFile) {
    FileChange Change;
    Change.Path = Path;
    Change.Before = Texts.get(Path).str();
    llvm::sort(Edits);
    Edits.erase(std::unique(Edits.begin(), Edits.end()), Edits.end());
    for (Edit &E : Edits)
      E.Text = withLineEndings(E.Text, Change.Before);
    Change.Edits = std::move(Edits);
    Change.After = applyEdits(Change.Before, Change.Edits);
    if (Change.After != Change.Before)
      Changes.push_back(std::move(Change));
  }
  return Changes;
}

/// The clusters of the findings, and what each leaves out for another's sake.
void settleClusters(EditPlan &Plan, const DroppedClusters &Dropped,
                    const RuleSet &Rules, ArrayRef<UnreadName> Unread) {
  do {
    Plan.Clusters = makeClusters(Plan.Findings, Dropped);
    dropConflicts(Plan.Clusters, Plan.Findings);
  } while (keepIntroducers(Plan.Findings, Plan.Clusters));
  keepNeededDefinitions(Plan.Clusters, Plan.Findings, Rules, Unread);
}

} // namespace

std::string applyEdits(StringRef Text, ArrayRef<Edit> Edits) {
  std::string Result;
  size_t Position = 0;
  for (const Edit &E : Edits) {
    Result += Text.slice(Position, E.Offset);
    Result += E.Text;
    Position = E.Offset + E.Length;
  }
  Result += Text.drop_front(Position);
  return Result;
}

Expected<EditPlan>
makePlan(const RuleSet &Rules, ArrayRef<TuFindings> Tus,
         const HeaderResolver &ResolveHeader, const DroppedClusters &Dropped,
         const StringMap<std::vector<std::string>> &HeaderIncludes,
         const StringMap<std::string> &KnownTexts,
         ArrayRef<UnreadName> Unread) {
  EditPlan Plan;
  FileTexts Texts(KnownTexts);
  Plan.Findings = mergeFindings(Tus);
  tieToldApart(Plan.Findings, Rules);
  settleClusters(Plan, Dropped, Rules, Unread);

  IncludeFacts Facts = mergeIncludeFacts(Tus, HeaderIncludes);
  std::vector<Finding> Includes =
      planIncludes(Rules, Facts, Plan.Findings, Plan.Clusters, ResolveHeader,
                   Dropped, [&](StringRef Path) { return Texts.get(Path); });
  append_range(Plan.Findings, Includes);
  llvm::sort(Plan.Findings, [](const Finding &A, const Finding &B) {
    return std::tie(A.Path, A.Offset, A.Kind, A.Class) <
           std::tie(B.Path, B.Offset, B.Kind, B.Class);
  });
  settleClusters(Plan, Dropped, Rules, Unread);

  Plan.Files = makeChanges(Plan.Clusters, Texts);
  if (!Texts.Failed.empty())
    return makeError(ErrorKind::FileSystem,
                     "cannot read " + Texts.Failed.front());
  return Plan;
}

} // namespace consolidate
