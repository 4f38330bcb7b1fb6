//! Expressions of the form `scale * read + offset`.

use super::dependence::{Dependence, Dependences};
use crate::equation::Program;
use crate::symbolic::{ExpressionId, Node};

/// `scale * read + offset`, where neither depends on the samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScaleAndOffset {
    pub scale: ExpressionId,
    pub offset: ExpressionId,
}

/// Expressions seen as functions of one read.
pub(super) struct FunctionOfRead<'a> {
    pub program: &'a mut Program,
    pub dependences: &'a Dependences,
    pub read: ExpressionId,
    /// The scales and offsets with which the read was found.
    pub found: Vec<ScaleAndOffset>,
    /// Whether offsets are left out.
    pub without_offsets: bool,
}

impl<'a> FunctionOfRead<'a> {
    pub(super) fn new(program: &'a mut Program, dependences: &'a Dependences, read: ExpressionId) -> Self {
        FunctionOfRead { program, dependences, read, found: Vec::new(), without_offsets: false }
    }

    /// Whether an expression contains the read.
    fn is_in(&self, id: ExpressionId) -> bool {
        self.program.pool.reads(id).contains(&self.read)
    }

    fn is_fixed(&self, id: ExpressionId) -> bool {
        self.dependences.of(self.program, id) < Dependence::Varying
    }

    /// The expression as a scale and an offset, if it has that form.
    pub(super) fn scale_and_offset(&mut self, id: ExpressionId) -> Option<ScaleAndOffset> {
        let [nothing, one] = [0.0, 1.0].map(|value| self.program.pool.constant(value));
        if id == self.read {
            return Some(ScaleAndOffset { scale: one, offset: nothing });
        }
        if self.is_fixed(id) {
            return Some(ScaleAndOffset { scale: nothing, offset: id });
        }
        match self.program.pool.node(id).clone() {
            Node::Sum(terms) => {
                let (mut factors, mut offsets) = (Vec::new(), Vec::new());
                for (by, term) in terms {
                    let ScaleAndOffset { scale, offset } = self.scale_and_offset(term)?;
                    factors.push((f64::from_bits(by), scale));
                    offsets.push((f64::from_bits(by), offset));
                }
                let pool = &mut self.program.pool;
                Some(ScaleAndOffset { scale: pool.sum(&factors), offset: pool.sum(&offsets) })
            }
            Node::Product(factors) => {
                let (inside, others) = self.apart(&factors)?;
                let scale_and_offset = self.scale_and_offset(inside)?;
                others.iter().all(|(id, _)| self.is_fixed(*id)).then(|| self.times(scale_and_offset, &others))
            }
            _ => None,
        }
    }

    /// The same times fixed factors.
    fn times(
        &mut self,
        ScaleAndOffset { scale, offset }: ScaleAndOffset,
        fixed: &[(ExpressionId, i32)],
    ) -> ScaleAndOffset {
        let pool = &mut self.program.pool;
        let mut times = |value: ExpressionId| {
            let zero = pool.is_zero(value);
            if zero { value } else { pool.product(1.0, &[fixed, &[(value, 1)]].concat()) }
        };
        ScaleAndOffset { scale: times(scale), offset: times(offset) }
    }

    /// The one factor that holds the read, and the others.
    fn apart(&self, factors: &[(ExpressionId, i32)]) -> Option<(ExpressionId, Vec<(ExpressionId, i32)>)> {
        let (inside, others): (Vec<_>, Vec<_>) = factors.iter().partition(|(id, _)| self.is_in(*id));
        match inside[..] {
            [(inside, 1)] => Some((inside, others)),
            _ => None,
        }
    }

    /// The expression for a read that is scaled already: wherever `scale * read + offset` stands, `read + offset` does
    /// now.
    pub(super) fn with_scaled_read(&mut self, id: ExpressionId) -> ExpressionId {
        if !self.is_in(id) {
            return id;
        }
        if let Some(scale_and_offset) = self.scale_and_offset(id) {
            return self.scaled(scale_and_offset);
        }
        match self.program.pool.node(id).clone() {
            Node::Sum(terms) => self.sum(&terms),
            Node::Product(factors) => self.product(&factors),
            _ => {
                let children = self.program.pool.node(id).children();
                let replaced: Vec<_> =
                    children.into_iter().map(|child| (child, self.with_scaled_read(child))).collect();
                self.program.pool.rewrite(id, &mut |_, child| {
                    replaced.iter().find(|(known, _)| *known == child).map(|(_, replaced)| *replaced)
                })
            }
        }
    }

    fn scaled(&mut self, scale_and_offset: ScaleAndOffset) -> ExpressionId {
        self.found.push(scale_and_offset);
        if self.without_offsets { self.read } else { self.program.pool.add(self.read, scale_and_offset.offset) }
    }

    /// A sum in which other terms depend on the samples too: the fixed terms go with the read.
    fn sum(&mut self, terms: &[(u64, ExpressionId)]) -> ExpressionId {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for (by, term) in terms {
            let by = f64::from_bits(*by);
            if self.scale_and_offset(*term).is_some() {
                own.push((by, *term));
            } else {
                others.push((by, self.with_scaled_read(*term)));
            }
        }
        let own = self.program.pool.sum(&own);
        let own = self.with_scaled_read(own);
        others.insert(0, (1.0, own));
        self.program.pool.sum(&others)
    }

    /// A product with factors that depend on the samples: the fixed factors go with the read.
    fn product(&mut self, factors: &[(ExpressionId, i32)]) -> ExpressionId {
        if let Some((inside, others)) = self.apart(factors)
            && let Some(scale_and_offset) = self.scale_and_offset(inside)
        {
            let (fixed, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(id, _)| self.is_fixed(*id));
            let own = self.times(scale_and_offset, &fixed);
            let own = self.scaled(own);
            return self.program.pool.product(1.0, &[others.as_slice(), &[(own, 1)]].concat());
        }
        let factors: Vec<_> = factors.iter().map(|(id, power)| (self.with_scaled_read(*id), *power)).collect();
        self.program.pool.product(1.0, &factors)
    }
}
