//===- FilesTest.cpp - Rules from the disk and from the tool itself ------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "RulesTesting.h"

#include "consolidate/Support.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::ElementsAre;

namespace consolidate {
namespace {

constexpr StringLiteral OneRule = "version: 1\nincludes: [{from: a.h}]\n";

/// A directory that is empty at the start of each test, and gone after it.
class RulesFiles : public testing::Test {
protected:
  void SetUp() override {
    SmallString<128> Made;
    ASSERT_FALSE(sys::fs::createUniqueDirectory("rules-test", Made));
    // The temporary directory may be reached through a link.
    Root = realPath(Made);
  }
  void TearDown() override { sys::fs::remove_directories(Root); }

  std::string path(const Twine &Relative) const {
    return (Root + "/" + Relative).str();
  }

  std::string write(const Twine &Relative, StringRef Text) const {
    std::string Path = path(Relative);
    EXPECT_FALSE(sys::fs::create_directories(sys::path::parent_path(Path)));
    std::error_code Code;
    raw_fd_ostream(Path, Code) << Text;
    EXPECT_FALSE(Code);
    return Path;
  }

  std::string Root;
};

struct Failure {
  ErrorKind Kind;
  std::string Message;
};

Failure failureOf(Expected<RuleSet> Rules) {
  Failure Result{ErrorKind::Usage, "(none)"};
  if (Rules)
    return Result;
  handleAllErrors(Rules.takeError(), [&](const ToolError &Error) {
    Result = {Error.kind(), Error.message()};
  });
  return Result;
}

TEST_F(RulesFiles, LoadsAFile) {
  std::string Path = write("rules.yaml", OneRule);
  Expected<RuleSet> Rules = loadRules(Path);
  ASSERT_TRUE(bool(Rules)) << toString(Rules.takeError());
  EXPECT_EQ(Rules->Origin, Path);
  EXPECT_EQ(Rules->Text, OneRule);
  ASSERT_EQ(Rules->Includes.size(), 1u);
  EXPECT_EQ(Rules->Includes[0].From, "a.h");
}

TEST_F(RulesFiles, ErrorsNameThePathAsGiven) {
  std::string Path = write("rules.yaml", "version: 2\n");
  Failure Failed = failureOf(loadRules(Path));
  EXPECT_EQ(Failed.Kind, ErrorKind::Rules);
  EXPECT_TRUE(StringRef(Failed.Message).starts_with(Path + ":1:10: error: "))
      << Failed.Message;
}

TEST_F(RulesFiles, EmptyFile) {
  Failure Failed = failureOf(loadRules(write("rules.yaml", "")));
  EXPECT_EQ(Failed.Kind, ErrorKind::Rules);
  EXPECT_EQ(Failed.Message, path("rules.yaml") +
                                ":1:1: error: the rules file is empty\n\n^\n"
                                "  hint: start it with `version: 1`");
}

TEST_F(RulesFiles, MissingFile) {
  Failure Failed = failureOf(loadRules(path("rules.yaml")));
  EXPECT_EQ(Failed.Kind, ErrorKind::FileSystem);
  EXPECT_EQ(Failed.Message,
            path("rules.yaml") +
                ": error: cannot read the rules file: No such file or "
                "directory\n  hint: name an existing file, or a built-in "
                "ruleset: builtin:execution-engine");
}

TEST_F(RulesFiles, BuiltinNameWithoutItsPrefix) {
  Failure Failed = failureOf(loadRules("execution-engine"));
  EXPECT_EQ(Failed.Message,
            "execution-engine: error: cannot read the rules file: No such file "
            "or directory\n  hint: did you mean 'builtin:execution-engine'?");
}

TEST_F(RulesFiles, DirectoryInsteadOfAFile) {
  Failure Failed = failureOf(loadRules(Root));
  EXPECT_EQ(Failed.Kind, ErrorKind::FileSystem);
  EXPECT_EQ(Failed.Message, Root + ": error: the rules file is a directory\n"
                                   "  hint: name the file in it, usually "
                                   ".clang-consolidate.yaml");
}

// Root may read everything, so a path through a file stands for the files that
// are there and cannot be opened.
TEST_F(RulesFiles, UnreadableFile) {
  write("file", "");
  Failure Failed = failureOf(loadRules(path("file/rules.yaml")));
  EXPECT_EQ(Failed.Kind, ErrorKind::FileSystem);
  EXPECT_EQ(Failed.Message,
            path("file/rules.yaml") +
                ": error: cannot read the rules file: Not a directory\n"
                "  hint: check the permissions of the file and of its folders");
}

TEST_F(RulesFiles, DiscoversUpward) {
  std::string Outer = write(RulesFileName, OneRule);
  std::string Inner = write("a/b/" + RulesFileName, OneRule);
  ASSERT_FALSE(sys::fs::create_directories(path("a/b/c/d")));
  ASSERT_FALSE(sys::fs::create_directories(path("a/x")));
  EXPECT_EQ(discoverRules(path("a/b/c/d")), Inner);
  EXPECT_EQ(discoverRules(path("a/b")), Inner);
  EXPECT_EQ(discoverRules(path("a/b/../x/")), Outer);
  EXPECT_EQ(discoverRules(Root), Outer);
}

TEST_F(RulesFiles, DiscoveryPassesOverADirectoryOfThatName) {
  std::string Outer = write(RulesFileName, OneRule);
  ASSERT_FALSE(sys::fs::create_directories(path("a/" + RulesFileName)));
  EXPECT_EQ(discoverRules(path("a")), Outer);
}

TEST_F(RulesFiles, DiscoveryEndsAtTheRoot) {
  ASSERT_FALSE(sys::fs::create_directories(path("a")));
  // Nobody keeps rules above the temporary directory; if so, it is found.
  std::optional<std::string> Found = discoverRules(path("a"));
  EXPECT_TRUE(!Found || !StringRef(*Found).starts_with(Root));
  EXPECT_EQ(discoverRules("/"),
            sys::fs::exists("/.clang-consolidate.yaml")
                ? std::optional<std::string>("/.clang-consolidate.yaml")
                : std::nullopt);
}

TEST(RulesBuiltin, NamesAndText) {
  EXPECT_THAT(builtinRulesNames(), ElementsAre("execution-engine"));
  auto File = MemoryBuffer::getFile(CONSOLIDATE_SOURCE_DIR
                                    "/rules/execution-engine.yaml");
  ASSERT_TRUE(bool(File));
  EXPECT_EQ(builtinRulesText("execution-engine"), (*File)->getBuffer());
  EXPECT_EQ(builtinRulesText("other"), "");
}

TEST(RulesBuiltin, UnknownName) {
  EXPECT_EQ(failureOf(builtinRules("execution-engin")).Message,
            "builtin:execution-engin: error: there is no such built-in "
            "ruleset\n  hint: did you mean 'builtin:execution-engine'? built "
            "in: execution-engine");
  EXPECT_EQ(failureOf(builtinRules("x")).Message,
            "builtin:x: error: there is no such built-in ruleset\n  hint: "
            "built in: execution-engine");
  EXPECT_EQ(failureOf(builtinRules("x")).Kind, ErrorKind::Rules);
}

} // namespace
} // namespace consolidate
