//! Sums in a scan that do not depend on the steps before are moved in front of it.

#[path = "common/alike.rs"]
mod alike;
#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;

use alike::{alike, compiled};
use nn_compiler::equation::Program;

/// A recurrent layer, whose step is written in one way or another.
fn network(before: &str, step: &str) -> String {
    format!(
        "layer Cell<N => H>(x: [T, N]) -> (y: [T, H], h: [H]) {{
             param w: [H, N] = uniform(1);
             param u: [H, H] = uniform(1);
             param b: [H] = uniform(1);
             inner: Linear(N => H);
             {before}
             scan t: T {{
                 carry h: [H] = 0.1;
                 {step}
                 next h = new;
                 y[t, j] = new[j];
             }}
         }}
         pub struct Net {{ cell: Cell(3 => 2), #[checkpoint] again: Cell(2 => 2) }}
         fn forward(x: [4, 3]) -> [4, 2] {{ let (y, h) = cell(x); let (z, g) = again(y); z + h.sum() * g.sum() }} loss = mse;"
    )
}

/// The sums of the first layer that stand in a scan.
fn in_the_scan(program: &Program) -> Vec<String> {
    let of_step = program
        .equations
        .iter()
        .filter(|equation| !program.sequences(equation).is_empty() && program.reduced(equation).next().is_some());
    let texts = of_step.map(|equation| program.display(equation).to_string());
    texts.filter(|text| text.starts_with("cell")).collect()
}

#[test]
fn what_depends_on_no_carry_is_one_sum_for_all_steps() {
    let by_hand = network(
        "a[t, j] = b[j] + sum[i](w[j, i] * x[t, i]); f = inner(x);",
        "new[j] = tanh(a[t, j] + f[t, j] + sum[k](u[j, k] * h[k]));",
    );
    for (before, step) in [
        (
            "",
            "here[i] = x[t, i]; f = inner(here); new[j] = tanh(b[j] + sum[i](w[j, i] * x[t, i]) + f[j] + sum[k](u[j, k] * h[k])); ",
        ),
        (
            "",
            "here[i] = x[t, i]; a[j] = b[j] + sum[i](w[j, i] * here[i]); f = inner(here); new[j] = tanh(a[j] + f[j] + sum[k](u[j, k] * h[k]));",
        ),
    ] {
        let text = network(before, step);
        let compiled = compiled(&text);
        let sums = in_the_scan(&compiled.infer.program);
        assert!(sums.len() == 1 && sums[0].contains("cell_u"), "{sums:#?}");
        alike(&[&by_hand, &text]);
    }
    assert_eq!(in_the_scan(&compiled(&by_hand).infer.program).len(), 1);
}

/// The same in each step: it is computed once.
#[test]
fn what_is_the_same_in_each_step_is_computed_once() {
    let text = network("", "p[j] = sum[k](sq(u[j, k])); new[j] = tanh(x[t, 0] + p[j] + sum[k](u[j, k] * h[k]));");
    let compiled = compiled(&text);
    let sums = in_the_scan(&compiled.infer.program);
    assert!(sums.len() == 1 && sums[0].contains("cell_h"), "{sums:#?}");
    let program = &compiled.infer.program;
    let once = program
        .equations
        .iter()
        .find(|equation| program.display(equation).to_string().contains("cell_u[j, k] * cell_u"));
    assert!(once.is_some_and(|once| program.sequences(once).is_empty() && once.write.len() == 1), "{program}");
    alike(&[&network("p[j] = sum[k](sq(u[j, k]));", "new[j] = tanh(x[t, 0] + p[j] + sum[k](u[j, k] * h[k]));"), &text]);
}

/// Scans in scans and in arrays: a sum goes as far out as it can.
#[test]
fn nests() {
    let grid = |before: &str, row: &str, sum: &str| {
        format!(
            "layer Grid<N>(x: [R, C, N]) -> y: [R, C, N] {{
                 param w: [N, N] = uniform(1);
                 param u: [N, N] = uniform(1);
                 {before}
                 scan r: R {{
                     carry down: [N] = zeros;
                     {row}
                     scan c: C, reversed {{
                         carry h: [N] = down;
                         new[j] = tanh({sum} + sum[k](u[j, k] * h[k]));
                         next h = new;
                         row[c, j] = new[j];
                     }}
                     next down[j] = h[j];
                     y[r, c, j] = row[c, j];
                 }}
             }}
             pub struct Net {{ grids: [Grid(2); 2] }} fn forward(x: [3, 4, 2]) -> [3, 4, 2] {{ grids(x) }} loss = mse;"
        )
    };
    let inside = grid("", "", "sum[i](w[j, i] * x[r, c, i])");
    alike(&[
        &grid("a[r, c, j] = sum[i](w[j, i] * x[r, c, i]);", "", "a[r, c, j]"),
        &inside,
        &grid("", "", "sum[i](w[j, i] * x[r, c, i]) + sum[i](w[j, i] * down[i]) * 0"),
        &grid("", "a[c: C, j: N] = sum[i](w[j, i] * x[r, c, i]);", "a[c, j]"),
    ]);
    let program = compiled(&inside).infer.program;
    let sum =
        program.equations.iter().find(|equation| program.display(equation).to_string().contains("grids_w[")).unwrap();
    assert_eq!(program.sequences(sum).len(), 1, "{}", program.display(sum));
    // what depends on the outer carry leaves the inner scan alone
    let program = compiled(&grid("", "", "sum[i](w[j, i] * down[i])")).infer.program;
    let sum =
        program.equations.iter().find(|equation| program.display(equation).to_string().contains("grids_w[")).unwrap();
    assert_eq!(program.sequences(sum).len(), 2, "{}", program.display(sum));
}
