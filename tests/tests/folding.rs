//! Folded networks compute what the networks do that they were folded from.

use tests::architectures;
use tests::hard;
use tests::library::{Item, Part, check_folded, items};

const TOLERANCE: f64 = 1e-9;

#[test]
fn every_network_can_be_folded() {
    let mut items = items();
    items.extend(hard::items());
    items.extend((0..200).map(architectures::item));
    let mut worst = 0.0f64;
    let mut wrong = Vec::new();
    for item in &items {
        match check_folded(item, 1) {
            Ok(fold) if fold.difference <= TOLERANCE => worst = worst.max(fold.difference),
            Ok(fold) => wrong.push(format!("{}: differs by {:.1e}\n{}", item.name, fold.difference, item.text)),
            Err(message) => wrong.push(format!("{}: {message}\n{}", item.name, item.text)),
        }
    }
    println!("greatest difference: {worst:.1e}");
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), items.len(), wrong.join("\n"));
}

/// The parameters of what a network is folded into.
fn parameters(layers: &str, input: &[usize], body: &str) -> Vec<String> {
    let kind = format!("{input:?}");
    let len = input.iter().product();
    let input = Part { name: "x".into(), kind: kind.clone(), len, range: (-1.0, 1.0), is_index: false };
    let text = format!("pub struct Net {{ {layers} }}\nfn forward(x: {kind}) -> {body}\n");
    let item = Item { name: "net".into(), text, inputs: vec![input], targets: Vec::new() };
    let fold = check_folded(&item, 1).unwrap();
    assert!(fold.difference <= TOLERANCE, "differs by {:.1e}", fold.difference);
    fold.parameters
}

#[test]
fn a_norm_goes_into_the_layer_before_it() {
    let found = parameters("fc: Linear(3 => 4), norm: BatchNorm1d(4)", &[3], "[4] { norm(fc(x)).relu() }");
    assert_eq!(found, ["fc.weight", "fc.bias"]);
    let layers = "conv: Conv2d(2 => 4, kernel = 3, bias = false), norm: BatchNorm2d(4)";
    let found = parameters(layers, &[2, 5, 5], "[4, 3, 3] { norm(conv(x)).hardswish() }");
    assert_eq!(found, ["conv.weight", "conv.bias"]);
    let layers = "conv: Conv2d(4 => 8, kernel = 3, padding = 1, groups = 2), norm: BatchNorm2d(8, affine = false)";
    let found = parameters(layers, &[4, 3, 3], "[8, 3, 3] { norm(conv(x)) }");
    assert_eq!(found, ["conv.weight", "conv.bias"]);
    let layers = "up: ConvTranspose2d(2 => 3, kernel = 2, stride = 2), norm: BatchNorm2d(3)";
    let found = parameters(layers, &[2, 3, 3], "[3, 6, 6] { norm(up(x)).relu() }");
    assert_eq!(found, ["up.weight", "up.bias"]);
}

#[test]
fn a_norm_in_every_layer_of_an_array_does() {
    let layers = "conv: Conv2d(2 => 2, kernel = 3, padding = 1, bias = false), blocks: [Block(2); 3]";
    let block = "layer Block<C>(x: [C, H, W]) -> y: [C, H, W] {
        conv: Conv2d(C => C, kernel = 3, padding = 1, bias = false),
        norm: BatchNorm2d(C),
        y = (x + norm(conv(x))).relu();
    }";
    let body = format!("[2, 4, 4] {{ blocks(conv(x)) }}\n{block}");
    let found = parameters(layers, &[2, 4, 4], &body);
    assert_eq!(found, ["conv.weight", "blocks.conv.weight", "blocks.conv.bias"]);
}

#[test]
fn a_norm_of_what_is_no_sum_is_a_factor_and_an_offset() {
    let layers = "norm: BatchNorm2d(2), conv: Conv2d(2 => 3, kernel = 3)";
    let found = parameters(layers, &[2, 4, 4], "[3, 2, 2] { conv(norm(x).relu()) }");
    assert_eq!(found, ["norm.weight", "norm.bias", "conv.weight", "conv.bias"]);
}

#[test]
fn what_is_used_otherwise_too_keeps_its_weights() {
    let layers = "fc: Linear(3 => 3), norm: BatchNorm1d(3)";
    let found = parameters(layers, &[3], "[3] { let h = fc(x); h + norm(h) }");
    assert_eq!(found, ["fc.weight", "fc.bias", "norm.weight", "norm.bias"]);
    let layers = "fc: Linear(3 => 3), a: BatchNorm1d(3), b: BatchNorm1d(3)";
    let found = parameters(layers, &[3], "[3] { b(fc(a(fc(x)))) }");
    assert_eq!(found, ["fc.weight", "fc.weight_2", "fc.bias", "fc.bias_2"]);
}

#[test]
fn factors_without_weights_stay_behind_the_sum() {
    let layers = "fc: Linear(3 => 4)";
    let ramp = "fn ramp(x: [N]) -> y: [N] { y[n] = x[n] * (n + 1); }";
    let found = parameters(layers, &[3], &format!("[4] {{ ramp(fc(x)) }}\n{ramp}"));
    assert_eq!(found, ["fc.weight", "fc.bias"]);
    // a factor for each place, where the weights are the same for all places
    let layers = "conv: Conv1d(2 => 3, kernel = 2, bias = false), scale: Places(5)";
    let places = "layer Places<L>(x: [C, L]) -> y: [C, L] { param weight: [L] = ones; y[c, l] = x[c, l] * weight[l]; }";
    let found = parameters(layers, &[2, 6], &format!("[3, 5] {{ scale(conv(x)) }}\n{places}"));
    assert_eq!(found, ["conv.weight", "scale.weight"]);
}

#[test]
fn transformed_weights_are_stored_as_they_are_used() {
    let layers = "fc: Normed(3 => 2)";
    let normed = "layer Normed<In => Out>(x: [In]) -> y: [Out] {
        param g: [Out] = ones;
        param v: [Out, In] = kaiming_uniform(In);
        w[o, i] = g[o] * v[o, i] / sqrt(sum[j](sq(v[o, j])));
        y[o] = sum[i](w[o, i] * x[i]);
    }";
    let found = parameters(layers, &[3], &format!("[2] {{ fc(x) }}\n{normed}"));
    assert_eq!(found, ["fc.w"]);
}
