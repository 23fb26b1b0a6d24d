//===- UseCollector.cpp - The traversal -----------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

UseCollector::UseCollector(ASTContext &Context, const CompiledRules &Rules,
                           PathPredicate InScope, const MatchOptions &Options)
    : Context(Context), SM(Context.getSourceManager()), Rules(Rules),
      InScope(InScope), Options(Options), Index(Rules), Calls(Rules),
      Scope(Context.getTranslationUnitDecl()) {
  for (const auto &[Class, Changed] : Rules.Members)
    for (const auto *Names : {&Changed.New, &Changed.Gone})
      WatchedNames.insert(Names->begin(), Names->end());
}

CollectedUses UseCollector::finish() {
  addUnknownMembers();
  addInstantiated();
  addOnlyInstantiated();
  noteMade();
  noteReferences();
  watchNotedCalls();
  leaveWhatNamesAnother();
  applyDeclared();
  for (SourceLocation Name : CastToNames)
    if (auto It = Seen.find({Name, FindingKind::Type}); It != Seen.end())
      Out.Uses[It->second].TellsObjectsApart = true;
  // A construction and the type name spelled with it go together.
  for (RawUse &Use : Out.Uses)
    if (Use.Group.empty())
      if (auto Group = GroupOfType.find(Use.Where); Group != GroupOfType.end())
        Use.Group = Group->second;
  applyTies();
  return std::move(Out);
}

bool isSystemDecl(const Decl *D, const SourceManager &SM) {
  return D->getDeclContext() && D->getDeclContext()->isFileContext() &&
         D->getLocation().isValid() &&
         SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation()));
}

bool UseCollector::TraverseDecl(Decl *D) {
  if (!D || isSystemDecl(D, SM))
    return true;
  SaveAndRestore<const DeclContext *> KeepScope(Scope);
  SaveAndRestore<const LegacyClass *> KeepOwn(InsideOwnText);
  size_t Directives = LocalDirectives.size();
  if (isa<NamespaceDecl, CXXRecordDecl, FunctionDecl>(D))
    Scope = cast<DeclContext>(D);
  if (const LegacyClass *Own = ownTextOf(D))
    InsideOwnText = Own;
  auto *Function = dyn_cast<FunctionDecl>(D);
  bool Counts = Function && Function->isThisDeclarationADefinition();
  if (Counts)
    Functions.push_back({Function, {}});
  Ancestors.push_back(DynTypedNode::create(*D));
  tieCase(D);
  bool Result = Base::TraverseDecl(D);
  Ancestors.pop_back();
  if (Counts) {
    leaveFunction(Functions.back());
    Functions.pop_back();
  }
  if (Function)
    LocalDirectives.resize(Directives);
  return Result;
}

bool UseCollector::dataTraverseStmtPre(Stmt *S) {
  Ancestors.push_back(DynTypedNode::create(*S));
  return true;
}

bool UseCollector::dataTraverseStmtPost(Stmt *) {
  Ancestors.pop_back();
  return true;
}

bool UseCollector::TraverseConstructorInitializer(CXXCtorInitializer *Init) {
  SaveAndRestore<const CXXCtorInitializer *> Keep(CurrentInit, Init);
  addInitialiserInTemplate(Init);
  return Base::TraverseConstructorInitializer(Init);
}

bool UseCollector::TraverseTemplateArgumentLoc(
    const TemplateArgumentLoc &Argument) {
  SaveAndRestore<const Expr *> Keep(InTemplateArgument);
  SaveAndRestore<bool> KeepType(InTypeArgument,
                                Argument.getArgument().getKind() ==
                                    TemplateArgument::Type);
  if (Argument.getArgument().getKind() == TemplateArgument::Expression)
    InTemplateArgument = Argument.getSourceExpression();
  if (Argument.getArgument().getKind() == TemplateArgument::Template)
    addTemplateName(Argument);
  return Base::TraverseTemplateArgumentLoc(Argument);
}

const LegacyClass *UseCollector::ownTextOf(const Decl *D) const {
  if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
    return Index.find(Record).Legacy;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(D))
    return Index.find(Method->getParent()).Legacy;
  if (const auto *Guide = dyn_cast<CXXDeductionGuideDecl>(D))
    return Index.find(Guide->getDeducedTemplate()).Legacy;
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    return Index.find(ownerOfFriend(Function)).Legacy;
  return nullptr;
}

/// The \p Up-th node above the current one; null past the root.
const DynTypedNode *UseCollector::parent(unsigned Up) const {
  return Up < Ancestors.size() ? &Ancestors[Ancestors.size() - 1 - Up]
                               : nullptr;
}

CollectedUses collectUses(ASTContext &Context, const CompiledRules &Rules,
                          PathPredicate InScope,
                          const IncludeRecorder *Includes,
                          const MatchOptions &Options) {
  UseCollector Collector(Context, Rules, InScope, Options);
  // The whole translation unit, unless the front end narrowed it: an editor
  // shows one file, and its preamble would have to be read back in.
  for (Decl *D : Context.getTraversalScope())
    Collector.TraverseDecl(D);
  if (Includes)
    Collector.addExplicitInstantiations(*Includes);
  return Collector.finish();
}

} // namespace consolidate
