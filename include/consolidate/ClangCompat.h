//===- ClangCompat.h - What differs between LLVM 19 and 22 ------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// The clang-tidy plugin is built for both from the same sources. Everything
// that had another name or shape in 19 is here, and LLVM_VERSION_MAJOR is asked
// nowhere else. Clang's headers that have moved are included by it as well.
//
// The difference that matters: until 21, the qualifier of a type name is that
// of an ElaboratedType around it, or, before another `::`, of the qualifier
// that the name itself belongs to. Since 22 every named type has its own.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_CLANGCOMPAT_H
#define CONSOLIDATE_CLANGCOMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Format/Format.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Serialization/ASTWriter.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#if LLVM_VERSION_MAJOR < 22
#include "clang/Driver/Options.h"
#include "clang/Frontend/Utils.h"
#define CONSOLIDATE_TIDY_REGISTRY "clang-tidy/ClangTidyModuleRegistry.h"
namespace clang {
using driver::getDriverOptTable;
namespace options = driver::options;
} // namespace clang
namespace llvm::sys::path {
using fs::make_absolute;
} // namespace llvm::sys::path
#else
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Options/Options.h"
#define CONSOLIDATE_TIDY_REGISTRY "clang-tidy/ClangTidyModule.h"
#endif

namespace consolidate {

/// What one component of a qualifier is; `Type` also where it depends on a
/// template parameter.
enum class QualifierKind { None, Global, Namespace, Type, Super };

/// A class or enumeration as it is spelled; null for other types.
struct SpelledTag {
  const clang::NamedDecl *Named = nullptr;
  clang::NestedNameSpecifierLoc Qualifier;
  clang::SourceLocation Name;
};

#if LLVM_VERSION_MAJOR < 22

inline QualifierKind qualifierKind(clang::NestedNameSpecifierLoc Qualifier) {
  using clang::NestedNameSpecifier;
  if (!Qualifier)
    return QualifierKind::None;
  switch (Qualifier.getNestedNameSpecifier()->getKind()) {
  case NestedNameSpecifier::Global:
    return QualifierKind::Global;
  case NestedNameSpecifier::Namespace:
  case NestedNameSpecifier::NamespaceAlias:
    return QualifierKind::Namespace;
  case NestedNameSpecifier::Super:
    return QualifierKind::Super;
  default:
    return QualifierKind::Type;
  }
}
/// The namespace, or alias of one, of a component of that kind.
inline const clang::NamedDecl *
namespaceOf(clang::NestedNameSpecifierLoc Qualifier) {
  const clang::NestedNameSpecifier *Last = Qualifier.getNestedNameSpecifier();
  if (const clang::NamedDecl *Alias = Last->getAsNamespaceAlias())
    return Alias;
  return Last->getAsNamespace();
}
/// A component of that kind.
inline clang::TypeLoc typeLocOf(clang::NestedNameSpecifierLoc Qualifier) {
  return Qualifier.getTypeLoc();
}
/// The class of a component of that kind; null where that depends.
inline const clang::CXXRecordDecl *
recordOf(clang::NestedNameSpecifierLoc Qualifier) {
  const clang::Type *Type = Qualifier.getNestedNameSpecifier()->getAsType();
  return Type ? Type->getAsCXXRecordDecl() : nullptr;
}
inline clang::NestedNameSpecifierLoc
prefixOf(clang::NestedNameSpecifierLoc Qualifier) {
  return Qualifier.getPrefix();
}

/// \p Loc without what only qualifies it; \p Outer becomes its qualifier.
inline clang::TypeLoc withoutQualifier(clang::TypeLoc Loc,
                                       clang::NestedNameSpecifierLoc &Outer) {
  if (auto Elaborated = Loc.getAs<clang::ElaboratedTypeLoc>()) {
    Outer = Elaborated.getQualifierLoc();
    return Elaborated.getNamedTypeLoc();
  }
  return Loc;
}
/// The qualifier of \p Loc, where \p Outer is what stands around it.
template <typename Loc>
clang::NestedNameSpecifierLoc qualifierOf(Loc,
                                          clang::NestedNameSpecifierLoc Outer) {
  return Outer;
}

inline SpelledTag tagIn(clang::TypeLoc Loc,
                        clang::NestedNameSpecifierLoc Outer) {
  if (auto Tag = Loc.getAs<clang::TagTypeLoc>())
    return {Tag.getDecl(), Outer, Tag.getNameLoc()};
  if (auto Injected = Loc.getAs<clang::InjectedClassNameTypeLoc>())
    return {Injected.getDecl(), Outer, Injected.getNameLoc()};
  return {};
}
inline const clang::NamedDecl *declOf(clang::UsingTypeLoc Loc) {
  return Loc.getFoundDecl();
}
inline clang::TypedefNameDecl *declOf(clang::TypedefTypeLoc Loc) {
  return Loc.getTypedefNameDecl();
}
inline const clang::IdentifierInfo *
identifierOf(const clang::DependentTemplateName *Name) {
  return Name->isIdentifier() ? Name->getIdentifier() : nullptr;
}

inline clang::QualType typeOf(const clang::TagDecl *D) {
  return D->getASTContext().getTypeDeclType(D).getCanonicalType();
}
inline bool capturesArgument(const clang::ParmVarDecl *) { return false; }

inline void keepIncludeOrder(clang::format::FormatStyle &Style) {
  Style.SortIncludes = clang::format::FormatStyle::SI_Never;
}

inline llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>
makeDiagnostics(llvm::vfs::FileSystem &, clang::DiagnosticConsumer &Consumer) {
  return clang::CompilerInstance::createDiagnostics(
      new clang::DiagnosticOptions, &Consumer, /*ShouldOwnClient=*/false);
}
/// As PrecompiledPreamble::Build takes it.
inline clang::DiagnosticsEngine &
forPreamble(const llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> &Diags) {
  return *Diags;
}
inline std::unique_ptr<clang::CompilerInstance>
makeInstance(std::unique_ptr<clang::CompilerInvocation> Invocation,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
             clang::DiagnosticConsumer &Consumer) {
  auto Result = std::make_unique<clang::CompilerInstance>();
  Result->setInvocation(std::move(Invocation));
  Result->createDiagnostics(&Consumer, /*ShouldOwnClient=*/false);
  Result->createFileManager(std::move(FS));
  return Result;
}

/// Writes the AST of a precompiled header into memory.
inline std::unique_ptr<clang::ASTConsumer>
makeAstWriter(clang::CompilerInstance &CI,
              std::shared_ptr<clang::PCHBuffer> Into) {
  return std::make_unique<clang::PCHGenerator>(
      CI.getPreprocessor(), CI.getModuleCache(), /*OutputFile=*/"",
      /*isysroot=*/"", std::move(Into),
      CI.getFrontendOpts().ModuleFileExtensions);
}

/// Visits each type name once, and knows the qualifier in front of it.
template <typename Derived>
class NameVisitor : public clang::RecursiveASTVisitor<Derived> {
  using Base = clang::RecursiveASTVisitor<Derived>;

public:
  bool TraverseElaboratedTypeLoc(clang::ElaboratedTypeLoc Loc) {
    Derived &Visitor = this->getDerived();
    if (Loc.getQualifierLoc() &&
        !Visitor.TraverseNestedNameSpecifierLoc(Loc.getQualifierLoc()))
      return false;
    Outer = Loc.getQualifierLoc();
    return Visitor.TraverseTypeLoc(Loc.getNamedTypeLoc());
  }
  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc Qualifier) {
    Derived &Visitor = this->getDerived();
    if (!Qualifier)
      return true;
    if (Qualifier.getPrefix() &&
        !Visitor.TraverseNestedNameSpecifierLoc(Qualifier.getPrefix()))
      return false;
    if (!Qualifier.getNestedNameSpecifier()->getAsType())
      return true;
    Outer = Qualifier.getPrefix();
    return Visitor.TraverseTypeLoc(Qualifier.getTypeLoc());
  }

protected:
  /// For VisitTypeLoc, which is called right behind either.
  clang::NestedNameSpecifierLoc takeQualifier() {
    return std::exchange(Outer, {});
  }

private:
  clang::NestedNameSpecifierLoc Outer;
};

