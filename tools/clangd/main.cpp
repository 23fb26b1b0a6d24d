//===- main.cpp - clang-consolidate-clangd --------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// clangd, with the consolidate-* checks in it. Everything else is clangd's.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Database.h"

#include "clang/Basic/LLVM.h"
#include "llvm/ADT/STLExtras.h"

#include <memory>
#include <string>
#include <vector>

// Declared in headers that no package installs.
namespace clang::clangd {
int clangdMain(int Argc, char *Argv[]);

class SymbolIndex {
public:
  virtual ~SymbolIndex();
};
namespace remote {
/// The remote index needs gRPC, which this build leaves out: none is found.
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef, llvm::StringRef) {
  return nullptr;
}
} // namespace remote
} // namespace clang::clangd

int main(int Argc, char **Argv) {
  std::vector<std::string> Words(Argv, Argv + Argc);
  // clangd looks for the compiler's own headers beside itself, where a relinked
  // one has none.
  bool Given = llvm::any_of(Words, [](llvm::StringRef Word) {
    return Word.ltrim('-').starts_with("resource-dir");
  });
  std::string Directory = consolidate::resourceDirectory();
  if (!Given && !Directory.empty())
    Words.push_back("--resource-dir=" + Directory);
  std::vector<char *> Arguments;
  for (std::string &Word : Words)
    Arguments.push_back(Word.data());
  Arguments.push_back(nullptr);
  return clang::clangd::clangdMain(int(Words.size()), Arguments.data());
}
