//! What would make a file fit that does not.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::names::behind;
use crate::{Problem, Shape};

/// Adds how to rename, if one beginning more or less would find all that is missing. Returns whether it does.
pub(crate) fn common_beginning(problems: &mut Vec<Problem>) -> bool {
    let missing = problems.iter().filter_map(|problem| match problem {
        Problem::Missing { name, nearest: Some(nearest), .. } => Some(Some((name.as_str(), nearest.name.as_str()))),
        Problem::Missing { .. } => Some(None),
        _ => None,
    });
    let beginning = missing.map(|pair| {
        let (name, found) = pair?;
        let more = |long: &str, short: &str| Some(long.strip_suffix(short)?.strip_suffix('.')?.to_owned());
        Some(match more(found, name) {
            Some(from) => (from, String::new()),
            None => (String::new(), more(name, found)?),
        })
    });
    let beginnings: Option<Vec<_>> = beginning.collect();
    if let Some([(from, to), others @ ..]) = beginnings.as_deref()
        && others.iter().all(|other| (from, to) == (&other.0, &other.1))
    {
        problems.push(Problem::Beginning { from: from.clone(), to: to.clone() });
        return true;
    }
    false
}

/// Adds how to rename the layers that are missing and that the file has under another name, where their tensors leave no
/// choice. Returns the names of both.
pub(crate) fn renamed_layers(problems: &mut Vec<Problem>) -> Vec<String> {
    let missing = by_layer(problems.iter().filter_map(|problem| match problem {
        Problem::Missing { name, shape, .. } => Some((name, shape)),
        _ => None,
    }));
    let extra = by_layer(problems.iter().filter_map(|problem| match problem {
        Problem::Extra { name, shape, .. } => Some((name, shape)),
        _ => None,
    }));
    let only = |layers: &Layers, tensors: &[(String, Shape)]| {
        let mut same = layers.iter().filter(|(_, other)| *other == tensors);
        same.next().filter(|_| same.next().is_none()).map(|(name, _)| name.clone())
    };
    let renamed = missing.values().filter_map(|tensors| {
        let (from, to) = (only(&extra, tensors)?, only(&missing, tensors)?);
        Some(Problem::Beginning { from, to })
    });
    let renamed: Vec<Problem> = renamed.collect();
    let layers = renamed.iter().filter_map(|problem| match problem {
        Problem::Beginning { from, to } => Some([from.clone(), to.clone()]),
        _ => None,
    });
    let layers = layers.flatten().collect();
    problems.extend(renamed);
    layers
}

/// Adds the parts that one side alone has, such as the memory of an optimiser or a new head. A function tells whether the network,
/// or else the file, has a part.
pub(crate) fn other_parts(problems: &mut Vec<Problem>, renamed: &[String], has_part: impl Fn(&str, bool) -> bool) {
    let mut parts: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for problem in &*problems {
        let (name, of_network) = match problem {
            Problem::Missing { name, .. } => (name, true),
            Problem::Extra { name, .. } => (name, false),
            _ => continue,
        };
        let is_renamed = renamed.iter().any(|layer| behind(layer, name).is_some());
        if let Some((part, _)) = name.split_once('.').filter(|_| !is_renamed) {
            *parts.entry((part, of_network)).or_default() += 1;
        }
    }
    let other = parts.into_iter().filter(|((part, of_network), _)| !has_part(part, !of_network));
    let other =
        other.map(|((part, of_network), count)| Problem::OtherPart { part: part.to_owned(), of_network, count });
    let other: Vec<Problem> = other.collect();
    problems.extend(other);
}

/// The tensors of each layer, by name.
type Layers = BTreeMap<String, Vec<(String, Shape)>>;

fn by_layer<'p>(tensors: impl Iterator<Item = (&'p String, &'p Shape)>) -> Layers {
    let mut layers = Layers::new();
    for (name, shape) in tensors {
        if let Some((layer, tensor)) = name.rsplit_once('.') {
            layers.entry(layer.to_owned()).or_default().push((tensor.to_owned(), shape.clone()));
        }
    }
    layers.values_mut().for_each(|tensors| tensors.sort_by(|a, b| a.0.cmp(&b.0)));
    layers
}
