//! Attention with several heads, and the blocks of transformers that it stands in, as layers of the library.

use super::Reason;
use super::call::Call;
use super::trace::{heads, joined};
use super::value::{Computed, Value};
use crate::constant::{Constant, Kind};
use crate::network::{Expression, Layer};

/// A dense layer whose operand is attention with heads: both, and the layer in front of them, are one of the library.
pub(super) fn attention(call: &mut Call<'_>, results: &[Value]) -> Result<Option<Vec<Value>>, Reason> {
    let [Value::Computed(result)] = results else { return Ok(None) };
    let Some(found) = find(call, result) else { return Ok(None) };
    let Found { source, layer } = found;
    let number = call.translation.layer(layer);
    let expression = Expression::Layer(number, vec![source.clone(), source.clone(), source]);
    let expression = call.define(expression);
    call.translation.remember(&expression, &result.present());
    Ok(Some(vec![Value::Computed(Computed { expression, ..result.clone() })]))
}

struct Found {
    source: Expression,
    layer: Layer,
}

fn find(call: &Call<'_>, result: &Computed) -> Option<Found> {
    let translation = &*call.translation;
    let (out, operand) = translation.layer_call(&result.expression)?;
    let out = &translation.network.layers[out];
    let [(_, out_weight), out_bias @ ..] = out.tensors.as_slice() else { return None };
    let [width, inner] = out_weight.shape[..] else { return None };
    if out.word != "linear" || width != inner {
        return None;
    }
    let [positions, own_width] = result.present()[..] else { return None };
    let heads_side_by_side = translation.trace(&operand, &[positions, width])?;
    let Expression::Value(at, 0) = heads_side_by_side.source else { return None };
    let Expression::Function(name, parts) = &translation.network.definitions[at].expression else { return None };
    let [query, key, value, more @ ..] = parts.as_slice() else { return None };
    let sizes = translation.sizes_of(&heads_side_by_side.source)?;
    let [count, length, each] = *sizes else { return None };
    let fits = length == positions && count * each == width && own_width == width;
    if name != "scaled_dot_product_attention" || !fits || heads_side_by_side.positions != joined(length, count, each) {
        return None;
    }
    let mut source = None;
    for (part, operand) in [query, key, value].into_iter().enumerate() {
        let traced = translation.trace(operand, sizes)?;
        if traced.positions != heads(length, 3 * width, part * width, count, each) {
            return None;
        }
        if source.get_or_insert_with(|| traced.source.clone()) != &traced.source {
            return None;
        }
    }
    let (before, x) = translation.layer_call(&source?)?;
    let before = &translation.network.layers[before];
    let [(_, in_weight), in_bias @ ..] = before.tensors.as_slice() else { return None };
    if before.word != "linear" || in_weight.shape != [3 * width, width] {
        return None;
    }
    let has_bias = !(in_bias.is_empty() && out_bias.is_empty());
    // exporters leave out a bias of zeros
    let bias = |own: &[(String, Constant)], count: usize| match own {
        [(_, bias)] => bias.clone(),
        _ => Constant::new(Kind::Real, vec![count], vec![0.0; count]),
    };
    let mut tensors = vec![("in_proj_weight".to_string(), in_weight.clone())];
    tensors.extend(has_bias.then(|| ("in_proj_bias".to_string(), bias(in_bias, 3 * width))));
    tensors.push(("out_proj.weight".into(), out_weight.clone()));
    tensors.extend(has_bias.then(|| ("out_proj.bias".to_string(), bias(out_bias, width))));
    let mut arguments = vec![width.to_string(), count.to_string()];
    if !has_bias {
        arguments.push("bias = false".into());
    }
    if !more.is_empty() {
        arguments.push("causal = true".into());
    }
    let path = match out.path.rsplit_once('.') {
        Some((path, "out_proj")) => path.to_string(),
        // the module around
        _ => before.path.rsplit_once('.').map_or_else(String::new, |(path, _)| path.to_string()),
    };
    let kind = format!("MultiheadAttention({})", arguments.join(", "));
    Some(Found { source: x, layer: Layer { path, word: "attention", kind, tensors } })
}

/// A block of a transformer's encoder, of which a value is the end: a norm, or a residual in front of the next block.
pub(super) fn encoder(call: &mut Call<'_>, results: &[Value]) -> Option<Vec<Value>> {
    let [Value::Computed(result)] = results else { return None };
    let block =
        call.translation.post_norm(&result.expression).or_else(|| call.translation.pre_norm(&result.expression))?;
    let Block { x, layer } = block;
    let number = call.translation.layer(layer);
    let expression = call.define(Expression::Layer(number, vec![x]));
    call.translation.remember(&expression, &result.present());
    Some(vec![Value::Computed(Computed { expression, ..result.clone() })])
}

struct Block {
    x: Expression,
    layer: Layer,
}

