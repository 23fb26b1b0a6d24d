//===- CaseRun.cpp - One case through the whole flow ----------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "CaseRun.h"

#include "Expectations.h"

#include "consolidate/Frontend.h"
#include "consolidate/Output.h"
#include "consolidate/Pipeline.h"
#include "consolidate/Support.h"

#include "clang/AST/ASTConsumer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {
namespace {

/// A directory that goes away with it.
class TemporaryDirectory {
public:
  static Expected<std::unique_ptr<TemporaryDirectory>> create() {
    SmallString<128> Path;
    if (std::error_code EC =
            sys::fs::createUniqueDirectory("clang-consolidate-test", Path))
      return makeError(ErrorKind::FileSystem,
                       "cannot make a temporary directory: " + EC.message());
    return std::make_unique<TemporaryDirectory>(realPath(Path));
  }
  explicit TemporaryDirectory(std::string Root) : Root(std::move(Root)) {}
  ~TemporaryDirectory() { sys::fs::remove_directories(Root); }
  TemporaryDirectory(const TemporaryDirectory &) = delete;

  std::string path(StringRef Relative) const {
    return Root + "/" + Relative.str();
  }

  Error write(StringRef Relative, StringRef Text) const {
    std::string Path = path(Relative);
    std::error_code EC =
        sys::fs::create_directories(sys::path::parent_path(Path));
    if (!EC) {
      raw_fd_ostream OS(Path, EC);
      OS << Text;
    }
    return EC ? makeError(ErrorKind::FileSystem,
                          "cannot write " + Path + ": " + EC.message())
              : Error::success();
  }

  const std::string Root;
};

class CaseRun {
public:
  CaseRun(const RuleSet &AllRules, const RuleTestCase &Case,
          const TemporaryDirectory &Directory, const TuJob *Template)
      : Case(Case), Directory(Directory), Main(Directory.path("main.cpp")),
        Source(readAnnotations(Case.Before)) {
    Code.Rules = AllRules;
    // The project's scope says nothing about main.cpp here.
    Code.Rules.Scope = {{"main.cpp"}, {}};
    Code.Options.WorkingDirectory = Directory.Root;
    Code.Jobs.push_back(jobFor(Template));
    Code.Files.emplace(Directory.Root, Code.Rules.Scope,
                       std::vector<std::string>());
    Code.ResolveHeader = makeHeaderResolver(Code.Jobs);
  }

  void run(RuleTestResult &Result) {
    if (Error E = runSteps(Result))
      Failures.push_back(hidingRoot(toString(std::move(E))));
    Result.OnlyAfterDiffers = AfterDiffers && Failures.size() == 1;
    Result.Failures = std::move(Failures);
  }

private:
  const RuleTestCase &Case;
  const TemporaryDirectory &Directory;
  const std::string Main;
  const AnnotatedSource Source;
  Project Code;
  std::vector<std::string> Failures;
  bool AfterDiffers = false;

  TuJob jobFor(const TuJob *Template) const {
    TuJob Job;
    Job.File = Main;
    Job.Directory = Directory.Root;
    std::string Include = "-I" + Directory.Root;
    if (Template) {
      Job = *Template;
      Job.File = Main;
      Job.Arguments.back() = Main;
      Job.Arguments.insert(Job.Arguments.begin() + 1, Include);
    } else if (std::optional<AdjustedCommand> Command =
                   adjustCommand({"clang++", "-std=c++20", Include, "-c", Main},
                                 Directory.Root, Main)) {
      Job.Arguments = std::move(Command->Arguments);
    }
    return Job;
  }

