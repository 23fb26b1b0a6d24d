//===- CommentNames.cpp - A class that is named in a comment --------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//   OldEngine            ->  Engine
//   app::OldEngine::run  ->  core::Engine::Start
//   \ref OldEngine       ->  \ref Engine
//   llvm::OldEngine      ->  stays: another class
//   app/OldEngine.h      ->  stays: a path
//
//===----------------------------------------------------------------------===//
#include "CommentNames.h"

#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using clang::isAsciiIdentifierContinue;

namespace consolidate {
namespace {

constexpr StringLiteral Extensions[] = {
    "c",    "cc", "cpp",  "cppm", "cs",   "cu",    "cxx", "dll", "exe",
    "h",    "hh", "hpp",  "htm",  "html", "hxx",   "inc", "inl", "ipp",
    "java", "js", "json", "log",  "md",   "proto", "py",  "rst", "so",
    "tpp",  "ts", "txt",  "ui",   "xml",  "yaml",  "yml"};

using Names = SmallVector<StringRef, 4>;

Names splitName(StringRef Qualified) {
  Names Parts;
  Qualified.split(Parts, "::", -1, /*KeepEmpty=*/false);
  return Parts;
}

bool endsWith(ArrayRef<StringRef> All, ArrayRef<StringRef> Tail) {
  return All.size() >= Tail.size() && All.take_back(Tail.size()) == Tail;
}

StringRef identifierBefore(StringRef Text) {
  size_t Size = 0;
  while (Size < Text.size() &&
         isAsciiIdentifierContinue(Text[Text.size() - Size - 1]))
    ++Size;
  return Text.take_back(Size);
}

StringRef identifierAt(StringRef Text) {
  return Text.take_while([](char C) { return isAsciiIdentifierContinue(C); });
}

/// Length of the `<...>` that \p Text begins with, on one line; 0: none.
size_t argumentsAt(StringRef Text) {
  unsigned Depth = 0;
  for (auto [I, C] : enumerate(Text)) {
    Depth += C == '<';
    if (Depth == 0 || C == '\n')
      return 0;
    if (C == '>' && --Depth == 0)
      return I + 1;
  }
  return 0;
}

/// The outermost arguments of `<...>`.
std::vector<std::string> splitArguments(StringRef Brackets) {
  std::vector<std::string> Result(1);
  int Depth = 0;
  for (char C : Brackets.drop_front().drop_back()) {
    Depth += (C == '<' || C == '(') - (C == '>' || C == ')');
    if (C == ',' && Depth == 0)
      Result.emplace_back();
    else
      Result.back() += C;
  }
  for (std::string &Argument : Result)
    Argument = StringRef(Argument).trim().str();
  return Result;
}

class Reader {
public:
  Reader(StringRef Text, const Mention &M, ArrayRef<CommentTarget> Targets)
      : Text(Text), Word(M.Word), Targets(Targets), NameAt(M.Offset) {
    Result.Begin = M.Offset;
    Result.End = M.Offset + M.Length;
  }

  CommentName read() {
    if (isNamespace() || !readQualifier() || isPath() || !choose())
      return Result;
    if (!writeName())
      return Result;
    takeMember();
    StringRef Before = Text.slice(Result.Begin, Result.End);
    if (Result.Text == Before)
      Result.Text.clear();
    return Result;
  }

private:
  StringRef Text;
  StringRef Word;
  ArrayRef<CommentTarget> Targets;
  unsigned NameAt;
  Names Written;         ///< What stands before the name, with `::`.
  bool Rooted = false;   ///< `::app::Old`
  bool Injected = false; ///< `Old::Old`, `~Old`: no template arguments.
  CommentName Result;

  bool leave(const Twine &Why) {
    Result.Left = Why.str();
    return false;
  }

  /// A class may be called like the namespace it is in.
  bool hasNameOfScope() const {
    return any_of(Targets, [&](const CommentTarget &Target) {
      StringRef Scope = enclosingScope(Target.Legacy->Name);
      return !Scope.empty() && unqualifiedName(Scope) == Word;
    });
  }

  bool isNamespace() const {
    StringRef After = Text.drop_front(Result.End);
    return hasNameOfScope() && After.consume_front("::") &&
           identifierAt(After) == Word;
  }

  bool readQualifier() {
    StringRef Before = Text.take_front(NameAt);
    while (Before.consume_back("::")) {
      StringRef Scope = identifierBefore(Before);
      if (Scope.empty() && Before.ends_with(">"))
        return leave("what qualifies it is a template");
      Before = Before.drop_back(Scope.size());
      Rooted = Scope.empty();
      if (Rooted)
        break;
      Written.insert(Written.begin(), Scope);
    }
    Result.Begin = unsigned(Before.size());
    Injected = Before.ends_with("~");
    if (!Written.empty() && Written.back() == Word && !hasNameOfScope()) {
      // The class before it is a mention of its own.
      Written.pop_back();
      Injected = true;
      Result.Begin = NameAt;
    }
    return true;
  }

