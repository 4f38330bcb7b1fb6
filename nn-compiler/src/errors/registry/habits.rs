//! The entries on constructs, signs and numbers that other languages have.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::RustConstruct,
        title: "A network has no branches, loops, closures, blocks or macros",
        explanation: "The language describes equations, and not steps. `where(a < b, x, y)` chooses between values, \
            indices run over axes, as in `sum[i](x[i])`, and a function of your own takes the place of a \
            closure. A block holds one value and no lines.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let h = fc(x);
        if h > 0 { h } else { 0 }
    }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let h = fc(x);
        where(h > 0, h, 0)
    }
}",
    },
    Entry {
        code: Code::RustSign,
        title: "This sign has no meaning in a network",
        explanation: "There are `+`, `-`, `*`, `/` and comparisons. A power is `pow(x, 3)`, a square is `sq(x)`. Values \
            are given without `&`, nothing fails, so that there is no `?`, and all numbers are of one type, so \
            that there is no `as`. The sizes of a layer are written with `=>`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) ^ 2 }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { sq(fc(x)) }
}",
    },
    Entry {
        code: Code::ChangedValue,
        title: "Values do not change",
        explanation: "A name stands for one value. There is no `mut` and no `+=`; a second `let` gives the name a new \
            value, and what stands before it keeps the old one.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let mut h = fc(x);
        h.relu()
    }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let h = fc(x);
        let h = h.relu();
        h
    }
}",
    },
    Entry {
        code: Code::SelfReceiver,
        title: "Names stand without `self`",
        explanation: "Layers, parameters and values are called by their names. `forward` has no receiver: its \
            parentheses hold the inputs alone.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { self.fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::Literal,
        title: "This number cannot be read",
        explanation: "Numbers have no suffix, since their type follows from where they stand, and no quotes. Whole \
            numbers go up to 9223372036854775807, and other numbers are those of `f64` that are finite.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { 0.5f32 * fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { 0.5 * fc(x) }
}",
    },
    Entry {
        code: Code::TooDeep,
        title: "An expression is nested too deeply or is too long",
        explanation: "The depth and the length of one expression are limited, so that no input exhausts the memory of \
            the compiler. A part of the expression that has a name counts as one value.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
            fc(x)
        ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
    }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let h = fc(x);
        h
    }
}",
    },
    Entry {
        code: Code::Underscore,
        title: "`_` is no name",
        explanation: "A layer, an input or an index has a name, by which it is used. A size of a layer may be `_` where \
            it follows from the input, and so may be one of several results that is left out.",
        wrong: "nn_core::network! {
    struct Net { _: Linear(4 => 2) }
    fn forward(x: [4]) -> [4] { x.relu() }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(_ => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::ScanSyntax,
        title: "A scan is not written as `scan t: T { carry …; … }`",
        explanation: "A scan names its index and how far that runs. In its braces the carries come first, each with a \
            shape and the value in the first step. A scan without a carry is no scan: an index on the left of `=` says \
            the same.",
        wrong: "nn_core::network! {
    struct Net { last: Last(3) }
    fn forward(x: [4, 3]) -> [3] { last(x) }
    layer Last<N>(x: [T, N]) -> h: [N] {
        scan t { carry h: [N] = zeros; next h[n] = 0.5 * h[n] + x[t, n]; }
    }
}",
        right: "nn_core::network! {
    struct Net { last: Last(3) }
    fn forward(x: [4, 3]) -> [3] { last(x) }
    layer Last<N>(x: [T, N]) -> h: [N] {
        scan t: T { carry h: [N] = zeros; next h[n] = 0.5 * h[n] + x[t, n]; }
    }
}",
    },
];
