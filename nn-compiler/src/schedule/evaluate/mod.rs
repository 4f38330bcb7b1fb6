//! Runs a schedule as emitted code does, in `f64`: the same blocks in the same memory, which holds NaN beforehand. The
//! effect of a wrong place, offset, stride or live range on the results shows without rustc.

mod memory;
mod offset;
mod statement;
mod workspace;

use std::collections::{BTreeMap, HashMap};

use super::{Block, Contraction, ContractionLoop, LoopNode, Schedule, Sequence, Start};
use crate::equation::{Bound, Program, Role, Values};
use crate::symbolic::{IndexId, TensorId};

use memory::{Memory, Outcome};

/// Runs a schedule on the samples of `values`, in a workspace for `capacity` of them, and adds the results to `values`:
/// outputs, gradients, next states, and for each term of a loss and each denominator one number, the sum over the
/// samples. Where there are more samples they are taken in tiles, one after the other, as emitted functions are called;
/// next states are those after the last tile.
///
/// # Errors The first access outside of its buffer, to a local variable without a value, or at an unbound index, and
/// the first block whose buffers overlap; each with the text of the equation. A workspace for no sample.
pub fn evaluate(schedule: &Schedule, values: &mut Values, capacity: i64) -> Result<(), String> {
    if capacity < 1 {
        return Err("a workspace for no sample holds none".into());
    }
    schedule.program.set_constants(values);
    let mut results = Results::default();
    let mut first = 0;
    // a tile may be empty
    while first == 0 || first < values.samples {
        let samples = capacity.min(values.samples - first);
        let tile = values.tile(&schedule.program, first, samples);
        let memory = Memory::new(schedule, &tile, capacity, results.accumulated(&schedule.program));
        let mut machine = Machine { memory, bound: Bound::new(), first_tile: first == 0 };
        machine.blocks(&schedule.blocks)?;
        results.add(&schedule.program, machine.memory.results());
        first += capacity;
    }
    results.tensors.into_iter().for_each(|(tensor, elements)| values.set(tensor, elements));
    Ok(())
}

/// The results of the tiles so far.
#[derive(Debug, Default)]
struct Results {
    tensors: BTreeMap<TensorId, Vec<f64>>,
}

impl Results {
    /// Those that the next tile adds to: gradients by parameters, and sums over the samples.
    fn accumulated(&self, program: &Program) -> HashMap<TensorId, Vec<f64>> {
        let adds = |tensor: &TensorId| {
            let role = program.at(*tensor).role;
            role.is_summed() || matches!(role, Role::Gradient(_))
        };
        self.tensors.iter().filter(|(tensor, _)| adds(tensor)).map(|(tensor, all)| (*tensor, all.clone())).collect()
    }

    /// Takes in the results of a tile.
    fn add(&mut self, program: &Program, tile: Vec<(TensorId, Vec<f64>)>) {
        for (tensor, elements) in tile {
            let of = program.at(tensor);
            let known = self.tensors.entry(tensor).or_default();
            if of.role.is_summed() || !of.for_each_sample() {
                *known = elements;
            } else {
                known.extend(elements);
            }
        }
    }
}

/// A schedule that is being run.
struct Machine<'a> {
    memory: Memory<'a>,
    /// The values of the indices of the loops and sequences around.
    bound: Bound,
    /// Whether this is the first tile, which sets what later ones add to.
    first_tile: bool,
}

