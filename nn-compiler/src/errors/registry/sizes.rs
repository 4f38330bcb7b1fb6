//! The entries on sizes and on what is known while compiling.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::NotASize,
        title: "This is no size",
        explanation: "Sizes are whole numbers, names and arithmetic of these with `+`, `-`, `*` and `/`, which rounds \
            down. In formulas there are `min`, `max`, `where` and `size` formulas too. Braces hold a constant \
            expression of Rust, unless it depends on a parameter, which differs from use to use.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2.5) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::SizeArithmetic,
        title: "Arithmetic of sizes has no result that fits",
        explanation: "The arithmetic of sizes is that of whole numbers with 63 bits; a constant of the program has at \
            most 32. A size is divided by one that is not zero.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 4 / 0) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 4 / 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::UndecidedSize,
        title: "A size is needed as a number",
        explanation: "Constants, types and type parameters are symbols for the macro. What decides the form of the \
            equations, such as a condition in a formula, a place on an axis or a number of copies, needs sizes \
            that are written as numbers.",
        wrong: "nn_core::network! {
    struct Net<N> { fc: Linear(N => 2) }
    fn forward(x: [N]) -> [2] { fc(x).repeat(N) }
}",
        right: "nn_core::network! {
    struct Net<N> { fc: Linear(N => 2) }
    fn forward(x: [N]) -> [4] { fc(x).repeat(2) }
}",
    },
    Entry {
        code: Code::NegativeSize,
        title: "A size is negative",
        explanation: "An argument that is a size counts something. There is no -1 for a size that follows: `_` in a \
            layer leaves a size to its input, and `x.flatten()` makes one row of all values.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [2, 2]) -> [2] { fc(x.reshape(-1)) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [2, 2]) -> [2] { fc(x.flatten()) }
}",
    },
    Entry {
        code: Code::NotConstant,
        title: "A number is not known while compiling",
        explanation: "Arguments that are numbers, such as a slope, and initial values do not depend on the samples.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).leaky_relu(slope = mean[i](x[i])) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).leaky_relu(slope = 0.1) }
}",
    },
    Entry {
        code: Code::Condition,
        title: "A condition is none that can be decided while compiling",
        explanation: "The condition of `if` in a formula chooses which equations there are. It is `true`, `false`, a \
            parameter that is one of these, or a comparison of sizes and numbers. What depends on the values \
            of tensors is chosen by `where(a < b, x, y)`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).scaled() }
    fn scaled(x: [N]) -> y: [N] { if N { y = 2 * x; } else { y = x; } }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).scaled() }
    fn scaled(x: [N]) -> y: [N] { if N > 1 { y = 2 * x; } else { y = x; } }
}",
    },
    Entry {
        code: Code::InferredSize,
        title: "`_` stands for a size that does not follow",
        explanation: "`_` leaves a size of a layer to its first input. A size of the result, such as the number of \
            outputs, does not follow from it.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => _) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(_ => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
];
