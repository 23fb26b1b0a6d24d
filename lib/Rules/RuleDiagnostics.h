//===- RuleDiagnostics.h - Errors of a rules file, with a caret -*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_RULES_RULEDIAGNOSTICS_H
#define CONSOLIDATE_LIB_RULES_RULEDIAGNOSTICS_H

#include "consolidate/Rules.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace consolidate {

/// One error at one place of a text, as every error of a rules file is shown:
///
///   FILE:LINE:COL: error: what
///   the source line
///        ^~~~~
///     hint: what to do
///
/// \p Offset and \p Length are bytes of \p Text; the mark stops at the end of
/// the line. Does not end in a newline.
std::string renderRuleError(llvm::StringRef File, llvm::StringRef Text,
                            size_t Offset, size_t Length,
                            const llvm::Twine &What, const llvm::Twine &Hint);

/// Collects every error of one rules text, so that all are shown at once.
class RuleDiagnostics {
public:
  /// \p What the text is, for messages.
  RuleDiagnostics(llvm::StringRef File, llvm::StringRef Text,
                  llvm::StringRef What = "rules file")
      : File(File), Text(Text), What(What) {}

  /// Reports \p What at \p Place. EXPECTS: Place points into the text.
  void error(llvm::StringRef Place, const llvm::Twine &What,
             const llvm::Twine &Hint);

  /// Line and column of the first byte of \p Place.
  RuleLocation locate(llvm::StringRef Place) const;

  llvm::StringRef text() const { return Text; }
  llvm::StringRef what() const { return What; }
  bool any() const { return !Errors.empty(); }

  /// All errors in the order of the text as one ErrorKind::Rules error, or
  /// success when there is none.
  llvm::Error take() const;

private:
  size_t offsetOf(llvm::StringRef Place) const;

  struct Entry {
    size_t Offset;
    std::string Rendered;
  };
  llvm::StringRef File;
  llvm::StringRef Text;
  llvm::StringRef What;
  std::vector<Entry> Errors; ///< In the order of the text.
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_RULES_RULEDIAGNOSTICS_H
