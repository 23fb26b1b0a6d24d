//===- Ties.cpp - Names that a template tells apart -----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// `template <> struct Size<X>` and `Size<X> s;` go together: with one of them
// changed the code compiles, and takes the template that is meant for other
// classes. The same holds for `std::is_same_v<X, X>`.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Every name of a type, as it is spelled.
class SpelledTypes : public RecursiveASTVisitor<SpelledTypes> {
public:
  SmallVector<SpelledType, 4> Found;

  bool VisitTypeLoc(TypeLoc Loc) {
    if (std::optional<SpelledType> Spelled = spelledType(Loc))
      Found.push_back(*Spelled);
    return true;
  }
};

} // namespace

const TemplateDecl *specialisedBy(const Decl *D) {
  if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(D))
    return Class->getSpecializedTemplate();
  if (const auto *Variable = dyn_cast<VarTemplateSpecializationDecl>(D))
    return Variable->getSpecializedTemplate();
  const auto *Function = dyn_cast<FunctionDecl>(D);
  return Function ? Function->getPrimaryTemplate() : nullptr;
}

const ASTTemplateArgumentListInfo *argumentsOfCase(const Decl *D) {
  if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(D))
    return Class->getTemplateArgsAsWritten();
  if (const auto *Variable = dyn_cast<VarTemplateSpecializationDecl>(D))
    return Variable->getTemplateArgsAsWritten();
  const auto *Function = dyn_cast<FunctionDecl>(D);
  return Function ? Function->getTemplateSpecializationArgsAsWritten()
                  : nullptr;
}

bool UseCollector::namesLegacy(const SpelledType &Spelled) const {
  return Index.find(Spelled.Named) ||
         Index.find(Spelled.Named->getUnderlyingDecl());
}

/// Where those of \p Types stand that are legacy classes.
SmallVector<SourceLocation, 2>
UseCollector::legacyNamesAmong(ArrayRef<SpelledType> Types) const {
  SmallVector<SourceLocation, 2> Names;
  for (const SpelledType &Spelled : Types)
    if (namesLegacy(Spelled))
      Names.push_back(placeOf(Spelled.Name));
  return Names;
}

static SmallVector<SpelledType, 4>
typesIn(ArrayRef<TemplateArgumentLoc> Arguments) {
  SpelledTypes Types;
  for (const TemplateArgumentLoc &Argument : Arguments)
    Types.TraverseTemplateArgumentLoc(Argument);
  return Types.Found;
}

SmallVector<SourceLocation, 2>
UseCollector::legacyNamesIn(ArrayRef<TemplateArgumentLoc> Arguments) const {
  return legacyNamesAmong(typesIn(Arguments));
}

/// The canonical classes that \p Arguments name.
std::set<std::string>
UseCollector::canonicalNamesIn(ArrayRef<TemplateArgumentLoc> Arguments) const {
  std::set<std::string> Names;
  for (const SpelledType &Spelled : typesIn(Arguments)) {
    const NamedDecl *Named = Spelled.Named->getUnderlyingDecl();
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(Named))
      Named = classOf(Alias->getUnderlyingType());
    if (Index.isCanonical(Named))
      Names.insert(qualifiedName(Named));
  }
  return Names;
}

SmallVector<SourceLocation, 2> UseCollector::legacyNamesIn(TypeLoc Type) const {
  SpelledTypes Types;
  Types.TraverseTypeLoc(Type);
  return legacyNamesAmong(Types.Found);
}

SmallVector<SourceLocation, 2>
UseCollector::legacyNamesIn(const Stmt *S) const {
  SpelledTypes Types;
  Types.TraverseStmt(const_cast<Stmt *>(S));
  return legacyNamesAmong(Types.Found);
}

SmallVector<const TypedefNameDecl *, 4> aliasesIn(TypeLoc Type) {
  SpelledTypes Types;
  Types.TraverseTypeLoc(Type);
  SmallVector<const TypedefNameDecl *, 4> Aliases;
  for (const SpelledType &Spelled : Types.Found) {
    const NamedDecl *Named = Spelled.Named->getUnderlyingDecl();
    if (const auto *Template = dyn_cast<TypeAliasTemplateDecl>(Named))
      Named = Template->getTemplatedDecl();
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(Named))
      Aliases.push_back(Alias);
  }
  return Aliases;
}

