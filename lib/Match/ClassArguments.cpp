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

WrittenList writtenList(SourceLocation LAngle,
                        ArrayRef<TemplateArgumentLoc> Arguments,
                        SourceLocation RAngle) {
  WrittenList Result;
  Result.Angles = {LAngle, RAngle};
  for (const TemplateArgumentLoc &Argument : Arguments)
    Result.Each.push_back(Argument.getSourceRange());
  return Result;
}

WrittenList writtenList(TemplateSpecializationTypeLoc Written) {
  SmallVector<TemplateArgumentLoc, 2> Arguments;
  for (unsigned I = 0; I < Written.getNumArgs(); ++I)
    Arguments.push_back(Written.getArgLoc(I));
  return writtenList(Written.getLAngleLoc(), Arguments, Written.getRAngleLoc());
}

/// Where \p Type, what is written here, spells the types that stand for the
/// parameters of a class template.
void UseCollector::noteWrittenArguments(const ExprPattern &Pattern,
                                        TypeLoc Type, Bindings &Bound) const {
  TemplateSpecializationTypeLoc Written;
  if (!Type.isNull() && Index.find(Type.getType()))
    Written = Type.getUnqualifiedLoc().getAs<TemplateSpecializationTypeLoc>();
  if (!Written)
    return;
  for (auto [I, Argument] : enumerate(Pattern.ClassArguments)) {
    std::optional<unsigned> Which = wholeTypeMetavariable(Argument);
    if (Which && *Which < Bound.size() && I < Written.getNumArgs()) {
      Bound[*Which].Types = writtenList(Written);
      Bound[*Which].WhichType = I;
    }
  }
}

/// The type that \p Bound stands for, as it can be said in what is replaced:
/// the body of a macro says it for all expansions, so only in its own words.
Piece UseCollector::typePiece(const Binding &Bound) const {
  Piece Result;
  StringRef Macro = macroDefinition(Replacing.getBegin());
  if (!Bound.Types.Each.empty())
    Result.Source = argumentRange(Bound.Types, Bound.WhichType);
  if (Result.Source.isValid() &&
      macroDefinition(Result.Source.getBegin()).data() != Macro.data())
    Result.Source = {};
  if (Result.Source.isInvalid() && Macro.empty())
    Result.Text = Bound.TypeText;
  return Result;
}

std::string typeName(QualType Type, const ASTContext &Context) {
  std::string Result = Type.getAsString(fullNames(Context));
  // A type without the alias that it was spelled by, which nobody writes.
  static constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral>
      Aliases[] = {{"std::basic_string<char>", "std::string"},
                   {"std::basic_string<wchar_t>", "std::wstring"},
                   {"std::basic_string_view<char>", "std::string_view"},
                   {"std::basic_string_view<wchar_t>", "std::wstring_view"}};
  for (auto [Template, Alias] : Aliases)
    for (size_t At; (At = Result.find(Template)) != std::string::npos;)
      Result.replace(At, Template.size(), Alias);
  return Result;
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
      Result += typeName(Spec->getTemplateArgs()[Which].getAsType(), Context);
    else
      Result += Word.empty() ? Rest.take_front(1) : Word;
    Rest = Rest.drop_front(std::max<size_t>(Word.size(), 1));
  }
  return Result;
}

/// The canonical class as it can be said in what is replaced.
Piece UseCollector::classPiece(const LegacyEntry &Entry,
                               const CXXConstructExpr *E,
                               const NameSite &Site) const {
  std::string Type = canonicalType(Entry, E);
  if (Type != Entry.Into->Into &&
      !macroDefinition(Replacing.getBegin()).empty())
    return {};
  return {spellName(Type, Site, Context), {}, false};
}

} // namespace consolidate
