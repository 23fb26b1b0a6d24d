//===- CountTests.cpp - What each kind of limit counts --------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"

#include "llvm/ADT/STLExtras.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace consolidate;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

/// One check over hand-made findings, under /root with two legacy classes.
class CountTest : public testing::Test {
protected:
  CountTest() {
    Consolidation Engines;
    Engines.Into = "netra::UserExecutionEngine";
    for (const char *Name : {"netra::ExecutionEngine", "netra::OldEngine"}) {
      LegacyClass Legacy;
      Legacy.Name = Name;
      Engines.From.push_back(Legacy);
    }
    Consolidation Arrays;
    Arrays.Into = "std::unique_ptr<T[]>";
    LegacyClass Array;
    Array.Name = "base::scoped_array";
    Array.TemplateParameters = {"T"};
    Arrays.From = {Array};
    Rules.Consolidate = {Engines, Arrays};
    Tus.resize(1);
    Tus[0].Parsed = true;
    Tus[0].MainFile = "/root/a.cpp";
  }

  Limit &limit(CountKind Kind, std::optional<unsigned> Max = 0) {
    Limit L;
    L.Name = "limit";
    L.Count = Kind;
    L.Max = Max;
    L.Level = Max ? Severity::Error : Severity::Info;
    Rules.Limits = {L};
    return Rules.Limits.back();
  }

  Finding &find(FindingKind Kind, std::string Path, unsigned Offset,
                size_t Tu = 0) {
    Finding F;
    F.Kind = Kind;
    F.Class = "netra::ExecutionEngine";
    F.Path = std::move(Path);
    F.Offset = Offset;
    F.Line = Offset + 1;
    Tus[Tu].Findings.push_back(F);
    return Tus[Tu].Findings.back();
  }

  void fact(Fact::Kind Kind, std::string Name, std::string Path, unsigned Line,
            std::string Detail = "", size_t Tu = 0) {
    Fact F;
    F.What = Kind;
    F.Name = std::move(Name);
    F.Path = std::move(Path);
    F.Line = Line;
    F.Detail = std::move(Detail);
    Tus[Tu].Facts.push_back(F);
  }

  IncludeDirective &include(std::string Path, std::string Spelled,
                            unsigned Offset, size_t Tu = 0) {
    IncludeDirective D;
    D.Spelled = std::move(Spelled);
    D.PathOffset = Offset;
    D.Line = Offset + 1;
    auto &Includes = Tus[Tu].Files[Path].Includes;
    Includes.push_back(D);
    return Includes.back();
  }

  CheckReport run() {
    return runCheck(Rules, Tus, Plan, Scope("/root", Globs, {}));
  }
  CheckLine line() { return run().Lines.at(0); }

  /// "path:line name" of each item.
  static std::vector<std::string> places(const std::vector<CheckItem> &Items) {
    std::vector<std::string> Places;
    for (const CheckItem &Item : Items)
      Places.push_back(Item.Path + ":" + std::to_string(Item.Line) + " " +
                       Item.Name);
    return Places;
  }
  std::vector<std::string> places() { return places(line().Items); }

  RuleSet Rules;
  std::vector<TuFindings> Tus;
  ScanPlan Plan;
  ScopeGlobs Globs;
};

TEST_F(CountTest, ConstructionsCountWhetherEditedOrLeft) {
  limit(CountKind::Constructions);
  find(FindingKind::Construction, "/root/b.cpp", 4).Left = "no rewrite";
  find(FindingKind::Construction, "/root/a.cpp", 9).Form = "new";
  find(FindingKind::Type, "/root/a.cpp", 20);
  EXPECT_THAT(places(), ElementsAre("a.cpp:10 netra::ExecutionEngine (new)",
                                    "b.cpp:5 netra::ExecutionEngine"));
}

TEST_F(CountTest, OnePlaceSeenByTwoTusCountsOnce) {
  limit(CountKind::Constructions);
  Tus.resize(2);
  find(FindingKind::Construction, "/root/a.h", 4, 0);
  find(FindingKind::Construction, "/root/a.h", 4, 1);
  find(FindingKind::Construction, "/root/a.h", 5, 1);
  EXPECT_THAT(places(), SizeIs(2));
}

TEST_F(CountTest, TwoConstructionsOnOneLineAreTwo) {
  limit(CountKind::Constructions);
  find(FindingKind::Construction, "/root/a.h", 4).Line = 1;
  find(FindingKind::Construction, "/root/a.h", 40).Line = 1;
  EXPECT_THAT(places(), SizeIs(2));
}

TEST_F(CountTest, SuppressedIsToldApart) {
  limit(CountKind::Constructions);
  find(FindingKind::Construction, "/root/a.h", 4).Left = "suppressed by NOLINT";
  CheckLine Line = line();
  EXPECT_THAT(Line.Items, IsEmpty());
  EXPECT_THAT(places(Line.Suppressed),
              ElementsAre("a.h:5 netra::ExecutionEngine"));
  EXPECT_FALSE(Line.Broken);
}

