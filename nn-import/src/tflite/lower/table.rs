//! Which rule makes which operator.

use super::{Lowering, Results};
use crate::tflite::file::Operator;

/// A rule: it says what the results of an operator are, or why they cannot be said.
type Rule = fn(&mut Lowering<'_, '_>, &Operator) -> Results;

/// The rules by operator.
#[rustfmt::skip] // a line for each rule
const RULES: &[(&[&str], Rule)] = &[
    (&["CONV_2D"], |l, o| l.convolution(o)),
    (&["DEPTHWISE_CONV_2D"], |l, o| l.depthwise(o)),
    (&["TRANSPOSE_CONV"], |l, o| l.transposed_convolution(o)),
    (&["AVERAGE_POOL_2D", "MAX_POOL_2D"], |l, o| l.pool(o)),
    (&["DEPTH_TO_SPACE", "SPACE_TO_DEPTH"], |l, o| l.blocks(o)),
    (&["RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR"], |l, o| l.resize(o)),
    (&["FULLY_CONNECTED"], |l, o| l.dense(o)),
    (&["BATCH_MATMUL"], |l, o| l.products(o)),
    (&["UNIDIRECTIONAL_SEQUENCE_LSTM"], |l, o| l.lstm(o)),
    (&["UNIDIRECTIONAL_SEQUENCE_RNN"], |l, o| l.rnn(o)),
    (&["ABS", "CEIL", "COS", "EXP", "FLOOR", "HARD_SWISH", "LOG", "LOGICAL_NOT", "LOGISTIC", "NEG", "RELU", "ROUND",
       "SIGN", "SIN", "SQRT", "TANH"], |l, o| l.unary(o)),
    (&["DEQUANTIZE", "DENSIFY"], |l, o| l.same(o)),
    (&["RELU6", "RELU_0_TO_1", "RELU_N1_TO_1"], |l, o| l.clip(o)),
    (&["ELU"], |l, o| l.elu(o)),
    (&["LEAKY_RELU"], |l, o| l.leaky_relu(o)),
    (&["GELU"], |l, o| l.gelu(o)),
    (&["PRELU"], |l, o| l.prelu(o)),
    (&["SQUARE"], |l, o| l.square(o)),
    (&["RSQRT"], |l, o| l.inverse_root(o)),
    (&["CAST"], |l, o| l.cast(o)),
    (&["ZEROS_LIKE"], |l, o| l.zeros(o)),
    (&["ADD", "ADD_N", "SUB", "MUL", "DIV", "FLOOR_DIV", "FLOOR_MOD", "MAXIMUM", "MINIMUM", "POW", "SQUARED_DIFFERENCE",
       "EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL", "LOGICAL_AND", "LOGICAL_OR", "SELECT",
       "SELECT_V2"], |l, o| l.several(o)),
    (&["MEAN", "SUM", "REDUCE_ALL", "REDUCE_ANY", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_PROD"], |l, o| l.reduce(o)),
    (&["ARG_MAX", "ARG_MIN"], |l, o| l.position(o)),
    (&["CUMSUM"], |l, o| l.cumulative_sum(o)),
    (&["SOFTMAX", "LOG_SOFTMAX", "L2_NORMALIZATION"], |l, o| l.along_last(o)),
    (&["LOCAL_RESPONSE_NORMALIZATION"], |l, o| l.local_response(o)),
    (&["RESHAPE"], |l, o| l.reshape(o)),
    (&["SQUEEZE"], |l, o| l.squeeze(o)),
    (&["EXPAND_DIMS"], |l, o| l.expand(o)),
    (&["TRANSPOSE"], |l, o| l.transpose(o)),
    (&["CONCATENATION"], |l, o| l.concat(o)),
    (&["PACK"], |l, o| l.pack(o)),
    (&["SHAPE"], |l, o| l.sizes(o)),
    (&["RANK"], |l, o| l.count_axes(o)),
    (&["TILE"], |l, o| l.tile(o)),
    (&["BROADCAST_TO", "FILL"], |l, o| l.broadcast(o)),
    (&["RANGE"], |l, o| l.range(o)),
    (&["PAD", "PADV2", "MIRROR_PAD"], |l, o| l.pad(o)),
    (&["SPLIT", "SPLIT_V"], |l, o| l.split(o)),
    (&["UNPACK"], |l, o| l.unpack(o)),
    (&["SLICE"], |l, o| l.slice(o)),
    (&["STRIDED_SLICE"], |l, o| l.strided_slice(o)),
    (&["GATHER", "EMBEDDING_LOOKUP"], |l, o| l.gather(o)),
    (&["REVERSE_V2"], |l, o| l.reverse(o)),
    (&["ONE_HOT"], |l, o| l.one_hot(o)),
];

/// The rule of an operator.
pub(super) fn rule(operator: &str) -> Result<Rule, String> {
    let rule = RULES.iter().find(|(names, _)| names.contains(&operator)).map(|(_, rule)| *rule);
    rule.ok_or_else(|| match operator.strip_prefix("CUSTOM ") {
        Some(name) => format!("`{name}` is an operator of the model's own"),
        None => format!("`{operator}` cannot be said"),
    })
}
