//! Sizes as polynomials over symbols that are not known while the macro expands.

use std::rc::Rc;

/// A size that the macro cannot see: a type parameter or the path of a typenum type.
pub type Symbol = Rc<str>;

/// A factor that is not a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Atom {
    /// The number of samples, known at run time only.
    Samples,
    /// A type parameter or a path.
    Symbol(Symbol),
    /// A quotient, rounded down, that does not come out even.
    Quotient(Box<Dim>, Box<Dim>),
}

/// A size: a sum of products. Two sizes that are equal as polynomials are equal as values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Dim {
    pub(super) constant: i64,
    /// Sorted by factors; no coefficient is zero.
    pub(super) terms: Vec<(Vec<Atom>, i64)>,
}

impl From<i64> for Dim {
    fn from(constant: i64) -> Self {
        Dim { constant, terms: Vec::new() }
    }
}

impl Dim {
    /// The number of samples in a tile.
    #[must_use]
    pub fn samples() -> Self {
        Dim::atom(Atom::Samples)
    }

    /// A type parameter or path.
    #[must_use]
    pub fn symbol(name: &str) -> Self {
        Dim::atom(Atom::Symbol(name.into()))
    }

    fn atom(atom: Atom) -> Self {
        Dim { constant: 0, terms: vec![(vec![atom], 1)] }
    }

    /// The value, if it is a number.
    #[must_use]
    pub fn literal(&self) -> Option<i64> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// The constant part and the products with their factors.
    #[must_use]
    pub fn parts(&self) -> (i64, &[(Vec<Atom>, i64)]) {
        (self.constant, &self.terms)
    }

    /// The number of factors in all products, those in quotients too.
    #[must_use]
    pub fn length(&self) -> usize {
        let factors = self.terms.iter().flat_map(|(factors, _)| factors);
        factors.map(|factor| if let Atom::Quotient(a, b) = factor { 1 + a.length() + b.length() } else { 1 }).sum()
    }

    /// The sum of all numbers in it without their signs: the value where nothing is subtracted and each factor is one.
    #[must_use]
    pub fn magnitude(&self) -> i64 {
        let numbers = self.terms.iter().map(|(_, coefficient)| *coefficient).chain([self.constant]);
        numbers.fold(0, |sum, number| sum.saturating_add(number.saturating_abs()))
    }

    /// The positive and the negative terms: the size is their difference.
    #[must_use]
    pub fn split_signs(&self) -> (Dim, Dim) {
        let part = |sign: i64| Dim {
            constant: (self.constant * sign).max(0),
            terms: self.terms.iter().filter(|(_, c)| c * sign > 0).map(|(f, c)| (f.clone(), c * sign)).collect(),
        };
        (part(1), part(-1))
    }

    /// Whether the number of samples occurs in it.
    #[must_use]
    pub fn has_samples(&self) -> bool {
        self.terms.iter().any(|(factors, _)| factors.contains(&Atom::Samples))
    }

    fn collect(constant: i64, mut terms: Vec<(Vec<Atom>, i64)>) -> Option<Self> {
        terms.sort_by(|a, b| a.0.cmp(&b.0));
        let mut merged: Vec<(Vec<Atom>, i64)> = Vec::with_capacity(terms.len());
        for (factors, coefficient) in terms {
            match merged.last_mut() {
                Some((last, sum)) if *last == factors => *sum = sum.checked_add(coefficient)?,
                _ => merged.push((factors, coefficient)),
            }
        }
        merged.retain(|(_, coefficient)| *coefficient != 0);
        // a number whose opposite is none either would overflow later
        let mut numbers = merged.iter().map(|(_, coefficient)| *coefficient).chain([constant]);
        numbers.all(|number| number != i64::MIN).then_some(Dim { constant, terms: merged })
    }

