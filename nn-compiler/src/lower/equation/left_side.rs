//! The left side of a definition, `y[o, ..]`: its indices, its shape, and the positions that it defines.

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment, Scope};
use crate::lower::lowering::Lowering;
use crate::shape::Dim;
use crate::symbolic::{IndexId, Position, TensorId};
use crate::syntax::ast::{Assign, Expression, ExpressionKind, Subscript};

impl Lowering<'_> {
    /// The indices on the left of `=`.
    pub(super) fn left_scope(
        &mut self,
        assign: &Assign,
        subscripts: &[Subscript],
        shape: Option<&[Dim]>,
        environment: &mut Environment,
    ) -> Option<Scope> {
        let mut names: Vec<(String, Span)> = Vec::new();
        let mut scope = Scope::default();
        for subscript in subscripts {
            match subscript {
                Subscript::Rest(rest) => {
                    let sizes = self.rest_of(rest, environment)?;
                    let indices = self.rest_indices(&sizes);
                    scope.rests.push((rest.text(), indices));
                }
                Subscript::At(expression) => index_names(expression, environment, &mut names),
            }
        }
        // an extent that is written follows from nothing else: it may be less than that of the axis
        let is_said = |name: &str| assign.extents.iter().any(|(said, _)| said == name);
        let unsaid: Vec<String> = names.iter().map(|(name, _)| name.clone()).filter(|name| !is_said(name)).collect();
        let inferred = self.infer_extents(&assign.value, &unsaid, environment)?;
        for (name, span) in names {
            let Some(extent) = self.extent_of(&name, assign, shape, &inferred, environment)? else {
                let message = format!(
                    "nothing says how far `{name}` runs: no tensor on the right is read at `{name}` alone\n\nhelp: say it, as in `{}[{name}: N] = …`",
                    assign.name
                );
                return self.mistake(Code::UnknownExtent, environment.place(span), message);
            };
            self.check_extent(&name, &extent, environment.place(span))?;
            if scope.find(&name).is_none() {
                let index = self.out.program.index(name.clone(), extent);
                scope.indices.push((name, index));
            }
        }
        Some(scope)
    }

    /// The shape that the left side of a new tensor implies.
    pub(super) fn shape_of_scope(&self, subscripts: &[Subscript], scope: &Scope) -> Vec<Dim> {
        let mut shape = Vec::new();
        for subscript in subscripts {
            match subscript {
                Subscript::Rest(rest) => {
                    let indices = scope.rest(&rest.text()).unwrap_or_default();
                    shape.extend(indices.iter().map(|index| self.out.program.extent(*index).clone()));
                }
                Subscript::At(Expression { kind: ExpressionKind::Name(name), .. }) => {
                    let extent = scope.find(&name.to_string()).map(|index| self.out.program.extent(index).clone());
                    shape.push(extent.unwrap_or_else(|| Dim::from(1)));
                }
                Subscript::At(_) => shape.push(Dim::from(1)),
            }
        }
        shape
    }

    /// The positions that a definition writes. They lie inside, and reach every place once.
    pub(super) fn left_positions(
        &mut self,
        (target, name): (TensorId, &str),
        assign: &Assign,
        subscripts: &[Subscript],
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<Vec<Position>> {
        let place = environment.place(assign.name.span());
        let positions = self.positions((target, name), subscripts, environment, scope, place)?;
        let sizes = self.out.program.at(target).sample_shape().to_vec();
        for (position, size) in positions.iter().zip(&sizes).filter(|_| !assign.clips) {
            self.check_inside((name, false), position, size, place)?;
        }
        if !assign.adds {
            self.check_digits(&positions, &sizes, environment, place)?;
        }
        Some(positions)
    }

    /// Reports positions of several indices that may not reach every place exactly once. Where the macro sees no numbers,
    /// the indices have to be the digits of the position: each has the extents behind it as its factor.
    fn check_digits(
        &mut self,
        positions: &[Position],
        sizes: &[Dim],
        environment: &Environment,
        place: Span,
    ) -> Option<()> {
        let known = |(index, factor): &(IndexId, Dim)| {
            factor.literal().is_some() && self.out.program.extent(*index).literal().is_some()
        };
        let unknown = |position: &Position| match position {
            Position::Affine(affine) => affine.terms.len() > 1 && !affine.terms.iter().all(known),
            _ => false,
        };
        let unknown: Vec<(&Position, &Dim)> =
            positions.iter().zip(sizes).filter(|(position, _)| unknown(position)).collect();
        let label = &environment.label;
        for (position, size) in unknown {
            let affine = match position {
                Position::Affine(affine) if affine.constant == Dim::default() => Some(affine),
                _ => None,
            };
            let Some(count) = affine.and_then(|affine| self.out.program.digits(affine)) else {
                let message = format!(
                    "`{label}` needs sizes that are numbers: it is defined at several indices along an axis, which are not its digits, as `g*N + n` with `n: N` are"
                );
                return self.mistake(Code::Places, place, message);
            };
            let message = format!("`{label}` is defined at {count} of {size} places along an axis");
            let difference = self.fits(count.subtract(size), place)?;
            self.must_be_zero(Code::Places, difference, message, place);
        }
        Some(())
    }
}

/// The names in an index that are not sizes.
fn index_names(expression: &Expression, environment: &Environment, names: &mut Vec<(String, Span)>) {
    match &expression.kind {
        ExpressionKind::Name(name) => {
            let text = name.to_string();
            if !matches!(environment.names.get(&text), Some(Binding::Size(..) | Binding::Position(_))) {
                names.push((text, name.span()));
            }
        }
        ExpressionKind::Negate(value) => index_names(value, environment, names),
        ExpressionKind::Binary(_, left, right) => {
            index_names(left, environment, names);
            index_names(right, environment, names);
        }
        _ => {}
    }
}
