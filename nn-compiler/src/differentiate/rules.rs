//! The contribution of one read: the rules of scalar functions, products, and maxima.

use std::collections::HashMap;

use super::Reverse;
use crate::equation::{Equation, Number, Reduce, Role, Tensor};
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, Relation, TensorId};

impl Reverse<'_> {
    /// `ȳ * ∂B`; for a maximum or minimum, only at the position that attains it.
    pub(super) fn contribution(
        &mut self,
        equation: &Equation,
        forward: &Equation,
        above: ExpressionId,
        inner: ExpressionId,
    ) -> ExpressionId {
        let pool = &mut self.program.pool;
        let product = pool.multiply(above, inner);
        match equation.reduce {
            _ if equation.reduced().next().is_none() => self.use_result(equation, product),
            Reduce::Sum => product,
            Reduce::Product => match self.other_factors(equation) {
                Some(others) => self.program.pool.multiply(product, others),
                None => product,
            },
            Reduce::Max | Reduce::Min => self.where_attained(equation, forward, product),
            Reduce::ArgMax | Reduce::ArgMin => self.program.pool.constant(0.0),
        }
    }

    /// Rules that use the result read it instead of recomputing it: `tanh` gives `1 - y * y`.
    fn use_result(&mut self, equation: &Equation, body: ExpressionId) -> ExpressionId {
        let trivial = matches!(self.program.pool.node(equation.body), Node::Read { .. } | Node::Constant(_));
        let is_once = equation.reduced().next().is_none() && self.program.meets_once(&equation.write);
        let root = self.program.root(self.recomputation.origin(equation.target));
        let is_added_to = |other: &Equation| other.accumulate && self.program.root(other.target) == root;
        if trivial || equation.clip || !is_once || self.program.equations.iter().any(is_added_to) {
            return body;
        }
        let result = self.program.pool.read(equation.target, equation.write.clone(), None);
        self.program.pool.replace(body, equation.body, result)
    }

    /// For each factor of a product, the product of the others: not the result divided by the factor, which
    /// may be zero.
    fn other_factors(&mut self, equation: &Equation) -> Option<ExpressionId> {
        let reduced: Vec<IndexId> = equation.reduced().collect();
        let mut others = HashMap::new();
        for index in &reduced {
            let of = self.program.indices[index.0 as usize].clone();
            others.insert(*index, self.program.index(format!("other_{}", of.name), of.extent));
        }
        let positions = others.iter().map(|(index, other)| (*index, Position::index(*other))).collect();
        let factor = self.program.pool.substitute(equation.body, &positions)?;
        let mut body = self.program.pool.constant(1.0);
        for index in &reduced {
            let pool = &mut self.program.pool;
            let (here, there) = (pool.index(Affine::index(*index)), pool.index(Affine::index(others[index])));
            body = pool.choose(Relation::Equal, here, there, body, factor);
        }
        let of = self.program.at(equation.target);
        let (name, sequence_axes) = (format!("{}_others", of.name), of.sequence_axes);
        // the axes of samples and of sequences come first, as everywhere
        let mut own = equation.indices.clone();
        own.sort_by_key(|index| (*index != IndexId::SAMPLE, !self.program.is_sequence(*index)));
        let shape = own.iter().map(|index| self.program.extent(*index).clone()).collect();
        let target = self.program.tensor(Tensor { sequence_axes, ..Tensor::new(name, shape, Role::Value) });
        self.needed.push(false);
        let write = own.iter().copied().map(Position::index).collect();
        let indices = own.iter().copied().chain(reduced.iter().map(|index| others[index])).collect();
        let reduce = Reduce::Product;
        self.backward.push(Equation { reduce, write, ..Equation::elementwise(target, indices, body) });
        Some(self.program.element(target, &own))
    }

    /// The adjoint of a maximum goes to the first position that attains it.
    fn where_attained(&mut self, equation: &Equation, forward: &Equation, product: ExpressionId) -> ExpressionId {
        let reduced: Vec<IndexId> = equation.reduced().collect();
        let mut position = Affine::default();
        for index in reduced {
            let extent = self.program.extent(index).clone();
            // sizes that overflow were refused when the shapes were checked
            let Some(next) = position.scale(&extent).and_then(|p| p.add(&Affine::index(index))) else { return product };
            position = next;
        }
        let attained = self.attained(forward);
        let pool = &mut self.program.pool;
        let attained = pool.read(attained, equation.write.clone(), None);
        let here = pool.index(position);
        let nothing = pool.constant(0.0);
        pool.choose(Relation::Equal, here, attained, product, nothing)
    }

    /// The tensor of the positions at which a maximum is attained.
    fn attained(&mut self, equation: &Equation) -> TensorId {
        let reduce = if equation.reduce == Reduce::Max { Reduce::ArgMax } else { Reduce::ArgMin };
        // a program that was differentiated before has them
        let finds = |other: &&Equation| other.attains == Some(equation.target) && other.write == equation.write;
        if let Some(known) = self.program.equations.iter().find(finds) {
            return known.target;
        }
        if let Some(known) = self.extra_forward.get_mut(&equation.target) {
            let target = known[0].target;
            if !known.iter().any(|known| known.write == equation.write) {
                known.push(Equation { target, reduce, attains: Some(equation.target), ..equation.clone() });
            }
            return target;
        }
        let of = self.program.at(equation.target);
        let (name, shape, sequence_axes) = (format!("{}_at", of.name), of.shape.clone(), of.sequence_axes);
        let extents: Vec<Dim> = equation.reduced().map(|index| self.program.extent(index).clone()).collect();
        let number = Number::Position(Dim::product(&extents).or_bug("a size overflows"));
        let target = self.program.tensor(Tensor { sequence_axes, number, ..Tensor::new(name, shape, Role::Value) });
        self.needed.push(false);
        let position = Equation { target, reduce, attains: Some(equation.target), ..equation.clone() };
        self.extra_forward.insert(equation.target, vec![position]);
        target
    }
}
