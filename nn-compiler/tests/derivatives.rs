//! `derivative(u, x)` beside the formula of that derivative, and beside differences.

#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;

mod common;

use common::{expand, mistakes};
use evaluated::{TILES, agree, is_trained, results, same, values};
use nn_compiler::equation::{Program, Role, check};
use nn_compiler::errors::Errors;
use nn_compiler::gradient::gradient;
use nn_compiler::pipeline::{Compiled, compile};
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::parse_network;

/// The distance of finite differences.
const STEP: f64 = 1e-5;

#[track_caller]
fn compiled(text: &str) -> Compiled {
    let network = parse_network(text.parse().unwrap()).unwrap();
    let mut errors = Errors::default();
    compile(&network, &mut errors).unwrap_or_else(|| panic!("{:?}", errors.messages()))
}

fn is_output(role: Role) -> bool {
    matches!(role, Role::Output(_))
}

/// The tensors that hold what a network is given, with their roles.
fn given_tensors(program: &Program) -> impl Iterator<Item = (TensorId, Role)> + '_ {
    let all = (0..program.tensors.len()).map(TensorId::new).map(|tensor| (tensor, program.at(tensor).role));
    all.filter(|(_, role)| matches!(role, Role::Parameter(_) | Role::Input(_) | Role::Target(_)))
}

/// Holds that later passes keep what the equations of a network compute.
#[track_caller]
fn is_kept(network: &Compiled) {
    let training = network.training.as_ref().unwrap();
    let (train, infer) = (&network.train, &network.infer);
    agree(&training.gradient, &gradient(train), &values(train, &[]), &is_trained, &TILES).unwrap();
    agree(&network.forward, &infer.program, &values(infer, &[]), &is_output, &TILES).unwrap();
}

/// Holds that two networks have the same outputs, losses and gradients.
#[track_caller]
fn are_equal(derived: &str, written: &str) {
    let [derived, written] = [derived, written].map(compiled);
    let given = values(&derived.train, &[]);
    let [found, wanted] = [&derived, &written].map(|network| {
        let program = gradient(&network.train);
        check(&program).unwrap_or_else(|message| panic!("{message}\n{program}"));
        let mut own = values(&network.train, &[]);
        for (tensor, role) in given_tensors(&network.train.program) {
            let same = given_tensors(&derived.train.program).find(|(_, other)| *other == role).unwrap();
            own.set(tensor, given.get(&derived.train.program, same.0).to_vec());
        }
        program.evaluate(&mut own);
        results(&program, &own, &|role| is_trained(role) || is_output(role))
    });
    same(&found, &wanted).unwrap_or_else(|message| panic!("{message}\n{}", derived.train.program));
    assert!(found.iter().flat_map(|(_, elements)| elements).any(|element| element.abs() > 1e-3), "{found:?}");
    is_kept(&derived);
}

/// Holds that the second output is the derivative of the sum of the first by the input.
#[track_caller]
fn is_derivative(formulas: &str, layers: &str, forward: &str) {
    let text =
        format!("{formulas} pub struct Net {{ {layers} }} fn forward{forward} loss(t: [1]) = mse(d.sum(), t.sum());");
    let network = compiled(&text);
    let program = &network.infer.program;
    check(program).unwrap_or_else(|message| panic!("{message}\n{program}"));
    let [x, u, d] = [network.infer.inputs[0].tensor, network.infer.outputs[0].tensor, network.infer.outputs[1].tensor];
    let given = values(&network.infer, &[]);
    let sum = |moved: Option<(usize, f64)>| {
        let mut values = given.clone();
        if let Some((at, by)) = moved {
            let mut elements = values.get(program, x).to_vec();
            elements[at] += by;
            values.set(x, elements);
        }
        program.evaluate(&mut values);
        (values.get(program, u).iter().sum::<f64>(), values.get(program, d).to_vec())
    };
    let (_, derivatives) = sum(None);
    assert!(derivatives.iter().any(|derivative| derivative.abs() > 1e-3), "{derivatives:?}");
    for (at, derivative) in derivatives.into_iter().enumerate() {
        let difference = (sum(Some((at, STEP))).0 - sum(Some((at, -STEP))).0) / (2.0 * STEP);
        assert!((derivative - difference).abs() < 1e-7 * difference.abs().max(1.0), "{derivative} and {difference}");
    }
    is_kept(&network);
}

