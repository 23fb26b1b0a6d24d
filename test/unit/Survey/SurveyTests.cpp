//===- SurveyTests.cpp - Step 3: which files matter, without parsing ------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"
#include "consolidate/Support.h"
#include "consolidate/Survey.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <unistd.h>

using namespace llvm;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace consolidate {
namespace {

/// A project on disk with the rule `Old` -> `New` and the include rule
/// `legacy/old.h`, and its survey.
class SurveyTest : public testing::Test {
protected:
  void SetUp() override {
    LegacyClass Legacy;
    Legacy.Name = "netra::Old";
    Consolidation C;
    C.Into = "netra::New";
    C.From = {Legacy};
    Rules.Consolidate = {C};
    Rules.Includes = {{"legacy/old.h", {"new.h"}, {}}};
  }

  void write(StringRef Path, StringRef Text) { Tree.write(Path, Text); }

  /// \p Options: `-I` and friends; relative ones are below the root.
  void job(StringRef File, std::vector<std::string> Options = {}) {
    TuJob Job;
    Job.File = realPath(Tree.path(File));
    Job.Directory = Tree.path("build");
    Job.Arguments = {"g++"};
    for (const std::string &Option : Options) {
      StringRef Directory = Option;
      if (Directory.consume_front("-I"))
        Job.Arguments.push_back("-I" + Tree.path(Directory));
      else
        Job.Arguments.push_back(Option);
    }
    Job.Arguments.insert(Job.Arguments.end(), {"--", Tree.path(File)});
    Jobs.push_back(Job);
  }

  void run(std::vector<std::string> Paths = {}) {
    Within.emplace(Tree.path(), Globs,
                   std::vector<std::string>{Tree.path("build")});
    auto Result = survey(Rules, Jobs, *Within, Paths, 2);
    ASSERT_TRUE(bool(Result)) << toString(Result.takeError());
    Plan = std::move(*Result);
    EXPECT_EQ(Plan.TotalTus, Jobs.size());
  }

  std::string relative(StringRef Path) const { return Within->relative(Path); }

  std::vector<std::string> relatives(ArrayRef<std::string> Paths) const {
    std::vector<std::string> Result;
    for (const std::string &Path : Paths)
      Result.push_back(relative(Path));
    return Result;
  }

  /// `file: reason` of each planned TU.
  std::vector<std::string> planned() const {
    std::vector<std::string> Lines;
    for (const PlannedTu &Tu : Plan.Tus) {
      EXPECT_EQ(Jobs[Tu.JobIndex].File, Tu.Job.File);
      Lines.push_back(relative(Tu.Job.File) + ": " + Tu.Reason);
    }
    return Lines;
  }

  std::vector<std::string> resolved(StringRef File, unsigned Index = 0) {
    return relatives(
        Plan.Files.find(Tree.path(File))->second.Includes[Index].Resolved);
  }

  TempTree Tree;
  RuleSet Rules;
  ScopeGlobs Globs;
  std::vector<TuJob> Jobs;
  std::optional<Scope> Within;
  ScanPlan Plan;
};

TEST_F(SurveyTest, PlansTheMainFileThatMentions) {
  write("a.cpp", "int x;\nOld o;\n");
  write("b.cpp", "OldButOther o; // Old\nconst char *s = \"Old\";\n");
  job("a.cpp");
  job("b.cpp");
  run();
  EXPECT_THAT(planned(), ElementsAre("a.cpp: mentions Old at line 2"));
  // What is left on purpose is counted all the same.
  EXPECT_EQ(Plan.Files[Tree.path("b.cpp")].Mentions.size(), 2u);
}

TEST_F(SurveyTest, PlansThroughIncludesInDatabaseOrder) {
  write("include/lib/deep.h", "struct Old;\n");
  write("include/lib/mid.h", "#include \"deep.h\"\n");
  write("src/b.cpp", "#include <lib/mid.h>\n");
  write("src/a.cpp", "#include \"lib/mid.h\"\n");
  write("src/c.cpp", "#include <vector>\n");
  for (const char *Name : {"src/b.cpp", "src/c.cpp", "src/a.cpp"})
    job(Name, {"-Iinclude"});
  run();
  EXPECT_THAT(
      planned(),
      ElementsAre(
          "src/b.cpp: includes include/lib/deep.h, which mentions Old at line "
          "1",
          "src/a.cpp: includes include/lib/deep.h, which mentions Old at line "
          "1"));
  EXPECT_THAT(Plan.TusReaching[Tree.path("include/lib/deep.h")],
              ElementsAre(0u, 2u));
  EXPECT_THAT(
      relatives(includeChain(Plan, Tree.path("src/a.cpp"),
                             Tree.path("include/lib/deep.h"))),
      ElementsAre("src/a.cpp", "include/lib/mid.h", "include/lib/deep.h"));
  EXPECT_THAT(includeChain(Plan, Tree.path("src/c.cpp"),
                           Tree.path("include/lib/deep.h")),
              IsEmpty());
}

TEST_F(SurveyTest, NextToTheIncluderComesFirst) {
  write("src/x.h", "");
  write("inc/x.h", "struct Old;\n");
  write("src/a.cpp", "#include \"x.h\"\n");
  write("src/b.cpp", "#include <x.h>\n");
  job("src/a.cpp", {"-Iinc"});
  job("src/b.cpp", {"-Iinc"});
  run();
  EXPECT_THAT(resolved("src/a.cpp"), ElementsAre("src/x.h"));
  EXPECT_THAT(resolved("src/b.cpp"), ElementsAre("inc/x.h"));
  EXPECT_EQ(Plan.Tus.size(), 1u);
}

TEST_F(SurveyTest, QuoteAngledAndSystemOrder) {
  for (const char *Directory : {"q", "i", "s"})
    write(std::string(Directory) + "/x.h", "");
  write("a.cpp", "#include \"x.h\"\n#include <x.h>\n");
  job("a.cpp", {"-isystem", Tree.path("s"), "-Ii", "-iquote", Tree.path("q")});
  run();
  EXPECT_THAT(resolved("a.cpp", 0), ElementsAre("q/x.h"));
  EXPECT_THAT(resolved("a.cpp", 1), ElementsAre("i/x.h"));
}

TEST_F(SurveyTest, IncludeNextSkipsTheIncluder) {
  write("one/x.h", "#include_next <x.h>\n");
  write("two/x.h", "struct Old;\n");
  write("a.cpp", "#include <x.h>\n");
  job("a.cpp", {"-Ione", "-Itwo"});
  run();
  EXPECT_THAT(resolved("one/x.h"), ElementsAre("two/x.h"));
  EXPECT_EQ(Plan.Tus.size(), 1u);
}

TEST_F(SurveyTest, TwoConfigurationsResolveOneSpellingDifferently) {
  write("debug/config.h", "struct Old;\n");
  write("release/config.h", "");
  write("inc/top.h", "#include <config.h>\n");
  write("a.cpp", "#include \"top.h\"\n");
  job("a.cpp", {"-Iinc", "-Irelease"});
  job("a.cpp", {"-Iinc", "-Idebug"});
  run();
  EXPECT_THAT(resolved("inc/top.h"),
              UnorderedElementsAre("release/config.h", "debug/config.h"));
  ASSERT_EQ(Plan.Tus.size(), 1u);
  EXPECT_EQ(Plan.Tus[0].JobIndex, 1u);
}

TEST_F(SurveyTest, ForcedHeadersAreIncluded) {
  write("build/forced.h", "struct X;\n");
  write("inc/onpath.h", "struct Old;\n");
  write("a.cpp", "int x;\n");
  write("b.cpp", "int x;\n");
  job("a.cpp", {"-Iinc", "-include", "onpath.h"});
  job("b.cpp", {"-Iinc", "-include", "forced.h"});
  run();
  EXPECT_THAT(planned(), ElementsAre("a.cpp: includes inc/onpath.h, which "
                                     "mentions Old at line 1"));
  EXPECT_TRUE(Plan.Files.count(Tree.path("build/forced.h")));
}

TEST_F(SurveyTest, MacrosThatNameHeadersAreFollowed) {
  write("src/main.cpp", "#include \"deep.h\"\n#include FROM_DEEP\n");
  write("src/deep.h", "#include \"deeper.h\"\n");
  write("src/deeper.h", "#define \\\n FROM_DEEP /* which */ \"old.h\" // it\n"
                        "#define CALL(x) \"call.h\"\n"
                        "#define TWO \"two.h\" \"b\"\n");
  write("src/old.h", "netra::Old *old;\n");
  write("src/others.cpp", "#include \"deeper.h\"\n#include CALL(1)\n"
                          "#include TWO\n#include NOWHERE\n");
  write("src/call.h", "netra::Old *call;\n");
  write("src/two.h", "netra::Old *two;\n");
  job("src/main.cpp");
  job("src/others.cpp");
  run();
  EXPECT_THAT(planned(), ElementsAre("src/main.cpp: includes src/old.h, which "
                                     "mentions Old at line 1"));
}

TEST_F(SurveyTest, CyclesEnd) {
  write("x.h", "#include \"y.h\"\nstruct Old;\n");
  write("y.h", "#include \"x.h\"\n#include \"y.h\"\n");
  write("a.cpp", "#include \"y.h\"\n");
  job("a.cpp");
  run();
  EXPECT_EQ(Plan.Tus.size(), 1u);
  EXPECT_THAT(includeChain(Plan, Tree.path("y.h"), Tree.path("none.h")),
              IsEmpty());
}

TEST_F(SurveyTest, ALinkAndItsTargetAreOneFile) {
  write("real/x.h", "#include \"beside.h\"\nstruct Old;\n");
  write("view/beside.h", "");
  Tree.link(Tree.path("real/x.h"), "view/x.h");
  Tree.link(Tree.path("real"), "linkeddir");
  write("a.cpp", "#include \"view/x.h\"\n#include \"real/x.h\"\n"
                 "#include \"linkeddir/x.h\"\n#include \"real/../real/x.h\"\n");
  job("a.cpp");
  run();
  for (unsigned I = 0; I != 4; ++I)
    EXPECT_THAT(resolved("a.cpp", I), ElementsAre("real/x.h")) << I;
  EXPECT_EQ(Plan.Files.count(Tree.path("view/x.h")), 0u);
  EXPECT_THAT(Plan.TusReaching[Tree.path("real/x.h")], ElementsAre(0u));
  // Clang looks next to the link.
  EXPECT_THAT(resolved("real/x.h"), ElementsAre("view/beside.h"));
}

TEST_F(SurveyTest, BrokenLegacyIncludesAreFound) {
  write("a.cpp", "#include \"legacy/old.h\"\n");
  write("b.cpp", "#include \"missing.h\"\n");
  job("a.cpp");
  job("b.cpp");
  run();
  EXPECT_THAT(planned(), ElementsAre("a.cpp: includes the legacy header "
                                     "legacy/old.h at line 1"));
  EXPECT_THAT(resolved("a.cpp"), IsEmpty());
}

TEST_F(SurveyTest, LegacyIncludesByAnotherSpellingAreFound) {
  write("legacy/old.h", "");
  write("legacy/other.h", "#include \"old.h\"\n");
  write("core/gone.cpp", "#include \"../legacy/old.h\"\n");
  write("byPath.cpp", "#include <old.h>\n");
  write("unrelated/old.h", "");
  write("unrelated/c.cpp", "#include \"old.h\"\n");
  job("legacy/other.h");
  job("core/gone.cpp");
  job("byPath.cpp", {"-Ilegacy"});
  job("unrelated/c.cpp");
  run();
  EXPECT_THAT(planned(),
              ElementsAre("legacy/other.h: includes the legacy header "
                          "legacy/old.h at line 1",
                          "core/gone.cpp: includes the legacy header "
                          "legacy/old.h at line 1",
                          "byPath.cpp: includes the legacy header legacy/old.h "
                          "at line 1"));
  ASSERT_EQ(Plan.Files[Tree.path("byPath.cpp")].Mentions.size(), 1u);
  const Mention &M = Plan.Files[Tree.path("byPath.cpp")].Mentions[0];
  EXPECT_EQ(M.Offset, 10u);
  EXPECT_EQ(M.Length, 5u);
  EXPECT_EQ(M.Word, "legacy/old.h");
}

TEST_F(SurveyTest, ANameInSomePathPlansNothing) {
  write("a.cpp", "#include \"Old/x.h\"\n");
  job("a.cpp");
  run();
  EXPECT_THAT(planned(), IsEmpty());
  EXPECT_EQ(Plan.Files[Tree.path("a.cpp")].Mentions.size(), 1u);
}

TEST_F(SurveyTest, SystemHeadersAreLeaves) {
  TempTree System;
  System.write("sys.h", "#include \"more.h\"\nstruct Old;\n");
  System.write("more.h", "");
  write("third_party/inside.h", "struct Old;\n");
  write("a.cpp", "#include <sys.h>\n");
  write("b.cpp", "#include <inside.h>\n");
  job("a.cpp", {"-isystem", System.path("")});
  job("b.cpp", {"-isystem", Tree.path("third_party")});
  run();
  EXPECT_EQ(Plan.Files.count(System.path("sys.h")), 0u);
  EXPECT_EQ(Plan.Files.count(System.path("more.h")), 0u);
  EXPECT_THAT(Plan.Files[Tree.path("a.cpp")].Includes[0].Resolved,
              ElementsAre(System.path("sys.h")));
  // Below the root nothing is a system header.
  EXPECT_EQ(planned().size(), 1u);
}

TEST_F(SurveyTest, OutOfScopeFilesAreReadButDoNotCount) {
  Globs.Exclude = {"third_party/**"};
  write("third_party/x.h", "#include \"../src/y.h\"\nstruct Old;\n");
  write("src/y.h", "");
  write("src/a.cpp", "#include \"../third_party/x.h\"\n");
  write("build/gen.h", "struct Old;\n");
  write("src/b.cpp", "#include \"../build/gen.h\"\n");
  job("src/a.cpp");
  job("src/b.cpp");
  run();
  EXPECT_THAT(planned(), IsEmpty());
  SurveyedFile &Excluded = Plan.Files[Tree.path("third_party/x.h")];
  EXPECT_FALSE(Excluded.InScope);
  EXPECT_EQ(Excluded.Mentions.size(), 1u);
  EXPECT_THAT(resolved("third_party/x.h"), ElementsAre("src/y.h"));
  EXPECT_THAT(Plan.UnreachedFiles, IsEmpty());
}

TEST_F(SurveyTest, FilesThatNoTuReachesAreListed) {
  write("used.h", "struct Old;\n");
  write("unused.h", "struct Old;\n");
  write("comment.h", "// Old\n");
  write("a.cpp", "#include \"used.h\"\n");
  job("a.cpp");
  run();
  EXPECT_THAT(relatives(Plan.UnreachedFiles), ElementsAre("unused.h"));
}

TEST_F(SurveyTest, PathsNarrowWhatCounts) {
  write("one/x.h", "struct Old;\n");
  write("two/y.h", "struct Old;\n");
  write("twofold/z.h", "struct Old;\n");
  write("a.cpp", "#include \"one/x.h\"\n");
  write("b.cpp", "#include \"two/y.h\"\n");
  job("a.cpp");
  job("b.cpp");
  run({Tree.path("two")});
  EXPECT_THAT(planned(), ElementsAre("b.cpp: includes two/y.h, which mentions "
                                     "Old at line 1"));
  EXPECT_THAT(Plan.UnreachedFiles, IsEmpty());
  run({Tree.path("one/x.h")});
  EXPECT_EQ(planned().size(), 1u);
}

TEST_F(SurveyTest, UnreadableFilesAreListed) {
  write("utf16.h", StringRef("\xff\xfeO\0l\0d\0", 8));
  write("a.cpp", "#include \"secret.h\"\n");
  write("secret.h", "struct Old;\n");
  Tree.link(Tree.path("gone.cpp"), "dangling.cpp");
  job("a.cpp");
  job("gone.cpp");
  sys::fs::setPermissions(Tree.path("secret.h"), sys::fs::no_perms);
  run();
  std::map<std::string, std::string> Problems;
  for (const auto &[Path, Problem] : Plan.UnreadableFiles)
    Problems[relative(Path)] = Problem;
  EXPECT_THAT(Problems["utf16.h"], HasSubstr("UTF-16"));
  EXPECT_THAT(Problems["gone.cpp"], HasSubstr("does not exist"));
  EXPECT_EQ(Plan.Files.count(Tree.path("utf16.h")), 0u);
  // Root reads everything.
  if (::geteuid() != 0)
    EXPECT_THAT(Problems["secret.h"], HasSubstr("ermission"));
}

TEST_F(SurveyTest, AMainFileIsSeenOnceForEachConfiguration) {
  write("a.cpp", "Old o;\n");
  job("a.cpp", {"-DX"});
  job("a.cpp", {"-DY"});
  run();
  EXPECT_EQ(Plan.Tus.size(), 2u);
  EXPECT_THAT(Plan.TusReaching[Tree.path("a.cpp")], ElementsAre(0u, 1u));
}

TEST(Survey, AMissingRootIsAnError) {
  auto Plan = survey({}, {}, Scope("/nowhere/at/all", {}, {}), {}, 1);
  ASSERT_FALSE(bool(Plan));
  EXPECT_THAT(toString(Plan.takeError()), HasSubstr("/nowhere/at/all"));
}

} // namespace
} // namespace consolidate
