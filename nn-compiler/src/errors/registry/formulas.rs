//! The entries on what formulas define and store.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::UndefinedResult,
        title: "A formula never defines its result",
        explanation: "The body of a formula defines each result by its name.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N]) -> y: [N] { z = 2 * x; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N]) -> y: [N] { y = 2 * x; }
}",
    },
    Entry {
        code: Code::MissingElements,
        title: "A formula does not define all elements of a tensor",
        explanation: "Definitions with indices define every element, in one line or in several. An element that is only \
            added to begins with zero: `y[i, i] += x[i];` is a matrix with a diagonal. Where sizes are symbols, the \
            definitions follow each other along an axis, as `y[i]` and `y[N + j]` do with `i: N`, or take turns.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [3] { fc(x).wider() }
    fn wider(x: [N]) -> y: [N + 1] { y[n + 1] = x[n]; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [3] { fc(x).wider() }
    fn wider(x: [N]) -> y: [N + 1] { y[n + 1] = x[n]; y[0] = 0; }
}",
    },
    Entry {
        code: Code::ElementsTwice,
        title: "A formula defines elements of a tensor twice",
        explanation: "An element has one definition. `+=` adds to elements that are read by nothing before.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).cleared() }
    fn cleared(x: [N]) -> y: [N] { y[n] = x[n]; y[0] = 0; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).cleared() }
    fn cleared(x: [N]) -> y: [N] { y[n: N - 1] = x[n]; y[N - 1] = 0; }
}",
    },
    Entry {
        code: Code::DefinedAlready,
        title: "A name is defined that has a value already, or is read too early",
        explanation: "A definition with indices begins a tensor of a new name. One that adds with `+=` adds to a tensor \
            that this formula has begun and that nothing has read.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).shifted() }
    fn shifted(x: [N]) -> y: [N] { x[n] += 1; y = x; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).shifted() }
    fn shifted(x: [N]) -> y: [N] { y[n] = x[n] + 1; }
}",
    },
    Entry {
        code: Code::FunctionOfNumbers,
        title: "A function of numbers does what only one of tensors can",
        explanation: "A `fn` whose inputs have no shape is a function of numbers, which is applied to every element. It \
            has one result, and definitions without indices. Inputs with shapes make it a function of tensors.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).halves() }
    fn halves(x) -> y { y[n] = x[n] / 2; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).halves() }
    fn halves(x: [N]) -> y: [N] { y[n] = x[n] / 2; }
}",
    },
    Entry {
        code: Code::TrainingOnly,
        title: "This happens in training only",
        explanation: "A prediction sees one sample, draws no random numbers, and leaves the state as it is. `batch`, \
            `random()` and `next` stand in `train { … }`, and `infer { … }` says what holds in a prediction.",
        wrong: "nn_core::network! {
    struct Net { noise: Noise }
    fn forward(x: [4]) -> [4] { noise(x) }
    layer Noise(x: [N]) -> y: [N] { y[n] = x[n] + random(); }
}",
        right: "nn_core::network! {
    struct Net { noise: Noise }
    fn forward(x: [4]) -> [4] { noise(x) }
    layer Noise(x: [N]) -> y: [N] {
        train { y[n] = x[n] + random(); }
        infer { y = x; }
    }
}",
    },
    Entry {
        code: Code::DependsOnSample,
        title: "What is one for all samples depends on the sample",
        explanation: "A state, and what is computed by `mean[batch](…)`, is one for all samples of a step. A value of \
            one sample is brought together with those of the others before it is kept.",
        wrong: "nn_core::network! {
    struct Net { track: Track(4) }
    fn forward(x: [4]) -> [4] { track(x) }
    layer Track<N>(x: [N]) -> y: [N] {
        state last: [N] = zeros;
        train { next last = x; }
        infer { }
        y[n] = x[n] - last[n];
    }
}",
        right: "nn_core::network! {
    struct Net { track: Track(4) }
    fn forward(x: [4]) -> [4] { track(x) }
    layer Track<N>(x: [N]) -> y: [N] {
        state last: [N] = zeros;
        train { next last[n] = mean[batch](x[n]); }
        infer { }
        y[n] = x[n] - last[n];
    }
}",
    },
    Entry {
        code: Code::Comparison,
        title: "A comparison stands outside of `where`",
        explanation: "A comparison is the first argument of `where(a < b, x, y)`, which chooses `x` where it holds and \
            `y` elsewhere. It is no number, and nothing else is a condition there.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) > 0 }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { where(fc(x) > 0, 1, 0) }
}",
    },
    Entry {
        code: Code::StoredInFunction,
        title: "A `fn` declares parameters, states or layers",
        explanation: "What is stored belongs to a layer, which is declared in the struct. A `fn` has nothing of its own: \
            make it a `layer`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).scaled() }
    fn scaled(x: [N]) -> y: [N] { param weight: [N] = ones; y[n] = weight[n] * x[n]; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2), scaled: Scaled(2) }
    fn forward(x: [4]) -> [2] { scaled(fc(x)) }
    layer Scaled<N>(x: [N]) -> y: [N] { param weight: [N] = ones; y[n] = weight[n] * x[n]; }
}",
    },
    Entry {
        code: Code::InitialValues,
        title: "These are no initial values",
        explanation: "Initial values are a finite number, `zeros`, `ones`, `constant(c)`, `uniform(bound)`, \
            `uniform(low, high)`, `normal(mean, deviation)`, or one of the distributions `kaiming_uniform`, \
            `kaiming_normal`, `xavier_uniform` and `xavier_normal`, which take their scale from the shape.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2), scaled: Scaled(2) }
    fn forward(x: [4]) -> [2] { scaled(fc(x)) }
    layer Scaled<N>(x: [N]) -> y: [N] { param weight: [N] = normal(1); y[n] = weight[n] * x[n]; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2), scaled: Scaled(2) }
    fn forward(x: [4]) -> [2] { scaled(fc(x)) }
    layer Scaled<N>(x: [N]) -> y: [N] { param weight: [N] = normal(1, 0.1); y[n] = weight[n] * x[n]; }
}",
    },
    Entry {
        code: Code::Carry,
        title: "A step of a scan hands a carry not on, or declares what all steps share",
        explanation: "Each step of a scan defines every carry for the next one, `next h[n] = …;` or `next h = …;`. \
            Parameters, states and layers are the same in all steps, and so they are declared in front of the scan.",
        wrong: "nn_core::network! {
    struct Net { last: Last(3) }
    fn forward(x: [4, 3]) -> [3] { last(x) }
    layer Last<N>(x: [T, N]) -> h: [N] {
        scan t: T { carry h: [N] = zeros; g[n] = 0.5 * h[n] + x[t, n]; }
    }
}",
        right: "nn_core::network! {
    struct Net { last: Last(3) }
    fn forward(x: [4, 3]) -> [3] { last(x) }
    layer Last<N>(x: [T, N]) -> h: [N] {
        scan t: T { carry h: [N] = zeros; g[n] = 0.5 * h[n] + x[t, n]; next h = g; }
    }
}",
    },
    Entry {
        code: Code::Stream,
        title: "A network is no stream along its axis of time",
        explanation: "With `#[stream]` a network runs one frame after the other, and gives the outputs that it would give \
            for the whole sequence. So no layer may read what comes later, and none may reduce over all frames: recurrent \
            layers in one direction, causal convolutions and whatever acts on each frame alone can be streams. Time is \
            the first axis of the inputs, or the one that the attribute names.",
        wrong: "nn_core::network! {
    #[stream(axis = 1)]
    struct Net { conv: Conv1d(2 => 4, kernel = 3, padding = 1) }
    fn forward(x: [2, 50]) -> [4, 50] { conv(x) }
}",
        right: "nn_core::network! {
    #[stream(axis = 1)]
    struct Net { conv: CausalConv1d(2 => 4, kernel = 3) }
    fn forward(x: [2, 50]) -> [4, 50] { conv(x) }
}",
    },
    Entry {
        code: Code::Derivative,
        title: "A value has no derivative by another",
        explanation: "`derivative(u, x)` is the derivative of one number by each element of `x`, which is a value that \
            `u` is computed from, and that each sample has of its own: an input, or a value of the forward pass. Where \
            `u` has several elements, say which one is meant, or take their sum.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(2 => 3) }
    fn forward(x: [2]) -> [2] { derivative(fc(x).tanh(), x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(2 => 3) }
    fn forward(x: [2]) -> [2] { derivative(fc(x).tanh().sum(), x) }
}",
    },
];
