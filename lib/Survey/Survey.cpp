//===- Survey.cpp - Step 3: which files matter, without parsing -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   scope -> files -> mentions and includes -> include graph -> ScanPlan
//
//===----------------------------------------------------------------------===//
#include "consolidate/Survey.h"
#include "IncludeGraph.h"
#include "Mentions.h"
#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

namespace {

/// A file's findings, or why it could not be read.
struct ReadResult {
  FileFindings Findings;
  std::string Problem;
};

ReadResult readFile(const MentionFinder &Finder, StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer)
    return {{}, Buffer.getError().message()};
  StringRef Text = (*Buffer)->getBuffer();
  if (Text.starts_with("\xff\xfe") || Text.starts_with("\xfe\xff"))
    return {{}, "is UTF-16; convert it to UTF-8"};
  if (Text.size() > INT32_MAX)
    return {{}, "is larger than 2 GiB"};
  return {Finder.find(Text), ""};
}

class Surveyor {
public:
  Surveyor(const RuleSet &Rules, ArrayRef<TuJob> Jobs, const Scope &Within,
           ArrayRef<std::string> Paths)
      : Jobs(Jobs), Within(Within), Finder(surveyWords(Rules)) {
    for (const std::string &Path : Paths)
      Wanted.push_back(realPath(Path));
  }

  ScanPlan run(unsigned Threads) {
    Plan.TotalTus = unsigned(Jobs.size());
    readAll(sourceFiles(Within), Threads);
    IncludeGraph Graph(
        Jobs, Within.root(), [this](StringRef Path) { return read(Path); },
        Macros);
    for (const TuJob &Job : Jobs)
      Macros.addFrom(Job);
    std::vector<std::vector<NodeId>> Closures;
    for (unsigned Job = 0; Job != Jobs.size(); ++Job) {
      Closures.push_back(Graph.closure(Job));
      if (Closures.back().empty())
        Unreadable.try_emplace(Jobs[Job].File,
                               "does not exist; build it first if it is "
                               "generated");
    }
    mentionLegacyTargets();
    for (auto &Entry : Plan.Files)
      if (const Mention *M = countedMention(Entry.second))
        Counted[&Entry.second] = M;
    for (auto [Job, Closure] : enumerate(Closures))
      planJob(unsigned(Job), Graph, Closure);
    Plan.SeeMention = unsigned(Plan.Tus.size());
    finish();
    return std::move(Plan);
  }

private:
  void readAll(ArrayRef<std::string> Paths, unsigned Threads) {
    std::vector<ReadResult> Results(Paths.size());
    forEachOnThreads(Paths.size(), Threads, [&](size_t I) {
      Results[I] = readFile(Finder, Paths[I]);
    });
    for (auto [Path, Result] : zip(Paths, Results))
      add(Path, std::move(Result));
  }

  SurveyedFile *add(StringRef Path, ReadResult Result) {
    if (!Result.Problem.empty()) {
      Unreadable.try_emplace(Path, std::move(Result.Problem));
      return nullptr;
    }
    SurveyedFile &File = Plan.Files[Path];
    File.Path = Path.str();
    File.Mentions = std::move(Result.Findings.Mentions);
    File.Includes = std::move(Result.Findings.Includes);
    File.InScope = Within.contains(Path);
    for (HeaderMacro &Macro : Result.Findings.Macros)
      Macros.add(std::move(Macro));
    if (!Result.Findings.MacroIncludes.empty())
      Macros.addUses(Path, std::move(Result.Findings.MacroIncludes));
    return &File;
  }

  /// A file the include graph reaches, read unless it has been.
  SurveyedFile *read(StringRef Path) {
    auto Known = Plan.Files.find(Path);
    if (Known != Plan.Files.end())
      return &Known->second;
    if (Unreadable.contains(Path))
      return nullptr;
    return add(Path, readFile(Finder, Path));
  }

  /// Includes that are spelled otherwise than a rule says but mean its path:
  /// relative to their own file, or through a search path.
  void mentionLegacyTargets() {
    for (auto &Entry : Plan.Files) {
      SurveyedFile &File = Entry.second;
      if (!File.InScope)
        continue;
      for (const LexicalInclude &Include : File.Includes)
        if (const std::string *Word = legacyTarget(File, Include))
          replaceMentions(File, Include, *Word);
    }
  }

  const std::string *legacyTarget(const SurveyedFile &File,
                                  const LexicalInclude &Include) const {
    if (Include.Spelled.empty() || Finder.pathWordAtEnd(Include.Spelled))
      return nullptr;
    if (!Include.Angled) {
      SmallString<256> Joined(sys::path::parent_path(File.Path));
      sys::path::append(Joined, Include.Spelled);
      sys::path::remove_dots(Joined, /*remove_dot_dot=*/true);
      if (const std::string *Word = Finder.pathWordAtEnd(Joined))
        return Word;
    }
    for (const std::string &Resolved : Include.Resolved)
      if (const std::string *Word = Finder.pathWordAtEnd(Resolved))
        return Word;
    return nullptr;
  }

