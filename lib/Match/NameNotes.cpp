//===- NameNotes.cpp - What words spelled like a legacy name mean ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A mention that is no use must not be taken for one that was missed: another
// class of the same name, an enumerator, the legacy class's own text. So each
// word that is spelled like a legacy name is looked up in the syntax tree. One
// that is not found there stays without a note, and is told as such.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "consolidate/Frontend.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// The names of functions that the rules rewrite.
StringSet<> functionNames(const CompiledRules &Rules) {
  StringSet<> Names;
  for (const RewriteRule &Rule : Rules.Rules.Rewrites)
    if (!Rule.Inline.empty())
      Names.insert(unqualifiedName(Rule.Inline));
  for (const CompiledRewrite &Rewrite : Rules.Rewrites)
    if (Rewrite.Before.What == ExprPattern::Kind::Call ||
        Rewrite.Before.What == ExprPattern::Kind::Member)
      Names.insert(Rewrite.Before.Text);
  Names.erase("");
  return Names;
}

StringRef kindOf(const NamedDecl *D) {
  if (isa<CXXRecordDecl, ClassTemplateDecl>(D))
    return "class";
  if (isa<TypedefNameDecl, TypeAliasTemplateDecl>(D))
    return "alias";
  if (isa<NamespaceDecl, NamespaceAliasDecl>(D))
    return "namespace";
  if (isa<EnumDecl>(D))
    return "enumeration";
  if (isa<EnumConstantDecl>(D))
    return "enumerator";
  if (isa<FunctionDecl, FunctionTemplateDecl>(D))
    return "function";
  if (isa<ParmVarDecl>(D))
    return "parameter";
  if (isa<VarDecl>(D))
    return "variable";
  if (isa<FieldDecl>(D))
    return "member";
  if (isa<TemplateTypeParmDecl, NonTypeTemplateParmDecl,
          TemplateTemplateParmDecl>(D))
    return "template parameter";
  if (isa<ConceptDecl>(D))
    return "concept";
  return "declaration";
}

class NoteCollector : public NameVisitor<NoteCollector> {
  using Base = NameVisitor<NoteCollector>;
  using Kind = NameNote::Kind;

public:
  NoteCollector(ASTContext &Context, const CompiledRules &Rules,
                PathPredicate InScope)
      : SM(Context.getSourceManager()), InScope(InScope), Index(Rules),
        Calls(Rules), Functions(functionNames(Rules)) {
    Words = Functions;
    for (const Consolidation &Entry : Rules.Rules.Consolidate)
      for (const LegacyClass &Legacy : Entry.From)
        Words.insert(unqualifiedName(Legacy.Name));
    for (const CompiledRewrite &Rewrite : Rules.Rewrites)
      FunctionUSRs.insert(Rewrite.Before.USRs.begin(),
                          Rewrite.Before.USRs.end());
    for (const RewriteRule &Rule : Rules.Rules.Rewrites)
      if (!Rule.Inline.empty())
        Inlined.insert(Rule.Inline);
  }

  StringMap<std::vector<NameNote>> finish() {
    StringMap<std::vector<NameNote>> Result;
    for (auto &[Place, Note] : Notes)
      if (const std::string &Path = pathOf(Place.first); !Path.empty())
        Result[Path].push_back(Note);
    return Result;
  }

  /// The preprocessor met a macro of that name.
  void noteMacro(const IdentifierInfo *Name, SourceLocation Where) {
    if (Name && Words.contains(Name->getName()))
      add(Where, Kind::Other, "macro " + Name->getName().str());
  }

