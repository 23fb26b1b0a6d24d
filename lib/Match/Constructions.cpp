//===- Constructions.cpp - Constructor calls and their new arguments ------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// The constructor a call really means: the base's for an inherited one.
const CXXConstructorDecl *constructorOf(const CXXConstructExpr *E) {
  const CXXConstructorDecl *Ctor = E->getConstructor();
  if (Ctor->isInheritingConstructor())
    return Ctor->getInheritedConstructor().getConstructor();
  return Ctor;
}

/// True when evaluating \p E twice, or never, cannot be noticed.
bool isPure(const Expr *E, ASTContext &Context) {
  E = asWritten(E);
  if (isa<DeclRefExpr, CXXThisExpr, IntegerLiteral, FloatingLiteral,
          CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, clang::StringLiteral,
          CharacterLiteral>(E))
    return true;
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isImplicitAccess() || isPure(Member->getBase(), Context);
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return !Op->isIncrementDecrementOp() && isPure(Op->getSubExpr(), Context);
  // A const member function without arguments: an accessor, `*p`, `p->`.
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return Call->getMethodDecl() && Call->getMethodDecl()->isConst() &&
           Call->getNumArgs() == 0 &&
           isPure(Call->getImplicitObjectArgument(), Context);
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E)) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
    return Method && Method->isConst() && Call->getNumArgs() == 1 &&
           isPure(Call->getArg(0), Context);
  }
  // A static accessor such as Registry::Default() gives the same object again.
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    return Callee && Call->getNumArgs() == 0 &&
           Callee->getReturnType()->isLValueReferenceType();
  }
  return !E->HasSideEffects(Context);
}

} // namespace

const CompiledRewrite *
UseCollector::rewriteFor(const CXXConstructExpr *E) const {
  for (const CompiledRewrite &Rewrite : Rules.Rewrites)
    if (matches(Rewrite, E))
      return &Rewrite;
  return nullptr;
}

/// EXPECTS: nothing. A default argument left out matches a metavariable too
/// (its text is taken from the declaration), but a rule written without it is
/// tried first when it stands first.
bool UseCollector::matches(const CompiledRewrite &Rewrite,
                           const CXXConstructExpr *E) const {
  const CXXConstructorDecl *Ctor = constructorOf(E);
  if (Rewrite.Arguments.size() != E->getNumArgs() ||
      usrOf(Ctor) != Rewrite.ConstructorUSR)
    return false;
  for (unsigned I = 0; I < E->getNumArgs(); ++I) {
    const ArgumentPattern &Pattern = Rewrite.Arguments[I];
    bool LeftOut = isa<CXXDefaultArgExpr>(E->getArg(I));
    switch (Pattern.What) {
    case ArgumentPattern::Kind::Default:
      if (!LeftOut)
        return false;
      break;
    case ArgumentPattern::Kind::Metavariable:
      break;
    case ArgumentPattern::Kind::Expression:
      if (LeftOut ||
          normalizedTokens(Context, writtenArgument(E, I)) != Pattern.Text)
        return false;
      break;
    }
  }
  return true;
}

bool UseCollector::VisitCXXConstructExpr(CXXConstructExpr *E) {
  const CXXConstructorDecl *Ctor = constructorOf(E);
  noteReference(E->getBeginLoc(), Ctor->getParent());
  LegacyEntry Entry = Index.find(Ctor->getParent());
  if (!Entry || InsideOwnText == Entry.Legacy || !E->getBeginLoc().isValid() ||
      Ctor->isCopyOrMoveConstructor())
    return true;
  std::string WhyNot;
  std::optional<ArgumentSlot> Slot = slotOf(E, WhyNot);
  addConstruction(Entry, E, E->getBeginLoc(), std::move(Slot), WhyNot);
  return true;
}

bool UseCollector::mentionsLegacy(const TemplateArgument &Argument,
                                  unsigned Depth) const {
  if (Argument.getKind() == TemplateArgument::Type)
    return mentionsLegacy(Argument.getAsType(), Depth);
  if (Argument.getKind() == TemplateArgument::Pack)
    return any_of(Argument.pack_elements(), [&](const TemplateArgument &A) {
      return mentionsLegacy(A, Depth);
    });
  return false;
}

bool UseCollector::mentionsLegacy(QualType Type, unsigned Depth) const {
  const CXXRecordDecl *Record = recordOf(Type);
  if (!Record || Depth > 4)
    return false;
  if (Index.find(Record))
    return true;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  return Spec && any_of(Spec->getTemplateArgs().asArray(),
                        [&](const TemplateArgument &A) {
                          return mentionsLegacy(A, Depth + 1);
                        });
}

