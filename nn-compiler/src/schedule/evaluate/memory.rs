//! The memory of a schedule that is evaluated: the workspace, the tensors outside of it, and local variables.

use std::collections::HashMap;

use crate::equation::{Bound, Elements, Program, Role, Values};
use crate::layout::Placement;
use crate::schedule::{Block, Schedule};
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

use super::offset::Offsets;
use super::workspace::Workspace;

/// The result of an access, or its mistake.
pub(super) type Outcome<T> = Result<T, String>;

/// A buffer: a part of the workspace, or of a tensor outside of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Buffer {
    /// The tensor outside of the workspace; `None` for the workspace.
    outside: Option<TensorId>,
    /// The element at which it begins; in the workspace, the byte.
    start: usize,
    /// Its number of elements.
    len: usize,
    /// The bytes of an element.
    bytes: usize,
}

/// An element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    Local(TensorId),
    Element(Buffer, usize),
}

pub(super) struct Memory<'a> {
    pub schedule: &'a Schedule,
    /// The given tensors, and the values of samples and symbols.
    pub given: &'a Values,
    /// The iterations of the sequences around, from the outside in, each with its index.
    pub iterations: Vec<(IndexId, i64)>,
    capacity: i64,
    workspace: Workspace,
    outside: HashMap<TensorId, Vec<f64>>,
    locals: HashMap<TensorId, f64>,
    offsets: Offsets<'a>,
}

impl<'a> Memory<'a> {
    /// A workspace for `capacity` samples, filled with NaN, beside the given tensors and what earlier tiles have
    /// accumulated.
    pub(super) fn new(
        schedule: &'a Schedule,
        given: &'a Values,
        capacity: i64,
        accumulated: HashMap<TensorId, Vec<f64>>,
    ) -> Self {
        let program = &schedule.program;
        let mut memory = Memory {
            schedule,
            given,
            iterations: Vec::new(),
            capacity,
            workspace: Workspace::default(),
            outside: HashMap::new(),
            locals: HashMap::new(),
            offsets: Offsets::new(schedule, given),
        };
        memory.workspace = Workspace::new(memory.size(&schedule.scratch) * memory.count(capacity));
        for (tensor, of) in (0..).map(TensorId).zip(&program.tensors).filter(|(_, of)| of.view_of.is_none()) {
            let len: usize = of.shape.iter().map(|size| memory.size(size)).product();
            let elements = match of.role {
                Role::Value | Role::NextState(_) => continue,
                // emitted code has one sum over all samples
                Role::Loss(_) | Role::Divisor(_) => vec![0.0],
                role if is_result(role) => vec![f64::NAN; len],
                _ => given.get(program, tensor).to_vec(),
            };
            memory.outside.insert(tensor, elements);
        }
        memory.outside.extend(accumulated);
        memory
    }

