//! What is said of TFLite models that are not imported, and what little things are.

#[path = "common/tflite.rs"]
mod tflite;

use nn_import::{ImportError, Options, import};
use tflite::{Field, Model, Tensor, floats, list, zeros};

/// The image and the weight of most cases.
const IMAGE: [i32; 4] = [1, 4, 4, 2];
const WEIGHT: [i32; 4] = [3, 1, 1, 2];
const RESULT: [i32; 4] = [1, 4, 4, 3];

fn model(operator: i32, options: &[Field], tensors: &[Tensor]) -> Model {
    Model { operator, options: options.to_vec(), tensors: tensors.to_vec(), ..Model::default() }
}

fn message(model: &Model) -> String {
    let error = import(&model.file(), &Options::default()).expect_err("it is refused");
    assert!(!matches!(error, ImportError::Fault(_)), "{error}");
    error.to_string()
}

/// An operator and the reason why it is refused, which stand in the message beside the name of the result.
#[track_caller]
fn refused(model: &Model, operator: &str, reason: &str) {
    let text = message(model);
    assert!(text.contains("1 of its parts") && text.contains(operator) && text.contains(reason), "{text}");
    let result = format!("`t{}`", model.tensors.len() - 1);
    assert!(text.contains(&result), "{text}");
}

fn source(model: &Model) -> String {
    import(&model.file(), &Options::default()).unwrap_or_else(|error| panic!("{error}")).source
}

#[test]
fn a_convolution_is_a_layer() {
    let stride = [Field::Byte(0, 0), Field::Whole(1, 1), Field::Whole(2, 1), Field::Byte(3, 3)];
    let text = source(&model(3, &stride, &[floats(&IMAGE), zeros(&WEIGHT), zeros(&[3]), floats(&RESULT)]));
    assert!(text.contains("conv: Conv2d(2 => 3, kernel = 1)") && text.contains("conv(t0).relu6()"), "{text}");
    assert!(text.contains("where the file has the channels last"), "{text}");
}

#[test]
fn channels_that_are_in_front_stay_there() {
    let text = source(&model(39, &[], &[floats(&[1, 3, 4, 5]), list(&[0, 2, 3, 1]), floats(&[1, 4, 5, 3])]));
    assert!(text.contains("fn forward(t0: [3, 4, 5]) -> [3, 4, 5] {\n        t0\n"), "{text}");
    let text = source(&model(39, &[], &[floats(&[1, 4, 5, 3]), list(&[0, 3, 1, 2]), floats(&[1, 3, 4, 5])]));
    assert!(text.contains("fn forward(t0: [3, 4, 5]) -> [3, 4, 5] {\n        t0\n"), "{text}");
}

#[test]
fn operators_that_are_not_known_are_refused() {
    refused(&model(109, &[], &[floats(&[1, 4]), floats(&[1, 4])]), "WHERE", "`WHERE` cannot be said");
    refused(&model(777, &[], &[floats(&[1, 4]), floats(&[1, 4])]), "operator 777", "cannot be said");
    let custom = Model { custom: "Resampler", ..model(32, &[], &[floats(&[1, 4]), floats(&[1, 4])]) };
    refused(&custom, "CUSTOM Resampler", "`Resampler` is an operator of the model's own");
}

#[test]
fn all_operators_that_are_not_known_are_listed() {
    let text = message(&Model { before: Some(131), ..model(109, &[], &[floats(&[1, 4]), floats(&[1, 4])]) });
    assert!(text.contains("2 of its parts") && text.contains("RFFT2D") && text.contains("WHERE"), "{text}");
    // what follows from another reason is no reason
    let text = message(&Model { before: Some(131), ..model(28, &[], &[floats(&[1, 4]), floats(&[1, 4])]) });
    assert!(text.contains("1 of its parts") && !text.contains("TANH"), "{text}");
}

#[test]
fn quantised_models_are_refused_as_a_whole() {
    let bytes = |shape: &[i32]| Tensor { kind: 9, scale: Some(0.1), ..floats(shape) };
    let text = message(&model(0, &[], &[bytes(&[1, 4]), bytes(&[1, 4]), bytes(&[1, 4])]));
    assert!(text.contains("the model is quantised: its tensor `t0` is int8") && text.contains("float16"), "{text}");
}

