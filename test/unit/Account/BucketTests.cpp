//===- BucketTests.cpp - Each bucket, by a mention that belongs to it -----===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "AccountRun.h"

#include "gmock/gmock.h"

#include <git2.h>

using namespace llvm;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

namespace consolidate {
namespace {

const std::string Include = "#include \"app/old_engine.h\"\n";

/// Rules that say how the constructors map; without any, arguments stay.
const char *RulesWithRewrite = R"(version: 1
consolidate:
  - into: app::Engine
    header: app/engine.h
    from: [{class: app::OldEngine, header: app/old_engine.h}]
rewrites:
  - name: number
    given: [int n]
    before: app::OldEngine(n)
    after: app::Engine(n + 1)
)";

TEST(BucketTest, editedStringAndComment) {
  AccountRun Run;
  Run.add("a.cpp", Include + "app::OldEngine engine; // OldEngine\n"
                             "const char *Text = \"OldEngine\";\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre("2: edited", "2: comment", "3: string"));
  EXPECT_EQ(Run.row("app/old_engine.h").Counts[size_t(Bucket::Edited)], 1u);
}

TEST(BucketTest, stringInArgumentThatStaysIsAString) {
  AccountRun Run;
  Run.add("a.cpp", Include + "int size(const char *);\n"
                             "app::OldEngine e(size(\"OldEngine\"));\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"), ElementsAre("3: edited", "3: string"));
}

TEST(BucketTest, ownTextStays) {
  AccountRun Run;
  Run.add("a.cpp", Include + "app::OldEngine::OldEngine() {}\n"
                             "void app::OldEngine::run() {}\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre("2: own text: text of 'app::OldEngine', stays",
                          "2: own text: text of 'app::OldEngine', stays",
                          "3: own text: text of 'app::OldEngine', stays"));
  EXPECT_THAT(Run.in("app/old_engine.h"),
              testing::Each(StartsWith("2: own text:")));
  EXPECT_EQ(Run.in("app/old_engine.h").size(), 4u);
}

TEST(BucketTest, ownTextGoesAway) {
  AccountRun Run;
  Run.Tree.write("code/.clang-consolidate.yaml", R"(version: 1
consolidate:
  - into: app::Engine
    header: app/engine.h
    from:
      - {class: app::OldEngine, header: app/old_engine.h, definition: alias}
)");
  Run.add("a.cpp", Include + "app::OldEngine::OldEngine() {}\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              testing::Each("2: own text: goes away with the definition of "
                            "'app::OldEngine'"));
  EXPECT_THAT(Run.in("app/old_engine.h"),
              testing::Each("2: own text: goes away with the definition of "
                            "'app::OldEngine'"));
}

TEST(BucketTest, suppressed) {
  AccountRun Run;
  Run.add("a.cpp", Include + "app::OldEngine *engine; // NOLINT\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre("2: suppressed: suppressed by NOLINT"));
}

TEST(BucketTest, whatGoesWithASuppressedUseIsLeft) {
  AccountRun Run;
  Run.Tree.write("code/.clang-consolidate.yaml", RulesWithRewrite);
  Run.add("a.cpp", Include + "auto e = app::OldEngine( // NOLINT\n"
                             "    sizeof(app::OldEngine));\n"
                             "app::OldEngine // kept with its arguments\n"
                             "    f(1); // NOLINT\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre(StartsWith("2: suppressed: "), "3: edited",
                          StartsWith("4: left: it goes together")));
}

TEST(BucketTest, fileOfNoTranslationUnit) {
  AccountRun Run;
  Run.add("a.cpp", Include);
  Run.add("other_platform.cpp", Include + "app::OldEngine e; // OldEngine\n",
          "");
  Run.run();
  EXPECT_THAT(
      Run.in("other_platform.cpp"),
      ElementsAre("2: in no translation unit: no compile command reaches the "
                  "file",
                  "2: comment"));
}

