//! One mistake is one message, at the token that is meant, in words that a user knows.

mod common;
#[path = "common/text.rs"]
mod text;

use common::{expand, mistakes};
use text::{GOOD, body, forward, head, layers, loss};

#[test]
fn a_network_without_mistakes_says_nothing() {
    let text = format!("{} {} {} {} {}", GOOD.head, GOOD.layers, GOOD.forward, GOOD.body, GOOD.loss);
    assert!(mistakes(expand(&text.parse().unwrap())).is_empty());
}

#[test]
fn values_do_not_change() {
    body("{ let mut h = a(x); b(h) }", "mut", "values do not change: leave out `mut`");
    body("{ let h = a(x); h = h.relu(); b(h) }", "=", "a value gets its name from `let`, also a second time: `let h");
    body("{ let h = a(x); h += 1; b(h) }", "+", "values do not change: `let` makes a new one");
    body("{ let h = a(x); h[0] = 1; b(h) }", "=", "definitions with indices stand in formulas");
}

#[test]
fn forward_has_no_branches_and_loops() {
    body("{ if x > 0 { a(x) } else { a(x) } }", "if", "`where(a < b, x, y)` chooses");
    body("{ let h = if (x > 0) { a(x) } else { a(x) }; b(h) }", "if", "`where(a < b, x, y)` chooses");
    body("{ match x { _ => b(a(x)) } }", "match", "`where(a < b, x, y)` chooses");
    body("{ for i in 0..3 { } b(a(x)) }", "for", "there are no loops here");
    body("{ while x < 3 { } b(a(x)) }", "while", "there are no loops here");
    body("{ return b(a(x)); }", "return", "the last line of `forward` is its value");
    body("{ println!(\"{x}\"); b(a(x)) }", "println", "no macro can be called here");
    body("{ b(a(x).map(|v| v * 2)) }", "|", "there are no closures here");
    body("{ b(a(&x)) }", "&", "values are given as they are");
    body("{ b(concat([a(x), a(x)])) }", "[", "there are no lists here");
}

#[test]
fn a_let_names_one_value() {
    body("{ let h: [8] = a(x); b(h) }", ":", "shapes follow by themselves: write `let h = …;`");
    body("{ let (p, q) = a(x); b(p) }", "(p, q)", "`a` gives 1 result, but here are 2 names");
    body("{ let h a(x); b(h) }", "a", "expected `=`");
    body("{ let = a(x); b(h) }", "=", "expected a definition");
}

#[test]
fn signs_of_rust_have_words() {
    body("{ b(a(x) ^ 2) }", "^", "a power is written `pow(x, 3)`");
    body("{ b(a(x) ** 2) }", "*", "a power is written `pow(x, 3)`");
    body("{ b(a(x) % 5) }", "%", "there is no remainder here");
    body("{ b(a(x)?) }", "?", "nothing fails here: leave out `?`");
    body("{ b(where(x > 0 && x < 1, x, x)) }", "&", "conditions are not joined");
    body("{ b(a(x) as f32) }", "as", "numbers are of one type here");
    body("{ b(a(x).5) }", "5", "expected a function behind `.`");
    body("{ b(nn::relu(a(x))) }", "nn", "functions are called by their names alone: `relu(…)`");
}

#[test]
fn shapes_hold_sizes_alone() {
    forward("fn forward(x: [f32; 4]) -> [2]", ";", "a shape holds its sizes alone: `[4]`");
    forward("fn forward(x: f32) -> [2]", "f32", "expected a shape such as `[10]`");
    forward("fn forward(&self, x: [4]) -> [2]", "&", "only inputs stand here");
    forward("fn forward(self, x: [4]) -> [2]", "self", "only inputs stand here");
    forward("fn forward(x: [4]) -> ([2], [8])", "[", "each of several has a name: `(a: [2], b: [8])`");
    forward("fn forward(x: [4]) -> y: [2]", "y", "a single output has no name: `-> [10]`");
    forward("fn forward(x: [4]) -> (b: index<3>)", "index", "an output consists of numbers");
    forward("fn forward(x: index<>) -> [2]", ">", "expected a value");
    forward("fn forward(x: index) -> [2]", ")", "expected the number of classes, as in `index<10>`");
    forward("fn forward(x: [4, 1, 1, 1, 1, 1, 1]) -> [2]", "[", "a tensor has at most six sizes");
    forward("fn forward[4] -> [2]", "[", "expected names with shapes in parentheses");
    forward("fn forward(x: [4]) => [2]", "=", "expected `-> [sizes]`");
}

