//===- Safety.h - What a rewrite changes at one place -----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_SAFETY_H
#define CONSOLIDATE_LIB_MATCH_SAFETY_H

#include "Patterns.h"

namespace consolidate {

// --- Safety.cpp --------------------------------------------------------------

/// True when evaluating \p E twice, or never, cannot be noticed.
bool isPure(const clang::Expr *E, clang::ASTContext &Context);
/// True when the arguments have effects that depend on which comes first.
bool orderMatters(const CompiledRewrite &Rewrite, const Bindings &Bound,
                  clang::ASTContext &Context);
/// What evaluating the new expression can change; empty when nothing.
/// \p LosesOrder: from braces, which evaluate in order, to a call.
Reason changedEffects(const CompiledRewrite &Rewrite, const Bindings &Bound,
                      bool LosesOrder, clang::ASTContext &Context);

/// An argument that names what \p Rewrite declares around it, where it would be
/// put; empty when none does.
Reason hiddenArgument(const CompiledRewrite &Rewrite, const Bindings &Bound,
                      clang::ASTContext &Context);

// --- Passing.cpp -------------------------------------------------------------

/// How the calls in \p E take the metavariables, by index.
std::vector<Passing> readPassing(const clang::Expr *E,
                                 const RuleParameters &Parameters);
/// How a wrapper takes its own parameters.
std::vector<Passing> readPassing(const clang::FunctionDecl *Wrapper);
ResultFacts resultOf(const clang::Expr *E);
ResultFacts returnedBy(const clang::FunctionDecl *F);

// --- Ownership.cpp -----------------------------------------------------------

/// A reference where there was a copy, or a copy where there was a reference.
/// \p DiesWithScope: the object is a local variable itself.
Reason changedOwnership(const CompiledRewrite &Rewrite, const Bindings &Bound,
                        bool DiesWithScope, const clang::ASTContext &Context);
/// A result that is an object of its own, or is one no more.
Reason changedResult(const CompiledRewrite &Rewrite);
/// What it takes to put the result of `after` where an object of the class
/// \p Canonical was constructed; \p InPlace: in storage that a library or a
/// derived class provides.
Reason changedPlace(const CompiledRewrite &Rewrite, llvm::StringRef Canonical,
                    bool InPlace, const clang::LangOptions &LangOpts);

// --- Narrowing.cpp -----------------------------------------------------------

/// What converting to an arithmetic type means.
struct Narrowing {
  bool LosesValue = false;  ///< Not every value fits.
  bool NeedsParens = false; ///< Ill-formed in braces.
};
Narrowing narrowingOf(const clang::Expr *E, int Kind,
                      clang::ASTContext &Context);
/// A value that fitted the legacy parameter and may not fit the canonical one.
Reason changedValues(const CompiledRewrite &Rewrite, const Bindings &Bound,
                     clang::ASTContext &Context);
/// True when braces would not compile, or choose another constructor.
bool bracesDiffer(const CompiledRewrite &Rewrite, const Bindings &Bound,
                  clang::ASTContext &Context);

// --- DefaultArguments.cpp --------------------------------------------------

/// The indices of the parameters whose default arguments differ in meaning.
std::vector<unsigned> changedDefaults(const clang::FunctionDecl *Legacy,
                                      const clang::FunctionDecl *Canonical);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_SAFETY_H
