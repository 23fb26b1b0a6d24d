//===- BecomesOne.cpp - Two declarations that would be one ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// `int f(const A &)` and `int f(const B &)`, and specialisations for A and for
// B, of two legacy classes that become one. They may stand in files that see
// nothing of each other: here they are noted, and compared when the findings of
// all translation units are merged.
//
//===----------------------------------------------------------------------===//
#include "Patterns.h"
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

static std::string argumentList(ArrayRef<TemplateArgument> Arguments,
                                const ASTContext &Context) {
  std::vector<std::string> Keys;
  for (const TemplateArgument &Argument : Arguments)
    Keys.push_back(argumentKey(Argument, Context));
  return "<" + join(Keys, ", ") + ">";
}

/// With its scopes; also of operators, and in unnamed namespaces.
static std::string fullName(const NamedDecl *D) {
  std::string Name;
  raw_string_ostream OS(Name);
  D->printQualifiedName(OS, fullNames(D->getASTContext()));
  return Name;
}

static std::string parameterTypes(const FunctionDecl *D) {
  std::vector<std::string> Types;
  for (const ParmVarDecl *P : D->parameters())
    Types.push_back(typeKey(P->getType(), D->getASTContext()));
  if (D->isVariadic())
    Types.push_back("...");
  std::string Result = "(" + join(Types, ", ") + ")";
  if (const auto *Method = dyn_cast<CXXMethodDecl>(D)) {
    Result += Method->isConst() ? " const" : "";
    Result += Method->isVolatile() ? " volatile" : "";
    Result += Method->getRefQualifier() == RQ_LValue   ? " &"
              : Method->getRefQualifier() == RQ_RValue ? " &&"
                                                       : "";
  }
  return Result;
}

/// What tells the parameters of two function templates apart.
static std::string parameterKinds(const TemplateParameterList &Parameters) {
  std::string Result;
  for (const NamedDecl *P : Parameters)
    Result += isa<TemplateTypeParmDecl>(P)      ? "T"
              : isa<NonTypeTemplateParmDecl>(P) ? "N"
                                                : "<";
  return "<" + Result + ">";
}

/// True when no other file can declare it once more: in a function, or in a
/// class without a name.
static bool isOnlyHere(const Decl *D) {
  for (const DeclContext *In = D->getDeclContext(); In; In = In->getParent())
    if (const auto *Record = dyn_cast<CXXRecordDecl>(In);
        In->isFunctionOrMethod() || (Record && !Record->getIdentifier()))
      return true;
  return false;
}

/// `Box<X>::` of a member that is declared outside of its class.
static NestedNameSpecifierLoc qualifierOf(const Decl *D) {
  const auto *Declarator = dyn_cast<DeclaratorDecl>(D);
  return Declarator ? Declarator->getQualifierLoc() : NestedNameSpecifierLoc();
}

/// A virtual function of a base with the name of \p D, which overrides it only
/// once the classes in its parameters are one.
static bool wouldOverride(const CXXMethodDecl *D, const RuleSet &Rules) {
  std::string Migrated = asCanonical(parameterTypes(D), Rules);
  SmallVector<const NamedDecl *, 4> Now;
  addOverridden(D, Now);
  // Some may be known by their definitions.
  auto IsNow = [&](const NamedDecl *Method) {
    return any_of(Now, [&](const NamedDecl *Each) {
      return declaresSameEntity(Each, Method);
    });
  };
  auto OverriddenThen =
      [&](const CXXBaseSpecifier &Base) -> std::optional<const NamedDecl *> {
    const CXXRecordDecl *Record = recordOf(Base.getType());
    Record = Record ? Record->getDefinition() : nullptr;
    if (!Record)
      return std::nullopt;
    for (const NamedDecl *Other : Record->lookup(D->getDeclName())) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Other);
      if (Method && Method->isVirtual() && !IsNow(Method) &&
          asCanonical(parameterTypes(Method), Rules) == Migrated)
        return Method;
    }
    return std::nullopt;
  };
  return firstInBases(D->getParent(), OverriddenThen).has_value();
}

/// \p Now: its name with what tells it apart; \p Names: where it names legacy
/// classes.
void UseCollector::noteDeclared(const NamedDecl *D, std::string Name,
                                std::string Now,
                                ArrayRef<SourceLocation> Names) {
  // What a class declares is replaced with the class.
  const auto *Owner = dyn_cast<CXXRecordDecl>(D->getDeclContext());
  if (InsideOwnText || (Owner && Index.isOfFamily(Owner)) || isOnlyHere(D))
    return;
  std::string Then = asCanonical(Now, Rules.Rules);
  if (!Index.namesCanonical(Then))
    return;
  // Another file may have one of its own.
  const auto *Linked =
      isa<UsingShadowDecl>(D) ? cast<NamedDecl>(D->getDeclContext()) : D;
  if (!Linked->hasExternalFormalLinkage())
    Then += " in " + pathOf(SM.getLocForStartOfFile(SM.getMainFileID()));
  for (SourceLocation Where : Names)
    DeclaredAt.emplace_back(Where, Then);
  Out.Declared.push_back({std::move(Then), std::move(Now), std::move(Name)});
}

