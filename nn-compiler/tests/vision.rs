//! What is said of mistakes in images and axes, and in formulas for them.

mod common;

use common::{expand, mistakes};

/// The only mistake of a network: where it is shown and how its message begins.
fn says(text: &str, place: &str, message: &str) {
    let expanded = expand(&text.parse().unwrap());
    assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok(), "{text}: what is emitted does not parse");
    let found = mistakes(expanded);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    assert!(
        found[0].place == place && found[0].words.starts_with(message),
        "{text}\nfound    {:?}: {}\nexpected {place:?}: {message}",
        found[0].place,
        found[0].message
    );
}

fn layer(layer: &str, place: &str, message: &str) {
    says(&format!("struct Net {{ a: {layer} }} fn forward(x: [6, 8, 8]) -> [1] {{ a(x) }}"), place, message);
}

fn body(body: &str, place: &str, message: &str) {
    says(&format!("struct Net; fn forward(x: [6, 8, 4]) -> [1] {{ {body} }}"), place, message);
}

fn formula(formula: &str, place: &str, message: &str) {
    says(&format!("struct Net; fn forward(x: [8]) -> [8] {{ f(x) }} {formula}"), place, message);
}

#[test]
fn convolutions() {
    layer("Conv2d(6 => 8, kernel = 3, groups = 4)", "4", "`a`: 6 inputs cannot be shared among 4 groups");
    layer("Conv2d(6 => 8, kernel = 3, groups = 3)", "3", "`a`: 8 outputs cannot be shared among 3 groups");
    layer("Conv2d(6 => 8, kernel = 3, groups = 0)", "a", "the size 6 is divided by 0");
    layer("Conv2d(6 => 8, kernel = 3, stride = 2, padding = same)", "2", "`a`: `padding = same` goes with a stride");
    layer(
        "Conv2d(6 => 8, kernel = 3, padding = smae)",
        "smae",
        "`padding` is a number or `valid` or `same`\n\nhelp: did you mean `same`?",
    );
    layer("Conv2d(6 => 8, kernel = 3, padding = ((1, 0), (1, 0, 2)))", "(", "`padding` has 2 parts, but 3 are given");
    layer("Conv2d(6 => 8, kernel = 3, padding_mode = mirror)", "mirror", "`padding_mode` of `Conv2d` is one of");
    layer("Conv2d(6 => 8, kernel = 3, padding = 9, padding_mode = reflect)", "9", "`pad2d`: an axis of 8 is reflected");
    layer("Conv2d(6 => 8, kernel = 12)", "a", "the result of layer `a` would have the shape [8, -3, -3]");
    layer(
        "ConvTranspose2d(6 => 8, kernel = 3, output_padding = 1)",
        "1",
        "`a`: `output_padding` is less than the stride",
    );
}

#[test]
fn channels_that_the_macro_does_not_see() {
    says(
        "fn spread(x: [N, M]) -> y: [N*M] { y[i*M + 2*j] = x[i, j]; }
         struct Net<M> { a: Linear(M => M) } fn forward(x: [3, M]) -> [3*M] { spread(a(x)) }",
        "y",
        "`spread` needs sizes that are numbers",
    );
    says(
        "struct Net<L> { a: Conv1d(2 => 2, kernel = 3, padding = 1, padding_mode = reflect) }
         fn forward(x: [2, L]) -> [2, L] { a(x) }",
        "a",
        "this index is computed while compiling: its sizes have to be numbers",
    );
}

#[test]
fn pooling_and_resampling() {
    body("x.max_pool2d(2, padding = 2)", "2", "`max_pool2d`: `padding` is at most half of a window");
    body("x.pixel_shuffle(4)", "4", "`pixel_shuffle`: 6 channels cannot be laid out in squares of 4 by 4");
    body("x.pixel_unshuffle(3)", "3", "`pixel_unshuffle`: 8 rows cannot be taken 3 by 3");
    body("x.upsample_bilinear2d(2.5)", "2.5", "a size is a whole number");
}

