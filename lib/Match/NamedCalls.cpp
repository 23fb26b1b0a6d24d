//===- NamedCalls.cpp - Which function does a call choose? ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A rule is compiled with the types of `given`, a place has its own: another
// overload may be chosen there, and compile. So the rule compiler notes what
// `after` calls, by the place of the name in its text; the renderer takes these
// notes along; and in the changed file the collector tells what is called
// there.
//
//===----------------------------------------------------------------------===//
#include "RuleUnit.h"
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

std::optional<SpelledCall> spelledCall(const Expr *E) {
  SpelledCall Result;
  if (const auto *Temporary = dyn_cast<CXXTemporaryObjectExpr>(E)) {
    Result.Callee = constructorOf(Temporary);
    Result.Name = Temporary->getBeginLoc();
  } else if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E)) {
    if (const auto *Made =
            dyn_cast<CXXConstructExpr>(Cast->getSubExpr()->IgnoreImplicit()))
      Result.Callee = constructorOf(Made);
    Result.Name = Cast->getBeginLoc();
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    Result.Callee = Operator->getDirectCallee();
    Result.Name = Operator->getOperatorLoc();
  } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
    Result.Callee = Call->getDirectCallee();
    const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(Callee))
      Result.Name = Member->getMemberLoc();
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
      Result.Name = Ref->getBeginLoc();
  }
  if (!Result.Callee || Result.Name.isInvalid())
    return std::nullopt;
  return Result;
}

const CXXConstructorDecl *constructorOf(const CXXConstructExpr *E) {
  const CXXConstructorDecl *Ctor = E->getConstructor();
  if (Ctor->isInheritingConstructor())
    return Ctor->getInheritedConstructor().getConstructor();
  return Ctor;
}

std::vector<std::string> usrsOf(const FunctionDecl *Callee) {
  std::vector<std::string> Result = {usrOf(patternOf(Callee))};
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee))
    for (const CXXMethodDecl *Overridden : Method->overridden_methods())
      append_range(Result, usrsOf(Overridden));
  return Result;
}

NamedCall namedCall(const FunctionDecl *Callee) {
  NamedCall Result;
  const auto *Pattern = cast<FunctionDecl>(patternOf(Callee));
  Result.USRs = {usrOf(Pattern)};
  Result.Signature = describeFunction(Callee);
  if (StringRef(Result.Signature).contains(StandInPrefix))
    Result.Signature = describeFunction(Pattern);
  return Result;
}

// --- In the changed file -----------------------------------------------------

/// True when somebody asked about a place in [Begin, End] of its file.
bool UseCollector::isAsked(SourceLocation Begin, SourceLocation End) const {
  if (!Options.AskedCalls || Begin.isInvalid())
    return false;
  auto File = Options.AskedCalls->find(pathOf(Begin));
  if (File == Options.AskedCalls->end())
    return false;
  unsigned From = SM.getFileOffset(Begin), To = SM.getFileOffset(End);
  return any_of(File->second, [&](const auto &Range) {
    return Range.first <= To && From <= Range.second;
  });
}

/// The types that \p Callee is declared for: its parameters, and what an
/// explicit specialisation stands for.
static std::string typesOf(const FunctionDecl *Callee, bool IsCase) {
  PrintingPolicy Policy = Callee->getASTContext().getPrintingPolicy();
  Policy.FullyQualifiedName = true;
  std::string Result;
  auto Add = [&](QualType Type) {
    Result += Type.getCanonicalType().getAsString(Policy) + ",";
  };
  const TemplateArgumentList *Arguments =
      IsCase ? Callee->getTemplateSpecializationArgs() : nullptr;
  for (const TemplateArgument &Argument :
       Arguments ? Arguments->asArray() : ArrayRef<TemplateArgument>())
    if (Argument.getKind() == TemplateArgument::Type)
      Add(Argument.getAsType());
  Result += "(";
  for (const ParmVarDecl *P : Callee->parameters())
    Add(P->getType());
  return Result;
}

