//! The keyword spotter and the anomaly detector of MLPerf Tiny with their published weights, against what the
//! reference implementation computes: as they are trained, and with the batch norms folded into the layers. The folded ones
//! lie in the program too.
//!
//! Scores and reconstructions have no bound, and are measured by the greatest of them; probabilities are measured
//! as they are, since one that is nearly zero counts no more than its distance from zero.

use std::collections::BTreeMap;

use nn_core::{Fold, Network, Plain, Scalar, Session, network};
use tests::numbers::{difference, difference_by};
use tests::published::load;
use tests::runner::{Number, Sample};
use tests::tensors::{self, reference};
use tests::training::Report;

network! {
    /// Depthwise separable convolutions: 49 frames of 10 coefficients to 12 keywords.
    #[folded(FoldedKeywords, weights = "../examples/data/keywords/weights.safetensors")]
    #[allow(nn::bias_before_batch_norm)] // as it was published
    struct Keywords {
        stem: Conv2d(1 => 64, kernel = (10, 4), stride = 2, padding = ((4, 5), (1, 1))),
        stem_norm: BatchNorm2d(64, eps = 0.001, momentum = 0.01),
        blocks: [Separable(64); 4],
        dense: Linear(64 => 12),
    }

    layer Separable<C>(x: [C, H, W]) -> y: [C, H, W] {
        depthwise: Conv2d(C => C, kernel = 3, padding = 1, groups = C),
        depthwise_norm: BatchNorm2d(C, eps = 0.001, momentum = 0.01),
        pointwise: Conv2d(C => C, kernel = 1),
        pointwise_norm: BatchNorm2d(C, eps = 0.001, momentum = 0.01),
        y = pointwise_norm(pointwise(depthwise_norm(depthwise(x)).relu())).relu();
    }

    fn forward(features: [1, 49, 10]) -> (scores: [12], probabilities: [12]) {
        let x = blocks(stem_norm(stem(features)).relu());
        let scores = dense(x.global_avg_pool2d());
        (scores, scores.softmax())
    }

    loss(keyword: index<12>) = cross_entropy(scores, keyword);
}

network! {
    /// Five frames of 128 bands, through a bottleneck of eight numbers and back.
    #[folded(
        FoldedAutoencoder,
        weights = "references/mlperf-tiny/ad-autoencoder/weights_folded.safetensors"
            .rename("dense", "first.dense")
            .rename("dense_1", "encoder.0.dense")
            .rename("dense_2", "encoder.1.dense")
            .rename("dense_3", "encoder.2.dense")
            .rename("dense_4", "code.dense")
            .rename("dense_5", "opened.dense")
            .rename("dense_6", "decoder.0.dense")
            .rename("dense_7", "decoder.1.dense")
            .rename("dense_8", "decoder.2.dense")
            .rename("dense_9", "last")
    )]
    #[allow(nn::bias_before_batch_norm)] // as it was published
    struct Autoencoder {
        first: Dense(640 => 128),
        encoder: [Dense(128 => 128); 3],
        code: Dense(128 => 8),
        opened: Dense(8 => 128),
        decoder: [Dense(128 => 128); 3],
        last: Linear(128 => 640),
    }

    layer Dense<In => Out>(x: [In]) -> y: [Out] {
        dense: Linear(In => Out),
        norm: BatchNorm1d(Out, eps = 0.001, momentum = 0.01),
        y = norm(dense(x)).relu();
    }

    fn forward(frames: [640]) -> [640] {
        let code = code(encoder(first(frames)));
        last(decoder(opened(code)))
    }

    loss = mse;
}

type Tensors = BTreeMap<String, Vec<f64>>;

/// The name in the published files of a tensor of the keyword spotter.
fn keyword_name(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    match parts[..] {
        ["stem", tensor] => format!("conv2d.{tensor}"),
        ["stem_norm", tensor] => format!("batch_normalization.{tensor}"),
        ["blocks", block, layer, tensor] => {
            let block: usize = block.parse().unwrap();
            match layer {
                "depthwise" => format!("{}.{tensor}", numbered("depthwise_conv2d", block)),
                "pointwise" => format!("{}.{tensor}", numbered("conv2d", block + 1)),
                "depthwise_norm" => format!("{}.{tensor}", numbered("batch_normalization", 2 * block + 1)),
                _ => format!("{}.{tensor}", numbered("batch_normalization", 2 * block + 2)),
            }
        }
        _ => name.to_string(),
    }
}

