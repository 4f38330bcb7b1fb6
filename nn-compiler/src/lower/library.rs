//! The formulas that are known: the library's and the user's own, which come first.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::syntax::ast::{Formula, FormulaKind};
use crate::syntax::parse_formulas;

/// The text of the library, one file a family. The comments in front of a formula belong to it: `///` describes it on
/// its page of the documentation.
const FILES: &[(&str, &str)] = &[
    ("activations.nn", include_str!("../../library/activations.nn")),
    ("linear.nn", include_str!("../../library/linear.nn")),
    ("convolution.nn", include_str!("../../library/convolution.nn")),
    ("pooling.nn", include_str!("../../library/pooling.nn")),
    ("norm.nn", include_str!("../../library/norm.nn")),
    ("resampling.nn", include_str!("../../library/resampling.nn")),
    ("attention.nn", include_str!("../../library/attention.nn")),
    ("recurrent.nn", include_str!("../../library/recurrent.nn")),
    ("losses.nn", include_str!("../../library/losses.nn")),
];

/// Parses the library.
///
/// # Errors
/// Where its text is not in the language, with the file's name; the tests exclude that.
pub fn library_formulas() -> Result<Vec<Formula>, String> {
    let mut formulas = Vec::new();
    for (file, text) in FILES {
        let tokens = text.parse().map_err(|error| format!("{file}: {error}"))?;
        formulas.extend(parse_formulas(tokens, true).map_err(|error| format!("{file}: {error}"))?);
    }
    Ok(formulas)
}

/// The text of the library in parts, each of which is parsed when its name is looked up, since a network uses few.
#[derive(Debug)]
pub struct LibraryText {
    parts: Vec<Part>,
}

/// One formula with its examples.
#[derive(Debug)]
pub struct Part {
    /// Its kind.
    pub kind: FormulaKind,
    /// Its names: mostly one.
    pub names: Vec<&'static str>,
    comments: &'static str,
    text: &'static str,
    formulas: OnceCell<Vec<Formula>>,
}

impl Default for LibraryText {
    fn default() -> Self {
        LibraryText { parts: FILES.iter().flat_map(|(_, text)| parts(text)).collect() }
    }
}

impl LibraryText {
    /// All parts, in the order of the text.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// The formulas of a file: each begins at the beginning of a line, with the comments right above it.
fn parts(text: &'static str) -> Vec<Part> {
    let mut starts = Vec::new();
    let (mut at, mut comments) = (0, None);
    for line in text.split_inclusive('\n') {
        if kind(line).is_some() {
            starts.push((comments.unwrap_or(at), at));
        }
        comments = line.starts_with("//").then_some(comments.unwrap_or(at));
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(comments, _)| *comments).chain([text.len()]);
    let whole = starts.iter().zip(ends);
    whole.filter_map(|((comments, start), end)| part(&text[*comments..*start], &text[*start..end])).collect()
}

fn part(comments: &'static str, text: &'static str) -> Option<Part> {
    let (kind, rest) = kind(text)?;
    let head = rest.split(['<', '(']).next()?;
    let names = head.split(',').map(str::trim).collect();
    Some(Part { kind, names, comments, text, formulas: OnceCell::new() })
}

/// The kind of the formula that begins here, and the text behind the keyword.
fn kind(text: &str) -> Option<(FormulaKind, &str)> {
    use FormulaKind::{Function, Layer, Loss, Size};
    let words = [("fn ", Function), ("layer ", Layer), ("loss ", Loss), ("size ", Size)];
    words.into_iter().find_map(|(word, kind)| Some((kind, text.strip_prefix(word)?)))
}

impl Part {
    /// What it is: the lines of its doc comment.
    pub fn description(&self) -> impl Iterator<Item = &'static str> {
        self.comments.lines().filter_map(|line| line.strip_prefix("///")).map(str::trim_start)
    }

