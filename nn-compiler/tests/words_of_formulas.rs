//! The words for what goes wrong with rests, axes, numbers and divisors.

mod common;
#[path = "common/text.rs"]
mod text;

use text::{GOOD, Text, body, loss};

#[test]
fn several_rests_have_names() {
    let layers = |layers, place, message| {
        Text { layers, body: "{ a(x) }", forward: "fn forward(x: [4]) -> [4]", ..GOOD }.says(place, message)
    };
    layers("{ a: LayerNorm(3) }", "3", "layer `a` takes [3], but it is given [4]");
    layers("{ a: LayerNorm((2, 4)) }", "a", "layer `a` takes [.., 2, 4], but it is given [4]");
    layers("{ a: LayerNorm(4, 4) }", "4", "several sizes stand in parentheses of their own, as in `LayerNorm((8, 8))`");
    layers("{ a: LayerNorm(_) }", "_", "`_` cannot stand for several sizes");
    layers("{ a: GroupNorm(3, 4) }", "3", "`group_norm`: the number of channels must be a multiple of `num_groups`");
    layers(
        "{ a: L } layer L(x: [A.., B..]) -> y: [A..] { y[A..] = sum[B..](x[A.., B..]); }",
        "[",
        "nothing says where `B..` begins",
    );
    layers("{ a: L } layer L(x: [A..]) -> y: [A..] { y[A..] = x[B..]; }", "B", "`B..` is not bound");
    layers(
        "{ a: L } layer L(x: [A..]) -> y: [A..] { y[A..] = sum[B..](x[A..]); }",
        "B",
        "nothing says what `B..` stands for",
    );
    layers(
        "{ a: L } layer L(x: [N]) -> y: [N] { y[n] = x[n: N]; }",
        "n",
        "how far `n` runs is said on the left of `=`",
    );
}

#[test]
fn axes_have_numbers() {
    body("{ b(a(x).softmax(axis = 1)) }", "softmax", "there is no axis 1 in [8]: axes are counted from 0");
    body("{ b(a(x).softmax(axis = -2)) }", "softmax", "there is no axis -2 in [8]");
    body("{ b(a(x).softmax(axis = 0.5)) }", "0.5", "`axis` is the number of an axis");
    body("{ glu(concat(b(a(x)), glu(b(a(x))))) }", "glu", "`glu`: the axis that is halved must have an even size");
}

#[test]
fn numbers_fit_their_shapes() {
    let loss = |loss, place, message| Text { loss, ..GOOD }.says(place, message);
    loss(
        "loss = cross_entropy(weight = (1, 2, 3));",
        "(",
        "`weight` of `cross_entropy` has the shape [2], but is given [3]",
    );
    loss(
        "loss = cross_entropy(weight = (1, (2, 3)));",
        "(",
        "`weight` of `cross_entropy` has parts of different lengths",
    );
    loss("loss = cross_entropy(weight = (1, z));", "z", "there is no value `z` here");
    loss("loss = cross_entropy(weight = (1, x));", "x", "`weight` consists of numbers that are known while compiling");
    loss("loss = cross_entropy(weight = none);", "none", "there is no value `none` here");
    loss(
        "loss = cross_entropy(ignore_index = 0.5);",
        "cross_entropy",
        "what `cross_entropy` ignores is a whole number",
    );
    loss("loss(t: index<2 or 7>) = nll(output, t);", "7", "write `index<N>` alone");
    body("{ b(a(x).clamp(min = none, max = 2)).clamp(min = true) }", "true", "expected a number");
}

