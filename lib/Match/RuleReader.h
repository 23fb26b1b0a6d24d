//===- RuleReader.h - The AST of a rule unit -> CompiledRules ---*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_RULEREADER_H
#define CONSOLIDATE_LIB_MATCH_RULEREADER_H

#include "Patterns.h"

namespace consolidate {

/// Index of a rewrite and what is wrong with it.
using RuleProblem = std::pair<size_t, std::string>;

/// What reading the rules told besides.
struct RulesRead {
  std::vector<RuleProblem> Problems;
  /// The functions of the rule unit that another reading was preferred to.
  std::set<std::string> PassedOver;
};

/// Reads every rewrite but those of \p Finished, and what the classes tell.
RulesRead readRules(clang::Sema &S, const RuleSet &Rules,
                    const std::set<size_t> &Finished, CompiledRules &Out);

// --- OwnMacros.cpp -----------------------------------------------------------

/// The first macro in \p Body that the project defines, or "": it may be
/// another one, or none, where the text of \p Body is put.
std::string ownMacroIn(clang::Sema &S, const clang::Expr *Body);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_RULEREADER_H