/// The canonical class that \p Callee is declared for, in it or with it or with
/// a legacy one as parameter; "" for what takes anything.
static StringRef canonicalClassOf(const FunctionDecl *Callee, StringRef Types,
                                  const RuleSet &Rules) {
  std::string Scope;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee))
    Scope = qualifiedName(Method->getParent());
  auto IsFor = [&](StringRef Name) {
    return Scope == Name || replaceName(Types, Name, "") != Types;
  };
  for (const Consolidation &Entry : Rules.Consolidate)
    if (IsFor(Entry.className()) ||
        any_of(Entry.From,
               [&](const LegacyClass &Legacy) { return IsFor(Legacy.Name); }))
      return Entry.Into;
  return "";
}

/// Which of the function templates with the same name and parameters \p Callee
/// is, in the order of the code: they may differ in what they ask of a type. ""
/// for the first, and for what is no template.
static std::string numberOf(const FunctionDecl *Callee,
                            const SourceManager &SM) {
  const FunctionTemplateDecl *Own = Callee->getDescribedFunctionTemplate();
  if (!Own)
    return "";
  unsigned Number = 0;
  for (const NamedDecl *D :
       Own->getDeclContext()->getRedeclContext()->lookup(Own->getDeclName())) {
    const auto *Other = dyn_cast<FunctionTemplateDecl>(D);
    if (Other && Other->getCanonicalDecl() != Own->getCanonicalDecl() &&
        Other->getTemplatedDecl()->getNumParams() ==
            Own->getTemplatedDecl()->getNumParams() &&
        typesOf(Other->getTemplatedDecl(), false) ==
            typesOf(Own->getTemplatedDecl(), false) &&
        SM.isBeforeInTranslationUnit(Other->getCanonicalDecl()->getLocation(),
                                     Own->getCanonicalDecl()->getLocation()))
      ++Number;
  }
  return Number ? "#" + std::to_string(Number) : "";
}

/// True for a function of the namespace of its class, where those of the legacy
/// and the canonical class are two: it is found by its arguments.
static bool isOfNamespace(const FunctionDecl *Callee, StringRef Class,
                          const RuleSet &Rules) {
  const auto *Space = dyn_cast<NamespaceDecl>(Callee->getDeclContext());
  std::string Name = Space ? qualifiedName(Space) : "";
  auto IsIn = [&](StringRef Member) {
    return Member.rsplit("::").first == Name;
  };
  return !Name.empty() &&
         any_of(Rules.Consolidate, [&](const Consolidation &Entry) {
           return Entry.Into == Class &&
                  any_of(Entry.From, [&](const LegacyClass &Legacy) {
                    return IsIn(Legacy.Name) != IsIn(Entry.className());
                  });
         });
}

static DeclContext::lookup_result overloadsOf(const FunctionDecl *Function) {
  return Function->getDeclContext()->getRedeclContext()->lookup(
      Function->getDeclName());
}

/// What \p Type leads to by a reference and pointers.
static QualType objectBehind(QualType Type) {
  Type = Type.getNonReferenceType();
  while (Type->isAnyPointerType())
    Type = Type->getPointeeType();
  return Type;
}

bool UseCollector::takesLegacy(const FunctionDecl *Function) const {
  return any_of(Function->parameters(), [&](const ParmVarDecl *P) {
    QualType Type = objectBehind(P->getType());
    return !Type->isDependentType() && mentionsLegacy(Type);
  });
}

bool UseCollector::takesCanonical(const FunctionDecl *Function) const {
  return any_of(Function->parameters(), [&](const ParmVarDecl *P) {
    return Index.isCanonical(classOf(objectBehind(P->getType())));
  });
}

/// True when \p D is for a legacy class, and another of its name beside it for
/// a canonical class; or the other way round.
bool UseCollector::isForBoth(const FunctionDecl *D) const {
  bool OfLegacy = takesLegacy(D), OfCanonical = takesCanonical(D);
  return (OfLegacy || OfCanonical) &&
         any_of(overloadsOf(D), [&](const NamedDecl *Same) {
           const FunctionDecl *Other = Same->getAsFunction();
           return Other && !declaresSameEntity(Other, patternOf(D)) &&
                  ((OfLegacy && takesCanonical(Other)) ||
                   (OfCanonical && takesLegacy(Other)));
         });
}

