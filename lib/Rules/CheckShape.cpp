//===- CheckShape.cpp - Is a rules file of the right shape? ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "FileShape.h"

#include "consolidate/Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

/// Walks a node and its shape together; reports where they part.
class ShapeChecker {
public:
  explicit ShapeChecker(RuleDiagnostics &Diags) : Diags(Diags) {}

  void checkObject(const YamlNode &Node, const ObjectShape &Shape) {
    for (const YamlEntry &Entry : Node.Entries)
      checkEntry(Entry, Shape);
    for (const KeyShape &Key : Shape.Keys)
      if (Key.Needed == Presence::Required && !Node.find(Key.Name))
        Diags.error(Node.Source.take_front(1),
                    "'" + Key.Name + "' is missing here",
                    "add `" + Key.Example + "`");
  }

private:
  void checkEntry(const YamlEntry &Entry, const ObjectShape &Shape) {
    for (const KeyShape &Key : Shape.Keys)
      if (Entry.Key == Key.Name)
        return checkValue(Entry, Key);
    SmallVector<StringRef> Known;
    for (const KeyShape &Key : Shape.Keys)
      Known.push_back(Key.Name);
    Diags.error(Entry.KeySource, "unknown key '" + Entry.Key + "'",
                suggestion(Entry.Key, Known));
  }

  static std::string suggestion(StringRef Word, ArrayRef<StringRef> Known) {
    StringRef Near = nearestWord(Word, Known);
    std::string Meant =
        Near.empty() ? "" : ("did you mean '" + Near + "'? ").str();
    return Meant + "allowed here: " + join(Known, ", ");
  }

  void checkValue(const YamlEntry &Entry, const KeyShape &Key) {
    const YamlNode &Value = Entry.Value;
    if (Value.What == YamlNode::Kind::Invalid)
      return;
    if (isEmptyText(Value))
      return Diags.error(Entry.KeySource, "'" + Key.Name + "' has no value",
                         valueHint(Key));
    switch (Key.Value) {
    case ValueShape::Text:
      expect(Value, Key, YamlNode::Kind::Text, "a text");
      return;
    case ValueShape::Number:
      return checkNumber(Value, Key);
    case ValueShape::Flag:
      return checkFlag(Value, Key);
    case ValueShape::Choice:
      return checkChoice(Value, Key);
    case ValueShape::TextOrList:
      if (Value.What == YamlNode::Kind::Text)
        return;
      return checkTexts(Value, Key, "a text or a list of texts");
    case ValueShape::TextList:
      return checkTexts(Value, Key, "a list of texts");
    case ValueShape::TextMap:
      return checkTextMap(Value, Key);
    case ValueShape::Object:
      if (expect(Value, Key, YamlNode::Kind::Map, "a map"))
        checkObject(Value, *Key.Element);
      return;
    case ValueShape::ObjectList:
      return checkObjects(Value, Key);
    }
  }

  static bool isEmptyText(const YamlNode &Node) {
    return Node.What == YamlNode::Kind::Null ||
           (Node.What == YamlNode::Kind::Text && Node.Text.empty());
  }

  static std::string valueHint(const KeyShape &Key) {
    std::string Example = ("write `" + Key.Example + "`").str();
    return Key.Needed == Presence::Required ? Example
                                            : Example + " or leave the key out";
  }

  static StringRef nameOf(YamlNode::Kind Kind) {
    switch (Kind) {
    case YamlNode::Kind::Null:
    case YamlNode::Kind::Invalid:
      return "nothing";
    case YamlNode::Kind::Text:
      return "a text";
    case YamlNode::Kind::List:
      return "a list";
    case YamlNode::Kind::Map:
      return "a map";
    }
    return "";
  }

  /// A list or map starts at its first byte; marking all of it says no more.
  static StringRef markOf(const YamlNode &Node) {
    return Node.What == YamlNode::Kind::Text ? Node.Source
                                             : Node.Source.take_front(1);
  }

  bool expect(const YamlNode &Value, const KeyShape &Key, YamlNode::Kind Wanted,
              StringRef WantedName) {
    if (Value.What == Wanted)
      return true;
    Diags.error(markOf(Value),
                "'" + Key.Name + "' must be " + WantedName + ", not " +
                    nameOf(Value.What),
                "write `" + Key.Example + "`");
    return false;
  }

