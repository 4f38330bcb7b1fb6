//! Which axis of each tensor is time.

use std::collections::HashMap;

use super::extents::{multiple, quotient};
use super::{NoStream, Time, When};
use crate::equation::{Equation, Program};
use crate::lowered::Lowered;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};

/// What follows from an equation.
pub(super) enum Refusal {
    /// The network is no stream.
    Mistake(NoStream),
    /// A step needs so many times as many frames.
    MoreFrames(i64, TensorId),
}

/// How the tensors and the equations of a program depend on time.
pub(super) struct Times {
    /// The number of steps.
    pub steps: Dim,
    pub tensors: Vec<When>,
    /// The index of each equation that runs along time, and its positions for each step.
    pub equations: Vec<Option<(IndexId, i64)>>,
    /// The values of tensors in front of the first step.
    pub initial: HashMap<TensorId, f64>,
}

pub(super) fn refused(program: &Program, tensor: TensorId, reason: impl Into<String>) -> NoStream {
    NoStream { tensor: program.at(tensor).name.clone(), reason: reason.into() }
}

impl Times {
    pub(super) fn new(program: &Program, infer: &Lowered, axis: i64, frames: i64) -> Result<Self, Refusal> {
        let mut times = Times {
            steps: Dim::default(),
            tensors: vec![When::Always; program.tensors.len()],
            equations: vec![None; program.equations.len()],
            initial: HashMap::new(),
        };
        for port in &infer.inputs {
            times.input(program, port.tensor, axis, frames).map_err(Refusal::Mistake)?;
        }
        // a carry makes a step read what later equations define, hence the fixed point
        loop {
            let known = times.tensors.clone();
            for equation in &program.equations {
                times.equation(program, equation, false)?;
            }
            if times.tensors == known {
                break;
            }
        }
        for (at, equation) in program.equations.iter().enumerate() {
            times.equations[at] = times.equation(program, equation, true)?;
            let target = program.root(equation.target);
            if times.equations[at].is_none() && times.is_along(target) {
                times.begin(program, equation, target).map_err(Refusal::Mistake)?;
            }
        }
        Ok(times)
    }

    /// The value in front of the first step.
    fn begin(&mut self, program: &Program, equation: &Equation, target: TensorId) -> Result<(), NoStream> {
        let value =
            program.pool.as_constant(equation.body).filter(|_| !equation.accumulate && equation.start.is_none());
        let known = value.map(|value| *self.initial.entry(target).or_insert(value));
        if value.is_none() || known.map(f64::to_bits) != value.map(f64::to_bits) {
            return Err(refused(program, target, "begins with values that are no constant"));
        }
        Ok(())
    }

    /// An input, whose frames lie along an axis of a sample.
    fn input(&mut self, program: &Program, input: TensorId, axis: i64, frames: i64) -> Result<(), NoStream> {
        let of = program.at(input);
        let (shape, leading) = (of.sample_shape(), of.leading());
        let count = i64::try_from(shape.len()).unwrap_or(i64::MAX);
        let from_front = if axis < 0 { axis + count } else { axis };
        let axis = usize::try_from(from_front).ok().filter(|axis| *axis < shape.len());
        let Some(axis) = axis else {
            return Err(refused(program, input, format!("has no axis {from_front} that could be time")));
        };
        let steps = quotient(&shape[axis], frames)
            .ok_or_else(|| refused(program, input, format!("has {} frames, and a step takes {frames}", shape[axis])))?;
        if self.steps != Dim::default() && self.steps != steps {
            let reason = "has another number of frames than the first input";
            return Err(refused(program, input, reason));
        }
        self.steps = steps;
        self.tensors[input.0 as usize] = When::Along(Time { axis: axis + leading, rate: frames, first: 0 });
        Ok(())
    }

    /// How a tensor depends on time; `None` for a view that mixes frames.
    pub(super) fn when(&self, program: &Program, tensor: TensorId) -> Option<When> {
        let root = program.root(tensor);
        match &self.tensors[root.0 as usize] {
            When::Along(time) if root != tensor => self.view(program, root, time, tensor).map(When::Along),
            when => Some(when.clone()),
        }
    }

