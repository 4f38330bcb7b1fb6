//! Which slices of its operands can be cut in front of a loop.

use crate::equation::{Program, Role};
use crate::lowered::Lowered;
use crate::schedule::{Schedule, Statement};
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Node, Position, TensorId};

/// The loop in front of which slices are cut, and the short loops inside of it.
pub(in crate::emit) struct Cut {
    pub index: IndexId,
    pub inner: Vec<IndexId>,
}

impl Cut {
    fn moves(&self, index: IndexId) -> bool {
        index == self.index || self.inner.contains(&index)
    }
}

/// An access of a statement to memory.
pub(in crate::emit) struct Access {
    pub tensor: TensorId,
    /// The offset in the memory; none where it may lie outside or is read from a tensor, so that the whole memory is
    /// needed.
    pub offset: Option<Affine>,
    pub written: bool,
}

impl Access {
    fn new(schedule: &Schedule, tensor: TensorId, at: &[Position], inside: bool, written: bool) -> Self {
        Access { tensor, offset: schedule.offset(tensor, at).filter(|_| inside), written }
    }
}

/// The accesses that a statement writes its results by.
pub(in crate::emit) fn writes(schedule: &Schedule, statement: &Statement) -> Vec<Access> {
    let program = &schedule.program;
    let in_memory = |tensor: &TensorId| !program.at(*tensor).role.is_summed() && !schedule.locals.contains(tensor);
    let access = |tensor: TensorId| {
        let leaves = statement.clip && !schedule.layout.pads(program, tensor, &statement.write, None);
        Access::new(schedule, tensor, &statement.write, !leaves, true)
    };
    statement.written().filter(in_memory).map(access).collect()
}

/// The accesses that a statement reads its operands by.
pub(in crate::emit) fn reads(schedule: &Schedule, lowered: &Lowered, statement: &Statement) -> Vec<Access> {
    let program = &schedule.program;
    let mut accesses = Vec::new();
    for read in program.pool.reads(statement.body) {
        if let Node::Read { tensor, at, outside } = program.pool.node(read) {
            let root = program.root(*tensor);
            if !schedule.locals.contains(&root) && index_field(program, lowered, root).is_none() {
                let leaves = outside.is_some() && !schedule.layout.pads(program, *tensor, at, *outside);
                accesses.push(Access::new(schedule, *tensor, at, !leaves, false));
            }
        }
    }
    accesses
}

/// For indices that are a field of a sample with several: its role.
pub(in crate::emit) fn index_field(program: &Program, lowered: &Lowered, tensor: TensorId) -> Option<Role> {
    let of = program.at(tensor);
    let ports = match of.role {
        Role::Input(_) => &lowered.inputs,
        Role::Target(_) => &lowered.targets,
        _ => return None,
    };
    (of.bound.is_some() && ports.len() > 1).then_some(of.role)
}

/// A slice that a loop runs along.
pub(in crate::emit) struct Slice {
    /// Where it begins.
    pub begin: Affine,
    /// The position of the element in it; zero if it is always the same element.
    pub at: Affine,
    /// How far the element moves with each iteration.
    pub step: u64,
    /// How far the short loops move it.
    pub span: i64,
}

impl Slice {
    /// The slice that a loop needs of a memory; none where the macro does not know that the loop runs forward in it, and
    /// how far.
    pub(in crate::emit) fn of(program: &Program, cut: &Cut, offset: &Affine) -> Option<Slice> {
        let (mut begin, mut at) = (Affine::constant(offset.constant.clone()), Affine::default());
        let mut span = 0i64;
        for (index, factor) in &offset.terms {
            if !cut.moves(*index) {
                begin.terms.push((*index, factor.clone()));
                continue;
            }
            let factor = factor.literal()?;
            at.terms.push((*index, Dim::from(factor)));
            // padding lies as far outside as it likes
            let reach = |index| factor.checked_abs()?.checked_mul(program.extent(index).literal()? - 1);
            if *index != cut.index {
                span = span.checked_add(reach(*index)?)?;
            }
            if factor < 0 {
                let back = Dim::from(reach(*index)?);
                (begin.constant, at.constant) = (begin.constant.subtract(&back)?, at.constant.add(&back)?);
            }
        }
        let backwards = begin.constant.literal().is_none_or(|c| c < 0)
            || begin.terms.iter().any(|(_, f)| f.literal().is_some_and(|f| f < 0));
        let step = at.factor(cut.index).literal()?.unsigned_abs();
        // a tile may be empty
        let may_be_empty = cut.index == IndexId::SAMPLE && !at.terms.is_empty() && (step != 1 || span > 0);
        (!backwards && !may_be_empty).then_some(Slice { begin, at, step, span })
    }

    /// The elements that the loop needs.
    fn len(&self, program: &Program, cut: &Cut) -> Option<Dim> {
        let last = program.extent(cut.index).subtract(&Dim::from(1))?;
        let step = Dim::from(i64::try_from(self.step).ok()?);
        last.multiply(&step)?.add(&Dim::from(self.span.checked_add(1)?))
    }

    /// Whether no element of this slice is one of another.
    fn is_apart(&self, other: &Slice, program: &Program, cut: &Cut) -> bool {
        let fits = |low: &Slice, high: &Slice| {
            let distance = high.begin.constant.subtract(&low.begin.constant)?;
            distance.subtract(&low.len(program, cut)?)?.literal()
        };
        let is_below = |low, high| fits(low, high).is_some_and(|room| room >= 0);
        self.begin.terms == other.begin.terms && (is_below(self, other) || is_below(other, self))
    }
}

/// The slices that a loop needs of a memory that it writes at several offsets, in the order of the offsets; none where two of
/// them might overlap.
pub(in crate::emit) fn apart(program: &Program, cut: &Cut, offsets: &[&Affine]) -> Option<Vec<Slice>> {
    let slices: Vec<Slice> = offsets.iter().map(|offset| Slice::of(program, cut, offset)).collect::<Option<_>>()?;
    let all_move = slices.iter().all(|slice| !slice.at.terms.is_empty());
    let pairs = (0..slices.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let are_apart = |(a, b): (usize, usize)| slices[a].is_apart(&slices[b], program, cut);
    (all_move && pairs.into_iter().all(are_apart)).then_some(slices)
}
