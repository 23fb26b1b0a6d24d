//===- Redeclarations.cpp - What is declared more than once ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The declarations of one function or variable name the same classes, in every
// file, and so do functions that override one another. With half of it changed
// each file compiles, and the program does not link, or reads one class as the
// other.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// Aliases of function types.
static constexpr unsigned MaxHops = 8;

/// True when \p D may be declared elsewhere as well.
static bool mayHaveAnother(const DeclaratorDecl *D) {
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    return !Function->isThisDeclarationADefinition() ||
           Function->getPreviousDecl() ||
           (!Function->isInlined() && Function->hasExternalFormalLinkage());
  const auto *Variable = cast<VarDecl>(D);
  return !Variable->isThisDeclarationADefinition() ||
         Variable->getPreviousDecl() ||
         (!Variable->isInline() && Variable->hasExternalFormalLinkage());
}

void addOverridden(const FunctionDecl *Function,
                   SmallVectorImpl<const NamedDecl *> &Result) {
  Result.push_back(Function);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    for (const CXXMethodDecl *Overridden : Method->overridden_methods())
      addOverridden(Overridden, Result);
}

/// The groups of a part of the type of \p D, if it may be declared once more.
static std::vector<std::string> groupsOf(const DeclaratorDecl *D,
                                         StringRef Part) {
  SmallVector<const NamedDecl *, 2> Entities;
  if (const auto *Function = dyn_cast_or_null<FunctionDecl>(D))
    addOverridden(Function, Entities);
  else if (const auto *Variable = dyn_cast_or_null<VarDecl>(D);
           Variable && !Variable->isLocalVarDecl())
    Entities.push_back(Variable);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(D);
  std::vector<std::string> Groups;
  if (!Entities.empty() &&
      (mayHaveAnother(D) || (Method && Method->isVirtual())))
    for (const NamedDecl *Entity : Entities)
      Groups.push_back("entity:" + usrOf(Entity) + Part.str());
  return Groups;
}

static std::string partOf(const ParmVarDecl *Parameter) {
  return ":" + std::to_string(Parameter->getFunctionScopeIndex());
}

static constexpr llvm::StringLiteral ResultPart = ":result";

/// The groups of what is being declared, where a part of its type is being
/// traversed: one for each parameter, and for the result.
std::vector<std::string> UseCollector::groupsOfEntity() const {
  std::string Part = ResultPart.str();
  for (const DynTypedNode &Node : reverse(Ancestors)) {
    if (const auto *Parameter = Node.get<ParmVarDecl>()) {
      Part = partOf(Parameter);
      continue;
    }
    // `template struct Box<X>;`, `extern template struct Box<X>;`
    if (const auto *Spec = Node.get<ClassTemplateSpecializationDecl>())
      return Spec->isExplicitInstantiationOrSpecialization()
                 ? std::vector<std::string>{"entity:" + usrOf(Spec)}
                 : std::vector<std::string>();
    return groupsOf(Node.get<DeclaratorDecl>(), Part);
  }
  return {};
}

/// The type of a function, also where `Fn f;` declares it.
static FunctionTypeLoc functionTypeOf(const FunctionDecl *D) {
  TypeLoc Type =
      D->getTypeSourceInfo() ? D->getTypeSourceInfo()->getTypeLoc() : TypeLoc();
  for (unsigned Hops = 0; !Type.isNull() && Hops < MaxHops; ++Hops) {
    if (auto Function = Type.IgnoreParens().getAs<FunctionTypeLoc>())
      return Function;
    auto Alias = Type.getUnqualifiedLoc().getAs<TypedefTypeLoc>();
    if (!Alias)
      break;
    Type = declOf(Alias)->getTypeSourceInfo()->getTypeLoc();
  }
  return {};
}

/// The same for what an alias names the class for.
void UseCollector::tieAliases(const DeclaratorDecl *D) {
  auto Tie = [&](TypeLoc Type, StringRef Part) {
    SourceLocation Name = Type.isNull() ? SourceLocation() : legacyNameIn(Type);
    if (Name.isValid())
      for (std::string &Group : groupsOf(D, Part))
        Ties.emplace_back(Name, std::move(Group));
  };
  const auto *Function = dyn_cast<FunctionDecl>(D);
  if (!Function)
    return Tie(D->getTypeSourceInfo() ? D->getTypeSourceInfo()->getTypeLoc()
                                      : TypeLoc(),
               ResultPart);
  FunctionTypeLoc Type = functionTypeOf(Function);
  if (!Type)
    return;
  Tie(Type.getReturnLoc(), ResultPart);
  for (unsigned I = 0; I < Type.getNumParams(); ++I)
    if (const ParmVarDecl *P = Type.getParam(I); P && P->getTypeSourceInfo())
      Tie(P->getTypeSourceInfo()->getTypeLoc(), ":" + std::to_string(I));
}

/// `struct D : Handler<X> { void get(const X &); }`: what it overrides takes
/// what the base names.
void UseCollector::tieToBases(const CXXMethodDecl *D) {
  if (D->size_overridden_methods() == 0)
    return;
  for (const CXXBaseSpecifier &Base : D->getParent()->bases()) {
    TypeLoc Element =
        Base.getTypeSourceInfo()
            ? legacyElement(Base.getTypeSourceInfo()->getTypeLoc())
            : TypeLoc();
    SourceLocation Name =
        Element.isNull() ? SourceLocation() : legacyNameIn(Element);
    if (Name.isInvalid())
      continue;
    std::vector<std::string> Parts{ResultPart.str()};
    for (const ParmVarDecl *P : D->parameters())
      Parts.push_back(partOf(P));
    for (StringRef Part : Parts)
      Ties.emplace_back(Name, "entity:" + usrOf(D) + Part.str());
  }
}