/// What a class, its header or its namespace brings along has its counterpart
/// elsewhere.
void UseCollector::noteDeclaredIn(ChosenCall &Chosen,
                                  const FunctionDecl *Callee,
                                  StringRef Class) const {
  SourceLocation Where = placeOf(Callee->getCanonicalDecl()->getLocation());
  if (Where.isInvalid() || SM.isInSystemHeader(Where) ||
      Index.isOfFamily(dyn_cast<NamedDecl>(Callee->getDeclContext())) ||
      (isOfNamespace(Callee, Class, Rules.Rules) && !isForBoth(Callee)))
    return;
  std::string Path = pathOf(Where);
  if (Rules.DefiningFiles.count(Path))
    return;
  Chosen.DeclaredIn = std::move(Path);
  Chosen.DeclaredAt = SM.getFileOffset(Where);
}

ChosenCall UseCollector::chosenAt(CharSourceRange Range,
                                  const FunctionDecl *Callee) const {
  ChosenCall Chosen;
  Chosen.Path = pathOf(Range.getBegin());
  Chosen.Begin = SM.getFileOffset(Range.getBegin());
  Chosen.End = SM.getFileOffset(Range.getEnd());
  Chosen.Line = SM.getSpellingLineNumber(Range.getBegin());
  Chosen.Signature = Callee->isTemplateInstantiation()
                         ? describeInstantiation(Callee)
                         : describeFunction(Callee);
  bool IsCase =
      Callee->getTemplateSpecializationKind() == TSK_ExplicitSpecialization;
  const auto *Pattern = IsCase ? Callee : cast<FunctionDecl>(patternOf(Callee));
  std::string Types = typesOf(Pattern, IsCase);
  StringRef Class = canonicalClassOf(Pattern, Types, Rules.Rules);
  noteDeclaredIn(Chosen, Pattern, Class);
  Chosen.OfClass = !Class.empty();
  if (const auto *Conversion = dyn_cast<CXXConversionDecl>(Pattern)) {
    // Its name is the type.
    Chosen.Key = qualifiedName(Conversion->getParent()) + "::operator ";
    Chosen.Signature =
        Chosen.Key + typeName(Conversion->getConversionType(), Context);
    return Chosen;
  }
  // What a rewrite replaces is not what the canonical class has by that name.
  Chosen.Key = Chosen.OfClass && !rewriteOfMember(Callee)
                   ? Pattern->getNameAsString() + " of " + Class.str()
                   : qualifiedName(Pattern) + Types + numberOf(Pattern, SM);
  return Chosen;
}

void UseCollector::addChosen(CharSourceRange Range, CallSite Site,
                             const FunctionDecl *Callee) {
  if (Range.isInvalid() || !isAsked(Range.getBegin(), Range.getEnd()))
    return;
  ChosenCall Chosen = chosenAt(Range, Callee);
  Chosen.Site = Site;
  Chosen.USRs = usrsOf(Callee);
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(Callee);
  Chosen.MakesLegacy = Ctor && Index.find(Ctor->getParent());
  Out.Chosen.push_back(std::move(Chosen));
}

/// A function of the project, and not of the class itself; of that, what a
/// rewrite replaces.
bool UseCollector::isWatched(const FunctionDecl *Callee,
                             ArrayRef<const Expr *> Arguments) const {
  if (InsideOwnText || SM.isInSystemHeader(Callee->getLocation()))
    return false;
  if (Index.find(dyn_cast<NamedDecl>(Callee->getDeclContext())))
    return rewriteOfMember(Callee);
  return any_of(Arguments,
                [&](const Expr *E) {
                  return isOfFamily(E->getType()) ||
                         isOfFamily(asWritten(E)->getType());
                }) ||
         any_of(Callee->parameters(),
                [&](const ParmVarDecl *P) { return isOfFamily(P->getType()); });
}

/// A legacy or canonical class, or what leads to one.
bool UseCollector::isOfFamily(QualType Type) const {
  while (!Type.isNull() && Type->isAnyPointerType())
    Type = Type->getPointeeType();
  return !Type.isNull() && !Type->isDependentType() &&
         (mentionsLegacy(Type) || Index.isCanonical(classOf(Type)));
}

/// \p Callee is called at \p Place. Where \p Watched, no function must come to
/// be called there that is not called there now, by this call or another: an
/// instantiation and a conversion have no place of their own.
void UseCollector::noteCall(CharSourceRange Place, CallSite Site,
                            const FunctionDecl *Callee, bool Watched) {
  addChosen(Place, Site, Callee);
  NotedCalls.push_back({Place, Site, Callee, Watched});
}

