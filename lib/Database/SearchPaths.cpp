//===- SearchPaths.cpp - Where a command looks for headers ----------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Arguments.h"
#include "consolidate/ClangCompat.h"
#include "consolidate/Database.h"

#include "llvm/Option/Arg.h"

using namespace llvm;
namespace options = clang::options;

namespace consolidate {

namespace {

/// cc1 options behind `-Xclang`, with the operand in the `-Xclang` after it.
void addXclang(ArrayRef<StringRef> Values, StringRef Directory,
               SearchPaths &Paths) {
  for (size_t I = 0; I + 1 < Values.size(); ++I) {
    std::vector<std::string> *List = nullptr;
    if (Values[I] == "-include")
      List = &Paths.Forced;
    else if (Values[I] == "-I")
      List = &Paths.Angled;
    else if (Values[I] == "-iquote")
      List = &Paths.Quote;
    else if (Values[I] == "-isystem" || Values[I] == "-internal-isystem")
      List = &Paths.System;
    if (List)
      List->push_back(absoluteIn(Directory, Values[++I]));
  }
}

} // namespace

SearchPaths searchPathsOf(const TuJob &Job) {
  SearchPaths Paths;
  if (Job.Arguments.empty())
    return Paths;
  ParsedCommand Parsed(Job.Arguments);
  std::vector<std::string> After; // searched behind every other directory
  std::vector<StringRef> Xclang;
  for (const opt::Arg *A : Parsed.Args) {
    const opt::Option &Option = A->getOption();
    auto Add = [&](std::vector<std::string> &List) {
      List.push_back(absoluteIn(Job.Directory, A->getValue()));
    };
    if (Option.matches(options::OPT_iquote))
      Add(Paths.Quote);
    else if (Option.matches(options::OPT_I))
      Add(Paths.Angled);
    else if (Option.matches(options::OPT_isystem) ||
             Option.matches(options::OPT_cxx_isystem) ||
             Option.matches(options::OPT_stdlibxx_isystem))
      Add(Paths.System);
    else if (Option.matches(options::OPT_idirafter) ||
             Option.matches(options::OPT_isystem_after))
      Add(After);
    else if (Option.matches(options::OPT_include))
      Add(Paths.Forced);
    else if (Option.matches(options::OPT_Xclang))
      Xclang.push_back(A->getValue());
  }
  addXclang(Xclang, Job.Directory, Paths);
  Paths.System.insert(Paths.System.end(), After.begin(), After.end());
  return Paths;
}

} // namespace consolidate
