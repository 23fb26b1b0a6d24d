//===- RuleTests.cpp - Runs every golden file of the form matrix ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The whole pipeline in this process, on a real tree in a temporary directory.
// CONSOLIDATE_UPDATE=1 writes what comes out into the case files; read the
// difference before committing it.
//
//===----------------------------------------------------------------------===//
#include "RuleCase.h"
#include "TempTree.h"

#include "consolidate/Account.h"
#include "consolidate/Frontend.h"
#include "consolidate/Pipeline.h"
#include "consolidate/Support.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Process.h"

#include "gmock/gmock.h"

using namespace llvm;

namespace consolidate {
namespace {

/// A case on disk, and what the tool makes of it.
class CaseRun {
public:
  explicit CaseRun(const RuleCase &Case) : Case(Case) {
    for (const auto &[Name, Text] : Case.Files)
      Tree.write(Name == "rules.yaml" ? RulesFileName.str() : Name, Text);
    writeDatabase();
  }

  /// One run; fails the test when the tool reports an error.
  void run() {
    ProjectOptions Options;
    Options.WorkingDirectory = Root;
    Options.BuildDirectories = {Root};
    Options.Root = Root;
    Options.AllowUnsafe = Case.has("unsafe");
    Expected<Project> Loaded = loadProject(Options);
    ASSERT_TRUE(bool(Loaded)) << toString(Loaded.takeError());
    Jobs = Loaded->Jobs;
    Expected<ScanRun> Scanned = runScan(*Loaded, ScanExtent::Mentions);
    ASSERT_TRUE(bool(Scanned)) << toString(Scanned.takeError());
    Scan = std::move(*Scanned);
    Expected<VerifiedPlan> Planned = runPlan(*Loaded, Scan);
    ASSERT_TRUE(bool(Planned)) << toString(Planned.takeError());
    Plan = std::move(*Planned);
    Accounts = account({Loaded->Rules, *Loaded->Files, Scan.Plan, Scan.Tus,
                        Plan.Plan, Options.Paths, 1});
    EXPECT_EQ(join(Accounts.Inconsistencies, "\n"), "");
  }

  Outcome outcome() const {
    Outcome Result;
    for (const FileChange &Change : Plan.Plan.Files)
      Result.After[relative(Change.Path)] = Change.After;
    for (const Cluster &C : Plan.Plan.Clusters)
      listCluster(C, Result);
    listMentions(Result.Left);
    llvm::sort(Result.Left);
    llvm::sort(Result.Dropped);
    return Result;
  }

  size_t parses() const { return Plan.TusParsed; }

  void writeChanges() {
    for (const FileChange &Change : Plan.Plan.Files)
      Tree.write(relative(Change.Path), Change.After);
  }

  /// The errors of all TUs. Those of the last scan are taken from it, unless
  /// broken includes were healed there.
  std::string errors() const {
    bool Heals = StringRef(Case.Files.at("rules.yaml")).contains("includes:");
    std::string Result;
    for (const TuJob &Job : Jobs) {
      auto Scanned = find_if(Scan.Tus, [&](const TuFindings &Tu) {
        return !Heals && Tu.Parsed && Tu.MainFile == Job.File;
      });
      std::vector<CompileError> Errors =
          Scanned != Scan.Tus.end()
              ? Scanned->Errors
              : runFrontend(Job, overlayFileSystem({}),
                            [](clang::CompilerInstance &) {
                              return std::make_unique<clang::ASTConsumer>();
                            })
                    .Errors;
      for (const CompileError &Error : Errors)
        Result += relative(Error.Path) + ":" + std::to_string(Error.Line) +
                  ": " + Error.Message + "\n";
    }
    return Result;
  }

