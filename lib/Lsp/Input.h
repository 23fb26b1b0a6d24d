//===- Input.h - Messages, checked before they are dispatched ---*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_LSP_INPUT_H
#define CONSOLIDATE_LIB_LSP_INPUT_H

#include "llvm/Support/LSP/Transport.h"

namespace consolidate {

/// The method that stands in for a message nobody can read; its parameters say
/// what is wrong: {code, message}.
inline constexpr llvm::StringLiteral MalformedMethod = "$/malformed";
/// Where the parameters of a request keep its id, which the dispatcher of LLVM
/// does not hand on: it is needed to cancel.
inline constexpr llvm::StringLiteral RequestIdKey = "$requestId";

/// Reads like LLVM's own input. That one ends the server at a message that is
/// not JSON-RPC; here it becomes a request that is answered with an error.
class CheckedInput : public llvm::lsp::JSONTransportInput {
public:
  explicit CheckedInput(std::FILE *In) : Plain(In) {}

  bool hasError() const override { return Plain.hasError(); }
  bool isEndOfInput() const override { return Plain.isEndOfInput(); }
  llvm::LogicalResult readDelimitedMessage(std::string &Json) override;
  llvm::LogicalResult readStandardMessage(std::string &Json) override;

private:
  llvm::lsp::JSONTransportInputOverFile Plain;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_LSP_INPUT_H
