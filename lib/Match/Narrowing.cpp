//===- Narrowing.cpp - Values that do not fit -----------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Safety.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// The arithmetic type of \p Kind; null for those that nobody narrows to.
QualType arithmeticType(ASTContext &Context, int Kind) {
  for (QualType Type : std::initializer_list<QualType>{
           Context.BoolTy, Context.CharTy, Context.SignedCharTy,
           Context.UnsignedCharTy, Context.WCharTy, Context.Char8Ty,
           Context.Char16Ty, Context.Char32Ty, Context.ShortTy,
           Context.UnsignedShortTy, Context.IntTy, Context.UnsignedIntTy,
           Context.LongTy, Context.UnsignedLongTy, Context.LongLongTy,
           Context.UnsignedLongLongTy, Context.FloatTy, Context.DoubleTy,
           Context.LongDoubleTy})
    if (Type->getAs<BuiltinType>()->getKind() == Kind)
      return Type;
  return {};
}

struct Range {
  unsigned Bits = 0; ///< Of the value, without a sign.
  bool Signed = false;
};

Range rangeOf(QualType Type, ASTContext &Context) {
  bool Signed = Type->isSignedIntegerOrEnumerationType();
  if (Type->isBooleanType())
    return {1, false};
  return {unsigned(Context.getIntWidth(Type)) - Signed, Signed};
}

unsigned precisionOf(QualType Type, ASTContext &Context) {
  return APFloat::semanticsPrecision(Context.getFloatTypeSemantics(Type));
}

/// A constant that fits is never narrowed.
bool constantFits(const Expr *E, QualType To, ASTContext &Context) {
  Expr::EvalResult Value;
  if (E->isValueDependent() || !E->EvaluateAsRValue(Value, Context) ||
      Value.HasSideEffects || !Value.Val.isInt())
    return false;
  const APSInt &Int = Value.Val.getInt();
  if (To->isFloatingType())
    return Int.getSignificantBits() <= precisionOf(To, Context);
  Range Target = rangeOf(To, Context);
  if (Int.isNegative())
    return Target.Signed && Int.getSignificantBits() <= Target.Bits + 1;
  return Int.getActiveBits() <= Target.Bits;
}

/// True when \p E, an integer, loses in \p Second at once what it loses in
/// \p First and then in \p Second.
bool wrapsAlike(const Expr *E, int First, int Second, ASTContext &Context) {
  QualType A = arithmeticType(Context, First);
  QualType B = arithmeticType(Context, Second);
  return asWritten(E)->getType()->isIntegerType() && !A.isNull() &&
         !B.isNull() && A->isIntegerType() && B->isIntegerType() &&
         !A->isBooleanType() && !B->isBooleanType() &&
         Context.getIntWidth(B) <= Context.getIntWidth(A);
}

/// False when arithmetic with \p E gives something else than with a parameter
/// of the type \p Kind that it fits into: `5 / 2` is not `5.0 / 2`.
bool calculatesAlike(const Expr *E, int Kind, ASTContext &Context) {
  QualType From = asWritten(E)->getType().getCanonicalType();
  QualType To = arithmeticType(Context, Kind);
  if (To.isNull() || From->isDependentType() || !From->isArithmeticType())
    return true;
  auto Promoted = [&](QualType Type) {
    return Context.isPromotableIntegerType(Type)
               ? Context.getPromotedIntegerType(Type).getCanonicalType()
               : Type.getUnqualifiedType();
  };
  From = Promoted(From);
  To = Promoted(To);
  if (Context.hasSameType(From, To))
    return true;
  // Wider, and signed both: only what overflows now differs.
  return From->isSignedIntegerType() && To->isSignedIntegerType() &&
         Context.getIntWidth(From) >= Context.getIntWidth(To);
}

/// True when \p E becomes another object on its way into \p Parameter: a string
/// out of a literal.
bool becomesObject(const Expr *E, const Passing &Parameter,
                   const ASTContext &Context) {
  QualType From = asWritten(E)->getType();
  if (!Parameter.OfClass || From->isDependentType())
    return false;
  auto IsOther = [&](const CXXRecordDecl *Record) {
    return typeKey(typeOf(Record), Context) != Parameter.Type;
  };
  const CXXRecordDecl *Given = From->getAsCXXRecordDecl();
  return !Given || (IsOther(Given) &&
                    (!Given->hasDefinition() || Given->forallBases(IsOther)));
}

} // namespace

