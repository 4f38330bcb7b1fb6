//! The compiler's work grows with the size of a network, not with its square: allocations are counted, which are the
//! same on every machine.

#[path = "../../nn-core/tests/common/counting.rs"]
mod counting;

use std::fmt::Write;

use counting::allocations;
use nn_compiler::explain::explain;
use proc_macro2::TokenStream;

/// A network of `n` layers or steps, as text.
type Network = fn(n: usize) -> String;

/// `n` layers of a body in a network of images.
fn convolutions(n: usize) -> String {
    let (mut layers, mut body) = (String::new(), String::new());
    for at in 0..n {
        let inputs = if at == 0 { 3 } else { 8 };
        let _ = write!(layers, "c{at}: Conv2d({inputs} => 8, kernel = 3, padding = 1), n{at}: BatchNorm2d(8), ");
        let _ = write!(body, "let x = n{at}(c{at}(x)).relu(); ");
    }
    format!(
        "struct Net {{ {layers} fc: Linear(8 => 4) }}
         fn forward(x: [3, 16, 16]) -> [4] {{ {body} fc(x.global_avg_pool2d()) }} loss = cross_entropy;"
    )
}

fn dense(n: usize) -> String {
    let (mut layers, mut body) = (String::new(), String::new());
    for at in 0..n {
        let _ = write!(layers, "l{at}: Linear({} => {}), ", 40 + at, 41 + at);
        let _ = write!(body, "let x = l{at}(x).relu(); ");
    }
    format!("struct Net {{ {layers} }} fn forward(x: [40]) -> [{}] {{ {body} x }} loss = mse;", 40 + n)
}

/// `n` steps of a function of one's own.
fn steps(function: &str, n: usize) -> String {
    let body = "let v = step(v, i); ".repeat(n);
    format!(
        "struct Net {{ l: Linear(4 => 4) }} fn step(v, i) = {function};
         fn forward(x: [4]) -> [4] {{ let i = l(x); let v = i; {body} v }} loss = mse;"
    )
}

fn choices(n: usize) -> String {
    steps("where(v > 1, 0.1*v, 0.9*v + i)", n)
}

fn smooth_steps(n: usize) -> String {
    steps("v + 0.1*tanh(v)", n)
}

fn activations(n: usize) -> String {
    let body = "let v = v.hardswish(); ".repeat(n);
    format!("struct Net {{ l: Linear(4 => 4) }} fn forward(x: [4]) -> [4] {{ let v = l(x); {body} v }} loss = mse;")
}

/// A recurrent cell that is called by hand.
fn cells(n: usize) -> String {
    let body: String = (0..n).map(|t| format!("let h = cell(x.select(0, {t}), h); ")).collect();
    format!(
        "struct Net {{ cell: Cell(3 => 8), out: Linear(8 => 2) }}
         layer Cell<I => H>(x: [I], h: [H]) -> y: [H] {{
             zx: Linear(I => H); zh: Linear(H => H); nx: Linear(I => H); nh: Linear(H => H);
             z = (zx(x) + zh(h)).sigmoid(); n = (nx(x) + z * nh(h)).tanh(); y = (1 - z) * n + z * h;
         }}
         fn forward(x: [{n}, 3], h: [8]) -> [2] {{ {body} out(h) }} loss = mse;"
    )
}

/// The allocations that compiling a network takes.
fn work(text: &str) -> usize {
    let tokens: TokenStream = text.parse().unwrap();
    let before = allocations();
    let explained = explain(tokens, TokenStream::new());
    let after = allocations();
    assert!(explained.is_ok(), "{explained:?}");
    after - before
}

/// One test, since others would be counted too.
#[test]
fn work_grows_with_the_network() {
    let networks: [(&str, Network, usize); 6] = [
        ("convolutions", convolutions, 16),
        ("dense", dense, 40),
        ("choices", choices, 120),
        ("smooth steps", smooth_steps, 120),
        ("activations", activations, 120),
        ("cells", cells, 16),
    ];
    for (name, network, n) in networks {
        let [once, twice] = [n, 2 * n].map(|n| work(&network(n)));
        #[allow(clippy::cast_precision_loss)] // far fewer than 2^52
        let growth = twice as f64 / once as f64;
        println!("{name}: {once} allocations for {n}, {growth:.2} times as many for {}", 2 * n);
        assert!(growth < 2.1, "{name}: {once} allocations for {n}, {growth:.2} times as many for {}", 2 * n);
    }
}
