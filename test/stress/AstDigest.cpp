//===- AstDigest.cpp - What a translation unit means, as lines ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Prints the AST of everything outside system headers, one line for each node:
// its kind, its canonical type, what it refers to. How a name is qualified and
// where parentheses stand makes no difference, so that what a migration wrote
// can be compared with what was expected. It shares no code with the tool.
//
//   AstDigest FILE... -- COMPILER_ARGUMENT...
//
// Exit status 1 when one does not
// compile.
//
//===----------------------------------------------------------------------===//
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace llvm;

namespace {

class Digest : public RecursiveASTVisitor<Digest> {
  using Base = RecursiveASTVisitor<Digest>;

public:
  explicit Digest(ASTContext &Context)
      : SM(Context.getSourceManager()), Policy(Context.getPrintingPolicy()) {
    Policy.FullyQualifiedName = Policy.PrintAsCanonical = true;
    Policy.AnonymousTagLocations = false;
  }

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || (D->getLocation().isValid() &&
               SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation()))))
      return true;
    // Which of these are there depends on what was looked up.
    if (D->isImplicit() && isa<CXXMethodDecl>(D))
      return true;
    // Likewise of class templates: a lookup by arguments makes one complete.
    if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(D);
        Class && !Class->isExplicitInstantiationOrSpecialization() &&
        none_of(Class->methods(), [](const CXXMethodDecl *Method) {
          return Method->doesThisDeclarationHaveABody();
        }))
      return true;
    ++Depth;
    indent() << D->getDeclKindName();
    if (const auto *Named = dyn_cast<NamedDecl>(D))
      outs() << ' ' << name(Named);
    if (const auto *Value = dyn_cast<ValueDecl>(D))
      outs() << ' ' << type(Value->getType());
    outs() << '\n';
    bool Result = Base::TraverseDecl(D);
    --Depth;
    return Result;
  }

  bool dataTraverseStmtPre(Stmt *S) {
    if (isa<ParenExpr>(S) || isUndone(S))
      return true;
    ++Depth;
    indent() << S->getStmtClassName();
    if (const auto *E = dyn_cast<Expr>(S))
      outs() << ' ' << type(E->getType());
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      outs() << " -> " << name(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      outs() << " -> " << name(Member->getMemberDecl());
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
      outs() << " -> " << type(Construct->getConstructor()->getType());
    else if (const auto *Cast = dyn_cast<CastExpr>(S))
      outs() << ' ' << Cast->getCastKindName();
    else if (const auto *Integer = dyn_cast<IntegerLiteral>(S))
      outs() << ' ' << Integer->getValue();
    else if (const auto *Text = dyn_cast<clang::StringLiteral>(S))
      outs() << " \"" << Text->getBytes() << '"';
    else if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      outs() << ' ' << UnaryOperator::getOpcodeStr(Unary->getOpcode());
    else if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      outs() << ' ' << Binary->getOpcodeStr();
    outs() << '\n';
    return true;
  }
  bool dataTraverseStmtPost(Stmt *S) {
    if (!isa<ParenExpr>(S) && !isUndone(S))
      --Depth;
    return true;
  }

  bool VisitTypeLoc(TypeLoc Loc) {
    if (!Loc.getAs<QualifiedTypeLoc>())
      indent() << " : " << type(Loc.getType()) << '\n';
    return true;
  }
  /// The qualifiers are what may be spelled in another way.
  bool TraverseNestedNameSpecifierLoc(NestedNameSpecifierLoc) { return true; }

private:
  std::set<const Stmt *> Undone;

  /// `&*p` is `p`, `*&x` is `x`, and `*&*p` is `*p`.
  bool isUndone(const Stmt *S) {
    if (Undone.count(S))
      return true;
    const auto *Outer = dyn_cast<UnaryOperator>(S);
    const auto *Inner =
        Outer ? dyn_cast<UnaryOperator>(Outer->getSubExpr()->IgnoreParens())
              : nullptr;
    auto Is = [](const UnaryOperator *Op, UnaryOperatorKind Kind) {
      return Op->getOpcode() == Kind;
    };
    if (Inner && ((Is(Outer, UO_AddrOf) && Is(Inner, UO_Deref)) ||
                  (Is(Outer, UO_Deref) && Is(Inner, UO_AddrOf))))
      Undone.insert({Outer, Inner});
    return Undone.count(S);
  }

  SourceManager &SM;
  PrintingPolicy Policy;
  unsigned Depth = 0;

  raw_ostream &indent() { return outs().indent(Depth); }
  std::string type(QualType Type) {
    return Type.isNull() ? "" : Type.getCanonicalType().getAsString(Policy);
  }
  std::string name(const NamedDecl *D) {
    std::string Result;
    raw_string_ostream OS(Result);
    D->printQualifiedName(OS, Policy);
    return Result;
  }
};

class Consumer : public ASTConsumer {
  void HandleTranslationUnit(ASTContext &Context) override {
    Digest(Context).TraverseAST(Context);
  }
};

class Action : public ASTFrontendAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<Consumer>();
  }
};

} // namespace

int main(int argc, const char **argv) {
  std::string Error;
  std::unique_ptr<tooling::CompilationDatabase> Database =
      tooling::FixedCompilationDatabase::loadFromCommandLine(argc, argv, Error);
  if (!Database) {
    errs() << "AstDigest: " << Error << "no `--`\n";
    return 2;
  }
  std::vector<std::string> Files(argv + 1, argv + argc);
  tooling::ClangTool Tool(*Database, Files);
  Tool.appendArgumentsAdjuster(tooling::getInsertArgumentAdjuster(
      {"-resource-dir", CONSOLIDATE_RESOURCE_DIR},
      tooling::ArgumentInsertPosition::BEGIN));
  return Tool.run(tooling::newFrontendActionFactory<Action>().get());
}
