//! The numbers of TFLite's format: fields of its tables, operators, types.

/// Fields of the tables, by the names of the tables.
macro_rules! fields {
    ($($(#[$note:meta])* $table:ident { $($field:ident = $number:literal),* $(,)? })*) => {
        $($(#[$note])* pub(super) mod $table { $(pub(in crate::tflite) const $field: u16 = $number;)* })*
    };
}

fields! {
    /// The file.
    model { OPERATOR_CODES = 1, GRAPHS = 2, BUFFERS = 4 }
    /// What operators the file has.
    operator_code { OLD_CODE = 0, CUSTOM = 1, CODE = 3 }
    graph { TENSORS = 0, INPUTS = 1, OUTPUTS = 2, OPERATORS = 3 }
    tensor {
        SHAPE = 0, KIND = 1, BUFFER = 2, NAME = 3, QUANTIZATION = 4, IS_VARIABLE = 5, SPARSITY = 6, SHAPE_SIGNATURE = 7,
    }
    quantization { SCALE = 2, ZERO_POINT = 3, AXIS = 6 }
    /// Offset and size are of bytes behind the tables.
    buffer { DATA = 0, OFFSET = 1, SIZE = 2 }
    operator { CODE = 0, INPUTS = 1, OUTPUTS = 2, OPTIONS = 4 }
    sparsity { ORDER = 0, BLOCKS = 1, AXES = 2 }
    sparse_axis { FORMAT = 0, SIZE = 1, SEGMENTS_KIND = 2, SEGMENTS = 3, INDICES_KIND = 4, INDICES = 5 }
    /// A vector of numbers as a table.
    list { VALUES = 0 }

    convolution { PADDING = 0, STRIDE_W = 1, STRIDE_H = 2, ACTIVATION = 3, DILATION_W = 4, DILATION_H = 5 }
    depthwise { PADDING = 0, STRIDE_W = 1, STRIDE_H = 2, ACTIVATION = 4, DILATION_W = 5, DILATION_H = 6 }
    transposed { PADDING = 0, STRIDE_W = 1, STRIDE_H = 2, ACTIVATION = 3 }
    pool { PADDING = 0, STRIDE_W = 1, STRIDE_H = 2, WIDTH = 3, HEIGHT = 4, ACTIVATION = 5 }
    dense { ACTIVATION = 0, FORMAT = 1, KEEPS_AXES = 2 }
    /// `ADD`, `SUB`, `MUL`, `DIV`, `L2_NORMALIZATION`.
    activated { ACTIVATION = 0 }
    reducer { KEEPS_AXES = 0 }
    reshape { SHAPE = 0 }
    squeeze { AXES = 0 }
    concat { AXIS = 0, ACTIVATION = 1 }
    pack { AXIS = 1 }
    unpack { AXIS = 1 }
    strided_slice { BEGIN = 0, END = 1, ELLIPSIS = 2, NEW_AXIS = 3, SHRINK = 4, OFFSET = 5 }
    mirror_pad { MODE = 0 }
    leaky_relu { ALPHA = 0 }
    gelu { APPROXIMATE = 0 }
    softmax { BETA = 0 }
    resize_bilinear { ALIGN_CORNERS = 2, HALF_PIXEL = 3 }
    resize_nearest { ALIGN_CORNERS = 0, HALF_PIXEL = 1 }
    block { SIZE = 0 }
    matmul { ADJ_X = 0, ADJ_Y = 1 }
    gather { AXIS = 0, BATCH_AXES = 1 }
    cast { TO = 1 }
    local_response { RADIUS = 0, BIAS = 1, ALPHA = 2, BETA = 3 }
    cumsum { EXCLUSIVE = 0, REVERSE = 1 }
    one_hot { AXIS = 0 }
    lstm { ACTIVATION = 0, CELL_CLIP = 1, TIME_MAJOR = 3 }
    rnn { TIME_MAJOR = 0, ACTIVATION = 1 }
}

/// The types of elements.
pub(super) mod kind {
    pub(in crate::tflite) const F32: i8 = 0;
    pub(in crate::tflite) const F16: i8 = 1;
    pub(in crate::tflite) const I32: i8 = 2;
    pub(in crate::tflite) const U8: i8 = 3;
    pub(in crate::tflite) const I64: i8 = 4;
    pub(in crate::tflite) const TEXT: i8 = 5;
    pub(in crate::tflite) const BOOL: i8 = 6;
    pub(in crate::tflite) const I16: i8 = 7;
    pub(in crate::tflite) const I8: i8 = 9;
    pub(in crate::tflite) const F64: i8 = 10;
    pub(in crate::tflite) const U64: i8 = 12;
    pub(in crate::tflite) const U32: i8 = 15;
    pub(in crate::tflite) const U16: i8 = 16;
    pub(in crate::tflite) const I4: i8 = 17;
    pub(in crate::tflite) const BF16: i8 = 18;
}

/// The names of the operators by their numbers.
#[rustfmt::skip] // as a table
const OPERATORS: [&str; 162] = [
    "ADD", "AVERAGE_POOL_2D", "CONCATENATION", "CONV_2D", "DEPTHWISE_CONV_2D", "DEPTH_TO_SPACE", "DEQUANTIZE",
    "EMBEDDING_LOOKUP", "FLOOR", "FULLY_CONNECTED", "HASHTABLE_LOOKUP", "L2_NORMALIZATION", "L2_POOL_2D",
    "LOCAL_RESPONSE_NORMALIZATION", "LOGISTIC", "LSH_PROJECTION", "LSTM", "MAX_POOL_2D", "MUL", "RELU",
    "RELU_N1_TO_1", "RELU6", "RESHAPE", "RESIZE_BILINEAR", "RNN", "SOFTMAX", "SPACE_TO_DEPTH", "SVDF", "TANH",
    "CONCAT_EMBEDDINGS", "SKIP_GRAM", "CALL", "CUSTOM", "EMBEDDING_LOOKUP_SPARSE", "PAD",
    "UNIDIRECTIONAL_SEQUENCE_RNN", "GATHER", "BATCH_TO_SPACE_ND", "SPACE_TO_BATCH_ND", "TRANSPOSE", "MEAN", "SUB",
    "DIV", "SQUEEZE", "UNIDIRECTIONAL_SEQUENCE_LSTM", "STRIDED_SLICE", "BIDIRECTIONAL_SEQUENCE_RNN", "EXP", "TOPK_V2",
    "SPLIT", "LOG_SOFTMAX", "DELEGATE", "BIDIRECTIONAL_SEQUENCE_LSTM", "CAST", "PRELU", "MAXIMUM", "ARG_MAX",
    "MINIMUM", "LESS", "NEG", "PADV2", "GREATER", "GREATER_EQUAL", "LESS_EQUAL", "SELECT", "SLICE", "SIN",
    "TRANSPOSE_CONV", "SPARSE_TO_DENSE", "TILE", "EXPAND_DIMS", "EQUAL", "NOT_EQUAL", "LOG", "SUM", "SQRT", "RSQRT",
    "SHAPE", "POW", "ARG_MIN", "FAKE_QUANT", "REDUCE_PROD", "REDUCE_MAX", "PACK", "LOGICAL_OR", "ONE_HOT",
    "LOGICAL_AND", "LOGICAL_NOT", "UNPACK", "REDUCE_MIN", "FLOOR_DIV", "REDUCE_ANY", "SQUARE", "ZEROS_LIKE", "FILL",
    "FLOOR_MOD", "RANGE", "RESIZE_NEAREST_NEIGHBOR", "LEAKY_RELU", "SQUARED_DIFFERENCE", "MIRROR_PAD", "ABS",
    "SPLIT_V", "UNIQUE", "CEIL", "REVERSE_V2", "ADD_N", "GATHER_ND", "COS", "WHERE", "RANK", "ELU",
    "REVERSE_SEQUENCE", "MATRIX_DIAG", "QUANTIZE", "MATRIX_SET_DIAG", "ROUND", "HARD_SWISH", "IF", "WHILE",
    "NON_MAX_SUPPRESSION_V4", "NON_MAX_SUPPRESSION_V5", "SCATTER_ND", "SELECT_V2", "DENSIFY", "SEGMENT_SUM",
    "BATCH_MATMUL", "PLACEHOLDER_FOR_GREATER_OP_CODES", "CUMSUM", "CALL_ONCE", "BROADCAST_TO", "RFFT2D", "CONV_3D",
    "IMAG", "REAL", "COMPLEX_ABS", "HASHTABLE", "HASHTABLE_FIND", "HASHTABLE_IMPORT", "HASHTABLE_SIZE", "REDUCE_ALL",
    "CONV_3D_TRANSPOSE", "VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE", "BROADCAST_ARGS", "RANDOM_STANDARD_NORMAL",
    "BUCKETIZE", "RANDOM_UNIFORM", "MULTINOMIAL", "GELU", "DYNAMIC_UPDATE_SLICE", "RELU_0_TO_1",
    "UNSORTED_SEGMENT_PROD", "UNSORTED_SEGMENT_MAX", "UNSORTED_SEGMENT_SUM", "ATAN2", "UNSORTED_SEGMENT_MIN", "SIGN",
    "BITCAST", "BITWISE_XOR", "RIGHT_SHIFT",
];

/// The number of operators that the model's author added.
pub(super) const CUSTOM: i32 = 32;

/// The name of an operator.
pub(super) fn operator(code: i32) -> String {
    let name = usize::try_from(code).ok().and_then(|code| OPERATORS.get(code));
    name.map_or_else(|| format!("operator {code}"), |name| (*name).to_string())
}
