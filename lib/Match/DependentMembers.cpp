//===- DependentMembers.cpp - Members of X<T>, where T is a parameter -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Nothing is found behind them before an instantiation. What they are called
// tells what they may be; they are left, with all that is of X<T> around them.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// The group of all that depends on the parameters of the template around: no
/// instantiation may tell that the parts of it fit together. The parameter may
/// be an `auto` inside of a function that is no template.
std::string UseCollector::groupOfTemplate() const {
  // The outermost template; where there is none, the outermost declaration.
  const Decl *Around = nullptr;
  for (const DynTypedNode &Node : Ancestors) {
    const auto *D = Node.get<Decl>();
    if (!D || isa<TranslationUnitDecl, NamespaceDecl, LinkageSpecDecl>(D))
      continue;
    const auto *Inside = dyn_cast<DeclContext>(D);
    bool IsTemplate =
        isa<TemplateDecl>(D) || (Inside && Inside->isDependentContext());
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D))
      D = Method->getParent();
    if (!Around || IsTemplate)
      Around = D;
    if (IsTemplate)
      break;
  }
  return Around ? "template:" + placeKey(placeOf(Around->getLocation())) : "";
}

/// What \p Record, or a base of it, calls \p Name and a rule is about; or null.
const NamedDecl *UseCollector::memberOfRules(const CXXRecordDecl *Record,
                                             DeclarationName Name) const {
  const NamedDecl *Member = memberOrInherited(Record, Name);
  const CompiledRewrite *Rewrite = Member ? rewriteOfMember(Member) : nullptr;
  // The rule is for a class that inherits it.
  bool IsOfAnother = Rewrite && !Rewrite->Before.ObjectType.empty() &&
                     !Index.find(Record) && legacyBaseOf(Record).isInvalid();
  return IsOfAnother ? nullptr : Member;
}

const NamedDecl *UseCollector::memberOrInherited(const CXXRecordDecl *Record,
                                                 DeclarationName Name) const {
  auto MemberOf = [&](const CXXRecordDecl *Class) {
    Class = Class ? Class->getDefinition() : nullptr;
    if (!Class)
      return std::optional<const NamedDecl *>();
    for (const NamedDecl *Member : Class->lookup(Name)) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
        Member = Template->getTemplatedDecl();
      LegacyEntry Entry;
      if (rewriteOfMember(Member) || renameOf(Member, Entry))
        return std::optional(Member);
    }
    return std::optional<const NamedDecl *>();
  };
  std::optional<const NamedDecl *> Found = MemberOf(Record);
  if (!Found)
    Found = firstInBases(Record, [&](const CXXBaseSpecifier &Base) {
      return MemberOf(classOf(Base.getType()));
    });
  return Found.value_or(nullptr);
}

RawUse UseCollector::unknownMember(const CompiledRewrite &Rewrite,
                                   StringRef Member, SourceLocation Name,
                                   std::string Why) const {
  RawUse Use = rewrittenUse(Rewrite, Member, Name, "dependent member");
  Use.Message =
      "'" + Member.str() + "' may be replaced by rewrite '" + Use.Rule + "'";
  Use.leave({MessageId::DependentCall, std::move(Why)});
  return Use;
}

/// \p Class: where its class is named, when there is no \p Object.
void UseCollector::addDependentMember(const NamedDecl *Member,
                                      SourceLocation Name, const Expr *Object,
                                      SourceLocation Class) {
  const CompiledRewrite *Rewrite = Member ? rewriteOfMember(Member) : nullptr;
  if (!Rewrite || InsideOwnText)
    return addMemberUse(Member, Name, Object);
  RawUse Use =
      unknownMember(*Rewrite, qualifiedName(Member), Name,
                    dependsOnParameter(/*Class=*/true) +
                        ", so the member is only known in an instantiation");
  if (Object)
    tieToObjects(Use, {Object});
  if (Class.isValid())
    Use.AlsoGroups.push_back(groupOfName(Class));
  Use.AlsoGroups.push_back(groupOfTemplate());
  RewrittenMembers.insert(Name);
  addUse(std::move(Use));
}

/// The same where a type names the class: `Old<T>::make`, `Old<T>::Mode`.
void UseCollector::addQualifiedMember(NestedNameSpecifierLoc Qualifier,
                                      DeclarationName Name,
                                      SourceLocation Where) {
  if (qualifierKind(Qualifier) != QualifierKind::Type)
    return;
  TypeLoc Class = typeLocOf(Qualifier);
  addDependentMember(memberOfRules(classOf(Class.getType()), Name), Where,
                     /*Object=*/nullptr, legacyNameIn(Class));
}

/// `using Old<T>::limit;`: what means the member by its name alone is only
/// known in an instantiation.
void UseCollector::addDependentUsing(NestedNameSpecifierLoc Qualifier,
                                     const NamedDecl *Using) {
  if (qualifierKind(Qualifier) != QualifierKind::Type)
    return;
  TypeLoc Class = typeLocOf(Qualifier);
  const NamedDecl *Member =
      memberOfRules(classOf(Class.getType()), Using->getDeclName());
  LegacyEntry Entry;
  if (!Member || InsideOwnText || !renameOf(Member, Entry))
    return addQualifiedMember(Qualifier, Using->getDeclName(),
                              Using->getLocation());
  RawUse Use =
      makeUse(FindingKind::Member, Entry, Using->getLocation(), UsingForm);
  Use.Message = "'" + qualifiedName(Member) + "' is called otherwise in '" +
                Entry.Into->Into + "'";
  Use.leave({MessageId::DependentCall,
             "what it makes known here is only found in an instantiation"});
  Use.AlsoGroups = {groupOfTemplate()};
  if (SourceLocation Name = legacyNameIn(Class); Name.isValid())
    Use.AlsoGroups.push_back(groupOfName(Name));
  addUse(std::move(Use));
}

