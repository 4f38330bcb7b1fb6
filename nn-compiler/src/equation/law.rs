//! The invariants of every program, whichever pass it comes from. Tests check them between passes.

use super::{Coverage, Equation, Program, Reduce, Role};
use crate::symbolic::{ExpressionId, Node, Position, TensorId};

/// Checks a program against the law of the form.
///
/// # Errors
/// The violated invariant, and its equation.
pub fn check(program: &Program) -> Result<(), String> {
    let mut defined: Vec<bool> = program.tensors.iter().map(|t| is_given(t.role)).collect();
    for equation in &program.equations {
        let wrong = |message: String| Err(format!("{message}\n  in {}", program.display(equation)));
        if let Err(message) = check_equation(program, equation, &defined) {
            return wrong(message);
        }
        defined[program.root(equation.target).0 as usize] = true;
    }
    check_coverage(program)
}

/// Every element is defined at most once, before anything accumulates into it.
fn check_coverage(program: &Program) -> Result<(), String> {
    // in a sequence, each iteration defines a view, which is a part of the tensor below
    let whole = |target: TensorId| if program.at(target).sequence_axes == 0 { target } else { program.root(target) };
    let mut targets: Vec<TensorId> = program.equations.iter().map(|equation| whole(equation.target)).collect();
    targets.sort_unstable();
    targets.dedup();
    for target in targets.into_iter().filter(|target| !is_given(program.at(*target).role)) {
        match program.coverage(target) {
            // the one definition of a sparse tensor follows a fill with zeros
            Coverage::Once | Coverage::If(_) | Coverage::Unknown => {}
            Coverage::Twice if begins_with_zeros(program, target) => {}
            wrong => {
                return Err(format!("the elements of `{}` are not defined once: {wrong:?}", program.at(target).name));
            }
        }
    }
    Ok(())
}

fn begins_with_zeros(program: &Program, target: TensorId) -> bool {
    program
        .equations
        .iter()
        .find(|equation| equation.target == target)
        .is_some_and(|first| program.pool.is_zero(first.body) && program.covers(target, &first.write))
}

fn is_given(role: Role) -> bool {
    is_fixed(role) || matches!(role, Role::Gradient(_))
}

/// Whether a tensor comes from outside and stays as it is.
fn is_fixed(role: Role) -> bool {
    let is_given =
        matches!(role, Role::Direction(_) | Role::Carried(_) | Role::Input(_) | Role::Target(_) | Role::Constant(_));
    is_given || role.is_stored()
}

fn check_equation(program: &Program, equation: &Equation, defined: &[bool]) -> Result<(), String> {
    let target = program.at(equation.target);
    if is_fixed(target.role) {
        return Err(format!("`{}` is given and cannot be written", target.name));
    }
    let iterations = equation.write.iter().flat_map(Position::indices);
    let iterations = iterations.filter(|index| program.is_sequence(*index)).count();
    if !equation.accumulate && iterations < program.sequences(equation).len() {
        return Err("each iteration of a sequence sets the same elements".into());
    }
    check_positions(program, equation, equation.target, &equation.write, equation.clip)?;
    let mut sorted = equation.indices.clone();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err("an index is listed twice".into());
    }
    if equation.reduce.is_position() != target.number.is_position() {
        return Err(format!("`{}` holds numbers of another type", target.name));
    }
    let reduces = equation.reduced().next().is_some();
    if reduces && equation.accumulate && equation.reduce != Reduce::Sum {
        return Err("only sums can be added to what is there".into());
    }
    if !equation.accumulate && !program.meets_once(&equation.write) {
        return Err("an element is defined more than once".into());
    }
    if equation.start.is_some() && (equation.reduce != Reduce::Sum || equation.accumulate) {
        return Err("only a sum that sets its target begins with something".into());
    }
    let mut result = Ok(());
    for id in [Some(equation.body), equation.start].into_iter().flatten() {
        program.pool.visit(id, &mut |id, node| {
            if result.is_ok() {
                result = check_node(program, equation, id, node, defined);
            }
        });
    }
    result
}

fn check_node(
    program: &Program,
    equation: &Equation,
    id: ExpressionId,
    node: &Node,
    defined: &[bool],
) -> Result<(), String> {
    match node {
        Node::Read { tensor, at, outside } => {
            if !defined[program.root(*tensor).0 as usize] {
                return Err(format!("`{}` is read before it is defined", program.at(*tensor).name));
            }
            check_positions(program, equation, *tensor, at, outside.is_some())
        }
        Node::Index(affine) | Node::Random { element: affine, .. } => {
            match affine.indices().find(|index| !equation.indices.contains(index)) {
                Some(index) => Err(format!("the index number {} is not bound", index.0)),
                None => Ok(()),
            }
        }
        _ if node.children().iter().any(|child| *child >= id) => Err("a node stands below itself".into()),
        _ => Ok(()),
    }
}

fn check_positions(
    program: &Program,
    equation: &Equation,
    tensor: TensorId,
    at: &[Position],
    padded: bool,
) -> Result<(), String> {
    let tensor = program.at(tensor);
    if at.len() != tensor.shape.len() {
        return Err(format!("`{}` has {} axes and is used with {}", tensor.name, tensor.shape.len(), at.len()));
    }
    for (position, size) in at.iter().zip(&tensor.shape) {
        if let Some(index) = position.indices().find(|index| !equation.indices.contains(index)) {
            return Err(format!("the index number {} is not bound", index.0));
        }
        let (Position::Affine(affine), Some(size), false) = (position, size.literal(), padded) else { continue };
        if let Some((low, high)) = program.range(affine)
            && (low < 0 || high >= size)
        {
            return Err(format!("`{}` has {size} along an axis where {low}..={high} is used", tensor.name));
        }
    }
    Ok(())
}
