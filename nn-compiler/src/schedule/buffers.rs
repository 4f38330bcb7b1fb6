//! Buffer assignment: each intermediate value gets a place in the workspace. Values whose live ranges do not overlap
//! may share it. Places are counted in bytes, in whole floats: each type of numbers is aligned at least as well.

use rustc_hash::FxHashMap;

use super::order::in_order;
use super::within::{self, Within};
use super::{Block, Place, Schedule, Statement, statements};
use crate::equation::{Number, Role};
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Node, TensorId};

/// A value and its live range, in blocks.
#[derive(Debug, Clone)]
struct Lifetime {
    tensor: TensorId,
    first: usize,
    last: usize,
    len: Dim,
    /// The bytes of an element.
    bytes: i64,
}

impl Lifetime {
    /// The bytes of the value in whole floats; `None` if the macro cannot see its size.
    fn size(&self) -> Option<i64> {
        let bytes = self.len.literal()?.checked_mul(self.bytes)?;
        let floats = bytes.checked_add(Number::FLOAT_BYTES - 1)? / Number::FLOAT_BYTES;
        Some(floats * Number::FLOAT_BYTES)
    }
}

/// Plans the workspace.
pub(super) fn plan(schedule: &mut Schedule) {
    let mut lifetimes = lifetimes(schedule);
    let shared = share_in_place(schedule, &mut lifetimes);
    let literal: Option<Vec<i64>> = lifetimes.iter().map(Lifetime::size).collect();
    let (mut inside, places) = match literal {
        Some(sizes) => least(schedule, &lifetimes, &sizes, &shared),
        None => (Vec::new(), one_behind_the_other(&lifetimes)),
    };
    let (sizes, offsets, total) = places;
    for ((lifetime, len), offset) in lifetimes.iter().zip(sizes).zip(offsets) {
        let place = Place { buffer: lifetime.tensor, offset, len };
        schedule.places.insert(lifetime.tensor, place);
    }
    within::apply(schedule, &mut inside);
    for (tensor, holder) in shared.into_iter().chain(inside) {
        if let Some(place) = schedule.places.get(&holder).cloned() {
            schedule.places.insert(tensor, place);
        }
    }
    schedule.scratch = total;
}

/// The places that take the least memory, and the results that are computed within the memory of an operand, each with the
/// tensor that names it.
fn least(
    schedule: &Schedule,
    lifetimes: &[Lifetime],
    sizes: &[i64],
    shared: &[(TensorId, TensorId)],
) -> (Vec<(TensorId, TensorId)>, Places) {
    let apart = overlapping(lifetimes, sizes, &[]);
    let holders: FxHashMap<TensorId, TensorId> = shared.iter().copied().collect();
    let numbers: FxHashMap<TensorId, usize> =
        lifetimes.iter().enumerate().map(|(number, lifetime)| (lifetime.tensor, number)).collect();
    let number_of = |tensor: &TensorId| numbers.get(holders.get(tensor).unwrap_or(tensor)).copied();
    let (mut own, mut inside, mut results) = (lifetimes.to_vec(), Vec::new(), Vec::new());
    for Within { at, result, operand } in within::candidates(schedule) {
        let Some((inner, outer)) = number_of(&result).zip(number_of(&operand)) else { continue };
        let (of_result, of_operand) = (&lifetimes[inner], &lifetimes[outer]);
        let follows = of_operand.last == at && of_result.first == at && of_result.last > at;
        if follows && sizes[inner] <= sizes[outer] && inside.iter().all(|(known, _)| *known != inner) {
            // until then, its memory is the operand's
            own[inner].first = at + 1;
            inside.push((inner, outer));
            results.push((result, of_operand.tensor));
        }
    }
    let places = overlapping(&own, sizes, &inside);
    if places.2.literal() < apart.2.literal() { (results, places) } else { (Vec::new(), apart) }
}

