//! Patterns of parameter names that fit nothing.

use core::fmt;

use nn_weights::names::{beginnings, nearest};

use super::Parameter;

/// Advice about a pattern that no parameter fits: the nearest name, or all names.
pub(crate) struct Advice<'a>(pub(crate) &'a str, pub(crate) &'static [Parameter]);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Advice(pattern, parameters) = self;
        match nearest(pattern, parameters.iter().flat_map(|parameter| beginnings(parameter.name))) {
            Some(name) => write!(f, ": did you mean `{name}`?"),
            None => {
                let mut separator = "; the parameters are ";
                for parameter in *parameters {
                    write!(f, "{separator}`{}`", parameter.name)?;
                    separator = ", ";
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_near_name_all_are_listed() {
        const PARAMETERS: &[Parameter] = &[Parameter::new("a.weight", &[2], 0), Parameter::new("a.bias", &[1], 2)];
        let advice = |pattern| std::string::ToString::to_string(&Advice(pattern, PARAMETERS));
        assert_eq!(advice("b"), ": did you mean `a`?");
        assert_eq!(advice("a.wight"), ": did you mean `a.weight`?");
        assert_eq!(advice("hidden"), "; the parameters are `a.weight`, `a.bias`");
    }
}
