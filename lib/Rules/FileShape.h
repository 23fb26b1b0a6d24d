//===- FileShape.h - Keys of the rules file, as tables ----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The one description of what may stand where. The reader checks a file
// against it, and a test holds the JSON Schema against it.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_RULES_FILESHAPE_H
#define CONSOLIDATE_LIB_RULES_FILESHAPE_H

#include "YamlTree.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace consolidate {

/// What a key's value looks like.
enum class ValueShape {
  Text,
  Number,     ///< A whole number, 0 or more.
  Flag,       ///< `true` or `false`.
  Choice,     ///< One of KeyShape::Choices.
  TextList,   ///< A list of texts.
  TextOrList, ///< One text, or a list of them.
  TextMap,    ///< A map from any name to a text.
  Object,     ///< A map with the keys of KeyShape::Element.
  ObjectList, ///< A list of such maps.
};

enum class Presence { Optional, Required };
/// Whether a list or map without entries means something.
enum class Emptiness { Rejected, Accepted };

struct ObjectShape;

struct KeyShape {
  llvm::StringLiteral Name;
  ValueShape Value;
  llvm::StringLiteral Example; ///< A line a hint may show.
  Presence Needed = Presence::Optional;
  Emptiness Empty = Emptiness::Rejected;
  llvm::ArrayRef<llvm::StringLiteral> Choices = {};
  const ObjectShape *Element = nullptr;
};

struct ObjectShape {
  llvm::StringLiteral Name; ///< "a rewrite"; also names the schema's $defs.
  llvm::ArrayRef<KeyShape> Keys;
};

/// The shape of the whole file.
const ObjectShape &fileShape();

/// Reports everything in \p Node that is not of \p Shape: unknown, missing and
/// empty keys, wrong kinds of value, bad choices.
void checkShape(const YamlNode &Node, const ObjectShape &Shape,
                RuleDiagnostics &Diags);

/// The entries of a list that are of kind \p Wanted; those that are not have
/// been reported by checkShape. Empty when there is no such key.
std::vector<const YamlNode *> itemsOf(const YamlNode &Map, llvm::StringRef Key,
                                      YamlNode::Kind Wanted);

/// The text under \p Key, or null when there is none.
const YamlNode *textOf(const YamlNode &Map, llvm::StringRef Key);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_RULES_FILESHAPE_H
