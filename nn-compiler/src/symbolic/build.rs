//! Construction of expressions. Algebraically equal ones become the same node; rules that could lose a NaN or an
//! infinity say so.

use rustc_hash::FxHashMap;

use super::affine::{Affine, Position};
use super::ids::{ExpressionId, Function, TensorId};
use super::node::Node;
use super::pool::Pool;
use super::relation::Relation;
use crate::shape::Dim;

/// A sum of more terms stays a term of the sums that it goes into: `x + f(x)` again and again would otherwise repeat all
/// terms before it in each sum.
const MOST_TERMS: usize = 8;

impl Pool {
    /// A number.
    pub fn constant(&mut self, value: f64) -> ExpressionId {
        // -0 and 0 are one number here
        self.intern(Node::Constant(if value == 0.0 { 0 } else { value.to_bits() }))
    }

    /// The value of an expression that is a number.
    #[must_use]
    pub fn as_constant(&self, id: ExpressionId) -> Option<f64> {
        if let Node::Constant(bits) = self.node(id) { Some(f64::from_bits(*bits)) } else { None }
    }

    /// Whether an expression is the number zero.
    #[must_use]
    pub fn is_zero(&self, id: ExpressionId) -> bool {
        self.as_constant(id) == Some(0.0)
    }

    /// A size as a real number. It stays a node of its own even where it is a literal, so that
    /// networks with literal and with generic sizes compute the same bits.
    pub fn size(&mut self, dim: Dim) -> ExpressionId {
        if dim.literal() == Some(1) { self.constant(1.0) } else { self.intern(Node::Size(dim)) }
    }

    /// The value of an index.
    pub fn index(&mut self, affine: Affine) -> ExpressionId {
        self.intern(Node::Index(affine))
    }

    /// The factor of a term of the loss.
    pub fn scale(&mut self, term: usize) -> ExpressionId {
        self.intern(Node::Scale(term))
    }

    /// An element of a tensor.
    pub fn read(&mut self, tensor: TensorId, at: Vec<Position>, outside: Option<f64>) -> ExpressionId {
        self.intern(Node::Read { tensor, at, outside: outside.map(f64::to_bits) })
    }

    /// A random number.
    pub fn random(&mut self, layer: u32, element: Affine) -> ExpressionId {
        self.intern(Node::Random { layer, element })
    }

    /// `a + b`
    pub fn add(&mut self, a: ExpressionId, b: ExpressionId) -> ExpressionId {
        self.sum(&[(1.0, a), (1.0, b)])
    }

    /// `a - b`
    pub fn subtract(&mut self, a: ExpressionId, b: ExpressionId) -> ExpressionId {
        self.sum(&[(1.0, a), (-1.0, b)])
    }

    /// `-a`
    pub fn negate(&mut self, a: ExpressionId) -> ExpressionId {
        self.sum(&[(-1.0, a)])
    }

    /// `a * b`
    pub fn multiply(&mut self, a: ExpressionId, b: ExpressionId) -> ExpressionId {
        self.product(1.0, &[(a, 1), (b, 1)])
    }

    /// `a / b`. The quotient of whole numbers that are made of indices is rounded once (in `f32` while the product is below 2^24): as
    /// `7/23 * j` its `floor` would be another one than in positions, which are computed in `f64`.
    pub fn divide(&mut self, a: ExpressionId, b: ExpressionId) -> ExpressionId {
        let is_exact = self.as_constant(b).is_some_and(|b| b.abs().log2().fract() == 0.0);
        if is_exact || !self.is_index_arithmetic(a, MOST_TERMS) {
            return self.product(1.0, &[(a, 1), (b, -1)]);
        }
        let (above, below) = (self.whole_factors(a), self.whole_factors(b));
        let below = below.into_iter().map(|(id, power)| (id, -power));
        self.product(1.0, &above.into_iter().chain(below).collect::<Vec<_>>())
    }

