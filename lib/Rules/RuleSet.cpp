//===- RuleSet.cpp - Rules text -> RuleSet --------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Rules.h"

#include "FileShape.h"
#include "Sections.h"

#include "consolidate/Support.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace consolidate {

static std::string digestOf(StringRef Text) {
  XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Text));
  return utohexstr(Hash.high64, /*LowerCase=*/true, 16) +
         utohexstr(Hash.low64, /*LowerCase=*/true, 16);
}

static void checkVersion(const YamlNode &Root, RuleDiagnostics &Diags) {
  const YamlNode *Version = textOf(Root, "version");
  unsigned Number;
  if (!Version || StringRef(Version->Text).getAsInteger(10, Number) ||
      Number == 1)
    return;
  Diags.error(Version->Source,
              "version " + Version->Text + " of the rules file is not known",
              "this tool reads `version: 1`");
}

/// A file that asks for nothing is a mistake, and would pass every gate.
static void checkPurpose(const YamlNode &Root, RuleDiagnostics &Diags) {
  for (StringRef Key : {"consolidate", "includes", "rewrites", "limits"})
    if (Root.find(Key))
      return;
  Diags.error(Root.Source.take_front(1), "this file holds no rule",
              "add 'consolidate', 'includes', 'rewrites' or 'limits'");
}

static RuleSet readRules(const YamlNode &Root, RuleDiagnostics &Diags) {
  RuleSet Rules;
  checkShape(Root, fileShape(), Diags);
  checkVersion(Root, Diags);
  // With other errors, an unknown key may be the very one that is missing.
  if (!Diags.any())
    checkPurpose(Root, Diags);
  readConsolidate(Root, Rules, Diags);
  readIncludes(Root, Rules, Diags);
  readRewrites(Root, Rules, Diags);
  readLimits(Root, Rules, Diags);
  readTests(Root, Rules, Diags);
  readScope(Root, Rules, Diags);
  return Rules;
}

Expected<RuleSet> parseRules(MemoryBufferRef Buffer) {
  StringRef Text = Buffer.getBuffer();
  Text.consume_front("\xEF\xBB\xBF"); // Byte order mark.
  RuleDiagnostics Diags(Buffer.getBufferIdentifier(), Text);
  std::optional<YamlNode> Root = parseYaml(Diags);
  if (!Root)
    return Diags.take();
  RuleSet Rules;
  if (Root->What == YamlNode::Kind::Map)
    Rules = readRules(*Root, Diags);
  else if (Root->What == YamlNode::Kind::Null && !Diags.any())
    Diags.error(Text.take_front(0), "the rules file is empty",
                "start it with `version: 1`");
  else if (Root->What != YamlNode::Kind::Null)
    Diags.error(Root->Source.take_front(1), "a rules file is a map of keys",
                "start it with `version: 1`");
  if (Diags.any())
    return Diags.take();
  Rules.Origin = Buffer.getBufferIdentifier().str();
  Rules.Text = Text.str();
  Rules.Digest = digestOf(Text);
  return Rules;
}

/// The byte offset of a 1-based line and column; the end when there is none.
static size_t offsetOf(StringRef Text, RuleLocation Place) {
  size_t Begin = 0;
  for (unsigned Line = 1; Line < Place.Line; ++Line) {
    size_t End = Text.find('\n', Begin);
    if (End == StringRef::npos)
      return Text.size();
    Begin = End + 1;
  }
  return std::min(Begin + Place.Column - 1, Text.size());
}

Error ruleError(const RuleSet &Rules, RuleLocation Place, const Twine &What,
                const Twine &Hint) {
  if (Place.Line == 0)
    return makeError(ErrorKind::Rules,
                     Rules.Origin + ": error: " + What + "\n  hint: " + Hint);
  return makeError(ErrorKind::Rules,
                   renderRuleError(Rules.Origin, Rules.Text,
                                   offsetOf(Rules.Text, Place), 1, What, Hint));
}

} // namespace consolidate
