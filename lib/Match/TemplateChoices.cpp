//===- TemplateChoices.cpp - What templates know of a class ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// `template <> struct Size<X>` is found by the class, wherever that comes from:
// spelled, deduced, or asked for with decltype. With one of the two changed the
// code compiles, and takes the template that is meant for other classes. What
// was taken is noted for each class, and so is what std::is_same says.
//
//===----------------------------------------------------------------------===//
#include "MatchInternal.h"

#include "consolidate/Frontend.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Of std: what they say of two classes is taken, and not how.
constexpr llvm::StringLiteral Comparisons[] = {"is_same", "is_same_v",
                                               "is_base_of", "is_base_of_v"};

/// Calls \p Found for each concept that is asked for with known arguments, and
/// for each requires-expression in an instantiation, with that and its number
/// there.
class Questions : public RecursiveASTVisitor<Questions> {
  using Base = RecursiveASTVisitor<Questions>;

public:
  using Callback = function_ref<void(const ConceptSpecializationExpr *)>;
  using InInstantiation =
      function_ref<void(const RequiresExpr *, const NamedDecl *In, unsigned)>;

  Questions(const SourceManager &SM, Callback Asked, InInstantiation Required)
      : SM(SM), Asked(Asked), Required(Required) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || isSystemDecl(D, SM))
      return true;
    SaveAndRestore<const NamedDecl *> Keep(Instantiation);
    SaveAndRestore<unsigned> KeepCount(Count);
    const auto *Function = dyn_cast<FunctionDecl>(D);
    if ((Function && Function->isTemplateInstantiation()) ||
        isa<VarTemplateSpecializationDecl, ClassTemplateSpecializationDecl>(
            D)) {
      Instantiation = cast<NamedDecl>(D);
      Count = 0;
    }
    return Base::TraverseDecl(D);
  }

  bool VisitConceptSpecializationExpr(ConceptSpecializationExpr *E) {
    if (!E->isValueDependent())
      Asked(E);
    return true;
  }

  bool VisitRequiresExpr(RequiresExpr *E) {
    if (Instantiation && !E->isValueDependent())
      Required(E, Instantiation, ++Count);
    return true;
  }

private:
  const SourceManager &SM;
  Callback Asked;
  InInstantiation Required;
  const NamedDecl *Instantiation = nullptr; ///< The innermost around.
  unsigned Count = 0;                       ///< Of requires-expressions in it.
};

class TemplateChoices {
public:
  TemplateChoices(ASTContext &Context, const RuleSet &Rules)
      : Context(Context), SM(Context.getSourceManager()), Rules(Rules),
        Policy(Context.getPrintingPolicy()) {
    Policy.FullyQualifiedName = true;
  }

  std::vector<TemplateChoice> run() {
    findTemplates(Context.getTranslationUnitDecl());
    for (const TemplateDecl *Template : Specialised)
      noteAll(Template);
    // Of the others, what tells two classes apart.
    for (StringRef Name : Comparisons)
      for (const NamedDecl *D : lookupInStd(Name))
        noteAll(dyn_cast<TemplateDecl>(D));
    if (Context.getLangOpts().CPlusPlus20)
      noteQuestions();
    return std::move(Result);
  }

private:
  ASTContext &Context;
  const SourceManager &SM;
  const RuleSet &Rules;
  PrintingPolicy Policy;
  /// Those with a specialisation that is written in the project.
  SetVector<const TemplateDecl *> Specialised;
  std::vector<TemplateChoice> Result;

  DeclContext::lookup_result lookupInStd(StringRef Name) const {
    const IdentifierInfo &Std = Context.Idents.get("std");
    for (const NamedDecl *D : Context.getTranslationUnitDecl()->lookup(&Std))
      if (const auto *Namespace = dyn_cast<NamespaceDecl>(D))
        return Namespace->lookup(&Context.Idents.get(Name));
    return {};
  }

