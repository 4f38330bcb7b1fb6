//! The entries on indices.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::UnboundIndex,
        title: "An index is not bound",
        explanation: "An index stands on the left of `=`, where it runs over the elements that are defined, or behind a \
            reduction, where it runs over what is reduced.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).centred() }
    fn centred(x: [N]) -> y: [N] { y[n] = x[n] - x[i] / N; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).centred() }
    fn centred(x: [N]) -> y: [N] { y[n] = x[n] - sum[i](x[i]) / N; }
}",
    },
    Entry {
        code: Code::UnknownExtent,
        title: "Nothing says how far an index runs",
        explanation: "An index runs over the axis of a tensor that is read at it alone. Where there is none, its extent \
            is said: `y[i: N] = …`, or `sum[i: N](…)`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).summed() }
    fn summed(x: [N]) -> y: [N] { y[n] = sum[i](x[n] * i); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).summed() }
    fn summed(x: [N]) -> y: [N] { y[n] = sum[i: 3](x[n] * i); }
}",
    },
    Entry {
        code: Code::ExtentsDiffer,
        title: "An index runs over axes of different sizes",
        explanation: "Where tensors are read at one index, their axes have one size.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { product(fc(x), x) }
    fn product(a: [N], b: [M]) -> y: [N] { y[n] = a[n] * sum[n](a[n] * b[n]); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { product(fc(x), x) }
    fn product(a: [N], b: [M]) -> y: [N] { y[n] = a[n] * sum[m](b[m]); }
}",
    },
    Entry {
        code: Code::IndexLeaves,
        title: "An index leaves its tensor",
        explanation: "Every position that a formula reads or defines lies inside of its tensor, for all values of the \
            indices. `pad(x[…], 0)` reads zeros outside, and `clip(y[…]) += …` leaves out what lies outside.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).shifted() }
    fn shifted(x: [N]) -> y: [N] { y[n: N] = x[n + 1]; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).shifted() }
    fn shifted(x: [N]) -> y: [N] { y[n: N] = pad(x[n + 1], 0); }
}",
    },
    Entry {
        code: Code::IndexCount,
        title: "A tensor is read with another number of indices than it has axes",
        explanation: "In an equation with indices, a tensor is read at one position for each axis. The batch is no axis, \
            and a number has no indices.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N]) -> y: [N] { y[n] = 2 * x[n, 0]; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N]) -> y: [N] { y[n] = 2 * x[n]; }
}",
    },
    Entry {
        code: Code::IndexForm,
        title: "A position is not one that can be computed while compiling",
        explanation: "A position is a sum of indices times numbers or sizes, or a whole number that is computed from \
            indices by functions such as `floor`, or a class from a tensor of classes. It never depends on the \
            numbers in a tensor.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).picked() }
    fn picked(x: [N]) -> y: [N] { y[n] = x[x[n]]; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).picked() }
    fn picked(x: [N]) -> y: [N] { y[n] = x[N - 1 - n]; }
}",
    },
    Entry {
        code: Code::EmptyIndex,
        title: "An index runs over nothing",
        explanation: "A reduction or a definition has at least one value for each index.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).summed() }
    fn summed(x: [N]) -> y: [N] { y[n] = sum[i: N - 2](x[n] * i); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).summed() }
    fn summed(x: [N]) -> y: [N] { y[n] = sum[i: N - 1](x[n] * i); }
}",
    },
    Entry {
        code: Code::IndexTaken,
        title: "The name of an index is taken",
        explanation: "A reduction inside of another binds an index of another name. `batch` stands for all samples: it \
            has no size of its own, and is no position.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).summed() }
    fn summed(x: [N]) -> y: [N] { y[n] = sum[n](x[n]); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).summed() }
    fn summed(x: [N]) -> y: [N] { y[n] = sum[i](x[i]) + 0 * x[n]; }
}",
    },
    Entry {
        code: Code::Places,
        title: "A definition does not reach each place of an axis once",
        explanation: "A definition at several indices along one axis reaches each place once if the indices are the \
            digits of the position, as in `y[2*n + k] = …` with `k` below 2.",
        wrong: "nn_core::network! {
    struct Net<N> { fc: Linear(N => N), pair: Linear(N => 2) }
    fn forward(x: [N]) -> [2 * N] { outer(fc(x), pair(x)) }
    fn outer(x: [N], w: [K]) -> y: [K * N] { y[3*n + k] = x[n] * w[k]; }
}",
        right: "nn_core::network! {
    struct Net<N> { fc: Linear(N => N), pair: Linear(N => 2) }
    fn forward(x: [N]) -> [2 * N] { outer(fc(x), pair(x)) }
    fn outer(x: [N], w: [K]) -> y: [K * N] { y[2*n + k] = x[n] * w[k]; }
}",
    },
];