bool UseCollector::VisitCallExpr(CallExpr *E) {
  FunctionDecl *Callee = E->getDirectCallee();
  if (!Callee) {
    addUnresolvedCall(E);
    return true;
  }
  auto Mentions = [&](const TemplateArgument &A) { return mentionsLegacy(A, 0); };
  bool Candidate = false;
  if (const TemplateArgumentList *Args = Callee->getTemplateSpecializationArgs())
    Candidate = any_of(Args->asArray(), Mentions);
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(
          Callee->getDeclContext()))
    Candidate |= any_of(Spec->getTemplateArgs().asArray(), Mentions);
  if (!Candidate)
    return true;
  std::optional<ForwardedConstruction> Found = findForwardedConstruction(
      E, [&](const CXXRecordDecl *Record) { return bool(Index.find(Record)); });
  if (!Found)
    return true;
  LegacyEntry Entry =
      Index.find(Found->Construct->getConstructor()->getParent());
  ArgumentSlot Slot;
  Slot.Form = Callee->getNameAsString();
  Slot.Delimiters = ArgumentSlot::Shape::Forwarded;
  Slot.LeadingComma = Found->FirstArgument > 0;
  if (Found->FirstArgument < E->getNumArgs() &&
      !isa<CXXDefaultArgExpr>(E->getArg(Found->FirstArgument))) {
    Slot.LeadingComma = false;
    Slot.Inside =
        fileRange({E->getArg(Found->FirstArgument)->getBeginLoc(),
                   E->getArg(E->getNumArgs() - 1)->getEndLoc()});
  } else {
    CharSourceRange Paren = fileRange({E->getRParenLoc(), E->getRParenLoc()});
    if (Paren.isValid())
      Slot.Inside =
          CharSourceRange::getCharRange(Paren.getBegin(), Paren.getBegin());
  }
  // The type spelled as template argument goes with the arguments.
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E->getCallee()->IgnoreImpCasts()))
    for (const TemplateArgumentLoc &Argument : Ref->template_arguments())
      if (const TypeSourceInfo *Info =
              Argument.getArgument().getKind() == TemplateArgument::Type
                  ? Argument.getTypeSourceInfo()
                  : nullptr)
        if (Index.find(Info->getType()))
          Slot.Type = Info->getTypeLoc();
  // The construction in the callee's body has the callee's parameters for
  // arguments; what is written stands in the call.
  CallArguments.assign(E->arg_begin() + Found->FirstArgument, E->arg_end());
  addConstruction(Entry, Found->Construct, E->getExprLoc(), Slot, "");
  CallArguments.clear();
  return true;
}

std::string UseCollector::constructionGroup(const ArgumentSlot *Slot,
                                            SourceLocation Where) {
  std::string Own = "construction:" + placeKey(Where);
  if (!Slot || Slot->Type.isNull())
    return Own;
  std::optional<SpelledType> Spelled =
      spelledType(Slot->Type.getUnqualifiedLoc());
  if (!Spelled)
    return Own;
  SourceLocation Name = fileLoc(Spelled->Name);
  return GroupOfType.try_emplace(Name, "construction:" + placeKey(Name))
      .first->second;
}

void UseCollector::addConstruction(const LegacyEntry &Entry,
                                   const CXXConstructExpr *E,
                                   SourceLocation Where,
                                   std::optional<ArgumentSlot> Slot,
                                   std::string WhyNot) {
  RawUse Use = makeUse(FindingKind::Construction, Entry, Where,
                       Slot ? Slot->Form : "implicit construction");
  Use.Message = "constructs the legacy class '" + Entry.Legacy->Name + "'";
  Use.Group = constructionGroup(Slot ? &*Slot : nullptr, Where);
  Use.NeedsHeader = true;
  const CXXConstructorDecl *Ctor = constructorOf(E);
  const CompiledRewrite *Rewrite = rewriteFor(E);
  if (!Rewrite) {
    // Nothing to map: the class has no construction rules at all, or the
    // canonical class takes the same arguments.
    if (Entry.HasRewrites && !Rules.UnchangedConstructors.count(usrOf(Ctor)))
      Use.Left = "no rewrite covers the constructor '" + describeConstructor(Ctor) +
                 "'; add one to 'rewrites'";
    return addUse(std::move(Use));
  }
  Use.Rule = Rewrite->Name;
  if (!Slot) {
    Use.Left = WhyNot;
    return addUse(std::move(Use));
  }
  if (Slot->Inside.isInvalid()) {
    Use.Left = "its arguments are written in a macro body";
    return addUse(std::move(Use));
  }
  fillConstruction(Use, Entry, *Rewrite, E, *Slot);
  judgeSafety(Use, *Rewrite, E);
  addUse(std::move(Use));
}