  /// The word at \p Where names \p D.
  void note(SourceLocation Where, const NamedDecl *D) {
    if (!D || !D->getIdentifier() || !Words.contains(D->getName()))
      return;
    const NamedDecl *Target = D->getUnderlyingDecl();
    LegacyEntry Entry = Index.find(D);
    if (!Entry)
      Entry = Index.find(Target);
    if (Entry && Entry.Legacy == Own)
      add(Where, Kind::OwnText, "text of '" + Entry.Legacy->Name + "'");
    else if (Entry)
      add(Where, Kind::Legacy, Entry.Legacy->Name);
    else if (isLegacyFunction(Target) && isOfRules(Target))
      add(Where, Kind::Legacy, qualifiedName(Target));
    else
      add(Where, Kind::Other,
          kindOf(Target).str() + " " + Target->getQualifiedNameAsString());
  }

  /// Words in the arguments of a macro that the syntax tree does not have.
  void noteArguments(const IdentifierInfo *Macro, SourceRange Call) {
    if (!Call.isValid() || Call.getBegin().isMacroID() ||
        Call.getEnd().isMacroID() ||
        pathOf(SM.getFileID(Call.getBegin())).empty())
      return;
    auto [File, Begin] = SM.getDecomposedLoc(Call.getBegin());
    if (File != SM.getFileID(Call.getEnd()))
      return;
    StringRef Text = SM.getBufferData(File);
    unsigned End = SM.getFileOffset(Call.getEnd());
    auto IsWord = [](char C) { return isAlnum(C) || C == '_'; };
    for (unsigned At = Begin; At < End;) {
      StringRef Word = Text.slice(At, End).take_while(IsWord);
      if (!Word.empty() && Words.contains(Word))
        Notes.try_emplace({File, At},
                          NameNote{Kind::MacroArgument, At,
                                   "in an argument that the macro '" +
                                       Macro->getName().str() +
                                       "' makes no code of"});
      At += std::max<size_t>(Word.size(), 1);
    }
  }

  // --- Declarations ----------------------------------------------------------

