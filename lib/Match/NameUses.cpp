//===- NameUses.cpp - Uses of a legacy class by its name ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

RawUse UseCollector::makeUse(FindingKind Kind, const LegacyEntry &Entry,
                             SourceLocation Where, StringRef Form) const {
  RawUse Use;
  Use.Kind = Kind;
  Use.Class = Use.Rule = Entry.Legacy->Name;
  Use.Form = Form.str();
  Use.Where = placeOf(Where);
  Use.Symbol = enclosingSymbol();
  Use.Signature = describeDeclaration(enclosingDeclaration());
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
  if (Use.Kind == FindingKind::Type)
    append_range(Use.AlsoGroups, groupsOfEntity());
  auto [It, New] = Seen.try_emplace({Use.Where, Use.Kind}, Out.Uses.size());
  if (New)
    return Out.Uses.push_back(std::move(Use));
  // Another expansion of the same macro body: one that must stay keeps it.
  RawUse &First = Out.Uses[It->second];
  First.Level = std::min(First.Level, Use.Level);
  if (First.Left.empty() && !Use.Left.empty())
    First.leave({Use.LeftId, std::move(Use.Left)});
  else if (First.Left.empty() && signatureOf(First) != signatureOf(Use))
    First.leave({MessageId::MacroDisagrees,
                 "the expansions of this macro disagree about it"});
}

/// `using a::Old; using b::New` becomes one declaration, not two that say the
/// same: an earlier pass wrote the second beside the first.
void UseCollector::takeInBesides(RawUse &Use) const {
  if (Use.Replaced.isInvalid() || Use.Pieces.empty())
    return;
  SourceLocation End = Use.Replaced.getEnd();
  std::string Also = "; using " + Use.Kept.str() + Use.Pieces.back().Text;
  StringRef Behind = SM.getBufferData(SM.getFileID(End));
  Behind = Behind.substr(SM.getFileOffset(End));
  Use.HasBesides = Behind.consume_front(Also) && Behind.starts_with(";");
  if (Use.HasBesides)
    Use.Replaced.setEnd(End.getLocWithOffset(Also.size()));
}

/// A name that comes in through a using-declaration needs it.
void UseCollector::noteIntroducer(RawUse &Use, const NamedDecl *Named) const {
  if (const auto *Shadow = dyn_cast_or_null<UsingShadowDecl>(Named))
    Use.Introducer = placeOf(Shadow->getIntroducer()->getLocation());
}

