//! Substitution in expressions.

use std::collections::HashMap;

use super::affine::{Affine, Position, Table};
use super::ids::{ExpressionId, IndexId, TensorId};
use super::node::Node;
use super::pool::Pool;

impl Pool {
    /// The expression with nodes replaced: where `replace` returns an expression for a node, that stands in its place,
    /// and the nodes above are rebuilt.
    pub fn rewrite(
        &mut self,
        id: ExpressionId,
        replace: &mut dyn FnMut(&mut Pool, ExpressionId) -> Option<ExpressionId>,
    ) -> ExpressionId {
        self.rewrite_known(id, replace, &mut HashMap::new())
    }

    fn rewrite_known(
        &mut self,
        id: ExpressionId,
        replace: &mut dyn FnMut(&mut Pool, ExpressionId) -> Option<ExpressionId>,
        known: &mut HashMap<ExpressionId, ExpressionId>,
    ) -> ExpressionId {
        if let Some(result) = known.get(&id) {
            return *result;
        }
        let result = match replace(self, id) {
            Some(result) => result,
            None => {
                let node = self.node(id).clone();
                let mut below = |pool: &mut Pool, id| pool.rewrite_known(id, replace, known);
                self.rebuild(id, node, &mut below)
            }
        };
        known.insert(id, result);
        result
    }

    fn rebuild(
        &mut self,
        id: ExpressionId,
        node: Node,
        below: &mut dyn FnMut(&mut Pool, ExpressionId) -> ExpressionId,
    ) -> ExpressionId {
        match node {
            Node::Constant(_) | Node::Size(_) | Node::Index(_) | Node::Scale(_) | Node::Random { .. } => id,
            Node::Read { tensor, at, outside } => {
                let at = at
                    .into_iter()
                    .map(|position| match position {
                        Position::Gather(id) => Position::Gather(below(self, id)),
                        known @ (Position::Affine(_) | Position::Table(_)) => known,
                    })
                    .collect();
                self.read(tensor, at, outside.map(f64::from_bits))
            }
            Node::Sum(terms) => {
                let terms: Vec<_> =
                    terms.into_iter().map(|(factor, id)| (f64::from_bits(factor), below(self, id))).collect();
                self.sum(&terms)
            }
            Node::Product(factors) => {
                let factors: Vec<_> = factors.into_iter().map(|(id, power)| (below(self, id), power)).collect();
                self.product(1.0, &factors)
            }
            Node::Apply(function, arguments) => {
                let arguments: Vec<_> = arguments.into_iter().map(|id| below(self, id)).collect();
                self.apply(function, &arguments)
            }
            Node::Where { relation, left, right, then, otherwise } => {
                let (left, right) = (below(self, left), below(self, right));
                let (then, otherwise) = (below(self, then), below(self, otherwise));
                self.choose(relation, left, right, then, otherwise)
            }
        }
    }

    /// The expression with indices replaced by positions; `None` where that cannot be written.
    pub fn substitute(&mut self, id: ExpressionId, with: &HashMap<IndexId, Position>) -> Option<ExpressionId> {
        if with.is_empty() {
            return Some(id);
        }
        let mut possible = true;
        let result = self.rewrite(id, &mut |pool, id| {
            let result = pool.substitute_leaf(id, with);
            possible &= result.is_ok();
            result.unwrap_or(Some(id))
        });
        possible.then_some(result)
    }

