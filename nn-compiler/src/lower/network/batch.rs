//! A batch that was declared as the first axis of a shape, as in other libraries.

use std::borrow::Cow;

use crate::errors::Code;
use crate::lower::environment::Environment;
use crate::lower::lowering::Lowering;
use crate::lower::messages::expression_text;
use crate::syntax::ast::{Expression, ExpressionKind, Forward, SizeItem, Type, TypedName};

/// Names of batches; a size has such a name only where it is a type parameter.
const NAMES: [&str; 7] = ["batch", "batch_size", "bs", "b", "n", "None", "Batch"];

impl Lowering<'_> {
    /// Reports a batch in the shapes of the inputs, once, and goes on without it.
    pub(super) fn without_batch<'f>(&mut self, forward: &'f Forward, environment: &Environment) -> Cow<'f, Forward> {
        let batch =
            |port: &TypedName| batch_of(port.shape.as_ref()?).filter(|size| !is_bound(size, environment)).cloned();
        let Some((input, size)) = forward.inputs.iter().find_map(|input| Some((input, batch(input)?))) else {
            return Cow::Borrowed(forward);
        };
        let others = input.shape.as_ref().map_or(0, |shape| shape.sizes.len() - 1);
        let name = &input.name;
        let shown = input.shape.iter().flat_map(|shape| &shape.sizes[1..]).map(|size| match size {
            SizeItem::Size(size) => expression_text(size),
            SizeItem::Rest(rest) => rest.text(),
        });
        let shown = if others == 0 { "…".into() } else { shown.collect::<Vec<_>>().join(", ") };
        let message = format!(
            "a shape is that of one sample, without the batch `{}`\n\nhelp: write `{name}: [{shown}]`; a batch is a slice of \
             samples of any length",
            expression_text(&size)
        );
        self.errors.report(Code::BatchAxis, size.span, message);
        let mut forward = forward.clone();
        for port in forward.inputs.iter_mut().chain(&mut forward.outputs) {
            if let Some(shape) = port.shape.as_mut().filter(|shape| batch_of(shape).is_some()) {
                shape.sizes.remove(0);
            }
        }
        Cow::Owned(forward)
    }
}

/// The first size of a shape, if it looks like a batch.
#[must_use]
pub fn batch_of(shape: &Type) -> Option<&Expression> {
    let Some(SizeItem::Size(size)) = shape.sizes.first() else { return None };
    let is_batch = match &size.kind {
        ExpressionKind::Infer => true,
        ExpressionKind::Name(name) => NAMES.iter().any(|known| name == known),
        ExpressionKind::Negate(value) => matches!(value.kind, ExpressionKind::Number { whole: Some(1), .. }),
        _ => false,
    };
    is_batch.then_some(size)
}

fn is_bound(size: &Expression, environment: &Environment) -> bool {
    matches!(&size.kind, ExpressionKind::Name(name) if environment.names.contains_key(&name.to_string()))
}