/// The parts of a block.
struct Parts<'a> {
    attention: &'a Layer,
    linear1: &'a Layer,
    linear2: &'a Layer,
    norm1: &'a Layer,
    norm2: &'a Layer,
    activation: String,
    norm_first: bool,
}

impl super::Translation {
    /// The layer of a call with one operand.
    fn called(&self, value: &Expression, word: &str) -> Option<(&Layer, Expression)> {
        let (number, operand) = self.layer_call(value)?;
        let layer = &self.network.layers[number];
        (layer.word == word).then_some((layer, operand))
    }

    /// The attention of a value to itself.
    fn self_attention(&self, value: &Expression) -> Option<(&Layer, Expression)> {
        let Expression::Layer(number, operands) = self.resolved(value) else { return None };
        let [query, key, values] = operands.as_slice() else { return None };
        let layer = &self.network.layers[*number];
        (layer.word == "attention" && query == key && key == values).then(|| (layer, query.clone()))
    }

    /// `norm2(h + linear2(activation(linear1(h))))` with `h = norm1(x + attention(x, x, x))`.
    fn post_norm(&self, value: &Expression) -> Option<Block> {
        let (norm2, sum) = self.called(value, "norm")?;
        let (h, linear1, linear2, activation, inner) = self.feed_forward(&sum)?;
        if inner != h {
            return None;
        }
        let (norm1, sum) = self.called(&h, "norm")?;
        let Expression::Binary("+", a, b) = self.resolved(&sum) else { return None };
        let (attention, x) = self.self_attention(b)?;
        if **a != x {
            return None;
        }
        let parts = Parts { attention, linear1, linear2, norm1, norm2, activation, norm_first: false };
        Some(Block { x, layer: parts.layer()? })
    }

    /// `h + linear2(activation(linear1(norm2(h))))` with `h = x + attention(norm1(x), norm1(x), norm1(x))`.
    fn pre_norm(&self, value: &Expression) -> Option<Block> {
        let (h, linear1, linear2, activation, inner) = self.feed_forward(value)?;
        let (norm2, normed) = self.called(&inner, "norm")?;
        let Expression::Binary("+", x, b) = self.resolved(&h) else { return None };
        let (attention, own) = self.self_attention(b)?;
        let (norm1, operand) = self.called(&own, "norm")?;
        if normed != h || operand != **x {
            return None;
        }
        let parts = Parts { attention, linear1, linear2, norm1, norm2, activation, norm_first: true };
        Some(Block { x: operand, layer: parts.layer()? })
    }

    /// `h + linear2(activation(linear1(inner)))`.
    fn feed_forward(&self, sum: &Expression) -> Option<(Expression, &Layer, &Layer, String, Expression)> {
        let Expression::Binary("+", h, b) = self.resolved(sum) else { return None };
        let (linear2, activated) = self.called(b, "linear")?;
        let Expression::Method(activation, operands) = self.resolved(&activated) else { return None };
        let (linear1, inner) = self.called(operands.first()?, "linear")?;
        Some(((**h).clone(), linear1, linear2, activation.clone(), inner))
    }
}

impl Parts<'_> {
    /// The layer of the library, if its tensors are those that it has.
    fn layer(&self) -> Option<Layer> {
        let path = self.attention.path.strip_suffix(".self_attn").unwrap_or(&self.attention.path).to_string();
        let [width, features] =
            *[&self.linear2.tensors[0].1, &self.linear1.tensors[0].1].map(|one| one.shape[0]).as_slice()
        else {
            return None;
        };
        let arguments = self.attention.kind.strip_prefix("MultiheadAttention(")?.strip_suffix(')')?;
        let mut arguments: Vec<String> = arguments.split(", ").map(String::from).collect();
        let is_causal = arguments.iter().any(|one| one == "causal = true");
        arguments.truncate(2);
        arguments.push(format!("dim_feedforward = {features}"));
        match self.activation.as_str() {
            "relu" => {}
            "gelu" => arguments.push("activation = gelu".into()),
            _ => return None,
        }
        if self.norm_first {
            arguments.push("norm_first = true".into());
        }
        if is_causal {
            arguments.push("causal = true".into());
        }
        let parts = [
            ("self_attn", self.attention, 4),
            ("linear1", self.linear1, 2),
            ("linear2", self.linear2, 2),
            ("norm1", self.norm1, 2),
            ("norm2", self.norm2, 2),
        ];
        let mut tensors: Vec<(String, Constant)> = Vec::new();
        for (name, layer, count) in parts {
            let is_plain = !name.starts_with("norm") || layer.kind == format!("LayerNorm({width})");
            if layer.tensors.len() != count || !is_plain {
                return None;
            }
            tensors.extend(layer.tensors.iter().map(|(own, tensor)| (format!("{name}.{own}"), tensor.clone())));
        }
        let kind = format!("TransformerEncoderLayer({})", arguments.join(", "));
        Some(Layer { path, word: "encoder", kind, tensors })
    }
}
