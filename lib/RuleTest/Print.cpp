//===- Print.cpp - Results as text and as JUnit's XML ---------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/RuleTest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace consolidate {
namespace {

size_t countFailed(ArrayRef<RuleTestResult> Results) {
  return count_if(Results, [](const RuleTestResult &R) { return !R.passed(); });
}

/// Further lines of a failure stand below it.
void printIndented(StringRef Text, raw_ostream &OS) {
  SmallVector<StringRef> Lines;
  Text.split(Lines, '\n');
  for (const auto &[Index, Line] : enumerate(Lines))
    OS << (Index == 0 ? "  " : "    ") << Line << "\n";
}

/// XML 1.0 can hold no other control character, however it is escaped.
void printXml(StringRef Text, raw_ostream &OS) {
  std::string Allowed = json::fixUTF8(Text);
  erase_if(Allowed, [](char C) {
    return (unsigned char)C < 0x20 && C != '\n' && C != '\t' && C != '\r';
  });
  printHTMLEscaped(Allowed, OS);
}

} // namespace

void printRuleTestsText(const RuleSet &Rules, ArrayRef<RuleTestResult> Results,
                        raw_ostream &OS) {
  for (const RuleTestResult &Result : Results) {
    const RuleTestCase &Case = Rules.Tests[Result.Case];
    OS << (Result.passed() ? "ok      " : "FAILED  ") << Case.Name << "\n";
    if (!Result.passed())
      OS << "  " << Rules.Origin << ":" << Case.Location.Line << ":\n";
    for (const std::string &Failure : Result.Failures)
      printIndented(Failure, OS);
  }
  size_t Failed = countFailed(Results);
  OS << Results.size() - Failed << " passed, " << Failed << " failed\n";
}

void printRuleTestsJunit(const RuleSet &Rules, ArrayRef<RuleTestResult> Results,
                         raw_ostream &OS) {
  double Seconds = 0;
  for (const RuleTestResult &Result : Results)
    Seconds += Result.Seconds;
  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
     << "  <testsuite name=\"";
  printXml(Rules.Origin, OS);
  OS << "\" tests=\"" << Results.size() << "\" failures=\""
     << countFailed(Results) << "\" time=\"" << format("%.3f", Seconds)
     << "\">\n";
  for (const RuleTestResult &Result : Results) {
    const RuleTestCase &Case = Rules.Tests[Result.Case];
    OS << "    <testcase classname=\"rules\" name=\"";
    printXml(Case.Name, OS);
    OS << "\" line=\"" << Case.Location.Line << "\" time=\""
       << format("%.3f", Result.Seconds) << "\"";
    if (Result.passed()) {
      OS << "/>\n";
      continue;
    }
    OS << ">\n      <failure message=\"";
    printXml(StringRef(Result.Failures.front()).split('\n').first, OS);
    OS << "\">";
    printXml(join(Result.Failures, "\n"), OS);
    OS << "</failure>\n    </testcase>\n";
  }
  OS << "  </testsuite>\n</testsuites>\n";
}

} // namespace consolidate