    pub(super) fn program(&self) -> &'a Program {
        &self.schedule.program
    }

    pub(super) fn size(&self, dim: &Dim) -> usize {
        self.count(self.program().value(dim, self.given))
    }

    fn count(&self, count: i64) -> usize {
        usize::try_from(count).unwrap_or(0)
    }

    /// The place of a tensor in the workspace.
    fn place(&self, root: TensorId) -> Option<Buffer> {
        let place = self.schedule.places.get(&root)?;
        let start = self.size(&place.offset) * self.count(self.capacity);
        let bytes = self.count(self.program().at(root).number.bytes());
        let len = self.size(&place.len) * self.count(self.given.samples) / bytes;
        Some(Buffer { outside: None, start, len, bytes })
    }

    /// The memory that holds a tensor, in this iteration of the sequences around.
    pub(super) fn buffer(&self, tensor: TensorId) -> Outcome<Buffer> {
        let (program, root) = (self.program(), self.program().root(tensor));
        if let Some(place) = self.place(root) {
            return Ok(place);
        }
        let of = program.at(root);
        let Some(elements) = self.outside.get(&root) else {
            return Err(format!("`{}` has no place", of.name));
        };
        let whole = self.outside(root);
        if of.sequence_axes == 0 || self.schedule.layout.placement(program, root) != Placement::Fields {
            return Ok(whole);
        }
        let counts = of.shape[..of.sequence_axes].iter().map(|size| self.size(size));
        let around: Vec<IndexId> = self.iterations.iter().map(|(index, _)| *index).collect();
        let own = program.axes_among(root, &around);
        if own.len() < of.sequence_axes {
            return Err(format!("`{}` is used outside of its sequence", of.name));
        }
        let iterations = self.iterations.iter().filter(|(index, _)| own.contains(index));
        let (mut fields, mut field) = (1, 0);
        for (count, (_, iteration)) in counts.zip(iterations) {
            (fields, field) = (fields * count, field * count + self.count(*iteration));
        }
        let len = elements.len() / fields.max(1);
        Ok(Buffer { start: field * len, len, ..whole })
    }

    /// Checks that the buffers of a block do not overlap, as the slices of emitted code must not.
    pub(super) fn check_apart(&self, block: &Block) -> Outcome<()> {
        let (read, written) = block.accesses(self.program());
        let roots = read.into_iter().chain(written).map(|tensor| self.program().root(tensor));
        let places = roots.filter_map(|root| self.schedule.places.get(&root));
        let mut buffers: Vec<TensorId> = places.map(|place| place.buffer).collect();
        buffers.sort_unstable();
        buffers.dedup();
        let places: Vec<(TensorId, Buffer)> =
            buffers.into_iter().filter_map(|id| Some((id, self.place(id)?))).collect();
        for (at, (first, a)) in places.iter().enumerate() {
            for (second, b) in &places[..at] {
                if a.start < b.start + b.len * b.bytes && b.start < a.start + a.len * a.bytes {
                    let name = |tensor: TensorId| &self.program().at(tensor).name;
                    return Err(format!(
                        "`{}` and `{}` overlap in a block that uses both",
                        name(*first),
                        name(*second)
                    ));
                }
            }
        }
        Ok(())
    }

    /// Whether positions lie inside, where memory has no padding for those outside.
    pub(super) fn is_inside(&self, tensor: TensorId, at: &[Position], outside: Option<u64>, bound: &Bound) -> bool {
        let (program, layout) = (self.program(), &self.schedule.layout);
        let contains = |size: &Dim, affine: &Affine| {
            (0..program.value(size, self.given)).contains(&program.affine(affine, self.given, bound))
        };
        let inside = |(position, size): (&Position, &Dim)| match position {
            Position::Affine(affine) => contains(size, affine),
            Position::Table(table) => contains(&table.extent(), &table.at),
            Position::Gather(_) => true,
        };
        layout.pads(program, tensor, at, outside) || at.iter().zip(&program.at(tensor).shape).all(inside)
    }

    /// The place of an element.
    pub(super) fn slot(&self, tensor: TensorId, at: &[Position], bound: &Bound) -> Outcome<Slot> {
        let root = self.program().root(tensor);
        if self.schedule.locals.contains(&root) {
            return Ok(Slot::Local(root));
        }
        let offset = self.offsets.of(tensor, at, bound, self)?;
        self.element(tensor, offset)
    }

    /// The element of a tensor's memory at an offset.
    pub(super) fn element(&self, tensor: TensorId, offset: i64) -> Outcome<Slot> {
        let buffer = self.buffer(tensor)?;
        match usize::try_from(offset) {
            Ok(offset) if offset < buffer.len => Ok(Slot::Element(buffer, offset)),
            _ => Err(format!(
                "element {offset} of `{}` is met, which has {} in memory",
                self.program().at(tensor).name,
                buffer.len
            )),
        }
    }

    pub(super) fn get(&self, slot: Slot) -> Outcome<f64> {
        match slot {
            Slot::Local(tensor) => self.locals.get(&tensor).copied().ok_or_else(|| {
                format!("the local variable `{}` is read where it has no value", self.program().at(tensor).name)
            }),
            Slot::Element(buffer, at) => Ok(self.element_at(buffer, at)),
        }
    }

    pub(super) fn set(&mut self, slot: Slot, value: f64) {
        match slot {
            Slot::Local(tensor) => {
                self.locals.insert(tensor, value);
            }
            Slot::Element(Buffer { outside: None, start, bytes, .. }, at) => {
                self.workspace.set(start + at * bytes, bytes, value);
            }
            Slot::Element(Buffer { outside: Some(tensor), start, .. }, at) => {
                self.outside.entry(tensor).or_default()[start + at] = value;
            }
        }
    }

    /// Ends the life of local variables.
    pub(super) fn forget(&mut self, locals: impl Iterator<Item = TensorId>) {
        locals.for_each(|local| {
            self.locals.remove(&local);
        });
    }

    fn element_at(&self, Buffer { outside, start, bytes, .. }: Buffer, at: usize) -> f64 {
        match outside {
            Some(tensor) => self.outside[&tensor][start + at],
            None => self.workspace.get(start + at * bytes, bytes),
        }
    }

    /// The elements of a buffer.
    pub(super) fn elements(&self, buffer: Buffer) -> Vec<f64> {
        (0..buffer.len).map(|at| self.element_at(buffer, at)).collect()
    }

    /// Sets the elements of a buffer.
    pub(super) fn set_elements(&mut self, buffer: Buffer, elements: impl IntoIterator<Item = f64>) {
        for (at, element) in (0..buffer.len).zip(elements) {
            self.set(Slot::Element(buffer, at), element);
        }
    }

    /// The number of elements of a buffer.
    pub(super) fn len(buffer: Buffer) -> usize {
        buffer.len
    }

    /// The memory of a tensor outside of the workspace, to copy from or to.
    pub(super) fn outside(&self, tensor: TensorId) -> Buffer {
        Buffer { outside: Some(tensor), start: 0, len: self.outside.get(&tensor).map_or(0, Vec::len), bytes: 0 }
    }

    /// The results: all tensors that outlive the call of an emitted function.
    pub(super) fn results(mut self) -> Vec<(TensorId, Vec<f64>)> {
        let mut results = Vec::new();
        for (tensor, of) in (0..).map(TensorId).zip(&self.program().tensors).filter(|(_, of)| of.view_of.is_none()) {
            match of.role {
                Role::NextState(_) => {
                    let len = of.shape.iter().map(|size| self.size(size)).product();
                    if let Some(place) = self.place(tensor) {
                        results.push((tensor, self.elements(Buffer { len, ..place })));
                    }
                }
                role if is_result(role) => results.push((tensor, self.outside.remove(&tensor).unwrap_or_default())),
                _ => {}
            }
        }
        results
    }
}

/// Whether a tensor that lies outside of the workspace is computed.
fn is_result(role: Role) -> bool {
    let is_gradient = matches!(role, Role::Gradient(_) | Role::InputGradient(_));
    let is_output = matches!(role, Role::Output(_) | Role::Tangent(_));
    role.is_summed() || is_gradient || is_output || matches!(role, Role::NextCarried(_) | Role::Folded(_))
}

impl Elements for Memory<'_> {
    type Error = String;

    fn read(&self, tensor: TensorId, at: &[Position], outside: Option<u64>, bound: &Bound) -> Outcome<f64> {
        match outside {
            Some(outside) if !self.is_inside(tensor, at, Some(outside), bound) => Ok(f64::from_bits(outside)),
            _ => self.get(self.slot(tensor, at, bound)?),
        }
    }
}
