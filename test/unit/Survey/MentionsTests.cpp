//===- MentionsTests.cpp - Finds legacy names and paths in one file -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Survey.h"

#include "clang/Lex/DependencyDirectivesScanner.h"
#include "llvm/Support/MemoryBuffer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace llvm;
using testing::ElementsAre;
using testing::IsEmpty;

namespace consolidate {
namespace {

const std::vector<std::string> Words = {"ExecutionEngine", "MakeEngine",
                                        "netra/core/engine_old.h", "<hash_map>",
                                        "Dir/Sub-Dir/x.h"};

/// One line per mention: `line:kind:what the bytes there are[=word]`, the word
/// where it is not these bytes.
std::vector<std::string> mentions(StringRef Text) {
  std::vector<std::string> Lines;
  for (const Mention &M : findMentions(Text, Words)) {
    StringRef Kind = M.Kind == MentionKind::Code      ? "code"
                     : M.Kind == MentionKind::String  ? "string"
                     : M.Kind == MentionKind::Comment ? "comment"
                                                      : "include";
    StringRef Bytes = Text.substr(M.Offset, M.Length);
    std::string Line = (Twine(M.Line) + ":" + Kind + ":" + Bytes).str();
    if (Bytes != M.Word)
      Line += "=" + M.Word;
    Lines.push_back(Line);
  }
  return Lines;
}

struct Case {
  const char *Name;
  const char *Text;
  std::vector<std::string> Expected;
};

class FindMentions : public testing::TestWithParam<Case> {};

TEST_P(FindMentions, Gives) {
  EXPECT_EQ(mentions(GetParam().Text), GetParam().Expected);
}

const Case Cases[] = {
    {"Nothing", "int x;\n", {}},
    {"Empty", "", {}},
    {"Code", "int a;\nExecutionEngine E;", {"2:code:ExecutionEngine"}},
    {"WholeIdentifiers",
     "MockExecutionEngine a; ExecutionEngineImpl b; ExecutionEngine_ c; "
     "ExecutionEngine2 d; _ExecutionEngine e; executionengine f;",
     {}},
    {"Qualified",
     "netra::ExecutionEngine*p=new::ExecutionEngine(1);",
     {"1:code:ExecutionEngine", "1:code:ExecutionEngine"}},
    {"String", R"(f("ExecutionEngine");)", {"1:string:ExecutionEngine"}},
    {"StringEscape",
     R"(f("a\nExecutionEngine\tMakeEngine\\nMakeEngine");)",
     {"1:string:ExecutionEngine", "1:string:MakeEngine"}},
    {"StringWithQuote",
     R"(f("\"ExecutionEngine\""); ExecutionEngine e;)",
     {"1:string:ExecutionEngine", "1:code:ExecutionEngine"}},
    {"CharLiteral",
     "char c = '\"'; ExecutionEngine e; char d = '\"';",
     {"1:code:ExecutionEngine"}},
    {"RawString",
     "auto s = R\"x(\n\" // ExecutionEngine \\nMakeEngine)\")x\";\n"
     "ExecutionEngine e;",
     {"2:string:ExecutionEngine", "3:code:ExecutionEngine"}},
    {"RawStringPrefix",
     "auto s = LR\"(\" ExecutionEngine)\"; MakeEngine();",
     {"1:string:ExecutionEngine", "1:code:MakeEngine"}},
    {"LineComment",
     "// ExecutionEngine\nMakeEngine(); // \"MakeEngine",
     {"1:comment:ExecutionEngine", "2:code:MakeEngine",
      "2:comment:MakeEngine"}},
    {"BlockComment",
     "/* a\n ExecutionEngine's\n*/ MakeEngine();",
     {"2:comment:ExecutionEngine", "3:code:MakeEngine"}},
    {"CommentContinued",
     "// a \\\nExecutionEngine\nMakeEngine();",
     {"2:comment:ExecutionEngine", "3:code:MakeEngine"}},
    {"CommentInString",
     "f(\"/* \"); ExecutionEngine e; f(\" */\");",
     {"1:code:ExecutionEngine"}},
    {"DashInComment",
     "// ExecutionEngine\xe2\x80\x94the old one",
     {"1:comment:ExecutionEngine"}},
    {"UnicodeIdentifier", "int ExecutionEngine\xc3\xa9;", {}},
    {"SplicedIdentifier",
     "Execution\\\nEngine e;\nMakeEngine();",
     {"1:code:Execution\\\nEngine=ExecutionEngine", "3:code:MakeEngine"}},
    {"OnlySplicedWithReturns",
     "Exec\\\r\nutionEngine e;",
     {"1:code:Exec\\\r\nutionEngine=ExecutionEngine"}},
    {"MacroBody",
     "#define E \\\n  ExecutionEngine",
     {"2:code:ExecutionEngine"}},
    {"TokenPaste", "#define E Execution##Engine", {}},
    {"InactiveBranch",
     "#if 0\nExecutionEngine e;\n#endif",
     {"2:code:ExecutionEngine"}},
    {"UnbalancedQuote",
     "#if 0\ndon't use ExecutionEngine\n#endif\nMakeEngine();",
     {"2:code:ExecutionEngine", "4:code:MakeEngine"}},
    {"ErrorText",
     "#error don't use ExecutionEngine // really\nMakeEngine();\n"
     "#warning MakeEngine",
     {"1:string:ExecutionEngine", "2:code:MakeEngine", "3:string:MakeEngine"}},
    {"Digraphs",
     "%:define E ExecutionEngine\nint a<::>;",
     {"1:code:ExecutionEngine"}},
    {"DigitSeparators",
     "int a = 1'000; ExecutionEngine e; int b = 1'0;",
     {"1:code:ExecutionEngine"}},
    {"ByteOrderMark",
     "\xef\xbb\xbf"
     "ExecutionEngine e;",
     {"1:code:ExecutionEngine"}},
    {"CarriageReturns",
     "int a;\r\nExecutionEngine e;\r\n",
     {"2:code:ExecutionEngine"}},
    {"Include",
     "#include \"netra/core/engine_old.h\"\n",
     {"1:include:netra/core/engine_old.h"}},
    {"IncludeAngled",
     "  #  include <netra/core/engine_old.h> // x",
     {"1:include:netra/core/engine_old.h"}},
    {"IncludeBelow",
     "#include \"../src/netra/core/engine_old.h\"",
     {"1:include:../src/netra/core/engine_old.h=netra/core/engine_old.h"}},
    {"IncludeWithDots",
     "#include \"./netra/./core//engine_old.h\"",
     {"1:include:./netra/./core//engine_old.h=netra/core/engine_old.h"}},
    {"IncludeOther",
     "#include \"xnetra/core/engine_old.h\"\n#include \"engine_old.h\"\n"
     "#include \"netra/core/engine_old.hpp\"\nint engine_old;",
     {}},
    {"IncludeWithoutExtension",
     "#include <hash_map>\nint hash_map;\n#include <ext/hash_map>",
     {"1:include:hash_map=<hash_map>", "3:include:ext/hash_map=<hash_map>"}},
    {"IncludeWithDash",
     "#include <Dir/Sub-Dir/x.h>",
     {"1:include:Dir/Sub-Dir/x.h"}},
    {"IncludeHoldsAName",
     "#include \"lib/ExecutionEngine.h\"",
     {"1:include:ExecutionEngine"}},
    {"IncludePathIsNoComment",
     "#include <a//ExecutionEngine.h>\n#include \"b's/*.h\"\nMakeEngine();",
     {"1:include:ExecutionEngine", "3:code:MakeEngine"}},
    {"IncludeInComment",
     "// see netra/core/engine_old.h, or\n"
     "/* #include \"netra/core/engine_old.h\" */",
     {"1:comment:netra/core/engine_old.h",
      "2:comment:netra/core/engine_old.h"}},
    {"IncludeInString",
     "f(\"#include <netra/core/engine_old.h>\\n\");",
     {"1:string:netra/core/engine_old.h"}},
    {"IncludeOfMacro", "#define H <netra/core/engine_old.h>\n#include H", {}},
    {"HasInclude",
     "#if __has_include(\"netra/core/engine_old.h\")\n#endif",
     {"1:string:netra/core/engine_old.h"}},
};

