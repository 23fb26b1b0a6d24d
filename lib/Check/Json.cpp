//===- Json.cpp - A check report for programs -----------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The format is documented in docs/check.md; keep the two together.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"

#include "llvm/Support/JSON.h"

using namespace llvm;

namespace consolidate {
namespace {

class JsonPrinter {
public:
  JsonPrinter(const CheckReport &Report, raw_ostream &OS)
      : Report(Report), J(OS, 2) {}

  void print() {
    J.object([&] {
      J.attribute("version", 1);
      J.attribute("broken", Report.isBroken());
      J.attributeArray("limits", [&] {
        for (const CheckLine &Line : Report.Lines)
          J.object([&] { limit(Line); });
      });
      J.attributeObject("blindSpots", [&] { blindSpots(); });
      J.attributeBegin("baseline");
      baseline();
      J.attributeEnd();
    });
  }

private:
  /// JSON holds UTF-8 only; a path may hold any byte.
  void text(StringRef Key, StringRef Value) {
    J.attribute(Key, json::fixUTF8(Value));
  }

  void limit(const CheckLine &Line) {
    text("name", Line.Rule.Name);
    J.attribute("count", countName(Line.Rule.Count));
    J.attribute("value", Line.Items.size());
    J.attribute("inBaseline", Line.inBaseline());
    if (Line.Rule.Max)
      J.attribute("max", *Line.Rule.Max);
    else
      J.attribute("max", nullptr);
    J.attribute("severity",
                Line.Rule.Level == Severity::Error ? "error" : "info");
    J.attribute("state", stateName(Line).lower());
    items("items", Line.Items);
    items("suppressed", Line.Suppressed);
  }

  void items(StringRef Key, ArrayRef<CheckItem> Items) {
    J.attributeArray(Key, [&] {
      for (const CheckItem &Item : Items)
        J.object([&] {
          text("name", Item.Name);
          text("path", Item.Path);
          J.attribute("line", Item.Line);
          if (Report.Against && Key == "items")
            J.attribute("inBaseline", Item.InBaseline);
        });
    });
  }

  void baseline() {
    if (!Report.Against)
      return J.value(nullptr);
    const BaselineComparison &Against = *Report.Against;
    J.object([&] {
      text("path", Against.Path);
      J.attribute("entries", Against.Entries);
      J.attribute("stale", Against.isStale());
      text("incomplete", Against.Incomplete);
      J.attributeArray("unmatched", [&] {
        for (const Violation &Entry : Against.Unmatched)
          J.object([&] {
            text("limit", Entry.Limit);
            text("in", Entry.Symbol);
            text("text", Entry.Text);
          });
      });
    });
  }

  void texts(StringRef Key, ArrayRef<std::string> Texts) {
    J.attributeArray(Key, [&] {
      for (const std::string &Text : Texts)
        J.value(json::fixUTF8(Text));
    });
  }

  void blindSpots() {
    texts("unparsedTus", Report.Blind.UnparsedTus);
    texts("unreachedFiles", Report.Blind.UnreachedFiles);
    texts("unreadableFiles", Report.Blind.UnreadableFiles);
    items("unseenIncludes", Report.Blind.UnseenIncludes);
    J.attribute("skippedTus", Report.Blind.SkippedTus);
  }

  const CheckReport &Report;
  json::OStream J;
};

} // namespace

void printCheckJson(const CheckReport &Report, raw_ostream &OS) {
  JsonPrinter(Report, OS).print();
  OS << '\n';
}

} // namespace consolidate
