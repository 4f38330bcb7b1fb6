//! The names of the library's items in other libraries, by which they are searched for.

use super::Group;

/// Names that differ in more than case and underscores, which the search of rustdoc ignores.
const FUNCTIONS: &[(&str, &[&str])] = &[
    ("silu", &["swish"]),
    ("sigmoid", &["logistic", "expit"]),
    ("sq", &["square"]),
    ("detach", &["stop_gradient", "no_grad"]),
    ("derivative", &["grad", "gradient", "autograd", "jacobian"]),
    ("concat", &["cat", "concatenate", "hstack", "vstack"]),
    ("reshape", &["view", "resize"]),
    ("narrow", &["slice", "split", "chunk"]),
    ("select", &["index_select", "gather"]),
    ("transpose", &["swapaxes"]),
    ("permute", &["moveaxis"]),
    ("repeat", &["tile", "expand"]),
    ("flip", &["reverse"]),
    ("unsqueeze", &["expand_dims"]),
    ("sum", &["reduce_sum"]),
    ("mean", &["reduce_mean", "average"]),
    ("max", &["amax", "reduce_max", "maximum"]),
    ("min", &["amin", "reduce_min", "minimum"]),
    ("prod", &["product", "reduce_prod"]),
    ("std", &["standard_deviation"]),
    ("var", &["variance"]),
    ("norm", &["l2_norm", "euclidean", "linalg_norm"]),
    ("logsumexp", &["reduce_logsumexp"]),
    ("ln", &["log"]),
    ("ln_1p", &["log1p"]),
    ("exp_m1", &["expm1"]),
    ("pow", &["powi", "powf", "power"]),
    ("fmod", &["remainder", "rem"]),
    ("asin", &["arcsin"]),
    ("acos", &["arccos"]),
    ("atan", &["arctan"]),
    ("atan2", &["arctan2"]),
    ("clamp", &["clip"]),
    ("dropout1d", &["SpatialDropout1D"]),
    ("dropout2d", &["SpatialDropout2D"]),
    ("dropout3d", &["SpatialDropout3D"]),
    ("max_pool1d", &["MaxPooling1D"]),
    ("max_pool2d", &["MaxPooling2D"]),
    ("max_pool3d", &["MaxPooling3D"]),
    ("avg_pool1d", &["AveragePooling1D"]),
    ("avg_pool2d", &["AveragePooling2D"]),
    ("avg_pool3d", &["AveragePooling3D"]),
    ("global_avg_pool1d", &["GlobalAveragePooling1D"]),
    ("global_avg_pool2d", &["GlobalAveragePooling2D"]),
    ("global_max_pool1d", &["GlobalMaxPooling1D"]),
    ("global_max_pool2d", &["GlobalMaxPooling2D"]),
    ("pad1d", &["ZeroPadding1D", "ConstantPad1d", "ReflectionPad1d", "ReplicationPad1d", "CircularPad1d"]),
    ("pad2d", &["ZeroPadding2D", "ZeroPad2d", "ConstantPad2d", "ReflectionPad2d", "ReplicationPad2d", "CircularPad2d"]),
    ("pad3d", &["ZeroPadding3D", "ConstantPad3d", "ReplicationPad3d"]),
    ("upsample_nearest1d", &["UpSampling1D", "interpolate"]),
    ("upsample_nearest2d", &["UpSampling2D", "interpolate"]),
    ("upsample_bilinear2d", &["interpolate"]),
    ("pixel_shuffle", &["depth_to_space"]),
    ("pixel_unshuffle", &["space_to_depth"]),
    ("local_response_norm", &["LRN"]),
];

const LAYERS: &[(&str, &[&str])] = &[
    ("Linear", &["Dense", "FullyConnected", "fc"]),
    ("Conv1d", &["Convolution1D", "Convolution"]),
    ("Conv2d", &["Convolution2D", "Convolution", "DepthwiseConv2D"]),
    ("Conv3d", &["Convolution3D", "Convolution"]),
    ("ConvTranspose1d", &["Conv1DTranspose", "Deconvolution"]),
    ("ConvTranspose2d", &["Conv2DTranspose", "Deconvolution"]),
    ("ConvTranspose3d", &["Conv3DTranspose", "Deconvolution"]),
    ("BatchNorm1d", &["BatchNormalization"]),
    ("BatchNorm2d", &["BatchNormalization"]),
    ("BatchNorm3d", &["BatchNormalization"]),
    ("LayerNorm", &["LayerNormalization"]),
    ("RMSNorm", &["RMSNormalization"]),
    ("GroupNorm", &["GroupNormalization"]),
    ("InstanceNorm1d", &["InstanceNormalization"]),
    ("InstanceNorm2d", &["InstanceNormalization"]),
    ("InstanceNorm3d", &["InstanceNormalization"]),
];

const LOSSES: &[(&str, &[&str])] = &[
    ("mse", &["MSELoss", "mean_squared_error", "l2_loss"]),
    ("l1", &["L1Loss", "mae", "mean_absolute_error"]),
    ("smooth_l1", &["SmoothL1Loss"]),
    ("huber", &["HuberLoss"]),
    ("log_cosh", &["LogCoshLoss"]),
    ("bce", &["BCELoss", "binary_crossentropy", "binary_cross_entropy"]),
    ("bce_with_logits", &["BCEWithLogitsLoss", "binary_cross_entropy_with_logits", "sigmoid_cross_entropy"]),
    ("focal", &["sigmoid_focal_loss", "BinaryFocalCrossentropy"]),
    (
        "cross_entropy",
        &["CrossEntropyLoss", "categorical_crossentropy", "sparse_categorical_crossentropy", "softmax_cross_entropy"],
    ),
    ("nll", &["NLLLoss"]),
    ("multi_margin", &["MultiMarginLoss"]),
    ("soft_margin", &["SoftMarginLoss"]),
    ("hinge_embedding", &["HingeEmbeddingLoss"]),
    ("kl_div", &["KLDivLoss", "kl_divergence"]),
    ("poisson_nll", &["PoissonNLLLoss"]),
    ("gaussian_nll", &["GaussianNLLLoss"]),
];

/// What an item is called elsewhere.
#[must_use]
pub fn names_in_other_libraries(group: Group, name: &str) -> &'static [&'static str] {
    let table = table(group);
    table.iter().find(|(known, _)| *known == name).map_or(&[], |(_, names)| names)
}

/// The items of a group that have other names.
pub fn named_elsewhere(group: Group) -> impl Iterator<Item = &'static str> {
    table(group).iter().map(|(name, _)| *name)
}

fn table(group: Group) -> &'static [(&'static str, &'static [&'static str])] {
    match group {
        Group::Layers => LAYERS,
        Group::Functions => FUNCTIONS,
        Group::Losses => LOSSES,
        Group::Sizes => &[],
    }
}