const Expr *UseCollector::writtenArgument(const CXXConstructExpr *E,
                                          unsigned I) const {
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E->getArg(I)))
    return asWritten(Default->getExpr());
  if (I < CallArguments.size())
    return asWritten(CallArguments[I]);
  return asWritten(E->getArg(I));
}

void UseCollector::fillConstruction(RawUse &Use, const LegacyEntry &Entry,
                                    const CompiledRewrite &Rewrite,
                                    const CXXConstructExpr *E,
                                    const ArgumentSlot &Slot) {
  using Shape = ArgumentSlot::Shape;
  NameSite Site;
  if (std::optional<SpelledType> Spelled =
          Slot.Type.isNull() ? std::nullopt
                             : spelledType(Slot.Type.getUnqualifiedLoc()))
    // How long an alias is spelled says nothing about the names behind it.
    Site = Index.find(Spelled->Named->getUnderlyingDecl())
               ? siteFor(Spelled->Qualifier, Spelled->Named, Use.Where)
               : siteFor({}, nullptr, Use.Where);
  else
    Site = siteFor({}, nullptr, Use.Where);
  Site.Replaced = nullptr;
  auto Text = [&](StringRef T) { Use.Pieces.push_back({T.str(), {}, false}); };
  auto Arguments = [&] {
    bool First = true;
    for (const AfterTemplate &Argument : Rewrite.AfterArguments) {
      if (!First)
        Text(", ");
      First = false;
      appendTemplate(Use.Pieces, Argument, Rewrite, E, Site);
    }
  };

  if (!Rewrite.ConstructsCanonical) {
    bool TakesWhole = Slot.Whole.isValid();
    Use.Replaced = TakesWhole ? Slot.Whole : Slot.Inside;
    if (TakesWhole && Slot.WholeTakesEquals)
      Text(" = ");
    else if (!TakesWhole && Slot.Delimiters == Shape::Bare)
      Text("(");
    else if (Slot.LeadingComma)
      Text(", ");
    appendTemplate(Use.Pieces, Rewrite.After, Rewrite, E, Site);
    if (!TakesWhole && Slot.Delimiters == Shape::Bare)
      Text(")");
    return;
  }
  // `return {a, b};` and `f(x)` with a conversion cannot call an explicit
  // constructor, nor take several arguments: the class is named there.
  bool NamesClass = (Slot.CopyList && Rewrite.AfterIsExplicit) ||
                    (Slot.Delimiters == Shape::Conversion &&
                     Slot.Form != "static_cast") ||
                    (Slot.Form == "static_cast" &&
                     Rewrite.AfterArguments.size() != 1);
  if (NamesClass) {
    Use.Replaced = Slot.Whole;
    Text(spellName(Entry.Into->Into, Site, Context));
    Text("(");
    Arguments();
    Text(")");
    return;
  }
  Use.Replaced = Slot.Inside;
  bool Bare = Slot.Delimiters == Shape::Bare && !Rewrite.AfterArguments.empty();
  if (Bare)
    Text("(");
  else if (Slot.LeadingComma && !Rewrite.AfterArguments.empty())
    Text(", ");
  Arguments();
  if (Bare)
    Text(")");
}

/// Level and reason: what evaluating the new arguments can change.
void UseCollector::judgeSafety(RawUse &Use, const CompiledRewrite &Rewrite,
                               const CXXConstructExpr *E) const {
  std::vector<unsigned> EffectsBefore, EffectsAfter;
  for (unsigned I = 0; I < Rewrite.Arguments.size(); ++I) {
    const ArgumentPattern &Pattern = Rewrite.Arguments[I];
    if (Pattern.What != ArgumentPattern::Kind::Metavariable)
      continue;
    const Expr *Bound = writtenArgument(E, I);
    if (isPure(Bound, Context))
      continue;
    EffectsBefore.push_back(Pattern.Index);
    unsigned Times = Rewrite.TimesUsed[Pattern.Index];
    if (Times == 1 || Use.Level == Safety::Unsafe)
      continue;
    Use.Level = Safety::Unsafe;
    Use.Left = Times == 0 ? "an argument with side effects would no longer be "
                            "evaluated"
                          : "an argument with side effects would be evaluated "
                            "more than once";
  }
  for (const AfterPiece &Piece : Rewrite.After)
    if (Piece.What == AfterPiece::Kind::Metavariable &&
        is_contained(EffectsBefore, Piece.Index))
      EffectsAfter.push_back(Piece.Index);
  if (Use.Level == Safety::Safe && EffectsBefore.size() > 1 &&
      EffectsBefore != EffectsAfter) {
    Use.Level = Safety::Unsafe;
    Use.Left = "arguments with side effects would be evaluated in another order";
  }
  if (Use.Level == Safety::Unsafe && Options.AllowUnsafe)
    Use.Left.clear();
  else if (Use.Level == Safety::Unsafe)
    Use.Left += "; --unsafe applies it";
}

