//! Sizes as users write them.

use std::fmt;

use super::{Atom, Dim};

impl fmt::Display for Dim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // what is added stands in front
        let (added, subtracted): (Vec<_>, Vec<_>) = self.terms.iter().partition(|(_, coefficient)| *coefficient > 0);
        let mut first = true;
        let mut sign = |f: &mut fmt::Formatter<'_>, negative: bool| {
            let sign = match (std::mem::take(&mut first), negative) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            };
            f.write_str(sign)
        };
        for term in added {
            sign(f, false)?;
            write_term(f, term)?;
        }
        if self.constant > 0 || self.terms.is_empty() {
            sign(f, self.constant < 0)?;
            write!(f, "{}", self.constant.unsigned_abs())?;
        }
        for term in subtracted {
            sign(f, true)?;
            write_term(f, term)?;
        }
        if self.constant < 0 && !self.terms.is_empty() {
            sign(f, true)?;
            write!(f, "{}", self.constant.unsigned_abs())?;
        }
        Ok(())
    }
}

/// A product without its sign.
fn write_term(f: &mut fmt::Formatter<'_>, (factors, coefficient): &(Vec<Atom>, i64)) -> fmt::Result {
    if coefficient.unsigned_abs() != 1 {
        write!(f, "{}*", coefficient.unsigned_abs())?;
    }
    for (at, factor) in factors.iter().enumerate() {
        let star = if at > 0 { "*" } else { "" };
        match factor {
            Atom::Samples => write!(f, "{star}samples")?,
            Atom::Symbol(name) => write!(f, "{star}{name}")?,
            Atom::Quotient(a, b) => write!(f, "{star}(({a})/({b}))")?,
        }
    }
    Ok(())
}

/// A shape as users write it: `[32, 14, 14]`.
#[must_use]
pub fn display_shape(shape: &[Dim]) -> String {
    let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
    format!("[{}]", sizes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_written_first() {
        let k = Dim::symbol("K");
        assert_eq!(Dim::from(9).subtract(&k).unwrap().to_string(), "9 - K");
        assert_eq!(Dim::from(-2).subtract(&k).unwrap().to_string(), "-K - 2");
        assert_eq!(k.add(&Dim::from(1)).unwrap().to_string(), "K + 1");
        assert_eq!([0, -3].map(|number| Dim::from(number).to_string()), ["0", "-3"]);
    }
}