    /// Its text without its examples.
    #[must_use]
    pub fn definition(&self) -> &'static str {
        // a size has no examples, and the remark of a section may stand behind it
        let end = ["\n    example ", "\n\n"].iter().filter_map(|end| self.text.find(end)).min();
        self.text[..end.unwrap_or(self.text.len())].trim_end()
    }

    /// The formulas, one for each name; that the library is in the language is tested.
    pub fn formulas(&self) -> &[Formula] {
        self.formulas.get_or_init(|| {
            let parsed = self.text.parse().ok().map(|tokens| parse_formulas(tokens, true));
            parsed.and_then(Result::ok).unwrap_or_default()
        })
    }
}

/// All formulas by name.
#[derive(Debug)]
pub struct Library<'a> {
    own: Vec<(String, &'a Formula)>,
    text: &'a LibraryText,
}

impl<'a> Library<'a> {
    /// The user's formulas and, under names they do not use, the library's.
    #[must_use]
    pub fn new(own: &'a [Formula], text: &'a LibraryText) -> Self {
        Library { own: own.iter().map(|formula| (formula.name.to_string(), formula)).collect(), text }
    }

    fn all(&self, name: &str) -> Vec<&'a Formula> {
        let own: Vec<&Formula> = self.own.iter().filter(|(known, _)| known == name).map(|(_, own)| *own).collect();
        if !own.is_empty() {
            return own;
        }
        let parts = self.text.parts.iter().filter(|part| part.names.contains(&name));
        parts.flat_map(Part::formulas).filter(|formula| formula.name == name).collect()
    }

    fn names(&self, wanted: fn(FormulaKind) -> bool) -> Vec<&str> {
        let own = self.own.iter().filter(|(_, formula)| wanted(formula.kind)).map(|(name, _)| name.as_str());
        let parts = self.text.parts.iter().filter(|part| wanted(part.kind));
        let names: BTreeSet<&str> = own.chain(parts.flat_map(|part| part.names.iter().copied())).collect();
        names.into_iter().collect()
    }

    /// The first formula of a name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).into_iter().next()
    }

    /// The layer of a name.
    pub(in crate::lower) fn layer(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).into_iter().find(|formula| formula.kind == FormulaKind::Layer)
    }

    /// The function of a name.
    pub(in crate::lower) fn function(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).into_iter().find(|formula| formula.kind == FormulaKind::Function)
    }

    /// The formula of a size.
    pub(in crate::lower) fn size(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).into_iter().find(|formula| formula.kind == FormulaKind::Size)
    }

    /// The function of a name if it is one of numbers.
    pub(in crate::lower) fn scalar_function(&self, name: &str) -> Option<&'a Formula> {
        self.function(name).filter(|formula| formula.inputs.iter().all(|input| input.shape.is_none()))
    }

    /// All functions and losses of a name.
    pub(in crate::lower) fn functions(&self, name: &str) -> Vec<&'a Formula> {
        let is_called = |kind| matches!(kind, FormulaKind::Function | FormulaKind::Loss);
        self.all(name).into_iter().filter(|formula| is_called(formula.kind)).collect()
    }

    /// All losses of a name.
    pub(in crate::lower) fn losses(&self, name: &str) -> Vec<&'a Formula> {
        self.all(name).into_iter().filter(|formula| formula.kind == FormulaKind::Loss).collect()
    }

    /// Whether anything has this name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        !self.all(name).is_empty()
    }

    pub(in crate::lower) fn layer_names(&self) -> Vec<&str> {
        self.names(|kind| kind == FormulaKind::Layer)
    }

    /// The functions of the library, of the user and of the table.
    pub(in crate::lower) fn function_names(&self) -> Vec<&str> {
        let mut names = self.names(|kind| kind == FormulaKind::Function);
        names.extend(crate::symbolic::table::names().map(|name: &str| -> &str { name }));
        names
    }

    pub(crate) fn loss_names(&self) -> Vec<&str> {
        self.names(|kind| kind == FormulaKind::Loss)
    }
}