#[test]
fn weights_alone_may_be_whole_numbers() {
    let weight = Tensor { shape: vec![4], kind: 9, bytes: vec![1, 2, 255, 0], scale: Some(0.5), ..Tensor::default() };
    let sum = model(0, &[], &[weight.clone(), floats(&[1, 4]), floats(&[1, 4])]);
    let sum = import(&Model { before: Some(6), ..sum }.file(), &Options::default()).expect("it is imported");
    assert!(sum.tensors.values().any(|tensor| tensor.elements == [0.5, 1.0, -0.5, 0.0]), "{}", sum.source);
    let imported = import(&model(6, &[], &[weight, floats(&[4])]).file(), &Options::default());
    // nothing depends on an input, but the weight is read
    assert!(matches!(imported, Err(ImportError::Refused(list)) if list[0].reason == "nothing depends on an input"));
}

#[test]
fn convolutions_of_other_kinds_are_refused() {
    let tensors = [floats(&IMAGE), zeros(&WEIGHT), zeros(&[3]), floats(&RESULT)];
    refused(&model(3, &[Field::Byte(3, 5)], &tensors), "CONV_2D", "its activation is the bit of the sign");
    refused(&model(3, &[Field::Byte(3, 9)], &tensors), "CONV_2D", "its activation 9 is not known");
    refused(&model(3, &[Field::Byte(0, 7)], &tensors), "CONV_2D", "its padding 7 is not known");
    refused(&model(3, &[Field::Whole(1, -1)], &tensors), "CONV_2D", "its stride or dilation -1 is negative");
    refused(&model(3, &[Field::Whole(1, 0)], &tensors), "CONV_2D", "its windows have no size");
    let flat = [floats(&[1, 4]), zeros(&WEIGHT), zeros(&[3]), floats(&RESULT)];
    refused(&model(3, &[], &flat), "CONV_2D", "its image or its weight has not four axes");
    let wide = [floats(&[1, 4, 4, 5]), zeros(&WEIGHT), zeros(&[3]), floats(&RESULT)];
    refused(&model(3, &[], &wide), "CONV_2D", "its weight is for other channels than its input has");
    let far = [list(&[1, 4, 9, 3]), zeros(&[3, 1, 1, 2]), floats(&IMAGE), floats(&RESULT)];
    refused(&model(67, &[], &far), "TRANSPOSE_CONV", "its result is larger than its windows reach");
    let open = [Tensor { kind: 2, ..floats(&[4]) }, zeros(&WEIGHT), floats(&IMAGE), floats(&RESULT)];
    refused(&model(67, &[], &open), "TRANSPOSE_CONV", "its sizes must be stored, not computed");
}

#[test]
fn dense_layers_of_other_kinds_are_refused() {
    let tensors = [floats(&[1, 4]), zeros(&[3, 4]), zeros(&[3]), floats(&[1, 3])];
    refused(&model(9, &[Field::Byte(1, 1)], &tensors), "FULLY_CONNECTED", "stored in an order for one processor");
    let wide = [floats(&[1, 5]), zeros(&[3, 4]), zeros(&[3]), floats(&[1, 3])];
    refused(
        &model(9, &[], &wide),
        "FULLY_CONNECTED",
        "its weight is for another number of features than its input has",
    );
}

#[test]
fn what_has_to_be_stored_is() {
    let axes = Tensor { kind: 2, ..floats(&[1]) };
    refused(
        &model(40, &[], &[floats(&IMAGE), axes.clone(), floats(&[1])]),
        "MEAN",
        "its axes must be stored, not computed",
    );
    refused(&model(34, &[], &[floats(&[4]), axes, floats(&[5])]), "PAD", "its paddings must be stored, not computed");
    let short = [floats(&IMAGE), list(&[1, 1]), floats(&IMAGE)];
    refused(&model(34, &[], &short), "PAD", "its paddings are not two for each axis");
    refused(&model(40, &[], &[floats(&IMAGE), list(&[7]), floats(&[1])]), "MEAN", "there is no axis 7 among 4");
}

