//===- PrintTests.cpp - A check report as text and as JSON ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"

#include "llvm/Support/JSON.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace consolidate;
using testing::HasSubstr;
using testing::Not;

namespace {

CheckLine lineOf(std::string Name, CountKind Kind, std::optional<unsigned> Max,
                 unsigned Items) {
  CheckLine Line;
  Line.Rule.Name = std::move(Name);
  Line.Rule.Count = Kind;
  Line.Rule.Max = Max;
  Line.Rule.Level = Max ? Severity::Error : Severity::Info;
  for (unsigned I = 0; I != Items; ++I)
    Line.Items.push_back({"n::X", "a.cpp", I + 1});
  Line.Broken = Max && Items > *Max;
  return Line;
}

std::string textOf(const CheckReport &Report, bool Colour = false) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printCheckText(Report, OS, Colour);
  return Text;
}

TEST(CheckText, Table) {
  CheckReport Report;
  Report.Lines = {lineOf("usage", CountKind::Constructions, 0, 2),
                  lineOf("broken-includes", CountKind::BrokenIncludes, 137, 9),
                  lineOf("sockets", CountKind::Couplings, std::nullopt, 183)};
  EXPECT_EQ(textOf(Report),
            "name             what             count  limit  state\n"
            "usage            constructions        2      0  BROKEN\n"
            "broken-includes  broken-includes      9    137  ok\n"
            "sockets          couplings          183      -  info\n"
            "\n"
            "usage:\n"
            "  a.cpp:1: n::X\n"
            "  a.cpp:2: n::X\n"
            "\n"
            "1 of 3 limits is broken\n");
}

TEST(CheckText, TwentyPlacesAndHowManyMore) {
  CheckReport Report;
  Report.Lines = {lineOf("usage", CountKind::Constructions, 0, 23)};
  std::string Text = textOf(Report);
  EXPECT_THAT(Text, HasSubstr("  a.cpp:20: n::X\n  ... and 3 more\n"));
  EXPECT_THAT(Text, Not(HasSubstr("a.cpp:21:")));
}

TEST(CheckText, ExactlyTwentyPlaces) {
  CheckReport Report;
  Report.Lines = {lineOf("usage", CountKind::Constructions, 0, 20)};
  EXPECT_THAT(textOf(Report), Not(HasSubstr("more")));
}

TEST(CheckText, BlindSpots) {
  CheckReport Report;
  Report.Lines = {lineOf("classes", CountKind::Classes, 5, 1)};
  Report.Blind.UnparsedTus = {"b.cpp (b.cpp:1: error)"};
  Report.Blind.UnreachedFiles = {"x.h", "y.h"};
  Report.Blind.UnseenIncludes = {{"gone.h", "z.h", 3}};
  Report.Blind.SkippedTus = 4;
  EXPECT_THAT(
      textOf(Report),
      HasSubstr("\n"
                "not seen: 1 translation unit does not compile:\n"
                "  b.cpp (b.cpp:1: error)\n"
                "\n"
                "not seen: 2 files mention a legacy name and are in no "
                "translation unit:\n"
                "  x.h\n"
                "  y.h\n"
                "\n"
                "not seen: 1 broken include is in code that was not "
                "compiled:\n"
                "  z.h:3: gone.h\n"
                "\n"
                "not seen: 4 translation units reach no legacy name and were "
                "not parsed; "));
}

TEST(CheckText, SkippedTusCannotHideAUse) {
  CheckReport Report;
  Report.Lines = {lineOf("usage", CountKind::Constructions, 0, 0)};
  Report.Blind.SkippedTus = 4;
  EXPECT_THAT(textOf(Report), Not(HasSubstr("not seen")));
}

TEST(CheckText, SuppressedAndColour) {
  CheckReport Report;
  Report.Lines = {lineOf("usage", CountKind::Constructions, 0, 0)};
  Report.Lines[0].Suppressed = {{"n::X", "a.cpp", 1}};
  EXPECT_THAT(textOf(Report), HasSubstr("ok (1 suppressed, not counted)\n"));
  EXPECT_THAT(textOf(Report), Not(HasSubstr("\x1b")));
  EXPECT_THAT(textOf(Report, /*Colour=*/true), HasSubstr("\x1b"));
}

TEST(CheckJson, HoldsEverything) {
  CheckReport Report;
  Report.Lines = {lineOf("usage", CountKind::Constructions, 0, 30),
                  lineOf("sockets", CountKind::Couplings, std::nullopt, 1)};
  Report.Lines[0].Suppressed = {{"n::Y", "s.cpp", 8}};
  Report.Blind.UnparsedTus = {"b.cpp (\xff)"};
  Report.Blind.SkippedTus = 4;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printCheckJson(Report, OS);

  llvm::Expected<llvm::json::Value> Value = llvm::json::parse(Text);
  ASSERT_TRUE(bool(Value)) << llvm::toString(Value.takeError());
  const llvm::json::Object &Root = *Value->getAsObject();
  EXPECT_EQ(Root.getBoolean("broken"), true);
  const llvm::json::Array &Limits = *Root.getArray("limits");
  ASSERT_EQ(Limits.size(), 2u);
  const llvm::json::Object &Usage = *Limits[0].getAsObject();
  EXPECT_EQ(Usage.getString("name"), "usage");
  EXPECT_EQ(Usage.getString("count"), "constructions");
  EXPECT_EQ(Usage.getInteger("value"), 30);
  EXPECT_EQ(Usage.getInteger("max"), 0);
  EXPECT_EQ(Usage.getString("state"), "broken");
  EXPECT_EQ(Usage.getArray("items")->size(), 30u);
  const llvm::json::Object &Suppressed =
      *Usage.getArray("suppressed")->front().getAsObject();
  EXPECT_EQ(Suppressed.getString("path"), "s.cpp");
  EXPECT_EQ(Suppressed.getInteger("line"), 8);
  const llvm::json::Object &Sockets = *Limits[1].getAsObject();
  EXPECT_EQ(Sockets.getNull("max"), nullptr);
  EXPECT_TRUE(Sockets.get("max"));
  EXPECT_EQ(Sockets.getString("state"), "info");
  const llvm::json::Object &Blind = *Root.getObject("blindSpots");
  EXPECT_EQ(Blind.getArray("unparsedTus")->size(), 1u);
  EXPECT_EQ(Blind.getInteger("skippedTus"), 4);
}

} // namespace
