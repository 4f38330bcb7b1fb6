//! A tensor that is read: its numbers, and the order of its axes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::archive::Data;
use crate::{Archive, Dtype, Problem, Rules, Shape, Stored};

/// A tensor that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its name in the network.
    pub name: String,
    /// Its name in the file.
    pub source: String,
    /// Its shape in the network.
    pub shape: Shape,
    /// The type of its numbers in the file.
    pub dtype: Dtype,
    /// The order of its axes in the file, if it is another.
    pub axes: Option<Vec<usize>>,
    /// Its place among those that were expected.
    pub at: usize,
    pub(crate) stored: usize,
}

impl Taken {
    /// What is wrong with the tensor of the file. Its numbers are looked at if it has the right type and shape.
    pub(crate) fn problems(&mut self, archive: &Archive<'_>, rules: &Rules<'_>) -> Vec<Problem> {
        let (name, shape, stored) = (self.name.clone(), self.shape.clone(), &archive.tensors[self.stored]);
        let mut problems = Vec::new();
        if !stored.dtype.is_float() {
            problems.push(Problem::Mistyped { name: name.clone(), shape: shape.clone(), found: stored.dtype.clone() });
        }
        let found = match &self.axes {
            Some(axes) if !is_order(axes, stored.shape.0.len()) => {
                problems.push(Problem::NoOrder { name, shape: stored.shape.clone(), axes: axes.clone() });
                return problems;
            }
            Some(axes) => Shape(axes.iter().map(|axis| stored.shape.0[*axis]).collect()),
            None => stored.shape.clone(),
        };
        self.shape = if shape.admits(&found) {
            found
        } else if rules.squeezed && shape.squeezed().admits(&found.squeezed()) {
            shape.filled(&found)
        } else {
            let axes = if self.axes.is_none() { order(&found.0, &shape.0) } else { None };
            problems.push(Problem::Misshapen { name, expected: shape, found, axes });
            return problems;
        };
        if problems.is_empty() {
            problems.extend(self.unreadable_or_not_finite(archive, rules));
        }
        problems
    }

    fn unreadable_or_not_finite(&self, archive: &Archive<'_>, rules: &Rules<'_>) -> Option<Problem> {
        let (mut first, mut count) = (None, 0);
        let read = self.copy(archive, |at, value| {
            if !rules.allows(value) {
                first = first.or(Some((at, value)));
                count += 1;
            }
        });
        let (name, shape) = (self.name.clone(), self.shape.clone());
        match (read, first) {
            (Err(problem), _) => Some(Problem::Unreadable { name, problem }),
            (Ok(()), Some((at, value))) => {
                let position = position(at, &shape.0);
                Some(Problem::NotFinite { name, shape, value, position, count })
            }
            _ => None,
        }
    }

    /// Calls a function with the place of each number in the network's tensor, and the number, in the network's order.
    ///
    /// # Errors
    /// If the numbers are compressed and cannot be read.
    pub fn copy(&self, archive: &Archive<'_>, mut put: impl FnMut(usize, f64)) -> Result<(), String> {
        let stored = &archive.tensors[self.stored];
        let mut decode = |bytes: &[u8]| match self.steps(stored) {
            None => stored.dtype.decode(bytes, &mut put),
            Some(steps) => {
                let (mut place, count) = (Odometer::new(&steps), stored.shape.0.iter().product());
                (0..count).for_each(|at| put(at, stored.dtype.number(bytes, place.next())));
            }
        };
        match stored.data {
            Data::Bytes(bytes) => decode(bytes),
            #[cfg(feature = "npz")]
            Data::Packed { .. } => decode(&archive.unpacked(stored)?),
        }
        Ok(())
    }

    /// The sizes of the network's axes, the fastest first, and the distance of two neighbours along each in the file;
    /// nothing if both orders are the same.
    fn steps(&self, stored: &Stored<'_>) -> Option<Vec<(usize, usize)>> {
        if self.axes.is_none() && stored.strides.is_none() {
            return None;
        }
        let shape = &stored.shape.0;
        let stride = |axis: usize| match &stored.strides {
            Some(strides) => strides[axis],
            None => shape[axis + 1..].iter().product(),
        };
        let axis = |own: usize| self.axes.as_ref().map_or(own, |axes| axes[own]);
        Some((0..shape.len()).rev().map(axis).map(|axis| (shape[axis], stride(axis))).collect())
    }
}

/// Walks through memory that lies in another order.
struct Odometer<'o> {
    steps: &'o [(usize, usize)],
    counts: Vec<usize>,
    at: usize,
}

impl<'o> Odometer<'o> {
    fn new(steps: &'o [(usize, usize)]) -> Self {
        Odometer { steps, counts: alloc::vec![0; steps.len()], at: 0 }
    }

    fn next(&mut self) -> usize {
        let now = self.at;
        for (count, (size, step)) in self.counts.iter_mut().zip(self.steps) {
            *count += 1;
            self.at += step;
            if *count < *size {
                break;
            }
            self.at -= *size * step;
            *count = 0;
        }
        now
    }
}

/// Whether each of so many axes is named once.
fn is_order(axes: &[usize], rank: usize) -> bool {
    axes.len() == rank && (0..rank).all(|axis| axes.contains(&axis))
}

/// The order of axes that makes one shape the other: that of Keras' layouts, if it does, or the reversed one.
fn order(found: &[usize], expected: &[usize]) -> Option<Vec<usize>> {
    let rank = found.len();
    if rank < 2 {
        return None;
    }
    // Keras: the axes of space, then input channels, then output channels
    let keras = [rank - 1, rank - 2].into_iter().chain(0..rank - 2).collect::<Vec<_>>();
    let reversed = (0..rank).rev().collect();
    let fits = |axes: &Vec<usize>| axes.iter().map(|axis| found[*axis]).eq(expected.iter().copied());
    [keras, reversed].into_iter().find(fits)
}

/// The position of an element, from its place in memory.
fn position(mut at: usize, shape: &[usize]) -> Vec<usize> {
    let mut position = alloc::vec![0; shape.len()];
    for (place, size) in position.iter_mut().zip(shape).rev() {
        (*place, at) = (at % size, at / size);
    }
    position
}
