//! The index of errors: what each code means, with an example that has the mistake and one that has not.

mod arguments;
mod formulas;
mod habits;
mod indices;
mod losses;
mod names;
mod network;
mod shapes;
mod sizes;
mod syntax;

use std::fmt::Write;

use super::{Code, OrBug};

/// What the index says of a kind of mistake.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The kind.
    pub code: Code,
    /// What it is, in a line.
    pub title: &'static str,
    /// A paragraph of Markdown: what is expected, and why.
    pub explanation: &'static str,
    /// A file of Rust with one mistake, which is of this kind.
    pub wrong: &'static str,
    /// What may be meant, without a mistake.
    pub right: &'static str,
}

/// The topics in the order of the numbers of their codes.
const TOPICS: &[(&str, &[&[Entry]])] = &[
    ("How a network is written", &[syntax::ENTRIES, habits::ENTRIES]),
    ("The parts of a network", &[network::ENTRIES]),
    ("Names", &[names::ENTRIES]),
    ("Shapes and kinds of values", &[shapes::ENTRIES]),
    ("Sizes, and what is known while compiling", &[sizes::ENTRIES]),
    ("Arguments and calls", &[arguments::ENTRIES]),
    ("What formulas define", &[formulas::ENTRIES]),
    ("Indices", &[indices::ENTRIES]),
    ("The loss", &[losses::ENTRIES]),
];

/// All entries, by their numbers.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    TOPICS.iter().flat_map(|(_, parts)| parts.iter().copied().flatten())
}

/// The entry on a kind.
#[must_use]
pub fn entry(code: Code) -> &'static Entry {
    entries().find(|entry| entry.code == code).or_bug("every code has an entry")
}

/// The table of all kinds, in Markdown; each is a link to its page.
#[must_use]
pub fn table() -> String {
    let mut text = String::new();
    for (topic, parts) in TOPICS {
        let _ = write!(text, "\n## {topic}\n\n| code | meaning |\n| --- | --- |\n");
        for Entry { code, title, .. } in parts.iter().copied().flatten() {
            let _ = writeln!(text, "| [{code}]({code}.md) | {title} |");
        }
    }
    text
}
