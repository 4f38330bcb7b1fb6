//! The names that were most likely meant.

/// The names of this language's items in other libraries.
const SYNONYMS: &[(&str, &str)] = &[
    ("log", "ln"),
    ("log1p", "ln_1p"),
    ("expm1", "exp_m1"),
    ("powi", "pow"),
    ("powf", "pow"),
    ("square", "sq"),
    ("swish", "silu"),
    ("logistic", "sigmoid"),
    ("stop_gradient", "detach"),
    ("grad", "derivative"),
    ("gradient", "derivative"),
    ("autograd", "derivative"),
    ("jacobian", "derivative"),
    ("cat", "concat"),
    ("view", "reshape"),
    ("dense", "Linear"),
    ("fullyconnected", "Linear"),
    ("fc", "Linear"),
    ("conv", "Conv2d"),
    ("convolution", "Conv2d"),
    ("mae", "l1"),
    ("mean_squared_error", "mse"),
    ("categorical_crossentropy", "cross_entropy"),
    ("sparse_categorical_crossentropy", "cross_entropy"),
    ("binary_crossentropy", "bce"),
    ("smooth_l1", "huber"),
    ("dim", "axis"),
    ("dims", "axis"),
    ("p", "rate"),
    ("negative_slope", "slope"),
    ("scale_factor", "factor"),
    ("kernel_size", "kernel"),
    ("output_size", "size"),
    ("interpolate", "upsample_nearest2d"),
];

/// The name among `known` that `name` was most likely meant to be, by its name in other libraries or by its spelling.
pub fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let plain = name.to_lowercase();
    let synonym = SYNONYMS.iter().find(|(other, _)| plain == *other).map(|(_, own)| own);
    if let Some(known) = known.iter().find(|known| synonym == Some(*known)) {
        return Some(known);
    }
    known
        .into_iter()
        .map(|candidate| (similarity(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.75)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// A name without the case and the underscores in which people differ.
pub fn plain(name: &str) -> String {
    name.to_lowercase().replace('_', "")
}

/// From 0 to 1; case and underscores count for little, since `Conv2D` and `conv_2d` mean `Conv2d`.
fn similarity(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&plain(a), &plain(b)).max(strsim::jaro_winkler(a, b))
}

/// Appends "did you mean …" to a message where a known name is close.
pub fn with_suggestion<'a>(message: String, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match closest(name, known) {
        Some(known) => format!("{message}\n\nhelp: did you mean `{known}`?"),
        None => message,
    }
}
