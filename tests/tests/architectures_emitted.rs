//! Random architectures against finite differences, as the code that is emitted for them.
//!
//! `ARCHITECTURES=FROM..TO cargo test -p tests --release --test architectures_emitted` takes other seeds.

use std::path::Path;

use tests::architectures::{item, seeds};
use tests::library::check_emitted;

#[test]
fn random_architectures() {
    let seeds = seeds();
    let items: Vec<_> = seeds.clone().map(item).collect();
    let checked = check_emitted(Path::new(env!("CARGO_TARGET_TMPDIR")), "architectures", &items);
    println!("seeds {}..{}: the greatest difference is {:.1e}", seeds.start, seeds.end, checked.worst);
    let wrong: Vec<String> =
        checked.wrong.iter().map(|(item, message)| format!("{}: {message}:\n{}", item.name, item.text)).collect();
    assert!(wrong.is_empty(), "{} of them are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
