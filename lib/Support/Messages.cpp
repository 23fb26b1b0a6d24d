//===- Messages.cpp - Stable ids of findings and reasons ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Messages.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace consolidate {

static constexpr MessageInfo Table[] = {
#define MESSAGE(Number, Name, Slug, Kind, What, ToDo, More)                    \
  {MessageId::Name, Slug, MessageKind::Kind, What, ToDo, More},
#include "consolidate/Messages.def"
};

ArrayRef<MessageInfo> allMessages() { return Table; }

std::string messageCode(MessageId Id) {
  if (Id == MessageId::None)
    return "";
  std::string Digits = std::to_string(unsigned(Id));
  return "CC" + std::string(Digits.size() < 3 ? 3 - Digits.size() : 0, '0') +
         Digits;
}

const MessageInfo *findMessage(StringRef CodeOrSlug) {
  const auto *Found = find_if(Table, [&](const MessageInfo &Info) {
    return CodeOrSlug.equals_insensitive(messageCode(Info.Id)) ||
           CodeOrSlug == Info.Slug;
  });
  return Found == std::end(Table) ? nullptr : Found;
}

std::string withCode(StringRef Text, MessageId Id) {
  if (Id == MessageId::None)
    return Text.str();
  return (Text + " [" + messageCode(Id) + "]").str();
}

} // namespace consolidate
