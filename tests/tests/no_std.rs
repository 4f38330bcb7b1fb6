//! A program without a standard library and an allocator: it links, it runs, it learns, and it has weights in it.

use std::path::Path;
use std::process::Command;

#[test]
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn a_network_learns_without_an_allocator() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("no_std");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_std");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--target-dir"])
        .arg(&target)
        .current_dir(&folder)
        .status()
        .unwrap();
    assert!(built.success(), "the program does not build");
    let program = target.join("release/no_std");
    assert!(Command::new(&program).status().unwrap().success(), "the loss did not fall");

    let symbols = Command::new("nm").arg(&program).output().unwrap();
    let symbols = String::from_utf8_lossy(&symbols.stdout);
    for allocator in ["malloc", "calloc", "__rust_alloc", "__rg_alloc"] {
        assert!(!symbols.contains(allocator), "{allocator} is linked");
    }
}
