//! Messages for inputs whose shape is not the declared one.

use proc_macro2::{Ident, Span};

use crate::errors::Code;
use crate::lower::environment::Environment;
use crate::lower::lowering::Lowering;
use crate::lower::messages::{arguments_text, expression_text};
use crate::lower::shape::fit::{Misfit, layout};
use crate::lower::shape::sizes::literal_size;
use crate::shape::{Dim, display_shape};
use crate::syntax::ast::{Argument, Expression, ExpressionKind, SizeItem, Type};

/// An input of a formula at a call.
pub(super) struct Input<'i> {
    pub name: &'i Ident,
    /// The shape that is declared.
    pub shape: &'i Type,
    /// The sizes that are given.
    pub sizes: &'i [Dim],
    pub place: Span,
}

impl Lowering<'_> {
    /// The message for a size other than the expected one.
    pub(super) fn size_message(
        &mut self,
        expected: &Dim,
        given: &Dim,
        input: &Input<'_>,
        environment: &Environment,
    ) -> String {
        let Input { name, shape, sizes, .. } = input;
        let label = &environment.label;
        let Some(layer) = environment.layer else {
            let (takes, shown) = (self.pattern_text(shape, environment, sizes), display_shape(sizes));
            return format!(
                "`{label}` takes {takes} for `{name}`, but it is given {shown}: {given} where {expected} is expected"
            );
        };
        let message = if shape.sizes.iter().filter(|s| matches!(s, SizeItem::Size(_))).count() == 1 {
            let takes = self.pattern_text(shape, environment, sizes);
            let trace = self.trace_text(label, &takes);
            format!("layer `{label}` takes {expected} inputs, but it is given {given}\n\n{trace}")
        } else {
            self.layer_message(input, environment)
        };
        let help = match self.corrected_declaration(layer, expected, given) {
            _ if sizes.len() > 1 && Dim::product(*sizes).as_ref() == Some(expected) => {
                format!("\n\nhelp: `x.flatten()` makes one row of all {expected} values")
            }
            Some(declaration) => format!("\n\nhelp: declare it as `{declaration}`"),
            None => String::new(),
        };
        message + &help
    }

    /// The message for a layer that is given a shape other than its own.
    pub(super) fn layer_message(&mut self, input: &Input<'_>, environment: &Environment) -> String {
        let takes = self.pattern_text(input.shape, environment, input.sizes);
        let (label, given) = (&environment.label, display_shape(input.sizes));
        format!("layer `{label}` takes {takes}, but it is given {given}\n\n{}", self.trace_text(label, &takes))
    }

    /// The layer's declaration with one size replaced, where that size is written in it.
    fn corrected_declaration(&self, layer: usize, expected: &Dim, given: &Dim) -> Option<String> {
        let field = &self.layers[layer].field;
        let (expected, given) = (expected.literal()?, given.literal()?);
        let mut arguments = field.arguments.clone();
        let replaced = arguments.positional.iter_mut().any(|argument| {
            let first = match argument {
                Argument::Value(value) | Argument::Arrow(value, _) => value,
            };
            let found = literal_size(first) == Some(expected);
            if found {
                #[allow(clippy::cast_precision_loss)] // a size
                let value = given as f64;
                first.kind = ExpressionKind::Number { value, whole: Some(given) };
            }
            found
        });
        replaced.then(|| format!("{}({})", field.kind, arguments_text(&arguments)))
    }

    /// A declared shape with the sizes that are known filled in.
    fn pattern_text(&mut self, shape: &Type, environment: &Environment, given: &[Dim]) -> String {
        let join = |sizes: &[Dim]| sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let ranges = layout(&shape.sizes, given.len(), environment).ok();
        let mut sizes = Vec::with_capacity(shape.sizes.len());
        for (at, size) in shape.sizes.iter().enumerate() {
            sizes.push(match size {
                SizeItem::Rest(rest) => match (environment.rests.get(&rest.text()), &ranges) {
                    (Some(known), _) if rest.name.is_some() => join(known),
                    (_, Some(ranges)) => join(&given[ranges[at].clone()]),
                    _ => rest.text(),
                },
                SizeItem::Size(size) => {
                    self.known_size(size, environment).map_or_else(|| expression_text(size), |size| size.to_string())
                }
            });
        }
        sizes.retain(|text| !text.is_empty());
        format!("[{}]", sizes.join(", "))
    }

    /// The value of a size that follows from what is known; a mistake in it is reported elsewhere.
    fn known_size(&mut self, size: &Expression, environment: &Environment) -> Option<Dim> {
        let reported = std::mem::take(&mut *self.errors);
        let known = self.size(size, environment);
        let own = std::mem::replace(&mut *self.errors, reported);
        known.filter(|_| !own.any())
    }

    /// Reports a shape whose axes cannot be those of an input.
    pub(super) fn report_misfit(&mut self, misfit: &Misfit, input: &Input<'_>, environment: &Environment) {
        let Input { name, shape, sizes: given, place } = input;
        match misfit {
            Misfit::Rank => {}
            Misfit::Axis(axis) => {
                let message = format!(
                    "there is no axis {axis} in {}: axes are counted from 0, without the batch, or from the end with -1 for the last",
                    display_shape(given)
                );
                return self.errors.report(Code::Axis, *place, message);
            }
            Misfit::Open(rest) => {
                let message = format!(
                    "nothing says where `{rest}` begins: of several rests in one shape, all but one follow from `<…>` or from other inputs"
                );
                return self.errors.report(Code::Rest, environment.place(shape.span), message);
            }
        }
        let takes = self.pattern_text(shape, environment, &[]);
        let given_text = display_shape(given);
        let flat = shape.sizes.len() == 1 && given.len() > 1;
        let help = if flat { "\n\nhelp: `x.flatten()` makes one row of all values" } else { "" };
        let label = &environment.label;
        let message = if environment.layer.is_some() {
            let trace = self.trace_text(label, &takes);
            format!("layer `{label}` takes {takes}, but it is given {given_text}\n\n{trace}{help}")
        } else {
            format!("`{label}` takes {takes} for `{name}`, but it is given {given_text}{help}")
        };
        self.errors.report(Code::InputShape, *place, message);
    }
}
