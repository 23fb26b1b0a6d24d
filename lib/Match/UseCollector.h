//===- UseCollector.h - One traversal, every use of a legacy class --------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The visitor only finds and describes; it never decides what is applied.
// UseCollector.cpp: the traversal. LegacyIndex.h: what is looked for.
// Places.cpp: where a use stands. NameUses.cpp: types and names.
// ExplicitInstantiations.cpp: names that the tree does not have.
// Definitions.cpp: the class itself, forward declarations, members.
// Constructions.cpp: constructor calls. UnwrittenMembers.cpp, Unspelled.cpp:
// those that nobody writes. DependentUses.cpp, DependentMembers.cpp: those that
// only an instantiation knows. Calls.cpp: calls and fields that rewrites
// replace. DefaultArguments.cpp: arguments left out. NamedCalls.cpp: what
// verification compares. Ties.cpp, Redeclarations.cpp, SpelledObjects.cpp: what
// changes together. BecomesOne.cpp, DerivedNames.cpp: what must not. Facts.cpp:
// what `check` counts.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_MATCH_USECOLLECTOR_H
#define CONSOLIDATE_LIB_MATCH_USECOLLECTOR_H

#include "ArgumentSlot.h"
#include "ConstructedCode.h"
#include "LegacyIndex.h"
#include "Safety.h"
#include "SemanticVisitor.h"

#include "clang/AST/ASTTypeTraits.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Regex.h"

namespace consolidate {

class UseCollector
    : public SemanticVisitor<UseCollector, NameVisitor<UseCollector>> {
  using Base = SemanticVisitor<UseCollector, NameVisitor<UseCollector>>;

public:
  UseCollector(clang::ASTContext &Context, const CompiledRules &Rules,
               PathPredicate InScope, const MatchOptions &Options);

  /// What the traversal cannot see; call it behind that.
  void addExplicitInstantiations(const IncludeRecorder &Includes);
  CollectedUses finish();

  // Traversal: keeps the path of ancestors and the scope of names.
  bool TraverseDecl(clang::Decl *D);
  bool dataTraverseStmtPre(clang::Stmt *S);
  bool dataTraverseStmtPost(clang::Stmt *S);
  bool TraverseConstructorInitializer(clang::CXXCtorInitializer *Init);
  bool TraverseTemplateArgumentLoc(const clang::TemplateArgumentLoc &Argument);

  // Types and names.
  bool VisitTypeLoc(clang::TypeLoc Loc);
  bool VisitUsingDecl(clang::UsingDecl *D);
  bool VisitUnresolvedUsingValueDecl(clang::UnresolvedUsingValueDecl *D);
  bool VisitUsingDirectiveDecl(clang::UsingDirectiveDecl *D);
  bool VisitNamespaceAliasDecl(clang::NamespaceAliasDecl *D);
  bool VisitDeclRefExpr(clang::DeclRefExpr *E);
  bool VisitMemberExpr(clang::MemberExpr *E);
  bool VisitUnresolvedLookupExpr(clang::UnresolvedLookupExpr *E);
  bool VisitUnresolvedMemberExpr(clang::UnresolvedMemberExpr *E);
  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc Qualifier);
  bool VisitConceptSpecializationExpr(clang::ConceptSpecializationExpr *E);
  bool VisitExplicitCastExpr(clang::ExplicitCastExpr *E);

  // The class itself and its members.
  bool VisitCXXRecordDecl(clang::CXXRecordDecl *D);
  bool VisitTypedefNameDecl(clang::TypedefNameDecl *D);
  bool VisitCXXMethodDecl(clang::CXXMethodDecl *D);
  bool VisitVarDecl(clang::VarDecl *D);

