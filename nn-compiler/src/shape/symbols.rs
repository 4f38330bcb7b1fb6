//! The symbols in sizes, and what equations say of them.

use super::{Atom, Dim};

impl Dim {
    /// The symbol, if it is nothing else.
    #[must_use]
    pub fn as_symbol(&self) -> Option<&str> {
        match (self.constant, self.terms.as_slice()) {
            (0, [(factors, 1)]) => match factors.as_slice() {
                [Atom::Symbol(name)] => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// The same with some symbols replaced; `None` where it overflows.
    #[must_use]
    pub fn substitute(&self, with: &dyn Fn(&str) -> Option<Dim>) -> Option<Self> {
        let mut sum = Dim::from(self.constant);
        for (factors, coefficient) in &self.terms {
            let mut product = Dim::from(*coefficient);
            for factor in factors {
                let factor = match factor {
                    Atom::Symbol(name) => with(name).unwrap_or_else(|| Dim::symbol(name)),
                    Atom::Quotient(a, b) => a.substitute(with)?.divide(&b.substitute(with)?)?,
                    Atom::Samples => Dim::samples(),
                };
                product = product.multiply(&factor)?;
            }
            sum = sum.add(&product)?;
        }
        Some(sum)
    }

    /// If it is zero: what a symbol in it is, which occurs once and by itself.
    #[must_use]
    pub fn solved_for(&self, symbol: &str) -> Option<Self> {
        let own = Atom::Symbol(symbol.into());
        let (_, coefficient) = self.terms.iter().find(|(factors, _)| *factors == [own.clone()])?;
        let mut rest = self.clone();
        rest.terms.retain(|(factors, _)| *factors != [own.clone()]);
        let even = rest.constant % coefficient == 0 && rest.terms.iter().all(|(_, other)| other % coefficient == 0);
        if rest.symbols().contains(&symbol) || !even {
            return None;
        }
        let terms = rest.terms.iter().map(|(factors, other)| (factors.clone(), -other / coefficient)).collect();
        Some(Dim { constant: -rest.constant / coefficient, terms })
    }

    /// The symbols in it, each once.
    #[must_use]
    pub fn symbols(&self) -> Vec<&str> {
        fn of(atom: &Atom) -> Vec<&str> {
            match atom {
                Atom::Samples => Vec::new(),
                Atom::Symbol(name) => vec![&**name],
                Atom::Quotient(a, b) => [a.symbols(), b.symbols()].concat(),
            }
        }
        let mut symbols: Vec<&str> = self.terms.iter().flat_map(|(factors, _)| factors.iter().flat_map(of)).collect();
        symbols.sort_unstable();
        symbols.dedup();
        symbols
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_zero_says_what_a_symbol_is() {
        let [c, h] = ["C", "H"].map(Dim::symbol);
        // 2*C - 8*H + 4
        let zero = c.multiply(&Dim::from(2)).unwrap().subtract(&h.multiply(&Dim::from(8)).unwrap()).unwrap();
        let zero = zero.add(&Dim::from(4)).unwrap();
        let solved = zero.solved_for("C").unwrap();
        assert_eq!(solved.to_string(), "4*H - 2");
        // a quarter of `C` is no size that is known
        assert_eq!(zero.solved_for("H"), None);
        let known = zero.substitute(&|name| (name == "C").then(|| solved.clone())).unwrap();
        assert_eq!(known.literal(), Some(0));
        let product = c.multiply(&h).unwrap().subtract(&c).unwrap();
        assert_eq!(product.solved_for("C"), None, "it occurs twice");
    }
}
