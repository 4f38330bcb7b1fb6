//! The entries on the network as a whole.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::MissingPart,
        title: "The struct or `forward` is missing",
        explanation: "Every network has a `struct` with its layers, which may be none, and a `fn forward`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    loss = mse;
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = mse;
}",
    },
    Entry {
        code: Code::PartTwice,
        title: "A network has one struct, one `forward` and one loss",
        explanation: "Another network is another `network!`. A loss of several parts is a sum of terms.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = mse;
    loss = l1;
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t) + 0.1 * l1(output, t);
}",
    },
    Entry {
        code: Code::MisnamedFunction,
        title: "A function was meant to be `forward` or the loss",
        explanation: "A `fn` of another name is a function of your own, whose result has a name. One with the head of a \
            forward pass is most likely misspelt, and one called `loss` was most likely meant as the loss, \
            which is written without `fn`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn predict(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::Attribute,
        title: "This attribute has another form, or is not needed",
        explanation: "`#[folded(Name)]` on the struct names the folded network, and `#[checkpoint]` on a layer stands \
            alone. Every network is `Clone` and `Debug` already. Other attributes are handed on to rustc.",
        wrong: "nn_core::network! {
    #[derive(Debug)]
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    #[folded(Deployed)]
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::MissingShape,
        title: "The shape of an input, an output or a target is missing",
        explanation: "Inputs, outputs and targets are what the network exchanges with the program around it, so that \
            their shapes are written. The shapes of all else follow.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::OutputCount,
        title: "`forward` gives another number of outputs than it declares",
        explanation: "Several outputs are declared with names, `-> (mean: [2], spread: [2])`, and given as `(a, b)` in \
            the same order.",
        wrong: "nn_core::network! {
    struct Net { a: Linear(4 => 2), b: Linear(4 => 2) }
    fn forward(x: [4]) -> (mean: [2], spread: [2]) { a(x) + b(x) }
}",
        right: "nn_core::network! {
    struct Net { a: Linear(4 => 2), b: Linear(4 => 2) }
    fn forward(x: [4]) -> (mean: [2], spread: [2]) { (a(x), b(x)) }
}",
    },
    Entry {
        code: Code::UnusedLayer,
        title: "A layer is never used",
        explanation: "A layer that `forward` never calls would have parameters that nothing depends on, and is most \
            likely forgotten or misspelt.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2), more: Linear(2 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2), more: Linear(2 => 2) }
    fn forward(x: [4]) -> [2] { more(fc(x)) }
}",
    },
    Entry {
        code: Code::UnusedValue,
        title: "An input, a target or a value is never used",
        explanation: "Neither the outputs nor the loss depend on it, so that a caller would give it for nothing. One of \
            several results that is not needed gets `_` in place of a name.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4], z: [2]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4], z: [2]) -> [2] { fc(x) + z }
}",
    },
    Entry {
        code: Code::NotALayer,
        title: "A network cannot be a layer of another",
        explanation: "A network with `#[layer]` is a layer of others. It has one output, as layers have one result, and \
            sizes that are numbers, since nothing would choose its type parameters.",
        wrong: "nn_core::network! {
    #[layer]
    struct Body<N> { fc: Linear(N => 2) }
    fn forward(x: [N]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    #[layer]
    struct Body { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::BatchAxis,
        title: "A batch is declared as an axis",
        explanation: "The shapes of a network are those of one sample. Many samples are a slice: `fit`, `gradient` and \
            `forward_batch` take any number of them, and no shape says how many.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [batch, 4]) -> [batch, 2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::WeightsFile,
        title: "A file of weights does not fit the network",
        explanation: "`weights = \"digits.safetensors\";` reads a file while the program compiles, from the folder of its \
            `Cargo.toml`. It has every parameter and state of the network under its name, with its shape, as numbers of \
            32 bits, and nothing else. A file in another form is converted once by `nn-import`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    weights = \"not_there.safetensors\";
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
];
