"""Every form: how code names a class, and how it makes an object of one.

In a form `$T` is the class, `$T1` the class in a construction and `$A1` its
arguments, `$N` the canonical class; `$I1` stands behind a bare variable, `$B1` is `{...}` where the class
is not named, `$K1` an argument that is converted, `$F1` a call of a factory. `$v $w` are new variables,
`$f` a function, `$c` a class, `$go` a call of a method; `$Z` are arguments that
a template passes on, so that no rewrite can reach them. calls.py has the calls.
"""

import re

from . import calls
from .arguments import argument, operand
from .tree import Site, nodes

# Statements, in a function.
STATEMENTS = """
$T1 $v($A1); use($v$go);
$T1 $v{$A1}; use($v$go);
$T1 $v$I1; use($v$go);
$T1 $v{$E1}; use($v$go);
const $T1 $v($A1); use($v$go);
auto $v = $T1($A1); use($v.limit);
auto $v = $T1{$A1}; use($v.limit);
$T $v = $T1($A1); use($v$go);
$T $v = $B1; use($v.limit);
$T $v = $K1; use($v.limit);
auto *$v = new $T1($A1); use($v->limit); delete $v;
auto *$v = new $T1{$A1}; use($v->limit); delete $v;
auto *$v = new (std::nothrow) $T1($A1); use($v->limit); delete $v;
alignas($T) unsigned char $w[sizeof($T)]; auto *$v = new ($w) $T1($A1); use($v->limit); $v->~$U();
std::unique_ptr<$T> $v(new $T1($A1)); use($v->limit);
auto $v = std::make_unique<$T1>($A1); use($v->limit);
auto $v = std::make_shared<$T1>($A1); use($v->limit);
std::unique_ptr<$T> $v; $v.reset(new $T1($A1)); use($v->limit);
std::optional<$T1> $v(std::in_place, $A1); use($v->limit);
std::optional<$T> $v; $v.emplace($A0); use($v->limit);
std::vector<$T> $v; $v.emplace_back($A0); use($v[0].limit);
std::vector<$T> $v; $v.push_back($T1($A1)); use($v[0].limit);
std::map<int, $T> $v; $v.try_emplace(1, $A0); use($v.at(1).limit);
std::variant<int, $T> $v{std::in_place_type<$T1>, $A1}; use(std::get<$T>($v).limit);
std::any $v = std::make_any<$T1>($A1); use(std::any_cast<$T &>($v).limit);
std::vector<$T> $v{$T1($A1), $T2($A2)}; use($v[1].limit);
$T $v[] = {$T1($A1), $T2($A2)}; use($v[1].limit);
const $T &$v = $T1($A1); use($v$go);
$T &&$v = $T1{$A1}; use($v$go);
use(($T1($A1))$go);
use(flag_() ? $T1($A1).limit : $T2($A2).limit);
try { throw $T1($A1); } catch (const $T &$v) { use($v.limit); }
try { throw $T1($A1); } catch ($T &) { use(1); }
auto $v = [$w = $T1($A1)] { return $w.limit; }; use($v());
auto $v = []($T $w) { return $w.limit; }; use($v($T1($A1)));
auto $v = []() -> $T { return $T1($A1); }; use($v().limit);
auto $v = []() -> $T { return $B1; }; use($v().limit);
static $T1 $v($A1); use($v.limit);
thread_local $T1 $v($A1); use($v.limit);
static const $T1 $v{$A1}; use($v.limit);
using $c = $T; $c $v($A0); use($v.limit);
typedef $T $c; auto $v = $c{$A0}; use($v.limit);
auto $v = $F1; use($v$go);
$T $v = $F1; use($v.limit);
use($F1$go);
use(flag_() ? $F1.limit : $F2.limit);
std::vector<$T> $v; $v.push_back($F1); use($v[0].limit);
auto *$v = new $T($F1); use($v->limit); delete $v;
auto $v = [$w = $F1] { return $w.limit; }; use($v());
auto $v = std::make_unique<$T>($F1); use($v->limit);
$T1 $v($A1); auto $w = $v; use($w$go);
$T1 $v($A1); auto $w = std::move($v); use($w$go);
$T1 $v($A1); decltype($v) $w($A0); use($w.limit);
$T1 $v($A1); $T *$w = &$v; use($w->limit + static_cast<$T &>(*$w).limit);
$T1 $v($A1); void *$w = &$v; use(static_cast<$T *>($w)->limit + reinterpret_cast<$T *>($w)->limit);
$T1 $v($A1); const $T &$w = $v; use(const_cast<$T &>($w).limit);
$T1 $v($A1); use(dynamic_cast<$T *>(&$v) != nullptr);
$T1 $v($A1); use(($v.*(&$T::limit)));
$T1 $v($A1); int ($T::*$w)() const = &$T::$go_; use(($v.*$w)());
$T1 $v($A1); $v.$T::set(4); use($v.limit);
int $T::*$w = &$T::limit; $T1 $v($A1); use($v.*$w);
if ($T1 $v($A1); $v.limit > 1) use($v.limit);
for ($T1 $v($A1); $v.limit < 5; ++$v.limit) use($v.limit);
struct $c { $T $w; }; $c $v{$T1($A1)}; use($v.$w.limit);
struct $c { $T $w{$A0}; }; $c $v; use($v.$w.limit);
struct $c { $T $w = $T1($A1); }; $c $v; use($v.$w.limit);
struct $c : $T { using $T::$U; }; use(1);
std::function<int($T &)> $v = []($T &$w) { return $w.limit; }; $T1 $x($A1); use($v($x));
std::pair<int, $T> $v(1, $T1($A1)); use($v.second.limit);
std::unique_ptr<$T> $v = flag_() ? std::make_unique<$T1>($A1) : nullptr; use($v->limit);
use(sizeof($T) == sizeof($T *)); use(alignof($T) > 100);
use($T::count() + $T::Max); use($T::Low + int($T::Level::High));
use(std::is_same_v<$T, $T>); use(noexcept($T::count()));
typename $T::Options $v; use($v.retries);
$T::Number $v = 4; use($v);
extern int unused_$n; (void)sizeof(class $Q);
{ $T1 $v($A1); { auto &$w = $v; use($w$go); } }
switch (1) { case 1: { $T1 $v($A1); use($v.limit); } }
std::shared_ptr<$T> $v{new $T1($A1), [](const $T *$w) { delete $w; }}; use($v->limit);
std::tuple<$T, int> $v{$T1($A1), 2}; use(std::get<$T>($v).limit);
auto $v = std::make_pair(1, $T1($A1)); auto &[$w, $x] = $v; use($x.limit);
std::vector<std::unique_ptr<$T>> $v; $v.push_back(std::make_unique<$T1>($A1)); use($v[0]->limit);
std::vector<std::unique_ptr<$T>> $v; $v.emplace_back(new $T1($A1)); use($v[0]->limit);
std::map<int, std::vector<$T>> $v; $v[1].emplace_back($A0); use($v[1][0].limit);
$T1 $v($A1); use((($T &)$v).limit + (($T *)&$v)->limit + (*(const $T *)(void *)&$v).limit);
std::shared_ptr<void> $v = std::make_shared<$T1>($A1); use(std::static_pointer_cast<$T>($v)->limit);
std::shared_ptr<const $T> $v = std::make_shared<$T1>($A1); use($v->limit);
auto $v = std::allocate_shared<$T1>(std::allocator<$T>(), $A1); use($v->limit);
use(requires($T &$w) { $w.limit; $w.$go_(); });
$T1 $v($A1); decltype(auto) $w = ($v); use($w$go);
auto $v = [](auto &&$w) -> decltype($w.limit) { return $w.limit; }; use($v($T1($A1)));
decltype(std::declval<$T &>().limit) $v = 3; use($v);
std::list<$T> $v; $v.emplace_front($A0); $v.insert($v.begin(), $T1($A1)); use($v.front().limit);
std::optional<$T> $v = $T1($A1); use($v->limit);
std::optional<$T> $v; if (flag_()) $v = $T1($A1); use($v ? $v->limit : 0);
auto *$v = new $T[2]{$T1($A1), $T2($A2)}; use($v[1].limit); delete[] $v;
$T *$v[] = {new $T1($A1), new $T2{$A2}}; use($v[0]->limit); delete $v[0]; delete $v[1];
std::array<$T, 2> $v{$T1($A1), $T2($A2)}; use($v[1].limit);
auto $v = std::tuple($T1($A1), 1); use(std::get<0>($v).limit);
for (const auto &$w : {$T1($A1), $T2($A2)}) use($w.limit);
for (const $T &$w : std::vector<$T>{$T1($A1)}) use($w.limit);
std::function<$T()> $v = [] { return $T1($A1); }; use($v().limit);
auto $v = [] { if (flag_()) return $T1($A1); return $T2{$A2}; }; use($v().limit);
do { $T1 $v($A1); use($v.limit); } while (false);
try { throw new $T1($A1); } catch ($T *$v) { use($v->limit); delete $v; }
std::unique_ptr<$T, std::default_delete<$T>> $v(new $T1($A1)); use($v->limit);
std::unique_ptr<$T[]> $v(new $T[1]{$T1($A1)}); use($v[0].limit);
$T1 $v($A1), $w($A0); use($v.limit + $w.limit);
$T1 $v($A1), *$w = &$v; use($w->limit);
std::reference_wrapper<$T> *$v = nullptr; $T1 $w($A1); std::reference_wrapper<$T> $x($w); use($x.get().limit + ($v != nullptr));
""".strip().splitlines()