fn lifetimes(schedule: &Schedule) -> Vec<Lifetime> {
    let program = &schedule.program;
    let mut lifetimes: Vec<Lifetime> = Vec::new();
    let mut known: FxHashMap<TensorId, usize> = FxHashMap::default();
    for (at, block, around) in &in_order(&schedule.blocks) {
        let (read, written) = block.accesses(program);
        for tensor in written.into_iter().chain(read).map(|tensor| program.root(tensor)) {
            if !schedule.is_between(tensor) || schedule.locals.contains(&tensor) {
                continue;
            }
            // a value that iterations do not replace is live in all of them
            let own = in_iterations(schedule, tensor);
            let (first, last) = around.get(own).copied().unwrap_or((*at, *at));
            let number = *known.entry(tensor).or_insert_with(|| {
                let len = schedule.layout.stored_len(program, tensor).or_bug("a size overflows");
                let bytes = program.at(tensor).number.bytes();
                lifetimes.push(Lifetime { tensor, first, last, len, bytes });
                lifetimes.len() - 1
            });
            lifetimes[number].last = lifetimes[number].last.max(last);
        }
    }
    // the next state is stored at the end
    for lifetime in &mut lifetimes {
        if matches!(program.at(lifetime.tensor).role, Role::NextState(_)) {
            lifetime.last = usize::MAX;
        }
    }
    lifetimes
}

/// The number of sequences around a tensor in which each iteration replaces it.
fn in_iterations(schedule: &Schedule, tensor: TensorId) -> usize {
    schedule.replaced.get(&tensor).copied().unwrap_or(0)
}

/// Computes elementwise results in place of an argument that is no longer live. Returns the tensors that share a place.
fn share_in_place(schedule: &Schedule, lifetimes: &mut Vec<Lifetime>) -> Vec<(TensorId, TensorId)> {
    let mut sharing = Sharing::new(schedule, std::mem::take(lifetimes));
    for (at, block, _) in in_order(&schedule.blocks) {
        let Block::Nest(nodes) = block else { continue };
        let all = statements(nodes);
        let mut met: FxHashMap<TensorId, Vec<usize>> = FxHashMap::default();
        for (number, (_, statement)) in all.iter().enumerate() {
            let tensors = schedule.program.pool.tensors(statement.body).chain(statement.written());
            tensors.for_each(|tensor| met.entry(tensor).or_default().push(number));
        }
        for (number, (_, statement)) in all.iter().enumerate() {
            // no other statement of the block accesses the argument or sets the result
            let by_others = |tensor: TensorId| met[&tensor].iter().any(|other| *other != number);
            let set_twice = met[&statement.target]
                .iter()
                .any(|other| *other != number && all[*other].1.written().any(|tensor| tensor == statement.target));
            if !set_twice && let Some(argument) = sharing.replaced_argument(at, statement, &by_others) {
                sharing.share(argument, statement.target);
            }
        }
    }
    *lifetimes = sharing.lifetimes.into_iter().flatten().collect();
    sharing.shared
}

/// Live ranges that are being merged.
struct Sharing<'a> {
    schedule: &'a Schedule,
    viewed: Vec<bool>,
    /// In the order of their first uses, without those that were merged into others.
    lifetimes: Vec<Option<Lifetime>>,
    /// The number of the live range that each tensor names.
    numbers: FxHashMap<TensorId, usize>,
    shared: Vec<(TensorId, TensorId)>,
}

impl<'a> Sharing<'a> {
    fn new(schedule: &'a Schedule, lifetimes: Vec<Lifetime>) -> Self {
        let numbers = lifetimes.iter().enumerate().map(|(number, lifetime)| (lifetime.tensor, number)).collect();
        let lifetimes = lifetimes.into_iter().map(Some).collect();
        Sharing { schedule, viewed: schedule.program.viewed(), lifetimes, numbers, shared: Vec::new() }
    }

    fn of(&self, tensor: TensorId) -> Option<(usize, &Lifetime)> {
        let number = *self.numbers.get(&tensor)?;
        Some((number, self.lifetimes[number].as_ref()?))
    }

    /// Whether a tensor lies in memory as it is, under one name.
    fn is_plain(&self, tensor: TensorId) -> bool {
        let of = self.schedule.program.at(tensor);
        of.view_of.is_none() && self.schedule.layout.padding(tensor).is_none() && !self.viewed[tensor.0 as usize]
    }

