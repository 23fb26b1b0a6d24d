//===- FragmentsTests.cpp - The code around a place, as text --------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Fragments.h"

#include "gtest/gtest.h"

using namespace consolidate;

namespace {

/// The code around the `@` of \p Marked, which is taken out.
std::string around(std::string Marked) {
  size_t Place = Marked.find('@');
  Marked.erase(Place, 1);
  return Fragments(Marked).around(unsigned(Place));
}

std::string macroAt(std::string Marked) {
  size_t Place = Marked.find('@');
  Marked.erase(Place, 1);
  return Fragments(Marked).macroAt(unsigned(Place));
}

TEST(Fragments, Statement) {
  EXPECT_EQ(around("int a; @Old old(1, 2); int b;"), "Old old(1,2)");
  EXPECT_EQ(around("void f() { return @Old(1).run(); }"),
            "return Old(1).run()");
  EXPECT_EQ(around("@Old x"), "Old x");
}

TEST(Fragments, ArgumentAndParameter) {
  EXPECT_EQ(around("f(1, g(2), new @Old(3, 4), 5);"), "new Old(3,4)");
  EXPECT_EQ(around("void f(int, const @Old &a, int);"), "const Old&a");
  EXPECT_EQ(around("X() : a(1), b(@Old(2)) {}"), "Old(2)");
  EXPECT_EQ(around("x = all[@Old(1).run()];"), "Old(1).run()");
}

TEST(Fragments, BracesAndAccessSpecifiersBound) {
  EXPECT_EQ(around("class X : @Old {};"), "class X:Old");
  EXPECT_EQ(around("struct X { public: @Old a; };"), "Old a");
  EXPECT_EQ(around("X::X(int n) : @old(n), b(2) {}"), "old(n)");
  EXPECT_EQ(around("X::X(int n) noexcept : @old(n), b(2) {}"), "old(n)");
  EXPECT_EQ(around("return @Old{1, 2};"), "return Old");
  // What is shown may be the brace itself.
  EXPECT_EQ(around("return @{1, 2};"), "return{1");
}

TEST(Fragments, LayoutAndCommentsDoNotMatter) {
  std::string Flat = around("{ auto *a = new @Old(1, \"a b\"); }");
  EXPECT_EQ(Flat, "auto*a=new Old(1,\"a b\")");
  EXPECT_EQ(around("{ // c\n auto * a  =\r\n\tnew /* x */ @Old ( 1,\n"
                   "  \"a b\" ) ; // d\n }"),
            Flat);
  EXPECT_EQ(around("{ auto *a = @new O\\\nld(1, \"a b\"); }"), Flat);
}

TEST(Fragments, DirectivesAreApart) {
  EXPECT_EQ(around("int a\n#define M run(@Old(1), \\\n  2)\nint b;"), "Old(1)");
  EXPECT_EQ(around("#define M Old(1)\n@Old b\n#if X\n(3)\n#endif\n;"), "Old b");
  EXPECT_EQ(macroAt("int a;\n# define M(x) run(@Old(x))\nint b;"), "M");
  EXPECT_EQ(macroAt("#define M(x) run(Old(x))\n@int b;"), "");
  EXPECT_EQ(macroAt("#define M\n#if @Old\n#endif\n"), "");
}

TEST(Fragments, PlacesWithoutAToken) {
  EXPECT_EQ(around("int a;  @ int b;"), "");
  EXPECT_EQ(around("int a;@"), "");
  EXPECT_EQ(around("@"), "");
  EXPECT_EQ(around("// @Old\n"), "");
  EXPECT_EQ(macroAt("@"), "");
}

TEST(Fragments, ItIsText) {
  EXPECT_EQ(around("@Old a(\"\xff\t\x01\");"), "Old a(\"\xef\xbf\xbd \")");
  EXPECT_EQ(around("\xef\xbb\xbf@Old a;"), "Old a");
  EXPECT_EQ(around("@Old \xc3\xa4;"), "Old \xc3\xa4");
  EXPECT_EQ(around("@Old a(R\"(x\n  y;)\");"), "Old a(R\"(x y;)\")");
}

} // namespace