  bool isPath() {
    StringRef Before = Text.take_front(Result.Begin);
    StringRef After = Text.drop_front(Result.End);
    bool OpensComment = Before.ends_with("//") && !Before.ends_with("://");
    bool Path =
        (Before.ends_with("/") && !OpensComment) || Before.ends_with("\\");
    if (After.consume_front("/"))
      Path |= !identifierAt(After).empty();
    if (After.consume_front("."))
      Path |= is_contained(Extensions, identifierAt(After));
    if (Path)
      return !leave("it may be part of a path");
    if ((Before.consume_back(".") || Before.consume_back("#")) &&
        !identifierBefore(Before).empty())
      return !leave("it may be a member of '" + identifierBefore(Before) + "'");
    return false;
  }

  bool isMeant(const CommentTarget &Target) const {
    Names Scope = splitName(enclosingScope(Target.Legacy->Name));
    return Rooted && !Injected ? Scope == Written : endsWith(Scope, Written);
  }

  bool choose() {
    for (const CommentTarget &Target : Targets) {
      if (!isMeant(Target))
        continue;
      if (Result.Target && Result.Target->Into != Target.Into) {
        std::string First = Result.Target->Legacy->Name;
        Result.Target = nullptr;
        return leave("it may be '" + Twine(First) + "' or '" +
                     Target.Legacy->Name + "'");
      }
      Result.Target = &Target;
    }
    return Result.Target || leave("'" + join(Written, "::") + "::" + Word +
                                  "' is another entity");
  }

  /// The canonical name without template arguments, qualified as the legacy one
  /// was: what stands before both is left out again.
  std::string canonicalName(StringRef Name) const {
    Names Into = splitName(Name);
    if (Injected || (Written.empty() && !Rooted && Into.front() != "std"))
      return Into.back().str();
    Names Scope = splitName(enclosingScope(Result.Target->Legacy->Name));
    ArrayRef<StringRef> Unsaid = ArrayRef(Scope).drop_back(Written.size());
    ArrayRef<StringRef> Said = Into;
    if (!Rooted && Said.size() > Unsaid.size() &&
        Said.take_front(Unsaid.size()) == Unsaid)
      Said = Said.drop_front(Unsaid.size());
    return (Rooted ? "::" : "") + join(Said, "::");
  }

  /// The name, and its template arguments where they change.
  bool writeName() {
    auto [Name, Rest] = Result.Target->Into.split('<');
    StringRef IntoArguments = Result.Target->Into.drop_front(Name.size());
    Result.Text = canonicalName(Name.trim());
    ArrayRef<std::string> Parameters =
        Result.Target->Legacy->TemplateParameters;
    // Of a class of the same name only what qualifies it can change.
    if (Written.empty() && !Rooted && Name.trim().ends_with(Word) &&
        unqualifiedName(Name.trim()) == Word)
      return keepSpelling();
    if (Injected || IntoArguments.empty())
      return true;
    if (Parameters.empty()) {
      Result.Text += IntoArguments;
      return true;
    }
    if (ArrayRef(splitArguments(IntoArguments)) == Parameters)
      return true;
    size_t Size = argumentsAt(Text.drop_front(Result.End));
    std::vector<std::string> Given;
    if (Size)
      Given = splitArguments(Text.substr(Result.End, Size));
    if (Given.size() != Parameters.size()) {
      Result.Text.clear();
      return leave("its template arguments change, and are not written here");
    }
    Result.End += unsigned(Size);
    Result.Text += substitute(IntoArguments, Parameters, Given);
    return true;
  }

  bool keepSpelling() {
    Result.Text.clear();
    return false;
  }

  static std::string substitute(StringRef Pattern,
                                ArrayRef<std::string> Parameters,
                                ArrayRef<std::string> Given) {
    std::string Out;
    while (!Pattern.empty()) {
      StringRef Name = identifierAt(Pattern);
      auto Which = find(Parameters, Name);
      if (Which != Parameters.end())
        Out += Given[Which - Parameters.begin()];
      else
        Out += Name.empty() ? Pattern.take_front(1) : Name;
      Pattern = Pattern.drop_front(std::max<size_t>(Name.size(), 1));
    }
    return Out;
  }

  /// `Old::run`, `Old#run`, `Old.run`, where `members` renames it.
  void takeMember() {
    StringRef After = Text.drop_front(Result.End);
    for (StringRef Separator : {"::", "#", "."}) {
      if (!After.starts_with(Separator))
        continue;
      StringRef Name = identifierAt(After.drop_front(Separator.size()));
      for (const MemberRename &Member : Result.Target->Legacy->Members)
        if (Member.From == Name) {
          Result.Text += (Separator + Member.To).str();
          Result.End += unsigned(Separator.size() + Name.size());
          return;
        }
    }
  }
};

} // namespace

CommentName readCommentName(StringRef Text, const Mention &M,
                            ArrayRef<CommentTarget> Targets) {
  return Reader(Text, M, Targets).read();
}

} // namespace consolidate
