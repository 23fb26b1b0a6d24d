//===- DependentUses.cpp - What only an instantiation can tell ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A template is edited as a pattern, for all its instantiations. Where the
// types of the arguments are not known there, the use is left, and what an
// instantiation makes of it is said.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

Reason knownInInstantiation(bool Class = false) {
  return {MessageId::DependentConstruction,
          dependsOnParameter(Class) + ", so the constructor is only known in "
                                      "an instantiation"};
}

constexpr llvm::StringLiteral NeverInstantiated =
    "the initialiser stands in a template that is never instantiated here, so "
    "the constructor is not known";

/// How many arguments are written; none for a pack, which may be any number.
std::optional<unsigned> countOf(const Expr *Init) {
  ArrayRef<const Expr *> Written(Init);
  if (const auto *Parens = dyn_cast<ParenListExpr>(Init))
    Written = ArrayRef(const_cast<ParenListExpr *>(Parens)->getExprs(),
                       Parens->getNumExprs());
  else if (const auto *List = dyn_cast<InitListExpr>(Init))
    Written = List->inits();
  if (any_of(Written, [](const Expr *E) { return isa<PackExpansionExpr>(E); }))
    return std::nullopt;
  return Written.size();
}

bool isList(const Expr *Init) { return isa<ParenListExpr, InitListExpr>(Init); }

bool takesPack(const NamedDecl *Candidate) {
  const FunctionDecl *Function =
      Candidate->getUnderlyingDecl()->getAsFunction();
  return Function && Function->getNumParams() > 0 &&
         Function->parameters().back()->isParameterPack();
}

} // namespace

std::string dependsOnParameter(bool Class) {
  return (Class ? "its class depends" : "its arguments depend") +
         std::string(" on a template parameter");
}

// --- Why a construction is left ----------------------------------------------

const ConstructedCode &UseCollector::constructed() {
  if (!Constructed)
    Constructed = readConstructedCode(
        Context, [&](const auto *Record) { return bool(Index.find(Record)); },
        [&](const auto *Record) { return Index.isCanonical(Record); },
        [&](const auto *E) {
          const CXXConstructorDecl *Ctor = E->getConstructor();
          LegacyEntry Entry = Index.find(Ctor->getParent());
          return Entry && needsRewrite(Entry, Ctor);
        },
        [&](const NamedReference &Reference) {
          return isa<FunctionDecl>(Reference.To) ||
                 rewriteOfMember(Reference.To) ||
                 (!Calls.isEmpty() &&
                  isAsked(Reference.Where, Reference.Where));
        });
  return *Constructed;
}

/// The innermost function around that an instantiation would be made of.
const FunctionDecl *UseCollector::enclosingFunction() const {
  for (const DynTypedNode &Node : reverse(Ancestors))
    if (const auto *Function = Node.get<FunctionDecl>())
      return Function;
  return nullptr;
}

Reason UseCollector::reasonFor(const InstantiatedConstruction &Made,
                               bool Class) const {
  return {MessageId::DependentConstruction,
          dependsOnParameter(Class) + "; in '" +
              describeInstantiation(Made.Function) +
              (Class ? "' it calls '" : "' they call '") +
              describeFunction(Made.Construct->getConstructor()) + "'"};
}

/// Why the construction written at \p Text is left; empty when it turns out to
/// be none: instantiations copy, or nothing could convert.
Reason UseCollector::whyDependent(const LegacyEntry &Entry, QualType Type,
                                  const Expr *Init, SourceRange Text) {
  const CXXRecordDecl *Record = classOf(Type)->getDefinition();
  bool Class = Type->isDependentType();
  auto [File, Begin] = SM.getDecomposedLoc(fileLoc(Text.getBegin()));
  unsigned End = SM.getFileOffset(fileLoc(Text.getEnd()));
  for (const InstantiatedConstruction &Made : constructed().InInstantiations) {
    auto [Where, Offset] = SM.getDecomposedLoc(Made.Where);
    if (Where == File && Begin <= Offset && Offset <= End &&
        Index.find(Made.Construct->getConstructor()->getParent()).Legacy ==
            Entry.Legacy)
      return reasonFor(Made, Class);
  }
  const FunctionDecl *Pattern = enclosingFunction();
  if (Pattern && constructed().isInstantiated(Pattern))
    return {};
  std::optional<unsigned> Count = countOf(Init);
  bool Fits = any_of(Record->ctors(), [&](const CXXConstructorDecl *Ctor) {
    return needsRewrite(Entry, Ctor) && !Ctor->isDeleted() &&
           (isList(Init) || !Ctor->isExplicit()) &&
           (!Count || (Ctor->getMinRequiredArguments() <= *Count &&
                       *Count <= Ctor->getNumParams()));
  });
  return Fits ? knownInInstantiation(Class) : Reason{};
}

