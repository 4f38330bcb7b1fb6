//! The translation of cases, and that the harness notices what it is there for.

use std::path::Path;

use serde_json::{Value, json};
use tests::case::translate;
use tests::generated::{Generated, Module};
use tests::parity::{Outcome, run};
use tests::runner::Values;
use tests::tensors::{bytes, reference};

/// A case of one node between an input and a mean squared error.
fn case(input: &[i64], node: Value) -> Value {
    let output = node["out_shape"].clone();
    json!({
        "mode": "train",
        "input": {"name": "input", "shape": input, "dtype": "float"},
        "target": {"shape": output, "dtype": "float"},
        "nodes": [node],
        "output": "n",
        "loss": {"op": "mse", "reduction": "mean"},
    })
}

/// The line of the translation in which a text occurs.
fn line(case: &Value, text: &str) -> String {
    let translated = translate(case).unwrap();
    let line = translated.text.lines().find(|line| line.contains(text));
    line.unwrap_or_else(|| panic!("no `{text}` in {}", translated.text)).trim().to_string()
}

#[test]
fn layers_are_called_as_in_pytorch() {
    let node = json!({
        "name": "n", "op": "conv2d", "inputs": ["input"], "in_channels": 4, "out_channels": 6, "kernel": [3, 2],
        "stride": [2, 2], "padding": [0, 0], "dilation": [1, 2], "groups": 2, "bias": false,
        "params": {"weight": "param.n.weight"}, "out_shape": [2, 6, 2, 2],
    });
    let layer = "n: Conv2d(4 => 6, kernel = (3, 2), stride = 2, dilation = (1, 2), groups = 2, bias = false),";
    assert_eq!(line(&case(&[2, 4, 6, 6], node), "Conv2d"), layer);
    let node = json!({
        "name": "n", "op": "batch_norm", "inputs": ["input"], "num_features": 4, "eps": 1e-5, "momentum": 0.2,
        "affine": true, "training": true, "params": {}, "out_shape": [2, 4],
    });
    assert_eq!(line(&case(&[2, 4], node), "Norm"), "n: BatchNorm1d(4, momentum = 0.2),");
    let node = json!({
        "name": "n", "op": "layer_norm", "inputs": ["input"], "normalized_shape": [5, 5], "eps": 0.001,
        "params": {"weight": "param.n.weight"}, "out_shape": [2, 4, 5, 5],
    });
    let layer = "n: LayerNorm((5, 5), eps = 0.001, bias = false),";
    assert_eq!(line(&case(&[2, 4, 5, 5], node), "Norm"), layer);
}

#[test]
fn functions_are_called_as_in_pytorch() {
    let node = json!({
        "name": "n", "op": "avg_pool2d", "inputs": ["input"], "kernel": [3, 3], "stride": [3, 3], "padding": [1, 0],
        "ceil_mode": false, "count_include_pad": false, "params": {}, "out_shape": [2, 1, 3, 3],
    });
    let call = "let x1 = x.avg_pool2d(3, padding = (1, 0), count_include_pad = false);";
    assert_eq!(line(&case(&[2, 1, 9, 9], node), "pool"), call);
    let node = json!({"name": "n", "op": "softmax", "inputs": ["input"], "dim": 1, "out_shape": [2, 3, 4]});
    assert_eq!(line(&case(&[2, 3, 4], node), "softmax"), "let x1 = x.softmax(axis = 0);");
    let node = json!({"name": "n", "op": "softmax", "inputs": ["input"], "dim": -1, "out_shape": [2, 3, 4]});
    assert_eq!(line(&case(&[2, 3, 4], node), "softmax"), "let x1 = x.softmax();");
    let node = json!({"name": "n", "op": "flatten", "inputs": ["input"], "start_dim": 2, "out_shape": [2, 3, 20]});
    assert_eq!(line(&case(&[2, 3, 4, 5], node), "let"), "let x1 = x.reshape(3, 20);");
}

#[test]
fn losses_keep_their_arguments() {
    let node = json!({"name": "n", "op": "relu", "inputs": ["input"], "out_shape": [2, 3]});
    let mut case = case(&[2, 3], node);
    case["target"] = json!({"shape": [2], "dtype": "int64"});
    case["loss"] = json!({
        "op": "cross_entropy", "label_smoothing": 0.1, "ignore_index": -100, "weight": [1.0, 1.0, 1.0], "reduction": "sum",
    });
    let loss = "loss(target: index<3>) = cross_entropy(output, target, weight = (1.0, 1.0, 1.0), ignore_index = -100, label_smoothing = 0.1, reduction = sum);";
    assert_eq!(line(&case, "loss("), loss);
}

#[test]
fn what_is_unknown_is_said() {
    let problem = |node: Value| translate(&case(&[2, 3], node)).unwrap_err();
    let node = json!({"name": "n", "op": "fourier", "inputs": ["input"], "out_shape": [2, 3]});
    assert_eq!(problem(node), "unknown op \"fourier\"");
    let node = json!({"name": "n", "op": "relu", "inputs": ["input"], "inplace": true, "out_shape": [2, 3]});
    assert_eq!(problem(node), "unknown attribute \"inplace\" of op \"relu\"");
    let node = json!({"name": "n", "op": "linear", "inputs": ["input"], "out_shape": [2, 3]});
    assert_eq!(problem(node), "op \"linear\" without attribute \"in_features\"");
    let node = json!({"name": "n", "op": "relu", "inputs": ["before"], "out_shape": [2, 3]});
    assert_eq!(problem(node), "the input \"before\" is no node before");
    let node = json!({"name": "n", "op": "softmax", "inputs": ["input"], "dim": 0, "out_shape": [2, 3]});
    assert_eq!(problem(node), "the axis 0 of 2, samples included");
    for wrong in [json!(null), json!({}), json!({"nodes": [1]}), json!({"nodes": [], "input": {"shape": [2]}})] {
        assert!(translate(&wrong).is_err());
    }
}

