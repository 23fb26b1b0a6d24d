//===- YamlTree.cpp - YAML text as a tree of plain values -----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "YamlTree.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace llvm;

namespace consolidate {
namespace {

/// Deeper than any rules file; keeps a hostile one off the end of the stack.
constexpr unsigned MaxDepth = 32;

/// What to do about the syntax error \p Message at \p Place.
std::string syntaxHint(StringRef Message, StringRef Text, StringRef Place) {
  StringRef First = Text.substr(size_t(Place.data() - Text.data()), 1);
  if (!First.empty() && StringRef("*&!%@`|>").contains(First))
    return ("put a text that starts with '" + First + "' in single quotes")
        .str();
  if (Message.contains("quote"))
    return "close the quote that is open here";
  if (Message.contains("escape"))
    return "use single quotes, where a backslash means itself";
  if (Message.contains("Flow") || Message.contains("closing") ||
      Message.contains("Expected ,"))
    return "put ',' between entries, and close every '{' and '['";
  return "check the indentation, and put a text that holds ': ' or ' #' in "
         "single quotes";
}

/// Turns llvm::yaml's nodes, which are parsed while they are walked, into ours.
class TreeBuilder {
public:
  explicit TreeBuilder(RuleDiagnostics &Diags) : Diags(Diags) {}

  std::optional<YamlNode> build() {
    SourceMgr Sources;
    Sources.setDiagHandler(onSyntaxError, this);
    yaml::Stream Stream(MemoryBufferRef(Diags.text(), ""), Sources);
    yaml::document_iterator Document = Stream.begin();
    if (Document == Stream.end() || Stream.failed())
      return Failed ? std::nullopt : std::optional(YamlNode());
    YamlNode Root = convert(Document->getRoot(), 0);
    if (Failed || Stream.failed())
      return std::nullopt;
    if (++Document != Stream.end() && !Failed) {
      yaml::Node *Second = Document->getRoot();
      Diags.error(Second ? placeOf(*Second) : Diags.text().take_back(0),
                  "a second YAML document",
                  "a " + Diags.what() + " is one document: remove the '---'");
    }
    if (Failed || Stream.failed())
      return std::nullopt;
    return Root;
  }

private:
  static void onSyntaxError(const SMDiagnostic &Error, void *Self) {
    static_cast<TreeBuilder *>(Self)->syntaxError(Error);
  }

  void syntaxError(const SMDiagnostic &Error) {
    Failed = true;
    StringRef Text = Diags.text();
    const char *At = Error.getLoc().getPointer();
    if (!At || At < Text.begin() || At > Text.end())
      At = Text.end();
    StringRef Place(At, 0);
    StringRef Message = Error.getMessage().rtrim("!.");
    Diags.error(Place, "not valid YAML: " + Message,
                syntaxHint(Message, Text, Place));
  }

  static StringRef placeOf(const yaml::Node &Node) {
    SMRange Range = Node.getSourceRange();
    const char *Begin = Range.Start.getPointer();
    const char *End = Range.End.getPointer();
    return StringRef(Begin, End > Begin ? size_t(End - Begin) : 0);
  }

  /// Nothing has no place of its own, and llvm::yaml gives it that of what
  /// follows, maybe lines below; what precedes it is nearer.
  StringRef lastByteBefore(StringRef Place) const {
    StringRef Before(Diags.text().begin(),
                     size_t(Place.begin() - Diags.text().begin()));
    return Before.rtrim().take_back(1);
  }

  /// llvm::yaml starts a flow collection behind its bracket; a reader expects
  /// the bracket itself.
  StringRef withBracket(StringRef Place, char Bracket) const {
    StringRef Before(Diags.text().begin(),
                     size_t(Place.begin() - Diags.text().begin()));
    StringRef Trimmed = Before.rtrim();
    if (!Trimmed.ends_with(StringRef(&Bracket, 1)))
      return Place;
    size_t Added = Before.size() - Trimmed.size() + 1;
    return StringRef(Place.begin() - Added, Place.size() + Added);
  }

  void rejectDecorations(const yaml::Node &Node) {
    if (StringRef Anchor = Node.getAnchor(); !Anchor.empty())
      Diags.error(StringRef(Anchor.data() - 1, Anchor.size() + 1),
                  "anchors are not supported",
                  "put a text that starts with '&' in single quotes");
    if (StringRef Tag = Node.getRawTag(); !Tag.empty())
      Diags.error(Tag, "tags are not supported",
                  "put a text that starts with '!' in single quotes");
  }

