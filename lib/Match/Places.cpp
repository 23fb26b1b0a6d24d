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

/// The first half of a `>>` as the whole of it.
static SourceLocation unsplit(SourceLocation Loc, const SourceManager &SM) {
  if (Loc.isFileID())
    return Loc;
  CharSourceRange Expansion = SM.getImmediateExpansionRange(Loc);
  return Expansion.isTokenRange() ? Loc : Expansion.getBegin();
}

/// Of tokens in a file. What ends in `>>` ends in the first half of it.
CharSourceRange UseCollector::charRange(SourceLocation First,
                                        SourceLocation Last) const {
  unsigned Length =
      *SM.getCharacterData(Last) == '>'
          ? 1
          : Lexer::MeasureTokenLength(Last, SM, Context.getLangOpts());
  return CharSourceRange::getCharRange(First, Last.getLocWithOffset(Length));
}

CharSourceRange UseCollector::bodyRange(SourceRange Tokens) const {
  SourceLocation Begin = inMacroBody(Tokens.getBegin());
  SourceLocation End = inMacroBody(unsplit(Tokens.getEnd(), SM));
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
  return charRange(Begin, End);
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

/// True when both come in with one argument of one macro, through all macros.
static bool isOneArgument(SourceLocation Begin, SourceLocation End,
                          const SourceManager &SM) {
  while (SM.isMacroArgExpansion(Begin) && SM.isMacroArgExpansion(End) &&
         SM.getImmediateExpansionRange(Begin).getBegin() ==
             SM.getImmediateExpansionRange(End).getBegin()) {
    Begin = SM.getImmediateSpellingLoc(Begin);
    End = SM.getImmediateSpellingLoc(End);
  }
  return Begin.isFileID() && SM.getFileID(Begin) == SM.getFileID(End);
}

/// The text of an expression. An argument of a macro is changed there, also
/// where it is all that the macro stands for: the macro may be more elsewhere.
CharSourceRange UseCollector::exprRange(SourceRange Tokens) const {
  SourceLocation End = unsplit(Tokens.getEnd(), SM);
  return isOneArgument(Tokens.getBegin(), End, SM)
             ? charRange(writtenIn(Tokens.getBegin(), SM), writtenIn(End, SM))
             : fileRange(Tokens);
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
  SourceLocation First = writtenIn(Begin, SM);
  SourceLocation Last = writtenIn(unsplit(End, SM), SM);
  if (CharSourceRange InBody = bodyRange({First, Last}); InBody.isValid())
    return InBody;
  if (isPasted(First, SM) || isPasted(Last, SM))
    return {};
  if (isOneArgument(Begin, unsplit(End, SM), SM))
    return charRange(First, Last);
  return Lexer::makeFileCharRange(CharSourceRange::getTokenRange(Begin, End),
                                  SM, Context.getLangOpts());
}

/// The text of a name with its qualifier, up to \p Last. In the body of a macro
/// none of it may be a parameter: another expansion names something else.
CharSourceRange UseCollector::nameRange(NestedNameSpecifierLoc Qualifier,
                                        SourceLocation Name,
                                        SourceLocation Last) const {
  CharSourceRange Result =
      tokenRange(Qualifier ? Qualifier.getBeginLoc() : Name, Last);
  if (Result.isInvalid() || macroDefinition(Result.getBegin()).empty())
    return Result;
  auto IsParameter = [&](SourceLocation Loc) {
    return !isInside(tokenRange(Loc, Loc), Result);
  };
  for (NestedNameSpecifierLoc Q = Qualifier; Q; Q = prefixOf(Q))
    if (IsParameter(Q.getLocalBeginLoc()))
      return {};
  return IsParameter(Name) ? CharSourceRange() : Result;
}

/// Where \p Loc is told between \p Open and \p Close, which stand in one text:
/// by a parameter or a macro there, if not by a token of its own.
SourceLocation UseCollector::placeBetween(SourceLocation Open,
                                          SourceLocation Close,
                                          SourceLocation Loc,
                                          bool AtEnd) const {
  if (Loc.isMacroID()) {
    CharSourceRange Around = SM.getImmediateExpansionRange(Loc);
    SourceLocation Outer = placeBetween(
        Open, Close,
        AtEnd && Around.isTokenRange() ? Around.getEnd() : Around.getBegin(),
        AtEnd);
    if (Outer.isInvalid() && SM.isMacroArgExpansion(Loc))
      Outer = placeBetween(Open, Close, SM.getImmediateSpellingLoc(Loc), AtEnd);
    if (Outer.isValid())
      return Outer;
  }
  bool Between = SM.getFileID(Loc) == SM.getFileID(Open) &&
                 SM.getFileOffset(Open) < SM.getFileOffset(Loc) &&
                 SM.getFileOffset(Loc) < SM.getFileOffset(Close);
  return Between ? Loc : SourceLocation();
}

/// What is written from `<` or a comma to the next comma or `>`. Invalid where
/// it does not stand in one text with these, or a macro stands for several.
CharSourceRange UseCollector::argumentRange(const WrittenList &List,
                                            size_t Which) const {
  SourceLocation Open = writtenIn(List.Angles.getBegin(), SM);
  SourceLocation Close = writtenIn(unsplit(List.Angles.getEnd(), SM), SM);
  if (Open.isInvalid() || Close.isInvalid() ||
      SM.getFileID(Open) != SM.getFileID(Close))
    return {};
  // What Clang keeps of it, and where those beside it end and begin.
  CharSourceRange Kept;
  SourceLocation From = SM.getSpellingLoc(Open).getLocWithOffset(1);
  SourceLocation Until = SM.getSpellingLoc(Close);
  size_t Behind = std::min(Which + 2, List.Each.size());
  for (size_t I = Which > 0 ? Which - 1 : 0; I < Behind; ++I) {
    SourceLocation First =
        placeBetween(Open, Close, List.Each[I].getBegin(), /*AtEnd=*/false);
    SourceLocation Last =
        placeBetween(Open, Close, List.Each[I].getEnd(), /*AtEnd=*/true);
    if (First.isInvalid() || Last.isInvalid())
      return {};
    CharSourceRange Range =
        charRange(SM.getSpellingLoc(First), SM.getSpellingLoc(Last));
    if (I < Which)
      From = Range.getEnd();
    else if (I == Which)
      Kept = Range;
    else
      Until = Range.getBegin();
  }
  unsigned Begin = SM.getFileOffset(Kept.getBegin());
  unsigned End = SM.getFileOffset(Kept.getEnd());
  if (Begin < SM.getFileOffset(From) || SM.getFileOffset(Until) < End)
    return {};
  // Between the commas on both sides.
  FileID File = SM.getFileID(From);
  StringRef Buffer = SM.getBufferData(File);
  Lexer Raw(SM.getLocForStartOfFile(File), Context.getLangOpts(),
            Buffer.begin(), Buffer.begin() + SM.getFileOffset(From),
            Buffer.end());
  Raw.SetCommentRetentionState(true);
  std::optional<unsigned> First;
  unsigned Last = End;
  Token Tok;
  while (!Raw.LexFromRawLexer(Tok)) {
    unsigned At = SM.getFileOffset(Tok.getLocation());
    if (At >= SM.getFileOffset(Until) || (At >= End && Tok.is(tok::comma)))
      break;
    if (At < Begin && Tok.is(tok::comma))
      First.reset();
    else if (!First)
      First = At;
    if (At >= End)
      Last = At + Tok.getLength();
  }
  SourceLocation Start = SM.getLocForStartOfFile(File);
  return CharSourceRange::getCharRange(
      Start.getLocWithOffset(First.value_or(Begin)),
      Start.getLocWithOffset(Last));
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
  if (LegacyEntry Entry = Index.find(Site.Replaced))
    Site.TargetIsInjected = isInjected(*Entry.Into);
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

/// `static_cast<X *>(data)` of a `void *`, `reinterpret_cast<X *>(bytes)`: what
/// is there has to be an X.
static bool takesAnything(const ExplicitCastExpr *E) {
  QualType From = E->getSubExpr()->IgnoreImpCasts()->getType();
  return !E->isTypeDependent() &&
         (E->getCastKind() == CK_BitCast ||
          E->getCastKind() == CK_LValueBitCast ||
          E->getCastKind() == CK_IntegralToPointer) &&
         !From->isDependentType() && !From->isNullPtrType();
}

/// The name may be that of an alias.
bool UseCollector::VisitExplicitCastExpr(ExplicitCastExpr *E) {
  if (Options.AllowUnsafe || !takesAnything(E) || !E->getTypeInfoAsWritten())
    return true;
  SourceLocation Name = legacyNameIn(E->getTypeInfoAsWritten()->getTypeLoc());
  if (Name.isValid())
    CastToNames.push_back(Name);
  return true;
}

/// `X::count`, a variable that each object of the class goes by.
bool UseCollector::isShared(const VarDecl *StaticMember) const {
  return !StaticMember->getType().isConstQualified() &&
         Index.find(dyn_cast<CXXRecordDecl>(StaticMember->getDeclContext()));
}

/// `X::instance()`: the object, or the variables, behind it are there once for
/// each class.
static bool givesShared(const CXXMethodDecl *Static) {
  QualType Result = Static->getReturnType();
  bool GivesObject =
      Static->param_empty() &&
      (Result->isLValueReferenceType() || Result->isPointerType());
  return GivesObject || any_of(Static->getParent()->decls(), [](const Decl *D) {
           const auto *Variable = dyn_cast<VarDecl>(D);
           return Variable && !Variable->getType().isConstQualified();
         });
}

/// The group of all that calls \p Callee, or another function of its class with
/// the same state; "" where each call stands alone.
std::string UseCollector::groupOfShared(const NamedDecl *Callee) const {
  const auto *Static = dyn_cast_or_null<CXXMethodDecl>(Callee);
  return Static && Static->isStatic() && !Options.AllowUnsafe &&
                 Index.find(Static->getParent()) && givesShared(Static)
             ? SharedState.str() + usrOf(Static->getParent())
             : "";
}

void UseCollector::tieToShared(const DeclRefExpr *E) {
  std::string Group = groupOfShared(E->getDecl());
  if (!Group.empty() &&
      qualifierKind(E->getQualifierLoc()) == QualifierKind::Type)
    for (SourceLocation Name :
         legacyNamesBehind(typeLocOf(E->getQualifierLoc())))
      Ties.emplace_back(Name, Group);
}

/// True where the type that is spelled here is compared with that of an object:
/// with an object of another class the code compiles, and does something else.
bool UseCollector::tellsObjectsApart() const {
  if (Ancestors.empty() || Options.AllowUnsafe)
    return false;
  const DynTypedNode &Node = Ancestors.back();
  if (const auto *Variable = Node.get<VarDecl>())
    return Variable->isExceptionVariable();
  if (const auto *Ref = Node.get<DeclRefExpr>()) {
    const auto *Shared = dyn_cast<VarDecl>(Ref->getDecl());
    if (Shared && Shared->isStaticDataMember())
      return isShared(Shared);
    return Ref->getDecl()->isInStdNamespace() &&
           Ref->getDecl()->getDeclName().isIdentifier() &&
           Ref->getDecl()->getName() == "any_cast";
  }
  // `__is_same(T, X)` itself; what std::is_same says is seen by verification.
  if (const auto *Trait = Node.get<TypeTraitExpr>())
    return Trait->isInstantiationDependent() &&
           is_contained({BTT_IsSame, BTT_IsBaseOf}, Trait->getTrait());
  return Node.get<CXXDynamicCastExpr>() || Node.get<CXXTypeidExpr>();
}

} // namespace consolidate
