//! Random architectures against finite differences, as equations.
//!
//! `ARCHITECTURES=FROM..TO cargo test -p tests --release --test architectures` takes other seeds.

use rayon::prelude::*;
use tests::architectures::{item, seeds};
use tests::library::{check, compile};

const TOLERANCE: f64 = 1e-7;

#[test]
fn random_architectures() {
    let seeds = seeds();
    let checked = seeds.clone().into_par_iter().map(|seed| {
        let item = item(seed);
        match std::panic::catch_unwind(|| compile(&item).and_then(|()| check(&item, seed, 1))) {
            Ok(Ok(error)) if error <= TOLERANCE => Ok(error),
            Ok(Ok(error)) => Err(format!("seed {seed} differs by {error:.1e}:\n{}", item.text)),
            Ok(Err(message)) => Err(format!("seed {seed}: {message}:\n{}", item.text)),
            Err(_) => Err(format!("seed {seed}: the compiler panics:\n{}", item.text)),
        }
    });
    let (wrong, errors): (Vec<String>, Vec<f64>) = checked.partition_map(Into::into);
    println!(
        "seeds {}..{}: the greatest difference is {:.1e}",
        seeds.start,
        seeds.end,
        errors.into_iter().fold(0.0, f64::max)
    );
    assert!(wrong.is_empty(), "{} of them are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
