//! The code that is emitted for everything in the library against its equations, and against finite differences.

use std::path::Path;

use tests::hard;
use tests::library::{Tolerance, check_emitted, items};

const TOLERANCE: Tolerance = Tolerance { finite_differences: 1e-8, equations: 1e-12 };

#[test]
fn code_for_the_library() {
    let mut items = items();
    items.extend(hard::items());
    let checked = check_emitted(Path::new(env!("CARGO_TARGET_TMPDIR")), "gradients", &items, TOLERANCE);
    println!("greatest difference: {:.1e}, from the equations {:.1e}", checked.worst, checked.from_equations);
    let wrong: Vec<String> = checked.wrong.iter().map(|(item, message)| format!("{}: {message}", item.name)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
