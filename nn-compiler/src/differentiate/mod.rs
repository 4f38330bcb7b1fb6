//! Reverse mode over equations.
//!
//! For each read `x[e]` in the body `B` of `y[o] = sum[r](B)` the adjoint of `x` gets
//! `x̄[e] += ȳ[o] * ∂B/∂x[e]` over all `o` and `r`. Where `e` can be solved for its indices that is a sum
//! for each element of `x̄` (a gather); elsewhere it stays a scatter.

mod adjoint;
mod checkpoint;
mod gather;
mod sequence;

use std::collections::{HashMap, HashSet};

use crate::equation::{Equation, Program, Reduce, Role, Tensor};
use crate::lowered::Lowered;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, Relation, TensorId, derivative};

/// The program with the equations of its gradient, by the parameters and by the inputs, behind its own.
#[must_use]
pub fn differentiate(lowered: &Lowered) -> Program {
    let forward = &lowered.program.equations;
    let mut reverse = Reverse::new(lowered.program.clone());
    for (number, term) in lowered.terms.iter().enumerate() {
        reverse.seed(term.tensor, number);
    }
    let mut begins = first_uses(&lowered.program);
    for (at, equation) in forward.iter().enumerate().rev() {
        reverse.enter(equation, forward);
        reverse.checkpoint(at, lowered);
        reverse.equation(at, equation);
        // a gradient is complete once the first use is passed; computing it here keeps the live ranges of its operands
        // short
        for root in begins.remove(&at).unwrap_or_default() {
            reverse.adjoint(root);
            reverse.complete(root);
        }
    }
    reverse.leave_all();
    reverse.finish(&lowered.program)
}

/// The parameters and inputs whose first use is an equation outside of sequences, by its number.
fn first_uses(program: &Program) -> HashMap<usize, Vec<TensorId>> {
    let mut seen = HashSet::new();
    let mut first: HashMap<usize, Vec<TensorId>> = HashMap::new();
    for (at, equation) in program.equations.iter().enumerate() {
        for read in program.reads_of(equation) {
            let Some(tensor) = program.pool.tensor_of(read) else { continue };
            let root = program.root(tensor);
            if is_wanted(program.at(root)) && seen.insert(root) && program.sequences(equation).is_empty() {
                first.entry(at).or_default().push(root);
            }
        }
    }
    first
}

struct Reverse {
    program: Program,
    /// Whether the gradient by a tensor is wanted, or a wanted gradient depends on it.
    needed: Vec<bool>,
    /// The adjoint of each tensor that has one.
    adjoints: HashMap<TensorId, TensorId>,
    /// The contributions to each adjoint that is not complete yet.
    contributions: HashMap<TensorId, Vec<Equation>>,
    backward: Vec<Equation>,
    /// The equations that find the positions of maxima, by the tensor of the maximum, behind which they are computed.
    extra_forward: HashMap<TensorId, Vec<Equation>>,
    /// The indices of the sequences that are being differentiated, from the outside in.
    iterations: Vec<IndexId>,
    /// The sequences that are being differentiated, from the outside in.
    sequences: Vec<sequence::Backward>,
    /// The recomputation of the checkpointed layer at hand.
    recomputation: checkpoint::Recomputation,
    /// The adjoints that are set already: all further contributions accumulate.
    begun: HashSet<TensorId>,
}

impl Reverse {
    fn new(program: Program) -> Self {
        let mut needed = vec![false; program.tensors.len()];
        for (at, tensor) in program.tensors.iter().enumerate() {
            needed[at] = is_wanted(tensor);
        }
        // a carry makes an iteration depend on later equations, hence the fixed point
        let mut before = 0;
        while before != needed.iter().filter(|needed| **needed).count() {
            before = needed.iter().filter(|needed| **needed).count();
            for equation in &program.equations {
                let depends = program.reads_of(equation).into_iter().any(|read| match program.pool.node(read) {
                    Node::Read { tensor, .. } => needed[program.root(*tensor).0 as usize],
                    _ => false,
                });
                needed[program.root(equation.target).0 as usize] |= depends;
            }
        }
        Reverse {
            program,
            needed,
            adjoints: HashMap::new(),
            contributions: HashMap::new(),
            backward: Vec::new(),
            extra_forward: HashMap::new(),
            iterations: Vec::new(),
            sequences: Vec::new(),
            recomputation: checkpoint::Recomputation::default(),
            begun: HashSet::new(),
        }
    }