    /// `Ok(None)` for a node that is not a leaf, `Err` where the result cannot be written.
    fn substitute_leaf(
        &mut self,
        id: ExpressionId,
        with: &HashMap<IndexId, Position>,
    ) -> Result<Option<ExpressionId>, ()> {
        match self.node(id).clone() {
            Node::Index(affine) => match affine.substitute(with).ok_or(())? {
                Position::Affine(affine) => Ok(Some(self.index(affine))),
                Position::Gather(id) => Ok(Some(id)),
                Position::Table(_) => Err(()),
            },
            Node::Random { layer, element } => match element.substitute(with).ok_or(())? {
                Position::Affine(element) => Ok(Some(self.random(layer, element))),
                Position::Gather(_) | Position::Table(_) => Err(()),
            },
            Node::Read { tensor, at, outside } => {
                let mut positions = Vec::with_capacity(at.len());
                for position in at {
                    positions.push(self.substitute_position(&position, with).ok_or(())?);
                }
                Ok(Some(self.read(tensor, positions, outside.map(f64::from_bits))))
            }
            _ => Ok(None),
        }
    }

    /// A position with indices replaced by positions; `None` where that cannot be written.
    pub fn substitute_position(&mut self, position: &Position, with: &HashMap<IndexId, Position>) -> Option<Position> {
        match position {
            Position::Affine(affine) => affine.substitute(with),
            Position::Gather(id) => self.substitute(*id, with).map(Position::Gather),
            Position::Table(table) => match table.at.substitute(with)? {
                Position::Affine(at) => Some(Position::Table(Table { values: table.values.clone(), at })),
                Position::Gather(_) | Position::Table(_) => None,
            },
        }
    }

    /// The expression with reads of some tensors replaced by reads of others of the same shape.
    pub fn redirect(&mut self, id: ExpressionId, tensors: &HashMap<TensorId, TensorId>) -> ExpressionId {
        self.rewrite(id, &mut |pool, id| {
            let Node::Read { tensor, mut at, outside } = pool.node(id).clone() else { return None };
            let other = *tensors.get(&tensor).filter(|other| **other != tensor)?;
            for position in &mut at {
                if let Position::Gather(id) = position {
                    *id = pool.redirect(*id, tensors);
                }
            }
            Some(pool.read(other, at, outside.map(f64::from_bits)))
        })
    }

    /// The expression with every occurrence of `body` replaced by `result`, also where `body` is a
    /// product that is part of a larger one.
    pub fn replace(&mut self, id: ExpressionId, body: ExpressionId, result: ExpressionId) -> ExpressionId {
        let factors = if let Node::Product(factors) = self.node(body) { factors.clone() } else { Vec::new() };
        self.rewrite(id, &mut |pool, id| {
            if id == body {
                return Some(result);
            }
            let Node::Product(whole) = pool.node(id) else { return None };
            let mut whole = whole.clone();
            let mut times = 0;
            while !factors.is_empty() && take_factors(&mut whole, &factors) {
                times += 1;
            }
            if times == 0 {
                return None;
            }
            let rest: Vec<(ExpressionId, i32)> =
                whole.into_iter().map(|(factor, power)| (pool.replace(factor, body, result), power)).collect();
            let rest = pool.product(1.0, &rest);
            Some(pool.product(1.0, &[(result, times), (rest, 1)]))
        })
    }
}

/// Divides a product by another if all of its factors are there.
fn take_factors(whole: &mut Vec<(ExpressionId, i32)>, part: &[(ExpressionId, i32)]) -> bool {
    let mut rest = whole.clone();
    for (id, power) in part {
        let enough = |(known, p): &&mut (ExpressionId, i32)| {
            *known == *id && p.signum() == power.signum() && p.abs() >= power.abs()
        };
        match rest.iter_mut().find(enough) {
            Some((_, p)) => *p -= power,
            None => return false,
        }
    }
    rest.retain(|(_, power)| *power != 0);
    *whole = rest;
    true
}

impl Affine {
    /// The same with indices renamed.
    #[must_use]
    pub fn rename(&self, with: &HashMap<IndexId, IndexId>) -> Affine {
        let mut terms: Vec<_> =
            self.terms.iter().map(|(index, factor)| (*with.get(index).unwrap_or(index), factor.clone())).collect();
        terms.sort_by_key(|(index, _)| *index);
        Affine { constant: self.constant.clone(), terms }
    }
}
