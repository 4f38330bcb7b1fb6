//! The loss of a case: PyTorch's name, its arguments by name, the kind of the target.

use serde_json::Value;

use super::attributes::{Attributes, argument_text, is_default};
use super::{Problem, shape_text, sizes};

/// PyTorch's losses and the defaults of their arguments.
const LOSSES: &[(&str, &[(&str, &str)])] = &[
    ("mse", &[]),
    ("l1", &[]),
    ("huber", &[("delta", "1")]),
    ("smooth_l1", &[("beta", "1")]),
    ("bce", &[("weight", "")]),
    ("bce_with_logits", &[("weight", ""), ("pos_weight", "")]),
    ("cross_entropy", &[("weight", ""), ("ignore_index", ""), ("label_smoothing", "0")]),
    ("nll", &[("weight", ""), ("ignore_index", "")]),
    ("kl_div", &[("log_target", "false")]),
    ("poisson_nll", &[("log_input", "true"), ("full", "false"), ("eps", "1e-8")]),
    ("soft_margin", &[]),
    ("multi_margin", &[("p", "1"), ("margin", "1"), ("weight", "")]),
    ("hinge_embedding", &[("margin", "1")]),
    ("hinge", &[]),
    ("squared_hinge", &[]),
    ("log_cosh", &[]),
];

/// `loss(target: [3]) = mse(output, target);`
pub fn loss(description: &Value, target: &Value, output: &[i64]) -> Result<String, Problem> {
    let op = description["op"].as_str().ok_or("a loss without \"op\"")?;
    let all = description.as_object().ok_or("a loss that is no object")?;
    let (_, defaults) = LOSSES.iter().find(|(known, _)| *known == op).ok_or(format!("unknown loss \"{op}\""))?;
    let attributes = Attributes::new(op, all);
    let mut arguments = vec!["output".to_string(), "target".to_string()];
    for (name, default) in defaults.iter().chain(&[("reduction", "mean")]) {
        let Some(value) = attributes.get(name) else { continue };
        let text = argument_text(value)?;
        if !is_default(&text, default) {
            arguments.push(format!("{name} = {text}"));
        }
    }
    attributes.finish()?;
    Ok(format!("loss(target: {}) = {op}({});", target_type(target, output)?, arguments.join(", ")))
}

/// Classes are counted along the output's axis behind the samples.
fn target_type(target: &Value, output: &[i64]) -> Result<String, Problem> {
    let shape = sizes(&target["shape"]).filter(|shape| !shape.is_empty()).ok_or("a target without a shape")?;
    let own = &shape[1..];
    match target["dtype"].as_str() {
        Some("float" | "float32" | "float64") => Ok(shape_text(own)),
        Some("int64") => {
            let classes = output.get(1).ok_or("classes for an output without an axis of classes")?;
            let sizes = if own.is_empty() { String::new() } else { shape_text(own) };
            Ok(format!("index<{classes}>{sizes}"))
        }
        other => Err(format!("a target of type {other:?}")),
    }
}
