//! A reference interpreter of programs, in `f64`: slow, simple, and the measure of everything else.

use std::collections::HashMap;
use std::convert::Infallible;

use super::{Equation, Group, Order, Program, Reduce, Role, groups};
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};

/// The elements of tensors, by the tensor that holds them.
#[derive(Debug, Clone, Default)]
pub struct Values {
    tensors: HashMap<TensorId, Vec<f64>>,
    /// The number of samples.
    pub samples: i64,
    /// The factor of each term of the loss.
    pub scales: Vec<f64>,
    /// The value of each symbol.
    pub symbols: HashMap<String, i64>,
    /// The random number for (layer, sample, element).
    pub random: Option<fn(u32, i64, i64) -> f64>,
    /// The number of the first sample, for random numbers.
    pub first: i64,
}

impl Values {
    /// No tensors yet, with a number of samples and the factors of the terms of the loss.
    #[must_use]
    pub fn new(samples: i64, scales: Vec<f64>) -> Self {
        Values { samples, scales, ..Values::default() }
    }

    /// Sets the elements of a tensor.
    pub fn set(&mut self, tensor: TensorId, elements: Vec<f64>) {
        self.tensors.insert(tensor, elements);
    }

    /// The same for some of the samples.
    pub(crate) fn tile(&self, program: &Program, first: i64, samples: i64) -> Self {
        let mut tile = Values { samples, first: self.first + first, ..self.clone() };
        let whole = usize::try_from(self.samples).unwrap_or(0).max(1);
        let [begin, count] = [first, samples].map(|count| usize::try_from(count).unwrap_or(0));
        for (tensor, elements) in &mut tile.tensors {
            if program.at(*tensor).for_each_sample() {
                let len = elements.len() / whole;
                *elements = elements.get(begin * len..(begin + count) * len).unwrap_or_default().to_vec();
            }
        }
        tile
    }

    /// The elements of a tensor; empty if it was not computed.
    #[must_use]
    pub fn get(&self, program: &Program, tensor: TensorId) -> &[f64] {
        self.tensors.get(&program.root(tensor)).map_or(&[], Vec::as_slice)
    }
}

/// The values of the indices that are bound.
pub(crate) type Bound = HashMap<IndexId, i64>;

/// Where the elements are that expressions read: in tensors as they are written, or in memory as it is laid out.
pub(crate) trait Elements {
    /// What is wrong with a read.
    type Error;

    /// The element of a tensor at some positions, or the number that stands for all outside of it.
    fn read(&self, tensor: TensorId, at: &[Position], outside: Option<u64>, bound: &Bound) -> Result<f64, Self::Error>;
}

/// The elements of whole tensors.
struct Whole<'a> {
    program: &'a Program,
    values: &'a Values,
}

impl Elements for Whole<'_> {
    type Error = Infallible;

    fn read(&self, tensor: TensorId, at: &[Position], outside: Option<u64>, bound: &Bound) -> Result<f64, Infallible> {
        Ok(match self.program.flat(tensor, at, self.values, bound) {
            Some(offset) => self.values.get(self.program, tensor).get(offset).copied().unwrap_or(f64::NAN),
            None => outside.map_or(f64::NAN, f64::from_bits),
        })
    }
}

impl Program {
    /// The value of an expression of numbers and sizes, if it is known while compiling.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // as Rust converts sizes
    pub fn constant_value(&self, id: ExpressionId) -> Option<f64> {
        match self.pool.node(id) {
            Node::Constant(bits) => Some(f64::from_bits(*bits)),
            Node::Size(dim) => dim.literal().map(|size| size as f64),
            Node::Sum(terms) => {
                terms.iter().map(|(factor, id)| Some(f64::from_bits(*factor) * self.constant_value(*id)?)).sum()
            }
            Node::Product(factors) => factors
                .iter()
                .map(|(id, power)| Some(libm::pow(self.constant_value(*id)?, f64::from(*power))))
                .product(),
            Node::Apply(function, arguments) => {
                let values: Option<Vec<f64>> = arguments.iter().map(|id| self.constant_value(*id)).collect();
                Some((function.row().value)(&values?))
            }
            _ => None,
        }
    }

    /// Computes all equations.
    pub fn evaluate(&self, values: &mut Values) {
        self.set_constants(values);
        self.evaluate_all(&self.equations, values, &mut HashMap::new());
    }

    pub(crate) fn set_constants(&self, values: &mut Values) {
        for (at, tensor) in (0..).zip(&self.tensors) {
            if let Role::Constant(number) = tensor.role {
                values.set(TensorId(at), self.constants[number].clone());
            }
        }
    }

    fn evaluate_all(&self, equations: &[Equation], values: &mut Values, iterations: &mut Bound) {
        for group in groups(self, equations, iterations.len()) {
            let (index, equations) = match group {
                Group::One(equation) => {
                    self.evaluate_equation(equation, values, iterations);
                    continue;
                }
                Group::Sequence(index, equations) => (index, equations),
            };
            let count = self.value(self.extent(index), values);
            let backward = self.indices[index.0 as usize].order == Order::Backward;
            for iteration in 0..count {
                iterations.insert(index, if backward { count - 1 - iteration } else { iteration });
                self.evaluate_all(equations, values, iterations);
            }
            iterations.remove(&index);
        }
    }

    pub(crate) fn value(&self, dim: &crate::shape::Dim, values: &Values) -> i64 {
        dim.evaluate(values.samples, &|name| values.symbols.get(name).copied()).unwrap_or(0)
    }