  /// Lines that spell a legacy name in code and are accounted for nowhere.
  std::string unaccounted() const {
    std::string Result;
    for (const auto &Entry : Scan.Plan.Files) {
      std::string Name = relative(Entry.second.Path);
      if (!is_contained(Case.OwnFiles, Name))
        continue; // The class itself, and its twins.
      for (const Mention &M : Entry.second.Mentions)
        if (M.Kind == MentionKind::Code &&
            !isAccounted(Entry.second.Path, M.Line))
          Result += Name + ":" + std::to_string(M.Line) + ": " + M.Word + "\n";
    }
    return Result;
  }

private:
  const RuleCase &Case;
  TempTree Tree;
  std::string Root = Tree.path(""); ///< Ends in a slash.
  std::vector<TuJob> Jobs;
  ScanRun Scan;
  VerifiedPlan Plan;
  Accounting Accounts;

  void writeDatabase() const {
    json::Array Commands;
    for (const auto &[Name, Text] : Case.Files) {
      if (!StringRef(Name).ends_with(".cpp"))
        continue;
      json::Array Arguments{"clang++", "-std=c++20", "-I" + Root, "-c"};
      SmallVector<StringRef> Flags;
      std::string FlagText = Case.text("flags");
      StringRef(FlagText).split(Flags, '\n', -1, /*KeepEmpty=*/false);
      for (StringRef Flag : Flags)
        Arguments.push_back(Flag.str());
      Arguments.push_back(Tree.path(Name));
      Commands.push_back(json::Object{{"directory", Root},
                                      {"file", Tree.path(Name)},
                                      {"arguments", std::move(Arguments)}});
    }
    std::string Text;
    raw_string_ostream(Text) << json::Value(std::move(Commands));
    Tree.write("compile_commands.json", Text);
  }

  std::string relative(StringRef Path) const {
    Path.consume_front(Root);
    return Path.str();
  }

  void listCluster(const Cluster &C, Outcome &Result) const {
    bool HasLeft = any_of(
        C.Findings, [&](size_t I) { return Plan.Plan.Findings[I].isLeft(); });
    for (size_t I : C.Findings) {
      const Finding &F = Plan.Plan.Findings[I];
      Reason Why = F.isLeft() ? Reason(F.LeftId, F.Left)
                              : Reason(C.DroppedId, C.Dropped);
      if (Why.empty())
        continue;
      EXPECT_NE(Why.Id, MessageId::None) << "without an id: " << Why.Text;
      std::string Text = withCode(Why.Text, Why.Id);
      std::string Line = relative(F.Path) + ":" + std::to_string(F.Line) +
                         ": " + F.Form + ": ";
      for (StringRef Rest = Text; !Rest.empty();) {
        auto [Part, Tail] = Rest.split(Root);
        Line += Part;
        Rest = Tail;
      }
      std::vector<std::string> &List = HasLeft ? Result.Left : Result.Dropped;
      if (!is_contained(List, Line))
        List.push_back(std::move(Line));
    }
  }

  /// Mentions that no finding speaks of and the summary lists as not edited.
  void listMentions(std::vector<std::string> &Left) const {
    for (const AccountedMention &M : Accounts.Mentions) {
      bool Listed = is_contained({Bucket::Inactive, Bucket::NoTu, Bucket::Macro,
                                  Bucket::Dependent, Bucket::Unparsed,
                                  Bucket::Unexplained},
                                 M.Where);
      bool HasFinding = any_of(Plan.Plan.Findings, [&](const Finding &F) {
        return F.Path == M.Path && F.Offset == M.What.Offset;
      });
      // A file of the set that this case does not include.
      bool Unused = M.Where == Bucket::NoTu &&
                    !is_contained(Case.OwnFiles, relative(M.Path));
      if (!Listed || HasFinding || Unused)
        continue;
      std::string Line = relative(M.Path) + ":" + std::to_string(M.What.Line) +
                         ": mention: " + bucketName(M.Where).str();
      if (!M.Reason.empty())
        Line += ": " + M.Reason;
      if (!is_contained(Left, Line))
        Left.push_back(std::move(Line));
    }
  }

