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

/// True when every new argument could be the declaration of a parameter.
bool readsAsParameters(const CompiledRewrite &Rewrite, const Bindings &Bound) {
  if (Rewrite.AfterArguments.empty())
    return false;
  for (const auto &[I, Argument] : enumerate(Rewrite.AfterArguments)) {
    const Expr *Only = onlyExpr(Argument, Bound);
    if (!Rewrite.AfterIsTypeCall[I] && !(Only && isTypeCall(Only)))
      return false;
  }
  return true;
}

/// True when the one new argument is a name.
bool isNameOnly(const CompiledRewrite &Rewrite, const Bindings &Bound) {
  const Expr *Only = Rewrite.AfterArguments.size() == 1
                         ? onlyExpr(Rewrite.AfterArguments[0], Bound)
                         : nullptr;
  return Only && isa<DeclRefExpr>(Only);
}

/// The arguments with the braces around them.
CharSourceRange withDelimiters(const ArgumentSlot &Slot) {
  return CharSourceRange::getCharRange(
      Slot.Inside.getBegin().getLocWithOffset(-1),
      Slot.Inside.getEnd().getLocWithOffset(1));
}

} // namespace

/// The first rewrite that matches, with what its metavariables stand for. A
/// default argument left out matches a metavariable too (its text is taken from
/// the declaration), but a rule written without it wins when it stands first.
const CompiledRewrite *UseCollector::rewriteFor(const CXXConstructExpr *E,
                                                Bindings &Bound) const {
  SmallVector<const Expr *, 4> Arguments;
  for (unsigned I = 0; I < E->getNumArgs(); ++I) {
    bool InCall =
        I < CallArguments.size() && !isa<CXXDefaultArgExpr>(E->getArg(I));
    Arguments.push_back(InCall ? CallArguments[I] : E->getArg(I));
  }
  std::string USR = usrOf(patternOf(constructorOf(E)));
  for (const CompiledRewrite &Rewrite : Rules.Rewrites) {
    Bound.assign(Rewrite.Metavariables, {});
    if (Rewrite.Before.What == ExprPattern::Kind::Construction &&
        is_contained(Rewrite.Before.USRs, USR) &&
        matchTypes(Rewrite.Before, constructorOf(E), Bound) &&
        matchArguments(Rewrite.Before.Children, Arguments, Context, Bound)) {
      for (unsigned I = 0; I < E->getNumArgs() && I < CallArguments.size(); ++I)
        noteConversion(CallArguments[I], E->getArg(I), Bound);
      return &Rewrite;
    }
  }
  return nullptr;
}

/// `std::optional<X> o(std::in_place, a, b)`, `std::pair<int, X> p(1, 2)`
void UseCollector::addConstructionInside(const CXXConstructExpr *E,
                                         ArrayRef<const Expr *> Arguments) {
  TypeLoc Type = legacyArgument(Arguments);
  if (const auto *Temporary = dyn_cast<CXXTemporaryObjectExpr>(E);
      !Type && Temporary)
    Type = legacyElement(Temporary->getTypeSourceInfo()->getTypeLoc());
  if (!Type)
    Type = declaredElement(E);
  SourceLocation Closing = E->getParenOrBraceRange().getEnd();
  if (Closing.isValid() && addForwarded(E->getConstructor(), Arguments, Closing,
                                        E->getBeginLoc(), Type))
    return;
  if (!E->getConstructor()->isCopyOrMoveConstructor())
    addInstantiatedConstruction(E->getConstructor(), E->getBeginLoc(), Type);
}

bool UseCollector::VisitCXXConstructExpr(CXXConstructExpr *E) {
  const CXXConstructorDecl *Ctor = constructorOf(E);
  noteReference(E->getBeginLoc(), Ctor->getParent());
  noteSpelledCall(E);
  noteChosenConversion(E);
  noteChosenConstructor(E);
  LegacyEntry Entry = Index.find(Ctor->getParent());
  SmallVector<const Expr *, 8> Arguments(E->arguments());
  if (E->getParenOrBraceRange().isValid())
    noteForwardedConstructor(E->getConstructor(), Arguments,
                             E->getParenOrBraceRange().getEnd());
  if (!Entry && mentionsLegacy(Ctor))
    addConstructionInside(E, Arguments);
  if (!Entry || InsideOwnText == Entry.Legacy || !E->getBeginLoc().isValid() ||
      Ctor->isCopyOrMoveConstructor())
    return true;
  Reason WhyNot;
  std::optional<ArgumentSlot> Slot = slotOf(E, WhyNot);
  // What converts is not spelled; what is converted is, maybe by a macro.
  SourceLocation Where = E->getBeginLoc();
  if (Slot && Slot->Delimiters == ArgumentSlot::Shape::Conversion &&
      Slot->Type.isNull()) {
    if (Where.isMacroID())
      Where = Slot->Inside.isValid() ? Slot->Inside.getBegin() : fileLoc(Where);
    else // `X(f()).go()` begins where another construction does.
      Where = fileLoc(asWritten(E->getArg(0))->getExprLoc());
  }
  addConstruction(Entry, E, Where, std::move(Slot), WhyNot);
  return true;
}