  // Constructions.
  bool VisitCXXConstructExpr(clang::CXXConstructExpr *E);
  bool VisitCXXFunctionalCastExpr(clang::CXXFunctionalCastExpr *E);
  bool VisitCallExpr(clang::CallExpr *E);
  bool VisitCXXUnresolvedConstructExpr(clang::CXXUnresolvedConstructExpr *E);
  bool VisitCXXDependentScopeMemberExpr(clang::CXXDependentScopeMemberExpr *E);
  bool VisitDependentScopeDeclRefExpr(clang::DependentScopeDeclRefExpr *E);
  bool VisitDependentNameTypeLoc(clang::DependentNameTypeLoc Loc);
  bool VisitUnresolvedUsingTypenameDecl(clang::UnresolvedUsingTypenameDecl *D);
  bool VisitFieldDecl(clang::FieldDecl *D);
  bool VisitInitListExpr(clang::InitListExpr *E);
  bool VisitCXXNewExpr(clang::CXXNewExpr *E);
  bool VisitDeclaratorDecl(clang::DeclaratorDecl *D);
  bool VisitReturnStmt(clang::ReturnStmt *S);

  // Facts.
  bool VisitFunctionDecl(clang::FunctionDecl *D);

private:
  clang::ASTContext &Context;
  clang::SourceManager &SM;
  const CompiledRules &Rules;
  PathPredicate InScope;
  const MatchOptions &Options;
  LegacyIndex Index;
  CallIndex Calls;
  CollectedUses Out;

  std::vector<clang::DynTypedNode> Ancestors;
  const clang::CXXCtorInitializer *CurrentInit = nullptr;
  /// The innermost expression that is a template argument.
  const clang::Expr *InTemplateArgument = nullptr;
  bool InTypeArgument = false; ///< Of a template.
  const clang::DeclContext *Scope = nullptr;
  std::vector<const clang::UsingDirectiveDecl *> LocalDirectives;
  /// The legacy class whose own text is being traversed, if any.
  const LegacyClass *InsideOwnText = nullptr;
  /// Construction groups by the spelled type name they belong to.
  llvm::DenseMap<clang::SourceLocation, std::string> GroupOfType;
  /// Places in macro bodies where another class is named, of a legacy name.
  llvm::DenseSet<clang::SourceLocation> NamesAnother;
  /// By place and kind: the index of the use in Out.
  std::map<std::pair<clang::SourceLocation, FindingKind>, size_t> Seen;

  struct FunctionTypes {
    const clang::FunctionDecl *Function = nullptr;
    std::set<const clang::CXXRecordDecl *> Types;
  };
  std::vector<FunctionTypes> Functions;
  /// While pieces are made: the text that they replace.
  clang::CharSourceRange Replacing;
  /// While a forwarded construction is described: the call's own arguments.
  std::vector<const clang::Expr *> CallArguments;

  // UseCollector.cpp
  const LegacyClass *ownTextOf(const clang::Decl *D) const;
  const clang::DynTypedNode *parent(unsigned Up) const;

  // Places.cpp
  clang::SourceLocation fileLoc(clang::SourceLocation Loc) const;
  std::string pathOf(clang::SourceLocation Loc) const;
  std::string placeKey(clang::SourceLocation Loc) const;
  clang::SourceLocation inMacroBody(clang::SourceLocation Loc) const;
  clang::CharSourceRange charRange(clang::SourceLocation First,
                                   clang::SourceLocation Last) const;
  clang::CharSourceRange bodyRange(clang::SourceRange Tokens) const;
  /// Char range in one file: of the text, of a macro argument, or of a macro
  /// body; invalid where there is none (token pasting, several macros).
  clang::CharSourceRange fileRange(clang::SourceRange Tokens) const;
  clang::CharSourceRange exprRange(clang::SourceRange Tokens) const;
  clang::SourceLocation placeOf(clang::SourceLocation Loc) const;
  clang::CharSourceRange tokenRange(clang::SourceLocation Begin,
                                    clang::SourceLocation End) const;
  clang::CharSourceRange nameRange(clang::NestedNameSpecifierLoc Qualifier,
                                   clang::SourceLocation Name,
                                   clang::SourceLocation Last) const;
  clang::SourceLocation placeBetween(clang::SourceLocation Open,
                                     clang::SourceLocation Close,
                                     clang::SourceLocation Loc,
                                     bool AtEnd) const;
  clang::CharSourceRange argumentRange(const WrittenList &List,
                                       size_t Which) const;
  NameSite siteFor(clang::NestedNameSpecifierLoc Qualifier,
                   const clang::NamedDecl *Named,
                   clang::SourceLocation Where) const;
  const clang::NamedDecl *enclosingDeclaration() const;
  std::string enclosingSymbol() const;
  llvm::StringRef typeForm(clang::SourceLocation Where) const;
  bool isShared(const clang::VarDecl *StaticMember) const;
  /// Names of what a cast takes anything for.
  std::vector<clang::SourceLocation> CastToNames;
  std::string groupOfShared(const clang::NamedDecl *Callee) const;
  void tieBytes(const clang::CallExpr *E);
  void tieToShared(const clang::DeclRefExpr *E);
  bool tellsObjectsApart() const;

