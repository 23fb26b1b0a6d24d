//===- Patterns.h - Rules as patterns of expressions ------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_PATTERNS_H
#define CONSOLIDATE_LIB_MATCH_PATTERNS_H

#include "MatchInternal.h"

namespace clang {
class Sema;
}

namespace consolidate {

// --- Patterns.cpp ------------------------------------------------------------

/// What a metavariable stands for at one place.
struct Binding {
  enum class Adjust {
    None,
    AddressOf, ///< The rule means the address of the expression.
    Pointee,   ///< The rule means what the expression points to.
  };
  Adjust How = Adjust::None;
  std::vector<const clang::Expr *> Exprs; ///< One, or those of a pack.
  /// Calls that convert them, by constructors and functions of classes, and
  /// that nobody wrote.
  std::vector<const clang::Expr *> Conversions;
  std::string TypeText; ///< Of a type metavariable: its full name...
  std::string TypeKey;  ///< ...and as typeKey has it.
  clang::QualType Type; ///< Null where only a part of a name is known.
  WrittenList Types;    ///< Where it is spelled: the list...
  size_t WhichType = 0; ///< ...and its place in that.
  bool Bound = false;
};
using Bindings = std::vector<Binding>;

/// The class named before `::`; null where none is.
clang::QualType typeBefore(clang::NestedNameSpecifierLoc Qualifier);
/// `p` of the `p->` that \p E is, where an operator makes a pointer of it; else
/// null.
const clang::Expr *smartPointerOf(const clang::Expr *E);
/// True when \p Callee, or what it overrides, is what \p Pattern calls or
/// names; binds its type metavariables.
bool matchCallee(const ExprPattern &Pattern, const clang::NamedDecl *Callee,
                 Bindings &Out);
/// Matches \p Arguments (as written; a default argument left out is a
/// CXXDefaultArgExpr) against the children of a pattern.
bool matchArguments(llvm::ArrayRef<ExprPattern> Patterns,
                    llvm::ArrayRef<const clang::Expr *> Arguments,
                    clang::ASTContext &Context, Bindings &Out);
/// A built-in operator other than `&x` and `*x`, as it is spelled, and what it
/// is applied to. Empty for any other expression.
struct BuiltinOperator {
  llvm::StringRef Spelled;
  llvm::SmallVector<const clang::Expr *, 3> Operands;
};
std::optional<BuiltinOperator> builtinOperator(const clang::Expr *E);
/// The type of an operand, before it is converted; "" where it is dependent.
std::string operandType(const clang::Expr *E);
/// The arguments of `X<T>(a, b)` and of `X<T>{a, b}`.
llvm::SmallVector<const clang::Expr *, 4>
writtenArguments(const clang::CXXUnresolvedConstructExpr *E);
/// The expression that the only piece of \p Argument stands for, or null.
const clang::Expr *onlyExpr(const AfterTemplate &Argument,
                            const Bindings &Bound);
/// Of a call that hands \p Written on: how it passes it, \p Passed.
void noteConversion(const clang::Expr *Written, const clang::Expr *Passed,
                    Bindings &Out);
/// Matches a whole expression.
bool matchExpr(const ExprPattern &Pattern, const clang::Expr *E,
               clang::ASTContext &Context, Bindings &Out);

// --- TypePatterns.cpp --------------------------------------------------------

/// Prints types with all of their scopes, and without `class`.
clang::PrintingPolicy fullNames(const clang::ASTContext &Context);
/// The full name of a type, whichever aliases it was spelled by.
std::string typeKey(clang::QualType Type, const clang::ASTContext &Context);
/// The same for any template argument.
std::string argumentKey(const clang::TemplateArgument &Argument,
                        const clang::ASTContext &Context);
/// The arguments of the class template that \p D is a member of, and of those
/// around it; none where it is none of an instantiation.
llvm::SmallVector<clang::TemplateArgument, 4>
classArguments(const clang::Decl *D);
/// What \p F takes that its own template deduces, as typeKey; "" for the
/// parameters whose type is given.
std::vector<std::string> deducedParameters(const clang::FunctionDecl *F);

/// True when \p Callee, which has one of the USRs of \p Pattern, is of the
/// types that the rule is for; binds what stands for its type metavariables.
bool matchTypes(const ExprPattern &Pattern, const clang::NamedDecl *Callee,
                Bindings &Out);
/// The same, whatever they stand for.
bool isForTypesOf(const ExprPattern &Pattern, const clang::NamedDecl *Callee);
/// True when an argument that \p Pattern is for can be a \p Type: the same, a
/// class derived from it, a literal for a string.
bool takesArgument(llvm::StringRef Pattern, clang::QualType Type,
                   const clang::ASTContext &Context, Bindings &Out);
/// matchTypes for the template arguments that a call spells.
bool matchTypeArguments(llvm::ArrayRef<std::string> Patterns,
                        llvm::ArrayRef<clang::TemplateArgument> Arguments,
                        const clang::ASTContext &Context, Bindings &Out);
/// The type metavariable that \p Pattern is as a whole.
std::optional<unsigned> wholeTypeMetavariable(llvm::StringRef Pattern);
/// Every type metavariable in \p Pattern.
void collectTypeMetavariables(llvm::StringRef Pattern,
                              std::set<unsigned> &Result);
/// How the function takes an argument, with the types of this place.
Passing passingHere(const Passing &Rule, const Bindings &Bound);

// --- PatternCompiler.cpp -----------------------------------------------------

/// What the metavariables of one rule function are.
struct RuleParameters {
  llvm::SmallVector<const clang::ParmVarDecl *, 4> Expressions;
  llvm::SmallVector<const clang::TemplateTypeParmDecl *, 2> Types;
};
RuleParameters parametersOf(const clang::FunctionDecl *F);
/// A key of TypePatterns.cpp with `$3` where a type metavariable stands.
std::string typePattern(llvm::StringRef Key, const RuleParameters &Parameters);
/// The metavariable that \p E is as a whole.
std::optional<unsigned> metavariableOf(const clang::Expr *E,
                                       const RuleParameters &Parameters);
/// How tightly a binary operator binds: 1 for `,`, more for tighter ones.
unsigned bindingOf(clang::BinaryOperatorKind Kind);
/// The pattern of an expression of a rule unit, or what is wrong with it.
std::optional<ExprPattern> compilePattern(clang::ASTContext &Context,
                                          const clang::Expr *E,
                                          const RuleParameters &Parameters,
                                          std::string &WhyNot);

// --- ConstructorCandidates.cpp -----------------------------------------------

/// The class template of `X<T>`; null for any other type.
const clang::ClassTemplateDecl *
templateOf(const clang::TemplateSpecializationType *Spec);
/// True for `args...` among them.
bool holdsPack(llvm::ArrayRef<const clang::Expr *> Arguments);
/// The constructors that may be meant with \p Arguments, all with as many
/// parameters; with a pack, every one.
std::vector<const clang::CXXConstructorDecl *>
constructorCandidates(const clang::ClassTemplateDecl *Template,
                      const clang::TemplateSpecializationType &Spec,
                      llvm::ArrayRef<const clang::Expr *> Arguments,
                      const RuleParameters &Parameters);
/// The constructors that `X<T>(a, b)` in a rule may mean, by the types of the
/// metavariables; none where nothing but an instantiation tells.
std::vector<const clang::CXXConstructorDecl *>
constructorsMeant(const clang::CXXUnresolvedConstructExpr *E,
                  const RuleParameters &Parameters);

// --- StandIns.cpp ------------------------------------------------------------

/// The instantiation of the function of a rule with a class of its own for
/// every type metavariable; null where there are none, or packs, or no class
/// will do. Its expressions may still contain errors; \p Error: the first, in
/// Clang's words.
const clang::FunctionDecl *withStandIns(clang::Sema &S,
                                        const clang::FunctionDecl *RuleFunction,
                                        std::string &Error);
/// A type metavariable, or a reference to one.
bool isStandIn(clang::QualType Type);
/// \p Callee, and the overloads that differ from it in nothing but what they
/// take for a type metavariable.
std::vector<const clang::FunctionDecl *>
calleesMeant(const clang::FunctionDecl *Callee,
             llvm::ArrayRef<const clang::Expr *> Arguments);

// --- AfterTemplate.cpp -----------------------------------------------------

/// Cuts the source of \p Range, in the function with \p Parameters, into text,
/// metavariables and names that can be shortened.
/// With \p QualifyAll names without a qualifier are names as well: the
/// expression comes from the body of a function in another scope.
AfterTemplate makeAfterTemplate(clang::ASTContext &Context,
                                const clang::Expr *E,
                                const RuleParameters &Parameters,
                                bool QualifyAll = false);
/// The tokens of \p E with one space between, for comparing expressions.
std::string normalizedTokens(clang::ASTContext &Context, const clang::Expr *E);
/// \p E without casts, temporaries and conversions nobody wrote.
const clang::Expr *asWritten(const clang::Expr *E);

/// The comma operator: without parentheses of its own it is two arguments.
bool isComma(const clang::Expr *E);

/// Keywords and casts in front: what follows is taken in by their operand.
bool bindsLoosely(const clang::Expr *E);

/// What is outermost in an expression, when it becomes an operand.
struct Outermost {
  bool NeedsParens = false; ///< Beside some operators.
  unsigned Binding = 0;     ///< Of a binary operator, as in CompiledRewrite.
};
Outermost outermostOf(const clang::Expr *E);

/// `T()` or `T(x)`: an expression that may also be read as the declaration of a
/// parameter. \p E as written.
bool isTypeCall(const clang::Expr *E);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_PATTERNS_H
