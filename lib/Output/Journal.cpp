//===- Journal.cpp - What a run is about to do, on disk first -------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Journal.h"

#include "Paths.h"
#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <ctime>

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringLiteral StateNames[] = {"writing", "renaming", "applied",
                                        "undoing", "undone",   "rolled-back"};

std::string journalRoot(StringRef Root) {
  return stateDirectory(Root) + "/journal";
}

std::string timestamp() {
  std::time_t Now = std::time(nullptr);
  std::tm Utc;
  gmtime_r(&Now, &Utc);
  char Text[32];
  std::strftime(Text, sizeof(Text), "%Y%m%dT%H%M%SZ", &Utc);
  return Text;
}

/// The leading number of a journal's name; 0 for what is none of ours.
unsigned numberOf(StringRef Id) {
  unsigned Number = 0;
  return Id.split('-').first.getAsInteger(10, Number) ? 0 : Number;
}

/// Names of the journals below \p Root, newest first.
Expected<std::vector<std::string>> journalIds(StringRef Root) {
  std::vector<std::string> Ids;
  std::string Directory = journalRoot(Root);
  if (!sys::fs::is_directory(Directory))
    return Ids;
  std::error_code EC;
  for (sys::fs::directory_iterator It(Directory, EC), End; !EC && It != End;
       It.increment(EC))
    if (StringRef Id = sys::path::filename(It->path()); numberOf(Id))
      Ids.push_back(Id.str());
  if (EC)
    return makeError(ErrorKind::FileSystem,
                     "cannot list " + Directory + ": " + EC.message());
  llvm::sort(Ids, [](StringRef L, StringRef R) {
    return std::pair(numberOf(L), L) > std::pair(numberOf(R), R);
  });
  return Ids;
}

json::Value toJson(const Journal &J) {
  json::Array Files;
  for (const auto &[Index, File] : enumerate(J.Files)) {
    StringRef Path = relativeTo(File.Path, J.Root);
    json::Object Entry{
        {"path", json::fixUTF8(Path)},
        {"original", sys::path::filename(J.originalPath(Index)).str()},
        {"before", File.BeforeHash},
        {"after", File.AfterHash}};
    std::string Mode;
    for (unsigned Shift : {9u, 6u, 3u, 0u})
      Mode += char('0' + ((File.Mode >> Shift) & 7));
    Entry["mode"] = Mode;
    // JSON holds UTF-8 only; the bytes of the name decide.
    if (!json::isUTF8(Path))
      Entry["pathHex"] = toHex(Path);
    Files.push_back(std::move(Entry));
  }
  return json::Object{{"version", 1},
                      {"state", StateNames[unsigned(J.State)]},
                      {"label", json::fixUTF8(J.Label)},
                      {"files", std::move(Files)}};
}

/// The absolute path of a manifest entry; empty when it names none below Root.
std::string pathOf(const json::Object &Entry, StringRef Root) {
  std::string Relative;
  if (std::optional<StringRef> Hex = Entry.getString("pathHex")) {
    if (!tryGetFromHex(*Hex, Relative))
      return "";
  } else if (std::optional<StringRef> Path = Entry.getString("path")) {
    Relative = Path->str();
  }
  // A manifest is only a file: it must not lead undo out of the root.
  if (Relative.empty() || sys::path::is_absolute(Relative) ||
      is_contained(
          make_range(sys::path::begin(Relative), sys::path::end(Relative)),
          ".."))
    return "";
  return Root.rtrim('/').str() + "/" + Relative;
}

bool fromJson(const json::Value &Value, Journal &J) {
  const json::Object *Manifest = Value.getAsObject();
  if (!Manifest || Manifest->getInteger("version") != 1)
    return false;
  const auto *State =
      find(StateNames, Manifest->getString("state").value_or(""));
  const json::Array *Files = Manifest->getArray("files");
  if (State == std::end(StateNames) || !Files)
    return false;
  J.State = JournalState(State - std::begin(StateNames));
  J.Label = Manifest->getString("label").value_or("").str();
  for (const json::Value &Item : *Files) {
    const json::Object *Entry = Item.getAsObject();
    if (!Entry)
      return false;
    JournalFile File;
    File.Path = pathOf(*Entry, J.Root);
    File.BeforeHash = Entry->getString("before").value_or("").str();
    File.AfterHash = Entry->getString("after").value_or("").str();
    if (File.Path.empty() || File.BeforeHash.empty() ||
        File.AfterHash.empty() ||
        Entry->getString("mode").value_or("").getAsInteger(8, File.Mode))
      return false;
    J.Files.push_back(std::move(File));
  }
  return true;
}