#[test]
fn layers_are_declared_with_words_and_parentheses() {
    layers("{ a: Linear(4 -> 8), b: Linear(8 => 2) }", "-", "the sizes of a layer are written with `=>`");
    layers("{ a: Linear<4, 8>, b: Linear(8 => 2) }", "<", "sizes stand in parentheses, as in `Linear(4 => 8)`");
    layers("{ a: nn::Linear(4 => 8), b: Linear(8 => 2) }", ":", "a kind of layer is one word");
    layers("{ a: Linear(4 => 8, bias: false), b: Linear(8 => 2) }", ":", "arguments are given with `=`: `bias = …`");
    layers("{ a: Linear(4 => _), b: Linear(8 => 2) }", "_", "`_` cannot stand for `Out`, which does not follow");
    layers("{ a: Linear(4 => \"8\"), b: Linear(8 => 2) }", "\"8\"", "words and numbers stand without quotes: `8`");
    layers("{ a: Linear(4 => 8) b: Linear(8 => 2) }", "b", "expected `,` or `}`");
    layers("{ a, b: Linear(8 => 2) }", ",", "expected a layer, as in `fc1: Linear(784 => 128)`");
    layers("(a: Linear(4 => 8))", "(", "expected the layers in braces");
    layers("{ a: Linear(4 => 8), a: Linear(9 => 2) }", "a", "there are two layers `a`");
    layers(
        "{ a: Dense(4 => 8), b: Linear(8 => 2) }",
        "Dense",
        "there is no layer `Dense`\n\nhelp: did you mean `Linear`?",
    );
    layers(
        "{ a: Strange(4 => 8), b: Linear(8 => 2) }",
        "Strange",
        "there is no layer `Strange`\n\nhelp: one of your own stands beside the struct: `layer Strange<",
    );
}

#[test]
fn functions_are_no_layers() {
    for (text, function) in [
        ("{ a: MaxPool2d(2), b: Linear(8 => 2) }", "max_pool2d"),
        ("{ a: Flatten, b: Linear(8 => 2) }", "flatten"),
        ("{ a: ReLU(), b: Linear(8 => 2) }", "relu"),
        ("{ a: Dropout(0.5), b: Linear(8 => 2) }", "dropout"),
        ("{ a: Softmax, b: Linear(8 => 2) }", "softmax"),
    ] {
        let name = text[5..].split(['(', ',']).next().unwrap();
        let message = format!("there is no layer `{name}`: `{function}` is a function, called in `forward`");
        layers(text, name, &message);
    }
}

#[test]
fn a_folded_network_has_a_name() {
    let said = "say what the folded network is called, as in `#[folded(Deployed)]`";
    head("#[folded] struct Net", "#", said);
    head("#[folded()] struct Net", "#", said);
    head("#[folded(\"Small\")] struct Net", "\"Small\"", said);
    let behind = "expected `, weights = \"deployed.safetensors\"` behind the name of the folded network";
    head("#[folded(Small, Smaller)] struct Net", "Smaller", behind);
    head("#[folded(Small, weights = 1)] struct Net", "1", "expected a file");
    head("#[folded = Small] struct Net", "#", said);
    head("#[folded(Net)] struct Net", "Net", "the folded network stands beside `Net`");
    head("#[folded(T)] struct Net", "T", "`T` has another meaning already");
    head("#[folded(N)] struct Net<N>", "N", "`N` has another meaning already");
    head("#[folded(NetParams)] struct Net", "NetParams", "`NetParams` is the name of something else");
    head("#[folded(fn)] struct Net", "fn", "`fn` is a word of Rust");
}

#[test]
fn a_checkpoint_is_a_word_alone() {
    layers("{ #[checkpoint(2)] a: Linear(4 => 8), b: Linear(8 => 2) }", "#", "`#[checkpoint]` takes no arguments");
    layers("{ #[checkpoint = true] a: Linear(4 => 8), b: Linear(8 => 2) }", "#", "`#[checkpoint]` takes no arguments");
}