    /// The adjoint of a term of the loss is its factor.
    fn seed(&mut self, loss: TensorId, term: usize) {
        if !self.needed[loss.0 as usize] {
            return;
        }
        let target = self.adjoint(loss);
        let body = self.program.pool.scale(term);
        let seed = Equation::elementwise(target, vec![IndexId::SAMPLE], body);
        self.contributions.entry(loss).or_default().push(seed);
    }

    /// Adds the contributions of one equation of the forward pass to the adjoints of the tensors that it reads.
    fn equation(&mut self, at: usize, equation: &Equation) {
        let root = self.program.root(equation.target);
        if !self.needed[root.0 as usize] {
            return;
        }
        self.complete(root);
        let Some(adjoint) = self.adjoints.get(&root).copied() else { return };
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

    /// `ȳ * ∂B`; for a maximum or minimum, only at the position that attains it.
    fn contribution(
        &mut self,
        equation: &Equation,
        forward: &Equation,
        above: ExpressionId,
        inner: ExpressionId,
    ) -> ExpressionId {
        let pool = &mut self.program.pool;
        let product = pool.multiply(above, inner);
        match equation.reduce {
            _ if equation.reduced().next().is_none() => self.use_result(equation, product),
            Reduce::Sum => product,
            Reduce::Product => match self.other_factors(equation) {
                Some(others) => self.program.pool.multiply(product, others),
                None => product,
            },
            Reduce::Max | Reduce::Min => self.where_attained(equation, forward, product),
            Reduce::ArgMax | Reduce::ArgMin => self.program.pool.constant(0.0),
        }
    }

    /// Rules that use the result read it instead of recomputing it: `tanh` gives `1 - y * y`.
    fn use_result(&mut self, equation: &Equation, body: ExpressionId) -> ExpressionId {
        let trivial = matches!(self.program.pool.node(equation.body), Node::Read { .. } | Node::Constant(_));
        let is_once = equation.reduced().next().is_none() && self.program.meets_once(&equation.write);
        let root = self.program.root(self.recomputation.origin(equation.target));
        let is_added_to = |other: &Equation| other.accumulate && self.program.root(other.target) == root;
        if trivial || equation.clip || !is_once || self.program.equations.iter().any(is_added_to) {
            return body;
        }
        let result = self.program.pool.read(equation.target, equation.write.clone(), None);
        self.program.pool.replace(body, equation.body, result)
    }

    /// For each factor of a product, the product of the others: not the result divided by the factor, which
    /// may be zero.
    fn other_factors(&mut self, equation: &Equation) -> Option<ExpressionId> {
        let reduced: Vec<IndexId> = equation.reduced().collect();
        let mut others = HashMap::new();
        for index in &reduced {
            let of = self.program.indices[index.0 as usize].clone();
            others.insert(*index, self.program.index(format!("other_{}", of.name), of.extent));
        }
        let positions = others.iter().map(|(index, other)| (*index, Position::index(*other))).collect();
        let factor = self.program.pool.substitute(equation.body, &positions)?;
        let mut body = self.program.pool.constant(1.0);
        for index in &reduced {
            let pool = &mut self.program.pool;
            let (here, there) = (pool.index(Affine::index(*index)), pool.index(Affine::index(others[index])));
            body = pool.choose(Relation::Equal, here, there, body, factor);
        }
        let of = self.program.at(equation.target);
        let (name, sequence_axes) = (format!("{}_others", of.name), of.sequence_axes);
        // the axes of samples and of sequences come first, as everywhere
        let mut own = equation.indices.clone();
        own.sort_by_key(|index| (*index != IndexId::SAMPLE, !self.program.is_sequence(*index)));
        let shape = own.iter().map(|index| self.program.extent(*index).clone()).collect();
        let target = self.program.tensor(Tensor { sequence_axes, ..Tensor::new(name, shape, Role::Value) });
        self.needed.push(false);
        let write = own.iter().copied().map(Position::index).collect();
        let indices = own.iter().copied().chain(reduced.iter().map(|index| others[index])).collect();
        let reduce = Reduce::Product;
        self.backward.push(Equation { reduce, write, ..Equation::elementwise(target, indices, body) });
        Some(self.program.element(target, &own))
    }

    /// The adjoint of a maximum goes to the first position that attains it.
    fn where_attained(&mut self, equation: &Equation, forward: &Equation, product: ExpressionId) -> ExpressionId {
        let reduced: Vec<IndexId> = equation.reduced().collect();
        let mut position = Affine::default();
        for index in reduced {
            let extent = self.program.extent(index).clone();
            // sizes that overflow were refused when the shapes were checked
            let Some(next) = position.scale(&extent).and_then(|p| p.add(&Affine::index(index))) else { return product };
            position = next;
        }
        let attained = self.attained(forward);
        let pool = &mut self.program.pool;
        let attained = pool.read(attained, equation.write.clone(), None);
        let here = pool.index(position);
        let nothing = pool.constant(0.0);
        pool.choose(Relation::Equal, here, attained, product, nothing)
    }

    /// The tensor of the positions at which a maximum is attained.
    fn attained(&mut self, equation: &Equation) -> TensorId {
        let reduce = if equation.reduce == Reduce::Max { Reduce::ArgMax } else { Reduce::ArgMin };
        if let Some(known) = self.extra_forward.get_mut(&equation.target) {
            let target = known[0].target;
            if !known.iter().any(|known| known.write == equation.write) {
                known.push(Equation { target, reduce, attains: Some(equation.target), ..equation.clone() });
            }
            return target;
        }
        let of = self.program.at(equation.target);
        let (name, shape, sequence_axes) = (format!("{}_at", of.name), of.shape.clone(), of.sequence_axes);
        let target = self.program.tensor(Tensor { sequence_axes, ..Tensor::new(name, shape, Role::Value) });
        self.needed.push(false);
        let position = Equation { target, reduce, attains: Some(equation.target), ..equation.clone() };
        self.extra_forward.insert(equation.target, vec![position]);
        target
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
        let contribution = gather::gather(&mut self.program, scatter, &reduced);
        self.contributions.entry(root).or_default().push(contribution);
    }

    /// All equations: the forward pass, the positions of maxima, the backward pass.
    fn finish(mut self, forward: &Program) -> Program {
        let wanted: Vec<TensorId> = (0..forward.tensors.len())
            .map(|at| forward.root(TensorId::new(at)))
            .filter(|id| is_wanted(forward.at(*id)))
            .collect();
        for tensor in wanted {
            self.adjoint(tensor);
            self.complete(tensor);
        }
        let mut equations = Vec::new();
        for equation in forward.equations.iter().chain(&self.backward) {
            equations.push(equation.clone());
            let extra = self.extra_forward.get(&equation.target).into_iter().flatten();
            equations.extend(extra.filter(|extra| extra.write == equation.write).cloned());
        }
        self.program.equations = equations;
        self.program
    }
}

/// Whether a tensor is one of those by which users differentiate.
fn is_wanted(tensor: &Tensor) -> bool {
    match tensor.role {
        Role::Parameter(_) => true,
        Role::Input(_) => tensor.bound.is_none(),
        _ => false,
    }
}
