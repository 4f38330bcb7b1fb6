//! Parity with PyTorch, case by case: the committed cases, all of which must agree.
//!
//! `PARITY_CASES=DIR cargo test -p tests --release --test parity -- --nocapture` takes the cases of
//! another folder.

use std::path::{Path, PathBuf};

use tests::parity::{Outcome, run};
use tests::tensors::reference;

/// So many cases are committed, all of which can be said in the language.
const EXPRESSIBLE: usize = 32;

#[test]
fn cases_agree_with_pytorch() {
    let other = std::env::var_os("PARITY_CASES").map(|folder| from_workspace(Path::new(&folder)));
    let is_committed = other.is_none();
    let folder = other.unwrap_or_else(|| reference("torch-parity/cases"));
    let outcomes = run(Path::new(env!("CARGO_TARGET_TMPDIR")), "parity", &folder);
    let (mut expressible, mut count, mut differing, mut worst) = (0, 0, Vec::new(), (0.0f64, 0.0f64));
    for (name, outcome) in &outcomes {
        count += usize::from(*outcome != Outcome::NoCase);
        expressible += usize::from(matches!(outcome, Outcome::Agrees(..) | Outcome::Differs(_)));
        match outcome {
            Outcome::Agrees(double, single) => {
                worst = (worst.0.max(*double), worst.1.max(*single));
                println!("{name}: ok");
            }
            Outcome::Differs(what) => {
                println!("{name}: differs: {what}");
                differing.push(name);
            }
            Outcome::NotExpressible(why) => println!("{name}: not expressible: {why}"),
            Outcome::NoCase => println!("{name}: skipped: it has no \"nodes\", so that it is no case"),
        }
    }
    let (double, single) = worst;
    println!("{expressible} of {count} cases are expressible");
    println!("greatest difference where all is well: f64 {double:.1e}, f32 {single:.1e}");
    assert!(differing.is_empty(), "these cases differ: {differing:?}");
    assert!(!is_committed || expressible >= EXPRESSIBLE, "only {expressible} cases are expressible, not {EXPRESSIBLE}");
}

/// A test runs in its package's folder, but whoever calls it is mostly in the workspace's.
fn from_workspace(folder: &Path) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)
}
