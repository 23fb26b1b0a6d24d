//===- FollowedNames.cpp - What reaches a legacy class unspelled ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// `engine_(a, b)`, `engines.emplace_back(a, b)` and `return {a, b};` construct
// a class that they do not name. Each spells something else that was declared
// with it: those names are what the survey has to look for next.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "consolidate/Frontend.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

class NameFollower {
public:
  NameFollower(ASTContext &Context, const CompiledRules &Rules)
      : SM(Context.getSourceManager()), Rules(Rules), Index(Rules) {}

  std::vector<FollowedName> run(ArrayRef<Decl *> Scope) {
    for (const Decl *D : Scope)
      visit(D);
    return {Names.begin(), Names.end()};
  }

private:
  const SourceManager &SM;
  const CompiledRules &Rules;
  LegacyIndex Index;
  DenseMap<const CXXRecordDecl *, bool> Records;
  std::map<FileID, std::string> Paths;
  std::set<FollowedName> Names;

  void visit(const Decl *D) {
    // A system header cannot name a class of the project.
    if (D->isImplicit() || SM.isInSystemHeader(D->getLocation()))
      return;
    if (const auto *Template = dyn_cast<TemplateDecl>(D))
      D = Template->getTemplatedDecl();
    const auto *Named = dyn_cast_or_null<NamedDecl>(D);
    if (Named && reachesLegacy(Named))
      add(Named);
    // What a function declares is known to that function only.
    if (D && isa<TranslationUnitDecl, NamespaceDecl, LinkageSpecDecl,
                 RecordDecl, ExportDecl>(D))
      for (const Decl *Inner : cast<DeclContext>(D)->decls())
        visit(Inner);
  }

  bool reachesLegacy(const NamedDecl *D) {
    if (const auto *Function = dyn_cast<FunctionDecl>(D))
      return involves(Function->getReturnType()) || takesLegacy(Function);
    if (const auto *Value = dyn_cast<ValueDecl>(D))
      return involves(Value->getType());
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(D))
      return involves(Alias->getUnderlyingType());
    if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
      return involves(Record);
    return false;
  }

  void add(const NamedDecl *D) {
    if (!D->getIdentifier() || D->getName().empty())
      return; // an operator: its operands have names
    FileID File = SM.getFileID(SM.getExpansionLoc(D->getLocation()));
    auto [It, New] = Paths.try_emplace(File);
    if (New)
      if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
        It->second = realPathOf(*Entry);
    if (!It->second.empty())
      Names.insert({D->getName().str(), It->second});
  }

  bool takesLegacy(const FunctionDecl *F) {
    return any_of(F->parameters(), [&](const ParmVarDecl *Parameter) {
      return involves(Parameter->getType());
    });
  }

  /// True when an object of this type is, holds or leads to a legacy class.
  bool involves(QualType Written) {
    QualType Type = Written.getCanonicalType();
    if (QualType Inner = Type->getPointeeType(); !Inner.isNull())
      return involves(Inner);
    if (const auto *Array = dyn_cast<clang::ArrayType>(Type.getTypePtr()))
      return involves(Array->getElementType());
    if (const auto *Function = Type->getAs<FunctionProtoType>())
      return involves(Function->getReturnType()) ||
             any_of(Function->param_types(),
                    [&](QualType Parameter) { return involves(Parameter); });
    if (const CXXRecordDecl *Record = Type->getAsCXXRecordDecl())
      return involves(Record);
    // `Box<T, Old>` in a template.
    const auto *Dependent = Type->getAs<TemplateSpecializationType>();
    return Dependent &&
           any_of(Dependent->template_arguments(),
                  [&](const TemplateArgument &Each) { return involves(Each); });
  }

  bool involves(const TemplateArgument &Argument) {
    if (Argument.getKind() == TemplateArgument::Type)
      return involves(Argument.getAsType());
    return Argument.getKind() == TemplateArgument::Pack &&
           any_of(Argument.pack_elements(),
                  [&](const TemplateArgument &Each) { return involves(Each); });
  }

  bool involves(const CXXRecordDecl *Record) {
    Record = Record->getCanonicalDecl();
    auto [It, New] = Records.try_emplace(Record, false);
    if (!New)
      return It->second; // false as well while it is being found out
    bool Result = leadsToLegacy(Record);
    return Records[Record] = Result;
  }

  bool leadsToLegacy(const CXXRecordDecl *Record) {
    if (Index.find(Record))
      return true;
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Record))
      if (any_of(Spec->getTemplateArgs().asArray(),
                 [&](const TemplateArgument &Each) { return involves(Each); }))
        return true;
    const CXXRecordDecl *Definition = Record->getDefinition();
    if (!Definition || SM.isInSystemHeader(Definition->getLocation()))
      return false;
    return any_of(Definition->bases(),
                  [&](const CXXBaseSpecifier &Base) {
                    return involves(Base.getType());
                  }) ||
           holdsLegacy(Definition) || convertsToLegacy(Definition);
  }

  /// `Pair{{a, b}, c}`: the members of an aggregate are constructed by whoever
  /// names the aggregate. `Widget::Widget() {}` constructs those it does not
  /// name, and may stand elsewhere; that matters where a rule says how.
  bool holdsLegacy(const CXXRecordDecl *Definition) {
    bool IsConstructedElsewhere =
        any_of(Definition->ctors(), [](const CXXConstructorDecl *Ctor) {
          return Ctor->isUserProvided() && !Ctor->isCopyOrMoveConstructor() &&
                 !Ctor->isDefined();
        });
    return any_of(Definition->fields(), [&](const FieldDecl *Field) {
      return (Definition->isAggregate() && involves(Field->getType())) ||
             (IsConstructedElsewhere && !Field->hasInClassInitializer() &&
              isRewrittenByDefault(Field->getType()));
    });
  }

  /// True when a rewrite may match how a member of \p Type is constructed that
  /// nobody names.
  bool isRewrittenByDefault(QualType Type) const {
    const CXXRecordDecl *Record =
        recordOf(QualType(Type->getBaseElementTypeUnsafe(), 0));
    if (!Record || Type->isReferenceType() || !Index.find(Record))
      return false;
    return any_of(Record->ctors(), [&](const CXXConstructorDecl *Ctor) {
      return Ctor->isDefaultConstructor() && isRewritten(Rules, Ctor);
    });
  }

  /// `Widget w({a, b})`, `w += {a, b}`: arguments of members without a name of
  /// their own.
  bool convertsToLegacy(const CXXRecordDecl *Definition) {
    return any_of(Definition->methods(), [&](const CXXMethodDecl *Method) {
      bool Unnamed =
          isa<CXXConstructorDecl>(Method) || Method->isOverloadedOperator();
      return Unnamed && takesLegacy(Method);
    });
  }
};

} // namespace

std::vector<FollowedName> followedNames(ASTContext &Context,
                                        const CompiledRules &Rules) {
  return NameFollower(Context, Rules).run(Context.getTraversalScope());
}

} // namespace consolidate
