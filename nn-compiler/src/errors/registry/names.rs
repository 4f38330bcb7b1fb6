//! The entries on names.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::NameTwice,
        title: "A name is given twice",
        explanation: "Layers, inputs, outputs, targets and type parameters become names of one struct or one scope. Two \
            formulas of one name may differ in what are classes, and must not be alike in that. Two networks \
            of one name cannot stand in one scope.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2), fc: Linear(2 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2), more: Linear(2 => 2) }
    fn forward(x: [4]) -> [2] { more(fc(x)) }
}",
    },
    Entry {
        code: Code::ReservedName,
        title: "A name has another meaning already",
        explanation: "Some names of types cannot be given to a network, to its folded network or to a type parameter: \
            keywords of Rust, its primitive types, `T`, which is the type of the numbers, and names like those \
            that are generated, such as `NetParams_fc`.",
        wrong: "nn_core::network! {
    struct Net<T> { fc: Linear(T => 2) }
    fn forward(x: [T]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net<N> { fc: Linear(N => 2) }
    fn forward(x: [N]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::UnknownValue,
        title: "Nothing has this name",
        explanation: "In `forward` there are the inputs, the layers and the values of earlier lines; in the loss there \
            are the inputs, the outputs and the targets; in a formula there are its inputs, parameters and \
            earlier definitions.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(y) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::UnknownFunction,
        title: "There is no function or reduction of this name",
        explanation: "Functions are those of the library, those of the language, and `fn` formulas of your own. \
            Reductions over indices are `sum`, `mean`, `var`, `max`, `min` and `prod`; the same names run over \
            whole axes, as in `x.sum(axis = 0)`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).rellu() }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).relu() }
}",
    },
    Entry {
        code: Code::UnknownLayerKind,
        title: "There is no kind of layer of this name",
        explanation: "Kinds of layers are those of the library and `layer` formulas of your own. What has no parameters, \
            such as an activation or a pooling, is a function, which is called in `forward` and not declared.",
        wrong: "nn_core::network! {
    struct Net { fc: Dense(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::UnknownSize,
        title: "There is no size of this name",
        explanation: "A size is a number, a type parameter of the network, a type of typenum, whose name begins with a \
            capital letter, or a constant of type `usize`, whose name is in capitals. In a formula it is a \
            parameter, or a name in the shape of an input.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => hidden) }
    fn forward(x: [4]) -> [hidden] { fc(x) }
}",
        right: "const HIDDEN: usize = 2;

nn_core::network! {
    struct Net { fc: Linear(4 => HIDDEN) }
    fn forward(x: [4]) -> [HIDDEN] { fc(x) }
}",
    },
    Entry {
        code: Code::UnknownLoss,
        title: "There is no loss of this name",
        explanation: "Losses are those of the library, such as `mse` and `cross_entropy`, and `loss` formulas of your \
            own.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = mae;
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = l1;
}",
    },
    Entry {
        code: Code::NoParameter,
        title: "A layer has no parameter or state of this name, or none that can be used here",
        explanation: "`fc.weight` is a parameter of the layer `fc`, as a tensor. It is known behind the first call of \
            the layer, from which its sizes follow. States, and the parameters of the layers of an array, are \
            used inside of the formula of the layer alone; `next name = …;` needs a state of that name.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + fc.offset }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + fc.bias }
}",
    },
    Entry {
        code: Code::OtherKind,
        title: "A name stands for something of another kind",
        explanation: "A layer is called, as in `fc(x)`, and is no value by itself; a kind of layer is declared in the \
            struct before it is called by the name of the layer. A parameter of a formula that is `true` or \
            `false`, or a word, is no number, and only layers have parameters.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + fc }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + fc.bias }
}",
    },
];
