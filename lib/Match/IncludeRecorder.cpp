//===- IncludeRecorder.cpp - What the preprocessor tells of includes ------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "consolidate/Frontend.h"

#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

class RecordingCallbacks : public PPCallbacks {
public:
  explicit RecordingCallbacks(std::shared_ptr<IncludeRecorder> Out)
      : Out(std::move(Out)) {}

  void InclusionDirective(SourceLocation HashLoc, const Token &,
                          StringRef FileName, bool IsAngled,
                          CharSourceRange FilenameRange,
                          OptionalFileEntryRef File, StringRef, StringRef,
                          const Module *, bool,
                          SrcMgr::CharacteristicKind FileType) override {
    const SourceManager &SM = Out->SM;
    if (HashLoc.isInvalid() || HashLoc.isMacroID() ||
        FilenameRange.getBegin().isMacroID())
      return;
    auto [Includer, HashOffset] = SM.getDecomposedLoc(HashLoc);
    OptionalFileEntryRef IncluderEntry = SM.getFileEntryRefForID(Includer);
    if (!IncluderEntry)
      return;
    IncludeDirective Directive;
    Directive.LineOffset =
        HashOffset - (SM.getColumnNumber(Includer, HashOffset) - 1);
    Directive.PathOffset = SM.getFileOffset(FilenameRange.getBegin());
    Directive.PathLength =
        SM.getFileOffset(FilenameRange.getEnd()) - Directive.PathOffset;
    Directive.Line = SM.getLineNumber(Includer, HashOffset);
    Directive.Angled = IsAngled;
    Directive.System = SrcMgr::isSystem(FileType);
    Directive.Spelled = FileName.str();
    if (File) {
      auto Healed = Out->Healed.find(File->getName());
      if (Healed != Out->Healed.end())
        Directive.HealedBy = Healed->second;
      else
        Directive.Resolved = realPathOf(*File);
      Out->Graph[realPathOf(*IncluderEntry)].push_back(
          Healed != Out->Healed.end() ? File->getName().str()
                                      : Directive.Resolved);
    }
    Out->Directives[Includer].push_back(std::move(Directive));
  }

  void MacroExpands(const Token &Name, const MacroDefinition &Definition,
                    SourceRange, const MacroArgs *) override {
    const MacroInfo *Info = Definition.getMacroInfo();
    if (!Info || Name.getLocation().isMacroID())
      return;
    const SourceManager &SM = Out->SM;
    Out->MacroUses.insert({SM.getFileID(Name.getLocation()),
                           SM.getFileID(Info->getDefinitionLoc())});
  }

private:
  std::shared_ptr<IncludeRecorder> Out;
};

} // namespace

std::shared_ptr<IncludeRecorder>
recordIncludes(Preprocessor &PP, const StringMap<std::string> &Healed) {
  auto Recorder =
      std::make_shared<IncludeRecorder>(PP.getSourceManager(), Healed);
  PP.addPPCallbacks(std::make_unique<RecordingCallbacks>(Recorder));
  return Recorder;
}

} // namespace consolidate
