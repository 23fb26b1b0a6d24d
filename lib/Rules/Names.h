//===- Names.h - Class names and declarations as text -----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_RULES_NAMES_H
#define CONSOLIDATE_LIB_RULES_NAMES_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace consolidate {

/// True for a C++ identifier; bytes above 0x7F count as letters.
bool isIdentifier(llvm::StringRef Text);

/// True for identifiers joined by `::`.
bool isQualifiedName(llvm::StringRef Text);

/// `ns::array<T, N>` in its parts; without `<...>` Arguments is empty.
struct ClassName {
  std::string Name;                   ///< `ns::array`, without leading `::`.
  std::vector<std::string> Arguments; ///< `T`, `N`, trimmed.
  bool Valid = false; ///< Qualified name, brackets closed, nothing behind.
};
ClassName splitClassName(llvm::StringRef Text);

/// The name that \p Declaration (`ns::Type &name`, `typename T`) declares;
/// empty when it names none. A declarator that ends in `)` or `]` is left to
/// the compiler and answers "?".
llvm::StringRef declaredName(llvm::StringRef Declaration);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_RULES_NAMES_H
