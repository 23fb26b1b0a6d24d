//===- Requests.cpp - Code actions and the migration ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Server.h"

#include "Input.h"
#include "consolidate/Support.h"

using namespace llvm;
using namespace llvm::lsp;

namespace consolidate {

static std::string idOf(const Message &Asked) {
  const json::Value *Id = Asked.Fields.get(RequestIdKey);
  return Id ? formatv("{0}", *Id).str() : "";
}

std::shared_ptr<Server::Pending> Server::hold(const Message &Asked,
                                              Reply Answer) {
  auto Request = std::make_shared<Pending>();
  Request->Id = idOf(Asked);
  Request->Answer = std::move(Answer);
  std::lock_guard<std::mutex> Lock(Guard);
  Waiting[Request->Id] = Request;
  return Request;
}

void Server::finish(Pending &Request, Expected<json::Value> Result) {
  Reply Answer;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    Waiting.erase(Request.Id);
    Answer = std::move(Request.Answer);
    Request.Answer = nullptr;
  }
  // Whoever cancelled it has the answer already.
  if (!Answer)
    return consumeError(Result.takeError());
  Answer(std::move(Result));
}

void Server::cancelOne(std::shared_ptr<Pending> Request) {
  Request->Cancelled = true;
  finish(*Request, refuse(ErrorCode::RequestCancelled, "cancelled"));
}

void Server::cancel(const Message &Said) {
  const json::Value *Id = Said.Fields.get("id");
  std::shared_ptr<Pending> Request;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    auto Known = Waiting.find(Id ? formatv("{0}", *Id).str() : "");
    if (Known == Waiting.end())
      return;
    Request = Known->second;
  }
  cancelOne(std::move(Request));
}

void Server::cancelProgress(const Message &Said) {
  const json::Value *Token = Said.Fields.get("token");
  std::shared_ptr<Pending> Request;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    for (auto &[Id, Known] : Waiting)
      if (Token && Known->Token == *Token)
        Request = Known;
  }
  if (Request)
    cancelOne(std::move(Request));
}

/// Nothing is answered before `initialize` and after `shutdown`.
bool Server::refuses(Reply &Answer) {
  if (Initialized && !ShutDown)
    return false;
  Answer(Initialized
             ? refuse(ErrorCode::InvalidRequest, "the server is shut down")
             : refuse(ErrorCode::ServerNotInitialized, "not initialized"));
  return true;
}

void Server::codeAction(const Message &Asked, Reply Answer) {
  if (refuses(Answer))
    return;
  std::string Path = realPath(pathOfUri(uriIn(Asked)));
  const json::Object *Range = Asked.Fields.getObject("range");
  if (Path.empty() || !Range)
    return Answer(refuse(ErrorCode::InvalidParams,
                         "codeAction needs textDocument and range"));
  std::vector<std::string> Only;
  if (const json::Value *Kinds = at(Asked.Fields, {"context", "only"}))
    if (const json::Array *List = Kinds->getAsArray())
      for (const json::Value &Kind : *List)
        Only.push_back(Kind.getAsString().value_or("").str());
  json::Object Place = *Range;
  std::shared_ptr<Pending> Request = hold(Asked, std::move(Answer));
  Work.whenReady(Path, [=, this](std::shared_ptr<const Analysis> Known) {
    if (!Known)
      return finish(*Request, json::Array());
    Positions Where(*Known->File.Text, Client.Encoding);
    ActionRequest Wanted{Where.offset(Place.getObject("start")),
                         Where.offset(Place.getObject("end")), Only};
    finish(*Request,
           actionsFor(*Known, Work.documents(), Wanted, Client.Encoding));
  });
}