  bool TraverseDecl(Decl *D) {
    // Top-level declarations of system headers cannot hold a use of ours.
    if (!D || (D->getDeclContext() && D->getDeclContext()->isFileContext() &&
               D->getLocation().isValid() &&
               SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation()))))
      return true;
    SaveAndRestore<const LegacyClass *> Keep(Own);
    if (const LegacyClass *Found = ownTextOf(D))
      Own = Found;
    return Base::TraverseDecl(D);
  }

  bool VisitNamedDecl(NamedDecl *D) {
    if (D->isImplicit())
      return true;
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(D))
      note(D->getLocation(), Ctor->getParent());
    else if (const auto *Guide = dyn_cast<CXXDeductionGuideDecl>(D))
      note(D->getLocation(), Guide->getDeducedTemplate());
    else if (const auto *Using = dyn_cast<UsingDecl>(D))
      for (const UsingShadowDecl *Shadow : Using->shadows())
        note(D->getLocation(), Shadow->getTargetDecl());
    else if (isa<UnresolvedUsingValueDecl, UnresolvedUsingTypenameDecl>(D))
      dependent(D->getLocation(), D->getDeclName());
    else if (const auto *Directive = dyn_cast<UsingDirectiveDecl>(D))
      note(Directive->getIdentLocation(),
           Directive->getNominatedNamespaceAsWritten());
    else
      noteDeclaration(D);
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(D))
      note(Alias->getTargetNameLoc(), Alias->getAliasedNamespace());
    return true;
  }

  // --- Types and qualifiers
  // ----------------------------------------------------

  bool VisitTypeLoc(TypeLoc Loc) {
    if (std::optional<SpelledType> Spelled = spelledType(Loc, takeQualifier()))
      note(Spelled->Name, Spelled->Named);
    else if (auto Parameter = Loc.getAs<TemplateTypeParmTypeLoc>())
      note(Parameter.getNameLoc(), Parameter.getDecl());
    else if (auto Name = Loc.getAs<DependentNameTypeLoc>())
      dependent(Name.getNameLoc(), Name.getTypePtr()->getIdentifier());
    else if (auto Spec = Loc.getAs<TemplateSpecializationTypeLoc>())
      if (const DependentTemplateName *Template =
              Spec.getTypePtr()->getTemplateName().getAsDependentTemplateName())
        dependent(Spec.getTemplateNameLoc(), identifierOf(Template));
    return true;
  }

  bool TraverseNestedNameSpecifierLoc(NestedNameSpecifierLoc Qualifier) {
    if (Qualifier && qualifierKind(Qualifier) == QualifierKind::Namespace)
      note(Qualifier.getLocalBeginLoc(), namespaceOf(Qualifier));
    return Base::TraverseNestedNameSpecifierLoc(Qualifier);
  }

  bool TraverseTemplateArgumentLoc(const TemplateArgumentLoc &Argument) {
    if (Argument.getArgument().getKind() == TemplateArgument::Template)
      if (const TemplateDecl *Template =
              Argument.getArgument().getAsTemplate().getAsTemplateDecl())
        note(Argument.getTemplateNameLoc(), Template);
    return Base::TraverseTemplateArgumentLoc(Argument);
  }

  bool VisitConceptReference(ConceptReference *Reference) {
    note(Reference->getConceptNameLoc(), Reference->getNamedConcept());
    return true;
  }

  // --- Expressions
  // -------------------------------------------------------------

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    note(E->getLocation(), E->getFoundDecl());
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    note(E->getMemberLoc(), E->getMemberDecl());
    return true;
  }
  bool VisitOverloadExpr(OverloadExpr *E) {
    if (E->getNumDecls())
      note(E->getNameLoc(), *E->decls_begin());
    else
      dependent(E->getNameLoc(), E->getName());
    return true;
  }
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) {
    dependent(E->getLocation(), E->getDeclName());
    return true;
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    dependent(E->getMemberLoc(), E->getMember());
    return true;
  }
  bool VisitSizeOfPackExpr(SizeOfPackExpr *E) {
    note(E->getPackLoc(), E->getPack());
    return true;
  }
  bool VisitDesignatedInitExpr(DesignatedInitExpr *E) {
    for (const DesignatedInitExpr::Designator &D : E->designators())
      if (D.isFieldDesignator())
        note(D.getFieldLoc(), D.getFieldDecl());
    return true;
  }
  bool VisitGotoStmt(GotoStmt *S) {
    note(S->getLabelLoc(), S->getLabel());
    return true;
  }
  bool VisitLabelStmt(LabelStmt *S) {
    note(S->getIdentLoc(), S->getDecl());
    return true;
  }
  bool TraverseConstructorInitializer(CXXCtorInitializer *Init) {
    if (Init->isAnyMemberInitializer() && Init->isWritten())
      note(Init->getMemberLocation(), Init->getAnyMember());
    return Base::TraverseConstructorInitializer(Init);
  }
  bool TraverseLambdaCapture(LambdaExpr *E, const LambdaCapture *Capture,
                             Expr *Init) {
    if (Capture->isExplicit() && Capture->capturesVariable())
      note(Capture->getLocation(), Capture->getCapturedVar());
    return Base::TraverseLambdaCapture(E, Capture, Init);
  }

