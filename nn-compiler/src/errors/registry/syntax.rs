//! The entries on the parts of the language that are not written as such.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::NetworkSyntax,
        title: "This is no part of a network",
        explanation: "A `network!` consists of a `struct` with the layers, of `fn forward`, of at most one loss, and of \
            formulas of your own: `fn`, `layer`, `loss` and `size`. Anything else is refused, also what is \
            left over behind a complete part.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    const RATE: f32 = 0.1;
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::LayerSyntax,
        title: "A layer is not declared as `name: Kind(arguments)`",
        explanation: "A layer has a name, a colon, and its kind, whose arguments stand in parentheses. The kind is one \
            word: a kind from a `formulas!` is brought in by `use path;` in front of the struct. An array of \
            layers is written `[Kind(arguments); count]`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear<4, 2> }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::ForwardSyntax,
        title: "`forward` is not written as lines of `let` and a value",
        explanation: "`forward` takes at least one input, says the shape of its output behind `->`, and has a body of \
            `let` lines, the last line of which is the value of the output, without `;`. Definitions with \
            indices, such as `y[i] = …;`, stand in formulas.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::ShapeSyntax,
        title: "A shape is not written as `[sizes]` or `index<classes>`",
        explanation: "A tensor of numbers has a shape in brackets, the sizes of which are separated by commas. Classes \
            are declared as `index<10>`, with a shape behind it where there are several. The type of the \
            numbers is never written: all are of one type, which the user of the network chooses. Which class \
            is ignored is an argument of the loss.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [f32; 4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::FormulaSyntax,
        title: "A formula is not written as one",
        explanation: "A formula is `fn name(inputs) = value;` or `fn name<parameters>(inputs) -> result: [sizes] { … }`, \
            and likewise for `layer` and `loss`. A result in `{ … }` has a name, by which the body defines it. \
            Behind a formula there may be examples, with which it is tested.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x) { 2 * x }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x) = 2 * x;
}",
    },
    Entry {
        code: Code::StatementSyntax,
        title: "A line is not written as a definition",
        explanation: "The lines of `forward` are `let name = value;`. Those of a formula are definitions `y = value;` \
            and `y[i] = value;`, declarations such as `param weight: [Out, In] = kaiming_uniform;`, \
            requirements, and `if` and `train` blocks of these. Each ends with `;`. A `let` has no shape: \
            shapes follow from the value.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let h: [2] = fc(x);
        h.relu()
    }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        let h = fc(x);
        h.relu()
    }
}",
    },
    Entry {
        code: Code::ValueSyntax,
        title: "A value is expected here",
        explanation: "A value is a name, a number, a call, a reduction such as `sum[i](x[i])`, or arithmetic of these. \
            An operand, a closing parenthesis or an operator is missing, or something stands here that begins \
            no value.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + 1 }
}",
    },
    Entry {
        code: Code::ArgumentSyntax,
        title: "A list of arguments is not written as one",
        explanation: "Arguments stand in parentheses, with commas between them. Those with a name are given with `=` and \
            come last.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2, bias: false) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2, bias = false) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::IndexSyntax,
        title: "A list of indices is not written as one",
        explanation: "Indices stand in brackets: names behind a reduction, as in `sum[i, j: 3](…)`, and positions behind \
            a tensor, as in `x[i + 1, ..]`. How far an index runs is said where it is bound: on the left of \
            `=`, or behind the reduction.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).centred() }
    fn centred(x: [N]) -> y: [N] { y[n] = x[n] - mean[0](x[0]); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).centred() }
    fn centred(x: [N]) -> y: [N] { y[n] = x[n] - mean[i](x[i]); }
}",
    },
    Entry {
        code: Code::LossSyntax,
        title: "The loss is not written as one",
        explanation: "The loss of a network is `loss = name;`, or `loss(target: [sizes]) = terms;` where it names its \
            targets. The parentheses hold targets with their shapes, and `reduction = sum` where all terms are \
            summed over the batch.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(mse);
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = mse;
}",
    },
    Entry {
        code: Code::MacroSyntax,
        title: "A macro is called with something else than it takes",
        explanation: "`formulas!` takes modules of formulas, `size!` takes a whole number, and `network!` takes the \
            parts of a network, in front of which there may be lines `use path;`, each with the path of one \
            module of formulas or of one network with `#[layer]`.",
        wrong: "type Features = nn_core::size!(six);",
        right: "type Features = nn_core::size!(6);

nn_core::network! {
    struct Net { fc: Linear(Features => 2) }
    fn forward(x: [Features]) -> [2] { fc(x) }
}",
    },
];
