//! The entries on the loss.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::LossCall,
        title: "A loss that is named alone does not fit the outputs",
        explanation: "`loss = mse;` compares the only output with one target, whose shape follows. With several outputs, \
            or with a loss without a target, its terms are written out.",
        wrong: "nn_core::network! {
    struct Net { a: Linear(4 => 2), b: Linear(4 => 2) }
    fn forward(x: [4]) -> (p: [2], q: [2]) { (a(x), b(x)) }
    loss = mse;
}",
        right: "nn_core::network! {
    struct Net { a: Linear(4 => 2), b: Linear(4 => 2) }
    fn forward(x: [4]) -> (p: [2], q: [2]) { (a(x), b(x)) }
    loss(s: [2], t: [2]) = mse(p, s) + mse(q, t);
}",
    },
    Entry {
        code: Code::TermShape,
        title: "A term of the loss is not one number for each sample",
        explanation: "The mean or the sum over the batch is taken of one number for each sample.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = sq(output - t);
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mean[i](sq(output[i] - t[i]));
}",
    },
    Entry {
        code: Code::ConstantTerm,
        title: "A term of the loss does not depend on the network",
        explanation: "A constant has no gradient, so that the term would change nothing but the number that is shown.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t) + 1;
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t);
}",
    },
    Entry {
        code: Code::TermFactor,
        title: "A term of the loss has a factor that is not finite",
        explanation: "Terms are multiplied and divided by finite numbers, and not divided by zero.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t) / 0;
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t) / 2;
}",
    },
    Entry {
        code: Code::TooManyTerms,
        title: "A loss has too many terms",
        explanation: "A loss has at most eight terms, each of which is shown while training. Parts that need not be \
            shown one by one are a `loss` formula of your own.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t) + mse(output, t) + mse(output, t) + mse(output, t) + mse(output, t)
        + mse(output, t) + mse(output, t) + mse(output, t) + mse(output, t);
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = 9 * mse(output, t);
}",
    },
    Entry {
        code: Code::MixedReductions,
        title: "Terms of one loss are reduced in different ways by default",
        explanation: "A term is averaged over the batch unless it says otherwise. Where another term is summed, each one \
            says what is meant, since their weights depend on the size of the batch.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t, reduction = sum) + l1(output, t);
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t, reduction = sum) + l1(output, t, reduction = sum);
}",
    },
    Entry {
        code: Code::Reduction,
        title: "A reduction over the batch has no meaning here",
        explanation: "`reduction` is `mean`, `sum` or `batchmean`, and an argument of a loss that is a term by itself. A \
            sum takes the numerators of means, so that a loss that is more than a sum of `mean`s times numbers \
            says what it is divided by.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t, reduction = none);
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t, reduction = sum);
}",
    },
    Entry {
        code: Code::TermForm,
        title: "A loss is part of a computation",
        explanation: "Losses are added and multiplied by numbers in the loss of a network. Anything else would be done \
            for each sample, before the mean over them: where that is meant, it is a `loss` formula of your \
            own. `sum_over_batch` and `mean_over_batch` take one number for each sample.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = sqrt(mse(output, t));
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = distance;
    loss distance(y: [N], t: [N]) = sqrt(mean[n](sq(y[n] - t[n])));
}",
    },
    Entry {
        code: Code::Divisor,
        title: "The divisor of a loss is none",
        explanation: "What a `loss` formula is divided by, `-> l: [] / d: []`, is one number for each sample, which the \
            body defines. It follows from targets and numbers alone, since it is known before the network \
            runs.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = relative;
    loss relative(y: [N], t: [N]) -> l: [] / d: [] { l = sum[n](sq(y[n] - t[n])); d = sum[n](sq(y[n])); }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = relative;
    loss relative(y: [N], t: [N]) -> l: [] / d: [] { l = sum[n](sq(y[n] - t[n])); d = sum[n](sq(t[n])); }
}",
    },
    Entry {
        code: Code::LayerInLoss,
        title: "A layer is called in the loss",
        explanation: "Layers belong to `forward`, so that a prediction and the loss see the same values. A value that \
            the loss needs is an output; a parameter is read, as in `fc.weight`.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(fc(x), t);
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss(t: [2]) = mse(output, t);
}",
    },
];
