//===- ExplicitInstantiations.cpp - `template void f<X>(X &);` ------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// Clang keeps no node for the explicit instantiation of a function or a member,
// so nothing in the syntax tree has the names that it spells. They are read
// from the tokens, and looked up as the parser did.
//
//===----------------------------------------------------------------------===//
#include "UseCollector.h"

#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace consolidate {
namespace {

/// The innermost namespace whose braces hold \p Where.
const DeclContext *namespaceAt(const DeclContext *Outer, SourceLocation Where,
                               const SourceManager &SM) {
  for (const Decl *D : Outer->decls()) {
    const auto *Inner = dyn_cast<DeclContext>(D);
    if (!Inner || !isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D) ||
        D->getBeginLoc().isMacroID() ||
        SM.getFileID(D->getBeginLoc()) != SM.getFileID(Where))
      continue;
    if (SM.isPointWithin(Where, D->getBeginLoc(), D->getEndLoc()))
      return namespaceAt(Inner, Where, SM);
  }
  return Outer;
}

/// The tokens of one file, without those of directives.
std::vector<Token> tokensOf(FileID File, const SourceManager &SM,
                            const LangOptions &LangOpts) {
  std::vector<Token> Result;
  Lexer Raw(File, SM.getBufferOrFake(File), SM, LangOpts);
  Token Tok;
  bool InDirective = false;
  while (true) {
    Raw.LexFromRawLexer(Tok);
    if (Tok.is(tok::eof))
      return Result;
    if (Tok.isAtStartOfLine())
      InDirective = Tok.is(tok::hash);
    if (!InDirective)
      Result.push_back(Tok);
  }
}

bool isWord(const Token &Tok, StringRef Word) {
  return Tok.is(tok::raw_identifier) && Tok.getRawIdentifier() == Word;
}

/// `template` that is followed by no `<`, and stands behind the end of another
/// declaration.
bool opensInstantiation(ArrayRef<Token> Tokens, size_t I) {
  if (!isWord(Tokens[I], "template") || I + 1 == Tokens.size() ||
      Tokens[I + 1].is(tok::less))
    return false;
  // Those of classes have a node.
  for (StringRef Key : {"class", "struct", "union"})
    if (isWord(Tokens[I + 1], Key))
      return false;
  if (I > 0 && isWord(Tokens[I - 1], "extern"))
    --I;
  return I == 0 || Tokens[I - 1].isOneOf(tok::semi, tok::l_brace, tok::r_brace,
                                         tok::r_paren, tok::r_square);
}

/// `a::b::X`, where the last token is the name.
struct Spelling {
  std::vector<std::string> Parts;
  size_t First = 0; ///< Index of the first token.
  bool LeadingColons = false;
};

Spelling spellingOf(ArrayRef<Token> Tokens, size_t Name) {
  Spelling Result;
  Result.First = Name;
  Result.Parts.push_back(Tokens[Name].getRawIdentifier().str());
  while (Result.First > 0 && Tokens[Result.First - 1].is(tok::coloncolon)) {
    if (Result.First < 2 || !Tokens[Result.First - 2].is(tok::raw_identifier) ||
        isWord(Tokens[Result.First - 2], "template")) {
      Result.LeadingColons = true;
      --Result.First;
      break;
    }
    Result.First -= 2;
    Result.Parts.insert(Result.Parts.begin(),
                        Tokens[Result.First].getRawIdentifier().str());
  }
  return Result;
}

/// What `a::b::X` means from \p Scope on outwards.
const NamedDecl *lookUp(const Spelling &Spelled, const DeclContext *Scope,
                        ASTContext &Context) {
  std::string Name = join(Spelled.Parts, "::");
  for (; Scope && !Spelled.LeadingColons; Scope = Scope->getParent())
    if (std::string Outer = qualifiedScope(Scope); !Outer.empty())
      if (const NamedDecl *D = lookupQualified(Context, Outer + "::" + Name))
        return D;
  return lookupQualified(Context, Name);
}

} // namespace

void UseCollector::addExplicitInstantiations(const IncludeRecorder &Includes) {
  for (const auto &[File, Kind] : Includes.Entered) {
    StringRef Text = SM.getBufferData(File);
    if (SrcMgr::isSystem(Kind) || !Text.contains("template") ||
        none_of(Index.shortNames(),
                [&](const auto &Name) { return Text.contains(Name.getKey()); }))
      continue;
    auto Skipped = Includes.Skipped.find(File);
    std::vector<Token> Tokens = tokensOf(File, SM, Context.getLangOpts());
    if (Skipped != Includes.Skipped.end())
      erase_if(Tokens, [&](const Token &Tok) {
        unsigned At = SM.getFileOffset(Tok.getLocation());
        return any_of(Skipped->second, [&](const auto &Range) {
          return Range.first <= At && At < Range.second;
        });
      });
    for (size_t I = 0; I < Tokens.size(); ++I)
      if (opensInstantiation(Tokens, I))
        addExplicitInstantiation(Tokens, I);
  }
}

/// All names of one declaration change together.
void UseCollector::addExplicitInstantiation(ArrayRef<Token> Tokens, size_t I) {
  SourceLocation Begin = Tokens[I].getLocation();
  NameSite Site;
  Site.Context = namespaceAt(Context.getTranslationUnitDecl(), Begin, SM);
  for (; I < Tokens.size() && Tokens[I].isNot(tok::semi); ++I) {
    if (Tokens[I].isNot(tok::raw_identifier))
      continue;
    StringRef Word = Tokens[I].getRawIdentifier();
    if (!Index.shortNames().contains(Word) ||
        (I + 1 < Tokens.size() && Tokens[I + 1].is(tok::l_paren)))
      continue;
    // A variable template has a node.
    if (Seen.count({Tokens[I].getLocation(), FindingKind::Type}))
      continue;
    Spelling Spelled = spellingOf(Tokens, I);
    Site.Where = Tokens[I].getLocation();
    Site.LeadingColons = Spelled.LeadingColons;
    Site.Qualifiers = Spelled.Parts.size() - 1;
    Site.Replaced = nullptr;
    bool IsOurs = false;
    for (const LegacyEntry &Entry : Index.named(Word)) {
      Site.FullyQualified =
          Spelled.Parts.size() > 1 &&
          Spelled.Parts == splitQualifiedName(Entry.Legacy->Name);
      if (!namesTarget(Spelled.Parts, Entry.Legacy->Name, Site, Context))
        continue;
      Site.Replaced = lookupQualified(Context, Entry.Legacy->Name);
      RawUse Use = makeUse(FindingKind::Type, Entry, Site.Where,
                           "explicit instantiation");
      Use.Message = "'" + Entry.Legacy->Name + "' is a legacy class; use '" +
                    Entry.Into->Into + "'";
      Use.NeedsHeader = true;
      Use.Group = "instantiation:" + placeKey(Begin);
      if (Entry.Into->Into.find('<') != std::string::npos)
        Use.leave({MessageId::DeducedArguments,
                   "class templates in explicit instantiations of functions "
                   "are not mapped"});
      Use.Replaced =
          tokenRange(Tokens[Spelled.First].getLocation(), Site.Where);
      Use.Pieces.push_back(
          {spellName(Entry.Into->Into, Site, Context), {}, false});
      addUse(std::move(Use));
      IsOurs = true;
      break;
    }
    if (!IsOurs)
      if (const NamedDecl *Other = lookUp(Spelled, Site.Context, Context))
        Out.Others.emplace_back(Site.Where, Other);
  }
}

} // namespace consolidate
