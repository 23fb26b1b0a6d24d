//===- SumTests.cpp - The totals add up, on every fixture -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The sum is taken against a count of our own, of whole words in the bytes: it
// must not be the tool that tells how many there are.
//
//===----------------------------------------------------------------------===//
#include "AccountRun.h"
#include "RuleCase.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

#include "gmock/gmock.h"

#include <map>
#include <numeric>

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringRef Source = CONSOLIDATE_SOURCE_DIR;

std::string read(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

/// Copies \p From, a directory, to \p To.
void copyTree(StringRef From, const TempTree &Tree, StringRef To) {
  std::error_code Error;
  for (sys::fs::recursive_directory_iterator It(From, Error), End;
       !Error && It != End; It.increment(Error))
    if (It->type() == sys::fs::file_type::regular_file)
      Tree.write((To + It->path().substr(From.size())).str(), read(It->path()));
}

bool isWord(char C) { return isAlnum(C) || C == '_'; }

unsigned countWord(StringRef Text, StringRef Word) {
  unsigned Count = 0;
  for (size_t At = Text.find(Word); At != StringRef::npos;
       At = Text.find(Word, At + 1)) {
    size_t End = At + Word.size();
    Count += (At == 0 || !isWord(Text[At - 1])) &&
             (End == Text.size() || !isWord(Text[End]));
  }
  return Count;
}

/// A name that is part of a legacy path is one mention with the path.
std::string withoutPaths(std::string Text, ArrayRef<AccountRow> Rows) {
  std::vector<StringRef> Paths;
  for (const AccountRow &Row : Rows)
    if (Row.What == AccountRow::Kind::Include)
      Paths.push_back(StringRef(Row.Word).trim("<>"));
  llvm::sort(Paths,
             [](StringRef A, StringRef B) { return A.size() > B.size(); });
  for (StringRef Path : Paths)
    for (size_t At; (At = StringRef(Text).find(Path)) != StringRef::npos;)
      Text.replace(At, Path.size(), " ");
  return Text;
}

/// Every bucket of every row sums up, and to what the bytes say.
void expectSums(const AccountRun &Run) {
  EXPECT_THAT(Run.Result.Inconsistencies, testing::ElementsAre());
  std::map<std::string, unsigned> Listed;
  for (const AccountedMention &M : Run.Result.Mentions)
    ++Listed[M.What.Word];
  std::map<std::string, unsigned> Bytes;
  std::set<std::string> Paths;
  for (const AccountedMention &M : Run.Result.Mentions)
    Paths.insert(M.Path);
  for (const auto &File : Run.Scan.Plan.Files)
    Paths.insert(File.getKey().str());
  for (const std::string &Path : Paths) {
    std::string Text = withoutPaths(read(Path), Run.Result.Rows);
    for (const AccountRow &Row : Run.Result.Rows)
      if (Row.What != AccountRow::Kind::Include)
        Bytes[Row.Word] += countWord(Text, Row.Word);
  }
  for (const AccountRow &Row : Run.Result.Rows) {
    EXPECT_EQ(std::accumulate(Row.Counts.begin(), Row.Counts.end(), 0u),
              Row.Total)
        << Row.Name;
    EXPECT_EQ(Listed[Row.Word], Row.Total) << Row.Name;
    if (Row.What != AccountRow::Kind::Include)
      EXPECT_EQ(Bytes[Row.Word], Row.Total) << Row.Name;
  }
}

/// One command for each .cpp below \p Directory of the tree's code.
void compileAll(AccountRun &Run, ArrayRef<std::string> Flags) {
  std::string Root = Run.Tree.path("code");
  std::error_code Error;
  for (sys::fs::recursive_directory_iterator It(Root, Error), End;
       !Error && It != End; It.increment(Error))
    if (StringRef(It->path()).ends_with(".cpp"))
      Run.compile(StringRef(It->path()).drop_front(Root.size() + 1), "build",
                  Flags.vec());
}

TEST(SumTest, fixtureNetra) {
  AccountRun Run;
  sys::fs::remove_directories(Run.Tree.path("code"));
  copyTree((Source + "/fixtures/netra").str(), Run.Tree, "code");
  compileAll(Run, {"-I" + Run.Tree.path("code/include"),
                   "-I" + Run.Tree.path("code/src")});
  Run.Options.Rules = "builtin:execution-engine";
  Run.run();
  expectSums(Run);
  EXPECT_GT(Run.count(Bucket::Edited), 50u);
  EXPECT_GT(Run.count(Bucket::String), 0u);
  EXPECT_GT(Run.count(Bucket::Comment), 0u);
  EXPECT_GT(Run.count(Bucket::OtherEntity), 0u);
  EXPECT_EQ(Run.count(Bucket::Unexplained), 0u);
}

/// Every case of the form matrix is a small codebase.
class CaseSumTest : public testing::TestWithParam<std::string> {};

TEST_P(CaseSumTest, addsUp) {
  RuleCase Case = readCase(GetParam(), (Source + "/test/rules/sets").str());
  if (!Case.Files.count("rules.yaml"))
    GTEST_SKIP() << "no codebase of its own";
  AccountRun Run;
  sys::fs::remove_directories(Run.Tree.path("code"));
  for (const auto &[Name, Text] : Case.Files)
    Run.Tree.write(
        "code/" + (Name == "rules.yaml" ? RulesFileName.str() : Name), Text);
  std::vector<std::string> Flags;
  SmallVector<StringRef> Lines;
  std::string FlagText = Case.text("flags");
  StringRef(FlagText).split(Lines, '\n', -1, /*KeepEmpty=*/false);
  for (StringRef Line : Lines)
    Flags.push_back(Line.str());
  compileAll(Run, Flags);
  Run.Options.AllowUnsafe = Case.has("unsafe");
  Run.run();
  expectSums(Run);
  // The few that are not explained are expected by the case itself.
  for (const AccountedMention &M : Run.Result.Mentions) {
    std::string Place = M.Path.substr(Run.Tree.path("code").size() + 1) + ":" +
                        std::to_string(M.What.Line) + ": mention: unexplained";
    if (M.Where == Bucket::Unexplained)
      EXPECT_TRUE(any_of(Case.Expected.Left, [&](StringRef Line) {
        return Line.starts_with(Place);
      })) << Place;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Forms, CaseSumTest,
    testing::ValuesIn(findCases((Source + "/test/rules").str())),
    [](const testing::TestParamInfo<std::string> &Info) {
      std::string Name = Info.param.substr(Source.size() + 12);
      for (char &C : Name)
        if (!isAlnum(C))
          C = '_';
      return Name;
    });

TEST(SumTest, corpus) {
  AccountRun Run;
  sys::fs::remove_directories(Run.Tree.path("code"));
  auto Python = sys::findProgramByName("python3");
  if (!Python)
    GTEST_SKIP() << "there is no python3";
  std::string Script = (Source + "/scripts/make-corpus").str();
  std::string Out = Run.Tree.path("corpus");
  StringRef Arguments[] = {*Python, Script, Out};
  ASSERT_EQ(sys::ExecuteAndWait(*Python, Arguments), 0);
  // A part of it: the whole takes minutes. What is not compiled is in no
  // translation unit, and adds up all the same.
  std::string Database = read(Out + "/compile_commands.json");
  Expected<json::Value> All = json::parse(Database);
  ASSERT_TRUE(bool(All)) << toString(All.takeError());
  json::Array Some;
  for (auto [I, Command] : enumerate(*All->getAsArray()))
    if (I % 16 == 0)
      Some.push_back(std::move(Command));
  std::string Text;
  raw_string_ostream(Text) << json::Value(std::move(Some));
  Run.Tree.write("corpus-build/compile_commands.json", Text);
  AccountRun Corpus(Out);
  Corpus.Options.BuildDirectories = {Run.Tree.path("corpus-build")};
  Corpus.Options.Rules = "builtin:execution-engine";
  Corpus.Options.Threads = 2;
  Corpus.run();
  expectSums(Corpus);
  EXPECT_GT(Corpus.count(Bucket::Edited), 20u);
  EXPECT_GT(Corpus.count(Bucket::NoTu), 20u);
  EXPECT_EQ(Corpus.count(Bucket::Unexplained), 0u);
}

} // namespace
} // namespace consolidate
