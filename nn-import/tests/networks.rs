//! Committed models: the source that is written for them, and what it computes as emitted code.
//!
//! `network.rs` beside each model is both the snapshot of the source and a module of this test. `UPDATE_MODELS=1` writes it
//! anew. The models are made by `python/models.py` and `python/resizes.py`, with outputs of ONNX Runtime, and by
//! `python/tflite_models.py`, with outputs of TFLite's interpreter.

mod common;

use std::path::{Path, PathBuf};

use common::{difference, elements};
use nn_core::{Network, Plain, Scalar, Session};
use nn_import::{Imported, Options, import};
use safetensors::SafeTensors;

/// Differences relative to the largest element of an output, or to 1.
const TOLERANCE: f64 = 1e-5;

/// A module for each model.
macro_rules! models {
    ($($name:ident: $network:ident, |$network_input:ident| $input:expr;)*) => {
        $(
            mod $name {
                include!(concat!("models/", stringify!($name), "/network.rs"));
            }

            #[test]
            fn $name() {
                let imported = imported(stringify!($name));
                let mut session = Session::new(filled::<$name::$network>(&imported));
                let data = data(stringify!($name));
                let data = SafeTensors::deserialize(&data).expect("the data can be read");
                let $network_input = |name: &str| elements(&data, &format!("input.{name}")).expect("there is an input");
                let expected: Vec<f64> =
                    (0..).map_while(|number| elements(&data, &format!("output.{number}"))).flatten().collect();
                let output = session.forward(&$input).flat();
                let found: Vec<f64> = output.iter().map(|element| element.to_f64()).collect();
                assert_eq!(found.len(), expected.len());
                let difference = difference(&found, &expected);
                assert!(difference <= TOLERANCE, "{difference:e}");
            }
        )*
    };
}

models! {
    small: Small, |input| numbers(&input("input"));
    tagger: Tagger, |input| indices(&input("input"));
    gated: Gated, |input| numbers(&input("input"));
    encoder: Encoder, |input| indices(&input("input"));
    causal: Causal, |input| numbers(&input("input"));
    unet: Unet, |input| numbers(&input("input"));
    resizer: Resizer, |input| numbers(&input("x"));
    spotter: Spotter, |input| numbers(&input("input"));
    segmenter: Segmenter, |input| numbers(&input("input"));
    listener: Listener, |input| indices(&input("input"));
    reader: Reader, |input| numbers(&input("input"));
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models").join(name)
}

fn data(name: &str) -> Vec<u8> {
    std::fs::read(folder(name).join("data.safetensors")).expect("a model has data")
}

/// The import of a model, whose source is the committed one.
fn imported(name: &str) -> Imported {
    let model = if folder(name).join("model.onnx").exists() { "model.onnx" } else { "model.tflite" };
    let file = std::fs::read(folder(name).join(model)).expect("there is a model");
    let options = Options { name: name.into(), file: model.into(), ..Options::default() };
    let imported = import(&file, &options).expect("the model is imported");
    let snapshot = folder(name).join("network.rs");
    if std::env::var_os("UPDATE_MODELS").is_some() {
        std::fs::write(&snapshot, &imported.source).expect("the snapshot can be written");
    }
    let committed = std::fs::read_to_string(&snapshot).expect("there is a snapshot");
    assert_eq!(imported.source, committed, "the source of `{name}` changed: look at it, and run with UPDATE_MODELS=1");
    imported
}

/// A network with the imported weights, all of which it takes.
fn filled<N: Network>(imported: &Imported) -> Box<N> {
    let mut network = N::init_as(0);
    let mut taken = 0;
    for parameter in N::PARAMETERS {
        fill(&mut network.flat_params_mut()[parameter.range()], imported, parameter.name);
        taken += 1;
    }
    for state in N::STATES {
        fill(&mut network.flat_state_mut()[state.range()], imported, state.name);
        taken += 1;
    }
    assert_eq!(taken, imported.tensors.len(), "there are weights that the network has not");
    network
}

fn fill<T: Scalar>(place: &mut [T], imported: &Imported, name: &str) {
    let tensor = imported.tensors.get(name).unwrap_or_else(|| panic!("there is no `{name}`"));
    assert_eq!(place.len(), tensor.elements.len(), "{name}");
    for (place, element) in place.iter_mut().zip(&tensor.elements) {
        *place = T::from_f64(f64::from(*element));
    }
}

fn numbers<S: nn_core::Shape>(given: &[f64]) -> nn_core::Tensor<S> {
    let mut tensor = nn_core::Tensor::<S>::zeros();
    for (place, number) in tensor.as_mut_slice().iter_mut().zip(given) {
        *place = f32::from_f64(*number);
    }
    tensor
}

fn indices<S: nn_core::Shape>(given: &[f64]) -> nn_core::Tensor<S, usize> {
    let mut tensor = nn_core::Tensor::<S, usize>::zeros();
    for (place, number) in tensor.as_mut_slice().iter_mut().zip(given) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // few indices
        let index = *number as usize;
        *place = index;
    }
    tensor
}
