//===- Forwarding.cpp - Constructions that a call forwards to -------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// `make_unique<X>(a, b)`, `v.emplace_back(a, b)`: where the class is spelled,
// and where its arguments stand.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

static bool mentions(QualType Type, RecordPredicate IsWanted, unsigned Depth);

static bool mentions(const TemplateArgument &Argument, RecordPredicate IsWanted,
                     unsigned Depth) {
  if (Argument.getKind() == TemplateArgument::Type)
    return mentions(Argument.getAsType(), IsWanted, Depth);
  if (Argument.getKind() == TemplateArgument::Pack)
    return any_of(Argument.pack_elements(), [&](const TemplateArgument &A) {
      return mentions(A, IsWanted, Depth);
    });
  return false;
}

static bool mentions(QualType Type, RecordPredicate IsWanted, unsigned Depth) {
  // `make_unique<X[]>` names the class as well, and so does `function<X(int)>`.
  Type = Type.getNonReferenceType();
  if (QualType Pointee = Type->getPointeeType();
      !Pointee.isNull() && Pointee->isFunctionType())
    Type = Pointee;
  if (const auto *Function = Type->getAs<FunctionProtoType>())
    return Depth <= 4 &&
           (mentions(Function->getReturnType(), IsWanted, Depth + 1) ||
            any_of(Function->param_types(), [&](QualType Parameter) {
              return mentions(Parameter, IsWanted, Depth + 1);
            }));
  const CXXRecordDecl *Record =
      recordOf(QualType(Type->getBaseElementTypeUnsafe(), 0));
  if (!Record || Depth > 4)
    return false;
  if (IsWanted(Record))
    return true;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  return Spec && any_of(Spec->getTemplateArgs().asArray(),
                        [&](const TemplateArgument &A) {
                          return mentions(A, IsWanted, Depth + 1);
                        });
}

bool mentionsAny(const FunctionDecl *Callee, RecordPredicate IsWanted) {
  auto Mentions = [&](const TemplateArgument &A) {
    return mentions(A, IsWanted, 0);
  };
  if (const TemplateArgumentList *Args =
          Callee->getTemplateSpecializationArgs())
    if (any_of(Args->asArray(), Mentions))
      return true;
  const auto *Spec =
      dyn_cast<ClassTemplateSpecializationDecl>(Callee->getDeclContext());
  return Spec && any_of(Spec->getTemplateArgs().asArray(), Mentions);
}

bool UseCollector::mentionsLegacy(QualType Type) const {
  return mentions(Type, [&](const auto *R) { return bool(Index.find(R)); }, 0);
}

bool UseCollector::mentionsLegacy(const FunctionDecl *Callee) const {
  return mentionsAny(Callee,
                     [&](const auto *R) { return bool(Index.find(R)); });
}

/// The legacy class as it is spelled as a template argument of one of \p Names:
/// `make_unique<X>`, `std::in_place_type<X>`.
TypeLoc UseCollector::legacyArgument(ArrayRef<const Expr *> Names) const {
  for (const Expr *Name : Names)
    if (const auto *Ref = dyn_cast<DeclRefExpr>(asWritten(Name)))
      for (const TemplateArgumentLoc &Argument : Ref->template_arguments())
        if (Argument.getArgument().getKind() == TemplateArgument::Type)
          if (const TypeSourceInfo *Info = Argument.getTypeSourceInfo()) {
            TypeLoc Loc = Info->getTypeLoc();
            while (auto Array = Loc.getAs<ArrayTypeLoc>())
              Loc = Array.getElementLoc();
            if (Index.find(Loc.getType()))
              return Loc;
          }
  return {};
}

TypeLoc UseCollector::legacyOrElement(TypeLoc Loc, unsigned Depth) const {
  return Index.find(Loc.getType()) ? Loc : legacyElement(Loc, Depth);
}

/// The legacy class as \p Loc spells it among its template arguments, through
/// aliases: what `emplace_back` constructs is what `std::vector<X>` says.
TypeLoc UseCollector::legacyElement(TypeLoc Loc, unsigned Depth) const {
  if (Loc.isNull() || Depth > 4)
    return {};
  Loc = plainLoc(Loc);
  if (auto Reference = Loc.getAs<ReferenceTypeLoc>())
    return legacyElement(Reference.getPointeeLoc(), Depth + 1);
  if (auto Pointer = Loc.getAs<PointerTypeLoc>())
    return legacyElement(Pointer.getPointeeLoc(), Depth + 1);
  if (auto Alias = Loc.getAs<TypedefTypeLoc>())
    return legacyElement(declOf(Alias)->getTypeSourceInfo()->getTypeLoc(),
                         Depth + 1);
  if (auto Function = Loc.getAs<FunctionTypeLoc>()) {
    TypeLoc Result = legacyOrElement(Function.getReturnLoc(), Depth + 1);
    for (unsigned I = 0; I < Function.getNumParams() && !Result; ++I)
      if (const ParmVarDecl *P = Function.getParam(I);
          P && P->getTypeSourceInfo())
        Result =
            legacyOrElement(P->getTypeSourceInfo()->getTypeLoc(), Depth + 1);
    return Result;
  }
  auto Spec = Loc.getAs<TemplateSpecializationTypeLoc>();
  for (unsigned I = 0; Spec && I < Spec.getNumArgs(); ++I) {
    const TypeSourceInfo *Info =
        Spec.getArgLoc(I).getArgument().getKind() == TemplateArgument::Type
            ? Spec.getArgLoc(I).getTypeSourceInfo()
            : nullptr;
    if (!Info)
      continue;
    if (TypeLoc Inner = legacyOrElement(Info->getTypeLoc(), Depth + 1))
      return Inner;
  }
  // What an alias template stands for, apart from its parameters.
  const auto *Template =
      Spec ? dyn_cast_or_null<TypeAliasTemplateDecl>(
                 Spec.getTypePtr()->getTemplateName().getAsTemplateDecl())
           : nullptr;
  return Template ? legacyElement(Template->getTemplatedDecl()
                                      ->getTypeSourceInfo()
                                      ->getTypeLoc(),
                                  Depth + 1)
                  : TypeLoc();
}