/// The rewrite of a member that is called \p Name; or null.
static const CompiledRewrite *rewriteOfMembersNamed(const CompiledRules &Rules,
                                                    StringRef Name) {
  auto It = find_if(Rules.Rewrites, [&](const CompiledRewrite &Each) {
    bool OfObject = Each.Before.HasObject ||
                    Each.Before.What == ExprPattern::Kind::Member ||
                    !Each.Before.ClassArguments.empty();
    return OfObject && Each.Before.Text == Name;
  });
  return It == Rules.Rewrites.end() ? nullptr : &*It;
}

/// `object.run(1)` of what depends on a parameter as a whole.
void UseCollector::noteUnknownMember(const CXXDependentScopeMemberExpr *E) {
  const IdentifierInfo *Name = E->getMember().getAsIdentifierInfo();
  if (!Name || InsideOwnText)
    return;
  std::string Why = "what it is a member of depends on a template parameter";
  SourceLocation Where = E->getMemberLoc();
  if (const CompiledRewrite *Rewrite =
          rewriteOfMembersNamed(Rules, Name->getName()))
    UnknownMembers.push_back(
        {groupOfTemplate(), !Rewrite->Before.ClassArguments.empty(),
         unknownMember(*Rewrite, Name->getName(), Where, std::move(Why))});
  else if (auto [Entry, Rename] = Index.renameOfMembersNamed(Name->getName());
           Rename) {
    RawUse Use = memberUse(Entry, *Rename, Where);
    Use.Form = "dependent member";
    Use.leave({MessageId::DependentCall, std::move(Why)});
    UnknownMembers.push_back({groupOfTemplate(),
                              !Entry.Legacy->TemplateParameters.empty(),
                              std::move(Use)});
  }
}

/// `object.run(1)` of an Old<T>
bool UseCollector::VisitCXXDependentScopeMemberExpr(
    CXXDependentScopeMemberExpr *E) {
  QualType Type = E->getBaseType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = classOf(Type);
  if (!Record)
    noteUnknownMember(E);
  addDependentElement(E, Record);
  addDependentMember(memberOfRules(Record, E->getMember()), E->getMemberLoc(),
                     E->isImplicitAccess() ? nullptr : E->getBase(),
                     Index.find(Record) ? SourceLocation()
                                        : legacyBaseOf(Record));
  return true;
}

/// In a template that names an Old<T>, or where what makes an object is left,
/// what has a member of that name may be one.
void UseCollector::addUnknownMembers() {
  std::set<std::string> Named;
  for (const RawUse &Use : Out.Uses)
    Named.insert(Use.AlsoGroups.begin(), Use.AlsoGroups.end());
  for (const auto &[Name, Group] : Ties)
    Named.insert(Group);
  for (auto &[Template, OfClassTemplate, Use] : UnknownMembers) {
    if (std::string Left = LeftIn.str() + Template; Named.count(Left))
      Use.AlsoGroups.push_back(std::move(Left));
    if (OfClassTemplate && Named.count(Template))
      Use.AlsoGroups.push_back(Template);
    if (!Use.AlsoGroups.empty())
      addUse(std::move(Use));
  }
}

bool UseCollector::VisitDependentScopeDeclRefExpr(
    DependentScopeDeclRefExpr *E) {
  addQualifiedMember(E->getQualifierLoc(), E->getDeclName(), E->getLocation());
  return true;
}

bool UseCollector::VisitDependentNameTypeLoc(DependentNameTypeLoc Loc) {
  addQualifiedMember(Loc.getQualifierLoc(), Loc.getTypePtr()->getIdentifier(),
                     Loc.getNameLoc());
  return true;
}

/// `using typename Old<T>::Mode;`
bool UseCollector::VisitUnresolvedUsingTypenameDecl(
    UnresolvedUsingTypenameDecl *D) {
  addDependentUsing(D->getQualifierLoc(), D);
  return true;
}

/// `auto made = f(t);` in a template: what is called on the result may be told
/// by its name only.
void UseCollector::tieResult(const FunctionDecl *Callee) {
  if (FunctionTypeLoc Type = Callee->getFunctionTypeLoc())
    for (SourceLocation Name : legacyNamesIn(Type.getReturnLoc()))
      Ties.emplace_back(Name, LeftIn.str() + groupOfTemplate());
}

/// `f(object)` in a template: what takes an Old<T> goes together with what is
/// of one here.
void UseCollector::tieToTemplates(const OverloadExpr *Callee) {
  for (const NamedDecl *D : Callee->decls()) {
    const FunctionDecl *Candidate = D->getUnderlyingDecl()->getAsFunction();
    if (!Candidate)
      continue;
    tieResult(Candidate);
    if (!Candidate->isDependentContext())
      continue;
    for (const ParmVarDecl *P : Candidate->parameters()) {
      SourceLocation Name =
          P->getTypeSourceInfo() && P->getType()->isInstantiationDependentType()
              ? legacyNameIn(P->getTypeSourceInfo()->getTypeLoc())
              : SourceLocation();
      if (Name.isValid())
        Ties.emplace_back(Name, groupOfTemplate());
    }
  }
}

} // namespace consolidate
