//===- ConstructorSearch.cpp - make_unique, emplace_back, your own --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A function that forwards its arguments to a constructor is recognised by the
// body of the instantiation, not by its name: std::make_shared and a project's
// own factory template are the same case.
//
//===----------------------------------------------------------------------===//
#include "Patterns.h"

#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Breadth is bounded: std::make_shared needs about 40 functions in libstdc++
/// 12; a call that needs more than this is no plain forwarder.
constexpr unsigned MaxFunctions = 400;

class BodySearch : public RecursiveASTVisitor<BodySearch> {
public:
  BodySearch(RecordPredicate IsWanted) : IsWanted(IsWanted) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  const CXXConstructExpr *search(const FunctionDecl *Callee) {
    enqueue(Callee);
    for (size_t I = 0; I < Queue.size() && I < MaxFunctions && !Result; ++I) {
      TraverseStmt(Queue[I]->getBody());
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Queue[I]))
        for (CXXCtorInitializer *Init : Ctor->inits())
          TraverseStmt(Init->getInit());
    }
    return Result;
  }

  bool VisitCallExpr(CallExpr *Call) {
    enqueue(Call->getDirectCallee());
    return !Result;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    // `std::function` keeps the address of what it calls.
    enqueue(dyn_cast<FunctionDecl>(Ref->getDecl()));
    return !Result;
  }

  bool VisitCXXInheritedCtorInitExpr(CXXInheritedCtorInitExpr *E) {
    enqueue(E->getConstructor());
    return !Result;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    const CXXConstructorDecl *Ctor = E->getConstructor();
    if (!IsWanted(Ctor->getParent())) {
      enqueue(Ctor);
      return !Result;
    }
    if (!Ctor->isCopyOrMoveConstructor())
      Result = E;
    return !Result;
  }

private:
  RecordPredicate IsWanted;
  std::vector<const FunctionDecl *> Queue;
  SmallPtrSet<const FunctionDecl *, 32> Seen;
  const CXXConstructExpr *Result = nullptr;

  void enqueue(const FunctionDecl *Callee) {
    const FunctionDecl *Definition = nullptr;
    if (!Callee || !Callee->getBody(Definition))
      return;
    // Only instantiations forward: a plain function's construction is seen in
    // its own body by the collector.
    bool Instantiated = Definition->isTemplateInstantiation() ||
                        isa<CXXConstructorDecl>(Definition);
    if (Instantiated && Seen.insert(Definition).second)
      Queue.push_back(Definition);
  }
};

bool takesPack(const FunctionDecl *Callee) {
  const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern();
  if (!Pattern)
    return false;
  return any_of(Pattern->parameters(),
                [](const ParmVarDecl *P) { return P->isParameterPack(); });
}

} // namespace

const CXXConstructExpr *findConstructionIn(const FunctionDecl *Callee,
                                           RecordPredicate IsWanted) {
  // `std::array<X, 2>` has a constructor that nobody writes.
  bool Searched = Callee->isTemplateInstantiation() ||
                  (isa<CXXConstructorDecl>(Callee) && Callee->isImplicit());
  return Searched ? BodySearch(IsWanted).search(Callee) : nullptr;
}

/// The same object type, whatever the reference and the qualifiers.
static bool sameObject(const Expr *Inner, const Expr *Written) {
  auto Plain = [](const Expr *E) {
    return asWritten(E)->getType().getCanonicalType().getUnqualifiedType();
  };
  return Plain(Inner) == Plain(Written);
}

std::optional<ForwardedConstruction>
findForwardedConstruction(const FunctionDecl *Callee,
                          ArrayRef<const Expr *> Arguments,
                          RecordPredicate IsWanted) {
  if (!Callee || !takesPack(Callee))
    return std::nullopt;
  const CXXConstructExpr *Construct = BodySearch(IsWanted).search(Callee);
  if (!Construct)
    return std::nullopt;
  unsigned Written = 0;
  for (const Expr *Argument : Construct->arguments())
    Written += !isa<CXXDefaultArgExpr>(Argument);
  ForwardedConstruction Found;
  Found.Construct = Construct;
  if (Written > Arguments.size())
    return Found;
  Found.FirstArgument = Arguments.size() - Written;
  // What reaches the constructor must be what is written in the call, not what
  // a tuple or another constructor made of it.
  for (unsigned I = 0; I < Written; ++I)
    if (!sameObject(Construct->getArg(I), Arguments[Found.FirstArgument + I]))
      return Found;
  Found.PassesOn = true;
  return Found;
}

} // namespace consolidate
