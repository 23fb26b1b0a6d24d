//===- Support.h - Errors and text helpers shared by every step -*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_SUPPORT_H
#define CONSOLIDATE_SUPPORT_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace consolidate {

/// What went wrong, as far as a caller must tell it apart. `exitCodeFor` maps
/// each kind to the exit status promised in docs/cli.md; nothing else does.
enum class ErrorKind {
  Usage,      ///< The command line or the environment is not usable: exit 2.
  Rules,      ///< The rules file does not parse, validate or compile: exit 2.
  FileSystem, ///< A file could not be read or written: exit 2.
  Unparsed,   ///< A translation unit could not be parsed: exit 3.
  Refused,    ///< A safety precondition does not hold (dirty files): exit 2.
};

/// The one error type of the library. The message says what, where and what
/// to do; it never ends in a newline.
class ToolError : public llvm::ErrorInfo<ToolError> {
public:
  static char ID;
  ToolError(ErrorKind Kind, std::string Message)
      : Kind(Kind), Message(std::move(Message)) {}

  ErrorKind kind() const { return Kind; }
  std::string message() const override { return Message; }
  void log(llvm::raw_ostream &OS) const override { OS << Message; }
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }

private:
  ErrorKind Kind;
  std::string Message;
};

/// Makes a `ToolError` as an `llvm::Error`.
llvm::Error makeError(ErrorKind Kind, const llvm::Twine &Message);

/// The exit status of \p Kind, as product.md promises.
int exitCodeFor(ErrorKind Kind);

/// True when \p Path (forward slashes, relative) matches \p Glob, where `*`
/// and `?` stop at a slash and `**` does not, as in .gitignore.
bool matchesGlob(llvm::StringRef Glob, llvm::StringRef Path);

/// The candidate nearest to \p Word by edit distance, or "" when none is
/// near enough to be a typing slip.
llvm::StringRef nearestWord(llvm::StringRef Word,
                            llvm::ArrayRef<llvm::StringRef> Candidates);

/// 1-based line and column (in bytes) of byte \p Offset in \p Text.
struct LineColumn {
  unsigned Line = 1;
  unsigned Column = 1;
};
LineColumn lineColumnAt(llvm::StringRef Text, unsigned Offset);

/// Calls \p Work for 0..Count-1 on \p Threads threads; 0 means one per core.
void forEachOnThreads(size_t Count, unsigned Threads,
                      llvm::function_ref<void(size_t)> Work);

/// True when \p Path is \p Directory or lies below it; both clean and absolute.
bool isAtOrBelow(llvm::StringRef Path, llvm::StringRef Directory);

/// The real, absolute path of \p Path: links resolved, `.` and `..` removed.
/// A path that does not exist is only made absolute and cleaned.
std::string realPath(llvm::StringRef Path);

} // namespace consolidate

#endif // CONSOLIDATE_SUPPORT_H
