//===- Names.cpp - Class names and declarations as text -------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Names.h"

#include "consolidate/Rules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;

namespace consolidate {

static bool isWordByte(char C) {
  return isAlnum(C) || C == '_' || static_cast<unsigned char>(C) >= 0x80;
}

bool isIdentifier(StringRef Text) {
  return !Text.empty() && !isDigit(Text.front()) && all_of(Text, isWordByte);
}

bool isQualifiedName(StringRef Text) {
  SmallVector<StringRef> Parts;
  Text.split(Parts, "::");
  return all_of(Parts, isIdentifier);
}

/// Offset of the last `::` outside `<...>`, or npos.
static size_t lastScopeEnd(StringRef Name) {
  size_t Found = StringRef::npos;
  unsigned Depth = 0;
  for (size_t I = 0; I < Name.size(); ++I) {
    if (Name[I] == '<')
      ++Depth;
    else if (Name[I] == '>' && Depth > 0)
      --Depth;
    else if (Depth == 0 && Name.substr(I).starts_with("::"))
      Found = I++;
  }
  return Found;
}

StringRef unqualifiedName(StringRef QualifiedName) {
  size_t At = lastScopeEnd(QualifiedName);
  return At == StringRef::npos ? QualifiedName : QualifiedName.substr(At + 2);
}

StringRef enclosingScope(StringRef QualifiedName) {
  size_t At = lastScopeEnd(QualifiedName);
  return At == StringRef::npos ? StringRef() : QualifiedName.take_front(At);
}

/// Splits the inside of `<...>` at its outermost commas. False when a bracket
/// is not closed, or one closes that was not opened.
static bool splitArguments(StringRef Inside, std::vector<std::string> &Out) {
  SmallVector<char> Open;
  size_t Begin = 0;
  for (size_t I = 0; I < Inside.size(); ++I) {
    char C = Inside[I];
    char Opener = StringSwitch<char>(Inside.substr(I, 1))
                      .Case(">", '<')
                      .Case(")", '(')
                      .Case("]", '[')
                      .Default('\0');
    if (C == '<' || C == '(' || C == '[') {
      Open.push_back(C);
    } else if (Opener) {
      if (Open.empty() || Open.pop_back_val() != Opener)
        return false;
    } else if (C == ',' && Open.empty()) {
      Out.push_back(Inside.slice(Begin, I).trim().str());
      Begin = I + 1;
    }
  }
  Out.push_back(Inside.substr(Begin).trim().str());
  return Open.empty();
}

ClassName splitClassName(StringRef Text) {
  ClassName Result;
  Text = Text.trim();
  Text.consume_front("::");
  auto [Name, Rest] = Text.split('<');
  Result.Name = Name.trim().str();
  Result.Valid = isQualifiedName(Result.Name);
  if (Name.size() == Text.size())
    return Result;
  Result.Valid &= Rest.consume_back(">");
  Result.Valid &= splitArguments(Rest, Result.Arguments);
  Result.Valid &= none_of(Result.Arguments, [](const std::string &Argument) {
    return Argument.empty();
  });
  return Result;
}

/// Words that end a type: a declaration that ends in one has no name.
static constexpr StringLiteral TypeWords[] = {
    "auto",     "bool",  "char",     "char16_t", "char32_t", "char8_t",
    "class",    "const", "double",   "enum",     "float",    "int",
    "long",     "short", "signed",   "struct",   "typename", "union",
    "unsigned", "void",  "volatile", "wchar_t"};

StringRef declaredName(StringRef Declaration) {
  Declaration = Declaration.trim();
  if (Declaration.ends_with(")") || Declaration.ends_with("]"))
    return "?";
  StringRef Type = Declaration;
  while (!Type.empty() && isWordByte(Type.back()))
    Type = Type.drop_back();
  StringRef Name = Declaration.substr(Type.size());
  Type = Type.rtrim();
  if (!isIdentifier(Name) || is_contained(TypeWords, Name) || Type.empty() ||
      Type.ends_with("::"))
    return "";
  return Name;
}

} // namespace consolidate
