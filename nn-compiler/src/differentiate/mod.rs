//! Reverse mode over equations.
//!
//! For each read `x[e]` in the body `B` of `y[o] = sum[r](B)` the adjoint of `x` gets
//! `x̄[e] += ȳ[o] * ∂B/∂x[e]` over all `o` and `r`. Where `e` can be solved for its indices that is a sum
//! for each element of `x̄` (a gather); elsewhere it stays a scatter.
//!
//! The result is a program like any other, so that it can be differentiated again.

mod adjoint;
mod checkpoint;
mod dependence;
mod gather;
mod rules;
mod seed;
mod sequence;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::equation::{Equation, Program, Role};
use crate::lowered::Checkpoint;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, Relation, TensorId, derivative};

use dependence::{defined_in, depends_on, first_uses};
pub use seed::Seed;

/// Appends the equations that compute the adjoints of the tensors `wrt`, and names the tensor of each: the derivative
/// of the seeded tensors by it, weighted with their seeds. It is zero where nothing that is seeded depends on it.
///
/// The adjoints of a program are tensors of the same program, and so it can be applied again: seeds of these adjoints
/// give a product with the Hessian.
///
/// ```
/// use nn_compiler::differentiate::{Seed, differentiate};
/// use nn_compiler::equation::{Equation, Program, Role, Tensor, Values};
/// use nn_compiler::symbolic::IndexId;
///
/// // y = x * x * x for each sample
/// let mut program = Program::default();
/// let mut tensor = |name, role| program.tensor(Tensor::new(name, vec![nn_compiler::shape::Dim::samples()], role));
/// let (x, y) = (tensor("x", Role::Input(0)), tensor("y", Role::Value));
/// let element = program.element(x, &[IndexId::SAMPLE]);
/// let cube = program.pool.product(1.0, &[(element, 3)]);
/// program.equations.push(Equation::elementwise(y, vec![IndexId::SAMPLE], cube));
///
/// let one = Seed::Number(program.pool.constant(1.0));
/// let first = differentiate(&mut program, &[(y, one)], &[x])[&x];
/// let second = differentiate(&mut program, &[(first, one)], &[x])[&x];
///
/// let mut values = Values::new(1, Vec::new());
/// values.set(x, vec![2.0]);
/// program.evaluate(&mut values);
/// assert_eq!(values.get(&program, first), [12.0]);
/// assert_eq!(values.get(&program, second), [12.0]);
/// ```
pub fn differentiate(
    program: &mut Program,
    seeds: &[(TensorId, Seed)],
    wrt: &[TensorId],
) -> BTreeMap<TensorId, TensorId> {
    differentiate_recomputing(program, seeds, wrt, &[])
}

/// The same, where the intermediate values of some equations are recomputed instead of being kept.
pub fn differentiate_recomputing(
    program: &mut Program,
    seeds: &[(TensorId, Seed)],
    wrt: &[TensorId],
    checkpoints: &[Checkpoint],
) -> BTreeMap<TensorId, TensorId> {
    differentiate_from(program, seeds, wrt, checkpoints, &[])
}

/// The derivative of one tensor by another, both of one iteration of the sequences that are open, whose last equations
/// these are: the adjoints belong to the same iteration.
pub fn differentiate_in_iteration(
    program: &mut Program,
    (tensor, seed): (TensorId, Seed),
    by: TensorId,
    open: &[IndexId],
) -> TensorId {
    differentiate_from(program, &[(tensor, seed)], &[by], &[], open)[&by]
}

/// Whether a tensor depends on another, through equations that have derivatives.
#[must_use]
pub fn is_function_of(program: &Program, tensor: TensorId, of: TensorId) -> bool {
    depends_on(program, &[of], &[]).0[program.root(tensor).0 as usize]
}