#[test]
fn choices_of_other_kinds_are_refused() {
    let rows = [Tensor { kind: 6, ..floats(&[2]) }, floats(&[2, 3]), floats(&[2, 3]), floats(&[2, 3])];
    refused(&model(64, &[], &rows), "SELECT", "its condition chooses rows");
    let indices = [floats(&[2, 3]), Tensor { kind: 2, ..floats(&[2]) }, floats(&[2])];
    refused(&model(36, &[Field::Whole(1, 1)], &indices), "GATHER", "it chooses other places for each sample");
    let uneven = [floats(&[4]), list(&[0]), list(&[1, 2]), list(&[1]), floats(&[1])];
    refused(&model(45, &[], &uneven), "STRIDED_SLICE", "it has more starts than ends or steps, or fewer");
    refused(&model(39, &[], &[floats(&[2, 3]), list(&[0, 0]), floats(&[2, 3])]), "TRANSPOSE", "is not one of all axes");
}

/// An LSTM with these operands beside its weights.
fn lstm(options: &[Field], more: &[(usize, Tensor)]) -> Model {
    let mut tensors = vec![floats(&[1, 5, 3])];
    let mut operands = vec![-1; 24];
    operands[0] = 0;
    let own = (1..5).map(|at| (at, zeros(&[2, 3]))).chain((5..9).map(|at| (at, zeros(&[2, 2]))));
    let own = own.chain((12..16).map(|at| (at, zeros(&[2]))));
    for (at, tensor) in own.chain(more.iter().cloned()) {
        operands[at] = i32::try_from(tensors.len()).unwrap_or(0);
        tensors.push(tensor);
    }
    tensors.push(floats(&[1, 5, 2]));
    Model { operands: Some(operands), ..model(44, options, &tensors) }
}

#[test]
fn recurrent_layers_of_other_kinds_are_refused() {
    const NAME: &str = "UNIDIRECTIONAL_SEQUENCE_LSTM";
    let tanh = [Field::Byte(0, 4)];
    let text = source(&lstm(&tanh, &[]));
    assert!(text.contains("lstm: LSTM(3 => 2)"), "{text}");
    refused(&lstm(&tanh, &[(9, zeros(&[2]))]), NAME, "its gates see the state of the cells");
    refused(&lstm(&[Field::Byte(0, 1)], &[]), NAME, "its activation is not `tanh`");
    let text = source(&lstm(&[Field::Byte(0, 4), Field::Real(1, 10.0)], &[]));
    assert!(!text.contains("bound"), "{text}");
    refused(&lstm(&[Field::Byte(0, 4), Field::Real(1, 2.0)], &[]), NAME, "its cells are clipped at 2");
    let state = Tensor { bytes: 1f32.to_le_bytes().repeat(2), ..floats(&[1, 2]) };
    refused(&lstm(&tanh, &[(18, state)]), NAME, "its states begin with other values than zeros");
    let rnn = [floats(&[1, 5, 3]), zeros(&[2, 3]), zeros(&[2, 2]), zeros(&[2]), zeros(&[1, 2]), floats(&[1, 5, 2])];
    let reason = "its activation is neither `tanh` nor `relu`";
    refused(&model(35, &[Field::Byte(1, 3)], &rnn), "UNIDIRECTIONAL_SEQUENCE_RNN", reason);
}

#[test]
fn inputs_have_sizes_and_numbers() {
    let open = Tensor { signature: vec![-1, -1], ..floats(&[1, 1]) };
    let file = model(28, &[], &[open, floats(&[1, 1])]);
    let text = message(&file);
    assert!(text.contains("the size of axis 1 is no number: give one, as in `--size t0.1=16`"), "{text}");
    let options = Options { sizes: vec![("t0.1".into(), 6)], ..Options::default() };
    let imported = import(&file.file(), &options).expect("it is imported");
    assert!(imported.source.contains("fn forward(t0: [6]) -> [6]"), "{}", imported.source);
    let text = message(&model(28, &[], &[Tensor { kind: 5, ..floats(&[1, 4]) }, floats(&[1, 4])]));
    assert!(text.contains("its elements are texts"), "{text}");
}

#[test]
fn damaged_files_are_errors() {
    for (file, reason) in [(&b"\0\0\0\0TFL3"[..], "signed offset"), (&b"\xff\0\0\0TFL3"[..], "points behind the end")] {
        let error = import(file, &Options::default()).expect_err("it is damaged");
        let text = error.to_string().to_lowercase();
        assert!(matches!(error, ImportError::Malformed(_)) && text.contains("not a readable"), "{text}, {reason}");
    }
    let mut truncated = model(28, &[], &[floats(&[1, 4]), floats(&[1, 4])]).file();
    truncated.truncate(truncated.len() / 2);
    assert!(matches!(import(&truncated, &Options::default()), Err(ImportError::Malformed(_))));
}