void UseCollector::watchNotedCalls() {
  auto Key = [](const NotedCall &Call) {
    return std::make_pair(Call.Place.getBegin(), unsigned(Call.Site));
  };
  std::set<std::pair<SourceLocation, unsigned>> Watched;
  for (const NotedCall &Call : NotedCalls)
    if (Call.Watched && InScope(pathOf(Call.Place.getBegin())))
      Watched.insert(Key(Call));
  for (const NotedCall &Call : NotedCalls)
    if (Watched.count(Key(Call))) {
      ChosenCall Before = chosenAt(Call.Place, Call.Callee);
      Before.Site = Call.Site;
      Out.Watched.push_back(std::move(Before));
    }
}

void UseCollector::noteSpelledCall(const Expr *E,
                                   ArrayRef<const Expr *> Arguments) {
  std::optional<SpelledCall> Call = spelledCall(E);
  CharSourceRange Name =
      Call ? fileRange({Call->Name, Call->Name}) : CharSourceRange();
  if (Name.isValid())
    noteCall(Name, CallSite::Name, Call->Callee,
             !Arguments.empty() && isWatched(Call->Callee, Arguments));
}

/// `H h(object)`, `f(object)` of an `f(H)`: the constructor of another class is
/// chosen by the class of the object.
void UseCollector::noteChosenConversion(const CXXConstructExpr *E) {
  const CXXConstructorDecl *Ctor = constructorOf(E);
  SmallVector<const Expr *, 4> Arguments(E->arguments());
  CharSourceRange Place = fileRange({E->getLocation(), E->getLocation()});
  if (!Ctor->isCopyOrMoveConstructor() && !Arguments.empty() &&
      Place.isValid() && !Index.isOfFamily(Ctor->getParent()))
    noteCall(Place, CallSite::Conversion, Ctor, isWatched(Ctor, Arguments));
}

/// `X x = object;`: the conversion function is chosen by the class X.
void UseCollector::noteChosenConversion(const CallExpr *E) {
  const auto *Conversion =
      dyn_cast_or_null<CXXConversionDecl>(E->getDirectCallee());
  CharSourceRange Place = Conversion
                              ? fileRange({E->getBeginLoc(), E->getBeginLoc()})
                              : CharSourceRange();
  if (Place.isValid() && !Index.isOfFamily(Conversion->getParent()))
    noteCall(Place, CallSite::ConversionFunction, Conversion,
             !InsideOwnText &&
                 !SM.isInSystemHeader(Conversion->getLocation()) &&
                 isOfFamily(Conversion->getConversionType()));
}

/// `p = f;`, `&X::f`: the function is chosen by the type of p.
void UseCollector::noteChosenAddress(const DeclRefExpr *E) {
  const auto *Function = dyn_cast<FunctionDecl>(E->getDecl());
  if (!Function)
    return;
  for (const DynTypedNode &Node : drop_begin(reverse(Ancestors)))
    if (const auto *Call = Node.get<CallExpr>(); // noted as that
        Call && Call->getDirectCallee() == Function &&
        Call->getCallee()->IgnoreParenImpCasts() == E)
      return;
    else if (!Node.get<ImplicitCastExpr>() && !Node.get<ParenExpr>())
      break;
  CharSourceRange Name = fileRange({E->getBeginLoc(), E->getBeginLoc()});
  if (Name.isValid())
    noteCall(Name, CallSite::Name, Function,
             isWatched(Function, {}) && !rewriteOfMember(Function));
}

/// A construction of a canonical class that does not spell it; or of one that
/// has stayed, where its arguments were edited.
void UseCollector::noteChosenConstructor(const CXXConstructExpr *E) {
  const CXXConstructorDecl *Ctor = constructorOf(E);
  if (!Options.AskedCalls || Ctor->isCopyOrMoveConstructor() ||
      !Index.isOfFamily(Ctor->getParent()))
    return;
  Reason WhyNot;
  if (std::optional<ArgumentSlot> Slot = slotOf(E, WhyNot))
    addChosen(Slot->Inside, CallSite::Arguments, Ctor);
}