#[test]
fn the_struct_has_sizes_for_parameters() {
    head("struct Net<A: Dim>", ":", "type parameters are sizes, and names alone");
    head("struct Net<A = 3, B>", "B", "`B` stands behind one with a default, so it needs a default too: `B = 8`");
    head("struct Net<const N: usize>", "const", "type parameters are sizes, and names alone");
    head("struct Net<'a>", "'", "type parameters are sizes, and names alone");
    head("struct Net<N, N>", "N", "there are two type parameters `N`");
    head("struct Net<T>", "T", "`T` has another meaning already");
    head("struct Net<nn>", "nn", "`nn` has another meaning already");
    head("struct Net<Net>", "Net", "`Net` has another meaning already");
    head("struct Net<a>", "a", "`a` is the name of a type parameter already");
    head("struct Net where N: Dim", "where", "type parameters are sizes by themselves");
    for name in ["Self", "crate", "fn", "where", "static"] {
        let text: &'static str = Box::leak(format!("struct {name}").into_boxed_str());
        head(text, name, &format!("`{name}` is a word of Rust"));
    }
    head("struct T", "T", "`T` has another meaning already");
    head("struct f32", "f32", "`f32` has another meaning already");
    head("#[derive(Clone, PartialEq)] struct Net", "Clone", "every network is `Clone` already");
    head("#[derive(Debug)] struct Net", "Debug", "every network is `Debug` already");
    head("struct", "{", "expected the network's name");
}

#[test]
fn every_name_is_given_once() {
    forward("fn forward(x: [4], x: [4]) -> [2]", "x", "there are two inputs `x`");
    forward("fn forward(a: [4]) -> [2]", "a", "`a` is the name of a layer already");
    forward("fn forward(x: [4]) -> (p: [2], p: [2])", "p", "there are two outputs `p`");
    loss("loss(t: [2], t: [2]) = mse(output, t);", "t", "there are two targets `t`");
    loss("loss(output: [2]) = mse(output, output);", "output", "`output` is the name of an output already");
    loss("loss = mse; fn f(x, x) = x;", "x", "there are two inputs `x`");
    loss("loss = mse; fn f<K, K>(x: [K]) -> y: [K] { y = x; }", "K", "there are two parameters `K`");
    loss("loss = mse; fn f(x) = x; fn f(x) = 2 * x;", "f", "there are two functions `f`");
    loss(
        "loss = mse; layer L<N>(x: [N]) -> y: [N] { a: Linear(N => N); a: Linear(N => N); y = a(x); }",
        "a",
        "there are two layers `a`",
    );
    loss("loss = mse; layer L(x) = x; layer L(x) = x;", "L", "there are two layers `L`");
    loss(
        "loss = mse; loss m(y: [N], t: [N]) = mean[i](y[i]); loss m(y: [N], t: [N]) = mean[i](y[i]);",
        "m",
        "there are two losses `m`",
    );
}

