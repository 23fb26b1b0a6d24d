//===- Calls.cpp - Rewrites of calls and fields ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   before: netra::MakeEngine<T>(args...)   after: std::make_unique<T>(args...)
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

CallIndex::CallIndex(const CompiledRules &Rules) {
  for (const CompiledRewrite &Rewrite : Rules.Rewrites)
    if (Rewrite.Before.What == ExprPattern::Kind::Call ||
        Rewrite.Before.What == ExprPattern::Kind::Member)
      ByName[Rewrite.Before.Text].push_back(&Rewrite);
}

ArrayRef<const CompiledRewrite *> CallIndex::named(const NamedDecl *D) const {
  if (ByName.empty() || !D || !D->getIdentifier())
    return {};
  auto It = ByName.find(D->getName());
  return It == ByName.end() ? ArrayRef<const CompiledRewrite *>()
                            : ArrayRef(It->second);
}

static const Reason DependentCall = {
    MessageId::DependentCall,
    "its arguments depend on a template parameter, so the function is only "
    "known in an instantiation"};

/// The rewrite that replaces \p E as a whole: a call, a field, a construction.
const CompiledRewrite *UseCollector::rewriteOf(const Expr *E,
                                               Bindings &Bound) const {
  const NamedDecl *Named = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(E))
    Named = Call->getDirectCallee();
  else if (const auto *Member = dyn_cast<MemberExpr>(E))
    Named = Member->getMemberDecl();
  for (const CompiledRewrite *Rewrite : Calls.named(Named)) {
    Bound.clear();
    if (matchExpr(Rewrite->Before, E, Context, Bound))
      return Rewrite;
  }
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    E = Cast->getSubExpr()->IgnoreImplicit();
  if (!isa<CXXConstructExpr>(E))
    return nullptr;
  for (const CompiledRewrite &Rewrite : Rules.Rewrites) {
    Bound.clear();
    if (Rewrite.Before.What == ExprPattern::Kind::Construction &&
        matchExpr(Rewrite.Before, E, Context, Bound))
      return Rewrite.ConstructsCanonical ? nullptr : &Rewrite;
  }
  return nullptr;
}

/// True when what is written in the place of \p Replacing, with \p Outer
/// outermost, needs parentheses there.
bool UseCollector::needsParens(Outermost Outer) const {
  if (!Outer.NeedsParens)
    return false;
  auto IsReplaced = [&](const Expr *E) {
    return isInside(exprRange(E->getSourceRange()), Replacing);
  };
  // `Sized<(a > b)>`
  if (InTemplateArgument && IsReplaced(InTemplateArgument))
    return true;
  for (unsigned Up = 1; const DynTypedNode *Node = parent(Up); ++Up) {
    const auto *E = Node->get<Expr>();
    if (!E)
      return false;
    if (IsReplaced(E))
      continue;
    if (const auto *Op = dyn_cast<BinaryOperator>(E); Op && Outer.Binding) {
      unsigned Around = bindingOf(Op->getOpcode());
      return Outer.Binding < Around ||
             (Outer.Binding == Around && IsReplaced(Op->getRHS()));
    }
    if (const auto *Call = dyn_cast<CallExpr>(E);
        Call && !isa<CXXOperatorCallExpr>(E))
      return IsReplaced(Call->getCallee());
    return isa<BinaryOperator, UnaryOperator, MemberExpr, CXXOperatorCallExpr,
               ArraySubscriptExpr, AbstractConditionalOperator, CStyleCastExpr,
               CXXRewrittenBinaryOperator, CXXFoldExpr, CXXDeleteExpr,
               CoawaitExpr, UnaryExprOrTypeTraitExpr>(E);
  }
  return false;
}

/// `next()` of `next().Create(3)`, where the rule names a static member by its
/// class and so has no place for the object; else null.
static const Expr *droppedObject(const CompiledRewrite &Rewrite,
                                 const Expr *E) {
  if (Rewrite.Before.What != ExprPattern::Kind::Call ||
      Rewrite.Before.HasObject)
    return nullptr;
  const auto *Call = dyn_cast<CallExpr>(asWritten(E));
  const auto *Member =
      Call ? dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts())
           : nullptr;
  return Member && !Member->isImplicitAccess() ? Member->getBase() : nullptr;
}

