//! The equations of one step: what they read of earlier frames is carried.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::times::{Times, refused};
use super::{NoStream, Time, When};
use crate::equation::{Equation, Order, Program, Role, Tensor};
use crate::lowered::{Initial, Lowered, StoredTensor};
use crate::shape::Dim;
use crate::simplify::remove_unused;
use crate::symbolic::{Affine, IndexId, Node, Position, TensorId};

/// A tensor and, by its bits, the value in front of its first frame.
pub(super) type Past = (TensorId, u64);

/// The program of a step, while it is derived.
pub(super) struct Stepping<'a> {
    pub(super) whole: &'a Program,
    pub(super) times: Times,
    pub(super) program: Program,
    /// The frames of earlier steps that equations read.
    pub(super) depths: FxHashMap<Past, i64>,
    /// The tensors that hold these frames, in the order of their first use.
    pub(super) carried: Vec<(Past, TensorId)>,
    /// These frames and those of the step at hand.
    pub(super) joined: FxHashMap<Past, TensorId>,
    /// The indices of sequences in a step.
    sequences: FxHashMap<IndexId, IndexId>,
}

impl<'a> Stepping<'a> {
    pub(super) fn new(whole: &'a Program, times: Times) -> Self {
        let mut program = whole.clone();
        program.equations.clear();
        Stepping {
            whole,
            times,
            program,
            depths: FxHashMap::default(),
            carried: Vec::new(),
            joined: FxHashMap::default(),
            sequences: FxHashMap::default(),
        }
    }

    /// The step as a network.
    pub(super) fn network(mut self, infer: &Lowered) -> Result<Lowered, NoStream> {
        let mut equations = Vec::new();
        for (at, equation) in self.whole.equations.iter().enumerate() {
            let target = self.whole.root(equation.target);
            match (self.times.equations[at], self.times.tensors[target.0 as usize].clone()) {
                (None, When::Along(time)) => {
                    if time.keeps_first() && self.keep_first(target, time.first) {
                        equations.push((equation, None));
                    }
                }
                (along, _) => equations.push((equation, Some(self.indices(equation, along)))),
            }
        }
        for (equation, indices) in &equations {
            if let Some(indices) = indices {
                self.measure(equation, indices)?;
            }
        }
        self.reshape();
        for (equation, indices) in &equations {
            match indices {
                Some(indices) => self.rewrite(equation, indices),
                None => self.begin(equation.target),
            }
        }
        let carried = self.hand_on();
        remove_unused(&mut self.program, &|role| matches!(role, Role::Output(_) | Role::NextCarried(_)));
        Ok(Lowered {
            program: self.program,
            carried,
            targets: Vec::new(),
            terms: Vec::new(),
            checkpoints: Vec::new(),
            has_modes: false,
            names_batch: false,
            ..infer.clone()
        })
    }

    /// What stands for the indices of an equation: one sample, and the positions of one step.
    fn indices(&mut self, equation: &Equation, along: Option<(IndexId, i64)>) -> HashMap<IndexId, Position> {
        let mut with = HashMap::from([(IndexId::SAMPLE, Position::Affine(Affine::default()))]);
        let Some((index, positions)) = along else { return with };
        let position =
            if positions == 1 { Affine::default() } else { Affine::index(self.renewed(index, &Dim::from(positions))) };
        with.insert(index, Position::Affine(position));
        // an inner sequence comes behind the outer one
        for inner in self.whole.sequences(equation).into_iter().filter(|inner| positions > 1 && *inner > index) {
            let extent = self.whole.extent(inner).clone();
            with.insert(inner, Position::index(self.renewed(inner, &extent)));
        }
        with
    }

    /// The index of a step for one of the whole. Equations of one sequence have the same.
    fn renewed(&mut self, index: IndexId, extent: &Dim) -> IndexId {
        let of = self.whole.indices[index.0 as usize].clone();
        if of.order == Order::Any {
            return self.program.index(of.name, extent.clone());
        }
        if let Some(known) = self.sequences.get(&index) {
            return *known;
        }
        let new = self.program.sequence_like(index, extent.clone(), of.order);
        self.sequences.insert(index, new);
        new
    }

    /// Notes that a tensor begins with what the step before has left; whether that is new.
    fn keep_first(&mut self, tensor: TensorId, first: i64) -> bool {
        let past = self.past(tensor, None);
        let is_new = self.depths.insert(past, first).is_none();
        if is_new {
            self.carried.push((past, tensor));
        }
        is_new
    }

    /// Sets the first positions of a tensor to what the step before has left.
    fn begin(&mut self, tensor: TensorId) {
        if let Some(When::Along(time)) = self.times.when(self.whole, tensor) {
            let held = self.held(self.past(tensor, None));
            self.copy_frames((tensor, 0, time.len()), (held, 0, time.first), tensor, time.first);
        }
    }

