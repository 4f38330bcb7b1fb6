//! The short reference of `docs/language` with links to the pages, for the guide in the documentation. On its own it has
//! none, since links to items of Rust lead nowhere outside of it.

use super::Page;

/// The text, where every name of an item in the first column of a table, or in a list of nothing but names, is a link.
pub(super) fn linked(text: &str, pages: &[Page]) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        result += &rest[..at];
        let mark = if rest[at..].starts_with("```") { "```" } else { "`" };
        let inside = &rest[at + mark.len()..];
        let end = inside.find(mark).expect("code ends in a page of the documentation");
        let (span, behind) = (&inside[..end], &inside[end + mark.len()..]);
        let line = &result[result.rfind('\n').map_or(0, |newline| newline + 1)..];
        let is_first_cell = line.starts_with('|') && line.matches('|').count() == 1;
        result += &match mark {
            "`" => with_links(span, is_first_cell, pages),
            _ => format!("```{span}```"),
        };
        rest = behind;
    }
    result + rest
}

fn with_links(span: &str, is_first_cell: bool, pages: &[Page]) -> String {
    let names: Vec<&str> = span.split_whitespace().collect();
    let link = |text: &str, name: &str| {
        let page = pages.iter().find(|page| page.name == name)?;
        Some(format!("[`{text}`](crate::library::{}::{name})", page.group.module()))
    };
    let linked = if names.len() > 1 && names.iter().all(|name| pages.iter().any(|page| page.name == *name)) {
        Some(names.iter().filter_map(|name| link(name, name)).collect::<Vec<_>>().join("\n"))
    } else if is_first_cell {
        link(span, span.split('(').next().unwrap_or(span))
    } else {
        None
    };
    linked.unwrap_or_else(|| format!("`{span}`"))
}
