//===- Messages.h - Stable ids of findings and reasons ----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Messages.def is the one table: the ids here, the texts of
// docs/messages.md (written by scripts/update-docs), and what
// scripts/check-messages holds the code and the tests against.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_MESSAGES_H
#define CONSOLIDATE_MESSAGES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <utility>

namespace consolidate {

/// What the tool finds, and every reason why something stays as it is. A number
/// is never given to another message, and never changes: people search for it.
enum class MessageId : unsigned short {
  None = 0,
#define MESSAGE(Number, Name, Slug, Kind, What, ToDo, More) Name = Number,
#include "consolidate/Messages.def"
};

enum class MessageKind {
  Finding, ///< A use of something legacy.
  Left,    ///< Why a use, or an include, is not edited.
  Dropped, ///< Why edits that were made are not in the result.
  Refused, ///< Why `apply` or `undo` writes nothing.
  Unseen,  ///< What the run could not look at.
};

/// One row of the table. All texts live as long as the program.
struct MessageInfo {
  MessageId Id = MessageId::None;
  llvm::StringRef Slug; ///< "macro-body": unique, lower case.
  MessageKind Kind = MessageKind::Finding;
  llvm::StringRef What; ///< One line, without a full stop.
  llvm::StringRef ToDo; ///< One line, without a full stop.
  llvm::StringRef More; ///< Markdown: why, with an example.
};

/// In the order of their numbers.
llvm::ArrayRef<MessageInfo> allMessages();

/// "CC103"; empty for MessageId::None.
std::string messageCode(MessageId Id);

/// By "CC103", in any case, or by slug; null when there is none.
const MessageInfo *findMessage(llvm::StringRef CodeOrSlug);

/// Why something stays as it is: the id says which kind of reason, the text
/// names what is at this place.
struct Reason {
  MessageId Id = MessageId::None;
  std::string Text;

  Reason() = default;
  Reason(MessageId Id, std::string Text) : Id(Id), Text(std::move(Text)) {}
  bool empty() const { return Text.empty(); }
};

/// "TEXT [CC103]"; the text alone where there is no id.
std::string withCode(llvm::StringRef Text, MessageId Id);

} // namespace consolidate

#endif // CONSOLIDATE_MESSAGES_H
