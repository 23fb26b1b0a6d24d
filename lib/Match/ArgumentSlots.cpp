//===- ArgumentSlots.cpp - Every way to spell a constructor call ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// CXXConstructExpr + the nodes above it -> where its arguments are written, or
// why they cannot be changed there.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// What stands between two delimiters; invalid where they are not written
/// there, but come from macros.
CharSourceRange between(CharSourceRange WithDelimiters,
                        const SourceManager &SM) {
  if (WithDelimiters.isInvalid())
    return WithDelimiters;
  char Open = *SM.getCharacterData(WithDelimiters.getBegin());
  char Close = SM.getCharacterData(WithDelimiters.getEnd())[-1];
  if (!(Open == '(' && Close == ')') && !(Open == '{' && Close == '}'))
    return {};
  return CharSourceRange::getCharRange(
      WithDelimiters.getBegin().getLocWithOffset(1),
      WithDelimiters.getEnd().getLocWithOffset(-1));
}

CharSourceRange emptyRangeAt(SourceLocation Loc) {
  return CharSourceRange::getCharRange(Loc, Loc);
}

/// Nodes nobody wrote, between a construction and what it stands in.
bool isTransparent(const Stmt *S) {
  if (isa<ImplicitCastExpr, MaterializeTemporaryExpr, ExprWithCleanups,
          CXXBindTemporaryExpr, ConstantExpr, SubstNonTypeTemplateParmExpr>(S))
    return true;
  const auto *Construct = dyn_cast<CXXConstructExpr>(S);
  return Construct && Construct->getConstructor()->isCopyOrMoveConstructor() &&
         Construct->getParenOrBraceRange().isInvalid();
}

StringRef variableForm(const VarDecl *D) {
  if (isa<ParmVarDecl>(D))
    return "default argument";
  if (D->isInitCapture())
    return "lambda init-capture";
  return D->isStaticDataMember() ? "static member" : "variable";
}

StringRef initialiserForm(const CXXCtorInitializer *Init) {
  if (Init->isDelegatingInitializer())
    return "delegating initialiser";
  return Init->isBaseInitializer() ? "base initialiser" : "member initialiser";
}

/// `(...)` or `{...}` around the arguments; invalid where they have none.
SourceRange delimitersOf(const CXXConstructExpr *E) {
  SourceRange Range = E->getParenOrBraceRange();
  // Of `return {a, b};` Clang keeps them in the list that it makes.
  if (Range.isInvalid() && E->isStdInitListInitialization() &&
      E->getNumArgs() > 0)
    return E->getArg(0)->getSourceRange();
  return Range;
}

} // namespace

bool isTypeCall(const Expr *E) {
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
    return Cast->getLParenLoc().isValid();
  if (const auto *Made = dyn_cast<CXXTemporaryObjectExpr>(E))
    return !Made->isListInitialization() &&
           (Made->getNumArgs() == 0 || Made->getNumArgs() == 1 ||
            isa<CXXDefaultArgExpr>(Made->getArg(1)));
  // `T(x)` without the cast around it: `x` would be the parameter's name.
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E))
    return !Made->isListInitialization() && Made->getNumArgs() > 0 &&
           (Made->getNumArgs() == 1 ||
            isa<CXXDefaultArgExpr>(Made->getArg(1))) &&
           isa<DeclRefExpr, UnaryOperator, ArraySubscriptExpr>(
               asWritten(Made->getArg(0)));
  if (const auto *Unresolved = dyn_cast<CXXUnresolvedConstructExpr>(E))
    return !Unresolved->isListInitialization() && Unresolved->getNumArgs() <= 1;
  return isa<CXXScalarValueInitExpr>(E);
}

