//! Formulas with several results.

#[path = "common/given.rs"]
mod given;
#[path = "common/twice.rs"]
mod hessian;

mod common;

use common::{expand, mistakes};
use hessian::{Twice, check};
use nn_compiler::explain::explain;
use proc_macro2::TokenStream;

const CELL: &str = "layer Cell<N, M>(x: [N], h: [M]) -> (y: [N], next: [M]) {
        a: Linear(N => M), b: Linear(M => M, bias = false), c: Linear(M => N);
        next = (a(x) + b(h)).tanh();
        y = c(next);
    }";

const SPLIT: &str = "fn split(x: [N]) -> (left: [N/2], right: [N/2]) { left[i] = x[i]; right[i] = x[N/2 + i]; }";

/// The equations of a network with some formulas, as derived.
fn derived(formulas: &str, layers: &str, forward: &str) -> String {
    let text = format!("{formulas} pub struct Net {{ {layers} }} {forward} loss = mse;");
    explain(text.parse().unwrap(), TokenStream::new()).unwrap().derived.to_string()
}

/// Holds what is said of a mistake, and where.
#[track_caller]
fn says(text: &str, place: &str, message: &str) {
    let found = mistakes(expand(&text.parse().unwrap()));
    let [mistake] = found.as_slice() else { panic!("{found:?}") };
    assert!(mistake.words.starts_with(message), "{}", mistake.message);
    assert_eq!(mistake.place, place);
}

/// What is said of `forward` in a network with both formulas.
#[track_caller]
fn forward(body: &str, place: &str, message: &str) {
    let text = format!(
        "{CELL} {SPLIT} struct Net {{ cell: Cell(4 => 3) }} fn forward(x: [4], h: [3]) -> [4] {{ {body} }} loss = mse;"
    );
    let text = text.replace("<N, M>", "<N => M>");
    says(&text, place, message);
}

#[test]
fn each_result_has_a_name() {
    let text = derived(SPLIT, "", "fn forward(x: [6]) -> [3] { let (a, b) = split(x); a * b.sin() }");
    assert!(text.contains("split_left[sample, i] = x[sample, i]\n"), "{text}");
    assert!(text.contains("split_right[sample, i] = x[sample, i + 3]\n"), "{text}");
    let text = derived(SPLIT, "", "fn forward(x: [6]) -> [3] { let (_, b) = x.split(); b.sin() }");
    assert!(text.contains("sin[sample, i] = sin(split_right[sample, i])\n"), "{text}");
}

#[test]
fn a_layer_may_be_called_again_with_its_results() {
    let cell = CELL.replace("<N, M>", "<N => M>");
    for attribute in ["", "#[checkpoint]"] {
        check(&Twice::new(&format!(
            "{cell} pub struct Net {{ {attribute} cell: Cell(2 => 3) }}
             fn forward(x: [2], h: [3]) -> [2] {{
                 let (y, h) = cell(x, h); let (y, h) = cell(y, h); let (y, _) = cell(y, h); y
             }} loss = mse;"
        )));
    }
}

#[test]
fn a_formula_may_pass_results_on() {
    let outer =
        format!("{SPLIT} fn swapped(x: [N]) -> (a: [N/2], b: [N/2]) {{ let (l, r) = split(x); a = r; b = l.tanh(); }}");
    let text = derived(&outer, "", "fn forward(x: [6]) -> [3] { let (a, b) = swapped(x); a * b }");
    assert!(text.contains("multiply[sample, i] = split_right[sample, i] * "), "{text}");
}

#[test]
fn another_number_of_names_than_results() {
    forward("let (a, b, c) = cell(x, h); a + b + c", "(a, b, c)", "`cell` gives 2 results, but here are 3 names");
    forward(
        "let (y, _) = cell(x, h); let (a, b) = y.tanh(); a + b",
        "(a, b)",
        "`tanh` gives 1 result, but here are 2 names",
    );
    forward(
        "let y = cell(x, h); y",
        "cell",
        "`cell` gives 2 results\n\nhelp: name them, and those that are left out `_`, as in `let (y, _) = cell(…);`",
    );
    forward("cell(x, h).tanh()", "cell", "`cell` gives 2 results");
}