bool UseCollector::VisitCXXFunctionalCastExpr(CXXFunctionalCastExpr *E) {
  noteSpelledCall(E);
  return true;
}

bool UseCollector::VisitCallExpr(CallExpr *E) {
  FunctionDecl *Callee = E->getDirectCallee();
  if (!Callee) {
    addUnresolvedCall(E);
    return true;
  }
  if (E->isTypeDependent())
    tieResult(Callee);
  tieBytes(E);
  SmallVector<const Expr *, 8> Arguments(E->arguments());
  noteSpelledCall(E, Arguments);
  noteChosenConversion(E);
  addRewrittenExpr(E, Callee);
  addDefaultedCall(E, Callee);
  noteForwardedConstructor(Callee, Arguments, E->getRParenLoc());
  if (!mentionsLegacy(Callee))
    return true;
  SmallVector<const Expr *, 8> Names{E->getCallee()};
  append_range(Names, Arguments);
  // The type spelled as template argument goes with the arguments.
  TypeLoc Type = legacyArgument(Names);
  if (!Type)
    Type = declaredElement(E);
  if (!addForwarded(Callee, Arguments, E->getRParenLoc(), E->getExprLoc(),
                    Type))
    addInstantiatedConstruction(Callee, E->getExprLoc(), Type);
  return true;
}

std::string UseCollector::constructionGroup(const ArgumentSlot *Slot,
                                            SourceLocation Where) {
  std::string Own = "construction:" + placeKey(placeOf(Where));
  if (!Slot || Slot->Type.isNull())
    return Own;
  SourceLocation Name = legacyNameIn(Slot->Type);
  if (Name.isInvalid()) {
    std::optional<SpelledType> Spelled =
        spelledType(Slot->Type.getUnqualifiedLoc());
    if (!Spelled)
      return Own;
    Name = placeOf(Spelled->Name);
  }
  // A base and its initialisers change together.
  if (std::optional<SpelledType> Base =
          Slot->Base.isNull() ? std::nullopt
                              : spelledType(Slot->Base.getUnqualifiedLoc())) {
    SourceLocation InList = placeOf(Base->Name);
    std::string Group = groupOfName(InList);
    return GroupOfType[Name] = Group;
  }
  return groupOfName(Name);
}

/// True when more is to be changed than what stands between the delimiters.
bool UseCollector::needsDelimiters(const CompiledRewrite &Rewrite,
                                   const Bindings &Bound,
                                   const ArgumentSlot &Slot) const {
  return !Rewrite.ConstructsCanonical || Rewrite.AfterArguments.empty() ||
         (Slot.CopyList && Rewrite.AfterIsExplicit) ||
         (Slot.Delimiters == ArgumentSlot::Shape::Braces &&
          bracesDiffer(Rewrite, Bound, Context));
}

