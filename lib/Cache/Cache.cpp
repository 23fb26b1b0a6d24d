//===- Cache.cpp - What earlier runs found, by content --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Cache.h"

#include "ArchiveStream.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

#include <sqlite3.h>

#include <ctime>

using namespace llvm;

namespace consolidate {

/// Grows when what is stored changes its shape.
static constexpr int FormatVersion = 11;

template <typename A> void fields(A &Each, Dependency &D) {
  Each(D.Path, D.Hash, D.Kept);
}

uint64_t contentHash(StringRef Bytes) { return xxh3_64bits(Bytes); }

std::string programBuild() {
  static int Anchor;
  std::string Result = CONSOLIDATE_VERSION;
  sys::fs::file_status Status;
  if (!sys::fs::status(sys::fs::getMainExecutable(nullptr, &Anchor), Status))
    Result += " " + std::to_string(Status.getSize()) + " " +
              std::to_string(sys::toTimeT(Status.getLastModificationTime()));
  return Result;
}

std::optional<uint64_t> FileHashes::of(StringRef Path) {
  {
    std::lock_guard Lock(Guard);
    if (auto It = Known.find(Path); It != Known.end())
      return It->second;
  }
  std::optional<uint64_t> Hash;
  if (auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false))
    Hash = contentHash((*Buffer)->getBuffer());
  std::lock_guard Lock(Guard);
  return Known[Path] = Hash;
}

std::string defaultCacheDirectory() {
  SmallString<128> Directory;
  if (!sys::path::cache_directory(Directory))
    return "";
  sys::path::append(Directory, "clang-consolidate");
  return std::string(Directory);
}

namespace {

/// One prepared statement, finished when it goes.
class Statement {
public:
  Statement(sqlite3 *Database, const char *Text) {
    if (sqlite3_prepare_v2(Database, Text, -1, &Prepared, nullptr) != SQLITE_OK)
      Prepared = nullptr;
  }
  ~Statement() { sqlite3_finalize(Prepared); }
  Statement(const Statement &) = delete;

  Statement &bind(int At, int64_t Value) {
    sqlite3_bind_int64(Prepared, At, Value);
    return *this;
  }
  /// \p Bytes must live as long as the statement.
  Statement &bind(int At, StringRef Bytes) {
    sqlite3_bind_blob64(Prepared, At, Bytes.data(), Bytes.size(),
                        SQLITE_STATIC);
    return *this;
  }
  bool nextRow() { return Prepared && sqlite3_step(Prepared) == SQLITE_ROW; }
  int64_t number(int Column) { return sqlite3_column_int64(Prepared, Column); }
  StringRef bytes(int Column) {
    const void *Data = sqlite3_column_blob(Prepared, Column);
    return StringRef(static_cast<const char *>(Data),
                     sqlite3_column_bytes(Prepared, Column));
  }

private:
  sqlite3_stmt *Prepared = nullptr;
};

} // namespace

Expected<std::unique_ptr<Cache>> Cache::open(StringRef Directory,
                                             uint64_t MaxBytes) {
  if (std::error_code EC = sys::fs::create_directories(Directory))
    return makeError(ErrorKind::FileSystem,
                     "cannot make the cache directory '" + Directory +
                         "': " + EC.message());
  std::unique_ptr<Cache> Result(new Cache);
  SmallString<256> Path(Directory);
  sys::path::append(Path, "cache.sqlite");
  for (bool Again : {false, true}) {
    std::string Problem = "it cannot be opened";
    if (sqlite3_open(Path.c_str(), &Result->Database) == SQLITE_OK) {
      Error E = Result->prepare(MaxBytes);
      if (!E)
        return std::move(Result);
      Problem = toString(std::move(E));
    }
    sqlite3_close(std::exchange(Result->Database, nullptr));
    if (Again)
      return makeError(ErrorKind::FileSystem,
                       "the cache '" + Path + "' is of no use: " + Problem);
    // No database, or of no use: nothing in it is worth keeping.
    if (!Result->Ruined)
      return makeError(ErrorKind::FileSystem, Problem);
    for (StringRef Suffix : {"", "-wal", "-shm"})
      sys::fs::remove(Path + Suffix);
  }
  llvm_unreachable("the second try returns");
}

Cache::~Cache() { sqlite3_close(Database); }