#[test]
fn formulas_of_one_name_may_differ_in_their_classes() {
    let text = "struct Net { a: Linear(4 => 2) } fn forward(x: [4]) -> [2] { a(x) } loss = m;
        loss m(y: [N], t: [N]) = mean[i](sq(y[i] - t[i]));
        loss m(y: [N], t: index<N>) = -y[t];";
    let found = mistakes(expand(&text.parse().unwrap()));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_loss_is_written_as_one() {
    // the end of the last token
    loss("loss = mse", "e", "expected an operator or `;` behind the loss");
    loss("loss(mse);", "mse", "write `loss = mse;`");
    loss("loss: mse;", ":", "expected the loss, as in `loss = mse;`");
    loss("fn loss(y: [2], t: [2]) { }", "loss", "a loss has no `fn`: write `loss = mse;`");
    loss("loss = mse(reduction = \"sum\");", "\"sum\"", "words and numbers stand without quotes: `sum`");
    loss("loss(t: [2], w: [3]) = mse(output, t);", "w", "the target `w` is never used");
    loss(
        "loss(t: index<3>) = cross_entropy(output, t);",
        "cross_entropy",
        "`cross_entropy` takes classes below 2 for `t`, but it is given classes below 3",
    );
    loss("loss(t: index<2>) = mse(output, t);", "mse", "`mse` takes numbers for `t`, but `t` holds classes");
    loss("loss(t: [2]) = nll(output, t);", "nll", "`nll` takes classes for `t`, but `t` holds numbers");
    loss("loss = mae;", "mae", "there is no loss `mae`\n\nhelp: did you mean `l1`?");
}

#[test]
fn a_misspelt_forward_is_recognised() {
    forward(
        "fn foward(x: [4]) -> [2]",
        "foward",
        "there is no `fn foward` in a network: its forward pass is called `forward`",
    );
    forward("fn predict(x: [4]) -> (p: [2])", "predict", "there is no `fn predict` in a network");
}

#[test]
fn unused_things_are_mistakes_and_used_ones_are_not() {
    forward("fn forward(x: [4], z: [3]) -> [2]", "z", "the input `z` is never used");
    body("{ b(aa(x)) }", "aa", "there is no function or layer `aa`\n\nhelp: did you mean `a`?");
    body("{ b(concat(a, a(x))) }", "a", "`a` is a layer: call it");
    body("{ b(self.a(x)) }", "self", "leave out `self.`");
}

#[test]
fn what_others_call_it_comes_before_what_is_spelt_alike() {
    for (text, name, meant) in [
        ("{ b(a(x).log()) }", "log", "ln"),
        ("{ b(a(x).powi(2)) }", "powi", "pow"),
        ("{ b(a(x).square()) }", "square", "sq"),
    ] {
        body(text, name, &format!("there is no function or layer `{name}`\n\nhelp: did you mean `{meant}`?"));
    }
    body("{ b(a(x).sum(x)) }", "sum", "`sum` runs over axes, as in `x.sum(axis = 0)`, or inside of a `fn`");
    body("{ b(a(x).reshape(-1)) }", "reshape", "-1 is no size\n\nhelp: `x.flatten()` makes one row");
    body("{ b(a(x.max_pool2d())) }", "()", "`max_pool2d` needs the argument `kernel`");
}

#[test]
fn formulas_have_words_too() {
    loss("loss = mse; use acts;", "use", "`use` stands in front of the struct");
    loss("loss = mse; layer L<N>(x: [N]) -> y: [N] { param w: [N]; y[i] = w[i]; }", ";", "expected the initial values");
    loss("loss = mse; layer L<N>(x: [N]) -> y: [N] { param w; y[i] = w[i]; }", ";", "expected the shape");
    loss("loss = mse; layer L<N>(x: [N]) -> y: [N] { y[i] = self.w[i]; }", "self", "leave out `self.`");
    loss("loss = mse; layer L<N>(x: [N]) -> [N] { y = x; }", "[", "the result of a formula has a name");
    loss("loss = mse; fn f(x) { x }", "{", "expected `= value;` or `-> name { … }`");
    loss("loss = mse; fn f(x) = if x > 0 { x } else { 0 };", "if", "`where(a < b, x, y)` chooses");
    loss("loss = mse; let h = 3;", "let", "expected `struct Name { layers }`");
}

#[test]
fn raw_names_are_names() {
    for text in [
        "struct Net { r#type: Linear(4 => 2) } fn forward(x: [4]) -> [2] { r#type(x) } loss = mse;",
        "struct Net { r#type: Linear(4 => 2) } fn forward(x: [4]) -> [2] { type(x) } loss = mse;",
        "struct Net { fn: Linear(4 => 2), self: Linear(2 => 2) } fn forward(x: [4]) -> [2] { self(fn(x)) } loss = mse;",
        "struct Net { a: Linear(4 => 2) } fn forward(r#type: [4], r#gen: [2]) -> [2] { a(r#type) + gen } loss = mse;",
        "struct r#X { a: Linear(4 => 2) } fn forward(x: [4], y: [2]) -> [2] { a(x) + y }",
        "struct Net { a: Linear(4 => 2) } fn forward(x: [4]) -> [2] { a(x).r#match() } fn r#match(x) = 2 * x;",
        "struct Net { a: L(_) } fn forward(x: [4]) -> [4] { a(x) }
         layer L<N>(x: [N]) -> y: [N] { param r#type: [N] = ones; y[i] = x[i] * type[i]; }",
    ] {
        let expanded = expand(&text.parse().unwrap());
        assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok(), "{text}");
        let found = mistakes(expanded);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_parameter_of_a_formula_is_frozen_or_not() {
    let with = |attribute: &str| {
        let text = format!(
            "struct Net {{ a: Own(4) }} fn forward(x: [4]) -> [4] {{ a(x) }}
             layer Own<N>(x: [N]) -> y: [N] {{ {attribute} param w: [N] = ones; y[n] = w[n] * x[n]; }}"
        );
        common::mistakes(common::expand(&text.parse().unwrap()))
    };
    assert!(with("#[frozen]").is_empty());
    let found = with("#[checkpoint]");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].words, "a parameter of a formula has no attribute but `#[frozen]`");
}
