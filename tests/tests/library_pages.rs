//! The pages of `nn_core::library` are those that the text of the library gives.
//!
//! `UPDATE_LIBRARY=1 cargo test -p tests --test library_pages` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use nn_compiler::lower::{DERIVATIVE, REDUCTIONS, STRUCTURAL};
use nn_compiler::symbolic::table;
use tests::pages::{Group, files, named_elsewhere, pages};

const FOLDER: &str = "../nn-core/src/library";

/// The files of a folder and of those inside of it, by their paths below it.
fn written(folder: &Path, below: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files.extend(written(&path, &format!("{name}/")));
        } else {
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    files
}

#[test]
fn the_pages_are_those_of_the_text() {
    let expected = files();
    let folder = Path::new(FOLDER);
    if std::env::var_os("UPDATE_LIBRARY").is_some() {
        let _ = std::fs::remove_dir_all(folder);
        for (path, text) in &expected {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let found = written(folder, "");
    let differ = |path: &&String| expected.get(*path) != found.get(*path);
    let paths: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    let wrong: Vec<&String> = paths.into_iter().filter(differ).collect();
    assert!(wrong.is_empty(), "not as the library's text says: {wrong:?}\nrun this test with `UPDATE_LIBRARY=1`");
}

#[test]
fn every_name_of_the_compiler_has_a_page() {
    let pages = pages();
    let functions: BTreeSet<&str> =
        pages.iter().filter(|page| page.group == Group::Functions).map(|page| page.name.as_str()).collect();
    let names = STRUCTURAL.into_iter().chain([DERIVATIVE]).chain(REDUCTIONS).chain(table::names());
    let without: Vec<&str> =
        names.map(|name| if name == "powf" { "pow" } else { name }).filter(|name| !functions.contains(name)).collect();
    assert!(without.is_empty(), "without a page: {without:?}");
}

#[test]
fn other_names_are_those_of_items() {
    let pages = pages();
    for group in [Group::Layers, Group::Functions, Group::Losses, Group::Sizes] {
        for name in named_elsewhere(group) {
            assert!(pages.iter().any(|page| page.group == group && page.name == name), "there is no `{name}`");
        }
    }
}

#[test]
fn every_item_is_in_the_reference() {
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    let reference = read("../docs/language/library.md") + &read("../docs/language/losses.md");
    let words: BTreeSet<&str> = reference.split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect();
    let pages = pages();
    let items = pages.iter().filter(|page| page.group != Group::Sizes);
    let missing: Vec<&str> = items.map(|page| page.name.as_str()).filter(|name| !words.contains(name)).collect();
    assert!(missing.is_empty(), "docs/language names no {missing:?}");
}
