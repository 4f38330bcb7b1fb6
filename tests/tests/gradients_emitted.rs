//! The code that is emitted for everything in the library against finite differences of its loss.

use std::path::Path;

use tests::architectures;
use tests::generated::Generated;
use tests::hard;
use tests::library::{given, items, module};

const TOLERANCE: f64 = 1e-8;

/// Random architectures that are compiled beside the library's examples.
const ARCHITECTURES: u64 = 8;

#[test]
fn code_for_the_library() {
    let mut items = items();
    items.extend(hard::items());
    items.extend((0..ARCHITECTURES).map(architectures::item));
    let modules: Vec<_> = items.iter().map(module).collect();
    let generated = Generated::build(Path::new(env!("CARGO_TARGET_TMPDIR")), "gradients", &modules);
    let mut wrong: Vec<String> = generated.broken.values().cloned().collect();
    let mut worst = 0.0f64;
    for (item, module) in items.iter().zip(&modules).filter(|(_, module)| !generated.broken.contains_key(&module.name))
    {
        let found = match generated.run(&module.name, "f64", &given(item, 1)) {
            Ok(found) => found,
            Err(message) => {
                wrong.push(format!("{}: {message}", item.name));
                continue;
            }
        };
        let error = found.get("difference").unwrap()[0];
        worst = worst.max(error);
        if error > TOLERANCE {
            wrong.push(format!("{}: differs by {error:.1e}", item.name));
        }
        if found.get("tiles").unwrap() != [1.0] {
            wrong.push(format!("{}: the bits depend on the size of the workspace", item.name));
        }
    }
    println!("greatest difference: {worst:.1e}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
