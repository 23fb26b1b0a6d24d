//===- ErrorCollector.cpp - Clang's errors as plain values ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "ErrorCollector.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

static CompileError describe(const Diagnostic &Info) {
  CompileError Error;
  SmallString<128> Text;
  Info.FormatDiagnostic(Text);
  Error.Message = std::string(Text);
  if (!Info.hasSourceManager() || Info.getLocation().isInvalid())
    return Error;
  const SourceManager &SM = Info.getSourceManager();
  SourceLocation Loc = SM.getFileLoc(Info.getLocation());
  auto [File, Offset] = SM.getDecomposedLoc(Loc);
  if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
    Error.Path = realPathOf(*Entry);
  Error.Offset = Offset;
  // Inside macros the culprit may stand where any of the bodies is written.
  for (SourceLocation At = Info.getLocation(); At.isMacroID();
       At = SM.getImmediateExpansionRange(At).getBegin()) {
    auto [Body, BodyOffset] = SM.getDecomposedLoc(SM.getSpellingLoc(At));
    if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(Body))
      Error.Notes.emplace_back(realPathOf(*Entry), BodyOffset);
  }
  Error.Line = SM.getLineNumber(File, Offset);
  Error.Column = SM.getColumnNumber(File, Offset);
  return Error;
}

void ErrorCollector::HandleDiagnostic(DiagnosticsEngine::Level Level,
                                      const Diagnostic &Info) {
  DiagnosticConsumer::HandleDiagnostic(Level, Info);
  if (Level < DiagnosticsEngine::Error && Level != DiagnosticsEngine::Note) {
    AfterError = false;
    return;
  }
  CompileError Error = describe(Info);
  if (Level != DiagnosticsEngine::Note) {
    Errors.push_back(std::move(Error));
    AfterError = true;
  } else if (AfterError && !Error.Path.empty()) {
    Errors.back().Notes.emplace_back(Error.Path, Error.Offset);
  }
}

} // namespace consolidate
