//! The functions that the compiler itself knows: structural ones, reductions of whole axes, functions of numbers. Their
//! texts stand here, since they have no formula in the library.

use nn_compiler::symbolic::table::TABLE;

use super::sketch::Sketch;
use super::{Group, Page, Section};
use crate::library::Part;

/// One function.
struct Row {
    name: &'static str,
    call: &'static str,
    types: &'static str,
    description: &'static str,
    /// The inputs of the example, as in `a: [2], b: [3]`.
    inputs: &'static str,
    example: &'static str,
}

const fn row(
    name: &'static str,
    call: &'static str,
    types: &'static str,
    description: &'static str,
    inputs: &'static str,
    example: &'static str,
) -> Row {
    Row { name, call, types, description, inputs, example }
}

/// Functions that change the form of tensors, and not their numbers.
const STRUCTURE: &[Row] = &[
    row("flatten", "x.flatten()", "x: [..] -> y: [N]", "All elements along one axis.", "x: [2, 3]", "x.flatten()"),
    row(
        "reshape",
        "x.reshape(4, 4)",
        "x: [..] -> y: [4, 4]",
        "Another shape of as many elements, in the same order.",
        "x: [2, 3]",
        "x.reshape(3, 2)",
    ),
    row(
        "unsqueeze",
        "x.unsqueeze(axis)",
        "x: [A, B] -> y: [1, A, B]",
        "One more axis, of size 1.",
        "x: [3]",
        "x.unsqueeze(0)",
    ),
    row(
        "squeeze",
        "x.squeeze(axis)",
        "x: [1, A, B] -> y: [A, B]",
        "One axis of size 1 less; without an argument, all of them.",
        "x: [1, 3]",
        "x.squeeze(0)",
    ),
    row(
        "concat",
        "concat(a, b, axis = 0)",
        "a: [M, ..], b: [N, ..] -> y: [M + N, ..]",
        "Two or more tensors one behind the other along an axis.",
        "a: [2], b: [3]",
        "concat(a, b, axis = 0)",
    ),
    row(
        "stack",
        "stack(a, b, axis = 0)",
        "a: [..], b: [..] -> y: [2, ..]",
        "Two or more tensors of one shape along a new axis.",
        "a: [2], b: [2]",
        "stack(a, b, axis = 0)",
    ),
    row(
        "narrow",
        "x.narrow(axis, start, length)",
        "x: [N, ..] -> y: [length, ..]",
        "A part of an axis: `length` places from `start` on.",
        "x: [5]",
        "x.narrow(axis = 0, start = 1, length = 3)",
    ),
    row(
        "select",
        "x.select(axis, index)",
        "x: [N, ..] -> y: [..]",
        "One place of an axis, which the result has no more.",
        "x: [2, 3]",
        "x.select(axis = 1, index = 2)",
    ),
    row(
        "transpose",
        "x.transpose(0, 1)",
        "x: [A, B, ..] -> y: [B, A, ..]",
        "Two axes change places.",
        "x: [2, 3]",
        "x.transpose(0, 1)",
    ),
    row(
        "permute",
        "x.permute(2, 0, 1)",
        "x: [A, B, C] -> y: [C, A, B]",
        "All axes in another order.",
        "x: [2, 3, 1]",
        "x.permute(2, 0, 1)",
    ),
    row(
        "flip",
        "x.flip(axis = 0)",
        "x: [..] -> y: [..]",
        "An axis from its end to its beginning.",
        "x: [4]",
        "x.flip(axis = 0)",
    ),
    row(
        "repeat",
        "x.repeat(2, 1)",
        "x: [A, B] -> y: [2*A, B]",
        "So many copies along each axis, one behind the other.",
        "x: [2, 2]",
        "x.repeat(2, 1)",
    ),
    row(
        "zeros",
        "zeros([3, N])",
        "-> y: [3, N]",
        "A tensor of zeros, such as a state to begin with.",
        "x: [2, 3]",
        "x + zeros([2, 3])",
    ),
    row("ones", "ones([3, N])", "-> y: [3, N]", "A tensor of ones.", "x: [2, 3]", "x + ones([2, 3])"),
    row(
        "full",
        "full([3, N], fill_value)",
        "fill_value: [] -> y: [3, N]",
        "A tensor of one number, which is written or computed.",
        "x: [3]",
        "x / full([3], x.sum())",
    ),
];

/// Derivatives as values.
const DERIVATIVES: &[Row] = &[row(
    "derivative",
    "derivative(u, x)",
    "u: [], x: [..] -> y: [..]",
    "The derivative of a number by each element of a value that it is computed from.",
    "x: [3]",
    "derivative((x * x).sum(), x)",
)];

/// Reductions of whole axes; those of formulas, as in `sum[i](x[i])`, are the same.
const REDUCED: &str = "x: [..] -> y";
const REDUCTIONS: &[Row] = &[
    row(
        "sum",
        "x.sum(axis = none, keepdim = false)",
        REDUCED,
        "The sum over an axis, several (`axis = (1, 2)`), or all.",
        "x: [2, 3]",
        "x.sum(axis = 0)",
    ),
    row(
        "mean",
        "x.mean(axis = none, keepdim = false)",
        REDUCED,
        "The mean over an axis, several (`axis = (1, 2)`), or all.",
        "x: [2, 3]",
        "x.mean(axis = 1)",
    ),
    row(
        "max",
        "x.max(axis = none, keepdim = false)",
        REDUCED,
        "The greatest value over an axis, several (`axis = (1, 2)`), or all.",
        "x: [2, 3]",
        "x.max(axis = 1)",
    ),
    row(
        "min",
        "x.min(axis = none, keepdim = false)",
        REDUCED,
        "The least value over an axis, several (`axis = (1, 2)`), or all.",
        "x: [2, 3]",
        "x.min(axis = 1)",
    ),
    row(
        "prod",
        "x.prod(axis = none, keepdim = false)",
        REDUCED,
        "The product over an axis, several (`axis = (1, 2)`), or all.",
        "x: [2, 3]",
        "x.prod(axis = 1)",
    ),
];

