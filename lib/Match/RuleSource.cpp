//===- RuleSource.cpp - Rules that are compiled when needed ---------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Match.h"

#include "llvm/Support/ErrorHandling.h"

#include <mutex>

using namespace llvm;

namespace consolidate {

struct RuleSource::State {
  CompiledRules Rules;
  Compile Later; ///< Empty: nothing is missing.
  std::once_flag Once;
  CompiledRules Compiled; ///< After Once, when there is Later.
};

RuleSource::RuleSource(CompiledRules Rules)
    : RuleSource(std::move(Rules), nullptr) {}
RuleSource::RuleSource(CompiledRules Known, Compile Later)
    : Held(std::make_unique<State>()) {
  Held->Rules = std::move(Known);
  Held->Later = std::move(Later);
}
RuleSource::~RuleSource() = default;
RuleSource::RuleSource(RuleSource &&) = default;
RuleSource &RuleSource::operator=(RuleSource &&) = default;

const RuleSet &RuleSource::rules() const { return Held->Rules.Rules; }
const StringMap<std::vector<std::string>> &RuleSource::headerIncludes() const {
  return Held->Rules.HeaderIncludes;
}
const std::string &RuleSource::digest() const { return Held->Rules.Digest; }

const CompiledRules &RuleSource::compiled() const {
  if (!Held->Later)
    return Held->Rules;
  std::call_once(Held->Once, [&] {
    Expected<CompiledRules> Rules = Held->Later();
    if (!Rules)
      report_fatal_error("a header of the rules changed during the run: " +
                             Twine(toString(Rules.takeError())),
                         /*gen_crash_diag=*/false);
    Held->Compiled = std::move(*Rules);
  });
  return Held->Compiled;
}

} // namespace consolidate
