//! The greatest value of a size that depends on symbols.

use super::{Atom, Dim};

impl Dim {
    /// An upper bound for all values of the symbols, if there is one: a quotient lies less than one below the exact
    /// division.
    #[must_use]
    pub fn most(&self) -> Option<i64> {
        let mut most = self.clone();
        while most.literal().is_none() {
            let (at, bound) = most.terms.iter().enumerate().find_map(|(at, term)| Some((at, bound(term)?)))?;
            most.terms.remove(at);
            most = most.add(&bound)?;
        }
        most.literal()
    }
}

/// The greatest that a multiple of a quotient can be, without rounding; `None` for other terms.
fn bound((factors, coefficient): &(Vec<Atom>, i64)) -> Option<Dim> {
    let [Atom::Quotient(of, by)] = factors.as_slice() else { return None };
    let by = by.literal().filter(|by| coefficient % by == 0)?;
    let rounded = if *coefficient > 0 { of.as_ref().clone() } else { of.subtract(&Dim::from(by - 1))? };
    rounded.multiply(&Dim::from(coefficient / by))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_strided_window_reaches_is_bounded() {
        // the last window of 3 places with a stride of 2, behind the last place of an axis that has one in front of it
        let h = Dim::symbol("H");
        let last = h.subtract(&Dim::from(2)).unwrap().divide(&Dim::from(2)).unwrap().multiply(&Dim::from(2)).unwrap();
        let behind = last.add(&Dim::from(2)).unwrap().subtract(&h).unwrap();
        assert_eq!(behind.literal(), None);
        assert_eq!(behind.most(), Some(0));
        assert_eq!(Dim::default().subtract(&behind).unwrap().most(), Some(1));
        assert_eq!(h.most(), None);
    }
}
