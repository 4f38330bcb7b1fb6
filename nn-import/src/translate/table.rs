//! Which rule says which operator.

use super::call::Call;
use super::{
    Results, combined, contraction, convolution, elementwise, indexing, norm, padding, pooling, recurrent, reduction,
    resize, views,
};

/// A rule: the results of an operator, or why it cannot be said.
type Rule = fn(&mut Call<'_>) -> Results;

/// The rules by operator.
const RULES: &[(&[&str], Rule)] = &[
    (&["Identity"], elementwise::identity),
    (&["Dropout"], elementwise::dropout),
    (&["Cast", "CastLike"], elementwise::cast),
    (
        &[
            "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "Cos", "Cosh", "Erf", "Exp", "Floor",
            "HardSwish", "Log", "LogSigmoid", "Mish", "Relu", "Round", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus",
            "Softsign", "Sqrt", "Tan", "Tanh",
        ],
        elementwise::unary,
    ),
    (&["Sub", "Sum", "Mean"], elementwise::arithmetic),
    (&["Div"], combined::divide),
    (&["Add"], combined::add),
    (&["Mul"], combined::multiply),
    (&["Max", "Min", "Pow"], elementwise::several),
    (&["Mod"], elementwise::modulo),
    (&["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"], elementwise::comparison),
    (&["And", "Or", "Xor", "Not"], elementwise::logic),
    (&["Where"], elementwise::choose),
    (&["Clip"], elementwise::clip),
    (&["LeakyRelu", "Elu", "Celu"], elementwise::activation),
    (&["Selu"], elementwise::selu),
    (&["HardSigmoid"], elementwise::hard_sigmoid),
    (&["Gelu"], elementwise::gelu),
    (&["ThresholdedRelu"], elementwise::thresholded_relu),
    (&["Shrink"], elementwise::shrink),
    (&["Neg"], elementwise::negative),
    (&["Reciprocal"], elementwise::reciprocal),
    (&["IsNaN", "IsInf"], elementwise::is_nan),
    (&["PRelu"], elementwise::prelu),
    (&["Gemm"], combined::gemm),
    (&["MatMul"], combined::matmul),
    (&["Einsum"], contraction::einsum),
    (&["Conv"], convolution::convolution),
    (&["ConvTranspose"], convolution::transposed),
    (&["MaxPool"], pooling::max_pool),
    (&["AveragePool"], pooling::average_pool),
    (&["LpPool"], pooling::lp_pool),
    (&["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"], pooling::global_pool),
    (&["BatchNormalization"], norm::batch_norm),
    (&["LayerNormalization", "RMSNormalization"], combined::layer_norm),
    (&["InstanceNormalization"], norm::instance_norm),
    (&["GroupNormalization"], norm::group_norm),
    (&["LRN"], norm::local_response_norm),
    (&["MeanVarianceNormalization"], norm::mean_variance),
    (&["LpNormalization"], norm::lp_norm),
    (&["Softmax", "LogSoftmax"], norm::softmax),
    (&["Hardmax"], norm::hardmax),
    (
        &[
            "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum",
            "ReduceLogSumExp", "ReduceSumSquare",
        ],
        reduction::reduce,
    ),
    (&["ArgMax", "ArgMin"], reduction::position),
    (&["CumSum"], reduction::cumulative_sum),
    (&["Reshape"], views::reshape),
    (&["Flatten"], views::flatten),
    (&["Squeeze"], views::squeeze),
    (&["Unsqueeze"], views::unsqueeze),
    (&["Transpose"], views::transpose),
    (&["Expand"], views::expand),
    (&["Tile"], views::tile),
    (&["Concat"], views::concat),
    (&["Split"], views::split),
    (&["DepthToSpace"], views::depth_to_space),
    (&["SpaceToDepth"], views::space_to_depth),
    (&["Slice"], indexing::slice),
    (&["Gather"], indexing::gather),
    (&["GatherElements"], indexing::gather_elements),
    (&["OneHot"], indexing::one_hot),
    (&["Trilu"], indexing::trilu),
    (&["ReverseSequence"], indexing::reverse),
    (&["Pad"], padding::pad),
    (&["Resize", "Upsample"], resize::resize),
    (&["LSTM"], recurrent::lstm),
    (&["GRU"], recurrent::gru),
    (&["RNN"], recurrent::rnn),
];

/// The rule of an operator.
pub(super) fn rule(operator: &str) -> Option<Rule> {
    RULES.iter().find(|(names, _)| names.contains(&operator)).map(|(_, rule)| *rule)
}
