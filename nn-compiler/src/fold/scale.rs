//! The scale behind a sum of products goes into its weights.

use std::collections::HashMap;

use super::dependence::{Dependence, Dependences};
use super::hoist::is_model;
use super::scale_and_offset::{FunctionOfRead, ScaleAndOffset};
use crate::equation::{Equation, Program, Reduce, Role};
use crate::simplify::write_into_use;
use crate::symbolic::{ExpressionId, IndexId, Node, Position, TensorId};

/// Multiplies weights by the scales behind them. Returns, for each tensor that was or had such a scale, the weights
/// that have taken it.
pub(super) fn into_weights(program: &mut Program, dependences: &Dependences) -> HashMap<TensorId, TensorId> {
    let mut weights = HashMap::new();
    let mut at = 0;
    while at < program.equations.len() {
        while let Some(before) = absorbed(program, dependences, at) {
            at -= usize::from(before < at);
        }
        let reads = program.pool.reads(program.equations[at].body);
        match reads.into_iter().find_map(|read| scale(program, dependences, at, read)) {
            Some((sum, weight)) => weights.extend([(sum, weight), (program.equations[at].target, weight)]),
            None => multiply_out(program, dependences, at),
        }
        at += 1;
    }
    weights
}

/// Writes an expression that is a scale and an offset of its read as one of each.
fn multiply_out(program: &mut Program, dependences: &Dependences, at: usize) {
    let Some((read, ScaleAndOffset { scale, offset })) = only_varying(program, dependences, at) else { return };
    let product = program.pool.multiply(scale, read);
    program.equations[at].body = program.pool.add(product, offset);
}

/// Inlines the scale and offset of the equation before, as a norm follows on a bias. Returns the number of that
/// equation.
fn absorbed(program: &mut Program, dependences: &Dependences, at: usize) -> Option<usize> {
    let (read, _) = only_varying(program, dependences, at)?;
    let before = only_definition(program, program.pool.tensor_of(read)?)?;
    only_varying(program, dependences, before)?;
    write_into_use(program, before).then_some(before)
}

/// The only read that depends on the samples, and the scale and offset with which the body is made of it.
fn only_varying(program: &mut Program, dependences: &Dependences, at: usize) -> Option<(ExpressionId, ScaleAndOffset)> {
    if !program.is_elementwise(&program.equations[at]) {
        return None;
    }
    let body = program.equations[at].body;
    let mut reads = program.pool.reads(body);
    reads.retain(|read| dependences.of(program, *read) == Dependence::Varying);
    let [read] = reads[..] else { return None };
    Some((read, FunctionOfRead::new(program, dependences, read).scale_and_offset(body)?))
}

fn only_definition(program: &Program, tensor: TensorId) -> Option<usize> {
    let mut all = (0..program.equations.len()).filter(|at| program.equations[*at].target == tensor);
    all.next().filter(|_| all.next().is_none())
}

/// Moves the scale of a read sum into the sum. Returns the sum and its weights.
fn scale(
    program: &mut Program,
    dependences: &Dependences,
    at: usize,
    read: ExpressionId,
) -> Option<(TensorId, TensorId)> {
    let Node::Read { tensor, at: positions, outside: None } = program.pool.node(read).clone() else { return None };
    if !is_read_here_alone(program, tensor, read) {
        return None;
    }
    let body = program.equations[at].body;
    let mut of = FunctionOfRead::new(program, dependences, read);
    of.with_scaled_read(body);
    let found = of.found;
    let first = *found.first()?;
    if found.iter().any(|other| other.scale != first.scale) || program.pool.as_constant(first.scale) == Some(1.0) {
        return None;
    }
    let same_offset = found.iter().all(|other| other.offset == first.offset);
    let offset = same_offset.then_some(first.offset);
    let Scaled { bodies, weight, took_offset } = scaled(program, dependences, tensor, &positions, first.scale, offset)?;
    let mut of = FunctionOfRead { without_offsets: took_offset, ..FunctionOfRead::new(program, dependences, read) };
    let body = of.with_scaled_read(body);
    program.equations[at].body = body;
    for (sum, body) in bodies {
        program.equations[sum].body = body;
    }
    Some((tensor, weight))
}

/// The equations of a sum with a scale.
struct Scaled {
    /// Their bodies.
    bodies: Vec<(usize, ExpressionId)>,
    /// The weights that have taken the scale.
    weight: TensorId,
    /// Whether the initial value of the sum has taken the offset.
    took_offset: bool,
}

fn scaled(
    program: &mut Program,
    dependences: &Dependences,
    tensor: TensorId,
    read: &[Position],
    factor: ExpressionId,
    mut offset: Option<ExpressionId>,
) -> Option<Scaled> {
    let (mut bodies, mut weight, mut took_offset) = (Vec::new(), None, false);
    for (sum, equation) in program.equations.clone().into_iter().enumerate().filter(|(_, e)| e.target == tensor) {
        let factor = at_target(program, factor, read, &equation)?;
        let mut body = program.pool.multiply(factor, equation.body);
        if program.pool.is_zero(equation.body) {
            continue;
        } else if dependences.of(program, equation.body) == Dependence::Varying {
            weight = Some(weight_for(program, dependences, &equation, factor)?);
        } else if !equation.accumulate
            && program.covers(tensor, &equation.write)
            && let Some(offset) = offset.take()
        {
            let offset = at_target(program, offset, read, &equation)?;
            body = program.pool.add(body, offset);
            took_offset = true;
        }
        bodies.push((sum, body));
    }
    Some(Scaled { bodies, weight: weight?, took_offset })
}

/// Whether an intermediate value has only this read.
fn is_read_here_alone(program: &Program, tensor: TensorId, read: ExpressionId) -> bool {
    let is_whole = !program.tensors.iter().any(|other| other.view_of == Some(tensor));
    let here = |other: ExpressionId| program.pool.tensor_of(other) != Some(tensor) || other == read;
    let mut equations = program.equations.iter().filter(|equation| program.reads_of(equation).contains(&read));
    is_whole
        && program.at(tensor).role == Role::Value
        && program.at(tensor).view_of.is_none()
        && equations.next().is_some()
        && equations.next().is_none()
        && program.equations.iter().all(|equation| program.reads_of(equation).into_iter().all(here))
}

/// The scale of a value that is read at some positions, in terms of the indices of the equation that writes it.
fn at_target(
    program: &mut Program,
    factor: ExpressionId,
    read: &[Position],
    equation: &Equation,
) -> Option<ExpressionId> {
    let pairs = read.iter().zip(&equation.write).filter_map(|(read, write)| Some((read.as_index()?, write.clone())));
    let with: HashMap<IndexId, Position> = pairs.collect();
    program.pool.indices(factor).iter().all(|index| with.contains_key(index)).then_some(())?;
    program.pool.substitute(factor, &with)
}

/// The weights of a sum that can take a scale: a stored tensor with every axis that the scale has.
fn weight_for(
    program: &Program,
    dependences: &Dependences,
    equation: &Equation,
    factor: ExpressionId,
) -> Option<TensorId> {
    let Node::Product(factors) = program.pool.node(equation.body) else { return None };
    let mut counts = false;
    program.pool.visit(factor, &mut |_, node| counts |= matches!(node, Node::Index(_)));
    if equation.reduce != Reduce::Sum || counts {
        return None;
    }
    let needed = program.pool.reads(factor);
    factors.iter().find_map(|(id, power)| {
        let tensor = program.pool.tensor_of(*id)?;
        let takes = *power == 1 && dependences.at(program, tensor) == Dependence::Stored;
        (takes && is_model(program, *id, &needed)).then_some(tensor)
    })
}
