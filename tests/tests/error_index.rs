//! The index of errors: its examples have the mistakes that they are to show, and its pages are those of the registry.
//!
//! `UPDATE_ERRORS=1 cargo test -p tests --test error_index` writes the pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nn_compiler::errors::Code;
use nn_compiler::errors::registry::{Entry, entries, table};
use nn_compiler::explain::{explain_code, explain_file};

const FOLDER: &str = "../docs/errors";

const INTRODUCTION: &str = "# Errors

The first line of a mistake that `network!` reports ends with the code of its kind, such as `[NN0401]`. Each code has a
page with an explanation, an example that has the mistake, and one that has not. `explain --error NN0401` prints it:

```text
cargo run -p nn-compiler --bin explain -- --error NN0401
```

The first two digits are the topic. A code is never given to another kind of mistake. Errors at run time and messages of
rustc's own have no code.

These pages are generated from `nn-compiler/src/errors/registry` by
`UPDATE_ERRORS=1 cargo test -p tests --test error_index`.
";

#[test]
fn every_kind_has_a_number_and_an_entry_of_its_own() {
    let numbers: Vec<u16> = Code::ALL.iter().map(|code| code.number()).collect();
    assert!(numbers.len() > 50 && numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    assert_eq!(entries().map(|entry| entry.code).collect::<Vec<_>>(), Code::ALL);
    for code in Code::ALL {
        assert_eq!(code.to_string().parse(), Ok(*code));
    }
    assert!("NN0000".parse::<Code>().is_err());
}

#[test]
fn a_wrong_example_has_one_mistake_of_its_kind() {
    let failed: Vec<String> = entries().filter_map(other_mistakes).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// What the wrong example of an entry shows, if it is not one mistake of its kind.
fn other_mistakes(Entry { code, wrong, .. }: &Entry) -> Option<String> {
    let found = explain_file(wrong).err().unwrap_or_default();
    let headline = |message: &String| message.lines().next().is_some_and(|line| line.ends_with(&format!("[{code}]")));
    let is_shown = found.len() == 1 && found.iter().all(headline);
    (!is_shown).then(|| format!("{code:?} {code}: {found:#?}"))
}

#[test]
fn a_right_example_has_no_mistake() {
    let failed: Vec<String> = entries()
        .filter_map(|Entry { code, right, .. }| match explain_file(right) {
            Ok(networks) if !networks.is_empty() => None,
            Ok(_) => Some(format!("{code:?}: there is no network")),
            Err(messages) => Some(format!("{code:?}: {messages:#?}")),
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn the_pages_are_those_of_the_registry() {
    let mut pages: BTreeMap<String, String> =
        Code::ALL.iter().map(|code| (format!("{code}.md"), explain_code(*code))).collect();
    pages.insert("README.md".into(), INTRODUCTION.to_string() + &table());
    let folder = Path::new(FOLDER);
    if std::env::var_os("UPDATE_ERRORS").is_some() {
        fs::create_dir_all(folder).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let written: BTreeMap<String, String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    let stale = |name: &&String| written.get(*name) != pages.get(*name);
    let stale: Vec<&String> = written.keys().chain(pages.keys()).filter(stale).collect();
    assert!(stale.is_empty(), "{stale:?} differ from the registry: UPDATE_ERRORS=1 writes them");
}
