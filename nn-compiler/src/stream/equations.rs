//! The equations of the whole as those of a step: without samples, and with the frames of a step.

use std::collections::HashMap;

use super::step::{Past, Stepping};
use super::{Time, When};
use crate::equation::{Equation, Role, Tensor};
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};

/// The names of axes.
const NAMES: [&str; 6] = ["i", "j", "k", "l", "p", "q"];

impl Stepping<'_> {
    /// The equation of a step.
    pub(super) fn rewrite(&mut self, equation: &Equation, indices: &HashMap<IndexId, Position>) {
        let joins = self.straddling(equation, indices);
        for past in joins {
            self.join(past);
        }
        let body = self.value(equation.body, indices);
        let start = equation.start.map(|start| self.value(start, indices));
        let time = match self.times.when(self.whole, equation.target) {
            Some(When::Along(time)) => Some(time),
            _ => None,
        };
        let write = self.positions(equation.target, &equation.write, time.as_ref(), indices, 0);
        let all = equation.indices.iter().flat_map(|index| match indices.get(index) {
            None => vec![*index],
            Some(Position::Affine(position)) => position.indices().collect(),
            Some(_) => Vec::new(),
        });
        let indices = all.collect();
        self.program.equations.push(Equation { write, indices, start, body, ..equation.clone() });
    }

    /// The tensors of which an equation reads earlier frames and those of the step at once.
    fn straddling(&self, equation: &Equation, indices: &HashMap<IndexId, Position>) -> Vec<Past> {
        let mut found = Vec::new();
        for read in self.whole.reads_of(equation) {
            let Node::Read { tensor, at, outside } = self.whole.pool.node(read) else { continue };
            let Some(When::Along(time)) = self.times.when(self.whole, *tensor) else { continue };
            let Position::Affine(at) = &at[time.axis] else { continue };
            let range = self.in_step(at, &time, indices).and_then(|at| self.program.range(&at));
            if range.is_some_and(|(low, high)| low < 0 && high >= 0) {
                found.push(self.past(*tensor, *outside));
            }
        }
        found
    }

    /// Defines a tensor of earlier frames and those of the step, if there is none yet.
    fn join(&mut self, past: Past) {
        if self.joined.contains_key(&past) {
            return;
        }
        let (tensor, _) = past;
        let Some(When::Along(time)) = self.times.when(self.whole, tensor) else { return };
        let depth = self.depths[&past];
        let shape = self.with_frames(tensor, depth + time.rate);
        let name = format!("{}_frames", self.whole.at(tensor).name);
        let number = self.whole.at(tensor).number.clone();
        let joined = self.program.tensor(Tensor { number, ..Tensor::new(name, shape, Role::Value) });
        self.joined.insert(past, joined);
        let held = self.held(past);
        self.copy_frames((joined, 0, depth + time.rate), (held, 0, depth), tensor, depth);
        self.copy_frames((joined, depth, depth + time.rate), (tensor, 0, time.rate), tensor, time.rate);
    }

    pub(super) fn held(&self, past: Past) -> TensorId {
        self.carried.iter().find(|(known, _)| *known == past).map_or(past.0, |(_, held)| *held)
    }

    /// Copies frames: `(tensor, first, all)` are a tensor, the first frame that counts, and the number that it has. `like`
    /// is the tensor whose frames they are.
    pub(super) fn copy_frames(
        &mut self,
        to: (TensorId, i64, i64),
        from: (TensorId, i64, i64),
        like: TensorId,
        count: i64,
    ) {
        let Some(When::Along(time)) = self.times.when(self.whole, like) else { return };
        let of = self.whole.at(like);
        let samples = usize::from(of.for_each_sample());
        let shape = of.shape[samples..].to_vec();
        let axis = time.axis - samples;
        let mut indices = Vec::new();
        let (mut write, mut read) = (Vec::new(), Vec::new());
        for (at, size) in shape.into_iter().enumerate() {
            if at != axis {
                let index = self.program.index(NAMES[at % NAMES.len()], size);
                indices.push(index);
                write.push(Position::index(index));
                read.push(Position::index(index));
                continue;
            }
            let frame = if count == 1 {
                Affine::default()
            } else {
                let index = self.program.index("frame", Dim::from(count));
                indices.push(index);
                Affine::index(index)
            };
            for (positions, (_, first, all)) in [(&mut write, to), (&mut read, from)] {
                if all > 1 {
                    let frame = Affine { constant: Dim::from(first), terms: frame.terms.clone() };
                    positions.push(Position::Affine(frame));
                }
            }
        }
        let body = self.program.pool.read(from.0, read, None);
        let equation = Equation::elementwise(to.0, Vec::new(), body);
        self.program.equations.push(Equation { write, indices, ..equation });
    }

    /// A value in a step.
    fn value(&mut self, value: ExpressionId, indices: &HashMap<IndexId, Position>) -> ExpressionId {
        let mut pool = std::mem::take(&mut self.program.pool);
        let result = pool.rewrite(value, &mut |pool, id| {
            std::mem::swap(pool, &mut self.program.pool);
            let result = self.replaced(id, indices);
            std::mem::swap(pool, &mut self.program.pool);
            result
        });
        self.program.pool = pool;
        result
    }

    /// What stands for a node in a step, if it is another.
    fn replaced(&mut self, id: ExpressionId, indices: &HashMap<IndexId, Position>) -> Option<ExpressionId> {
        let Node::Read { tensor, mut at, outside } = self.program.pool.node(id).clone() else {
            return match self.program.pool.node(id) {
                Node::Index(_) | Node::Random { .. } => self.program.pool.substitute(id, indices),
                _ => None,
            };
        };
        for position in &mut at {
            if let Position::Gather(id) = position {
                *id = self.value(*id, indices);
            }
        }
        let time = match self.times.when(self.whole, tensor) {
            Some(When::Along(time)) => Some(time),
            _ => None,
        };
        let (of, shift) = self.holder(tensor, &at, outside, time.as_ref(), indices);
        let mut positions = self.positions(tensor, &at, time.as_ref(), indices, shift);
        if let Some(time) = &time {
            let samples = usize::from(self.whole.at(tensor).for_each_sample());
            let frames = if of == tensor { time.rate } else { self.frames_of(of) };
            let axis = time.axis - samples;
            // with one frame there is no axis for it
            if of != tensor && frames == 1 && time.rate > 1 {
                positions.remove(axis);
            } else if of != tensor && frames > 1 && time.rate == 1 {
                let at = self.frame(&at, time, indices, shift);
                positions.insert(axis, Position::Affine(at));
            }
        }
        let inside = self.program.lies_inside(of, &positions);
        let outside = outside.filter(|_| !inside).map(f64::from_bits);
        Some(self.program.pool.read(of, positions, outside))
    }

    /// The tensor that holds the frames of a read, and by how much they lie behind its first.
    fn holder(
        &self,
        tensor: TensorId,
        at: &[Position],
        outside: Option<u64>,
        time: Option<&Time>,
        indices: &HashMap<IndexId, Position>,
    ) -> (TensorId, i64) {
        let Some(time) = time else { return (tensor, 0) };
        let Position::Affine(along) = &at[time.axis] else { return (tensor, 0) };
        let range = self.in_step(along, time, indices).and_then(|at| self.program.range(&at));
        match range {
            Some((low, high)) if low < 0 => {
                let past = self.past(tensor, outside);
                let depth = self.depths[&past];
                let of = if high < 0 { self.held(past) } else { self.joined[&past] };
                (of, depth)
            }
            _ => (tensor, 0),
        }
    }

    /// The number of frames that a tensor of earlier frames holds.
    fn frames_of(&self, of: TensorId) -> i64 {
        let held = self.carried.iter().find(|(_, held)| *held == of).map(|(past, _)| self.depths[past]);
        let joined = self.joined.iter().find(|(_, joined)| **joined == of).map(|(past, _)| {
            match self.times.when(self.whole, past.0) {
                Some(When::Along(time)) => self.depths[past] + time.rate,
                _ => 1,
            }
        });
        held.or(joined).unwrap_or(1)
    }

    /// Positions in the tensor of a step: without the axis of the samples, and without that of time where a step has one
    /// frame.
    fn positions(
        &mut self,
        tensor: TensorId,
        at: &[Position],
        time: Option<&Time>,
        indices: &HashMap<IndexId, Position>,
        shift: i64,
    ) -> Vec<Position> {
        let samples = usize::from(self.whole.at(tensor).for_each_sample());
        let mut positions = Vec::with_capacity(at.len());
        for (axis, position) in at.iter().enumerate().skip(samples) {
            match time {
                Some(time) if time.axis == axis && time.rate == 1 => {}
                Some(time) if time.axis == axis => {
                    positions.push(Position::Affine(self.frame(at, time, indices, shift)));
                }
                _ => positions.push(match position {
                    Position::Gather(_) => position.clone(),
                    _ => self.program.pool.substitute_position(position, indices).unwrap_or_else(|| position.clone()),
                }),
            }
        }
        positions
    }

    /// A frame, counted from the first that a tensor holds.
    fn frame(&self, at: &[Position], time: &Time, indices: &HashMap<IndexId, Position>, shift: i64) -> Affine {
        let Position::Affine(along) = &at[time.axis] else { return Affine::default() };
        let at = self.in_step(along, time, indices).unwrap_or_default();
        let constant = at.constant.add(&Dim::from(shift)).unwrap_or_default();
        Affine { constant, terms: at.terms }
    }
}
