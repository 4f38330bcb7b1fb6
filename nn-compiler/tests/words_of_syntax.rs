//! The words for blocks, underscores and sizes; commas behind the last of a list are as in Rust.

mod common;
#[path = "common/text.rs"]
mod text;

use common::{expand, mistakes};
use text::{GOOD, Text, body, layers, loss};

#[test]
fn the_last_of_a_list_may_have_a_comma() {
    let text = "
        #[folded(Deployed,)]
        struct Net<N,> { a: Linear(N => 8, bias = true,), b: Own(8, shift = 1,), c: [Linear(8 => 2,); 1], }
        fn forward(x: [N,], k: index<3,>[2,],) -> (y: [2,], z: [8,],) {
            let h = concat(a(x,), a(x,), axis = 0,).narrow(0, 0, 8,);
            (c(b(h,)).narrow(0, 0, 2,), where(h > 0, h, one(k,).reshape(2, 1,).sum(axis = (0, 1,),),),)
        }
        loss(t: [2,], reduction = sum,) = mse(y, t, reduction = mean,) + sum_over_batch(sum[i,](z[i,],),);
        fn one(k: index<C,>[M,],) -> y: [M,] { y[m,] = max(k[m,], 1,); }
        layer Own<N, shift: S = 1, mode: one_of(plain, other,) = plain,>(x: [N,],) -> y: [N,] {
            require S < N, \"{S} is too far\",;
            param weight: [N,] = uniform(-1, 1,);
            y[i,] = pad(x[i - S,], 0,) * weight[i,];
        }
            example (4, shift = 2,) { x: [4,] = uniform(-1, 1,), }";
    let array = "c: [Linear(8 => 2,); 1], }";
    let text = text.replace(array, "c: Linear(8 => 2,), }");
    let expanded = expand(&text.parse().unwrap());
    assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok());
    let found = mistakes(expanded);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn blocks_hold_one_value() {
    const VALUE: &str = "a block holds one value and nothing else: put its lines in front of this one";
    const LINES: &str = "definitions stand one behind the other: leave out the braces of this block";
    body("{ { let h = a(x); b(h) } }", "{", VALUE);
    body("{ let h = { let g = a(x); g.relu() }; b(h) }", "{", VALUE);
    body("{ let h = { a(x); }; b(h) }", "{", VALUE);
    loss("loss = mse; fn f(x: [N]) -> y: [N] { { y = x; } }", "{", LINES);
    loss("loss = mse; layer L(x: [N]) -> y: [N] { if true { { y = x; } } else { y = x; } }", "{", LINES);
    loss("loss = mse; fn f(x: [N]) -> y: [N] { h = { g = x; g }; y = h; }", "{", VALUE);
    Text { body: "{ b({ a(x) }) }", loss: "loss = m; loss m(y: [N], t: [N]) -> l: [N] { l = y; }", ..GOOD }
        .says("m", "a term of the loss is one number for each sample");
}

#[test]
fn an_underscore_is_no_name() {
    layers("{ _: Linear(4 => 8), b: Linear(8 => 2) }", "_", "a layer has a name, by which it is called");
    layers("{ a: _, b: Linear(8 => 2) }", "_", "the kind of a layer follows from nothing");
    layers("{ a: _(4 => 8), b: Linear(8 => 2) }", "_", "the kind of a layer follows from nothing");
    layers("{ a: [_(4 => 8); 2], b: Linear(8 => 2) }", "_", "the kind of a layer follows from nothing");
    body("{ let _ = a(x); b(a(x)) }", "_", "nobody can use the value of `let _`: leave the line out");
    loss("loss = mse; layer L(x: [N]) -> y: [N] { _: Linear(N => N); y = x; }", "_", "a layer has a name");
    loss("loss = mse; layer L(x: [N]) -> y: [N] { y[i] = sum[_](x[_]); }", "_", "`_` is no name: choose one");
    loss("loss = mse; fn _(x) = 2 * x;", "_", "`_` is no name: choose one");
    text::forward("fn forward(_: [4]) -> [2]", "_", "`_` is no name: choose one");
    text::head("struct _", "_", "`_` is no name: choose one");
}

#[test]
fn types_that_are_sizes_begin_with_a_capital_letter() {
    let help = "there is no size `hidden_size` here\n\nhelp: a constant has a name in capitals, as in `const HIDDEN_SIZE: usize = 8;`, and a type begins with a capital letter";
    layers("{ a: Linear(4 => hidden_size), b: Linear(hidden_size => 2) }", "hidden_size", help);
    text::forward("fn forward(x: [hidden_size]) -> [2]", "hidden_size", help);
    body("{ b(a(x)).reshape(hidden_size) }", "hidden_size", help);
    let layers =
        "{ a: Linear(4 => 8), b: Linear(8 => 2), c: L(2) } layer L<Width>(x: [Width]) -> y: [width] { y = x; }";
    let text = Text { layers, body: "{ c(b(a(x))) }", ..GOOD };
    text.says("width", "there is no size `width` here\n\nhelp: did you mean `Width`?");
}