void Server::executeCommand(const Message &Asked, Reply Answer) {
  if (refuses(Answer))
    return;
  StringRef Command = Asked.Fields.getString("command").value_or("");
  if (Command != PreviewCommand && Command != ApplyCommand)
    return Answer(refuse(ErrorCode::InvalidParams,
                         "there is no command '" + Command + "'"));
  if (Busy.exchange(true))
    return Answer(refuse(ErrorCode::RequestFailed,
                         "a migration is being prepared already"));
  if (Migrating.joinable())
    Migrating.join();
  std::string Folder;
  if (const json::Array *Arguments = Asked.Fields.getArray("arguments"))
    if (!Arguments->empty())
      if (const json::Object *Object = Arguments->front().getAsObject())
        Folder = pathOfUri(Object->getString("uri").value_or(""));
  std::vector<std::string> Folders = Work.folders();
  if (Folder.empty())
    Folder =
        Folders.empty() ? Options.Project.WorkingDirectory : Folders.front();
  std::shared_ptr<Pending> Request = hold(Asked, std::move(Answer));
  if (const json::Value *Token = Asked.Fields.get("workDoneToken"))
    Request->Token = *Token;
  Migrating = std::thread([=, this, Applies = Command == ApplyCommand] {
    Expected<json::Value> Result =
        runMigration(*Request, realPath(Folder), Applies);
    // Who has the answer may ask for the next.
    Busy = false;
    finish(*Request, std::move(Result));
  });
}

void Server::progress(Pending &Request, json::Object Value) {
  if (Request.Token.kind() != json::Value::Null)
    ReportProgress(
        json::Object{{"token", Request.Token}, {"value", std::move(Value)}});
}

static json::Object resultOf(const Migration &Done) {
  return json::Object{{"files", int64_t(Done.Files)},
                      {"findings", int64_t(Done.Findings)},
                      {"left", int64_t(Done.Left)},
                      {"dropped", int64_t(Done.Dropped)},
                      {"unparsed", int64_t(Done.Unparsed)},
                      {"diff", json::fixUTF8(Done.Diff)}};
}

Expected<json::Value> Server::runMigration(Pending &Request,
                                           const std::string &Folder,
                                           bool Applies) {
  if (Request.Token.kind() == json::Value::Null && Client.ShowsProgress) {
    Request.Token = "clang-consolidate/" + std::to_string(++LastRequest);
    request("window/workDoneProgress/create",
            json::Object{{"token", Request.Token}});
  }
  progress(Request, json::Object{{"kind", "begin"},
                                 {"title", "Consolidating"},
                                 {"cancellable", true},
                                 {"percentage", 0}});
  Documents Open = Work.documents();
  auto Report = [&](StringRef Stage, unsigned Done, unsigned Total) {
    if (!Request.Cancelled)
      progress(
          Request,
          json::Object{
              {"kind", "report"},
              {"message",
               Total ? (Stage + " " + Twine(Done) + "/" + Twine(Total)).str()
                     : Stage.str()},
              {"percentage", int64_t(Total ? 100 * Done / Total : 0)}});
  };
  // A path below the folder, so that a rules file in it is found.
  Expected<Migration> Done =
      migrate(Work.optionsFor(Folder + "/."), Open, Client.Encoding, Report);
  progress(Request, json::Object{{"kind", "end"}});
  if (!Done)
    return refuse(ErrorCode::RequestFailed, toString(Done.takeError()));
  json::Object Result = resultOf(*Done);
  json::Object Edit{{"documentChanges", std::move(Done->DocumentChanges)}};
  if (!Applies || Request.Cancelled) {
    Result["edit"] = std::move(Edit);
    return std::move(Result);
  }
  // What was typed meanwhile would be overwritten.
  for (const auto &[Path, File] : Work.documents())
    if (auto Known = Open.find(Path);
        Known != Open.end() && Known->second.Text != File.Text)
      return refuse(ErrorCode::ContentModified,
                    "'" + Path + "' was changed meanwhile");
  if (Done->Unparsed)
    return refuse(
        ErrorCode::RequestFailed,
        Twine(Done->Unparsed) +
            " translation units do not parse, so the change cannot be "
            "verified in them: nothing was changed; see "
            "clang-consolidate diff");
  request("workspace/applyEdit",
          json::Object{{"label", "Consolidate the project"},
                       {"edit", std::move(Edit)}});
  return std::move(Result);
}

} // namespace consolidate
