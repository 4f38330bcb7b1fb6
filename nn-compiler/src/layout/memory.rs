//! The positions of elements in memory.

use std::collections::BTreeMap;

use crate::equation::{Program, Role, Tensor};
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, Position, TensorId};

/// The memory layout of a program's tensors: row-major unless a tensor is padded or iterations replace it.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    paddings: BTreeMap<TensorId, Padding>,
    /// The number of axes, of those that count iterations, along which these use the same memory.
    replaced: BTreeMap<TensorId, usize>,
}

/// Elements around a tensor in memory, so that accesses outside of it need no condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Padding {
    /// The number of elements in front of and behind each axis.
    pub sides: Vec<[i64; 2]>,
    /// The bits of their value; `None` where it does not matter.
    pub value: Option<u64>,
}

/// The memory of a tensor's axis that counts iterations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Contiguous: one iteration behind the other.
    Kept,
    /// All iterations use the same memory, at least those of the outermost sequences.
    Replaced,
    /// Each iteration has a field of its own, as the parameters of an array of layers have.
    Fields,
}

impl Layout {
    /// The padding of a tensor, if it has one.
    #[must_use]
    pub fn padding(&self, tensor: TensorId) -> Option<&Padding> {
        self.paddings.get(&tensor)
    }

    /// Pads a tensor, or pads it wider.
    pub fn pad(&mut self, tensor: TensorId, wanted: &Padding) {
        let known = self.paddings.entry(tensor).or_insert_with(|| wanted.clone());
        for (known, wanted) in known.sides.iter_mut().zip(&wanted.sides) {
            *known = [known[0].max(wanted[0]), known[1].max(wanted[1])];
        }
    }

    /// Lets the iterations of a tensor and its views use the same memory, those of so many sequences from the outside in.
    pub fn replace_iterations(&mut self, root: TensorId, sequences: usize) {
        self.replaced.insert(root, sequences);
    }

    /// Lays a tensor out as another of the same shape.
    pub fn lay_out_like(&mut self, tensor: TensorId, other: TensorId) {
        if let Some(padding) = self.paddings.get(&other).cloned() {
            self.paddings.insert(tensor, padding);
        }
        if let Some(sequences) = self.replaced.get(&other).copied() {
            self.replaced.insert(tensor, sequences);
        }
    }

    /// The placement of a tensor's iterations.
    #[must_use]
    pub fn placement(&self, program: &Program, tensor: TensorId) -> Placement {
        let root = program.root(tensor);
        match program.at(root).role {
            role if role.is_stored() => Placement::Fields,
            Role::Direction(_) | Role::Carried(_) | Role::NextCarried(_) | Role::Folded(_) | Role::Gradient(_) => {
                Placement::Fields
            }
            _ if self.replaced.contains_key(&root) => Placement::Replaced,
            _ => Placement::Kept,
        }
    }

    /// Whether an axis counts iterations that are not contiguous.
    #[must_use]
    pub fn is_single(&self, program: &Program, tensor: TensorId, axis: usize) -> bool {
        let of = program.at(tensor);
        let sequence = axis - usize::from(of.for_each_sample() && axis > 0);
        of.counts_iterations(axis)
            && match self.placement(program, tensor) {
                Placement::Kept => false,
                Placement::Replaced => sequence < self.replaced[&program.root(tensor)],
                Placement::Fields => true,
            }
    }

    /// The sizes of a tensor in memory, with its padding.
    fn stored_shape(&self, program: &Program, tensor: TensorId) -> Option<Vec<Dim>> {
        let shape = program.at(tensor).shape.iter().enumerate();
        let sizes = shape.map(|(axis, size)| match self.is_single(program, tensor, axis) {
            true => Dim::from(1),
            false => size.clone(),
        });
        let Some(padding) = self.padding(tensor) else { return Some(sizes.collect()) };
        sizes.zip(&padding.sides).map(|(size, [front, back])| size.add(&Dim::from(front + back))).collect()
    }

    /// The sizes in memory of one sample's part of a tensor.
    #[must_use]
    pub fn stored_sample(&self, program: &Program, tensor: TensorId) -> Vec<Dim> {
        let skip = usize::from(program.at(tensor).for_each_sample());
        self.stored_shape(program, tensor).or_bug("a size overflows").split_off(skip)
    }

    /// The elements in memory of one sample's part of a tensor.
    #[must_use]
    pub fn stored_len(&self, program: &Program, tensor: TensorId) -> Option<Dim> {
        Dim::product(&self.stored_sample(program, tensor))
    }

    /// The stride of each axis of a tensor; `None` where a size overflows.
    #[must_use]
    pub fn strides(&self, program: &Program, tensor: TensorId) -> Option<Vec<Dim>> {
        let shape = self.stored_shape(program, tensor)?;
        let mut strides = vec![Dim::from(1); shape.len()];
        for at in (1..shape.len()).rev() {
            strides[at - 1] = strides[at].multiply(&shape[at])?;
        }
        for (axis, stride) in strides.iter_mut().enumerate() {
            if self.is_single(program, tensor, axis) {
                *stride = Dim::default();
            }
        }
        Some(strides)
    }

    /// The position in memory of an element; `None` where it depends on a gather.
    #[must_use]
    pub fn offset(&self, program: &Program, tensor: TensorId, at: &[Position]) -> Option<Affine> {
        let mut offset = Affine::constant(self.origin(program, tensor)?);
        for (position, stride) in at.iter().zip(self.strides(program, tensor)?) {
            let Position::Affine(affine) = position else { return None };
            offset = offset.add(&affine.scale(&stride)?)?;
        }
        Some(offset)
    }

    /// The number of padding elements in front of a tensor's first element.
    #[must_use]
    pub fn origin(&self, program: &Program, tensor: TensorId) -> Option<Dim> {
        let Some(padding) = self.padding(tensor) else { return Some(Dim::default()) };
        let mut sides = padding.sides.iter().zip(self.strides(program, tensor)?);
        sides.try_fold(Dim::default(), |sum, ([front, _], stride)| sum.add(&stride.multiply(&Dim::from(*front))?))
    }

    /// Whether positions stay within the padding of a tensor and `outside` is the padding's value; `None` for writes.
    #[must_use]
    pub fn pads(&self, program: &Program, tensor: TensorId, at: &[Position], outside: Option<u64>) -> bool {
        let Some(padding) = self.padding(tensor) else { return false };
        let mut axes = at.iter().zip(&program.at(tensor).shape).zip(&padding.sides);
        padding.value == outside
            && axes.all(|((position, size), [front, back])| {
                program.beyond(position, size).is_some_and(|[before, behind]| before <= *front && behind <= *back)
            })
    }
}

impl Tensor {
    /// Whether an axis counts the iterations of a sequence.
    #[must_use]
    pub fn counts_iterations(&self, axis: usize) -> bool {
        let samples = usize::from(self.for_each_sample());
        (samples..samples + self.sequence_axes).contains(&axis)
    }
}