  void findTemplates(const DeclContext *In) {
    for (const Decl *D : In->decls()) {
      if (isSystemDecl(D, SM))
        continue;
      if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(D)) {
        if (Class->isExplicitInstantiationOrSpecialization())
          Specialised.insert(Class->getSpecializedTemplate());
      } else if (const auto *Var = dyn_cast<VarTemplateSpecializationDecl>(D)) {
        Specialised.insert(Var->getSpecializedTemplate());
      }
      if (const auto *Template = dyn_cast<ClassTemplateDecl>(D))
        findTemplates(Template->getTemplatedDecl());
      else if (const auto *Inner = dyn_cast<DeclContext>(D);
               Inner && !isa<FunctionDecl>(D))
        findTemplates(Inner);
    }
  }

  void noteAll(const TemplateDecl *Template) {
    if (const auto *Class = dyn_cast_or_null<ClassTemplateDecl>(Template))
      for (const ClassTemplateSpecializationDecl *Spec :
           Class->specializations())
        note(*Spec);
    if (const auto *Var = dyn_cast_or_null<VarTemplateDecl>(Template))
      for (const VarTemplateSpecializationDecl *Spec : Var->specializations())
        note(*Spec);
  }

  template <typename Specialisation> void note(const Specialisation &Spec) {
    if (Spec.getSpecializationKind() == TSK_Undeclared)
      return;
    std::string Shown = print(Spec, Spec.getTemplateArgs().asArray());
    if (!namesClass(Shown))
      return;
    std::string Asked = asCanonical(Shown, Rules);
    SourceLocation Where = Spec.getPointOfInstantiation();
    add(std::move(Asked), std::move(Shown), taken(Spec),
        Where.isValid() ? Where : Spec.getLocation());
  }

  void add(std::string Asked, std::string Shown, std::string Taken,
           SourceLocation Where) {
    Where = SM.getFileLoc(Where);
    OptionalFileEntryRef File = SM.getFileEntryRefForID(SM.getFileID(Where));
    Result.push_back({std::move(Asked), std::move(Shown), std::move(Taken),
                      File ? realPathOf(*File) : "", SM.getFileOffset(Where),
                      SM.getSpellingLineNumber(Where)});
  }

  void noteAnswer(std::string Shown, bool Answer, SourceLocation Where) {
    if (namesClass(Shown))
      add(asCanonical(Shown, Rules), Shown, Answer ? "true" : "false", Where);
  }

  /// What templates ask of a class by concepts and requires-expressions.
  void noteQuestions() {
    auto Asked = [&](const ConceptSpecializationExpr *E) {
      noteAnswer(print(*E->getNamedConcept(), E->getTemplateArguments()),
                 E->isSatisfied(), E->getBeginLoc());
    };
    auto Required = [&](const RequiresExpr *E, const NamedDecl *In,
                        unsigned Number) {
      std::string Shown;
      raw_string_ostream OS(Shown);
      OS << "requires-expression " << Number << " of ";
      In->getNameForDiagnostic(OS, Policy, /*Qualified=*/true);
      noteAnswer(Shown, E->isSatisfied(), E->getBeginLoc());
    };
    Questions Reader(SM, Asked, Required);
    for (Decl *D : Context.getTraversalScope())
      Reader.TraverseDecl(D);
  }

  /// `app::Size<app::Old>`
  std::string print(const NamedDecl &Template,
                    ArrayRef<TemplateArgument> Arguments) const {
    std::string Text = qualifiedName(&Template);
    raw_string_ostream OS(Text);
    SmallVector<TemplateArgument, 4> Canonical;
    for (const TemplateArgument &Argument : Arguments)
      Canonical.push_back(Context.getCanonicalTemplateArgument(Argument));
    printTemplateArgumentList(OS, Canonical, Policy);
    return Text;
  }

  /// True when a legacy or canonical class is named in \p Text.
  bool namesClass(StringRef Text) const {
    auto Names = [&](StringRef Class) {
      return Text.contains(Class) && replaceName(Text, Class, "") != Text;
    };
    return any_of(Rules.Consolidate, [&](const Consolidation &Entry) {
      return Names(Entry.typeText()) ||
             any_of(Entry.From, [&](const LegacyClass &Legacy) {
               return Names(Legacy.Name);
             });
    });
  }

  template <typename Specialisation>
  std::string taken(const Specialisation &Spec) const {
    if (Spec.isInStdNamespace() && is_contained(Comparisons, Spec.getName()))
      return compares(Spec.getName(), Spec.getTemplateArgs()) ? "true"
                                                              : "false";
    if (Spec.getSpecializationKind() == TSK_ExplicitSpecialization)
      return "its specialisation";
    auto From = Spec.getSpecializedTemplateOrPartial();
    using Template = decltype(Spec.getSpecializedTemplate());
    if (isa<Template>(From))
      return "the template itself";
    const Specialisation &Partial = *partialOf(From);
    return "its specialisation '" +
           asCanonical(print(Partial, Partial.getTemplateArgs().asArray()),
                       Rules) +
           "'";
  }

  /// What `is_same<A, B>` or `is_base_of<A, B>` says.
  bool compares(StringRef Trait, const TemplateArgumentList &Arguments) const {
    QualType A = Arguments[0].getAsType(), B = Arguments[1].getAsType();
    if (Context.hasSameType(A, B))
      return true;
    const CXXRecordDecl *Base = A->getAsCXXRecordDecl();
    const CXXRecordDecl *Derived = B->getAsCXXRecordDecl();
    return Trait.starts_with("is_base_of") && Base && Derived &&
           (Base->getCanonicalDecl() == Derived->getCanonicalDecl() ||
            (Derived->hasDefinition() && Derived->isDerivedFrom(Base)));
  }

  template <typename Template, typename Partial>
  static Partial *partialOf(PointerUnion<Template *, Partial *> From) {
    return cast<Partial *>(From);
  }
};

} // namespace

std::vector<TemplateChoice> templateChoices(ASTContext &Context,
                                            const RuleSet &Rules) {
  return TemplateChoices(Context, Rules).run();
}

} // namespace consolidate
