//! Pages as modules without items, whose documentation is the page.

use std::fmt::Write;

use super::gradient::equations;
use super::program::program;
use super::{Group, Page, Section, names_in_other_libraries};

const GENERATED: &str =
    "// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.\n\n";

/// The module of a group.
pub(super) fn group(group: Group, names: &[&str]) -> String {
    let what = match group {
        Group::Layers => "Layers: declared in the struct of a network, and called by their names in `forward`.",
        Group::Functions => "Functions: called in `forward` and in formulas. `x.f(a)` is `f(x, a)`.",
        Group::Losses => "Losses: what networks are trained by.",
        Group::Sizes => "Sizes: called in the shapes of formulas.",
    };
    // the empty lines keep rustfmt from sorting the modules
    names.iter().fold(format!("{GENERATED}//! {what}\n"), |text, name| text + &format!("\npub mod {name};\n"))
}

/// The file of a page. The module itself stands in its group, and not in another that is re-exported: rustdoc would not
/// find it by its other names.
pub(super) fn page(page: &Page) -> String {
    let mut text = String::new();
    for (number, section) in page.sections.iter().enumerate() {
        if number > 0 {
            let _ = writeln!(text, "# {}", title(section));
            text += "\n";
        }
        text += &section_text(page.group, section, number > 0);
    }
    let mut item = String::from(GENERATED);
    for line in text.trim_end().lines() {
        let _ = writeln!(item, "//!{}{line}", if line.is_empty() { "" } else { " " });
    }
    for alias in names_in_other_libraries(page.group, &page.name) {
        let _ = writeln!(item, "#![doc(alias = \"{alias}\")]");
    }
    item
}

fn title(section: &Section) -> String {
    section.types.as_ref().map_or_else(|| format!("`{}`", section.call), |types| format!("`{types}`"))
}

fn section_text(group: Group, section: &Section, again: bool) -> String {
    let level = if again { "##" } else { "#" };
    let mut text = String::new();
    let (summary, more) = section.description.split_first().expect("an item has a description");
    let _ = writeln!(text, "{summary}\n");
    if !more.is_empty() {
        let _ = writeln!(text, "{}\n", more.join("\n"));
    }
    if !again {
        let _ = writeln!(text, "{}\n", used(group));
    }
    let _ = writeln!(text, "```text\n{}", section.call);
    if let Some(types) = &section.types {
        let _ = writeln!(text, "\n{types}");
    }
    for stored in &section.stored {
        let _ = writeln!(text, "{stored}");
    }
    text += "```\n\n";
    text += &arguments(section);
    if let Some(sketch) = &section.sketch {
        let _ = writeln!(text, "{level} Example\n\n```\n{}```\n", program(sketch));
    }
    if let Some(definition) = &section.definition {
        let _ = writeln!(text, "{level} Formula\n\n```text\n{definition}\n```\n");
    }
    if let Some(sketch) = &section.sketch {
        let _ =
            writeln!(text, "{level} Derived gradient\n\n{}\n\n```text\n{}```\n", notation(group), equations(sketch));
    }
    text
}

fn used(group: Group) -> &'static str {
    match group {
        Group::Layers => {
            "A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its\n\
             field. It is no item of Rust."
        }
        Group::Functions => {
            "A function: it is called in a [`network!`](macro@crate::network) or in\n\
             [`formulas!`](macro@crate::formulas). It is no item of Rust."
        }
        Group::Losses => {
            "A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the\n\
             network has one output. It is no item of Rust."
        }
        Group::Sizes => {
            "A size: it is called in the shapes of [formulas](crate::guide::language::formulas). It is no item of Rust."
        }
    }
}

fn notation(group: Group) -> &'static str {
    if group == Group::Losses {
        "The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples\n\
         of a step, and `scale` is the factor of each in the loss."
    } else {
        "The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and\n\
         `sample` counts the samples of a step."
    }
}

fn arguments(section: &Section) -> String {
    if section.arguments.is_empty() {
        return String::new();
    }
    let mut text = String::from("| argument | what is given | default |\n| --- | --- | --- |\n");
    for [name, given, default] in &section.arguments {
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        let _ = writeln!(text, "| `{name}` | {given} | {default} |");
    }
    text + "\n"
}
