//===- Server.h - Messages -> documents, answers ----------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_LSP_SERVER_H
#define CONSOLIDATE_LIB_LSP_SERVER_H

#include "LspInternal.h"

#include "llvm/Support/LSP/Transport.h"

namespace consolidate {

/// The parameters of a message, as they came. The library's own types know
/// neither versions nor codes nor the encoding of positions.
struct Message {
  llvm::json::Object Fields;
};
bool fromJSON(const llvm::json::Value &Value, Message &Result,
              llvm::json::Path Path);
struct Anything {
  llvm::json::Value Value = nullptr;
};
bool fromJSON(const llvm::json::Value &Value, Anything &Result,
              llvm::json::Path Path);

inline constexpr llvm::StringLiteral PreviewCommand =
    "clang-consolidate.previewMigration";
inline constexpr llvm::StringLiteral ApplyCommand =
    "clang-consolidate.applyMigration";

llvm::Error refuse(llvm::lsp::ErrorCode Code, const llvm::Twine &What);
/// What \p Path leads to in nested objects; null when it leads nowhere.
const llvm::json::Value *at(const llvm::json::Object &From,
                            llvm::ArrayRef<llvm::StringRef> Path);
/// The URI of the text document that a message is about, or "".
std::string uriIn(const Message &Said);

/// One server for one client. Messages come on the thread of `run`; analyses
/// and a migration have threads of their own.
class Server {
public:
  Server(const ServerOptions &Options, std::FILE *In, llvm::raw_ostream &Out);
  /// Until the input ends; true when the client asked for the shutdown.
  bool run();

private:
  using Reply = llvm::lsp::Callback<llvm::json::Value>;
  using Notification = llvm::lsp::OutgoingNotification<llvm::json::Value>;

  /// A request that is not answered yet.
  struct Pending {
    std::string Id;
    Reply Answer;
    llvm::json::Value Token = nullptr; ///< For progress.
    std::atomic<bool> Cancelled = false;
  };

  const ServerOptions &Options;
  llvm::lsp::JSONTransport Transport;
  llvm::lsp::MessageHandler Handler;
  Notification Publish;
  Notification ReportProgress;
  ClientTraits Client;
  bool Initialized = false;
  bool ShutDown = false;
  std::atomic<int64_t> LastRequest = 0;
  std::mutex Guard;
  std::map<std::string, std::shared_ptr<Pending>> Waiting;
  std::atomic<bool> Busy = false;
  std::thread Migrating;
  Analyst Work; ///< Last: it stops before what it reports to.

  void initialize(const Message &Asked, Reply Answer);
  void initialized(const Message &Said);
  void shutdown(const Message &Asked, Reply Answer);
  void malformed(const Message &Asked, Reply Answer);
  void ignore(const Message &) {}
  void didOpen(const Message &Said);
  void didChange(const Message &Said);
  void didSave(const Message &Said);
  void didClose(const Message &Said);
  void didChangeWatchedFiles(const Message &Said);
  void didChangeFolders(const Message &Said);
  void cancel(const Message &Said);
  void cancelProgress(const Message &Said);
  void codeAction(const Message &Asked, Reply Answer);
  void executeCommand(const Message &Asked, Reply Answer);

  bool refuses(Reply &Answer);
  void publish(const Analysis &Known);
  void request(llvm::StringLiteral Method, llvm::json::Value Params,
               std::function<void(const llvm::json::Value &)> Then = {});
  std::shared_ptr<Pending> hold(const Message &Asked, Reply Answer);
  void finish(Pending &Request, llvm::Expected<llvm::json::Value> Result);
  void cancelOne(std::shared_ptr<Pending> Request);
  void progress(Pending &Request, llvm::json::Object Value);
  llvm::Expected<llvm::json::Value>
  runMigration(Pending &Request, const std::string &Folder, bool Applies);
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_LSP_SERVER_H
