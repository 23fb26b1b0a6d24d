//===- Sections.h - One reader per top-level key ----------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Each takes the root of a tree that checkShape has looked at, adds what it
// reads to the RuleSet, and reports what the shape alone cannot tell. What is
// of the wrong shape is passed over: it has been reported.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_RULES_SECTIONS_H
#define CONSOLIDATE_LIB_RULES_SECTIONS_H

#include "FileShape.h"

#include "consolidate/Rules.h"

namespace consolidate {

void readConsolidate(const YamlNode &Root, RuleSet &Rules,
                     RuleDiagnostics &Diags);
void readIncludes(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags);
void readRewrites(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags);
/// EXPECTS: readConsolidate has run; limits refer to its classes.
void readLimits(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags);
void readTests(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags);
void readScope(const YamlNode &Root, RuleSet &Rules, RuleDiagnostics &Diags);

/// A header as it stands in an #include: `a/b.h` or `<memory>`. Reports any
/// other spelling.
std::string readHeader(const YamlNode &Text, RuleDiagnostics &Diags);

/// The globs under \p Key of \p Map. Reports one that could never match a path
/// relative to the rules file's folder.
std::vector<std::string> readGlobs(const YamlNode &Map, llvm::StringRef Key,
                                   RuleDiagnostics &Diags);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_RULES_SECTIONS_H
