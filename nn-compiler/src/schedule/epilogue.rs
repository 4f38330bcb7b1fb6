//! What follows a sum of products and is computed with it.

use std::collections::{BTreeSet, HashMap};

use super::contraction::recognise;
use crate::equation::{Equation, Program, Reduce, Role, Uses};
use crate::layout::Layout;
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, Function, IndexId, Node, Position, TensorId};

/// Fuses the epilogue `y = clamp(bias + t)` into the sum `t` where nothing else reads `t`: the sum then begins with the bias,
/// which may be any tensor, and has bounds. Of a step of a stream, those alone of which `as_whole` holds the sums, so that they
/// are added up in the order of the whole. Gives the sums.
pub(super) fn merge(
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
        let Some((user, equation)) = with_user(program, layout, &uses, at, as_whole.is_some()) else { continue };
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
fn with_user(
    program: &mut Program,
    layout: &Layout,
    uses: &Uses,
    at: usize,
    as_whole: bool,
) -> Option<(usize, Equation)> {
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
    // a sum that later tiles go on with has its value at the end alone
    let whole = !sum.reduced().any(|index| index == IndexId::SAMPLE)
        && !matches!(program.at(equation.target).role, Role::Gradient(_));
    let epilogue = Epilogue::of(program, &sum, &equation, whole && (as_whole || shares_weights(program, &sum)))?;
    // within the same iteration, and not once more for every choice of another index
    let alone: Vec<IndexId> = epilogue.positions.iter().filter_map(Position::as_index).collect();
    if program.sequences(&equation) != program.sequences(&sum) || !equation.indices.iter().all(|i| alone.contains(i)) {
        return None;
    }
    let merged = with_epilogue(program, sum, equation, epilogue)?;
    // a bias that is gathered has no strides: only contractions begin with something
    recognise(program, layout, &merged).map(|_| (user, merged))
}

/// Whether each weight is for several results of a sample, as in a convolution. The results of others are few: bounds in a loop
/// of their own take less time there than in a kernel.
fn shares_weights(program: &Program, sum: &Equation) -> bool {
    let counts = |index: &IndexId| *index != IndexId::SAMPLE && !program.is_sequence(*index);
    let results: BTreeSet<IndexId> = sum.write.iter().flat_map(Position::indices).filter(counts).collect();
    results.len() > 1
}

/// What follows a sum `t`: `y = clamp(t[positions] + bias)`.
struct Epilogue {
    /// The positions at which the sum is read, each of which is an index.
    positions: Vec<Position>,
    bias: Option<ExpressionId>,
    bounds: Option<[u64; 2]>,
}

impl Epilogue {
    /// That of an equation that reads the sum, with bounds if it may have any.
    fn of(program: &Program, sum: &Equation, equation: &Equation, bounded: bool) -> Option<Self> {
        if equation.accumulate || !program.is_elementwise(equation) {
            return None;
        }
        let (body, bounds) = if bounded { bounds_of(program, equation.body) } else { (equation.body, None) };
        let (own, bias) = match program.pool.node(body) {
            Node::Sum(terms) => {
                let one = 1.0f64.to_bits();
                let [(first_factor, first), (second_factor, second)] = terms.as_slice() else { return None };
                if *first_factor != one || *second_factor != one {
                    return None;
                }
                let is_first = reads(program, *first, sum.target);
                if is_first { (*first, Some(*second)) } else { (*second, Some(*first)) }
            }
            _ if bounds.is_some() => (body, None),
            _ => return None,
        };
        let Node::Read { tensor, at: positions, outside: None } = program.pool.node(own) else { return None };
        let fits = match bias.map(|bias| program.pool.node(bias)) {
            // what is updated in place is no operand beside its result, nor is the sum
            Some(Node::Read { tensor, outside: None, .. }) => {
                program.root(*tensor) != program.root(equation.target) && *tensor != sum.target
            }
            Some(_) => false,
            None => *tensor == sum.target,
        };
        let indices = positions.iter().all(|position| position.as_index().is_some());
        (fits && indices).then(|| Epilogue { positions: positions.clone(), bias, bounds })
    }
}

/// For `min(max(x, least), greatest)`, `max(x, least)` or `min(x, greatest)`: `x`, and both bounds.
fn bounds_of(program: &Program, body: ExpressionId) -> (ExpressionId, Option<[u64; 2]>) {
    let bound = |id: ExpressionId, name: &str| {
        let Node::Apply(function, arguments) = program.pool.node(id) else { return None };
        let [x, limit] = arguments.as_slice() else { return None };
        let Node::Constant(limit) = program.pool.node(*limit) else { return None };
        (Some(*function) == Function::named(name) && !f64::from_bits(*limit).is_nan()).then_some((*x, *limit))
    };
    let (inner, greatest) = match bound(body, "min") {
        Some((inner, greatest)) => (inner, Some(greatest)),
        None => (body, None),
    };
    let (inner, least) = match bound(inner, "max") {
        Some((inner, least)) => (inner, Some(least)),
        None => (inner, None),
    };
    if least.is_none() && greatest.is_none() {
        return (body, None);
    }
    let [none, most] = [f64::NEG_INFINITY, f64::INFINITY].map(f64::to_bits);
    (inner, Some([least.unwrap_or(none), greatest.unwrap_or(most)]))
}

/// The equation that starts the sum with the bias and defines what the equation with the epilogue defines.
fn with_epilogue(program: &mut Program, sum: Equation, equation: Equation, epilogue: Epilogue) -> Option<Equation> {
    let Epilogue { positions, bias, bounds } = epilogue;
    // the axes of the sum stay as they are if all of each is used: one may be written at several indices, as in `g*K + k`
    let mut axes = positions.iter().zip(&program.at(sum.target).shape).skip(program.at(sum.target).leading());
    let uses_all = |(at, size): (&Position, &Dim)| at.as_index().is_some_and(|index| program.extent(index) == size);
    if axes.all(uses_all) {
        let renamed: HashMap<IndexId, Position> =
            positions.iter().filter_map(Position::as_index).zip(sum.write.iter().cloned()).collect();
        let write = equation.write.iter().map(|position| program.pool.substitute_position(position, &renamed));
        let write = write.collect::<Option<Vec<Position>>>()?;
        let start = match bias {
            Some(bias) => Some(program.pool.substitute(bias, &renamed)?),
            None => None,
        };
        return Some(Equation { target: equation.target, write, start, bounds, ..sum });
    }
    if !sum.writes_at_indices() {
        return None;
    }
    let renamed = sum.write.iter().filter_map(Position::as_index).zip(positions).collect();
    let body = program.pool.substitute(sum.body, &renamed)?;
    let indices = equation.indices.iter().copied().chain(sum.reduced()).collect();
    Some(Equation { indices, body, start: bias, bounds, reduce: Reduce::Sum, ..equation })
}

fn reads(program: &Program, id: ExpressionId, tensor: TensorId) -> bool {
    program.pool.tensor_of(id) == Some(tensor)
}