# Declarations, in a namespace. `$run` is what the program calls.
DECLARATIONS = r"""
inline $T $v($A1g); // run use($v.limit)
$T1 make_$f() { return $T2($A2); } // run use(make_$f().limit)
$T make_$f() { return $B1; } // run use(make_$f().limit)
auto make_$f() -> $T { return $T1{$A1}; } // run use(make_$f().limit)
inline int take_$f(const $T &$w) { return $w.limit; } // run use(take_$f($T1($A1)))
inline int take_$f(const $T &$w) { return $w.limit; } // run use(take_$f($K1))
inline int take_$f(const $T &$w) { return $w.limit; } // run use(take_$f($B1))
inline int take_$f($T $w = $T1($A1)) { return $w.limit; } // run use(take_$f())
inline int take_$f(const $T &$w = $B1) { return $w.limit; } // run use(take_$f())
inline int take_$f($T *$w) { return $w ? $w->limit : 0; } // run $T1 $v($A1); use(take_$f(&$v))
inline int take_$f($T &&$w) { return $w.limit; } // run use(take_$f($T1($A1)))
struct $c { $T $w; $c() : $w($A0) {} }; // run $c $v; use($v.$w.limit)
struct $c { $T $w; $c() : $w{$A0} {} int go_() const { return $w.limit; } }; // run use($c().go_())
struct $c { $T $w{$A0}; }; // run $c $v; use($v.$w.limit)
struct $c { $T $w = $T1($A1); }; // run $c $v; use($v.$w.limit)
inline $T make_$f() { return $F1; } // run use(make_$f().limit)
inline int take_$f(const $T &$w) { return $w.limit; } // run use(take_$f($F1))
inline auto $v = $F1g; // run use($v.limit)
struct $c { $T $w = $F1; }; // run $c $v; use($v.$w.limit)
struct $c : $T { $c() : $T($F1) {} }; // run $c $v; use($v.limit)
struct $c { $T $w = $B1; }; // run $c $v; use($v.$w.limit)
struct $c { std::unique_ptr<$T> $w; $c() : $w(new $T1($A1)) {} }; // run $c $v; use($v.$w->limit)
struct $c { std::unique_ptr<$T> $w = std::make_unique<$T1>($A1); }; // run $c $v; use($v.$w->limit)
struct $c { std::optional<$T> $w; $c() { $w.emplace($A0); } }; // run $c $v; use($v.$w->limit)
struct $c { std::vector<$T> $w; $c() { $w.emplace_back($A0); } }; // run $c $v; use($v.$w[0].limit)
struct $c { static $T $w; }; $T $c::$w($A0g); // cpp run use($c::$w.limit)
struct $c { inline static $T $w{$A0g}; }; // run use($c::$w.limit)
struct $c : $T { $c() : $T1($A1) {} }; // run $c $v; use($v$go)
struct $c : public virtual $T { $c() : $T1{$A1} {} }; // run $c $v; use($v$go)
struct $c : $T { $c(); int h() { return $U1::limit; } $U1 *self() { return this; } }; $c::$c() : $T2($A2) {} // cpp run $c $v; use($v.h() + $v.self()->limit)
struct $c : $T { using $T::$U; }; // run $c $v($A1); use($v.limit)
struct $c : $T { $c(int) : $T1($A1) {} $c() : $c(1) {} }; // run $c $v; use($v.limit)
struct $c : private $T { $c() : $T1($A1) {} using $T::limit; }; // run $c $v; use($v.limit)
template <typename X> struct $c { $T $w{$A0}; X x{}; }; // run $c<int> $v; use($v.$w.limit)
template <typename X> struct $c : $T { $c() : $T1($A1) {} }; // run $c<int> $v; use($v.limit)
template <typename X = $T> struct $c { X *p = nullptr; }; // run $c<> $v; use($v.p == nullptr)
template <typename X> int take_$f(const X &x) { return x.limit; } // run use(take_$f<$T>($T1($A1)))
template <typename X> int take_$f(const X &) { $T1 $v($A1); return $v.limit; } // run use(take_$f(1))
template <typename X> struct $c { int n = 1; }; template <> struct $c<$T> { int n = 2; }; // run $c<$T> $v; use($v.n)
template <typename X> struct $c { int n = 1; }; template <typename X> struct $c<std::pair<X, $T>> { int n = 2; }; // run $c<std::pair<int, $T>> $v; use($v.n)
template <typename X> int take_$f() { return 1; } template <> inline int take_$f<$T>() { return 2; } // run use(take_$f<$T>())
template <typename X> struct $c { X *p = nullptr; }; template struct $c<$T>; // cpp run use(1)
template <typename X> int pick_$f(const X &) { return 1; } inline int pick_$f(const $T &) { return 2; } // run $T1 $v($A1); use(pick_$f($v))
template <typename X> int pick_$f(X *) { return 1; } inline int pick_$f(const $T *) { return 2; } // run $T1 $v($A1); use(pick_$f(&$v))
template <typename X> int pick_$f(const X &) { return 1; } template <> inline int pick_$f(const $T &) { return 2; } // run use(pick_$f($T1($A1)))
template <typename X> int pick_$f(const X &) { return 1; } inline int pick_$f(const std::vector<$T> &) { return 2; } // run std::vector<$T> $v; use(pick_$f($v))
template <typename X> using $c = std::pair<X, $T *>; // run $c<int> $v(1, nullptr); use($v.first)
template <class X> concept $c = std::is_same_v<X, $T>; // run use($c<$T>)
using $c = $T; // run $c $v($A0); use($v.limit)
typedef $T *$c; // run $c $v = nullptr; use($v == nullptr)
typedef $T $c; // run use($c($A0)$go)
using $c = $T (*)(const $T &, $T *); // run $c $v = nullptr; use($v == nullptr)
struct $c { friend class $Q; int n = 1; }; // run $c $v; use($v.n)
struct $c { operator $T() const { return $T1($A1); } }; // run $c $v; $T $w = $v; use($w.limit)
struct $c { $T *p = nullptr; $T &ref(); const $T *const *q = nullptr; $T (*fn)() = nullptr; }; // run $c $v; use($v.p == nullptr)
struct $c { std::map<int, std::vector<const $T *>> m; std::vector<$T> list(); }; // run $c $v; use($v.m.size())
static_assert(std::is_class_v<$T> && sizeof($T) > 1 && alignof($T) > 0); // run use(1)
static_assert(noexcept($T::count()) == false && $T::Max == 10); // run use(1)
enum { En_$n = $T::Max, Em_$n = $T::High }; // run use(En_$n + Em_$n)
int $f($T::Options o, $T::Level = $T::Low); // run use(1)
int $f(typename $T::Number x); // run use(1)
template <typename X> concept $c = requires(X x) { x.limit; }; template <$c X> int take_$f(const X &x) { return x.limit; } // run use(take_$f($T1($A1)))
template <typename X> requires std::is_same_v<X, $T> int take_$f(const X &x) { return x.limit; } // run use(take_$f($T1($A1)))
template <typename X> requires(!std::is_same_v<X, $T>) int pick_$f(const X &) { return 1; } template <typename X> requires std::is_same_v<X, $T> int pick_$f(const X &) { return 2; } // run use(pick_$f($T1($A1)) + pick_$f(1))
template <typename X, std::enable_if_t<std::is_same_v<X, $T>, int> = 0> int pick_$f(const X &) { return 1; } template <typename X, std::enable_if_t<!std::is_same_v<X, $T>, int> = 0> int pick_$f(const X &) { return 2; } // run $T1 $v($A1); use(pick_$f($v) + pick_$f(2.5))
template <typename X> int f_$f(const X &x) { if constexpr (std::is_same_v<X, $T>) return x.limit; else return sizeof(x) > 0; } // run use(f_$f($T1($A1)) + f_$f(2))
template <typename X> constexpr int $v = 1; template <> inline constexpr int $v<$T> = 2; // run use($v<$T> + $v<int>)
template <typename X> struct $c : std::false_type {}; template <> struct $c<$T> : std::true_type {}; // run use($c<std::remove_cvref_t<const $T &>>::value)
template <typename X> struct $c { X x; $c(const X &y) : x(y) {} }; template <typename X> $c(X) -> $c<X>; // run $c $v{$T1($A1)}; use($v.x.limit)
struct $c { template <typename X> int h(const X &) { return 1; } int h(const $T &) { return 2; } }; // run use($c().h($T1($A1)))
struct $c { int n = 1; friend int operator+(const $c &x, const $T &y) { return x.n + y.limit; } }; // run use($c() + $T1($A1))
struct $c { $T $w{$A0}; $T *operator->() { return &$w; } $T &operator*() { return $w; } }; // run $c $v; use($v->limit + (*$v)$go)
template <typename X> using $c = std::vector<X>; // run $c<$T> $v; $v.emplace_back($A0); use($v[0].limit)
template <typename X> struct $c { X *p = nullptr; }; extern template struct $c<$T>; template struct $c<$T>; // cpp run use(1)
template <typename X> int f_$f() { X $v($Z); return $v.limit; } // run use(f_$f<$T>())
template <typename X> std::unique_ptr<X> f_$f() { return std::make_unique<X>($Z); } // run use(f_$f<$T>()->limit)
template <typename X> struct $c { X $w{$Z}; }; // run $c<$T> $v; use($v.$w.limit)
template <typename X> int f_$f(std::vector<X> $w) { $w.emplace_back($Z); return $w[0].limit; } // run use(f_$f(std::vector<$T>()))
template <typename X, typename... Y> X f_$f(Y &&...y) { return X(std::forward<Y>(y)...); } // run use(f_$f<$T1>($A1).limit)
template <typename X, typename... Y> auto f_$f(Y &&...y) { return std::make_unique<X>(std::forward<Y>(y)...); } // run use(f_$f<$T1>($A1)->limit)
template <typename... Y> $T f_$f(Y &&...y) { return $T(std::forward<Y>(y)...); } // run use(f_$f($Z).limit)
template <template <typename> class X> int f_$f(const X<$T> &x) { return x ? x->limit : 1; } // run use(f_$f<std::optional>(std::optional<$T>()))
inline auto f_$f(int n) -> std::pair<$T *, int> { return {nullptr, n}; } // run auto [$v, $w] = f_$f(3); use($w + ($v == nullptr))
struct $c { $T $w; explicit $c($T x) : $w(std::move(x)) {} }; // run $c $v{$T1($A1)}; use($v.$w.limit)
struct $c { static $T make() { return $T1($A1); } static std::unique_ptr<$T> hold() { return std::make_unique<$T2>($A2); } }; // run use($c::make().limit + $c::hold()->limit)
struct $c { $T first{$A0}, second = $T1($A1); }; // run $c $v; use($v.first.limit + $v.second.limit)
namespace in_$n { inline $T $v($A0g); } // run use(in_$n::$v.limit)
namespace in_$n { inline int gained() { return 1; } struct $c : $T { $c() : $T1($A1) {} int h() { return gained(); } }; } // run in_$n::$c $v; use($v.h())
namespace in_$n { inline int lost() { return 1; } struct $c : $T { $c() : $T1($A1) {} int h() { return lost(); } }; } // run in_$n::$c $v; use($v.h())
namespace in_$n { inline int gained() { return 1; } struct $c : $T { $c() : $T1($A1) {} int h() { return in_$n::gained() + this->limit; } }; } // run in_$n::$c $v; use($v.h())
inline int both_$f(const $T &) { return 1; } inline int both_$f(const $N &) { return 2; } // run $T1 $v($A1); use(both_$f($v) + both_$f($T2($A2)))
inline int both_$f(const $T *) { return 1; } inline int both_$f(const $N *) { return 2; } // run $T1 $v($A1); use(both_$f(&$v))
inline int both_$f(const $T &) { return 1; } inline int both_$f(const $N &) { return 2; } template <typename X> int show_$f(const X &x) { return both_$f(x); } // run use(show_$f($T1($A1)))
inline int both_$f(const $T &) { return 1; } inline int both_$f(const $N &) { return 2; } inline int (*p_$f)(const $T &) = both_$f; // run use(p_$f($T1($A1)))
struct $c { int n = 1; $c(const $T &) {} $c(const $N &) : n(2) {} }; // run $c $v = $T1($A1); use($v.n)
struct $c { operator $T() const { return $T1($A1); } operator $N() const; }; // run $T $v = $c(); use($v.limit)
inline int f_$f(std::initializer_list<$T> x) { return x.begin()->limit; } // run use(f_$f({$T1($A1), $T2($A2)}))
inline int f_$f(const std::vector<$T> &x) { return x[0].limit; } // run use(f_$f({$T1($A1)}))
#define $M_MAKE_$n() $T1($A1)\n// run use($M_MAKE_$n().limit); use($M_MAKE_$n().limit)
#define $M_TYPE_$n $T\n// run $M_TYPE_$n $v($A0); use($v.limit)
#define $M_DECL_$n(declared_) $T1 declared_($A1)\n// run $M_DECL_$n($v); use($v.limit)
""".strip().splitlines()

