//! Scans: `scan t: T { … }`, the same statements at one position after the other.

use crate::equation::{Equation, Order};
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::equation::assign::Declared;
use crate::lower::lowering::Lowering;
use crate::lower::network::unused::mentions;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{Affine, Position, TensorId};
use crate::syntax::ast::{Assign, Expression, ExpressionKind, Scan, Subscript};

/// A scan whose step is being lowered.
#[derive(Debug)]
pub(in crate::lower) struct OpenScan {
    /// The name of its index.
    index: String,
    /// The position at hand.
    at: Affine,
    extent: Dim,
    /// The number of formulas around it: what they call has no part in it.
    depth: usize,
    pub(super) carries: Vec<(String, TensorId)>,
    /// What the steps define at their position: the name, the tensor of a step, and the axis of the positions.
    results: Vec<(String, TensorId, usize)>,
}

impl Lowering<'_> {
    /// Returns whether all requirements in it hold.
    pub(in crate::lower) fn scan(&mut self, scan: &Scan, environment: &mut Environment, declared: &[Declared]) -> bool {
        let defined = self.begin_scan(scan, environment, declared).and_then(|open| {
            let mut inner = environment.clone();
            inner.bind(&open.index, Binding::Position(open.at.clone()));
            for (name, tensor) in &open.carries {
                inner.bind(name, Binding::Tensor(*tensor));
            }
            self.scans.push(open);
            let holds = scan.body.iter().all(|statement| self.statement(statement, &mut inner, declared));
            let open = self.scans.pop()?;
            let iteration = self.iterations.last().copied()?;
            let advances = holds.then(|| self.advance_carries(scan, &open, iteration, &inner));
            self.iterations.pop();
            advances??;
            Some(open)
        });
        match defined {
            Some(open) => {
                self.finish_scan(open, environment, declared);
                true
            }
            None => {
                let names = scan.carries.iter().map(|carry| carry.name.to_string());
                names.for_each(|name| environment.bind(&name, Binding::Unknown));
                false
            }
        }
    }

    /// Defines the first values of the carries, and begins the sequence.
    fn begin_scan(&mut self, scan: &Scan, environment: &mut Environment, declared: &[Declared]) -> Option<OpenScan> {
        let place = environment.place(scan.extent.span);
        let extent = self.size(&scan.extent, environment)?;
        let index = scan.index.to_string();
        self.check_extent(&index, &extent, place)?;
        let reversed = match &scan.reversed {
            Some(condition) => self.condition(condition, environment)?,
            None => false,
        };
        let for_each_sample = declared.first().is_some_and(|declared| declared.for_each_sample);
        let carries: Option<Vec<_>> =
            scan.carries.iter().map(|carry| self.begin_carry(carry, &extent, for_each_sample, environment)).collect();
        let carries = carries?;
        let step = self.out.program.sequence(&index, extent.clone(), Order::Forward);
        self.iterations.push(step);
        let at = if reversed {
            let last = self.fits(extent.subtract(&Dim::from(1)), place)?;
            self.fits(Affine::index(step).scale(&Dim::from(-1)).map(|back| Affine { constant: last, ..back }), place)?
        } else {
            Affine::index(step)
        };
        Some(OpenScan { index, at, extent, depth: self.depth, carries, results: Vec::new() })
    }

    /// The innermost scan, if the statement at hand belongs to its step.
    pub(super) fn open_scan(&self) -> Option<&OpenScan> {
        self.scans.last().filter(|open| open.depth == self.depth)
    }

    /// The last values of the carries, and the results with all their positions.
    fn finish_scan(&mut self, open: OpenScan, environment: &mut Environment, declared: &[Declared]) {
        for (name, carried) in open.carries {
            let of = self.out.program.at(carried);
            let (shape, for_each_sample) = (of.sample_shape().to_vec(), of.for_each_sample());
            let last = self.new_tensor(&format!("{}_{name}_last", environment.label), shape, for_each_sample);
            self.copy(last, None, carried, Some(open.extent.clone()));
            environment.bind(&name, Binding::Tensor(last));
        }
        for (name, part, axis) in open.results {
            let label = declared.iter().find(|declared| declared.name == name).map(|declared| declared.label.clone());
            let label = label.unwrap_or_else(|| format!("{}_{name}", environment.label));
            let whole = self.all_positions(part, axis, &label, (&open.extent, &open.at));
            environment.bind(&name, Binding::Tensor(whole));
        }
    }

    /// `whole[.., t, ..] = part[..]` of the step at position `t`.
    fn all_positions(&mut self, part: TensorId, axis: usize, label: &str, (extent, at): (&Dim, &Affine)) -> TensorId {
        let of = self.out.program.at(part);
        let (mut shape, for_each_sample) = (of.sample_shape().to_vec(), of.for_each_sample());
        shape.insert(axis, extent.clone());
        let whole = self.new_tensor(label, shape, for_each_sample);
        let program = &mut self.out.program;
        let indices = program.indices_over(whole, &self.iterations);
        let own = program.at(whole).leading();
        let position = indices[own + axis];
        // the step of a position: counted from either end
        let step = Affine { constant: at.constant.clone(), terms: vec![(position, at.terms[0].1.clone())] };
        let mut read: Vec<Position> = indices.iter().copied().map(Position::index).collect();
        read.remove(own + axis);
        read.insert(own, Position::Affine(step));
        let body = program.pool.read(part, read, None);
        program.equations.push(Equation::elementwise(whole, indices, body));
        whole
    }

    /// `y[t, j] = …;` in a step of a scan over `t`; `None` if the position at hand is not on the left.
    pub(in crate::lower) fn assign_at_position(
        &mut self,
        assign: &Assign,
        subscripts: &[Subscript],
        environment: &mut Environment,
        declared: &[Declared],
    ) -> Option<Option<()>> {
        let open = self.open_scan()?;
        let is_index = |subscript: &Subscript| match subscript {
            Subscript::At(Expression { kind: ExpressionKind::Name(name), .. }) => *name == open.index,
            _ => false,
        };
        let at = subscripts.iter().position(is_index)?;
        let (index, extent) = (open.index.clone(), open.extent.clone());
        Some(self.assign_at((at, &index, extent), assign, subscripts, environment, declared))
    }

    fn assign_at(
        &mut self,
        (at, index, extent): (usize, &str, Dim),
        assign: &Assign,
        subscripts: &[Subscript],
        environment: &mut Environment,
        declared: &[Declared],
    ) -> Option<()> {
        let name = assign.name.to_string();
        let place = environment.place(assign.name.span());
        if matches!(environment.names.get(&name), Some(Binding::Tensor(_))) {
            let message = format!("`{name}` is there already: choose another name for what is defined");
            return self.mistake(Code::DefinedAlready, place, message);
        }
        if mentions(&assign.value, &name) {
            let message = format!(
                "`{name}` has no values yet at other positions than the one at hand\n\nhelp: hand on what the next step needs as a `carry`"
            );
            return self.mistake(Code::UnknownValue, place, message);
        }
        let mut axis = 0;
        for subscript in &subscripts[..at] {
            axis += match subscript {
                Subscript::Rest(rest) => self.rest_of(rest, environment)?.len(),
                Subscript::At(_) => 1,
            };
        }
        let mut of_step = declared.iter().find(|declared| declared.name == name).cloned();
        if let Some(Declared { shape: Some(shape), label, .. }) = &mut of_step {
            if axis >= shape.len() {
                let message = format!("`{name}` has the shape {}, without an axis for `{index}`", display_shape(shape));
                return self.mistake(Code::IndexCount, place, message);
            }
            let positions = shape.remove(axis);
            let difference = self.fits(positions.subtract(&extent), place)?;
            let message =
                format!("`{name}` has {positions} positions along this axis, but `{index}` runs over {extent}");
            match difference.literal() {
                Some(0) => {}
                Some(_) => return self.mistake(Code::DefinitionShape, place, message),
                None => self.must_be_zero(Code::DefinitionShape, difference, message, place),
            }
            *label = format!("{label}_step");
        }
        let step = step_of(&name);
        let others: Vec<Subscript> =
            subscripts.iter().enumerate().filter(|(number, _)| *number != at).map(|(_, other)| other.clone()).collect();
        let at_position = Assign { subscripts: Some(others.clone()), ..assign.clone() };
        let of_step: Vec<Declared> = of_step.map(|of| Declared { name: step.clone(), ..of }).into_iter().collect();
        self.assign_indexed(&step, &at_position, &others, environment, &of_step)?;
        let Some(Binding::Tensor(part)) = environment.names.get(&step) else { return None };
        let part = *part;
        let results = &mut self.scans.last_mut()?.results;
        if !results.iter().any(|(known, ..)| *known == name) {
            results.push((name, part, axis));
        }
        Some(())
    }

    /// Reports what belongs in front of a scan.
    pub(in crate::lower) fn declared_in_scan(
        &mut self,
        what: &str,
        name: &syn::Ident,
        environment: &Environment,
    ) -> bool {
        let inside = self.open_scan().is_some();
        if inside {
            let message =
                format!("all steps of a `scan` have the same {what} `{name}`: declare it in front of the `scan`");
            self.errors.report(Code::Carry, environment.place(name.span()), message);
        }
        inside
    }
}

/// A name that no user can give.
fn step_of(result: &str) -> String {
    format!("{result} at one position")
}
