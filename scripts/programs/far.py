"""Forms in three places: what a header declares, one file defines, and another uses."""

from .forms import Filler, Unsuitable

# What a header declares (before ` // b `), one file defines, and another uses (behind ` // a `).
FAR = """
int far_$f(const $T &); // b int far_$f(const $T &$w) { return $w.limit; } // a $T1 $v($A1); use(far_$f($v))
int far_$f($T *); // b int far_$f($T *$w) { return $w->limit; } // a $T1 $v($A1); use(far_$f(&$v))
int far_$f(const $T &, int = 1); // b int far_$f(const $T &$w, int n) { return $w.limit + n; } // a use(far_$f($T1($A1)))
$T far_$f(); // b $T far_$f() { return $T1($A1); } // a use(far_$f().limit)
$T &far_$f(); // b $T &far_$f() { static $T1 $w($A1); return $w; } // a use(far_$f().limit)
extern $T $v; // b $T1 $v($A1); // a use($v.limit)
extern $T *$v; // b static $T1 $w($A1); $T *$v = &$w; // a use($v->limit)
typedef $T *$c; $c far_$f(); // b $T *far_$f() { static $T1 $w($A1); return &$w; } // a $c $v = far_$f(); use($v->limit)
using $c = $T; int far_$f(const $c &); // b int far_$f(const $T &$w) { return $w.limit; } // a $c $v($A0); use(far_$f($v))
struct $c { int far(const $T &) const; static $T kept; }; // b int $c::far(const $T &$w) const { return $w.limit; } $T1 $c::kept($A1); // a $T2 $v($A2); use($c().far($v) + $c::kept.limit)
struct $c { virtual ~$c() = default; virtual int far(const $T &) const { return 1; } }; $c &far_$f(); // b struct Of$c : $c { int far(const $T &$w) const { return $w.limit; } }; $c &far_$f() { static Of$c $x; return $x; } // a $T1 $v($A1); use(far_$f().far($v))
template <typename X> struct $c { int size() const; }; extern template struct $c<$T>; // b template <typename X> int $c<X>::size() const { return X($Z).limit; } template struct $c<$T>; // a use($c<$T>().size())
""".strip().splitlines()


def far(program, header, source):
    """Three lists of nodes, for the header, one file and a function of another, and the form.
    `header`, `source`: places in the header and in a file."""
    while True:
        form = program.rng.choice(FAR)
        declared, _, rest = form.partition(" // b ")
        defined, _, used = rest.partition(" // a ")
        filled = Filler(program, header)
        try:
            texts = [filled(declared + "\n")]
            filled.place = source
            return texts + [filled(defined + "\n"), filled(used + ";\n")], form
        except Unsuitable:
            continue