# What has to stay as it is; `@L` is the name of a legacy class.
TWINS = r"""
twin::@L $v(1, 2); use($v.go()); // @L(r, b)
const char *$v = "@L(r, b) ::@L"; use($v);
/* @L $v(r, b); */ use(1);
struct @L { int limit = 1; }; @L $v; use($v.limit);
using @L = int; @L $v = 3; use($v);
auto @L = [](int x, int y) { return x + y; }; use(@L(1, 2));
int @L = 4; use(@L);
use(R"(\n  @L x(r, b);\n)");
enum $c { @L = 2 }; use(@L + 1);
twin::@C $v{3}; use($v.go());
""".strip().splitlines()
# `$D` is `Old<X>`, and `$G` the E of the `Old<E>` at hand.
DEPENDENT = r"""
template <typename X> int f_$f(const $D &$w) { return $w.limit; } // run $T1 $v($A1); use(f_$f($v))
template <typename X> int f_$f(const $D &$w) { return $w$go; } // run $T1 $v($A1); use(f_$f($v))
template <typename X> int f_$f(const $D &$w) { return $w.$P; } // run $T1 $v($A1); use(f_$f($v))
template <typename X> int f_$f(const $D *$w) { return $w->$P; } // run $T1 $v($A1); use(f_$f(&$v))
template <typename X> int f_$f() { $D1 $v($A1); return $v.limit; } // run use(f_$f<$G>())
template <typename X> int f_$f() { $D1 $v{$A1}; return $v.limit; } // run use(f_$f<$G>())
template <typename X> int f_$f() { return $D1($A1).limit; } // run use(f_$f<$G>())
template <typename X> $D1 f_$f() { return $D1($A1); } // run use(f_$f<$G>().limit)
template <typename X> $D1 f_$f() { return $B1; } // run use(f_$f<$G>().limit)
template <typename X> int f_$f() { auto $v = std::make_unique<$D1>($A1); return $v->limit; } // run use(f_$f<$G>())
template <typename X> int f_$f() { std::unique_ptr<$D> $v(new $D1($A1)); return $v->limit; } // run use(f_$f<$G>())
template <typename X> int f_$f() { $D1 $v($A1); return $v.limit; } // run use(1)
template <typename X> int f_$f() { return $D1($A1).limit; } // run use(1)
template <typename X> struct $c { $D1 $w{$A1}; X *x = nullptr; }; // run $c<$G> $v; use($v.$w.limit)
template <typename X> struct $c { $D1 $w; $c() : $w($A1) {} }; // run $c<$G> $v; use($v.$w.limit)
template <typename X> struct $c : $D1 { $c() : $D1($A1) {} int h() { return this->limit; } }; // run $c<$G> $v; use($v.h())
template <typename X> struct $c : $D1 { $c() : $D1($A1) {} int h() { return this->$P; } }; // run $c<$G> $v; use($v.h())
template <typename X> struct $c { std::vector<$D> $w; }; // run $c<$G> $v; $v.$w.push_back($T1($A1)); use($v.$w[0].limit)
template <typename X> using $c = std::pair<X *, $D *>; // run $c<$G> $v; use($v.second == nullptr)
template <typename X> struct $c { int n = 1; }; template <typename X> struct $c<$D> { int n = 2; }; // run $c<$T> $v; use($v.n)
template <typename X> int pick_$f(const X &) { return 1; } template <typename X> int pick_$f(const $D &) { return 2; } // run $T1 $v($A1); use(pick_$f($v) + pick_$f(1))
""".strip().splitlines()
STATEMENTS += calls.STATEMENTS
DECLARATIONS += calls.DECLARATIONS
TOKEN = re.compile(r"\$(H<<.*?>>|go_|go|run|[TAIEBFKUQZDGN]\d?g?|[vwxfcnMPpY])")


