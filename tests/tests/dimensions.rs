//! Sizes of every kind: numbers, constants, types, type parameters, and all of them together. One network, whatever its
//! sizes are written as, has the same bits.

use nn_core::prelude::*;
use nn_core::typenum::{U1, U4, U8, U16, U108};

/// Sizes that other modules declare.
mod config {
    /// The channels of the first convolution.
    pub const CHANNELS: usize = 4;
    /// The channels of the second one.
    pub type Wide = nn_core::typenum::U8;

    /// A size that is computed while compiling.
    pub const fn classes(bits: usize) -> usize {
        if bits > 2 { bits + 7 } else { panic!("too few") }
    }
}

const SIDE: usize = 8;
const CHANNELS: usize = 4;
const KERNEL: usize = 3;
const HIDDEN: usize = 2 * SIDE;
const POOL: usize = 2;

type Side = U8;
type Channels = U4;
type Hidden = U16;

network! {
    /// Sizes as numbers.
    #[allow(nn::bias_before_batch_norm)]
    struct Numbers {
        conv1: Conv2d(1 => 4, kernel = 3),
        conv2: Conv2d(4 => 8, kernel = 3, padding = 1, groups = 4),
        norm: BatchNorm2d(8),
        fc1: Linear(108 => 16),
        fc2: Linear(16 => 10),
    }
    fn forward(x: [1, 8, 8]) -> [10] {
        let y = conv1(x).relu();
        let y = concat(y, norm(conv2(y))).max_pool2d(2);
        fc2(fc1(y.flatten()).tanh())
    }
    loss = cross_entropy;
}

network! {
    /// The same as constants and constant expressions. Some sizes are equal without being written alike.
    #[allow(nn::bias_before_batch_norm)]
    struct Constants {
        conv1: Conv2d(1 => CHANNELS, kernel = KERNEL),
        conv2: Conv2d(CHANNELS => {2 * CHANNELS}, kernel = 3, padding = 1, groups = CHANNELS),
        norm: BatchNorm2d(2 * config::CHANNELS),
        fc1: Linear({ CHANNELS.pow(2) * 6 + 12 } => HIDDEN),
        fc2: Linear({ SIDE + SIDE } => { config::classes(3) }),
    }
    fn forward(x: [1, SIDE, 8]) -> [{ config::classes(3) }] {
        let y = conv1(x).relu();
        let y = concat(y, norm(conv2(y))).max_pool2d(POOL);
        fc2(fc1(y.flatten()).tanh())
    }
    loss = cross_entropy;
}

network! {
    /// The same as types of the program.
    #[allow(nn::bias_before_batch_norm)]
    struct Types {
        conv1: Conv2d(1 => Channels, kernel = 3),
        conv2: Conv2d(Channels => 2 * Channels, kernel = 3, padding = 1, groups = Channels),
        norm: BatchNorm2d(2 * Channels),
        fc1: Linear(_ => Hidden),
        fc2: Linear(2 * Side => 10),
    }
    fn forward(x: [1, Side, Side]) -> [10] {
        let y = conv1(x).relu();
        let y = concat(y, norm(conv2(y))).max_pool2d(2);
        fc2(fc1(y.flatten()).tanh())
    }
    loss = cross_entropy;
}

network! {
    /// The same as type parameters.
    #[allow(nn::bias_before_batch_norm)]
    struct Parameters<Height, Channels, Hidden> {
        conv1: Conv2d(1 => Channels, kernel = 3),
        conv2: Conv2d(Channels => 2 * Channels, kernel = 3, padding = 1, groups = Channels),
        norm: BatchNorm2d(2 * Channels),
        fc1: Linear(_ => Hidden),
        fc2: Linear(Hidden => 10),
    }
    fn forward(x: [1, Height, 8]) -> [10] {
        let y = conv1(x).relu();
        let y = concat(y, norm(conv2(y))).max_pool2d(2);
        fc2(fc1(y.flatten()).tanh())
    }
    loss = cross_entropy;
}

