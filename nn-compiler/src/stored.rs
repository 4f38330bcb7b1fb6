//! The order and the names of the tensors that a network owns, as its tables list them.

use crate::lowered::StoredTensor;

/// The stored tensors in groups, by the layer at `depth`.
pub(crate) fn groups<'s, 'p>(
    within: &'s [&'p StoredTensor],
    depth: usize,
) -> impl Iterator<Item = &'s [&'p StoredTensor]> {
    within.chunk_by(move |a, b| a.path.get(depth).is_some() && a.path.get(depth) == b.path.get(depth))
}

/// The length of the array at `depth` in a path, if the layer there is one.
pub(crate) fn count(stored: &StoredTensor, depth: usize) -> Option<i64> {
    stored.arrays.iter().find(|(array, _)| *array == depth).map(|(_, count)| *count)
}

/// The tensors with their names in the table, such as `blocks.0.conv.weight`, in its order.
pub(crate) fn named<'p>(within: &[&'p StoredTensor], depth: usize, prefix: &str) -> Vec<(String, &'p StoredTensor)> {
    let mut all = Vec::new();
    for group in groups(within, depth) {
        let Some(layer) = group[0].path.get(depth) else {
            all.push((format!("{prefix}{}", group[0].name), group[0]));
            continue;
        };
        match count(group[0], depth) {
            None => all.extend(named(group, depth + 1, &format!("{prefix}{layer}."))),
            Some(count) => {
                all.extend(
                    (0..count).flat_map(|iteration| named(group, depth + 1, &format!("{prefix}{layer}.{iteration}."))),
                );
            }
        }
    }
    all
}