#[test]
fn by_an_input() {
    let text = |forward: &str| {
        format!(
            "fn chain(z: [M], w: [M, N]) -> g: [N] {{ g[i] = sum[j](cos(z[j]) * w[j, i]); }}
             pub struct Net {{ a: Linear(3 => 4) }} fn forward(x: [3]) -> [3] {{ {forward} }} loss = mse;"
        )
    };
    are_equal(&text("derivative(a(x).sin().sum(), x)"), &text("chain(a(x), a.weight)"));
}

#[test]
fn by_a_value_and_again() {
    let text = |forward: &str| {
        format!(
            "pub struct Net {{ a: Linear(3 => 3) }} fn forward(x: [3]) -> [3] {{ let h = a(x); {forward} }} loss = mse;"
        )
    };
    are_equal(&text("derivative((h * h * h).sum(), h)"), &text("3 * h * h"));
    are_equal(&text("let g = derivative((h * h * h).sum(), h); derivative(g.sum(), h) * x"), &text("6 * h * x"));
    are_equal(
        &text("let k = h.reshape(1, 3).transpose(0, 1); derivative((k * k).select(axis = 0, index = 1), k).flatten()"),
        &text("(2 * h).narrow(axis = 0, start = 1, length = 1).unsqueeze(0).pad1d(1, 1).flatten()"),
    );
}

#[test]
fn in_the_loss() {
    let text = |loss: &str| {
        format!(
            "loss all(g: [N]) -> l: [] {{ l = mean[n](sq(g[n])); }}
             pub struct Net {{ a: Linear(1 => 1) }}
             fn forward(x: [1], s: [1]) -> (u: [1]) {{ x.sin() * s * s + a(x) }}
             loss(t: [1]) = mse(u, t) + 0.5 * all({loss});"
        )
    };
    are_equal(&text("derivative(u, s)"), &text("2 * s * x.sin()"));
}

#[test]
fn in_layers_of_arrays() {
    let text = |attribute: &str, energy: &str, flow: &str| {
        format!(
            "layer Flow<N>(x: [N], c: [N]) -> y: [N] {{
                 param w: [N] = uniform(1);
                 h = x * w + c;
                 e = {energy};
                 y = x - 0.5 * ({flow});
             }}
             pub struct Net {{ stem: Linear(2 => 3), {attribute} flows: [Flow(3); 3] }}
             fn forward(x: [2], c: [3]) -> [3] {{ flows(stem(x), c) }} loss = mse;"
        )
    };
    for attribute in ["", "#[checkpoint]"] {
        let sines = "h.sin().sum()";
        are_equal(&text(attribute, sines, "derivative(e, x)"), &text(attribute, sines, "h.cos() * w + 0 * e"));
        let squares = "(h * h).sum() * h.max()";
        are_equal(
            &text(attribute, squares, "derivative(e, h)"),
            &text(attribute, squares, "2 * h * h.max() + (h * h).sum() * where(h < h.max(), 0, 1)"),
        );
    }
}

#[test]
fn in_steps_of_scans() {
    let text = |reversed: &str, energy: &str, flow: &str| {
        format!(
            "layer Descent<N>(x: [T, N]) -> (y: [T, N], last: [N]) {{
                 param w: [N] = uniform(1);
                 scan t: T {reversed} {{
                     carry h: [N] = zeros;
                     z[i] = h[i] * w[i] + x[t, i];
                     e = {energy};
                     g = {flow};
                     next h = h - g;
                     y[t, i] = g[i] * z[i];
                 }}
                 last = h;
             }}
             pub struct Net {{ a: Descent(2) }}
             fn forward(x: [3, 2]) -> [3, 2] {{ let (y, last) = a(x); y + last.sum() }} loss = mse;"
        )
    };
    for reversed in ["", ", reversed"] {
        let sines = "z.sin().sum()";
        are_equal(&text(reversed, sines, "derivative(e, h)"), &text(reversed, sines, "z.cos() * w + 0 * e"));
        are_equal(&text(reversed, sines, "derivative(e, z)"), &text(reversed, sines, "z.cos() + 0 * e"));
    }
}

