//===- Names.cpp - Qualified names as a rules file writes them ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// Collects the named scopes outward; false where one has no linkage.
static bool collectScopes(const DeclContext *DC,
                          SmallVectorImpl<StringRef> &Scopes) {
  for (; DC && !DC->isTranslationUnit(); DC = DC->getParent()) {
    if (isa<LinkageSpecDecl, ExportDecl>(DC))
      continue;
    if (const auto *Namespace = dyn_cast<NamespaceDecl>(DC)) {
      if (Namespace->isAnonymousNamespace())
        return false;
      if (!Namespace->isInline())
        Scopes.push_back(Namespace->getName());
      continue;
    }
    const auto *Tag = dyn_cast<TagDecl>(DC);
    if (!Tag || !Tag->getIdentifier())
      return false;
    Scopes.push_back(Tag->getName());
  }
  return true;
}

static std::string joinScopes(ArrayRef<StringRef> InnermostFirst) {
  std::string Result;
  for (StringRef Scope : reverse(InnermostFirst)) {
    if (!Result.empty())
      Result += "::";
    Result += Scope;
  }
  return Result;
}

std::string qualifiedScope(const DeclContext *DC) {
  SmallVector<StringRef, 4> Scopes;
  collectScopes(DC, Scopes);
  return joinScopes(Scopes);
}

std::string qualifiedName(const NamedDecl *D) {
  if (!D || !D->getIdentifier())
    return "";
  SmallVector<StringRef, 4> Scopes{D->getName()};
  if (!collectScopes(D->getDeclContext(), Scopes))
    return "";
  return joinScopes(Scopes);
}

std::vector<std::string> splitQualifiedName(StringRef Name) {
  std::vector<std::string> Parts(1);
  int Depth = 0;
  for (size_t I = 0; I < Name.size(); ++I) {
    Depth += Name[I] == '<' ? 1 : Name[I] == '>' ? -1 : 0;
    if (Depth == 0 && Name.substr(I).starts_with("::")) {
      Parts.emplace_back();
      ++I;
      continue;
    }
    Parts.back() += Name[I];
  }
  if (Parts.front().empty())
    Parts.erase(Parts.begin());
  return Parts;
}

bool isInjected(const Consolidation &Into) {
  return unqualifiedName(Into.className()) == unqualifiedName(Into.intoName());
}

bool handsParametersOn(const Consolidation &Into, const LegacyClass &Legacy) {
  std::string Taken = StringRef(Into.Into).split('<').second.rtrim("> ").str();
  erase(Taken, ' ');
  return join(Legacy.TemplateParameters, ",") == Taken;
}

const NamedDecl *lookupQualified(ASTContext &Context, StringRef Name) {
  const DeclContext *DC = Context.getTranslationUnitDecl();
  const NamedDecl *Found = nullptr;
  for (const std::string &Part : splitQualifiedName(Name)) {
    if (!DC)
      return nullptr;
    Found = nullptr;
    for (const NamedDecl *D : DC->lookup(&Context.Idents.get(Part)))
      // A type or scope is meant even where a function hides it.
      if (!Found || isa<TypeDecl, ClassTemplateDecl, NamespaceDecl>(
                        D->getUnderlyingDecl()))
        Found = D;
    if (!Found)
      return nullptr;
    const NamedDecl *Scope = Found->getUnderlyingDecl();
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(Scope))
      DC = Alias->getNamespace();
    else if (const auto *Record = dyn_cast<CXXRecordDecl>(Scope))
      DC = Record->getDefinition() ? Record->getDefinition() : Record;
    else
      DC = dyn_cast<DeclContext>(Scope);
  }
  return Found;
}

const CXXRecordDecl *classNamed(ASTContext &Context, StringRef Name) {
  const NamedDecl *D = lookupQualified(Context, Name);
  if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(D))
    return Template->getTemplatedDecl();
  return dyn_cast_or_null<CXXRecordDecl>(D);
}

const CXXRecordDecl *classBehind(ASTContext &Context, StringRef Name) {
  const NamedDecl *D = lookupQualified(Context, Name);
  D = D ? D->getUnderlyingDecl() : nullptr;
  if (const auto *Template = dyn_cast_or_null<TypeAliasTemplateDecl>(D))
    D = Template->getTemplatedDecl();
  if (const auto *Alias = dyn_cast_or_null<TypedefNameDecl>(D))
    return classOf(Alias->getUnderlyingType());
  if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(D))
    return Template->getTemplatedDecl();
  return dyn_cast_or_null<CXXRecordDecl>(D);
}

const CXXRecordDecl *recordOf(QualType Type) {
  if (Type.isNull())
    return nullptr;
  return Type.getNonReferenceType()->getAsCXXRecordDecl();
}