SmallVector<SourceLocation, 2>
UseCollector::legacyNamesIn(NestedNameSpecifierLoc Qualifier) const {
  return qualifierKind(Qualifier) == QualifierKind::Type
             ? legacyNamesIn(typeLocOf(Qualifier))
             : SmallVector<SourceLocation, 2>();
}

/// `T<X>`, `f<X>()`: the names in it depend on what \p Template knows of them,
/// and on each other.
void UseCollector::tieArguments(const TemplateDecl *Template,
                                ArrayRef<TemplateArgumentLoc> Arguments) {
  if (!Template || Arguments.empty())
    return;
  SmallVector<SourceLocation, 2> Names = legacyNamesIn(Arguments);
  if (Names.empty())
    return;
  TemplateTie &Tie = TemplateTies[Template->getCanonicalDecl()];
  append_range(Tie.Arguments, Names);
  if (Names.size() > 1)
    for (SourceLocation Name : Names)
      Ties.emplace_back(Name, "arguments:" + placeKey(Names.front()));
}

/// A specialisation, or a concept, that names a legacy class.
void UseCollector::tieCase(const Decl *D) {
  const TemplateDecl *Template = specialisedBy(D);
  SmallVector<SourceLocation, 2> Names;
  std::set<std::string> Canonical;
  if (const auto *Concept = dyn_cast<ConceptDecl>(D)) {
    Template = Concept;
    Names = legacyNamesIn(Concept->getConstraintExpr());
  } else if (const auto *Written = Template ? argumentsOfCase(D) : nullptr) {
    Names = legacyNamesIn(Written->arguments());
    Canonical = canonicalNamesIn(Written->arguments());
  } else if (const auto *Class =
                 dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                     D->getDeclContext());
             Class && isa<DeclaratorDecl>(D)) {
    // `template <> int Size<X>::get() { .. }`
    Template = Class->getSpecializedTemplate();
    Names = legacyNamesIn(cast<DeclaratorDecl>(D)->getQualifierLoc());
  }
  noteSpecialisation(D, Names);
  if (Names.empty() && Canonical.empty())
    return;
  TemplateTie &Tie =
      TemplateTies[cast<TemplateDecl>(Template->getCanonicalDecl())];
  append_range(Tie.Cases, Names);
  Tie.CanonicalCases.merge(Canonical);
}

bool UseCollector::VisitConceptSpecializationExpr(
    ConceptSpecializationExpr *E) {
  if (const ASTTemplateArgumentListInfo *Written =
          E->getTemplateArgsAsWritten())
    tieArguments(E->getNamedConcept(), Written->arguments());
  return true;
}

/// `Size<Y>`, where there is a specialisation for X, or for the canonical
/// class, and none for Y: once both are one, it would take that.
void UseCollector::leaveWhatTakesCases(const TemplateTie &Tie) {
  auto UseAt = [&](SourceLocation Name) -> RawUse * {
    auto It = Seen.find({Name, FindingKind::Type});
    return It == Seen.end() ? nullptr : &Out.Uses[It->second];
  };
  std::set<std::string> Classes, Into = Tie.CanonicalCases;
  for (SourceLocation Name : Tie.Cases)
    if (const RawUse *Use = UseAt(Name)) {
      Classes.insert(Use->Class);
      Into.insert(Index.canonicalOf(Use->Class));
    }
  for (SourceLocation Name : Tie.Arguments)
    if (RawUse *Use = UseAt(Name); Use && Use->Left.empty() &&
                                   !Classes.count(Use->Class) &&
                                   Into.count(Index.canonicalOf(Use->Class)))
      Use->leave({MessageId::AnotherOverload,
                  "the template is specialised for another class, and this "
                  "one would take that once both are one"});
}

/// What was tied goes together with its uses.
void UseCollector::applyTies() {
  for (const auto &[Template, Tie] : TemplateTies) {
    leaveWhatTakesCases(Tie);
    if (Tie.Cases.empty() || Tie.Arguments.empty())
      continue;
    std::string Key = "template:" + usrOf(cast<NamedDecl>(Template));
    for (const auto *Names : {&Tie.Cases, &Tie.Arguments})
      for (SourceLocation Name : *Names)
        Ties.emplace_back(Name, Key);
  }
  for (const auto &[Name, Key] : Ties) {
    auto It = Seen.find({Name, FindingKind::Type});
    if (It == Seen.end())
      continue;
    std::vector<std::string> &Groups = Out.Uses[It->second].AlsoGroups;
    if (!is_contained(Groups, Key))
      Groups.push_back(Key);
  }
}

} // namespace consolidate