/// What \p Record, an instantiation for the classes named at \p Names,
/// overrides takes what they are. And what it calls as it overrides it is
/// called so for each argument.
void UseCollector::tieToOverridden(const CXXRecordDecl *Record,
                                   ArrayRef<SourceLocation> Names) {
  for (const CXXMethodDecl *Method : Record->methods()) {
    if (Method->size_overridden_methods() == 0 || Method->isImplicit())
      continue;
    SmallVector<const NamedDecl *, 2> Overridden;
    addOverridden(Method, Overridden);
    LegacyEntry Ignored;
    bool IsRenamed = any_of(drop_begin(Overridden), [&](const NamedDecl *Base) {
      return renameOf(Base, Ignored) || rewriteOfMember(Base);
    });
    for (SourceLocation Name : Names) {
      if (IsRenamed)
        NamesToLeave.emplace_back(
            Name, "'" + Record->getNameAsString() + "' overrides its '" +
                      Method->getNameAsString() +
                      "', which is called otherwise then");
      std::vector<std::string> Parts{ResultPart.str()};
      for (const ParmVarDecl *P : Method->parameters())
        Parts.push_back(partOf(P));
      for (const NamedDecl *Base : drop_begin(Overridden))
        if (!Index.isOfFamily(cast<CXXMethodDecl>(Base)->getParent()))
          for (StringRef Part : Parts)
            Ties.emplace_back(Name, "entity:" + usrOf(Base) + Part.str());
    }
  }
}

/// The same of `Mid<X>`, and of the instantiations that it derives from.
void UseCollector::tieToOverridden(TypeLoc Instantiation) {
  if (!Instantiation.getType()->getAs<TemplateSpecializationType>())
    return;
  const CXXRecordDecl *Record = Instantiation.getType()->getAsCXXRecordDecl();
  if (!isa_and_present<ClassTemplateSpecializationDecl>(Record) ||
      !Record->hasDefinition() || isSystemDecl(Record, SM))
    return;
  SmallVector<SourceLocation, 2> Names = legacyNamesBehind(Instantiation);
  if (Names.empty())
    return;
  tieToOverridden(Record, Names);
  firstInBases(Record, [&](const CXXBaseSpecifier &Base) {
    if (const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl();
        isa_and_present<ClassTemplateSpecializationDecl>(Class) &&
        !isSystemDecl(Class, SM))
      tieToOverridden(Class, Names);
    return std::optional<bool>();
  });
}

// --- Members of derived classes ----------------------------------------------

/// The legacy class that \p D derives from.
LegacyEntry UseCollector::legacyBase(const CXXRecordDecl *D) const {
  auto Legacy = [&](const CXXBaseSpecifier &Base) {
    LegacyEntry Entry = Index.find(Base.getType());
    return Entry ? std::optional(Entry) : std::nullopt;
  };
  return firstInBases(D, Legacy).value_or(LegacyEntry());
}

/// A member of a derived class that is called what a member of the legacy class
/// will be: it would hide or override that.
void UseCollector::addClashes(const CXXRecordDecl *D) {
  LegacyEntry Entry = legacyBase(D);
  SourceLocation Base = Entry ? legacyBaseOf(D) : SourceLocation();
  if (Base.isInvalid())
    return;
  for (const MemberRename &Rename : Entry.Legacy->Members)
    for (const NamedDecl *Member : D->lookup(&Context.Idents.get(Rename.To))) {
      RawUse Use = makeUse(FindingKind::Member, Entry, Member->getLocation(),
                           "member name");
      Use.Message = "'" + Entry.Legacy->Name + "::" + Rename.From +
                    "' is called '" + Rename.To + "' in '" + Entry.Into->Into +
                    "'";
      Use.leave({MessageId::AnotherOverload,
                 "'" + D->getNameAsString() +
                     "' has a member of that name, which would hide or "
                     "override it"});
      Use.Group = groupOfName(Base);
      addUse(std::move(Use));
    }
}

/// The name of a function that overrides one of the legacy class stays or
/// changes with the base.
void UseCollector::addOverride(const CXXMethodDecl *D) {
  LegacyEntry Entry;
  const MemberRename *Rename = renameOf(D, Entry);
  if (!Rename || InsideOwnText == Entry.Legacy ||
      RewrittenMembers.contains(D->getLocation()))
    return;
  RawUse Use = memberUse(Entry, *Rename, D->getLocation());
  if (SourceLocation Base = legacyBaseOf(D->getParent()); Base.isValid())
    Use.Group = groupOfName(Base);
  if (any_of(D->overridden_methods(), [&](const CXXMethodDecl *Overridden) {
        LegacyEntry Ignored;
        return !renameOf(Overridden, Ignored);
      }))
    Use.leave({MessageId::AnotherOverload,
               "it overrides a function of another class, too"});
  addUse(std::move(Use));
}

} // namespace consolidate
