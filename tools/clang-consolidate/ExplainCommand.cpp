//===- ExplainCommand.cpp - explain FILE, NAME or MESSAGE -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Accounts.h"
#include "CommandLine.h"

#include "consolidate/Cover.h"
#include "consolidate/Messages.h"
#include "consolidate/Support.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace consolidate {
namespace {

StringRef kindName(MentionKind Kind) {
  switch (Kind) {
  case MentionKind::Code:
    return "code";
  case MentionKind::String:
    return "string";
  case MentionKind::Comment:
    return "comment";
  case MentionKind::IncludePath:
    return "include";
  }
  return "";
}

bool reachesMention(const Project &Code, const ScanPlan &Plan,
                    const std::string &Main) {
  return any_of(Plan.TusReaching, [&](const auto &Reached) {
    return any_of(Reached.second,
                  [&](unsigned Job) { return Code.Jobs[Job].File == Main; });
  });
}

void explainTus(const Project &Code, const ScanPlan &Plan,
                const std::string &File) {
  for (const PlannedTu &Tu : Plan.Tus)
    if (Tu.Job.File == File) {
      outs() << "parsed: " << Tu.Reason << "\n";
      return;
    }
  bool IsMain =
      any_of(Code.Jobs, [&](const TuJob &Job) { return Job.File == File; });
  if (IsMain)
    outs() << (reachesMention(Code, Plan, File)
                   ? "not parsed: what it includes that mentions a legacy name "
                     "is seen in other translation units\n"
                   : "not parsed: neither it nor a file it includes mentions a "
                     "legacy name in code\n");
  auto Reaching = Plan.TusReaching.find(File);
  if (Reaching == Plan.TusReaching.end() || IsMain)
    return;
  auto Shown = find_if(Plan.Tus, [&](const PlannedTu &Tu) {
    return is_contained(Reaching->second, Tu.JobIndex);
  });
  outs() << "read by " << Reaching->second.size() << " translation units";
  if (Shown != Plan.Tus.end())
    outs() << ", seen in " << Code.Files->relative(Shown->Job.File);
  outs() << "\n";
}

void printMessage(const MessageInfo &Info) {
  outs() << messageCode(Info.Id) << " " << Info.Slug << ": " << Info.What
         << "\nwhat to do: " << Info.ToDo << "\n\n"
         << Info.More.trim() << "\n";
}

} // namespace

/// Tells from the text alone; parses nothing.
static int explainQuickly(const Invocation &Asked, const std::string &File) {
  Expected<Project> Code = openProject(Asked);
  if (!Code)
    return fail(Code.takeError());
  Expected<ScanPlan> Plan =
      survey(Code->Rules, Code->Jobs, *Code->Files, {}, Asked.Project.Threads);
  if (!Plan)
    return fail(Plan.takeError());
  Plan->Tus = Cover::firstRound(*Plan, Code->Jobs);
  auto Known = Plan->Files.find(File);
  if (Code->Files->contains(File) && Known == Plan->Files.end())
    return fail(makeError(ErrorKind::Usage,
                          "'" + Asked.Subject + "' is no source file of " +
                              Code->Files->root() +
                              "; its name has no C or C++ extension"));
  outs() << Code->Files->relative(File) << "\n";
  if (!Code->Files->contains(File)) {
    outs() << "outside the scope: never edited\n";
    return ExitClean;
  }
  for (const Mention &M : Known->second.Mentions)
    outs() << "  line " << M.Line << ": " << M.Word << " (" << kindName(M.Kind)
           << ")\n";
  if (Known->second.Mentions.empty())
    outs() << "mentions no legacy name\n";
  explainTus(*Code, *Plan, File);
  if (is_contained(Plan->UnreachedFiles, File))
    outs() << "in no translation unit: no compile command reaches it\n";
  return ExitClean;
}

static int explainFile(const Invocation &Asked, const std::string &File) {
  Expected<Run> Result = runAll(Asked);
  if (!Result)
    return fail(Result.takeError());
  const Scope &Files = *Result->Code.Files;
  outs() << Files.relative(File) << "\n";
  if (!Files.contains(File))
    outs() << "outside the scope: never edited\n";
  bool Mentions = false;
  for (const AccountedMention &M : Result->Account.Mentions)
    if (M.Path == File) {
      Mentions = true;
      // Only a lexer tells code from a string.
      std::string Kind = M.Where == Bucket::NotCxx
                             ? ""
                             : (" (" + kindName(M.What.Kind) + ")").str();
      outs() << "  line " << M.What.Line << ": " << M.What.Word << Kind << ": "
             << describeMention(M) << "\n";
    }
  if (!Mentions && Files.contains(File))
    outs() << "mentions no legacy name\n";
  if (Files.contains(File))
    explainTus(Result->Code, Result->Scan.Plan, File);
  return ExitClean;
}

/// The totals of one name, and each mention that is not edited.
static void explainRow(const Run &Result, const AccountRow &Row) {
  outs() << describeRow(Row) << "\n";
  for (const AccountedMention &M : Result.Account.Mentions)
    if (M.What.Word == Row.Word && M.Where != Bucket::Edited)
      outs() << "  " << Result.Code.Files->relative(M.Path) << ":"
             << M.What.Line << ": " << describeMention(M) << "\n";
}

static int explainName(const Invocation &Asked) {
  // The rules alone tell whether there is such a name, before anything is
  // parsed.
  Expected<Project> Code = openProject(Asked);
  if (!Code)
    return fail(Code.takeError());
  std::string Word = unqualifiedName(Asked.Subject).str();
  std::vector<std::string> Words = surveyWords(Code->Rules);
  if (!is_contained(Words, Word) && !is_contained(Words, Asked.Subject)) {
    std::vector<StringRef> Known(Words.begin(), Words.end());
    StringRef Near = nearestWord(Word, Known);
    return fail(makeError(
        ErrorKind::Usage,
        "there is no file '" + Asked.Subject +
            "', and no legacy name or header of that name in the rules" +
            (Near.empty() ? "" : ("; did you mean '" + Near + "'?").str())));
  }
  Expected<Run> Result = runAll(Asked);
  if (!Result)
    return fail(Result.takeError());
  bool Found = false;
  for (const AccountRow &Row : Result->Account.Rows)
    if (isNamed(Row, Asked.Subject)) {
      Found = true;
      explainRow(*Result, Row);
    }
  if (!Found)
    return fail(makeError(ErrorKind::Usage,
                          "the rules name no '" + Asked.Subject + "'"));
  return ExitClean;
}

int runExplain(const Invocation &Asked) {
  const MessageInfo *Message = findMessage(Asked.Subject);
  if (Message && !sys::fs::exists(Asked.Subject)) {
    printMessage(*Message);
    return ExitClean;
  }
  if (sys::fs::is_regular_file(Asked.Subject)) {
    std::string File = realPath(Asked.Subject);
    return Asked.Quick ? explainQuickly(Asked, File) : explainFile(Asked, File);
  }
  if (Asked.Quick || sys::fs::exists(Asked.Subject))
    return fail(makeError(ErrorKind::Usage,
                          "there is no file '" + Asked.Subject + "'"));
  return explainName(Asked);
}

} // namespace consolidate