void UseCollector::addDependent(TypeLoc Type, const Expr *Init,
                                SourceLocation Where, StringRef Form) {
  // Temporaries among the arguments make it a full expression.
  Init = Init ? const_cast<Expr *>(Init)->IgnoreImplicit() : nullptr;
  if (Type.isNull() || !Init ||
      !(Init->isTypeDependent() || Type.getType()->isDependentType()) ||
      Type.getType()->isReferenceType())
    return;
  LegacyEntry Entry = Index.find(Type.getType());
  const CXXRecordDecl *Record = classOf(Type.getType());
  if (!Entry || !Entry.HasRewrites || !Record->hasDefinition())
    return;
  Reason Why =
      whyDependent(Entry, Type.getType(), Init, {Where, Init->getEndLoc()});
  if (!Why.empty())
    addLeftConstruction(Entry, Type, Where, Form, std::move(Why));
}

// --- Where it is written -----------------------------------------------------

/// `Old<T> v;`
void UseCollector::addDependentDefault(const DeclaratorDecl *D, TypeLoc Type) {
  QualType Element = Context.getBaseElementType(Type.getType());
  const auto *Variable = dyn_cast<VarDecl>(D);
  LegacyEntry Entry = Element->isDependentType() && !isa<FunctionDecl>(D) &&
                              !Element->isReferenceType() &&
                              !(Variable && Variable->hasExternalStorage())
                          ? Index.find(Element)
                          : LegacyEntry{};
  const CXXRecordDecl *Record =
      Entry && Entry.HasRewrites ? classOf(Element)->getDefinition() : nullptr;
  if (Record && any_of(Record->ctors(), [&](const CXXConstructorDecl *Ctor) {
        return Ctor->isDefaultConstructor() && needsRewrite(Entry, Ctor);
      }))
    addLeftConstruction(Entry, Type, D->getLocation(), "dependent construction",
                        knownInInstantiation(/*Class=*/true));
}

void UseCollector::addDependentInit(const TypeSourceInfo *Type,
                                    const Expr *Init, SourceLocation Where) {
  if (Type)
    addDependent(Type->getTypeLoc(), Init, Where, "dependent construction");
}

/// In a template, Clang matches no member or base initialiser with a
/// constructor, whatever its arguments are. Where they depend on nothing, any
/// instantiation tells which it is.
void UseCollector::addInitialiserInTemplate(const CXXCtorInitializer *Init) {
  const Expr *Written = Init->getInit();
  const FieldDecl *Field = Init->getAnyMember();
  const TypeSourceInfo *Type =
      Field ? Field->getTypeSourceInfo() : Init->getTypeSourceInfo();
  SourceLocation Where = Init->getSourceLocation();
  LegacyEntry Entry = Type && Written && isList(Written) &&
                              !Written->isTypeDependent() &&
                              !Type->getType()->isReferenceType()
                          ? Index.find(Type->getType())
                          : LegacyEntry{};
  if (!Entry || !Entry.HasRewrites || InsideOwnText == Entry.Legacy ||
      !isa<CXXConstructorDecl>(Scope) || !Scope->isDependentContext())
    return addDependentInit(Type, Written, Where);
  const ConstructedCode &Code = constructed();
  auto Made = find_if(Code.InInstantiations, [&](const auto &Construction) {
    return Construction.Where == fileLoc(Where) &&
           Index.find(Construction.Construct->getConstructor()->getParent())
                   .Legacy == Entry.Legacy;
  });
  if (Made == Code.InInstantiations.end()) {
    if (!Code.isInstantiated(cast<FunctionDecl>(Scope)))
      addLeftConstruction(
          Entry, Type->getTypeLoc(), Where, "dependent construction",
          {MessageId::DependentConstruction, NeverInstantiated.str()});
    return;
  }
  // The arguments are those of the template, not of one instantiation.
  for (const Stmt *Argument : Written->children())
    CallArguments.push_back(cast<Expr>(Argument));
  addConstruction(
      Entry, Made->Construct, Where,
      initialiserSlot(Written->getSourceRange(), isa<InitListExpr>(Written)),
      {});
  CallArguments.clear();
}

bool UseCollector::VisitCXXNewExpr(CXXNewExpr *E) {
  addDependentInit(E->getAllocatedTypeSourceInfo(), E->getInitializer(),
                   E->getBeginLoc());
  return true;
}