  bool isAccounted(StringRef Path, unsigned Line) const {
    auto Buffer = MemoryBuffer::getFile(Path);
    if (!Buffer)
      return false;
    StringRef Rest = (*Buffer)->getBuffer();
    for (unsigned I = 1; I < Line; ++I)
      Rest = Rest.split('\n').second;
    if (Rest.split('\n').first.contains("// not ours"))
      return true;
    // Lines move, and what is left of the first run is left of the second.
    for (const Finding &F : Plan.Plan.Findings)
      if (F.Path == Path && F.Line == Line)
        return true;
    // The expected lists name it then.
    for (const AccountedMention &M : Accounts.Mentions)
      if (M.Path == Path && M.What.Line == Line &&
          M.Where != Bucket::OtherEntity)
        return true;
    return false;
  }
};

/// True when the lines of \p Actual begin with those of \p Expected.
bool prefixesMatch(ArrayRef<std::string> Expected,
                   ArrayRef<std::string> Actual) {
  return Expected.size() == Actual.size() &&
         all_of(zip(Expected, Actual), [](auto Pair) {
           return StringRef(std::get<1>(Pair)).starts_with(std::get<0>(Pair));
         });
}

class RuleTest : public testing::TestWithParam<std::string> {};

TEST_P(RuleTest, Golden) {
  std::string Root = CONSOLIDATE_SOURCE_DIR "/test/rules";
  RuleCase Case = readCase(GetParam(), Root + "/sets");
  CaseRun Run(Case);
  ASSERT_NO_FATAL_FAILURE(Run.run());
  if (Case.has("broken-before"))
    EXPECT_NE(Run.errors(), "") << "it compiles; drop 'broken-before'";
  else
    EXPECT_EQ(Run.errors(), "") << "does not compile before";

  Outcome Actual = Run.outcome();
  bool SameLeft = prefixesMatch(Case.Expected.Left, Actual.Left);
  bool SameDropped = prefixesMatch(Case.Expected.Dropped, Actual.Dropped);
  if (sys::Process::GetEnv("CONSOLIDATE_UPDATE")) {
    // A reason that was cut short on purpose (it names a library's own file)
    // stays short.
    if (SameLeft)
      Actual.Left = Case.Expected.Left;
    if (SameDropped)
      Actual.Dropped = Case.Expected.Dropped;
    std::error_code Error;
    raw_fd_ostream(GetParam(), Error) << printCase(Case, Actual);
    ASSERT_FALSE(Error) << Error.message();
  } else {
    for (const auto &[Name, Text] : Actual.After)
      EXPECT_EQ(Case.Expected.After[Name], Text) << "in " << Name;
    for (const auto &[Name, Text] : Case.Expected.After)
      EXPECT_TRUE(Actual.After.count(Name)) << Name << " does not change";
    if (!SameLeft)
      EXPECT_EQ(join(Case.Expected.Left, "\n"), join(Actual.Left, "\n"));
    if (!SameDropped)
      EXPECT_EQ(join(Case.Expected.Dropped, "\n"), join(Actual.Dropped, "\n"));
  }

  if (Case.has("parses"))
    EXPECT_LE(Run.parses(), std::stoul(Case.text("parses")));

  Run.writeChanges();
  ASSERT_NO_FATAL_FAILURE(Run.run());
  EXPECT_EQ(Run.errors(), "") << "does not compile after";
  Outcome Second = Run.outcome();
  bool Empty = Second.After.empty();
  EXPECT_EQ(Empty, !Case.has("second-run-not-empty"))
      << "second run: "
      << (Empty ? "is empty"
                : Second.After.begin()->first + ":\n" +
                      Second.After.begin()->second);
  EXPECT_EQ(Run.unaccounted(), "") << "silently missed";
}

std::string caseName(const testing::TestParamInfo<std::string> &Info) {
  StringRef Path = Info.param;
  Path.consume_front(CONSOLIDATE_SOURCE_DIR "/test/rules/");
  Path.consume_back(".test");
  std::string Name = Path.str();
  for (char &C : Name)
    if (!isAlnum(C))
      C = '_';
  return Name;
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleTest,
                         testing::ValuesIn(findCases(CONSOLIDATE_SOURCE_DIR
                                                     "/test/rules")),
                         caseName);

} // namespace
} // namespace consolidate