/// True for `X(..)` in `Y b(X(..));`.
bool UseCollector::isDeclaratorArgument() const {
  for (unsigned Up = 1; const DynTypedNode *Node = parent(Up); ++Up) {
    if (const auto *Variable = Node->get<VarDecl>())
      return Variable->getInitStyle() == VarDecl::CallInit;
    const auto *S = Node->get<Stmt>();
    if (!S ||
        !(isTransparent(S) || isa<CXXConstructExpr, CXXFunctionalCastExpr>(S)))
      return false;
  }
  return false;
}

/// For `const X &x{a, b}` Clang makes a temporary whose class is spelled where
/// the name of the variable is, or the brace behind that of a member: what is
/// declared there, or null.
const DeclaratorDecl *UseCollector::declaredAt(SourceLocation Name) const {
  for (const DynTypedNode &Node : reverse(Ancestors))
    if (!Node.get<Stmt>()) {
      const auto *D = Node.get<DeclaratorDecl>();
      return D && (D->getLocation() == Name ||
                   (isa<FieldDecl>(D) && Name.isFileID() &&
                    *SM.getCharacterData(Name) == '{'))
                 ? D
                 : nullptr;
    }
  return nullptr;
}

/// The member that \p E initialises in \p List, or null.
static const FieldDecl *initialisedBy(const InitListExpr *List,
                                      const CXXConstructExpr *E) {
  const CXXRecordDecl *Record = List->getType()->getAsCXXRecordDecl();
  if (!Record || Record->isUnion())
    return nullptr;
  unsigned I = Record->getNumBases(); // their initialisers come first
  for (const FieldDecl *Field : Record->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    if (I < List->getNumInits() && List->getInit(I)->IgnoreImplicit() == E)
      return Field;
    ++I;
  }
  return nullptr;
}

/// Where the class spells the base that is being initialised.
TypeLoc UseCollector::spelledBase() const {
  const auto *Method = dyn_cast<CXXMethodDecl>(Scope);
  if (!Method)
    return {};
  QualType Type(CurrentInit->getBaseClass(), 0);
  for (const CXXBaseSpecifier &Base : Method->getParent()->bases())
    if (Base.getType().getCanonicalType() == Type.getCanonicalType())
      return Base.getTypeSourceInfo()->getTypeLoc();
  return {};
}

/// `member(...)`, `Base{...}`: the initialiser that is being traversed.
ArgumentSlot UseCollector::initialiserSlot(SourceRange Delimited,
                                           bool Braces) const {
  ArgumentSlot Slot;
  Slot.Form = initialiserForm(CurrentInit).str();
  Slot.Delimiters =
      Braces ? ArgumentSlot::Shape::Braces : ArgumentSlot::Shape::Parens;
  Slot.Inside = between(fileRange(Delimited), SM);
  // A part of an object is not initialised from a call without a move.
  Slot.InPlace = !CurrentInit->isAnyMemberInitializer();
  if (const FieldDecl *Field = CurrentInit->getAnyMember())
    Slot.Type = Field->getTypeSourceInfo()->getTypeLoc();
  else if (const TypeSourceInfo *Info = CurrentInit->getTypeSourceInfo())
    Slot.Type = Info->getTypeLoc();
  if (CurrentInit->isBaseInitializer())
    Slot.Base = spelledBase();
  return Slot;
}

