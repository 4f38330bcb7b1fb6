//! The order and the memory in which a program is computed: contractions go to the kernels, all other equations become
//! loops, and every intermediate value gets a place.

mod block;
mod buffers;
mod collapse;
mod contraction;
mod epilogue;
mod evaluate;
mod iterations;
mod law;
mod locals;
mod nest;
mod order;
mod purposes;
mod reductions;
mod separate;
mod within;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::equation::{Equation, Number, Order, Program, Role};
use crate::errors::OrBug;
use crate::layout::Layout;
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

use block::statements;
pub use block::{Block, Contraction, ContractionLoop, LoopNode, Place, Purpose, Sequence, Start, Statement};
pub use evaluate::evaluate;
pub use law::check;
pub use reductions::LONGEST_ROW;

/// A program with its schedule.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// The program; its bodies may have other indices than before.
    pub program: Program,
    /// The memory layout of its tensors.
    pub layout: Layout,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The purpose of each block.
    pub purposes: Vec<Purpose>,
    /// The place of each intermediate value; absent for local variables and for tensors outside of the workspace.
    pub places: BTreeMap<TensorId, Place>,
    /// The tensors that are local variables.
    pub locals: FxHashSet<TensorId>,
    /// The number of sequences around a tensor in which each iteration replaces it.
    pub replaced: BTreeMap<TensorId, usize>,
    /// The length of the workspace, in bytes for each sample where floats have [`Number::FLOAT_BYTES`].
    pub scratch: Dim,
    /// The tensors that are copied in or out.
    pub copied: Vec<TensorId>,
    /// The sums that begin with what is added to them.
    pub merged: BTreeSet<TensorId>,
}

/// Schedules a program. Tensors that are `copied` are copied from or to a field of the samples, where a sample has
/// several. A step of a stream is scheduled like the `whole`: its sums begin with the same values.
#[must_use]
pub fn schedule(program: Program, layout: Layout, copied: &dyn Fn(Role) -> bool, whole: Option<&Schedule>) -> Schedule {
    let is_copied = |tensor: &crate::equation::Tensor| copied(tensor.role) && tensor.bound.is_none();
    let copied = (0u32..).zip(&program.tensors).filter(|(_, t)| is_copied(t)).map(|(id, _)| TensorId(id)).collect();
    let mut schedule = Schedule {
        program,
        layout,
        copied,
        blocks: Vec::new(),
        purposes: Vec::new(),
        places: BTreeMap::new(),
        locals: FxHashSet::default(),
        replaced: BTreeMap::new(),
        scratch: Dim::default(),
        merged: BTreeSet::new(),
    };
    separate::separate_indices(&mut schedule.program);
    let as_whole = whole.map(|whole| &whole.merged);
    schedule.merged = epilogue::merge(&mut schedule.program, &schedule.layout, as_whole);
    iterations::separate(&mut schedule.program, &schedule.layout);
    schedule.replaced = iterations::replace(&schedule.program, &mut schedule.layout);
    schedule.stage_in();
    let purposes = purposes::purposes(&schedule.program);
    let equations = schedule.program.equations.clone();
    schedule.add(&equations, &purposes, 0, &mut Vec::new());
    schedule.stage_out();
    locals::find(&mut schedule);
    buffers::plan(&mut schedule);
    collapse::collapse(&mut schedule);
    schedule
}

impl Schedule {
    /// A number of bytes in the workspace as a number of floats.
    #[must_use]
    pub fn floats(bytes: &Dim) -> Dim {
        bytes.divide(&Dim::from(Number::FLOAT_BYTES)).or_bug("the bytes of a float are no divisor")
    }

    fn push(&mut self, block: Block, purpose: Purpose) {
        self.blocks.push(block);
        self.purposes.push(purpose);
    }

