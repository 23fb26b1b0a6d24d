//===- Server.cpp - Messages -> documents, answers ------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Server.h"

#include "Input.h"
#include "consolidate/Support.h"

#include <cstdlib>

using namespace llvm;
using namespace llvm::lsp;

namespace consolidate {

bool fromJSON(const json::Value &Value, Message &Result, json::Path Path) {
  const json::Object *Object = Value.getAsObject();
  if (Object)
    Result.Fields = *Object;
  else if (Value.kind() != json::Value::Null) {
    Path.report("expected object");
    return false;
  }
  return true;
}
bool fromJSON(const json::Value &Value, Anything &Result, json::Path) {
  Result.Value = Value;
  return true;
}

Error refuse(ErrorCode Code, const Twine &What) {
  return make_error<LSPError>(What.str(), Code);
}

Server::Server(const ServerOptions &Options, std::FILE *In, raw_ostream &Out)
    : Options(Options), Transport(std::make_unique<CheckedInput>(In), Out),
      Handler(Transport), Publish(Handler.outgoingNotification<json::Value>(
                              "textDocument/publishDiagnostics")),
      ReportProgress(Handler.outgoingNotification<json::Value>("$/progress")),
      Work(Options,
           [this](std::shared_ptr<const Analysis> Known) { publish(*Known); }) {
  Handler.method("initialize", this, &Server::initialize);
  Handler.method("shutdown", this, &Server::shutdown);
  Handler.method("textDocument/codeAction", this, &Server::codeAction);
  Handler.method("workspace/executeCommand", this, &Server::executeCommand);
  Handler.method(MalformedMethod, this, &Server::malformed);
  Handler.notification("initialized", this, &Server::initialized);
  Handler.notification("textDocument/didOpen", this, &Server::didOpen);
  Handler.notification("textDocument/didChange", this, &Server::didChange);
  Handler.notification("textDocument/didSave", this, &Server::didSave);
  Handler.notification("textDocument/didClose", this, &Server::didClose);
  Handler.notification("workspace/didChangeWatchedFiles", this,
                       &Server::didChangeWatchedFiles);
  Handler.notification("workspace/didChangeWorkspaceFolders", this,
                       &Server::didChangeFolders);
  Handler.notification("$/cancelRequest", this, &Server::cancel);
  Handler.notification("window/workDoneProgress/cancel", this,
                       &Server::cancelProgress);
  Handler.notification("$/setTrace", this, &Server::ignore);
  Handler.notification("workspace/didChangeConfiguration", this,
                       &Server::ignore);
}

bool Server::run() {
  consumeError(Transport.run(Handler));
  // A migration writes nothing, and cannot be stopped halfway: whoever waited
  // for it is gone.
  if (Busy)
    std::_Exit(ShutDown ? 0 : 1);
  if (Migrating.joinable())
    Migrating.join();
  return ShutDown;
}

// --- The life of the server --------------------------------------------------

const json::Value *at(const json::Object &From, ArrayRef<StringRef> Path) {
  const json::Object *Here = &From;
  for (StringRef Key : Path.drop_back()) {
    Here = Here->getObject(Key);
    if (!Here)
      return nullptr;
  }
  return Here->get(Path.back());
}

static bool isTrue(const json::Object &From, ArrayRef<StringRef> Path) {
  const json::Value *Value = at(From, Path);
  return Value && Value->getAsBoolean().value_or(false);
}

void Server::initialize(const Message &Asked, Reply Answer) {
  if (Initialized)
    return Answer(refuse(ErrorCode::InvalidRequest, "initialized already"));
  const json::Object &Fields = Asked.Fields;
  if (const json::Value *Encodings =
          at(Fields, {"capabilities", "general", "positionEncodings"}))
    if (const json::Array *Known = Encodings->getAsArray())
      for (const json::Value &Encoding : *Known) {
        StringRef Name = Encoding.getAsString().value_or("");
        if (Name != "utf-8" && Name != "utf-16")
          continue;
        Client.Encoding =
            Name == "utf-8" ? PositionEncoding::Utf8 : PositionEncoding::Utf16;
        break; // The client lists what it likes best first.
      }
  Client.WatchesFiles =
      isTrue(Fields, {"capabilities", "workspace", "didChangeWatchedFiles",
                      "dynamicRegistration"});
  Client.ShowsProgress =
      isTrue(Fields, {"capabilities", "window", "workDoneProgress"});
  std::vector<std::string> Folders;
  if (const json::Array *Known = Fields.getArray("workspaceFolders"))
    for (const json::Value &Folder : *Known)
      if (const json::Object *Object = Folder.getAsObject())
        Folders.push_back(
            realPath(pathOfUri(Object->getString("uri").value_or(""))));
  if (Folders.empty())
    if (std::optional<StringRef> Root = Fields.getString("rootUri"))
      Folders.push_back(realPath(pathOfUri(*Root)));
  Work.setFolders(std::move(Folders));
  Initialized = true;
  Answer(json::Object{
      {"serverInfo", json::Object{{"name", "clang-consolidate"},
                                  {"version", Options.Version}}},
      {"capabilities",
       json::Object{
           {"positionEncoding",
            Client.Encoding == PositionEncoding::Utf8 ? "utf-8" : "utf-16"},
           {"textDocumentSync",
            json::Object{{"openClose", true}, {"change", 2}, {"save", true}}},
           {"codeActionProvider",
            json::Object{
                {"codeActionKinds",
                 json::Array{"quickfix", "source.fixAll.consolidate"}}}},
           {"executeCommandProvider",
            json::Object{
                {"commands", json::Array{PreviewCommand, ApplyCommand}},
                {"workDoneProgress", true}}},
           {"workspace",
            json::Object{{"workspaceFolders",
                          json::Object{{"supported", true},
                                       {"changeNotifications", true}}}}}}}});
}

void Server::initialized(const Message &) {
  if (!Client.WatchesFiles)
    return;
  json::Array Watchers;
  for (StringRef Name :
       {StringRef(RulesFileName), StringRef("compile_commands.json")})
    Watchers.push_back(json::Object{{"globPattern", ("**/" + Name).str()}});
  request(
      "client/registerCapability",
      json::Object{{"registrations",
                    json::Array{json::Object{
                        {"id", "consolidate-files"},
                        {"method", "workspace/didChangeWatchedFiles"},
                        {"registerOptions",
                         json::Object{{"watchers", std::move(Watchers)}}}}}}});
}

void Server::shutdown(const Message &, Reply Answer) {
  ShutDown = true;
  Answer(nullptr);
}

void Server::malformed(const Message &Asked, Reply Answer) {
  Answer(refuse(ErrorCode(Asked.Fields.getInteger("code").value_or(
                    int64_t(ErrorCode::ParseError))),
                Asked.Fields.getString("message").value_or("")));
}

void Server::request(StringLiteral Method, json::Value Params,
                     std::function<void(const json::Value &)> Then) {
  auto Send = Handler.outgoingRequest<json::Value, Anything>(
      Method, [Then](json::Value, Expected<Anything> Result) {
        if (!Result)
          consumeError(Result.takeError());
        else if (Then)
          Then(Result->Value);
      });
  Send(Params, json::Value(int64_t(++LastRequest)));
}

// --- Documents ---------------------------------------------------------------

std::string uriIn(const Message &Said) {
  const json::Object *File = Said.Fields.getObject("textDocument");
  return File ? File->getString("uri").value_or("").str() : "";
}

void Server::didOpen(const Message &Said) {
  const json::Object *Item = Said.Fields.getObject("textDocument");
  std::string Path = pathOfUri(uriIn(Said));
  if (!Item || Path.empty())
    return;
  Document File;
  File.Uri = uriIn(Said);
  File.Path = realPath(Path);
  File.Version = Item->getInteger("version").value_or(0);
  File.Text =
      std::make_shared<std::string>(Item->getString("text").value_or("").str());
  Work.open(std::move(File));
}

/// One change of a text: a range of it, or all of it.
static void change(std::string &Text, const json::Object &Change,
                   PositionEncoding Encoding) {
  StringRef New = Change.getString("text").value_or("");
  const json::Object *Range = Change.getObject("range");
  if (!Range) {
    Text = New.str();
    return;
  }
  Positions Where(Text, Encoding);
  size_t Begin = Where.offset(Range->getObject("start"));
  size_t End = std::max(Begin, Where.offset(Range->getObject("end")));
  Text.replace(Begin, End - Begin, New.str());
}

void Server::didChange(const Message &Said) {
  Documents Open = Work.documents();
  auto Known = Open.find(realPath(pathOfUri(uriIn(Said))));
  const json::Array *Changes = Said.Fields.getArray("contentChanges");
  if (Known == Open.end() || !Changes)
    return;
  Document File = Known->second;
  std::string Text = *File.Text;
  for (const json::Value &Change : *Changes)
    if (const json::Object *Object = Change.getAsObject())
      change(Text, *Object, Client.Encoding);
  File.Version = Said.Fields.getObject("textDocument")
                     ->getInteger("version")
                     .value_or(File.Version + 1);
  File.Text = std::make_shared<std::string>(std::move(Text));
  Work.change(std::move(File));
}

void Server::didSave(const Message &) {
  // Other open files may include this one.
  Work.refresh(/*Reload=*/false);
}

void Server::didClose(const Message &Said) {
  Work.close(realPath(pathOfUri(uriIn(Said))));
  Publish(json::Object{{"uri", uriIn(Said)}, {"diagnostics", json::Array()}});
}

void Server::didChangeWatchedFiles(const Message &) {
  Work.refresh(/*Reload=*/true);
}

void Server::didChangeFolders(const Message &Said) {
  std::vector<std::string> Folders = Work.folders();
  auto Each = [&](StringRef Key, function_ref<void(std::string)> Do) {
    const json::Value *List = at(Said.Fields, {"event", Key});
    if (const json::Array *Known = List ? List->getAsArray() : nullptr)
      for (const json::Value &Folder : *Known)
        if (const json::Object *Object = Folder.getAsObject())
          Do(realPath(pathOfUri(Object->getString("uri").value_or(""))));
  };
  Each("removed", [&](const std::string &Path) { erase(Folders, Path); });
  Each("added", [&](std::string Path) { Folders.push_back(std::move(Path)); });
  Work.setFolders(std::move(Folders));
  Work.refresh(/*Reload=*/true);
}

void Server::publish(const Analysis &Known) {
  Publish(json::Object{{"uri", Known.File.Uri},
                       {"version", Known.File.Version},
                       {"diagnostics", diagnosticsOf(Known, Client.Encoding,
                                                     Options.Messages)}});
}

bool serve(const ServerOptions &Options, std::FILE *In, raw_ostream &Out) {
  return Server(Options, In, Out).run();
}

} // namespace consolidate