    /// The sum; `None` where it overflows.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        let terms = self.terms.iter().chain(&other.terms).cloned().collect();
        Dim::collect(self.constant.checked_add(other.constant)?, terms)
    }

    /// The difference; `None` where it overflows.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Option<Self> {
        self.add(&other.multiply(&Dim::from(-1))?)
    }

    /// The product; `None` where it overflows.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Option<Self> {
        let mut terms = Vec::new();
        for (factors, coefficient) in &self.terms {
            terms.push((factors.clone(), coefficient.checked_mul(other.constant)?));
            for (more, other) in &other.terms {
                let mut factors: Vec<Atom> = factors.iter().chain(more).cloned().collect();
                factors.sort();
                terms.push((factors, coefficient.checked_mul(*other)?));
            }
        }
        for (factors, coefficient) in &other.terms {
            terms.push((factors.clone(), coefficient.checked_mul(self.constant)?));
        }
        Dim::collect(self.constant.checked_mul(other.constant)?, terms)
    }

    /// The quotient, rounded down; `None` for a divisor of zero or less.
    #[must_use]
    pub fn divide(&self, divisor: &Self) -> Option<Self> {
        match (self.literal(), divisor.literal()) {
            (_, Some(by)) if by <= 0 => None,
            (Some(value), Some(by)) => Some(Dim::from(value.div_euclid(by))),
            (None, Some(by)) if self.terms.iter().all(|(_, c)| c % by == 0) => {
                // (a·by + r) / by = a + r / by
                let terms = self.terms.iter().map(|(f, c)| (f.clone(), c / by)).collect();
                Some(Dim { constant: self.constant.div_euclid(by), terms })
            }
            _ if let Some(exact) = self.divide_terms(divisor) => Some(exact),
            _ => Some(Dim::atom(Atom::Quotient(Box::new(self.clone()), Box::new(divisor.clone())))),
        }
    }

    /// The quotient by a product, if it divides each term.
    fn divide_terms(&self, divisor: &Self) -> Option<Self> {
        let (0, [(by, number)]) = (divisor.constant, divisor.terms.as_slice()) else {
            return (self == divisor).then(|| Dim::from(1));
        };
        let divided = self.terms.iter().map(|(factors, coefficient)| {
            let mut factors = factors.clone();
            for factor in by {
                factors.remove(factors.iter().position(|own| own == factor)?);
            }
            (coefficient % number == 0).then(|| Dim { constant: 0, terms: vec![(factors, coefficient / number)] })
        });
        let divided: Vec<Dim> = if self.constant == 0 { divided.collect::<Option<_>>()? } else { return None };
        divided.iter().try_fold(Dim::default(), |sum, term| {
            let [(factors, coefficient)] = term.terms.as_slice() else { return None };
            if factors.is_empty() { sum.add(&Dim::from(*coefficient)) } else { sum.add(term) }
        })
    }

    /// The product of many sizes.
    #[must_use]
    pub fn product<'a>(dims: impl IntoIterator<Item = &'a Dim>) -> Option<Dim> {
        dims.into_iter().try_fold(Dim::from(1), |product, dim| product.multiply(dim))
    }

    /// The value for given values of the atoms.
    pub fn evaluate(&self, samples: i64, symbols: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        let mut sum = self.constant;
        for (factors, coefficient) in &self.terms {
            let mut product = *coefficient;
            for factor in factors {
                let value = match factor {
                    Atom::Samples => samples,
                    Atom::Symbol(name) => symbols(name)?,
                    Atom::Quotient(a, b) => {
                        a.evaluate(samples, symbols)?.checked_div_euclid(b.evaluate(samples, symbols)?)?
                    }
                };
                product = product.checked_mul(value)?;
            }
            sum = sum.checked_add(product)?;
        }
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_that_are_equal_compare_equal() {
        let (h, w) = (Dim::symbol("H"), Dim::symbol("W"));
        let left = h.add(&w).unwrap().multiply(&h).unwrap();
        let right = h.multiply(&h).unwrap().add(&w.multiply(&h).unwrap()).unwrap();
        assert_eq!(left, right);
        assert_eq!(left.to_string(), "H*H + H*W");
    }

    #[test]
    fn a_convolution_that_keeps_the_size_is_seen_through() {
        let h = Dim::symbol("H");
        let out = h.add(&Dim::from(2 - 3)).unwrap().divide(&Dim::from(1)).unwrap().add(&Dim::from(1)).unwrap();
        assert_eq!(out, h);
    }

    #[test]
    fn quotients_round_down() {
        assert_eq!(Dim::from(7).divide(&Dim::from(2)).unwrap().literal(), Some(3));
        assert_eq!(Dim::from(7).divide(&Dim::from(0)), None);
        let twice = Dim::symbol("H").multiply(&Dim::from(2)).unwrap().add(&Dim::from(1)).unwrap();
        assert_eq!(twice.divide(&Dim::from(2)).unwrap(), Dim::symbol("H"));
    }

    #[test]
    fn products_are_divided_by_their_factors() {
        let [c, h] = ["C", "H"].map(Dim::symbol);
        let both = c.multiply(&h).unwrap().multiply(&Dim::from(6)).unwrap();
        assert_eq!(both.divide(&c.multiply(&Dim::from(2)).unwrap()).unwrap().to_string(), "3*H");
        assert_eq!(c.multiply(&Dim::from(2)).unwrap().divide(&c).unwrap().literal(), Some(2));
        assert_eq!(c.divide(&c).unwrap().literal(), Some(1));
        // neither is exact
        assert_eq!(both.add(&Dim::from(1)).unwrap().divide(&c).unwrap().to_string(), "((6*C*H + 1)/(C))");
        assert_eq!(c.divide(&h).unwrap().to_string(), "((C)/(H))");
    }

    #[test]
    fn overflow_is_noticed() {
        assert_eq!(Dim::from(i64::MAX).multiply(&Dim::from(2)), None);
    }
}
