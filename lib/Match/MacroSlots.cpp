//===- MacroSlots.cpp - Constructions that a macro spells -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Which text is edited, that of the call or that of the macro, and whether the
// macro may construct something else elsewhere.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

/// The line of \p Text around \p Offset, with those that it is spliced with: of
/// a macro, its whole definition.
static StringRef lineAround(StringRef Text, size_t Offset) {
  auto IsSpliced = [&](size_t NewLine) {
    return Text.take_front(NewLine).rtrim('\r').ends_with("\\");
  };
  size_t Begin = Offset, End = Offset;
  while (Begin > 0 && (Text[Begin - 1] != '\n' || IsSpliced(Begin - 1)))
    --Begin;
  while (End < Text.size() && (Text[End] != '\n' || IsSpliced(End)))
    ++End;
  return Text.slice(Begin, End);
}

/// What one call of a macro passes for the `__VA_ARGS__` that \p Inside is:
/// edited there, it stays right for what other calls construct. Nothing when
/// \p Inside is something else; invalid when the arguments stand elsewhere, or
/// the macro makes something else of them as well.
std::optional<CharSourceRange>
UseCollector::variadicArguments(const CXXConstructExpr *E,
                                CharSourceRange Inside) const {
  constexpr llvm::StringLiteral Variadic = "__VA_ARGS__";
  if (Inside.isInvalid() ||
      Lexer::getSourceText(Inside, SM, Context.getLangOpts()).trim() !=
          Variadic)
    return std::nullopt;
  SmallVector<const Expr *, 4> Written;
  for (const Expr *Argument : E->arguments())
    if (!isa<CXXDefaultArgExpr>(Argument))
      Written.push_back(asWritten(Argument));
  if (Written.empty())
    return CharSourceRange();
  SourceRange Tokens(spelledAround(Written.front()).getBegin(),
                     spelledAround(Written.back()).getEnd());
  auto IsOfThisCall = [&](SourceLocation Loc) {
    return SM.isMacroArgExpansion(Loc) &&
           SM.getImmediateSpellingLoc(Loc).isFileID();
  };
  StringRef Definition = SM.getBufferData(SM.getFileID(Inside.getBegin()));
  Definition = lineAround(Definition, SM.getFileOffset(Inside.getBegin()));
  if (!IsOfThisCall(Tokens.getBegin()) || !IsOfThisCall(Tokens.getEnd()) ||
      Definition.count(Variadic) != 1)
    return CharSourceRange();
  return Lexer::makeFileCharRange(CharSourceRange::getTokenRange(Tokens), SM,
                                  Context.getLangOpts());
}

/// The whole `#define` around \p Where, a place in a file; "" elsewhere.
StringRef UseCollector::macroDefinition(SourceLocation Where) const {
  if (Where.isInvalid())
    return {};
  auto [File, Offset] = SM.getDecomposedLoc(Where);
  StringRef Line = lineAround(SM.getBufferData(File), Offset);
  StringRef Directive = Line.ltrim();
  return Directive.consume_front("#") && Directive.ltrim().starts_with("define")
             ? Line
             : StringRef();
}

/// True when what \p Slot would change stands in a macro that does not name the
/// class: `#define ADD(list, a, b) list.emplace_back(a, b)` constructs another
/// one elsewhere, of which nothing needs to be known here.
bool UseCollector::isOfAnyClass(const ArgumentSlot &Slot) const {
  // What is converted was looked at with what converts it.
  if (Slot.Inside.isInvalid() ||
      Slot.Delimiters == ArgumentSlot::Shape::Conversion)
    return false;
  StringRef Definition = macroDefinition(Slot.Inside.getBegin());
  if (Definition.empty())
    return false;
  auto IsInDefinition = [&](SourceLocation Loc) {
    const char *At = SM.getCharacterData(Loc);
    return At >= Definition.begin() && At < Definition.end();
  };
  if (Slot.Type.isNull())
    return true;
  TypeLoc Type = plainLoc(Slot.Type);
  if (auto Reference = Type.getAs<ReferenceTypeLoc>())
    Type = plainLoc(Reference.getPointeeLoc());
  std::optional<SpelledType> Spelled = spelledType(Type);
  SourceLocation Name = Spelled ? Spelled->Name : SourceLocation();
  // Out of the macros that it names, not out of the arguments that it is given.
  while (Name.isMacroID() && !SM.isMacroArgExpansion(Name) &&
         !IsInDefinition(Name))
    Name = SM.getImmediateExpansionRange(Name).getBegin();
  return Name.isInvalid() || SM.isMacroArgExpansion(Name) ||
         !IsInDefinition(Name);
}

/// Called for each class that is not a legacy one.
void UseCollector::noteInMacroBody(const NamedDecl *Named,
                                   SourceLocation Name) {
  if (Name.isMacroID() && Named->getIdentifier() &&
      Index.shortNames().contains(Named->getName()))
    NamesAnother.insert(placeOf(Name));
}

/// `#define IN(ns) ns::X`, `#define DECLARE(name) X *name`: what is another
/// class in one expansion keeps its name.
void UseCollector::leaveWhatNamesAnother() {
  for (RawUse &Use : Out.Uses)
    if (Use.Kind == FindingKind::Type && Use.Left.empty() &&
        NamesAnother.contains(Use.Where))
      Use.leave({MessageId::MacroDisagrees,
                 "the expansions of this macro disagree about it: one names "
                 "another class"});
}

} // namespace consolidate
