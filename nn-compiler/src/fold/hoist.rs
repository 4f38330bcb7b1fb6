//! Subexpressions that depend on parameters and states alone become tensors.

use std::collections::HashMap;

use super::dependence::{Dependence, Dependences};
use crate::equation::{Equation, Program, Role, Tensor};
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};

/// A tensor that holds a subexpression of an equation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hoisted {
    pub tensor: TensorId,
    /// The operand that has its shape.
    pub like: TensorId,
    /// The tensor that the equation defines.
    pub target: TensorId,
    /// What it computes.
    pub operation: Operation,
}

/// The operation of a hoisted subexpression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Product,
    Sum,
    Other,
}

/// Hoists such subexpressions out of all equations that depend on the samples.
pub(super) fn hoist(program: &mut Program, dependences: &mut Dependences) -> Vec<Hoisted> {
    let mut hoisted = Vec::new();
    let mut at = 0;
    while at < program.equations.len() {
        let Equation { target, body, .. } = program.equations[at].clone();
        if dependences.at(program, target) == Dependence::Varying {
            let mut hoisting = Hoisting { program, dependences, target, hoisted: &mut hoisted, equations: Vec::new() };
            let body = hoisting.without_fixed(body);
            let equations = hoisting.equations;
            program.equations[at].body = body;
            let more = equations.len();
            program.equations.splice(at..at, equations);
            at += more;
        }
        at += 1;
    }
    hoisted
}

struct Hoisting<'a> {
    program: &'a mut Program,
    dependences: &'a mut Dependences,
    target: TensorId,
    hoisted: &'a mut Vec<Hoisted>,
    equations: Vec<Equation>,
}

