//===- NamesTest.cpp - Class names and declarations as text --------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Names.h"
#include "RulesTesting.h"

#include "gmock/gmock.h"

namespace consolidate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RulesNames, UnqualifiedName) {
  EXPECT_EQ(unqualifiedName("Engine"), "Engine");
  EXPECT_EQ(unqualifiedName("a::b::Engine"), "Engine");
  EXPECT_EQ(unqualifiedName("::Engine"), "Engine");
  EXPECT_EQ(unqualifiedName("a::list<b::c, d<e::f>>"), "list<b::c, d<e::f>>");
  EXPECT_EQ(unqualifiedName("a::list<b::c>::iterator"), "iterator");
  EXPECT_EQ(unqualifiedName("a::operator<"), "operator<");
  EXPECT_EQ(unqualifiedName("a::operator->"), "operator->");
  EXPECT_EQ(unqualifiedName(""), "");
}

TEST(RulesNames, EnclosingScope) {
  EXPECT_EQ(enclosingScope("Engine"), "");
  EXPECT_EQ(enclosingScope("::Engine"), "");
  EXPECT_EQ(enclosingScope("a::b::Engine"), "a::b");
  EXPECT_EQ(enclosingScope("a::list<b::c>"), "a");
  EXPECT_EQ(enclosingScope("a::list<b::c>::iterator"), "a::list<b::c>");
}

TEST(RulesNames, SplitClassName) {
  ClassName Plain = splitClassName("::a::Engine");
  EXPECT_TRUE(Plain.Valid);
  EXPECT_EQ(Plain.Name, "a::Engine");
  EXPECT_THAT(Plain.Arguments, IsEmpty());

  ClassName Template =
      splitClassName("a::map<K, std::less<K>, int[2], f(1, 2)>");
  EXPECT_TRUE(Template.Valid);
  EXPECT_EQ(Template.Name, "a::map");
  EXPECT_THAT(Template.Arguments,
              ElementsAre("K", "std::less<K>", "int[2]", "f(1, 2)"));
}

TEST(RulesNames, SplitClassNameRefusesOtherText) {
  for (llvm::StringRef Text :
       {"", "a::", "a:::b", "1a", "a b", "a::b<", "a::b<>", "a::b<T", "a::b>",
        "a::b<T>>", "a::b<<T>", "a::b<T)>", "a::b<T>::c", "a::b()", "a*"})
    EXPECT_FALSE(splitClassName(Text).Valid) << Text.str();
}

TEST(RulesNames, DeclaredName) {
  EXPECT_EQ(declaredName("ns::Type &name"), "name");
  EXPECT_EQ(declaredName("ns::Type&name"), "name");
  EXPECT_EQ(declaredName("typename T"), "T");
  EXPECT_EQ(declaredName("auto &&...args"), "args");
  EXPECT_EQ(declaredName("std::map<int, char> table"), "table");
  EXPECT_EQ(declaredName("unsigned long größe"), "größe");
  EXPECT_EQ(declaredName("void (*callback)(int)"), "?");
  EXPECT_EQ(declaredName("int (&array)[3]"), "?");
}

TEST(RulesNames, DeclaredNameIsEmptyWithoutOne) {
  for (llvm::StringRef Text :
       {"", "int", "unsigned int", "ns::Type", "::x", "ns::Type &",
        "auto &&...", "std::vector<int>", "registry", "int 3", "int x;"})
    EXPECT_EQ(declaredName(Text), "") << Text.str();
}

} // namespace
} // namespace consolidate