    /// Whether an expression is a sum or product of indices, sizes and numbers, with an index in it.
    fn is_index_arithmetic(&self, id: ExpressionId, depth: usize) -> bool {
        let is_part = |id: &ExpressionId| depth > 0 && self.is_index_arithmetic(*id, depth - 1);
        let is_constant = |id: &ExpressionId| matches!(self.node(*id), Node::Constant(_) | Node::Size(_));
        let parts = self.node(id).children();
        match self.node(id) {
            Node::Index(_) => true,
            Node::Sum(_) | Node::Product(_) => {
                parts.iter().all(|part| is_constant(part) || is_part(part))
                    && parts.iter().any(|part| !is_constant(part))
            }
            _ => false,
        }
    }

    /// The factors of a product; a whole number is one of them, so that it is not merged with others.
    #[allow(clippy::cast_possible_truncation)] // a whole number that is not large
    fn whole_factors(&mut self, id: ExpressionId) -> Vec<(ExpressionId, i32)> {
        let (factor, rest) = match self.node(id) {
            Node::Constant(bits) => (f64::from_bits(*bits), None),
            Node::Sum(terms) if terms.len() == 1 => (f64::from_bits(terms[0].0), Some(terms[0].1)),
            _ => return vec![(id, 1)],
        };
        if factor.fract() != 0.0 || !(2.0..1e9).contains(&factor.abs()) {
            return vec![(id, 1)];
        }
        // no size, with which it would be cancelled where that is literal
        let whole = self.index(Affine::constant(Dim::from(factor.abs() as i64)));
        let sign = self.constant(factor.signum());
        [Some((whole, 1)), Some((sign, 1)), rest.map(|rest| (rest, 1))].into_iter().flatten().collect()
    }

    /// Builds expressions without the terms that have a factor of zero.
    pub(super) fn drop_zeros<R>(&mut self, build: impl FnOnce(&mut Pool) -> R) -> R {
        let before = std::mem::replace(&mut self.zeros_are_nothing, true);
        let result = build(self);
        self.zeros_are_nothing = before;
        result
    }

    /// A sum of expressions with factors, flattened unless it is long; equal terms are added up.
    pub fn sum(&mut self, terms: &[(f64, ExpressionId)]) -> ExpressionId {
        let mut constant = 0.0;
        let mut flat = Flat::default();
        for (factor, id) in terms {
            self.add_term(*factor, *id, &mut constant, &mut flat);
        }
        let mut flat = flat.terms;
        if self.zeros_are_nothing {
            flat.retain(|(factor, _)| *factor != 0.0);
        }
        if flat.is_empty() {
            return self.constant(constant);
        }
        if constant != 0.0 {
            flat.push((constant, self.constant(1.0)));
        }
        match flat.as_slice() {
            [(1.0, id)] => *id,
            [(factor, id)] if let Some(chosen) = self.multiply_into_where(*factor, &[(*id, 1)]) => chosen,
            _ => self.intern(Node::Sum(flat.into_iter().map(|(factor, id)| (factor.to_bits(), id)).collect())),
        }
    }

    fn add_term(&self, factor: f64, id: ExpressionId, constant: &mut f64, flat: &mut Flat) {
        match self.node(id) {
            Node::Constant(bits) => *constant += factor * f64::from_bits(*bits),
            // a factor other than 1 and -1 is not multiplied out: that would be more work
            Node::Sum(inner) if inner.len() == 1 || (factor.abs() == 1.0 && inner.len() <= MOST_TERMS) => {
                for (inner_factor, id) in inner {
                    self.add_term(factor * f64::from_bits(*inner_factor), *id, constant, flat);
                }
            }
            _ => flat.add(factor, id),
        }
    }

    /// A call of a function of the table; folded if its arguments are constants.
    pub fn apply(&mut self, function: Function, arguments: &[ExpressionId]) -> ExpressionId {
        let constants: Option<Vec<f64>> = arguments.iter().map(|id| self.as_constant(*id)).collect();
        // the precision is that of the type, which is chosen later
        if let Some(constants) = constants.filter(|_| function.row().name != "epsilon") {
            return self.constant((function.row().value)(&constants));
        }
        if function.row().name == "powf"
            && let Some(power) = self.as_constant(arguments[1])
            && power.fract() == 0.0
            && power.abs() <= 16.0
        {
            #[allow(clippy::cast_possible_truncation)] // whole and small
            return self.product(1.0, &[(arguments[0], power as i32)]);
        }
        self.intern(Node::Apply(function, arguments.to_vec()))
    }