/// Names of legacy classes in \p Type, and in what its aliases stand for.
SmallVector<SourceLocation, 2>
UseCollector::legacyNamesBehind(TypeLoc Type) const {
  SmallVector<SourceLocation, 2> Names = legacyNamesIn(Type);
  SmallVector<const TypedefNameDecl *, 4> Aliases = aliasesIn(Type);
  for (size_t I = 0; I < Aliases.size(); ++I) {
    if (SM.isInSystemHeader(Aliases[I]->getLocation()))
      continue;
    TypeLoc Behind = Aliases[I]->getTypeSourceInfo()->getTypeLoc();
    append_range(Names, legacyNamesIn(Behind));
    for (const TypedefNameDecl *Next : aliasesIn(Behind))
      if (!is_contained(Aliases, Next))
        Aliases.push_back(Next);
  }
  return Names;
}

/// `using Base::f;`: the class has the function as if it declared it, unless it
/// does.
void UseCollector::noteUsing(const UsingDecl *D) {
  if (!D->getDeclContext()->isRecord())
    return;
  for (const UsingShadowDecl *Shadow : D->shadows())
    if (const FunctionDecl *Target = Shadow->getTargetDecl()->getAsFunction();
        Target && !isa<CXXConstructorDecl>(Target))
      noteSignature(Target, Shadow);
}

/// \p Through: what makes it known in another class.
void UseCollector::noteSignature(const FunctionDecl *D,
                                 const UsingShadowDecl *Through) {
  if (D->isTemplateInstantiation())
    return;
  SmallVector<SourceLocation, 2> Names;
  for (const ParmVarDecl *P : D->parameters()) {
    TypeLoc Type = P->getTypeSourceInfo() ? P->getTypeSourceInfo()->getTypeLoc()
                                          : TypeLoc();
    if (Type.isNull())
      continue;
    if (SourceLocation Name = legacyNameIn(Type); Name.isValid())
      Names.push_back(Name);
    append_range(Names, legacyNamesBehind(Type));
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  if (Method && !Through && !Names.empty() && !InsideOwnText &&
      wouldOverride(Method, Rules.Rules))
    for (SourceLocation Name : Names)
      NamesToLeave.emplace_back(Name,
                                "the function would override another one then");
  const NamedDecl *Known = Through ? cast<NamedDecl>(Through) : D;
  std::string Name = fullName(Known), Now = Name;
  if (const TemplateArgumentList *Arguments =
          D->getTemplateSpecializationArgs()) {
    Now += argumentList(Arguments->asArray(), Context);
    if (const ASTTemplateArgumentListInfo *Written = argumentsOfCase(D))
      append_range(Names, legacyNamesIn(Written->arguments()));
  } else if (const FunctionTemplateDecl *Template =
                 D->getDescribedFunctionTemplate()) {
    Now += parameterKinds(*Template->getTemplateParameters());
  }
  append_range(Names, legacyNamesIn(qualifierOf(D)));
  noteDeclared(Known, std::move(Name), Now + parameterTypes(D), Names);
}

void UseCollector::noteSpecialisation(const Decl *D,
                                      ArrayRef<SourceLocation> Names) {
  ArrayRef<TemplateArgument> Arguments;
  if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(D);
      Class && Class->isExplicitSpecialization())
    Arguments = Class->getTemplateArgs().asArray();
  else if (const auto *Variable = dyn_cast<VarTemplateSpecializationDecl>(D);
           Variable && Variable->isExplicitSpecialization())
    Arguments = Variable->getTemplateArgs().asArray();
  else if (const auto *Static = dyn_cast<VarDecl>(D);
           Static && Static->isStaticDataMember() &&
           Static->getTemplateSpecializationKind() ==
               TSK_ExplicitSpecialization)
    return noteDeclared(Static, fullName(Static), fullName(Static),
                        legacyNamesIn(qualifierOf(D)));
  else
    return;
  std::string Name = fullName(specialisedBy(D));
  std::string Now = Name + argumentList(Arguments, Context);
  noteDeclared(cast<NamedDecl>(D), std::move(Name), std::move(Now), Names);
}

/// What was noted, at the uses it is about.
void UseCollector::applyDeclared() {
  for (const auto &[Name, Then] : DeclaredAt)
    if (auto It = Seen.find({Name, FindingKind::Type}); It != Seen.end()) {
      std::vector<std::string> &All = Out.Uses[It->second].Declares;
      if (!is_contained(All, Then))
        All.push_back(Then);
    }
  for (const auto &[Name, Why] : NamesToLeave)
    if (auto It = Seen.find({Name, FindingKind::Type});
        It != Seen.end() && Out.Uses[It->second].Left.empty())
      Out.Uses[It->second].leave({MessageId::AnotherOverload, Why});
  sort(Out.Declared);
  Out.Declared.erase(llvm::unique(Out.Declared), Out.Declared.end());
}

} // namespace consolidate
