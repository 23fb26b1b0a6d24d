//===- ConstructedCode.h - What code comes to construct ---------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_CONSTRUCTEDCODE_H
#define CONSOLIDATE_LIB_MATCH_CONSTRUCTEDCODE_H

#include "MatchInternal.h"

#include "llvm/ADT/DenseSet.h"

namespace consolidate {

/// A construction in the code of an instantiation.
struct InstantiatedConstruction {
  const clang::CXXConstructExpr *Construct = nullptr;
  const clang::FunctionDecl *Function = nullptr; ///< The instantiation.
  clang::SourceLocation Where; ///< In the pattern, and in a file.
};

/// Where the token at \p Loc is written: in a file, in the body of a macro or
/// among its arguments. What is pasted stands where the macro is named.
clang::SourceLocation writtenAt(clang::SourceLocation Loc,
                                const clang::SourceManager &SM);

/// An object that is constructed: by an expression, by what nobody writes (a
/// member, a base, an element of an array), or by what a call leads to.
struct MadeObject {
  const clang::CXXConstructorDecl *By = nullptr;
  clang::SourceLocation Where; ///< In the pattern, as writtenAt has it.
};

/// A function or a field that is named, or bound by `auto [a, b]`.
struct NamedReference {
  const clang::NamedDecl *To = nullptr;
  clang::SourceLocation Where; ///< In the pattern, as writtenAt has it.
};

/// What the code of this project constructs, its instantiations included.
struct ConstructedCode {
  std::vector<InstantiatedConstruction> InInstantiations;
  std::vector<MadeObject> Made;           ///< Without copies.
  std::vector<NamedReference> References; ///< To what was asked for.
  /// Functions of templates that were instantiated at least once.
  llvm::DenseSet<const clang::FunctionDecl *> Patterns;

  bool isInstantiated(const clang::FunctionDecl *Pattern) const {
    return Patterns.contains(Pattern->getCanonicalDecl());
  }
};

/// Collects what is constructed of \p Legacy and of \p Canonical classes; in
/// InInstantiations those for which \p IsWanted holds; and the references for
/// which \p IsNamed does. System headers are passed over, but not what a call
/// of theirs constructs.
ConstructedCode readConstructedCode(
    clang::ASTContext &Context, RecordPredicate Legacy,
    RecordPredicate Canonical,
    llvm::function_ref<bool(const clang::CXXConstructExpr *)> IsWanted,
    llvm::function_ref<bool(const NamedReference &)> IsNamed);

/// How `for (X each : all)` makes an object of another class's; null where \p D
/// is no such variable, or its elements are only copied.
const clang::CXXConstructExpr *constructionOfEach(const clang::VarDecl *D);

/// `paren<app::Registry, app::Bridge>`
std::string describeInstantiation(const clang::FunctionDecl *Function);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_CONSTRUCTEDCODE_H