/// The name in the published files of a tensor of the autoencoder.
fn autoencoder_name(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    let repeated = |first: usize, at: &str| first + at.parse::<usize>().unwrap();
    let (number, layer, tensor) = match parts[..] {
        ["first", layer, tensor] => (0, layer, tensor),
        ["encoder", at, layer, tensor] => (repeated(1, at), layer, tensor),
        ["code", layer, tensor] => (4, layer, tensor),
        ["opened", layer, tensor] => (5, layer, tensor),
        ["decoder", at, layer, tensor] => (repeated(6, at), layer, tensor),
        [_, tensor] => (9, "dense", tensor),
        _ => panic!("no tensor is called `{name}`"),
    };
    let layer = if layer == "norm" { "batch_normalization" } else { layer };
    format!("{}.{tensor}", numbered(layer, number))
}

/// Keras does not number the first.
fn numbered(layer: &str, number: usize) -> String {
    if number == 0 { layer.to_string() } else { format!("{layer}_{number}") }
}

/// What a network makes of samples.
fn predict<N: Network>(network: Box<N>, mut numbers: &[f64]) -> Vec<N::Output>
where
    N::Input: Sample,
{
    let mut inputs = Vec::new();
    while !numbers.is_empty() {
        inputs.push(N::Input::take(&mut numbers));
    }
    let mut outputs: Vec<N::Output> = inputs.iter().map(|_| Plain::zeroed()).collect();
    Session::<N>::new(network).forward_batch(&inputs, &mut outputs).unwrap();
    outputs
}

/// The same part of every prediction, one behind the other.
fn part<O: Plain>(outputs: &[O], part: std::ops::Range<usize>) -> Vec<f64>
where
    O::Element: Scalar,
{
    outputs.iter().flat_map(|output| output.flat()[part.clone()].iter().map(|x| x.to_f64())).collect()
}

/// The greatest difference that a type of numbers is allowed.
fn tolerance<T: Scalar>() -> f64 {
    if T::from_f64(1.0).epsilon().to_f64() < 1e-10 { 1e-6 } else { 1e-4 }
}

fn keywords<N: Network>(title: &str, file: &str)
where
    N::Input: Sample,
{
    let folder = reference("mlperf-tiny/kws-dscnn");
    let weights = tensors::read(&folder.join(file)).unwrap();
    let reference = tensors::read(&folder.join("io.safetensors")).unwrap();
    let outputs = predict(load::<N>(&weights, keyword_name), &reference["input_nchw"]);
    let mut report = Report::new(tolerance::<N::Scalar>());
    report.compare("the scores", &part(&outputs, 0..12), &reference["logits_f64"]);
    report.note("the probabilities", difference_by(&part(&outputs, 12..24), &reference["output_f64"], 1.0));
    report.finish(title);
    benchmark::<N>(title, &folder, &weights);
}

/// The thousand recordings of the benchmark: 913 are named right, with the probabilities of the reference.
fn benchmark<N: Network>(title: &str, folder: &std::path::Path, weights: &Tensors)
where
    N::Input: Sample,
{
    const SCALE: f64 = 0.584_702_908_992_767_3;
    let recordings = tensors::read(&folder.join("kws01_test1000.safetensors")).unwrap();
    let features: Vec<f64> = recordings["features_i8"].iter().map(|q| (q - 83.0) * SCALE).collect();
    let outputs = predict(load::<N>(weights, keyword_name), &features);
    let probabilities = part(&outputs, 12..24);
    let mut report = Report::new(1e-4); // of a reference in f32
    report.note("the probabilities", difference_by(&probabilities, &recordings["probs_float"], 1.0));
    report.finish(&format!("{title}, 1000 recordings"));
    let right = probabilities.chunks(12).zip(&recordings["labels"]).filter(|(probabilities, label)| {
        let best = probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        best == usize::from_number(**label)
    });
    assert_eq!(right.count(), 913);
}