impl<'a> Machine<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) -> Outcome<()> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &'a Block) -> Outcome<()> {
        if let Block::Sequence(sequence) = block {
            return self.sequence(sequence);
        }
        self.memory.check_apart(block)?;
        match block {
            Block::Fill(tensor) => self.fill(*tensor),
            Block::Frame(tensor) => self.frame(*tensor),
            Block::CopyIn(tensor) => self.copy_field(*tensor, true),
            Block::CopyOut(tensor) => self.copy_field(*tensor, false),
            Block::Contraction(contraction) => self.contraction(contraction, false),
            Block::Nest(nodes) => self.nodes(nodes),
            Block::EachSample(blocks) => self.each_sample(blocks),
            Block::Sequence(_) => Ok(()),
        }
    }

    fn sequence(&mut self, sequence: &'a Sequence) -> Outcome<()> {
        for iteration in self.range(sequence.iteration, sequence.backward) {
            self.bound.insert(sequence.iteration, iteration);
            self.memory.iterations.push((sequence.iteration, iteration));
            self.blocks(&sequence.blocks)?;
            self.memory.iterations.pop();
        }
        self.bound.remove(&sequence.iteration);
        Ok(())
    }

    /// The values of an index, in order.
    fn range(&self, index: IndexId, backward: bool) -> Vec<i64> {
        let count = self.memory.program().value(self.memory.program().extent(index), self.memory.given);
        if backward { (0..count).rev().collect() } else { (0..count).collect() }
    }

    fn fill(&mut self, tensor: TensorId) -> Outcome<()> {
        let is_gradient = matches!(self.memory.program().at(tensor).role, Role::Gradient(_));
        if is_gradient && !self.first_tile {
            return Ok(());
        }
        let padding = self.memory.schedule.layout.padding(tensor).and_then(|padding| padding.value);
        let buffer = self.memory.buffer(tensor)?;
        self.memory.set_elements(buffer, std::iter::repeat(padding.map_or(0.0, f64::from_bits)));
        Ok(())
    }

    /// Fills the padding around a tensor, whose elements hold nothing.
    fn frame(&mut self, tensor: TensorId) -> Outcome<()> {
        let (layout, program) = (&self.memory.schedule.layout, self.memory.program());
        let padding = layout.padding(tensor).ok_or("a tensor without padding has a frame")?;
        let value = padding.value.map_or(0.0, f64::from_bits);
        let stored: Vec<usize> =
            layout.stored_sample(program, tensor).iter().map(|size| self.memory.size(size)).collect();
        let sides = &padding.sides[padding.sides.len() - stored.len()..];
        let sample: usize = stored.iter().product();
        let is_inside = |element: usize| {
            let mut rest = element % sample;
            stored.iter().zip(sides).rev().all(|(size, [front, back])| {
                let at = (rest % size).cast_signed() as i64;
                rest /= size;
                *front <= at && at < size.cast_signed() as i64 - back
            })
        };
        let buffer = self.memory.buffer(tensor)?;
        let elements = (0..).map(|element| if is_inside(element) { f64::NAN } else { value });
        self.memory.set_elements(buffer, elements);
        Ok(())
    }

    /// Copies between the fields of the samples and the workspace.
    fn copy_field(&mut self, tensor: TensorId, into: bool) -> Outcome<()> {
        let (inside, outside) = (self.memory.buffer(tensor)?, self.memory.outside(tensor));
        let (from, to) = if into { (outside, inside) } else { (inside, outside) };
        let elements = self.memory.elements(from);
        let (here, there) = (elements.len(), Memory::len(to));
        if here != there {
            let name = &self.memory.program().at(tensor).name;
            return Err(format!("{here} elements of `{name}` are copied to {there}"));
        }
        self.memory.set_elements(to, elements);
        Ok(())
    }

    /// Interleaved reductions over the samples: all of them for a sample before the next sample.
    fn each_sample(&mut self, blocks: &'a [Block]) -> Outcome<()> {
        for sample in self.range(IndexId::SAMPLE, false) {
            for block in blocks {
                self.bound.insert(IndexId::SAMPLE, sample);
                match block {
                    Block::Contraction(contraction) => self.contraction(contraction, true)?,
                    Block::Nest(nodes) => match nodes.as_slice() {
                        [LoopNode::Loop { index: IndexId::SAMPLE, body }] => self.nodes(body)?,
                        other => self.nodes(other)?,
                    },
                    _ => return Err("what is done for each sample is no sum".into()),
                }
            }
        }
        self.bound.remove(&IndexId::SAMPLE);
        Ok(())
    }

    /// A contraction, by the strides of its loops; for one sample of a loop over samples if `one` is set.
    fn contraction(&mut self, contraction: &Contraction, one: bool) -> Outcome<()> {
        let program = self.memory.program();
        let value = |dim| program.value(dim, self.memory.given);
        let mut begin = contraction.origins.each_ref().map(value);
        let mut loops = Vec::new();
        for ContractionLoop { index, strides } in contraction.loops.iter().chain(&contraction.outer_loops) {
            let strides = strides.each_ref().map(value);
            let around =
                contraction.outer_loops.iter().any(|outer| outer.index == *index) || one && *index == IndexId::SAMPLE;
            if around {
                let at = self.bound.get(index).copied().ok_or("a contraction lies outside of its sequence")?;
                begin.iter_mut().zip(strides).for_each(|(begin, stride)| *begin += at * stride);
                continue;
            }
            let count = value(program.extent(*index));
            // a loop with a negative stride begins at the end
            begin
                .iter_mut()
                .zip(strides)
                .filter(|(_, stride)| *stride < 0)
                .for_each(|(at, stride)| *at -= (count - 1) * stride);
            loops.push((count, strides));
        }
        let (outer, inner): (Vec<_>, Vec<_>) = loops.into_iter().partition(|(_, strides)| strides[0] != 0);
        let nothing = self.begins_with_nothing(contraction, one);
        for at in offsets(begin, &outer) {
            self.one_sum(contraction, at, &inner, nothing)
                .map_err(|error| format!("{error}\n  in {}", program.display(&contraction.equation)))?;
        }
        Ok(())
    }

    /// Whether a sum begins with zero: the later samples and tiles of a gradient accumulate.
    fn begins_with_nothing(&self, contraction: &Contraction, one: bool) -> bool {
        let is_gradient = matches!(self.memory.program().at(contraction.out).role, Role::Gradient(_));
        let later_sample = one && self.bound.get(&IndexId::SAMPLE).is_some_and(|sample| *sample > 0);
        let adds = is_gradient && (later_sample || !self.first_tile);
        contraction.start == Start::Zero && !adds
    }

    /// One element of the result.
    fn one_sum(&mut self, contraction: &Contraction, at: [i64; 4], inner: &[Loop], nothing: bool) -> Outcome<()> {
        let out = self.memory.element(contraction.out, at[0])?;
        let mut sum = match contraction.start {
            Start::From(tensor) => self.memory.get(self.memory.element(tensor, at[3])?)?,
            _ if nothing => 0.0,
            _ => self.memory.get(out)?,
        };
        for at in offsets(at, inner) {
            let left = self.memory.get(self.memory.element(contraction.left, at[1])?)?;
            let right = match contraction.right {
                Some(right) => self.memory.get(self.memory.element(right, at[2])?)?,
                None => 1.0,
            };
            sum += left * right;
        }
        if let Some([least, greatest]) = contraction.equation.bounds.map(|bounds| bounds.map(f64::from_bits)) {
            sum = if sum > least || sum.is_nan() { sum } else { least };
            sum = if sum < greatest || sum.is_nan() { sum } else { greatest };
        }
        self.memory.set(out, sum);
        Ok(())
    }
}

/// A loop with numbers for its sizes: its trip count, and its strides.
type Loop = (i64, [i64; 4]);

/// The offsets that loops reach from their beginning.
fn offsets(begin: [i64; 4], loops: &[Loop]) -> Vec<[i64; 4]> {
    let mut found = vec![begin];
    for (count, strides) in loops {
        let along = |at: [i64; 4]| {
            (0..*count).map(move |iteration| std::array::from_fn(|part| at[part] + iteration * strides[part]))
        };
        found = found.into_iter().flat_map(along).collect();
    }
    found
}