TEST_F(CountTest, PlaceCountedForAnotherReasonIsNotSuppressed) {
  limit(CountKind::LegacyUses);
  find(FindingKind::Type, "/root/a.h", 4).Left = "suppressed by NOLINT";
  find(FindingKind::Construction, "/root/a.h", 4);
  CheckLine Line = line();
  EXPECT_THAT(Line.Items, SizeIs(1));
  EXPECT_THAT(Line.Suppressed, IsEmpty());
}

TEST_F(CountTest, LegacyUsesAreTypesConstructionsAndMembers) {
  limit(CountKind::LegacyUses);
  find(FindingKind::Type, "/root/a.h", 1);
  find(FindingKind::Construction, "/root/a.h", 2);
  find(FindingKind::Member, "/root/a.h", 3);
  find(FindingKind::Include, "/root/a.h", 4);
  find(FindingKind::Definition, "/root/a.h", 5);
  find(FindingKind::Factory, "/root/a.h", 6);
  EXPECT_THAT(places(), SizeIs(3));
}

TEST_F(CountTest, TypeSpelledInAConstructionIsOneUse) {
  limit(CountKind::LegacyUses);
  find(FindingKind::Type, "/root/a.h", 1);
  find(FindingKind::Construction, "/root/a.h", 1).Form = "new";
  EXPECT_THAT(places(), ElementsAre("a.h:2 netra::ExecutionEngine (new)"));
}

TEST_F(CountTest, PathsAreGlobsFromTheRoot) {
  limit(CountKind::LegacyUses).Paths = {"**/*supervisor*"};
  find(FindingKind::Type, "/root/src/supervisor_agent.cpp", 1);
  find(FindingKind::Type, "/root/src/chat.cpp", 1);
  EXPECT_THAT(places(),
              ElementsAre("src/supervisor_agent.cpp:2 netra::ExecutionEngine"));
}

TEST_F(CountTest, OutOfScopeIsNotCounted) {
  limit(CountKind::LegacyUses);
  Globs.Exclude = {"third_party/**"};
  find(FindingKind::Type, "/root/third_party/a.h", 1);
  find(FindingKind::Type, "/elsewhere/a.h", 1);
  EXPECT_THAT(places(), IsEmpty());
}

TEST_F(CountTest, ClassesMatchByTheirWholeUnqualifiedName) {
  Limit &L = limit(CountKind::Classes);
  L.Matching = ".*Engine(Wrapper)?";
  L.Except = "(Mock|Test).*";
  fact(Fact::Kind::Class, "netra::ExecutionEngine", "/root/a.h", 1);
  fact(Fact::Kind::Class, "netra::EngineWrapper", "/root/a.h", 2);
  fact(Fact::Kind::Class, "netra::MockEngine", "/root/a.h", 3);
  fact(Fact::Kind::Class, "netra::Engineer", "/root/a.h", 4);
  // Only the name itself counts, not the namespace.
  fact(Fact::Kind::Class, "MyEngine::Part", "/root/a.h", 5);
  fact(Fact::Kind::Factory, "netra::MakeEngine", "/root/a.h", 6);
  EXPECT_THAT(places(), ElementsAre("a.h:1 netra::ExecutionEngine",
                                    "a.h:2 netra::EngineWrapper"));
}

TEST_F(CountTest, SameClassNameInTwoFilesIsTwoClasses) {
  limit(CountKind::Classes);
  Tus.resize(2);
  fact(Fact::Kind::Class, "netra::Engine", "/root/a.h", 3, "", 0);
  fact(Fact::Kind::Class, "netra::Engine", "/root/a.h", 3, "", 1);
  fact(Fact::Kind::Class, "netra::Engine", "/root/b.h", 3, "", 1);
  EXPECT_THAT(places(), SizeIs(2));
}

TEST_F(CountTest, FactoriesGoByTheClassReturned) {
  limit(CountKind::Factories).Producing = "netra::UserExecutionEngine";
  fact(Fact::Kind::Factory, "A", "/root/a.h", 1, "netra::UserExecutionEngine");
  fact(Fact::Kind::Factory, "B", "/root/a.h", 2, "netra::OldEngine");
  fact(Fact::Kind::Factory, "C", "/root/a.h", 3, "base::scoped_array");
  EXPECT_THAT(places(), ElementsAre("a.h:1 A", "a.h:2 B"));
}

TEST_F(CountTest, FactoriesOfAnyClassWithoutProducing) {
  limit(CountKind::Factories);
  fact(Fact::Kind::Factory, "A", "/root/a.h", 1, "netra::OldEngine");
  fact(Fact::Kind::Factory, "B", "/root/a.h", 2, "base::scoped_array");
  fact(Fact::Kind::Factory, "C", "/root/a.h", 3, "std::unique_ptr");
  fact(Fact::Kind::Factory, "D", "/root/a.h", 4, "other::Engine");
  EXPECT_THAT(places(), ElementsAre("a.h:1 A", "a.h:2 B", "a.h:3 C"));
}