Expected<Journal> loadJournal(StringRef Root, StringRef Id) {
  Journal J;
  J.Root = Root.str();
  J.Id = Id.str();
  std::string Manifest = J.directory() + "/manifest.json";
  if (!sys::fs::exists(Manifest)) {
    J.State = JournalState::RolledBack;
    return J;
  }
  Expected<std::string> Text = readFile(Manifest);
  if (!Text)
    return Text.takeError();
  Expected<json::Value> Value = json::parse(*Text);
  if (Value && fromJson(*Value, J))
    return J;
  if (!Value)
    consumeError(Value.takeError());
  return makeError(ErrorKind::FileSystem,
                   Manifest +
                       " is damaged; the original files are beside it. "
                       "Restore what you need from there, then remove " +
                       J.directory());
}

} // namespace

std::string stateDirectory(StringRef Root) {
  return Root.rtrim('/').str() + "/.clang-consolidate";
}

std::string Journal::directory() const { return journalRoot(Root) + "/" + Id; }

std::string Journal::originalPath(size_t Index) const {
  return formatv("{0}/{1,0+6}.before", directory(), Index);
}

/// The name of the file itself is not part of it: it may be as long as the
/// file system allows already.
static std::string tempBeside(const Journal &J, size_t Index,
                              StringRef Suffix) {
  return formatv("{0}/.clang-consolidate-{1}-{2}.{3}",
                 sys::path::parent_path(J.Files[Index].Path), J.Id, Index,
                 Suffix);
}

std::string Journal::newTemp(size_t Index) const {
  return tempBeside(*this, Index, "new");
}

std::string Journal::oldTemp(size_t Index) const {
  return tempBeside(*this, Index, "old");
}

Error Journal::setState(JournalState NewState, Disk &D) {
  JournalState Previous = std::exchange(State, NewState);
  std::string Manifest = directory() + "/manifest.json";
  std::string Text = formatv("{0:2}\n", toJson(*this));
  auto Write = [&]() -> Error {
    if (Error E = D.writeNew(Manifest + ".tmp", Text))
      return E;
    if (Error E = D.syncFiles({Manifest + ".tmp"}))
      return E;
    if (Error E = D.rename(Manifest + ".tmp", Manifest))
      return E;
    return D.syncDirectory(directory());
  };
  Error E = Write();
  if (E)
    State = Previous;
  return E;
}

Error Journal::removeTemporaries(Disk &D) const {
  Error Result = Error::success();
  for (size_t Index = 0; Index != Files.size(); ++Index)
    for (const std::string &Temp : {newTemp(Index), oldTemp(Index)})
      Result = joinErrors(std::move(Result), D.remove(Temp));
  return Result;
}

Error Journal::remove(Disk &D) const {
  if (Error E = D.removeTree(directory()))
    return E;
  return D.syncDirectory(journalRoot(Root));
}

Expected<Journal> createJournal(ArrayRef<FileChange> Files, StringRef Root,
                                StringRef Label, Disk &D) {
  Expected<std::vector<std::string>> Ids = journalIds(Root);
  if (!Ids)
    return Ids.takeError();
  Journal J;
  J.Root = Root.str();
  J.Label = Label.str();
  J.Id = formatv("{0,0+6}-{1}", (Ids->empty() ? 0 : numberOf(Ids->front())) + 1,
                 timestamp());
  if (Error E = D.createDirectory(journalRoot(Root)))
    return E;
  if (Error E = D.createDirectory(J.directory()))
    return E;
  std::vector<std::string> Originals;
  for (const auto &[Index, File] : enumerate(Files)) {
    J.Files.push_back({File.Path, hashOf(File.Before), hashOf(File.After),
                       modeOf(File.Path)});
    Originals.push_back(J.originalPath(Index));
    if (Error E = D.writeNew(Originals.back(), File.Before))
      return E;
  }
  if (Error E = D.syncFiles(Originals))
    return E;
  if (Error E = J.setState(JournalState::Writing, D))
    return E;
  for (const std::string &Parent :
       {journalRoot(Root), stateDirectory(Root), Root.str()})
    if (Error E = D.syncDirectory(Parent))
      return E;
  return J;
}

Expected<std::vector<Journal>> loadJournals(StringRef Root) {
  Expected<std::vector<std::string>> Ids = journalIds(Root);
  if (!Ids)
    return Ids.takeError();
  std::vector<Journal> Journals;
  for (StringRef Id : *Ids) {
    Expected<Journal> J = loadJournal(Root, Id);
    if (!J)
      return J.takeError();
    Journals.push_back(std::move(*J));
  }
  return Journals;
}

} // namespace consolidate
