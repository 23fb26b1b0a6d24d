//===- LspCommand.cpp - lsp -----------------------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CommandLine.h"

#include "consolidate/Lsp.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {

/// docs/messages.md where it is installed, or in the source tree around the
/// build; "" when it is in neither.
static std::string messagesFile() {
  static int Here;
  std::string Program = sys::fs::getMainExecutable("", &Here);
  for (StringRef Place : {"../share/doc/clang-consolidate/messages.md",
                          "../../../docs/messages.md"}) {
    SmallString<256> Path(sys::path::parent_path(Program));
    sys::path::append(Path, Place);
    sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    if (sys::fs::exists(Path))
      return std::string(Path);
  }
  return "";
}

int runLsp(const Invocation &Asked) {
  ServerOptions Options;
  Options.Project = Asked.Project;
  Options.Version = CONSOLIDATE_VERSION;
  Options.Messages = messagesFile();
  // The server's own directory means nothing to the files that are opened.
  auto MakeAbsolute = [&](std::string &Path) {
    SmallString<256> Absolute(Path);
    sys::path::make_absolute(Asked.Project.WorkingDirectory, Absolute);
    Path = std::string(Absolute);
  };
  for (std::string &Directory : Options.Project.BuildDirectories)
    MakeAbsolute(Directory);
  if (!Options.Project.Rules.empty() &&
      !StringRef(Options.Project.Rules).starts_with("builtin:"))
    MakeAbsolute(Options.Project.Rules);
  return serve(Options, stdin, outs()) ? ExitClean : ExitPending;
}

} // namespace consolidate
