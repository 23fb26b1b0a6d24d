//===- RuleUnit.h - The synthetic translation unit of a ruleset -*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_RULEUNIT_H
#define CONSOLIDATE_LIB_MATCH_RULEUNIT_H

#include "consolidate/Rules.h"

#include <string>
#include <vector>

namespace consolidate {

/// Where a line of the synthetic text came from.
struct RuleLine {
  int Rewrite = -1; ///< Index of the rewrite, or -1 for the includes.
  RuleLocation Location;
  std::string Key;    ///< "before", "after", "given".
  std::string Text;   ///< As written in the rules file.
  bool IsEnd = false; ///< What stands behind the text: a bracket is open.
  std::string Function = ""; ///< That the line is a part of.
};

/// Text and line map of the synthetic translation unit.
struct RuleUnit {
  std::string Text;
  std::vector<RuleLine> Lines; ///< By 0-based line number.
};

/// Lays the rules out as functions, one expression a line, so that Clang's
/// messages can be taken back to the rules file.
RuleUnit makeRuleUnit(const RuleSet &Rules);

/// Names of the classes that stand for type metavariables, by their index.
inline constexpr llvm::StringLiteral StandInPrefix = "consolidate_any_";
std::string standInName(size_t Index);

/// Names of the functions that hold the expressions of rewrite \p Index: as
/// `given` says, and with the canonical classes in the place of the legacy ones
/// (only there where `given` names one).
std::string beforeFunctionName(size_t Index, bool ForCanonical = false);
std::string afterFunctionName(size_t Index, bool ForCanonical = false);

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_RULEUNIT_H
