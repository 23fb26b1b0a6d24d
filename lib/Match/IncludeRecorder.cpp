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
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

std::string withoutDots(StringRef Path) {
  SmallString<256> Result(Path);
  sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return std::string(Result);
}

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
    if (HashLoc.isInvalid() || HashLoc.isMacroID())
      return;
    auto [Includer, HashOffset] = SM.getDecomposedLoc(HashLoc);
    OptionalFileEntryRef IncluderEntry = SM.getFileEntryRefForID(Includer);
    if (!IncluderEntry)
      return noteForced(Includer, File);
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
    if (auto Around = Open.find(Includer); Around != Open.end())
      Directive.Branches = Around->second;
    if (File) {
      auto Healed = Out->Healed.find(absoluteName(*File));
      if (Healed != Out->Healed.end())
        Directive.HealedBy = Healed->second;
      else
        Directive.Resolved = realPathOf(*File);
      Out->Graph[realPathOf(*IncluderEntry)].push_back(
          Healed != Out->Healed.end() ? File->getName().str()
                                      : Directive.Resolved);
    }
    // The path in a macro leads there as well, and is not edited.
    if (!FilenameRange.getBegin().isMacroID())
      Out->Directives[Includer].push_back(std::move(Directive));
  }

  void MacroExpands(const Token &Name, const MacroDefinition &Definition,
                    SourceRange Range, const MacroArgs *Arguments) override {
    const MacroInfo *Info = Definition.getMacroInfo();
    if (!Info || Name.getLocation().isMacroID())
      return;
    const SourceManager &SM = Out->SM;
    Out->MacroUses.insert({SM.getFileID(Name.getLocation()),
                           SM.getFileID(Info->getDefinitionLoc())});
    noteMacro(Name);
    if (Arguments && !SM.isInSystemHeader(Name.getLocation()))
      Out->MacroCalls.emplace_back(Name.getIdentifierInfo(), Range);
  }

  void MacroDefined(const Token &Name,
                    const MacroDirective *Directive) override {
    using Shape = IncludeRecorder::MacroShape;
    bool Function = Directive->getMacroInfo()->isFunctionLike();
    Out->MacroStates[Name.getIdentifierInfo()].emplace_back(
        Name.getLocation(), Function ? Shape::Function : Shape::Object);
    noteMacro(Name);
  }
  void MacroUndefined(const Token &Name, const MacroDefinition &,
                      const MacroDirective *) override {
    auto Known = Out->MacroStates.find(Name.getIdentifierInfo());
    if (Known != Out->MacroStates.end())
      Known->second.emplace_back(Name.getLocation(),
                                 IncludeRecorder::MacroShape::Undefined);
    noteMacro(Name);
  }
  void Defined(const Token &Name, const MacroDefinition &,
               SourceRange) override {
    noteMacro(Name);
  }

  // --- What is passed over ---------------------------------------------------

  void LexedFileChanged(FileID File, LexedFileChangeReason Reason,
                        SrcMgr::CharacteristicKind Type, FileID,
                        SourceLocation) override {
    if (Reason == LexedFileChangeReason::EnterFile)
      Out->Entered.try_emplace(File, Type);
  }
  void SourceRangeSkipped(SourceRange Range, SourceLocation) override {
    auto [File, Begin] = Out->SM.getDecomposedLoc(Range.getBegin());
    Out->Skipped[File].emplace_back(Begin,
                                    Out->SM.getFileOffset(Range.getEnd()));
  }
  void If(SourceLocation Loc, SourceRange, ConditionValueKind) override {
    openBranch(Loc);
  }
  void Ifdef(SourceLocation Loc, const Token &Name,
             const MacroDefinition &) override {
    openBranch(Loc);
    noteMacro(Name);
  }
  void Ifndef(SourceLocation Loc, const Token &Name,
              const MacroDefinition &) override {
    openBranch(Loc);
    noteMacro(Name);
  }
  void Elif(SourceLocation Loc, SourceRange, ConditionValueKind,
            SourceLocation IfLoc) override {
    nextBranch(Loc, IfLoc);
  }
  void Elifdef(SourceLocation Loc, const Token &Name,
               const MacroDefinition &) override {
    nextBranch(Loc, Loc);
    noteMacro(Name);
  }
  void Elifdef(SourceLocation Loc, SourceRange, SourceLocation IfLoc) override {
    nextBranch(Loc, IfLoc);
  }
  void Elifndef(SourceLocation Loc, const Token &Name,
                const MacroDefinition &) override {
    nextBranch(Loc, Loc);
    noteMacro(Name);
  }
  void Elifndef(SourceLocation Loc, SourceRange,
                SourceLocation IfLoc) override {
    nextBranch(Loc, IfLoc);
  }
  void Else(SourceLocation Loc, SourceLocation IfLoc) override {
    nextBranch(Loc, IfLoc);
  }
  void Endif(SourceLocation Loc, SourceLocation) override {
    std::vector<unsigned> &Around = Open[Out->SM.getFileID(Loc)];
    if (!Around.empty())
      Around.pop_back();
  }

private:
  /// A file found through a relative `-I` has a relative name.
  std::string absoluteName(FileEntryRef File) const {
    SmallString<256> Path(File.getName());
    Out->SM.getFileManager().makeAbsolutePath(Path);
    return withoutDots(Path);
  }

  std::shared_ptr<IncludeRecorder> Out;
  /// The branches around the place that is read, by file: offsets of their
  /// keywords.
  std::map<FileID, std::vector<unsigned>> Open;

  void openBranch(SourceLocation Keyword) {
    auto [File, Offset] = Out->SM.getDecomposedLoc(Keyword);
    Out->Branches[File][Offset] = Offset;
    Open[File].push_back(Offset);
  }

  void nextBranch(SourceLocation Keyword, SourceLocation If) {
    auto [File, Offset] = Out->SM.getDecomposedLoc(Keyword);
    Out->Branches[File][Offset] = Out->SM.getFileOffset(If);
    if (std::vector<unsigned> &Around = Open[File]; !Around.empty())
      Around.back() = Offset;
  }

  /// `-include FILE`: what the main file reaches, in no line of its own.
  void noteForced(FileID Includer, OptionalFileEntryRef File) {
    OptionalFileEntryRef Main =
        Out->SM.getFileEntryRefForID(Out->SM.getMainFileID());
    if (Includer == Out->PP.getPredefinesFileID() && File && Main)
      Out->Graph[realPathOf(*Main)].push_back(realPathOf(*File));
  }

  void noteMacro(const Token &Name) {
    SourceLocation Where = Name.getLocation();
    if (Where.isValid() && !Out->SM.isInSystemHeader(Where) &&
        !Out->SM.isWrittenInBuiltinFile(Where) &&
        !Out->SM.isWrittenInCommandLineFile(Where))
      Out->MacroNames.emplace_back(Name.getIdentifierInfo(), Where);
  }
};

} // namespace

std::shared_ptr<IncludeRecorder>
recordIncludes(Preprocessor &PP, const StringMap<std::string> &Healed) {
  StringMap<std::string> ByName;
  for (const auto &Entry : Healed)
    ByName[withoutDots(Entry.getKey())] = Entry.second;
  auto Recorder = std::make_shared<IncludeRecorder>(PP, ByName);
  PP.addPPCallbacks(std::make_unique<RecordingCallbacks>(Recorder));
  return Recorder;
}

} // namespace consolidate