#[test]
fn names_that_cannot_be_given() {
    forward("let (y) = cell(x, h); y", "(y)", "one value gets a name without parentheses: `let y = …;`");
    forward("let (a, b) = (x, h); a", "(a, b)", "only the results of one call get several names");
    forward("let (_, _) = cell(x, h); x", "(_, _)", "nobody can use these results");
    forward(
        "let (y, other) = cell(x, h); y",
        "other",
        "the value `other` is never used\n\nhelp: write `_` for it, or use it",
    );
}

#[test]
fn results_that_cannot_be_declared() {
    let formula = |formula: &str, place: &str, message: &str| {
        let text =
            format!("{formula} struct Net {{ a: Linear(4 => 4) }} fn forward(x: [4]) -> [4] {{ a(x) }} loss = mse;");
        says(&text, place, message);
    };
    formula("fn f(x: [N]) -> (y: [N]) { y = x; }", "(y: [N])", "one result stands without parentheses");
    formula("loss f(y: [N], t: [N]) -> (a: [], b: []) { a = y.sum(); b = t.sum(); }", "(", "this gives one number");
    formula("fn f(x) -> (y, z) { y = x; z = x; }", "z", "a function of numbers has one result");
    formula("fn f(x: [N]) -> (y: [N], y: [N]) { y = x; }", "y", "there are two results `y`: choose another name");
}

#[test]
fn a_result_that_is_not_defined() {
    let text = "fn f(x: [N]) -> (y: [N], z: [N]) { y = x.tanh(); }
        struct Net; fn forward(x: [4]) -> [4] { let (y, z) = f(x); y + z } loss = mse;";
    says(text, "f", "`f` never defines its result `z`");
}

#[test]
fn an_array_passes_one_result_on() {
    let cell = CELL.replace("<N, M>", "<N => M>");
    let text = format!(
        "{cell} struct Net {{ cells: [Cell(4 => 3); 2] }}
         fn forward(x: [4], h: [3]) -> [4] {{ let (y, h) = cells(x, h); y + h.sum() }} loss = mse;"
    );
    says(&text, "cells", "a layer of the array `cells` gives one result, which the next one takes");
}

#[test]
fn the_results_of_a_call_are_the_outputs() {
    let network = |body: &str| {
        let text = format!(
            "{CELL} struct Net {{ cell: Cell(4 => 3) }} fn forward(x: [4], h: [3]) -> (y: [4], next: [3]) {{ {body} }}
             loss(t: [4]) = mse(y, t) + sum[i](next[i]);"
        );
        explain(text.replace("<N, M>", "<N => M>").parse().unwrap(), TokenStream::new()).unwrap().derived.to_string()
    };
    assert_eq!(network("cell(x, h)"), network("let (y, next) = cell(x, h); (y, next)"));
}

#[test]
fn a_call_with_fewer_results_than_outputs() {
    let text = format!(
        "{CELL} struct Net {{ cell: Cell(4 => 3) }} fn forward(x: [4], h: [3]) -> (a: [4], b: [3], c: [3]) {{ cell(x, h) }}"
    );
    let message = "`forward` declares 3 outputs, but its last line gives 2 values";
    says(&text.replace("<N, M>", "<N => M>"), "cell", message);
    // one mistake, and none that follows from it
    let text = format!(
        "{CELL} struct Net {{ cell: Cell(4 => 3) }} fn forward(x: [4], h: [2]) -> (a: [4], b: [3]) {{ cell(x, h) }}"
    );
    let found = mistakes(expand(&text.replace("<N, M>", "<N => M>").parse().unwrap()));
    assert_eq!(found.len(), 1, "{found:?}");
}
