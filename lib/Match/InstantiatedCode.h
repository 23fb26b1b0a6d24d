//===- InstantiatedCode.h - What instantiations construct -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_INSTANTIATEDCODE_H
#define CONSOLIDATE_LIB_MATCH_INSTANTIATEDCODE_H

#include "MatchInternal.h"

#include "llvm/ADT/DenseSet.h"

namespace consolidate {

/// A construction in the code of an instantiation.
struct InstantiatedConstruction {
  const clang::CXXConstructExpr *Construct = nullptr;
  const clang::FunctionDecl *Function = nullptr; ///< The instantiation.
  clang::SourceLocation Where; ///< In the pattern, and in a file.
};

/// What all instantiations of the templates of this project construct.
struct InstantiatedCode {
  std::vector<InstantiatedConstruction> Constructions;
  /// Functions of templates that were instantiated at least once.
  llvm::DenseSet<const clang::FunctionDecl *> Patterns;

  bool isInstantiated(const clang::FunctionDecl *Pattern) const {
    return Patterns.contains(Pattern->getCanonicalDecl());
  }
};

/// Collects the constructions for which \p IsWanted holds. System headers are
/// passed over.
InstantiatedCode readInstantiations(
    clang::ASTContext &Context,
    llvm::function_ref<bool(const clang::CXXConstructExpr *)> IsWanted);

/// `paren<app::Registry, app::Bridge>`
std::string describeInstantiation(const clang::FunctionDecl *Function);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_INSTANTIATEDCODE_H