    /// The axis of time in a view; none if it is mixed with others.
    fn view(&self, program: &Program, root: TensorId, time: &Time, view: TensorId) -> Option<Time> {
        let (of, seen) = (&program.at(root).shape, &program.at(view).shape);
        let (front, behind) = (Dim::product(&of[..time.axis])?, Dim::product(&of[time.axis + 1..])?);
        (0..seen.len()).find_map(|axis| {
            if Dim::product(&seen[..axis])? != front {
                return None;
            }
            let for_each = multiple(&behind, &Dim::product(&seen[axis + 1..])?)?;
            let times = |positions: i64| positions.checked_mul(for_each);
            let of_view = Time { axis, rate: times(time.rate)?, first: times(time.first)? };
            let positions = self.steps.multiply(&Dim::from(of_view.rate))?.add(&Dim::from(of_view.first))?;
            (seen[axis] == positions).then_some(of_view)
        })
    }

    /// The index of an equation along time, if it has one, and its positions for each step.
    fn equation(
        &mut self,
        program: &Program,
        equation: &Equation,
        is_known: bool,
    ) -> Result<Option<(IndexId, i64)>, Refusal> {
        let target = program.root(equation.target);
        let refuse = |reason: &str| Refusal::Mistake(refused(program, target, reason));
        let (mut found, mut reads_last) = (None, false);
        let reads = program.reads_of(equation);
        for read in &reads {
            let Node::Read { tensor, at, .. } = program.pool.node(*read) else { continue };
            match self.when(program, *tensor) {
                None => return Err(refuse("reshapes frames, and mixes them with others")),
                Some(When::Always) => {}
                Some(When::Last) => reads_last = true,
                Some(When::Along(time)) => {
                    let Position::Affine(at) = &at[time.axis] else {
                        return Err(refuse("chooses frames by an index"));
                    };
                    match self.index_of(program, equation, at, &time) {
                        Some(index) if found.is_none_or(|found| found == index) => found = Some(index),
                        Some(_) => return Err(refuse("reads all frames for each frame")),
                        None if self.is_last(program, at, &time) => reads_last = true,
                        None if self.runs_back(program, at, &time) => {
                            return Err(refuse("runs from the last frame to the first"));
                        }
                        None => return Err(refuse("reads all frames at once")),
                    }
                }
            }
        }
        let Some(index) = found else {
            if reads_last {
                if self.is_along(target) {
                    return Err(refuse("is defined by what the last frame leaves"));
                }
                self.tensors[target.0 as usize] = When::Last;
            }
            return Ok(None);
        };
        if reads_last {
            return Err(refuse("reads at each frame what the last frame leaves"));
        }
        if is_known && self.reads_position(program, equation, index) {
            return Err(refuse("depends on the number of the frame"));
        }
        let positions = self.positions(program, index, target)?;
        self.define(program, equation, target, (index, positions))?;
        Ok(Some((index, positions)))
    }

    fn is_along(&self, tensor: TensorId) -> bool {
        matches!(self.tensors[tensor.0 as usize], When::Along(_))
    }

    /// The index by which a position advances with the steps.
    fn index_of(&self, program: &Program, equation: &Equation, at: &Affine, time: &Time) -> Option<IndexId> {
        let whole = self.steps.multiply(&Dim::from(time.rate))?;
        let is_written = |index: IndexId| equation.write.iter().any(|position| position.indices().any(|i| i == index));
        let mut along = at.terms.iter().filter(|(index, factor)| {
            is_written(*index) && factor.multiply(program.extent(*index)).as_ref() == Some(&whole)
        });
        along.next().map(|(index, _)| *index)
    }

    /// Whether a position goes back in time as an index advances.
    fn runs_back(&self, program: &Program, at: &Affine, time: &Time) -> bool {
        let whole = self.steps.multiply(&Dim::from(-time.rate));
        at.terms.iter().any(|(index, factor)| factor.multiply(program.extent(*index)) == whole)
    }

    /// Whether a position is one of the last step.
    fn is_last(&self, program: &Program, at: &Affine, time: &Time) -> bool {
        self.in_last_step(at, time)
            .and_then(|at| program.range(&at))
            .is_some_and(|(low, high)| low >= time.first && high < time.first + time.rate)
    }

    /// A position counted from the last step.
    pub(super) fn in_last_step(&self, at: &Affine, time: &Time) -> Option<Affine> {
        let before = self.steps.subtract(&Dim::from(1))?.multiply(&Dim::from(time.rate))?;
        Some(Affine { constant: at.constant.subtract(&before)?, terms: at.terms.clone() })
    }

