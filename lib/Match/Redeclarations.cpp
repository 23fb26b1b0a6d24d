//===- Redeclarations.cpp - What is declared more than once ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The declarations of one function or variable name the same classes, in every
// file, and so do functions that override one another. With half of it changed
// each file compiles, and the program does not link, or reads one class as the
// other. And what were two functions stays two.
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

/// The functions that \p Function is, or overrides.
static void addOverridden(const FunctionDecl *Function,
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

// --- Two functions that would become one -------------------------------------

static std::string parameterTypes(const FunctionDecl *D) {
  std::string Result = "(";
  for (const ParmVarDecl *P : D->parameters())
    Result += typeKey(P->getType(), D->getASTContext()) + ",";
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  return Result + (Method && Method->isConst() ? ") const" : ")");
}

/// A virtual function of a base with the name of \p D, which overrides it only
/// once the classes in its parameters are one.
bool UseCollector::wouldOverride(const CXXMethodDecl *D,
                                 const CXXRecordDecl *In,
                                 StringRef Migrated) const {
  auto OverriddenThen =
      [&](const CXXBaseSpecifier &Base) -> std::optional<const NamedDecl *> {
    const CXXRecordDecl *Record = recordOf(Base.getType());
    Record = Record ? Record->getDefinition() : nullptr;
    if (!Record)
      return std::nullopt;
    for (const NamedDecl *Other : Record->lookup(D->getDeclName())) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Other);
      if (Method && Method->isVirtual() &&
          !is_contained(D->overridden_methods(), Method) &&
          asCanonical(parameterTypes(Method), Rules.Rules) == Migrated)
        return Method;
    }
    return std::nullopt;
  };
  return firstInBases(In, OverriddenThen).has_value();
}

void UseCollector::noteSignature(const FunctionDecl *D) {
  if (D->isTemplated() || D->isTemplateInstantiation() || InsideOwnText ||
      !D->getIdentifier())
    return;
  std::string Types = parameterTypes(D);
  std::string Migrated = asCanonical(Types, Rules.Rules);
  Declared Here{D->getCanonicalDecl(), {}, false};
  for (const ParmVarDecl *P : D->parameters())
    if (SourceLocation Name =
            P->getTypeSourceInfo()
                ? legacyNameIn(P->getTypeSourceInfo()->getTypeLoc())
                : SourceLocation();
        Name.isValid())
      Here.Names.push_back(Name);
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  Here.OverridesThen = Method && !Here.Names.empty() &&
                       wouldOverride(Method, Method->getParent(), Migrated);
  Signatures[qualifiedName(D) + Migrated].push_back(std::move(Here));
}

void UseCollector::leaveWhatBecomesOne() {
  for (const auto &Entry : Signatures) {
    ArrayRef<Declared> All = Entry.second;
    bool IsOne = all_of(All, [&](const Declared &Each) {
      return Each.Function == All.front().Function;
    });
    for (const Declared &Each : All) {
      if (IsOne && !Each.OverridesThen)
        continue;
      for (SourceLocation Name : Each.Names)
        if (auto It = Seen.find({Name, FindingKind::Type});
            It != Seen.end() && Out.Uses[It->second].Left.empty())
          Out.Uses[It->second].leave(
              {MessageId::AnotherOverload,
               IsOne ? "the function would override another one then"
                     : "'" + qualifiedName(Each.Function) +
                           "' is declared for another class as well, and both "
                           "would be one function"});
    }
  }
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
