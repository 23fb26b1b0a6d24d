//===- ConfigurationTests.cpp - Several build directories -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "AccountRun.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::ElementsAre;
using testing::HasSubstr;

namespace consolidate {
namespace {

const char *Branches = "#include \"app/old_engine.h\"\n" // 1
                       "#if defined(ONE) // first\n"     // 2
                       "app::OldEngine *one;\n"          // 3
                       "#elif defined(TWO) && \\\n"      // 4
                       "    !defined(ONE)\n"             // 5
                       "app::OldEngine *two;\n"          // 6
                       "#elif THREE\n"                   // 7
                       "#ifndef NESTED\n"                // 8
                       "app::OldEngine *three;\n"        // 9
                       "#endif\n"                        // 10
                       "#else\n"                         // 11
                       "app::OldEngine *none;\n"         // 12
                       "#endif\n";

TEST(ConfigurationTest, bothBranchesInOneRunAndTheRestListed) {
  AccountRun Run;
  Run.add("a.cpp", Branches, "");
  Run.compile("a.cpp", "build-one", {"-DONE"});
  Run.compile("a.cpp", "build-two", {"-DTWO"});
  Run.run();
  EXPECT_THAT(
      Run.in("a.cpp"),
      ElementsAre("3: edited", "6: edited",
                  "9: inactive: inactive under '#elif THREE' (line 7)",
                  "12: inactive: inactive under '#else of #if defined(ONE)' "
                  "(line 11)"));
  std::string After = Run.after("a.cpp");
  EXPECT_THAT(After, HasSubstr("app::Engine *one;"));
  EXPECT_THAT(After, HasSubstr("app::Engine *two;"));
  EXPECT_THAT(After, HasSubstr("app::OldEngine *three;"));
}

TEST(ConfigurationTest, oneConfigurationLeavesTheOtherBranch) {
  AccountRun Run;
  Run.add("a.cpp", Branches, "");
  Run.compile("a.cpp", "build-one", {"-DONE"});
  Run.run();
  EXPECT_THAT(
      Run.in("a.cpp"),
      ElementsAre("3: edited",
                  "6: inactive: inactive under '#elif defined(TWO) && "
                  "!defined(ONE)' (line 4)",
                  "9: inactive: inactive under '#elif THREE' (line 7)",
                  "12: inactive: inactive under '#else of #if defined(ONE)' "
                  "(line 11)"));
}

TEST(ConfigurationTest, headerThatTwoFilesReadDifferently) {
  AccountRun Run;
  Run.add("shared.h", "#include \"app/old_engine.h\"\n"
                      "#ifdef WIDE\n"
                      "inline app::OldEngine *wide;\n"
                      "#endif\n"
                      "#if 0\n"
                      "app::OldEngine *never;\n"
                      "#endif\n");
  Run.add("a.cpp", "#include \"shared.h\"\n");
  Run.add("b.cpp", "#define WIDE\n#include \"shared.h\"\n");
  Run.run();
  EXPECT_THAT(
      Run.in("shared.h"),
      ElementsAre("3: edited", "6: inactive: inactive under '#if 0' (line 5)"));
}

TEST(ConfigurationTest, fileReadTwiceInOneTranslationUnit) {
  AccountRun Run;
  Run.add("twice.inc", "#ifdef SECOND\n"
                       "app::OldEngine *second;\n"
                       "#else\n"
                       "app::OldEngine *first;\n"
                       "#endif\n"
                       "#ifdef THIRD\n"
                       "app::OldEngine *third;\n"
                       "#endif\n");
  Run.add("a.cpp", "#include \"app/old_engine.h\"\n#include \"twice.inc\"\n"
                   "#define SECOND\n#include \"twice.inc\"\n");
  Run.run();
  EXPECT_THAT(Run.in("twice.inc"),
              ElementsAre("2: edited", "4: edited",
                          "7: inactive: inactive under '#ifdef THIRD' (line "
                          "6)"));
}

TEST(ConfigurationTest, includeUnderConditionIsInactive) {
  AccountRun Run;
  Run.add("a.cpp", "#include \"app/old_engine.h\"\n"
                   "#ifdef NEVER\n#include \"app/old_engine.h\"\n#endif\n");
  Run.run();
  const AccountRow &Row = Run.row("app/old_engine.h");
  EXPECT_EQ(Row.Total, 2u);
  EXPECT_EQ(Row.Counts[size_t(Bucket::Inactive)], 1u);
}

} // namespace
} // namespace consolidate
