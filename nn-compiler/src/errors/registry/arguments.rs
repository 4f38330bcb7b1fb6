//! The entries on arguments and calls.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::UnknownArgument,
        title: "There is no argument of this name",
        explanation: "The message shows how the layer, function or loss is called.",
        wrong: "nn_core::network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 3, strides = 2) }
    fn forward(x: [1, 5, 5]) -> [4, 2, 2] { conv(x) }
}",
        right: "nn_core::network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 3, stride = 2) }
    fn forward(x: [1, 5, 5]) -> [4, 2, 2] { conv(x) }
}",
    },
    Entry {
        code: Code::MissingArgument,
        title: "An argument or an input is missing",
        explanation: "Parameters without a default are given, and so are all inputs. The message shows how the layer or \
            function is called.",
        wrong: "nn_core::network! {
    struct Net { conv: Conv2d(1 => 4) }
    fn forward(x: [1, 5, 5]) -> [4, 3, 3] { conv(x) }
}",
        right: "nn_core::network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 3) }
    fn forward(x: [1, 5, 5]) -> [4, 3, 3] { conv(x) }
}",
    },
    Entry {
        code: Code::TooManyArguments,
        title: "There are too many arguments",
        explanation: "A layer takes its inputs where it is called, and all else where it is declared.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x, x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + fc(2 * x) }
}",
    },
    Entry {
        code: Code::ArgumentTwice,
        title: "An argument is given twice",
        explanation: "An argument without a name and one with the name of the same parameter are two as well.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2, bias = true, bias = false) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2, bias = false) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::ArgumentForm,
        title: "An argument has another form than its parameter",
        explanation: "Sizes from and to which a layer leads are written `4 => 2`. A parameter of several sizes takes one \
            number for all of them, or as many in parentheses as it has parts. Numbers in parentheses that \
            become a tensor have its shape.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4, 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::ArgumentKind,
        title: "An argument is of another kind than its parameter",
        explanation: "A parameter that is a switch takes `true` or `false`; one that is an axis takes its number; one \
            with words takes one of them; and numbers that become a tensor are finite.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2, bias = 0) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2, bias = false) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::Usage,
        title: "A function of the language is called in another way",
        explanation: "Functions that change the form of tensors, functions of numbers, and `where` and `pad` have a form \
            of their own, which the message shows.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).flatten(0) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).flatten() }
}",
    },
    Entry {
        code: Code::Requirement,
        title: "A requirement of a layer or function is not met",
        explanation: "`require condition, \"text\";` in a formula says what must hold for its arguments and sizes. The \
            formulas of the library have requirements where a definition has no meaning otherwise, such as \
            groups that do not divide the channels. Sizes that only rustc knows are compared when it does, \
            with the same message.",
        wrong: "nn_core::network! {
    struct Net { conv: Conv2d(4 => 4, kernel = 3, groups = 3) }
    fn forward(x: [4, 5, 5]) -> [4, 3, 3] { conv(x) }
}",
        right: "nn_core::network! {
    struct Net { conv: Conv2d(4 => 4, kernel = 3, groups = 2) }
    fn forward(x: [4, 5, 5]) -> [4, 3, 3] { conv(x) }
}",
    },
    Entry {
        code: Code::ResultCount,
        title: "A call has another number of results than there are names",
        explanation: "A formula with several results is called by `let (y, h) = f(x);`, with a name or `_` for each. It \
            is no value inside of an expression.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let (y, h) = fc(x);
        y + h
    }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let (y, h) = both(fc(x));
        y + h
    }
    fn both(x: [N]) -> (y: [N], h: [N]) { y = relu(x); h = tanh(x); }
}",
    },
    Entry {
        code: Code::Circle,
        title: "Formulas call each other in a circle",
        explanation: "A call of a formula is replaced by its equations, so that a formula that calls itself would never \
            end. What is repeated is an array of layers, or an index.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).again() }
    fn again(x: [N]) -> y: [N] { y = again(2 * x); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).again() }
    fn again(x: [N]) -> y: [N] { y = relu(2 * x); }
}",
    },
];