void UseCollector::addConstruction(const LegacyEntry &Entry,
                                   const CXXConstructExpr *E,
                                   SourceLocation Where,
                                   std::optional<ArgumentSlot> Slot,
                                   Reason WhyNot) {
  RawUse Use = makeUse(FindingKind::Construction, Entry, Where,
                       Slot ? Slot->Form : "implicit construction");
  Use.Message = "constructs the legacy class '" + Entry.Legacy->Name + "'";
  Use.Group = constructionGroup(Slot ? &*Slot : nullptr, Where);
  Use.NeedsHeader = true;
  const CXXConstructorDecl *Ctor = constructorOf(E);
  SourceLocation Made = writtenAt(
      Slot && Slot->Made.isValid() ? Slot->Made : E->getBeginLoc(), SM);
  if (Slot) {
    if (auto Passed = variadicArguments(E, Slot->Inside)) {
      Slot->Inside = *Passed;
      Slot->InMacroCall = true;
    }
    Use.Arguments = Slot->Inside;
  }
  Bindings Bound;
  const CompiledRewrite *Rewrite = rewriteFor(E, Bound);
  if (!Rewrite) {
    // Nothing to map: the class has no construction rules at all, or the
    // canonical class takes the same arguments.
    auto Same = Rules.UnchangedConstructors.find(usrOf(patternOf(Ctor)));
    if (Same != Rules.UnchangedConstructors.end())
      Use.Constructor = Same->second;
    else if (Entry.HasRewrites)
      Use.leave({MessageId::NoRewrite, "no rewrite covers the constructor '" +
                                           describeFunction(Ctor) +
                                           "'; add one to 'rewrites'"});
    SmallVector<const Expr *, 4> Passed(E->arguments());
    if (Reason Changed = changedDefault(Ctor, Passed); !Changed.empty()) {
      Use.Level = Safety::Unsafe;
      if (!Options.AllowUnsafe)
        Use.leave(std::move(Changed));
    }
    if (Use.Left.empty())
      Settled.insert(Made);
    return addUse(std::move(Use));
  }
  Use.Rule = Rewrite->Name;
  noteWrittenArguments(Rewrite->Before, Slot ? Slot->Type : TypeLoc(), Bound);
  if (!WhyNot.empty()) {
    Use.leave(WhyNot);
    return addUse(std::move(Use));
  }
  if (Slot->Inside.isInvalid() ||
      (Slot->InMacroCall && needsDelimiters(*Rewrite, Bound, *Slot))) {
    Use.leave({MessageId::MacroArguments,
               "its arguments are not written in one piece (several macros, or "
               "token pasting)"});
    return addUse(std::move(Use));
  }
  if (isOfAnyClass(*Slot)) {
    Use.leave({MessageId::MacroDisagrees,
               "the macro that constructs it does not name its class, and may "
               "construct another one elsewhere"});
    return addUse(std::move(Use));
  }
  bool KeepsBraces = fillConstruction(Use, Entry, E, *Rewrite, Bound, *Slot);
  bool LosesOrder =
      Slot->Delimiters == ArgumentSlot::Shape::Braces && !KeepsBraces;
  Reason Changed = Rewrite->ConstructsCanonical
                       ? Reason()
                       : changedPlace(*Rewrite, Entry.Into->intoName(),
                                      Slot->InPlace, Context.getLangOpts());
  // What a call gives is compared with a new object.
  if (Changed.empty() && !Rewrite->ConstructsCanonical)
    Changed = changedResult(*Rewrite);
  applySafety(Use, *Rewrite, Bound, LosesOrder, Slot->DiesWithScope,
              std::move(Changed));
  if (Use.Left.empty()) {
    Settled.insert(Made);
    Use.Made = Made;
  }
  addUse(std::move(Use));
}

/// The new arguments. \p DeclaresVariable: in `X x(...)`, which is a function
/// when all of them could declare a parameter.
void UseCollector::appendArguments(RawUse &Use, const CompiledRewrite &Rewrite,
                                   const Bindings &Bound, const NameSite &Site,
                                   bool DeclaresVariable) const {
  bool Wrap = DeclaresVariable && readsAsParameters(Rewrite, Bound);
  for (size_t I = 0; I < Rewrite.AfterArguments.size(); ++I) {
    if (I > 0)
      Use.Pieces.push_back({", ", {}, false});
    if (Wrap && I == 0)
      Use.Pieces.push_back({"(", {}, false});
    appendTemplate(Use.Pieces, Rewrite.AfterArguments[I], Bound, Site);
    if (Wrap && I == 0)
      Use.Pieces.push_back({")", {}, false});
  }
}

