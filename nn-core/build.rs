//! Says what to add to a profile that leaves the kernels unoptimised: training is then hundreds of times slower.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(unoptimised)");
    if std::env::var("OPT_LEVEL").as_deref() == Ok("0") {
        println!("cargo::rustc-cfg=unoptimised");
        println!(
            "cargo::warning=networks run hundreds of times slower in this profile: build with `--release`, or add \
             `[profile.dev] opt-level = 1` and `package.nn-core = {{ opt-level = 3, debug-assertions = false, \
             overflow-checks = false }}` to Cargo.toml"
        );
    }
}
