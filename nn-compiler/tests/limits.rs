//! Texts of a few lines that stand for more than any time or memory suffices for: each is one mistake, or compiles.

#[path = "../../nn-core/tests/common/counting.rs"]
mod counting;

mod common;

use std::fmt::Write;

use common::{expand, mistakes};
use counting::allocated_here;

/// The most bytes that one of these texts may allocate, of which most allocate far fewer.
const MOST_BYTES: usize = 500_000_000;

/// The messages of a network.
#[track_caller]
fn messages(text: &str) -> Vec<String> {
    let before = allocated_here();
    let expanded = expand(&text.parse().unwrap());
    let allocated = allocated_here() - before;
    assert!(allocated < MOST_BYTES, "{allocated} bytes are allocated");
    assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok(), "what is emitted does not parse");
    mistakes(expanded).into_iter().map(|mistake| mistake.message).collect()
}

/// Holds how the only mistake begins.
#[track_caller]
fn says(text: &str, message: &str) {
    let found = messages(text);
    assert!(found.len() == 1 && found[0].starts_with(message), "{text}: {found:#?}");
}

/// Holds that a network compiles.
#[track_caller]
fn compiles(text: &str) {
    let found = messages(text);
    assert!(found.is_empty(), "{text}: {found:#?}");
}

/// A network whose forward pass is one call of `f`, and formulas.
fn calling(formulas: &str) -> String {
    format!("struct Net; fn forward(x: [4]) -> [4] {{ f(x) }} loss = mse; {formulas}")
}

/// Formulas of which each calls the one before twice; the last one is the `n`th.
fn doubling(n: usize, formula: impl Fn(usize, usize) -> String) -> String {
    (1..=n).fold(String::new(), |mut text, at| {
        let _ = write!(text, "{}", formula(at, at - 1));
        text
    })
}

#[test]
fn formulas_that_double_their_calls() {
    let numbers = doubling(40, |at, before| format!("fn f{at}(x) = f{before}(x) + 2 * f{before}(3 * x);"));
    let text = format!("{numbers} fn f0(x) = tanh(x); fn f(x) = f40(x);");
    says(&calling(&text), "the formulas of this network call others 8192 times before `f");
    let tensors = doubling(40, |at, before| {
        format!("fn f{at}(x: [N]) -> y: [N] {{ a = f{before}(x); b = f{before}(a); y = a + b; }}")
    });
    let text = format!("{tensors} fn f0(x) = tanh(x); fn f(x: [N]) -> y: [N] {{ y = f40(x); }}");
    says(&calling(&text), "the formulas of this network call others 8192 times before `f");
    let layers = doubling(40, |at, before| {
        format!("layer F{at}<N>(x: [N]) -> y: [N] {{ a: F{before}(N); b: F{before}(N); y = a(x) + b(x); }}")
    });
    says(
        &format!(
            "{layers} layer F0<N>(x: [N]) -> y: [N] {{ param w: [N] = ones; y = w * x; }} struct Net {{ a: F40(4) }} fn forward(x: [4]) -> [4] {{ a(x) }}"
        ),
        "the formulas of this network call others 8192 times before `F",
    );
    let sizes = doubling(40, |at, before| format!("size f{at}(n) = f{before}(n) + f{before}(n + 1);"));
    says(
        &format!("{sizes} size f0(n) = n; {}", calling("fn f(x: [N]) -> y: [f40(N)] { y[i] = x[0]; }")),
        "the formulas of this network call others 8192 times before `f",
    );
    let losses = doubling(40, |at, before| {
        format!("loss f{at}(y: [N], t: [N]) -> l: [] {{ l = f{before}(y, t) + f{before}(t, y); }}")
    });
    says(
        &format!(
            "{losses} loss f0(y: [N], t: [N]) = sum[n](y[n] * t[n]); struct Net; fn forward(x: [4]) -> [4] {{ x }} loss = f40;"
        ),
        "the formulas of this network call others 8192 times before `f",
    );
}

#[test]
fn circles_with_several_ways_round() {
    says(&calling("fn f(x) = f(x) + f(x) * f(f(x));"), "`f` is called in a circle");
    says(
        &calling("fn f(x: [N]) -> y: [N] { y = g(x) + g(x); } fn g(x: [N]) -> y: [N] { y = f(f(x)) * f(x); }"),
        "`f` is called in a circle",
    );
    says(
        &calling("size s(n) = s(n) + s(s(n)); fn f(x: [N]) -> y: [s(N)] { y[i] = x[0]; }"),
        "`s` is called in a circle",
    );
}

