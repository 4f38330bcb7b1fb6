//! PyTorch's operations without parameters.

use serde_json::Value;

use super::attributes::Attributes;
use super::layers::Argument::{As, Axis, First, FirstAxis, Keyword, LastAxis, Optional};
use super::layers::{Argument, Rule, arguments, find, rule};
use super::{Problem, sizes};

const MAX_POOL: &[Argument] = &[
    First("kernel"),
    As("stride", "kernel"),
    Keyword("padding", "0"),
    Keyword("dilation", "1"),
    Keyword("ceil_mode", "false"),
];

const AVERAGE_POOL: &[Argument] = &[
    First("kernel"),
    As("stride", "kernel"),
    Keyword("padding", "0"),
    Keyword("ceil_mode", "false"),
    Keyword("count_include_pad", "true"),
    Keyword("divisor_override", ""),
];

/// Functions: the first inputs are tensors, then come these arguments.
const FUNCTIONS: &[Rule] = &[
    rule("relu", "relu", &[]),
    rule("relu6", "relu6", &[]),
    rule("leaky_relu", "leaky_relu", &[Optional("negative_slope", "0.01")]),
    rule("elu", "elu", &[Optional("alpha", "1")]),
    rule("celu", "celu", &[Optional("alpha", "1")]),
    rule("selu", "selu", &[]),
    rule("silu", "silu", &[]),
    rule("mish", "mish", &[]),
    rule("softplus", "softplus", &[Keyword("beta", "1"), Keyword("threshold", "20")]),
    rule("softsign", "softsign", &[]),
    rule("sigmoid", "sigmoid", &[]),
    rule("logsigmoid", "log_sigmoid", &[]),
    rule("log_sigmoid", "log_sigmoid", &[]),
    rule("hardsigmoid", "hardsigmoid", &[]),
    rule("hardswish", "hardswish", &[]),
    rule("hardtanh", "hardtanh", &[Keyword("min_val", "-1"), Keyword("max_val", "1")]),
    rule("hardshrink", "hardshrink", &[Optional("lambd", "0.5")]),
    rule("softshrink", "softshrink", &[Optional("lambd", "0.5")]),
    rule("tanhshrink", "tanhshrink", &[]),
    rule("glu", "glu", &[LastAxis("dim")]),
    rule("tanh", "tanh", &[]),
    rule("exp", "exp", &[]),
    rule("log", "ln", &[]),
    rule("log1p", "ln_1p", &[]),
    rule("expm1", "exp_m1", &[]),
    rule("sqrt", "sqrt", &[]),
    rule("square", "sq", &[]),
    rule("abs", "abs", &[]),
    rule("sin", "sin", &[]),
    rule("cos", "cos", &[]),
    rule("erf", "erf", &[]),
    rule("clamp", "clamp", &[Keyword("min", ""), Keyword("max", "")]),
    rule("maximum", "max", &[]),
    rule("minimum", "min", &[]),
    rule("softmax", "softmax", &[LastAxis("dim")]),
    rule("log_softmax", "log_softmax", &[LastAxis("dim")]),
    rule("softmin", "softmin", &[LastAxis("dim")]),
    rule("transpose", "transpose", &[Argument::AxisAlone("dim0"), Argument::AxisAlone("dim1")]),
    rule(
        "local_response_norm",
        "local_response_norm",
        &[First("size"), Keyword("alpha", "0.0001"), Keyword("beta", "0.75"), Keyword("k", "1")],
    ),
    rule("concat", "concat", &[FirstAxis("dim")]),
    rule("cat", "concat", &[FirstAxis("dim")]),
    rule("select", "select", &[Axis("dim"), Keyword("index", "")]),
    rule("narrow", "narrow", &[Axis("dim"), Keyword("start", "0"), Keyword("length", "")]),
    rule("mean", "mean", &[Axis("dims"), Keyword("keepdim", "false")]),
    rule("sum", "sum", &[Axis("dims"), Keyword("keepdim", "false")]),
    rule("amax", "max", &[Axis("dims"), Keyword("keepdim", "false")]),
    rule("amin", "min", &[Axis("dims"), Keyword("keepdim", "false")]),
    rule("max_pool1d", "max_pool1d", MAX_POOL),
    rule("max_pool2d", "max_pool2d", MAX_POOL),
    rule("max_pool3d", "max_pool3d", MAX_POOL),
    rule("avg_pool1d", "avg_pool1d", AVERAGE_POOL),
    rule("avg_pool2d", "avg_pool2d", AVERAGE_POOL),
    rule("avg_pool3d", "avg_pool3d", AVERAGE_POOL),
    rule("adaptive_avg_pool1d", "adaptive_avg_pool1d", &[First("output_size")]),
    rule("adaptive_avg_pool2d", "adaptive_avg_pool2d", &[First("output_size")]),
    rule("adaptive_max_pool1d", "adaptive_max_pool1d", &[First("output_size")]),
    rule("adaptive_max_pool2d", "adaptive_max_pool2d", &[First("output_size")]),
    rule("global_avg_pool1d", "global_avg_pool1d", &[]),
    rule("global_avg_pool2d", "global_avg_pool2d", &[]),
    rule("global_max_pool1d", "global_max_pool1d", &[]),
    rule("global_max_pool2d", "global_max_pool2d", &[]),
    rule(
        "pad1d",
        "pad1d",
        &[Keyword("left", "0"), Keyword("right", "0"), Keyword("value", "0"), Keyword("mode", "constant")],
    ),
    rule(
        "pad2d",
        "pad2d",
        &[
            Keyword("top", "0"),
            Keyword("bottom", "0"),
            Keyword("left", "0"),
            Keyword("right", "0"),
            Keyword("value", "0"),
            Keyword("mode", "constant"),
        ],
    ),
    rule("upsample_nearest1d", "upsample_nearest1d", &[First("factor")]),
    rule("upsample_nearest2d", "upsample_nearest2d", &[First("factor")]),
    rule("upsample_bilinear2d", "upsample_bilinear2d", &[First("factor"), Keyword("align_corners", "false")]),
    rule("pixel_shuffle", "pixel_shuffle", &[First("factor")]),
    rule("pixel_unshuffle", "pixel_unshuffle", &[First("factor")]),
    rule("permute", "permute", &[Argument::Order("dims")]),
    rule("stack", "stack", &[FirstAxis("dim")]),
];

