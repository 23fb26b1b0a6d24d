//===- IncludeGraph.h - Which file an include finds -------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_SURVEY_INCLUDEGRAPH_H
#define CONSOLIDATE_LIB_SURVEY_INCLUDEGRAPH_H

#include "FileIndex.h"
#include "HeaderMacros.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <deque>
#include <functional>
#include <vector>

namespace consolidate {

/// One path by which a file is included. Two nodes can be one file, when one
/// of them is a link.
using NodeId = unsigned;

/// The lexical include graph under every search path of the database. Built
/// while it is walked; not thread-safe.
class IncludeGraph {
public:
  /// Reads a file that the graph reaches for the first time, by real path;
  /// nullptr when it cannot be read. The result must stay where it is.
  using ReadFile = std::function<SurveyedFile *(llvm::StringRef)>;

  /// \p Root: real path below which nothing is a system header. \p Macros
  /// may grow with each file that is read.
  IncludeGraph(llvm::ArrayRef<TuJob> Jobs, llvm::StringRef Root, ReadFile Read,
               const HeaderMacros &Macros);

  /// Every file that job \p JobIndex reaches, nearest first, the main file at
  /// the front; empty when the main file does not exist.
  std::vector<NodeId> closure(unsigned JobIndex);

  /// nullptr for a system header or an unreadable file.
  SurveyedFile *file(NodeId Node) const { return Nodes[Node].File; }

private:
  static constexpr NodeId NoNode = ~0u;

  struct Node {
    std::string Path;   ///< As FileIndex::find gives it.
    unsigned Directory; ///< Interned parent of Path.
    SurveyedFile *File;
    /// Interned spelling of each include of the file.
    std::vector<unsigned> Spelled;
  };
  struct SearchPathInfo {
    std::vector<unsigned> Quote;  ///< Directories searched for "...".
    std::vector<unsigned> Angled; ///< The tail of them, searched for <...>.
    std::vector<std::string> ForcedPaths; ///< Absolute.
    std::vector<NodeId> Forced;           ///< Those of them that exist.
  };

  unsigned internDirectory(llvm::StringRef Directory);
  unsigned internSpelling(llvm::StringRef Spelled);
  NodeId nodeAt(llvm::StringRef FoundPath);
  unsigned internSearchPath(const TuJob &Job);
  void resolveForced(const TuJob &Job, SearchPathInfo &Info);
  NodeId lookUpIn(unsigned Directory, unsigned Spelled);
  NodeId lookUpOnPath(unsigned SearchPath, bool Angled, unsigned Spelled);
  NodeId lookUpNext(NodeId From, unsigned SearchPath, unsigned Spelled);
  NodeId resolve(NodeId From, const LexicalInclude &Include, unsigned Spelled,
                 unsigned SearchPath);
  /// The nodes \p From includes under \p SearchPath; also notes them in the
  /// file's Includes. The reference is valid for good.
  const std::vector<NodeId> &successors(NodeId From, unsigned SearchPath);
  /// The nodes that \p From may include through macros, as far as they are
  /// known by now.
  std::vector<NodeId> throughMacros(NodeId From, unsigned SearchPath);
  void noteResolved(LexicalInclude &Include, NodeId Target);
  bool isSystem(llvm::StringRef RealPath) const;

  llvm::ArrayRef<TuJob> Jobs;
  std::string Root;
  ReadFile Read;
  const HeaderMacros &Macros;
  FileIndex Index;
  std::vector<Node> Nodes;
  llvm::StringMap<NodeId> NodesByPath;
  std::vector<std::string> SystemDirectories; ///< Real paths.
  std::vector<SearchPathInfo> SearchPathInfos;
  llvm::StringMap<unsigned> SearchPathIds;
  std::vector<std::string> Directories, Spellings;
  llvm::StringMap<unsigned> DirectoryIds, SpellingIds;
  llvm::DenseMap<std::pair<unsigned, unsigned>, NodeId> Found;
  /// By search path, kind of include and spelling.
  llvm::DenseMap<std::pair<unsigned, unsigned>, NodeId> FoundOnPath;
  llvm::DenseMap<std::pair<NodeId, unsigned>, unsigned> EdgeIndex;
  std::deque<std::vector<NodeId>> Edges;
  std::vector<unsigned> SearchPathOfJob;
  /// Per node, the last closure that reached it.
  std::vector<unsigned> Visited;
  unsigned Closures = 0;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_SURVEY_INCLUDEGRAPH_H