INSTANTIATE_TEST_SUITE_P(Table, FindMentions, testing::ValuesIn(Cases),
                         [](const auto &Info) { return Info.param.Name; });

TEST(FindMentionsWords, APathThatHoldsANameIsOneMention) {
  auto Found = findMentions("// ExecutionEngine in old/ExecutionEngine.h",
                            {"ExecutionEngine", "old/ExecutionEngine.h"});
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0].Word, "ExecutionEngine");
  EXPECT_EQ(Found[1].Word, "old/ExecutionEngine.h");
}

TEST(FindMentionsWords, TheLongestPathWins) {
  auto Found = findMentions("#include \"a/b/c.h\"", {"c.h", "b/c.h", "x/c.h"});
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Word, "b/c.h");
}

TEST(FindMentionsWords, TextNeedNotBeTerminated) {
  StringRef Text = "ExecutionEngine e; MakeEngine";
  EXPECT_EQ(findMentions(Text.take_front(18), Words).size(), 1u);
  EXPECT_THAT(findMentions(Text.take_front(14), Words), IsEmpty());
}

/// `line:spelled[>][+]`, `>` for angled and `+` for #include_next.
std::vector<std::string> includes(StringRef Text) {
  std::vector<std::string> Lines;
  for (const LexicalInclude &I : findIncludes(Text)) {
    EXPECT_EQ(Text.substr(I.Offset, I.Spelled.size()), I.Spelled);
    Lines.push_back((Twine(I.Line) + ":" + I.Spelled + (I.Angled ? ">" : "") +
                     (I.Next ? "+" : ""))
                        .str());
  }
  return Lines;
}

