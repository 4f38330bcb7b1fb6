//! The names of structs.

use syn::Ident;

use crate::emit::naming::identifiers::ident;

/// The names of the layers' structs, by the paths of the layers: `NetParams_conv1`.
///
/// No two networks generate the same name: that of a network never contains what stands between it and the path
/// (`is_generated` in `syntax/check.rs`), so that the first place where it does is the end of the network's name.
#[derive(Debug)]
pub(in crate::emit) struct TypeNames {
    names: Vec<(Vec<String>, Ident)>,
}

impl TypeNames {
    /// Names for all layers that own a tensor and for the layers around them, behind the name of the struct of all.
    pub(in crate::emit) fn new<'a>(all: &Ident, paths: impl Iterator<Item = &'a Vec<String>>) -> Self {
        let mut names: Vec<(Vec<String>, Ident)> = Vec::new();
        for path in paths {
            for len in 1..=path.len() {
                let path = &path[..len];
                if names.iter().any(|(known, _)| known == path) {
                    continue;
                }
                // `a.b` and `a_b`
                let mut name = format!("{all}_{}", path.join("_"));
                while names.iter().any(|(_, known)| *known == name) {
                    name.push('_');
                }
                // at the span of the user's name, rustc would ask for camel case
                names.push((path.to_vec(), ident(&name)));
            }
        }
        TypeNames { names }
    }

    /// The name of a layer's struct.
    pub(in crate::emit) fn of(&self, path: &[String]) -> Option<&Ident> {
        self.names.iter().find(|(known, _)| known == path).map(|(_, name)| name)
    }
}
