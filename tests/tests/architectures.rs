//! Random architectures against finite differences, as equations.
//!
//! `ARCHITECTURES=FROM..TO cargo test -p tests --release --test architectures` takes other seeds.

use tests::architectures::{item, seeds};
use tests::library::{check, compile};

const TOLERANCE: f64 = 1e-7;

#[test]
fn random_architectures() {
    let mut wrong = Vec::new();
    let mut worst = 0.0f64;
    let seeds = seeds();
    for seed in seeds.clone() {
        let item = item(seed);
        match std::panic::catch_unwind(|| compile(&item).and_then(|()| check(&item, seed, 1))) {
            Ok(Ok(error)) if error <= TOLERANCE => worst = worst.max(error),
            Ok(Ok(error)) => wrong.push(format!("seed {seed} differs by {error:.1e}:\n{}", item.text)),
            Ok(Err(message)) => wrong.push(format!("seed {seed}: {message}:\n{}", item.text)),
            Err(_) => wrong.push(format!("seed {seed}: the compiler panics:\n{}", item.text)),
        }
    }
    println!("seeds {}..{}: the greatest difference is {worst:.1e}", seeds.start, seeds.end);
    assert!(wrong.is_empty(), "{} of them are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
