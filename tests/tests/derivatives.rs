//! Derivatives as functions: everything in the library, networks that are hard, and random ones.

use tests::architectures::{item, seeds};
use tests::hard;
use tests::library::{Item, check_derivatives, items};

/// From finite differences of outputs and gradients.
const TOLERANCE: f64 = 1e-8;

/// Of products that are equal but for their rounding; in random networks large numbers may cancel each other.
const IDENTITY: f64 = 1e-12;
const CANCELLED: f64 = 1e-10;

fn hold(items: impl IntoIterator<Item = Item>, identity: f64) {
    let (mut wrong, mut worst, mut curved) = (Vec::new(), [0.0f64; 2], 0);
    let mut count = 0;
    for (number, item) in items.into_iter().enumerate() {
        count += 1;
        let checked = std::panic::catch_unwind(|| check_derivatives(&item, number as u64));
        match checked.unwrap_or_else(|_| Err("the compiler panics".into())) {
            Ok(found) => {
                worst = [worst[0].max(found.finite_differences), worst[1].max(found.identities)];
                curved += usize::from(found.curvature > 1e-6);
                if found.finite_differences > TOLERANCE || found.identities > identity {
                    wrong.push(format!("{}: {found:?}", item.name));
                }
            }
            Err(message) => wrong.push(format!("{}: {message}:\n{}", item.name, item.text)),
        }
    }
    println!("greatest difference: {:.1e}, of identities: {:.1e}", worst[0], worst[1]);
    println!("{curved} of {count} have a Hessian that is not zero");
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(curved > count / 10, "{curved} of {count}");
}

#[test]
fn of_the_library() {
    hold(items(), IDENTITY);
}

#[test]
fn of_hard_networks() {
    hold(hard::items(), IDENTITY);
}

/// A quarter of the seeds: all of them take minutes.
#[test]
fn of_random_architectures() {
    hold(seeds().step_by(4).map(item), CANCELLED);
}
