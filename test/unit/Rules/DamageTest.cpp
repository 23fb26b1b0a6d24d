//===- DamageTest.cpp - Damaged rules files never crash ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RulesTesting.h"

#include "consolidate/Support.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

#include <random>

using namespace llvm;

namespace consolidate {
namespace {

/// Parses damaged rules; when they have errors, each must have its shape.
void expectShapedErrors(const std::string &Text) {
  Expected<RuleSet> Rules = parse(Text);
  if (Rules)
    return;
  std::string Message = toString(Rules.takeError());
  static const Regex Shape(
      "^(r\\.yaml:[0-9]+:[0-9]+: error: [^\n]+\n[^\n]*\n[ \t]*\\^~*\n"
      "  hint: [^\n]+(\n|$))+$");
  // A NUL byte of the file may be shown, and ends what the regex looks at.
  if (!StringRef(Message).contains('\0')) {
    EXPECT_TRUE(Shape.match(Message)) << Message;
  }
}

TEST(RulesDamage, CutAnywhere) {
  StringRef Whole = builtinRulesText("execution-engine");
  for (size_t Size = 0; Size < Whole.size(); ++Size)
    expectShapedErrors(Whole.take_front(Size).str());
}

TEST(RulesDamage, OneByteReplaced) {
  std::string Whole = builtinRulesText("execution-engine").str();
  StringRef Bytes("\n\t\r {}[],:'\"#&*!|>-?%@\\~<\0\xC3\xFF", 26);
  std::mt19937 Random(759);
  for (int Round = 0; Round < 4000; ++Round) {
    std::string Text = Whole;
    for (unsigned Changes = 1 + Random() % 3; Changes > 0; --Changes)
      Text[Random() % Text.size()] = Bytes[Random() % Bytes.size()];
    expectShapedErrors(Text);
  }
}

TEST(RulesDamage, NestedWithoutEnd) {
  for (StringRef Piece : {"[", "{a: ", "- ", "? "}) {
    std::string Text;
    for (int Depth = 0; Depth < 20000; ++Depth)
      Text += Piece;
    expectShapedErrors(Text);
  }
}

} // namespace
} // namespace consolidate