    /// `where(left relation right, then, otherwise)`
    pub fn choose(
        &mut self,
        relation: Relation,
        left: ExpressionId,
        right: ExpressionId,
        then: ExpressionId,
        otherwise: ExpressionId,
    ) -> ExpressionId {
        // inside of each branch the comparison is decided
        let then = self.decided(relation, left, right, then, true);
        let otherwise = self.decided(relation, left, right, otherwise, false);
        if then == otherwise {
            return then;
        }
        match self.known(relation, left, right) {
            Some(true) => then,
            Some(false) => otherwise,
            None => self.intern(Node::Where { relation, left, right, then, otherwise }),
        }
    }

    /// Whether a comparison holds, where that is known: between constants, and of a random number with what no such
    /// number reaches, as in a dropout of nothing.
    fn known(&self, relation: Relation, left: ExpressionId, right: ExpressionId) -> Option<bool> {
        let right = self.as_constant(right)?;
        match self.node(left) {
            Node::Random { .. } if right <= 0.0 && matches!(relation, Relation::Less) => Some(false),
            _ => Some(relation.holds(self.as_constant(left)?, right)),
        }
    }

    /// The branch of a selection whose comparison is decided.
    fn decided(
        &self,
        relation: Relation,
        left: ExpressionId,
        right: ExpressionId,
        value: ExpressionId,
        holds: bool,
    ) -> ExpressionId {
        let Node::Where { relation: same, left: a, right: b, then, otherwise } = self.node(value) else { return value };
        if (*same, *a, *b) == (relation, left, right) {
            return if holds { *then } else { *otherwise };
        }
        // what equals an index is not less than zero
        let index = matches!(self.node(left), Node::Index(affine) if affine.as_index().is_some());
        let below = self.as_constant(*b).is_some_and(|b| b < 0.0);
        if holds && index && below && *a == right && (relation, *same) == (Relation::Equal, Relation::Equal) {
            return *otherwise;
        }
        value
    }
}

/// The terms of a sum, each once with its factor.
#[derive(Default)]
struct Flat {
    terms: Vec<(f64, ExpressionId)>,
    numbers: FxHashMap<ExpressionId, usize>,
}

impl Flat {
    fn add(&mut self, factor: f64, id: ExpressionId) {
        let number = *self.numbers.entry(id).or_insert(self.terms.len());
        match self.terms.get_mut(number) {
            Some((sum, _)) => *sum += factor,
            None => self.terms.push((factor, id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Affine, MOST_TERMS, Node, Pool, Relation};
    use crate::shape::Dim;
    use crate::symbolic::Function;

    #[test]
    fn a_dropout_of_nothing_draws_no_numbers() {
        let mut pool = Pool::default();
        let (random, zero, one) =
            (pool.random(0, Affine::constant(Dim::from(0))), pool.constant(0.0), pool.constant(1.0));
        assert_eq!(pool.choose(Relation::Less, random, zero, zero, one), one);
        let half = pool.constant(0.5);
        let drawn = pool.choose(Relation::Less, random, half, zero, one);
        assert!(matches!(pool.node(drawn), Node::Where { .. }));
    }

    /// `x + tanh(x)` again and again: each sum has few terms.
    #[test]
    fn sums_do_not_repeat_long_sums() {
        let tanh = Function::named("tanh").expect("a line of the table");
        let mut pool = Pool::default();
        let mut sum = pool.size(Dim::from(2));
        for _ in 0..50 {
            let term = pool.apply(tanh, &[sum]);
            sum = pool.add(sum, term);
            let Node::Sum(terms) = pool.node(sum) else { panic!("a sum") };
            assert!((2..=MOST_TERMS + 1).contains(&terms.len()), "{} terms", terms.len());
        }
    }

    #[test]
    fn long_sums_cancel_as_a_whole() {
        let mut pool = Pool::default();
        let terms: Vec<_> = (2..20).map(|size| (1.0, pool.size(Dim::from(size)))).collect();
        let long = pool.sum(&terms);
        let negated = pool.negate(long);
        assert_eq!(pool.negate(negated), long);
        let twice = pool.add(long, long);
        assert_eq!(twice, pool.sum(&[(2.0, long)]));
    }
}