TEST(BucketTest, headerIncludedWhereNothingCompiles) {
  AccountRun Run;
  Run.add("windows.h", Include + "app::OldEngine *e;\n");
  Run.add("a.cpp", "#ifdef _WIN32\n#include \"windows.h\"\n#endif\n");
  Run.run();
  EXPECT_THAT(Run.in("windows.h"),
              ElementsAre("2: in no translation unit: it is only included "
                          "where no configuration compiles"));
}

TEST(BucketTest, notCxxWithoutGit) {
  AccountRun Run;
  Run.add("a.cpp", Include);
  Run.add("form.ui", "<class>\n app::OldEngine OldEngines</class>\n");
  Run.add("parser.y", "%{\n#include \"app/old_engine.h\"\n%}\n%% OldEngine\n");
  Run.run();
  EXPECT_THAT(Run.in("form.ui"),
              ElementsAre("2: not C++: the file is not C++"));
  EXPECT_THAT(Run.in("parser.y"),
              ElementsAre("4: not C++: the file is not C++"));
  EXPECT_EQ(Run.row("app/old_engine.h").Counts[size_t(Bucket::NotCxx)], 1u);
}

TEST(BucketTest, notCxxIsWhatGitTracks) {
  AccountRun Run;
  Run.add("a.cpp", Include);
  Run.add("tracked.strange", "OldEngine\n");
  Run.add("untracked.md", "OldEngine\n");
  Run.add("third_party/notes.md", "OldEngine\n");
  git_libgit2_init();
  git_repository *Repository = nullptr;
  git_index *Index = nullptr;
  ASSERT_EQ(git_repository_init(&Repository, Run.Tree.path("code").c_str(), 0),
            0);
  ASSERT_EQ(git_repository_index(&Index, Repository), 0);
  ASSERT_EQ(git_index_add_bypath(Index, "tracked.strange"), 0);
  ASSERT_EQ(git_index_add_bypath(Index, "third_party/notes.md"), 0);
  ASSERT_EQ(git_index_write(Index), 0);
  git_index_free(Index);
  git_repository_free(Repository);
  git_libgit2_shutdown();
  Run.run();
  EXPECT_THAT(Run.in("tracked.strange"),
              ElementsAre("1: not C++: the file is not C++"));
  EXPECT_THAT(Run.in("untracked.md"), ElementsAre());
  EXPECT_THAT(Run.in("third_party/notes.md"),
              ElementsAre("1: out of scope: the file is outside the scope"));
}

TEST(BucketTest, macroBodies) {
  AccountRun Run;
  Run.add("a.cpp", Include + "#define NEVER_USED app::OldEngine\n"
                             "#define LONG \\\n"
                             "  app::OldEngine never\n"
                             "#define PASTED(X) app::OldEngine##X\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"), testing::Each(HasSubstr(": macro: ")));
  EXPECT_EQ(Run.in("a.cpp").size(), 3u);
}

TEST(BucketTest, dependent) {
  AccountRun Run;
  Run.Tree.write("code/.clang-consolidate.yaml", RulesWithRewrite);
  Run.add("a.cpp", Include + "template <typename T> void f() {\n"
                             "  typename T::OldEngine *p = nullptr;\n"
                             "  T().OldEngine();\n"
                             "}\n"
                             "template <typename... A> void g(A... a) {\n"
                             "  (void)app::OldEngine(a...);\n"
                             "}\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre("3: dependent: depends on a template parameter",
                          "4: dependent: depends on a template parameter",
                          StartsWith("7: dependent: ")));
}

TEST(BucketTest, unparsed) {
  AccountRun Run;
  Run.add("a.cpp", "#include \"missing.h\"\n"
                   "void f() { Unknown<OldEngine> x; }\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre(StartsWith(
                  "2: unparsed: a.cpp has errors: a.cpp:1: 'missing.h'")));
}

TEST(BucketTest, outOfScope) {
  AccountRun Run;
  Run.add("third_party/wrapper.h",
          "#pragma once\n" + Include + "inline app::OldEngine *wrapped;\n");
  Run.add("a.cpp", "#include \"third_party/wrapper.h\"\n" + Include);
  Run.run();
  EXPECT_THAT(Run.in("third_party/wrapper.h"),
              ElementsAre("3: out of scope: the file is outside the scope"));
}