#[test]
fn divisors_follow_from_targets() {
    loss(
        "loss = m; loss m(y: [N], t: [N]) -> l: [] / d: [] { l = sum[n](y[n] * t[n]); d = sum[n](y[n]); }",
        "d",
        "the divisor `d` of `m` is known before the network has run: it follows from targets and numbers, but this one from `b`",
    );
    loss(
        "loss = m; loss m(y: [N], t: [N]) -> l: [] / d: [] { l = sum[n](y[n] * t[n]); }",
        "d",
        "`m` never defines its divisor `d`",
    );
    loss(
        "loss = m; loss m(y: [N], t: [N]) -> l: [] / d: [N] { l = y; d = t; }",
        "[",
        "a divisor is one number for each sample",
    );
    loss("loss = mse; fn f(x: [N]) -> y: [N] / d: [] { y = x; }", "/", "only a `loss` is divided by something");
    loss(
        "loss = m; loss m(y: [N], t: [N]) -> l: [] / l: [] { l = sum[n](y[n] * t[n]); }",
        "l",
        "`l` is the name of a result already",
    );
}

#[test]
fn definitions_reach_every_element_once() {
    let defines = |head, layers, place, message| {
        Text { head, layers, body: "{ b(a(x).f().sum(axis = -1)) }", ..GOOD }.says(place, message)
    };
    let of_numbers = "{ a: Linear(4 => 8), b: Linear(8 => 2) } fn f(x: [N]) -> y: [N, N] { y[i, i] = x[i]; }";
    let of_symbols = "{ a: Linear(4 => M), b: Linear(M => 2) } fn f(x: [N]) -> y: [N, N] { y[i, i] = x[i]; }";
    let diagonal = "`f` does not define all elements of `y`, which has the shape";
    defines("struct Net", of_numbers, "y", diagonal);
    defines("struct Net<M>", of_symbols, "y", diagonal);
    let sized = |layers, message| defines("struct Net<M>", layers, "y", message);
    sized("{ a: Linear(4 => M), b: Linear(M => 2) } fn f(x: [N]) -> y: [N, 2] { y[i, 0] = x[i]; }", diagonal);
    sized("{ a: Linear(4 => M), b: Linear(M => 2) } fn f(x: [N]) -> y: [N, 2] { y[i: N - 1, k: 2] = x[i]; }", diagonal);
    sized(
        "{ a: Linear(4 => M), b: Linear(M => 2) } fn f(x: [N]) -> y: [N, 2] { y[i, k: 2] = x[i]; y[0, 0] = 1; }",
        "`f` defines elements of `y` twice",
    );
    sized(
        "{ a: Linear(4 => M), b: Linear(M + 1 => 2) } fn f(x: [N]) -> y: [N + 1, 2] { y[i + 1, k: 2] = x[i]; }",
        "`f` may leave out elements of `y`, or define some twice: sizes that are no numbers do not tell",
    );
}

#[test]
fn classes_stay_inside_of_what_they_index() {
    Text {
        layers: "{ a: L } layer L(x: [N], k: index<9>) -> y: [2] { param w: [8, 2] = zeros; y[o] = w[k, o] * x[0]; }",
        forward: "fn forward(x: [4], k: index<9>) -> [2]",
        body: "{ a(x, k) }",
        ..GOOD
    }
    .says("w", "an index of `k` can leave `w`: it is one of 9 classes, but there are 8 values along this axis");
}

#[test]
fn a_suffix_stands_at_a_layer_inside_of_a_layer() {
    let inside = |field| {
        let text = format!("{{ a: L }} layer L(x: [N]) -> y: [N] {{ {field} y = b(x) + c(x); }}");
        let layers: &'static str = text.leak();
        Text { layers, body: "{ a(x) }", forward: "fn forward(x: [4]) -> [4]", ..GOOD }
    };
    let twice = "#[suffix(\"_0\")] b: Linear(4 => 4), #[suffix(\"_0\")] c: Linear(4 => 4),";
    inside(twice).says("c", "there are two parameters `weight_0`: choose another suffix");
    let number = "#[suffix(0)] b: Linear(4 => 4), c: Linear(4 => 4),";
    inside(number).says("#", "say how the names of its parameters end in the layer around it");
    Text { layers: "{ #[suffix(\"_0\")] a: Linear(4 => 8), b: Linear(8 => 2) }", ..GOOD }
        .says("a", "`#[suffix(…)]` stands at one layer inside of a layer");
}
