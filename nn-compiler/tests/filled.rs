//! Tensors of one number: `zeros([N])`, `ones([N])`, `full([N], value)`.

#[path = "common/alike.rs"]
mod alike;
#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;

mod common;
#[path = "common/text.rs"]
mod text;

use alike::alike;
use text::{GOOD, Text, body};

#[test]
fn a_tensor_of_one_number_is_a_value_like_others() {
    let network = |value: &str, formulas: &str| {
        format!(
            "pub struct Net {{ fc: Linear(3 => 3) }}
             fn forward(x: [3]) -> [3] {{ let h = fc(x); ({value}).tanh() * h }} loss = mse; {formulas}"
        )
    };
    let own = "fn own(x: [3], s: []) -> y: [3] { y[n] = VALUE; }";
    for (value, same) in [
        ("h + zeros([3])", "x[n]"),
        ("h + ones([3])", "x[n] + 1"),
        ("h - full([3], 0.25)", "x[n] - 0.25"),
        ("h - full([1], 0.25)", "x[n] - 0.25"),
        ("h * full([3], fill_value = h.sum())", "x[n] * s"),
    ] {
        alike(&[&network(value, ""), &network("own(h, h.sum())", &own.replace("VALUE", same))]);
    }
}

#[test]
fn a_state_may_begin_with_one() {
    let network = |arguments: &str| {
        format!(
            "pub struct Net {{ lstm: LSTM(2 => 3) }}
             fn forward(x: [4, 2]) -> [4, 3] {{ let (y, _, _) = lstm({arguments}); y }} loss = mse;"
        )
    };
    alike(&[&network("x"), &network("x, zeros([3])"), &network("x, zeros([3]), full([3], 0)")]);
}

/// In formulas, sizes and `..` have their names; in a scan, its position is a number.
#[test]
fn sizes_have_names() {
    let network = |layer: &str| {
        format!(
            "layer Running<N>(x: [T, N]) -> y: [T, N] {{ {layer} }}
             pub struct Net {{ fc: Linear(2 => 2), running: Running(2) }}
             fn forward(x: [4, 2]) -> [4, 2] {{ running(fc(x)) }} loss = mse;"
        )
    };
    alike(&[
        &network("scan t: T { carry h: [N] = 0.5; next h[n] = h[n] * 0.9 + x[t, n]; y[t, n] = h[n] + t; }"),
        &network(
            "scan t: T {
                 carry h: [N] = full([N], 0.5);
                 place = full([N], t);
                 next h[n] = h[n] * 0.9 + x[t, n];
                 y[t, n] = h[n] + place[n];
             }",
        ),
        &network(
            "first = 0.5 * ones([N]);
             scan t: T { carry h: [N] = first; next h[n] = h[n] * 0.9 + x[t, n]; y[t, n] = h[n] + t; }",
        ),
    ]);
    alike(&[
        "fn more(x: [..]) -> y: [..] { y = x + 2 * ones([..]); }
         pub struct Net { fc: Linear(2 => 2) } fn forward(x: [4, 2]) -> [4, 2] { more(fc(x)).tanh() } loss = mse;",
        "pub struct Net { fc: Linear(2 => 2) } fn forward(x: [4, 2]) -> [4, 2] { (fc(x) + 2).tanh() } loss = mse;",
    ]);
}

#[test]
fn an_output_may_be_one() {
    let both = |value: &str| {
        format!(
            "pub struct Net {{ a: Linear(4 => 2) }}
             fn forward(x: [4]) -> (y: [2], z: [3]) {{ (a(x), {value}) }} loss() = mse(y, z.narrow(0, 0, 2));"
        )
    };
    alike(&[&both("ones([3])"), &both("full([3], 2) - full([3], 1)")]);
}

#[test]
fn wrong_arguments() {
    body("{ b(a(x)) + zeros(2) }", "zeros", "`zeros` is called as in `zeros([3, 4])`");
    body("{ b(a(x)) + zeros() }", "zeros", "`zeros` is called as in `zeros([3, 4])`");
    body("{ b(a(x)) + ones((1, 2)) }", "ones", "`ones` is called as in `ones([3, 4])`");
    body("{ b(a(x)) + ones([2], 3) }", "ones", "`ones` is called as in `ones([3, 4])`");
    body("{ b(a(x)) + full([2]) }", "full", "`full` is called as in `full([3, 4], 0.5)`");
    body("{ b(a(x)) + full([2], value = 1) }", "full", "`full` is called as in `full([3, 4], 0.5)`");
    body("{ b(a(x)) + full([2], a(x)) }", "a", "`full` takes one number, and this has the shape [8]");
    body("{ b(a(x)) + zeros([0]) }", "zeros", "this tensor would have the shape [0]: every size must be at least 1");
    body("{ b(a(x)) + zeros([0.5]) }", "0.5", "a size is a whole number");
    body("{ b(a(x)) + zeros([..]) }", ".", "nothing says what `..` stands for here");
    body("{ b(a(x)) + zeros([3]) }", "+", "`+` needs tensors of one shape, but it is given [2] and [3]");
    body("{ b(a(x)) + zeros_like(x) }", "zeros_like", "there is no function `zeros_like`: the shape is written out");
    body("{ b(a(x)) + zeros([2; 3]) }", ";", "expected `,` or `]`");
    body("{ b(a(x)) + concat([x, x]) }", "[", "there are no lists here");
    Text {
        body: "{ more(b(a(x))) }",
        loss: "loss = mse; fn more(x: [N]) -> y: [N] { y[n] = x[n] + zeros([N]); }",
        ..GOOD
    }
    .says("zeros", "`zeros` works on whole tensors: keep its result first, as in `p = zeros(…);`, and index that");
}
