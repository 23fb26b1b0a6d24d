"""Calls of methods and of functions that take the class, which rewrites replace.

In a form `$P` is a call of a method (behind `.` or `->`), `$H<<x>>` one of a
function that takes x first. `$p($Y)` is a call that no rewrite covers, of the
same method as it stands in the code.
"""

from .tree import Site, nodes

STATEMENTS = """
$T1 $v($A1); use($v.$P);
$T1 $v($A1); auto *$w = &$v; use($w->$P);
$T1 $v($A1); $T &$w = $v; use($w.$P);
const $T1 $v($A1); use($v.$P + $v.$P);
$T1 $v($A1); auto &$w = $v; const auto &$x = $w; use($x.$P);
use($T1($A1).$P);
auto $v = std::make_unique<$T1>($A1); use($v->$P);
std::shared_ptr<$T> $v(new $T1($A1)); use($v->$P);
std::optional<$T> $v; $v.emplace($A0); use($v->$P);
std::vector<$T> $v; $v.push_back($T1($A1)); use($v[0].$P);
std::vector<$T> $v; $v.push_back($T1($A1)); for (auto &$w : $v) use($w.$P);
std::vector<$T> $v; $v.push_back($T1($A1)); for (const $T &$w : $v) use($w.$P);
$T $v[] = {$T1($A1), $T2($A2)}; for (auto &$w : $v) use($w.$P);
std::map<int, $T> $v; $v.try_emplace(1, $A0); use($v.at(1).$P); for (auto &[$w, $x] : $v) use($x.$P);
auto $v = $F1; use($v.$P);
use($F1.$P);
$T1 $v($A1); auto $w = [&] { return $v.$P; }; use($w());
$T1 $v($A1); auto $w = [=] { return $H<<$v>>; }; use($w());
$T1 $v($A1); use($H<<$v>>);
$T1 $v($A1); $T *$w = &$v; use($H<<*$w>>);
use($H<<$T1($A1)>>);
use($H<<$F1>>);
auto $v = $F1; use($H<<$v>>);
std::pair<int, $T> $v(1, $T1($A1)); use($v.second.$P + $H<<$v.second>>);
struct $c { $T $w{$A0}; int h() { return $w.$P; } }; $c $v; use($v.h() + $H<<$v.$w>>);
if ($T1 $v($A1); $v.$P > 1) use($v.limit);
$T1 $v($A1); auto $w = $v; use($w.$P);
$T1 $v($A1); use(static_cast<const $T &>($v).$P);
$T1 $v($A1); auto $w = &$T::$p; use(($v.*$w)($Y));
$T1 $v($A1); auto $w = [](const auto &$x) { return $x.limit; }; use($w($v) + $v.$P);
$T1 $v($A1); auto $w = [](const auto &$x) { return $x.$p($Y); }; use($w($v));
""".strip().splitlines()

DECLARATIONS = r"""
inline int f_$f(const $T &$w) { return $w.$P; } // run use(f_$f($T1($A1)))
inline int f_$f(const $T *$w) { return $w->$P; } // run $T1 $v($A1); use(f_$f(&$v))
inline int f_$f(const $T &$w) { return $H<<$w>>; } // run $T1 $v($A1); use(f_$f($v))
inline const $T &f_$f(const $T &$w) { return $w; } // run $T1 $v($A1); use(f_$f($v).$P)
inline const $T &f_$f(const $T &$w) { return $w; } // run $T1 $v($A1); use($H<<f_$f($v)>>)
struct $c : $T { $c() : $T1($A1) {} int h() const { return this->$P; } }; // run $c $v; use($v.h())
struct $c : $T { $c() : $T1($A1) {} int h() const { return $p($Y); } }; // run $c $v; use($v.h() + $v.limit)
struct $c : $T { $c() : $T1($A1) {} }; // run $c $v; use($v.$P)
struct $c : $T { $c() : $T1($A1) {} }; // run $c $v; use($H<<$v>>)
struct $c : $T { $c() : $T1($A1) {} using $T::$p; }; // run $c $v; use($v.$P)
struct $c { $T $w; $c() : $w($A0) {} int h() const { return $w.$P; } }; // run $c $v; use($v.h())
struct $c { std::unique_ptr<$T> $w; $c() : $w(new $T1($A1)) {} }; // run $c $v; use($v.$w->$P)
template <typename X> int f_$f(const X &$w) { return $w.$p($Y); } // run $T1 $v($A1); use(f_$f($v))
template <typename X> int f_$f(const X &) { $T1 $v($A1); return $v.$P + $H<<$v>>; } // run use(f_$f(1))
template <typename X> struct $c : $T { $c() : $T1($A1) {} int h() { return this->$P; } }; // run $c<int> $v; use($v.h())
#define $M_CALL_$n(object_) (object_).$P\n// run $T1 $v($A1); use($M_CALL_$n($v))
""".strip().splitlines()


def function_call(filler, objects):
    """`take(object, a, b)`; `objects` are nodes."""
    program, made = filler.program, filler.chosen(filler.legacy.functions)
    group = program.group()
    given, after = program.arguments(filler.place, made)
    qualifier = program.qualify(filler.place) or (program.ns + "::") * program.rng.randint(0, 1)
    return [Site([f"{qualifier}take{made.index}"], [f"::{program.ns}::give{made.index}"], group,
                 "function"), "(",
            Site(nodes(objects, ", ", given) if given else objects,
                 nodes(objects, ", ", after) if after else objects, group, "arguments"), ")"]