#[test]
fn axes() {
    body("x.transpose(0, 3)", "transpose", "there is no axis 3 in [6, 8, 4]: axes are counted from 0");
    body("x.transpose(0, -4)", "transpose", "there is no axis -4 in [6, 8, 4]");
    body("x.transpose(0)", "transpose", "`transpose` is called as in `x.transpose(0, 1)`");
    body("x.permute(0, 1)", "permute", "`permute` takes each axis of [6, 8, 4] once");
    body("x.narrow(axis = 1, start = 6, length = 3)", "narrow", "3 values from 6 on cannot be taken of axis 1");
    body("x.narrow(axis = 1, begin = 6, length = 3)", "narrow", "`narrow` is called as in `x.narrow(axis = 0");
    body("x.select(0, 6)", "select", "there is no index 6 among 6 values");
    body("x.squeeze(0)", "squeeze", "the axis 0 of [6, 8, 4] has not the size 1");
    body("x.repeat(2)", "repeat", "`repeat` takes a number for each axis of [6, 8, 4]");
    body(
        "x.split(2)",
        "split",
        "there is no function `split`: the parts of an axis are taken one by one, as in `x.narrow(",
    );
    body("stack(x, x.flatten())", "stack", "`stack` needs tensors of one shape");
    body("x.mean(axis = (0, 0))", "mean", "the axis 0 is given twice");
    body("x.mean(axes = 0)", "mean", "`mean` is called as in `x.mean(axis = 0, keepdim = true)`");
    body(
        "x * x.mean(axis = (1, 2))",
        "*",
        "`*` needs tensors of one shape, but it is given [6, 8, 4] and [6]\n\nhelp: `x.reshape(6, 1, 1)` is repeated",
    );
}

#[test]
fn definitions_that_add() {
    formula("fn f(x: [N]) -> y: [N] { y[i + 1] += x[i]; }", "y", "the index `i + 1` can leave `y`");
    formula(
        "fn f(x: [N]) -> y: [N] { clip(y[i + 1]) = x[i]; }",
        "=",
        "expected `+=`: what is left out can only be added",
    );
    formula(
        "fn f(x: [N]) -> y: [N] { clip(y) += x; }",
        "(y)",
        "expected a tensor with indices: `clip(y[i - 1]) += …;`",
    );
    formula(
        "fn f(x: [N]) -> y: [N] { z[i: 0] = 1; y = x; }",
        "i",
        "`i` runs over 0 values: there must be one at least",
    );
    formula("fn f(x: [N]) -> y: [N] { x[i] += x[i]; y = x; }", "x", "`x` is there already: choose another name");
    formula("fn f(x: [N]) -> y: [N] { y[i] = x[i]; y[i] += y[i]; }", "y", "`y` is read before all is added to it");
}

#[test]
fn indices_that_are_computed() {
    formula(
        "fn f(x: [N]) -> y: [N] { y[i] = x[i/2]; }",
        "/",
        "the index `i / 2` is 0.5 where `i` is 1: an index is a whole",
    );
    formula("fn f(x: [N]) -> y: [N] { y[i] = x[abs(i - 4) + 4]; }", "x", "an index can leave `x`: it runs from 4 to 8");
    formula("fn f(x: [N]) -> y: [N] { y[i] = x[floor(x[i])]; }", "floor", "an index is made of index names and sizes");
    says(
        "struct Net<N>; fn forward(x: [N]) -> [N] { f(x) } fn f(x: [N]) -> y: [N] { y[i] = x[floor(i/2)]; }",
        "floor",
        "this index is computed while compiling: its sizes have to be numbers",
    );
}

#[test]
fn formulas_of_sizes() {
    formula(
        "size half(n) = n/2; fn f(x: [N]) -> y: [half(N)] { y[i] = x[i]; }",
        "[",
        "`forward` is declared to give [8]",
    );
    formula(
        "size half(n) = n/2; fn f(x: [N]) -> y: [half(N, 2)] { y[i] = x[i]; }",
        "half",
        "`half(n)` is how it is called",
    );
    formula(
        "size half(n) = half(n); fn f(x: [N]) -> y: [half(N)] { y[i] = x[i]; }",
        "half",
        "`half` is called in a circle",
    );
    formula("fn f(x: [N]) -> y: [N] { require N > 9, \"{N} are too few\"; y = x; }", "f", "`f`: 8 are too few");
}