#else // 22 and later

inline QualifierKind qualifierKind(clang::NestedNameSpecifierLoc Qualifier) {
  using Kind = clang::NestedNameSpecifier::Kind;
  switch (Qualifier.getNestedNameSpecifier().getKind()) {
  case Kind::Null:
    return QualifierKind::None;
  case Kind::Global:
    return QualifierKind::Global;
  case Kind::Namespace:
    return QualifierKind::Namespace;
  case Kind::Type:
    return QualifierKind::Type;
  case Kind::MicrosoftSuper:
    return QualifierKind::Super;
  }
  return QualifierKind::None;
}
inline const clang::NamedDecl *
namespaceOf(clang::NestedNameSpecifierLoc Qualifier) {
  return Qualifier.castAsNamespaceAndPrefix().Namespace;
}
inline clang::TypeLoc typeLocOf(clang::NestedNameSpecifierLoc Qualifier) {
  return Qualifier.castAsTypeLoc();
}
inline const clang::CXXRecordDecl *
recordOf(clang::NestedNameSpecifierLoc Qualifier) {
  return Qualifier.castAsTypeLoc().getType()->getAsCXXRecordDecl();
}
inline clang::NestedNameSpecifierLoc
prefixOf(clang::NestedNameSpecifierLoc Qualifier) {
  switch (qualifierKind(Qualifier)) {
  case QualifierKind::Namespace:
    return Qualifier.castAsNamespaceAndPrefix().Prefix;
  case QualifierKind::Type:
    return Qualifier.castAsTypeLoc().getPrefix();
  default: // nothing stands before a leading `::`
    return {};
  }
}

