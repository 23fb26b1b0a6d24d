//===- IncludeGraph.cpp - Which file a command finds for an include -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "IncludeGraph.h"
#include "consolidate/ClangCompat.h"
#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace consolidate {

namespace {

bool isBelow(StringRef Path, StringRef Directory) {
  return Path.consume_front(Directory) &&
         (Path.starts_with("/") || Directory.ends_with("/"));
}

unsigned intern(StringRef Text, StringMap<unsigned> &Ids,
                std::vector<std::string> &Texts) {
  auto [It, New] = Ids.try_emplace(Text, unsigned(Texts.size()));
  if (New)
    Texts.push_back(Text.str());
  return It->second;
}

/// The main file as the compiler is given it: quoted includes are looked up
/// next to that, which may be a link.
std::string spelledMainFile(const TuJob &Job) {
  const std::vector<std::string> &Arguments = Job.Arguments;
  if (Arguments.size() < 2 || Arguments[Arguments.size() - 2] != "--")
    return Job.File;
  SmallString<256> Path(Arguments.back());
  sys::path::make_absolute(Job.Directory, Path);
  return std::string(Path);
}

} // namespace

IncludeGraph::IncludeGraph(ArrayRef<TuJob> Jobs, StringRef Root, ReadFile Read,
                           const HeaderMacros &Macros)
    : Jobs(Jobs), Root(Root), Read(std::move(Read)), Macros(Macros) {
  for (const TuJob &Job : Jobs)
    SearchPathOfJob.push_back(internSearchPath(Job));
  llvm::sort(SystemDirectories);
  SystemDirectories.erase(llvm::unique(SystemDirectories),
                          SystemDirectories.end());
  // Only now is it known what a system header is.
  for (auto [Job, SearchPath] : zip(Jobs, SearchPathOfJob))
    resolveForced(Job, SearchPathInfos[SearchPath]);
}

unsigned IncludeGraph::internDirectory(StringRef Directory) {
  return intern(Directory, DirectoryIds, Directories);
}

unsigned IncludeGraph::internSpelling(StringRef Spelled) {
  return intern(Spelled, SpellingIds, Spellings);
}

unsigned IncludeGraph::internSearchPath(const TuJob &Job) {
  SearchPaths Paths = searchPathsOf(Job);
  std::string Key;
  for (const auto *List :
       {&Paths.Quote, &Paths.Angled, &Paths.System, &Paths.Forced}) {
    for (const std::string &Path : *List)
      (Key += Path) += '\0';
    Key += '\1';
  }
  auto [It, New] =
      SearchPathIds.try_emplace(Key, unsigned(SearchPathInfos.size()));
  if (!New)
    return It->second;
  SearchPathInfo Info;
  for (const std::string &Directory : Paths.Angled)
    Info.Angled.push_back(internDirectory(Directory));
  for (const std::string &Directory : Paths.System) {
    Info.Angled.push_back(internDirectory(Directory));
    SystemDirectories.push_back(realPath(Directory));
  }
  for (const std::string &Directory : Paths.Quote)
    Info.Quote.push_back(internDirectory(Directory));
  append_range(Info.Quote, Info.Angled);
  Info.ForcedPaths = std::move(Paths.Forced);
  SearchPathInfos.push_back(std::move(Info));
  return It->second;
}

void IncludeGraph::resolveForced(const TuJob &Job, SearchPathInfo &Info) {
  for (StringRef Path : std::exchange(Info.ForcedPaths, {})) {
    std::string FoundPath = Index.find(Path);
    // A name that is not in the working directory is looked up as a quoted
    // include.
    StringRef Spelled = Path;
    if (FoundPath.empty() && Spelled.consume_front(Job.Directory) &&
        Spelled.consume_front("/"))
      for (unsigned Directory : Info.Quote) {
        NodeId Node = lookUpIn(Directory, internSpelling(Spelled));
        if (Node == NoNode)
          continue;
        Info.Forced.push_back(Node);
        break;
      }
    if (!FoundPath.empty())
      Info.Forced.push_back(nodeAt(FoundPath));
  }
}

bool IncludeGraph::isSystem(StringRef RealPath) const {
  if (isBelow(RealPath, Root))
    return false;
  return isBelow(RealPath, "/usr") ||
         any_of(SystemDirectories, [&](StringRef Directory) {
           return isBelow(RealPath, Directory);
         });
}

NodeId IncludeGraph::nodeAt(StringRef FoundPath) {
  auto [It, New] = NodesByPath.try_emplace(FoundPath, NodeId(Nodes.size()));
  if (!New)
    return It->second;
  NodeId Id = It->second;
  Node Made;
  Made.Path = FoundPath.str();
  Made.Directory = internDirectory(sys::path::parent_path(FoundPath));
  std::string Real = Index.real(FoundPath);
  Made.File = isSystem(Real) ? nullptr : Read(Real);
  if (Made.File)
    for (const LexicalInclude &Include : Made.File->Includes)
      Made.Spelled.push_back(internSpelling(Include.Spelled));
  Nodes.push_back(std::move(Made));
  return Id;
}

