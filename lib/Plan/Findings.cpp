//===- Findings.cpp - What a scan finds, as plain values ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "consolidate/Findings.h"

#include "llvm/Support/ErrorHandling.h"

namespace consolidate {

llvm::StringRef checkName(FindingKind Kind) {
  switch (Kind) {
  case FindingKind::Type:
    return "consolidate-legacy-type";
  case FindingKind::Construction:
    return "consolidate-legacy-construction";
  case FindingKind::Include:
    return "consolidate-legacy-include";
  case FindingKind::Member:
    return "consolidate-legacy-member";
  case FindingKind::Factory:
    return "consolidate-legacy-factory";
  case FindingKind::Definition:
    return "consolidate-duplicate-class";
  case FindingKind::Comment:
    return "consolidate-legacy-comment";
  }
  llvm_unreachable("covered switch");
}

MessageId messageOf(FindingKind Kind) {
  switch (Kind) {
  case FindingKind::Type:
    return MessageId::LegacyType;
  case FindingKind::Construction:
    return MessageId::LegacyConstruction;
  case FindingKind::Include:
    return MessageId::LegacyInclude;
  case FindingKind::Member:
    return MessageId::LegacyMember;
  case FindingKind::Factory:
    return MessageId::LegacyFactory;
  case FindingKind::Definition:
    return MessageId::DuplicateClass;
  case FindingKind::Comment:
    return MessageId::LegacyComment;
  }
  llvm_unreachable("covered switch");
}

} // namespace consolidate
