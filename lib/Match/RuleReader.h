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

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_RULEREADER_H