void UseCollector::addNameUse(const LegacyEntry &Entry, const NamedDecl *Named,
                              NestedNameSpecifierLoc Qualifier,
                              SourceLocation Name, StringRef Form) {
  if (InsideOwnText == Entry.Legacy)
    return;
  // The name of a template takes the place of one; a class becomes a class.
  bool NamesTemplate = !Entry.Legacy->TemplateParameters.empty() ||
                       Form == UsingForm || isDestructorName(Name);
  StringRef Into =
      NamesTemplate ? Entry.Into->intoName() : StringRef(Entry.Into->Into);
  RawUse Use = makeUse(FindingKind::Type, Entry, Name, Form);
  Use.Message = "'" + Entry.Legacy->Name + "' is a legacy class; use '" +
                Entry.Into->Into + "'";
  Use.NeedsHeader = true;
  Use.Introduces = Form == UsingForm;
  Use.TellsObjectsApart = tellsObjectsApart();
  Use.IsTemplateArgument = InTypeArgument;
  if (Qualifier && denotesScope(Qualifier, enclosingScope(Into))) {
    Use.Replaced = tokenRange(Name, Name);
    Use.Kept =
        Lexer::getSourceText(fileRange(Qualifier.getSourceRange()), SM, {});
    Use.Pieces.push_back({unqualifiedName(Into).str(), {}, false});
  } else {
    // A name that came in through a using-declaration keeps coming in so: the
    // declaration is rewritten too.
    bool ThroughUsing = !Qualifier && isa<UsingShadowDecl>(Named);
    std::string Spelled;
    if (!Qualifier && isDestructorName(Name))
      Spelled = destructorName(Name, *Entry.Into);
    else if (ThroughUsing)
      Spelled = unqualifiedName(Into).str();
    else
      Spelled = spellName(Into, siteFor(Qualifier, Named, Name), Context);
    Use.Replaced = nameRange(Qualifier, Name, Name);
    Use.Pieces.push_back({Spelled, {}, false});
  }
  noteIntroducer(Use, Named);
  if (Use.Introduces) {
    Use.Introducer = Use.Where;
    takeInBesides(Use);
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
  RawUse Use =
      makeUse(FindingKind::Type, Entry, Spelled.Name, typeForm(Spelled.Name));
  Use.Message = "'" + Entry.Legacy->Name +
                "' is a legacy class template; use '" + Into.str() + "'";
  Use.NeedsHeader = true;
  Use.TellsObjectsApart = tellsObjectsApart();
  Use.IsTemplateArgument = InTypeArgument;
  noteIntroducer(Use, Spelled.Named);
  if (Loc.getType()->isDependentType())
    Use.AlsoGroups.push_back(groupOfTemplate());
  auto Spec = Loc.getAs<TemplateSpecializationTypeLoc>();
  ArrayRef<std::string> Parameters = Entry.Legacy->TemplateParameters;
  if (!Spec || Spec.getNumArgs() != Parameters.size()) {
    leaveWithoutArguments(Use, Entry);
    return addUse(std::move(Use));
  }
  Use.Replaced =
      nameRange(Spelled.Qualifier, Spelled.Name, Spec.getRAngleLoc());
  auto [Name, Arguments] = Into.split('<');
  Use.Pieces.push_back(
      {spellName(Name, siteFor(Spelled.Qualifier, Spelled.Named, Spelled.Name),
                 Context) +
           "<",
       {},
       false});
  WrittenList Written = writtenList(Spec);
  while (!Arguments.empty()) {
    auto IsWord = [](char C) { return isAlnum(C) || C == '_'; };
    bool Word = IsWord(Arguments.front());
    StringRef Token =
        Word ? Arguments.take_while(IsWord) : Arguments.take_until(IsWord);
    Arguments = Arguments.drop_front(Token.size());
    Piece Part;
    if (auto It = find(Parameters, Token); It == Parameters.end())
      Part.Text = Token.str();
    else if (CharSourceRange Argument =
                 argumentRange(Written, It - Parameters.begin());
             isInside(Argument, Use.Replaced))
      Part.Source = Argument;
    Use.Pieces.push_back(std::move(Part));
  }
  addUse(std::move(Use));
}

/// `Wrap<app::Old>`, for a parameter that is a template itself.
void UseCollector::addTemplateName(const TemplateArgumentLoc &Argument) {
  TemplateName Template =
      Argument.getArgument().getAsTemplateOrTemplatePattern();
  const NamedDecl *Named = Template.getAsUsingShadowDecl();
  if (!Named)
    Named = Template.getAsTemplateDecl();
  LegacyEntry Entry = Index.find(Named ? Named->getUnderlyingDecl() : nullptr);
  if (!Entry)
    return;
  SourceLocation Name = Argument.getTemplateNameLoc();
  if (handsParametersOn(*Entry.Into, *Entry.Legacy))
    return addNameUse(Entry, Named, Argument.getTemplateQualifierLoc(), Name,
                      "template argument");
  RawUse Use = makeUse(FindingKind::Type, Entry, Name, "template argument");
  Use.Message = "'" + Entry.Legacy->Name +
                "' is a legacy class template; use '" + Entry.Into->Into + "'";
  leaveWithoutArguments(Use, Entry);
  noteIntroducer(Use, Named);
  addUse(std::move(Use));
}

void UseCollector::leaveWithoutArguments(RawUse &Use,
                                         const LegacyEntry &Entry) {
  Use.leave({MessageId::DeducedArguments,
             "its template arguments are not written out here, so they "
             "cannot be mapped to '" +
                 Entry.Into->Into + "'"});
}

/// True for `X` in `p->~X()`.
bool UseCollector::isDestructorName(SourceLocation Name) const {
  auto [File, Offset] = SM.getDecomposedLoc(fileLoc(Name));
  return SM.getBufferData(File).take_front(Offset).rtrim().ends_with("~");
}

/// What takes the place of `X` in `p->~X()`: the class finds its own name, and
/// in `p->X::~X()` what is spelled in front finds the same once more.
std::string UseCollector::destructorName(SourceLocation Name,
                                         const Consolidation &Into) const {
  auto [File, Offset] = SM.getDecomposedLoc(fileLoc(Name));
  StringRef Before = SM.getBufferData(File).take_front(Offset).rtrim();
  Before.consume_back("~");
  bool IsQualified = Before.rtrim().ends_with("::");
  return unqualifiedName(IsQualified ? Into.intoName() : Into.className())
      .str();
}

/// True for the name of a class template that stands for one class, without
/// arguments: inside of that class, behind a derived one, and behind `~`.
static bool isInjectedName(TypeLoc Loc) {
  return !Loc.getAs<TemplateSpecializationTypeLoc>() &&
         !Loc.getAs<DeducedTemplateSpecializationTypeLoc>();
}

bool UseCollector::VisitTypeLoc(TypeLoc Loc) {
  std::optional<SpelledType> Spelled = spelledType(Loc, takeQualifier());
  if (!Spelled || Spelled->Name.isInvalid() || declaredAt(Spelled->Name))
    return true;
  // The last name of `using Base::Base;` is one of constructors.
  const auto *Using =
      Ancestors.empty() ? nullptr : Ancestors.back().get<NamedDecl>();
  if (isa_and_nonnull<UsingDecl, UnresolvedUsingValueDecl>(Using) &&
      Using->getLocation() == Spelled->Name)
    return true;
  if (!Spelled->Qualifier)
    keepMeaning(Spelled->Named->getDeclName(), Spelled->Name, Spelled->Named);
  if (Options.CollectFacts)
    noteTypeInFunction(Loc);
  if (auto Spec = Loc.getAs<TemplateSpecializationTypeLoc>()) {
    SmallVector<TemplateArgumentLoc, 2> Arguments;
    for (unsigned I = 0; I < Spec.getNumArgs(); ++I)
      Arguments.push_back(Spec.getArgLoc(I));
    tieArguments(Spec.getTypePtr()->getTemplateName().getAsTemplateDecl(),
                 Arguments);
    tieToOverridden(Loc);
  }
  // The spelling decides first: a typedef or using-name may itself be legacy.
  LegacyEntry Entry = Index.find(Spelled->Named);
  if (!Entry)
    Entry = Index.find(Spelled->Named->getUnderlyingDecl());
  if (Entry && !Entry.Legacy->TemplateParameters.empty() &&
      StringRef(Entry.Into->Into).contains('<') && !isInjectedName(Loc))
    addTemplateUse(Entry, *Spelled, Loc);
  else if (Entry)
    addNameUse(Entry, Spelled->Named, Spelled->Qualifier, Spelled->Name,
               typeForm(Spelled->Name));
  else {
    noteReference(Spelled->Name, Spelled->Named);
    noteInMacroBody(Spelled->Named, Spelled->Name);
    addMemberUse(Spelled->Named, Spelled->Name); // A nested type.
  }
  return true;
}

bool UseCollector::VisitUsingDirectiveDecl(UsingDirectiveDecl *D) {
  if (!D->getLexicalDeclContext()->isFileContext() ||
      Scope->isFunctionOrMethod())
    LocalDirectives.push_back(D);
  noteNamespace(D->getIdentLocation(), D->getNominatedNamespace());
  return true;
}

bool UseCollector::VisitNamespaceAliasDecl(NamespaceAliasDecl *D) {
  noteNamespace(D->getTargetNameLoc(), D->getNamespace());
  return true;
}

/// `using Base::Base;`: the qualifier is a type name, this is the rest.
void UseCollector::addInheritedConstructors(const LegacyEntry &Entry,
                                            SourceLocation Name,
                                            bool IsDependent) {
  if (!Entry || InsideOwnText == Entry.Legacy)
    return;
  RawUse Use =
      makeUse(FindingKind::Type, Entry, Name, "inherited constructors");
  Use.Message = "inherits the constructors of the legacy class '" +
                Entry.Legacy->Name + "'";
  Use.Replaced = tokenRange(Name, Name);
  Use.Pieces.push_back(
      {unqualifiedName(Entry.Into->intoName()).str(), {}, false});
  if (IsDependent)
    Use.AlsoGroups.push_back(groupOfTemplate());
  addUse(std::move(Use));
}

/// `using Old<T>::Old;` in a template: nothing is found behind it yet.
bool UseCollector::VisitUnresolvedUsingValueDecl(UnresolvedUsingValueDecl *D) {
  DeclarationName Name = D->getDeclName();
  if (Name.getNameKind() != DeclarationName::CXXConstructorName) {
    addDependentUsing(D->getQualifierLoc(), D);
    return true;
  }
  QualType Base = Name.getCXXNameType();
  if (const auto *Spec = Base->getAs<TemplateSpecializationType>())
    addInheritedConstructors(
        Index.find(Spec->getTemplateName().getAsTemplateDecl()),
        D->getLocation(), /*IsDependent=*/true);
  return true;
}

bool UseCollector::VisitUsingDecl(UsingDecl *D) {
  noteUsing(D);
  for (const UsingShadowDecl *Shadow : D->shadows()) {
    const NamedDecl *Target = Shadow->getTargetDecl();
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Target)) {
      addInheritedConstructors(Index.find(Ctor->getParent()), D->getLocation());
      return true;
    }
    if (LegacyEntry Entry = Index.find(Target)) {
      addNameUse(Entry, Target, D->getQualifierLoc(), D->getLocation(),
                 UsingForm);
      return true;
    }
    if (qualifierKind(D->getQualifierLoc()) == QualifierKind::Type)
      addUnmatchedMember(Target, D->getLocation(),
                         legacyNameIn(typeLocOf(D->getQualifierLoc())));
    addMemberUse(Target, D->getLocation());
    noteReference(D->getLocation(), Target);
  }
  return true;
}

