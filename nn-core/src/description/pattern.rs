//! Patterns of parameter names.

use core::fmt;

use super::Parameter;

/// Whether a pattern fits a path, or the beginning of one up to a dot. `*` stands for any text.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    beginnings(path).any(|beginning| glob(pattern.as_bytes(), beginning.as_bytes()))
}

/// `a`, `a.b` and `a.b.c` of `a.b.c`.
fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    let dots = path.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(at, _)| at);
    dots.chain([path.len()]).map(|end| &path[..end])
}

fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    // The place of the last star, and the end of the text that it stands for.
    let mut star = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            (p, t) = (p + 1, t + 1);
        } else if let Some((at, end)) = star {
            star = Some((at, end + 1));
            (p, t) = (at + 1, end + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// Advice about a pattern that no parameter fits: the nearest name, or all names.
pub(crate) struct Advice<'a>(pub(crate) &'a str, pub(crate) &'static [Parameter]);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Advice(pattern, parameters) = self;
        let names = parameters.iter().flat_map(|parameter| beginnings(parameter.name));
        let nearest = names.map(|name| (distance(pattern, name), name)).min_by_key(|(distance, _)| *distance);
        match nearest {
            Some((distance, name)) if distance <= 1 + pattern.len() / 4 => write!(f, ": did you mean `{name}`?"),
            _ => {
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

/// The edit distance of two names in bytes (V. Levenshtein, 1966). Of `b` the first 63 bytes count.
fn distance(a: &str, b: &str) -> usize {
    const MOST: usize = 64;
    let mut row: [usize; MOST] = core::array::from_fn(|at| at);
    let last = b.len().min(MOST - 1);
    for (i, x) in a.bytes().enumerate() {
        let (mut diagonal, mut left) = (i, i + 1);
        for (j, y) in b.bytes().take(last).enumerate() {
            let best = (diagonal + usize::from(x != y)).min(row[j + 1] + 1).min(left + 1);
            (diagonal, row[j], left) = (row[j + 1], left, best);
        }
        row[last] = left;
    }
    row[last]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_paths_and_their_beginnings() {
        let fitting = ["fc1", "fc1.weight", "*.weight", "fc*", "*", "f*1", "fc1*", "*1.w*t"];
        assert!(fitting.iter().all(|pattern| fits(pattern, "fc1.weight")));
        let others = ["fc", "fc1.", "weight", "fc1.weights", "*.bias", "", "fc2*"];
        assert!(!others.iter().any(|pattern| fits(pattern, "fc1.weight")));
        assert!(fits("blocks.0.a", "blocks.0.a.bias") && fits("blocks", "blocks.0.a.bias"));
        assert!(!fits("block", "blocks.0.a.bias"));
    }

    #[test]
    fn distances_are_edits() {
        assert_eq!(distance("fc1", "fc1"), 0);
        assert_eq!(distance("fc1", "fc2"), 1);
        assert_eq!(distance("conv1", "con"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert!(distance(&"x".repeat(100), &"x".repeat(90)) > 0);
    }

    #[test]
    fn without_a_near_name_all_are_listed() {
        const PARAMETERS: &[Parameter] = &[Parameter::new("a.weight", &[2], 0), Parameter::new("a.bias", &[1], 2)];
        let advice = |pattern| std::string::ToString::to_string(&Advice(pattern, PARAMETERS));
        assert_eq!(advice("b"), ": did you mean `a`?");
        assert_eq!(advice("a.wight"), ": did you mean `a.weight`?");
        assert_eq!(advice("hidden"), "; the parameters are `a.weight`, `a.bias`");
    }
}