Narrowing narrowingOf(const Expr *E, int Kind, ASTContext &Context) {
  Narrowing Result;
  QualType From = asWritten(E)->getType().getCanonicalType();
  QualType To = arithmeticType(Context, Kind);
  if (To.isNull() || From->isDependentType() || !From->isArithmeticType() ||
      constantFits(asWritten(E), To, Context))
    return Result;
  if (From->isFloatingType()) {
    Result.LosesValue = !To->isFloatingType() ||
                        precisionOf(To, Context) < precisionOf(From, Context);
    Result.NeedsParens = Result.LosesValue;
    return Result;
  }
  Range Source = rangeOf(From, Context);
  if (To->isFloatingType()) {
    Result.LosesValue = Source.Bits > precisionOf(To, Context);
    Result.NeedsParens = true; // In braces even where every value fits.
    return Result;
  }
  Range Target = rangeOf(To, Context);
  Result.LosesValue =
      (Source.Signed && !Target.Signed) || Source.Bits > Target.Bits;
  Result.NeedsParens = Result.LosesValue;
  return Result;
}

Reason changedValues(const CompiledRewrite &Rewrite, const Bindings &Bound,
                     ASTContext &Context) {
  size_t Count = std::min(
      {Bound.size(), Rewrite.TakenBefore.size(), Rewrite.TakenAfter.size()});
  for (size_t I = 0; I < Count; ++I) {
    Passing TakenBefore = passingHere(Rewrite.TakenBefore[I], Bound);
    Passing TakenAfter = passingHere(Rewrite.TakenAfter[I], Bound);
    int Before = TakenBefore.Arithmetic, After = TakenAfter.Arithmetic;
    // A template calculates with what it gets.
    bool Calculates =
        TakenAfter.Deduced || (I < Rewrite.TimesUsed.size() &&
                               Rewrite.TimesUsed[I] > TakenAfter.Times);
    if (Calculates && any_of(Bound[I].Exprs, [&](const Expr *E) {
          return narrowingOf(E, Before, Context).LosesValue ||
                 !calculatesAlike(E, Before, Context);
        }))
      return {MessageId::Narrowed,
              "it is converted to '" + TakenBefore.Type +
                  "' now, and the rewrite would calculate with what it was"};
    if (Calculates && any_of(Bound[I].Exprs, [&](const Expr *E) {
          return becomesObject(E, TakenBefore, Context);
        }))
      return {MessageId::Narrowed,
              "it is converted to '" + TakenBefore.Type +
                  "' now, and the rewrite does something else with it"};
    if (Before == After || Before < 0 || After < 0)
      continue;
    for (const Expr *E : Bound[I].Exprs)
      if (narrowingOf(E, Before, Context).LosesValue &&
          !(Rewrite.IsInlined && wrapsAlike(E, Before, After, Context)))
        return {MessageId::Narrowed, "it is converted to '" + TakenBefore.Type +
                                         "' now, and would be to '" +
                                         TakenAfter.Type + "'"};
    if (Rewrite.IsInlined) // Its body converts it just so.
      continue;
    for (const Expr *E : Bound[I].Exprs)
      if (narrowingOf(E, After, Context).LosesValue &&
          !narrowingOf(E, Before, Context).LosesValue)
        return {MessageId::Narrowed, "a value of '" + TakenBefore.Type +
                                         "' may not fit into '" +
                                         TakenAfter.Type + "'"};
  }
  return {};
}

bool bracesDiffer(const CompiledRewrite &Rewrite, const Bindings &Bound,
                  ASTContext &Context) {
  if (Rewrite.CanonicalTakesList && !Rewrite.AfterArguments.empty())
    return true;
  size_t Count = std::min(Bound.size(), Rewrite.TakenAfter.size());
  for (size_t I = 0; I < Count; ++I)
    if (int After = passingHere(Rewrite.TakenAfter[I], Bound).Arithmetic;
        After >= 0)
      for (const Expr *E : Bound[I].Exprs)
        if (narrowingOf(E, After, Context).NeedsParens)
          return true;
  return false;
}

} // namespace consolidate