    /// The argument of a statement in whose place its result can be computed.
    fn replaced_argument(
        &self,
        block: usize,
        statement: &Statement,
        by_others: &dyn Fn(TensorId) -> bool,
    ) -> Option<TensorId> {
        let program = &self.schedule.program;
        let (_, result) = self.of(statement.target).filter(|(_, result)| result.first == block)?;
        if statement.add || statement.clip || !statement.reduced.is_empty() || !self.is_plain(statement.target) {
            return None;
        }
        let at_same_place = |tensor: TensorId| {
            program.pool.reads(statement.body).into_iter().all(|read| match program.pool.node(read) {
                Node::Read { tensor: other, at, outside } if *other == tensor => {
                    outside.is_none() && *at == statement.write
                }
                _ => true,
            })
        };
        let arguments = program.pool.tensors(statement.body).filter_map(|tensor| {
            let (number, argument) = self.of(tensor)?;
            let same = argument.len == result.len && program.at(tensor).number == program.at(statement.target).number;
            let ends_here = argument.last == block && argument.first < block && same;
            let fits = ends_here && self.is_plain(tensor) && !by_others(tensor) && at_same_place(tensor);
            fits.then_some((number, tensor))
        });
        arguments.min().map(|(_, tensor)| tensor)
    }

    /// Merges the live range of an argument into that of the result, which names the place.
    fn share(&mut self, argument: TensorId, result: TensorId) {
        let (Some(from), Some(to)) = (self.numbers.remove(&result), self.numbers.remove(&argument)) else { return };
        let Some(last) = self.lifetimes[from].take().map(|lifetime| lifetime.last) else { return };
        if let Some(holder) = &mut self.lifetimes[to] {
            (holder.last, holder.tensor) = (last, result);
        }
        self.numbers.insert(result, to);
        self.shared.iter_mut().filter(|(_, of)| *of == argument).for_each(|(_, of)| *of = result);
        self.shared.push((argument, result));
    }
}

/// The size of each place, its offset, and the size of all.
type Places = (Vec<Dim>, Vec<Dim>, Dim);

/// Places of known sizes: the largest first, each at the lowest offset that is free during its live range. The first of each
/// pair that is `inside` begins where the second does.
fn overlapping(lifetimes: &[Lifetime], sizes: &[i64], inside: &[(usize, usize)]) -> Places {
    let mut order: Vec<usize> = (0..lifetimes.len()).collect();
    order.sort_by_key(|at| (-sizes[*at], lifetimes[*at].first));
    let mut offsets: Vec<Option<i64>> = vec![None; lifetimes.len()];
    for at in order {
        if offsets[at].is_some() {
            continue;
        }
        let all = with_inner(at, inside);
        // what is taken while one of them is live, as the offsets at which they cannot begin
        let mut taken: Vec<(i64, i64)> = Vec::new();
        for own in &all {
            let (own, size) = (&lifetimes[*own], sizes[*own]);
            let others = lifetimes.iter().zip(sizes).zip(&offsets);
            let meets = |other: &Lifetime| other.first <= own.last && own.first <= other.last;
            taken.extend(others.filter(|((other, _), _)| meets(other)).filter_map(|((_, other_size), offset)| {
                let begin = (*offset)?;
                Some((begin - size, begin + other_size))
            }));
        }
        taken.sort_unstable();
        let mut offset = 0;
        for (begin, end) in taken {
            if offset > begin {
                offset = offset.max(end);
            }
        }
        all.into_iter().for_each(|own| offsets[own] = Some(offset));
    }
    let offsets: Vec<i64> = offsets.into_iter().map(|offset| offset.or_bug("a buffer has no place")).collect();
    let total = offsets.iter().zip(sizes).map(|(offset, size)| offset + size).max().unwrap_or(0);
    let dims = |values: &[i64]| values.iter().copied().map(Dim::from).collect();
    (dims(sizes), dims(&offsets), Dim::from(total))
}

/// A value, those inside of it, those inside of these, and so on.
fn with_inner(outermost: usize, inside: &[(usize, usize)]) -> Vec<usize> {
    let mut all = vec![outermost];
    let mut at = 0;
    while let Some(outer) = all.get(at).copied() {
        all.extend(inside.iter().filter(|(_, other)| *other == outer).map(|(inner, _)| *inner));
        at += 1;
    }
    all
}

/// Places of sizes that the macro cannot see: none shares anything, and each has the size of as many floats.
fn one_behind_the_other(lifetimes: &[Lifetime]) -> Places {
    let mut total = Dim::default();
    let (mut sizes, mut offsets) = (Vec::new(), Vec::new());
    for lifetime in lifetimes {
        let size = lifetime.len.multiply(&Dim::from(Number::FLOAT_BYTES)).or_bug("a size overflows");
        offsets.push(total.clone());
        total = total.add(&size).or_bug("a size overflows");
        sizes.push(size);
    }
    (sizes, offsets, total)
}
