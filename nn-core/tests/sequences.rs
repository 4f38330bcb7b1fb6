//! Layers of sequences: what neither their gradients nor PyTorch's cases show.

use nn_core::prelude::*;

network! {
    struct Words { table: Embedding(5 => 3, padding_idx = 1) }
    fn forward(words: index<5>[4]) -> [4, 3] { table(words) }
    loss = mse;
}

#[test]
fn the_row_of_the_padding_gets_no_gradient() -> Result<(), Error> {
    let mut network = Words::init(1);
    let mut workspace = nn_core::train_workspace::<Words>();
    let mut gradient = nn_core::zero_gradient::<Words>();
    let words: Tensor<_, usize> = Tensor::from([0, 1, 1, 4]);
    let target: Tensor![4, 3] = Tensor::filled(2.0);
    network.gradient(&[words], &[target], Draw::new(0, 0), &mut workspace, &mut gradient)?;
    let used: Vec<bool> = (0..5).map(|row| (0..3).any(|column| gradient.table.weight[[row, column]] != 0.0)).collect();
    assert_eq!(used, [true, false, false, false, true]);
    // it is read like all others
    let mut session = Words::session(1);
    let output = session.forward(&Tensor::from([1, 0, 0, 0]));
    assert_eq!(output[[0, 2]], network.params.table.weight[[1, 2]]);
    Ok(())
}

network! {
    struct Whole { lstm: LSTM(2 => 3, num_layers = 2) }
    fn forward(x: [6, 2]) -> (y: [6, 3], h: [6], c: [6]) {
        let (y, h, c) = lstm(x);
        (y, h, c)
    }
}

network! {
    struct Part { lstm: LSTM(2 => 3, num_layers = 2) }
    fn forward(x: [2, 2], h0: [6], c0: [6]) -> (y: [2, 3], h: [6], c: [6]) {
        let (y, h, c) = lstm(x, h0, c0);
        (y, h, c)
    }
}

/// A sequence in parts, with the states carried over, has the bits of the whole one.
#[test]
fn a_sequence_in_parts_is_the_whole_sequence() {
    let mut whole = Whole::session(3);
    let x: Tensor![6, 2] = Tensor::from([[0.1, -0.4], [0.9, 0.2], [-0.7, 0.3], [0.5, 0.5], [-0.2, -0.9], [0.8, -0.1]]);
    let expected = whole.forward(&x).clone();
    let mut part = Part::session(4);
    part.network.flat_params_mut().copy_from_slice(whole.network.flat_params());
    let (mut h0, mut c0) = (Tensor::zeros(), Tensor::zeros());
    for first in [0, 2, 4] {
        let x = Tensor::from([[x[[first, 0]], x[[first, 1]]], [x[[first + 1, 0]], x[[first + 1, 1]]]]);
        let output = part.forward(&PartInput { x, h0, c0 }).clone();
        for (step, column) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)] {
            assert_eq!(output.y[[step, column]], expected.y[[first + step, column]], "{first} {step} {column}");
        }
        (h0, c0) = (output.h, output.c);
    }
    assert_eq!((h0.as_slice(), c0.as_slice()), (expected.h.as_slice(), expected.c.as_slice()));
}