fn differentiate_from(
    program: &mut Program,
    seeds: &[(TensorId, Seed)],
    wrt: &[TensorId],
    checkpoints: &[Checkpoint],
    open: &[IndexId],
) -> BTreeMap<TensorId, TensorId> {
    let forward = program.equations.clone();
    let mut begins = first_uses(program, wrt, open.len());
    let mut reverse = Reverse::new(program, seeds, wrt, open);
    for (tensor, seed) in seeds {
        reverse.seed(*tensor, *seed);
    }
    for (at, equation) in forward.iter().enumerate().rev() {
        if !reverse.is_within_open(equation) {
            continue;
        }
        reverse.enter(equation, &forward);
        reverse.checkpoint(at, checkpoints, &forward);
        reverse.equation(at, equation);
        // a gradient is complete once the first use is passed; computing it here keeps the live ranges of its operands
        // short
        for root in begins.remove(&at).unwrap_or_default() {
            reverse.adjoint(root);
            reverse.complete(root);
        }
    }
    reverse.leave_all();
    reverse.finish(&forward, wrt)
}

struct Reverse<'p> {
    program: &'p mut Program,
    /// Whether the adjoint of a tensor is wanted, or a wanted adjoint depends on it.
    needed: Vec<bool>,
    /// Whether something that is seeded depends on a tensor of the forward pass.
    reached: Vec<bool>,
    /// The tensors that the forward pass defines.
    defined: HashSet<TensorId>,
    /// The sequences in which each of them is defined.
    defined_in: HashSet<(TensorId, IndexId)>,
    /// The adjoint of each tensor that has one.
    adjoints: HashMap<TensorId, TensorId>,
    /// The contributions to each adjoint that is not complete yet.
    contributions: HashMap<TensorId, Vec<Equation>>,
    backward: Vec<Equation>,
    /// The equations that find the positions of maxima, by the tensor of the maximum, behind which they are computed.
    extra_forward: HashMap<TensorId, Vec<Equation>>,
    /// The number of sequences that are open in the forward pass too.
    open: usize,
    /// The indices of the open sequences and of those that are being differentiated, from the outside in.
    iterations: Vec<IndexId>,
    /// The sequences that are being differentiated, from the outside in.
    sequences: Vec<sequence::Backward>,
    /// The recomputation of the checkpointed layer at hand.
    recomputation: checkpoint::Recomputation,
    /// The adjoints that are set already: all further contributions accumulate.
    begun: HashSet<TensorId>,
}

impl<'p> Reverse<'p> {
    fn new(program: &'p mut Program, seeds: &[(TensorId, Seed)], wrt: &[TensorId], open: &[IndexId]) -> Self {
        let (needed, reached) = depends_on(program, wrt, seeds);
        Reverse {
            needed,
            reached,
            defined: program.equations.iter().map(|equation| program.root(equation.target)).collect(),
            defined_in: defined_in(program),
            program,
            adjoints: HashMap::new(),
            contributions: HashMap::new(),
            backward: Vec::new(),
            extra_forward: HashMap::new(),
            open: open.len(),
            iterations: open.to_vec(),
            sequences: Vec::new(),
            recomputation: checkpoint::Recomputation::default(),
            begun: HashSet::new(),
        }
    }

    /// Whether an equation belongs to the iteration at hand of the sequences that are open.
    fn is_within_open(&self, equation: &Equation) -> bool {
        self.iterations[..self.open].iter().all(|open| equation.indices.contains(open))
    }

    /// Begins the adjoint of a tensor. One that has an axis for the iterations of a sequence is set in loops of its own.
    fn seed(&mut self, tensor: TensorId, seed: Seed) {
        let root = self.program.root(tensor);
        if !self.needed[root.0 as usize] {
            return;
        }
        let target = self.adjoint_view(tensor);
        let iterations = self.iterations_over(target, self.open);
        let indices = self.program.indices_over(target, &iterations);
        let body = match seed {
            Seed::Number(body) => body,
            Seed::Tensor(of) => self.program.element(of, &indices),
        };
        let seed = Equation { accumulate: true, ..Equation::elementwise(target, indices, body) };
        if iterations.len() == self.open {
            self.contributions.entry(root).or_default().push(seed);
            return;
        }
        let adjoint = self.adjoint(root);
        self.begin_whole(adjoint);
        self.backward.push(seed);
    }

