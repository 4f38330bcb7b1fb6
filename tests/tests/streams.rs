//! Streams: one frame after the other gives what the whole sequence gives.

#[path = "../../nn-core/tests/common/counting.rs"]
mod counting;

use counting::allocated_here;
use nn_core::StreamMemory;
use nn_core::prelude::*;
use nn_core::typenum::U6;

const FRAMES: usize = 1000;

network! {
    #[stream]
    struct Recurrent { lstm: LSTM(2 => 8), gru: GRU(8 => 16, num_layers = 2), fc: Linear(16 => 1) }
    fn forward(x: [FRAMES, 2]) -> [FRAMES, 1] {
        let (y, _, _) = lstm(x);
        let (z, _) = gru(y);
        fc(z)
    }
}

network! {
    #[stream(axis = 1)]
    struct Stack {
        a: CausalConv1d(1 => 16, kernel = 3),
        b: CausalConv1d(16 => 16, kernel = 3, dilation = 2),
        c: CausalConv1d(16 => 16, kernel = 3, dilation = 4),
        gru: GRU(16 => 8),
    }
    fn forward(x: [1, FRAMES]) -> (y: [16, FRAMES], z: [FRAMES, 8]) {
        let h = a(x).relu();
        let h = h + b(h).relu();
        let h = h + c(h).relu();
        let (z, _) = gru(h.transpose(0, 1));
        (h, z)
    }
}

network! {
    #[stream]
    struct Words<H> { embedding: Embedding(10 => 4), lstm: LSTM(4 => H), fc: Linear(H => 3) }
    fn forward(x: index<10>[7]) -> [3] {
        let (_, h, _) = lstm(embedding(x));
        fc(h).softmax()
    }
}

network! {
    #[stream(axis = 1)]
    struct Strided { a: Conv1d(2 => 4, kernel = 2, stride = 2), b: CausalConv1d(4 => 2, kernel = 2), c: GRU(2 => 3) }
    fn forward(x: [2, 40]) -> [20, 3] {
        let (y, _) = c(b(a(x)).transpose(0, 1));
        y
    }
}

network! {
    /// What a user writes: the sum of the input stands in the step, and an array of layers.
    #[stream]
    struct Written { cell: Cell(2 => 24), deep: Deep(24), fc: Linear(24 => 1) }
    fn forward(x: [FRAMES, 2]) -> [FRAMES, 1] { fc(deep(cell(x))) }

    layer Cell<N => H>(x: [T, N]) -> y: [T, H] {
        param w: [H, N] = uniform(0.5);
        param u: [H, H] = uniform(0.2);
        scan t: T {
            carry h: [H] = zeros;
            new[j] = tanh(sum[i](w[j, i] * x[t, i]) + sum[k](u[j, k] * h[k]));
            next h = new;
            y[t, j] = new[j];
        }
    }
    layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N); y = 0.5 * x + a(x).tanh(); }
    layer Deep<N>(x: [T, N]) -> y: [T, N] {
        blocks: [Block(N); 3];
        scan t: T {
            carry h: [N] = zeros;
            here[i] = x[t, i] + 0.3 * h[i];
            new = blocks(here).tanh();
            next h = new;
            y[t, i] = new[i];
        }
    }
}

/// A signal.
fn at(t: usize) -> f32 {
    (t as f32 * 0.1).sin() + 0.3 * (t as f32 * 0.37).cos()
}

fn same(a: f32, b: f32) {
    assert_eq!(a.to_bits(), b.to_bits(), "{a} and {b}");
}

#[test]
fn a_recurrent_network_in_steps() {
    let mut session = Recurrent::session(1);
    let mut x: Tensor![FRAMES, 2] = Tensor::zeros();
    (0..FRAMES).for_each(|t| (x[[t, 0]], x[[t, 1]]) = (at(t), -at(t + 3)));
    let whole = *session.forward(&x);
    let mut stream = session.network.stream();
    let before = allocated_here();
    for t in 0..FRAMES {
        same(stream.step(&Tensor::from([x[[t, 0]], x[[t, 1]]]))[[0]], whole[[t, 0]]);
    }
    assert_eq!(allocated_here() - before, 0);
}

#[test]
fn scans_of_ones_own_in_steps() {
    let mut session = Written::session(5);
    let mut x: Tensor![FRAMES, 2] = Tensor::zeros();
    (0..FRAMES).for_each(|t| (x[[t, 0]], x[[t, 1]]) = (at(t), -at(t + 3)));
    let whole = *session.forward(&x);
    let mut stream = session.network.stream();
    for t in 0..FRAMES {
        same(stream.step(&Tensor::from([x[[t, 0]], x[[t, 1]]]))[[0]], whole[[t, 0]]);
    }
}

#[test]
fn convolutions_and_a_scan_in_steps() {
    let mut session = Stack::session(2);
    let mut x: Tensor![1, FRAMES] = Tensor::zeros();
    (0..FRAMES).for_each(|t| x[[0, t]] = at(t));
    let whole = session.forward(&x).clone();
    let mut memory = const { StreamMemory::<Stack>::new() };
    for t in 0..FRAMES {
        let StackFrameOutput { y, z } = session.network.step(&Tensor::from([x[[0, t]]]), &mut memory);
        (0..16).for_each(|c| same(y[[c]], whole.y[[c, t]]));
        (0..8).for_each(|c| same(z[[c]], whole.z[[t, c]]));
    }
}

#[test]
fn the_last_state_is_that_of_the_frames_so_far() {
    let network = Words::<U6>::init(3);
    let mut session = Session::new(network.clone());
    let words = [3, 1, 4, 1, 5, 9, 2];
    let whole = *session.forward(&Tensor::from(words));
    let mut stream = network.stream();
    for word in words {
        stream.step(&word);
    }
    let last = *stream.clone().step(&6);
    let carried = stream.carried().clone();
    assert_eq!(*stream.step(&6), last, "a clone has the same past");
    stream.reset();
    let outputs = words.map(|word| *stream.step(&word));
    (0..3).for_each(|class| same(outputs[6][[class]], whole[[class]]));
    stream.reset();
    stream.continue_from(&carried);
    assert_eq!(*stream.step(&6), last, "what is handed on is all that a step needs");
}

#[test]
#[should_panic(expected = "x 10 is out of range: it must be less than 10")]
fn classes_are_checked() {
    Words::<U6>::init(3).stream().step(&10);
}

#[test]
fn a_stride_takes_several_frames_in_a_step() {
    let mut session = Strided::session(4);
    let mut x: Tensor![2, 40] = Tensor::zeros();
    (0..40).for_each(|t| (x[[0, t]], x[[1, t]]) = (at(t), at(2 * t)));
    let whole = *session.forward(&x);
    let mut stream = session.network.stream();
    for step in 0..20 {
        let frames = [0, 1].map(|channel| [2 * step, 2 * step + 1].map(|t| x[[channel, t]]));
        let y = *stream.step(&Tensor::from(frames));
        (0..3).for_each(|c| same(y[[c]], whole[[step, c]]));
    }
}
