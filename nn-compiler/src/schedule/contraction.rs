//! Contractions: sums of products, recognised by the strides of their indices and never by the name of a layer.

use std::collections::BTreeSet;

use super::{Contraction, ContractionLoop, Start};
use crate::equation::{Equation, Program, Reduce};
use crate::layout::Layout;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};

/// The most loops that the kernels take.
const MAX_LOOPS: usize = 10;

/// An equation as a contraction, if it is one.
pub(super) fn recognise(program: &Program, layout: &Layout, equation: &Equation) -> Option<Contraction> {
    let is_sum = equation.reduce == Reduce::Sum && program.reduced(equation).next().is_some();
    let leaves = equation.clip && !layout.pads(program, equation.target, &equation.write, None);
    if !is_sum || leaves || equation.indices.len() > MAX_LOOPS {
        return None;
    }
    let (left, right) = match program.pool.node(equation.body) {
        Node::Product(factors) => match factors.as_slice() {
            [(left, 1), (right, 1)] => (*left, Some(*right)),
            _ => return None,
        },
        _ => (equation.body, None),
    };
    let (left, left_offset) = plain_read(program, layout, left)?;
    let (right, right_offset) = match right.map(|right| plain_read(program, layout, right)) {
        Some(right) => right.map(|(tensor, offset)| (Some(tensor), offset))?,
        None => (None, Offset::default()),
    };
    let out_offset = Offset::of(program, layout, equation.target, &equation.write)?;
    if !out_offset.is_forward() {
        return None;
    }
    let (start, start_offset) = match equation.start {
        Some(read) => {
            let (tensor, offset) = plain_read(program, layout, read)?;
            (Start::From(tensor), offset)
        }
        None if equation.accumulate => (Start::Out, Offset::default()),
        None => (Start::Zero, Offset::default()),
    };
    let offsets = [&out_offset, &left_offset, &right_offset, &start_offset];
    let lowest = offsets.map(|offset| offset.lowest(program));
    let [Some(out_origin), Some(left_origin), Some(right_origin), Some(start_origin)] = lowest else { return None };
    let strides =
        |index: &IndexId| ContractionLoop { index: *index, strides: offsets.map(|offset| offset.at.factor(*index)) };
    let (outer, loops): (Vec<_>, Vec<_>) = equation.indices.iter().partition(|index| program.is_sequence(**index));
    Some(Contraction {
        out: equation.target,
        left,
        right,
        start,
        loops: loops.into_iter().map(strides).collect(),
        outer_loops: outer.into_iter().map(strides).collect(),
        origins: [out_origin, left_origin, right_origin, start_origin],
        equation: equation.clone(),
    })
}

/// A read of numbers that all lie in memory: its tensor and the position there.
fn plain_read(program: &Program, layout: &Layout, read: ExpressionId) -> Option<(TensorId, Offset)> {
    let Node::Read { tensor, at, outside } = program.pool.node(read) else { return None };
    let leaves = outside.is_some() && !layout.pads(program, *tensor, at, *outside);
    if leaves || program.at(*tensor).bound.is_some() {
        return None;
    }
    Some((*tensor, Offset::of(program, layout, *tensor, at)?))
}

/// A position in memory.
#[derive(Default)]
struct Offset {
    at: Affine,
    /// The indices of loops in the kernel that move it backwards. Strides that the macro does not see as numbers have no sign that it sees.
    backwards: BTreeSet<IndexId>,
}

impl Offset {
    fn of(program: &Program, layout: &Layout, tensor: TensorId, positions: &[Position]) -> Option<Self> {
        let at = layout.offset(program, tensor, positions)?;
        let mut backwards = BTreeSet::new();
        for (index, stride) in at.terms.iter().filter(|(index, _)| !program.is_sequence(*index)) {
            let factors = positions.iter().filter_map(|position| match position {
                Position::Affine(affine) => Some(affine.factor(*index)).filter(|factor| *factor != Dim::default()),
                _ => None,
            });
            let negative: Vec<bool> = factors.map(|factor| factor.literal().is_some_and(|factor| factor < 0)).collect();
            let is_negative = match stride.literal() {
                Some(stride) => stride < 0,
                None if negative.contains(&true) && negative.contains(&false) => return None,
                None => negative.contains(&true),
            };
            if is_negative {
                backwards.insert(*index);
            }
        }
        Some(Offset { at, backwards })
    }

    /// The lowest position that it reaches in an iteration: the end of a loop with a negative stride.
    fn lowest(&self, program: &Program) -> Option<Dim> {
        let mut lowest = self.at.constant.clone();
        for index in &self.backwards {
            let last = program.extent(*index).subtract(&Dim::from(1))?;
            lowest = lowest.add(&last.multiply(&self.at.factor(*index))?)?;
        }
        Some(lowest)
    }

    /// Whether no index moves it backwards.
    fn is_forward(&self) -> bool {
        self.backwards.is_empty() && self.at.constant.literal().is_none_or(|first| first >= 0)
    }
}
