//! Weights that lie in the program.

use nn_core::prelude::*;

network! {
    /// The network of the example `from_pytorch`.
    pub struct Digits {
        conv: Conv2d(1 => 8, kernel = 3, padding = 1, bias = false),
        norm: BatchNorm2d(8),
        fc: Linear(128 => 10),
    }
    fn forward(image: [1, 8, 8]) -> [10] {
        fc(norm(conv(image)).relu().max_pool2d(2).flatten()).softmax()
    }
    weights = "../examples/data/from_pytorch.safetensors";
}

network! {
    #[layer]
    struct Body { conv: Conv2d(1 => 8, kernel = 3, padding = 1, bias = false), norm: BatchNorm2d(8) }
    fn forward(image: [1, 8, 8]) -> [8, 8, 8] { norm(conv(image)).relu() }
}

network! {
    use crate::Body;
    struct Frozen { #[frozen] body: Body, out: Linear(128 => 10) }
    fn forward(image: [1, 8, 8]) -> [10] { out(body(image).max_pool2d(2).flatten()).softmax() }
    loss = mse;
    weights = "../examples/data/from_pytorch.safetensors"
        .rename("conv", "body.conv").rename("norm", "body.norm").rename("fc", "out");
}

const CLASSES: usize = 10;

network! {
    /// A size is a constant.
    struct Counted {
        conv: Conv2d(1 => 8, kernel = 3, padding = 1, bias = false),
        norm: BatchNorm2d(8),
        fc: Linear(128 => CLASSES),
    }
    fn forward(image: [1, 8, 8]) -> [CLASSES] {
        fc(norm(conv(image)).relu().max_pool2d(2).flatten()).softmax()
    }
    weights = "../examples/data/from_pytorch.safetensors";
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/from_pytorch.safetensors");

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

#[test]
fn it_is_the_network_that_is_loaded() {
    let (embedded, loaded) = (Digits::trained(), Digits::load(FILE).unwrap());
    assert_eq!(bits(embedded.flat_params()), bits(loaded.flat_params()));
    assert_eq!(bits(embedded.flat_state()), bits(loaded.flat_state()));
    assert_eq!(bits(Counted::trained().flat_params()), bits(loaded.flat_params()));
    assert!(core::ptr::eq(embedded, Digits::trained()));
    assert_eq!(core::ptr::from_ref(embedded).addr() % 64, 0);
}

#[test]
fn it_predicts_where_it_lies() {
    let image = Tensor::filled(0.5);
    let mut output = Tensor::zeros();
    Digits::trained().forward(&image, &mut [nn_core::zeroed()], &mut output);
    let mut session = Session::new(Digits::load(FILE).unwrap());
    assert_eq!(bits(output.as_slice()), bits(session.forward(&image).as_slice()));
}

/// Parameters, frozen ones and states lie behind each other.
#[test]
fn each_tensor_comes_to_its_place() {
    let (frozen, loaded) = (Frozen::trained(), Digits::load(FILE).unwrap());
    assert_eq!(bits(frozen.params.out.bias.as_slice()), bits(loaded.params.fc.bias.as_slice()));
    assert_eq!(bits(frozen.params.out.weight.as_slice()), bits(loaded.params.fc.weight.as_slice()));
    assert_eq!(bits(frozen.frozen.body.conv.weight.as_slice()), bits(loaded.params.conv.weight.as_slice()));
    assert_eq!(bits(frozen.flat_state()), bits(loaded.flat_state()));
    let image = Tensor::filled(0.25);
    let [mut a, mut b] = [Tensor::zeros(); 2];
    frozen.forward(&image, &mut [nn_core::zeroed()], &mut a);
    loaded.forward(&image, &mut [nn_core::zeroed()], &mut b);
    assert_eq!(bits(a.as_slice()), bits(b.as_slice()));
}

/// What lies in the program is a beginning for a training too.
#[test]
fn training_goes_on_with_a_copy() {
    let mut session = Session::new(Frozen::trained().to_box());
    let (image, target) = (Tensor::filled(0.5), Tensor::filled(0.1));
    Trainer::new(Sgd::new(0.1))
        .epochs(2)
        .batch(1)
        .quiet()
        .fit(&mut session, &Dataset::from(vec![(image, target)]), None)
        .unwrap();
    assert_ne!(session.network.flat_params(), Frozen::trained().flat_params());
    assert_eq!(session.network.flat_frozen(), Frozen::trained().flat_frozen());
}
