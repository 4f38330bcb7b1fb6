//! Sequences of several lengths in one batch, against PyTorch: packed sequences, and masks of attention.

use std::collections::BTreeMap;

use nn_core::DerivedByInputs;
use tests::numbers::{difference_by, largest};
use tests::runner::{Sample, Values, everything};
use tests::tensors::{self, reference};
use tests::training::Report;

const SAMPLES: usize = 4;

/// The networks of the cases: all results of a layer, one behind the other, which are weighted by the target and added up.
macro_rules! networks {
    ($($module:ident {$($field:ident),*} { $($text:tt)* })*) => {
        $(mod $module {
            use nn_core::prelude::*;
            use tests::runner::{Number, Sample};

            network! {
                $($text)*
                loss = weighted;
                loss weighted(y: [N], w: [N]) = sum[n](y[n] * w[n]);
            }

            impl<T: Number + Scalar> Sample for NetInput<T> {
                fn take(numbers: &mut &[f64]) -> Self {
                    NetInput { $($field: Sample::take(numbers)),* }
                }
            }
        })*
    };
}

networks! {
    lstm { x, length, h0, c0 } {
        pub struct Net { layer: LSTM(2 => 3, num_layers = 2, bidirectional = true) }
        fn forward(x: [5, 2], length: index<6>, h0: [12], c0: [12]) -> [54] {
            let (y, h, c) = layer(x, h0, c0, length);
            concat(y.flatten(), h, c)
        }
    }
    ahead { x, length, h0, c0 } {
        pub struct Net { layer: LSTM(2 => 3) }
        fn forward(x: [5, 2], length: index<6>, h0: [3], c0: [3]) -> [21] {
            let (y, h, c) = layer(x, h0, c0, length = length);
            concat(y.flatten(), h, c)
        }
    }
    gru { x, length, h0 } {
        pub struct Net { layer: GRU(2 => 3, num_layers = 2, bidirectional = true) }
        fn forward(x: [5, 2], length: index<6>, h0: [12]) -> [42] {
            let (y, h) = layer(x, h0, length = length);
            concat(y.flatten(), h)
        }
    }
    rnn { x, length, h0 } {
        pub struct Net { layer: RNN(2 => 3, bidirectional = true) }
        fn forward(x: [5, 2], length: index<6>, h0: [6]) -> [36] {
            let (y, h) = layer(x, h0, length = length);
            concat(y.flatten(), h)
        }
    }
    attention { query, x, mask, length } {
        pub struct Net { layer: MultiheadAttention(4, 2) }
        fn forward(query: [3, 4], x: [5, 4], mask: [3, 5], length: index<6>) -> [12] {
            layer(query, x, x, attn_mask = mask, length = length).flatten()
        }
    }
    padded { query, x, mask, key_padding_mask } {
        pub struct Net { layer: MultiheadAttention(4, 2) }
        fn forward(query: [3, 4], x: [5, 4], mask: [3, 5], key_padding_mask: index<2>[5]) -> [12] {
            layer(query, x, x, key_padding_mask, mask).flatten()
        }
    }
    encoder { x, length } {
        pub struct Net { layer: TransformerEncoderLayer(4, 2, dim_feedforward = 6, dropout = 0) }
        fn forward(x: [5, 4], length: index<6>) -> [20] { layer(x, length = length).flatten() }
    }
    decoder { x, memory, length } {
        pub struct Net { layer: TransformerDecoderLayer(4, 2, dim_feedforward = 6, dropout = 0) }
        fn forward(x: [3, 4], memory: [5, 4], length: index<6>) -> [12] {
            layer(x, memory, memory_length = length).flatten()
        }
    }
}

type Tensors = BTreeMap<String, Vec<f64>>;

/// Tensors that have the samples first, as one row for each sample.
fn rows(tensors: &Tensors, names: &[String]) -> Vec<f64> {
    let all: Vec<&Vec<f64>> = names.iter().map(|name| &tensors[name]).collect();
    let of_sample = |sample: usize| {
        let part = move |tensor: &&Vec<f64>| {
            let len = tensor.len() / SAMPLES;
            tensor[sample * len..(sample + 1) * len].to_vec()
        };
        all.iter().flat_map(part).collect::<Vec<f64>>()
    };
    (0..SAMPLES).flat_map(of_sample).collect()
}

/// Compares a case in f64 and in f32 with what PyTorch computed.
fn compare<N64: DerivedByInputs, N32: DerivedByInputs>(case: &str, inputs: &[&str], results: &[&str])
where
    N64::Input: Sample,
    N64::Target: Sample,
    N32::Input: Sample,
    N32::Target: Sample,
{
    let tensors = tensors::read(&reference("lengths").join("lengths.safetensors")).unwrap();
    let named = |prefix: &str, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("{case}.{prefix}{name}")).collect()
    };
    let mut given = Values::default();
    #[allow(clippy::cast_precision_loss)] // few
    given.set("samples", vec![SAMPLES as f64]);
    given.set("input", rows(&tensors, &named("", inputs)));
    given.set("target", rows(&tensors, &named("weight_", results)));
    let theirs = |name: &str| name.replacen("layer.", "", 1);
    for parameter in N64::PARAMETERS {
        let value = &tensors[&format!("{case}.param.{}", theirs(parameter.name))];
        given.set(&format!("param.{}", parameter.name), value.clone());
    }
    let numbers: Vec<&str> =
        inputs.iter().copied().filter(|name| !["length", "key_padding_mask"].contains(name)).collect();
    let outputs = rows(&tensors, &named("", results));
    let by_inputs = rows(&tensors, &named("gradient_", &numbers));
    for (kind, tolerance) in [("f64", 1e-11), ("f32", 2e-5)] {
        let found = if kind == "f64" { everything::<N64>(&given) } else { everything::<N32>(&given) }.unwrap();
        let mut report = Report::new(tolerance);
        let mut note = |what: &str, found: &[f64], expected: &[f64]| {
            report.note(what, difference_by(found, expected, largest(expected).max(1.0)));
        };
        note("the results", found.get("output").unwrap(), &outputs);
        note("the gradient by the inputs", found.get("grad.input").unwrap(), &by_inputs);
        for parameter in N64::PARAMETERS {
            let expected = &tensors[&format!("{case}.grad.{}", theirs(parameter.name))];
            note(parameter.name, found.get(&format!("grad.{}", parameter.name)).unwrap(), expected);
        }
        report.finish(&format!("{case} in {kind}"));
    }
}

#[test]
fn packed_sequences() {
    compare::<lstm::Net<f64>, lstm::Net<f32>>("lstm", &["x", "length", "h0", "c0"], &["y", "h", "c"]);
    compare::<ahead::Net<f64>, ahead::Net<f32>>("ahead", &["x", "length", "h0", "c0"], &["y", "h", "c"]);
    compare::<gru::Net<f64>, gru::Net<f32>>("gru", &["x", "length", "h0"], &["y", "h"]);
    compare::<rnn::Net<f64>, rnn::Net<f32>>("rnn", &["x", "length", "h0"], &["y", "h"]);
}

#[test]
fn masks_of_attention() {
    compare::<attention::Net<f64>, attention::Net<f32>>("attention", &["query", "x", "mask", "length"], &["y"]);
    compare::<padded::Net<f64>, padded::Net<f32>>("attention", &["query", "x", "mask", "key_padding_mask"], &["y"]);
    compare::<encoder::Net<f64>, encoder::Net<f32>>("encoder", &["x", "length"], &["y"]);
    compare::<decoder::Net<f64>, decoder::Net<f32>>("decoder", &["x", "memory", "length"], &["y"]);
}