bool UseCollector::VisitDeclaratorDecl(DeclaratorDecl *D) {
  const Expr *Init = nullptr;
  if (const auto *Variable = dyn_cast<VarDecl>(D))
    Init = Variable->getInit();
  else if (const auto *Field = dyn_cast<FieldDecl>(D))
    Init = Field->getInClassInitializer();
  const TypeSourceInfo *Type = D->getTypeSourceInfo();
  addDependentInit(Type, Init, D->getLocation());
  if (!Init && Type && !isa<ParmVarDecl>(D))
    addDependentDefault(D, Type->getTypeLoc());
  // `std::optional<X> o(std::in_place, a, b)`, `std::pair<X, int> p{{a, b}, 3}`
  if (!Type || !Init || !isList(Init) || countOf(Init) == 1u ||
      !(Init->isTypeDependent() || Type->getType()->isDependentType()))
    return true;
  auto Spec =
      plainLoc(Type->getTypeLoc()).getAs<TemplateSpecializationTypeLoc>();
  for (unsigned I = 0; Spec && I < Spec.getNumArgs(); ++I)
    if (const TypeSourceInfo *Argument = Spec.getArgLoc(I).getTypeSourceInfo())
      if (LegacyEntry Entry = Index.find(Argument->getType());
          Entry && Entry.HasRewrites)
        addLeftConstruction(Entry, Argument->getTypeLoc(), D->getLocation(),
                            "dependent construction", knownInInstantiation());
  return true;
}

bool UseCollector::VisitReturnStmt(ReturnStmt *S) {
  TypeLoc Type;
  for (const DynTypedNode &Node : reverse(Ancestors)) {
    const FunctionDecl *Function = Node.get<FunctionDecl>();
    if (const auto *Lambda = Node.get<LambdaExpr>())
      Function = Lambda->getCallOperator();
    if (!Function)
      continue;
    if (FunctionTypeLoc Loc = Function->getFunctionTypeLoc())
      Type = Loc.getReturnLoc();
    break;
  }
  if (const Expr *Value = S->getRetValue())
    addDependent(Type, Value, Value->getBeginLoc(), "dependent return");
  return true;
}

bool UseCollector::VisitCXXUnresolvedConstructExpr(
    CXXUnresolvedConstructExpr *E) {
  LegacyEntry Entry = Index.find(E->getTypeAsWritten());
  if (!Entry || !Entry.HasRewrites)
    return true;
  bool Class = E->getTypeAsWritten()->isDependentType();
  Reason Why = knownInInstantiation(Class);
  for (const InstantiatedConstruction &Made : constructed().InInstantiations)
    if (Made.Where == fileLoc(E->getBeginLoc()))
      Why = reasonFor(Made, Class);
  addLeftConstruction(Entry, E->getTypeSourceInfo()->getTypeLoc(),
                      E->getBeginLoc(), "dependent construction",
                      std::move(Why));
  return true;
}

void UseCollector::addUnresolvedCall(CallExpr *E) {
  const auto *Overloads = dyn_cast<OverloadExpr>(E->getCallee());
  if (!Overloads)
    return;
  addUnresolvedRewrite(E, Overloads);
  if (E->getNumArgs() == 0)
    return;
  tieToTemplates(Overloads);
  for (const TemplateArgumentLoc &Argument : Overloads->template_arguments()) {
    if (Argument.getArgument().getKind() != TemplateArgument::Type)
      continue;
    LegacyEntry Entry = Index.find(Argument.getTypeSourceInfo()->getType());
    if (Entry && Entry.HasRewrites)
      addLeftConstruction(
          Entry, Argument.getTypeSourceInfo()->getTypeLoc(), E->getBeginLoc(),
          "dependent call",
          knownInInstantiation(Argument.getArgument().isDependent()));
  }
  addDependentEmplace(E, Overloads);
  for (unsigned I = 0; I < E->getNumArgs(); ++I)
    addDependentArgument(E->getArg(I), I, Overloads);
}

/// `engines.emplace_back(a, b)`: the container's type is spelled elsewhere.
void UseCollector::addDependentEmplace(const CallExpr *E,
                                       const OverloadExpr *Callee) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      isa<UnresolvedMemberExpr>(Callee)
          ? const_cast<OverloadExpr *>(Callee)->getNamingClass()
          : nullptr);
  if (!Spec || none_of(Callee->decls(), takesPack))
    return;
  for (const TemplateArgument &Argument : Spec->getTemplateArgs().asArray())
    if (Argument.getKind() == TemplateArgument::Type)
      if (LegacyEntry Entry = Index.find(Argument.getAsType());
          Entry && Entry.HasRewrites && Argument.getAsType()->isRecordType())
        return addLeftConstruction(Entry, declaredElement(Callee),
                                   E->getExprLoc(), "dependent call",
                                   knownInInstantiation());
}

