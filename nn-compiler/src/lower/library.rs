//! The formulas that are known: the library's and the user's own, which come first.

use std::collections::BTreeMap;

use crate::syntax::ast::{Formula, FormulaKind};
use crate::syntax::parse_formulas;

/// The text of the library, one file a family.
pub const FILES: &[(&str, &str)] = &[
    ("activations.nn", include_str!("../../library/activations.nn")),
    ("linear.nn", include_str!("../../library/linear.nn")),
    ("convolution.nn", include_str!("../../library/convolution.nn")),
    ("pooling.nn", include_str!("../../library/pooling.nn")),
    ("norm.nn", include_str!("../../library/norm.nn")),
    ("resampling.nn", include_str!("../../library/resampling.nn")),
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

/// All formulas by name.
#[derive(Debug, Default)]
pub struct Library<'a> {
    formulas: BTreeMap<String, Vec<&'a Formula>>,
}

impl<'a> Library<'a> {
    /// The user's formulas and, under names they do not use, the library's.
    #[must_use]
    pub fn new(own: &'a [Formula], library: &'a [Formula]) -> Self {
        let mut formulas: BTreeMap<String, Vec<&'a Formula>> = BTreeMap::new();
        for formula in own {
            formulas.entry(formula.name.to_string()).or_default().push(formula);
        }
        for formula in library {
            let known = formulas.entry(formula.name.to_string()).or_default();
            if known.first().is_none_or(|first| first.library) {
                known.push(formula);
            }
        }
        Library { formulas }
    }

    fn all(&self, name: &str) -> &[&'a Formula] {
        self.formulas.get(name).map_or(&[], Vec::as_slice)
    }

    fn names(&self, wanted: fn(FormulaKind) -> bool) -> impl Iterator<Item = &str> {
        self.formulas.iter().filter(move |(_, all)| all.iter().any(|f| wanted(f.kind))).map(|(name, _)| name.as_str())
    }

    /// The first formula of a name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).first().copied()
    }

    /// The layer of a name.
    pub(super) fn layer(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).iter().find(|formula| formula.kind == FormulaKind::Layer).copied()
    }

    /// The function of a name.
    pub(super) fn function(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).iter().find(|formula| formula.kind == FormulaKind::Function).copied()
    }

    /// The formula of a size.
    pub(super) fn size(&self, name: &str) -> Option<&'a Formula> {
        self.all(name).iter().find(|formula| formula.kind == FormulaKind::Size).copied()
    }

    /// The function of a name if it is one of numbers.
    pub(super) fn scalar_function(&self, name: &str) -> Option<&'a Formula> {
        self.function(name).filter(|formula| formula.inputs.iter().all(|input| input.shape.is_none()))
    }

    /// All functions and losses of a name.
    pub(super) fn functions(&self, name: &str) -> Vec<&'a Formula> {
        let is_called = |kind| matches!(kind, FormulaKind::Function | FormulaKind::Loss);
        self.all(name).iter().filter(|formula| is_called(formula.kind)).copied().collect()
    }

    /// All losses of a name.
    pub(super) fn losses(&self, name: &str) -> Vec<&'a Formula> {
        self.all(name).iter().filter(|formula| super::loss::is_loss(formula)).copied().collect()
    }

    /// Whether anything has this name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.formulas.contains_key(name)
    }

    pub(super) fn layer_names(&self) -> impl Iterator<Item = &str> {
        self.names(|kind| kind == FormulaKind::Layer)
    }

    /// The functions of the library, of the user and of the table.
    pub(super) fn function_names<'b>(&'b self) -> Vec<&'b str> {
        let table = crate::symbolic::table::names().map(|name| -> &'b str { name });
        self.names(|kind| kind == FormulaKind::Function).chain(table).collect()
    }

    pub(super) fn loss_names(&self) -> impl Iterator<Item = &str> {
        self.names(|kind| kind == FormulaKind::Loss)
    }
}
