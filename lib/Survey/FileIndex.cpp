//===- FileIndex.cpp - Which files exist, asked many times ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "FileIndex.h"
#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

/// Asks the listing of the parent, so that the many directories that do not
/// exist cost no system call.
bool FileIndex::mayBeDirectory(StringRef Directory) {
  StringRef Name = sys::path::filename(Directory);
  StringRef Parent = sys::path::parent_path(Directory);
  if (Parent.empty() || Name == "." || Name == "..")
    return true;
  const Listing &Above = list(Parent);
  if (!Above.Readable)
    return !Above.RealPath.empty();
  auto Entry = Above.Entries.find(Name);
  return Entry != Above.Entries.end() &&
         Entry->second != sys::fs::file_type::regular_file;
}

const FileIndex::Listing &FileIndex::list(StringRef Directory) {
  auto Known = Listings.find(Directory);
  if (Known != Listings.end())
    return Known->second;
  Listing Result;
  SmallString<256> Real;
  if (mayBeDirectory(Directory) && !sys::fs::real_path(Directory, Real)) {
    std::error_code Error;
    for (sys::fs::directory_iterator It(Real, Error, /*follow_symlinks=*/false),
         End;
         !Error && It != End; It.increment(Error))
      Result.Entries[sys::path::filename(It->path())] = It->type();
    Result.RealPath = std::string(Real);
    Result.Readable = !Error;
  }
  return Listings.try_emplace(Directory, std::move(Result)).first->second;
}

std::string FileIndex::find(StringRef Path) {
  StringRef Name = sys::path::filename(Path);
  const Listing &Parent = list(sys::path::parent_path(Path));
  if (Parent.RealPath.empty())
    return "";
  SmallString<256> Found(Parent.RealPath);
  sys::path::append(Found, Name);
  auto Entry = Parent.Entries.find(Name);
  if (Parent.Readable && Entry == Parent.Entries.end())
    return "";
  if (Entry != Parent.Entries.end() &&
      Entry->second == sys::fs::file_type::regular_file)
    return std::string(Found);
  // A link, or a directory that may be entered but not listed.
  return sys::fs::is_regular_file(Found) ? std::string(Found) : "";
}

std::string FileIndex::real(StringRef FoundPath) {
  const Listing &Parent = list(sys::path::parent_path(FoundPath));
  auto Entry = Parent.Entries.find(sys::path::filename(FoundPath));
  if (Entry != Parent.Entries.end() &&
      Entry->second == sys::fs::file_type::regular_file)
    return FoundPath.str();
  return realPath(FoundPath);
}

} // namespace consolidate
