//! What the text of the library says of its items.

use nn_compiler::lower::{LibraryText, Part};
use nn_compiler::syntax::ast::{Formula, FormulaKind};

use super::sketch::Sketch;
use super::{Group, Page, Section, signature};

pub(super) fn pages() -> Vec<Page> {
    LibraryText::default().parts().iter().flat_map(of_part).collect()
}

/// A page for each name of a formula.
fn of_part(part: &Part) -> Vec<Page> {
    let group = match part.kind {
        FormulaKind::Layer => Group::Layers,
        FormulaKind::Function => Group::Functions,
        FormulaKind::Loss => Group::Losses,
        FormulaKind::Size => Group::Sizes,
    };
    let page =
        |formula: &Formula| Page { group, name: formula.name.to_string(), sections: vec![section(part, formula)] };
    part.formulas().iter().map(page).collect()
}

fn section(part: &Part, formula: &Formula) -> Section {
    let description: Vec<String> = part.description().map(String::from).collect();
    assert!(!description.is_empty(), "`{}` has no doc comment", formula.name);
    let definition = part.definition();
    let stored =
        definition.lines().map(str::trim).filter(|line| line.starts_with("param ") || line.starts_with("state "));
    Section {
        description,
        call: signature::call(formula),
        types: signature::types(definition),
        arguments: signature::arguments(formula),
        stored: stored.map(|line| line.trim_end_matches(';').to_string()).collect(),
        definition: Some(definition.to_string()),
        sketch: (formula.kind != FormulaKind::Size).then(|| Sketch::of_formula(formula)),
    }
}
