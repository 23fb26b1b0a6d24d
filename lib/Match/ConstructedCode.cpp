//===- ConstructedCode.cpp - What code comes to construct -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Code is edited in the pattern of a template, where an argument's type may not
// be known, and some constructions are written nowhere. This says what it all
// turns out to be.
//
//===----------------------------------------------------------------------===//
#include "ConstructedCode.h"

#include "SemanticVisitor.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

class ConstructionReader : public SemanticVisitor<ConstructionReader> {
  using Base = SemanticVisitor<ConstructionReader>;

public:
  ConstructionReader(const SourceManager &SM, RecordPredicate Legacy,
                     RecordPredicate Canonical,
                     function_ref<bool(const CXXConstructExpr *)> IsWanted,
                     function_ref<bool(const NamedReference &)> IsNamed)
      : SM(SM), Families{Family(Legacy), Family(Canonical)}, IsWanted(IsWanted),
        IsNamed(IsNamed) {}

  ConstructedCode Result;

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || isSystemDecl(D, SM))
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
    if (Init->isWritten())
      return Base::TraverseConstructorInitializer(Init);
    addUnwritten(Init);
    return true;
  }

  bool VisitCXXRecordDecl(CXXRecordDecl *D) {
    if (!D->isThisDeclarationADefinition() || D->isDependentType())
      return true;
    for (const CXXConstructorDecl *Ctor : D->ctors())
      if (Ctor->isImplicit() && !Ctor->isCopyOrMoveConstructor())
        for (const CXXCtorInitializer *Init : Ctor->inits())
          addUnwritten(Init);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    if (Current && E->getBeginLoc().isValid() && IsWanted(E))
      Result.InInstantiations.push_back(
          {E, Current, SM.getFileLoc(E->getBeginLoc())});
    addMade(E);
    addMadeBy(E->getConstructor(), E->getBeginLoc());
    return true;
  }

  bool VisitLambdaExpr(LambdaExpr *E) {
    // Nobody traverses what `[](auto &x) {...}` was instantiated to.
    if (FunctionTemplateDecl *Call = E->getDependentCallOperator())
      for (FunctionDecl *Instantiation : Call->specializations())
        TraverseDecl(Instantiation);
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    addReference(E->getDecl(), E->getLocation());
    return true;
  }

  bool VisitMemberExpr(MemberExpr *E) {
    addReference(E->getMemberDecl(), E->getMemberLoc());
    return true;
  }

  bool VisitBindingDecl(BindingDecl *D) {
    if (const auto *Field = dyn_cast_or_null<MemberExpr>(D->getBinding()))
      addReference(Field->getMemberDecl(), D->getLocation());
    if (const VarDecl *Holding = D->getHoldingVar()) // `get<0>()`
      addCallee(Holding->getInit(), D->getLocation());
    return true;
  }

  // Each call at a place of its own: they are told apart by that.
  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) {
    auto Add = [&](const DeclStmt *Call, SourceLocation Where) {
      if (const auto *Variable =
              Call ? dyn_cast<VarDecl>(Call->getSingleDecl()) : nullptr)
        addCallee(Variable->getInit(), Where);
    };
    Add(S->getBeginStmt(), S->getColonLoc());
    Add(S->getEndStmt(), S->getRParenLoc());
    return true;
  }

  bool VisitCoawaitExpr(CoawaitExpr *E) {
    addCallee(E->getReadyExpr(), E->getKeywordLoc().getLocWithOffset(1));
    addCallee(E->getSuspendExpr(), E->getKeywordLoc().getLocWithOffset(2));
    addCallee(E->getResumeExpr(), E->getKeywordLoc());
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
    if (const CXXConstructExpr *Each = constructionOfEach(D))
      addMade(Each);
    return true;
  }

  bool VisitInitListExpr(InitListExpr *E) {
    if (const auto *Filler =
            dyn_cast_or_null<CXXConstructExpr>(E->getArrayFiller()))
      addMade(Filler);
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    if (const FunctionDecl *Callee = E->getDirectCallee())
      addMadeBy(Callee, E->getExprLoc());
    return true;
  }

