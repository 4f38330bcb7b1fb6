//! The pages of `nn_core::library`, written from the text of the library: what each item is, its arguments, a program
//! that runs as a test of the documentation, its formula, and the gradient that the compiler derives from it.

mod aliases;
mod builtins;
mod formulas;
mod gradient;
mod program;
mod reference;
mod render;
mod signature;
mod sketch;
mod values;

use std::collections::BTreeMap;

use sketch::Sketch;

pub use aliases::{named_elsewhere, names_in_other_libraries};

/// What an item is, by which the pages are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Declared in the struct of a network.
    Layers,
    /// Called in `forward` and in formulas.
    Functions,
    /// What networks are trained by.
    Losses,
    /// Called in shapes.
    Sizes,
}

impl Group {
    /// The module of its pages.
    #[must_use]
    pub fn module(self) -> &'static str {
        match self {
            Group::Layers => "layers",
            Group::Functions => "functions",
            Group::Losses => "losses",
            Group::Sizes => "sizes",
        }
    }
}

/// A page: all that has one name in one group.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its group.
    pub group: Group,
    /// The name of the item.
    pub name: String,
    /// One for each formula of the name.
    sections: Vec<Section>,
}

/// What a page says of one formula.
#[derive(Debug, Clone)]
struct Section {
    /// The first line is the summary.
    description: Vec<String>,
    /// How it is declared or called: `Linear(In => Out, bias = true)`.
    call: String,
    /// Its inputs and results, where the text declares their shapes.
    types: Option<String>,
    /// Arguments, what is given for each, and the defaults.
    arguments: Vec<[String; 3]>,
    /// Parameters and states, as they are declared.
    stored: Vec<String>,
    /// The text of the library, where the item is not the compiler's own.
    definition: Option<String>,
    /// A network to show it with.
    sketch: Option<Sketch>,
}

/// All pages, in the order of the text; those of the compiler's own functions come last.
///
/// # Panics
/// If the text of the library has an item without a description or an example.
#[must_use]
pub fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for page in formulas::pages().into_iter().chain(builtins::pages()) {
        match pages.iter_mut().find(|known| known.group == page.group && known.name == page.name) {
            Some(known) => known.sections.extend(page.sections),
            None => pages.push(page),
        }
    }
    pages
}

/// The files of the pages, and the short reference with links to them: their paths below `nn-core/src/library`, and
/// their texts.
///
/// # Panics
/// If an example of the library does not compile, or does not compute numbers; if `docs/language` cannot be read.
#[must_use]
pub fn files() -> BTreeMap<String, String> {
    let pages = pages();
    let mut files = BTreeMap::new();
    for name in ["library.md", "losses.md"] {
        let path = format!("../docs/language/{name}");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        files.insert(name.to_string(), reference::linked(&text, &pages));
    }
    let mut groups: BTreeMap<Group, Vec<&str>> = BTreeMap::new();
    for page in &pages {
        files.insert(format!("{}/{}.rs", page.group.module(), page.name), render::page(page));
        groups.entry(page.group).or_default().push(&page.name);
    }
    for (group, names) in groups {
        files.insert(format!("{}/mod.rs", group.module()), render::group(group, &names));
    }
    files
}
