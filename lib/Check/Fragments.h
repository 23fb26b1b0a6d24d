//===- Fragments.h - The code around a place, as text -----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_CHECK_FRAGMENTS_H
#define CONSOLIDATE_LIB_CHECK_FRAGMENTS_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace consolidate {

/// A file as the raw lexer sees it, asked for the code around a place. What it
/// gives is the same in whatever layout the code is written.
class Fragments {
public:
  /// \p Text must outlive this, and be followed by a null byte.
  explicit Fragments(llvm::StringRef Text);

  /// The argument, declarator or statement that holds byte \p Offset: the
  /// tokens up to the next `;` or brace, or the comma or bracket around it.
  /// Comments are left out, and blanks but for one between two words. UTF-8.
  std::string around(unsigned Offset) const;

  /// The name of the macro whose definition holds byte \p Offset, or "".
  std::string macroAt(unsigned Offset) const;

private:
  enum class Role {
    Other,
    Open,  ///< `(` or `[`
    Close, ///< `)` or `]`
    Comma,
    Stop, ///< `;`, a brace, the colon of `public:` or `X() : a(1)`
  };
  struct Word {
    llvm::StringRef Text;
    Role Is = Role::Other;
    unsigned Stretch = 0; ///< A directive, or what stands between two.
  };

  static constexpr size_t None = ~size_t(0);
  /// The token that holds \p Offset.
  size_t indexAt(unsigned Offset) const;
  size_t beginOf(size_t At) const;
  size_t endOf(size_t At) const;

  llvm::StringRef Text;
  std::vector<Word> Words; ///< All tokens, in order.
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_CHECK_FRAGMENTS_H
