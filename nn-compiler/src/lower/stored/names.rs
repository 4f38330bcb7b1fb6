//! The names of parameters and states, and the layers that they belong to.

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::environment::Environment;
use crate::lower::lowering::Lowering;
use crate::lower::messages::filled_in;
use crate::lowered::StoredTensor;
use crate::syntax::ast::LayerField;

impl Lowering<'_> {
    /// The layer that a tensor belongs to, and its name there: with `#[suffix("_l0")]` that is the layer around, and the
    /// suffix of an outer layer comes first.
    pub(super) fn name_of(&mut self, layer: usize, name: &str, place: Span) -> Option<(Vec<String>, String)> {
        let (mut path, mut suffix) = (self.layers[layer].path.clone(), String::new());
        while let Some(of) = self.layers.iter().find(|layer| layer.path == path) {
            let Some(own) = of.suffix.clone() else { break };
            if path.len() < 2 || of.field.count.is_some() {
                let message =
                    "`#[suffix(…)]` stands at one layer inside of a layer, whose parameters then belong to that one";
                let place = of.field.name.span();
                return self.mistake_once(Code::Attribute, place, message);
            }
            path.pop();
            suffix = own + &suffix;
        }
        let name = format!("{name}{suffix}");
        let is_taken = |stored: &StoredTensor| stored.path == path && stored.name == name;
        if self.out.stored().any(is_taken) {
            let message = format!("there are two parameters `{name}`: choose another suffix");
            return self.mistake_once(Code::NameTwice, place, message);
        }
        Some((path, name))
    }

    /// Reports a mistake that all tensors of a layer have.
    fn mistake_once<T>(&mut self, code: Code, place: Span, message: impl Into<String>) -> Option<T> {
        if self.errors.any() { None } else { self.mistake(code, place, message) }
    }

    /// How the names of the parameters of a layer end in the layer around it: `_l2`, of `_l{N}`.
    pub(in crate::lower) fn suffix_of(&mut self, field: &LayerField, outer: &Environment) -> Option<String> {
        let text = field.suffix.as_ref()?;
        let filled = filled_in(&text.value(), outer);
        if filled.chars().all(|sign| sign == '_' || sign.is_alphanumeric()) {
            return Some(filled);
        }
        let message = format!("`{filled}` is no end of a name: in braces stands a size that is a number");
        self.mistake_once(Code::Attribute, outer.place(text.span()), message)
    }
}