    fn evaluate_equation(&self, equation: &Equation, values: &mut Values, iterations: &Bound) {
        let root = self.root(equation.target);
        let reduced: Vec<IndexId> = equation.reduced().filter(|i| !iterations.contains_key(i)).collect();
        let is_outer = |index: &IndexId| !reduced.contains(index) && !iterations.contains_key(index);
        let outer: Vec<IndexId> = equation.indices.iter().copied().filter(is_outer).collect();
        let mut found = Vec::new();
        self.each(&outer, values, &mut iterations.clone(), &mut |at| {
            if let Some(offset) = self.flat(equation.target, &equation.write, values, at) {
                let start = equation.start.map_or(0.0, |start| self.scalar(start, values, at));
                found.push((offset, start + self.reduce(equation, &reduced, values, at)));
            }
        });
        let len: i64 = self.at(root).shape.iter().map(|dim| self.value(dim, values)).product();
        let elements = values.tensors.entry(root).or_default();
        elements.resize(usize::try_from(len).unwrap_or(0), 0.0);
        for (offset, value) in found {
            let Some(element) = elements.get_mut(offset) else { continue };
            *element = if equation.accumulate { *element + value } else { value };
        }
    }

    fn reduce(&self, equation: &Equation, reduced: &[IndexId], values: &Values, at: &Bound) -> f64 {
        let mut all = Vec::new();
        self.each(reduced, values, &mut at.clone(), &mut |at| all.push(self.scalar(equation.body, values, at)));
        let first = |better: fn(f64, f64) -> bool| {
            let mut best = 0;
            for (at, value) in all.iter().enumerate() {
                if better(*value, all[best]) {
                    best = at;
                }
            }
            best
        };
        match equation.reduce {
            Reduce::Sum => all.iter().sum(),
            Reduce::Product => all.iter().product(),
            Reduce::Max => all[first(|a, b| a > b)],
            Reduce::Min => all[first(|a, b| a < b)],
            #[allow(clippy::cast_precision_loss)] // positions are small
            Reduce::ArgMax => first(|a, b| a > b) as f64,
            #[allow(clippy::cast_precision_loss)] // positions are small
            Reduce::ArgMin => first(|a, b| a < b) as f64,
        }
    }

    /// Calls `visit` for every choice of the indices.
    fn each(&self, indices: &[IndexId], values: &Values, at: &mut Bound, visit: &mut dyn FnMut(&Bound)) {
        let Some((first, rest)) = indices.split_first() else { return visit(at) };
        for value in 0..self.value(self.extent(*first), values) {
            at.insert(*first, value);
            self.each(rest, values, at, visit);
        }
    }

    pub(crate) fn affine(&self, affine: &Affine, values: &Values, at: &Bound) -> i64 {
        let terms = affine.terms.iter().map(|(i, factor)| at.get(i).copied().unwrap_or(0) * self.value(factor, values));
        self.value(&affine.constant, values) + terms.sum::<i64>()
    }

    /// The position in memory, or `None` outside.
    fn flat(&self, tensor: TensorId, positions: &[Position], values: &Values, at: &Bound) -> Option<usize> {
        let mut flat = 0;
        for (position, size) in positions.iter().zip(&self.at(tensor).shape) {
            let position = match position {
                Position::Affine(affine) => self.affine(affine, values, at),
                #[allow(clippy::cast_possible_truncation)] // indices are whole
                Position::Gather(id) => self.scalar(*id, values, at) as i64,
                Position::Table(table) => {
                    let at = usize::try_from(self.affine(&table.at, values, at)).ok()?;
                    *table.values.get(at)?
                }
            };
            let size = self.value(size, values);
            if position < 0 || position >= size {
                return None;
            }
            flat = flat * size + position;
        }
        usize::try_from(flat).ok()
    }

    /// The value of an expression, with its reads from `elements`.
    #[allow(clippy::cast_precision_loss)] // sizes and indices are small
    pub(crate) fn scalar_of<E: Elements>(
        &self,
        id: ExpressionId,
        values: &Values,
        at: &Bound,
        elements: &E,
    ) -> Result<f64, E::Error> {
        let below = |id: &ExpressionId| self.scalar_of(*id, values, at, elements);
        Ok(match self.pool.node(id) {
            Node::Constant(bits) => f64::from_bits(*bits),
            Node::Size(dim) => self.value(dim, values) as f64,
            Node::Index(affine) => self.affine(affine, values, at) as f64,
            Node::Scale(term) => values.scales.get(*term).copied().unwrap_or(1.0),
            Node::Read { tensor, at: positions, outside } => elements.read(*tensor, positions, *outside, at)?,
            Node::Random { layer, element } => {
                let sample = values.first + at.get(&IndexId::SAMPLE).copied().unwrap_or(0);
                values.random.map_or(0.5, |random| random(*layer, sample, self.affine(element, values, at)))
            }
            Node::Sum(terms) => {
                terms.iter().map(|(factor, id)| Ok(f64::from_bits(*factor) * below(id)?)).sum::<Result<f64, _>>()?
            }
            Node::Product(factors) => {
                // a quotient, as it is emitted: `49 * (1 / 49)` is no whole number
                let (mut over, mut under) = (1.0, 1.0);
                for (id, power) in factors {
                    let side = if *power > 0 { &mut over } else { &mut under };
                    *side *= below(id)?.powi(power.abs());
                }
                over / under
            }
            Node::Apply(function, arguments) => {
                (function.row().value)(&arguments.iter().map(below).collect::<Result<Vec<_>, _>>()?)
            }
            Node::Where { relation, left, right, then, otherwise } => {
                let holds = relation.holds(below(left)?, below(right)?);
                below(if holds { then } else { otherwise })?
            }
        })
    }

    fn scalar(&self, id: ExpressionId, values: &Values, at: &Bound) -> f64 {
        let Ok(value) = self.scalar_of(id, values, at, &Whole { program: self, values });
        value
    }
}
