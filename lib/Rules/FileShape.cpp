//===- FileShape.cpp - Keys of the rules file, as tables ------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "FileShape.h"

using namespace llvm;

namespace consolidate {
namespace {

constexpr StringLiteral Definitions[] = {"keep", "alias", "delete"};
constexpr StringLiteral Counts[] = {"classes",         "factories",
                                    "legacy-uses",     "constructions",
                                    "broken-includes", "couplings"};
constexpr StringLiteral Severities[] = {"info", "error"};

constexpr Presence Required = Presence::Required;
constexpr StringLiteral Safeties[] = {"safe", "unsafe"};
constexpr Presence Optional = Presence::Optional;
constexpr Emptiness MayBeEmpty = Emptiness::Accepted;

constexpr KeyShape LegacyKeys[] = {
    {"class", ValueShape::Text, "class: ns::LegacyName", Required},
    {"header", ValueShape::Text, "header: path/legacy_name.h"},
    {.Name = "definition",
     .Value = ValueShape::Choice,
     .Example = "definition: alias",
     .Choices = Definitions},
    {"members", ValueShape::TextMap, "members: {old_name: NewName}", Optional,
     MayBeEmpty},
    {"comments", ValueShape::Flag, "comments: true"},
};
constexpr ObjectShape LegacyShape = {"legacyClass", LegacyKeys};

constexpr KeyShape ConsolidationKeys[] = {
    {"into", ValueShape::Text, "into: ns::CanonicalName", Required},
    {"header", ValueShape::Text, "header: path/canonical_name.h"},
    {.Name = "from",
     .Value = ValueShape::ObjectList,
     .Example = "from: [{class: ns::LegacyName}]",
     .Needed = Required,
     .Element = &LegacyShape},
};
constexpr ObjectShape ConsolidationShape = {"consolidation", ConsolidationKeys};

constexpr KeyShape IncludeKeys[] = {
    {"from", ValueShape::Text, "from: path/old.h", Required},
    {"to", ValueShape::TextOrList, "to: path/new.h", Optional, MayBeEmpty},
};
constexpr ObjectShape IncludeShape = {"includeRule", IncludeKeys};

constexpr KeyShape RewriteKeys[] = {
    {"name", ValueShape::Text, "name: two-argument-constructor", Required},
    {"given", ValueShape::TextList, "given: ['ns::Type &name']", Optional,
     MayBeEmpty},
    {"before", ValueShape::Text, "before: ns::Legacy(name)"},
    {"after", ValueShape::Text, "after: ns::Canonical(name)"},
    {"inline", ValueShape::Text, "inline: ns::MakeLegacy"},
    {"headers", ValueShape::TextList, "headers: [path/needed.h]", Optional,
     MayBeEmpty},
    {.Name = "safety",
     .Value = ValueShape::Choice,
     .Example = "safety: safe",
     .Choices = Safeties},
};
constexpr ObjectShape RewriteShape = {"rewrite", RewriteKeys};

constexpr KeyShape LimitKeys[] = {
    {"name", ValueShape::Text, "name: only-one-engine", Required},
    {.Name = "count",
     .Value = ValueShape::Choice,
     .Example = "count: constructions",
     .Needed = Required,
     .Choices = Counts},
    {"matching", ValueShape::Text, "matching: '.*Engine'"},
    {"except", ValueShape::Text, "except: 'Mock.*'"},
    {"producing", ValueShape::Text, "producing: ns::CanonicalName"},
    {"between", ValueShape::TextList, "between: [engines, '.*Socket.*']"},
    {"paths", ValueShape::TextList, "paths: ['src/**']"},
    {"max", ValueShape::Number, "max: 0"},
    {.Name = "severity",
     .Value = ValueShape::Choice,
     .Example = "severity: info",
     .Choices = Severities},
};
constexpr ObjectShape LimitShape = {"limit", LimitKeys};

constexpr KeyShape TestKeys[] = {
    {"name", ValueShape::Text, "name: member-initialiser", Required},
    {"files", ValueShape::TextMap, "files: {old.h: 'class Old {};'}"},
    {"before", ValueShape::Text, "before: 'Old *p; // consolidate: type'"},
    {"after", ValueShape::Text, "after: 'New *p;'"},
    {"left", ValueShape::TextList, "left: [no rewrite covers]", Optional,
     MayBeEmpty},
};
constexpr ObjectShape TestShape = {"test", TestKeys};

constexpr KeyShape ScopeKeys[] = {
    {"include", ValueShape::TextList, "include: ['**']"},
    {"exclude", ValueShape::TextList, "exclude: ['build/**']", Optional,
     MayBeEmpty},
};
constexpr ObjectShape ScopeShape = {"scope", ScopeKeys};

constexpr KeyShape FileKeys[] = {
    {"version", ValueShape::Number, "version: 1", Required},
    {.Name = "consolidate",
     .Value = ValueShape::ObjectList,
     .Example = "consolidate: [{into: ns::New, from: [{class: ns::Old}]}]",
     .Element = &ConsolidationShape},
    {"comments", ValueShape::Flag, "comments: true"},
    {.Name = "includes",
     .Value = ValueShape::ObjectList,
     .Example = "includes: [{from: old.h, to: new.h}]",
     .Element = &IncludeShape},
    {.Name = "rewrites",
     .Value = ValueShape::ObjectList,
     .Example = "rewrites: [{name: make, before: Old(), after: New()}]",
     .Element = &RewriteShape},
    {.Name = "limits",
     .Value = ValueShape::ObjectList,
     .Example = "limits: [{name: no-use, count: legacy-uses, max: 0}]",
     .Element = &LimitShape},
    {.Name = "tests",
     .Value = ValueShape::ObjectList,
     .Example = "tests: [{name: pointer, before: Old *p;, after: New *p;}]",
     .Element = &TestShape},
    {.Name = "scope",
     .Value = ValueShape::Object,
     .Example = "scope: {exclude: ['build/**']}",
     .Element = &ScopeShape},
};
constexpr ObjectShape FileShape = {"file", FileKeys};

} // namespace

const ObjectShape &fileShape() { return FileShape; }

} // namespace consolidate
