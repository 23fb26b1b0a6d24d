//===- HeaderMacros.h - What `#include MACRO` may mean ----------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_SURVEY_HEADERMACROS_H
#define CONSOLIDATE_LIB_SURVEY_HEADERMACROS_H

#include "consolidate/Database.h"
#include "consolidate/Survey.h"

#include "llvm/ADT/StringMap.h"

#include <optional>

namespace consolidate {

/// `#define NAME "path"`, `#define NAME <path>` or `#define NAME OTHER`.
struct HeaderMacro {
  std::string Name;
  std::string Body; ///< Delimiters included.
};

/// Reads what stands behind `#define`; nullopt for any other macro.
std::optional<HeaderMacro> parseHeaderMacro(llvm::StringRef Definition);

/// Every definition of the project, whatever conditions it stands under: a
/// header that is looked at in vain costs less than one that is missed.
class HeaderMacros {
public:
  void add(HeaderMacro Macro) {
    Bodies[Macro.Name].push_back(std::move(Macro.Body));
  }
  /// Those that \p Job gives with -D.
  void addFrom(const TuJob &Job);

  /// Includes of \p File are written `#include MACRO`: index and macro.
  void addUses(llvm::StringRef File,
               std::vector<std::pair<size_t, std::string>> Uses) {
    UsesIn[File] = std::move(Uses);
  }
  llvm::ArrayRef<std::pair<size_t, std::string>>
  usesIn(llvm::StringRef File) const {
    auto Known = UsesIn.find(File);
    if (Known == UsesIn.end())
      return {};
    return Known->second;
  }

  /// What \p Include, of \p Macro, may be. Nothing when it is not known.
  std::vector<LexicalInclude> expand(const LexicalInclude &Include,
                                     llvm::StringRef Macro) const;

private:
  llvm::StringMap<std::vector<std::string>> Bodies; ///< By name.
  llvm::StringMap<std::vector<std::pair<size_t, std::string>>> UsesIn;
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_SURVEY_HEADERMACROS_H