/// Functions of two numbers, of which now one and now the other is the result.
const CHOICES: &[Row] = &[
    row(
        "max",
        "x.max(z)",
        "x: [..], z: [..] -> y: [..]",
        "The greater of two numbers. Each of two equal ones has half of the derivative.",
        "x: [4], z: [4]",
        "x.max(z)",
    ),
    row(
        "min",
        "x.min(z)",
        "x: [..], z: [..] -> y: [..]",
        "The lesser of two numbers. Each of two equal ones has half of the derivative.",
        "x: [4], z: [4]",
        "x.min(z)",
    ),
];

/// What the functions of numbers are, by their names in the language.
const NUMBERS: &[(&str, &str)] = &[
    ("exp", "The exponential function."),
    ("exp_m1", "The exponential function less 1, exact near 0."),
    ("exp2", "The power of 2."),
    ("ln", "The natural logarithm."),
    ("ln_1p", "The natural logarithm of one more than the number, exact near 0."),
    ("log2", "The logarithm to the base 2."),
    ("log10", "The logarithm to the base 10."),
    ("sqrt", "The square root."),
    ("pow", "The first number to the power of the second."),
    ("hypot", "The square root of the sum of two squares, without overflow."),
    ("abs", "The absolute value. Its derivative at 0 is 0."),
    ("sign", "The sign: -1, 0 or 1."),
    ("sin", "The sine of an angle in radians."),
    ("cos", "The cosine of an angle in radians."),
    ("tan", "The tangent of an angle in radians."),
    ("asin", "The angle in radians whose sine the number is."),
    ("acos", "The angle in radians whose cosine the number is."),
    ("atan", "The angle in radians whose tangent the number is."),
    ("atan2", "The angle in radians of the point with the ordinate `x` and the abscissa `z`."),
    ("sinh", "The hyperbolic sine."),
    ("cosh", "The hyperbolic cosine."),
    ("tanh", "The hyperbolic tangent."),
    ("asinh", "The inverse of the hyperbolic sine."),
    ("acosh", "The inverse of the hyperbolic cosine."),
    ("atanh", "The inverse of the hyperbolic tangent."),
    ("erf", "The error function."),
    ("sigmoid", "The logistic function: `1 / (1 + exp(-x))`."),
    ("floor", "The greatest whole number that is not greater. Its derivative is 0."),
    ("ceil", "The least whole number that is not less. Its derivative is 0."),
    ("trunc", "The whole part of a number. Its derivative is 0."),
    ("round", "The nearest whole number; halves go to the even one. Its derivative is 0."),
    ("fmod", "The remainder of a division, with the sign of the dividend."),
    ("epsilon", "The gap between 1 and the next number of the type of `x`. Its derivative is 0."),
    ("detach", "The number itself, without its derivative: the gradient stops here."),
];

pub(super) fn pages() -> Vec<Page> {
    let written = [STRUCTURE, DERIVATIVES, REDUCTIONS, CHOICES].into_iter().flatten().map(written);
    written.chain(NUMBERS.iter().map(|(name, description)| of_number(name, description))).collect()
}

fn page(name: &str, section: Section) -> Page {
    Page { group: Group::Functions, name: name.into(), sections: vec![section] }
}

fn written(row: &Row) -> Page {
    let inputs = row.inputs.split("], ").map(|input| {
        let (name, sizes) = input.trim_end_matches(']').split_once(": [").expect("an input is `x: [2, 3]`");
        part(name, &sizes.split(", ").map(|size| size.parse().expect("a size")).collect::<Vec<_>>(), (-2.0, 2.0))
    });
    let section = Section {
        description: vec![row.description.into()],
        call: row.call.into(),
        types: Some(row.types.into()),
        arguments: Vec::new(),
        stored: Vec::new(),
        definition: None,
        sketch: Some(Sketch::of_value(None, inputs.collect(), row.example.into(), row.name)),
    };
    page(row.name, section)
}

/// A function of the compiler's table, on the numbers that it is tested on.
fn of_number(name: &str, description: &str) -> Page {
    let in_table = if name == "pow" { "powf" } else { name };
    let row = TABLE.iter().find(|row| row.name == in_table).unwrap_or_else(|| panic!("there is no function `{name}`"));
    let names = &["x", "z"][..row.derivatives.len()];
    let call = match names {
        [x] => format!("{x}.{name}()"),
        _ => format!("x.{name}(z)"),
    };
    let range = |number: usize| row.domain.get(number).copied().unwrap_or((-2.0, 2.0));
    let inputs = names.iter().enumerate().map(|(number, name)| part(name, &[3], range(number)));
    // the gap is different for `f32` and `f64`: what is shown is that it is small
    let example = if name == "epsilon" { "x + x.epsilon()".to_string() } else { call.clone() };
    let section = Section {
        description: vec![
            description.into(),
            "Element by element, on tensors of any shape and on numbers in formulas.".into(),
        ],
        call,
        types: None,
        arguments: Vec::new(),
        stored: Vec::new(),
        definition: None,
        sketch: Some(Sketch::of_value(None, inputs.collect(), example, name)),
    };
    page(name, section)
}

fn part(name: &str, sizes: &[usize], range: (f64, f64)) -> Part {
    let texts: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    let kind = format!("[{}]", texts.join(", "));
    Part { name: name.into(), kind, len: sizes.iter().product(), range, is_index: false }
}
