//===- Passing.cpp - How the functions of a rule take their arguments -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Whether a class keeps a reference to what it is given is not in its type
// alone: an initialiser that is visible tells, else what its members could
// hold. In doubt it may keep it.
//
//===----------------------------------------------------------------------===//
#include "Safety.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// Members of members, constructors behind constructors.
constexpr unsigned MaxDepth = 4;

bool isView(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return false;
  return Record->hasAttr<PointerAttr>() ||
         is_contained({"std::basic_string_view", "std::span",
                       "std::reference_wrapper", "absl::string_view",
                       "llvm::StringRef", "llvm::ArrayRef"},
                      qualifiedName(Record));
}

QualType plain(QualType Type) {
  return Type.getCanonicalType().getUnqualifiedType();
}

/// True when a pointer to \p Pointee can point to \p Object or into it.
bool canPointTo(QualType Pointee, QualType Object) {
  Pointee = plain(Pointee);
  if (Pointee->isVoidType() || Pointee == plain(Object))
    return true;
  if (Pointee->isFunctionType())
    return false;
  const CXXRecordDecl *Target = Pointee->getAsCXXRecordDecl();
  const CXXRecordDecl *Given = Object->getAsCXXRecordDecl();
  if (!Target)
    return Given && qualifiedName(Given) == "std::basic_string" &&
           Pointee->isAnyCharacterType();
  if (!Target->hasDefinition())
    return true;
  return Given && Given->hasDefinition() && Given->isDerivedFrom(Target);
}

/// True when an object of \p Holder can hold a reference to \p Object.
bool mayHold(QualType Holder, QualType Object, unsigned Depth = 0) {
  if (Depth > MaxDepth)
    return false;
  if (Holder->isReferenceType() || Holder->isPointerType())
    return canPointTo(Holder->getPointeeType(), Object);
  if (const auto *Array = Holder->getAsArrayTypeUnsafe())
    return mayHold(Array->getElementType(), Object, Depth + 1);
  if (isView(Holder))
    return true;
  const CXXRecordDecl *Record = Holder->getAsCXXRecordDecl();
  if (!Record)
    return false;
  if (!Record->hasDefinition())
    return true;
  Record = Record->getDefinition();
  // What a library class holds is told by its arguments, not by its members.
  if (Record->isInStdNamespace()) {
    const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Record);
    return Spec && any_of(Spec->getTemplateArgs().asArray(),
                          [&](const TemplateArgument &A) {
                            return A.getKind() == TemplateArgument::Type &&
                                   mayHold(A.getAsType(), Object, Depth + 1);
                          });
  }
  return any_of(Record->fields(),
                [&](const FieldDecl *Field) {
                  return mayHold(Field->getType(), Object, Depth + 1);
                }) ||
         any_of(Record->bases(), [&](const CXXBaseSpecifier &Base) {
           return mayHold(Base.getType(), Object, Depth + 1);
         });
}

bool mentions(const Stmt *S, const ParmVarDecl *P) {
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(S))
    return Ref->getDecl() == P;
  return S && any_of(S->children(),
                     [&](const Stmt *Child) { return mentions(Child, P); });
}

bool mayKeep(const ParmVarDecl *P, const FunctionDecl *F, QualType Object,
             unsigned Depth = 0);

/// An initialiser of a member or base, or one argument of it.
bool initialiserKeeps(const Expr *Init, QualType Type, const ParmVarDecl *P,
                      QualType Object, unsigned Depth) {
  if (!mentions(Init, P))
    return false;
  Init = asWritten(Init);
  const auto *Construct = dyn_cast<CXXConstructExpr>(Init);
  if (!Construct || Construct->getConstructor()->isCopyOrMoveConstructor())
    return mayHold(Type, Object) &&
           // `X x_; T(const X &x) : x_(x)` copies what is there.
           !(Construct && !isView(Type) && plain(Type) == plain(Object));
  const CXXConstructorDecl *Ctor = Construct->getConstructor();
  for (unsigned I = 0; I < Construct->getNumArgs(); ++I) {
    if (!mentions(Construct->getArg(I), P))
      continue;
    if (I >= Ctor->getNumParams() ||
        !isa<DeclRefExpr>(asWritten(Construct->getArg(I))))
      return mayHold(Type, Object);
    if (mayKeep(Ctor->getParamDecl(I), Ctor, Object, Depth + 1))
      return true;
  }
  return false;
}

