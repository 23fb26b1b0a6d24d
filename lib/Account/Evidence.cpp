//===- Evidence.cpp - What all steps know about one file ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "AccountInternal.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace consolidate {

Evidence::Evidence(const AccountInputs &Inputs) : Inputs(Inputs) {
  judgeClusters();
  for (const FileChange &Change : Inputs.Edits.Files)
    Files[Change.Path].Edits = Change.Edits;
  for (auto [I, Tu] : enumerate(Inputs.Tus))
    for (const auto &File : Tu.Files) {
      FileEvidence &Known = Files[File.getKey()];
      if (Tu.Parsed && File.second.Entered)
        Known.Tus.push_back(I);
      for (const NameNote &Note : File.second.Names) {
        auto [It, New] = Known.Names.try_emplace(Note.Offset, Note);
        // Where translation units differ, a use outweighs.
        if (!New && Note.What == NameNote::Kind::Legacy)
          It->second = Note;
      }
    }
  for (auto [I, Tu] : enumerate(Inputs.Plan.Tus)) {
    if (Tu.JobIndex >= TuOfJob.size())
      TuOfJob.resize(Tu.JobIndex + 1, ~0u);
    TuOfJob[Tu.JobIndex] = unsigned(I);
  }
  for (auto &File : Files)
    llvm::sort(File.second.Findings, [&](size_t A, size_t B) {
      return std::make_pair(Inputs.Edits.Findings[A].Offset, A) <
             std::make_pair(Inputs.Edits.Findings[B].Offset, B);
    });
}

/// The reason that drops a cluster: not that its members go together.
static MessageId causeOf(const Cluster &C, const EditPlan &Plan) {
  for (size_t I : C.Findings)
    if (MessageId Id = Plan.Findings[I].LeftId;
        Id != MessageId::None && Id != MessageId::GoesWithLeft)
      return Id;
  return C.DroppedId;
}

void Evidence::judgeClusters() {
  const EditPlan &Plan = Inputs.Edits;
  Verdicts.assign(Plan.Findings.size(), {MessageId::None, MessageId::None,
                                         "no cluster carries an edit for it"});
  std::vector<bool> Judged(Plan.Findings.size());
  for (const Cluster &C : Plan.Clusters) {
    // A later pass works on another text; its edits are in those of the file.
    if (C.Pass > 1)
      continue;
    MessageId Cause = causeOf(C, Plan);
    for (size_t I : C.Findings) {
      if (!Judged[I])
        Files[Plan.Findings[I].Path].Findings.push_back(I);
      // In two clusters, one of them dropped: not all of it is done.
      if (Judged[I] && !Verdicts[I].Left.empty())
        continue;
      Judged[I] = true;
      Verdicts[I] = {MessageId::None, Cause, C.Dropped};
    }
    if (!C.Dropped.empty())
      continue;
    for (size_t I : C.Findings)
      if (const Finding &F = Plan.Findings[I];
          F.Kind == FindingKind::Definition)
        for (const Edit &E : F.Edits)
          Files[E.Path].Gone.push_back(
              {E.Offset, E.Offset + E.Length, F.Class});
  }
  for (auto [I, F] : enumerate(Plan.Findings))
    if (F.isLeft())
      Verdicts[I] = {F.LeftId, Verdicts[I].Cause, F.Left};
}

const FileEvidence &Evidence::of(StringRef Path) const {
  static const FileEvidence Nothing;
  auto Known = Files.find(Path);
  return Known == Files.end() ? Nothing : Known->second;
}

std::vector<size_t> Evidence::findingsAt(const FileEvidence &File,
                                         unsigned Offset) const {
  std::vector<size_t> Found;
  for (size_t I : File.Findings) {
    const Finding &F = Inputs.Edits.Findings[I];
    if (F.Offset > Offset)
      break;
    if (Offset < F.Offset + F.Length)
      Found.push_back(I);
  }
  return Found;
}

const Edit *Evidence::editAt(const FileEvidence &File, unsigned Offset) {
  auto Found = find_if(File.Edits, [&](const Edit &E) {
    return E.Offset <= Offset && Offset < E.Offset + E.Length;
  });
  return Found == File.Edits.end() ? nullptr : &*Found;
}

StringRef Evidence::goesAwayWith(const FileEvidence &File, unsigned Offset) {
  for (const GoneText &Text : File.Gone)
    if (Text.Begin <= Offset && Offset < Text.End)
      return Text.Class;
  return "";
}

const SkippedRange *Evidence::skippedAt(StringRef Path,
                                        const FileEvidence &File,
                                        unsigned Offset) const {
  const SkippedRange *First = nullptr;
  for (size_t Tu : File.Tus) {
    const FileFacts &Facts = Inputs.Tus[Tu].Files.find(Path)->second;
    auto Found = find_if(Facts.Skipped, [&](const SkippedRange &Range) {
      return Range.Begin <= Offset && Offset < Range.End;
    });
    if (Found == Facts.Skipped.end())
      return nullptr;
    if (!First)
      First = &*Found;
  }
  return First;
}

/// The first error, where it is and what it says.
static std::string describeTrouble(const TuFindings &Tu, const Scope &Within) {
  std::string Text = Within.relative(Tu.MainFile);
  if (Tu.Errors.empty())
    return Text + " did not parse";
  const CompileError &First = Tu.Errors.front();
  return Text + " has errors: " + Within.relative(First.Path) + ":" +
         std::to_string(First.Line) + ": " + First.Message;
}

std::string Evidence::troubleOf(StringRef Path,
                                const FileEvidence &File) const {
  for (size_t Tu : File.Tus)
    if (!Inputs.Tus[Tu].Errors.empty())
      return describeTrouble(Inputs.Tus[Tu], Inputs.Within);
  auto Reaching = Inputs.Plan.TusReaching.find(Path);
  if (Reaching == Inputs.Plan.TusReaching.end())
    return "";
  for (unsigned Job : Reaching->second) {
    unsigned Tu = Job < TuOfJob.size() ? TuOfJob[Job] : ~0u;
    if (Tu < Inputs.Tus.size() &&
        (!Inputs.Tus[Tu].Parsed || !Inputs.Tus[Tu].Errors.empty()))
      return describeTrouble(Inputs.Tus[Tu], Inputs.Within);
  }
  return "";
}

StringRef Evidence::textOf(StringRef Path) const {
  for (const FileChange &Change : Inputs.Edits.Files)
    if (Change.Path == Path)
      return Change.Before;
  std::unique_ptr<std::string> &Text = Texts[Path];
  if (!Text) {
    auto Buffer = MemoryBuffer::getFile(Path);
    Text = std::make_unique<std::string>(Buffer ? (*Buffer)->getBuffer().str()
                                                : "");
  }
  return *Text;
}

bool Evidence::isInMacroBody(StringRef Path, unsigned Offset) const {
  return !macroAround(textOf(Path), Offset).empty();
}

} // namespace consolidate
