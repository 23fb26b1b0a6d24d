//===- SchemaTest.cpp - The JSON Schema says what the reader does --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "FileShape.h"
#include "RulesTesting.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

#include <set>
#include <tuple>

using namespace llvm;

namespace consolidate {
namespace {

std::set<std::string> textsOf(const json::Array *Array) {
  std::set<std::string> Result;
  if (Array)
    for (const json::Value &Value : *Array)
      Result.insert(Value.getAsString().value_or("?").str());
  return Result;
}

/// Compares the schema with the reader's tables, in both directions.
class SchemaCheck {
public:
  explicit SchemaCheck(const json::Object &Schema) : Schema(Schema) {}

  void checkObject(const json::Object &Node, const ObjectShape &Shape) {
    SCOPED_TRACE(Shape.Name.str());
    Seen.insert(Shape.Name.str());
    EXPECT_EQ(Node.getString("type"), "object");
    EXPECT_EQ(Node.getBoolean("additionalProperties"), false);
    EXPECT_TRUE(Node.getString("description"));
    const json::Object *Properties = Node.getObject("properties");
    ASSERT_TRUE(Properties);
    std::set<std::string> InSchema, InReader, Required;
    for (const auto &Property : *Properties)
      InSchema.insert(Property.first.str());
    for (const KeyShape &Key : Shape.Keys) {
      InReader.insert(Key.Name.str());
      if (Key.Needed == Presence::Required)
        Required.insert(Key.Name.str());
    }
    EXPECT_EQ(InSchema, InReader);
    EXPECT_EQ(textsOf(Node.getArray("required")), Required);
    for (const KeyShape &Key : Shape.Keys)
      if (const json::Object *Property = Properties->getObject(Key.Name))
        checkProperty(*Property, Key);
  }

  /// Names of the definitions that the tables led to.
  std::set<std::string> Seen;

private:
  void checkProperty(const json::Object &Node, const KeyShape &Key) {
    SCOPED_TRACE(Key.Name.str());
    EXPECT_TRUE(Node.getString("description"));
    switch (Key.Value) {
    case ValueShape::Text:
      return expectText(Node);
    case ValueShape::Number:
      EXPECT_EQ(Node.getString("type"), "integer");
      EXPECT_EQ(Node.getInteger("minimum"), 0);
      return;
    case ValueShape::Flag:
      EXPECT_EQ(Node.getString("type"), "boolean");
      return;
    case ValueShape::Choice:
      return checkChoices(Node, Key);
    case ValueShape::TextList:
      expectList(Node, Key);
      ASSERT_TRUE(Node.getObject("items"));
      return expectText(*Node.getObject("items"));
    case ValueShape::TextOrList:
      return checkTextOrList(Node, Key);
    case ValueShape::TextMap:
      EXPECT_EQ(Node.getString("type"), "object");
      ASSERT_TRUE(Node.getObject("additionalProperties"));
      return expectText(*Node.getObject("additionalProperties"));
    case ValueShape::Object:
      return followReference(Node, *Key.Element);
    case ValueShape::ObjectList:
      expectList(Node, Key);
      ASSERT_TRUE(Node.getObject("items"));
      return followReference(*Node.getObject("items"), *Key.Element);
    }
  }

  void expectText(const json::Object &Node) {
    EXPECT_EQ(Node.getString("type"), "string");
    EXPECT_EQ(Node.getInteger("minLength"), 1);
  }

  void expectList(const json::Object &Node, const KeyShape &Key) {
    EXPECT_EQ(Node.getString("type"), "array");
    EXPECT_EQ(Node.getInteger("minItems").value_or(0) == 0,
              Key.Empty == Emptiness::Accepted);
  }

  void checkChoices(const json::Object &Node, const KeyShape &Key) {
    std::set<std::string> Choices;
    for (StringRef Choice : Key.Choices)
      Choices.insert(Choice.str());
    EXPECT_EQ(textsOf(Node.getArray("enum")), Choices);
  }

  void checkTextOrList(const json::Object &Node, const KeyShape &Key) {
    const json::Array *Forms = Node.getArray("anyOf");
    ASSERT_TRUE(Forms && Forms->size() == 2);
    expectText(*(*Forms)[0].getAsObject());
    expectList(*(*Forms)[1].getAsObject(), Key);
    ASSERT_TRUE((*Forms)[1].getAsObject()->getObject("items"));
    expectText(*(*Forms)[1].getAsObject()->getObject("items"));
  }

