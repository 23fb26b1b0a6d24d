//===- Facts.cpp - Class definitions, factories and couplings -------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// What `check` counts, as the compiler sees it: a name in a string is no class,
// and a function is a factory by what it returns, not by what it is called.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

bool fullMatch(StringRef Pattern, StringRef Text) {
  if (Pattern.empty())
    return true;
  return Regex(("^(" + Pattern + ")$").str()).match(Text);
}

void UseCollector::addFact(Fact::Kind What, const NamedDecl *D,
                           StringRef Detail) {
  SourceLocation Loc = fileLoc(D->getLocation());
  std::string Path = pathOf(Loc);
  if (!InScope(Path))
    return;
  Out.Facts.push_back({What, D->getQualifiedNameAsString(), std::move(Path),
                       SM.getSpellingLineNumber(Loc), Detail.str(),
                       describeDeclaration(D)});
}

/// The class a factory hands out: the type itself, what it points to, or what
/// the smart pointer, optional or future it is wrapped in holds.
static const CXXRecordDecl *productOf(QualType Type, unsigned Depth = 0) {
  if (const auto *Pointer = Type->getAs<clang::PointerType>())
    return Pointer->getPointeeType()->getAsCXXRecordDecl();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || Depth > 2)
    return Record;
  static constexpr llvm::StringLiteral Wrappers[] = {
      "unique_ptr", "shared_ptr", "weak_ptr",
      "optional",   "future",     "shared_future"};
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  if (!Spec || !Spec->isInStdNamespace() ||
      !is_contained(Wrappers, Spec->getName()))
    return Record;
  const TemplateArgument &First = Spec->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Type
             ? productOf(First.getAsType(), Depth + 1)
             : Record;
}

bool UseCollector::VisitFunctionDecl(FunctionDecl *D) {
  if (!isa<CXXMethodDecl>(D))
    addOutOfLineMember(D);
  tieAliases(D);
  noteSignature(D);
  noteOverload(D);
  if (!Options.CollectFacts || isa<CXXConstructorDecl, CXXDestructorDecl>(D) ||
      D->isTemplateInstantiation() || D->isOverloadedOperator())
    return true;
  // A definition after its declaration is the same function.
  if (D->getCanonicalDecl() != D)
    return true;
  const CXXRecordDecl *Product = productOf(D->getReturnType());
  if (Product && Index.isOfFamily(Product))
    addFact(Fact::Kind::Factory, D, qualifiedName(Product));
  return true;
}

void UseCollector::noteTypeInFunction(TypeLoc Loc) {
  if (Functions.empty())
    return;
  if (const CXXRecordDecl *Record = Loc.getType()->getAsCXXRecordDecl())
    Functions.back().Types.insert(Record->getCanonicalDecl());
}

void UseCollector::leaveFunction(const FunctionTypes &Left) {
  if (!Options.CollectFacts)
    return;
  for (const Limit &Limit : Rules.Rules.Limits) {
    if (Limit.Count != CountKind::Couplings || Limit.Between.size() != 2)
      continue;
    auto Holds = [&](StringRef Pattern) {
      return any_of(Left.Types, [&](const CXXRecordDecl *Record) {
        if (Pattern == "engines")
          return Index.isOfFamily(Record);
        return Record->getIdentifier() && fullMatch(Pattern, Record->getName());
      });
    };
    if (Holds(Limit.Between[0]) && Holds(Limit.Between[1]))
      addFact(Fact::Kind::Coupling, Left.Function, Limit.Name);
  }
}

} // namespace consolidate
