//===- UseCollector.cpp - The traversal, types and names ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "consolidate/Frontend.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

// --- LegacyIndex -------------------------------------------------------------

LegacyIndex::LegacyIndex(const CompiledRules &Rules) {
  for (const Consolidation &Entry : Rules.Rules.Consolidate) {
    Canonical.insert(StringRef(Entry.Into).split('<').first);
    for (const LegacyClass &Legacy : Entry.From) {
      bool HasRewrites = any_of(Rules.Rewrites, [&](const CompiledRewrite &R) {
        return R.Class == Legacy.Name;
      });
      ByName[Legacy.Name] = {&Entry, &Legacy, HasRewrites};
      ShortNames.insert(unqualifiedName(Legacy.Name));
    }
  }
}

LegacyEntry LegacyIndex::find(const NamedDecl *D) const {
  if (!D || !D->getIdentifier() || !ShortNames.contains(D->getName()))
    return {};
  auto [It, New] = Cache.try_emplace(D, nullptr);
  if (New) {
    auto Found = ByName.find(qualifiedName(D));
    It->second = Found == ByName.end() ? nullptr : &Found->second;
  }
  return It->second ? *It->second : LegacyEntry{};
}

LegacyEntry LegacyIndex::find(QualType Type) const {
  return find(recordOf(Type));
}

bool LegacyIndex::isOfFamily(const NamedDecl *D) const {
  return find(D) ||
         (D && D->getIdentifier() && Canonical.contains(qualifiedName(D)));
}

// --- Traversal ---------------------------------------------------------------

UseCollector::UseCollector(ASTContext &Context, const CompiledRules &Rules,
                           PathPredicate InScope, const MatchOptions &Options)
    : Context(Context), SM(Context.getSourceManager()), Rules(Rules),
      InScope(InScope), Options(Options), Index(Rules), Calls(Rules),
      Scope(Context.getTranslationUnitDecl()) {}

CollectedUses UseCollector::finish() {
  addInstantiated();
  // A construction and the type name spelled with it go together.
  for (RawUse &Use : Out.Uses)
    if (Use.Group.empty())
      if (auto Group = GroupOfType.find(Use.Where); Group != GroupOfType.end())
        Use.Group = Group->second;
  return std::move(Out);
}

/// Top-level declarations of system headers cannot hold a use of ours.
static bool isSystemDecl(const Decl *D, const SourceManager &SM) {
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
  if (const FieldDecl *Field = Init->getAnyMember())
    addDependentInit(Field->getTypeSourceInfo(), Init->getInit(),
                     Init->getSourceLocation());
  else
    addDependentInit(Init->getTypeSourceInfo(), Init->getInit(),
                     Init->getSourceLocation());
  return Base::TraverseConstructorInitializer(Init);
}

bool UseCollector::TraverseInitListExpr(InitListExpr *List,
                                        DataRecursionQueue *Queue) {
  // The semantic form is the one that holds the constructor calls.
  InitListExpr *Semantic =
      List->isSemanticForm() ? List : List->getSemanticForm();
  return TraverseSynOrSemInitListExpr(Semantic ? Semantic : List, Queue);
}

const LegacyClass *UseCollector::ownTextOf(const Decl *D) const {
  if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
    return Index.find(Record).Legacy;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(D))
    return Index.find(Method->getParent()).Legacy;
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    return Index.find(ownerOfFriend(Function)).Legacy;
  return nullptr;
}

/// The \p Up-th node above the current one; null past the root.
const DynTypedNode *UseCollector::parent(unsigned Up) const {
  return Up < Ancestors.size() ? &Ancestors[Ancestors.size() - 1 - Up]
                               : nullptr;
}

// --- Places
// --------------------------------------------------------------------

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
  CharSourceRange Own = fileRange({Loc, Loc});
  return Own.isValid() ? Own.getBegin() : fileLoc(Loc);
}

