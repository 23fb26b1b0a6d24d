//===- StandIns.cpp - A rule with its type metavariables filled in --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// With `typename T` an expression of a rule depends on a template parameter,
// and Clang does not say what it calls. So its function is instantiated, with a
// class of its own for each metavariable: what that calls, and how it passes
// its arguments, holds for every T. Where no such class will do (the template
// asks something of it), there is only the template.
//
//===----------------------------------------------------------------------===//
#include "RuleReader.h"
#include "RuleUnit.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/Sema.h"
#include "llvm/Support/Regex.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

static const CXXRecordDecl *standIn(ASTContext &Context, unsigned Index) {
  return dyn_cast_or_null<CXXRecordDecl>(
      lookupQualified(Context, standInName(Index)));
}

bool isStandIn(QualType Type) {
  const CXXRecordDecl *Record =
      Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->getIdentifier() &&
         Record->getName().starts_with(StandInPrefix);
}

namespace {

/// Keeps to itself that a stand-in will not do, and why.
class Silence : public DiagnosticConsumer {
public:
  explicit Silence(DiagnosticsEngine &Diags)
      : Diags(Diags), Client(Diags.getClient()), Owned(Diags.takeClient()) {
    Diags.setClient(this, /*ShouldOwnClient=*/false);
  }
  ~Silence() override {
    if (Owned)
      Diags.setClient(Owned.release(), /*ShouldOwnClient=*/true);
    else
      Diags.setClient(Client, /*ShouldOwnClient=*/false);
    // After a fatal one nothing would be instantiated any more.
    Diags.Reset(/*soft=*/true);
  }

  std::string FirstError;

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    if (Level < DiagnosticsEngine::Error || !FirstError.empty())
      return;
    SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    FirstError = Text.str();
  }

private:
  DiagnosticsEngine &Diags;
  DiagnosticConsumer *Client;
  std::unique_ptr<DiagnosticConsumer> Owned;
};

/// \p Text with the names that the rule has for its type metavariables.
std::string withNames(std::string Text, const TemplateParameterList &Names) {
  for (unsigned I = 0; I < Names.size(); ++I)
    Text = replaceName(Text, standInName(I), Names.getParam(I)->getName());
  return Text;
}

} // namespace

const FunctionDecl *withStandIns(Sema &S, const FunctionDecl *RuleFunction,
                                 std::string &Error) {
  FunctionTemplateDecl *Template =
      RuleFunction ? RuleFunction->getDescribedFunctionTemplate() : nullptr;
  if (!Template)
    return nullptr;
  SmallVector<TemplateArgument, 2> Arguments;
  for (const NamedDecl *Parameter : *Template->getTemplateParameters()) {
    const CXXRecordDecl *Record = standIn(S.Context, Arguments.size());
    if (!isa<TemplateTypeParmDecl>(Parameter) || Parameter->isParameterPack() ||
        !Record)
      return nullptr;
    Arguments.emplace_back(typeOf(Record));
  }
  Silence Quiet(S.Diags);
  SourceLocation Where = RuleFunction->getLocation();
  FunctionDecl *Result = S.InstantiateFunctionDeclaration(
      Template, TemplateArgumentList::CreateCopy(S.Context, Arguments), Where);
  if (!Result || Result->isInvalidDecl()) {
    Error = withNames(Quiet.FirstError, *Template->getTemplateParameters());
    return nullptr;
  }
  S.InstantiateFunctionDefinition(Where, Result, /*Recursive=*/true,
                                  /*DefinitionRequired=*/true);
  Error = withNames(Quiet.FirstError, *Template->getTemplateParameters());
  return Result->isInvalidDecl() ? nullptr : Result;
}

std::string typePattern(StringRef Key, const RuleParameters &Parameters) {
  // Of an instantiation, and of the template itself.
  static const std::string Expression =
      (StandInPrefix + "([0-9]+)|type-parameter-0-([0-9]+)").str();
  Regex Metavariable(Expression);
  std::string Result;
  SmallVector<StringRef, 3> Groups;
  while (Metavariable.match(Key, &Groups)) {
    unsigned Which = 0;
    (Groups[1].empty() ? Groups[2] : Groups[1]).getAsInteger(10, Which);
    size_t Named = find_if(Parameters.Types,
                           [&](const TemplateTypeParmDecl *P) {
                             return P->getIndex() == Which;
                           }) -
                   Parameters.Types.begin();
    // `auto` has no name: it stands behind those that have one.
    if (Named == Parameters.Types.size())
      Named += Which;
    Result += Key.take_front(Groups[0].data() - Key.data());
    Result += "$" + std::to_string(Parameters.Expressions.size() + Named);
    Key = Key.drop_front(Groups[0].end() - Key.begin());
  }
  return Result + Key.str();
}

std::vector<const FunctionDecl *>
calleesMeant(const FunctionDecl *Callee, ArrayRef<const Expr *> Arguments) {
  std::vector<const FunctionDecl *> Result = {Callee};
  auto IsOpen = [&](unsigned I) {
    return I < Arguments.size() &&
           isStandIn(asWritten(Arguments[I])->getType());
  };
  bool AnyOpen = false;
  for (unsigned I = 0; I < Arguments.size(); ++I)
    AnyOpen |= IsOpen(I);
  if (!AnyOpen || !Callee->getIdentifier() || !classArguments(Callee).empty())
    return Result;
  const auto *Pattern = cast<FunctionDecl>(patternOf(Callee));
  for (const NamedDecl *D :
       Callee->getDeclContext()->getRedeclContext()->lookup(
           Callee->getDeclName())) {
    const FunctionDecl *Other = D->getUnderlyingDecl()->getAsFunction();
    if (!Other || Other->getCanonicalDecl() == Pattern ||
        Other->getNumParams() != Pattern->getNumParams())
      continue;
    bool Alike = true;
    for (unsigned I = 0; I < Other->getNumParams(); ++I)
      Alike &= IsOpen(I) ||
               Other->getParamDecl(I)->getType().getCanonicalType() ==
                   Pattern->getParamDecl(I)->getType().getCanonicalType();
    if (Alike)
      Result.push_back(Other);
  }
  return Result;
}

} // namespace consolidate
