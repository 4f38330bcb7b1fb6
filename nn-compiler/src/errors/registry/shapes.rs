//! The entries on shapes and kinds of tensors.

use super::Entry;
use crate::errors::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::InputShape,
        title: "A layer or function takes another shape than it is given",
        explanation: "The declared shape of an input is compared with the given one, size by size, after the sizes that \
            are known have been filled in. For a layer the message lists the shapes of the forward pass up to \
            there. Sizes that only rustc knows are compared when it does, with the same message.",
        wrong: "nn_core::network! {
    struct Net { a: Linear(4 => 8), b: Linear(16 => 2) }
    fn forward(x: [4]) -> [2] { b(a(x).relu()) }
}",
        right: "nn_core::network! {
    struct Net { a: Linear(4 => 8), b: Linear(8 => 2) }
    fn forward(x: [4]) -> [2] { b(a(x).relu()) }
}",
    },
    Entry {
        code: Code::OperandShapes,
        title: "Tensors that are brought together differ in their shapes",
        explanation: "Operands of `+`, `-`, `*`, `/` and of functions of several numbers have one shape, except that an \
            axis of size 1 is repeated, and so is a single number. Leading axes are not added by themselves. \
            `stack` takes tensors of one shape, and `concat` takes tensors that agree in all other axes.",
        wrong: "nn_core::network! {
    struct Net { a: Linear(4 => 3), b: Linear(4 => 2) }
    fn forward(x: [4]) -> [3] { a(x) + b(x) }
}",
        right: "nn_core::network! {
    struct Net { a: Linear(4 => 3), b: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] { a(x) + b(x) }
}",
    },
    Entry {
        code: Code::OutputShape,
        title: "The output has another shape than `forward` declares",
        explanation: "The shape behind `->` is what the users of the network see, so that it is written and compared \
            with the shape of the value in the last line.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [3] { fc(x) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
}",
    },
    Entry {
        code: Code::DefinitionShape,
        title: "A definition gives another shape than it is declared with",
        explanation: "The result of a formula has the shape that is written behind `->`, and a state keeps its shape.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N]) -> y: [2 * N] { y = 2 * x; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N]) -> y: [N] { y = 2 * x; }
}",
    },
    Entry {
        code: Code::EmptyShape,
        title: "A size of a tensor would be less than one",
        explanation: "Every axis has at least one place. A result without places comes most often from a window that is \
            larger than the image, or from more steps of pooling than the image has sizes to halve.",
        wrong: "nn_core::network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 5) }
    fn forward(x: [1, 3, 3]) -> [4, 1, 1] { conv(x) }
}",
        right: "nn_core::network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 3) }
    fn forward(x: [1, 3, 3]) -> [4, 1, 1] { conv(x) }
}",
    },
    Entry {
        code: Code::TooLarge,
        title: "A tensor has too many axes or values",
        explanation: "A tensor has at most six axes for each sample, and at most 2^40 values. An index whose values are \
            computed while compiling has a smaller limit, which the message names.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4, 1, 1, 1, 1, 1, 1]) -> [2] { fc(x.flatten()) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4, 1, 1]) -> [2] { fc(x.flatten()) }
}",
    },
    Entry {
        code: Code::Axis,
        title: "An axis does not exist, is given twice, or does not fit",
        explanation: "Axes are counted from 0, or from the end with -1 for the last; the batch is none of them. \
            `permute` takes each axis once, `repeat` takes a number for each axis, and `squeeze` takes an axis \
            of size 1.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).softmax(axis = 1) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).softmax(axis = 0) }
}",
    },
    Entry {
        code: Code::ReshapeCount,
        title: "A tensor is reshaped to another number of values",
        explanation: "`reshape` keeps all values in their order, so that the product of the sizes stays what it is.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 6) }
    fn forward(x: [4]) -> [2, 2] { fc(x).reshape(2, 2) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 6) }
    fn forward(x: [4]) -> [2, 3] { fc(x).reshape(2, 3) }
}",
    },
    Entry {
        code: Code::Range,
        title: "A part of an axis lies outside of it",
        explanation: "`narrow` and `select` take places that the axis has. Places are counted from 0, or from the end if \
            they are negative.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 6) }
    fn forward(x: [4]) -> [3] { fc(x).narrow(axis = 0, start = 4, length = 3) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 6) }
    fn forward(x: [4]) -> [3] { fc(x).narrow(axis = 0, start = 3, length = 3) }
}",
    },
    Entry {
        code: Code::Rest,
        title: "Nothing says what `..` stands for",
        explanation: "`..` and `N..` in the shape of an input stand for the sizes that it has there, and in a result for \
            the same sizes. Of several rests in one shape, all but one follow from a parameter or from other \
            inputs.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N]) -> y: [N, ..] { y = 2 * x; }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x).twice() }
    fn twice(x: [N, ..]) -> y: [N, ..] { y = 2 * x; }
}",
    },
    Entry {
        code: Code::LayerArray,
        title: "The layers of an array cannot follow each other",
        explanation: "Each layer of an array takes what the one before gives, so that its result is one tensor of the \
            shape of its input. The number of layers is a number that the macro can see.",
        wrong: "nn_core::network! {
    struct Net { blocks: [Linear(4 => 2); 3] }
    fn forward(x: [4]) -> [2] { blocks(x) }
}",
        right: "nn_core::network! {
    struct Net { blocks: [Linear(4 => 4); 3] }
    fn forward(x: [4]) -> [4] { blocks(x) }
}",
    },
    Entry {
        code: Code::ValueKind,
        title: "A value of another kind is needed",
        explanation: "Layers and most functions take tensors, and not numbers. A function of whole tensors is not called \
            inside of an equation: its result gets a name first. `true`, `false`, `_`, paths and tuples are \
            arguments, and no values.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + fc(1) }
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) + 1 }
}",
    },
    Entry {
        code: Code::Classes,
        title: "Classes are given for numbers, numbers for classes, or other classes than are taken",
        explanation: "`index<10>` declares classes from 0 to 9, which choose places of an axis. They are no numbers to \
            compute with. A loss over classes takes as many classes as the output has values along that axis.",
        wrong: "nn_core::network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] { fc(x) }
    loss(class: index<10>) = cross_entropy(output, class);
}",
        right: "nn_core::network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] { fc(x) }
    loss(class: index<3>) = cross_entropy(output, class);
}",
    },
];