NodeId IncludeGraph::lookUpIn(unsigned Directory, unsigned Spelled) {
  auto [It, New] = Found.try_emplace({Directory, Spelled}, NoNode);
  if (!New)
    return It->second;
  SmallString<256> Path(Spellings[Spelled]);
  sys::path::make_absolute(Directories[Directory], Path);
  std::string FoundPath = Index.find(Path);
  if (FoundPath.empty())
    return NoNode;
  NodeId Node = nodeAt(FoundPath);
  return Found[{Directory, Spelled}] = Node;
}

NodeId IncludeGraph::lookUpOnPath(unsigned SearchPath, bool Angled,
                                  unsigned Spelled) {
  auto [It, New] =
      FoundOnPath.try_emplace({SearchPath * 2 + Angled, Spelled}, NoNode);
  if (!New)
    return It->second;
  NodeId Node = NoNode;
  const SearchPathInfo &Info = SearchPathInfos[SearchPath];
  for (unsigned Directory : Angled ? Info.Angled : Info.Quote)
    if ((Node = lookUpIn(Directory, Spelled)) != NoNode)
      break;
  return FoundOnPath[{SearchPath * 2 + Angled, Spelled}] = Node;
}

/// `#include_next`: the first that is not the including file itself. Clang
/// goes on behind the directory of that file; of two it finds, this is one.
NodeId IncludeGraph::lookUpNext(NodeId From, unsigned SearchPath,
                                unsigned Spelled) {
  for (unsigned Directory : SearchPathInfos[SearchPath].Angled) {
    NodeId Node = lookUpIn(Directory, Spelled);
    if (Node != NoNode && Node != From)
      return Node;
  }
  return NoNode;
}

NodeId IncludeGraph::resolve(NodeId From, const LexicalInclude &Include,
                             unsigned Spelled, unsigned SearchPath) {
  if (Include.Spelled.empty())
    return NoNode;
  if (Include.Next)
    return lookUpNext(From, SearchPath, Spelled);
  if (!Include.Angled) {
    NodeId Beside = lookUpIn(Nodes[From].Directory, Spelled);
    if (Beside != NoNode)
      return Beside;
  }
  return lookUpOnPath(SearchPath, Include.Angled, Spelled);
}

const std::vector<NodeId> &IncludeGraph::successors(NodeId From,
                                                    unsigned SearchPath) {
  auto Known = EdgeIndex.find({From, SearchPath});
  if (Known != EdgeIndex.end())
    return Edges[Known->second];
  std::vector<NodeId> Targets;
  if (SurveyedFile *File = Nodes[From].File)
    for (size_t I = 0; I != File->Includes.size(); ++I) {
      LexicalInclude &Include = File->Includes[I];
      NodeId Target =
          resolve(From, Include, Nodes[From].Spelled[I], SearchPath);
      if (Target == NoNode)
        continue;
      Targets.push_back(Target);
      noteResolved(Include, Target);
    }
  EdgeIndex[{From, SearchPath}] = unsigned(Edges.size());
  Edges.push_back(std::move(Targets));
  return Edges.back();
}

std::vector<NodeId> IncludeGraph::throughMacros(NodeId From,
                                                unsigned SearchPath) {
  std::vector<NodeId> Targets;
  if (SurveyedFile *File = Nodes[From].File)
    for (const auto &[Index, Macro] : Macros.usesIn(File->Path)) {
      LexicalInclude &Include = File->Includes[Index];
      for (const LexicalInclude &One : Macros.expand(Include, Macro)) {
        NodeId Target =
            resolve(From, One, internSpelling(One.Spelled), SearchPath);
        if (Target == NoNode)
          continue;
        Targets.push_back(Target);
        noteResolved(Include, Target);
      }
    }
  return Targets;
}

void IncludeGraph::noteResolved(LexicalInclude &Include, NodeId Target) {
  std::string Real = Nodes[Target].File ? Nodes[Target].File->Path
                                        : Index.real(Nodes[Target].Path);
  if (!is_contained(Include.Resolved, Real))
    Include.Resolved.push_back(std::move(Real));
}

std::vector<NodeId> IncludeGraph::closure(unsigned JobIndex) {
  std::string Main = Index.find(spelledMainFile(Jobs[JobIndex]));
  if (Main.empty())
    return {};
  ++Closures;
  std::vector<NodeId> Reached;
  auto Reach = [&](NodeId Node) {
    if (Visited.size() < Nodes.size())
      Visited.resize(Nodes.size() * 2);
    if (std::exchange(Visited[Node], Closures) != Closures)
      Reached.push_back(Node);
  };
  unsigned SearchPath = SearchPathOfJob[JobIndex];
  Reach(nodeAt(Main));
  for (NodeId Node : SearchPathInfos[SearchPath].Forced)
    Reach(Node);
  size_t I = 0;
  do {
    for (; I < Reached.size(); ++I)
      for (NodeId Node : successors(Reached[I], SearchPath))
        Reach(Node);
    // A macro may be defined in a file that was read only now.
    for (size_t J = 0, Size = Reached.size(); J != Size; ++J)
      for (NodeId Node : throughMacros(Reached[J], SearchPath))
        Reach(Node);
  } while (I < Reached.size());
  return Reached;
}

} // namespace consolidate