bool UseCollector::VisitDeclRefExpr(DeclRefExpr *E) {
  tieToShared(E);
  noteReference(E->getLocation(), E->getFoundDecl());
  noteChosenAddress(E);
  if (!E->hasQualifier())
    keepMeaning(E->getFoundDecl()->getDeclName(), E->getLocation(),
                E->getFoundDecl());
  if (E->getDecl()->isCXXInstanceMember() &&
      qualifierKind(E->getQualifierLoc()) == QualifierKind::Type)
    addUnmatchedMember(E->getDecl(), E->getLocation(),
                       legacyNameIn(typeLocOf(E->getQualifierLoc())));
  addMemberUse(E->getDecl(), E->getLocation());
  tieArguments(specialisedBy(E->getDecl()), E->template_arguments());
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
  if (isa<FieldDecl>(E->getMemberDecl()))
    addRewrittenExpr(E, E->getMemberDecl());
  if (E->isImplicitAccess() && !E->hasQualifier())
    keepMeaning(E->getMemberDecl()->getDeclName(), E->getMemberLoc(),
                E->getMemberDecl());
  if (E->isImplicitAccess())
    addUnmatchedMember(E->getMemberDecl(), E->getMemberLoc(),
                       legacyBaseOf(recordOf(objectType(E->getBase()))));
  addMemberUse(E->getMemberDecl(), E->getMemberLoc(), E->getBase());
  tieArguments(specialisedBy(E->getMemberDecl()), E->template_arguments());
  return true;
}

/// Every block that opens a namespace declares it. What is referred to is one
/// that does not hold a legacy class, where there is one: it stays.
void UseCollector::noteNamespace(SourceLocation From,
                                 const NamespaceDecl *Space) {
  if (!Space || From.isInvalid())
    return;
  auto HoldsLegacy = [&](const NamespaceDecl *Block) {
    return any_of(Block->decls(), [&](const Decl *D) {
      return bool(Index.find(dyn_cast<NamedDecl>(D)));
    });
  };
  FileID Own = SM.getFileID(fileLoc(From));
  const NamespaceDecl *Chosen = nullptr;
  for (const NamespaceDecl *Block : Space->redecls()) {
    if (!SM.isBeforeInTranslationUnit(Block->getLocation(), From))
      continue;
    if (SM.getFileID(fileLoc(Block->getLocation())) == Own)
      return;
    if (!Chosen || HoldsLegacy(Chosen))
      Chosen = Block;
  }
  if (Chosen)
    Out.References.insert({Own, SM.getFileID(fileLoc(Chosen->getLocation()))});
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

} // namespace consolidate
