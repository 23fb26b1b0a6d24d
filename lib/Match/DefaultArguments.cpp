//===- DefaultArguments.cpp - Arguments that are left out -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Where no rule says anything else, a constructor or method of the legacy class
// becomes that of the canonical class with the same parameters. An argument
// that a call leaves out may be another one there.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// The value of a constant, as text; else how it is spelled.
static std::string meaningOf(const Expr *Default, ASTContext &Context) {
  Expr::EvalResult Value;
  if (!Default->isValueDependent() &&
      Default->EvaluateAsRValue(Value, Context) && !Value.HasSideEffects)
    return Value.Val.getAsString(Context, Default->getType());
  return normalizedTokens(Context, Default);
}

static const Expr *defaultOf(const ParmVarDecl *P) {
  if (!P->hasDefaultArg() || P->hasUnparsedDefaultArg())
    return nullptr;
  return P->hasUninstantiatedDefaultArg() ? P->getUninstantiatedDefaultArg()
                                          : P->getDefaultArg();
}

std::vector<unsigned> changedDefaults(const FunctionDecl *Legacy,
                                      const FunctionDecl *Canonical) {
  ASTContext &Context = Legacy->getASTContext();
  std::vector<unsigned> Result;
  unsigned Count = std::min(Legacy->getNumParams(), Canonical->getNumParams());
  for (unsigned I = 0; I < Count; ++I) {
    const Expr *Before = defaultOf(Legacy->getParamDecl(I));
    const Expr *After = defaultOf(Canonical->getParamDecl(I));
    if (Before && After &&
        meaningOf(Before, Context) != meaningOf(After, Context))
      Result.push_back(I);
  }
  return Result;
}

/// Why a call of \p Callee would mean something else in the canonical class;
/// empty when it would not.
Reason UseCollector::changedDefault(const FunctionDecl *Callee,
                                    ArrayRef<const Expr *> Arguments) const {
  if (Rules.ChangedDefaults.empty())
    return {};
  auto Changed = Rules.ChangedDefaults.find(usrOf(patternOf(Callee)));
  if (Changed == Rules.ChangedDefaults.end())
    return {};
  for (unsigned I : Changed->second)
    if (I < Arguments.size() && isa<CXXDefaultArgExpr>(Arguments[I]))
      return {MessageId::AnotherDefault,
              "the canonical class has another default argument for '" +
                  Callee->getParamDecl(I)->getNameAsString() +
                  "', which the call leaves out; --unsafe applies it"};
  return {};
}

/// `engine.run()`: nothing in it is edited, but it goes with its object.
void UseCollector::addDefaultedCall(const CallExpr *E,
                                    const FunctionDecl *Callee) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  LegacyEntry Entry = Method ? Index.find(Method->getParent()) : LegacyEntry{};
  const auto *Member =
      dyn_cast<MemberExpr>(E->getCallee()->IgnoreParenImpCasts());
  if (!Entry || Options.AllowUnsafe || InsideOwnText == Entry.Legacy ||
      rewriteOfMember(Callee))
    return;
  SmallVector<const Expr *, 4> Arguments(E->arguments());
  Reason Changed = changedDefault(Callee, Arguments);
  if (Changed.empty())
    return;
  RawUse Use = makeUse(FindingKind::Member, Entry,
                       Member ? Member->getMemberLoc() : E->getExprLoc(),
                       "call that leaves out an argument");
  Use.Message =
      "'" + qualifiedName(Callee) + "' is called with its own default argument";
  Use.leave(std::move(Changed));
  if (Member)
    tieToObjects(Use, {Member->getBase()});
  addUse(std::move(Use));
}

} // namespace consolidate