std::optional<ArgumentSlot> UseCollector::slotOf(const CXXConstructExpr *E,
                                                 Reason &WhyNot) const {
  ArgumentSlot Slot;
  CharSourceRange Delimited = fileRange(delimitersOf(E));
  bool Written = delimitersOf(E).isValid();
  bool Braces = E->isListInitialization();
  Slot.Delimiters =
      Braces ? ArgumentSlot::Shape::Braces : ArgumentSlot::Shape::Parens;
  if (Written)
    Slot.Inside = between(Delimited, SM);

  if (const DeclaratorDecl *Reference = declaredAt(E->getBeginLoc());
      Reference && Reference->getType()->isReferenceType() && Written &&
      Delimited.isValid()) {
    Slot.Form = "reference";
    Slot.Whole = Delimited;
    Slot.WholeTakesEquals = isa<VarDecl>(Reference);
    Slot.Type = Reference->getTypeSourceInfo()->getTypeLoc();
    return Slot;
  }
  if (const auto *Temporary = dyn_cast<CXXTemporaryObjectExpr>(E)) {
    Slot.Form = Braces ? "braced temporary" : "temporary";
    Slot.Whole = exprRange(E->getSourceRange());
    Slot.Type = Temporary->getTypeSourceInfo()->getTypeLoc();
    return Slot;
  }
  if (CurrentInit && CurrentInit->getInit()->IgnoreImplicit() == E) {
    return initialiserSlot(Written ? delimitersOf(E)
                                   : SourceRange(CurrentInit->getLParenLoc(),
                                                 CurrentInit->getRParenLoc()),
                           Braces);
  }
  for (unsigned Up = 1; const DynTypedNode *Node = parent(Up); ++Up) {
    const auto *S = Node->get<Stmt>();
    if (!S || !isTransparent(S))
      return slotInParent(E, *Node, WhyNot);
  }
  WhyNot = {MessageId::NotSpelled,
            "its place in the source could not be determined"};
  return std::nullopt;
}