private:
  SourceManager &SM;
  PathPredicate InScope;
  LegacyIndex Index;
  CallIndex Calls;
  StringSet<> Functions, Words, Inlined;
  std::set<std::string> FunctionUSRs;
  const LegacyClass *Own = nullptr; ///< Whose text is being traversed.
  std::map<FileID, std::string> Paths;
  std::map<std::pair<FileID, unsigned>, NameNote> Notes;

  const std::string &pathOf(FileID File) {
    auto [It, New] = Paths.try_emplace(File);
    if (New)
      if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File))
        if (std::string Path = realPathOf(*Entry); InScope(Path))
          It->second = std::move(Path);
    return It->second;
  }

  const LegacyClass *ownTextOf(const Decl *D) const {
    if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
      return Index.find(Record).Legacy;
    if (const auto *Template = dyn_cast<ClassTemplateDecl>(D))
      return Index.find(Template->getTemplatedDecl()).Legacy;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D))
      return Index.find(Method->getParent()).Legacy;
    if (const auto *Member = dyn_cast<VarDecl>(D))
      if (Member->isStaticDataMember())
        return Index.find(dyn_cast<NamedDecl>(Member->getDeclContext())).Legacy;
    return nullptr;
  }

  bool isLegacyFunction(const NamedDecl *D) const {
    if (!D->getIdentifier() || !Functions.contains(D->getName()))
      return false;
    const NamedDecl *Pattern = patternOf(D);
    return Inlined.contains(qualifiedName(D)) ||
           FunctionUSRs.count(usrOf(Pattern ? Pattern : D));
  }

  /// Not another specialisation: the method of Old<long>, for a rule on that of
  /// Old<int>.
  bool isOfRules(const NamedDecl *D) const {
    return Inlined.contains(qualifiedName(D)) ||
           any_of(Calls.named(D), [&](const CompiledRewrite *Rewrite) {
             Bindings Ignored;
             return matchCallee(Rewrite->Before, D, Ignored);
           });
  }

  void noteDeclaration(const NamedDecl *D) {
    if (!D->getIdentifier() || !Words.contains(D->getName()))
      return;
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(D)) {
      LegacyEntry Entry = Index.find(Alias);
      const CXXRecordDecl *Target = recordOf(Alias->getUnderlyingType());
      if (Entry && Target && qualifiedName(Target) == Entry.Into->className())
        return add(D->getLocation(), Kind::Alias,
                   "alias of '" + Entry.Into->Into + "'");
      if (Entry)
        return add(D->getLocation(), Kind::OwnText, "the legacy alias itself");
    }
    if (isLegacyFunction(D))
      return add(D->getLocation(), Kind::OwnText,
                 "declares '" + qualifiedName(D) + "'");
    note(D->getLocation(), D);
  }

  void dependent(SourceLocation Where, DeclarationName Name) {
    if (const IdentifierInfo *II = Name.getAsIdentifierInfo())
      if (Words.contains(II->getName()))
        add(Where, Kind::Dependent, II->getName().str());
  }

  void add(SourceLocation Where, Kind What, std::string Meaning) {
    if (Where.isInvalid())
      return;
    auto Place = SM.getDecomposedSpellingLoc(Where);
    NameNote Note;
    Note.What = What;
    Note.Offset = Place.second;
    Note.Meaning = std::move(Meaning);
    auto [It, New] = Notes.try_emplace({Place.first, Place.second}, Note);
    // In a macro body one word may mean several things; a use outweighs.
    if (!New && What == Kind::Legacy)
      It->second = std::move(Note);
  }
};

} // namespace

StringMap<std::vector<NameNote>>
collectNameNotes(ASTContext &Context, const CompiledRules &Rules,
                 PathPredicate InScope, const IncludeRecorder *Includes,
                 const CollectedUses &Uses) {
  NoteCollector Collector(Context, Rules, InScope);
  if (Includes)
    for (auto [Name, Where] : Includes->MacroNames)
      Collector.noteMacro(Name, Where);
  for (Decl *D : Context.getTraversalScope())
    Collector.TraverseDecl(D);
  for (auto [Where, Meant] : Uses.Others)
    Collector.note(Where, Meant);
  if (Includes)
    for (auto [Macro, Call] : Includes->MacroCalls)
      Collector.noteArguments(Macro, Call);
  StringMap<std::vector<NameNote>> Notes = Collector.finish();
  for (auto &File : Notes) {
    // One file may have been entered twice.
    llvm::sort(File.second, [](const NameNote &A, const NameNote &B) {
      return std::make_pair(A.Offset, A.What != NameNote::Kind::Legacy) <
             std::make_pair(B.Offset, B.What != NameNote::Kind::Legacy);
    });
    File.second.erase(llvm::unique(File.second,
                                   [](const NameNote &A, const NameNote &B) {
                                     return A.Offset == B.Offset;
                                   }),
                      File.second.end());
  }
  return Notes;
}

} // namespace consolidate