CharSourceRange UseCollector::tokenRange(SourceLocation Begin,
                                         SourceLocation End) const {
  return fileRange({Begin, End});
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

std::string UseCollector::enclosingSymbol() const {
  for (const DynTypedNode &Node : reverse(Ancestors))
    if (const auto *D = Node.get<NamedDecl>())
      if (isa<FunctionDecl, CXXRecordDecl, FieldDecl>(D) ||
          D->getDeclContext()->isFileContext())
        return D->getQualifiedNameAsString();
  return "";
}

StringRef UseCollector::typeForm() const {
  if (Ancestors.empty())
    return "type";
  const DynTypedNode &Node = Ancestors.back();
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

// --- Uses --------------------------------------------------------------------

RawUse UseCollector::makeUse(FindingKind Kind, const LegacyEntry &Entry,
                             SourceLocation Where, StringRef Form) const {
  RawUse Use;
  Use.Kind = Kind;
  Use.Class = Use.Rule = Entry.Legacy->Name;
  Use.Form = Form.str();
  Use.Where = placeOf(Where);
  Use.Symbol = enclosingSymbol();
  return Use;
}

/// Two expansions of one macro body that agree give the same signature.
static std::string signatureOf(const RawUse &Use) {
  std::string Result;
  for (const Piece &P : Use.Pieces)
    Result += P.Source.isValid()
                  ? "@" + std::to_string(P.Source.getBegin().getRawEncoding())
                  : P.Text;
  return Result;
}

void UseCollector::addUse(RawUse Use) {
  auto [It, New] = Seen.try_emplace({Use.Where, Use.Kind}, Out.Uses.size());
  if (New)
    return Out.Uses.push_back(std::move(Use));
  RawUse &First = Out.Uses[It->second];
  if (First.Left.empty() && Use.Left.empty() &&
      signatureOf(First) != signatureOf(Use))
    First.leave({MessageId::MacroDisagrees,
                 "the expansions of this macro disagree about it"});
}

void UseCollector::addNameUse(const LegacyEntry &Entry, const NamedDecl *Named,
                              NestedNameSpecifierLoc Qualifier,
                              SourceLocation Name, StringRef Form) {
  if (InsideOwnText == Entry.Legacy)
    return;
  const std::string &Into = Entry.Into->Into;
  RawUse Use = makeUse(FindingKind::Type, Entry, Name, Form);
  Use.Message =
      "'" + Entry.Legacy->Name + "' is a legacy class; use '" + Into + "'";
  Use.NeedsHeader = true;
  if (Qualifier && denotesScope(Qualifier, enclosingScope(Into))) {
    Use.Replaced = tokenRange(Name, Name);
    Use.Pieces.push_back({unqualifiedName(Into).str(), {}, false});
  } else {
    // A name that came in through a using-declaration keeps coming in so: the
    // declaration is rewritten too. That of a destructor is found in the class.
    bool ThroughUsing =
        !Qualifier && (isa<UsingShadowDecl>(Named) || isDestructorName(Name));
    std::string Spelled =
        ThroughUsing
            ? unqualifiedName(Into).str()
            : spellName(Into, siteFor(Qualifier, Named, Name), Context);
    Use.Replaced = tokenRange(Qualifier ? Qualifier.getBeginLoc() : Name, Name);
    Use.Pieces.push_back({Spelled, {}, false});
  }
  addUse(std::move(Use));
}

/// `base::scoped_array<int>` -> `std::unique_ptr<int[]>`: the parameters of the
/// legacy template stand for what is written in its argument list.
void UseCollector::addTemplateUse(const LegacyEntry &Entry,
                                  const SpelledType &Spelled, TypeLoc Loc) {
  if (InsideOwnText == Entry.Legacy)
    return;
  StringRef Into = Entry.Into->Into;
  RawUse Use = makeUse(FindingKind::Type, Entry, Spelled.Name, typeForm());
  Use.Message = "'" + Entry.Legacy->Name +
                "' is a legacy class template; use '" + Into.str() + "'";
  Use.NeedsHeader = true;
  auto Spec = Loc.getAs<TemplateSpecializationTypeLoc>();
  ArrayRef<std::string> Parameters = Entry.Legacy->TemplateParameters;
  if (!Spec || Spec.getNumArgs() != Parameters.size()) {
    Use.leave({MessageId::DeducedArguments,
               "its template arguments are not written out here, so they "
               "cannot be mapped to '" +
                   Into.str() + "'"});
    return addUse(std::move(Use));
  }
  Use.Replaced = tokenRange(Spelled.begin(), Spec.getRAngleLoc());
  auto [Name, Arguments] = Into.split('<');
  Use.Pieces.push_back(
      {spellName(Name, siteFor(Spelled.Qualifier, Spelled.Named, Spelled.Name),
                 Context) +
           "<",
       {},
       false});
  while (!Arguments.empty()) {
    auto IsWord = [](char C) { return isAlnum(C) || C == '_'; };
    bool Word = IsWord(Arguments.front());
    StringRef Token =
        Word ? Arguments.take_while(IsWord) : Arguments.take_until(IsWord);
    Arguments = Arguments.drop_front(Token.size());
    Piece Part{Token.str(), {}, false};
    if (auto It = find(Parameters, Token); It != Parameters.end())
      Part.Source =
          fileRange(Spec.getArgLoc(It - Parameters.begin()).getSourceRange());
    Use.Pieces.push_back(std::move(Part));
  }
  addUse(std::move(Use));
}

/// True for `X` in `p->~X()`.
bool UseCollector::isDestructorName(SourceLocation Name) const {
  auto [File, Offset] = SM.getDecomposedLoc(fileLoc(Name));
  return SM.getBufferData(File).take_front(Offset).rtrim().ends_with("~");
}

bool UseCollector::VisitTypeLoc(TypeLoc Loc) {
  std::optional<SpelledType> Spelled = spelledType(Loc);
  if (!Spelled || Spelled->Name.isInvalid())
    return true;
  // The last name of `using Base::Base;` is seen by VisitUsingDecl.
  if (const auto *Using =
          Ancestors.empty() ? nullptr : Ancestors.back().get<UsingDecl>())
    if (Using->getLocation() == Spelled->Name)
      return true;
  if (Options.CollectFacts)
    noteTypeInFunction(Loc);
  // The spelling decides first: a typedef or using-name may itself be legacy.
  LegacyEntry Entry = Index.find(Spelled->Named);
  if (!Entry)
    Entry = Index.find(Spelled->Named->getUnderlyingDecl());
  if (Entry && !Entry.Legacy->TemplateParameters.empty() &&
      StringRef(Entry.Into->Into).contains('<'))
    addTemplateUse(Entry, *Spelled, Loc);
  else if (Entry)
    addNameUse(Entry, Spelled->Named, Spelled->Qualifier, Spelled->Name,
               typeForm());
  else {
    noteReference(Spelled->Name, Spelled->Named);
    addMemberUse(Spelled->Named, Spelled->Name); // A nested type.
  }
  return true;
}

bool UseCollector::VisitUsingDirectiveDecl(UsingDirectiveDecl *D) {
  if (!D->getLexicalDeclContext()->isFileContext() ||
      Scope->isFunctionOrMethod())
    LocalDirectives.push_back(D);
  return true;
}

bool UseCollector::VisitUsingDecl(UsingDecl *D) {
  for (const UsingShadowDecl *Shadow : D->shadows()) {
    const NamedDecl *Target = Shadow->getTargetDecl();
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Target)) {
      // `using Base::Base;`: the qualifier is a type name, this is the rest.
      LegacyEntry Entry = Index.find(Ctor->getParent());
      if (!Entry || InsideOwnText == Entry.Legacy)
        return true;
      RawUse Use = makeUse(FindingKind::Type, Entry, D->getLocation(),
                           "inherited constructors");
      Use.Message = "inherits the constructors of the legacy class '" +
                    Entry.Legacy->Name + "'";
      Use.Replaced = tokenRange(D->getLocation(), D->getLocation());
      Use.Pieces.push_back(
          {unqualifiedName(Entry.Into->Into).str(), {}, false});
      addUse(std::move(Use));
      return true;
    }
    if (LegacyEntry Entry = Index.find(Target)) {
      addNameUse(Entry, Target, D->getQualifierLoc(), D->getLocation(),
                 "using-declaration");
      return true;
    }
    addMemberUse(Target, D->getLocation());
    noteReference(D->getLocation(), Target);
  }
  return true;
}

