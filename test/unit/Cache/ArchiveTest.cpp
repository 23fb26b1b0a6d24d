//===- ArchiveTest.cpp - Findings survive being written and read ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Cache.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace llvm;
using testing::ElementsAre;
using testing::Pair;

namespace consolidate {
namespace {

/// Every field is set, and to another value than it has by default.
TuFindings sample() {
  TuFindings Tu;
  Tu.MainFile = "/a.cpp";
  Finding F;
  F.Kind = FindingKind::Definition;
  F.Rule = "rule";
  F.Class = "a::Old";
  F.Path = "/a.h";
  F.Offset = 300;
  F.Length = 7;
  F.Line = 12;
  F.Column = 13;
  F.Form = "new";
  F.Message = "message\nwith two lines";
  F.Left = "left";
  F.LeftId = MessageId::NoRewrite;
  F.Symbol = "a::f";
  F.Signature = "a::f(int)";
  F.Level = Safety::Unsafe;
  F.Edits = {{"/a.h", 1, 2, "text", {{1, 3, 2}}}, {"/b.h", 4000000000u, 5, ""}};
  F.Meant = {
      {4, 5, true, CallSite::Arguments, {"usr"}, "f(int)", "/src/macros.h"}};
  F.Group = "group";
  F.AlsoGroups = {"one", "two"};
  F.TellsObjectsApart = true;
  F.IsTemplateArgument = true;
  F.Declares = {"f(a::New)"};
  F.Introducer = "/a.cpp:3";
  F.TextBesides = "a::Old; using b::New";
  F.NeedsHeaders = {"<memory>"};
  Tu.Findings = {F, F};
  FileFacts Facts;
  Facts.Includes = {
      {1, 2, 3, 4, true, true, "old.h", "/old.h", "legacy.h", {5, 6}}};
  Facts.UsedFiles = {"/used.h"};
  Facts.Skipped = {{10, 20, 3, "#if FOO"}};
  Facts.Names = {{NameNote::Kind::Dependent, 99, "meaning"}};
  Facts.Entered = Facts.System = true;
  Tu.Files["/a.h"] = Facts;
  Tu.IncludeGraph["/a.cpp"] = {"/a.h", "/b.h"};
  Tu.Errors = {{"/a.h", 1, 2, 3, "error", {{"/b.h", 5}}}};
  Tu.Facts = {{Fact::Kind::Coupling, "a::f", "/a.h", 8, "A + B", "a::f(int)"}};
  Tu.Chosen = {{"/a.h", 4, 5, CallSite::Object, {"usr"}, "f(long)", "key", {}}};
  Tu.Watched = {{"/w.h",
                 1,
                 2,
                 CallSite::Name,
                 {},
                 "g(int)",
                 "kept",
                 "/d.h",
                 3,
                 7,
                 true,
                 true}};
  Tu.Declared = {{"f(a::New)", "f(a::Old)", "f"}};
  Tu.Choices = {{"T<a::New>", "T<a::Old>", "true", "/c.h", 6, 7}};
  Tu.Follow = {{"engine_", "/a.h"}};
  Tu.BodiesSkipped = Tu.Parsed = true;
  return Tu;
}

TEST(ArchiveTest, everyFieldComesBack) {
  std::optional<TuFindings> Tu = findingsFromBytes(toBytes(sample()));
  ASSERT_TRUE(Tu);
  EXPECT_EQ(Tu->MainFile, "/a.cpp");
  ASSERT_EQ(Tu->Findings.size(), 2u);
  const Finding &F = Tu->Findings[1];
  EXPECT_EQ(F.Kind, FindingKind::Definition);
  EXPECT_EQ(F.Rule, "rule");
  EXPECT_EQ(F.Class, "a::Old");
  EXPECT_EQ(F.Path, "/a.h");
  EXPECT_EQ(F.Offset, 300u);
  EXPECT_EQ(F.Length, 7u);
  EXPECT_EQ(F.Line, 12u);
  EXPECT_EQ(F.Column, 13u);
  EXPECT_EQ(F.Form, "new");
  EXPECT_EQ(F.Message, "message\nwith two lines");
  EXPECT_EQ(F.Left, "left");
  EXPECT_EQ(F.LeftId, MessageId::NoRewrite);
  EXPECT_EQ(F.Symbol, "a::f");
  EXPECT_EQ(F.Signature, "a::f(int)");
  EXPECT_EQ(F.Level, Safety::Unsafe);
  EXPECT_EQ(F.Edits, sample().Findings[0].Edits);
  ASSERT_EQ(F.Edits[0].Kept.size(), 1u);
  const KeptText &Kept = F.Edits[0].Kept[0];
  EXPECT_EQ(std::make_tuple(Kept.InText, Kept.InFile, Kept.Length),
            std::make_tuple(1u, 3u, 2u));
  ASSERT_EQ(F.Meant.size(), 1u);
  const MeantCall &Meant = F.Meant[0];
  EXPECT_EQ(std::make_tuple(Meant.Begin, Meant.End, Meant.InEdit, Meant.Site),
            std::make_tuple(4u, 5u, true, CallSite::Arguments));
  EXPECT_THAT(Meant.USRs, ElementsAre("usr"));
  EXPECT_EQ(Meant.Signature, "f(int)");
  EXPECT_EQ(Meant.Path, "/src/macros.h");
  EXPECT_EQ(F.Group, "group");
  EXPECT_THAT(F.AlsoGroups, ElementsAre("one", "two"));
  EXPECT_TRUE(F.TellsObjectsApart);
  EXPECT_TRUE(F.IsTemplateArgument);
  EXPECT_EQ(F.Declares, std::vector<std::string>{"f(a::New)"});
  EXPECT_EQ(F.Introducer, "/a.cpp:3");
  EXPECT_EQ(F.TextBesides, "a::Old; using b::New");
  EXPECT_THAT(F.NeedsHeaders, ElementsAre("<memory>"));
  const FileFacts &Facts = Tu->Files["/a.h"];
  ASSERT_EQ(Facts.Includes.size(), 1u);
  const IncludeDirective &D = Facts.Includes[0];
  EXPECT_EQ(std::make_tuple(D.LineOffset, D.PathOffset, D.PathLength, D.Line,
                            D.Angled, D.System),
            std::make_tuple(1u, 2u, 3u, 4u, true, true));
  EXPECT_EQ(D.Spelled + D.Resolved + D.HealedBy, "old.h/old.hlegacy.h");
  EXPECT_THAT(D.Branches, ElementsAre(5, 6));
  EXPECT_THAT(Facts.UsedFiles, ElementsAre("/used.h"));
  ASSERT_EQ(Facts.Skipped.size(), 1u);
  const SkippedRange &Range = Facts.Skipped[0];
  EXPECT_EQ(std::make_tuple(Range.Begin, Range.End, Range.Line),
            std::make_tuple(10u, 20u, 3u));
  EXPECT_EQ(Range.Condition, "#if FOO");
  ASSERT_EQ(Facts.Names.size(), 1u);
  EXPECT_EQ(Facts.Names[0].What, NameNote::Kind::Dependent);
  EXPECT_EQ(Facts.Names[0].Offset, 99u);
  EXPECT_EQ(Facts.Names[0].Meaning, "meaning");
  EXPECT_TRUE(Facts.Entered && Facts.System);
  EXPECT_THAT(Tu->IncludeGraph["/a.cpp"], ElementsAre("/a.h", "/b.h"));
  ASSERT_EQ(Tu->Errors.size(), 1u);
  const CompileError &E = Tu->Errors[0];
  EXPECT_EQ(std::make_tuple(E.Offset, E.Line, E.Column),
            std::make_tuple(1u, 2u, 3u));
  EXPECT_EQ(E.Path + E.Message, "/a.herror");
  EXPECT_THAT(E.Notes, ElementsAre(Pair("/b.h", 5u)));
  EXPECT_EQ(Tu->Facts, sample().Facts);
  ASSERT_EQ(Tu->Chosen.size(), 1u);
  const ChosenCall &Chosen = Tu->Chosen[0];
  EXPECT_EQ(std::make_tuple(Chosen.Begin, Chosen.End, Chosen.Site),
            std::make_tuple(4u, 5u, CallSite::Object));
  EXPECT_THAT(Chosen.USRs, ElementsAre("usr"));
  EXPECT_EQ(Chosen.Path + Chosen.Signature + Chosen.Key, "/a.hf(long)key");
  ASSERT_EQ(Tu->Watched.size(), 1u);
  EXPECT_EQ(Tu->Watched[0].Line, 7u);
  EXPECT_TRUE(Tu->Watched[0].OfClass && Tu->Watched[0].MakesLegacy);
  EXPECT_EQ(Tu->Watched[0].DeclaredIn, "/d.h");
  EXPECT_EQ(Tu->Watched[0].DeclaredAt, 3u);
  EXPECT_EQ(Tu->Watched[0].Path + Tu->Watched[0].Key, "/w.hkept");
  const ClassDeclaration Declared{"f(a::New)", "f(a::Old)", "f"};
  EXPECT_EQ(Tu->Declared, std::vector<ClassDeclaration>{Declared});
  ASSERT_EQ(Tu->Choices.size(), 1u);
  const TemplateChoice &Choice = Tu->Choices[0];
  EXPECT_EQ(Choice.Asked + Choice.Shown + Choice.Taken + Choice.Path,
            "T<a::New>T<a::Old>true/c.h");
  EXPECT_EQ(std::make_pair(Choice.Offset, Choice.Line), std::make_pair(6u, 7u));
  EXPECT_EQ(Tu->Follow, sample().Follow);
  EXPECT_TRUE(Tu->BodiesSkipped && Tu->Parsed);
}

TEST(ArchiveTest, damagedBytesAreNoFindings) {
  std::string Bytes = toBytes(sample());
  for (size_t Size = 0; Size < Bytes.size(); ++Size)
    EXPECT_FALSE(findingsFromBytes(StringRef(Bytes).take_front(Size))) << Size;
  EXPECT_FALSE(findingsFromBytes(Bytes + "x"));
  // Whatever a bit that flips makes of it, it is read to an end.
  for (char &Byte : Bytes) {
    Byte = char(Byte ^ 0x80);
    findingsFromBytes(Bytes);
    Byte = char(Byte ^ 0x80);
  }
}

TEST(ArchiveTest, graph) {
  HeaderGraph Graph;
  Graph["/a.h"] = {"/b.h", "/c.h"};
  std::optional<HeaderGraph> Read = graphFromBytes(toBytes(Graph));
  ASSERT_TRUE(Read);
  EXPECT_THAT((*Read)["/a.h"], ElementsAre("/b.h", "/c.h"));
  EXPECT_FALSE(graphFromBytes(""));
}

} // namespace
} // namespace consolidate
