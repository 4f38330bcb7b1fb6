//! The names of structs.

use syn::Ident;

use crate::syntax::ast::Network;
use crate::syntax::{GENERATED, RawOrPlain};

/// The names of the layers' structs, by the paths of the layers.
#[derive(Debug)]
pub(in crate::emit) struct TypeNames {
    names: Vec<(Vec<String>, Ident)>,
}

impl TypeNames {
    /// Names for all layers that own a tensor and for the layers around them, different from those in `others`.
    pub(in crate::emit) fn new<'a>(
        network: &Network,
        suffix: &str,
        paths: impl Iterator<Item = &'a Vec<String>>,
        others: Option<&TypeNames>,
    ) -> Self {
        let mut names: Vec<(Vec<String>, Ident)> = Vec::new();
        for path in paths {
            for len in 1..=path.len() {
                let path = &path[..len];
                if names.iter().any(|(known, _)| known == path) {
                    continue;
                }
                let wanted = type_name(&network.name, path) + suffix;
                let others = others.iter().flat_map(|others| &others.names);
                let known: Vec<&Ident> = names.iter().chain(others).map(|(_, known)| known).collect();
                let taken = |name: &str| is_taken(network, name) || known.iter().any(|known| *known == name);
                let name = Some(wanted.clone())
                    .into_iter()
                    .chain([format!("{wanted}Layer")])
                    .chain((2..).map(|number| format!("{wanted}Layer{number}")))
                    .find(|name| !taken(name))
                    .unwrap_or(wanted);
                names.push((path.to_vec(), Ident::new_raw_or_plain(&name, network.name.span())));
            }
        }
        TypeNames { names }
    }

    /// The name of a layer's struct.
    pub(in crate::emit) fn of(&self, path: &[String]) -> Option<&Ident> {
        self.names.iter().find(|(known, _)| known == path).map(|(_, name)| name)
    }
}

/// `conv1` and `Net` make `NetConv1`.
fn type_name(network: &Ident, path: &[String]) -> String {
    let mut name = network.to_string();
    for word in path.iter().flat_map(|part| part.split('_')).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    name
}

/// Whether something else that is emitted can have this name, such as `NetParams` or the size `NetU6272`. Another network
/// may be called like the part in front: `a_params` in `Net` is not `NetAParams`, which a network `NetA` has.
fn is_taken(network: &Network, name: &str) -> bool {
    let of_network = network.folded.iter().chain([&network.name]).any(|known| known == name);
    let is_size = name
        .rsplit_once('U')
        .is_some_and(|(_, digits)| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()));
    of_network || is_size || GENERATED.iter().any(|suffix| name.ends_with(suffix))
}