class Unsuitable(Exception):
    """The family has no constructor that this form could call."""


class Filler:
    """Fills one form in; construction groups by number."""

    def __init__(self, program, place):
        self.program, self.place, self.rng = program, place, program.rng
        self.legacy = self.rng.choice(program.family.legacy)
        self.names, self.groups, self.before, self.braced = {}, {}, "", False
        self.method = None  # that of $p and $Y
        self.dependent = False  # it knows nothing of the E of Old<E>

    def group(self, key):
        if key not in self.groups:
            self.groups[key] = self.program.group()
        return self.groups[key]

    def chosen(self, candidates):
        if self.dependent:
            candidates = [c for c in candidates if "e" not in c.kinds]
        if not candidates:
            raise Unsuitable
        return self.rng.choice(candidates)

    def constructor(self, suitable):
        return self.chosen([c for c in self.legacy.constructors if suitable(c)])

    def __call__(self, text):
        result, at = [], 0
        for hit in TOKEN.finditer(text):
            result.append(text[at:hit.start()])
            self.before = text[:hit.start()]
            self.braced = self.before.endswith("{")
            result.append(self.fill(hit.group(1)))
            at = hit.end()
        return nodes(result, text[at:])

    def fill(self, word):
        kind, number = word[0], word[1:].rstrip("g")
        if word in ("v", "w", "x", "f", "c", "n"):
            if word not in self.names:
                self.names[word] = self.program.fresh(word if word != "c" else "Cl")
            return self.names[word]
        if word == "P":
            return self.program.method_call(self.place, self.chosen(self.legacy.methods))
        if kind == "H":
            return calls.function_call(self, self(word[3:-2]))
        if word in ("p", "Y"):
            if not self.method:
                self.method = self.chosen(self.legacy.methods)
            return f"work{self.method.index}" if word == "p" \
                else self.program.arguments(self.place, self.method)[0]
        if word == "M":
            return self.program.ns.upper()
        if word == "go":
            return self.program.call(".")
        if word == "go_":
            return self.program.call(" ")[:-1] if self.program.family.rename else "go"
        if kind == "U":
            return Site([self.legacy.name], self.injected(), self.program.group(), "injected")
        if kind == "Q":
            scope = self.legacy.scope
            angles = self.program.angles(self.place)
            return Site([self.legacy.full, *angles], ["::" + self.program.family.target, *angles],
                        self.program.group(), "elaborated") if scope else ""
        if kind in ("D", "G") and (not self.program.family.template or self.program.inner):
            raise Unsuitable
        if kind == "G":
            return self.program.element.format(q=self.program.ns + "::")
        if kind == "D":
            self.dependent = True
            group = self.group(number) if number else self.program.group()
            return self.program.type_site(self.place, self.legacy, group, angles=["<X>"])
        if kind == "N":
            return ["::" + self.program.family.target, *self.program.angles(self.place)]
        if kind == "T":
            group = self.group(number) if number else self.program.group()
            return self.program.type_site(self.place, self.legacy, group)
        if kind == "Z":
            made = self.constructor(lambda c: bool(c.kinds))
            return self.program.arguments(self.place, made, 0, self.braced)[0]
        return self.construction(kind, number, "g" in word)

    def injected(self):
        """What the name that a class has in itself becomes: an alias is not found there."""
        family = self.program.family
        if self.before.endswith("~"):
            return [family.own_name]
        if self.before.endswith("::") or not family.is_renamed:
            return [family.canonical]
        return ["::" + family.target, *self.program.angles(self.place)]

    def construction(self, kind, number, at_global_scope):
        group = self.group(number) if number and number != "0" else self.program.group()
        program, place = self.program, self.place
        target = ["::" + program.family.target, *program.angles(place)]
        if kind == "I":
            chosen = self.constructor(lambda c: not c.kinds)
            _, after = program.arguments(place, chosen)
            return Site([], ["(", *after, ")"] if after else [], group, "bare")
        if kind == "E":
            chosen = self.constructor(lambda c: not c.kinds)
            _, after = program.arguments(place, chosen)
            return Site([], after, group, "empty braces")
        if kind == "K":
            chosen = self.constructor(lambda c: len(c.kinds) == 1 and not c.explicit
                                      and c.kinds[0] != "m")
            given = argument(program, chosen.kinds[0], place, 1)
            if any("\"" in g for g in given if isinstance(g, str)):
                given = [program.qualify(place) + "name"]  # one conversion only
            after = chosen.after("::" + program.ns, [given], lambda one, slot: operand(
                one))
            return Site(given, [*target, "(", *join(after), ")"], group, "conversion")
        if kind == "F":
            made = self.chosen(self.legacy.factories)
            given, after = program.arguments(place, made)
            return [program.type_site(place, self.legacy, group, "factory"), "::",
                    Site([f"make{made.index}"], [f"create{made.index}"], group, "factory"), "(",
                    Site(given, after, group, "arguments"), ")"]
        if kind == "B":
            chosen = self.constructor(lambda c: c.kinds and not c.explicit)
            given, after = program.arguments(place, chosen, 0, True)
            if chosen.target_explicit:
                return Site(["{", *given, "}"], [*target, "(", *after, ")"], group, "braced",
                            [*target, "{", *after, "}"])
            return Site(["{", *given, "}"], ["{", *after, "}"], group, "braced",
                        [*target, "(", *after, ")"])
        chosen = self.constructor(lambda c: bool(c.kinds))
        given, after = program.arguments(place, chosen, 0, self.braced)
        return Site(given, after, group, "arguments")


