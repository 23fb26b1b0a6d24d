//===- Archive.cpp - Findings as bytes, and back --------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "ArchiveStream.h"

#include "consolidate/Cache.h"

using namespace llvm;

namespace consolidate {

// Each lists every field of its struct. A field that is left out comes back
// empty, which ArchiveTest sees.

template <typename A> void fields(A &Each, KeptText &K) {
  Each(K.InText, K.InFile, K.Length);
}
template <typename A> void fields(A &Each, Edit &E) {
  Each(E.Path, E.Offset, E.Length, E.Text, E.Kept);
}
template <typename A> void fields(A &Each, MeantCall &C) {
  Each(C.Begin, C.End, C.InEdit, C.Site, C.USRs, C.Signature, C.Path);
}
template <typename A> void fields(A &Each, ChosenCall &C) {
  Each(C.Path, C.Begin, C.End, C.Site, C.USRs, C.Signature, C.Key, C.DeclaredIn,
       C.DeclaredAt, C.Line, C.OfClass, C.MakesLegacy);
}
template <typename A> void fields(A &Each, TemplateChoice &C) {
  Each(C.Asked, C.Shown, C.Taken, C.Path, C.Offset, C.Line);
}
template <typename A> void fields(A &Each, ClassDeclaration &D) {
  Each(D.Then, D.Now, D.Name);
}
template <typename A> void fields(A &Each, Finding &F) {
  Each(F.Kind, F.Rule, F.Class, F.Path, F.Offset, F.Length, F.Line, F.Column,
       F.Form, F.Message, F.Left, F.LeftId, F.Symbol, F.Signature, F.Level,
       F.Edits, F.Meant, F.Group, F.AlsoGroups, F.TellsObjectsApart,
       F.IsTemplateArgument, F.Introducer, F.TextBesides, F.Declares,
       F.NeedsHeaders);
}
template <typename A> void fields(A &Each, IncludeDirective &D) {
  Each(D.LineOffset, D.PathOffset, D.PathLength, D.Line, D.Angled, D.System,
       D.Spelled, D.Resolved, D.HealedBy, D.Branches);
}
template <typename A> void fields(A &Each, SkippedRange &R) {
  Each(R.Begin, R.End, R.Line, R.Condition);
}
template <typename A> void fields(A &Each, NameNote &N) {
  Each(N.What, N.Offset, N.Meaning);
}
template <typename A> void fields(A &Each, FileFacts &F) {
  Each(F.Includes, F.UsedFiles, F.Skipped, F.Names, F.Entered, F.System);
}
template <typename A> void fields(A &Each, CompileError &E) {
  Each(E.Path, E.Offset, E.Line, E.Column, E.Message, E.Notes);
}
template <typename A> void fields(A &Each, Fact &F) {
  Each(F.What, F.Name, F.Path, F.Line, F.Detail, F.Signature);
}
template <typename A> void fields(A &Each, FollowedName &N) {
  Each(N.Name, N.Path);
}
template <typename A> void fields(A &Each, TuFindings &Tu) {
  Each(Tu.MainFile, Tu.Findings, Tu.Files, Tu.IncludeGraph, Tu.Errors, Tu.Facts,
       Tu.Chosen, Tu.Watched, Tu.Choices, Tu.Declared, Tu.Follow,
       Tu.BodiesSkipped, Tu.Parsed);
}

template <typename T> static std::string write(const T &Value) {
  std::string Bytes;
  raw_string_ostream OS(Bytes);
  ArchiveWriter Write(OS);
  Write(Value);
  return Bytes;
}

template <typename T> static std::optional<T> read(StringRef Bytes) {
  T Value;
  ArchiveReader Read(Bytes);
  Read(Value);
  if (!Read.ok())
    return std::nullopt;
  return Value;
}

std::string toBytes(const TuFindings &Tu) { return write(Tu); }
std::string toBytes(const HeaderGraph &Graph) { return write(Graph); }

std::optional<TuFindings> findingsFromBytes(StringRef Bytes) {
  return read<TuFindings>(Bytes);
}
std::optional<HeaderGraph> graphFromBytes(StringRef Bytes) {
  return read<HeaderGraph>(Bytes);
}

} // namespace consolidate