bool UseCollector::fillConstruction(RawUse &Use, const LegacyEntry &Entry,
                                    const CXXConstructExpr *E,
                                    const CompiledRewrite &Rewrite,
                                    const Bindings &Bound,
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

  if (!Rewrite.ConstructsCanonical) {
    bool TakesWhole = Slot.Whole.isValid();
    Use.Replaced = Replacing = TakesWhole ? Slot.Whole : Slot.Inside;
    bool Parens = TakesWhole ? !Slot.WholeTakesEquals &&
                                   needsParens(outermostIn(Rewrite, Bound))
                             : Slot.Delimiters == Shape::Bare;
    if (TakesWhole && Slot.WholeTakesEquals)
      Text(" = ");
    else if (Parens)
      Text("(");
    else if (Slot.LeadingComma)
      Text(", ");
    appendTemplate(Use.Pieces, Rewrite.After, Bound, Site);
    if (Parens)
      Text(")");
    return false;
  }
  bool Braces = Slot.Delimiters == Shape::Braces;
  bool Parens = bracesDiffer(Rewrite, Bound, Context);
  // `return {a, b};` and `f(x)` with a conversion cannot call an explicit
  // constructor, nor take several arguments: the class is named there.
  bool NamesClass =
      (Slot.CopyList && (Rewrite.AfterIsExplicit || Parens)) ||
      (Slot.Delimiters == Shape::Conversion && Slot.Form != "static_cast") ||
      (Slot.Form == "static_cast" && Rewrite.AfterArguments.size() != 1);
  // A member takes no parentheses.
  bool IsMember = Slot.Form == "default member initialiser";
  if (NamesClass || (Braces && Parens && IsMember)) {
    bool KeepsBraces =
        Slot.CopyList && !Parens && orderMatters(Rewrite, Bound, Context);
    Use.Replaced = Replacing = NamesClass ? Slot.Whole : withDelimiters(Slot);
    if (!NamesClass)
      Text(" = ");
    Use.Pieces.push_back(classPiece(Entry, E, Site));
    Use.Pieces.back().Calls = {Rewrite.Constructor};
    Text(KeepsBraces ? "{" : "(");
    appendArguments(Use, Rewrite, Bound, Site, false);
    Text(KeepsBraces ? "}" : ")");
    return KeepsBraces;
  }
  bool Empty = Rewrite.AfterArguments.empty();
  if (Slot.WholeTakesEquals && Slot.Delimiters == Shape::Parens && Empty) {
    // `X a();` declares a function.
    Use.Replaced = Replacing = Slot.Whole;
    Text("{}");
    return true;
  }
  if (!Slot.Type.isNull() && Slot.Delimiters == Shape::Parens &&
      Slot.Whole.isValid() && !Slot.WholeTakesEquals &&
      isDeclaratorArgument() && (Empty || isNameOnly(Rewrite, Bound))) {
    // And so do `Y b(X());`, `Y b(X(name));`.
    Use.Replaced = Replacing = Slot.Whole;
    Text("(");
    Use.Pieces.push_back(classPiece(Entry, E, Site));
    Text("(");
    appendArguments(Use, Rewrite, Bound, Site, false);
    Text("))");
    return false;
  }
  bool Bare = Slot.Delimiters == Shape::Bare && !Empty;
  bool ToParens = Braces && Parens;
  Use.Replaced = Replacing = ToParens ? withDelimiters(Slot) : Slot.Inside;
  Use.Constructor = Rewrite.Constructor;
  if (Bare || ToParens)
    Text("(");
  else if (Slot.LeadingComma && !Empty)
    Text(", ");
  appendArguments(Use, Rewrite, Bound, Site,
                  !Slot.Type.isNull() && Slot.WholeTakesEquals &&
                      (!Braces || ToParens));
  if (Bare || ToParens)
    Text(")");
  return Braces && !ToParens;
}

/// Sets the level, and leaves what is not safe unless it was asked for.
/// \p Found: what is known already.
void UseCollector::applySafety(RawUse &Use, const CompiledRewrite &Rewrite,
                               const Bindings &Bound, bool LosesOrder,
                               bool DiesWithScope, Reason Found) const {
  // That cannot compile, whoever asks for it.
  if (Found.Id == MessageId::NotMovable)
    return Use.leave(std::move(Found));
  if (Reason Hidden = hiddenArgument(Rewrite, Bound, Context); !Hidden.empty())
    return Use.leave(std::move(Hidden));
  Reason Changed = changedEffects(Rewrite, Bound, LosesOrder, Context);
  bool Trusted = Rewrite.Declared == DeclaredSafety::Safe;
  if (Changed.empty() && !Trusted)
    Changed = std::move(Found);
  if (Changed.empty() && !Trusted)
    Changed = changedOwnership(Rewrite, Bound, DiesWithScope, Context);
  if (Changed.empty() && !Trusted)
    Changed = changedValues(Rewrite, Bound, Context);
  if (Changed.empty() && Rewrite.Declared == DeclaredSafety::Unsafe)
    Changed = {MessageId::DeclaredUnsafe, "the rewrite says 'safety: unsafe'"};
  if (Changed.empty())
    return;
  Use.Level = Safety::Unsafe;
  if (!Options.AllowUnsafe)
    Use.leave({Changed.Id, Changed.Text + "; --unsafe applies it"});
}

} // namespace consolidate