bool UseCollector::VisitDeclRefExpr(DeclRefExpr *E) {
  noteReference(E->getLocation(), E->getFoundDecl());
  addMemberUse(E->getDecl(), E->getLocation());
  return true;
}

/// `p->X::~X()`: Clang keeps no type for the name behind the tilde.
void UseCollector::addQualifiedDestructor(MemberExpr *E) {
  const auto *Destructor = dyn_cast<CXXDestructorDecl>(E->getMemberDecl());
  if (!Destructor || !E->getMemberLoc().isValid())
    return;
  LegacyEntry Entry = Index.find(Destructor->getParent());
  std::optional<Token> Name =
      Lexer::findNextToken(E->getMemberLoc(), SM, Context.getLangOpts());
  if (Entry && Name && isDestructorName(Name->getLocation()) &&
      Name->is(tok::raw_identifier) &&
      Name->getRawIdentifier() == unqualifiedName(Entry.Legacy->Name))
    addNameUse(Entry, Destructor->getParent(), {}, Name->getLocation(),
               "destructor call");
}

bool UseCollector::VisitMemberExpr(MemberExpr *E) {
  addQualifiedDestructor(E);
  noteReference(E->getMemberLoc(), E->getMemberDecl());
  addMemberUse(E->getMemberDecl(), E->getMemberLoc());
  if (isa<FieldDecl>(E->getMemberDecl()))
    addRewrittenExpr(E, E->getMemberDecl());
  return true;
}

void UseCollector::noteReference(SourceLocation From, const NamedDecl *To) {
  if (From.isInvalid() || !To)
    return;
  const NamedDecl *Target = To->getUnderlyingDecl();
  if (Index.find(Target))
    return;
  for (const DeclContext *DC = Target->getDeclContext(); DC;
       DC = DC->getParent())
    if (Index.find(dyn_cast<NamedDecl>(DC)))
      return;
  // A friend comes and goes with the class: `a == b` asks for no more than it.
  if (const auto *Function = dyn_cast<FunctionDecl>(Target))
    if (Index.find(ownerOfFriend(Function)))
      return;
  if (const auto *Tag = dyn_cast<TagDecl>(Target))
    if (const TagDecl *Definition = Tag->getDefinition())
      Target = Definition;
  if (Target->getLocation().isInvalid())
    return;
  Out.References.insert({SM.getFileID(fileLoc(From)),
                         SM.getFileID(fileLoc(Target->getLocation()))});
}

CollectedUses collectUses(ASTContext &Context, const CompiledRules &Rules,
                          PathPredicate InScope, const MatchOptions &Options) {
  UseCollector Collector(Context, Rules, InScope, Options);
  Collector.TraverseDecl(Context.getTranslationUnitDecl());
  return Collector.finish();
}

} // namespace consolidate