  // Signatures.cpp
  std::string describeDeclaration(const clang::NamedDecl *D) const;

  // NameUses.cpp
  RawUse makeUse(FindingKind Kind, const LegacyEntry &Entry,
                 clang::SourceLocation Where, llvm::StringRef Form) const;
  void addUse(RawUse Use);
  void takeInBesides(RawUse &Use) const;
  void noteIntroducer(RawUse &Use, const clang::NamedDecl *Named) const;
  void addNameUse(const LegacyEntry &Entry, const clang::NamedDecl *Named,
                  clang::NestedNameSpecifierLoc Qualifier,
                  clang::SourceLocation Name, llvm::StringRef Form);
  void addInheritedConstructors(const LegacyEntry &Entry,
                                clang::SourceLocation Name,
                                bool IsDependent = false);
  void addTemplateName(const clang::TemplateArgumentLoc &Argument);
  static void leaveWithoutArguments(RawUse &Use, const LegacyEntry &Entry);
  void addTemplateUse(const LegacyEntry &Entry, const SpelledType &Spelled,
                      clang::TypeLoc Loc);
  bool isDestructorName(clang::SourceLocation Name) const;
  std::string destructorName(clang::SourceLocation Name,
                             const Consolidation &Into) const;
  void addQualifiedDestructor(clang::MemberExpr *E);
  void noteReference(clang::SourceLocation From, const clang::NamedDecl *To);
  void noteNamespace(clang::SourceLocation From,
                     const clang::NamespaceDecl *Space);

  // Definitions.cpp
  void addDefinition(const LegacyEntry &Entry, clang::CXXRecordDecl *D);
  void addForwardDeclaration(const LegacyEntry &Entry, clang::CXXRecordDecl *D);
  void addOutOfLineMember(clang::DeclaratorDecl *D);
  /// \p Object: what it is a member of, where that is known.
  void addMemberUse(const clang::NamedDecl *Member, clang::SourceLocation Name,
                    const clang::Expr *Object = nullptr);
  RawUse memberUse(const LegacyEntry &Entry, const MemberRename &Rename,
                   clang::SourceLocation Name) const;
  const MemberRename *renameOf(const clang::NamedDecl *Member,
                               LegacyEntry &Entry) const;
  clang::CharSourceRange wholeDeclaration(const clang::Decl *D,
                                          bool KeepLinesAround = false) const;
  bool isDeclaredAbove(const LegacyEntry &Entry,
                       const clang::CXXRecordDecl *D) const;

  // ClassArguments.cpp
  void noteWrittenArguments(const ExprPattern &Pattern, clang::TypeLoc Type,
                            Bindings &Bound) const;
  Piece typePiece(const Binding &Bound) const;
  std::string canonicalType(const LegacyEntry &Entry,
                            const clang::CXXConstructExpr *E) const;
  Piece classPiece(const LegacyEntry &Entry, const clang::CXXConstructExpr *E,
                   const NameSite &Site) const;

  // MacroSlots.cpp
  std::optional<clang::CharSourceRange>
  variadicArguments(const clang::CXXConstructExpr *E,
                    clang::CharSourceRange Inside) const;
  llvm::StringRef macroDefinition(clang::SourceLocation Where) const;
  bool isOfAnyClass(const ArgumentSlot &Slot) const;
  void noteInMacroBody(const clang::NamedDecl *Named,
                       clang::SourceLocation Name);
  void leaveWhatNamesAnother();