/// Arithmetic between tensors.
const OPERATORS: &[(&str, &str)] = &[("add", "+"), ("sub", "-"), ("mul", "*"), ("div", "/")];

/// What changes the shape only: the output's shape says all.
const RESHAPES: &[&str] = &["flatten", "reshape", "view", "unflatten", "squeeze", "unsqueeze"];

/// An operation applied to tensors by name; `rank` is that of the first, samples included.
pub fn call(
    op: &str,
    attributes: &Attributes<'_>,
    inputs: &[String],
    rank: usize,
    trains: bool,
) -> Result<String, Problem> {
    let [first, others @ ..] = inputs else { return Err(format!("op \"{op}\" without inputs")) };
    if let Some((_, operator)) = OPERATORS.iter().find(|(known, _)| *known == op) {
        return Ok(format!("({})", inputs.join(&format!(" {operator} "))));
    }
    if RESHAPES.contains(&op) {
        return reshape(first, attributes);
    }
    match op {
        "identity" => return Ok(first.clone()),
        "dropout" => return dropout(first, attributes, trains),
        "gelu" => return gelu(first, attributes),
        _ => {}
    }
    let rule = find(FUNCTIONS, op).ok_or_else(|| format!("unknown op \"{op}\""))?;
    let mut texts = others.to_vec();
    texts.extend(arguments(rule, attributes, None, rank)?);
    Ok(format!("{first}.{}({})", rule.name, texts.join(", ")))
}

fn reshape(tensor: &str, attributes: &Attributes<'_>) -> Result<String, Problem> {
    let wanted = attributes.get("out_shape").and_then(sizes).ok_or("a shape without numbers")?;
    // they say the same as the output's shape
    for (name, _) in attributes.rest() {
        attributes.get(name);
    }
    match wanted.as_slice() {
        [_, _] => Ok(format!("{tensor}.flatten()")),
        [_, rest @ ..] => {
            let texts: Vec<String> = rest.iter().map(ToString::to_string).collect();
            Ok(format!("{tensor}.reshape({})", texts.join(", ")))
        }
        [] => Err("a shape without samples".into()),
    }
}

/// While training, other elements are dropped than PyTorch drops; else none.
fn dropout(tensor: &str, attributes: &Attributes<'_>, trains: bool) -> Result<String, Problem> {
    let rate = attributes.get("p").and_then(Value::as_f64).unwrap_or(0.5);
    if trains && rate > 0.0 {
        return Err("dropout while training: the random numbers are others".into());
    }
    Ok(tensor.to_string())
}

fn gelu(tensor: &str, attributes: &Attributes<'_>) -> Result<String, Problem> {
    match attributes.get("approximate").and_then(Value::as_str).unwrap_or("none") {
        "none" => Ok(format!("{tensor}.gelu()")),
        "tanh" => Ok(format!("{tensor}.gelu_tanh()")),
        other => Err(format!("gelu with approximate = \"{other}\"")),
    }
}