const CXXRecordDecl *classOf(QualType Type) {
  if (const CXXRecordDecl *Record = recordOf(Type))
    return Record;
  if (Type.isNull())
    return nullptr;
  const auto *Spec = Type.getNonReferenceType()
                         .getCanonicalType()
                         ->getAs<TemplateSpecializationType>();
  const auto *Template = Spec ? dyn_cast_or_null<ClassTemplateDecl>(
                                    Spec->getTemplateName().getAsTemplateDecl())
                              : nullptr;
  return Template ? Template->getTemplatedDecl() : nullptr;
}

const CXXRecordDecl *ownerOfFriend(const FunctionDecl *D) {
  const CXXRecordDecl *Owner = nullptr;
  for (const FunctionDecl *Each : D->redecls()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(Each->getLexicalDeclContext());
    if (Class && !isa<CXXMethodDecl>(Each)) {
      // A friend of two classes belongs to neither.
      if (Owner && !declaresSameEntity(Owner, Class))
        return nullptr;
      Owner = Class;
    } else if (!Each->isThisDeclarationADefinition()) {
      return nullptr;
    }
  }
  bool TakesOwner = Owner && any_of(D->parameters(), [&](const ParmVarDecl *P) {
                      const CXXRecordDecl *Record =
                          P->getType()->getPointeeCXXRecordDecl();
                      if (!Record)
                        Record = P->getType()->getAsCXXRecordDecl();
                      return Record && declaresSameEntity(Record, Owner);
                    });
  return TakesOwner ? Owner : nullptr;
}

std::string usrOf(const Decl *D) {
  SmallString<128> USR;
  index::generateUSRForDecl(D, USR);
  return std::string(USR);
}

std::string describeFunction(const FunctionDecl *Function) {
  const PrintingPolicy &Policy = Function->getASTContext().getPrintingPolicy();
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(Function);
  std::string Result =
      (Ctor ? qualifiedName(Ctor->getParent()) : qualifiedName(Function)) + "(";
  raw_string_ostream OS(Result);
  ListSeparator Comma;
  for (const ParmVarDecl *P : Function->parameters())
    OS << Comma << P->getType().getAsString(Policy);
  OS << ")";
  return Result;
}

std::optional<SpelledType> spelledType(TypeLoc Loc,
                                       NestedNameSpecifierLoc Outer) {
  Loc = withoutQualifier(Loc, Outer);
  if (SpelledTag Tag = tagIn(Loc, Outer); Tag.Named)
    return SpelledType{Tag.Named, Tag.Qualifier, Tag.Name};
  if (auto Using = Loc.getAs<UsingTypeLoc>())
    return SpelledType{declOf(Using), qualifierOf(Using, Outer),
                       Using.getNameLoc()};
  if (auto Typedef = Loc.getAs<TypedefTypeLoc>())
    return SpelledType{declOf(Typedef), qualifierOf(Typedef, Outer),
                       Typedef.getNameLoc()};
  auto FromTemplate = [](TemplateName Template,
                         NestedNameSpecifierLoc Qualifier,
                         SourceLocation Name) -> std::optional<SpelledType> {
    const NamedDecl *Named = Template.getAsUsingShadowDecl();
    if (!Named)
      Named = Template.getAsTemplateDecl();
    if (!Named)
      return std::nullopt;
    return SpelledType{Named, Qualifier, Name};
  };
  if (auto Spec = Loc.getAs<TemplateSpecializationTypeLoc>())
    return FromTemplate(Spec.getTypePtr()->getTemplateName(),
                        qualifierOf(Spec, Outer), Spec.getTemplateNameLoc());
  if (auto Deduced = Loc.getAs<DeducedTemplateSpecializationTypeLoc>())
    return FromTemplate(Deduced.getTypePtr()->getTemplateName(),
                        qualifierOf(Deduced, Outer),
                        Deduced.getTemplateNameLoc());
  return std::nullopt;
}

std::string asCanonical(std::string Text, const RuleSet &Rules) {
  for (const Consolidation &Entry : Rules.Consolidate)
    for (const LegacyClass &Legacy : Entry.From)
      if (StringRef(Text).contains(Legacy.Name))
        Text = replaceName(Text, Legacy.Name, Entry.typeText());
  return Text;
}

std::string replaceName(StringRef Text, StringRef From, StringRef To) {
  auto Continues = [](char C) { return isAsciiIdentifierContinue(C); };
  std::string Result;
  while (true) {
    auto [Before, After] = Text.split(From);
    Result += Before;
    if (Before.size() == Text.size())
      return Result;
    bool Whole = !(!Before.empty() &&
                   (Continues(Before.back()) || Before.back() == ':')) &&
                 !(!After.empty() && Continues(After.front()));
    Result += Whole ? To : From;
    Text = After;
  }
}

} // namespace consolidate
