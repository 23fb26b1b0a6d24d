//===- ErrorCollector.h - Clang's errors as plain values --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_FRONTEND_ERRORCOLLECTOR_H
#define CONSOLIDATE_LIB_FRONTEND_ERRORCOLLECTOR_H

#include "consolidate/Frontend.h"

#include "clang/Basic/Diagnostic.h"

namespace consolidate {

/// Turns Clang's diagnostics into plain values while the run goes on.
class ErrorCollector : public clang::DiagnosticConsumer {
public:
  std::vector<CompileError> Errors;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;

private:
  bool AfterError = false;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_FRONTEND_ERRORCOLLECTOR_H
