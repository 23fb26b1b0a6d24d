//===- YamlTree.h - YAML text as a tree of plain values ---------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_RULES_YAMLTREE_H
#define CONSOLIDATE_LIB_RULES_YAMLTREE_H

#include "RuleDiagnostics.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace consolidate {

struct YamlEntry;

/// A node with its place. llvm::yaml::Node can be walked only once and in
/// order; this one can be asked again. `Source` refers to the parsed text,
/// which must outlive the node.
struct YamlNode {
  enum class Kind {
    Null,
    Text,
    List,
    Map,
    Invalid, ///< Has been reported.
  };
  Kind What = Kind::Null;
  /// Text: the content, without quotes; List and Map: from the first byte.
  llvm::StringRef Source;
  std::string Text;               ///< Unescaped, without outer white space.
  std::vector<YamlNode> Items;    ///< Of a List.
  std::vector<YamlEntry> Entries; ///< Of a Map, in the order of the text.

  /// The value of \p Key, or null when the map has none.
  const YamlNode *find(llvm::StringRef Key) const;
};

struct YamlEntry {
  std::string Key;
  llvm::StringRef KeySource;
  YamlNode Value;
};

/// Parses \p Diags.text() as one YAML document. Syntax errors, duplicate keys,
/// anchors, aliases and tags go to \p Diags. std::nullopt when the text cannot
/// be parsed to its end; a Null node when it holds nothing.
std::optional<YamlNode> parseYaml(RuleDiagnostics &Diags);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_RULES_YAMLTREE_H