inline clang::TypeLoc withoutQualifier(clang::TypeLoc Loc,
                                       clang::NestedNameSpecifierLoc &) {
  return Loc;
}
template <typename Loc>
clang::NestedNameSpecifierLoc qualifierOf(Loc Of,
                                          clang::NestedNameSpecifierLoc) {
  return Of.getQualifierLoc();
}

inline SpelledTag tagIn(clang::TypeLoc Loc, clang::NestedNameSpecifierLoc) {
  if (auto Tag = Loc.getAs<clang::TagTypeLoc>())
    return {Tag.getDecl(), Tag.getQualifierLoc(), Tag.getNameLoc()};
  return {};
}
inline const clang::NamedDecl *declOf(clang::UsingTypeLoc Loc) {
  return Loc.getDecl();
}
inline clang::TypedefNameDecl *declOf(clang::TypedefTypeLoc Loc) {
  return Loc.getDecl();
}
inline const clang::IdentifierInfo *
identifierOf(const clang::DependentTemplateName *Name) {
  return Name->getName().getIdentifier();
}

inline clang::QualType typeOf(const clang::TagDecl *D) {
  return D->getASTContext().getCanonicalTagType(D);
}
inline bool capturesArgument(const clang::ParmVarDecl *P) {
  return P->hasAttr<clang::LifetimeCaptureByAttr>();
}

inline void keepIncludeOrder(clang::format::FormatStyle &Style) {
  Style.SortIncludes.Enabled = false;
  Style.SortIncludes.IgnoreCase = false;
}

inline llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>
makeDiagnostics(llvm::vfs::FileSystem &FS,
                clang::DiagnosticConsumer &Consumer) {
  clang::DiagnosticOptions Quiet;
  return clang::CompilerInstance::createDiagnostics(FS, Quiet, &Consumer,
                                                    /*ShouldOwnClient=*/false);
}
inline llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>
forPreamble(llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> Diags) {
  return Diags;
}
inline std::unique_ptr<clang::CompilerInstance>
makeInstance(std::unique_ptr<clang::CompilerInvocation> Invocation,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
             clang::DiagnosticConsumer &Consumer) {
  auto Result =
      std::make_unique<clang::CompilerInstance>(std::move(Invocation));
  Result->setVirtualFileSystem(std::move(FS));
  Result->createDiagnostics(&Consumer, /*ShouldOwnClient=*/false);
  return Result;
}

inline std::unique_ptr<clang::ASTConsumer>
makeAstWriter(clang::CompilerInstance &CI,
              std::shared_ptr<clang::PCHBuffer> Into) {
  return std::make_unique<clang::PCHGenerator>(
      CI.getPreprocessor(), CI.getModuleCache(), /*OutputFile=*/"",
      /*isysroot=*/"", std::move(Into), CI.getCodeGenOpts(),
      CI.getFrontendOpts().ModuleFileExtensions);
}

template <typename Derived>
class NameVisitor : public clang::RecursiveASTVisitor<Derived> {
protected:
  clang::NestedNameSpecifierLoc takeQualifier() { return {}; }
};

#endif

/// The named type itself, without `const` and whatever only qualifies it.
inline clang::TypeLoc plainLoc(clang::TypeLoc Loc) {
  clang::NestedNameSpecifierLoc Qualifier;
  return withoutQualifier(Loc.getUnqualifiedLoc(), Qualifier);
}

} // namespace consolidate

#endif // CONSOLIDATE_CLANGCOMPAT_H
