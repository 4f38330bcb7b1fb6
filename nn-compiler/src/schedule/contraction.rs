//! Contractions: sums of products, recognised by the strides of their indices and never by the name of a layer.

use std::collections::{BTreeSet, HashMap};

use super::{Contraction, ContractionLoop, Start};
use crate::equation::{Equation, Program, Reduce, Role, Uses};
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

/// Fuses the epilogue `y = bias + t` into the sum `t` where nothing else reads `t`: the sum then begins with the bias, which
/// may be any tensor. Of a step of a stream, those alone of which `as_whole` holds the sums, so that they are added up in the
/// order of the whole. Gives the sums.
pub(super) fn merge_biases(
    program: &mut Program,
    layout: &Layout,
    as_whole: Option<&BTreeSet<TensorId>>,
) -> BTreeSet<TensorId> {
    let mut uses = Uses::new(program);
    let (mut merged, mut sums) = (BTreeSet::new(), BTreeSet::new());
    for at in 0..program.equations.len() {
        let sum = program.equations[at].target;
        if as_whole.is_some_and(|sums| !sums.contains(&sum)) {
            continue;
        }
        let Some((user, equation)) = biased(program, layout, &uses, at) else { continue };
        sums.insert(sum);
        [at, user].into_iter().for_each(|at| uses.remove(program, at));
        program.equations[user] = equation;
        uses.add(program, user);
        merged.insert(at);
    }
    let mut numbers = 0..;
    program.equations.retain(|_| numbers.next().is_some_and(|number| !merged.contains(&number)));
    sums
}

/// For the sum at `at`: its use, and the equation that replaces both.
fn biased(program: &mut Program, layout: &Layout, uses: &Uses, at: usize) -> Option<(usize, Equation)> {
    let sum = program.equations[at].clone();
    let target = program.at(sum.target);
    let between = target.role == Role::Value
        && target.view_of.is_none()
        && !uses.is_viewed(sum.target)
        && uses.definitions(program, sum.target).len() == 1;
    if sum.accumulate || sum.start.is_some() || !between || !program.writes_plainly(&sum) {
        return None;
    }
    recognise(program, layout, &sum)?;
    let mut users = uses.readers(sum.target).iter();
    let (user, None) = (*users.next()?, users.next()) else { return None };
    let equation = program.equations[user].clone();
    let (positions, bias) = bias_of(program, &sum, &equation)?;
    // within the same iteration, and not once more for every choice of another index
    let alone: Vec<IndexId> = positions.iter().filter_map(Position::as_index).collect();
    if program.sequences(&equation) != program.sequences(&sum) || !equation.indices.iter().all(|i| alone.contains(i)) {
        return None;
    }
    let merged = with_start(program, sum, equation, positions, bias)?;
    // a bias that is gathered has no strides: only contractions begin with something
    recognise(program, layout, &merged).map(|_| (user, merged))
}

/// For `y = t[…] + bias`: the positions at which the sum `t` is read, each of which is an index, and the bias.
fn bias_of(program: &Program, sum: &Equation, equation: &Equation) -> Option<(Vec<Position>, ExpressionId)> {
    let Node::Sum(terms) = program.pool.node(equation.body) else { return None };
    let one = 1.0f64.to_bits();
    let [(first_factor, first), (second_factor, second)] = terms.as_slice() else { return None };
    if *first_factor != one || *second_factor != one || equation.accumulate || !program.is_elementwise(equation) {
        return None;
    }
    let (own, bias) = if reads(program, *first, sum.target) { (*first, *second) } else { (*second, *first) };
    let Node::Read { at: positions, outside: None, .. } = program.pool.node(own) else { return None };
    let Node::Read { tensor, outside: None, .. } = program.pool.node(bias) else { return None };
    // what is updated in place is no operand beside its result
    let is_other = program.root(*tensor) != program.root(equation.target);
    let fits = is_other && positions.iter().all(|position| position.as_index().is_some());
    fits.then(|| (positions.clone(), bias))
}

/// The equation that starts the sum with the bias and defines what `y = t[positions] + bias` defines.
fn with_start(
    program: &mut Program,
    sum: Equation,
    equation: Equation,
    positions: Vec<Position>,
    bias: ExpressionId,
) -> Option<Equation> {
    if sum.writes_at_indices() {
        let renamed = sum.write.iter().filter_map(Position::as_index).zip(positions).collect();
        let body = program.pool.substitute(sum.body, &renamed)?;
        let indices = equation.indices.iter().copied().chain(sum.reduced()).collect();
        return Some(Equation { indices, body, start: Some(bias), reduce: Reduce::Sum, ..equation });
    }
    // an axis that is written at several indices, as in `g*K + k`, stays as it is, if all of it is used
    let mut axes = positions.iter().zip(&program.at(sum.target).shape).skip(program.at(sum.target).leading());
    let uses_all = |(at, size): (&Position, &Dim)| at.as_index().is_some_and(|index| program.extent(index) == size);
    if !axes.all(uses_all) {
        return None;
    }
    let renamed: HashMap<IndexId, Position> =
        positions.iter().filter_map(Position::as_index).zip(sum.write.iter().cloned()).collect();
    let write = equation.write.iter().map(|position| program.pool.substitute_position(position, &renamed));
    let write = write.collect::<Option<Vec<Position>>>()?;
    let start = Some(program.pool.substitute(bias, &renamed)?);
    Some(Equation { target: equation.target, write, start, ..sum })
}

fn reads(program: &Program, id: ExpressionId, tensor: TensorId) -> bool {
    program.pool.tensor_of(id) == Some(tensor)
}
