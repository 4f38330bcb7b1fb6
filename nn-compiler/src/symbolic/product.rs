//! Construction of products. Rules that could lose a NaN or an infinity say so.

use super::ids::ExpressionId;
use super::node::Node;
use super::pool::Pool;

impl Pool {
    /// A product of powers with a constant factor, flattened; powers of equal bases are added up.
    ///
    /// In a derivative, a literal factor of zero makes the product zero: it means that there is no dependence.
    /// Elsewhere the factor stays, since zero times NaN is NaN.
    pub fn product(&mut self, coefficient: f64, factors: &[(ExpressionId, i32)]) -> ExpressionId {
        let mut coefficient = coefficient;
        let mut flat = Vec::new();
        for (id, power) in factors {
            self.multiply_factor(*id, *power, &mut coefficient, &mut flat);
        }
        flat.retain(|(_, power)| *power != 0);
        if coefficient == 0.0 && (self.zeros_are_nothing || flat.is_empty()) {
            return self.constant(0.0);
        }
        if let Some(chosen) = self.multiply_into_where(coefficient, &flat) {
            return chosen;
        }
        self.avoid_overflow(&mut flat);
        let product = match flat.as_slice() {
            [] => return self.constant(coefficient),
            [(id, 1)] => *id,
            _ => self.intern(Node::Product(flat)),
        };
        if coefficient == 1.0 { product } else { self.sum(&[(coefficient, product)]) }
    }

    fn multiply_factor(
        &self,
        id: ExpressionId,
        power: i32,
        coefficient: &mut f64,
        flat: &mut Vec<(ExpressionId, i32)>,
    ) {
        match self.node(id) {
            Node::Constant(bits) => *coefficient *= f64::from_bits(*bits).powi(power),
            Node::Product(inner) if inner.iter().all(|(_, own)| own.checked_mul(power).is_some_and(is_small)) => {
                for (id, inner_power) in inner {
                    self.multiply_factor(*id, power * inner_power, coefficient, flat);
                }
            }
            Node::Sum(inner) if inner.len() == 1 => {
                *coefficient *= f64::from_bits(inner[0].0).powi(power);
                self.multiply_factor(inner[0].1, power, coefficient, flat);
            }
            // x / x is cancelled only where x cannot be zero: 0 / 0 must stay NaN
            node => {
                let never_zero = matches!(node, Node::Size(_));
                let same = |known: i32| is_small(known) && (never_zero || (known > 0) == (power > 0));
                match flat.iter_mut().find(|(known, p)| *known == id && same(*p)) {
                    Some((_, sum)) => *sum += power,
                    None => flat.push((id, power)),
                }
            }
        }
    }

    /// `g * where(c, a, 0)` is `where(c, g * a, 0)`: less work, and where `c` does not hold, an infinite `g` gives 0
    /// instead of NaN.
    pub(super) fn multiply_into_where(
        &mut self,
        coefficient: f64,
        flat: &[(ExpressionId, i32)],
    ) -> Option<ExpressionId> {
        let (at, relation, left, right, then, otherwise) =
            flat.iter().enumerate().find_map(|(at, (id, power))| match self.node(*id) {
                Node::Where { relation, left, right, then, otherwise }
                    if *power == 1 && (self.is_zero(*then) || self.is_zero(*otherwise)) =>
                {
                    Some((at, *relation, *left, *right, *then, *otherwise))
                }
                _ => None,
            })?;
        let mut rest = flat.to_vec();
        rest.remove(at);
        let mut branch = |pool: &mut Pool, value: ExpressionId| {
            if pool.is_zero(value) {
                return value;
            }
            rest.push((value, 1));
            let product = pool.product(coefficient, &rest);
            rest.pop();
            product
        };
        let (then, otherwise) = (branch(self, then), branch(self, otherwise));
        Some(self.choose(relation, left, right, then, otherwise))
    }

    /// `exp(a) / (c + exp(a))^2` is `(1 - c / (c + exp(a))) / (c + exp(a))`: the first is `inf / inf` where `exp`
    /// overflows, the second is finite. For `c > 0`.
    fn avoid_overflow(&mut self, flat: &mut [(ExpressionId, i32)]) {
        for at in 0..flat.len() {
            let (exponential, power) = flat[at];
            if power < 1 || !self.is_exponential(exponential) {
                continue;
            }
            for below in 0..flat.len() {
                let (base, base_power) = flat[below];
                let Some(constant) = self.constant_beside(base, exponential) else { continue };
                if -base_power <= power || constant <= 0.0 {
                    continue;
                }
                let reciprocal = self.product(1.0, &[(base, -1)]);
                let one = self.constant(1.0);
                let share = self.sum(&[(1.0, one), (-constant, reciprocal)]);
                flat[below].1 += power;
                flat[at] = (share, power);
                return;
            }
        }
    }

    fn is_exponential(&self, id: ExpressionId) -> bool {
        matches!(self.node(id), Node::Apply(function, _) if function.row().name == "exp")
    }

    /// The `c` of `c + e`.
    fn constant_beside(&self, sum: ExpressionId, e: ExpressionId) -> Option<f64> {
        let Node::Sum(terms) = self.node(sum) else { return None };
        let [(factor, term), (constant, one)] = terms.as_slice() else { return None };
        let fits = *term == e && f64::from_bits(*factor) == 1.0 && self.as_constant(*one) == Some(1.0);
        fits.then(|| f64::from_bits(*constant))
    }
}

/// Larger powers are not multiplied out: they would overflow.
fn is_small(power: i32) -> bool {
    power.abs() <= 1 << 20
}
