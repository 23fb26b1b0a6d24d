//===- Positions.h - Byte offsets and the protocol's positions --*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_LSP_POSITIONS_H
#define CONSOLIDATE_LIB_LSP_POSITIONS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace consolidate {

/// What a `character` counts, as agreed with the client.
enum class PositionEncoding { Utf8, Utf16 };

/// One text, with its lines found once. Keeps a reference to the text.
class Positions {
public:
  Positions(llvm::StringRef Text, PositionEncoding Encoding);

  /// {line, character} of byte \p Offset; past the end, of the end.
  llvm::json::Object at(size_t Offset) const;
  llvm::json::Object range(size_t Begin, size_t End) const;
  /// Byte offset of a position; past the end of a line, of its end. A value
  /// that is no position is 0.
  size_t offset(const llvm::json::Object *Position) const;

private:
  llvm::StringRef Text;
  PositionEncoding Encoding;
  std::vector<size_t> Lines; ///< Offset of the first byte of each.
};

/// The path of a `file:` URI, or "".
std::string pathOfUri(llvm::StringRef Uri);
std::string uriOfPath(llvm::StringRef Path);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_LSP_POSITIONS_H