TEST_F(CountTest, FactoriesByNameAndOverloads) {
  Limit &L = limit(CountKind::Factories);
  L.Matching = "Create.*";
  L.Except = "CreateFromLegacy";
  Tus.resize(2);
  fact(Fact::Kind::Factory, "n::Create", "/root/a.h", 1, "netra::OldEngine");
  fact(Fact::Kind::Factory, "n::Create", "/root/a.h", 2, "netra::OldEngine");
  fact(Fact::Kind::Factory, "n::Create", "/root/a.h", 2, "netra::OldEngine", 1);
  fact(Fact::Kind::Factory, "n::CreateFromLegacy", "/root/a.h", 3,
       "netra::OldEngine");
  fact(Fact::Kind::Factory, "n::Get", "/root/a.h", 4, "netra::OldEngine");
  EXPECT_THAT(places(), ElementsAre("a.h:1 n::Create", "a.h:2 n::Create"));
}

TEST_F(CountTest, CouplingsBelongToTheLimitThatNamesThem) {
  limit(CountKind::Couplings, std::nullopt).Name = "sockets";
  fact(Fact::Kind::Coupling, "f", "/root/a.cpp", 1, "sockets");
  fact(Fact::Kind::Coupling, "g", "/root/a.cpp", 2, "files");
  EXPECT_THAT(places(), ElementsAre("a.cpp:1 f"));
}

TEST_F(CountTest, BrokenIncludesAreThoseThatResolveNowhere) {
  limit(CountKind::BrokenIncludes);
  Tus.resize(2);
  include("/root/a.cpp", "gone.h", 1).HealedBy = "gone.h";
  include("/root/a.cpp", "gone.h", 1, 1);
  include("/root/a.cpp", "lost.h", 2);
  include("/root/a.cpp", "there.h", 3).Resolved = "/root/there.h";
  include("/root/a.cpp", "system.h", 4).System = true;
  include("/elsewhere/b.h", "gone.h", 5);
  EXPECT_THAT(places(), ElementsAre("a.cpp:2 gone.h", "a.cpp:3 lost.h"));
}

TEST_F(CountTest, BrokenOnlyAboveTheLimit) {
  limit(CountKind::LegacyUses, 1);
  find(FindingKind::Type, "/root/a.h", 1);
  EXPECT_FALSE(run().isBroken());
  find(FindingKind::Type, "/root/a.h", 2);
  EXPECT_TRUE(run().isBroken());
  Rules.Limits[0].Level = Severity::Info;
  EXPECT_FALSE(run().isBroken());
  limit(CountKind::LegacyUses, std::nullopt);
  EXPECT_FALSE(run().isBroken());
}

TEST_F(CountTest, TusWithErrorsAreToldOnce) {
  limit(CountKind::LegacyUses);
  CompileError Error;
  Error.Path = "/root/a.h";
  Error.Line = 7;
  Error.Message = "unknown type name 'X'";
  Tus[0].Errors = {Error, Error};
  Tus.push_back(Tus[0]);
  TuFindings Crashed;
  Crashed.MainFile = "/root/c.cpp";
  Tus.push_back(Crashed);
  TuFindings Fine;
  Fine.MainFile = "/root/d.cpp";
  Fine.Parsed = true;
  Tus.push_back(Fine);
  EXPECT_THAT(run().Blind.UnparsedTus,
              ElementsAre("a.cpp (a.h:7: unknown type name 'X')",
                          "c.cpp (no syntax tree was built)"));
}

TEST_F(CountTest, WhatThePlanDoesNotReachIsTold) {
  Plan.UnreachedFiles = {"/root/b.h", "/root/a.h"};
  Plan.UnreadableFiles = {{"/root/c.h", "permission denied"}};
  Plan.TotalTus = 5;
  Plan.Tus.resize(2);
  CheckBlindSpots Blind = run().Blind;
  EXPECT_THAT(Blind.UnreachedFiles, ElementsAre("a.h", "b.h"));
  EXPECT_THAT(Blind.UnreadableFiles, ElementsAre("c.h (permission denied)"));
  EXPECT_EQ(Blind.SkippedTus, 3u);
}

TEST_F(CountTest, BrokenIncludesThatNoCompilerMetAreTold) {
  IncludeRule Rule;
  Rule.From = "gone.h";
  Rules.Includes = {Rule};
  auto Lexical = [](std::string Spelled, unsigned Offset) {
    LexicalInclude Include;
    Include.Spelled = std::move(Spelled);
    Include.Offset = Offset;
    Include.Line = Offset;
    return Include;
  };
  SurveyedFile File;
  File.Path = "/root/a.cpp";
  File.InScope = true;
  File.Includes = {Lexical("gone.h", 10), Lexical("gone.h", 50),
                   Lexical("vector", 70)};
  Plan.Files["/root/a.cpp"] = File;
  // The preprocessor's offset is that of the delimiter.
  include("/root/a.cpp", "gone.h", 9).HealedBy = "gone.h";
  EXPECT_THAT(places(run().Blind.UnseenIncludes),
              ElementsAre("a.cpp:50 gone.h"));
}

} // namespace
