//===- InstantiatedCode.cpp - What instantiations construct ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Code is edited in the pattern of a template, where an argument's type may not
// be known. This says what it turns out to be.
//
//===----------------------------------------------------------------------===//
#include "InstantiatedCode.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

class InstantiationReader : public RecursiveASTVisitor<InstantiationReader> {
  using Base = RecursiveASTVisitor<InstantiationReader>;

public:
  InstantiationReader(const SourceManager &SM,
                      function_ref<bool(const CXXConstructExpr *)> IsWanted)
      : SM(SM), IsWanted(IsWanted) {}

  InstantiatedCode Result;

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || (D->getDeclContext() && D->getDeclContext()->isFileContext() &&
               D->getLocation().isValid() &&
               SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation()))))
      return true;
    SaveAndRestore<const FunctionDecl *> Keep(Current);
    if (const auto *Function = dyn_cast<FunctionDecl>(D))
      if (const FunctionDecl *Pattern =
              Function->getTemplateInstantiationPattern();
          Pattern && Function->hasBody()) {
        Result.Patterns.insert(Pattern->getCanonicalDecl());
        if (!Current)
          Current = Function;
      }
    return Base::TraverseDecl(D);
  }

  bool TraverseConstructorInitializer(CXXCtorInitializer *Init) {
    // What is not written is not spelled in the pattern either.
    return !Init->isWritten() || Base::TraverseConstructorInitializer(Init);
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    if (Current && E->getBeginLoc().isValid() && IsWanted(E))
      Result.Constructions.push_back(
          {E, Current, SM.getFileLoc(E->getBeginLoc())});
    return true;
  }

private:
  const SourceManager &SM;
  function_ref<bool(const CXXConstructExpr *)> IsWanted;
  const FunctionDecl *Current = nullptr; ///< The instantiation around.
};

} // namespace

InstantiatedCode
readInstantiations(ASTContext &Context,
                   function_ref<bool(const CXXConstructExpr *)> IsWanted) {
  InstantiationReader Reader(Context.getSourceManager(), IsWanted);
  for (Decl *D : Context.getTraversalScope())
    Reader.TraverseDecl(D);
  return std::move(Reader.Result);
}

std::string describeInstantiation(const FunctionDecl *Function) {
  std::string Result;
  raw_string_ostream OS(Result);
  Function->getNameForDiagnostic(
      OS, Function->getASTContext().getPrintingPolicy(), /*Qualified=*/true);
  return Result;
}

} // namespace consolidate
