//! What schedules compute in poisoned memory, against the equations that they come from.
//!
//! `ARCHITECTURES=FROM..TO cargo test -p tests --release --test schedules` takes other random architectures.

use tests::architectures::{item, seeds};
use tests::hard;
use tests::library::{Item, check_scheduled, items};

const TOLERANCE: f64 = 1e-11;

fn hold(items: impl Iterator<Item = Item>) {
    let (mut wrong, mut worst, mut count) = (Vec::new(), 0.0f64, 0);
    for item in items {
        count += 1;
        match std::panic::catch_unwind(|| check_scheduled(&item, 1)) {
            Ok(Ok(error)) if error <= TOLERANCE => worst = worst.max(error),
            Ok(Ok(error)) => wrong.push(format!("{} differs by {error:.1e}:\n{}", item.name, item.text)),
            Ok(Err(message)) => wrong.push(format!("{}: {message}:\n{}", item.name, item.text)),
            Err(_) => wrong.push(format!("{}: the compiler panics:\n{}", item.name, item.text)),
        }
    }
    println!("{count} networks: the greatest difference is {worst:.1e}");
    assert!(count > 0, "there is nothing to test");
    assert!(wrong.is_empty(), "{} of {count} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn of_the_library() {
    hold(items().into_iter());
}

#[test]
fn of_hard_networks() {
    hold(hard::items().into_iter());
}

#[test]
fn of_random_architectures() {
    hold(seeds().map(item));
}
