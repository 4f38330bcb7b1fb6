//! Arrays of layers in the steps of scans: all steps have the same layers, and each layer its own parameters.

#[path = "common/alike.rs"]
mod alike;
#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;
#[path = "common/twice.rs"]
mod twice;

use alike::{alike, compiled, scheduled};
use twice::{Twice, check};

const BLOCK: &str = "layer Block<N>(x: [N]) -> y: [N] { fc: Linear(N => N), y = 0.5 * x + 0.5 * fc(x).tanh(); }";

/// A scan whose step calls some layers, on a tensor of three positions.
fn network(formulas: &str, layers: &str, step: &str) -> String {
    format!(
        "layer Running<N>(x: [T, N]) -> (y: [T, N], h: [N]) {{
             {layers}
             scan t: T {{ carry h: [N] = 0.1; {step} y[t, n] = out[n] + 0.1 * t; next h = out; }}
         }}
         {formulas}
         pub struct Net {{ running: Running(2) }}
         fn forward(x: [3, 2]) -> [3, 2] {{ let (y, h) = running(x); y + h.sum() }} loss = mse;"
    )
}

const INPUT: &str = "here[n] = tanh(x[t, n] + h[n]);";

/// The names of single layers differ from those of an array, so that values are compared by what they are given.
#[test]
fn gradients_of_gradients() {
    for (formulas, layers, step) in [
        (BLOCK, "blocks: [Block(N); 2];", "out = blocks(here);"),
        (BLOCK, "#[checkpoint] blocks: [Block(N); 3];", "out = blocks(here);"),
        (BLOCK, "blocks: [Block(N); 2]; fc: Linear(N => N);", "out = blocks(blocks(here)) + fc(here).sigmoid();"),
    ] {
        check(&Twice::new(&network(formulas, layers, &format!("{INPUT} {step}"))));
        scheduled(&compiled(&network(formulas, layers, &format!("{INPUT} {step}"))));
    }
}

/// Arrays in scans in arrays in scans.
#[test]
fn nests() {
    let inner = "layer Inner<N>(x: [N]) -> y: [N] {
        param scale: [N] = ones;
        blocks: [Block(N); 2];
        a[i: 2, n: N] = sin(scale[n] * x[n] + i);
        scan i: 2 { carry s: [N] = x; here[n] = a[i, n] * s[n]; next s = blocks(here); }
        y = s;
    }";
    for layers in ["inner: [Inner(N); 3];", "inner: Inner(N);", "#[checkpoint] inner: [Inner(N); 2];"] {
        let text = network(&format!("{BLOCK} {inner}"), layers, &format!("{INPUT} out = inner(here);"));
        check(&Twice::new(&text));
        scheduled(&compiled(&text));
    }
}

/// What all layers are given besides is the same in each, whether the samples share it or not.
#[test]
fn layers_share_what_they_are_given() {
    let scaled = "layer Scaled<N>(x: [N], s: [N]) -> y: [N] {
        param w: [N] = uniform(1);
        y[n] = x[n] + tanh(w[n] * s[n] * x[n]);
    }";
    for (layers, step) in [
        ("blocks: [Scaled(N); 3]; param shared: [N] = ones;", "out = blocks(here, shared);"),
        ("blocks: [Scaled(N); 3]; param shared: [N] = ones;", "own = shared.tanh(); out = blocks(here, own);"),
        ("blocks: [Scaled(N); 3];", "out = blocks(here, here);"),
        ("blocks: [Scaled(N); 3];", "out = blocks(here, x.select(0, 1));"),
    ] {
        let text = network(scaled, layers, &format!("{INPUT} {step}"));
        check(&Twice::new(&text));
        scheduled(&compiled(&text));
    }
    // the same without a scan
    let text = format!(
        "{scaled} pub struct Net {{ blocks: [Scaled(2); 3], shared: param [2] = ones }}
         fn forward(x: [2]) -> [2] {{ blocks(x, shared) }} loss = mse;"
    );
    check(&Twice::new(&text));
    scheduled(&compiled(&text));
}

/// A scan of as many steps as an array has layers, and the other way round.
#[test]
fn counts_may_be_equal() {
    for layers in [1, 3] {
        let layers = format!("blocks: [Block(N); {layers}];");
        let text = network(BLOCK, &layers, &format!("{INPUT} out = blocks(here);"));
        check(&Twice::new(&text));
        let folded = text.replace("pub struct", "#[folded(Folded)] pub struct").replace("loss = mse;", "");
        scheduled(&compiled(&folded));
        let folding = compiled(&folded).folded.unwrap();
        scheduled(&folding.network);
    }
}

/// The weights of two arrays of one layer are those of two layers.
#[test]
fn an_array_of_one_layer_is_a_layer() {
    let step = format!("{INPUT} out = a(b(here));");
    alike(&[
        &network(BLOCK, "a: Block(N); b: Block(N);", &step),
        &network(BLOCK, "a: [Block(N); 1]; b: [Block(N); 1];", &step),
        &network(BLOCK, "a: [Block(N); 1]; #[checkpoint] b: Block(N);", &step),
    ]);
}

/// A state is one for all steps, and is updated once.
#[test]
fn a_state_is_not_updated_in_a_scan() {
    let text = network("", "norm: BatchNorm1d(N);", &format!("{INPUT} out = norm(here);"));
    let mut errors = nn_compiler::errors::Errors::default();
    let network = nn_compiler::syntax::parse_network(text.parse().unwrap()).unwrap();
    assert!(nn_compiler::pipeline::compile(&network, &mut errors).is_none());
    let message = &errors.messages()[0];
    assert!(message.starts_with("all steps of a `scan` share the state `running_mean` of `running.norm`"), "{message}");
}
