//! How tensors lie in memory: with a margin around them where a sum of products reads or writes outside of
//! them, so that the kernels meet no condition.
//!
//! The equations stay as they are but for copies of tensors that lie where the user put them.

use crate::equation::{Equation, Margin, Program, Reduce, Role, Tensor, Turns};
use crate::symbolic::{ExpressionId, IndexId, Node, Position, TensorId};

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
                at += copy(program, at, read, wish);
            } else {
                at += write_elsewhere(program, at, wish);
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
    at.iter().zip(&program.at(tensor).shape).map(|(position, size)| program.beyond(position, size)).collect()
}

/// Whether a tensor can have a margin, beside the one it may have.
fn may_have(program: &Program, wish: &Wish) -> bool {
    let tensor = program.at(wish.tensor);
    let viewed = tensor.view_of.is_some() || program.tensors.iter().any(|other| other.view_of == Some(wish.tensor));
    let known = tensor.margin.as_ref().is_none_or(|known| known.value == wish.margin.value);
    // what is added up begins with zeros, in its margin too
    let definitions = program.equations.iter().filter(|equation| equation.target == wish.tensor).count();
    let known = known && (definitions == 1 || wish.margin.value.is_none_or(|value| value == 0));
    tensor.role == Role::Value && !viewed && known
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

/// Lets an equation, and later ones that read the same elements outside, read a copy with a margin. Answers how many
/// equations were put in front.
fn copy(program: &mut Program, at: usize, read: ExpressionId, wish: Wish) -> usize {
    let Node::Read { at: positions, outside, .. } = program.pool.node(read).clone() else { return 0 };
    let of = program.at(wish.tensor).clone();
    let sequences = program.sequences(&program.equations[at])[..of.turns.len()].to_vec();
    let tensor = padded(program, &of, &sequences, wish.margin);
    let copy = program.tensor(tensor);
    let indices = program.indices_within(copy, &sequences);
    let body = program.element(wish.tensor, &indices);
    let leading = &positions[..of.leading()];
    let is_changed = |equation: &Equation| {
        let others = equation.write.iter().zip(leading).any(|(own, read)| own != read);
        program.root(equation.target) == wish.tensor && !others
    };
    let end = program.equations[at + 1..].iter().position(is_changed).map_or(program.equations.len(), |n| at + 1 + n);
    for later in at..end {
        let body = program.equations[later].body;
        program.equations[later].body = program.pool.rewrite(body, &mut |pool, id| match pool.node(id).clone() {
            Node::Read { tensor, at, outside: value }
                if tensor == wish.tensor && value == outside && in_turns(&at[..of.leading()], &of) =>
            {
                Some(pool.read(copy, at, value.map(f64::from_bits)))
            }
            _ => None,
        });
    }
    // what lies outside of a sequence is copied in front of it
    let begin = program.group_begin(at, sequences.len());
    program.equations.insert(begin, Equation::elementwise(copy, indices, body));
    1
}

/// Whether positions along the axes of samples and turns are those of the turn at hand.
fn in_turns(leading: &[Position], of: &Tensor) -> bool {
    leading.len() == of.leading() && leading.iter().all(|position| position.as_index().is_some())
}

/// A tensor with a margin for what `of` holds in each turn of some sequences.
fn padded(program: &Program, of: &Tensor, sequences: &[IndexId], margin: Margin) -> Tensor {
    let samples = usize::from(of.for_each_sample());
    let counts = sequences.iter().map(|turn| program.extent(*turn).clone());
    let shape = of.shape[..samples].iter().cloned().chain(counts).chain(of.sample_shape().iter().cloned()).collect();
    let none = vec![[0, 0]; samples + sequences.len()];
    let sides = [none.as_slice(), &margin.sides[of.leading()..]].concat();
    let margin = Some(Margin { sides, ..margin });
    let turns = vec![Turns::Kept; sequences.len()];
    Tensor { margin, turns, ..Tensor::new(format!("{}_padded", of.name), shape, Role::Value) }
}

/// Lets what is written outside of a tensor be written to one with a margin, which is copied when it is complete. Answers
/// how many equations were put in front.
fn write_elsewhere(program: &mut Program, at: usize, wish: Wish) -> usize {
    let of = program.at(wish.tensor);
    // a gradient by a parameter is added up over tiles
    if matches!(of.role, Role::Gradient(_)) {
        return 0;
    }
    if is_written_by_one_name(program, wish.tensor) {
        write_all_elsewhere(program, wish);
        return 0;
    }
    add_from_elsewhere(program, at, wish)
}

/// Whether all that defines a tensor is written to the turn at hand, under this name, and is not read before it is
/// complete.
fn is_written_by_one_name(program: &Program, tensor: TensorId) -> bool {
    let of = program.at(tensor);
    let root = program.root(tensor);
    let writes = |equation: &Equation| program.root(equation.target) == root;
    let Some(last) = program.equations.iter().rposition(writes) else { return false };
    let sequences = program.sequences(&program.equations[last]);
    let in_turn = |equation: &Equation| {
        let turns = equation.write.iter().skip(usize::from(of.for_each_sample()));
        equation.target == tensor
            && of.turns.len() == sequences.len()
            && turns.zip(&sequences).all(|(position, turn)| position.as_index() == Some(*turn))
    };
    let mut before = program.equations[..=last].iter().flat_map(|equation| program.reads_of(equation));
    let is_own = |read| program.pool.tensor_of(read).map(|read| program.root(read)) == Some(root);
    of.view_of.is_none() && program.equations.iter().filter(|e| writes(e)).all(in_turn) && !before.any(is_own)
}

/// Everything that defines a tensor defines one with a margin instead.
fn write_all_elsewhere(program: &mut Program, wish: Wish) {
    let writes = |equation: &Equation| equation.target == wish.tensor;
    let Some(last) = program.equations.iter().rposition(writes) else { return };
    let sequences = program.sequences(&program.equations[last]);
    let tensor = padded(program, program.at(wish.tensor), &sequences, wish.margin);
    let copy = program.tensor(tensor);
    for equation in program.equations.iter_mut().filter(|equation| writes(equation)) {
        equation.target = copy;
    }
    let indices = program.indices_within(wish.tensor, &sequences);
    let body = program.element(copy, &indices);
    program.equations.insert(last + 1, Equation::elementwise(wish.tensor, indices, body));
}

/// One of several equations that define a tensor, some under the name of a view: what it writes is added to zeros with
/// a margin, and these are added to the tensor.
fn add_from_elsewhere(program: &mut Program, at: usize, wish: Wish) -> usize {
    let of = program.at(wish.tensor).clone();
    let equation = program.equations[at].clone();
    let root = program.root(wish.tensor);
    let sequences = program.sequences(&equation);
    let tensor = padded(program, &of, &sequences, wish.margin);
    let copy = program.tensor(tensor);
    let indices = program.indices_within(copy, &sequences);
    let nothing = program.pool.constant(0.0);
    let zeros = Equation::elementwise(copy, indices.clone(), nothing);
    let own: Vec<Position> = indices.iter().copied().map(Position::index).collect();
    let (samples, leading) = (usize::from(of.for_each_sample()), of.leading());
    let (in_turn, sample) = own.split_at(samples + sequences.len());
    let write = [in_turn, &equation.write[leading..]].concat();
    program.equations[at] = Equation { target: copy, write, accumulate: true, ..equation.clone() };
    let body = program.element(copy, &indices);
    let mut sum = Equation::elementwise(wish.tensor, indices, body);
    sum.write = [&equation.write[..leading], sample].concat();
    sum.accumulate = equation.accumulate || program.equations[..at].iter().any(|e| program.root(e.target) == root);
    program.equations.insert(at + 1, sum);
    program.equations.insert(at, zeros);
    1
}

impl Program {
    /// Whether positions stay within the margin around a tensor, which has the value that is read outside;
    /// `None` for what is written.
    #[must_use]
    pub fn stays_within_margin(&self, tensor: TensorId, at: &[Position], outside: Option<u64>) -> bool {
        let Some(margin) = &self.at(tensor).margin else { return false };
        let mut axes = at.iter().zip(&self.at(tensor).shape).zip(&margin.sides);
        margin.value == outside
            && axes.all(|((position, size), [front, back])| {
                self.beyond(position, size).is_some_and(|[before, behind]| before <= *front && behind <= *back)
            })
    }
}