std::optional<ArgumentSlot>
UseCollector::slotInParent(const CXXConstructExpr *E,
                           const DynTypedNode &Parent, Reason &WhyNot) const {
  ArgumentSlot Slot;
  bool Written = delimitersOf(E).isValid();
  bool Braces = E->isListInitialization();
  Slot.Delimiters =
      Braces ? ArgumentSlot::Shape::Braces : ArgumentSlot::Shape::Parens;
  if (Written)
    Slot.Inside = between(fileRange(delimitersOf(E)), SM);

  if (const auto *Cast = Parent.get<CXXFunctionalCastExpr>()) {
    Slot.Form = Braces ? "braced temporary" : "functional cast";
    if (!Braces)
      Slot.Inside =
          between(fileRange({Cast->getLParenLoc(), Cast->getRParenLoc()}), SM);
    Slot.Whole = exprRange(Cast->getSourceRange());
    Slot.Type = Cast->getTypeInfoAsWritten()->getTypeLoc();
    return Slot;
  }
  if (const auto *Cast = Parent.get<CXXStaticCastExpr>()) {
    // static_cast<X>(p): the operand is the one argument.
    Slot.Form = "static_cast";
    Slot.Inside = fileRange(Cast->getSubExprAsWritten()->getSourceRange());
    Slot.Whole = exprRange(Cast->getSourceRange());
    Slot.Delimiters = ArgumentSlot::Shape::Conversion;
    Slot.Type = Cast->getTypeInfoAsWritten()->getTypeLoc();
    return Slot;
  }
  if (const auto *Cast = Parent.get<CStyleCastExpr>()) {
    // (X)p
    Slot.Form = "cast";
    Slot.Inside = fileRange(Cast->getSubExprAsWritten()->getSourceRange());
    Slot.Whole = exprRange(Cast->getSourceRange());
    Slot.Delimiters = ArgumentSlot::Shape::Conversion;
    Slot.Type = Cast->getTypeInfoAsWritten()->getTypeLoc();
    return Slot;
  }
  if (const auto *New = Parent.get<CXXNewExpr>()) {
    Slot.Form = "new";
    Slot.Type = New->getAllocatedTypeSourceInfo()->getTypeLoc();
    if (New->isArray()) {
      WhyNot = {MessageId::ArrayElements,
                "array new constructs every element without arguments"};
      return Slot;
    }
    if (New->getInitializationStyle() == CXXNewInitializationStyle::None) {
      Slot.Delimiters = ArgumentSlot::Shape::Bare;
      Slot.Inside = emptyRangeAt(
          fileRange(
              New->getAllocatedTypeSourceInfo()->getTypeLoc().getSourceRange())
              .getEnd());
    } else if (!Braces) {
      Slot.Inside = between(fileRange(New->getDirectInitRange()), SM);
    }
    return Slot;
  }
  if (const auto *Variable = Parent.get<VarDecl>()) {
    Slot.Form = variableForm(Variable).str();
    Slot.DiesWithScope =
        Variable->hasLocalStorage() && !isa<ParmVarDecl>(Variable);
    if (!Variable->isInitCapture())
      Slot.Type = Variable->getTypeSourceInfo()->getTypeLoc();
    if (Variable->getInitStyle() == VarDecl::CInit && Braces) {
      Slot.CopyList = true;
      Slot.Whole = fileRange(delimitersOf(E));
      return Slot;
    }
    if (!Written && Variable->getInitStyle() == VarDecl::CInit)
      return slotInParent(E, DynTypedNode::create(*E), WhyNot);
    if (!Written) {
      Slot.Delimiters = ArgumentSlot::Shape::Bare;
      Slot.Inside = emptyRangeAt(
          fileRange({Variable->getLocation(), Variable->getLocation()})
              .getEnd());
      if (!Variable->getType()->isRecordType()) {
        WhyNot = {MessageId::ArrayElements,
                  "array elements are constructed without arguments"};
        return Slot;
      }
    }
    Slot.Whole = Written ? fileRange(delimitersOf(E)) : Slot.Inside;
    Slot.WholeTakesEquals = true;
    return Slot;
  }
  if (const auto *Field = Parent.get<FieldDecl>()) {
    Slot.Form = "default member initialiser";
    Slot.Type = Field->getTypeSourceInfo()->getTypeLoc();
    Slot.CopyList = Field->getInClassInitStyle() == ICIS_CopyInit && Braces;
    if (Slot.CopyList)
      Slot.Whole = fileRange(delimitersOf(E));
    if (Written)
      return Slot;
    return slotInParent(E, DynTypedNode::create(*E), WhyNot);
  }
  const auto *List = Parent.get<InitListExpr>();
  SourceLocation Open = delimitersOf(E).getBegin();
  if (List && Written &&
      (Open == List->getLBraceLoc() || Open == List->getRBraceLoc())) {
    WhyNot = {MessageId::NotSpelled,
              "the list does not initialise it, so it is constructed without "
              "arguments"};
    Slot = {};
    Slot.Form = "implicit construction";
    if (const FieldDecl *Field = initialisedBy(List, E))
      Slot.Type = Field->getTypeSourceInfo()->getTypeLoc();
    return Slot;
  }
  if (Written && Braces) {
    Slot.CopyList = true;
    Slot.Whole = fileRange(delimitersOf(E));
    Slot.Form = Parent.get<ReturnStmt>() ? "braced return" : "braced argument";
    return Slot;
  }
  const Expr *Only = E->getNumArgs() > 0 ? E->getArg(0) : nullptr;
  if (Only && !isa<CXXDefaultArgExpr>(Only) && Only->getBeginLoc().isValid()) {
    Slot.Form = "implicit conversion";
    Slot.Delimiters = ArgumentSlot::Shape::Conversion;
    SourceRange Around = spelledAround(asWritten(Only));
    Slot.Inside = Lexer::makeFileCharRange(
        CharSourceRange::getTokenRange(Around), SM, Context.getLangOpts());
    // In the body of a macro only when what converts stands there as well: else
    // the macro stands for a value, here and elsewhere.
    SourceLocation By = Parent.getSourceRange().getBegin();
    if (Slot.Inside.isInvalid() && By.isMacroID() &&
        SM.getFileID(inMacroBody(By)) ==
            SM.getFileID(inMacroBody(Around.getBegin())))
      Slot.Inside = bodyRange(Around);
    Slot.Whole = Slot.Inside;
    return Slot;
  }
  WhyNot = {MessageId::NotSpelled,
            "it is constructed without being spelled here (a default-"
            "constructed element or member)"};
  return std::nullopt;
}

} // namespace consolidate