  YamlNode convert(yaml::Node *Node, unsigned Depth) {
    YamlNode Result;
    if (!Node || Failed)
      return Result;
    Result.Source = placeOf(*Node);
    if (Depth == MaxDepth) {
      Failed = true;
      Diags.error(Result.Source, "nested too deeply",
                  "a " + Diags.what() + " has at most six levels");
      return Result;
    }
    rejectDecorations(*Node);
    if (auto *Scalar = dyn_cast<yaml::ScalarNode>(Node))
      convertScalar(*Scalar, Result);
    else if (auto *Block = dyn_cast<yaml::BlockScalarNode>(Node))
      convertBlock(*Block, Result);
    else if (auto *Sequence = dyn_cast<yaml::SequenceNode>(Node))
      convertSequence(*Sequence, Result, Depth);
    else if (auto *Mapping = dyn_cast<yaml::MappingNode>(Node))
      convertMapping(*Mapping, Result, Depth);
    else if (isa<yaml::NullNode>(Node))
      Result.Source = lastByteBefore(Result.Source);
    else if (auto *Alias = dyn_cast<yaml::AliasNode>(Node))
      rejectAlias(*Alias, Result);
    return Result;
  }

  void rejectAlias(const yaml::AliasNode &Alias, YamlNode &Result) {
    StringRef Name = Alias.getName();
    Result.What = YamlNode::Kind::Invalid;
    Result.Source = StringRef(Name.data() - 1, Name.size() + 1);
    Diags.error(Result.Source, "aliases are not supported",
                "put a text that starts with '*' in single quotes");
  }

  static void setText(YamlNode &Result, StringRef Text) {
    Result.What = YamlNode::Kind::Text;
    Result.Text = Text.trim().str();
  }

  static void convertScalar(yaml::ScalarNode &Scalar, YamlNode &Result) {
    SmallString<64> Storage;
    StringRef Raw = Scalar.getRawValue();
    bool Quoted = Raw.starts_with("'") || Raw.starts_with("\"");
    if (!Quoted && (Raw == "~" || Raw == "null"))
      return;
    setText(Result, Scalar.getValue(Storage));
    Result.Source = Quoted ? Raw.drop_front().drop_back() : Raw;
  }

  static void convertBlock(yaml::BlockScalarNode &Block, YamlNode &Result) {
    setText(Result, Block.getValue());
    Result.Source = Result.Source.trim();
  }

  void convertSequence(yaml::SequenceNode &Sequence, YamlNode &Result,
                       unsigned Depth) {
    Result.What = YamlNode::Kind::List;
    Result.Source = withBracket(Result.Source, '[');
    for (yaml::Node &Item : Sequence) {
      Result.Items.push_back(convert(&Item, Depth + 1));
      if (Failed)
        return;
    }
  }

  void convertMapping(yaml::MappingNode &Mapping, YamlNode &Result,
                      unsigned Depth) {
    Result.What = YamlNode::Kind::Map;
    Result.Source = withBracket(Result.Source, '{');
    for (yaml::KeyValueNode &Pair : Mapping) {
      YamlNode Key = convert(Pair.getKey(), Depth + 1);
      YamlNode Value = convert(Pair.getValue(), Depth + 1);
      if (Failed)
        return;
      addEntry(Result, std::move(Key), std::move(Value));
    }
  }

  void addEntry(YamlNode &Result, YamlNode Key, YamlNode Value) {
    if (Key.What != YamlNode::Kind::Text) {
      Diags.error(Key.Source, "a key must be a word", "write `key: value`");
      return;
    }
    // A value that is not there has no place of its own.
    if (Value.Source.empty())
      Value.Source = Key.Source;
    for (const YamlEntry &Earlier : Result.Entries)
      if (Earlier.Key == Key.Text) {
        Diags.error(Key.Source, "key '" + Key.Text + "' is given twice",
                    "the first is on line " +
                        Twine(Diags.locate(Earlier.KeySource).Line) +
                        "; keep one");
        return;
      }
    Result.Entries.push_back({Key.Text, Key.Source, std::move(Value)});
  }

  RuleDiagnostics &Diags;
  bool Failed = false;
};

/// Reports the first byte that is not UTF-8 text. True when there is one.
bool reportBadBytes(RuleDiagnostics &Diags) {
  StringRef Text = Diags.text();
  const UTF8 *Begin = Text.bytes_begin();
  if (!isLegalUTF8String(&Begin, Text.bytes_end())) {
    Diags.error(StringRef(reinterpret_cast<const char *>(Begin), 0),
                "this byte is not UTF-8", "save the file as UTF-8");
    return true;
  }
  size_t Nul = Text.find('\0');
  if (Nul == StringRef::npos)
    return false;
  Diags.error(Text.substr(Nul, 0), "a NUL byte",
              "a " + Diags.what() + " is text; save it as UTF-8");
  return true;
}

} // namespace

const YamlNode *YamlNode::find(StringRef Key) const {
  for (const YamlEntry &Entry : Entries)
    if (Entry.Key == Key)
      return &Entry.Value;
  return nullptr;
}

std::optional<YamlNode> parseYaml(RuleDiagnostics &Diags) {
  if (reportBadBytes(Diags))
    return std::nullopt;
  return TreeBuilder(Diags).build();
}

} // namespace consolidate
