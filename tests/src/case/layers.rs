//! PyTorch's operations as layers and functions with arguments: a table, and how its rows are read.

use serde_json::Value;

use super::Problem;
use super::attributes::{Attributes, argument_text, axes_text, is_default};

/// How an operation is called in the language.
pub struct Rule {
    /// PyTorch's name in the description of a case.
    pub op: &'static str,
    /// The name in the language; `#` stands for the number of axes beside samples and channels.
    pub name: &'static str,
    /// Its arguments in order.
    pub arguments: &'static [Argument],
    /// The number of results besides the output.
    pub further_results: usize,
}

/// An argument made of attributes. What has PyTorch's default value is left out.
pub enum Argument {
    /// `in => out`
    Arrow(&'static str, &'static str),
    /// By position; one value stands for equal ones of all axes.
    First(&'static str),
    /// By position, all values of the list.
    List(&'static str),
    /// By position if it is not the default.
    Optional(&'static str, &'static str),
    /// By name.
    Keyword(&'static str, &'static str),
    /// By name; the default is the value of another attribute.
    As(&'static str, &'static str),
    /// By name: whether there is a parameter tensor, where no attribute says so.
    Has(&'static str, &'static str, &'static str),
    /// `axis = …`, without the samples; by default the last.
    LastAxis(&'static str),
    /// `axis = …`, without the samples; by default the first.
    FirstAxis(&'static str),
    /// `axis = …`, without the samples.
    Axis(&'static str),
    /// By position: an axis, without the samples.
    AxisAlone(&'static str),
    /// By position: all axes in another order, of which the samples stay first.
    Order(&'static str),
    /// It follows from the inputs.
    Ignored(&'static str),
}

use Argument::{Arrow, As, First, Has, Keyword, List};

/// An operation with one result.
pub const fn rule(op: &'static str, name: &'static str, arguments: &'static [Argument]) -> Rule {
    Rule { op, name, arguments, further_results: 0 }
}

const CONVOLUTION: &[Argument] = &[
    Arrow("in_channels", "out_channels"),
    Keyword("kernel", ""),
    Keyword("stride", "1"),
    Keyword("padding", "0"),
    Keyword("dilation", "1"),
    Keyword("groups", "1"),
    Has("bias", "bias", "true"),
    Keyword("padding_mode", "zeros"),
];

const TRANSPOSED: &[Argument] = &[
    Arrow("in_channels", "out_channels"),
    Keyword("kernel", ""),
    Keyword("stride", "1"),
    Keyword("padding", "0"),
    Keyword("output_padding", "0"),
    Keyword("groups", "1"),
    Has("bias", "bias", "true"),
    Keyword("dilation", "1"),
];

const RECURRENT: &[Argument] = &[
    Arrow("input_size", "hidden_size"),
    Keyword("num_layers", "1"),
    Keyword("nonlinearity", "tanh"),
    Keyword("bias", "true"),
    Keyword("bidirectional", "false"),
    Keyword("dropout", "0"),
    // what the language knows in one way only: a sample is a sequence, all of whose outputs are given
    Keyword("batch_first", "true"),
    Keyword("initial_state", "zeros"),
];

const fn recurrent(op: &'static str, name: &'static str, further_results: usize) -> Rule {
    Rule { op, name, arguments: RECURRENT, further_results }
}

const TRANSFORMER: &[Argument] = &[
    First("d_model"),
    First("nhead"),
    Keyword("dim_feedforward", "2048"),
    Keyword("dropout", "0.1"),
    Keyword("activation", "relu"),
    Keyword("norm_first", "false"),
    Keyword("causal", ""),
    Keyword("batch_first", "true"),
];

/// The operations that own parameters.
pub const LAYERS: &[Rule] = &[
    rule("linear", "Linear", &[Arrow("in_features", "out_features"), Has("bias", "bias", "true")]),
    rule("conv1d", "Conv1d", CONVOLUTION),
    rule("conv2d", "Conv2d", CONVOLUTION),
    rule("conv3d", "Conv3d", CONVOLUTION),
    rule("conv_transpose1d", "ConvTranspose1d", TRANSPOSED),
    rule("conv_transpose2d", "ConvTranspose2d", TRANSPOSED),
    rule("conv_transpose3d", "ConvTranspose3d", TRANSPOSED),
    rule(
        "batch_norm",
        "BatchNorm#d",
        &[First("num_features"), Keyword("eps", "1e-5"), Keyword("momentum", "0.1"), Has("affine", "weight", "true")],
    ),
    rule(
        "instance_norm",
        "InstanceNorm#d",
        &[First("num_features"), Keyword("eps", "1e-5"), Has("affine", "weight", "false")],
    ),
    rule(
        "group_norm",
        "GroupNorm",
        &[First("num_groups"), First("num_channels"), Keyword("eps", "1e-5"), Has("affine", "weight", "true")],
    ),
    rule(
        "layer_norm",
        "LayerNorm",
        &[
            List("normalized_shape"),
            Keyword("eps", "1e-5"),
            Has("elementwise_affine", "weight", "true"),
            Has("bias", "bias", "true"),
        ],
    ),
    rule(
        "rms_norm",
        "RMSNorm",
        &[List("normalized_shape"), Keyword("eps", ""), Has("elementwise_affine", "weight", "true")],
    ),
    rule("prelu", "PReLU", &[Keyword("num_parameters", "1")]),
    rule("embedding", "Embedding", &[Arrow("num_embeddings", "embedding_dim"), Keyword("padding_idx", "")]),
    recurrent("rnn", "RNN", 1),
    recurrent("lstm", "LSTM", 2),
    recurrent("gru", "GRU", 1),
    rule(
        "multihead_attention",
        "MultiheadAttention",
        &[
            First("embed_dim"),
            First("num_heads"),
            Keyword("bias", "true"),
            Keyword("causal", "false"),
            Argument::Ignored("self_attention"),
            Keyword("dropout", "0"),
            Keyword("batch_first", "true"),
        ],
    ),
    rule("transformer_encoder_layer", "TransformerEncoderLayer", TRANSFORMER),
    rule("transformer_decoder_layer", "TransformerDecoderLayer", TRANSFORMER),
];

/// The rule of an operation.
pub fn find(rules: &'static [Rule], op: &str) -> Option<&'static Rule> {
    rules.iter().find(|rule| rule.op == op)
}

/// The name of a rule for an input of this rank, samples included.
pub fn name(rule: &Rule, rank: usize) -> String {
    let axes = rank.saturating_sub(2).max(1);
    rule.name.replace('#', &axes.to_string())
}

/// The arguments of a node by its rule, each as text; `rank` is that of its input, samples included.
pub fn arguments(
    rule: &Rule,
    attributes: &Attributes<'_>,
    params: Option<&Value>,
    rank: usize,
) -> Result<Vec<String>, Problem> {
    let mut texts = Vec::new();
    for argument in rule.arguments {
        texts.extend(match argument {
            Arrow(from, to) => Some(format!("{} => {}", attributes.whole(from)?, attributes.whole(to)?)),
            First(name) => Some(axes_text(attributes.need(name)?)?),
            List(name) => Some(argument_text(attributes.need(name)?)?),
            Argument::Optional(name, default) => {
                attributes.get(name).map(axes_text).transpose()?.filter(|text| !is_default(text, default))
            }
            Keyword(name, default) => keyword(name, attributes.get(name), default)?,
            As(name, other) => {
                let default = attributes.get(other).map(axes_text).transpose()?;
                keyword(name, attributes.get(name), &default.unwrap_or_default())?
            }
            Has(name, tensor, default) => {
                let present = params.map(|params| Value::from(params.get(tensor).is_some()));
                keyword(name, attributes.get(name).or(present.as_ref()), default)?
            }
            Argument::Ignored(name) => {
                attributes.get(name);
                None
            }
            Argument::LastAxis(name) => axis(attributes, name, rank, Some(rank.saturating_sub(2)))?,
            Argument::FirstAxis(name) => axis(attributes, name, rank, Some(0))?,
            Argument::Axis(name) => axis(attributes, name, rank, None)?,
            Argument::AxisAlone(name) => Some(argument_text(&axes(attributes.need(name)?, rank)?[0])?),
            Argument::Order(name) => {
                let order = attributes.need(name)?.as_array().ok_or("an order that is no list")?;
                let [Value::Number(first), others @ ..] = order.as_slice() else { return Err("no order".into()) };
                if first.as_i64() != Some(0) {
                    return Err("samples that change their place".into());
                }
                let axes = axes(&Value::from(others.to_vec()), rank)?;
                Some(axes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
        });
    }
    Ok(texts)
}

fn keyword(name: &str, value: Option<&Value>, default: &str) -> Result<Option<String>, Problem> {
    let Some(value) = value else { return Ok(None) };
    let text = axes_text(value)?;
    Ok((!is_default(&text, default)).then(|| format!("{name} = {text}")))
}

/// PyTorch counts axes with the samples, or from the end.
fn axis(
    attributes: &Attributes<'_>,
    name: &str,
    rank: usize,
    default: Option<usize>,
) -> Result<Option<String>, Problem> {
    let text = argument_text(&Value::from(axes(attributes.need(name)?, rank)?))?;
    let is_default = default.is_some_and(|default| text == default.to_string());
    Ok((!is_default).then(|| format!("axis = {text}")))
}

/// One axis or several, without the samples.
fn axes(value: &Value, rank: usize) -> Result<Vec<Value>, Problem> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let rank = i64::try_from(rank).unwrap_or(i64::MAX);
    let mut axes = Vec::new();
    for value in list {
        let dim = value.as_i64().ok_or_else(|| format!("the axis {value}"))?;
        let axis = if dim < 0 { dim + rank } else { dim } - 1;
        if !(0..rank - 1).contains(&axis) {
            return Err(format!("the axis {dim} of {rank}, samples included"));
        }
        axes.push(Value::from(axis));
    }
    Ok(axes)
}