  Error runSteps(RuleTestResult &Result) {
    append_range(Failures, Source.Errors);
    for (const RuleTestCase &Other : Code.Rules.Tests)
      if (Other.isShared())
        if (Error E = writeFiles(Other))
          return E;
    if (Error E = writeFiles(Case))
      return E;
    if (Error E = Directory.write("main.cpp", Source.Text))
      return E;

    Expected<EditPlan> First = migrate();
    if (!First)
      return First.takeError();
    std::string After = textAfter(*First, Source.Text);
    // As the rules file gives a text: blank lines around it do not count.
    Result.After = (StringRef(After).trim() + "\n").str();
    compareAfter(Result.After);
    append_range(Failures, checkFindings(Source, Case, *First, Main));

    if (Error E = Directory.write("main.cpp", After))
      return E;
    listErrors("does not compile after the migration", errorsOnDisk());
    Expected<EditPlan> Second = migrate();
    if (!Second)
      return Second.takeError();
    if (std::string Again = textAfter(*Second, After); Again != After)
      Failures.push_back("a second run changes it again:\n" +
                         diff(After, Again));
    return Error::success();
  }

  Error writeFiles(const RuleTestCase &From) const {
    for (const auto &[Path, Text] : From.Files)
      if (Error E = Directory.write(Path, Text))
        return E;
    return Error::success();
  }

  Expected<EditPlan> migrate() {
    bool First = Failures.size() == Source.Errors.size();
    Expected<ScanRun> Scan = runScan(Code, ScanExtent::Mentions);
    if (!Scan)
      return Scan.takeError();
    // The errors of the scan know of the includes that the rules replace; a
    // unit without any mention is not scanned.
    if (First)
      listErrors("does not compile before the migration",
                 Scan->Tus.empty() ? errorsOnDisk() : Scan->Tus[0].Errors);
    Expected<VerifiedPlan> Verified = runPlan(Code, *Scan);
    if (!Verified)
      return Verified.takeError();
    return std::move(Verified->Plan);
  }

  std::string textAfter(const EditPlan &Plan, StringRef Before) const {
    for (const FileChange &Change : Plan.Files)
      if (Change.Path == Main)
        return Change.After;
    return Before.str();
  }

  std::vector<CompileError> errorsOnDisk() const {
    return runFrontend(Code.Jobs[0], overlayFileSystem({}),
                       [](clang::CompilerInstance &) {
                         return std::make_unique<clang::ASTConsumer>();
                       })
        .Errors;
  }

  void listErrors(StringRef What, ArrayRef<CompileError> Errors) {
    if (Errors.empty())
      return;
    std::string Text = What.str() + ":";
    for (const CompileError &Error : Errors)
      Text += "\n" + Error.Path + ":" + std::to_string(Error.Line) + ": " +
              Error.Message;
    Failures.push_back(hidingRoot(Text));
  }

  void compareAfter(StringRef Actual) {
    StringRef Expected = Case.HasAfter ? Case.After : Source.Text;
    if (Expected == Actual)
      return;
    AfterDiffers = true;
    Failures.push_back((Case.HasAfter ? "'after' is another text:\n"
                                      : "it changes, and there is no 'after':"
                                        "\n") +
                       diff(Expected, Actual));
  }

  std::string diff(StringRef Expected, StringRef Actual) const {
    FileChange Change;
    Change.Path = Main;
    Change.Before = Expected.str();
    Change.After = Actual.str();
    std::string Text;
    raw_string_ostream OS(Text);
    if (Error E = printDiff(Change, Directory.Root, /*Colour=*/false, OS))
      return toString(std::move(E));
    // What the files are called says nothing here.
    size_t Hunk = StringRef(Text).find("\n@@");
    return StringRef(Text).drop_front(Hunk + 1).rtrim().str();
  }

  std::string hidingRoot(StringRef Text) const {
    std::string Result;
    while (!Text.empty()) {
      auto [Part, Rest] = Text.split(Directory.Root + "/");
      Result += Part;
      Text = Rest;
    }
    return Result;
  }
};

} // namespace

RuleTestResult runCase(const RuleSet &Rules, size_t Index,
                       const TuJob *Template) {
  RuleTestResult Result;
  Result.Case = Index;
  Expected<std::unique_ptr<TemporaryDirectory>> Directory =
      TemporaryDirectory::create();
  if (Directory)
    CaseRun(Rules, Rules.Tests[Index], **Directory, Template).run(Result);
  else
    Result.Failures.push_back(toString(Directory.takeError()));
  return Result;
}

} // namespace consolidate