// --- What only an instantiation can tell ---------------------------------------

bool UseCollector::VisitCXXUnresolvedConstructExpr(
    CXXUnresolvedConstructExpr *E) {
  LegacyEntry Entry = Index.find(E->getTypeAsWritten());
  if (!Entry || !Entry.HasRewrites || InsideOwnText == Entry.Legacy)
    return true;
  ArgumentSlot Slot;
  Slot.Type = E->getTypeSourceInfo()->getTypeLoc();
  RawUse Use = makeUse(FindingKind::Construction, Entry, E->getBeginLoc(),
                       "dependent construction");
  Use.Group = constructionGroup(&Slot, E->getBeginLoc());
  Use.Message = "constructs the legacy class '" + Entry.Legacy->Name + "'";
  Use.Left = "its arguments depend on a template parameter, so the "
             "constructor is only known in an instantiation";
  addUse(std::move(Use));
  return true;
}

void UseCollector::addUnresolvedCall(CallExpr *E) {
  const auto *Lookup = dyn_cast<UnresolvedLookupExpr>(E->getCallee());
  if (!Lookup || !Lookup->hasExplicitTemplateArgs())
    return;
  for (const TemplateArgumentLoc &Argument : Lookup->template_arguments()) {
    if (Argument.getArgument().getKind() != TemplateArgument::Type)
      continue;
    LegacyEntry Entry = Index.find(Argument.getTypeSourceInfo()->getType());
    if (!Entry || !Entry.HasRewrites || E->getNumArgs() == 0)
      continue;
    ArgumentSlot Slot;
    Slot.Type = Argument.getTypeSourceInfo()->getTypeLoc();
    RawUse Use = makeUse(FindingKind::Construction, Entry, E->getBeginLoc(),
                         "dependent call");
    Use.Group = constructionGroup(&Slot, E->getBeginLoc());
    Use.Message = "may construct the legacy class '" + Entry.Legacy->Name + "'";
    Use.Left = "its arguments depend on a template parameter, so the "
               "constructor is only known in an instantiation";
    addUse(std::move(Use));
  }
}

/// A member without an initialiser is constructed by every constructor of its
/// class that does not name it.
bool UseCollector::VisitFieldDecl(FieldDecl *D) {
  LegacyEntry Entry = Index.find(D->getType());
  if (!Entry || !Entry.HasRewrites || D->hasInClassInitializer() ||
      D->getType()->isReferenceType() || InsideOwnText == Entry.Legacy)
    return true;
  const auto *Owner = dyn_cast<CXXRecordDecl>(D->getParent());
  for (const CXXConstructorDecl *Ctor : Owner->ctors()) {
    const FunctionDecl *Definition = nullptr;
    if (!Ctor->getBody(Definition) && !Ctor->isImplicit())
      continue;
    const auto *Defined = Definition ? cast<CXXConstructorDecl>(Definition) : Ctor;
    for (const CXXCtorInitializer *Init : Defined->inits()) {
      if (Init->isWritten() || Init->getAnyMember() != D)
        continue;
      const auto *E =
          dyn_cast<CXXConstructExpr>(Init->getInit()->IgnoreImplicit());
      if (!E || Ctor->isCopyOrMoveConstructor())
        continue;
      // `X member;` becomes `X member{...};`, which serves them all.
      ArgumentSlot Slot;
      Slot.Form = "default-constructed member";
      Slot.Type = D->getTypeSourceInfo()->getTypeLoc();
      Slot.Delimiters = ArgumentSlot::Shape::Bare;
      SourceLocation End =
          fileRange({D->getLocation(), D->getLocation()}).getEnd();
      Slot.Inside = CharSourceRange::getCharRange(End, End);
      addMemberInitialiser(Entry, E, D, Slot);
      return true;
    }
  }
  return true;
}

void UseCollector::addMemberInitialiser(const LegacyEntry &Entry,
                                        const CXXConstructExpr *E,
                                        const FieldDecl *D,
                                        const ArgumentSlot &Slot) {
  size_t Before = Out.Uses.size();
  addConstruction(Entry, E, D->getLocation(), Slot, "");
  if (Out.Uses.size() == Before)
    return;
  // A member takes braces, not parentheses.
  RawUse &Use = Out.Uses.back();
  if (Use.Pieces.size() >= 2 && Use.Pieces.front().Text == "(") {
    Use.Pieces.front().Text = "{";
    Use.Pieces.back().Text = "}";
  }
}

} // namespace consolidate