TEST(FindIncludes, EverySpelling) {
  EXPECT_THAT(includes("#include \"a.h\"\n"
                       " # include <b/c.h> // x\n"
                       "#include_next <d.h>\n"
                       "#import \"e.h\"\n"
                       "%:include <f.h>\n"
                       "/* x */ #include /* y */ \"g.h\"\n"
                       "#inc\\\nlude \"h.h\"\n"
                       "#include MACRO\n"
                       "#include \"last.h\""),
              ElementsAre("1:a.h", "2:b/c.h>", "3:d.h>+", "4:e.h", "5:f.h>",
                          "6:g.h", "8:h.h", "9:", "10:last.h"));
}

TEST(FindMentions, TellsWhatIsBehindAClassKey) {
  auto Elaborated = [](StringRef Text) {
    std::vector<Mention> Found = findMentions(Text, Words);
    EXPECT_EQ(Found.size(), 1u) << Text.str();
    return !Found.empty() && Found[0].Elaborated;
  };
  for (const char *Text :
       {"class ExecutionEngine;", "friend struct a::b::ExecutionEngine;",
        "struct ::ExecutionEngine *p;", "class API ExecutionEngine;",
        "class /* of a */ a:: // b\n ExecutionEngine;",
        "cl\\\nass ExecutionEngine;"})
    EXPECT_TRUE(Elaborated(Text)) << Text;
  for (const char *Text :
       {"ExecutionEngine e;", "class A {}; ExecutionEngine e;",
        "class A : ExecutionEngine {};",
        "template <class T> ExecutionEngine f;", "subclass ExecutionEngine;",
        "// class ExecutionEngine", "class A; #include \"ExecutionEngine\""})
    EXPECT_FALSE(Elaborated(Text)) << Text;
}

TEST(FindIncludes, InactiveBranchesCountTextDoesNot) {
  EXPECT_THAT(includes("#if 0\n#include \"a.h\"\n#else\n#include \"b.h\"\n"
                       "#endif\n"
                       "// #include \"c.h\"\n/*\n#include \"d.h\"\n*/\n"
                       "auto s = R\"(\n#include \"e.h\"\n)\";\n"
                       "x #include \"f.h\"\n#define X #include \"g.h\"\n"
                       "#include \"unbalanced\n#include <too\n#include\n"
                       "#include \"h.h\"\n"),
              ElementsAre("2:a.h", "4:b.h", "18:h.h"));
}

TEST(FindIncludes, AgreesWithClangsDependencyScanner) {
  std::string Path = std::string(CONSOLIDATE_SOURCE_DIR) +
                     "/test/unit/Survey/MentionsTests.cpp";
  auto Buffer = MemoryBuffer::getFile(Path);
  ASSERT_TRUE(bool(Buffer));
  SmallVector<clang::dependency_directives_scan::Token> Tokens;
  SmallVector<clang::dependency_directives_scan::Directive> Directives;
  ASSERT_FALSE(clang::scanSourceForDependencyDirectives((*Buffer)->getBuffer(),
                                                        Tokens, Directives));
  size_t Expected = 0;
  for (const auto &Directive : Directives)
    Expected += Directive.Kind == clang::dependency_directives_scan::pp_include;
  EXPECT_GT(Expected, 0u);
  EXPECT_EQ(findIncludes((*Buffer)->getBuffer()).size(), Expected);
}

} // namespace
} // namespace consolidate
