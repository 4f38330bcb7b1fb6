//! Paths of tensors such as `blocks.0.fc.weight`: patterns of them, and the nearest of several.

/// Whether a pattern fits a path, or the beginning of one up to a dot. `*` stands for any text.
///
/// ```
/// use nn_weights::names::fits;
/// assert!(fits("fc1", "fc1.weight") && fits("*.weight", "fc1.weight"));
/// assert!(!fits("fc", "fc1.weight"));
/// ```
#[must_use]
pub fn fits(pattern: &str, path: &str) -> bool {
    beginnings(path).any(|beginning| glob(pattern.as_bytes(), beginning.as_bytes()))
}

/// `a`, `a.b` and `a.b.c` of `a.b.c`.
///
/// ```
/// assert!(nn_weights::names::beginnings("fc.bias").eq(["fc", "fc.bias"]));
/// ```
pub fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    let dots = path.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(at, _)| at);
    dots.chain([path.len()]).map(|end| &path[..end])
}

/// What follows a beginning of a path that ends at a dot, or all of the path for a beginning of nothing.
///
/// ```
/// use nn_weights::names::behind;
/// assert_eq!(behind("model.fc", "model.fc.bias"), Some("bias"));
/// assert_eq!(behind("model.f", "model.fc.bias"), None);
/// assert_eq!(behind("", "fc.bias"), Some("fc.bias"));
/// ```
#[must_use]
pub fn behind<'p>(beginning: &str, path: &'p str) -> Option<&'p str> {
    if beginning.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(beginning)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
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

/// The name that another was most likely meant to be: with the fewest edits, and no more than a quarter of its length.
///
/// ```
/// use nn_weights::names::nearest;
/// assert_eq!(nearest("fc1.wieght", ["fc1.weight", "fc1.bias"]), Some("fc1.weight"));
/// assert_eq!(nearest("hidden", ["fc1.weight", "fc1.bias"]), None);
/// ```
pub fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let distances = names.into_iter().map(|other| (distance(name, other), other));
    let (distance, other) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + name.len() / 4).then_some(other)
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
        let [long, longer] = [[b'x'; 90], [b'y'; 90]].map(|bytes| bytes);
        let [long, longer] = [&long, &longer].map(|bytes| core::str::from_utf8(bytes).unwrap());
        assert!(distance(long, longer) > 0);
    }
}