RawUse UseCollector::rewrittenUse(const CompiledRewrite &Rewrite,
                                  StringRef Callee, SourceLocation Where,
                                  StringRef Form) const {
  RawUse Use;
  Use.Kind = FindingKind::Factory;
  Use.Rule = Rewrite.Name;
  Use.Form = Form.str();
  Use.Where = placeOf(Where);
  Use.Symbol = enclosingSymbol();
  Use.Signature = describeDeclaration(enclosingDeclaration());
  Use.Message =
      "'" + Callee.str() + "' is replaced by rewrite '" + Rewrite.Name + "'";
  return Use;
}

/// Where the member stands that \p E calls or is; invalid for others.
static SourceLocation memberName(const Expr *E) {
  E = asWritten(E);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    E = Call->getCallee()->IgnoreParenImpCasts();
  const auto *Member = dyn_cast<MemberExpr>(E);
  return Member ? Member->getMemberLoc() : SourceLocation();
}

/// Where a call or a field is shown: `f().g()` are two that begin at one place.
static SourceLocation shownAt(const Expr *E) {
  SourceLocation Member = memberName(E);
  return Member.isValid() ? Member : E->getBeginLoc();
}

/// Of a call that is rewritten, and of what is done with its result.
std::string UseCollector::resultGroup(const Expr *Call) const {
  return "result:" + placeKey(placeOf(shownAt(Call)));
}

/// Legacy objects among the arguments are canonical ones in the new call: it
/// goes together with the names that their class is spelled by.
void UseCollector::tieToObjects(RawUse &Use, ArrayRef<const Expr *> Objects) {
  for (const Expr *Object : Objects) {
    std::string Group = groupOfObject(Object);
    if (const CallExpr *From = rewrittenSource(Object))
      Group = resultGroup(From);
    if (!Group.empty() && !is_contained(Use.AlsoGroups, Group))
      Use.AlsoGroups.push_back(std::move(Group));
  }
}

/// What \p E is called on, or is a member of, and is called with.
static SmallVector<const Expr *, 4> operandsOf(const Expr *E) {
  SmallVector<const Expr *, 4> Result;
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    append_range(Result, Call->arguments());
    E = Call->getCallee()->IgnoreParenImpCasts();
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    Result.push_back(Member->getBase());
  return Result;
}

/// `X(1).run(2)`: as an operand the object is its construction, which has lost
/// the name that it is made by.
void UseCollector::tieToTemporaries(RawUse &Use, const Expr *E) {
  for (const Expr *Operand : operandsOf(E)) {
    const Expr *Inner = Operand->IgnoreParens()->IgnoreImplicit();
    const auto *Cast = dyn_cast<ExplicitCastExpr>(Inner->IgnoreParens());
    SourceLocation Name =
        Cast ? legacyNameIn(Cast->getTypeInfoAsWritten()->getTypeLoc())
             : SourceLocation();
    if (Name.isValid() && !is_contained(Use.AlsoGroups, groupOfName(Name)))
      Use.AlsoGroups.push_back(groupOfName(Name));
  }
}