def join(arguments):
    result = []
    for i, one in enumerate(arguments):
        result += [", "] * (i > 0) + operand(one)
    return nodes(result)


def statement_context(program, place, name, body):
    """(declaration, call): a function that runs the statements."""
    rng = program.rng
    chance = rng.random()
    if chance < .6:
        return ["inline void ", name, "() {\n  ", body, "\n}\n"], f"{place.scope}::{name}()"
    if chance < .7:
        return (["inline void ", name, "() {\n  [&] {\n    ", body, "\n  }();\n}\n"],
                f"{place.scope}::{name}()")
    if chance < .8:
        return (["template <typename X> void ", name, "(X) {\n  ", body, "\n}\n"],
                f"{place.scope}::{name}(1); {place.scope}::{name}('c')")
    if chance < .87:
        return (["struct M_", name, " {\n  void run() {\n    ", body, "\n  }\n};\n"],
                f"{place.scope}::M_{name}().run()")
    if chance < .92:
        return (["template <typename X> struct M_", name, " {\n  void run();\n};\n"
                 "template <typename X> void M_", name, "<X>::run() {\n    ", body, "\n}\n"],
                f"{place.scope}::M_{name}<int>().run()")
    if chance < .96:
        return (["inline void ", name, "() {\n  if constexpr (sizeof(int) == 4) {\n    ", body,
                 "\n  } else {\n    use(0);\n  }\n}\n"], f"{place.scope}::{name}()")
    return (["inline void ", name, "() {\n#if ", program.ns, "_NUM\n  ", body,
             "\n#else\n  ", f"{program.family.legacy[0].name} never(r, b);",
             "\n#endif\n}\n"], f"{place.scope}::{name}()")


