//===- Definitions.cpp - The legacy class itself, and its members ---------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   class ExecutionEngine { ... };
// becomes, with `definition: alias`,
//   using ExecutionEngine [[deprecated("...")]] = UserExecutionEngine;
// and its out-of-line members go. With `delete` all of it goes.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace llvm;

namespace consolidate {

static std::string definitionGroup(const LegacyEntry &Entry) {
  return "definition:" + Entry.Legacy->Name;
}

/// The start of the line that holds byte \p At.
static size_t lineStart(StringRef Text, size_t At) {
  return Text.take_front(At).rfind('\n') + 1; // npos + 1 is 0
}

/// The start of the comment lines that stand directly above byte \p Begin.
static size_t withCommentAbove(StringRef Text, size_t Begin) {
  while (Begin > 0) {
    size_t Previous = lineStart(Text, Begin - 1);
    if (!Text.slice(Previous, Begin).trim().starts_with("//"))
      return Begin;
    Begin = Previous;
  }
  return Begin;
}

/// A declaration with its semicolon, the comment above it, and the line break
/// and blank line that would otherwise be left of it.
CharSourceRange UseCollector::wholeDeclaration(const Decl *D,
                                               bool KeepLinesAround) const {
  SourceRange Tokens = D->getSourceRange();
  if (const RawComment *Comment = Context.getRawCommentForDeclNoCache(D))
    if (SM.isBeforeInTranslationUnit(Comment->getBeginLoc(), Tokens.getBegin()))
      Tokens.setBegin(Comment->getBeginLoc());
  CharSourceRange Range = fileRange(Tokens);
  if (Range.isInvalid())
    return Range;
  auto [File, Start] = SM.getDecomposedLoc(Range.getBegin());
  StringRef Text = SM.getBufferData(File);
  size_t Begin = Start, End = SM.getFileOffset(Range.getEnd());
  // The range of `X::~X() = default;` ends at the parenthesis.
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    if (Function->isExplicitlyDefaulted() || Function->isDeletedAsWritten())
      End = std::min(Text.find(';', End), Text.size());
  size_t Next = Text.find_first_not_of(" \t\r\n", End);
  if (Next != StringRef::npos && Text[Next] == ';')
    End = Next + 1;
  bool OwnLine = Text.slice(lineStart(Text, Begin), Begin).trim().empty();
  size_t LineEnd = Text.find('\n', End);
  if (OwnLine && LineEnd != StringRef::npos &&
      Text.slice(End, LineEnd).trim().empty()) {
    Begin = lineStart(Text, Begin);
    if (!KeepLinesAround)
      Begin = withCommentAbove(Text, Begin);
    End = LineEnd + 1;
    size_t NextEnd = Text.find('\n', End);
    bool BlankBelow =
        NextEnd != StringRef::npos && Text.slice(End, NextEnd).trim().empty();
    if (BlankBelow && !KeepLinesAround)
      End = NextEnd + 1;
  }
  SourceLocation FileStart = SM.getLocForStartOfFile(File);
  return CharSourceRange::getCharRange(FileStart.getLocWithOffset(Begin),
                                       FileStart.getLocWithOffset(End));
}

bool UseCollector::VisitCXXRecordDecl(CXXRecordDecl *D) {
  if (D->isImplicit() || D->isInjectedClassName() || D->isLambda() ||
      !D->getIdentifier())
    return true;
  bool Defines = D->isThisDeclarationADefinition();
  if (Defines && Options.CollectFacts &&
      !isa<ClassTemplateSpecializationDecl>(D) &&
      any_of(Rules.Rules.Limits, [&](const Limit &Limit) {
        return Limit.Count == CountKind::Classes &&
               fullMatch(Limit.Matching, D->getName());
      }))
    addFact(Fact::Kind::Class, D, "");
  if (Defines)
    addUnwrittenBases(D);
  LegacyEntry Entry = Index.find(D);
  if (Defines && !Entry)
    addClashes(D);
  if (Entry && Defines)
    addDefinition(Entry, D);
  else if (Entry && !D->isEmbeddedInDeclarator())
    addForwardDeclaration(Entry, D);
  return true;
}

void UseCollector::addDefinition(const LegacyEntry &Entry, CXXRecordDecl *D) {
  DefinitionPolicy Policy = Entry.Legacy->Definition;
  if (Policy == DefinitionPolicy::Keep)
    return;
  const std::string &Into = Entry.Into->Into;
  RawUse Use =
      makeUse(FindingKind::Definition, Entry, D->getLocation(), "definition");
  Use.Group = definitionGroup(Entry);
  Use.Message = "'" + Entry.Legacy->Name + "' duplicates '" + Into + "'";
  if (D->getDescribedClassTemplate() || isa<ClassTemplateSpecializationDecl>(D))
    Use.leave({MessageId::ClassTemplate, "it is a class template; turn it into "
                                         "an alias template by hand"});
  else if (D->isEmbeddedInDeclarator())
    Use.leave({MessageId::DeclaredTogether,
               "variables are declared together with the class"});
  else if (Policy == DefinitionPolicy::Delete) {
    Use.Replaced = wholeDeclaration(D);
  } else {
    NameSite Site;
    Site.Context = D->getDeclContext();
    Site.Where = D->getLocation();
    Use.Replaced = tokenRange(D->getBeginLoc(), D->getBraceRange().getEnd());
    Use.Pieces.push_back({"using " + D->getName().str() +
                              " [[deprecated(\"use " + Into +
                              "\")]] = " + spellName(Into, Site, Context),
                          {},
                          false});
    Use.NeedsHeader = true;
  }
  addUse(std::move(Use));
}

/// The outermost namespace block that holds nothing but \p D, or null.
static const NamespaceDecl *blockWithOnly(const Decl *D) {
  const NamespaceDecl *Block = nullptr;
  const auto *Inner = D;
  while (const auto *Namespace =
             dyn_cast<NamespaceDecl>(Inner->getLexicalDeclContext())) {
    if (std::distance(Namespace->decls_begin(), Namespace->decls_end()) != 1)
      break;
    Block = Namespace;
    Inner = Namespace;
  }
  return Block;
}

static const NamespaceDecl *outermostBlock(const Decl *D) {
  const NamespaceDecl *Block = nullptr;
  for (const DeclContext *DC = D->getLexicalDeclContext(); DC;
       DC = DC->getLexicalParent())
    if (const auto *Namespace = dyn_cast<NamespaceDecl>(DC))
      Block = Namespace;
  return Block;
}

/// `namespace a { namespace b { class X; } }` for the qualified name `a::b::X`.
static std::string declarationIn(StringRef Qualified, StringRef Keyword) {
  StringRef Scope = enclosingScope(Qualified);
  std::string Inner = (Keyword + " " + unqualifiedName(Qualified) + ";").str();
  if (Scope.empty())
    return Inner;
  std::string Open, Close;
  for (const std::string &Part : splitQualifiedName(Scope)) {
    Open += "namespace " + Part + " {\n";
    Close = "} // namespace " + Part + (Close.empty() ? "" : "\n") + Close;
  }
  return Open + Inner + "\n" + Close;
}

/// True when an earlier forward declaration in the same block declares, or will
/// declare, the canonical class.
bool UseCollector::isDeclaredAbove(const LegacyEntry &Entry,
                                   const CXXRecordDecl *D) const {
  for (const Decl *Other : D->getLexicalDeclContext()->decls()) {
    const auto *Template = dyn_cast<ClassTemplateDecl>(Other);
    const auto *Record = Template ? Template->getTemplatedDecl()
                                  : dyn_cast<CXXRecordDecl>(Other);
    if (Record == D)
      return false;
    if (!Record || Record->isThisDeclarationADefinition() ||
        Record->isImplicit() ||
        SM.getFileID(Record->getLocation()) != SM.getFileID(D->getLocation()))
      continue;
    if (qualifiedName(Record) == Entry.Into->intoName() ||
        Index.find(Record).Into == Entry.Into)
      return true;
  }
  return false;
}

void UseCollector::addForwardDeclaration(const LegacyEntry &Entry,
                                         CXXRecordDecl *D) {
  StringRef Into = Entry.Into->intoName();
  const ClassTemplateDecl *Template = D->getDescribedClassTemplate();
  const Decl *Whole = Template ? static_cast<const Decl *>(Template) : D;
  RawUse Use = makeUse(FindingKind::Type, Entry, D->getLocation(),
                       "forward declaration");
  Use.Message =
      "forward declaration of the legacy class '" + Entry.Legacy->Name + "'";
  if (isDeclaredAbove(Entry, D)) {
    Use.Replaced = wholeDeclaration(Whole, /*KeepLinesAround=*/true);
    return addUse(std::move(Use));
  }
  // An alias is not declared ahead; its header is included instead.
  if (!Entry.Into->AliasedType.empty() &&
      D->getLexicalDeclContext()->isFileContext()) {
    Use.NeedsHeader = true;
    const NamespaceDecl *Block = blockWithOnly(Whole);
    Use.Replaced =
        wholeDeclaration(Block ? Block : Whole, /*KeepLinesAround=*/true);
    return addUse(std::move(Use));
  }
  if (!handsParametersOn(*Entry.Into, *Entry.Legacy) &&
      D->getLexicalDeclContext()->isFileContext()) {
    Use.leave({MessageId::DeducedArguments,
               "'" + Entry.Into->Into +
                   "' takes other template parameters, so it is not declared "
                   "ahead like this"});
    return addUse(std::move(Use));
  }
  if (qualifiedScope(D->getDeclContext()) == enclosingScope(Into)) {
    Use.Replaced = tokenRange(D->getLocation(), D->getLocation());
    Use.Pieces.push_back({unqualifiedName(Into).str(), {}, false});
    return addUse(std::move(Use));
  }
  // A friend: its name is a spelled type, which is a use of its own.
  if (!D->getLexicalDeclContext()->isFileContext())
    return;
  std::string Keyword = D->getKindName().str();
  if (Template)
    Keyword =
        Lexer::getSourceText(
            fileRange(Template->getTemplateParameters()->getSourceRange()), SM,
            Context.getLangOpts())
            .str() +
        " " + Keyword;
  std::string Declaration = declarationIn(Into, Keyword);
  if (const NamespaceDecl *Block = blockWithOnly(Whole)) {
    Use.Replaced = tokenRange(Block->getBeginLoc(), Block->getRBraceLoc());
    Use.Pieces.push_back({Declaration, {}, false});
    return addUse(std::move(Use));
  }
  Use.Group = "forward:" + placeKey(D->getLocation());
  const NamespaceDecl *Outermost = outermostBlock(Whole);
  if (Outermost) {
    RawUse Insertion = Use;
    Insertion.Where = fileLoc(Outermost->getBeginLoc());
    Insertion.Replaced = CharSourceRange::getCharRange(
        Outermost->getBeginLoc(), Outermost->getBeginLoc());
    Insertion.Pieces.push_back({Declaration + "\n\n", {}, false});
    Use.Replaced = wholeDeclaration(Whole);
    addUse(std::move(Insertion));
  } else {
    Use.Replaced = tokenRange(Whole->getBeginLoc(), Whole->getEndLoc());
    // The `;` of the old declaration stays after the closing brace otherwise.
    if (StringRef(Declaration).ends_with(";"))
      Declaration.pop_back();
    Use.Pieces.push_back({Declaration, {}, false});
  }
  addUse(std::move(Use));
}

bool UseCollector::VisitTypedefNameDecl(TypedefNameDecl *D) {
  LegacyEntry Entry = Index.find(D);
  if (!Entry || Entry.Legacy->Definition != DefinitionPolicy::Delete)
    return true;
  RawUse Use =
      makeUse(FindingKind::Definition, Entry, D->getLocation(), "alias");
  Use.Group = definitionGroup(Entry);
  Use.Message = "legacy alias '" + Entry.Legacy->Name + "'";
  Use.Replaced = wholeDeclaration(D);
  addUse(std::move(Use));
  return true;
}

void UseCollector::addOutOfLineMember(DeclaratorDecl *D) {
  const auto *Parent = dyn_cast<CXXRecordDecl>(D->getDeclContext());
  const auto *Function = dyn_cast<FunctionDecl>(D);
  bool IsFriend = !Parent && Function;
  LegacyEntry Entry = Index.find(IsFriend ? ownerOfFriend(Function) : Parent);
  bool Apart =
      IsFriend ? D->getLexicalDeclContext()->isFileContext() : D->isOutOfLine();
  if (!Entry || !Apart)
    return;
  if (Entry.Legacy->Definition == DefinitionPolicy::Keep) {
    const auto *Class =
        cast<Decl>(D->getCanonicalDecl()->getLexicalDeclContext());
    // The file goes on defining the class and needs its header.
    Out.References.insert({SM.getFileID(fileLoc(D->getLocation())),
                           SM.getFileID(fileLoc(Class->getLocation()))});
    return;
  }
  RawUse Use = makeUse(FindingKind::Definition, Entry, D->getLocation(),
                       IsFriend ? "out-of-line friend" : "out-of-line member");
  Use.Group = definitionGroup(Entry);
  Use.Message = std::string(IsFriend ? "friend" : "member") +
                " of the duplicate class '" + Entry.Legacy->Name + "'";
  Use.Replaced = wholeDeclaration(D);
  addUse(std::move(Use));
}

bool UseCollector::VisitCXXMethodDecl(CXXMethodDecl *D) {
  addOutOfLineMember(D);
  tieToBases(D);
  // An override in a derived class follows the name of what it overrides.
  if (D->isVirtual() && D->getIdentifier() && !Index.find(D->getParent())) {
    addUnmatchedMember(D, D->getLocation(), legacyBaseOf(D->getParent()));
    addOverride(D);
  }
  return true;
}

bool UseCollector::VisitVarDecl(VarDecl *D) {
  if (D->isStaticDataMember())
    addOutOfLineMember(D);
  if (!isa<ParmVarDecl>(D))
    tieAliases(D);
  addElementOfRange(D);
  return true;
}

const MemberRename *UseCollector::renameOf(const NamedDecl *Member,
                                           LegacyEntry &Entry) const {
  if (!Member || !Member->getIdentifier())
    return nullptr;
  const auto *Parent = dyn_cast<NamedDecl>(Member->getDeclContext());
  // Enumerators of a nested enumeration belong to the class as well.
  if (const auto *Enum = dyn_cast_or_null<EnumDecl>(Parent))
    Parent = dyn_cast<NamedDecl>(Enum->getDeclContext());
  Entry = Index.find(Parent);
  if (Entry)
    for (const MemberRename &Rename : Entry.Legacy->Members)
      if (Rename.From == Member->getName())
        return &Rename;
  // What only an instantiation overrides is called as in the template.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(patternOf(Member)))
    for (const CXXMethodDecl *Overridden : Method->overridden_methods())
      if (const MemberRename *Rename = renameOf(Overridden, Entry))
        return Rename;
  return nullptr;
}

RawUse UseCollector::memberUse(const LegacyEntry &Entry,
                               const MemberRename &Rename,
                               SourceLocation Name) const {
  RawUse Use = makeUse(FindingKind::Member, Entry, Name, "member name");
  Use.Message = "'" + Entry.Legacy->Name + "::" + Rename.From +
                "' is called '" + Rename.To + "' in '" + Entry.Into->Into + "'";
  Use.Replaced = tokenRange(Name, Name);
  Use.Pieces.push_back({Rename.To, {}, false});
  return Use;
}

void UseCollector::addMemberUse(const NamedDecl *Member, SourceLocation Name,
                                const Expr *Object) {
  LegacyEntry Entry;
  const MemberRename *Rename = renameOf(Member, Entry);
  if (!Rename || InsideOwnText == Entry.Legacy || Name.isInvalid() ||
      RewrittenMembers.contains(Name))
    return;
  RawUse Use = memberUse(Entry, *Rename, Name);
  if (Object)
    Use.Group = groupOfObject(Object);
  addUse(std::move(Use));
}

} // namespace consolidate