  // Constructions.cpp
  const CompiledRewrite *rewriteFor(const clang::CXXConstructExpr *E,
                                    Bindings &Bound) const;
  bool isDeclaratorArgument() const;
  const clang::DeclaratorDecl *declaredAt(clang::SourceLocation Name) const;
  /// Where \p WhyNot is set, the slot has a type at most.
  std::optional<ArgumentSlot> slotOf(const clang::CXXConstructExpr *E,
                                     Reason &WhyNot) const;
  clang::TypeLoc spelledBase() const;
  ArgumentSlot initialiserSlot(clang::SourceRange Delimited, bool Braces) const;
  std::optional<ArgumentSlot> slotInParent(const clang::CXXConstructExpr *E,
                                           const clang::DynTypedNode &Parent,
                                           Reason &WhyNot) const;
  void addConstruction(const LegacyEntry &Entry,
                       const clang::CXXConstructExpr *E,
                       clang::SourceLocation Where,
                       std::optional<ArgumentSlot> Slot, Reason WhyNot);
  void addConstructionInside(const clang::CXXConstructExpr *E,
                             llvm::ArrayRef<const clang::Expr *> Arguments);
  bool needsDelimiters(const CompiledRewrite &Rewrite, const Bindings &Bound,
                       const ArgumentSlot &Slot) const;
  /// True when braces stay, which evaluate the arguments in order.
  bool fillConstruction(RawUse &Use, const LegacyEntry &Entry,
                        const clang::CXXConstructExpr *E,
                        const CompiledRewrite &Rewrite, const Bindings &Bound,
                        const ArgumentSlot &Slot);
  void appendArguments(RawUse &Use, const CompiledRewrite &Rewrite,
                       const Bindings &Bound, const NameSite &Site,
                       bool DeclaresVariable) const;
  clang::SourceLocation legacyNameIn(clang::TypeLoc Type) const;
  std::string groupOfName(clang::SourceLocation Name);
  clang::SourceLocation legacyBaseOf(const clang::CXXRecordDecl *Record) const;
  const clang::CallExpr *rewrittenSource(const clang::Expr *Object) const;
  std::string groupOfObject(const clang::Expr *Object);
  std::string constructionGroup(const ArgumentSlot *Slot,
                                clang::SourceLocation Where);
  void applySafety(RawUse &Use, const CompiledRewrite &Rewrite,
                   const Bindings &Bound, bool LosesOrder, bool DiesWithScope,
                   Reason Found) const;
  const clang::CXXConstructExpr *
  defaultConstructed(const clang::CXXRecordDecl *Owner,
                     const clang::FieldDecl *D) const;
  void addMemberInitialiser(const LegacyEntry &Entry,
                            const clang::CXXConstructExpr *E,
                            const clang::FieldDecl *D,
                            const ArgumentSlot &Slot);

  // Forwarding.cpp
  bool mentionsLegacy(clang::QualType Type) const;
  /// \p Closing: the parenthesis or brace behind the arguments.
  bool addForwarded(clang::FunctionDecl *Callee,
                    llvm::ArrayRef<const clang::Expr *> Arguments,
                    clang::SourceLocation Closing, clang::SourceLocation Where,
                    clang::TypeLoc Type);
  clang::TypeLoc
  legacyArgument(llvm::ArrayRef<const clang::Expr *> Names) const;
  clang::TypeLoc legacyOrElement(clang::TypeLoc Loc, unsigned Depth) const;
  clang::TypeLoc legacyElement(clang::TypeLoc Loc, unsigned Depth = 0) const;
  clang::TypeLoc declaredElement(const clang::Expr *E) const;
  clang::TypeLoc elementIn(const clang::Expr *Container) const;
  clang::TypeLoc elementOf(const clang::ValueDecl *D) const;
  bool mentionsLegacy(const clang::FunctionDecl *Callee) const;

  ArgumentSlot forwardedSlot(const ForwardedConstruction &Found,
                             llvm::ArrayRef<const clang::Expr *> Arguments,
                             clang::SourceLocation Closing) const;

  // DefaultArguments.cpp
  Reason changedDefault(const clang::FunctionDecl *Callee,
                        llvm::ArrayRef<const clang::Expr *> Arguments) const;
  void addDefaultedCall(const clang::CallExpr *E,
                        const clang::FunctionDecl *Callee);

