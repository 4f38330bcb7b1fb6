//! Parity with PyTorch, case by case.
//!
//! `PARITY_CASES=DIR cargo test -p tests --release --test parity -- --nocapture` takes the cases of
//! another folder.

use std::path::{Path, PathBuf};

use tests::parity::{Outcome, run};
use tests::tensors::shared_data;

/// So many of the shared cases can be said in the language; more when the library grows.
const EXPRESSIBLE: usize = 12;

#[test]
fn cases_agree_with_pytorch() {
    let other = std::env::var_os("PARITY_CASES").map(PathBuf::from);
    let is_shared = other.is_none();
    let Some(folder) = other.or_else(|| shared_data("torch-parity/cases")) else { return };
    let outcomes = run(Path::new(env!("CARGO_TARGET_TMPDIR")), &folder);
    let (mut expressible, mut differing) = (0, Vec::new());
    for (name, outcome) in &outcomes {
        expressible += usize::from(!matches!(outcome, Outcome::NotExpressible(_)));
        match outcome {
            Outcome::Agrees(double, single) => println!("{name}: ok"),
            Outcome::Differs(what) => {
                println!("{name}: differs: {what}");
                differing.push(name);
            }
            Outcome::NotExpressible(why) => println!("{name}: not expressible: {why}"),
        }
    }
    println!("{expressible} of {} cases are expressible", outcomes.len());
    assert!(differing.is_empty(), "these cases differ: {differing:?}");
    assert!(!is_shared || expressible >= EXPRESSIBLE, "only {expressible} cases are expressible, not {EXPRESSIBLE}");
}