  bool expectItem(const YamlNode &Item, const KeyShape &Key,
                  YamlNode::Kind Wanted, StringRef WantedName) {
    if (Item.What == YamlNode::Kind::Invalid)
      return false;
    std::string Entry = ("an entry of '" + Key.Name + "' ").str();
    std::string Hint = ("write `" + Key.Example + "`").str();
    if (isEmptyText(Item)) {
      Diags.error(markOf(Item), Entry + "is empty", Hint);
      return false;
    }
    if (Item.What == Wanted)
      return true;
    Diags.error(markOf(Item),
                Entry + "must be " + WantedName + ", not " + nameOf(Item.What),
                Hint);
    return false;
  }

  /// True when the list or map \p Value has entries or may have none.
  bool expectEntries(const YamlNode &Value, const KeyShape &Key) {
    if (!Value.Items.empty() || !Value.Entries.empty() ||
        Key.Empty == Emptiness::Accepted)
      return true;
    Diags.error(markOf(Value), "'" + Key.Name + "' has no entries",
                valueHint(Key));
    return false;
  }

  void checkNumber(const YamlNode &Value, const KeyShape &Key) {
    unsigned Number;
    if (!expect(Value, Key, YamlNode::Kind::Text, "a number"))
      return;
    if (StringRef(Value.Text).getAsInteger(10, Number))
      Diags.error(Value.Source,
                  "'" + Key.Name +
                      "' must be a whole number, 0 or more, not '" +
                      Value.Text + "'",
                  "write `" + Key.Example + "`");
  }

  void checkFlag(const YamlNode &Value, const KeyShape &Key) {
    if (expect(Value, Key, YamlNode::Kind::Text, "true or false") &&
        Value.Text != "true" && Value.Text != "false")
      Diags.error(Value.Source,
                  "'" + Key.Name + "' must be true or false, not '" +
                      Value.Text + "'",
                  "write `" + Key.Example + "`");
  }

  void checkChoice(const YamlNode &Value, const KeyShape &Key) {
    if (!expect(Value, Key, YamlNode::Kind::Text, "a word") ||
        is_contained(Key.Choices, StringRef(Value.Text)))
      return;
    SmallVector<StringRef> Known(Key.Choices.begin(), Key.Choices.end());
    Diags.error(Value.Source,
                "'" + Key.Name + "' cannot be '" + Value.Text + "'",
                suggestion(Value.Text, Known));
  }

  void checkTexts(const YamlNode &Value, const KeyShape &Key,
                  StringRef WantedName) {
    if (!expect(Value, Key, YamlNode::Kind::List, WantedName) ||
        !expectEntries(Value, Key))
      return;
    for (const YamlNode &Item : Value.Items)
      expectItem(Item, Key, YamlNode::Kind::Text, "a text");
  }

  void checkTextMap(const YamlNode &Value, const KeyShape &Key) {
    if (!expect(Value, Key, YamlNode::Kind::Map, "a map") ||
        !expectEntries(Value, Key))
      return;
    for (const YamlEntry &Entry : Value.Entries)
      if (Entry.Value.What != YamlNode::Kind::Invalid &&
          (Entry.Value.What != YamlNode::Kind::Text ||
           isEmptyText(Entry.Value)))
        Diags.error(Entry.KeySource,
                    "'" + Entry.Key + "' in '" + Key.Name + "' needs a text",
                    "write `" + Key.Example + "`");
  }

  void checkObjects(const YamlNode &Value, const KeyShape &Key) {
    if (!expect(Value, Key, YamlNode::Kind::List, "a list") ||
        !expectEntries(Value, Key))
      return;
    for (const YamlNode &Item : Value.Items)
      if (expectItem(Item, Key, YamlNode::Kind::Map, "a map"))
        checkObject(Item, *Key.Element);
  }

  RuleDiagnostics &Diags;
};

} // namespace

void checkShape(const YamlNode &Node, const ObjectShape &Shape,
                RuleDiagnostics &Diags) {
  ShapeChecker(Diags).checkObject(Node, Shape);
}

std::vector<const YamlNode *> itemsOf(const YamlNode &Map, StringRef Key,
                                      YamlNode::Kind Wanted) {
  std::vector<const YamlNode *> Result;
  const YamlNode *List = Map.find(Key);
  if (!List)
    return Result;
  for (const YamlNode &Item : List->Items)
    if (Item.What == Wanted &&
        !(Wanted == YamlNode::Kind::Text && Item.Text.empty()))
      Result.push_back(&Item);
  return Result;
}

const YamlNode *textOf(const YamlNode &Map, StringRef Key) {
  const YamlNode *Value = Map.find(Key);
  return Value && Value->What == YamlNode::Kind::Text && !Value->Text.empty()
             ? Value
             : nullptr;
}

} // namespace consolidate
