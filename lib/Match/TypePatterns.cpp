//===- TypePatterns.cpp - The types that a rule is for --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A function is known by what it was instantiated from, so its USR is that of
// every instantiation: make<A>(n) and make<B>(n), Old<int>::run and
// Old<long>::run. Which of them a rule means is told by types, as text: the
// rule and the place are in translation units of their own. `$3` stands for the
// type metavariable 3: a::Old<$3>.
//
//===----------------------------------------------------------------------===//
#include "Patterns.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Without reference, and `const` of the object.
QualType plain(QualType Type) {
  return Type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
}

/// Where the type that begins \p Text may end: outside of all brackets, and
/// before what separates it from another one.
SmallVector<size_t, 4> possibleEnds(StringRef Text) {
  SmallVector<size_t, 4> Result;
  int Depth = 0;
  for (size_t I = 0; I < Text.size() && Depth >= 0; ++I) {
    if (StringRef("<([{").contains(Text[I]))
      ++Depth;
    else if (StringRef(">)]}").contains(Text[I]))
      --Depth;
    else if (Text[I] == ',' && Depth == 0)
      break;
    if (Depth == 0)
      Result.push_back(I + 1);
  }
  return Result;
}

Binding &bindingAt(Bindings &Out, unsigned Index) {
  if (Index >= Out.size())
    Out.resize(Index + 1);
  return Out[Index];
}

bool bindType(unsigned Index, StringRef Key, Bindings &Out) {
  Binding &B = bindingAt(Out, Index);
  if (B.Bound)
    return B.TypeKey == Key;
  B.Bound = true;
  B.TypeKey = B.TypeText = Key.str();
  return true;
}

/// Takes `$3` from the front of \p Pattern.
unsigned takeMetavariable(StringRef &Pattern) {
  unsigned Index = 0;
  Pattern = Pattern.drop_front();
  Pattern.consumeInteger(10, Index);
  return Index;
}

bool matchKey(StringRef Pattern, StringRef Key, Bindings &Out) {
  size_t Hole = Pattern.find('$');
  if (Hole == StringRef::npos)
    return Pattern.empty() || Pattern == Key;
  if (!Key.consume_front(Pattern.take_front(Hole)))
    return false;
  Pattern = Pattern.drop_front(Hole);
  unsigned Index = takeMetavariable(Pattern);
  SmallVector<size_t, 4> Ends = possibleEnds(Key);
  if (Pattern.empty())
    return is_contained(Ends, Key.size()) && bindType(Index, Key, Out);
  for (size_t End : Ends) {
    Bindings Trial = Out;
    if (bindType(Index, Key.take_front(End), Trial) &&
        matchKey(Pattern, Key.drop_front(End), Trial)) {
      Out = std::move(Trial);
      return true;
    }
  }
  return false;
}

/// As matchKey; a metavariable that is all of it knows the type as well.
bool matchType(StringRef Pattern, QualType Type, const ASTContext &Context,
               Bindings &Out) {
  if (!matchKey(Pattern, typeKey(Type, Context), Out))
    return false;
  if (std::optional<unsigned> Index = wholeTypeMetavariable(Pattern)) {
    Binding &B = Out[*Index];
    B.TypeText = typeName(Type, Context);
    B.Type = Type;
  }
  return true;
}

bool matchClassArguments(const ExprPattern &Pattern, const NamedDecl *Callee,
                         Bindings &Out) {
  if (Pattern.ClassArguments.empty())
    return true;
  SmallVector<TemplateArgument, 4> Arguments = classArguments(Callee);
  if (Arguments.empty()) // The template itself.
    return all_of(Pattern.ClassArguments, wholeTypeMetavariable);
  return matchTypeArguments(Pattern.ClassArguments, Arguments,
                            Callee->getASTContext(), Out);
}

bool matchParameters(const ExprPattern &Pattern, const NamedDecl *Callee,
                     Bindings &Out) {
  const auto *Function = dyn_cast<FunctionDecl>(Callee);
  if (!Function || !Function->isTemplateInstantiation())
    return true;
  // A pack has as many as the call passes.
  size_t Count =
      std::min<size_t>(Pattern.ParameterTypes.size(), Function->getNumParams());
  for (size_t I = 0; I < Count; ++I)
    if (!Pattern.ParameterTypes[I].empty() &&
        !takesArgument(Pattern.ParameterTypes[I],
                       Function->getParamDecl(I)->getType(),
                       Callee->getASTContext(), Out))
      return false;
  return true;
}

} // namespace

PrintingPolicy fullNames(const ASTContext &Context) {
  PrintingPolicy Policy = Context.getPrintingPolicy();
  Policy.FullyQualifiedName = true;
  Policy.SuppressTagKeyword = true;
  return Policy;
}

std::string typeKey(QualType Type, const ASTContext &Context) {
  return Type.getCanonicalType().getAsString(fullNames(Context));
}

std::string argumentKey(const TemplateArgument &Argument,
                        const ASTContext &Context) {
  if (Argument.getKind() == TemplateArgument::Type)
    return typeKey(Argument.getAsType(), Context);
  if (Argument.isDependent())
    return "";
  std::string Result;
  raw_string_ostream OS(Result);
  Argument.print(fullNames(Context), OS, /*IncludeType=*/false);
  // `1` and `1L` for an `auto`.
  if (Argument.getKind() == TemplateArgument::Integral)
    OS << " of " << typeKey(Argument.getIntegralType(), Context);
  return Result;
}

