//! The positions of reads: `x[c, h*S + i, t[n]]`.

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment, Scope, Value};
use crate::lower::lowering::Lowering;
use crate::lowered::Obligation;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};
use crate::syntax::ast::{Expression, ExpressionKind, Operator, Subscript};

impl Lowering<'_> {
    /// The tensor in front of `[…]`.
    pub(in crate::lower) fn indexed_tensor(
        &mut self,
        base: &Expression,
        environment: &mut Environment,
    ) -> Option<TensorId> {
        match self.value(base, environment) {
            Value::Tensor(tensor) => Some(tensor),
            Value::Real(_) => self.mistake(Code::IndexCount, environment.place(base.span), "a number has no indices"),
            Value::Unknown => None,
        }
    }

    /// The element of a tensor at given positions of one sample.
    pub(in crate::lower) fn read_at(
        &mut self,
        tensor: TensorId,
        at: Vec<Position>,
        outside: Option<f64>,
    ) -> ExpressionId {
        let program = &mut self.out.program;
        let leading = program.leading_indices(tensor, &self.iterations).into_iter().map(Position::index);
        let positions: Vec<Position> = leading.chain(at).collect();
        // a read that stays inside of its tensor needs no value outside
        let outside = outside.filter(|_| !program.lies_inside(tensor, &positions));
        program.pool.read(tensor, positions, outside)
    }

    /// `x[h*S + i, ..]`
    pub(in crate::lower) fn read(
        &mut self,
        (tensor, name): (TensorId, &str),
        subscripts: &[Subscript],
        outside: Option<f64>,
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<ExpressionId> {
        let positions = self.positions((tensor, name), subscripts, environment, scope, place)?;
        let sizes = self.out.program.at(tensor).sample_shape().to_vec();
        for (position, size) in positions.iter().zip(&sizes) {
            if outside.is_none() || !matches!(position, Position::Affine(_)) {
                self.check_inside((name, true), position, size, place)?;
            }
        }
        if let Some(value) = self.filled.get(&tensor) {
            return Some(*value);
        }
        Some(self.read_at(tensor, positions, outside))
    }

    /// The positions that subscripts stand for, one for each axis of a sample.
    pub(in crate::lower) fn positions(
        &mut self,
        (tensor, name): (TensorId, &str),
        subscripts: &[Subscript],
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<Vec<Position>> {
        let mut positions = Vec::new();
        for subscript in subscripts {
            match subscript {
                Subscript::Rest(rest) => match scope.rest(&rest.text()) {
                    Some(indices) => positions.extend(indices.iter().copied().map(Position::index)),
                    None => {
                        let message = format!(
                            "`{0}` is not bound: it stands neither on the left of `=` nor in a `sum[{0}](…)` around it{1}",
                            rest.text(),
                            part_help(name, scope)
                        );
                        return self.mistake(Code::UnboundIndex, environment.place(rest.span), message);
                    }
                },
                Subscript::At(expression) => positions.push(self.position(expression, environment, scope)?),
            }
        }
        let program = &self.out.program;
        let rank = program.at(tensor).sample_shape().len();
        if positions.len() != rank {
            let shape = display_shape(program.at(tensor).sample_shape());
            let axes = if rank == 1 { "1 axis".to_string() } else { format!("{rank} axes") };
            let given = match positions.len() {
                1 => "1 index is".to_string(),
                many => format!("{many} indices are"),
            };
            let help = if positions.len() < rank { part_help(name, scope) } else { String::new() };
            let message = format!("`{name}` has the shape {shape}, with {axes}, but {given} given{help}");
            return self.mistake(Code::IndexCount, place, message);
        }
        Some(positions)
    }

    /// One index: affine in the indices in scope, or read from a tensor of indices.
    fn position(&mut self, expression: &Expression, environment: &mut Environment, scope: &Scope) -> Option<Position> {
        if let Some(affine) = self.affine(expression, environment, scope)? {
            return Some(Position::Affine(self.without_single_values(affine)));
        }
        if let Some(position) = self.table(expression, environment, scope)? {
            return Some(position);
        }
        let place = environment.place(expression.span);
        let value = self.scalar(expression, environment, scope)?;
        if let Node::Read { tensor, .. } = self.out.program.pool.node(value)
            && self.out.program.at(*tensor).bound.is_some()
        {
            // inside of formulas, the use was recorded with the input
            if self.depth <= 1 {
                let tensor = *tensor;
                self.note_classes(tensor, None);
            }
            return Some(Position::Gather(value));
        }
        self.mistake(Code::IndexForm,
            place,
            "an index is made of index names and sizes (`h*S + i - P`, `floor(h*H / N)`), or read from a tensor of indices",
        )
    }

    /// A sum of indices without those that have one value only, which is 0.
    fn without_single_values(&self, mut affine: Affine) -> Affine {
        let single = |(index, _): &(IndexId, Dim)| self.out.program.extent(*index).literal() == Some(1);
        if affine.terms.len() > 1 {
            let last = affine.terms.last().filter(|_| affine.terms.iter().all(single)).cloned();
            affine.terms.retain(|term| !single(term));
            affine.terms.extend(last);
        }
        affine
    }

    /// `Some(None)` for an expression that is not affine.
    fn affine(&mut self, expression: &Expression, environment: &Environment, scope: &Scope) -> Option<Option<Affine>> {
        let place = environment.place(expression.span);
        let affine = match &expression.kind {
            ExpressionKind::Number { whole: Some(value), .. } => Some(Affine::constant(Dim::from(*value))),
            ExpressionKind::Name(name) => {
                let name = name.to_string();
                match (scope.find(&name), environment.names.get(&name)) {
                    (Some(index), _) => Some(Affine::index(index)),
                    (None, Some(Binding::Size(dim, _))) => Some(Affine::constant(dim.clone())),
                    (None, Some(Binding::Position(position))) => Some(position.clone()),
                    (None, Some(_)) => None,
                    (None, None) => return self.unknown_name(&name, place, environment, scope),
                }
            }
            ExpressionKind::Negate(value) => {
                let Some(value) = self.affine(value, environment, scope)? else { return Some(None) };
                Some(self.fits(value.scale(&Dim::from(-1)), place)?)
            }
            ExpressionKind::Binary(operator, left, right) => {
                let left = self.affine(left, environment, scope)?;
                let right = self.affine(right, environment, scope)?;
                let (Some(left), Some(right)) = (left, right) else { return Some(None) };
                return match self.affine_operation(*operator, &left, &right) {
                    Some(result) => self.fits(result, place).map(Some),
                    None => Some(None),
                };
            }
            _ => None,
        };
        Some(affine)
    }

    /// `None` for an expression that is not affine, `Some(None)` for one that is too large.
    fn affine_operation(&mut self, operator: Operator, left: &Affine, right: &Affine) -> Option<Option<Affine>> {
        Some(match operator {
            Operator::Add => left.add(right),
            Operator::Subtract => right.scale(&Dim::from(-1)).and_then(|right| left.add(&right)),
            Operator::Multiply if right.terms.is_empty() => left.scale(&right.constant),
            Operator::Multiply if left.terms.is_empty() => right.scale(&left.constant),
            Operator::Divide if left.terms.is_empty() && right.terms.is_empty() => {
                left.constant.divide(&right.constant).map(Affine::constant)
            }
            _ => return None,
        })
    }

    /// Reports a position that can leave its axis.
    pub(in crate::lower) fn check_inside(
        &mut self,
        (name, is_read): (&str, bool),
        position: &Position,
        size: &Dim,
        place: Span,
    ) -> Option<()> {
        let affine = match position {
            Position::Affine(affine) => affine,
            Position::Table(table) => return self.check_table(name, table, size, place),
            Position::Gather(value) => return self.check_classes(name, *value, size, place),
        };
        let (low, high) = self.fits(self.out.program.bounds(affine), place)?;
        let room = size.subtract(&Dim::from(1)).and_then(|last| last.subtract(&high));
        let room = self.fits(room, place)?;
        let text = affine.display(&self.out.program);
        let message = format!(
            "the index `{text}` can leave `{name}`: it runs from {low} to {high}, but there are {size} values along this axis"
        );
        if low.literal().is_some_and(|low| low < 0) || room.literal().is_some_and(|room| room < 0) {
            let help = if is_read {
                format!("\n\nhelp: write `pad({name}[…], 0)` to read zeros outside")
            } else {
                String::new()
            };
            return self.mistake(Code::IndexLeaves, place, message + &help);
        }
        for not_negative in [low, room].into_iter().filter(|dim| dim.literal().is_none()) {
            self.out.obligations.push(Obligation {
                not_negative,
                zero: false,
                code: Code::IndexLeaves,
                message: message.clone(),
                place,
            });
        }
        Some(())
    }

    /// Reports an index that is read from a tensor and has more classes than an axis has values.
    fn check_classes(&mut self, name: &str, value: ExpressionId, size: &Dim, place: Span) -> Option<()> {
        let tensor = self.out.program.pool.tensor_of(value)?;
        let of = self.out.program.at(tensor);
        let Some(classes) = of.bound.clone() else { return Some(()) };
        let message = format!(
            "an index of `{}` can leave `{name}`: it is one of {classes} classes, but there are {size} values along this axis",
            of.name
        );
        let not_negative = self.fits(size.subtract(&classes), place)?;
        match not_negative.literal() {
            Some(room) if room < 0 => self.mistake(Code::IndexLeaves, place, message),
            Some(_) => Some(()),
            None => {
                let code = Code::IndexLeaves;
                self.out.obligations.push(Obligation { not_negative, zero: false, code, message, place });
                Some(())
            }
        }
    }
}

/// The help where a part of a tensor is meant, outside of a definition with indices.
fn part_help(name: &str, scope: &Scope) -> String {
    if !scope.indices.is_empty() {
        return String::new();
    }
    format!(
        "\n\nhelp: `{name}.select(0, -1)` is the last part along axis 0, and `{name}.narrow(0, 0, 2)` the first two of them"
    )
}
