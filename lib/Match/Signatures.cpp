//===- Signatures.cpp - Declarations as a baseline names them -------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The name must be the same in every TU and on every machine, and must stay
// when the declaration moves: no paths, no lines.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

std::string UseCollector::describeDeclaration(const NamedDecl *D) const {
  if (!D || !Options.CollectFacts)
    return "";
  PrintingPolicy Policy = Context.getPrintingPolicy();
  Policy.AnonymousTagLocations = false;
  std::string Result;
  raw_string_ostream OS(Result);
  D->printQualifiedName(OS, Policy);
  const FunctionDecl *Function = D->getAsFunction();
  if (!Function)
    return Result;
  ListSeparator Comma;
  OS << '(';
  for (const ParmVarDecl *P : Function->parameters())
    OS << Comma << P->getType().getAsString(Policy);
  OS << ')';
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    if (Method->isConst())
      OS << " const";
  return Result;
}

} // namespace consolidate