bool Cache::run(const char *Statements) {
  return sqlite3_exec(Database, Statements, nullptr, nullptr, nullptr) ==
         SQLITE_OK;
}

Error Cache::prepare(uint64_t MaxBytes) {
  sqlite3_busy_timeout(Database, 5000);
  // Readers then do not wait for writers. Where another run has it open this
  // may be refused, and is done already.
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  int Status = sqlite3_errcode(Database);
  Ruined = Status == SQLITE_NOTADB || Status == SQLITE_CORRUPT;
  if (Ruined)
    return makeError(ErrorKind::FileSystem, sqlite3_errmsg(Database));
  Statement Version(Database, "PRAGMA user_version");
  Ruined = Version.nextRow() && Version.number(0) != 0 &&
           Version.number(0) != FormatVersion;
  if (Ruined)
    return makeError(ErrorKind::FileSystem, "it has another format");
  std::string Schema =
      "CREATE TABLE IF NOT EXISTS result(key BLOB, dependencies BLOB,"
      "  value BLOB, used INTEGER);"
      "CREATE INDEX IF NOT EXISTS by_key ON result(key);"
      "PRAGMA user_version = " +
      std::to_string(FormatVersion);
  if (!run(Schema.c_str()))
    return makeError(ErrorKind::FileSystem, sqlite3_errmsg(Database));
  evict(MaxBytes);
  return Error::success();
}

/// The least recently used first, down to three quarters, so that it is not
/// done at every start.
void Cache::evict(uint64_t MaxBytes) {
  auto Total = [&] {
    Statement Sum(Database, "SELECT coalesce(sum(length(dependencies) +"
                            " length(value)), 0) FROM result");
    return Sum.nextRow() ? uint64_t(Sum.number(0)) : 0;
  };
  if (Total() <= MaxBytes)
    return;
  Statement(Database,
            "DELETE FROM result WHERE rowid IN (SELECT rowid FROM (SELECT "
            "rowid, sum(length(dependencies) + length(value)) OVER (ORDER BY "
            "used DESC, rowid DESC) AS newer FROM result) WHERE newer > ?)")
      .bind(1, int64_t(MaxBytes / 4 * 3))
      .nextRow();
  run("VACUUM");
}

std::optional<std::string> Cache::find(StringRef Key, IsCurrent Current) {
  std::vector<std::pair<int64_t, std::vector<Dependency>>> Candidates;
  {
    std::lock_guard Lock(Guard);
    Statement Select(Database, "SELECT rowid, dependencies FROM result WHERE "
                               "key = ? ORDER BY rowid DESC");
    Select.bind(1, Key);
    while (Select.nextRow()) {
      ArchiveReader Read(Select.bytes(1));
      std::vector<Dependency> Dependencies;
      Read(Dependencies);
      if (Read.ok())
        Candidates.emplace_back(Select.number(0), std::move(Dependencies));
    }
  }
  for (const auto &[Row, Dependencies] : Candidates) {
    if (!llvm::all_of(Dependencies, Current))
      continue;
    std::lock_guard Lock(Guard);
    Statement Select(Database, "SELECT value FROM result WHERE rowid = ?");
    if (!Select.bind(1, Row).nextRow())
      return std::nullopt; // another run has evicted it
    std::string Value = Select.bytes(0).str();
    Statement(Database, "UPDATE result SET used = ? WHERE rowid = ?")
        .bind(1, int64_t(std::time(nullptr)))
        .bind(2, Row)
        .nextRow();
    ++Hits;
    return Value;
  }
  return std::nullopt;
}

void Cache::store(StringRef Key, ArrayRef<Dependency> Dependencies,
                  StringRef Value) {
  std::string Bytes;
  raw_string_ostream OS(Bytes);
  ArchiveWriter Write(OS);
  Write(Dependencies.vec());
  std::lock_guard Lock(Guard);
  Statement(Database, "INSERT INTO result VALUES(?, ?, ?, ?)")
      .bind(1, Key)
      .bind(2, Bytes)
      .bind(3, Value)
      .bind(4, int64_t(std::time(nullptr)))
      .nextRow();
  // A file goes to and fro between few states.
  Statement(Database,
            "DELETE FROM result WHERE key = ?1 AND rowid NOT IN (SELECT rowid "
            "FROM result WHERE key = ?1 ORDER BY rowid DESC LIMIT 8)")
      .bind(1, Key)
      .nextRow();
}

} // namespace consolidate