#[test]
fn of_scans_and_arrays() {
    is_derivative(
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = x + a(x).tanh(); }",
        "blocks: [Block(2); 3], #[checkpoint] more: [Block(2); 2]",
        "(x: [2]) -> (u: [1], d: [2]) { let u = more(blocks(x)).sum().unsqueeze(0); (u, derivative(u, x)) }",
    );
    for layer in ["RNN(2 => 3)", "GRU(2 => 3)", "LSTM(2 => 2, num_layers = 2, bidirectional = true)"] {
        let results = if layer.starts_with("LSTM") { "(y, _, _)" } else { "(y, _)" };
        is_derivative(
            "",
            &format!("lstm: {layer}"),
            &format!(
                "(x: [4, 2]) -> (u: [1], d: [4, 2]) {{
                     let {results} = lstm(x); let u = y.sq().sum().unsqueeze(0); (u, derivative(u, x)) }}"
            ),
        );
    }
}

#[test]
fn of_derivatives() {
    is_derivative(
        "",
        "lstm: LSTM(2 => 3)",
        "(x: [3, 2]) -> (u: [1], d: [3, 2]) {
             let (y, _, _) = lstm(x);
             let g = derivative(y.sum(), x);
             let u = (g * g).sum().unsqueeze(0);
             (u, derivative(u, x)) }",
    );
    is_derivative(
        "fn energy(x: [N], w: [N]) -> e: [] { e = sum[n](sin(x[n] * w[n])) * max[n](x[n]); }
         layer Flow<N>(x: [N]) -> y: [N] { param w: [N] = uniform(1); e = energy(x, w); y = x - derivative(e, x); }",
        "flows: [Flow(2); 2]",
        "(x: [2]) -> (u: [1], d: [2]) { let u = flows(x).sum().unsqueeze(0); (u, derivative(u, x)) }",
    );
    is_derivative(
        "",
        "a: Conv1d(1 => 2, kernel = 3, padding = 1), b: Linear(6 => 1)",
        "(x: [1, 6]) -> (u: [1], d: [1, 6]) {
             let v = b(a(x).gelu().max_pool1d(2).flatten());
             let u = (derivative(v, x) * x).sum().unsqueeze(0);
             (u, derivative(u, x)) }",
    );
}

/// Holds what is said of a mistake.
#[track_caller]
fn says(forward: &str, message: &str) {
    let text = format!(
        "fn one(x: [N]) -> y: [] {{ y = sum[n](x[n]); }}
         layer Walk<N>(x: [T, N]) -> y: [T, N] {{
             scan t: T {{ carry h: [N] = zeros; z[i] = x[t, i] * h[i]; y[t, i] = z[i];
                          next h = z + derivative(z.sum(), x).select(axis = 0, index = 0); }}
         }}
         struct Net {{ a: Linear(3 => 3) }} fn forward(x: [3], k: index<3>) -> [3] {{ {forward} }} loss = mse;"
    );
    let found = mistakes(expand(&text.parse().unwrap()));
    let [mistake] = found.as_slice() else { panic!("{found:?}") };
    assert!(mistake.words.starts_with(message), "{}", mistake.message);
}

#[test]
fn mistakes_are_reported() {
    says("derivative(a(x), x)", "`a(x)` has the shape [3]: `derivative` is that of one number");
    says("derivative(a(x).sum(), a(x))", "`sum(a(x))` does not depend on `a(x)`");
    says("derivative(a(x).sum(), a.weight).sum(axis = 0)", "`a.weight` is the same for all samples");
    says("derivative(a(x).sum())", "`derivative(u, x)` takes a number and the value");
    says("derivative(a(x).sum(), x, x)", "`derivative(u, x)` takes a number and the value");
    says("derivative(2, x) + a(x)", "`2` is a number: a tensor is needed here");
    says("derivative(a(x).sum(), k)", "`k` holds indices");
    says("a(x).grad()", "there is no function or layer `grad`\n\nhelp: did you mean `derivative`?");
}