    /// Notes which earlier frames an equation reads.
    fn measure(&mut self, equation: &Equation, indices: &HashMap<IndexId, Position>) -> Result<(), NoStream> {
        for read in self.whole.reads_of(equation) {
            let Node::Read { tensor, at, outside } = self.whole.pool.node(read) else { continue };
            let Some(When::Along(time)) = self.times.when(self.whole, *tensor) else { continue };
            let Position::Affine(at) = &at[time.axis] else { continue };
            let refuse = |reason: String| refused(self.whole, self.whole.root(equation.target), reason);
            let Some((low, high)) = self.in_step(at, &time, indices).and_then(|at| self.program.range(&at)) else {
                return Err(refuse("reads frames at a distance that is not known while compiling".into()));
            };
            if high >= time.len() {
                let ahead = high - time.len() + 1;
                let frames = if ahead == 1 { "1 frame that is".into() } else { format!("{ahead} frames that are") };
                return Err(refuse(format!("reads {frames} still to come")));
            }
            if low < 0 && high >= 0 && self.is_in_step_sequence(*tensor, &time) {
                return Err(refuse("reads earlier frames inside of a scan with several frames in a step".into()));
            }
            if low < 0 {
                let past = self.past(*tensor, *outside);
                if !self.depths.contains_key(&past) {
                    self.carried.push((past, *tensor));
                }
                let depth = self.depths.entry(past).or_default();
                *depth = (*depth).max(low.saturating_neg());
            }
        }
        Ok(())
    }

    /// Whether the iterations of a sequence in a step define a tensor.
    fn is_in_step_sequence(&self, tensor: TensorId, time: &Time) -> bool {
        let of = self.whole.at(tensor);
        let samples = usize::from(of.for_each_sample());
        let over_time = time.axis >= samples && time.axis < of.leading() && time.rate == 1;
        of.sequence_axes > usize::from(over_time)
    }

    /// What lies in front of a tensor's first frame: what the network gives, or else the value outside of it.
    pub(super) fn past(&self, tensor: TensorId, outside: Option<u64>) -> Past {
        let given = self.times.initial.get(&self.whole.root(tensor)).map(|value| value.to_bits());
        (tensor, given.or(outside).unwrap_or_default())
    }

    /// A position along time, counted from the first frame of the step.
    pub(super) fn in_step(&self, at: &Affine, time: &Time, indices: &HashMap<IndexId, Position>) -> Option<Affine> {
        let advances = at.indices().any(|index| index != IndexId::SAMPLE && indices.contains_key(&index));
        let at = if advances { at.clone() } else { self.times.in_last_step(at, time)? };
        let Position::Affine(at) = at.substitute(indices)? else { return None };
        let first = if time.keeps_first() { 0 } else { time.first };
        Some(Affine { constant: at.constant.subtract(&Dim::from(first))?, terms: at.terms })
    }

    /// Gives all tensors the sizes of one step, without samples, and adds those for earlier frames.
    fn reshape(&mut self) {
        for tensor in (0..self.whole.tensors.len()).map(TensorId::new) {
            let Some(when) = self.times.when(self.whole, tensor) else { continue };
            let of = &mut self.program.tensors[tensor.0 as usize];
            let samples = usize::from(of.for_each_sample());
            if let When::Along(time) = &when {
                let is_iteration = time.axis >= samples && time.axis < samples + of.sequence_axes;
                if time.rate == 1 {
                    of.shape.remove(time.axis);
                    of.sequence_axes -= usize::from(is_iteration);
                } else {
                    of.shape[time.axis] = Dim::from(time.len());
                }
            }
            of.shape.drain(..samples);
        }
        for number in 0..self.carried.len() {
            let (past, tensor) = self.carried[number];
            let depth = self.depths[&past];
            let name = format!("{}_past", self.whole.at(tensor).name);
            let shape = self.with_frames(tensor, depth);
            let held = self.program.tensor(Tensor {
                number: self.whole.at(tensor).number.clone(),
                bound: self.whole.at(tensor).bound.clone(),
                ..Tensor::new(name, shape, Role::Carried(number))
            });
            self.carried[number].1 = held;
        }
    }

    /// The sizes of a tensor with so many frames, in the place of those of a step; with one there is no axis for them.
    pub(super) fn with_frames(&self, tensor: TensorId, frames: i64) -> Vec<Dim> {
        let Some(When::Along(time)) = self.times.when(self.whole, tensor) else { return Vec::new() };
        let of = self.whole.at(tensor);
        let mut shape = of.shape.clone();
        if frames == 1 {
            shape.remove(time.axis);
        } else {
            shape[time.axis] = Dim::from(frames);
        }
        shape.drain(..usize::from(of.for_each_sample()));
        shape
    }

    /// The equations that hand on the last frames, and the tensors that hold them between two steps.
    fn hand_on(&mut self) -> Vec<StoredTensor> {
        let mut all = Vec::new();
        for (number, (past, held)) in self.carried.clone().into_iter().enumerate() {
            let (tensor, bits) = past;
            let Some(When::Along(time)) = self.times.when(self.whole, tensor) else { continue };
            let depth = self.depths[&past];
            let of = self.program.at(held).clone();
            let name = format!("{}_next", self.whole.at(tensor).name);
            let next = self.program.tensor(Tensor {
                number: of.number.clone(),
                ..Tensor::new(name, of.shape.clone(), Role::NextCarried(number))
            });
            let kept = (depth - time.len()).max(0);
            if kept > 0 {
                self.copy_frames((next, 0, depth), (held, time.rate, depth), tensor, kept);
            }
            let new = depth - kept;
            self.copy_frames((next, kept, depth), (tensor, time.len() - new, time.len()), tensor, new);
            let initial = self.program.pool.constant(f64::from_bits(bits));
            all.push(StoredTensor {
                path: Vec::new(),
                arrays: Vec::new(),
                name: self.whole.at(tensor).name.clone(),
                shape: of.shape,
                tensor: held,
                initial: Initial::Constant(initial),
            });
        }
        all
    }
}
