//===- Input.cpp - Messages, checked before they are dispatched -----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Input.h"

#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace consolidate {
namespace {

std::string malformed(lsp::ErrorCode Code, const Twine &What,
                      json::Value Id = nullptr) {
  return formatv("{0}", json::Value(json::Object{
                            {"jsonrpc", "2.0"},
                            {"id", std::move(Id)},
                            {"method", MalformedMethod},
                            {"params", json::Object{{"code", int64_t(Code)},
                                                    {"message", What.str()}}}}))
      .str();
}

/// The message to dispatch instead of \p Json.
std::string checked(StringRef Json) {
  Expected<json::Value> Message = json::parse(Json);
  if (!Message)
    return malformed(lsp::ErrorCode::ParseError,
                     "the message is not JSON: " +
                         toString(Message.takeError()));
  json::Object *Object = Message->getAsObject();
  if (!Object || Object->getString("jsonrpc") != StringRef("2.0"))
    return malformed(lsp::ErrorCode::InvalidRequest,
                     "the message is not JSON-RPC 2.0");
  json::Value *Id = Object->get("id");
  if (!Object->getString("method")) {
    if (Id && (Object->get("result") || Object->get("error")))
      return Json.str();
    return malformed(lsp::ErrorCode::InvalidRequest,
                     "the message names no method", Id ? *Id : nullptr);
  }
  if (!Id)
    return Json.str();
  if (!Object->getObject("params"))
    (*Object)["params"] = json::Object();
  (*Object->getObject("params"))[RequestIdKey] = *Id;
  return formatv("{0}", *Message).str();
}

} // namespace

LogicalResult CheckedInput::readDelimitedMessage(std::string &Json) {
  return Plain.readDelimitedMessage(Json);
}

LogicalResult CheckedInput::readStandardMessage(std::string &Json) {
  if (failed(Plain.readStandardMessage(Json))) {
    if (isEndOfInput() || hasError())
      return failure();
    Json = malformed(lsp::ErrorCode::ParseError,
                     "the header of the message names no usable length");
    return success();
  }
  Json = checked(Json);
  return success();
}

} // namespace consolidate
