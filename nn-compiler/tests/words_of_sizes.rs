//! What is said of sizes that are none.

mod common;
#[path = "common/text.rs"]
mod text;

use text::{body, forward, head, layers};

#[test]
fn an_underscore_where_nothing_tells_the_size() {
    let message = "`_` stands for a size that follows from an input, as in `Linear(_ => 10)`: here nothing tells it";
    body("{ b(a(x).relu()).reshape(_) }", "_", message);
    body("{ b(a(x).relu()).repeat(_) }", "_", message);
    forward("fn forward(x: [4]) -> [_]", "_", message);
    layers("{ a: [Linear(4 => 4); _], b: Linear(4 => 2) }", "_", message);
}

#[test]
fn an_underscore_among_others() {
    layers(
        "{ a: Own(4 => 8, kernel = (_, 3)), b: Linear(8 => 2) }
         layer Own<N => M, kernel: (KH, KW)>(x: [N]) -> y: [M] { param w: [M, KH] = ones; y[m] = sum[k](w[m, k]) * KW * x[0]; }",
        "_",
        "`_` cannot stand for `KH`, which does not follow from the input",
    );
}

#[test]
fn braces_that_hold_no_size() {
    let message = "as a size, braces hold arithmetic of sizes or a constant expression of Rust";
    layers("{ a: Linear({ WIDTH[i, j] } => 8), b: Linear(8 => 2) }", "{", message);
    layers("{ a: Linear(4 => { WIDTH[] }), b: Linear(_ => 2) }", "{", message);
}

#[test]
fn defaults_that_are_no_sizes() {
    let message = "expected a size: a number, a name, or arithmetic of these";
    head("struct Net<N = relu(3)>", "relu", message);
    head("struct Net<N = 2 * f(3)>", "*", message);
    head("struct Net<N = _>", "_", message);
    head("struct Net<N = 3.5>", "3.5", message);
    head("struct Net<N = -3>", "-", message);
    head("struct Net<N = { WIDTH[i, j] }>", "{", message);
    head("struct Net<N = 2 - 2>", "-", "`N` is 0 by default, and every size must be at least 1");
}

#[test]
fn an_attribute_of_a_module_that_is_none() {
    let tokens = quote::quote!([::nn_core] #[doc, ..] mod acts { fn twice(x) = 2 * x; });
    let found = common::mistakes(nn_compiler::entry::formulas(tokens));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].words, "this does not belong here: take it out");
}

/// The text after a mistake has to be Rust, whatever the names in it are.
#[test]
fn sizes_of_keywords_are_named_in_rust() {
    forward("fn forward(x: [4 + if * 2]) -> [2]", "if", "there is no size `if` here");
}