  // NamedCalls.cpp
  bool isAsked(clang::SourceLocation Begin, clang::SourceLocation End) const;
  void addChosen(clang::CharSourceRange Range, CallSite Site,
                 const clang::FunctionDecl *Callee);
  void noteDeclaredIn(ChosenCall &Chosen, const clang::FunctionDecl *Callee,
                      llvm::StringRef Class) const;
  ChosenCall chosenAt(clang::CharSourceRange Range,
                      const clang::FunctionDecl *Callee) const;
  bool isWatched(const clang::FunctionDecl *Callee,
                 llvm::ArrayRef<const clang::Expr *> Arguments) const;
  void noteSpelledCall(const clang::Expr *E,
                       llvm::ArrayRef<const clang::Expr *> Arguments = {});
  void noteChosenConversion(const clang::CXXConstructExpr *E);
  void noteChosenConversion(const clang::CallExpr *E);
  void noteChosenAddress(const clang::DeclRefExpr *E);
  void noteChosenConstructor(const clang::CXXConstructExpr *E);
  void noteForwardedConstructor(clang::FunctionDecl *Callee,
                                llvm::ArrayRef<const clang::Expr *> Arguments,
                                clang::SourceLocation Closing);
  void noteMade();
  struct NotedCall {
    clang::CharSourceRange Place;
    CallSite Site = CallSite::Name;
    const clang::FunctionDecl *Callee = nullptr;
    bool Watched = false;
  };
  std::vector<NotedCall> NotedCalls;
  void noteCall(clang::CharSourceRange Place, CallSite Site,
                const clang::FunctionDecl *Callee, bool Watched);
  void watchNotedCalls();
  bool isOfFamily(clang::QualType Type) const;
  /// Of functions that are there for a legacy and for a canonical class.
  llvm::StringSet<> NamesForBoth;
  void noteOverload(const clang::FunctionDecl *D);
  bool isForBoth(const clang::FunctionDecl *D) const;
  bool takesLegacy(const clang::FunctionDecl *Function) const;
  bool takesCanonical(const clang::FunctionDecl *Function) const;
  void noteReferences();
  ChosenCall referenceAt(const NamedReference &Reference) const;

  // ExplicitInstantiations.cpp
  void addExplicitInstantiation(llvm::ArrayRef<clang::Token> Tokens, size_t I);

  // Unspelled.cpp
  /// What a function template constructs, by its canonical declaration.
  llvm::DenseMap<const clang::FunctionDecl *, const clang::CXXConstructExpr *>
      ConstructedBy;
  /// Uses at calls, with the place of the construction they lead to.
  std::vector<std::pair<clang::SourceLocation, RawUse>> Instantiated;
  bool needsRewrite(const LegacyEntry &Entry,
                    const clang::CXXConstructorDecl *Ctor) const;
  void addLeftConstruction(const LegacyEntry &Entry, clang::TypeLoc Type,
                           clang::SourceLocation Where, llvm::StringRef Form,
                           Reason Why);
  void addUnwrittenBases(clang::CXXRecordDecl *D);
  void addInstantiatedConstruction(clang::FunctionDecl *Callee,
                                   clang::SourceLocation Where,
                                   clang::TypeLoc Type);
  clang::TypeLoc declaredType() const;
  void addElementOfRange(const clang::VarDecl *D);
  void addInstantiated();

  // Ties.cpp
  /// Names that a template's cases and its arguments spell.
  struct TemplateTie {
    std::vector<clang::SourceLocation> Cases, Arguments;
    std::set<std::string> CanonicalCases; ///< Canonical classes of others.
  };
  llvm::MapVector<const clang::Decl *, TemplateTie> TemplateTies;
  std::vector<std::pair<clang::SourceLocation, std::string>> Ties;
  bool namesLegacy(const SpelledType &Spelled) const;
  llvm::SmallVector<clang::SourceLocation, 2>
  legacyNamesAmong(llvm::ArrayRef<SpelledType> Types) const;
  llvm::SmallVector<clang::SourceLocation, 2>
  legacyNamesIn(llvm::ArrayRef<clang::TemplateArgumentLoc> Arguments) const;
  llvm::SmallVector<clang::SourceLocation, 2>
  legacyNamesIn(clang::TypeLoc Type) const;
  llvm::SmallVector<clang::SourceLocation, 2>
  legacyNamesIn(const clang::Stmt *S) const;
  llvm::SmallVector<clang::SourceLocation, 2>
  legacyNamesIn(clang::NestedNameSpecifierLoc Qualifier) const;
  void tieArguments(const clang::TemplateDecl *Template,
                    llvm::ArrayRef<clang::TemplateArgumentLoc> Arguments);
  void tieCase(const clang::Decl *D);
  std::set<std::string>
  canonicalNamesIn(llvm::ArrayRef<clang::TemplateArgumentLoc> Arguments) const;
  void leaveWhatTakesCases(const TemplateTie &Tie);
  void applyTies();

