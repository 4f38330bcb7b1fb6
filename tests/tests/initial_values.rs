//! What parameters are before training: PyTorch's bounds and deviations, by the numbers that are drawn.

use nn_core::prelude::*;

network! {
    #[allow(nn::bias_before_batch_norm)]
    struct Net {
        linear: Linear(400 => 300),
        conv: Conv2d(8 => 64, kernel = (3, 5), groups = 2),
        transposed: ConvTranspose2d(32 => 16, kernel = 3, groups = 2),
        norm: BatchNorm2d(16),
        slope: PReLU(16),
    }
    fn forward(x: [400], image: [8, 3, 5], other: [32, 1, 1]) -> (p: [300], q: [64, 1, 1], r: [16, 3, 3]) {
        (linear(x), conv(image), slope(norm(transposed(other))))
    }
}

network! {
    struct Chosen {
        a: Linear(400 => 300, weight = xavier_uniform),
        b: Linear(400 => 300, weight = xavier_normal),
        c: Linear(400 => 300, weight = kaiming_uniform),
        d: Linear(400 => 300, weight = kaiming_normal),
        e: Linear(400 => 300, weight = normal(0.5, 0.01)),
        f: Linear(400 => 300, weight = uniform(-0.25, 0.75)),
    }
    fn forward(x: [400]) -> [300] { a(x) + b(x) + c(x) + d(x) + e(x) + f(x) }
}

fn numbers<T: Scalar>(elements: &[T]) -> Vec<f64> {
    elements.iter().map(|element| element.to_f64()).collect()
}

/// All lie between the bounds, and reach nearly as far as many numbers do.
fn uniform(what: &str, elements: &[impl Scalar], low: f64, high: f64) {
    let elements = numbers(elements);
    let least = elements.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = elements.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // the farthest of n numbers is 1/n of the width from the bound, give or take as much; 1e-6 is for rounding to f32
    let width = high - low;
    let near = 8.0 / elements.len() as f64 * width;
    let rounding = 1e-6 * width;
    assert!((low - rounding..low + near).contains(&least), "{what}: from {least}, not {low}");
    assert!((high - near..=high + rounding).contains(&greatest), "{what}: to {greatest}, not {high}");
    let mean = elements.iter().sum::<f64>() / elements.len() as f64;
    assert!((mean - (low + high) / 2.0).abs() < width / (elements.len() as f64).sqrt(), "{what}: {mean} is the mean");
}

fn normal(what: &str, elements: &[impl Scalar], mean: f64, deviation: f64) {
    let elements = numbers(elements);
    let count = elements.len() as f64;
    let found = elements.iter().sum::<f64>() / count;
    let spread = (elements.iter().map(|element| (element - found).powi(2)).sum::<f64>() / count).sqrt();
    // five times the deviation of what is estimated
    assert!((found - mean).abs() < 5.0 * deviation / count.sqrt(), "{what}: {found} is the mean, not {mean}");
    let off = (spread - deviation).abs() / deviation;
    assert!(off < 5.0 / (2.0 * count).sqrt(), "{what}: {spread} is the deviation, not {deviation}");
}

/// `nn.Linear` and `nn.ConvNd` draw weight and bias within `1 / sqrt(fan_in)` of zero.
#[test]
fn layers_begin_as_in_pytorch() {
    let network = Net::init(5);
    let params = &network.params;
    let within =
        |what: &str, elements: &[f32], fan_in: f64| uniform(what, elements, -1.0 / fan_in.sqrt(), 1.0 / fan_in.sqrt());
    within("linear.weight", params.linear.weight.as_slice(), 400.0);
    within("linear.bias", params.linear.bias.as_slice(), 400.0);
    within("conv.weight", params.conv.weight.as_slice(), 4.0 * 15.0);
    within("conv.bias", params.conv.bias.as_slice(), 4.0 * 15.0);
    // PyTorch takes the second axis of the weight for what goes into an output
    within("transposed.weight", params.transposed.weight.as_slice(), 8.0 * 9.0);
    within("transposed.bias", params.transposed.bias.as_slice(), 8.0 * 9.0);
    assert_eq!(params.norm.weight.as_slice(), [1.0; 16]);
    assert_eq!(params.norm.bias.as_slice(), [0.0; 16]);
    assert_eq!(params.slope.weight.as_slice(), [0.25; 16]);
}

/// The functions of `torch.nn.init`, with 400 numbers in and 300 out; the gain is that of `relu` for Kaiming's.
#[test]
fn chosen_distributions_are_those_of_pytorch() {
    let network = Chosen::init(6); // too large for the stack of a test
    let params = &network.params;
    let bound = (6.0f64 / 700.0).sqrt();
    uniform("xavier_uniform", params.a.weight.as_slice(), -bound, bound);
    normal("xavier_normal", params.b.weight.as_slice(), 0.0, (2.0f64 / 700.0).sqrt());
    let bound = 2.0f64.sqrt() * (3.0f64 / 400.0).sqrt();
    uniform("kaiming_uniform", params.c.weight.as_slice(), -bound, bound);
    normal("kaiming_normal", params.d.weight.as_slice(), 0.0, (2.0f64 / 400.0).sqrt());
    normal("normal", params.e.weight.as_slice(), 0.5, 0.01);
    uniform("uniform", params.f.weight.as_slice(), -0.25, 0.75);
}
