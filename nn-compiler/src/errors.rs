//! Mistakes are collected, so that the user sees all of them at once.

use proc_macro2::{Span, TokenStream};

/// The mistakes found so far. Stages add to it and go on; the pipeline stops at a stage's border.
#[derive(Debug, Default)]
pub struct Errors {
    found: Option<syn::Error>,
    messages: Vec<String>,
}

impl Errors {
    /// Reports a mistake at a place in the user's source.
    pub fn report(&mut self, span: Span, message: impl Into<String>) {
        let message = message.into();
        self.add(syn::Error::new(span, message));
    }

    /// Takes over the mistakes of the parser.
    pub fn add(&mut self, error: syn::Error) {
        self.messages.extend(error.clone().into_iter().map(|e| e.to_string()));
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    /// Whether anything was reported.
    #[must_use]
    pub fn any(&self) -> bool {
        self.found.is_some()
    }

    /// The text of every mistake, for tests and tools.
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.messages
    }

    /// The tokens that make rustc show the mistakes.
    #[must_use]
    pub fn into_tokens(self) -> TokenStream {
        self.found.map(|error| error.to_compile_error()).unwrap_or_default()
    }
}

/// A mistake of the compiler's own. It unwinds to where the expansion began and is reported there.
#[derive(Debug)]
pub struct Bug(pub String);

impl std::fmt::Display for Bug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "this is a mistake of nn-compiler, not one of yours: {}\n\nhelp: please report it with this network",
            self.0
        )
    }
}

/// Gives up on a violated invariant of the compiler.
pub fn bug(what: &str) -> ! {
    // in tests, a panic shows the place
    if cfg!(any(test, feature = "verify")) {
        panic!("bug: {what}");
    }
    std::panic::resume_unwind(Box::new(Bug(what.into())))
}

/// Values that are present unless the compiler has a bug.
pub(crate) trait OrBug {
    /// The type of the value.
    type Value;
    /// The value; reports a bug if there is none.
    fn or_bug(self, what: &str) -> Self::Value;
}

impl<T> OrBug for Option<T> {
    type Value = T;
    fn or_bug(self, what: &str) -> T {
        self.unwrap_or_else(|| bug(what))
    }
}

impl<T, E> OrBug for Result<T, E> {
    type Value = T;
    fn or_bug(self, what: &str) -> T {
        self.unwrap_or_else(|_| bug(what))
    }
}

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
