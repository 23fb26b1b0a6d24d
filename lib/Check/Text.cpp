//===- Text.cpp - A check report for people -------------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Check.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <algorithm>
#include <array>

using namespace llvm;

namespace consolidate {
namespace {

/// More places than this are for the JSON.
constexpr size_t MaxPlaces = 20;

std::string plural(size_t Count, StringRef One, StringRef Many) {
  return (Twine(Count) + " " + (Count == 1 ? One : Many)).str();
}

std::string describe(const CheckItem &Item) {
  return Item.Path + ":" + std::to_string(Item.Line) + ": " + Item.Name;
}

std::string describe(const Violation &Entry) {
  std::string Result = Entry.Limit;
  for (const std::string *Part : {&Entry.Symbol, &Entry.Text})
    if (!Part->empty())
      Result += ": " + *Part;
  return Result;
}

class TextPrinter {
public:
  TextPrinter(const CheckReport &Report, raw_ostream &OS, bool Colour)
      : Report(Report), OS(OS) {
    OS.enable_colors(Colour);
  }

  void print() {
    table();
    for (const CheckLine &Line : Report.Lines)
      if (Line.Broken)
        places(Line);
    blindSpots();
    if (Report.Against)
      unmatched(*Report.Against);
    verdict();
  }

private:
  using Row = std::array<std::string, 4>; ///< All but the state.

  static Row rowOf(const CheckLine &Line) {
    return {Line.Rule.Name, countName(Line.Rule.Count).str(),
            std::to_string(Line.Items.size()),
            Line.Rule.Max ? std::to_string(*Line.Rule.Max) : "-"};
  }

  void table() {
    std::vector<Row> Rows = {{"name", "what", "count", "limit"}};
    for (const CheckLine &Line : Report.Lines)
      Rows.push_back(rowOf(Line));
    std::array<size_t, 4> Width = {};
    for (const Row &Row : Rows)
      for (size_t I = 0; I != Row.size(); ++I)
        Width[I] = std::max(Width[I], Row[I].size());
    for (const auto &[Index, Row] : enumerate(Rows)) {
      OS << left_justify(Row[0], Width[0]) << "  "
         << left_justify(Row[1], Width[1]) << "  "
         << right_justify(Row[2], Width[2]) << "  "
         << right_justify(Row[3], Width[3]) << "  ";
      if (Index == 0)
        OS << "state";
      else
        state(Report.Lines[Index - 1]);
      OS << '\n';
    }
  }

  void state(const CheckLine &Line) {
    if (Line.Broken)
      OS.changeColor(raw_ostream::RED, /*Bold=*/true);
    else if (Line.Rule.Level == Severity::Error)
      OS.changeColor(raw_ostream::GREEN);
    OS << stateName(Line);
    OS.resetColor();
    std::vector<std::string> Notes;
    if (unsigned Known = Line.inBaseline())
      Notes.push_back(std::to_string(Known) + " in the baseline");
    if (size_t Count = Line.Suppressed.size())
      Notes.push_back(std::to_string(Count) + " suppressed, not counted");
    if (!Notes.empty())
      OS << " (" << join(Notes, "; ") << ")";
  }

  /// Those of the baseline are known; they are in the JSON.
  void places(const CheckLine &Line) {
    std::vector<CheckItem> New;
    copy_if(Line.Items, std::back_inserter(New),
            [](const CheckItem &Item) { return !Item.InBaseline; });
    OS << '\n' << Line.Rule.Name << ":\n";
    list(New, [](const CheckItem &Item) { return describe(Item); });
    if (New.size() < Line.Items.size())
      OS << "  and " << Line.Items.size() - New.size() << " in the baseline\n";
  }

  template <typename T, typename Fn>
  void list(const std::vector<T> &Entries, Fn Describe) {
    for (const T &Entry : ArrayRef(Entries).take_front(MaxPlaces))
      OS << "  " << Describe(Entry) << '\n';
    if (Entries.size() > MaxPlaces)
      OS << "  ... and " << Entries.size() - MaxPlaces << " more\n";
  }

  template <typename T, typename Fn>
  void blindList(const std::vector<T> &Entries, StringRef One, StringRef Many,
                 Fn Describe) {
    if (Entries.empty())
      return;
    OS << "\nnot seen: " << plural(Entries.size(), One, Many) << ":\n";
    list(Entries, Describe);
  }

  /// Uses and constructions of a legacy class spell its name somewhere that
  /// the TU reaches; these do not.
  bool hasCountWithoutMention() const {
    return any_of(Report.Lines, [](const CheckLine &Line) {
      return Line.Rule.Count != CountKind::LegacyUses &&
             Line.Rule.Count != CountKind::Constructions;
    });
  }

  void blindSpots() {
    const CheckBlindSpots &Blind = Report.Blind;
    auto Itself = [](const std::string &Text) { return Text; };
    blindList(Blind.UnparsedTus, "translation unit does not compile",
              "translation units do not compile", Itself);
    blindList(Blind.UnreachedFiles,
              "file mentions a legacy name and is in no translation unit",
              "files mention a legacy name and are in no translation unit",
              Itself);
    blindList(Blind.UnreadableFiles, "file could not be read",
              "files could not be read", Itself);
    blindList(Blind.UnseenIncludes,
              "broken include is in code that was not compiled",
              "broken includes are in code that was not compiled",
              [](const CheckItem &Item) { return describe(Item); });
    if (Blind.SkippedTus && hasCountWithoutMention())
      OS << "\nnot seen: "
         << plural(Blind.SkippedTus,
                   "translation unit reaches no legacy name and was",
                   "translation units reach no legacy name and were")
         << " not parsed; classes, factories, couplings and broken includes "
            "that only they hold are not counted\n";
  }

  std::string describeGone(const Violation &Entry) const {
    bool HasLimit = any_of(Report.Lines, [&](const CheckLine &Line) {
      return Line.Rule.Name == Entry.Limit;
    });
    return describe(Entry) +
           (HasLimit ? "" : " (the rules have no such limit)");
  }

  void unmatched(const BaselineComparison &Against) {
    if (Against.Unmatched.empty())
      return;
    std::string Entries =
        plural(Against.Unmatched.size(), "entry of the baseline is",
               "entries of the baseline are");
    if (!Against.isStale()) {
      OS << "\nnot judged: " << Entries
         << " not in what was seen: " << Against.Incomplete << '\n';
      return;
    }
    OS << "\nstale: " << Entries << " no longer in the code:\n";
    list(Against.Unmatched,
         [&](const Violation &Entry) { return describeGone(Entry); });
    OS << "  hint: `clang-consolidate check --update-baseline" << Against.Option
       << "` takes " << (Against.Unmatched.size() == 1 ? "it" : "them")
       << " out of " << Against.Path << '\n';
  }

  void verdict() {
    size_t Broken = count_if(Report.Lines,
                             [](const CheckLine &Line) { return Line.Broken; });
    OS << '\n';
    if (Report.Lines.empty())
      OS << "the rules have no limits\n";
    else if (Broken == 0)
      OS << "no limit is broken"
         << (Report.hasStaleEntries() ? ", but the baseline is stale" : "")
         << '\n';
    else
      OS << Broken << " of " << plural(Report.Lines.size(), "limit", "limits")
         << (Broken == 1 ? " is" : " are") << " broken\n";
  }

  const CheckReport &Report;
  raw_ostream &OS;
};

} // namespace

void printCheckText(const CheckReport &Report, raw_ostream &OS, bool Colour) {
  TextPrinter(Report, OS, Colour).print();
}

} // namespace consolidate