/// Where the type of the container is spelled that \p E puts something into.
TypeLoc UseCollector::declaredElement(const Expr *E) const {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const auto *Unresolved = dyn_cast<UnresolvedMemberExpr>(E);
  const Expr *Object =
      Call ? asWritten(Call->getImplicitObjectArgument()) : nullptr;
  if (Unresolved && !Unresolved->isImplicitAccess())
    Object = asWritten(Unresolved->getBase());
  if (Object || Call || Unresolved)
    return elementIn(Object);
  for (unsigned Up = 1; const DynTypedNode *Node = parent(Up); ++Up)
    if (!Node->get<Expr>())
      return elementOf(Node->get<ValueDecl>());
  return {};
}

/// The same for the container itself.
TypeLoc UseCollector::elementIn(const Expr *Container) const {
  // `all[1].emplace_back(a, b)`, `(*p).`
  while (Container) {
    Container = asWritten(Container->IgnoreParens());
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Container))
      Container = Operator->getArg(0);
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Container))
      Container = Element->getBase();
    else if (const auto *Op = dyn_cast<UnaryOperator>(Container))
      Container = Op->getSubExpr();
    else
      break;
  }
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Container))
    return elementOf(Ref->getDecl());
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Container))
    return elementOf(Member->getMemberDecl());
  return {};
}

TypeLoc UseCollector::elementOf(const ValueDecl *D) const {
  const auto *Declarator = dyn_cast_or_null<DeclaratorDecl>(D);
  return Declarator && Declarator->getTypeSourceInfo()
             ? legacyElement(Declarator->getTypeSourceInfo()->getTypeLoc())
             : TypeLoc();
}

ArgumentSlot UseCollector::forwardedSlot(const ForwardedConstruction &Found,
                                         ArrayRef<const Expr *> Arguments,
                                         SourceLocation Closing) const {
  ArgumentSlot Slot;
  Slot.Delimiters = ArgumentSlot::Shape::Forwarded;
  Slot.InPlace = true;
  Slot.LeadingComma = Found.FirstArgument > 0;
  if (Found.FirstArgument < Arguments.size() &&
      !isa<CXXDefaultArgExpr>(Arguments[Found.FirstArgument])) {
    Slot.LeadingComma = false;
    Slot.Inside = fileRange({Arguments[Found.FirstArgument]->getBeginLoc(),
                             Arguments.back()->getEndLoc()});
    return Slot;
  }
  CharSourceRange Paren = fileRange({Closing, Closing});
  if (Paren.isValid())
    Slot.Inside =
        CharSourceRange::getCharRange(Paren.getBegin(), Paren.getBegin());
  return Slot;
}

bool UseCollector::addForwarded(FunctionDecl *Callee,
                                ArrayRef<const Expr *> Arguments,
                                SourceLocation Closing, SourceLocation Where,
                                TypeLoc Type) {
  std::optional<ForwardedConstruction> Found = findForwardedConstruction(
      Callee, Arguments,
      [&](const CXXRecordDecl *Record) { return bool(Index.find(Record)); });
  if (!Found)
    return false;
  SaidAtCall.insert(fileLoc(Found->Construct->getBeginLoc()));
  const CXXConstructorDecl *Ctor = Found->Construct->getConstructor();
  LegacyEntry Entry = Index.find(Ctor->getParent());
  std::string Form = isa<CXXConstructorDecl>(Callee)
                         ? "in-place constructor"
                         : Callee->getNameAsString();
  if (!Found->PassesOn) {
    if (needsRewrite(Entry, Ctor))
      addLeftConstruction(Entry, Type, Where, Form,
                          {MessageId::NotSpelled,
                           "its arguments do not reach the constructor as they "
                           "are written here"});
    return true;
  }
  ArgumentSlot Slot = forwardedSlot(*Found, Arguments, Closing);
  Slot.Form = Form;
  Slot.Type = Type;
  Slot.Made = Where;
  // The construction in the callee's body has the callee's parameters for
  // arguments; what is written stands in the call.
  auto Written = Arguments.drop_front(Found->FirstArgument);
  CallArguments.assign(Written.begin(), Written.end());
  addConstruction(Entry, Found->Construct, Where, Slot, {});
  CallArguments.clear();
  return true;
}

} // namespace consolidate