/// One by one, those of a pack too.
static void appendArguments(ArrayRef<TemplateArgument> Arguments,
                            SmallVectorImpl<TemplateArgument> &Out) {
  for (const TemplateArgument &Argument : Arguments)
    if (Argument.getKind() == TemplateArgument::Pack)
      appendArguments(Argument.getPackAsArray(), Out);
    else
      Out.push_back(Argument);
}

SmallVector<TemplateArgument, 4> classArguments(const Decl *D) {
  SmallVector<TemplateArgument, 4> Result;
  for (const DeclContext *Around = D->getDeclContext(); Around;
       Around = Around->getParent())
    if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(Around))
      appendArguments(Class->getTemplateArgs().asArray(), Result);
  return Result;
}

std::vector<std::string> deducedParameters(const FunctionDecl *F) {
  std::vector<std::string> Result;
  const FunctionTemplateDecl *Template = F->getPrimaryTemplate();
  if (!Template)
    return Result;
  const FunctionDecl *Declared = Template->getTemplatedDecl();
  for (unsigned I = 0; I < F->getNumParams(); ++I) {
    // Behind the last one stands a pack.
    unsigned As = std::min(I, Declared->getNumParams() - 1);
    Result.push_back(
        Declared->getParamDecl(As)->getType()->isDependentType()
            ? typeKey(plain(F->getParamDecl(I)->getType()), F->getASTContext())
            : "");
  }
  return Result;
}

bool takesArgument(StringRef Pattern, QualType Type, const ASTContext &Context,
                   Bindings &Out) {
  Type = plain(Type);
  if (matchType(Pattern, Type, Context, Out))
    return true;
  if (Type->isNullPtrType())
    return Pattern.ends_with("*");
  QualType Pointee = Type->isPointerType() ? Type->getPointeeType()
                     : Type->isArrayType()
                         ? Context.getAsArrayType(Type)->getElementType()
                         : QualType();
  if (!Pointee.isNull() && Pointee->isAnyCharacterType() &&
      Pattern.starts_with("std::basic_string"))
    return true;
  StringRef Class = Pattern;
  if (Type->isPointerType()) {
    Class.consume_back("*");
    Class = Class.rtrim();
    Class.consume_front("const ");
  }
  const CXXRecordDecl *Record =
      (Type->isPointerType() ? Pointee : Type)->getAsCXXRecordDecl();
  bool Derived = false;
  if (Record && Record->hasDefinition())
    Record->forallBases([&](const CXXRecordDecl *Base) {
      Derived = Derived || matchKey(Class, typeKey(typeOf(Base), Context), Out);
      return true;
    });
  return Derived;
}

bool matchTypeArguments(ArrayRef<std::string> Patterns,
                        ArrayRef<TemplateArgument> Arguments,
                        const ASTContext &Context, Bindings &Out) {
  if (Arguments.size() != Patterns.size())
    return false;
  for (auto [Pattern, Argument] : zip(Patterns, Arguments)) {
    bool Matches = Argument.getKind() == TemplateArgument::Type
                       ? matchType(Pattern, Argument.getAsType(), Context, Out)
                       : matchKey(Pattern, argumentKey(Argument, Context), Out);
    if (!Matches)
      return false;
  }
  return true;
}

bool matchTypes(const ExprPattern &Pattern, const NamedDecl *Callee,
                Bindings &Out) {
  return matchClassArguments(Pattern, Callee, Out) &&
         matchParameters(Pattern, Callee, Out);
}

bool isForTypesOf(const ExprPattern &Pattern, const NamedDecl *Callee) {
  Bindings Ignored;
  return matchTypes(Pattern, Callee, Ignored);
}

std::optional<unsigned> wholeTypeMetavariable(StringRef Pattern) {
  if (!Pattern.starts_with("$"))
    return std::nullopt;
  unsigned Index = takeMetavariable(Pattern);
  return Pattern.empty() ? std::optional(Index) : std::nullopt;
}

void collectTypeMetavariables(StringRef Pattern, std::set<unsigned> &Result) {
  for (size_t At = Pattern.find('$'); At != StringRef::npos;
       At = Pattern.find('$')) {
    Pattern = Pattern.drop_front(At);
    Result.insert(takeMetavariable(Pattern));
  }
}

Passing passingHere(const Passing &Rule, const Bindings &Bound) {
  Passing Result = Rule;
  StringRef Rest = Rule.Type;
  if (std::optional<unsigned> Whole = wholeTypeMetavariable(Rest);
      Whole && *Whole < Bound.size() && !Bound[*Whole].Type.isNull()) {
    QualType Type = Bound[*Whole].Type.getCanonicalType();
    const auto *Builtin = Type->getAs<BuiltinType>();
    if (Builtin && Builtin->isArithmeticType() && !Rule.IsPointer)
      Result.Arithmetic = Builtin->getKind();
    Result.OfClass = Rule.OfClass && Type->isRecordType();
  }
  Result.Type.clear();
  while (!Rest.empty()) {
    size_t Hole = std::min(Rest.find('$'), Rest.size());
    Result.Type += Rest.take_front(Hole);
    Rest = Rest.drop_front(Hole);
    if (Rest.empty())
      break;
    unsigned Index = takeMetavariable(Rest);
    Result.Type += Index < Bound.size() ? Bound[Index].TypeKey : "";
  }
  return Result;
}

} // namespace consolidate