    /// Adds the contributions of one equation of the forward pass to the adjoints of the tensors that it reads.
    fn equation(&mut self, at: usize, equation: &Equation) {
        let root = self.program.root(equation.target);
        if !self.needed[root.0 as usize] || equation.reduce.is_position() {
            return;
        }
        // what the iteration has read of a carry belongs to the place before the one that it writes
        if !self.is_carry(root) {
            self.complete(root);
        }
        if !self.adjoints.contains_key(&root) {
            return;
        }
        let adjoint = self.adjoint_view(equation.target);
        let (equation, forward) = &self.recomputed_equation(at, equation);
        let outside = equation.clip.then_some(0.0);
        let above = self.program.pool.read(adjoint, equation.write.clone(), outside);
        for read in self.program.reads_of(equation) {
            let Node::Read { tensor, at, outside } = self.program.pool.node(read).clone() else { continue };
            let tensor = self.recomputation.origin(tensor);
            if !self.needed[self.program.root(tensor).0 as usize] {
                continue;
            }
            let inner = derivative(&mut self.program.pool, equation.body, read);
            if self.program.pool.is_zero(inner) {
                continue;
            }
            let body = self.contribution(equation, forward, above, inner);
            self.contribute(equation, tensor, at, outside.is_some(), body);
        }
    }

    /// Adds `x̄[at] += body` over all indices of `equation`.
    fn contribute(&mut self, equation: &Equation, tensor: TensorId, at: Vec<Position>, clip: bool, body: ExpressionId) {
        let root = self.program.root(tensor);
        let target = self.adjoint_view(tensor);
        let (mut body, mut indices) = (body, equation.indices.clone());
        let mut write = Vec::with_capacity(at.len());
        for (axis, position) in at.into_iter().enumerate() {
            // positions that are known while compiling are scattered to
            let Position::Gather(gathered) = position else {
                write.push(position);
                continue;
            };
            // x̄[k] gets a contribution where k is the index that was read
            let extent = self.program.at(tensor).shape[axis].clone();
            let index = self.program.index("k", extent);
            let pool = &mut self.program.pool;
            let (here, nothing) = (pool.index(Affine::index(index)), pool.constant(0.0));
            body = pool.choose(Relation::Equal, here, gathered, body, nothing);
            indices.push(index);
            write.push(Position::index(index));
        }
        let written: Vec<IndexId> = write.iter().flat_map(Position::indices).collect();
        indices.sort_by_key(|index| written.iter().position(|w| w == index).unwrap_or(usize::MAX));
        let scatter = Equation { write, accumulate: true, clip, ..Equation::elementwise(target, indices, body) };
        let reduced: Vec<IndexId> = equation.reduced().collect();
        let to_input = matches!(self.program.at(tensor).role, Role::Input(_));
        let contribution = gather::gather(self.program, scatter, &reduced, to_input);
        self.contributions.entry(root).or_default().push(contribution);
    }

    /// Puts all equations into the program: the forward pass, the positions of maxima, the backward pass.
    fn finish(mut self, forward: &[Equation], wrt: &[TensorId]) -> BTreeMap<TensorId, TensorId> {
        let mut adjoints = BTreeMap::new();
        for tensor in wrt {
            let root = self.program.root(*tensor);
            self.adjoint(root);
            self.complete(root);
            adjoints.insert(*tensor, self.adjoint_view(*tensor));
        }
        let mut equations = Vec::new();
        for equation in forward.iter().chain(&self.backward) {
            equations.push(equation.clone());
            let extra = self.extra_forward.get(&equation.target).into_iter().flatten();
            equations.extend(extra.filter(|extra| extra.write == equation.write).cloned());
        }
        self.program.equations = equations;
        adjoints
    }
}