  // Redeclarations.cpp
  std::vector<std::string> groupsOfEntity() const;
  void tieAliases(const clang::DeclaratorDecl *D);
  void tieToBases(const clang::CXXMethodDecl *D);
  void tieToOverridden(const clang::CXXRecordDecl *Record,
                       llvm::ArrayRef<clang::SourceLocation> Names);
  void tieToOverridden(clang::TypeLoc Instantiation);
  LegacyEntry legacyBase(const clang::CXXRecordDecl *D) const;
  void addClashes(const clang::CXXRecordDecl *D);
  void addOverride(const clang::CXXMethodDecl *D);

  // BecomesOne.cpp
  /// Where declarations name legacy classes, with ClassDeclaration::Then.
  std::vector<std::pair<clang::SourceLocation, std::string>> DeclaredAt;
  /// Names that functions which override, or would, depend on; with why.
  std::vector<std::pair<clang::SourceLocation, std::string>> NamesToLeave;
  void noteDeclared(const clang::NamedDecl *D, std::string Name,
                    std::string Now,
                    llvm::ArrayRef<clang::SourceLocation> Names);
  llvm::SmallVector<clang::SourceLocation, 2>
  legacyNamesBehind(clang::TypeLoc Type) const;
  void noteUsing(const clang::UsingDecl *D);
  void noteSignature(const clang::FunctionDecl *D,
                     const clang::UsingShadowDecl *Through = nullptr);
  void noteSpecialisation(const clang::Decl *D,
                          llvm::ArrayRef<clang::SourceLocation> Names);
  void applyDeclared();

  // DerivedNames.cpp
  llvm::StringSet<> WatchedNames; ///< Of members, in CompiledRules::Members.
  const clang::DeclContext *contextAt(clang::SourceLocation Where) const;
  LegacyEntry legacyBaseSeenIn(const clang::CXXRecordDecl *Record) const;
  const ChangedMembers *changedMembersIn(const clang::DeclContext *In) const;
  void leaveBase(const clang::CXXRecordDecl *Derived, llvm::StringRef Why);
  void keepMeaning(clang::DeclarationName Name, clang::SourceLocation Where,
                   const clang::NamedDecl *Known);

  // DependentUses.cpp
  /// Read when first asked for.
  std::optional<ConstructedCode> Constructed;
  /// Constructions in patterns that are told at the calls that lead to them.
  llvm::DenseSet<clang::SourceLocation> SaidAtCall;
  /// Where constructions begin whose arguments are edited, or may stay.
  llvm::DenseSet<clang::SourceLocation> Settled;
  /// Where what a rule rewrites is called in a way that none matches.
  llvm::DenseSet<clang::SourceLocation> SettledNames;
  const ConstructedCode &constructed();
  const clang::FunctionDecl *enclosingFunction() const;
  Reason reasonFor(const InstantiatedConstruction &Made,
                   bool Class = false) const;
  Reason whyDependent(const LegacyEntry &Entry, clang::QualType Type,
                      const clang::Expr *Init, clang::SourceRange Text);
  void addDependent(clang::TypeLoc Type, const clang::Expr *Init,
                    clang::SourceLocation Where, llvm::StringRef Form);
  void addInitialiserInTemplate(const clang::CXXCtorInitializer *Init);
  void addDependentInit(const clang::TypeSourceInfo *Type,
                        const clang::Expr *Init, clang::SourceLocation Where);
  void addDependentDefault(const clang::DeclaratorDecl *D, clang::TypeLoc Type);
  void addUnresolvedCall(clang::CallExpr *E);
  void addDependentEmplace(const clang::CallExpr *E,
                           const clang::OverloadExpr *Callee);
  void addDependentElement(const clang::CXXDependentScopeMemberExpr *E,
                           const clang::CXXRecordDecl *Container);
  void addDependentArgument(const clang::Expr *Argument, unsigned Index,
                            const clang::OverloadExpr *Callee);
  bool anyConstructionIsRewritten() const;
  void addOnlyInstantiated();