def make(program, place, part):
    """(nodes, calls, the form) of one piece."""
    while True:
        try:
            return attempt(program, place, part)
        except Unsuitable:
            place.in_macro = False


def attempt(program, place, part):
    rng = program.rng
    filled = Filler(program, place)
    name = program.fresh("s")
    chance = rng.random()
    if chance < .12:
        form = rng.choice(TWINS)
        legacy = rng.choice(program.family.legacy).name
        body = form.replace("\\n", "\n").replace("@L", legacy)
        body = filled(body.replace("@C", program.family.canonical))
        return (["inline void ", name, "() {\n  ", *body, "\n}\n"],
                [f"{place.scope}::{name}()"], "twin: " + form)
    if chance < .62:
        form = rng.choice(STATEMENTS)
        text, call = statement_context(program, place, name, filled(form))
        return text, [call], form
    forms = DEPENDENT if program.family.template and rng.random() < .2 else DECLARATIONS
    form = rng.choice([f for f in forms if part != "use.h" or "// cpp" not in f])
    declared, _, run = form.partition("//")
    declared = declared.replace("\\n", "\n")
    # A function without `inline` would be defined in two units.
    if declared.startswith(("$T1 make", "$T make", "auto make")):
        declared = "inline " + declared
    place.in_macro = declared.startswith("#")
    body = filled(declared)
    place.in_macro = False
    after = ["inline void ", name, "() {\n  ", *filled(run.split("run", 1)[1].strip()), ";\n}\n"]
    return [*body, "\n", *after], [f"{place.scope}::{name}()"], form
