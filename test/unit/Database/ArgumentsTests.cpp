//===- ArgumentsTests.cpp - Compile commands made fit for Clang -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "TempTree.h"
#include "consolidate/Database.h"

#include "clang/Frontend/TextDiagnosticBuffer.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringExtras.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace llvm;

namespace consolidate {
namespace {

std::vector<std::string> words(StringRef Line) {
  SmallVector<StringRef> Parts;
  Line.split(Parts, ' ', -1, /*KeepEmpty=*/false);
  std::vector<std::string> Words;
  for (StringRef Part : Parts)
    Words.push_back(Part.str());
  return Words;
}

/// The adjusted command as one line, without what every command gets; "none"
/// when the command is not for us.
std::string adjusted(StringRef Command, StringRef File = "/s/a.cpp",
                     StringRef Directory = "/b") {
  auto Result = adjustCommand(words(Command), Directory, File);
  if (!Result)
    return "none";
  std::string Line = join(Result->Arguments, " ");
  std::string Tail = " -w -Qunused-arguments -ferror-limit=0 -fsyntax-only "
                     "-resource-dir=" +
                     resourceDirectory() + " -- ";
  size_t At = Line.find(Tail);
  if (At == std::string::npos)
    return Line;
  return Line.substr(0, At) + " | " + Line.substr(At + Tail.size());
}

struct Case {
  const char *Name;
  const char *Command;
  const char *Expected;
};

class AdjustCommand : public testing::TestWithParam<Case> {};

TEST_P(AdjustCommand, Gives) {
  EXPECT_EQ(adjusted(GetParam().Command), GetParam().Expected);
}

const Case Cases[] = {
    {"Output", "g++ -o a.o -c /s/a.cpp", "g++ | /s/a.cpp"},
    {"OutputJoined", "g++ -oa.o -c /s/a.cpp", "g++ | /s/a.cpp"},
    {"OtherActions", "g++ -S -emit-llvm /s/a.cpp", "g++ | /s/a.cpp"},
    {"KeepsLanguageAndMacros",
     "g++ -std=gnu++20 -DA=1 -D B -UC -I/i -isystem /j -O2 -pthread -c "
     "/s/a.cpp",
     "g++ -std=gnu++20 -DA=1 -D B -UC -I/i -isystem /j -O2 -pthread | "
     "/s/a.cpp"},
    {"DependencyFiles",
     "g++ -MD -MT a.o -MF a.d -MQ q -MP -MJ frag.json -Wp,-MMD,x.d -c /s/a.cpp",
     "g++ | /s/a.cpp"},
    {"DependencyFilesJoined", "g++ -MMD -MFa.d -MTa.o /s/a.cpp",
     "g++ | /s/a.cpp"},
    {"SaveTemps", "g++ -save-temps -save-temps=obj -ftime-trace /s/a.cpp",
     "g++ | /s/a.cpp"},
    {"Debug", "g++ -g3 -gsplit-dwarf -frandom-seed=1 /s/a.cpp",
     "g++ | /s/a.cpp"},
    {"Plugins",
     "clang++ -fplugin=p.so -fplugin-arg-p-x=1 -Xclang -load -Xclang q.so "
     "-Xclang -add-plugin -Xclang q /s/a.cpp",
     "clang++ | /s/a.cpp"},
    {"XclangStays", "clang++ -Xclang -fno-validate-pch /s/a.cpp",
     "clang++ -Xclang -fno-validate-pch | /s/a.cpp"},
    {"ClangPch",
     "clang++ -Winvalid-pch -Xclang -include-pch -Xclang /b/cmake_pch.hxx.pch "
     "-Xclang -include -Xclang /b/cmake_pch.hxx /s/a.cpp",
     "clang++ -Xclang -include -Xclang /b/cmake_pch.hxx | /s/a.cpp"},
    {"IncludePch", "clang++ -include-pch /b/x.pch /s/a.cpp",
     "clang++ | /s/a.cpp"},
    {"MissingPch", "g++ -Winvalid-pch -include /b/cmake_pch.hxx /s/a.cpp",
     "g++ | /s/a.cpp"},
    {"ForcedHeaderMayBeOnThePath", "g++ -include config.h /s/a.cpp",
     "g++ -include config.h | /s/a.cpp"},
    {"Errors",
     "g++ -Wall -Werror -Werror=return-type -Wfatal-errors -pedantic-errors "
     "-Wno-error=unused -Wno-narrowing /s/a.cpp",
     "g++ -Wall -Wno-error=unused -Wno-narrowing | /s/a.cpp"},
    {"GccOnly",
     "g++ -fmodules-ts -fmodule-mapper=m -fdeps-format=p1689r5 -fconcepts "
     "-fno-gnu-unique -fabi-version=11 -fno-var-tracking-assignments "
     "-mno-avx256-split-unaligned-load -fanalyzer -flto-partition=none "
     "-fno-semantic-interposition /s/a.cpp",
     "g++ -fno-semantic-interposition | /s/a.cpp"},
    {"GccSanitizer",
     "g++ -fsanitize=bounds-strict -fsanitize=address,undefined /s/a.cpp",
     "g++ -fsanitize=address,undefined | /s/a.cpp"},
    {"Coverage", "g++ --coverage -fprofile-use=p -fcoverage-mapping /s/a.cpp",
     "g++ | /s/a.cpp"},
    {"Linking", "g++ /s/a.cpp -L/l -lm -Wl,-rpath,/x b.o -Xlinker y",
     "g++ | /s/a.cpp"},
    {"DoubleDash", "g++ -DA -c -- /s/a.cpp", "g++ -DA | /s/a.cpp"},
    {"TwoInputs", "g++ -DA /s/b.cpp /s/a.cpp /s/c.cpp", "g++ -DA | /s/a.cpp"},
    {"InputKeepsItsSpelling", "g++ -c ../s/a.cpp", "g++ | ../s/a.cpp"},
    {"UnexpandedResponseFile", "g++ @missing.rsp /s/a.cpp", "g++ | /s/a.cpp"},
    {"CrossCompiler", "/opt/arm-none-eabi-g++ -mthumb /s/a.cpp",
     "/opt/arm-none-eabi-g++ -mthumb | /s/a.cpp"},
    {"Ccache", "ccache g++ -c /s/a.cpp", "g++ | /s/a.cpp"},
    {"CcacheSettings", "/usr/bin/ccache sloppiness=x g++ -c /s/a.cpp",
     "g++ | /s/a.cpp"},
    {"Nested", "sccache distcc g++ /s/a.cpp", "g++ | /s/a.cpp"},
    {"Env", "env A=1 B=2 g++ /s/a.cpp", "g++ | /s/a.cpp"},
    {"CmakeEnv", "cmake -E env A=1 -- g++ /s/a.cpp", "g++ | /s/a.cpp"},
    {"LanguageGiven", "g++ -x c++ /s/a.cpp", "g++ -x c++ | /s/a.cpp"},
    {"AssemblerByOption", "g++ -x assembler-with-cpp /s/a.cpp", "none"},
    {"OwnResourceDir", "clang++ -resource-dir=/old /s/a.cpp",
     "clang++ | /s/a.cpp"},
    {"ClangClIsLeft", "ccache clang-cl.exe /c /EHsc /s/a.cpp",
     "clang-cl.exe /c /EHsc /s/a.cpp"},
    {"ClIsLeft", "cl.exe /c /Fo:a.obj /s/a.cpp",
     "cl.exe /c /Fo:a.obj /s/a.cpp"},
};

INSTANTIATE_TEST_SUITE_P(Table, AdjustCommand, testing::ValuesIn(Cases),
                         [](const auto &Info) { return Info.param.Name; });

TEST(AdjustCommandFiles, OtherLanguagesAreSkipped) {
  for (StringRef Name : {"/s/a.s", "/s/a.S", "/s/a.rc", "/s/a.f90", "/s/a.cu",
                         "/s/a.asm", "/s/a.ld", "/s/noextension"})
    EXPECT_EQ(adjusted(("g++ -c " + Name).str(), Name), "none") << Name.str();
  for (StringRef Name : {"/s/a.c", "/s/a.cc", "/s/a.C", "/s/a.c++", "/s/a.cxx",
                         "/s/a.cppm", "/s/a.m", "/s/a.mm", "/s/a.h"})
    EXPECT_EQ(adjusted(("g++ -c " + Name).str(), Name),
              ("g++ | " + Name).str());
}

TEST(AdjustCommandFiles, TheGeneratedPrecompiledHeaderIsNoJob) {
  EXPECT_EQ(adjusted("g++ -x c++-header -c /b/cmake_pch.hxx.cxx",
                     "/b/cmake_pch.hxx.cxx"),
            "none");
}

TEST(AdjustCommandFiles, ALanguageOptionBehindTheInputDoesNotCount) {
  EXPECT_EQ(adjusted("g++ /s/a.cpp -x assembler"), "g++ | /s/a.cpp");
}

TEST(AdjustCommandFiles, AGccPrecompiledHeaderIsReadAsText) {
  TempTree Tree;
  std::string Header = Tree.write("cmake_pch.hxx", "int FromPch;\n");
  Tree.write("cmake_pch.hxx.gch", "gpch");
  EXPECT_EQ(adjusted("g++ -include " + Header + " /s/a.cpp"),
            "g++ -Xclang -include -Xclang " + Header + " | /s/a.cpp");
  std::string Only = Tree.path("only.h");
  Tree.write("only.h.gch", "gpch");
  EXPECT_EQ(adjusted("g++ -include " + Only + " /s/a.cpp"), "g++ | /s/a.cpp");
}

TEST(AdjustCommandFiles, TellsWhetherTheDirectoryMatters) {
  auto Depends = [](StringRef Command, StringRef File = "/s/a.cpp") {
    return adjustCommand(words(Command), "/b", File)->DependsOnDirectory;
  };
  EXPECT_FALSE(Depends("g++ -I/i -std=c++20 -DA=b -Wall -o a.o /s/a.cpp"));
  EXPECT_TRUE(Depends("g++ -Ii /s/a.cpp"));
  EXPECT_TRUE(Depends("g++ -I i /s/a.cpp"));
  EXPECT_TRUE(Depends("g++ -include x.h /s/a.cpp"));
  EXPECT_TRUE(Depends("g++ a.cpp", "a.cpp"));
}

/// What Clang itself says to an adjusted command: "" or its first error.
std::string clangSays(StringRef Command, StringRef File) {
  auto Adjusted = adjustCommand(words(Command), "/", File);
  if (!Adjusted)
    return "not a job";
  auto Files = llvm::makeIntrusiveRefCnt<clang::FileManager>(
      clang::FileSystemOptions(), vfs::getRealFileSystem());
  clang::tooling::ToolInvocation Invocation(
      Adjusted->Arguments, std::make_unique<clang::SyntaxOnlyAction>(),
      Files.get());
  clang::TextDiagnosticBuffer Diagnostics;
  Invocation.setDiagnosticConsumer(&Diagnostics);
  bool Ok = Invocation.run();
  if (Diagnostics.err_begin() != Diagnostics.err_end())
    return Diagnostics.err_begin()->second;
  return Ok ? "" : "failed without an error";
}

TEST(AdjustCommandParses, WhatGccAcceptsClangAccepts) {
  TempTree Tree;
  std::string File = Tree.write("a.cpp", "#include <stddef.h>\n#include "
                                         "<vector>\nstd::vector<size_t> V;\n");
  EXPECT_EQ(clangSays("g++ -std=gnu++20 " + File, File), "");
  EXPECT_EQ(clangSays("g++ -fmodules-ts -fmodule-mapper=m -fconcepts "
                      "-fno-gnu-unique -fabi-version=11 -fanalyzer "
                      "-fhardened -fsanitize=bounds-strict -mfoo -Wfoo "
                      "-Wno-foo --param=x=1 --param y=2 -flto=auto "
                      "-fcoverage-mapping -arch arm64 -fmax-errors=1 "
                      "-fno-semantic-interposition -specs=x.specs "
                      "-Wp,-MMD,a.d -fuse-ld=nothing -o a.o -c " +
                          File,
                      File),
            "");
  EXPECT_EQ(clangSays("/opt/bin/arm-none-eabi-gcc -c " +
                          Tree.write("b.c", "int X;\n"),
                      Tree.path("b.c")),
            "");
}

TEST(AdjustCommandParses, TheDriverNameDecidesTheLanguageMode) {
  TempTree Tree;
  // A header is C for gcc and C++ for g++.
  std::string File = Tree.write("a.h", "class X {};\n");
  EXPECT_EQ(clangSays("g++ " + File, File), "");
  EXPECT_NE(clangSays("gcc " + File, File), "");
}

TEST(AdjustCommandParses, AnErrorIsStillSeen) {
  TempTree Tree;
  std::string File = Tree.write("a.cpp", "int X = Y;\n");
  EXPECT_EQ(clangSays("g++ " + File, File), "use of undeclared identifier 'Y'");
}

TEST(AdjustCommandParses, AForcedHeaderWithAGchBesideIt) {
  TempTree Tree;
  std::string Header = Tree.write("pch.h", "int FromPch;\n");
  Tree.write("pch.h.pch", "not for this Clang");
  std::string File = Tree.write("a.cpp", "int *P = &FromPch;\n");
  EXPECT_EQ(clangSays("g++ -include " + Header + " " + File, File), "");
}

} // namespace
} // namespace consolidate