#[test]
fn dropout_is_nothing_but_while_training() {
    let node = json!({"name": "n", "op": "dropout", "inputs": ["input"], "p": 0.5, "out_shape": [2, 3]});
    let mut case = case(&[2, 3], node);
    assert!(translate(&case).unwrap_err().contains("random"));
    case["mode"] = json!("eval");
    assert_eq!(line(&case, "let"), "let x1 = x;");
}

#[test]
fn notes_are_ignored_wherever_they_stand() {
    let node = json!({
        "name": "n", "op": "linear", "inputs": ["input"], "in_features": 3, "out_features": 2, "out_shape": [2, 2],
        "params": {"weight": "param.n.weight", "bias": "param.n.bias"},
    });
    let plain = case(&[2, 3], node);
    let mut noted = plain.clone();
    noted["note"] = json!("of the case");
    for part in ["/input", "/target", "/loss", "/nodes/0", "/nodes/0/params"] {
        noted.pointer_mut(part).unwrap()["note"] = json!({"of": part});
    }
    let (plain, noted) = (translate(&plain).unwrap(), translate(&noted).unwrap());
    assert_eq!((plain.text, plain.parameters), (noted.text, noted.parameters));
}

#[test]
fn losses_of_margins_are_known() {
    let node = json!({"name": "n", "op": "relu", "inputs": ["input"], "out_shape": [2, 3]});
    let mut case = case(&[2, 3], node);
    for loss in ["hinge", "squared_hinge", "log_cosh"] {
        case["loss"] = json!({"op": loss, "reduction": "sum"});
        let expected = format!("loss(target: [3]) = {loss}(output, target, reduction = sum);");
        assert_eq!(line(&case, "loss("), expected);
    }
}

#[test]
#[should_panic(expected = "there is no case in this folder")]
fn a_folder_without_a_case_is_an_error() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("no-cases");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("settings.json"), "{\"learning rate\": 0.1}").unwrap();
    let _ = run(scratch, "none", &folder);
}

/// A module that does not parse, and one that fails only once generic code is compiled.
#[test]
fn modules_that_do_not_compile_are_named() {
    let run = "pub fn run(_: &str, given: &Values) -> Result<Values, String> { Ok(given.clone()) }";
    let module =
        |name: &str, text: &str| Module { name: name.into(), text: format!("use crate::runner::Values;\n{text}") };
    let late = "fn late<const N: usize>() { const { assert!(N > 1, \"too few\") } }";
    let modules = [
        module("good", run),
        module("bad", &format!("{run}\nfn wrong() -> u8 {{ \"\" }}")),
        module("late", &format!("{late}\n{}", run.replace("Ok(", "late::<1>(); Ok("))),
    ];
    let generated = Generated::build(Path::new(env!("CARGO_TARGET_TMPDIR")), "broken", &modules);
    assert_eq!(generated.broken.keys().collect::<Vec<_>>(), ["bad", "late"]);
    let mut given = Values::default();
    given.set("a", vec![0.1, f64::MIN_POSITIVE, -3.0]);
    assert_eq!(generated.run("good", "f64", &given).unwrap().0, given.0);
}

/// A reference with one number changed, a case of an unknown loss, a file that is no JSON, one that is no case.
#[test]
fn differences_are_noticed() {
    let references = reference("torch-parity/cases");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("wrong-cases");
    std::fs::create_dir_all(&folder).unwrap();
    let source = "c01_mlp_relu_mse";
    for kind in ["f32", "f64"] {
        let mut bytes = bytes(&references.join(format!("{source}.{kind}.safetensors"))).unwrap();
        let last = bytes.len() - 1;
        bytes[last - 1] ^= 0x10; // in the exponent or the first bits behind it
        std::fs::write(folder.join(format!("changed.{kind}.safetensors")), bytes).unwrap();
    }
    let text = std::fs::read_to_string(references.join(format!("{source}.json"))).unwrap();
    std::fs::write(folder.join("changed.json"), &text).unwrap();
    std::fs::write(folder.join("missing.json"), &text).unwrap();
    std::fs::write(folder.join("unknown.json"), text.replace("\"mse\"", "\"best\"")).unwrap();
    std::fs::write(folder.join("broken.json"), "{").unwrap();
    std::fs::write(folder.join("index.json"), "{\"cases\": 4}").unwrap();
    let outcomes = run(scratch, "wrong", &folder);
    assert!(matches!(&outcomes["changed"], Outcome::Differs(_)), "{:?}", outcomes["changed"]);
    assert!(matches!(&outcomes["missing"], Outcome::Differs(why) if why.contains("missing")));
    assert_eq!(outcomes["unknown"], Outcome::NotExpressible("unknown loss \"best\"".into()));
    assert!(matches!(&outcomes["broken"], Outcome::NotExpressible(_)));
    assert_eq!(outcomes["index"], Outcome::NoCase);
}