private:
  struct Family {
    explicit Family(RecordPredicate Includes) : Includes(Includes) {}
    RecordPredicate Includes;
    /// What a callee constructs; null where it does not.
    DenseMap<const FunctionDecl *, const CXXConstructExpr *> MadeBy;
  };

  const SourceManager &SM;
  Family Families[2];
  function_ref<bool(const CXXConstructExpr *)> IsWanted;
  function_ref<bool(const NamedReference &)> IsNamed;
  const FunctionDecl *Current = nullptr; ///< The instantiation around.

  void addReference(const NamedDecl *To, SourceLocation Where) {
    if (Where.isInvalid() || !To->getIdentifier())
      return;
    NamedReference Reference{To, writtenAt(Where, SM)};
    if (IsNamed(Reference))
      Result.References.push_back(Reference);
  }

  /// A call that the language makes.
  void addCallee(const Expr *Call, SourceLocation Where) {
    const auto *E =
        Call ? dyn_cast<CallExpr>(const_cast<Expr *>(Call)->IgnoreImplicit())
             : nullptr;
    if (const FunctionDecl *Callee = E ? E->getDirectCallee() : nullptr)
      addReference(Callee, Where);
  }

  void addUnwritten(const CXXCtorInitializer *Init) {
    if (const auto *E = dyn_cast_or_null<CXXConstructExpr>(
            Init->getInit() ? Init->getInit()->IgnoreImplicit() : nullptr))
      addMade(E);
  }

  void add(const CXXConstructorDecl *By, SourceLocation Where) {
    if (Where.isValid())
      Result.Made.push_back({By, writtenAt(Where, SM)});
  }

  void addMade(const CXXConstructExpr *E) {
    const CXXConstructorDecl *Ctor = constructorOf(E);
    if (!Ctor->isCopyOrMoveConstructor() &&
        any_of(Families, [&](const Family &Of) {
          return Of.Includes(Ctor->getParent());
        }))
      add(Ctor, E->getBeginLoc());
  }

  /// `make_unique<X>(a)`, `v.resize(3)`, `std::pair<int, X> p(1, a)`
  void addMadeBy(const FunctionDecl *Callee, SourceLocation Where) {
    for (Family &Of : Families) {
      auto [It, New] = Of.MadeBy.try_emplace(Callee, nullptr);
      if (New && mentionsAny(Callee, Of.Includes))
        It->second = findConstructionIn(Callee, Of.Includes);
      if (It->second)
        add(constructorOf(It->second), Where);
    }
  }
};

} // namespace

ConstructedCode
readConstructedCode(ASTContext &Context, RecordPredicate Legacy,
                    RecordPredicate Canonical,
                    function_ref<bool(const CXXConstructExpr *)> IsWanted,
                    function_ref<bool(const NamedReference &)> IsNamed) {
  ConstructionReader Reader(Context.getSourceManager(), Legacy, Canonical,
                            IsWanted, IsNamed);
  for (Decl *D : Context.getTraversalScope())
    Reader.TraverseDecl(D);
  return std::move(Reader.Result);
}

SourceLocation writtenAt(SourceLocation Loc, const SourceManager &SM) {
  SourceLocation Spelling = SM.getSpellingLoc(Loc);
  return SM.getFileEntryRefForID(SM.getFileID(Spelling)) ? Spelling
                                                         : SM.getFileLoc(Loc);
}

const CXXConstructExpr *constructionOfEach(const VarDecl *D) {
  const Expr *Init = D->isCXXForRangeDecl() ? D->getInit() : nullptr;
  while (Init) {
    const auto *E = dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit());
    if (!E || !E->getConstructor()->isCopyOrMoveConstructor())
      return E;
    Init = E->getArg(0);
  }
  return nullptr;
}

std::string describeInstantiation(const FunctionDecl *Function) {
  std::string Result;
  raw_string_ostream OS(Result);
  Function->getNameForDiagnostic(
      OS, Function->getASTContext().getPrintingPolicy(), /*Qualified=*/true);
  return Result;
}

} // namespace consolidate