  // DependentMembers.cpp
  /// A member of what depends on a parameter: nothing tells its class.
  struct MemberByName {
    std::string Template; ///< The group of the template around.
    bool OfClassTemplate = false;
    RawUse Use;
  };
  std::vector<MemberByName> UnknownMembers;
  std::string groupOfTemplate() const;
  const clang::NamedDecl *memberOfRules(const clang::CXXRecordDecl *Record,
                                        clang::DeclarationName Name) const;
  const clang::NamedDecl *memberOrInherited(const clang::CXXRecordDecl *Record,
                                            clang::DeclarationName Name) const;
  RawUse unknownMember(const CompiledRewrite &Rewrite, llvm::StringRef Member,
                       clang::SourceLocation Name, std::string Why) const;
  void addDependentMember(const clang::NamedDecl *Member,
                          clang::SourceLocation Name, const clang::Expr *Object,
                          clang::SourceLocation Class);
  void addQualifiedMember(clang::NestedNameSpecifierLoc Qualifier,
                          clang::DeclarationName Name,
                          clang::SourceLocation Where);
  void addDependentUsing(clang::NestedNameSpecifierLoc Qualifier,
                         const clang::NamedDecl *Using);
  void noteUnknownMember(const clang::CXXDependentScopeMemberExpr *E);
  void addUnknownMembers();
  void tieResult(const clang::FunctionDecl *Callee);
  void tieToTemplates(const clang::OverloadExpr *Callee);

  // Bindings.cpp
  void appendTemplate(std::vector<Piece> &Pieces, const AfterTemplate &Template,
                      const Bindings &Bound, const NameSite &Site) const;
  void appendOperand(std::vector<Piece> &Pieces, const Binding &Bound,
                     AfterPiece::Use Use,
                     llvm::ArrayRef<AfterPiece> Behind) const;
  void appendBound(std::vector<Piece> &Pieces, const Binding &Bound,
                   AfterPiece::Use Use) const;
  bool isInParens(const clang::Expr *E) const;
  std::optional<Outermost> changedOutermost(const clang::Expr *E) const;
  Outermost outermostIn(const CompiledRewrite &Rewrite,
                        const Bindings &Bound) const;
  void appendExpr(std::vector<Piece> &Pieces, const clang::Expr *Bound,
                  AfterPiece::Use Use) const;
  clang::SourceRange spelledAround(const clang::Expr *E) const;
  Piece sourcePiece(const clang::Expr *E) const;
  bool isInside(clang::CharSourceRange Inner,
                clang::CharSourceRange Outer) const;

  // Calls.cpp
  const CompiledRewrite *rewriteOf(const clang::Expr *E, Bindings &Bound) const;
  bool needsParens(Outermost Outer) const;
  /// Members that a rewrite replaces, by where they are named, with what they
  /// are a part of.
  llvm::DenseSet<clang::SourceLocation> RewrittenMembers;
  void addRewrittenExpr(const clang::Expr *E, const clang::NamedDecl *Callee);
  RawUse rewrittenUse(const CompiledRewrite &Rewrite, llvm::StringRef Callee,
                      clang::SourceLocation Where, llvm::StringRef Form) const;
  std::string resultGroup(const clang::Expr *Call) const;
  const CompiledRewrite *rewriteOfMember(const clang::NamedDecl *Member) const;
  void tieToObjects(RawUse &Use, llvm::ArrayRef<const clang::Expr *> Objects);
  void addUnmatchedMember(const clang::NamedDecl *Member,
                          clang::SourceLocation Name,
                          clang::SourceLocation Class);
  void tieToTemporaries(RawUse &Use, const clang::Expr *E);
  void addUnresolvedRewrite(const clang::CallExpr *E,
                            const clang::OverloadExpr *Callee);

  // Facts.cpp
  void noteTypeInFunction(clang::TypeLoc Loc);
  void leaveFunction(const FunctionTypes &Left);
  void addFact(Fact::Kind What, const clang::NamedDecl *D,
               llvm::StringRef Detail);
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_MATCH_USECOLLECTOR_H