  void followReference(const json::Object &Node, const ObjectShape &Shape) {
    EXPECT_EQ(Node.getString("$ref"), "#/definitions/" + Shape.Name.str());
    const json::Object *Definitions = Schema.getObject("definitions");
    ASSERT_TRUE(Definitions && Definitions->getObject(Shape.Name));
    checkObject(*Definitions->getObject(Shape.Name), Shape);
  }

  const json::Object &Schema;
};

TEST(RulesSchema, SaysWhatTheReaderDoes) {
  auto File = MemoryBuffer::getFile(
      CONSOLIDATE_SOURCE_DIR "/docs/schema/clang-consolidate.schema.json");
  ASSERT_TRUE(bool(File));
  Expected<json::Value> Schema = json::parse((*File)->getBuffer());
  ASSERT_TRUE(bool(Schema)) << toString(Schema.takeError());
  ASSERT_TRUE(Schema->getAsObject());
  SchemaCheck Check(*Schema->getAsObject());
  Check.checkObject(*Schema->getAsObject(), fileShape());

  std::set<std::string> Defined = {fileShape().Name.str()};
  for (const auto &Entry : *Schema->getAsObject()->getObject("definitions"))
    Defined.insert(Entry.first.str());
  EXPECT_EQ(Check.Seen, Defined);
}

/// The one place in \p Object's keys where \p Key is described.
const KeyShape *keyOf(const ObjectShape &Object, StringRef Key) {
  auto Found = find_if(
      Object.Keys, [&](const KeyShape &Shape) { return Shape.Name == Key; });
  return Found == Object.Keys.end() ? nullptr : &*Found;
}

// The tables may list a choice that the reader does not know; it would fall
// back to the default without a word.
TEST(RulesSchema, EveryChoiceIsRead) {
  const ObjectShape &Limit = *keyOf(fileShape(), "limits")->Element;
  std::set<CountKind> Counts;
  for (StringRef Count : keyOf(Limit, "count")->Choices) {
    std::string Between = Count == "couplings" ? ", between: [a, b]" : "";
    RuleSet Rules =
        good("version: 1\nlimits: [{name: a, count: " + Count.str() + Between +
             "}]\n");
    ASSERT_EQ(Rules.Limits.size(), 1u);
    Counts.insert(Rules.Limits[0].Count);
  }
  EXPECT_EQ(Counts.size(), keyOf(Limit, "count")->Choices.size());

  const ObjectShape &Legacy =
      *keyOf(*keyOf(fileShape(), "consolidate")->Element, "from")->Element;
  std::set<DefinitionPolicy> Policies;
  for (StringRef Policy : keyOf(Legacy, "definition")->Choices) {
    RuleSet Rules = good("version: 1\nconsolidate:\n  - into: New\n    from: "
                         "[{class: Old, definition: " +
                         Policy.str() + "}]\n");
    ASSERT_EQ(Rules.Consolidate.size(), 1u);
    Policies.insert(Rules.Consolidate[0].From[0].Definition);
  }
  EXPECT_EQ(Policies.size(), keyOf(Legacy, "definition")->Choices.size());
}

std::string reference() {
  auto File = MemoryBuffer::getFile(CONSOLIDATE_SOURCE_DIR "/docs/rules.md");
  return File ? (*File)->getBuffer().str() : "";
}

void expectDocumented(const ObjectShape &Object, StringRef Reference) {
  for (const KeyShape &Key : Object.Keys) {
    EXPECT_TRUE(Reference.contains("| `" + Key.Name.str() + "` |") ||
                Reference.contains("| [`" + Key.Name.str() + "`]"))
        << Key.Name.str();
    for (StringRef Choice : Key.Choices)
      EXPECT_TRUE(Reference.contains("`" + Choice.str() + "`")) << Choice.str();
    if (Key.Element)
      expectDocumented(*Key.Element, Reference);
  }
}

TEST(RulesReference, NamesEveryKeyAndChoice) {
  expectDocumented(fileShape(), reference());
}

// The examples are one for each top-level key; together they are a file.
TEST(RulesReference, ItsExamplesParse) {
  std::string Reference = reference();
  std::string Text = "version: 1\n";
  unsigned Examples = 0;
  auto [Before, Rest] = StringRef(Reference).split("```yaml\n");
  for (; !Rest.empty(); std::tie(Before, Rest) = Rest.split("```yaml\n")) {
    Text += Rest.split("```").first;
    ++Examples;
  }
  EXPECT_EQ(Examples, 7u);
  RuleSet Rules = good(Text);
  EXPECT_EQ(Rules.Consolidate.size(), 2u);
  EXPECT_EQ(Rules.Limits.size(), 4u);
  EXPECT_EQ(Rules.Scope.Exclude.size(), 2u);
}

} // namespace
} // namespace consolidate
