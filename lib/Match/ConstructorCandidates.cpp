//===- ConstructorCandidates.cpp - Which constructors a rule may mean -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// `X<T>(a, b)` in a rule with type metavariables or a pack: no overload has
// been chosen, so the constructors are told by their number of parameters, and
// where that is not enough by the types of the metavariables.
//
//===----------------------------------------------------------------------===//
#include "Patterns.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Another class is meant then, with constructors of its own.
bool isSpecialised(const ClassTemplateDecl *Template) {
  SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
  const_cast<ClassTemplateDecl *>(Template)->getPartialSpecializations(Partial);
  return !Partial.empty() ||
         any_of(Template->specializations(),
                [](const ClassTemplateSpecializationDecl *Spec) {
                  return Spec->isExplicitSpecialization();
                });
}

/// The type, with the parameters of \p Template by what stands for them.
std::string typeText(QualType Type, const ClassTemplateDecl *Template,
                     const TemplateSpecializationType &Spec,
                     const ASTContext &Context) {
  Type = Type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  PrintingPolicy Policy = fullNames(Context);
  std::string Text = Type.getAsString(Policy);
  std::map<std::string, std::string> Names;
  auto Canonical = [](unsigned Index) {
    return "type-parameter-0-" + std::to_string(Index);
  };
  if (Template) {
    for (auto [I, Argument] : enumerate(Spec.template_arguments()))
      if (Argument.getKind() == TemplateArgument::Type)
        Names[Canonical(I)] =
            Argument.getAsType().getCanonicalType().getAsString(Policy);
  }
  std::string Result;
  for (StringRef Rest = Text; !Rest.empty();) {
    size_t Size = Rest.take_while([](char C) {
                        return isAlnum(C) || C == '_' || C == '-';
                      })
                      .size();
    auto Known = Names.find(Rest.take_front(Size).str());
    Result += Known == Names.end()
                  ? Rest.take_front(std::max<size_t>(Size, 1)).str()
                  : Known->second;
    Rest = Rest.drop_front(std::max<size_t>(Size, 1));
  }
  return Result;
}

/// True when the parameters of \p Ctor are of the types of the metavariables
/// among the arguments, with the template arguments of \p Spec.
bool takes(const CXXConstructorDecl *Ctor, const ClassTemplateDecl *Template,
           const TemplateSpecializationType &Spec,
           ArrayRef<const Expr *> Arguments, const RuleParameters &Parameters) {
  const ASTContext &Context = Ctor->getASTContext();
  for (auto [I, Argument] : enumerate(Arguments))
    if (metavariableOf(Argument, Parameters) &&
        typeText(Ctor->getParamDecl(I)->getType(), Template, Spec, Context) !=
            typeText(asWritten(Argument)->getType(), nullptr, Spec, Context))
      return false;
  return true;
}

} // namespace

const ClassTemplateDecl *templateOf(const TemplateSpecializationType *Spec) {
  return Spec ? dyn_cast_or_null<ClassTemplateDecl>(
                    Spec->getTemplateName().getAsTemplateDecl())
              : nullptr;
}

bool holdsPack(ArrayRef<const Expr *> Arguments) {
  return any_of(Arguments,
                [](const Expr *E) { return isa<PackExpansionExpr>(E); });
}

std::vector<const CXXConstructorDecl *> constructorCandidates(
    const ClassTemplateDecl *Template, const TemplateSpecializationType &Spec,
    ArrayRef<const Expr *> Arguments, const RuleParameters &Parameters) {
  std::vector<const CXXConstructorDecl *> Result;
  bool Any = holdsPack(Arguments);
  for (const CXXConstructorDecl *Ctor : Template->getTemplatedDecl()->ctors())
    if (!Ctor->isCopyOrMoveConstructor() &&
        (Any || (Ctor->getMinRequiredArguments() <= Arguments.size() &&
                 Arguments.size() <= Ctor->getNumParams())))
      Result.push_back(Ctor);
  if (Any || Result.size() < 2)
    return Result;
  erase_if(Result, [&](const CXXConstructorDecl *Ctor) {
    return !takes(Ctor, Template, Spec, Arguments, Parameters);
  });
  unsigned Fewest = ~0u;
  for (const CXXConstructorDecl *Ctor : Result)
    Fewest = std::min(Fewest, Ctor->getNumParams());
  erase_if(Result, [&](const CXXConstructorDecl *Ctor) {
    return Ctor->getNumParams() > Fewest;
  });
  return Result;
}

std::vector<const CXXConstructorDecl *>
constructorsMeant(const CXXUnresolvedConstructExpr *E,
                  const RuleParameters &Parameters) {
  const auto *Spec = E->getTypeAsWritten()->getAs<TemplateSpecializationType>();
  const ClassTemplateDecl *Template = templateOf(Spec);
  if (!Template || isSpecialised(Template))
    return {};
  SmallVector<const Expr *, 4> Arguments = writtenArguments(E);
  if (holdsPack(Arguments))
    return {};
  std::vector<const CXXConstructorDecl *> Result =
      constructorCandidates(Template, *Spec, Arguments, Parameters);
  erase_if(Result, [&](const CXXConstructorDecl *Ctor) {
    return !takes(Ctor, Template, *Spec, Arguments, Parameters);
  });
  return Result;
}

} // namespace consolidate
