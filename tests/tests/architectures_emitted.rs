//! Random architectures as the code that is emitted for them, against their equations and finite differences.
//!
//! `ARCHITECTURES=FROM..TO cargo test -p tests --release --test architectures_emitted` takes other seeds.

use std::path::Path;

use tests::architectures::{item, seeds};
use tests::library::{Checked, Tolerance, check_emitted};

/// Some of these networks make much of little, and their losses have large derivatives of higher order.
const TOLERANCE: Tolerance = Tolerance { finite_differences: 1e-7, equations: 1e-10 };

#[test]
fn random_architectures() {
    let seeds = seeds();
    let items: Vec<_> = seeds.clone().map(item).collect();
    let checked = check_emitted(Path::new(env!("CARGO_TARGET_TMPDIR")), "architectures", &items, TOLERANCE);
    let Checked { worst, from_equations, .. } = checked;
    println!(
        "seeds {}..{}: the greatest difference is {worst:.1e}, from the equations {from_equations:.1e}",
        seeds.start, seeds.end
    );
    let wrong: Vec<String> =
        checked.wrong.iter().map(|(item, message)| format!("{}: {message}:\n{}", item.name, item.text)).collect();
    assert!(wrong.is_empty(), "{} of them are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