impl Hoisting<'_> {
    fn dependence(&self, id: ExpressionId) -> Dependence {
        self.dependences.of(self.program, id)
    }

    /// The expression with its fixed subexpressions replaced by reads.
    fn without_fixed(&mut self, id: ExpressionId) -> ExpressionId {
        match (self.dependence(id), self.program.pool.node(id).clone()) {
            (_, Node::Read { .. }) | (Dependence::Constant, _) => id,
            (Dependence::Stored, _) if let Some(read) = self.beforehand(id) => read,
            (_, Node::Product(factors)) => {
                let (fixed, mut rest) = self.apart(&factors, |(id, _)| *id);
                let fixed = self.program.pool.product(1.0, &fixed);
                rest.iter_mut().for_each(|(id, _)| *id = self.without_fixed(*id));
                rest.insert(0, (self.group(fixed), 1));
                self.program.pool.product(1.0, &rest)
            }
            (_, Node::Sum(terms)) => {
                let terms: Vec<_> = terms.iter().map(|(by, id)| (f64::from_bits(*by), *id)).collect();
                let (fixed, mut rest) = self.apart(&terms, |(_, id)| *id);
                let fixed = self.program.pool.sum(&fixed);
                rest.iter_mut().for_each(|(_, id)| *id = self.without_fixed(*id));
                rest.insert(0, (1.0, self.group(fixed)));
                self.program.pool.sum(&rest)
            }
            (_, node) => {
                let replaced: HashMap<_, _> =
                    node.children().into_iter().map(|child| (child, self.without_fixed(child))).collect();
                self.program.pool.rewrite(id, &mut |_, child| replaced.get(&child).copied())
            }
        }
    }

    /// Several fixed factors or terms as one tensor; one each where the joint one would be larger than they are.
    fn group(&mut self, id: ExpressionId) -> ExpressionId {
        if self.dependence(id) < Dependence::Stored || matches!(self.program.pool.node(id), Node::Read { .. }) {
            return id;
        }
        if let Some(read) = self.beforehand(id) {
            return read;
        }
        let children = self.program.pool.node(id).children();
        let replaced: HashMap<_, _> = children.into_iter().map(|child| (child, self.without_fixed(child))).collect();
        self.program.pool.rewrite(id, &mut |_, child| replaced.get(&child).copied())
    }

    /// The fixed part, and the rest.
    fn apart<P: Copy>(&self, parts: &[P], id: impl Fn(&P) -> ExpressionId) -> (Vec<P>, Vec<P>) {
        parts.iter().partition(|part| self.dependence(id(part)) < Dependence::Varying)
    }

    /// A read of a new tensor that holds the values of a fixed expression; `None` where it would be larger than each
    /// of those that the expression reads.
    fn beforehand(&mut self, id: ExpressionId) -> Option<ExpressionId> {
        let reads = self.program.pool.reads(id);
        let model = reads.iter().copied().filter(|read| is_model(self.program, *read, &reads)).max_by_key(|read| {
            let role = self.program.pool.tensor_of(*read).map(|tensor| self.program.at(tensor).role);
            matches!(role, Some(Role::Parameter(_) | Role::Frozen(_)))
        })?;
        let Node::Read { tensor: like, at, .. } = self.program.pool.node(model).clone() else { return None };
        let of = self.program.at(like).clone();
        let leading = of.leading();
        let sequences: Vec<IndexId> = at[..leading].iter().map(Position::as_index).collect::<Option<_>>()?;
        let named = Tensor::new(format!("{}_beforehand", of.name), of.shape, Role::Value);
        let tensor = self.program.tensor(Tensor { sequence_axes: of.sequence_axes, of_layers: of.of_layers, ..named });
        let indices = self.program.indices_over(tensor, &sequences);
        let body = self.at_indices(id, &at, &indices)?;
        self.dependences.add_stored(tensor);
        self.equations.push(Equation::elementwise(tensor, indices, body));
        let operation = match self.program.pool.node(id) {
            Node::Product(_) => Operation::Product,
            Node::Sum(_) => Operation::Sum,
            _ => Operation::Other,
        };
        self.hoisted.push(Hoisted { tensor, like, target: self.target, operation });
        Some(self.program.pool.read(tensor, at, None))
    }

    /// The expression with positions replaced by indices.
    fn at_indices(&mut self, id: ExpressionId, from: &[Position], to: &[IndexId]) -> Option<ExpressionId> {
        let place = |position: &Position| {
            let at = from.iter().position(|known| known == position)?;
            Some(Position::index(to[at]))
        };
        let mut possible = true;
        let body = self.program.pool.rewrite(id, &mut |pool, id| match pool.node(id).clone() {
            Node::Read { tensor, at, outside } => {
                let at: Option<Vec<Position>> = at.iter().map(place).collect();
                possible &= at.is_some();
                Some(at.map_or(id, |at| pool.read(tensor, at, outside.map(f64::from_bits))))
            }
            // a number
            Node::Index(affine) if affine.terms.is_empty() => None,
            Node::Index(affine) => {
                let at = place(&Position::Affine(affine)).and_then(|position| position.as_index());
                possible &= at.is_some();
                Some(at.map_or(id, |at| pool.index(Affine::index(at))))
            }
            _ => None,
        });
        possible.then_some(body)
    }
}

/// Whether all reads are at positions of this one, each of which belongs to an axis: a function of them has its shape.
pub(super) fn is_model(program: &Program, read: ExpressionId, all: &[ExpressionId]) -> bool {
    let Node::Read { tensor, at, outside: None } = program.pool.node(read) else { return false };
    let of = program.at(*tensor);
    let in_iteration = at[..of.leading()].iter().all(|p| p.as_index().is_some_and(|index| program.is_sequence(index)));
    let every = at.iter().all(|p| matches!(p, Position::Affine(affine) if !affine.terms.is_empty()));
    let fits = |other: &ExpressionId| match program.pool.node(*other) {
        Node::Read { at: own, .. } => own.iter().all(|position| at.contains(position)),
        _ => true,
    };
    in_iteration && every && !of.for_each_sample() && all.iter().all(fits)
}