fn autoencoder<N: Network>(title: &str, file: &str, output: &str)
where
    N::Input: Sample,
{
    let folder = reference("mlperf-tiny/ad-autoencoder");
    let weights = tensors::read(&folder.join(file)).unwrap();
    let reference = tensors::read(&folder.join("io.safetensors")).unwrap();
    let outputs = predict(load::<N>(&weights, autoencoder_name), &reference["input"]);
    let mut report = Report::new(tolerance::<N::Scalar>());
    report.note("the reconstruction", difference(&part(&outputs, 0..640), &reference[output]));
    report.finish(title);
}

#[test]
fn keyword_spotter_with_batch_norms() {
    keywords::<Keywords<f64>>("keywords with batch norms in f64", "weights_bn.safetensors");
    keywords::<Keywords<f32>>("keywords with batch norms in f32", "weights_bn.safetensors");
}

#[test]
fn keyword_spotter_with_folded_weights() {
    keywords::<FoldedKeywords<f64>>("folded keywords in f64", "weights_folded.safetensors");
    keywords::<FoldedKeywords<f32>>("folded keywords in f32", "weights_folded.safetensors");
}

/// What the batch norms are folded into here is what is published as folded weights.
#[test]
fn keyword_spotter_that_is_folded_here() {
    let folder = reference("mlperf-tiny/kws-dscnn");
    let network = load::<Keywords<f64>>(&tensors::read(&folder.join("weights_bn.safetensors")).unwrap(), keyword_name);
    let folded = network.fold();
    let published = tensors::read(&folder.join("weights_folded.safetensors")).unwrap();
    let published = load::<FoldedKeywords<f64>>(&published, keyword_name);
    let reference = tensors::read(&folder.join("io.safetensors")).unwrap();
    let mut report = Report::new(1e-6);
    report.note("the weights", difference(folded.flat_params(), published.flat_params()));
    let outputs = predict(folded, &reference["input_nchw"]);
    report.compare("the scores", &part(&outputs, 0..12), &reference["logits_f64"]);
    report.finish("keywords folded here, in f64");
}

// The published network with folded weights lost the biases in front of its norms, so that there is a reference
// for each of the two.
#[test]
fn autoencoder_with_batch_norms() {
    let file = "weights_bn.safetensors";
    autoencoder::<Autoencoder<f64>>("autoencoder with batch norms in f64", file, "output_bn_f64");
    autoencoder::<Autoencoder<f32>>("autoencoder with batch norms in f32", file, "output_bn_f64");
}

#[test]
fn autoencoder_with_folded_weights() {
    let file = "weights_folded.safetensors";
    autoencoder::<FoldedAutoencoder<f64>>("folded autoencoder in f64", file, "output_f64");
    autoencoder::<FoldedAutoencoder<f32>>("folded autoencoder in f32", file, "output_f64");
}

/// The folded weights lie in the program, at their places.
#[test]
fn embedded_weights_are_those_of_the_files() {
    let bits = |numbers: &[f32]| numbers.iter().map(|number| number.to_bits()).collect::<Vec<_>>();
    let published = |file: &str| tensors::read(&reference("mlperf-tiny").join(file)).unwrap();
    let keywords = load::<FoldedKeywords<f32>>(&published("kws-dscnn/weights_folded.safetensors"), keyword_name);
    assert_eq!(bits(FoldedKeywords::trained().flat_params()), bits(keywords.flat_params()));
    let autoencoder =
        load::<FoldedAutoencoder<f32>>(&published("ad-autoencoder/weights_folded.safetensors"), autoencoder_name);
    assert_eq!(bits(FoldedAutoencoder::trained().flat_params()), bits(autoencoder.flat_params()));
    // nothing but the weights, from a line of the cache to the next
    let bytes = |parameters: usize| (parameters * size_of::<f32>()).next_multiple_of(64);
    assert_eq!(size_of_val(FoldedKeywords::trained()), bytes(FoldedKeywords::PARAMS));
    assert_eq!(size_of_val(FoldedAutoencoder::trained()), bytes(FoldedAutoencoder::PARAMS));
}

#[test]
fn parameters_are_as_many_as_published() {
    assert_eq!(Keywords::PARAMS, 23_756);
    assert_eq!(FoldedKeywords::PARAMS, 22_604);
    assert_eq!(Autoencoder::PARAMS, 267_928);
    assert_eq!(FoldedAutoencoder::PARAMS, 265_864);
}