/// `make_unique<X>(a, b)`: the constructor is called in the body.
void UseCollector::noteForwardedConstructor(FunctionDecl *Callee,
                                            ArrayRef<const Expr *> Arguments,
                                            SourceLocation Closing) {
  CharSourceRange End = fileRange({Closing, Closing});
  if (!Options.AskedCalls || End.isInvalid())
    return;
  CharSourceRange All =
      Arguments.empty() || isa<CXXDefaultArgExpr>(Arguments.front())
          ? End
          : fileRange({Arguments.front()->getBeginLoc(), Closing});
  if (All.isInvalid() || !isAsked(All.getBegin(), All.getEnd()))
    return;
  std::optional<ForwardedConstruction> Found = findForwardedConstruction(
      Callee, Arguments,
      [&](const CXXRecordDecl *Record) { return Index.isOfFamily(Record); });
  if (Found && Found->PassesOn)
    addChosen(forwardedSlot(*Found, Arguments, Closing).Inside,
              CallSite::Arguments, constructorOf(Found->Construct));
}

/// What the code constructs, whoever writes it: where that is of a legacy class
/// and nothing is edited, the canonical class must not come to be constructed.
void UseCollector::noteMade() {
  if (!anyConstructionIsRewritten())
    return;
  for (const MadeObject &Made : constructed().Made) {
    CharSourceRange Place =
        CharSourceRange::getCharRange(Made.Where, Made.Where);
    LegacyEntry Entry = Index.find(Made.By->getParent());
    if (!Entry)
      addChosen(Place, CallSite::Object, Made.By);
    if (!InScope(pathOf(Made.Where)) || Settled.contains(Made.Where) ||
        SaidAtCall.contains(Made.Where) ||
        (Entry && !needsRewrite(Entry, Made.By)))
      continue;
    ChosenCall Before = chosenAt(Place, Made.By);
    Before.Site = CallSite::Object;
    Before.MakesLegacy = bool(Entry);
    Out.Watched.push_back(std::move(Before));
  }
}

/// A function or a field by its own name: no two of them are one here.
ChosenCall UseCollector::referenceAt(const NamedReference &Reference) const {
  ChosenCall Result;
  Result.Path = pathOf(Reference.Where);
  Result.Begin = Result.End = SM.getFileOffset(Reference.Where);
  Result.Line = SM.getSpellingLineNumber(Reference.Where);
  Result.Site = CallSite::Reference;
  const auto *Function = dyn_cast<FunctionDecl>(Reference.To);
  Result.Signature =
      Function ? describeFunction(Function) : qualifiedName(Reference.To);
  Result.Key = usrOf(patternOf(Reference.To));
  return Result;
}

/// Notes names of functions for a canonical class beside those for a legacy
/// class, or for any.
void UseCollector::noteOverload(const FunctionDecl *D) {
  if (!D->getIdentifier() || !takesCanonical(D) ||
      Index.isOfFamily(dyn_cast<NamedDecl>(D->getDeclContext())))
    return;
  if (any_of(overloadsOf(D), [&](const NamedDecl *Same) {
        const FunctionDecl *Other = Same->getAsFunction();
        return isa<FunctionTemplateDecl>(Same) || (Other && takesLegacy(Other));
      }))
    NamesForBoth.insert(D->getName());
}

/// The same for functions and fields that a rule rewrites: where one is named
/// and nothing is edited, another of its name must not come to be. And in
/// instantiations for what is overloaded.
void UseCollector::noteReferences() {
  if (Calls.isEmpty() && NamesForBoth.empty())
    return;
  for (const NamedReference &Reference : constructed().References) {
    bool Rewritten = rewriteOfMember(Reference.To);
    if (const auto *Function = dyn_cast<FunctionDecl>(Reference.To);
        Function && NamesForBoth.contains(Function->getName()))
      noteCall(CharSourceRange::getCharRange(Reference.Where, Reference.Where),
               CallSite::Name, Function,
               !Rewritten && isWatched(Function, {}) && isForBoth(Function));
    if (Calls.isEmpty())
      continue;
    if (!Rewritten && isAsked(Reference.Where, Reference.Where))
      Out.Chosen.push_back(referenceAt(Reference));
    if (Rewritten && InScope(pathOf(Reference.Where)) &&
        !SettledNames.contains(Reference.Where))
      Out.Watched.push_back(referenceAt(Reference));
  }
}

} // namespace consolidate
