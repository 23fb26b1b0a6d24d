//===- Cache.h - What earlier runs found, by content ------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_CACHE_H
#define CONSOLIDATE_CACHE_H

#include "consolidate/Findings.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

struct sqlite3;

namespace consolidate {

/// A file that a result depends on.
struct Dependency {
  std::string Path;  ///< Real path.
  uint64_t Hash = 0; ///< Of its bytes (`contentHash`).
  bool Kept = true;  ///< Its function bodies were parsed.

  bool operator==(const Dependency &) const = default;
};

uint64_t contentHash(llvm::StringRef Bytes);

/// What tells this build of the program from any other: its version, and the
/// size and time of its file. Another build may find something else.
std::string programBuild();

/// Hashes files of one run, each once. Thread-safe.
class FileHashes {
public:
  /// Of the bytes on disk; std::nullopt when the file cannot be read.
  std::optional<uint64_t> of(llvm::StringRef Path);

private:
  std::mutex Guard;
  llvm::StringMap<std::optional<uint64_t>> Known;
};

/// Says whether a stored dependency is still as it was.
using IsCurrent = llvm::function_ref<bool(const Dependency &)>;

/// One SQLite file, shared by concurrent runs and bounded in size. It never
/// fails a run: what cannot be read is a miss, what cannot be written is not
/// kept. Thread-safe.
class Cache {
public:
  static constexpr uint64_t DefaultBytes = uint64_t(1) << 30;

  /// Opens, or makes, `cache.sqlite` in \p Directory. Fails with
  /// ErrorKind::FileSystem; a file that is no database, or of another version
  /// of this tool, is made anew. The oldest entries go when all are larger than
  /// \p MaxBytes.
  static llvm::Expected<std::unique_ptr<Cache>>
  open(llvm::StringRef Directory, uint64_t MaxBytes = DefaultBytes);
  ~Cache();

  /// What was stored under \p Key with dependencies that are all current.
  std::optional<std::string> find(llvm::StringRef Key, IsCurrent Current);
  void store(llvm::StringRef Key, llvm::ArrayRef<Dependency> Dependencies,
             llvm::StringRef Value);

  FileHashes Hashes;
  std::atomic<unsigned> Hits = 0; ///< Results that were found.

private:
  Cache() = default;
  llvm::Error prepare(uint64_t MaxBytes);
  bool run(const char *Statements);
  void evict(uint64_t MaxBytes);

  sqlite3 *Database = nullptr;
  bool Ruined = false; ///< It cannot be read, so it may be made anew.
  std::mutex Guard;
};

/// `$XDG_CACHE_HOME/clang-consolidate`, or below `~/.cache`; "" without a home.
std::string defaultCacheDirectory();

/// Findings as bytes, and back; std::nullopt when they are damaged.
std::string toBytes(const TuFindings &Tu);
std::optional<TuFindings> findingsFromBytes(llvm::StringRef Bytes);

/// The include graph of the rules' headers as bytes, and back.
using HeaderGraph = llvm::StringMap<std::vector<std::string>>;
std::string toBytes(const HeaderGraph &Graph);
std::optional<HeaderGraph> graphFromBytes(llvm::StringRef Bytes);

} // namespace consolidate

#endif // CONSOLIDATE_CACHE_H