/// Tries the rewrites of \p Callee on the whole expression \p E.
void UseCollector::addRewrittenExpr(const Expr *E, const NamedDecl *Callee) {
  for (const CompiledRewrite *Rewrite : Calls.named(Callee)) {
    Bindings Bound;
    if (!matchExpr(Rewrite->Before, E, Context, Bound))
      continue;
    SmallVector<const Expr *, 4> Given;
    for (const Binding &B : Bound)
      append_range(Given, B.Exprs);
    // Of what `p->` gives, the class is spelled where that of `p` is.
    copy_if(operandsOf(E), std::back_inserter(Given), [](const Expr *Operand) {
      return smartPointerOf(asWritten(Operand));
    });
    // What the legacy class does with itself goes with it, or stays.
    if (InsideOwnText && any_of(Given, [&](const Expr *Each) {
          return bool(Index.find(objectType(Each)));
        }))
      return;
    RawUse Use = rewrittenUse(*Rewrite, qualifiedName(Callee), shownAt(E),
                              isa<CallExpr>(E) ? "call" : "field");
    Use.NeedsHeaders = Rewrite->NeedsHeaders;
    tieToObjects(Use, Given);
    tieToTemporaries(Use, E);
    if (std::string Shared = groupOfShared(Callee); !Shared.empty())
      Use.AlsoGroups.push_back(std::move(Shared));
    if (Index.find(objectType(E)))
      Use.AlsoGroups.push_back(resultGroup(E));
    RewrittenMembers.insert(memberName(E));
    Use.Replaced = Replacing = exprRange(E->getSourceRange());
    bool Parens = needsParens(outermostIn(*Rewrite, Bound));
    if (Parens)
      Use.Pieces.push_back({"(", {}, false});
    appendTemplate(Use.Pieces, Rewrite->After, Bound,
                   siteFor({}, nullptr, Use.Where));
    if (Parens)
      Use.Pieces.push_back({")", {}, false});
    if (any_of(Given,
               [](const Expr *Each) { return Each->isTypeDependent(); })) {
      Use.leave(DependentCall);
      Use.AlsoGroups.push_back(LeftIn.str() + groupOfTemplate());
    }
    if (const Expr *Object = droppedObject(*Rewrite, E);
        Object && !isPure(Object, Context)) {
      Use.Level = Safety::Unsafe;
      if (!Options.AllowUnsafe)
        Use.leave({MessageId::EffectDropped,
                   "the object that it is called on has side effects, and "
                   "would no longer be evaluated; --unsafe applies it"});
    }
    bool Discarded = parent(1) && parent(1)->get<CompoundStmt>();
    if (Use.Left.empty())
      applySafety(Use, *Rewrite, Bound, /*LosesOrder=*/false,
                  /*DiesWithScope=*/false,
                  Discarded ? Reason() : changedResult(*Rewrite));
    if (Use.Left.empty())
      Use.Made = writtenAt(shownAt(E), SM);
    addUse(std::move(Use));
    return;
  }
  // Of no rewrite here: it means the same as a call of the other class.
  if (rewriteOfMember(Callee) && !E->isInstantiationDependent())
    SettledNames.insert(writtenAt(shownAt(E), SM));
}

/// A call in a template whose callee is not resolved yet.
void UseCollector::addUnresolvedRewrite(const CallExpr *E,
                                        const OverloadExpr *Callee) {
  for (const NamedDecl *D : Callee->decls()) {
    ArrayRef<const CompiledRewrite *> Candidates =
        Calls.named(D->getUnderlyingDecl());
    if (Candidates.empty())
      continue;
    RawUse Use = rewrittenUse(*Candidates.front(), qualifiedName(D),
                              E->getBeginLoc(), "dependent call");
    Use.Message = "'" + qualifiedName(D) + "' may be replaced by rewrite '" +
                  Use.Rule + "'";
    Use.leave(DependentCall);
    SmallVector<const Expr *, 4> Given(E->arguments());
    if (const auto *Member = dyn_cast<UnresolvedMemberExpr>(Callee);
        Member && !Member->isImplicitAccess())
      Given.push_back(Member->getBase());
    tieToObjects(Use, Given);
    // What is called on its result may be told by its name only.
    Use.AlsoGroups.push_back(LeftIn.str() + groupOfTemplate());
    return addUse(std::move(Use));
  }
}

/// The rewrite whose `before` is of \p Member, or of what it overrides; null.
const CompiledRewrite *
UseCollector::rewriteOfMember(const NamedDecl *Member) const {
  ArrayRef<const CompiledRewrite *> Candidates = Calls.named(Member);
  if (Candidates.empty())
    return nullptr;
  for (const CompiledRewrite *Rewrite : Candidates) {
    Bindings Ignored;
    if (matchCallee(Rewrite->Before, Member, Ignored))
      return Rewrite;
  }
  return nullptr;
}

/// A member of a legacy class that a rewrite replaces, and that is named in
/// another way than by a call on an object. \p Class: where its class is named.
void UseCollector::addUnmatchedMember(const NamedDecl *Member,
                                      SourceLocation Name,
                                      SourceLocation Class) {
  bool OfLegacy = Class.isValid() ||
                  Index.find(dyn_cast<NamedDecl>(Member->getDeclContext()));
  if (!OfLegacy || InsideOwnText || RewrittenMembers.contains(Name))
    return;
  const CompiledRewrite *Rewrite = rewriteOfMember(Member);
  if (!Rewrite)
    return;
  RawUse Use = rewrittenUse(*Rewrite, qualifiedName(Member), Name, "member");
  Use.leave({MessageId::NotOnObject,
             "rewrite '" + Rewrite->Name +
                 "' replaces it where it is called on an object that is "
                 "written there"});
  if (Class.isValid())
    Use.AlsoGroups = {groupOfName(Class)};
  RewrittenMembers.insert(Name);
  addUse(std::move(Use));
}

} // namespace consolidate