bool constructorKeeps(const CXXConstructorDecl *Ctor, unsigned Index,
                      QualType Object, unsigned Depth) {
  QualType Class = typeOf(Ctor->getParent());
  const FunctionDecl *Definition = nullptr;
  if (!Ctor->getBody(Definition) || Ctor->getParent()->isInStdNamespace() ||
      Depth > MaxDepth)
    return mayHold(Class, Object);
  const auto *Defined = cast<CXXConstructorDecl>(Definition);
  const ParmVarDecl *P = Defined->getParamDecl(Index);
  for (const CXXCtorInitializer *Init : Defined->inits()) {
    QualType Type =
        Init->isAnyMemberInitializer() ? Init->getAnyMember()->getType()
        : Init->isBaseInitializer()    ? QualType(Init->getBaseClass(), 0)
                                       : Class;
    if (initialiserKeeps(Init->getInit(), Type, P, Object, Depth))
      return true;
  }
  return mentions(Defined->getBody(), P) && mayHold(Class, Object);
}

/// True when what \p F makes, or belongs to, may hold on to the argument.
bool mayKeep(const ParmVarDecl *P, const FunctionDecl *F, QualType Object,
             unsigned Depth) {
  if (P->hasAttr<LifetimeBoundAttr>() || capturesArgument(P))
    return true;
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F))
    return constructorKeeps(Ctor, P->getFunctionScopeIndex(), Object, Depth);
  QualType Returned = F->getReturnType();
  if (Returned->isReferenceType() || Returned->isPointerType())
    return false; // That is no new object.
  if (mayHold(Returned, Object))
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return Method && Method->isInstance() && !Method->isConst() &&
         mayHold(typeOf(Method->getParent()), Object);
}

Passing passingOf(const ParmVarDecl *P, const FunctionDecl *F) {
  Passing Result;
  QualType Type = P->getType();
  if (Type->isDependentType() || P->isParameterPack())
    return Result;
  Result.Direct = true;
  if (const FunctionTemplateDecl *Template = F->getPrimaryTemplate()) {
    const FunctionDecl *Declared = Template->getTemplatedDecl();
    unsigned I =
        std::min(P->getFunctionScopeIndex(), Declared->getNumParams() - 1);
    Result.Deduced = Declared->getParamDecl(I)->getType()->isDependentType();
  }
  Result.ByReference =
      Type->isLValueReferenceType() || Type->isPointerType() || isView(Type);
  QualType Object = Type->isReferenceType() || Type->isPointerType()
                        ? Type->getPointeeType()
                        : Type;
  Result.Type = typeKey(plain(Object), F->getASTContext());
  Result.Mutable =
      Result.ByReference && !isView(Type) && !Object.isConstQualified();
  Result.IsPointer = Type->isPointerType() || isView(Type);
  Result.OfClass = !Type->isPointerType() && Object->isRecordType();
  Result.MayKeep = Result.ByReference && mayKeep(P, F, Object);
  const auto *Builtin =
      Type.getNonReferenceType().getCanonicalType()->getAs<BuiltinType>();
  if (Builtin && Builtin->isArithmeticType())
    Result.Arithmetic = Builtin->getKind();
  return Result;
}

class PassingReader : public RecursiveASTVisitor<PassingReader> {
public:
  PassingReader(ArrayRef<const ParmVarDecl *> Parameters,
                std::vector<Passing> &Out)
      : Parameters(Parameters), Out(Out) {}

  bool VisitCallExpr(CallExpr *Call) {
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
    unsigned Skip =
        Operator && isa_and_nonnull<CXXMethodDecl>(Operator->getDirectCallee());
    return read(Call->getDirectCallee(),
                ArrayRef(Call->getArgs(), Call->getNumArgs())
                    .drop_front(std::min(Skip, Call->getNumArgs())));
  }
  bool VisitCXXTemporaryObjectExpr(CXXTemporaryObjectExpr *E) {
    return read(constructorOf(E), ArrayRef(E->getArgs(), E->getNumArgs()));
  }
  bool VisitCXXFunctionalCastExpr(CXXFunctionalCastExpr *E) {
    if (const auto *Made =
            dyn_cast<CXXConstructExpr>(E->getSubExpr()->IgnoreImplicit()))
      return read(constructorOf(Made),
                  ArrayRef(Made->getArgs(), Made->getNumArgs()));
    return true;
  }

private:
  ArrayRef<const ParmVarDecl *> Parameters;
  std::vector<Passing> &Out;