TEST(BucketTest, outsideThePathsAskedFor) {
  AccountRun Run;
  Run.add("in/a.cpp", Include + "app::OldEngine *a;\n");
  Run.add("out/b.cpp", Include + "app::OldEngine *b;\n");
  Run.Options.Paths = {Run.Tree.path("code/in")};
  Run.run();
  EXPECT_THAT(Run.in("in/a.cpp"), ElementsAre("2: edited"));
  EXPECT_THAT(Run.in("out/b.cpp"),
              ElementsAre("2: out of scope: outside the paths asked for"));
}

TEST(BucketTest, otherEntities) {
  AccountRun Run;
  Run.add("a.cpp", "namespace llvm { class OldEngine {}; }\n"
                   "llvm::OldEngine *one;\n"
                   "enum Kind { OldEngine };\n"
                   "Kind two = OldEngine;\n"
                   "struct Holder { int OldEngine = 1; };\n"
                   "Holder three{.OldEngine = 3};\n"
                   "int four = three.OldEngine;\n");
  Run.add("b.cpp", "#define OldEngine(X) ((X) + 1)\n"
                   "int one = OldEngine(1);\n"
                   "#ifdef OldEngine\n"
                   "#undef OldEngine\n"
                   "#endif\n");
  Run.add("c.cpp", "void OldEngine(int);\n"
                   "void f(int OldEngine) { (void)OldEngine; }\n"
                   "template <typename OldEngine> OldEngine *g();\n"
                   "namespace x::OldEngine { int y; }\n"
                   "using namespace x::OldEngine;\n"
                   "int z = x::OldEngine::y;\n"
                   "void h() { goto OldEngine; OldEngine:; }\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre("1: other entity: class llvm::OldEngine",
                          "2: other entity: class llvm::OldEngine",
                          "3: other entity: enumerator OldEngine",
                          "4: other entity: enumerator OldEngine",
                          "5: other entity: member Holder::OldEngine",
                          "6: other entity: member Holder::OldEngine",
                          "7: other entity: member Holder::OldEngine"));
  EXPECT_THAT(Run.in("b.cpp"),
              testing::Each(HasSubstr("other entity: macro OldEngine")));
  EXPECT_EQ(Run.in("b.cpp").size(), 4u);
  EXPECT_THAT(Run.in("c.cpp"), testing::Each(HasSubstr(": other entity: ")));
  EXPECT_EQ(Run.in("c.cpp").size(), 10u);
}

TEST(BucketTest, nameInThePathOfAnotherHeader) {
  AccountRun Run;
  Run.add("OldEngine/x.h", "#pragma once\n");
  Run.add("a.cpp", "#include \"OldEngine/x.h\"\n" + Include);
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre("1: other entity: part of the path of a header"));
}

TEST(BucketTest, aliasThatIsMigratedAlready) {
  AccountRun Run;
  Run.Tree.write("code/app/old_engine.h",
                 "#pragma once\n#include \"app/engine.h\"\n"
                 "namespace app { using OldEngine = Engine; }\n");
  Run.add("a.cpp", Include);
  Run.run();
  EXPECT_THAT(Run.in("app/old_engine.h"),
              ElementsAre("3: unchanged: alias of 'app::Engine'"));
}

TEST(BucketTest, leftForAnotherReason) {
  AccountRun Run;
  Run.Tree.write("code/.clang-consolidate.yaml", RulesWithRewrite);
  Run.add("a.cpp", Include + "app::OldEngine engine(1, 2);\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"),
              ElementsAre(AllOf(StartsWith("2: left: "),
                                HasSubstr("no rewrite covers"))));
}

TEST(BucketTest, unexplainedIsSaidAloud) {
  AccountRun Run;
  // Nothing in the syntax tree holds the operand of an unknown pragma.
  Run.add("a.cpp", Include + "#pragma vendor OldEngine\n");
  Run.run();
  EXPECT_THAT(Run.in("a.cpp"), ElementsAre(StartsWith("2: unexplained: ")));
}

} // namespace
} // namespace consolidate
