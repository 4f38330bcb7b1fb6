//! Quotients of sizes that come out even.

use crate::shape::Dim;

/// How many times `of` is `by`, as a number.
pub(super) fn multiple(of: &Dim, by: &Dim) -> Option<i64> {
    if of == by {
        return Some(1);
    }
    let times = match (of.literal(), by.literal()) {
        (Some(of), Some(by)) => (by > 0 && of % by == 0).then(|| of / by)?,
        // the same polynomial with other coefficients
        _ => {
            let ratio = of.magnitude() / by.magnitude().max(1);
            (by.multiply(&Dim::from(ratio)).as_ref() == Some(of)).then_some(ratio)?
        }
    };
    (times > 0).then_some(times)
}

/// A size divided by a number, if that comes out even.
pub(super) fn quotient(of: &Dim, by: i64) -> Option<Dim> {
    if by == 1 {
        return Some(of.clone());
    }
    match of.literal() {
        Some(of) => (of % by == 0).then(|| Dim::from(of / by)),
        None => of.divide(&Dim::from(by)),
    }
}