  bool read(const FunctionDecl *F, ArrayRef<const Expr *> Arguments) {
    for (unsigned I = 0; F && I < Arguments.size() && I < F->getNumParams();
         ++I) {
      const Expr *E = asWritten(Arguments[I]);
      bool Pointee = false;
      if (const auto *Op = dyn_cast<UnaryOperator>(E)) {
        Pointee = Op->getOpcode() == UO_Deref;
        if (Op->getOpcode() == UO_AddrOf || Pointee)
          E = asWritten(Op->getSubExpr());
      }
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
        if (Op->getOperator() == OO_Star && Op->getNumArgs() == 1) {
          Pointee = true;
          E = asWritten(Op->getArg(0));
        }
      // `std::string_view(text)`, which nobody wrote.
      if (const auto *Converted = dyn_cast<CXXMemberCallExpr>(E))
        if (isa_and_nonnull<CXXConversionDecl>(Converted->getMethodDecl()))
          E = asWritten(Converted->getImplicitObjectArgument());
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      auto It = Ref ? find(Parameters, Ref->getDecl()) : Parameters.end();
      if (It == Parameters.end())
        continue;
      Passing How = passingOf(F->getParamDecl(I), F);
      // The metavariable is a pointer to what is passed.
      How.IsPointer |= Pointee;
      merge(Out[It - Parameters.begin()], How);
    }
    return true;
  }

  /// Of several uses, one by reference is enough to share it.
  static void merge(Passing &Known, const Passing &New) {
    if (!New.Direct)
      return;
    unsigned Times = Known.Times + 1;
    if (!Known.Direct || (New.MayKeep && !Known.MayKeep) ||
        (New.ByReference && !Known.ByReference))
      Known = New;
    Known.Times = Times;
  }
};

} // namespace

std::vector<Passing> readPassing(const Expr *E,
                                 const RuleParameters &Parameters) {
  std::vector<Passing> Result(Parameters.Expressions.size() +
                              Parameters.Types.size());
  PassingReader(Parameters.Expressions, Result)
      .TraverseStmt(const_cast<Expr *>(E));
  for (Passing &Each : Result)
    Each.Type = typePattern(Each.Type, Parameters);
  return Result;
}

std::vector<Passing> readPassing(const FunctionDecl *Wrapper) {
  std::vector<Passing> Result;
  for (const ParmVarDecl *P : Wrapper->parameters())
    Result.push_back(passingOf(P, Wrapper));
  return Result;
}

/// True when one of the constructors for which \p IsOne holds can be called.
static bool offers(const CXXRecordDecl *Record,
                   bool (*IsOne)(const CXXConstructorDecl *)) {
  return any_of(Record->ctors(), [&](const CXXConstructorDecl *Ctor) {
    return IsOne(Ctor) && !Ctor->isDeleted() && Ctor->getAccess() == AS_public;
  });
}

/// Of a number, an enumeration, or a pointer to such; "" for other types.
static std::string scalarName(QualType Type) {
  QualType Pointee = Type;
  while (Pointee->isPointerType())
    Pointee = Pointee->getPointeeType();
  if (!Pointee->isArithmeticType() && !Pointee->isEnumeralType())
    return "";
  LangOptions Cxx;
  Cxx.CPlusPlus = Cxx.Bool = true;
  return Type.getCanonicalType().getUnqualifiedType().getAsString(
      PrintingPolicy(Cxx));
}

static ResultFacts factsOf(QualType Type, bool IsNew) {
  ResultFacts Result;
  Result.Scalar = scalarName(Type);
  Result.IsPointer = Type->isPointerType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (Type->isDependentType() || !Record || !Record->hasDefinition())
    return Result;
  Result.IsView = isView(Type);
  Result.What =
      IsNew ? ResultFacts::Kind::NewObject : ResultFacts::Kind::SameObject;
  Result.Class = qualifiedName(Record);
  Result.CanCopy = Record->hasSimpleCopyConstructor() ||
                   offers(Record, [](const CXXConstructorDecl *Ctor) {
                     return Ctor->isCopyConstructor();
                   });
  Result.CanMove = Result.CanCopy || Record->hasSimpleMoveConstructor() ||
                   offers(Record, [](const CXXConstructorDecl *Ctor) {
                     return Ctor->isMoveConstructor();
                   });
  Result.IsTrivial = Record->isTriviallyCopyable();
  return Result;
}

ResultFacts resultOf(const Expr *E) {
  E = asWritten(E);
  return E->isTypeDependent() ? ResultFacts()
                              : factsOf(E->getType(), E->isPRValue());
}

ResultFacts returnedBy(const FunctionDecl *F) {
  QualType Type = F->getReturnType();
  return factsOf(Type.getNonReferenceType(), !Type->isReferenceType());
}

} // namespace consolidate