    /// Whether an equation depends on the value of its index, or reads at it what has no frames.
    fn reads_position(&self, program: &Program, equation: &Equation, index: IndexId) -> bool {
        let uses = |affine: &Affine| affine.indices().any(|i| i == index);
        let mut found = false;
        let mut visit = |_: ExpressionId, node: &Node| match node {
            Node::Index(affine) | Node::Random { element: affine, .. } => found |= uses(affine),
            Node::Read { tensor, at, .. } => {
                let along = match self.when(program, *tensor) {
                    Some(When::Along(time)) => Some(time.axis),
                    _ => None,
                };
                for (axis, position) in at.iter().enumerate() {
                    found |= match position {
                        Position::Affine(affine) => Some(axis) != along && uses(affine),
                        Position::Table(table) => uses(&table.at),
                        Position::Gather(_) => false,
                    };
                }
            }
            _ => {}
        };
        program.pool.visit(equation.body, &mut visit);
        equation.start.into_iter().for_each(|start| program.pool.visit(start, &mut visit));
        found
    }

    /// The positions of an index for each step.
    fn positions(&self, program: &Program, index: IndexId, target: TensorId) -> Result<i64, Refusal> {
        let extent = program.extent(index);
        if let Some(positions) = multiple(extent, &self.steps) {
            return Ok(positions);
        }
        match multiple(&self.steps, extent) {
            Some(factor) => Err(Refusal::MoreFrames(factor, target)),
            None => {
                let reason = format!(
                    "has {extent} frames, and what it reads {}: what comes before the first frame is padded, as in `CausalConv1d`",
                    self.steps
                );
                Err(Refusal::Mistake(refused(program, target, reason)))
            }
        }
    }

    /// The axis of the target along which the index of an equation runs.
    fn define(
        &mut self,
        program: &Program,
        equation: &Equation,
        target: TensorId,
        (index, positions): (IndexId, i64),
    ) -> Result<(), Refusal> {
        let refuse = |reason: &str| Refusal::Mistake(refused(program, target, reason));
        let along = |(axis, position): (usize, &Position)| match position {
            Position::Affine(affine) => {
                let factor = affine.factor(index);
                (factor != Dim::default()).then(|| (axis, affine.clone(), factor))
            }
            _ => None,
        };
        let mut axes = equation.write.iter().enumerate().filter_map(along);
        let (Some((axis, write, factor)), None) = (axes.next(), axes.next()) else {
            return Err(refuse("has frames along several axes"));
        };
        let rate = factor.literal().and_then(|factor| factor.checked_mul(positions)).filter(|rate| *rate > 0);
        let size = &program.at(target).shape[axis];
        let first = rate.and_then(|rate| {
            let frames = self.steps.multiply(&Dim::from(rate))?;
            size.subtract(&frames)?.literal().filter(|first| *first >= 0)
        });
        let (Some(rate), Some(first)) = (rate, first) else {
            return Err(refuse("has its frames in another order"));
        };
        let time = Time { axis, rate, first };
        let in_step = |(i, factor): &(IndexId, Dim)| {
            let extent = if *i == index { Dim::from(positions) } else { program.extent(*i).clone() };
            Some((factor.literal()?, extent.literal()?))
        };
        let terms: Option<Vec<(i64, i64)>> = write.terms.iter().map(in_step).collect();
        let reach = terms.and_then(|terms| reach(write.constant.literal()?, &terms));
        if reach.is_none_or(|(low, high)| low < first || high - first >= rate) {
            return Err(refuse("has its frames in another order"));
        }
        match &self.tensors[target.0 as usize] {
            When::Along(known) if *known != time => Err(refuse("has frames along several axes")),
            When::Last => Err(refuse("is defined by what the last frame leaves")),
            _ => {
                self.tensors[target.0 as usize] = When::Along(time);
                Ok(())
            }
        }
    }
}

/// The least and the greatest value of a sum of indices with factors, by the extents of the indices.
fn reach(constant: i64, terms: &[(i64, i64)]) -> Option<(i64, i64)> {
    terms.iter().try_fold((constant, constant), |(low, high), (factor, extent)| {
        let end = factor.checked_mul(extent - 1)?;
        Some((low.checked_add(end.min(0))?, high.checked_add(end.max(0))?))
    })
}