  /// One mention of \p Word in place of those of names in the path.
  static void replaceMentions(SurveyedFile &File, const LexicalInclude &Include,
                              const std::string &Word) {
    Mention M = {Include.Offset, unsigned(Include.Spelled.size()), Include.Line,
                 MentionKind::IncludePath, Word};
    llvm::erase_if(File.Mentions, [&](const Mention &Other) {
      return Other.Offset >= M.Offset && Other.Offset < M.Offset + M.Length;
    });
    File.Mentions.insert(llvm::upper_bound(File.Mentions, M,
                                           [](const auto &A, const auto &B) {
                                             return A.Offset < B.Offset;
                                           }),
                         std::move(M));
  }

  static bool counts(const Mention &M) {
    return M.Kind == MentionKind::Code || (M.Kind == MentionKind::IncludePath &&
                                           !MentionFinder::isName(M.Word));
  }

  bool isWanted(StringRef Path) const {
    return Wanted.empty() || any_of(Wanted, [&](StringRef Directory) {
             return isAtOrBelow(Path, Directory);
           });
  }

  /// The first mention for which \p File must be analysed, or nullptr.
  const Mention *countedMention(const SurveyedFile &File) const {
    if (!File.InScope || !isWanted(File.Path))
      return nullptr;
    auto Found = find_if(File.Mentions, counts);
    return Found == File.Mentions.end() ? nullptr : &*Found;
  }

  void planJob(unsigned Job, const IncludeGraph &Graph,
               ArrayRef<NodeId> Closure) {
    bool Planned = false;
    for (NodeId Node : Closure) {
      SurveyedFile *File = Graph.file(Node);
      if (!File)
        continue;
      if (File->ReachedBy.empty() || File->ReachedBy.back() != Job)
        File->ReachedBy.push_back(Job);
      auto Why = Counted.find(File);
      if (Why == Counted.end())
        continue;
      std::vector<unsigned> &Reaching = Plan.TusReaching[File->Path];
      if (Reaching.empty() || Reaching.back() != Job)
        Reaching.push_back(Job);
      if (!std::exchange(Planned, true))
        Plan.Tus.push_back(
            {Jobs[Job], Job,
             reason(*File, *Why->second, Node == Closure.front())});
    }
  }

  std::string reason(const SurveyedFile &File, const Mention &M,
                     bool IsMain) const {
    std::string Does =
        (M.Kind == MentionKind::IncludePath ? "includes the legacy header "
                                            : "mentions ") +
        M.Word + " at line " + std::to_string(M.Line);
    return IsMain
               ? Does
               : "includes " + Within.relative(File.Path) + ", which " + Does;
  }

  void finish() {
    for (auto &Entry : Plan.Files)
      if (Counted.contains(&Entry.second) &&
          !Plan.TusReaching.contains(Entry.first()) &&
          any_of(Entry.second.Mentions,
                 [](const Mention &M) { return M.Kind == MentionKind::Code; }))
        Plan.UnreachedFiles.push_back(Entry.first().str());
    llvm::sort(Plan.UnreachedFiles);
    for (auto &Entry : Unreadable)
      if (isReported(Entry.first()))
        Plan.UnreadableFiles.emplace_back(Entry.first().str(), Entry.second);
    llvm::sort(Plan.UnreadableFiles);
  }

  bool isReported(StringRef Path) const {
    return Within.contains(Path) ||
           any_of(Jobs, [&](const TuJob &Job) { return Job.File == Path; });
  }

  ArrayRef<TuJob> Jobs;
  const Scope &Within;
  MentionFinder Finder;
  HeaderMacros Macros;
  std::vector<std::string> Wanted; ///< Real paths; empty: everything.
  StringMap<std::string> Unreadable;
  DenseMap<const SurveyedFile *, const Mention *> Counted;
  ScanPlan Plan;
};

} // namespace

Expected<ScanPlan> survey(const RuleSet &Rules, ArrayRef<TuJob> Jobs,
                          const Scope &Scope, ArrayRef<std::string> Paths,
                          unsigned Threads) {
  if (!sys::fs::is_directory(Scope.root()))
    return makeError(ErrorKind::FileSystem,
                     "'" + Scope.root() +
                         "' is not a directory; nothing can be surveyed there");
  return Surveyor(Rules, Jobs, Scope, Paths).run(Threads);
}

std::vector<std::string> includeChain(const ScanPlan &Plan, StringRef From,
                                      StringRef To) {
  StringMap<std::string> Includer;
  std::vector<std::string> Queue = {From.str()};
  Includer[From] = "";
  for (size_t I = 0; I < Queue.size() && !Includer.contains(To); ++I) {
    auto File = Plan.Files.find(Queue[I]);
    if (File == Plan.Files.end())
      continue;
    for (const LexicalInclude &Include : File->second.Includes)
      for (const std::string &Resolved : Include.Resolved)
        if (Includer.try_emplace(Resolved, Queue[I]).second)
          Queue.push_back(Resolved);
  }
  std::vector<std::string> Chain;
  if (!Includer.contains(To))
    return Chain;
  for (std::string At = To.str(); !At.empty(); At = Includer[At])
    Chain.push_back(At);
  std::reverse(Chain.begin(), Chain.end());
  return Chain;
}

} // namespace consolidate
