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

/// What is in the network and in the file.
pub(crate) struct Both<'b, F> {
    /// The tensors of the file that the network has not, by the names that the rules make.
    pub(crate) extra: &'b [(String, Shape)],
    /// Whether the network, or else the file, has a part.
    pub(crate) has_part: F,
}

impl<F: Fn(&str, bool) -> bool> Both<'_, F> {
    /// Adds how to rename the parts and layers that are missing and that the file has under another name, where their tensors leave
    /// no choice, and nothing else is renamed by it. Returns the names of both.
    pub(crate) fn renamed_layers(&self, problems: &mut Vec<Problem>) -> Vec<String> {
        let mut renamed: Vec<[String; 2]> = Vec::new();
        for split in [|name: &str| name.split_once('.').map(owned), |name: &str| name.rsplit_once('.').map(owned)] {
            let is_left = |name: &str| renamed.iter().flatten().all(|layer| behind(layer, name).is_none());
            let missing = problems.iter().filter_map(|problem| match problem {
                Problem::Missing { name, shape, .. } if is_left(name) => Some((name, shape)),
                _ => None,
            });
            let extra = self.extra.iter().filter(|(name, _)| is_left(name)).map(|(name, shape)| (name, shape));
            let (missing, extra) = (by_layer(missing, split), by_layer(extra, split));
            let only = |layers: &Layers, tensors: &[(String, Shape)]| {
                let mut same = layers.iter().filter(|(_, other)| *other == tensors);
                same.next().filter(|_| same.next().is_none()).map(|(name, _)| name.clone())
            };
            let pair = |tensors: &Vec<(String, Shape)>| Some([only(&extra, tensors)?, only(&missing, tensors)?]);
            let is_whole = |[from, to]: &[String; 2]| !(self.has_part)(from, true) && !(self.has_part)(to, false);
            let found: Vec<_> = missing.values().filter_map(pair).filter(is_whole).collect();
            renamed.extend(found);
        }
        problems.extend(renamed.iter().map(|[from, to]| Problem::Beginning { from: from.clone(), to: to.clone() }));
        renamed.into_iter().flatten().collect()
    }

    /// Adds the parts that one side alone has, such as the memory of an optimiser or a new head: they can be left out. Where both
    /// sides have such parts, one may stand for the other. Another hint is for the layers that are to be renamed.
    pub(crate) fn other_parts(&self, problems: &mut Vec<Problem>, renamed: &[String]) {
        let missing = problems.iter().filter_map(|problem| match problem {
            Problem::Missing { name, .. } => Some((name, true)),
            _ => None,
        });
        let mut parts: BTreeMap<(String, bool), usize> = BTreeMap::new();
        for (name, of_network) in missing.chain(self.extra.iter().map(|(name, _)| (name, false))) {
            if let Some((part, _)) = name.split_once('.') {
                *parts.entry((part.to_owned(), of_network)).or_default() += 1;
            }
        }
        parts.retain(|(part, of_network), _| {
            let is_renamed = renamed.iter().any(|layer| layer == part || behind(part, layer).is_some());
            !is_renamed && !(self.has_part)(part, !of_network)
        });
        let of_network = parts.keys().filter(|(_, of_network)| *of_network).count();
        if of_network == 0 || of_network == parts.len() {
            let other = parts.into_iter();
            problems.extend(other.map(|((part, of_network), count)| Problem::OtherPart { part, of_network, count }));
        }
    }
}

fn owned((part, rest): (&str, &str)) -> (String, String) {
    (part.to_owned(), rest.to_owned())
}

/// The tensors of each layer, by name.
type Layers = BTreeMap<String, Vec<(String, Shape)>>;

fn by_layer<'p>(
    tensors: impl Iterator<Item = (&'p String, &'p Shape)>,
    split: fn(&str) -> Option<(String, String)>,
) -> Layers {
    let mut layers = Layers::new();
    for (name, shape) in tensors {
        if let Some((layer, tensor)) = split(name) {
            layers.entry(layer).or_default().push((tensor, shape.clone()));
        }
    }
    layers.values_mut().for_each(|tensors| tensors.sort_by(|a, b| a.0.cmp(&b.0)));
    layers
}
