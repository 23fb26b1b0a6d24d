//===- HeaderMacros.cpp - Which headers `#include MACRO` may mean ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "HeaderMacros.h"
#include "Pieces.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace llvm;

namespace consolidate {

static StringRef identifierAt(StringRef Text) {
  return Text.take_while(
      [](char C) { return isAlnum(C) || C == '_' || C == '$'; });
}

std::optional<HeaderMacro> parseHeaderMacro(StringRef Definition) {
  std::string Clean = withoutSplices(Definition);
  StringRef Rest = Clean;
  StringRef Name = identifierAt(Rest);
  Rest = Rest.drop_front(Name.size());
  if (Name.empty() || Rest.ltrim().size() == Rest.size())
    return std::nullopt; // nothing behind it, or a parameter list
  Rest = Rest.ltrim();
  while (Rest.starts_with("/*") && Rest.contains("*/"))
    Rest = Rest.split("*/").second.ltrim();
  if (Rest.empty())
    return std::nullopt;
  StringRef Body = identifierAt(Rest);
  if (Rest[0] == '"' || Rest[0] == '<') {
    size_t Close = Rest.find(Rest[0] == '"' ? '"' : '>', 1);
    if (Close == StringRef::npos)
      return std::nullopt;
    Body = Rest.take_front(Close + 1);
  }
  Rest = Rest.drop_front(Body.size()).ltrim();
  if (Body.empty() ||
      !(Rest.empty() || Rest.starts_with("//") || Rest.starts_with("/*")))
    return std::nullopt;
  return HeaderMacro{Name.str(), Body.str()};
}

void HeaderMacros::addFrom(const TuJob &Job) {
  for (size_t I = 0; I != Job.Arguments.size(); ++I) {
    StringRef Argument = Job.Arguments[I];
    if (!Argument.consume_front("-D"))
      continue;
    if (Argument.empty() && I + 1 != Job.Arguments.size())
      Argument = Job.Arguments[++I];
    auto [Name, Body] = Argument.split('=');
    if (std::optional<HeaderMacro> Macro =
            parseHeaderMacro((Name + " " + Body).str()))
      if (!is_contained(Bodies[Macro->Name], Macro->Body))
        add(std::move(*Macro));
  }
}

std::vector<LexicalInclude> HeaderMacros::expand(const LexicalInclude &Include,
                                                 StringRef Macro) const {
  std::vector<LexicalInclude> Result;
  std::vector<std::string> Work = {Macro.str()};
  std::set<std::string> Seen = {Macro.str()};
  while (!Work.empty()) {
    std::string Name = std::move(Work.back());
    Work.pop_back();
    for (StringRef Body : Bodies.lookup(Name)) {
      if (!Seen.insert(Body.str()).second)
        continue;
      if (Body[0] != '"' && Body[0] != '<') {
        Work.push_back(Body.str());
        continue;
      }
      LexicalInclude One = Include;
      One.Spelled = Body.drop_front().drop_back().str();
      One.Angled = Body[0] == '<';
      Result.push_back(std::move(One));
    }
  }
  return Result;
}

} // namespace consolidate
