//! How tensors lie in memory: with a margin around them where a sum of products reads or writes outside of
//! them, so that the kernels meet no condition.
//!
//! The equations stay as they are but for copies of tensors that lie where the user put them.

use crate::equation::{Equation, Margin, Program, Reduce, Role, Tensor, Turns};
use crate::symbolic::{ExpressionId, Node, Position, TensorId};

/// An access that needs a margin.
struct Wish {
    tensor: TensorId,
    margin: Margin,
    /// The read; `None` for what the equation writes.
    read: Option<ExpressionId>,
}

/// Gives margins to tensors, and copies those that cannot have one.
pub fn lay_out(program: &mut Program) {
    let mut at = 0;
    while at < program.equations.len() {
        for wish in wishes(program, at) {
            if may_have(program, &wish) {
                widen(program, wish.tensor, &wish.margin);
            } else if let Some(read) = wish.read {
                copy(program, at, read, wish);
                at += 1;
            } else {
                write_elsewhere(program, wish);
            }
        }
        at += 1;
    }
}

/// What a sum of products asks for, if margins are all that it lacks.
fn wishes(program: &Program, at: usize) -> Vec<Wish> {
    let equation = &program.equations[at];
    let mut wishes = Vec::new();
    let Some(reads) = factors(program, equation) else { return wishes };
    for read in reads {
        let Node::Read { tensor, at, outside } = program.pool.node(read) else { return Vec::new() };
        let Some(outside) = outside else { continue };
        match sides(program, *tensor, at) {
            Some(sides) => {
                let margin = Margin { sides, value: Some(*outside) };
                wishes.push(Wish { tensor: *tensor, margin, read: Some(read) });
            }
            None => return Vec::new(),
        }
    }
    if equation.clip {
        match sides(program, equation.target, &equation.write) {
            Some(sides) => {
                wishes.push(Wish { tensor: equation.target, margin: Margin { sides, value: None }, read: None });
            }
            None => return Vec::new(),
        }
    }
    wishes
}

/// The two factors of a sum of products.
fn factors(program: &Program, equation: &Equation) -> Option<[ExpressionId; 2]> {
    let sums = equation.reduce == Reduce::Sum && program.reduced(equation).next().is_some();
    match program.pool.node(equation.body) {
        Node::Product(factors) if sums => match factors.as_slice() {
            [(left, 1), (right, 1)] => Some([*left, *right]),
            _ => None,
        },
        _ => None,
    }
}

/// How far positions go beyond each side of a tensor.
fn sides(program: &Program, tensor: TensorId, at: &[Position]) -> Option<Vec<[i64; 2]>> {
    at.iter()
        .zip(&program.at(tensor).shape)
        .map(|(position, size)| {
            let Position::Affine(affine) = position else { return None };
            if affine.as_index().is_some_and(|index| program.extent(index) == size) {
                return Some([0, 0]);
            }
            let (low, high) = program.range(affine)?;
            Some([(-low).max(0), (high - (size.literal()? - 1)).max(0)])
        })
        .collect()
}

/// Whether a tensor can have a margin, beside the one it may have.
fn may_have(program: &Program, wish: &Wish) -> bool {
    let tensor = program.at(wish.tensor);
    let viewed = tensor.view_of.is_some() || program.tensors.iter().any(|other| other.view_of == Some(wish.tensor));
    let known = tensor.margin.as_ref().is_none_or(|known| known.value == wish.margin.value);
    // what is added up begins with zeros, in its margin too
    let definitions = program.equations.iter().filter(|equation| equation.target == wish.tensor).count();
    let known = known && (definitions == 1 || wish.margin.value.is_none_or(|value| value == 0));
    tensor.role == Role::Value && tensor.sample_shape().iter().all(|size| size.literal().is_some()) && !viewed && known
}

fn widen(program: &mut Program, tensor: TensorId, wish: &Margin) {
    let tensor = program.at_mut(tensor);
    match &mut tensor.margin {
        None => tensor.margin = Some(wish.clone()),
        Some(known) => {
            for (known, wish) in known.sides.iter_mut().zip(&wish.sides) {
                *known = [known[0].max(wish[0]), known[1].max(wish[1])];
            }
        }
    }
}