network! {
    /// All of them together.
    #[allow(nn::bias_before_batch_norm)]
    struct Mixed<Height> {
        conv1: Conv2d(1 => CHANNELS, kernel = KERNEL),
        conv2: Conv2d(4 => 2 * CHANNELS, kernel = 3, padding = 1, groups = CHANNELS),
        norm: BatchNorm2d(config::Wide),
        fc1: Linear(_ => HIDDEN),
        fc2: Linear(Hidden => {7 + 3}),
    }
    fn forward(x: [1, Height, 2 * CHANNELS]) -> [10] {
        let y = conv1(x).relu();
        let y = concat(y, norm(conv2(y))).max_pool2d(POOL);
        fc2(fc1(y.flatten()).tanh())
    }
    loss = cross_entropy;
}

type Image = Tensor<(U1, U8, U8)>;

fn data() -> Dataset<Image, usize> {
    let image = |sample: usize| {
        let mut image = Image::zeros();
        for (at, pixel) in (0u16..).zip(image.as_mut_slice()) {
            *pixel = f32::from((7 * at + 13 * u16::try_from(sample).unwrap()) % 11) / 11.0 - 0.4;
        }
        image
    };
    (0..10).map(|sample| (image(sample), sample)).collect()
}

/// The bits of the parameters after some steps, and of the predictions.
macro_rules! bits {
    ($network:ty) => {{
        let mut session = <$network>::session(7);
        let data = data();
        Trainer::new(Adam::new(0.01)).epochs(2).batch(3).fit(&mut session, &data, None).unwrap();
        let mut bits: Vec<u32> = session.network.flat_params().iter().map(|value| value.to_bits()).collect();
        for image in data.inputs() {
            bits.extend(session.forward(image).as_slice().iter().map(|value| value.to_bits()));
        }
        bits
    }};
}

#[test]
fn one_network_has_the_same_bits_whatever_its_sizes_are_written_as() {
    let numbers = bits!(Numbers);
    assert_eq!(numbers.len(), Numbers::PARAMS + 100);
    assert!(numbers == bits!(Constants), "constants");
    assert!(numbers == bits!(Types), "types");
    assert!(numbers == bits!(Parameters<U8, U4, U16>), "type parameters");
    assert!(numbers == bits!(Mixed<U8>), "mixed");
}

#[test]
fn sizes_of_constants_are_seen_from_outside() {
    let layers = Constants::LAYERS.iter().map(|layer| layer.shape.to_vec()).collect::<Vec<_>>();
    assert_eq!(layers, Numbers::LAYERS.iter().map(|layer| layer.shape.to_vec()).collect::<Vec<_>>());
    let weight: &Tensor<(U16, U108)> = &Constants::session(1).network.params.fc1.weight;
    assert_eq!(weight.as_slice().len(), 1728);
}

/// A constant that a function declares, and one with many digits.
#[test]
fn constants_may_be_local_and_large() {
    const LARGE: usize = 0x1_2345;
    network! {
        struct Net { fc: Linear(LARGE => 1, bias = false) }
        fn forward(x: [LARGE]) -> [1] { fc(x) }
    }
    assert_eq!(Net::PARAMS, 0x1_2345);
}

network! {
    /// Type parameters with defaults of every kind.
    struct Defaults<In, Hidden = 6, Side = SIDE, Out = { config::classes(3) }> {
        fc1: Linear(In => Hidden * Side),
        fc2: Linear(Hidden * Side => Out),
    }
    fn forward(x: [In]) -> [Out] {
        fc2(fc1(x).tanh())
    }
    loss = mse;
}

#[test]
fn type_parameters_may_have_defaults() {
    assert_eq!(<Defaults<U4>>::PARAMS, (4 + 1) * 48 + (48 + 1) * 10);
    assert_eq!(<Defaults<U4, U1, U8>>::PARAMS, (4 + 1) * 8 + (8 + 1) * 10);
    let mut session = <Defaults<U4>>::session(1);
    assert_eq!(session.forward(&Tensor::zeros()).as_slice().len(), 10);
}

