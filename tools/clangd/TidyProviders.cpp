//===- TidyProviders.cpp - Our checks run without any configuration -------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// clangd runs a fixed set of checks unless a .clang-tidy or .clangd says
// otherwise, and of those only the ones on its list of fast checks. The linker
// (--wrap) puts these two functions in front of clangd's own.
//
//===----------------------------------------------------------------------===//
#include "clang-tidy/ClangTidyOptions.h"

#include "llvm/ADT/FunctionExtras.h"

#include <optional>

using clang::tidy::ClangTidyOptions;

// As clangd's TidyProvider.h has them, which no package installs.
using TidyProvider = llvm::unique_function<void(
    ClangTidyOptions &, llvm::StringRef Filename) const>;

extern "C" {
#pragma clang diagnostic ignored "-Wreturn-type-c-linkage"
std::optional<bool> __real__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE(
    llvm::StringRef Check);
TidyProvider __real__ZN5clang6clangd20provideDefaultChecksEv();

__attribute__((visibility("default"))) std::optional<bool>
__wrap__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE(
    llvm::StringRef Check) {
  if (Check.starts_with("consolidate-"))
    return true;
  return __real__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE(Check);
}

/// What the user wrote comes first. Whoever names our checks, to switch them
/// on or off, is taken at their word.
static void provideChecks(ClangTidyOptions &Options, llvm::StringRef Filename) {
  __real__ZN5clang6clangd20provideDefaultChecksEv()(Options, Filename);
  std::string Checks = Options.Checks.value_or("");
  if (llvm::StringRef(Checks).contains("consolidate-"))
    return;
  Options.Checks = Checks + (Checks.empty() ? "" : ",") + "consolidate-*";
}

__attribute__((visibility("default"))) TidyProvider
__wrap__ZN5clang6clangd20provideDefaultChecksEv() {
  return TidyProvider(provideChecks);
}
}