/// True when an element may be made of what \p Call passes to \p Callee, and
/// not be copied.
static bool mayMakeElement(const CallExpr *Call, const NamedDecl *Callee,
                           const clang::Type *Element) {
  if (any_of(Call->arguments(),
             [](const Expr *Argument) { return isa<InitListExpr>(Argument); }))
    return true;
  if (Call->getNumArgs() == 0 || !Callee || !takesPack(Callee))
    return false;
  return Call->getNumArgs() > 1 ||
         Call->getArg(0)->getType()->getCanonicalTypeUnqualified() !=
             Element->getCanonicalTypeUnqualified();
}

/// `all.emplace_back(1, 2)` and `all.push_back({1, 2})` of a vector of Old<T>
void UseCollector::addDependentElement(const CXXDependentScopeMemberExpr *E,
                                       const CXXRecordDecl *Container) {
  const auto *Call = parent(1) ? parent(1)->get<CallExpr>() : nullptr;
  if (!Call || Call->getCallee() != E || E->isImplicitAccess())
    return;
  TypeLoc Type = elementIn(E->getBase());
  LegacyEntry Entry =
      Type.isNull() ? LegacyEntry{} : Index.find(Type.getType());
  if (!Entry || !Entry.HasRewrites)
    return;
  // Of `rows[0]` in a template the class is not known.
  bool MayMake =
      Container && Container->hasDefinition()
          ? any_of(Container->getDefinition()->lookup(E->getMember()),
                   [&](const NamedDecl *Callee) {
                     return mayMakeElement(Call, Callee, Type.getTypePtr());
                   })
          : Call->getNumArgs() > 1 || mayMakeElement(Call, nullptr, nullptr);
  if (MayMake)
    addLeftConstruction(Entry, Type, E->getMemberLoc(), "dependent call",
                        knownInInstantiation(/*Class=*/true));
}

/// `take({a, b})`
void UseCollector::addDependentArgument(const Expr *Argument, unsigned Index,
                                        const OverloadExpr *Callee) {
  if (!isa<InitListExpr>(Argument))
    return;
  for (const NamedDecl *D : Callee->decls()) {
    const FunctionDecl *Candidate = D->getUnderlyingDecl()->getAsFunction();
    if (!Candidate || Index >= Candidate->getNumParams())
      continue;
    const ParmVarDecl *Parameter = Candidate->getParamDecl(Index);
    LegacyEntry Entry = this->Index.find(Parameter->getType());
    if (!Entry || !Entry.HasRewrites)
      continue;
    TypeLoc Type = Parameter->getTypeSourceInfo()
                       ? Parameter->getTypeSourceInfo()->getTypeLoc()
                       : TypeLoc();
    addLeftConstruction(Entry, Type, Argument->getBeginLoc(),
                        "dependent argument", knownInInstantiation());
    // All that may be called stay.
    if (SourceLocation Name = legacyNameIn(Type); Name.isValid())
      Ties.emplace_back(Name, "argument:" +
                                  placeKey(placeOf(Argument->getBeginLoc())));
  }
}

bool UseCollector::anyConstructionIsRewritten() const {
  return any_of(Rules.Rewrites,
                [](const CompiledRewrite &R) { return !R.Class.empty(); });
}

/// What no pattern shows: `T(a, b)`, or `f(t)` with a conversion.
void UseCollector::addOnlyInstantiated() {
  if (!anyConstructionIsRewritten())
    return;
  DenseSet<SourceLocation> Known;
  for (const RawUse &Use : Out.Uses)
    if (Use.Kind == FindingKind::Construction)
      Known.insert(Use.Where);
  for (const InstantiatedConstruction &Made : constructed().InInstantiations) {
    SourceLocation Where = placeOf(Made.Construct->getBeginLoc());
    LegacyEntry Entry =
        Index.find(Made.Construct->getConstructor()->getParent());
    if (SaidAtCall.contains(Made.Where) || !InScope(pathOf(Where)) ||
        ownTextOf(Made.Function) == Entry.Legacy || !Known.insert(Where).second)
      continue;
    size_t Before = Out.Uses.size();
    addLeftConstruction(Entry, {}, Made.Construct->getBeginLoc(),
                        "dependent construction", reasonFor(Made));
    // The traversal is over, and any instantiation may be the first.
    if (Out.Uses.size() > Before)
      Out.Uses.back().Signature = describeDeclaration(patternOf(Made.Function));
  }
}

} // namespace consolidate
