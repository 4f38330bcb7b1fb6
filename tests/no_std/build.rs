//! No start files: the program begins at `_start`.

fn main() {
    println!("cargo::rustc-link-arg-bins=-nostartfiles");
    // for memset and memcpy alone
    println!("cargo::rustc-link-arg-bins=-lc");
}
