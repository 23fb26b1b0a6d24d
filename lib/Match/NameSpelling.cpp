//===- NameSpelling.cpp - The shortest name that still means the class ----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The canonical class may not be declared yet where its name is put (its header
// is added by the same change), so Clang's own lookup cannot be asked alone:
// the scope the class lives in counts as if it declared it.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

enum class Found { Nothing, Wanted, Other };

/// Unqualified lookup of `Name`, which is to mean `Scope::Name`.
class SpellingLookup {
public:
  SpellingLookup(ASTContext &Context, StringRef Name, StringRef Scope,
                 bool IsLast)
      : SM(Context.getSourceManager()), Identifier(&Context.Idents.get(Name)),
        Scope(Scope.str()),
        Wanted(Scope.empty() ? Name.str() : (Scope + "::" + Name).str()),
        IsLast(IsLast) {}

  bool reaches(const NameSite &Site) {
    Replaced = Site.Replaced;
    TargetIsInjected = Site.TargetIsInjected;
    Where = Site.Where;
    for (const DeclContext *DC = Site.Context; DC; DC = DC->getParent()) {
      if (isa<LinkageSpecDecl, ExportDecl>(DC))
        continue;
      Found Result = lookIn(DC);
      if (Result != Found::Nothing)
        return Result == Found::Wanted;
      if (DC->isFunctionOrMethod())
        for (const UsingDirectiveDecl *Directive : Site.LocalDirectives)
          if (isVisible(Directive) &&
              lookIn(Directive->getNominatedNamespace()) == Found::Wanted)
            return true;
    }
    return false;
  }

private:
  const SourceManager &SM;
  const IdentifierInfo *Identifier;
  std::string Scope;
  std::string Wanted;
  bool IsLast;
  const NamedDecl *Replaced = nullptr;
  bool TargetIsInjected = true;
  SourceLocation Where;
  SmallPtrSet<const DeclContext *, 8> Visited;

  /// A using-directive or -declaration counts when it stands before the name.
  /// For a name in a header one in another file does not count at all: the next
  /// translation unit that includes the header may not have it.
  bool isVisible(const NamedDecl *D) const {
    if (Where.isInvalid() || D->getLocation().isInvalid())
      return true;
    FileID File = SM.getFileID(SM.getFileLoc(Where));
    bool SameFile = SM.getFileID(SM.getFileLoc(D->getLocation())) == File;
    return (SameFile || File == SM.getMainFileID()) &&
           SM.isBeforeInTranslationUnit(D->getLocation(), Where);
  }

  Found judge(const NamedDecl *D) const {
    if (isa<UsingShadowDecl>(D) && D->getDeclContext()->isFileContext() &&
        !isVisible(D))
      return Found::Nothing;
    const NamedDecl *Target = D->getUnderlyingDecl();
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(Target))
      return qualifiedName(Alias->getNamespace()) == Wanted ? Found::Wanted
                                                            : Found::Other;
    if (qualifiedName(Target) == Wanted || qualifiedName(D) == Wanted)
      return Found::Wanted;
    // Before `::` only types and namespaces are looked for.
    if (!IsLast && !isa<TypeDecl, NamespaceDecl, ClassTemplateDecl>(Target))
      return Found::Nothing;
    return Found::Other;
  }

  Found lookIn(const DeclContext *DC) {
    if (const auto *Record = dyn_cast<CXXRecordDecl>(DC)) {
      DC = Record->getDefinition() ? Record->getDefinition() : Record;
      if (Record->isInvalidDecl())
        return Found::Nothing;
    }
    bool IsScope = !DC->isFunctionOrMethod() && isNamedScope(DC) &&
                   qualifiedScope(DC) == Scope;
    Found Result = Found::Nothing;
    for (const NamedDecl *D : DC->lookup(Identifier)) {
      Found One = judge(D);
      if (One == Found::Wanted)
        return One;
      if (One == Found::Other)
        Result = One;
    }
    // `using a::Legacy;` becomes `using a::Canonical;` in the same change.
    if (IsLast && Replaced && Result == Found::Nothing &&
        any_of(DC->lookup(Replaced->getDeclName()), [&](const NamedDecl *D) {
          return isa<UsingShadowDecl>(D) && isVisible(D) &&
                 declaresSameEntity(D->getUnderlyingDecl(), Replaced);
        }))
      return Found::Wanted;
    // A clash inside the canonical class's own scope is for the compiler to
    // report (verification does); the name is right.
    if (IsScope)
      return Found::Wanted;
    if (Result != Found::Nothing)
      return Result;
    if (const auto *Record = dyn_cast<CXXRecordDecl>(DC))
      return lookInBases(Record);
    return lookInDirectives(DC);
  }

  static bool isNamedScope(const DeclContext *DC) {
    return isa<NamespaceDecl, CXXRecordDecl, TranslationUnitDecl>(DC);
  }

  Found lookInBases(const CXXRecordDecl *Record) {
    if (!Record->hasDefinition())
      return Found::Nothing;
    for (const CXXBaseSpecifier &Base : Record->bases())
      if (const CXXRecordDecl *BaseRecord = recordOf(Base.getType())) {
        if (IsLast && Replaced && declaresSameEntity(BaseRecord, Replaced)) {
          if (TargetIsInjected)
            return Found::Wanted;
          continue;
        }
        if (BaseRecord->getIdentifier() == Identifier)
          return qualifiedName(BaseRecord) == Wanted ? Found::Wanted
                                                     : Found::Other;
        if (Found Result = lookIn(BaseRecord); Result != Found::Nothing)
          return Result;
      }
    return Found::Nothing;
  }

  Found lookInDirectives(const DeclContext *DC) {
    if (!isa<NamespaceDecl, TranslationUnitDecl>(DC) ||
        !Visited.insert(DC).second)
      return Found::Nothing;
    for (const UsingDirectiveDecl *Directive : DC->using_directives())
      if (isVisible(Directive) &&
          lookIn(Directive->getNominatedNamespace()) == Found::Wanted)
        return Found::Wanted;
    return Found::Nothing;
  }
};

} // namespace

