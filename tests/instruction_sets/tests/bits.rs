//! A network that is trained has the same bits with every instruction set that fuses multiplications with additions, and with
//! every other one, on every processor.

use nn_core::prelude::*;
use nn_core::private::InstructionSet;
use nn_core::{CompiledLoss, Sample};

network! {
    /// Convolutions whose rows are shorter and longer than vectors, statistics of the batch, pooling, all functions.
    struct Images {
        conv1: Conv2d(1 => 6, kernel = 5, bias = false),
        norm: BatchNorm2d(6),
        conv2: Conv2d(6 => 9, kernel = 3, padding = 1, stride = 2),
        up: ConvTranspose2d(9 => 3, kernel = 3),
        fc1: Linear(243 => 37),
        fc2: Linear(37 => 10),
    }
    fn forward(image: [1, 18, 18]) -> [10] {
        let x = norm(conv1(image)).gelu().max_pool2d(2);
        let x = up(conv2(x).tanh().avg_pool2d(2, stride = 1, padding = 1)).softplus();
        let x = fc1(x.narrow(1, 0, 3).narrow(2, 0, 3).repeat((1, 3, 3)).flatten()).elu().dropout(0.2);
        fc2(x.sigmoid() + x.exp().ln_1p() + x.silu().softmax(0))
    }
    loss = cross_entropy;
}

network! {
    /// Gates, and attention over what they give.
    struct Sequences {
        lstm: LSTM(5 => 20),
        norm: LayerNorm(20),
        attention: MultiheadAttention(20, 4),
        out: Linear(20 => 3),
    }
    fn forward(x: [11, 5]) -> [11, 3] {
        let (y, _, _) = lstm(x);
        let y = norm(y);
        let z = attention(y, y, y);
        out(y + z)
    }
    loss = mse;
}

fn bits<T: Scalar>(values: &[T]) -> impl Iterator<Item = u64> {
    values.iter().map(|value| value.to_f64().to_bits())
}

fn random<S: nn_core::Shape, T: Scalar>(sample: usize) -> Tensor<S, T> {
    let (mut tensor, draw) = (Tensor::zeros(), Draw::new(11, 0));
    for (at, element) in tensor.as_mut_slice().iter_mut().enumerate() {
        *element = draw.uniform::<T>(0, sample, at) * T::from_f64(2.0) - T::ONE;
    }
    tensor
}

/// All parameters, states, gradients and losses of some steps.
fn trained<N: CompiledLoss>(network: &mut N, inputs: &[N::Input], targets: &[N::Target]) -> Vec<u64>
where
    N::Input: Sample,
{
    let optimizer = Adam::new(0.01);
    let mut state = optimizer.state();
    let mut workspace = nn_core::train_workspace_for::<N>(inputs.len());
    let mut gradient = nn_core::zero_gradient::<N>();
    let mut found = Vec::new();
    for step in 0..4 {
        let loss = network.gradient(inputs, targets, Draw::new(7, step), &mut workspace, &mut gradient).unwrap();
        optimizer.step(network.params_mut(), &gradient, &mut state, 1.0).unwrap();
        found.push(loss.to_f64().to_bits());
        found.extend(bits(gradient.flat()));
        found.extend(bits(network.flat_params()).chain(bits(network.flat_state())));
    }
    found
}

/// What both networks have been trained to.
fn all<T: Scalar>() -> [Vec<u64>; 2] {
    let images: Vec<_> = (0..13).map(random).collect();
    let classes: Vec<usize> = (0..13).map(|at| at * 7 % 10).collect();
    let sequences: Vec<_> = (0..9).map(random).collect();
    let wanted: Vec<_> = (9..18).map(random).collect();
    [
        trained(&mut *Images::<T>::init_as(3), &images, &classes),
        trained(&mut *Sequences::<T>::init_as(4), &sequences, &wanted),
    ]
}

/// One number for many (FNV-1a).
fn hash(values: &[Vec<u64>]) -> u64 {
    let bytes = values.iter().flatten().flat_map(|value| value.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The bits are those of one of two kinds, on every processor: with and without fused multiplications and additions.
#[test]
fn training_has_known_bits() {
    for instructions in InstructionSet::available() {
        instructions.limit();
        let wanted = match instructions == InstructionSet::baseline() {
            true => [0xd72d_efec_7ca9_31a7, 0x3364_2c07_8f7d_dcda],
            false => [0x6999_365c_ad17_3f68, 0xf2b1_a655_fa41_8c6f],
        };
        let found = [hash(&all::<f32>()), hash(&all::<f64>())];
        assert!(found == wanted, "{}: {found:#x?} instead of {wanted:#x?}", instructions.name());
    }
}
