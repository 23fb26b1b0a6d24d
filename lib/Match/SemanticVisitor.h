//===- SemanticVisitor.h - Where constructor calls hang ---------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_SEMANTICVISITOR_H
#define CONSOLIDATE_LIB_MATCH_SEMANTICVISITOR_H

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"

namespace consolidate {

/// A visitor (\p Base) that goes through what was written and through the calls
/// that Clang makes of it, where it keeps both.
template <typename Derived, typename Base = clang::RecursiveASTVisitor<Derived>>
class SemanticVisitor : public Base {
public:
  using typename Base::DataRecursionQueue;

  /// The semantic form of a list is the one that holds the constructor calls.
  bool TraverseInitListExpr(clang::InitListExpr *List,
                            DataRecursionQueue *Queue = nullptr) {
    clang::InitListExpr *Semantic =
        List->isSemanticForm() ? List : List->getSemanticForm();
    return this->TraverseSynOrSemInitListExpr(Semantic ? Semantic : List,
                                              Queue);
  }

  // `explicit(...)`
  bool TraverseCXXConstructorDecl(clang::CXXConstructorDecl *D) {
    return Base::TraverseCXXConstructorDecl(D) &&
           traverseExplicit(D->getExplicitSpecifier());
  }
  bool TraverseCXXConversionDecl(clang::CXXConversionDecl *D) {
    return Base::TraverseCXXConversionDecl(D) &&
           traverseExplicit(D->getExplicitSpecifier());
  }
  bool TraverseCXXDeductionGuideDecl(clang::CXXDeductionGuideDecl *D) {
    return Base::TraverseCXXDeductionGuideDecl(D) &&
           traverseExplicit(D->getExplicitSpecifier());
  }

  /// `co_return {a, b};` is written without the object that `return_value` is
  /// called with.
  bool TraverseCoreturnStmt(clang::CoreturnStmt *S,
                            DataRecursionQueue *Queue = nullptr) {
    clang::Expr *Promised = S->getPromiseCall();
    auto *Call = llvm::dyn_cast_or_null<clang::CallExpr>(
        Promised ? Promised->IgnoreImplicit() : nullptr);
    if (!Call || Call->getNumArgs() == 0)
      return Base::TraverseCoreturnStmt(S, Queue);
    return this->getDerived().TraverseStmt(Call->getArg(0));
  }

private:
  bool traverseExplicit(clang::ExplicitSpecifier Specifier) {
    return !Specifier.getExpr() ||
           this->getDerived().TraverseStmt(Specifier.getExpr());
  }
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_SEMANTICVISITOR_H