    /// Adds equations that lie within some sequences.
    fn add(&mut self, equations: &[Equation], purposes: &[Purpose], within: usize, begun: &mut Vec<TensorId>) {
        let mut at = 0;
        while at < equations.len() {
            let iteration_of = |equation: &Equation| self.program.sequences(equation).get(within).copied();
            let Some(iteration) = iteration_of(&equations[at]) else {
                at += self.add_first(&equations[at..], purposes[at], begun);
                continue;
            };
            let len = equations[at..].iter().take_while(|equation| iteration_of(equation) == Some(iteration)).count();
            self.add_sequence(iteration, &equations[at..at + len], &purposes[at..at + len], within, begun);
            at += len;
        }
    }

    fn add_sequence(
        &mut self,
        iteration: IndexId,
        equations: &[Equation],
        purposes: &[Purpose],
        within: usize,
        begun: &mut Vec<TensorId>,
    ) {
        let outside = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.purposes));
        self.add(equations, purposes, within + 1, begun);
        let (blocks, purposes) = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.purposes));
        (self.blocks, self.purposes) = outside;
        let mut sequence = Sequence { iteration, backward: false, blocks: Vec::new(), purposes: Vec::new() };
        sequence.backward = self.program.indices[iteration.0 as usize].order == Order::Backward;
        for (block, purpose) in blocks.into_iter().zip(purposes) {
            match block {
                // all iterations at once
                Block::Fill(tensor) if self.keeps_iterations(tensor, within) => {
                    self.push(Block::Fill(tensor), purpose);
                }
                block => {
                    sequence.blocks.push(block);
                    sequence.purposes.push(purpose);
                }
            }
        }
        let first = sequence.purposes.first().copied().unwrap_or(Purpose::All);
        let same = sequence.purposes.iter().all(|purpose| *purpose == first);
        if same {
            sequence.purposes.fill(Purpose::All);
        }
        self.push(Block::Sequence(sequence), if same { first } else { Purpose::All });
    }

    /// Adds an equation, and those behind it that accumulate into the same gradient. Returns how many these are.
    fn add_first(&mut self, equations: &[Equation], purpose: Purpose, begun: &mut Vec<TensorId>) -> usize {
        let equation = &equations[0];
        let contraction = contraction::recognise(&self.program, &self.layout, equation);
        let sets = contraction.is_some() || self.program.is_elementwise(equation);
        let padding = self.fill_padding(equation, sets, begun);
        let over_samples = |other: &Equation| other.indices.contains(&IndexId::SAMPLE);
        let joins = |other: &&Equation| other.target == equation.target && over_samples(other);
        let same = equations.iter().take_while(joins).count();
        let is_gradient = matches!(self.program.at(equation.target).role, Role::Gradient(_));
        if same > 1 && is_gradient {
            self.each_sample(equations[..same].to_vec(), purpose);
            return same;
        }
        match contraction {
            Some(contraction) => {
                padding.into_iter().for_each(|fill| self.push(fill, purpose));
                self.push(Block::Contraction(Box::new(contraction)), purpose);
            }
            None => nest::add(self, equation.clone(), padding, purpose),
        }
        1
    }

    /// Whether gradients must be computed sample by sample, so that their bits do not depend on tiles: contributions to
    /// a value that all samples share would be summed by tiles. The same holds of a gradient that accumulates at
    /// several places.
    #[must_use]
    pub fn takes_samples_apart(&self) -> bool {
        self.adds_at_several_places()
            || self.adds_in_iterations()
            || self.program.equations.iter().any(|equation| {
                let target = self.program.at(equation.target);
                target.role == Role::Value && !target.for_each_sample() && equation.indices.contains(&IndexId::SAMPLE)
            })
    }

    fn adds_at_several_places(&self) -> bool {
        let is_gradient = |tensor: &TensorId| matches!(self.program.at(*tensor).role, Role::Gradient(_));
        let blocks = order::in_order(&self.blocks)
            .into_iter()
            .filter(|(_, block, _)| !matches!(block, Block::Fill(_) | Block::Frame(_)));
        let mut written: Vec<TensorId> = blocks
            .flat_map(|(_, block, _)| {
                let mut own: Vec<TensorId> = block.accesses(&self.program).1.into_iter().filter(is_gradient).collect();
                own.dedup();
                own
            })
            .collect();
        written.sort_unstable();
        written.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Whether the iterations of a sequence add to one gradient.
    fn adds_in_iterations(&self) -> bool {
        self.program.equations.iter().any(|equation| {
            let of = self.program.at(equation.target);
            let is_sum = matches!(of.role, Role::Gradient(_)) && equation.indices.contains(&IndexId::SAMPLE);
            is_sum && of.sequence_axes < self.program.sequences(equation).len()
        })
    }

    /// Adds the contributions of several uses of a parameter to its gradient.
    fn each_sample(&mut self, equations: Vec<Equation>, purpose: Purpose) {
        let mut blocks = Vec::new();
        for equation in equations {
            match contraction::recognise(&self.program, &self.layout, &equation) {
                Some(contraction) => blocks.push(Block::Contraction(Box::new(contraction))),
                None => {
                    let (fill, nodes) = nest::alone(&self.program, &self.layout, equation);
                    if let Some(fill) = fill {
                        self.push(fill, purpose);
                    }
                    blocks.push(Block::Nest(nodes));
                }
            }
        }
        self.push(Block::EachSample(blocks), purpose);
    }

    /// The block in front of the first equation that defines a padded tensor. Where it `sets` elements without reading them,
    /// only the padding is filled: other definitions set the rest.
    fn fill_padding(&self, equation: &Equation, sets: bool, begun: &mut Vec<TensorId>) -> Option<Block> {
        let target = equation.target;
        let read = self.layout.padding(target).is_some_and(|padding| padding.value.is_some());
        if !read || begun.contains(&target) {
            return None;
        }
        begun.push(target);
        let of = self.program.at(target);
        let known = self.layout.stored_sample(&self.program, target).iter().all(|size| size.literal().is_some());
        let all = sets && !equation.accumulate && of.sequence_axes == 0 && self.program.writes_plainly(equation);
        Some(if known && all { Block::Frame(target) } else { Block::Fill(target) })
    }

    /// Whether a tensor keeps a place for each iteration of the sequence within so many others.
    fn keeps_iterations(&self, tensor: TensorId, within: usize) -> bool {
        let of = self.program.at(tensor);
        let axis = usize::from(of.for_each_sample()) + within;
        of.counts_iterations(axis) && !self.layout.is_single(&self.program, tensor, axis)
    }

    /// Whether a tensor is kept in the workspace or in a local variable.
    fn is_between(&self, tensor: TensorId) -> bool {
        let root = self.program.root(tensor);
        matches!(self.program.at(root).role, Role::Value | Role::NextState(_)) || self.copied.contains(&root)
    }

    fn is_written(&self, tensor: TensorId) -> bool {
        self.program.equations.iter().any(|equation| self.program.root(equation.target) == tensor)
    }

    fn stage_in(&mut self) {
        for tensor in self.copied.clone() {
            let read = self.program.equations.iter().any(|equation| {
                let reads = self.program.reads_of(equation);
                reads
                    .into_iter()
                    .filter_map(|id| self.program.pool.tensor_of(id))
                    .any(|t| self.program.root(t) == tensor)
            });
            if read && !self.is_written(tensor) {
                self.push(Block::CopyIn(tensor), Purpose::All);
            }
        }
    }

    fn stage_out(&mut self) {
        for tensor in self.copied.clone() {
            if self.is_written(tensor) {
                let is_gradient = matches!(self.program.at(tensor).role, Role::InputGradient(_));
                self.push(Block::CopyOut(tensor), if is_gradient { Purpose::Inputs } else { Purpose::All });
            }
        }
    }

    /// The position in memory of an element, without gathers.
    #[must_use]
    pub fn offset(&self, tensor: TensorId, at: &[Position]) -> Option<Affine> {
        self.layout.offset(&self.program, tensor, at)
    }
}
