//! Random architectures against finite differences, as equations.
//!
//! `ARCHITECTURES=FROM..TO cargo test -p tests --release --test architectures` takes other seeds.

use tests::architectures::item;
use tests::library::{check, compile};

const TOLERANCE: f64 = 1e-7;

fn seeds() -> std::ops::Range<u64> {
    let Ok(text) = std::env::var("ARCHITECTURES") else { return 0..200 };
    let (from, to) = text.split_once("..").expect("ARCHITECTURES=FROM..TO");
    from.parse().expect("a number")..to.parse().expect("a number")
}

#[test]
fn random_architectures() {
    let mut wrong = Vec::new();
    let mut worst = 0.0f64;
    for seed in seeds() {
        let item = item(seed);
        match std::panic::catch_unwind(|| compile(&item).and_then(|()| check(&item, seed, 1))) {
            Ok(Ok(error)) if error <= TOLERANCE => worst = worst.max(error),
            Ok(Ok(error)) => wrong.push(format!("seed {seed} differs by {error:.1e}:\n{}", item.text)),
            Ok(Err(message)) => wrong.push(format!("seed {seed}: {message}:\n{}", item.text)),
            Err(_) => wrong.push(format!("seed {seed}: the compiler panics:\n{}", item.text)),
        }
    }
    println!("greatest difference: {worst:.1e}");
    assert!(wrong.is_empty(), "{} of them are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
