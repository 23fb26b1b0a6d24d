//===- Report.cpp - The accounting as text and as JSON --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Account.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

struct BucketText {
  StringLiteral Name; ///< For people.
  StringLiteral Key;  ///< For programs.
};

constexpr BucketText Texts[] = {
    {"edited", "edited"},
    {"own text", "ownText"},
    {"string", "string"},
    {"comment", "comment"},
    {"suppressed", "suppressed"},
    {"inactive", "inactive"},
    {"in no translation unit", "noTu"},
    {"not C++", "notCxx"},
    {"macro", "macro"},
    {"dependent", "dependent"},
    {"unparsed", "unparsed"},
    {"out of scope", "outOfScope"},
    {"other entity", "otherEntity"},
    {"unchanged", "unchanged"},
    {"left", "left"},
    {"unexplained", "unexplained"},
};
static_assert(std::size(Texts) == NumBuckets);

StringRef kindName(AccountRow::Kind Kind) {
  switch (Kind) {
  case AccountRow::Kind::Class:
    return "class";
  case AccountRow::Kind::Function:
    return "function";
  case AccountRow::Kind::Include:
    return "include";
  }
  llvm_unreachable("covered switch");
}

json::Value utf8(StringRef Text) {
  return json::isUTF8(Text) ? Text.str() : json::fixUTF8(Text);
}

json::Object rowJson(const AccountRow &Row) {
  json::Object Buckets;
  for (size_t I = 0; I < NumBuckets; ++I)
    if (Row.Counts[I])
      Buckets[Texts[I].Key] = Row.Counts[I];
  return json::Object{{"name", utf8(Row.Name)},
                      {"kind", kindName(Row.What)},
                      {"word", utf8(Row.Word)},
                      {"mentions", Row.Total},
                      {"buckets", std::move(Buckets)}};
}

} // namespace

StringRef bucketName(Bucket Which) { return Texts[size_t(Which)].Name; }
StringRef bucketKey(Bucket Which) { return Texts[size_t(Which)].Key; }

bool isNamed(const AccountRow &Row, StringRef Asked) {
  Asked.consume_front("::");
  SmallVector<StringRef, 2> Names;
  StringRef(Row.Name).split(Names, " / ");
  return Asked == Row.Word || is_contained(Names, Asked);
}

std::string describeRow(const AccountRow &Row) {
  std::string Text = Row.Name + ": " + std::to_string(Row.Total) +
                     (Row.Total == 1 ? " mention" : " mentions");
  std::vector<std::string> Parts;
  for (size_t I = 0; I < NumBuckets; ++I)
    if (Row.Counts[I])
      Parts.push_back(std::to_string(Row.Counts[I]) + " " +
                      Texts[I].Name.str());
  return Parts.empty() ? Text : Text + " = " + join(Parts, " + ");
}

json::Value accountingJson(const Accounting &Result, const Scope &Within) {
  json::Array Names, Mentions, Inconsistencies, Unused;
  for (const AccountRow &Row : Result.Rows)
    Names.push_back(rowJson(Row));
  for (const AccountedMention &M : Result.Mentions)
    if (M.Where != Bucket::Edited)
      Mentions.push_back(json::Object{{"word", utf8(M.What.Word)},
                                      {"path", utf8(Within.relative(M.Path))},
                                      {"line", M.What.Line},
                                      {"offset", M.What.Offset},
                                      {"bucket", bucketKey(M.Where)},
                                      {"reason", utf8(M.Reason)}});
  for (const std::string &Line : Result.Inconsistencies)
    Inconsistencies.push_back(utf8(Line));
  for (const UnusedSuppression &S : Result.Unused)
    Unused.push_back(
        json::Object{{"id", messageCode(MessageId::UnusedSuppression)},
                     {"path", utf8(Within.relative(S.Path))},
                     {"line", S.Line},
                     {"offset", S.Offset},
                     {"text", utf8(S.Text)}});
  return json::Object{{"names", std::move(Names)},
                      {"mentions", std::move(Mentions)},
                      {"unusedSuppressions", std::move(Unused)},
                      {"inconsistencies", std::move(Inconsistencies)}};
}

} // namespace consolidate