#[test]
fn arrays_of_arrays() {
    let nested = "layer B<N>(x: [N]) -> y: [N] { b: [Linear(N => N); 60000]; y = b(x); }
        struct Net { a: [B(4); 60000] } fn forward(x: [4]) -> [4] { a(x) } loss = mse;";
    says(nested, "arrays have up to 65536 layers together, not 60000 times 60000");
    let long = "struct Net { a: [Linear(4 => 4); 65536] } fn forward(x: [4]) -> [4] { a(x) } loss = mse;";
    says(long, "`Net` has 131072 parameters and states in the layers of its arrays: there are at most 32768");
    compiles(
        "layer Relu<N>(x: [N]) -> y: [N] { y = relu(x); }
         struct Net { a: [Relu(4); 65536] } fn forward(x: [4]) -> [4] { a(x) } loss = mse;",
    );
}

#[test]
fn tables_of_positions() {
    let reads = (2..=9).fold(String::new(), |mut text, at| {
        let _ = write!(text, " + x[floor(i / {at})]");
        text
    });
    let text = format!(
        "struct Net; fn forward(x: [65536]) -> [65536] {{ f(x) }} fn f(x: [N]) -> y: [N] {{ y[i] = x[i]{reads}; }} loss = mse;"
    );
    says(&text, "this index and those before it, which are computed while compiling, have more than 262144 values");
}

#[test]
fn values_that_no_memory_holds() {
    let formula = |body: &str| calling(&format!("fn f(x: [N]) -> y: [N] {{ {body} }}"));
    says(
        &formula("z[i: 4611686018427387904, j: 4] = x[0]; y[n] = x[n] + z[0, 0];"),
        "`i` runs over 4611686018427387904: these are too many values",
    );
    says(
        &formula("z[i: 1099511627776, j: 4] = x[0]; y[n] = x[n] + max[i, j](z[i, j]);"),
        "`Net` has a value `f_z` of the shape [1099511627776, 4]: these are too many values",
    );
    says(
        &formula("y[n] = x[n] + sum[i: 1073741824, j: 1073741824](x[floor(i / 1073741824)] * j);"),
        "this index has too many values",
    );
    says(
        &formula("y[n] = max[i: 1099511627776, j: 1099511627776](x[n] * i + j);"),
        "`Net` has a value `f` of too many steps: its indices run over",
    );
    says(
        "struct Net; fn forward(x: [4]) -> [] { x.repeat(1099511627776).unsqueeze(0).repeat(1099511627776, 1).sum() }",
        "`Net` has a value `repeat` of the shape [4398046511104]: these are too many values",
    );
    compiles(&formula("y[n] = x[n] + prod[i: 16777216, j: 16777216](x[0] * x[1] + sin(x[n]));"));
}

#[test]
fn positions_far_outside() {
    let formula = |body: &str| calling(&format!("fn f(x: [N]) -> y: [N] {{ {body} }}"));
    for far in ["4611686018427387904*n", "2305843009213693952*n + 2305843009213693951*i", "7 - 3074457345618258602*i"] {
        compiles(&formula(&format!("y[n] = x[n] + sum[i: 2](pad(x[{far}], 0) * x[i]);")));
        compiles(&formula(&format!("y[n] = x[n] + max[i: 2](pad(x[{far}], 0) + x[i]);")));
    }
    compiles(&formula("y[n] = x[n]; clip(y[2305843009213693952*n + 4611686018427387904*i]) += x[n] * x[i];"));
    // padding that no memory holds
    for far in [1 << 20, 1 << 30] {
        compiles(&format!(
            "struct Net {{ c: Conv2d(1 => 1, kernel = 3, dilation = {far}, padding = {far}) }}
             fn forward(x: [1, 4, 4]) -> [1, 4, 4] {{ c(x.exp()) }} loss = mse;"
        ));
    }
}

#[test]
fn sizes_of_many_symbols() {
    let names: Vec<String> = (0..10).map(|at| format!("N{at}")).collect();
    let (names, sum) = (names.join(", "), format!("({})", names.join(" + ")));
    let network = |shape: &str, body: &str| format!("struct Net<{names}>; fn forward(x: {shape}) -> [] {{ {body} }}");
    says(
        &network(&format!("[{sum} * {sum} * {sum}]"), "x.sum()"),
        "this size has too many symbols: names for parts of it would help",
    );
    says(
        &network(&format!("[{sum}, {sum}, {sum}, {sum}, {sum}, {sum}]"), "x.sum()"),
        "these sizes have too many symbols: names for parts of them would help",
    );
    let nested = (0..20).fold("N".to_string(), |size, _| format!("s({size})"));
    says(
        &format!(
            "size s(n) = (n*n + n)/3; struct Net<N>; fn forward(x: [N]) -> [] {{ f(x).sum() }}
             fn f(x: [N]) -> y: [{nested}] {{ y[i] = x[0]; }}"
        ),
        "this size has too many symbols",
    );
    // a number whose opposite is none
    says(
        "struct Net<N>; fn forward(x: [(N * (0 - 9223372036854775807) - N) / (0 - N)]) -> [N] { x }",
        "this size is too large",
    );
}
