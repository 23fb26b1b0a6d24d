//===- LspInternal.h - The flow inside the server ---------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   Input     bytes                  -> messages, checked
//   Server    messages               -> documents, requests
//   Analyst   documents              -> Analysis, newest version first
//   Protocol  Analysis               -> diagnostics, code actions
//   Migration project, documents     -> one workspace edit
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_LSP_LSPINTERNAL_H
#define CONSOLIDATE_LIB_LSP_LSPINTERNAL_H

#include "Positions.h"
#include "consolidate/Account.h"
#include "consolidate/Editor.h"
#include "consolidate/Lsp.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace consolidate {

/// One open file as the client last sent it.
struct Document {
  std::string Uri;  ///< As the client spells it.
  std::string Path; ///< Real.
  int64_t Version = 0;
  std::shared_ptr<const std::string> Text;
};
/// By real path. A snapshot: cheap to copy.
using Documents = std::map<std::string, Document>;

/// What is known about one version of one file. Immutable.
struct Analysis {
  Document File;
  EditPlan Plan;
  std::vector<UnusedSuppression> Unused; ///< Of files that were seen whole.
  std::string Problem; ///< Why there is no plan: rules, command, crash.
};

/// What the client can do, and how positions are counted.
struct ClientTraits {
  PositionEncoding Encoding = PositionEncoding::Utf16;
  bool WatchesFiles = false;
  bool ShowsProgress = false;
};

// --- Protocol.cpp ------------------------------------------------------------

/// What is to be shown of a finding, or nothing: it is suppressed.
bool isShown(const Finding &F);
llvm::json::Array diagnosticsOf(const Analysis &Known,
                                PositionEncoding Encoding,
                                llvm::StringRef Messages);
/// Edits of one text, as the protocol's TextEdit.
llvm::json::Array textEdits(llvm::ArrayRef<Edit> Edits, llvm::StringRef Text,
                            PositionEncoding Encoding);
/// One entry of documentChanges; the version is null for a closed file.
llvm::json::Object documentEdit(const Document &File, bool Open,
                                llvm::json::Array Edits);

// --- Actions.cpp -------------------------------------------------------------

struct ActionRequest {
  size_t Begin = 0; ///< Byte range asked about.
  size_t End = 0;
  std::vector<std::string> Only; ///< Kinds wanted; empty: all.
};
llvm::json::Array actionsFor(const Analysis &Known, const Documents &Open,
                             const ActionRequest &Asked,
                             PositionEncoding Encoding);

// --- Unused.cpp --------------------------------------------------------------

/// A hint, which editors show faded, for each comment that suppresses nothing.
void addUnused(llvm::json::Array &Diagnostics, const Analysis &Known,
               PositionEncoding Encoding);
/// Quick fixes that take them away.
void addRemovals(llvm::json::Array &Actions, const Analysis &Known,
                 const ActionRequest &Asked, PositionEncoding Encoding);

// --- Analyst.cpp -------------------------------------------------------------

/// Keeps projects and parsers, and analyses changed files on a thread of its
/// own: the newest version of each, after a pause in the typing.
class Analyst {
public:
  using Done = std::function<void(std::shared_ptr<const Analysis>)>;

  Analyst(const ServerOptions &Options, Done OnDone);
  ~Analyst();

  void setFolders(std::vector<std::string> Folders);
  std::vector<std::string> folders() const;
  void open(Document File);
  void change(Document File);
  void close(const std::string &Path);
  /// Analyses everything again; with \p Reload after reading rules and
  /// databases again.
  void refresh(bool Reload);
  /// Calls \p Then with the analysis of the newest version, now or when it is
  /// there; with null when the file is closed before.
  void whenReady(const std::string &Path, Done Then);
  Documents documents() const;

  /// Options of the project that \p Path belongs to.
  ProjectOptions optionsFor(llvm::StringRef Path) const;

private:
  struct State {
    Document File;
    std::shared_ptr<OpenFile> Parser;
    std::shared_ptr<const Analysis> Known;
    std::vector<Done> Waiting;
    std::chrono::steady_clock::time_point Due;
    bool Dirty = false;
  };
  struct Opened {
    std::shared_ptr<const EditorProject> Project;
    std::string Problem;
  };

  const ServerOptions &Options;
  Done OnDone;
  mutable std::mutex Guard;
  std::condition_variable Wake;
  std::map<std::string, State> Files;
  std::vector<std::string> Folders;
  std::map<std::string, Opened> Projects; ///< The worker's alone.
  std::atomic<bool> ReloadAsked = false;
  bool Stopping = false;
  std::thread Worker;

  void schedule(State &File, bool Now);
  void run();
  std::shared_ptr<const Analysis> analyse(const Document &File,
                                          std::shared_ptr<OpenFile> &Parser);
  Opened &projectFor(const std::string &Path);
};

// --- Migration.cpp -----------------------------------------------------------

/// The whole migration, over open files as they are in the editor.
struct Migration {
  llvm::json::Array DocumentChanges;
  std::string Diff;
  unsigned Files = 0;
  unsigned Findings = 0;
  unsigned Left = 0;
  unsigned Dropped = 0;
  unsigned Unparsed = 0;
};

using ProgressReport =
    std::function<void(llvm::StringRef Stage, unsigned Done, unsigned Total)>;

llvm::Expected<Migration> migrate(ProjectOptions Options, const Documents &Open,
                                  PositionEncoding Encoding,
                                  const ProgressReport &Report);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_LSP_LSPINTERNAL_H