/// Lets an equation, and all later ones that read the same tensor outside, read a copy with a margin.
fn copy(program: &mut Program, at: usize, read: ExpressionId, wish: Wish) {
    let of = program.at(wish.tensor);
    let (name, turns, sequences) =
        (format!("{}_padded", of.name), of.turns.clone(), program.sequences(&program.equations[at]));
    let (samples, leading) = (usize::from(of.for_each_sample()), of.leading());
    let mut shape = of.shape.clone();
    for (size, turn) in shape[samples..leading].iter_mut().zip(&sequences) {
        *size = program.extent(*turn).clone();
    }
    let turns = vec![Turns::Kept; turns.len()];
    let tensor = Tensor { margin: Some(wish.margin), turns, ..Tensor::new(name, shape, Role::Value) };
    let copy = program.tensor(tensor);
    program.turns = sequences;
    let indices = program.indices_over(copy);
    program.turns.clear();
    let body = program.element(wish.tensor, &indices);
    let Node::Read { outside, .. } = *program.pool.node(read) else { return };
    for later in at..program.equations.len() {
        let body = program.equations[later].body;
        program.equations[later].body = program.pool.rewrite(body, &mut |pool, id| match pool.node(id).clone() {
            Node::Read { tensor, at, outside: Some(value) } if tensor == wish.tensor && Some(value) == outside => {
                Some(pool.read(copy, at, Some(f64::from_bits(value))))
            }
            _ => None,
        });
    }
    program.equations.insert(at, Equation::elementwise(copy, indices, body));
}

/// Lets what is written outside of a tensor be written to one with a margin, which is copied when it is complete.
fn write_elsewhere(program: &mut Program, wish: Wish) {
    let writes = |equation: &Equation| equation.target == wish.tensor;
    let Some(last) = program.equations.iter().rposition(writes) else { return };
    let mut before = program.equations[..=last].iter().flat_map(|equation| program.reads_of(equation));
    let is_own = |read| crate::simplify::tensor_of(program, read).map(|read| program.root(read)) == Some(wish.tensor);
    let of = program.at(wish.tensor);
    // a gradient by a parameter is added up over tiles
    let adds_up = matches!(of.role, Role::Gradient(_)) || of.view_of.is_some();
    let sequences = program.sequences(&program.equations[last]);
    let in_turn = |equation: &Equation| {
        let turns = equation.write.iter().skip(usize::from(of.for_each_sample()));
        of.turns.len() == sequences.len()
            && turns.zip(&sequences).all(|(position, turn)| position.as_index() == Some(*turn))
    };
    let in_turns = program.equations.iter().filter(|equation| writes(equation)).all(in_turn);
    let known = of.sample_shape().iter().all(|size| size.literal().is_some());
    if adds_up || !in_turns || !known || before.any(is_own) {
        return;
    }
    let (name, shape, turns) = (format!("{}_padded", of.name), of.shape.clone(), of.turns.clone());
    let copy = program.tensor(Tensor { margin: Some(wish.margin), turns, ..Tensor::new(name, shape, Role::Value) });
    for equation in program.equations.iter_mut().filter(|equation| writes(equation)) {
        equation.target = copy;
    }
    program.turns = sequences;
    let indices = program.indices_over(wish.tensor);
    program.turns.clear();
    let body = program.element(copy, &indices);
    program.equations.insert(last + 1, Equation::elementwise(wish.tensor, indices, body));
}

impl Program {
    /// Whether positions stay within the margin around a tensor, which has the value that is read outside;
    /// `None` for what is written.
    #[must_use]
    pub fn stays_within_margin(&self, tensor: TensorId, at: &[Position], outside: Option<u64>) -> bool {
        let Some(margin) = &self.at(tensor).margin else { return false };
        margin.value == outside
            && at.iter().zip(&self.at(tensor).shape).zip(&margin.sides).all(|((position, size), [front, back])| {
                let Position::Affine(affine) = position else { return false };
                affine.as_index().is_some_and(|index| self.extent(index) == size)
                    || self
                        .range(affine)
                        .zip(size.literal())
                        .is_some_and(|((low, high), size)| low >= -front && high < size + back)
            })
    }
}
