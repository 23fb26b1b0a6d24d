//===- ClassArguments.cpp - What stands for T in scoped_array<T> ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/CharInfo.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

static const ClassTemplateSpecializationDecl *
specializationOf(const CXXConstructExpr *E) {
  return dyn_cast<ClassTemplateSpecializationDecl>(
      constructorOf(E)->getParent());
}

/// The types that stand for the parameters of a class template: as \p Type,
/// what is written here, spells them, or else by their full names.
void UseCollector::bindClassArguments(const ExprPattern &Pattern,
                                      const CXXConstructExpr *E, TypeLoc Type,
                                      Bindings &Bound) const {
  const ClassTemplateSpecializationDecl *Spec = specializationOf(E);
  TemplateSpecializationTypeLoc Written;
  if (!Type.isNull() && Index.find(Type.getType()))
    Written = Type.getUnqualifiedLoc().getAs<TemplateSpecializationTypeLoc>();
  for (auto [I, Which] : enumerate(Pattern.TemplateArguments)) {
    if (Which < 0 || !Spec || I >= Spec->getTemplateArgs().size() ||
        Spec->getTemplateArgs()[I].getKind() != TemplateArgument::Type)
      continue;
    Binding &B = Bound[Which];
    B.Bound = true;
    if (Written && I < Written.getNumArgs() &&
        fileRange(Written.getArgLoc(I).getSourceRange()).isValid())
      B.Type = Written.getArgLoc(I).getSourceRange();
    else
      B.TypeText = typeName(Spec->getTemplateArgs()[I].getAsType());
  }
}

std::string UseCollector::typeName(QualType Type) const {
  PrintingPolicy Policy = Context.getPrintingPolicy();
  Policy.FullyQualifiedName = true;
  Policy.SuppressTagKeyword = true;
  return Type.getAsString(Policy);
}

/// The canonical class as a rule writes it, with the types of this place for
/// the parameters of the legacy one.
std::string UseCollector::canonicalType(const LegacyEntry &Entry,
                                        const CXXConstructExpr *E) const {
  StringRef Rest = Entry.Into->Into;
  ArrayRef<std::string> Parameters = Entry.Legacy->TemplateParameters;
  const ClassTemplateSpecializationDecl *Spec = specializationOf(E);
  if (Parameters.empty() || !Spec)
    return Rest.str();
  std::string Result;
  while (!Rest.empty()) {
    StringRef Word =
        Rest.take_while([](char C) { return isAsciiIdentifierContinue(C); });
    size_t Which = find(Parameters, Word) - Parameters.begin();
    bool IsType =
        Which < Spec->getTemplateArgs().size() && Which < Parameters.size() &&
        Spec->getTemplateArgs()[Which].getKind() == TemplateArgument::Type;
    if (IsType)
      Result += typeName(Spec->getTemplateArgs()[Which].getAsType());
    else
      Result += Word.empty() ? Rest.take_front(1) : Word;
    Rest = Rest.drop_front(std::max<size_t>(Word.size(), 1));
  }
  return Result;
}

} // namespace consolidate