/// What is known of a network needs no type of its numbers.
#[test]
fn figures_are_those_of_single_precision() {
    assert_eq!(Numbers::PARAMS, Numbers::<f64>::PARAMS);
    assert_eq!(
        (2 * Numbers::INFER_BYTES, 2 * Numbers::TRAIN_BYTES),
        (Numbers::<f64>::INFER_BYTES, Numbers::<f64>::TRAIN_BYTES,)
    );
    assert_eq!(Numbers::MACS, Constants::MACS);
    assert_eq!((Numbers::LAYERS.len(), Numbers::STATES.len()), (10, 2));
    assert_eq!(Numbers::summary().to_string(), <Numbers as Network>::summary().to_string());
}

network! {
    /// More tensors in its workspace than rustc nests types.
    struct Deep {
        l0: Linear(SIDE => SIDE, bias = false), n0: BatchNorm1d(SIDE),
        l1: Linear(SIDE => SIDE, bias = false), n1: BatchNorm1d(SIDE),
        l2: Linear(SIDE => SIDE, bias = false), n2: BatchNorm1d(SIDE),
        l3: Linear(SIDE => SIDE, bias = false), n3: BatchNorm1d(SIDE),
        l4: Linear(SIDE => SIDE, bias = false), n4: BatchNorm1d(SIDE),
        l5: Linear(SIDE => SIDE, bias = false), n5: BatchNorm1d(SIDE),
        l6: Linear(SIDE => SIDE, bias = false), n6: BatchNorm1d(SIDE),
        l7: Linear(SIDE => SIDE, bias = false), n7: BatchNorm1d(SIDE),
        l8: Linear(SIDE => SIDE, bias = false), n8: BatchNorm1d(SIDE),
        l9: Linear(SIDE => SIDE, bias = false), n9: BatchNorm1d(SIDE),
        l10: Linear(SIDE => SIDE, bias = false), n10: BatchNorm1d(SIDE),
        l11: Linear(SIDE => SIDE, bias = false), n11: BatchNorm1d(SIDE),
        l12: Linear(SIDE => SIDE, bias = false), n12: BatchNorm1d(SIDE),
        l13: Linear(SIDE => SIDE, bias = false), n13: BatchNorm1d(SIDE),
        l14: Linear(SIDE => SIDE, bias = false), n14: BatchNorm1d(SIDE),
        l15: Linear(SIDE => SIDE, bias = false), n15: BatchNorm1d(SIDE),
        l16: Linear(SIDE => SIDE, bias = false), n16: BatchNorm1d(SIDE),
        l17: Linear(SIDE => SIDE, bias = false), n17: BatchNorm1d(SIDE),
    }
    fn forward(x: [SIDE]) -> [SIDE] {
        let x = n0(l0(x)).tanh(); let x = n1(l1(x)).tanh();
        let x = n2(l2(x)).tanh(); let x = n3(l3(x)).tanh();
        let x = n4(l4(x)).tanh(); let x = n5(l5(x)).tanh();
        let x = n6(l6(x)).tanh(); let x = n7(l7(x)).tanh();
        let x = n8(l8(x)).tanh(); let x = n9(l9(x)).tanh();
        let x = n10(l10(x)).tanh(); let x = n11(l11(x)).tanh();
        let x = n12(l12(x)).tanh(); let x = n13(l13(x)).tanh();
        let x = n14(l14(x)).tanh(); let x = n15(l15(x)).tanh();
        let x = n16(l16(x)).tanh(); let x = n17(l17(x)).tanh();
        x
    }
    loss = mse;
}

#[test]
fn a_deep_network_of_constants_is_no_deep_type() {
    assert_eq!(Deep::PARAMS, 18 * (8 * 8 + 8 + 8));
    let mut session = Deep::session(1);
    let data: Dataset<_, _> = [0.5, -0.5, 0.1].map(|x| (Tensor::filled(x), Tensor::filled(0.25))).into_iter().collect();
    Trainer::new(Adam::new(0.01)).epochs(1).fit(&mut session, &data, None).unwrap();
    assert!(session.forward(&Tensor::filled(0.5)).as_slice().iter().all(|value| value.is_finite()));
}
