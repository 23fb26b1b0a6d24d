//===- Places.cpp - Where a use stands in the source ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "consolidate/Frontend.h"

#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

SourceLocation UseCollector::fileLoc(SourceLocation Loc) const {
  return SM.getFileLoc(Loc);
}

std::string UseCollector::pathOf(SourceLocation Loc) const {
  OptionalFileEntryRef File =
      SM.getFileEntryRefForID(SM.getFileID(fileLoc(Loc)));
  return File ? realPathOf(*File) : "";
}

std::string UseCollector::placeKey(SourceLocation Loc) const {
  return pathOf(Loc) + ":" + std::to_string(SM.getFileOffset(fileLoc(Loc)));
}

/// Where a token of a macro expansion stands in the body of the macro: for one
/// that came in with an argument, that is the parameter.
SourceLocation UseCollector::inMacroBody(SourceLocation Loc) const {
  while (SM.isMacroArgExpansion(Loc))
    Loc = SM.getImmediateExpansionRange(Loc).getBegin();
  return Loc;
}

CharSourceRange UseCollector::bodyRange(SourceRange Tokens) const {
  SourceLocation Begin = inMacroBody(Tokens.getBegin());
  SourceLocation End = inMacroBody(Tokens.getEnd());
  // Both ends in one expansion of one macro, and none of them made by `##`.
  if (Begin.isFileID() || End.isFileID() ||
      SM.getFileID(Begin) != SM.getFileID(End))
    return {};
  Begin = SM.getSpellingLoc(Begin);
  End = SM.getSpellingLoc(End);
  if (SM.isWrittenInScratchSpace(Begin) || SM.isWrittenInScratchSpace(End) ||
      SM.getFileID(Begin) != SM.getFileID(End) ||
      SM.getFileOffset(End) < SM.getFileOffset(Begin))
    return {};
  return Lexer::getAsCharRange(SourceRange(Begin, End), SM,
                               Context.getLangOpts());
}

CharSourceRange UseCollector::fileRange(SourceRange Tokens) const {
  CharSourceRange InFile = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(Tokens), SM, Context.getLangOpts());
  return InFile.isValid() ? InFile : bodyRange(Tokens);
}

/// The place a use is reported at: its own text, be it in a macro argument or
/// in a macro body; the expansion where there is no such text.
SourceLocation UseCollector::placeOf(SourceLocation Loc) const {
  CharSourceRange Own = tokenRange(Loc, Loc);
  return Own.isValid() ? Own.getBegin() : fileLoc(Loc);
}

/// The token of an argument where it is written: in the file, or in the body of
/// another macro that passes it on.
static SourceLocation writtenIn(SourceLocation Loc, const SourceManager &SM) {
  while (SM.isMacroArgExpansion(Loc))
    Loc = SM.getImmediateSpellingLoc(Loc);
  return Loc;
}

/// Made by `##`. The first half of a `>>` is in scratch space as well.
static bool isPasted(SourceLocation Loc, const SourceManager &SM) {
  return Loc.isMacroID() &&
         SM.isWrittenInScratchSpace(SM.getSpellingLoc(Loc)) &&
         SM.getImmediateExpansionRange(Loc).isTokenRange();
}

/// The text of a name: also of one that is all a macro stands for it is changed
/// in the macro, not where the macro is named. Never a parameter of a macro,
/// and never one that is made by `##`.
CharSourceRange UseCollector::tokenRange(SourceLocation Begin,
                                         SourceLocation End) const {
  SourceLocation First = writtenIn(Begin, SM), Last = writtenIn(End, SM);
  if (CharSourceRange InBody = bodyRange({First, Last}); InBody.isValid())
    return InBody;
  if (isPasted(First, SM) || isPasted(Last, SM))
    return {};
  return Lexer::makeFileCharRange(CharSourceRange::getTokenRange(Begin, End),
                                  SM, Context.getLangOpts());
}

NameSite UseCollector::siteFor(NestedNameSpecifierLoc Qualifier,
                               const NamedDecl *Named,
                               SourceLocation Where) const {
  NameSite Site;
  Site.Where = Where;
  Site.Context = Scope;
  // The bases of a class are looked up outside of it.
  if (const auto *Record =
          Ancestors.empty() ? nullptr : Ancestors.back().get<CXXRecordDecl>())
    if (Scope == Record)
      Site.Context = Record->getLexicalParent();
  Site.LocalDirectives = LocalDirectives;
  if (Qualifier)
    describeQualifier(Site, Qualifier, Named);
  Site.Replaced = Named ? Named->getUnderlyingDecl() : nullptr;
  return Site;
}

/// The innermost function, class, field or declaration of a namespace; null at
/// the top of a file.
const NamedDecl *UseCollector::enclosingDeclaration() const {
  for (const DynTypedNode &Node : reverse(Ancestors))
    if (const auto *D = Node.get<NamedDecl>())
      if (isa<FunctionDecl, CXXRecordDecl, FieldDecl>(D) ||
          D->getDeclContext()->isFileContext())
        return D;
  return nullptr;
}

std::string UseCollector::enclosingSymbol() const {
  const NamedDecl *D = enclosingDeclaration();
  return D ? D->getQualifiedNameAsString() : "";
}

StringRef UseCollector::typeForm(SourceLocation Where) const {
  if (Ancestors.empty())
    return "type";
  const DynTypedNode &Node = Ancestors.back();
  const auto *Declared = Node.get<Decl>();
  if (const auto *Written = Declared ? argumentsOfCase(Declared) : nullptr)
    if (SM.isPointWithin(Where, Written->getLAngleLoc(),
                         Written->getRAngleLoc()))
      return "specialisation";
  if (Node.get<ParmVarDecl>())
    return "parameter";
  if (Node.get<FieldDecl>())
    return "member";
  if (Node.get<VarDecl>())
    return "variable";
  if (Node.get<FriendDecl>())
    return "friend";
  if (Node.get<TypedefNameDecl>())
    return "alias";
  if (Node.get<FunctionDecl>())
    return CurrentInit ? "base initialiser" : "function type";
  if (Node.get<CXXRecordDecl>())
    return "base class";
  if (Node.get<CXXCatchStmt>())
    return "catch";
  if (Node.get<ExplicitCastExpr>())
    return "cast";
  if (Node.get<DeclRefExpr>())
    return "qualified name";
  return "type";
}

/// True where the type that is spelled here is compared with that of an object:
/// with an object of another class the code compiles, and does something else.
bool UseCollector::tellsObjectsApart() const {
  if (Ancestors.empty() || Options.AllowUnsafe)
    return false;
  const DynTypedNode &Node = Ancestors.back();
  if (const auto *Variable = Node.get<VarDecl>())
    return Variable->isExceptionVariable();
  if (const auto *Function = Node.get<DeclRefExpr>())
    return Function->getDecl()->isInStdNamespace() &&
           Function->getDecl()->getDeclName().isIdentifier() &&
           Function->getDecl()->getName() == "any_cast";
  // `__is_same(T, X)` itself; what std::is_same says is seen by verification.
  if (const auto *Trait = Node.get<TypeTraitExpr>())
    return Trait->isInstantiationDependent() &&
           is_contained({BTT_IsSame, BTT_IsBaseOf}, Trait->getTrait());
  return Node.get<CXXDynamicCastExpr>() || Node.get<CXXTypeidExpr>();
}

} // namespace consolidate