bool denotesScope(NestedNameSpecifierLoc Qualifier, StringRef Scope) {
  switch (qualifierKind(Qualifier)) {
  case QualifierKind::Global:
    return Scope.empty();
  case QualifierKind::Namespace: {
    const NamedDecl *Namespace = namespaceOf(Qualifier);
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(Namespace))
      Namespace = Alias->getNamespace();
    if (const auto *Real = dyn_cast<NamespaceDecl>(Namespace))
      return qualifiedScope(Real) == Scope;
    return false;
  }
  case QualifierKind::Type:
    if (const CXXRecordDecl *Record = recordOf(Qualifier))
      return qualifiedName(Record) == Scope;
    return false;
  case QualifierKind::None:
  case QualifierKind::Super:
    return false;
  }
  return false;
}

void describeQualifier(NameSite &Site, NestedNameSpecifierLoc Qualifier,
                       const NamedDecl *Named) {
  unsigned Count = 0;
  for (NestedNameSpecifierLoc Q = Qualifier; Q; Q = prefixOf(Q)) {
    QualifierKind Kind = qualifierKind(Q);
    if (Kind == QualifierKind::Global) {
      Site.LeadingColons = true;
      break;
    }
    ++Count;
    if (Kind == QualifierKind::Super)
      break;
  }
  Site.Qualifiers = Count;
  Site.FullyQualified =
      Count > 0 && Count + 1 == splitQualifiedName(qualifiedName(Named)).size();
}

bool namesTarget(ArrayRef<std::string> Spelled, StringRef Target,
                 const NameSite &Site, ASTContext &Context) {
  std::vector<std::string> Parts = splitQualifiedName(Target);
  ArrayRef<std::string> All(Parts);
  if (Spelled.size() > All.size() || All.take_back(Spelled.size()) != Spelled)
    return false;
  if (Site.LeadingColons)
    return Spelled.size() == All.size();
  return SpellingLookup(Context, Spelled.front(),
                        join(All.drop_back(Spelled.size()), "::"),
                        Spelled.size() == 1)
      .reaches(Site);
}

std::string spellName(StringRef Target, const NameSite &Site,
                      ASTContext &Context) {
  std::vector<std::string> Parts = splitQualifiedName(Target);
  std::string Full = join(Parts, "::");
  if (Site.LeadingColons)
    return "::" + Full;
  size_t Least = Site.FullyQualified
                     ? Parts.size()
                     : std::min<size_t>(Site.Qualifiers + 1, Parts.size());
  for (size_t N = Least; N <= Parts.size(); ++N) {
    ArrayRef<std::string> All(Parts);
    ArrayRef<std::string> Kept = All.take_back(N);
    std::string Scope = join(All.drop_back(N), "::");
    // `<...>` after the last name does not take part in the lookup.
    StringRef First = StringRef(Kept.front()).split('<').first;
    if (SpellingLookup(Context, First, Scope, N == 1).reaches(Site))
      return join(Kept, "::");
  }
  return "::" + Full;
}

} // namespace consolidate
